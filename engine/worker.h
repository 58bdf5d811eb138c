/* worker.h: the process that parses and judges.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything that touches the bytes of a snapshot or the code of a policy runs here: in a child
 * that was forked before a byte was parsed, that gets its input through mappings it can only read,
 * and that answers with records over one pipe (wire.h). It announces each control before it runs
 * it, so that the parent knows what a death cost. One worker serves one pack, and one snapshot or
 * several, of which it is told one by one through a second pipe; nothing but the loaded pack is
 * left of one when the next begins.
 */
#ifndef PE_WORKER_H
#define PE_WORKER_H

#include "base/file.h"
#include "pack.h"
#include "policyeval.h"
#include "wall.h"

enum pe_task_kind {
    PE_TASK_JUDGE,
    PE_TASK_CATALOGUE,
    PE_TASK_SCHEMA,
    PE_TASK_SKELETON,
    PE_TASK_FIELDS,
    PE_TASK_TEST,
    PE_TASK_MUTATE,
    PE_TASK_WAIVERS,  /* of no pack: bytes are a file of waivers */
    PE_TASK_SETTINGS, /* the same: a configuration file */
    PE_TASK_SAVED,    /* the same: a saved result */
    PE_TASK_MERGE     /* the same: lines are results */
};

/* What comes through the second pipe. */
enum pe_feed {
    PE_FEED_NONE,   /* there is none */
    PE_FEED_INPUTS, /* heads, each naming one of the task's inputs */
    PE_FEED_LINES   /* heads, each with a line behind it */
};

struct pe_task {
    enum pe_task_kind kind;
    const struct pe_files *files;    /* of the pack; NULL: none */
    const struct pe_files *fixtures; /* of tests and mutants: what a test may name as its base */
    const unsigned char *bytes;      /* of the first snapshot, or the file; NULL: none */
    size_t length;
    enum pe_feed feed;
    size_t largest;                /* what may come through it, for the limits */
    const struct pe_bytes *inputs; /* PE_FEED_INPUTS: what heads name */
    size_t input_count;
    const char *service;      /* PE_TASK_SKELETON: whose */
    const struct pe_job *job; /* selection, parameters, as_of, evidence, cross_check, sandbox */
    size_t first_control;     /* those before it have been judged by a worker that died */
    bool announces;           /* each control before it runs, and not several together */
    unsigned shard, shards;   /* tests: this worker's share, of so many */
};

/* Both ends are one program. */
struct pe_feed_head {
    uint64_t length, input, first_control, announces; /* as in the task; input: its number */
};

/* Closes the wall, does the task, writes records to fd, and ends the process. */
_Noreturn void pe_worker_run(const struct pe_task *task, const struct pe_wall *wall, int fd);

#endif
