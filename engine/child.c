/* child.c: a worker process as its parent sees it: started, read, timed and ended. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "wire.h"

enum { HEAD_BYTES = 5, READ_BYTES = 256 * 1024 };

int64_t pe_child_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

unsigned pe_child_seconds(size_t bytes)
{
    return PE_CONTROL_SECONDS + PE_CONTROL_MIB_SECONDS * (unsigned)(bytes >> 20);
}

void pe_child_rewind(struct pe_child *child, size_t bytes)
{
    child->deadline_ms = pe_child_clock() + (int64_t)pe_child_seconds(bytes) * 1000;
}

/* ---- start ---- */

static uint64_t largest_file(const struct pe_files *files)
{
    uint64_t largest = 0;

    for (size_t i = 0; files != NULL && i < files->count; i++)
        if (files->items[i].length > largest)
            largest = files->items[i].length;
    return largest;
}

/* What limits are for: of what it has, and of what it may be fed. */
static size_t largest_of(const struct pe_task *task)
{
    return task->largest > task->length ? task->largest : task->length;
}

/* In proportion to what it reads: the snapshot, or the largest one that a test may start from. */
static uint64_t memory_for(const struct pe_task *task)
{
    uint64_t bytes = largest_of(task), base = largest_file(task->fixtures);

    if ((task->kind == PE_TASK_TEST || task->kind == PE_TASK_MUTATE) &&
        largest_file(task->files) > base)
        base = largest_file(task->files);
    bytes = base > bytes ? base : bytes;
    return (uint64_t)PE_MEMORY_MIB * 1024 * 1024 + bytes * PE_MEMORY_BYTES +
           (task->job->cross_check ? bytes * PE_MEMORY_CROSS_BYTES : 0);
}

/* Never less than what the parent waits: a file holds one control at most. */
static uint64_t seconds_for(const struct pe_task *task)
{
    size_t files = task->files == NULL ? 0 : task->files->count;

    return pe_child_seconds(largest_of(task)) * (uint64_t)(files + PE_TESTS_CONTROLS + 1) +
           (task->feed != PE_FEED_NONE ? PE_STREAM_SECONDS : 0);
}

_Noreturn static void be_worker(const struct pe_task *task, const struct pe_wall *wall, int fd,
                                pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) /* it died before the line above */
        _exit(1);
    signal(SIGPIPE, SIG_IGN);
    /* who ends a stream tells its whole group, but the line under way is still to be finished */
    signal(SIGTERM, task->feed == PE_FEED_LINES ? SIG_IGN : SIG_DFL);
    signal(SIGINT, task->feed == PE_FEED_LINES ? SIG_IGN : SIG_DFL);
    pe_worker_run(task, wall, fd);
}

static void close_pipe(const int ends[2])
{
    if (ends[0] >= 0)
        close(ends[0]);
    if (ends[1] >= 0)
        close(ends[1]);
}

/* Of its answers, and of what it is fed with, whose writing end does not block. */
static int make_pipes(const struct pe_task *task, int answers[2], int feed[2])
{
    if (pipe2(answers, O_CLOEXEC) != 0)
        return -1;
    if (task->feed == PE_FEED_NONE)
        return 0;
    if (pipe2(feed, O_CLOEXEC) == 0 && fcntl(feed[1], F_SETFL, O_NONBLOCK) == 0)
        return 0;
    close_pipe(answers);
    close_pipe(feed);
    return -1;
}

int pe_child_start(struct pe_child *child, const struct pe_task *task, struct pe_err *err)
{
    pid_t parent = getpid(), pid;
    struct pe_wall wall;
    int ends[2] = {-1, -1}, feed[2] = {-1, -1};

    if (make_pipes(task, ends, feed) != 0)
        return pe_err_set(err, PE_ERR_IO, "cannot make a pipe: %s", strerror(errno));
    pe_wall_prepare(&wall, task->job->sandbox, ends[1], feed[0], memory_for(task),
                    seconds_for(task));
    pid = fork();
    if (pid < 0) {
        pe_err_set(err, PE_ERR_IO, "cannot start a worker: %s", strerror(errno));
        close_pipe(ends);
        close_pipe(feed);
        return -1;
    }
    if (pid == 0) {
        close(ends[0]);
        if (feed[1] >= 0)
            close(feed[1]);
        be_worker(task, &wall, ends[1], parent);
    }
    close(ends[1]);
    if (feed[0] >= 0)
        close(feed[0]);
    child->pid = pid;
    child->fd = ends[0];
    child->feed = feed[1];
    child->read = 0;
    child->job = task->job;
    child->walled = false;
    pe_buf_clear(&child->in);
    pe_child_rewind(child, largest_of(task));
    return 0;
}

/* ---- read ---- */

static void drop_taken(struct pe_child *child)
{
    if (child->read == 0)
        return;
    memmove(child->in.data, child->in.data + child->read, child->in.length - child->read);
    child->in.length -= child->read;
    child->read = 0;
}

int pe_child_read(struct pe_child *child)
{
    ssize_t got;
    char *end;

    drop_taken(child);
    end = pe_buf_reserve(&child->in, READ_BYTES);
    if (end == NULL)
        return 0;
    do
        got = read(child->fd, end, READ_BYTES);
    while (got < 0 && errno == EINTR);
    if (got <= 0) {
        close(child->fd);
        child->fd = -1;
        return 0;
    }
    child->in.length += (size_t)got;
    return 1;
}

static bool next_record(struct pe_child *child, unsigned *type, const unsigned char **payload,
                        size_t *length, const char **lie)
{
    const unsigned char *at = (const unsigned char *)child->in.data + child->read;
    size_t left = child->in.length - child->read;
    uint32_t size;

    if (left < HEAD_BYTES)
        return false;
    memcpy(&size, at + 1, sizeof size);
    if (at[0] == 0 || at[0] > PE_RECORD_LAST || size > PE_RECORD_BYTES) {
        *lie = "record";
        return false;
    }
    if (left - HEAD_BYTES < size)
        return false;
    *type = at[0];
    *payload = at + HEAD_BYTES;
    *length = size;
    child->read += HEAD_BYTES + size;
    return true;
}

/* A worker that is without a required wall says so with an error, not with this record. */
static bool take_wall(struct pe_child *child, const unsigned char *payload, size_t length)
{
    const unsigned all = PE_WALL_SECCOMP | PE_WALL_LIMITS | PE_WALL_LANDLOCK;
    uint32_t missing;

    if (length != sizeof missing)
        return false;
    memcpy(&missing, payload, sizeof missing);
    if ((missing & ~all) != 0 ||
        (child->job->sandbox == PE_SANDBOX_REQUIRE && (missing & ~PE_WALL_LANDLOCK) != 0))
        return false;
    if (child->job->walls_missing != NULL)
        *child->job->walls_missing |= missing;
    child->walled = true;
    return true;
}

bool pe_child_record(struct pe_child *child, unsigned *type, const unsigned char **payload,
                     size_t *length, const char **lie)
{
    while (next_record(child, type, payload, length, lie)) {
        if (child->walled || *type == PE_RECORD_ERROR)
            return true;
        if (*type != PE_RECORD_WALL || !take_wall(child, *payload, *length)) {
            *lie = "wall";
            return false;
        }
    }
    return false;
}

/* ---- wait ---- */

/* A longer wait is cut into such pieces, so that a suspension in between is noticed. */
enum { PIECE_MS = 1000 };

int pe_child_wait(struct pollfd *fds, size_t count, int64_t deadline_ms, int64_t *heard_ms,
                  int64_t *lost_ms, struct pe_err *err)
{
    bool forever = deadline_ms == INT64_MAX;
    int64_t now = pe_child_clock(), lost = now - *heard_ms;
    int64_t left = forever ? 0 : deadline_ms + lost - now;
    int64_t piece = left < 0 ? 0 : left < PIECE_MS ? left : PIECE_MS;
    int ready = poll(fds, (nfds_t)count, forever ? -1 : (int)piece), error = errno;

    *heard_ms = pe_child_clock();
    if (!forever && *heard_ms - now > piece)
        lost += *heard_ms - now - piece;
    *lost_ms = lost;
    if (ready < 0 && error != EINTR)
        return pe_err_set(err, PE_ERR_IO, "cannot wait for workers: %s", strerror(error));
    return 0;
}

/* ---- what it is fed with ---- */

bool pe_child_feed(struct pe_child *child, const struct pe_feed_head *head, const void *bytes,
                   size_t length, size_t *sent)
{
    size_t left = *sent < sizeof *head ? sizeof *head - *sent : 0;
    size_t from = *sent + left - sizeof *head; /* of the bytes */
    struct iovec parts[2] = {
        {(char *)head + sizeof *head - left, left},
        {length == 0 ? NULL : (char *)bytes + from, length - from},
    };
    ssize_t got = writev(child->feed, parts, 2);

    if (got > 0)
        *sent += (size_t)got;
    return got >= 0 || errno != EPIPE;
}

/* ---- end ---- */

const char *pe_child_death(struct pe_arena *arena, int status)
{
    if (WIFSIGNALED(status))
        return pe_arena_printf(arena, "signal %d, %s", WTERMSIG(status),
                               strsignal(WTERMSIG(status)));
    return pe_arena_printf(arena, "exit status %d", WEXITSTATUS(status));
}

void pe_child_let_go(struct pe_child *child)
{
    if (child->fd >= 0)
        close(child->fd);
    child->fd = -1;
    if (child->feed > 0)
        close(child->feed);
    child->feed = -1;
    if (child->pid > 0)
        kill(child->pid, SIGKILL); /* of one that is at its end it changes nothing */
    pe_buf_release(&child->in);
    child->read = 0;
}

int pe_child_end(struct pe_child *child)
{
    int status = 0;

    pe_child_let_go(child);
    while (child->pid > 0 && waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    child->pid = 0;
    return status;
}
