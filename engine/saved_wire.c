/* saved_wire.c: a saved result between the worker that read it and the parent. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "saved_record.h"
#include "verdict.h"

/* What a record is about, its first number. */
enum { PART_RUN, PART_RESULT, PART_CONTROL, PART_RULE, PARTS };

/* A rule, a control and a result are all longer than this in a file, with the names of their
 * members alone. */
enum { LEAST_ITEM_BYTES = 128 };

/* ---- the worker's end ---- */

static struct pe_both begin(struct pe_out *out, uint32_t part)
{
    pe_out_begin(out, PE_RECORD_SAVED);
    pe_out_u32(out, part);
    return (struct pe_both){.out = out};
}

static void send_control(const struct pe_result *result, const struct pe_control_result *control,
                         struct pe_out *out)
{
    struct pe_both b = begin(out, PART_CONTROL);
    struct pe_control_result copy = *control;
    struct pe_control static_copy = *control->control;
    uint32_t rules = (uint32_t)control->rule_count;

    pe_saved_record_control(&b, result, &static_copy, &copy, &rules);
    pe_out_end(out);
    for (size_t i = 0; i < control->rule_count; i++) {
        struct pe_rule_result rule_copy = control->rules[i];
        struct pe_rule rule = *rule_copy.rule;
        b = begin(out, PART_RULE);
        pe_saved_record_rule(&b, result, &rule, &rule_copy);
        pe_out_end(out);
    }
}

void pe_saved_send(const struct pe_saved *saved, struct pe_out *out)
{
    struct pe_both b = begin(out, PART_RUN);
    struct pe_saved copy = *saved;
    uint32_t count = (uint32_t)saved->run.count;

    pe_saved_record_run(&b, &copy, &count);
    pe_out_end(out);
    for (size_t i = 0; i < saved->run.count; i++) {
        const struct pe_result *result = &saved->run.results[i];
        struct pe_result result_copy = *result;
        count = (uint32_t)result->result_count;
        b = begin(out, PART_RESULT);
        pe_saved_record_result(&b, &result_copy, &count);
        pe_out_end(out);
        for (size_t j = 0; j < result->result_count; j++)
            send_control(result, &result->results[j], out);
    }
}

/* ---- the parent's end ---- */

/* Room for so many results, controls or rules, as long as the file can hold them. */
static void *room_for(struct pe_saved_in *s, size_t count, size_t each)
{
    if (count > s->room)
        return NULL;
    s->room -= count;
    return pe_arena_array(s->arena, count + 1, each);
}

static int bad(const char **lie, const char *what)
{
    *lie = what;
    return -1;
}

static struct pe_result *result_now(struct pe_saved_in *s)
{
    return s->results == 0 ? NULL : (struct pe_result *)&s->saved.run.results[s->results - 1];
}

static struct pe_control_result *control_now(struct pe_saved_in *s)
{
    return s->controls == 0 ? NULL
                            : (struct pe_control_result *)&result_now(s)->results[s->controls - 1];
}

static bool control_is_whole(struct pe_saved_in *s)
{
    return control_now(s) == NULL || s->rules == control_now(s)->rule_count;
}

static bool result_is_whole(struct pe_saved_in *s)
{
    return result_now(s) == NULL ||
           (s->controls == result_now(s)->result_count && control_is_whole(s));
}

static int take_run(struct pe_saved_in *s, struct pe_both *b, const char **lie)
{
    uint32_t count = 0;
    struct pe_result *results;

    if (s->begun)
        return bad(lie, "order");
    s->begun = true;
    pe_saved_record_run(b, &s->saved, &count);
    results = b->in->bad ? NULL : room_for(s, count, sizeof *results);
    if (!pe_in_done(b->in) || results == NULL || s->saved.is_result != (count > 0))
        return bad(lie, "run");
    s->saved.run.results = results;
    s->saved.run.count = count;
    return 0;
}

static int take_result(struct pe_saved_in *s, struct pe_both *b, const char **lie)
{
    struct pe_result *result;
    struct pe_control_result *controls;
    uint32_t count = 0;

    if (!s->begun || s->results == s->saved.run.count || !result_is_whole(s))
        return bad(lie, "order");
    s->results++;
    s->controls = s->rules = 0;
    result = result_now(s);
    pe_saved_record_result(b, result, &count);
    controls = b->in->bad ? NULL : room_for(s, count, sizeof *controls);
    if (!pe_in_done(b->in) || controls == NULL || result->pack_count == 0 ||
        result->problem_total < result->problem_count ||
        result->unread_total < result->unread_count)
        return bad(lie, "result");
    result->results = controls;
    result->result_count = count;
    return 0;
}

static int take_control(struct pe_saved_in *s, struct pe_both *b, const char **lie)
{
    struct pe_result *result = result_now(s);
    struct pe_control *control = pe_arena_alloc(s->arena, sizeof *control);
    struct pe_control_result *out;
    struct pe_rule_result *results = NULL;
    struct pe_rule *rules = NULL;
    uint32_t count = 0;

    if (result == NULL || s->controls == result->result_count || !control_is_whole(s))
        return bad(lie, "order");
    s->controls++;
    s->rules = 0;
    out = control_now(s);
    if (control != NULL)
        pe_saved_record_control(b, result, control, out, &count);
    if (control != NULL && !b->in->bad) {
        results = room_for(s, count, sizeof *results);
        rules = pe_arena_array(s->arena, (size_t)count + 1, sizeof *rules);
    }
    if (!pe_in_done(b->in) || results == NULL || rules == NULL || count == 0)
        return bad(lie, "control");
    control->rules = rules;
    control->rule_count = count;
    out->rules = results;
    out->rule_count = count;
    return 0;
}

static int take_rule(struct pe_saved_in *s, struct pe_both *b, const char **lie)
{
    struct pe_control_result *control = control_now(s);
    struct pe_rule_result *result;

    if (control == NULL || s->rules == control->rule_count)
        return bad(lie, "order");
    result = (struct pe_rule_result *)&control->rules[s->rules];
    pe_saved_record_rule(b, result_now(s), (struct pe_rule *)&control->control->rules[s->rules],
                         result);
    if (!pe_in_done(b->in) || result->finding_total < result->finding_count ||
        result->evidence_total < result->evidence_count || pe_saved_flaw(result) != NULL)
        return bad(lie, "rule");
    s->rules++;
    return 0;
}

struct pe_saved_in pe_saved_begin(struct pe_arena *arena, size_t file_bytes)
{
    return (struct pe_saved_in){.arena = arena, .room = file_bytes / LEAST_ITEM_BYTES};
}

int pe_saved_take(struct pe_saved_in *s, struct pe_in *in, const char **lie)
{
    struct pe_both b = {.in = in};

    switch (pe_in_u32(in, PARTS - 1)) {
    case PART_RUN:
        return take_run(s, &b, lie);
    case PART_RESULT:
        return take_result(s, &b, lie);
    case PART_CONTROL:
        return take_control(s, &b, lie);
    default:
        return take_rule(s, &b, lie);
    }
}

/* The control's reason is its own, not that of the worst rule: it was saved. */
static const char *judge_result(struct pe_result *result, struct pe_arena *arena)
{
    for (size_t i = 0; i < result->result_count; i++) {
        struct pe_control_result *control = (struct pe_control_result *)&result->results[i];
        struct pe_text reason = control->reason;
        pe_verdict_control(control);
        control->reason = reason;
    }
    return pe_saved_judge(result, arena);
}

int pe_saved_end(struct pe_saved_in *s, const char **lie)
{
    struct pe_run *run = &s->saved.run;

    if (!s->begun || s->results != run->count || !result_is_whole(s))
        return bad(lie, "order");
    run->passed = run->count > 0;
    for (size_t i = 0; i < run->count; i++) {
        struct pe_result *result = (struct pe_result *)&run->results[i];
        const char *flaw = judge_result(result, s->arena);
        if (flaw != NULL)
            return bad(lie, flaw);
        run->passed = run->passed && result->passed;
    }
    return 0;
}
