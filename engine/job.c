/* job.c: shares snapshots among workers, and puts together what they answer. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "api.h"
#include "assemble.h"
#include "base/err.h"
#include "child.h"
#include "say.h"

/* One snapshot to be judged by one pack. */
struct unit {
    size_t input, pack;
    struct pe_task task;
    struct pe_child child;
    struct pe_decoded decoded;
    bool done;
    bool failed; /* nothing can be said of this snapshot: err says why */
    struct pe_err err;
};

struct job {
    const struct pe_job *job;
    struct pe_arena *arena;
    struct pe_decoded_pack *packs;
    size_t *unmatched;  /* by selector of only, then skip: how many packs it matched nothing in */
    bool *unmatched_in; /* by selector and pack */
    const char **unmatched_text;
    struct unit *units;
    size_t unit_count, next, running;
    int64_t heard_ms;    /* when this process last looked for answers */
    size_t first_failed; /* unit; no later one is started, and its error is the job's */
    struct pe_err *err;  /* of the unit that is looked at */
};

/* ---- what went wrong ---- */

static int lied(struct job *job, struct unit *unit, const char *lie)
{
    return pe_err_set(job->err, PE_ERR_WORKER, "the worker for %s sent an impossible answer (%s)",
                      pe_input_name(job->job->inputs[unit->input]), lie);
}

/* ---- records ---- */

static int take_error(struct job *job, struct unit *unit, struct pe_in *in)
{
    enum pe_err_kind kind = (enum pe_err_kind)pe_in_u32(in, PE_ERR_WORKER);
    const char *text = pe_in_word(in);

    if (!pe_in_done(in))
        return lied(job, unit, "error");
    if (kind == PE_ERR_INPUT)
        return pe_err_set(job->err, kind, "%s: %s", pe_input_name(job->job->inputs[unit->input]),
                          text);
    if (kind == PE_ERR_PACK)
        return pe_err_set(job->err, kind, "%s/%s", job->job->packs[unit->pack]->name, text);
    return pe_err_set(job->err, kind, "%s", text);
}

static int take_unmatched(struct job *job, struct unit *unit, struct pe_in *in, const char **lie)
{
    bool skip = pe_in_u32(in, 1), *counted;
    size_t most = skip ? job->job->skip.count : job->job->only.count;
    size_t number = pe_in_u32(in, UINT32_MAX);
    const char *text = pe_in_word(in);

    if (!pe_in_done(in) || number >= most) {
        *lie = "selector";
        return -1;
    }
    number += skip ? job->job->only.count : 0;
    counted = &job->unmatched_in[number * job->job->pack_count + unit->pack];
    job->unmatched[number] += !*counted;
    *counted = true;
    job->unmatched_text[number] = text;
    if (job->unmatched[number] == job->job->pack_count)
        return pe_err_set(job->err, PE_ERR_USAGE, "%s", text);
    return 0;
}

/* 0; 1 when a control must be broken off; -1 when the job is over. */
static int take_record(struct job *job, struct unit *unit, unsigned type, struct pe_in *in,
                       const char **lie)
{
    struct pe_decoded *decoded = &unit->decoded;

    switch (type) {
    case PE_RECORD_ERROR:
        return take_error(job, unit, in);
    case PE_RECORD_PACK:
        return pe_decode_judged_pack(in, job->job->packs[unit->pack], job->job,
                                     &job->packs[unit->pack], lie, job->err);
    case PE_RECORD_UNMATCHED:
        return take_unmatched(job, unit, in, lie);
    case PE_RECORD_SNAPSHOT:
        if (job->packs[unit->pack].raw == NULL)
            break;
        decoded->pack = &job->packs[unit->pack];
        return pe_decode_snapshot(in, decoded, lie);
    case PE_RECORD_CONTROL:
        if (!decoded->has_snapshot || pe_decode_finish(decoded, lie) != 0)
            break;
        pe_child_rewind(&unit->child, unit->task.length);
        return pe_decode_control(in, decoded, lie);
    case PE_RECORD_RULE:
        return pe_decode_rule(in, decoded, lie);
    case PE_RECORD_UNREAD:
        return pe_decode_unread(in, decoded, lie);
    case PE_RECORD_DONE:
        if (pe_decode_done(decoded, lie) != 0)
            break;
        unit->done = true;
        return 0;
    default:
        break;
    }
    if (*lie == NULL)
        *lie = "order";
    return -1;
}

static int take_records(struct job *job, struct unit *unit, const char **lie)
{
    const unsigned char *payload;
    unsigned type;
    size_t length;
    int result = 0;

    while (result == 0 && !unit->done &&
           pe_child_record(&unit->child, &type, &payload, &length, lie)) {
        struct pe_in in = {payload, payload + length, job->arena, false};
        result = take_record(job, unit, type, &in, lie);
        if (!pe_arena_failed(job->arena))
            continue;
        *lie = NULL; /* it was no lie */
        return pe_err_memory(job->err);
    }
    return *lie == NULL ? result : -1;
}

/* ---- the life of a unit ---- */

static int start(struct job *job, struct unit *unit)
{
    if (pe_child_start(&unit->child, &unit->task, job->err) != 0)
        return -1;
    job->running++;
    return 0;
}

static void stop(struct job *job, struct unit *unit, int *status)
{
    *status = pe_child_end(&unit->child);
    job->running--;
}

/* Its worker is gone, or must go: the control that ran is an error, and another worker goes on
 * behind it. Before the first control there is nothing to go on with. */
static int break_off(struct job *job, struct unit *unit, enum pe_sentence sentence,
                     const char *what)
{
    struct pe_decoded *decoded = &unit->decoded;

    if (!decoded->in_control && decoded->any_control && decoded->pack != NULL)
        return pe_err_set(job->err, PE_ERR_WORKER, "the worker for %s died between two controls",
                          pe_input_name(job->job->inputs[unit->input]));
    if (!decoded->in_control)
        return pe_err_set(job->err, PE_ERR_WORKER,
                          "the worker for %s died before it judged anything (%s)",
                          pe_input_name(job->job->inputs[unit->input]), what);
    pe_decode_break(decoded, pe_say(job->arena, sentence, what, NULL, NULL));
    decoded->has_snapshot = false;
    unit->task.first_control = decoded->control + 1;
    return start(job, unit);
}

static void judge_nothing_yet(struct job *job, struct unit *unit)
{
    unit->decoded = (struct pe_decoded){.arena = job->arena,
                                        .file_bytes = unit->task.length,
                                        .evidence_limit = job->job->evidence,
                                        .required_basis = job->job->require_basis};
}

/* Its worker died, or overstays. One that announces each control shows which is to blame. */
static int try_again(struct job *job, struct unit *unit)
{
    unit->task.announces = true;
    unit->task.first_control = 0; /* what was known of those before goes too */
    judge_nothing_yet(job, unit);
    return start(job, unit);
}

static int hear(struct job *job, struct unit *unit)
{
    const char *lie = NULL;
    int more = pe_child_read(&unit->child), status;

    if (pe_buf_failed(&unit->child.in)) {
        stop(job, unit, &status);
        return pe_err_memory(job->err);
    }
    if (take_records(job, unit, &lie) != 0) {
        stop(job, unit, &status);
        if (lie == NULL)
            return -1;
        if (!unit->decoded.in_control)
            return lied(job, unit, lie);
        return break_off(job, unit, PE_SAY_WORKER_LIED, lie);
    }
    if (more && !unit->done)
        return 0;
    if (unit->done) {
        stop(job, unit, &status);
        return 0;
    }
    stop(job, unit, &status);
    if (!unit->task.announces)
        return try_again(job, unit);
    return break_off(job, unit, PE_SAY_WORKER_DIED, pe_child_death(job->arena, status));
}

static int overdue(struct job *job, struct unit *unit)
{
    int status;

    stop(job, unit, &status);
    if (!unit->task.announces)
        return try_again(job, unit);
    return break_off(job, unit, PE_SAY_WORKER_LATE,
                     pe_arena_printf(job->arena, "%u", pe_child_seconds(unit->task.length)));
}

/* ---- all of them ---- */

/* The error that is reported must not depend on which worker was faster: the first snapshot's. */
static void fail(struct job *job, struct unit *unit)
{
    size_t number = (size_t)(unit - job->units);

    unit->failed = true;
    if (number < job->first_failed)
        job->first_failed = number;
}

static void look_at(struct job *job, struct unit *unit, int (*step)(struct job *, struct unit *))
{
    job->err = &unit->err;
    if (step(job, unit) != 0)
        fail(job, unit);
}

static int wait_for_answers(struct job *job, struct pollfd *fds, struct unit **by_fd)
{
    int64_t first = INT64_MAX, lost;
    size_t count = 0;

    for (size_t i = 0; i < job->next; i++) {
        struct unit *unit = &job->units[i];
        if (unit->child.pid == 0)
            continue;
        fds[count] = (struct pollfd){unit->child.fd, POLLIN, 0};
        by_fd[count++] = unit;
        if (unit->child.deadline_ms < first)
            first = unit->child.deadline_ms;
    }
    if (pe_child_wait(fds, count, first, &job->heard_ms, &lost, job->err) != 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        by_fd[i]->child.deadline_ms += lost;
        if (fds[i].revents != 0)
            look_at(job, by_fd[i], hear);
        else if (by_fd[i]->child.deadline_ms <= job->heard_ms)
            look_at(job, by_fd[i], overdue);
    }
    return 0;
}

/* A pack is described by the first worker that loads it, so the others wait for that one: what is
 * wrong with a pack is then said once, and the same for every number of workers. */
static size_t allowed(const struct job *job)
{
    for (size_t i = 0; i < job->job->pack_count; i++)
        if (job->packs[i].raw == NULL && job->next >= job->job->pack_count)
            return 0;
    return job->job->jobs > 0 ? job->job->jobs : 1;
}

static bool may_start(const struct job *job)
{
    return job->next < job->unit_count && job->next < job->first_failed &&
           (job->running < allowed(job) || job->running == 0);
}

static int run_units(struct job *job, struct pe_err *err)
{
    struct pollfd *fds = pe_arena_array(job->arena, job->unit_count, sizeof *fds);
    struct unit **by_fd = pe_arena_array(job->arena, job->unit_count, sizeof(struct unit *));

    job->err = err;
    job->heard_ms = pe_child_clock();
    if (fds == NULL || by_fd == NULL)
        return pe_err_memory(err);
    while (job->running > 0 || may_start(job)) {
        while (may_start(job))
            look_at(job, &job->units[job->next++], start);
        job->err = err;
        if (job->running > 0 && wait_for_answers(job, fds, by_fd) != 0)
            return -1;
    }
    if (job->first_failed == SIZE_MAX)
        return 0;
    *err = job->units[job->first_failed].err;
    return -1;
}

static void stop_all(struct job *job)
{
    int status;

    for (size_t i = 0; job->units != NULL && i < job->next; i++)
        if (job->units[i].child.pid > 0)
            stop(job, &job->units[i], &status);
}

/* ---- units and results ---- */

static int make_units(struct job *job)
{
    const struct pe_job *j = job->job;
    size_t selectors = j->only.count + j->skip.count;

    job->unit_count = j->input_count * j->pack_count;
    job->units = pe_arena_array(job->arena, job->unit_count, sizeof *job->units);
    job->packs = pe_arena_array(job->arena, j->pack_count, sizeof *job->packs);
    job->unmatched = pe_arena_array(job->arena, selectors + 1, sizeof *job->unmatched);
    job->unmatched_in = pe_arena_array(job->arena, (selectors + 1) * j->pack_count, sizeof(bool));
    job->unmatched_text = pe_arena_array(job->arena, selectors + 1, sizeof(char *));
    if (pe_arena_failed(job->arena))
        return pe_err_memory(job->err);
    for (size_t i = 0; i < job->unit_count; i++) {
        struct unit *unit = &job->units[i];
        const struct pe_input *input = j->inputs[i / j->pack_count];
        unit->input = i / j->pack_count;
        unit->pack = i % j->pack_count;
        unit->child.fd = -1;
        unit->task = (struct pe_task){.kind = PE_TASK_JUDGE,
                                      .files = &j->packs[unit->pack]->files,
                                      .bytes = input->bytes.data,
                                      .length = input->bytes.length,
                                      .job = j};
        judge_nothing_yet(job, unit);
    }
    return 0;
}

static int merge(struct job *job, size_t input, struct pe_result *result)
{
    const struct pe_job *j = job->job;
    const struct unit *first = &job->units[input * j->pack_count];
    const struct pe_decoded **decoded =
        pe_arena_array(job->arena, j->pack_count, sizeof(struct pe_decoded *));

    if (decoded == NULL)
        return pe_err_memory(job->err);
    for (size_t i = 0; i < j->pack_count; i++)
        decoded[i] = &first[i].decoded;
    if (pe_assemble(j, job->packs, decoded, job->arena, result, job->err) != 0)
        return -1;
    result->input = j->inputs[input];
    result->file = pe_input_name(j->inputs[input]);
    strcpy(result->sha256, j->inputs[input]->sha256);
    return 0;
}

static int put_together(struct job *job, struct pe_run *run)
{
    const struct pe_job *j = job->job;
    struct pe_result *results = pe_arena_array(job->arena, j->input_count + 1, sizeof *results);

    if (results == NULL)
        return pe_err_memory(job->err);
    for (size_t i = 0; i < j->input_count; i++)
        if (merge(job, i, &results[i]) != 0)
            return -1;
    if (pe_assemble_verdicts(j, results, j->input_count, job->arena, job->err) != 0)
        return -1;
    run->passed = j->input_count > 0;
    for (size_t i = 0; i < j->input_count; i++) {
        if (pe_assemble_expect(&results[i], &j->expect, job->err) != 0)
            return -1;
        run->passed = run->passed && results[i].passed;
    }
    run->results = results;
    run->count = j->input_count;
    return 0;
}

int pe_judge(const struct pe_job *job, struct pe_run **run, struct pe_err *err)
{
    struct pe_run_memory *memory = calloc(1, sizeof *memory);
    struct pe_err local;
    struct job j = {.job = job, .err = err == NULL ? &local : err, .first_failed = SIZE_MAX};
    int result;

    if (memory == NULL)
        return pe_err_memory(err);
    if (pe_assemble_check(job, err) != 0) {
        free(memory);
        return -1;
    }
    j.arena = &memory->arena;
    result = make_units(&j);
    if (result == 0)
        result = run_units(&j, j.err);
    stop_all(&j);
    j.err = err == NULL ? &local : err;
    if (result == 0)
        result = put_together(&j, &memory->run);
    if (result != 0) {
        pe_run_free(&memory->run);
        return -1;
    }
    *run = &memory->run;
    return 0;
}

void pe_run_free(struct pe_run *run)
{
    struct pe_run_memory *memory = (struct pe_run_memory *)run;

    if (run == NULL)
        return;
    pe_arena_release(&memory->arena);
    free(memory);
}
