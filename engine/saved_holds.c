/* saved_holds.c: whether waivers, gate and verdict of a saved result follow from the rest of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "gate.h"
#include "lib/time.h"
#include "saved.h"
#include "verdict.h"
#include "waiver_cover.h"

/* ---- the gate ---- */

static bool same_kinds(const struct pe_remark *a, size_t a_count, const struct pe_remark *b,
                       size_t b_count)
{
    for (size_t i = 0; i < a_count && i < b_count; i++)
        if (strcmp(a[i].kind, b[i].kind) != 0)
            return false;
    return a_count == b_count;
}

/* A model that is strict leaves no warning, and one that is not makes none an error. */
static const char *flaw_of_problems(const struct pe_result *result)
{
    bool strict = result->gate != NULL && result->gate->strict_model;

    for (size_t i = 0; i < result->problem_count; i++) {
        if (result->problems[i].strict && (!strict || result->problems[i].warning))
            return "a problem is strict only under strict_model, and then no warning";
        if (strict && result->problems[i].warning)
            return "under strict_model no problem is a warning";
    }
    return NULL;
}

static const char *flaw_of_gate(struct pe_result *result, struct pe_arena *arena)
{
    const struct pe_gate *gate = result->gate;
    const struct pe_remark *remarks;
    size_t count, ignored = 0;
    struct pe_err err;

    if (gate == NULL)
        return NULL;
    if (pe_gate_check(&(struct pe_job){.gate = *gate}, &err) != 0)
        return "max_age or now is not as the gate takes it";
    if (pe_gate_remarks(gate, result, arena, &remarks, &count) != 0)
        return "out of memory";
    if (!same_kinds(result->gate_remarks, result->gate_remark_count, remarks, count))
        return "the gate's remarks do not follow from the snapshot";
    result->passed = pe_verdict_gate(gate, result, &ignored) && count == 0;
    return ignored == result->gate_ignored ? NULL
                                           : "what the gate ignored does not agree with the "
                                             "controls";
}

/* ---- waivers ---- */

/* What the packs have is known as far as it was judged: for the rest there may be a target, and may
 * be none. */
static bool may_be(const struct pe_result *result, const struct pe_waiver_use *use)
{
    const struct pe_waiver *waiver = use->waiver;
    enum pe_waiver_state state;
    struct pe_time_instant end;
    char text[PE_TIME_TEXT_BYTES];

    if (!pe_waiver_is_for(waiver, result) ||
        !pe_time_last_of(waiver->expires, waiver->zone, &end, text))
        return false;
    if (use->state == PE_WAIVER_NO_TARGET)
        return !pe_waiver_was_judged(result, waiver);
    state = pe_waiver_state_of(result, waiver, end);
    return use->state == state || (use->state == PE_WAIVER_IN_EFFECT && state == PE_WAIVER_UNUSED);
}

/* What is said of its state; one that covers nothing here may be of use for another snapshot. */
static bool state_is_told(const struct pe_waiver_use *use, size_t *told)
{
    const char *kind = use->remark_count > 0 ? use->remarks[0].kind : "";

    *told = use->state != PE_WAIVER_IN_EFFECT && use->state != PE_WAIVER_NOT_JUDGED;
    switch (use->state) {
    case PE_WAIVER_NO_TARGET:
        return strcmp(kind, "unknown_control") == 0 ||
               (strcmp(kind, "unknown_rule") == 0 && use->waiver->rule != NULL);
    case PE_WAIVER_EXPIRED:
        return strcmp(kind, "expired") == 0;
    case PE_WAIVER_NO_TIME:
        return strcmp(kind, "no_time") == 0;
    case PE_WAIVER_UNUSED:
        *told = strcmp(kind, "unused") == 0;
        return true;
    default:
        return true;
    }
}

static bool remarks_hold(const struct pe_waiver_use *use, struct pe_arena *arena)
{
    struct pe_waiver_remarks remarks = {.arena = arena};
    size_t told;

    pe_waiver_remark_on_scope(&remarks, use->waiver);
    return state_is_told(use, &told) &&
           same_kinds(use->remarks + told, use->remark_count - told, remarks.items, remarks.count);
}

static bool same_cover(const struct pe_rule_waiver *a, const struct pe_rule_waiver *b,
                       size_t findings)
{
    if (a == NULL || b == NULL)
        return a == b;
    if (a->whole != b->whole || a->covered != b->covered || a->by_count != b->by_count)
        return false;
    for (size_t i = 0; i < findings; i++)
        if (a->of_finding[i] != b->of_finding[i])
            return false;
    for (size_t i = 0; i < a->by_count; i++)
        if (a->by[i] != b->by[i])
            return false;
    return true;
}

static bool is_about_all(const struct pe_control *control, const struct pe_rule_result *rule)
{
    for (size_t i = 0; rule->waiver != NULL && i < rule->waiver->by_count; i++)
        if (!pe_waiver_is_about(rule->waiver->by[i], control, rule->rule))
            return false;
    return true;
}

/* Waives it anew. */
static const char *flaw_of_rule(struct pe_waiver_applying *a, const struct pe_control *control,
                                const struct pe_rule_result *rule)
{
    struct pe_rule_result found = *rule;

    if (!is_about_all(control, rule))
        return "a rule has a waiver that is about another";
    found.status = rule->original;
    return same_cover(rule->waiver, pe_waiver_of_rule(a, control, &found), rule->finding_count)
               ? NULL
               : "what covers a rule does not follow from the scopes and states of the waivers";
}

static const char *flaw_of_covers(const struct pe_result *result, struct pe_arena *arena)
{
    const struct pe_waiver_uses *uses = result->waivers;
    struct pe_waiver_applying a = {.count = uses->count, .arena = arena};
    const char *flaw = NULL;

    a.items = uses->count == 0 ? NULL : uses->items[0].waiver;
    a.uses = pe_arena_array(arena, uses->count + 1, sizeof *a.uses);
    if (a.uses == NULL)
        return "out of memory";
    for (size_t i = 0; i < uses->count; i++)
        a.uses[i].state =
            uses->items[i].state == PE_WAIVER_IN_EFFECT ? PE_WAIVER_UNUSED : uses->items[i].state;
    for (size_t i = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count && flaw == NULL; j++)
            flaw = flaw_of_rule(&a, result->results[i].control, &result->results[i].rules[j]);
    for (size_t i = 0; i < uses->count && flaw == NULL; i++)
        if (uses->items[i].state != a.uses[i].state ||
            uses->items[i].findings != a.uses[i].findings ||
            uses->items[i].rules != a.uses[i].rules)
            flaw = "what a waiver is good for does not agree with the controls";
    return flaw;
}

static const char *flaw_of_waivers(const struct pe_result *result, struct pe_arena *arena)
{
    const struct pe_waiver_uses *uses = result->waivers;
    const char *flaw = NULL;

    for (size_t i = 0; uses != NULL && i < uses->count; i++)
        if (!may_be(result, &uses->items[i]))
            return "the state of a waiver does not follow from its days, tenant and target";
    if (uses != NULL)
        flaw = flaw_of_covers(result, arena);
    for (size_t i = 0; uses != NULL && flaw == NULL && i < uses->count; i++)
        if (!remarks_hold(&uses->items[i], arena))
            flaw = "the remarks on a waiver do not follow from it";
    return flaw;
}

const char *pe_saved_judge(struct pe_result *result, struct pe_arena *arena)
{
    const char *flaw = flaw_of_problems(result);

    pe_verdict_result(result);
    if (flaw == NULL)
        flaw = flaw_of_gate(result, arena);
    if (flaw == NULL)
        flaw = flaw_of_waivers(result, arena);
    return flaw == NULL && pe_arena_failed(arena) ? "out of memory" : flaw;
}
