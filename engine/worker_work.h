/* worker_work.h: what the parts of a worker share (worker.h is its face).
 * SPDX-License-Identifier: Apache-2.0
 *
 * A worker is one process with one task, so whatever goes wrong ends it, after telling the parent.
 */
#ifndef PE_WORKER_WORK_H
#define PE_WORKER_WORK_H

#include <time.h>

#include "judge.h"
#include "wire.h"
#include "worker.h"
#include "worker_evidence.h"

struct pe_work {
    const struct pe_task *task;
    struct pe_out out;
    struct pe_arena arena;
    struct pe_script script;
    struct pe_pack_def pack;
    struct pe_told *told; /* of the snapshot that is judged */
    size_t steps;         /* of progress that was made */
    time_t told_at;       /* when the parent last heard of a control */
};

/* Writes what is left, and ends the process. */
_Noreturn void pe_work_leave(struct pe_work *work);

void pe_work_send_error(struct pe_work *work, const struct pe_err *err);
_Noreturn void pe_work_give_up(struct pe_work *work, const struct pe_err *err);
void pe_work_done(struct pe_work *work);

/* Loads the task's pack with its parameters, and tells what it declares. */
void pe_work_open_pack(struct pe_work *work);

/* The task's snapshot; nothing of it is left afterwards. -1: it is none, or memory ran out. */
int pe_work_judge(struct pe_work *work, struct pe_err *err);

/* Judges the task's snapshot and what else comes through the pipe, or counts the lines of results
 * that come, until there are no more. */
_Noreturn void pe_work_judge_all(struct pe_work *work, int feed);
_Noreturn void pe_work_tally_lines(struct pe_work *work, int feed);

void pe_work_test(struct pe_work *work);
void pe_work_mutate(struct pe_work *work);

#endif
