/* wall.c: the outer wall: what a worker gives up before it looks at its first byte. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "wall.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/seccomp.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- in the parent ---- */

static int all_equal(const void *a, const void *b)
{
    (void)a;
    (void)b;
    return 0;
}

/* At its first sort of more than 1 KiB, glibc's qsort asks the system how much memory there is. */
static void prime_qsort(void)
{
    char pair[2][1024] = {{0}};

    qsort(pair, 2, sizeof pair[0], all_equal);
}

/* Bytes of address space in use: the first number of /proc/self/statm, in pages. */
static uint64_t mapped_bytes(void)
{
    const uint64_t unknown = (uint64_t)1 << 30;
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    char text[32];
    ssize_t length;
    uint64_t pages;

    if (fd < 0)
        return unknown;
    length = read(fd, text, sizeof text - 1);
    close(fd);
    text[length > 0 ? length : 0] = '\0';
    pages = strtoull(text, NULL, 10);
    return pages == 0 ? unknown : pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

void pe_wall_prepare(struct pe_wall *wall, enum pe_sandbox sandbox, int answer_fd, int feed_fd,
                     uint64_t memory_bytes, uint64_t cpu_seconds)
{
    *wall = (struct pe_wall){.sandbox = sandbox, .feed_fd = feed_fd};
    if (sandbox == PE_SANDBOX_OFF)
        return;
    prime_qsort();
    wall->walls = PE_WALL_SECCOMP | PE_WALL_LIMITS | PE_WALL_LANDLOCK;
    wall->cpu_seconds = cpu_seconds;
    if (!PE_WALL_SANITIZED)
        wall->memory_bytes = mapped_bytes() + memory_bytes;
    wall->filter_length =
        pe_wall_filter(wall->filter, pe_wall_arch(), answer_fd, feed_fd, PE_WALL_SANITIZED);
}

/* ---- descriptors, privileges ---- */

/* close_range(2) is of Linux 5.9. */
static int close_one_by_one(unsigned first, unsigned last)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return -1;
    for (unsigned fd = first; fd <= last && fd < limit.rlim_max; fd++)
        close((int)fd);
    return 0;
}

/* The descriptors after one and before another; -1: to the end. */
static int close_between(int after, int before)
{
    unsigned first = (unsigned)(after + 1), last = before < 0 ? UINT_MAX : (unsigned)before - 1;

    if (before >= 0 && after + 1 >= before)
        return 0;
    if (syscall(SYS_close_range, first, last, 0) == 0)
        return 0;
    return errno == ENOSYS ? close_one_by_one(first, last) : -1;
}

/* The lowest of a few descriptors that is above one; -1: none. */
static int next_kept(const int kept[3], int above)
{
    int next = -1;

    for (size_t i = 0; i < 3; i++)
        if (kept[i] > above && (next < 0 || kept[i] < next))
            next = kept[i];
    return next;
}

static const char *close_descriptors(int answer_fd, int feed_fd)
{
    const int kept[3] = {answer_fd, feed_fd, PE_WALL_SANITIZED ? STDERR_FILENO : -1};
    int after = -1, before;

    do {
        before = next_kept(kept, after);
        if (close_between(after, before) != 0)
            return "close_range";
        after = before;
    } while (before >= 0);
    return NULL;
}

static const char *give_up_privileges(void)
{
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return "PR_SET_DUMPABLE";
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return "PR_SET_NO_NEW_PRIVS";
    return NULL;
}

/* ---- Landlock ---- */

/* Newer than the headers that this may be compiled with (Linux 5.13 to 7.1; landlock(7)). */
enum { LANDLOCK_CREATE_RULESET = 444, LANDLOCK_RESTRICT_SELF = 446, LANDLOCK_VERSION = 1 };

struct landlock_attr {
    uint64_t files, network, scoped;
};

/* All that an ABI can forbid. */
static struct landlock_attr landlock_attr(long abi)
{
    /* number of rights by ABI: refer (2), truncate (3), ioctl_dev (5), resolve_unix (9) */
    unsigned files = abi >= 9 ? 17 : abi >= 5 ? 16 : abi >= 3 ? 15 : abi >= 2 ? 14 : 13;

    return (struct landlock_attr){
        .files = ((uint64_t)1 << files) - 1,
        .network = abi >= 4 ? 3 : 0, /* bind and connect TCP */
        .scoped = abi >= 6 ? 3 : 0,  /* abstract sockets, signals */
    };
}

static const char *close_landlock(const struct pe_wall *wall)
{
    long abi = syscall(LANDLOCK_CREATE_RULESET, NULL, 0, LANDLOCK_VERSION);
    struct landlock_attr attr = landlock_attr(abi);
    int ruleset, result;

    (void)wall;
    if (abi < 1)
        return "this kernel has none";
    /* what an older kernel does not know is zero, which it takes */
    ruleset = (int)syscall(LANDLOCK_CREATE_RULESET, &attr, sizeof attr, 0);
    if (ruleset < 0)
        return "landlock_create_ruleset";
    result = (int)syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0);
    if (close(ruleset) != 0 || result != 0)
        return "landlock_restrict_self";
    return NULL;
}

/* ---- limits ---- */

enum { STACK_BYTES = 8 * 1024 * 1024 }; /* what nested data and patterns were tested with */

/* What is lower already stays. Hard as well as soft, so that it cannot be raised again. */
static int lower(int resource, rlim_t most)
{
    struct rlimit limit = {0, 0};

    if (most > 0 && getrlimit(resource, &limit) != 0)
        return -1;
    if (limit.rlim_cur > most)
        limit.rlim_cur = most;
    limit.rlim_max = limit.rlim_cur;
    return setrlimit(resource, &limit);
}

/* Neither less nor more, so that no verdict depends on it. */
static const char *set_stack(void)
{
    const struct rlimit limit = {STACK_BYTES, STACK_BYTES};

    return setrlimit(RLIMIT_STACK, &limit) == 0 ? NULL : "RLIMIT_STACK (8 MiB are needed)";
}

static const char *close_limits(const struct pe_wall *wall)
{
    const struct {
        const char *name;
        int resource;
        rlim_t most;
    } limits[] = {
        {"RLIMIT_AS", RLIMIT_AS, wall->memory_bytes == 0 ? RLIM_INFINITY : wall->memory_bytes},
        {"RLIMIT_CPU", RLIMIT_CPU, wall->cpu_seconds},
        {"RLIMIT_CORE", RLIMIT_CORE, 0},
        {"RLIMIT_FSIZE", RLIMIT_FSIZE, 0},
        {"RLIMIT_NPROC", RLIMIT_NPROC, 0},
        {"RLIMIT_NOFILE", RLIMIT_NOFILE, 0},
    };

    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        if (lower(limits[i].resource, limits[i].most) != 0)
            return limits[i].name;
    return set_stack();
}

/* ---- seccomp ---- */

static const char *close_seccomp(const struct pe_wall *wall)
{
    struct sock_fprog program = {(unsigned short)wall->filter_length,
                                 (struct sock_filter *)(uintptr_t)wall->filter};

#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 1); /* when memory is short, malloc would try another arena */
#endif
    errno = ENOSYS;
    if (wall->filter_length == 0)
        return "no filter for this processor";
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0)
        return "SECCOMP_SET_MODE_FILTER";
    return NULL;
}

/* ---- all of them ---- */

static int cannot(const char *wall, const char *what, struct pe_err *err)
{
    return pe_err_set(err, PE_ERR_IO,
                      "cannot close the sandbox: %s: %s: %s; --sandbox=best-effort goes on with "
                      "what this system has",
                      wall, what, strerror(errno));
}

int pe_wall_close(const struct pe_wall *wall, int answer_fd, unsigned *missing, struct pe_err *err)
{
    static const struct {
        unsigned wall;
        const char *name;
        const char *(*close)(const struct pe_wall *); /* NULL, or what failed; errno says why */
        bool required;
    } steps[] = {
        {PE_WALL_LANDLOCK, "Landlock", close_landlock, false},
        {PE_WALL_LIMITS, "limits", close_limits, true},
        {PE_WALL_SECCOMP, "seccomp", close_seccomp, true},
    };
    unsigned open = 0;
    const char *failed = NULL;

    if (wall->sandbox != PE_SANDBOX_OFF) {
        failed = close_descriptors(answer_fd, wall->feed_fd);
        if (failed == NULL)
            failed = give_up_privileges();
        if (failed != NULL)
            return cannot("descriptors and privileges", failed, err);
    }
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        failed = (wall->walls & steps[i].wall) == 0 ? "" : steps[i].close(wall);
        if (failed == NULL)
            continue;
        open |= steps[i].wall;
        if (*failed != '\0' && steps[i].required && wall->sandbox == PE_SANDBOX_REQUIRE)
            return cannot(steps[i].name, failed, err);
    }
    *missing = open;
    return 0;
}

/* ---- a rehearsal ---- */

unsigned pe_walls_missing(void)
{
    const unsigned all = PE_WALL_SECCOMP | PE_WALL_LIMITS | PE_WALL_LANDLOCK;
    struct pe_wall wall;
    unsigned missing = all;
    int status;
    pid_t pid;

    pe_wall_prepare(&wall, PE_SANDBOX_BEST_EFFORT, STDERR_FILENO, -1, 1 << 28, 10);
    pid = fork();
    if (pid == 0)
        _exit(pe_wall_close(&wall, STDERR_FILENO, &missing, NULL) != 0 ? (int)all : (int)missing);
    while (pid > 0 && waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return all;
    return pid > 0 && WIFEXITED(status) ? (unsigned)WEXITSTATUS(status) & all : all;
}
