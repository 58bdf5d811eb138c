/* child.h: a worker process as its parent sees it: started, read, timed and ended.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_CHILD_H
#define PE_CHILD_H

#include <poll.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/buf.h"
#include "worker.h"

struct pe_child {
    pid_t pid; /* 0: none */
    int fd;    /* of its answers; -1 after their end */
    int feed;  /* of what it is fed with; -1, or 0 before it is started: none */
    struct pe_buf in;
    size_t read;         /* of in: records before it have been taken */
    int64_t deadline_ms; /* on the clock of pe_child_clock */
    const struct pe_job *job;
    bool walled; /* it has said which of its walls stand */
};

enum {
    PE_CONTROL_SECONDS = 30,    /* for one control, and */
    PE_CONTROL_MIB_SECONDS = 1, /* so many more for each MiB of the snapshot */
    PE_TESTS_CONTROLS = 20,     /* a pack's tests may take as long as so many controls */
    PE_STREAM_SECONDS = 3600,   /* one that stays may have worked so long before its last unit */
    PE_MEMORY_MIB = 512,        /* for a worker, and */
    PE_MEMORY_BYTES = 64,       /* so many more for each byte of the snapshot; */
    PE_MEMORY_CROSS_BYTES = 96, /* with a second reader, so many in addition */
};

/* Milliseconds of a clock that only moves forward: for deadlines, never for results. */
int64_t pe_child_clock(void);

/* Forks the worker, in the sandbox of the task's job. On -1 nothing runs. Its feed does not block;
 * SIGPIPE should be ignored by who writes there. */
int pe_child_start(struct pe_child *child, const struct pe_task *task, struct pe_err *err);

/* Seconds that one control may take for a snapshot of that size, and starting that clock anew. */
unsigned pe_child_seconds(size_t bytes);
void pe_child_rewind(struct pe_child *child, size_t bytes);

/* Reads what is there. 1: something came; 0: the end of its answers. */
int pe_child_read(struct pe_child *child);

/* The next whole record, the one about its walls apart, which must come first: its type, and where
 * its payload is until the next read. False when there is none yet; *lie is set when there never
 * will be. */
bool pe_child_record(struct pe_child *child, unsigned *type, const unsigned char **payload,
                     size_t *length, const char **lie);

/* Waits until something can be done with one of the descriptors, or the first of their workers'
 * deadlines has come; INT64_MAX: there is none. It may return early. *heard_ms is the time of the
 * last wait, or of the first start, and becomes now. While this process could not listen, because
 * it was suspended, or whoever reads its output let it wait, no worker is late: *lost_ms is what
 * every deadline must be moved by. */
int pe_child_wait(struct pollfd *fds, size_t count, int64_t deadline_ms, int64_t *heard_ms,
                  int64_t *lost_ms, struct pe_err *err);

/* Feeds a worker with a head and length bytes behind it, as much as it takes now; *sent counts what
 * it got of both. False when it has gone, of which more is heard when it is read. */
bool pe_child_feed(struct pe_child *child, const struct pe_feed_head *head, const void *bytes,
                   size_t length, size_t *sent);

/* How a worker died, by its wait status. */
const char *pe_child_death(struct pe_arena *arena, int status);

/* Kills it if it runs, and hears nothing more of it. It is to be ended all the same. */
void pe_child_let_go(struct pe_child *child);

/* The same, and waits until it is gone. Returns its wait status. */
int pe_child_end(struct pe_child *child);

#endif
