/* worker_judge.c: a worker judges a snapshot, and tells what it found. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "area.h"
#include "crosscheck.h"
#include "secret.h"
#include "worker_work.h"

/* ---- the snapshot ---- */

static void send_problem(struct pe_work *work, struct pe_judge *judge,
                         const struct pe_snapshot_problem *problem)
{
    struct pe_out *out = &work->out;
    struct pe_buf pointer = {0};

    pe_snapshot_pointer(&judge->snapshot, problem->node, &pointer);
    if (problem->key != NULL && !problem->warning)
        pe_pointer_add_key(&pointer, problem->key, strlen(problem->key));
    pe_out_u32(out, problem->warning);
    pe_out_u32(out, problem->null);
    pe_out_string(out, pointer.data == NULL ? "" : pointer.data);
    pe_out_text(out, problem->message);
    pe_out_text(out, problem->hint);
    pe_out_place(out, pe_snapshot_place(&judge->snapshot, problem->node));
    out->buf.failed |= pe_buf_failed(&pointer);
    pe_buf_release(&pointer);
}

/* The bytes of every secret, so that no code frame shows them. */
static void send_secrets(struct pe_work *work, struct pe_judge *judge)
{
    const struct pe_snapshot *s = &judge->snapshot;
    struct pe_out *out = &work->out;
    size_t at = out->buf.length;
    uint32_t count = 0;

    pe_out_u32(out, 0);
    for (uint32_t i = 0; i < s->json.count; i++) {
        const struct pe_node *node = pe_snapshot_node(s, i);
        uint64_t start, end;
        if (pe_node_type(node) == PE_KEY || !pe_snapshot_masked(s, i))
            continue;
        start = pe_encoding_offset(&s->encoded, s->raw, s->raw_length, pe_node_offset(node));
        end = pe_encoding_offset(&s->encoded, s->raw, s->raw_length,
                                 pe_node_offset(node) + node->size);
        pe_out_u64(out, start);
        pe_out_u64(out, end - start);
        count++;
    }
    if (!pe_buf_failed(&out->buf))
        memcpy(out->buf.data + at, &count, sizeof count);
}

static void send_acceptance(struct pe_work *work, struct pe_judge *judge,
                            const struct pe_acceptance *entry)
{
    uint32_t node = pe_snapshot_number(&judge->snapshot, entry->node);
    struct pe_out *out = &work->out;
    struct pe_buf pointer = {0};

    pe_snapshot_pointer(&judge->snapshot, node, &pointer);
    pe_out_u32(out, entry->counts);
    pe_out_u32(out, (uint32_t)(entry->set + 1));
    pe_out_string(out, entry->doc);
    pe_out_string(out, entry->version);
    pe_out_text(out, entry->reason);
    pe_out_text(out, entry->hint);
    pe_out_string(out, pointer.data == NULL ? "" : pointer.data);
    pe_out_place(out, pe_snapshot_place(&judge->snapshot, node));
    out->buf.failed |= pe_buf_failed(&pointer);
    pe_buf_release(&pointer);
}

static void send_snapshot(struct pe_work *work, struct pe_judge *judge)
{
    struct pe_out *out = &work->out;
    struct pe_buf scratch = {0};

    pe_out_begin(out, PE_RECORD_SNAPSHOT);
    pe_out_string(out, judge->profile.tenant);
    pe_out_string(out, judge->profile.service);
    pe_out_strings(out, &judge->profile.options);
    pe_out_string(out, judge->profile.as_of);
    pe_out_u32(out, judge->as_of_given);
    send_secrets(work, judge);
    pe_out_u64(out, judge->problem_total);
    pe_out_u32(out, (uint32_t)judge->snapshot.problem_count);
    for (size_t i = 0; i < judge->snapshot.problem_count; i++)
        send_problem(work, judge, &judge->snapshot.problems[i]);
    pe_out_u32(out, (uint32_t)judge->acceptances.count);
    for (size_t i = 0; i < judge->acceptances.count; i++)
        send_acceptance(work, judge, &judge->acceptances.items[i]);
    pe_out_u64(out, pe_area_uncollected(&work->pack, &judge->snapshot, &scratch));
    out->buf.failed |= pe_buf_failed(&scratch);
    pe_buf_release(&scratch);
    pe_out_end(out);
}

/* ---- results ---- */

static void send_finding(struct pe_out *out, const struct pe_finding *finding)
{
    pe_out_u32(out, finding->status);
    pe_out_u32(out, finding->of_policy);
    pe_out_text(out, finding->message);
    pe_out_text(out, finding->subject);
    pe_out_text(out, finding->hint);
    pe_out_string(out, finding->pointer);
    pe_out_string(out, finding->value);
    pe_out_place(out, finding->place);
}

static void send_trace(struct pe_work *work, const struct pe_trace *trace)
{
    struct pe_out *out = &work->out;

    pe_out_u64(out, trace->finding_total);
    pe_out_u32(out, (uint32_t)trace->finding_count);
    for (size_t i = 0; i < trace->finding_count; i++)
        send_finding(out, &trace->findings[i]);
    pe_told_write(work->told, trace, out);
    pe_out_u32(out, (uint32_t)trace->note_count);
    for (size_t i = 0; i < trace->note_count; i++)
        pe_out_text(out, trace->notes[i]);
}

static void judge_rule(struct pe_work *work, struct pe_judge *judge, size_t control, size_t rule)
{
    const struct pe_control_def *c = &work->pack.controls[control];
    const struct pe_rule_def *r = &c->rules[rule];
    struct pe_out *out = &work->out;
    struct pe_text reason = {"", ""};
    enum pe_status status = pe_judge_rule(judge, c, rule, &reason);

    pe_out_begin(out, PE_RECORD_RULE);
    pe_out_u32(out, (uint32_t)control);
    pe_out_u32(out, (uint32_t)rule);
    pe_out_u32(out, status);
    pe_out_u32(out, judge->trace.basis);
    pe_out_u32(out, r->face.severity);
    pe_out_u32(out, pe_owner_for(&work->pack, &r->owners, judge->profile.service));
    pe_out_text(out, reason);
    send_trace(work, &judge->trace);
    pe_out_u32(out, judge->claim_sets);
    pe_out_end(out);
    pe_arena_release(judge->scratch);
}

/* So that the parent knows which control it was when this process does not return from it. Each
 * time costs both a turn, so that a worker tells it each second only, until one has died: the next
 * one tells it always. */
static void announce(struct pe_work *work)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!work->task->announces && now.tv_sec == work->told_at)
        return;
    work->told_at = now.tv_sec;
    pe_out_flush(&work->out);
}

static void judge_control(struct pe_work *work, struct pe_judge *judge, size_t number)
{
    struct pe_selection selection = {work->task->job->only, work->task->job->skip};
    const struct pe_control_def *control = &work->pack.controls[number];

    if (!pe_selection_takes_any(&selection, control))
        return;
    pe_out_begin(&work->out, PE_RECORD_CONTROL);
    pe_out_u32(&work->out, (uint32_t)number);
    pe_out_u32(&work->out, control->face.severity);
    pe_out_u32(&work->out, pe_owner_for(&work->pack, &control->owners, judge->profile.service));
    pe_out_end(&work->out);
    announce(work);
    for (size_t i = 0; i < control->face.rule_count; i++)
        if (pe_selection_takes(&selection, control, &control->rules[i]))
            judge_rule(work, judge, number, i);
}

static bool takes_all(struct pe_work *work)
{
    struct pe_selection selection = {work->task->job->only, work->task->job->skip};

    for (size_t i = 0; i < work->pack.face.control_count; i++) {
        const struct pe_control_def *control = &work->pack.controls[i];
        for (size_t k = 0; k < control->face.rule_count; k++)
            if (!pe_selection_takes(&selection, control, &control->rules[k]))
                return false;
    }
    return true;
}

/* Of what only some rules looked at there is nothing to say. */
static void send_unread(struct pe_work *work, struct pe_judge *judge)
{
    const struct pe_task *task = work->task;
    struct pe_out *out = &work->out;
    struct pe_unread_list list;
    struct pe_err err;

    if (task->first_control > 0 || !takes_all(work))
        return;
    if (pe_judge_unread(judge, &list, &err) != 0)
        pe_work_give_up(work, &err);
    pe_out_begin(out, PE_RECORD_UNREAD);
    pe_out_u32(out, (uint32_t)list.total);
    pe_out_u32(out, (uint32_t)list.count);
    for (size_t i = 0; i < list.count; i++) {
        pe_out_string(out, list.items[i].pointer);
        pe_out_u64(out, list.items[i].count);
        pe_out_place(out, list.items[i].place);
    }
    pe_out_end(out);
}

static int judge_opened(struct pe_work *work, struct pe_judge *judge, struct pe_err *err)
{
    const struct pe_task *task = work->task;

    if (task->job->cross_check && pe_crosscheck(&judge->snapshot.json, err) != 0)
        return -1;
    work->told = pe_told_new(&judge->snapshot);
    if (work->told == NULL)
        return pe_err_memory(err);
    send_snapshot(work, judge);
    for (size_t i = task->first_control; i < work->pack.face.control_count; i++)
        judge_control(work, judge, i);
    send_unread(work, judge);
    pe_work_done(work);
    pe_told_free(work->told);
    work->told = NULL;
    return 0;
}

/* The task's snapshot. Nothing of it is left afterwards. */
int pe_work_judge(struct pe_work *work, struct pe_err *err)
{
    const struct pe_task *task = work->task;
    struct pe_arena arena = {0}, scratch = {0};
    struct pe_judge judge = {
        .script = &work->script, .pack = &work->pack, .arena = &arena, .scratch = &scratch};
    int result;

    result = pe_judge_open(&judge, task->bytes, task->length, task->job->as_of, task->job->evidence,
                           err);
    if (result == 0) {
        result = judge_opened(work, &judge, err);
        pe_judge_release(&judge);
    }
    pe_arena_release(&scratch);
    pe_arena_release(&arena);
    return result;
}
