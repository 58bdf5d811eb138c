/* saved_record_rule.c: the records of a saved result that tell of its controls and rules. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "saved_record.h"

#include <string.h>

#include "area.h"

/* ---- controls ---- */

static void both_params(struct pe_both *b, struct pe_control *control)
{
    struct pe_param *params =
        pe_both_list(b, control->params, &control->param_count, 12, sizeof *params);

    for (size_t i = 0; i < control->param_count && pe_both_goes_on(b); i++) {
        pe_both_word(b, &params[i].name);
        pe_both_word(b, &params[i].value);
        pe_both_string(b, &params[i].default_);
        pe_both_text(b, &params[i].doc);
        params[i].type = "";
    }
    control->params = params;
}

/* The pack is sent by its place among those of the result. */
void pe_saved_record_control(struct pe_both *b, const struct pe_result *result,
                             struct pe_control *control, struct pe_control_result *out,
                             uint32_t *rules)
{
    uint32_t pack = 0;

    while (b->out != NULL && strcmp(result->packs[pack].id, control->pack) != 0)
        pack++;
    pe_both_u32(b, &pack, (uint32_t)result->pack_count - 1);
    pe_both_word(b, &control->id);
    pe_both_text(b, &control->title);
    pe_both_strings(b, &control->references);
    pe_both_strings(b, &control->tags);
    both_params(b, control);
    PE_BOTH_WORD_OF(b, out->severity, PE_SEVERITY_COUNT);
    PE_BOTH_WORD_OF(b, out->owner, PE_OWNER_COUNT);
    pe_both_text(b, &out->reason);
    pe_both_u32(b, rules, PE_MAX_SAVED_ITEMS);
    if (!pe_both_goes_on(b))
        return;
    control->pack = result->packs[pack].id;
    control->severity = out->severity;
    control->owner = out->owner;
    out->control = control;
}

/* ---- rules ---- */

/* The area by its place in the result, and one behind that for none. */
static void both_uncollected(struct pe_both *b, const struct pe_result *result,
                             struct pe_finding *finding)
{
    uint32_t area = 0;

    while (b->out != NULL && area < result->area_count &&
           result->areas[area].area != finding->uncollected)
        area++;
    pe_both_u32(b, &area, (uint32_t)result->area_count);
    finding->uncollected = area < result->area_count ? result->areas[area].area : NULL;
}

static void both_findings(struct pe_both *b, const struct pe_result *result,
                          struct pe_rule_result *rule)
{
    struct pe_finding *findings =
        pe_both_list(b, rule->findings, &rule->finding_count, 50, sizeof *findings);

    for (size_t i = 0; i < rule->finding_count && pe_both_goes_on(b); i++) {
        struct pe_finding *finding = &findings[i];
        PE_BOTH_WORD_OF(b, finding->status, PE_STATUS_COUNT);
        pe_both_flag(b, &finding->of_policy);
        pe_both_text(b, &finding->message);
        pe_both_text(b, &finding->subject);
        pe_both_text(b, &finding->hint);
        pe_both_string(b, &finding->pointer);
        pe_both_string(b, &finding->value);
        pe_both_place(b, &finding->place);
        both_uncollected(b, result, finding);
        if (b->out != NULL)
            continue;
        finding->area = pe_area_of(b->in->arena, finding->pointer);
        b->in->bad |= finding->status < PE_UNKNOWN || finding->area == NULL;
    }
    rule->findings = findings;
    pe_both_size(b, &rule->finding_total);
}

static void both_evidence(struct pe_both *b, struct pe_rule_result *rule)
{
    struct pe_evidence *evidence =
        pe_both_list(b, rule->evidence, &rule->evidence_count, 36, sizeof *evidence);
    size_t count;

    for (size_t i = 0; i < rule->evidence_count && pe_both_goes_on(b); i++) {
        struct pe_evidence *e = &evidence[i];
        pe_both_word(b, &e->pointer);
        pe_both_string(b, &e->value);
        count = (size_t)e->count;
        pe_both_size(b, &count);
        e->count = (int64_t)count;
        pe_both_flag(b, &e->absent);
        pe_both_place(b, &e->place);
        if (b->out == NULL)
            b->in->bad |= (e->value != NULL) + (e->count >= 0) + e->absent != 1;
    }
    rule->evidence = evidence;
    pe_both_size(b, &rule->evidence_total);
}

static void both_notes(struct pe_both *b, struct pe_rule_result *rule)
{
    struct pe_text *notes = pe_both_list(b, rule->notes, &rule->note_count, 8, sizeof *notes);

    for (size_t i = 0; i < rule->note_count && pe_both_goes_on(b); i++)
        pe_both_text(b, &notes[i]);
    rule->notes = notes;
}

/* By its place in the file, and one behind the last for none. */
static void both_waiver_of(struct pe_both *b, const struct pe_waiver_uses *uses, bool may_be_none,
                           const struct pe_waiver **waiver)
{
    uint32_t count = (uint32_t)uses->count, place = count;

    if (b->out != NULL && *waiver != NULL)
        place = (uint32_t)(*waiver - uses->items[0].waiver);
    pe_both_u32(b, &place, may_be_none ? count : count - 1);
    if (pe_both_goes_on(b))
        *waiver = place < count ? uses->items[place].waiver : NULL;
}

static void both_covers(struct pe_both *b, const struct pe_waiver_uses *uses, size_t findings,
                        struct pe_rule_waiver *waiver)
{
    const struct pe_waiver **of_finding = (const struct pe_waiver **)waiver->of_finding, **by;

    if (b->out == NULL)
        of_finding = pe_arena_array(b->in->arena, findings + 1, sizeof *of_finding);
    if (of_finding == NULL) {
        b->in->bad = true;
        return;
    }
    pe_both_flag(b, &waiver->whole);
    pe_both_size(b, &waiver->covered);
    for (size_t i = 0; i < findings && pe_both_goes_on(b); i++)
        both_waiver_of(b, uses, true, &of_finding[i]);
    by = pe_both_list(b, waiver->by, &waiver->by_count, 4, sizeof *by);
    for (size_t i = 0; i < waiver->by_count && pe_both_goes_on(b); i++)
        both_waiver_of(b, uses, false, &by[i]);
    waiver->of_finding = of_finding;
    waiver->by = by;
}

static void both_rule_waiver(struct pe_both *b, const struct pe_result *result,
                             struct pe_rule_result *rule)
{
    struct pe_rule_waiver *waiver = (struct pe_rule_waiver *)rule->waiver;
    bool has_waiver = waiver != NULL;

    pe_both_flag(b, &has_waiver);
    if (!has_waiver)
        return;
    if (waiver == NULL && result->waivers != NULL && result->waivers->count > 0)
        waiver = pe_arena_alloc(b->in->arena, sizeof *waiver);
    if (waiver == NULL) {
        b->in->bad = true;
        return;
    }
    both_covers(b, result->waivers, rule->finding_count, waiver);
    if (pe_both_goes_on(b))
        rule->waiver = waiver;
}

void pe_saved_record_rule(struct pe_both *b, const struct pe_result *result, struct pe_rule *rule,
                          struct pe_rule_result *out)
{
    pe_both_word(b, &rule->id);
    pe_both_word(b, &rule->ref);
    pe_both_text(b, &rule->title);
    pe_both_text(b, &rule->fix);
    PE_BOTH_WORD_OF(b, out->severity, PE_SEVERITY_COUNT);
    PE_BOTH_WORD_OF(b, out->owner, PE_OWNER_COUNT);
    PE_BOTH_WORD_OF(b, out->status, PE_STATUS_COUNT);
    PE_BOTH_WORD_OF(b, out->original, PE_STATUS_COUNT);
    PE_BOTH_WORD_OF(b, out->basis, PE_BASIS_COUNT);
    pe_both_text(b, &out->reason);
    both_findings(b, result, out);
    both_evidence(b, out);
    both_notes(b, out);
    both_rule_waiver(b, result, out);
    rule->severity = out->severity;
    rule->owner = out->owner;
    out->rule = rule;
}
