/* worker.c: the process that parses and judges. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "worker.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "area.h"
#include "crosscheck.h"
#include "entries.h"
#include "fields.h"
#include "judge.h"
#include "mutate.h"
#include "saved.h"
#include "schema.h"
#include "secret.h"
#include "skeleton.h"
#include "tally.h"
#include "test_run.h"
#include "wire.h"
#include "worker_evidence.h"

struct work {
    const struct pe_task *task;
    struct pe_out out;
    struct pe_arena arena;
    struct pe_script script;
    struct pe_pack_def pack;
    struct pe_told *told; /* of the snapshot that is judged */
    size_t steps;         /* of progress that was made */
    time_t told_at;       /* when the parent last heard of a control */
};

/* ---- ends ---- */

_Noreturn static void leave(struct work *work)
{
    pe_out_flush(&work->out);
    _exit(work->out.failed ? 1 : 0);
}

static void send_error(struct work *work, const struct pe_err *err)
{
    pe_out_begin(&work->out, PE_RECORD_ERROR);
    pe_out_u32(&work->out, err->kind);
    pe_out_string(&work->out, err->text);
    pe_out_end(&work->out);
}

_Noreturn static void give_up(struct work *work, const struct pe_err *err)
{
    send_error(work, err);
    leave(work);
}

static void done(struct work *work)
{
    pe_out_begin(&work->out, PE_RECORD_DONE);
    pe_out_end(&work->out);
}

/* ---- the wall ---- */

static void close_wall(struct work *work, const struct pe_wall *wall)
{
    unsigned missing;
    struct pe_err err;

    if (pe_wall_close(wall, work->out.fd, &missing, &err) != 0)
        give_up(work, &err);
    pe_out_begin(&work->out, PE_RECORD_WALL);
    pe_out_u32(&work->out, missing);
    pe_out_end(&work->out);
}

/* ---- the pack ---- */

static void send_bound(struct pe_out *out, bool has, double bound)
{
    char text[32];

    snprintf(text, sizeof text, "%.15g", bound);
    pe_out_string(out, has ? text : NULL);
}

static void send_param(struct pe_out *out, const struct pe_param_def *def)
{
    const struct pe_param *param = &def->face;

    pe_out_string(out, param->name);
    pe_out_string(out, param->type);
    pe_out_string(out, param->unit == NULL ? "" : param->unit);
    pe_out_string(out, param->source == NULL ? "" : param->source);
    pe_out_text(out, param->doc);
    pe_out_string(out, param->value);
    pe_out_string(out, param->default_);
    send_bound(out, def->has_min, def->min);
    send_bound(out, def->has_max, def->max);
    pe_out_strings(out, &def->one_of);
}

/* One number a service: the owner, or PE_OWNER_COUNT where it does not apply. */
static void send_sides(struct work *work, const struct pe_side *sides)
{
    for (size_t i = 0; i < work->pack.services.count; i++)
        pe_out_u32(&work->out, sides[i].applies ? sides[i].owner : PE_OWNER_COUNT);
}

static void send_rule(struct work *work, const struct pe_control_def *control,
                      const struct pe_rule_def *rule)
{
    struct pe_selection selection = {work->task->job->only, work->task->job->skip};
    struct pe_out *out = &work->out;

    pe_out_string(out, rule->face.id);
    pe_out_string(out, rule->face.ref == NULL ? "" : rule->face.ref);
    pe_out_text(out, rule->face.title);
    pe_out_text(out, rule->face.fix);
    pe_out_u32(out, rule->face.severity);
    pe_out_u32(out, rule->face.owner);
    send_sides(work, rule->face.sides);
    pe_out_u32(out, rule->face.claimable);
    pe_out_u32(out, pe_selection_takes(&selection, control, rule));
}

static void send_control(struct work *work, const struct pe_control_def *control)
{
    struct pe_out *out = &work->out;

    pe_out_string(out, control->face.id);
    pe_out_text(out, control->face.title);
    pe_out_u32(out, control->face.severity);
    pe_out_u32(out, control->face.owner);
    send_sides(work, control->face.sides);
    pe_out_strings(out, &control->face.references);
    pe_out_strings(out, &control->face.tags);
    pe_out_u32(out, (uint32_t)control->face.param_count);
    for (size_t i = 0; i < control->face.param_count; i++)
        send_param(out, &control->params[i]);
    pe_out_u32(out, (uint32_t)control->face.rule_count);
    for (size_t i = 0; i < control->face.rule_count; i++)
        send_rule(work, control, &control->rules[i]);
}

static void send_claim_set(struct pe_out *out, const struct pe_claim_set *set)
{
    pe_out_string(out, set->doc);
    pe_out_string(out, set->version);
    pe_out_string(out, set->issued);
    pe_out_string(out, set->sha256);
    pe_out_text(out, set->title);
    pe_out_strings(out, &set->services);
    pe_out_u32(out, (uint32_t)set->claim_count);
    for (size_t i = 0; i < set->claim_count; i++) {
        pe_out_string(out, set->claims[i].clause);
        pe_out_text(out, set->claims[i].text);
    }
}

static void send_area(struct pe_out *out, const struct pe_area *area)
{
    pe_out_string(out, area->word);
    pe_out_strings(out, &area->pointers);
    pe_out_text(out, area->title);
    pe_out_text(out, area->collect);
    pe_out_u32(out, area->known_to);
    pe_out_string(out, area->link);
}

static void send_declared(struct work *work)
{
    const struct pe_pack_def *pack = &work->pack;
    struct pe_out *out = &work->out;

    pe_out_string(out, pack->face.id);
    pe_out_string(out, pack->face.version);
    pe_out_string(out, pack->face.edition == NULL ? "" : pack->face.edition);
    pe_out_text(out, pack->face.title);
    pe_out_u32(out, pack->face.has_model);
    pe_out_strings(out, &pack->services);
    pe_out_u32(out, (uint32_t)pack->face.control_count);
    for (size_t i = 0; i < pack->face.control_count; i++)
        send_control(work, &pack->controls[i]);
    pe_out_string(out, pack->face.claims_at == NULL ? "" : pack->face.claims_at);
    pe_out_u32(out, (uint32_t)pack->face.claim_set_count);
    for (size_t i = 0; i < pack->face.claim_set_count; i++)
        send_claim_set(out, &pack->face.claim_sets[i]);
    pe_out_u32(out, (uint32_t)pack->face.area_count);
    for (size_t i = 0; i < pack->face.area_count; i++)
        send_area(out, &pack->face.areas[i]);
}

/* What is built in the parent knows: pe_decode_judged_pack(). */
static void send_pack(struct work *work)
{
    const struct pe_task *task = work->task;

    pe_out_begin(&work->out, PE_RECORD_PACK);
    if (task->files->prepared == NULL ||
        (task->kind != PE_TASK_JUDGE && task->kind != PE_TASK_STREAM))
        send_declared(work);
    pe_out_end(&work->out);
}

static void set_params(struct work *work)
{
    const struct pe_strings *params = &work->task->job->params;
    struct pe_err err;

    for (size_t i = 0; i < params->count; i++)
        if (pe_pack_set_param(&work->pack, params->items[i], &work->arena, &err) != 0)
            give_up(work, &err);
}

/* A selector may be meant for another pack: the parent knows whether any pack took it. */
static void send_unmatched(struct work *work, const struct pe_strings *selectors, bool skip)
{
    struct pe_selection one = {0};
    struct pe_err err;

    for (size_t i = 0; i < selectors->count; i++) {
        struct pe_strings single = {&selectors->items[i], 1};
        *(skip ? &one.skip : &one.only) = single;
        if (pe_selection_check(&one, &work->pack, &err) == 0)
            continue;
        pe_out_begin(&work->out, PE_RECORD_UNMATCHED);
        pe_out_u32(&work->out, skip);
        pe_out_u32(&work->out, (uint32_t)i);
        pe_out_string(&work->out, err.text);
        pe_out_end(&work->out);
    }
}

static void open_pack(struct work *work)
{
    struct pe_err err;

    if (pe_script_init(&work->script, work->task->files, &work->arena, &err) != 0 ||
        pe_script_load(&work->script, &work->pack, &err) != 0)
        give_up(work, &err);
    set_params(work);
    if ((work->task->kind == PE_TASK_TEST || work->task->kind == PE_TASK_MUTATE) &&
        pe_pack_own(&work->pack, &work->arena, &err) != 0) /* a test may bring parameters */
        give_up(work, &err);
    send_unmatched(work, &work->task->job->only, false);
    send_unmatched(work, &work->task->job->skip, true);
    send_pack(work);
}

/* ---- the snapshot ---- */

static void send_problem(struct work *work, struct pe_judge *judge,
                         const struct pe_snapshot_problem *problem)
{
    struct pe_out *out = &work->out;
    struct pe_buf pointer = {0};

    pe_snapshot_pointer(&judge->snapshot, problem->node, &pointer);
    if (problem->key != NULL && !problem->warning)
        pe_pointer_add_key(&pointer, problem->key, strlen(problem->key));
    pe_out_u32(out, problem->warning);
    pe_out_string(out, pointer.data == NULL ? "" : pointer.data);
    pe_out_text(out, problem->message);
    pe_out_text(out, problem->hint);
    pe_out_place(out, pe_snapshot_place(&judge->snapshot, problem->node));
    out->buf.failed |= pe_buf_failed(&pointer);
    pe_buf_release(&pointer);
}

/* The bytes of every secret, so that no code frame shows them. */
static void send_secrets(struct work *work, struct pe_judge *judge)
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

static void send_acceptance(struct work *work, struct pe_judge *judge,
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

static void send_snapshot(struct work *work, struct pe_judge *judge)
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
    pe_out_text(out, finding->message);
    pe_out_text(out, finding->subject);
    pe_out_text(out, finding->hint);
    pe_out_string(out, finding->pointer);
    pe_out_string(out, finding->value);
    pe_out_place(out, finding->place);
}

static void send_trace(struct work *work, const struct pe_trace *trace)
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

static void judge_rule(struct work *work, struct pe_judge *judge, size_t control, size_t rule)
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
static void announce(struct work *work)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!work->task->announces && now.tv_sec == work->told_at)
        return;
    work->told_at = now.tv_sec;
    pe_out_flush(&work->out);
}

static void judge_control(struct work *work, struct pe_judge *judge, size_t number)
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

static bool takes_all(struct work *work)
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
static void send_unread(struct work *work, struct pe_judge *judge)
{
    const struct pe_task *task = work->task;
    struct pe_out *out = &work->out;
    struct pe_unread_list list;
    struct pe_err err;

    if (task->first_control > 0 || !takes_all(work))
        return;
    if (pe_judge_unread(judge, &list, &err) != 0)
        give_up(work, &err);
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

static int judge_opened(struct work *work, struct pe_judge *judge, struct pe_err *err)
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
    done(work);
    pe_told_free(work->told);
    work->told = NULL;
    return 0;
}

/* The task's snapshot. Nothing of it is left afterwards. */
static int judge_snapshot(struct work *work, struct pe_err *err)
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

static void judge_all(struct work *work)
{
    struct pe_err err;

    if (judge_snapshot(work, &err) != 0)
        give_up(work, &err);
}

/* ---- the lines of a stream ---- */

static bool read_all(int fd, void *bytes, size_t length)
{
    unsigned char *at = bytes;
    ssize_t got;

    while (length > 0) {
        got = read(fd, at, length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        length -= (size_t)got;
    }
    return true;
}

/* A line that is no JSON costs itself; what else goes wrong, this worker. */
static void judge_line(struct work *work, const struct pe_feed_head *head,
                       const unsigned char *bytes)
{
    const struct pe_task *stream = work->task;
    struct pe_task task = *stream;
    struct pe_err err;

    task.bytes = bytes;
    task.length = (size_t)head->length;
    task.first_control = (size_t)head->first_control;
    task.announces = head->announces != 0;
    work->task = &task;
    if (judge_snapshot(work, &err) != 0) {
        if (err.kind != PE_ERR_INPUT)
            give_up(work, &err);
        send_error(work, &err);
    }
    work->task = stream;
    pe_out_flush(&work->out);
    pe_script_rest(&work->script); /* while the parent is busy with the answer */
}

static void send_tally(struct work *work, const struct pe_tally *tally)
{
    struct pe_out *out = &work->out;

    pe_out_begin(out, PE_RECORD_TALLY);
    pe_out_string(out, tally->policies);
    pe_out_string(out, tally->sha256);
    pe_out_string(out, tally->reason);
    pe_out_string(out, tally->tenant);
    pe_out_string(out, tally->service);
    pe_out_u32(out, tally->passed);
    pe_out_u32(out, (uint32_t)tally->control_count);
    for (size_t i = 0; i < tally->control_count; i++) {
        pe_out_string(out, tally->controls[i].id);
        pe_out_string(out, tally->controls[i].pack);
        pe_out_text(out, tally->controls[i].title);
        pe_out_u32(out, tally->controls[i].owner);
        pe_out_u32(out, tally->controls[i].severity);
        pe_out_u32(out, tally->controls[i].status);
    }
    pe_out_end(out);
}

static void tally_line(struct work *work, const struct pe_feed_head *head,
                       const unsigned char *bytes)
{
    struct pe_arena arena = {0};
    struct pe_tally tally;
    struct pe_err err;

    if (pe_tally_read((const char *)bytes, (size_t)head->length, &arena, &tally, &err) != 0)
        give_up(work, &err);
    send_tally(work, &tally);
    pe_out_flush(&work->out);
    pe_arena_release(&arena);
}

/* Until there are no more, or nobody can be told what came of them. */
_Noreturn static void take_lines(struct work *work, int feed,
                                 void (*take)(struct work *, const struct pe_feed_head *,
                                              const unsigned char *))
{
    struct pe_feed_head head;
    unsigned char *bytes;
    struct pe_err err;

    pe_out_flush(&work->out);
    while (!work->out.failed && read_all(feed, &head, sizeof head)) {
        bytes = malloc((size_t)head.length + 1);
        if (bytes == NULL) {
            pe_err_memory(&err);
            give_up(work, &err);
        }
        if (!read_all(feed, bytes, (size_t)head.length))
            break;
        take(work, &head, bytes);
        free(bytes);
    }
    leave(work);
}

/* ---- other tasks ---- */

static void send_json(struct work *work, char *text)
{
    pe_out_begin(&work->out, PE_RECORD_TEXT);
    pe_out_string(&work->out, text);
    pe_out_end(&work->out);
    free(text);
    done(work);
}

static void send_schema(struct work *work)
{
    struct pe_err err;
    char *text = NULL;

    if (pe_schema_text(&work->pack, &text, &err) != 0)
        give_up(work, &err);
    send_json(work, text);
}

static void send_skeleton(struct work *work)
{
    struct pe_err err;
    char *text = NULL;

    if (pe_skeleton_text(&work->pack, work->task->service, &text, &err) != 0)
        give_up(work, &err);
    send_json(work, text);
}

static void send_field(void *ud, const struct pe_field_info *field)
{
    struct pe_out *out = ud;

    pe_out_begin(out, PE_RECORD_FIELD);
    pe_out_string(out, field->path);
    pe_out_text(out, field->type);
    pe_out_string(out, field->unit == NULL ? "" : field->unit);
    pe_out_string(out, field->option == NULL ? "" : field->option);
    pe_out_string(out, field->service == NULL ? "" : field->service);
    pe_out_u32(out, field->required);
    pe_out_u32(out, field->secret);
    pe_out_text(out, field->doc);
    pe_out_end(out);
}

static void send_fields(struct work *work)
{
    struct pe_err err;

    if (pe_fields_walk(&work->pack, &work->arena, send_field, &work->out, &err) != 0)
        give_up(work, &err);
    done(work);
}

static void send_progress(struct work *work, size_t steps)
{
    pe_out_begin(&work->out, PE_RECORD_PROGRESS);
    pe_out_u32(&work->out, (uint32_t)steps);
    pe_out_end(&work->out);
    pe_out_flush(&work->out);
}

enum { TESTS_A_STEP = 20 };

static void send_test(void *ud, size_t number, const struct pe_test_case *result)
{
    struct work *work = ud;

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

static void send_coverage(struct work *work, struct pe_coverage_log *log,
                          enum pe_coverage_kind kind, size_t cases)
{
    const struct pe_coverage_item *items;
    struct pe_out *out = &work->out;
    struct pe_err err;
    size_t count;

    if (pe_coverage_items(log, kind, &items, &count, &err) != 0)
        give_up(work, &err);
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

static void run_tests(struct work *work)
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
        give_up(work, &err);
    for (int kind = 0; kind < PE_COVERAGE_COUNT; kind++)
        if (kind == PE_COVER_RULES || (kind == PE_COVER_LINES && log.all) ||
            (kind == PE_COVER_FIELDS && log.fields != NULL))
            send_coverage(work, &log, (enum pe_coverage_kind)kind, run.count);
    done(work);
}

static void send_survivor(void *ud, struct pe_mutant_place place,
                          const struct pe_survivor *survivor)
{
    struct work *work = ud;
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
static void send_mutated(struct work *work, const struct pe_mutate *run)
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

static void mutate(struct work *work)
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
        give_up(work, &err);
    send_mutated(work, &run);
    done(work);
}

/* A file that belongs to no pack. */
_Noreturn static void send_entries(struct work *work)
{
    const struct pe_task *task = work->task;
    struct pe_err err;
    int result;

    if (task->kind == PE_TASK_WAIVERS)
        result = pe_entries_waivers(task->bytes, task->length, &work->out, &err);
    else
        result = pe_entries_settings(task->bytes, task->length, &work->out, &err);
    if (result != 0)
        give_up(work, &err);
    done(work);
    leave(work);
}

_Noreturn static void send_saved(struct work *work)
{
    const struct pe_task *task = work->task;
    struct pe_saved saved;
    struct pe_err err;

    if (pe_saved_read(task->bytes, task->length, &work->arena, &saved, &err) != 0)
        give_up(work, &err);
    pe_saved_send(&saved, &work->out);
    done(work);
    leave(work);
}

_Noreturn void pe_worker_run(const struct pe_task *task, const struct pe_wall *wall, int fd)
{
    struct work work = {.task = task, .out = {.fd = fd}};

    close_wall(&work, wall);
    json_object_seed(1); /* jansson would ask the system for one; objects are small and ours */
    if (task->kind == PE_TASK_WAIVERS || task->kind == PE_TASK_SETTINGS)
        send_entries(&work);
    if (task->kind == PE_TASK_SAVED)
        send_saved(&work);
    if (task->kind == PE_TASK_MERGE)
        take_lines(&work, wall->feed_fd, tally_line);
    open_pack(&work);
    if (task->kind == PE_TASK_STREAM)
        take_lines(&work, wall->feed_fd, judge_line);
    if (task->kind == PE_TASK_JUDGE)
        judge_all(&work);
    else if (task->kind == PE_TASK_SCHEMA)
        send_schema(&work);
    else if (task->kind == PE_TASK_SKELETON)
        send_skeleton(&work);
    else if (task->kind == PE_TASK_FIELDS)
        send_fields(&work);
    else if (task->kind == PE_TASK_TEST)
        run_tests(&work);
    else if (task->kind == PE_TASK_MUTATE)
        mutate(&work);
    else
        done(&work);
    leave(&work);
}
