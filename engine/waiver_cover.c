/* waiver_cover.c: which waivers cover what a rule found. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "waiver_cover.h"

#include <string.h>

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

bool pe_waiver_is_scoped(const struct pe_waiver *waiver)
{
    return waiver->pointer != NULL || waiver->subject != NULL || waiver->value != NULL;
}

bool pe_waiver_is_about(const struct pe_waiver *waiver, const struct pe_control *control,
                        const struct pe_rule *rule)
{
    return strcmp(waiver->control, control->id) == 0 &&
           (waiver->rule == NULL || strcmp(waiver->rule, rule->id) == 0);
}

/* ---- one rule ---- */

/* The first waiver in effect that covers the finding; NULL: a whole rule that has none to show. */
static const struct pe_waiver *find(const struct pe_waiver_applying *a,
                                    const struct pe_control *control,
                                    const struct pe_rule_result *rule,
                                    const struct pe_finding *finding)
{
    for (size_t i = 0; i < a->count; i++) {
        const struct pe_waiver *w = &a->items[i];
        if (a->uses[i].state != PE_WAIVER_UNUSED && a->uses[i].state != PE_WAIVER_IN_EFFECT)
            continue;
        if (pe_waiver_is_about(w, control, rule->rule) &&
            (finding != NULL ? pe_waiver_covers(w, finding)
                             : !pe_waiver_is_scoped(w) && w->unknown))
            return w;
    }
    return NULL;
}

/* Findings that were cut are not known, so that only a waiver without a scope, for both statuses,
 * covers them. */
static const struct pe_waiver *find_for_cut(const struct pe_waiver_applying *a,
                                            const struct pe_control *control,
                                            const struct pe_rule_result *rule)
{
    for (size_t i = 0; i < a->count; i++) {
        const struct pe_waiver *w = &a->items[i];
        if ((a->uses[i].state == PE_WAIVER_UNUSED || a->uses[i].state == PE_WAIVER_IN_EFFECT) &&
            pe_waiver_is_about(w, control, rule->rule) && !pe_waiver_is_scoped(w) && w->fail &&
            w->unknown)
            return w;
    }
    return NULL;
}

struct cover {
    const struct pe_waiver **of_finding, **by;
    size_t covered, by_count;
    bool whole;
};

static void use(struct pe_waiver_applying *a, struct cover *cover, const struct pe_waiver *waiver)
{
    struct pe_waiver_use *used = &a->uses[waiver - a->items];

    used->state = PE_WAIVER_IN_EFFECT;
    for (size_t i = 0; i < cover->by_count; i++)
        if (cover->by[i] == waiver)
            return;
    cover->by[cover->by_count++] = waiver;
}

static void cover_findings(struct pe_waiver_applying *a, const struct pe_control *control,
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
static void cover_reason(struct pe_waiver_applying *a, const struct pe_control *control,
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

const struct pe_rule_waiver *pe_waiver_of_rule(struct pe_waiver_applying *a,
                                               const struct pe_control *control,
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

/* ---- whether it is in effect ---- */

bool pe_waiver_was_judged(const struct pe_result *result, const struct pe_waiver *waiver)
{
    for (size_t i = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count; j++)
            if (pe_waiver_is_about(waiver, result->results[i].control,
                                   result->results[i].rules[j].rule))
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

bool pe_waiver_is_for(const struct pe_waiver *waiver, const struct pe_result *result)
{
    return waiver->tenant == NULL || same(result->tenant, waiver->tenant);
}

/* PE_WAIVER_UNUSED: it is in effect, and has covered nothing yet. */
enum pe_waiver_state pe_waiver_state_of(const struct pe_result *result,
                                        const struct pe_waiver *waiver, struct pe_time_instant end)
{
    if (result->as_of == NULL)
        return PE_WAIVER_NO_TIME;
    if (is_over(result, end))
        return PE_WAIVER_EXPIRED;
    return pe_waiver_was_judged(result, waiver) ? PE_WAIVER_UNUSED : PE_WAIVER_NOT_JUDGED;
}

/* ---- remarks ---- */

void pe_waiver_remark(struct pe_waiver_remarks *r, const char *kind, enum pe_sentence sentence,
                      const char *one, const char *two)
{
    r->items[r->count++] = (struct pe_remark){kind, pe_say(r->arena, sentence, one, two, NULL)};
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

void pe_waiver_remark_on_scope(struct pe_waiver_remarks *r, const struct pe_waiver *waiver)
{
    if (waiver->pointer != NULL && waiver->pointer[0] == '\0' && waiver->subject == NULL &&
        waiver->value == NULL)
        pe_waiver_remark(r, "broad", PE_SAY_WAIVER_BROAD_POINTER, NULL, NULL);
    else if (waiver->rule == NULL && !pe_waiver_is_scoped(waiver))
        pe_waiver_remark(r, "broad", PE_SAY_WAIVER_BROAD_CONTROL, waiver->control, NULL);
    else if (waiver->unknown && !pe_waiver_is_scoped(waiver))
        pe_waiver_remark(r, "broad", PE_SAY_WAIVER_BROAD_UNKNOWN, waiver->rule, NULL);
    if (waiver->subject != NULL && waiver->value == NULL && names_position(waiver->subject))
        pe_waiver_remark(r, "position", PE_SAY_WAIVER_POSITION, waiver->subject, NULL);
    if (strcmp(waiver->owner, waiver->approver) == 0)
        pe_waiver_remark(r, "self_approved", PE_SAY_WAIVER_SELF, waiver->owner, NULL);
}
