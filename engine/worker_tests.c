/* worker_tests.c: a worker runs its share of tests, or of mutants. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "mutate.h"
#include "test_run.h"
#include "worker_work.h"

static void send_progress(struct pe_work *work, size_t steps)
{
    pe_out_begin(&work->out, PE_RECORD_PROGRESS);
    pe_out_u32(&work->out, (uint32_t)steps);
    pe_out_end(&work->out);
    pe_out_flush(&work->out);
}

enum { TESTS_A_STEP = 20 };

static void send_test(void *ud, size_t number, const struct pe_test_case *result)
{
    struct pe_work *work = ud;

    if (++work->steps % TESTS_A_STEP == 0)
        send_progress(work, TESTS_A_STEP);
    pe_out_begin(&work->out, PE_RECORD_TEST);
    pe_out_u32(&work->out, (uint32_t)number);
    pe_out_string(&work->out, result->control);
    pe_out_string(&work->out, result->name);
    pe_out_u32(&work->out, result->passed);
    pe_out_string(&work->out, result->why);
    pe_out_end(&work->out);
}

static void send_coverage(struct pe_work *work, struct pe_coverage_log *log,
                          enum pe_coverage_kind kind, size_t cases)
{
    const struct pe_coverage_item *items;
    struct pe_out *out = &work->out;
    struct pe_err err;
    size_t count;

    if (pe_coverage_items(log, kind, &items, &count, &err) != 0)
        pe_work_give_up(work, &err);
    pe_out_begin(out, PE_RECORD_COVERAGE);
    pe_out_u32(out, kind);
    pe_out_u32(out, (uint32_t)cases);
    pe_out_u32(out, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        pe_out_string(out, items[i].file);
        pe_out_u32(out, items[i].line);
        pe_out_string(out, items[i].what);
        pe_out_u32(out, items[i].marks);
    }
    pe_out_end(out);
}

void pe_work_test(struct pe_work *work)
{
    const struct pe_task *task = work->task;
    struct pe_coverage_log log = {.script = &work->script,
                                  .pack = &work->pack,
                                  .selection = {.only = task->job->only},
                                  .all = task->job->coverage};
    struct pe_test_run run = {.script = &work->script,
                              .pack = &work->pack,
                              .fixtures = task->fixtures,
                              .only = task->job->only,
                              .shard = task->shard,
                              .shards = task->shards,
                              .coverage = &log,
                              .report = send_test,
                              .ud = work};
    struct pe_err err;

    if (pe_coverage_open(&log, &err) != 0 || pe_test_run(&run, &err) != 0)
        pe_work_give_up(work, &err);
    for (int kind = 0; kind < PE_COVERAGE_COUNT; kind++)
        if (kind == PE_COVER_RULES || (kind == PE_COVER_LINES && log.all) ||
            (kind == PE_COVER_FIELDS && log.fields != NULL))
            send_coverage(work, &log, (enum pe_coverage_kind)kind, run.count);
    pe_work_done(work);
}

static void send_survivor(void *ud, struct pe_mutant_place place,
                          const struct pe_survivor *survivor)
{
    struct pe_work *work = ud;
    struct pe_out *out = &work->out;

    pe_out_begin(out, PE_RECORD_MUTANT);
    pe_out_u32(out, place.unit);
    pe_out_u32(out, place.number);
    pe_out_u32(out, survivor->kind);
    pe_out_string(out, survivor->control);
    pe_out_string(out, survivor->where);
    pe_out_string(out, survivor->pointer);
    pe_out_string(out, survivor->change);
    pe_out_strings(out, &survivor->rules);
    pe_out_end(out);
}

static void send_tried(void *ud, size_t tried)
{
    send_progress(ud, tried);
}

/* The counts, and for every rule whether there was something that it could notice. */
static void send_mutated(struct pe_work *work, const struct pe_mutate *run)
{
    struct pe_out *out = &work->out;

    pe_out_begin(out, PE_RECORD_MUTATED);
    for (int kind = 0; kind < PE_MUTANT_KINDS; kind++) {
        pe_out_u64(out, run->all[kind]);
        pe_out_u64(out, run->killed[kind]);
    }
    for (size_t i = 0; i < work->pack.face.control_count; i++)
        for (size_t j = 0; j < work->pack.controls[i].face.rule_count; j++)
            pe_out_u32(out, run->tried[i][j]);
    pe_out_end(out);
}

void pe_work_mutate(struct pe_work *work)
{
    const struct pe_task *task = work->task;
    struct pe_mutate run = {.script = &work->script,
                            .pack = &work->pack,
                            .fixtures = task->fixtures,
                            .only = task->job->only,
                            .shard = task->shard,
                            .shards = task->shards,
                            .report = send_survivor,
                            .progress = send_tried,
                            .ud = work,
                            .arena = &work->arena};
    struct pe_err err;

    if (pe_mutate_run(&run, &err) != 0)
        pe_work_give_up(work, &err);
    send_mutated(work, &run);
    pe_work_done(work);
}
