/* waiver.c: exceptions that somebody answers for, and what they cover. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "waiver.h"

#include <string.h>

#include "base/err.h"
#include "base/suggest.h"
#include "lib/time.h"
#include "say.h"
#include "verdict.h"
#include "waiver_list.h"

enum { MOST_NAMES = 1000, MOST_REMARKS = 8 };

/* One result under its waivers. */
struct applying {
    const struct pe_waiver *items;
    size_t count;
    struct pe_waiver_use *uses; /* by waiver */
    struct pe_arena *arena;
};

/* ---- what covers what ---- */

static bool below(const char *pointer, const char *scope)
{
    size_t length = strlen(scope);

    return pointer != NULL && strncmp(pointer, scope, length) == 0 &&
           (pointer[length] == '/' || pointer[length] == '\0');
}

static bool same(const char *given, const char *wanted)
{
    return given != NULL && strcmp(given, wanted) == 0;
}

bool pe_waiver_covers(const struct pe_waiver *waiver, const struct pe_finding *finding)
{
    if (finding->status != PE_FAIL && finding->status != PE_UNKNOWN)
        return false;
    if (finding->status == PE_FAIL ? !waiver->fail : !waiver->unknown)
        return false;
    return (waiver->pointer == NULL || below(finding->pointer, waiver->pointer)) &&
           (waiver->subject == NULL || same(finding->subject.en, waiver->subject)) &&
           (waiver->value == NULL || same(finding->value, waiver->value));
}

static bool is_scoped(const struct pe_waiver *waiver)
{
    return waiver->pointer != NULL || waiver->subject != NULL || waiver->value != NULL;
}

static bool is_about(const struct pe_waiver *waiver, const struct pe_control *control,
                     const struct pe_rule *rule)
{
    return strcmp(waiver->control, control->id) == 0 &&
           (waiver->rule == NULL || strcmp(waiver->rule, rule->id) == 0);
}

/* ---- one rule ---- */

/* The first waiver in effect that covers the finding; NULL: a whole rule that has none to show. */
static const struct pe_waiver *find(const struct applying *a, const struct pe_control *control,
                                    const struct pe_rule_result *rule,
                                    const struct pe_finding *finding)
{
    for (size_t i = 0; i < a->count; i++) {
        const struct pe_waiver *w = &a->items[i];
        if (a->uses[i].state != PE_WAIVER_UNUSED && a->uses[i].state != PE_WAIVER_IN_EFFECT)
            continue;
        if (is_about(w, control, rule->rule) &&
            (finding != NULL ? pe_waiver_covers(w, finding) : !is_scoped(w) && w->unknown))
            return w;
    }
    return NULL;
}

/* Findings that were cut are not known, so that only a waiver without a scope, for both statuses,
 * covers them. */
static const struct pe_waiver *find_for_cut(const struct applying *a,
                                            const struct pe_control *control,
                                            const struct pe_rule_result *rule)
{
    for (size_t i = 0; i < a->count; i++) {
        const struct pe_waiver *w = &a->items[i];
        if ((a->uses[i].state == PE_WAIVER_UNUSED || a->uses[i].state == PE_WAIVER_IN_EFFECT) &&
            is_about(w, control, rule->rule) && !is_scoped(w) && w->fail && w->unknown)
            return w;
    }
    return NULL;
}

struct cover {
    const struct pe_waiver **of_finding, **by;
    size_t covered, by_count;
    bool whole;
};

static void use(struct applying *a, struct cover *cover, const struct pe_waiver *waiver)
{
    struct pe_waiver_use *used = &a->uses[waiver - a->items];

    used->state = PE_WAIVER_IN_EFFECT;
    for (size_t i = 0; i < cover->by_count; i++)
        if (cover->by[i] == waiver)
            return;
    cover->by[cover->by_count++] = waiver;
}

static void cover_findings(struct applying *a, const struct pe_control *control,
                           const struct pe_rule_result *rule, struct cover *cover)
{
    const struct pe_waiver *waiver;

    for (size_t i = 0; i < rule->finding_count; i++) {
        waiver = find(a, control, rule, &rule->findings[i]);
        cover->of_finding[i] = waiver;
        if (waiver == NULL)
            continue;
        use(a, cover, waiver);
        a->uses[waiver - a->items].findings++;
        cover->covered++;
    }
    cover->whole = cover->covered == rule->finding_count;
    if (cover->whole && rule->finding_total > rule->finding_count) {
        waiver = find_for_cut(a, control, rule);
        cover->whole = waiver != NULL;
        if (waiver != NULL)
            use(a, cover, waiver);
    }
}

/* A rule without a finding is unknown as a whole: nothing was asserted, say. */
static void cover_reason(struct applying *a, const struct pe_control *control,
                         const struct pe_rule_result *rule, struct cover *cover)
{
    const struct pe_waiver *waiver = find(a, control, rule, NULL);

    cover->whole = waiver != NULL;
    if (waiver != NULL)
        use(a, cover, waiver);
}

static void sort_by(struct cover *cover)
{
    for (size_t i = 1; i < cover->by_count; i++)
        for (size_t j = i; j > 0 && cover->by[j] < cover->by[j - 1]; j--) {
            const struct pe_waiver *swapped = cover->by[j];
            cover->by[j] = cover->by[j - 1];
            cover->by[j - 1] = swapped;
        }
}

/* NULL when no waiver covers any of it, or out of memory. */
static const struct pe_rule_waiver *waive(struct applying *a, const struct pe_control *control,
                                          const struct pe_rule_result *rule)
{
    struct cover cover = {0};
    struct pe_rule_waiver *made;

    if (rule->status != PE_FAIL && rule->status != PE_UNKNOWN)
        return NULL;
    cover.of_finding = pe_arena_array(a->arena, rule->finding_count + 1, sizeof *cover.of_finding);
    cover.by = pe_arena_array(a->arena, a->count + 1, sizeof *cover.by);
    made = pe_arena_alloc(a->arena, sizeof *made);
    if (pe_arena_failed(a->arena))
        return NULL;
    if (rule->finding_count > 0)
        cover_findings(a, control, rule, &cover);
    else if (rule->finding_total == 0 && rule->status == PE_UNKNOWN)
        cover_reason(a, control, rule, &cover);
    if (cover.by_count == 0)
        return NULL;
    sort_by(&cover);
    for (size_t i = 0; cover.whole && i < cover.by_count; i++)
        a->uses[cover.by[i] - a->items].rules++;
    *made = (struct pe_rule_waiver){cover.whole, cover.covered, cover.of_finding, cover.by,
                                    cover.by_count};
    return made;
}

/* ---- controls ---- */

static bool concerns(const struct applying *a, const struct pe_control *control)
{
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->items[i].control, control->id) == 0)
            return true;
    return false;
}

static void apply_to_control(struct applying *a, struct pe_control_result *control)
{
    struct pe_rule_result *rules;

    if (control->rule_count == 0 || !concerns(a, control->control))
        return;
    rules = pe_arena_array(a->arena, control->rule_count, sizeof *rules);
    if (rules == NULL)
        return;
    memcpy(rules, control->rules, control->rule_count * sizeof *rules);
    for (size_t i = 0; i < control->rule_count; i++) {
        rules[i].waiver = waive(a, control->control, &rules[i]);
        if (rules[i].waiver != NULL && rules[i].waiver->whole)
            rules[i].status = PE_WAIVED;
    }
    control->rules = rules;
    pe_verdict_control(control);
}

static void apply_to_result(struct applying *a, struct pe_result *result)
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

static bool was_judged(const struct pe_result *result, const struct pe_waiver *waiver)
{
    for (size_t i = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count; j++)
            if (is_about(waiver, result->results[i].control, result->results[i].rules[j].rule))
                return true;
    return false;
}

static bool is_over(const struct pe_result *result, struct pe_time_instant end)
{
    struct pe_time_instant at;
    enum pe_time_why why;

    return pe_time_parse(result->as_of, strlen(result->as_of), &at, &why) != 0 ||
           pe_time_compare(at, end) > 0;
}

/* One that names a tenant is for that one only. */
static bool is_for(const struct pe_waiver *waiver, const struct pe_result *result)
{
    return waiver->tenant == NULL || same(result->tenant, waiver->tenant);
}

/* PE_WAIVER_UNUSED: it is in effect, and has covered nothing yet. */
static enum pe_waiver_state state_of(const struct pe_result *result, const struct pe_waiver *waiver,
                                     struct pe_time_instant end)
{
    bool has_control = false;

    if (!has_target(result, waiver, &has_control))
        return PE_WAIVER_NO_TARGET;
    if (result->as_of == NULL)
        return PE_WAIVER_NO_TIME;
    if (is_over(result, end))
        return PE_WAIVER_EXPIRED;
    return was_judged(result, waiver) ? PE_WAIVER_UNUSED : PE_WAIVER_NOT_JUDGED;
}

/* ---- remarks ---- */

struct remarks {
    struct pe_arena *arena;
    struct pe_remark items[MOST_REMARKS];
    size_t count;
};

static void remark(struct remarks *r, const char *kind, enum pe_sentence sentence, const char *one,
                   const char *two)
{
    r->items[r->count++] = (struct pe_remark){kind, pe_say(r->arena, sentence, one, two, NULL)};
}

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

static void remark_on_target(struct remarks *r, const struct pe_result *result,
                             const struct pe_waiver *waiver)
{
    bool has_control = false;
    const char *like, *given;

    has_target(result, waiver, &has_control);
    given = has_control ? waiver->rule : waiver->control;
    like = has_control ? like_rule(result, waiver) : like_control(result, waiver->control);
    if (like != NULL)
        remark(r, has_control ? "unknown_rule" : "unknown_control",
               has_control ? PE_SAY_WAIVER_RULE_LIKE : PE_SAY_WAIVER_CONTROL_LIKE, given, like);
    else
        remark(r, has_control ? "unknown_rule" : "unknown_control",
               has_control ? PE_SAY_WAIVER_RULE : PE_SAY_WAIVER_CONTROL, given, NULL);
}

/* A step "[3]" of what a report calls a thing is its position where it has no id of its own. */
static bool names_position(const char *subject)
{
    for (const char *c = strchr(subject, '['); c != NULL; c = strchr(c + 1, '[')) {
        size_t digits = strspn(c + 1, "0123456789");
        if (digits > 0 && c[digits + 1] == ']')
            return true;
    }
    return false;
}

static void remark_on_scope(struct remarks *r, const struct pe_waiver *waiver)
{
    if (waiver->pointer != NULL && waiver->pointer[0] == '\0' && waiver->subject == NULL &&
        waiver->value == NULL)
        remark(r, "broad", PE_SAY_WAIVER_BROAD_POINTER, NULL, NULL);
    else if (waiver->rule == NULL && !is_scoped(waiver))
        remark(r, "broad", PE_SAY_WAIVER_BROAD_CONTROL, waiver->control, NULL);
    else if (waiver->unknown && !is_scoped(waiver))
        remark(r, "broad", PE_SAY_WAIVER_BROAD_UNKNOWN, waiver->rule, NULL);
    if (waiver->subject != NULL && waiver->value == NULL && names_position(waiver->subject))
        remark(r, "position", PE_SAY_WAIVER_POSITION, waiver->subject, NULL);
    if (strcmp(waiver->owner, waiver->approver) == 0)
        remark(r, "self_approved", PE_SAY_WAIVER_SELF, waiver->owner, NULL);
}

static void remark_on(struct remarks *r, const struct pe_result *result,
                      const struct pe_waiver_use *use, bool used_elsewhere)
{
    const struct pe_waiver *waiver = use->waiver;

    if (use->state == PE_WAIVER_NO_TARGET)
        remark_on_target(r, result, waiver);
    if (use->state == PE_WAIVER_EXPIRED)
        remark(r, "expired", PE_SAY_WAIVER_EXPIRED, waiver->expires, waiver->zone);
    if (use->state == PE_WAIVER_NO_TIME)
        remark(r, "no_time", PE_SAY_WAIVER_NO_TIME, NULL, NULL);
    if (use->state == PE_WAIVER_UNUSED && !used_elsewhere)
        remark(r, "unused", PE_SAY_WAIVER_UNUSED, NULL, NULL);
    remark_on_scope(r, waiver);
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

static void keep_remarks(struct pe_waiver_use *use, const struct remarks *r)
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
            struct remarks r = {.arena = arena};
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
    struct applying a = {waivers->items, waivers->count, NULL, arena};

    a.uses = uses->items = pe_arena_array(arena, waivers->count + 1, sizeof *uses->items);
    uses->all = pe_arena_alloc(arena, sizeof *uses->all);
    if (pe_arena_failed(arena))
        return -1;
    for (size_t i = 0; i < waivers->count; i++) {
        const struct pe_waiver *waiver = &waivers->items[i];
        bool meant = is_for(waiver, result);
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
