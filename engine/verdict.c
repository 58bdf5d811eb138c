/* verdict.c: statuses of controls and runs, from those of their rules. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "verdict.h"

void pe_verdict_control(struct pe_control_result *control)
{
    const struct pe_rule_result *worst = NULL;

    for (size_t i = 0; i < control->rule_count; i++)
        if (worst == NULL || control->rules[i].status > worst->status)
            worst = &control->rules[i];
    control->status = worst == NULL ? PE_UNKNOWN : worst->status;
    control->reason = worst == NULL ? (struct pe_text){0} : worst->reason;
}

static void count_rules(struct pe_result *result, const struct pe_control_result *control)
{
    for (size_t i = 0; i < control->rule_count; i++) {
        const struct pe_rule_result *rule = &control->rules[i];
        result->rules.by_status[rule->status]++;
        result->rules.by_owner[rule->owner][rule->status]++;
        result->rules.by_severity[rule->severity][rule->status]++;
        if (rule->status == PE_PASS)
            result->rules.passed_by_basis[rule->basis]++;
    }
}

void pe_verdict_result(struct pe_result *result)
{
    const size_t *counts = result->controls.by_status;

    for (size_t i = 0; i < result->result_count; i++) {
        const struct pe_control_result *control = &result->results[i];
        result->controls.by_status[control->status]++;
        result->controls.by_owner[control->owner][control->status]++;
        result->controls.by_severity[control->severity][control->status]++;
        count_rules(result, control);
    }
    result->passed = counts[PE_PASS] > 0 && counts[PE_UNKNOWN] == 0 && counts[PE_FAIL] == 0 &&
                     counts[PE_ERROR] == 0;
}

/* ---- a gate ---- */

static bool in_sight(const struct pe_gate *gate, const struct pe_rule_result *rule)
{
    if (rule->status == PE_ERROR)
        return true;
    return rule->severity >= gate->fail_on &&
           (gate->owners == 0 || (gate->owners & 1u << rule->owner) != 0);
}

/* The worst status of the rules in sight; not_applicable when there is none. */
static enum pe_status worst_in_sight(const struct pe_gate *gate,
                                     const struct pe_control_result *control, size_t *ignored)
{
    enum pe_status worst = PE_NOT_APPLICABLE;

    for (size_t i = 0; i < control->rule_count; i++) {
        const struct pe_rule_result *rule = &control->rules[i];
        if (!in_sight(gate, rule))
            *ignored += rule->status >= PE_UNKNOWN;
        else if (rule->status > worst)
            worst = rule->status;
    }
    return worst;
}

bool pe_verdict_gate(const struct pe_gate *gate, const struct pe_result *result, size_t *ignored)
{
    bool closed = false, any = false;

    for (size_t i = 0; i < result->result_count; i++) {
        enum pe_status worst = worst_in_sight(gate, &result->results[i], ignored);
        closed = closed || worst >= PE_UNKNOWN;
        any = any || worst == PE_PASS;
    }
    return any && !closed;
}

/* ---- areas ---- */

static bool needs(const struct pe_rule_result *rule, const struct pe_area *area)
{
    for (size_t i = 0; i < rule->finding_count; i++)
        if (rule->findings[i].uncollected == area)
            return true;
    return false;
}

static size_t rules_that_need(const struct pe_result *result, const struct pe_area *area)
{
    size_t count = 0;

    for (size_t i = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count; j++)
            count += needs(&result->results[i].rules[j], area);
    return count;
}

int pe_verdict_areas(struct pe_result *result, struct pe_arena *arena)
{
    struct pe_area_result *list;
    size_t room = 1, count = 0;

    for (size_t i = 0; i < result->pack_count; i++)
        room += result->packs[i].area_count;
    list = pe_arena_array(arena, room, sizeof *list);
    if (list == NULL)
        return -1;
    for (size_t i = 0; i < result->pack_count; i++) {
        for (size_t j = 0; j < result->packs[i].area_count; j++) {
            list[count].area = &result->packs[i].areas[j];
            list[count].rules = rules_that_need(result, list[count].area);
            count += list[count].rules > 0;
        }
    }
    result->areas = list;
    result->area_count = count;
    return 0;
}

/* ---- what was left out ---- */

static const struct pe_control_result *find_result(const struct pe_result *result,
                                                   const struct pe_control *control)
{
    for (size_t i = 0; i < result->result_count; i++)
        if (result->results[i].control == control)
            return &result->results[i];
    return NULL;
}

static bool was_judged(const struct pe_control_result *result, const struct pe_rule *rule)
{
    for (size_t i = 0; i < result->rule_count; i++)
        if (result->rules[i].rule == rule)
            return true;
    return false;
}

/* Adds a control of which nothing was selected, or its rules that were not; how many entries. */
static size_t leave_out(const struct pe_result *result, const struct pe_control *control,
                        struct pe_unselected *list)
{
    const struct pe_control_result *judged = find_result(result, control);
    size_t count = 0;

    if (judged == NULL) {
        *list = (struct pe_unselected){control->pack, control->id, NULL, control->title};
        return 1;
    }
    for (size_t i = 0; i < control->rule_count; i++) {
        const struct pe_rule *rule = &control->rules[i];
        if (!was_judged(judged, rule))
            list[count++] =
                (struct pe_unselected){control->pack, control->id, rule->id, rule->title};
    }
    return count;
}

int pe_verdict_unselected(struct pe_result *result, struct pe_arena *arena)
{
    struct pe_unselected *list;
    size_t room = 1, count = 0;

    for (size_t i = 0; i < result->pack_count; i++)
        for (size_t j = 0; j < result->packs[i].control_count; j++)
            room += 1 + result->packs[i].controls[j].rule_count;
    list = pe_arena_array(arena, room, sizeof *list);
    if (list == NULL)
        return -1;
    for (size_t i = 0; i < result->pack_count; i++)
        for (size_t j = 0; j < result->packs[i].control_count; j++)
            count += leave_out(result, &result->packs[i].controls[j], &list[count]);
    result->unselected = list;
    result->unselected_count = count;
    return 0;
}
