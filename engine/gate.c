/* gate.c: which verdicts close the gate. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gate.h"

#include <string.h>

#include "base/err.h"
#include "lib/time.h"
#include "say.h"
#include "verdict.h"

enum { MOST_REMARKS = 4 };

/* ---- what is asked ---- */

/* "7d", "12h", "90m", "2w", or ISO 8601: a plain number could be anything. */
static int parse_age(const char *text, int64_t *seconds)
{
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = {{'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}};
    enum pe_time_why why;
    int64_t number = 0;
    const char *c = text;

    if (*text == 'P')
        return pe_time_parse_duration(text, strlen(text), seconds, &why);
    for (; *c >= '0' && *c <= '9' && c - text < 9; c++)
        number = number * 10 + (*c - '0');
    for (size_t i = 0; c > text && i < sizeof units / sizeof units[0]; i++)
        if (c[0] == units[i].unit && c[1] == '\0') {
            *seconds = number * units[i].seconds;
            return 0;
        }
    return -1;
}

int pe_gate_check(const struct pe_job *job, struct pe_err *err)
{
    const struct pe_gate *gate = &job->gate;
    struct pe_time_instant now;
    enum pe_time_why why;
    int64_t seconds;

    if (gate->max_age == NULL && gate->now == NULL)
        return 0;
    if (gate->max_age != NULL && parse_age(gate->max_age, &seconds) != 0)
        return pe_err_set(err, PE_ERR_USAGE, "--max-age takes an age such as 7d, 12h or P7D");
    if (gate->max_age == NULL || gate->now == NULL)
        return pe_err_set(err, PE_ERR_USAGE, "%s",
                          gate->now == NULL ? "--max-age needs --now TIME: no clock is read; as in "
                                              "--now \"$(date -Iseconds)\""
                                            : "--now is what --max-age counts from; give both");
    if (job->as_of != NULL)
        return pe_err_set(err, PE_ERR_USAGE,
                          "--max-age is about the snapshot's own time: leave out --as-of");
    if (pe_time_parse(gate->now, strlen(gate->now), &now, &why) != 0)
        return pe_err_set(err, PE_ERR_USAGE,
                          "--now: %s; give a time such as 2026-11-20T09:00:00+09:00",
                          pe_time_why_text(why).en);
    return 0;
}

static bool is_asked(const struct pe_gate *gate)
{
    return gate->fail_on != PE_LOW || gate->owners != 0 || gate->strict_model ||
           gate->max_age != NULL;
}

/* ---- what closes it beside the rules ---- */

struct remarks {
    struct pe_arena *arena;
    struct pe_remark *items;
    size_t count;
};

static void remark(struct remarks *r, const char *kind, enum pe_sentence sentence, const char *one,
                   const char *two)
{
    r->items[r->count++] = (struct pe_remark){kind, pe_say(r->arena, sentence, one, two, NULL)};
}

static void judge_age(struct remarks *r, const struct pe_gate *gate, const struct pe_result *result)
{
    struct pe_time_instant now, at;
    struct pe_time_age age;
    enum pe_time_why why;
    int64_t most;

    if (result->as_of == NULL || result->as_of_given ||
        pe_time_parse(result->as_of, strlen(result->as_of), &at, &why) != 0 ||
        pe_time_parse(gate->now, strlen(gate->now), &now, &why) != 0 ||
        parse_age(gate->max_age, &most) != 0) {
        remark(r, "no_time", PE_SAY_GATE_NO_TIME, gate->max_age, NULL);
        return;
    }
    age = pe_time_age(at, now);
    if (age.future)
        remark(r, "from_the_future", PE_SAY_GATE_FUTURE, result->as_of, gate->now);
    else if (age.seconds > most || (age.seconds == most && at.nanoseconds != now.nanoseconds))
        remark(r, "too_old", PE_SAY_GATE_OLD, result->as_of, gate->max_age);
}

/* Unknown fields are errors then. */
static int make_strict(struct pe_arena *arena, struct pe_result *result)
{
    struct pe_problem *problems =
        pe_arena_array(arena, result->problem_count + 1, sizeof *problems);

    if (problems == NULL)
        return -1;
    for (size_t i = 0; i < result->problem_count; i++) {
        problems[i] = result->problems[i];
        problems[i].strict = problems[i].warning;
        problems[i].warning = false;
    }
    result->problems = problems;
    return 0;
}

/* Problems that were cut may be unknown fields too. */
static bool has_unknown_field(const struct pe_result *result)
{
    for (size_t i = 0; i < result->problem_count; i++)
        if (result->problems[i].strict)
            return true;
    return result->problem_total > result->problem_count;
}

int pe_gate_remarks(const struct pe_gate *gate, const struct pe_result *result,
                    struct pe_arena *arena, const struct pe_remark **items, size_t *count)
{
    struct remarks r = {.arena = arena,
                        .items = pe_arena_array(arena, MOST_REMARKS, sizeof *r.items)};

    if (r.items == NULL)
        return -1;
    if (gate->strict_model && has_unknown_field(result))
        remark(&r, "unknown_field", PE_SAY_GATE_UNKNOWN_FIELD, NULL, NULL);
    if (gate->max_age != NULL)
        judge_age(&r, gate, result);
    *items = r.items;
    *count = r.count;
    return pe_arena_failed(arena) ? -1 : 0;
}

static const struct pe_gate *keep(const struct pe_gate *gate, struct pe_arena *arena)
{
    struct pe_gate *kept = pe_arena_alloc(arena, sizeof *kept);

    if (kept == NULL)
        return NULL;
    *kept = *gate;
    if (kept->owners == (1u << PE_OWNER_COUNT) - 1) /* a saved result does not tell them apart */
        kept->owners = 0;
    kept->max_age = pe_arena_str(arena, gate->max_age);
    kept->now = pe_arena_str(arena, gate->now);
    return kept;
}

int pe_gate_judge(const struct pe_gate *gate, struct pe_result *result, struct pe_arena *arena,
                  struct pe_err *err)
{
    if (!is_asked(gate))
        return 0;
    result->gate = keep(gate, arena);
    if ((gate->strict_model && make_strict(arena, result) != 0) ||
        pe_gate_remarks(gate, result, arena, &result->gate_remarks, &result->gate_remark_count) !=
            0)
        return pe_err_memory(err);
    result->gate_ignored = 0;
    result->passed =
        pe_verdict_gate(gate, result, &result->gate_ignored) && result->gate_remark_count == 0;
    return pe_arena_failed(arena) ? pe_err_memory(err) : 0;
}
