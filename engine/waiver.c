/* waiver.c: exceptions that somebody answers for, and what they cover. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "waiver.h"

#include <string.h>

#include "base/err.h"
#include "base/suggest.h"
#include "say.h"
#include "verdict.h"
#include "waiver_list.h"

enum { MOST_NAMES = 1000 };

/* ---- controls ---- */

static bool concerns(const struct pe_waiver_applying *a, const struct pe_control *control)
{
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->items[i].control, control->id) == 0)
            return true;
    return false;
}

static void apply_to_control(struct pe_waiver_applying *a, struct pe_control_result *control)
{
    struct pe_rule_result *rules;

    if (control->rule_count == 0 || !concerns(a, control->control))
        return;
    rules = pe_arena_array(a->arena, control->rule_count, sizeof *rules);
    if (rules == NULL)
        return;
    memcpy(rules, control->rules, control->rule_count * sizeof *rules);
    for (size_t i = 0; i < control->rule_count; i++) {
        rules[i].waiver = pe_waiver_of_rule(a, control->control, &rules[i]);
        if (rules[i].waiver != NULL && rules[i].waiver->whole)
            rules[i].status = PE_WAIVED;
    }
    control->rules = rules;
    pe_verdict_control(control);
}

static void apply_to_result(struct pe_waiver_applying *a, struct pe_result *result)
{
    struct pe_control_result *controls =
        pe_arena_array(a->arena, result->result_count + 1, sizeof *controls);

    if (controls == NULL)
        return;
    if (result->result_count > 0)
        memcpy(controls, result->results, result->result_count * sizeof *controls);
    for (size_t i = 0; i < result->result_count; i++)
        apply_to_control(a, &controls[i]);
    result->results = controls;
}

/* ---- whether it is in effect ---- */

static bool has_rule(const struct pe_control *control, const char *id)
{
    for (size_t i = 0; i < control->rule_count; i++)
        if (strcmp(control->rules[i].id, id) == 0)
            return true;
    return false;
}

/* In any of the packs: a waiver may be meant for one of several. */
static bool has_target(const struct pe_result *result, const struct pe_waiver *waiver,
                       bool *has_control)
{
    for (size_t i = 0; i < result->pack_count; i++)
        for (size_t j = 0; j < result->packs[i].control_count; j++) {
            const struct pe_control *control = &result->packs[i].controls[j];
            if (strcmp(control->id, waiver->control) != 0)
                continue;
            *has_control = true;
            if (waiver->rule == NULL || has_rule(control, waiver->rule))
                return true;
        }
    return false;
}

static enum pe_waiver_state state_of(const struct pe_result *result, const struct pe_waiver *waiver,
                                     struct pe_time_instant end)
{
    bool has_control = false;

    return has_target(result, waiver, &has_control) ? pe_waiver_state_of(result, waiver, end)
                                                    : PE_WAIVER_NO_TARGET;
}

/* ---- remarks ---- */

static const char *like_control(const struct pe_result *result, const char *id)
{
    const char *names[MOST_NAMES];
    size_t count = 0;

    for (size_t i = 0; i < result->pack_count; i++) {
        const struct pe_control *control = pe_control_find(&result->packs[i], id);
        if (control != NULL)
            return control->id;
        for (size_t j = 0; j < result->packs[i].control_count && count < MOST_NAMES; j++)
            names[count++] = result->packs[i].controls[j].id;
    }
    return pe_suggest(id, names, count);
}

static const char *like_rule(const struct pe_result *result, const struct pe_waiver *waiver)
{
    const char *names[MOST_NAMES];
    size_t count = 0;

    for (size_t i = 0; i < result->pack_count; i++)
        for (size_t j = 0; j < result->packs[i].control_count; j++) {
            const struct pe_control *control = &result->packs[i].controls[j];
            for (size_t k = 0; strcmp(control->id, waiver->control) == 0 &&
                               k < control->rule_count && count < MOST_NAMES;
                 k++)
                names[count++] = control->rules[k].id;
        }
    return pe_suggest(waiver->rule, names, count);
}

static void remark_on_target(struct pe_waiver_remarks *r, const struct pe_result *result,
                             const struct pe_waiver *waiver)
{
    bool has_control = false;
    const char *like, *given;

    has_target(result, waiver, &has_control);
    given = has_control ? waiver->rule : waiver->control;
    like = has_control ? like_rule(result, waiver) : like_control(result, waiver->control);
    if (like != NULL)
        pe_waiver_remark(r, has_control ? "unknown_rule" : "unknown_control",
                         has_control ? PE_SAY_WAIVER_RULE_LIKE : PE_SAY_WAIVER_CONTROL_LIKE, given,
                         like);
    else
        pe_waiver_remark(r, has_control ? "unknown_rule" : "unknown_control",
                         has_control ? PE_SAY_WAIVER_RULE : PE_SAY_WAIVER_CONTROL, given, NULL);
}

static void remark_on(struct pe_waiver_remarks *r, const struct pe_result *result,
                      const struct pe_waiver_use *use, bool used_elsewhere)
{
    const struct pe_waiver *waiver = use->waiver;

    if (use->state == PE_WAIVER_NO_TARGET)
        remark_on_target(r, result, waiver);
    if (use->state == PE_WAIVER_EXPIRED)
        pe_waiver_remark(r, "expired", PE_SAY_WAIVER_EXPIRED, waiver->expires, waiver->zone);
    if (use->state == PE_WAIVER_NO_TIME)
        pe_waiver_remark(r, "no_time", PE_SAY_WAIVER_NO_TIME, NULL, NULL);
    if (use->state == PE_WAIVER_UNUSED && !used_elsewhere)
        pe_waiver_remark(r, "unused", PE_SAY_WAIVER_UNUSED, NULL, NULL);
    pe_waiver_remark_on_scope(r, waiver);
}

/* ---- the run ---- */

/* The uses of all waivers by one result, of which those for another tenant have no waiver. */
struct uses {
    struct pe_waiver_use *items;
    struct pe_waiver_uses *all;
};

static bool used_anywhere(const struct uses *uses, size_t count, size_t waiver)
{
    for (size_t i = 0; i < count; i++)
        if (uses[i].items[waiver].waiver != NULL &&
            uses[i].items[waiver].state == PE_WAIVER_IN_EFFECT)
            return true;
    return false;
}

static void keep_remarks(struct pe_waiver_use *use, const struct pe_waiver_remarks *r)
{
    struct pe_remark *kept =
        r->count == 0 ? NULL : pe_arena_array(r->arena, r->count, sizeof *kept);

    if (kept == NULL)
        return;
    memcpy(kept, r->items, r->count * sizeof *kept);
    use->remarks = kept;
    use->remark_count = r->count;
}

static void remark_all(const struct uses *uses, const struct pe_result *results, size_t count,
                       size_t waivers, struct pe_arena *arena)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < waivers && !pe_arena_failed(arena); j++) {
            struct pe_waiver_remarks r = {.arena = arena};
            if (uses[i].items[j].waiver == NULL)
                continue;
            remark_on(&r, &results[i], &uses[i].items[j], used_anywhere(uses, count, j));
            keep_remarks(&uses[i].items[j], &r);
        }
}

/* Closes the gaps that waivers for other tenants left. */
static void close_gaps(struct uses *uses)
{
    size_t kept = 0;

    for (size_t i = 0; i < uses->all->count; i++)
        if (uses->items[i].waiver != NULL)
            uses->items[kept++] = uses->items[i];
    uses->all->other_tenants = uses->all->count - kept;
    uses->all->count = kept;
}

/* The states of all waivers for a result, then the rules. */
static int apply(const struct pe_waivers *waivers, struct pe_result *result, struct uses *uses,
                 struct pe_arena *arena)
{
    struct pe_waiver_applying a = {waivers->items, waivers->count, NULL, arena};

    a.uses = uses->items = pe_arena_array(arena, waivers->count + 1, sizeof *uses->items);
    uses->all = pe_arena_alloc(arena, sizeof *uses->all);
    if (pe_arena_failed(arena))
        return -1;
    for (size_t i = 0; i < waivers->count; i++) {
        const struct pe_waiver *waiver = &waivers->items[i];
        bool meant = pe_waiver_is_for(waiver, result);
        uses->items[i].waiver = meant ? waiver : NULL;
        uses->items[i].state =
            meant ? state_of(result, waiver, waivers->ends[i]) : PE_WAIVER_NOT_JUDGED;
    }
    apply_to_result(&a, result);
    *uses->all = (struct pe_waiver_uses){
        .file = waivers->file, .items = uses->items, .count = waivers->count};
    strcpy(uses->all->sha256, waivers->sha256);
    result->waivers = uses->all;
    return 0;
}

int pe_waivers_apply(const struct pe_waivers *waivers, struct pe_result *results, size_t count,
                     struct pe_arena *arena, struct pe_err *err)
{
    struct uses *uses;

    if (waivers == NULL)
        return 0;
    uses = pe_arena_array(arena, count + 1, sizeof *uses);
    for (size_t i = 0; uses != NULL && i < count; i++)
        if (apply(waivers, &results[i], &uses[i], arena) != 0)
            return pe_err_memory(err);
    if (uses != NULL)
        remark_all(uses, results, count, waivers->count, arena);
    for (size_t i = 0; uses != NULL && i < count; i++)
        close_gaps(&uses[i]);
    return pe_arena_failed(arena) ? pe_err_memory(err) : 0;
}

const char *pe_waiver_state_word(enum pe_waiver_state state)
{
    static const char *const words[] = {
        [PE_WAIVER_IN_EFFECT] = "in_effect", [PE_WAIVER_UNUSED] = "unused",
        [PE_WAIVER_EXPIRED] = "expired",     [PE_WAIVER_NO_TIME] = "no_time",
        [PE_WAIVER_NO_TARGET] = "no_target", [PE_WAIVER_NOT_JUDGED] = "not_judged"};

    return words[state];
}
