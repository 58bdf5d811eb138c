/* saved_record.c: the records of a saved result that tell of its head and of what was asked. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "saved_record.h"

#include <string.h>

void pe_saved_record_run(struct pe_both *b, struct pe_saved *saved, uint32_t *results)
{
    bool compared = saved->baseline[0] != '\0';

    pe_both_flag(b, &saved->is_result);
    pe_both_flag(b, &compared);
    if (compared)
        pe_both_sha256(b, saved->baseline);
    pe_both_u32(b, &saved->strange, UINT32_MAX);
    pe_both_u32(b, &saved->at_line, UINT32_MAX);
    pe_both_u32(b, &saved->at_column, UINT32_MAX);
    pe_both_u32(b, results, PE_MAX_SAVED_RESULTS);
}

/* ---- the head of a result ---- */

static void both_packs(struct pe_both *b, struct pe_result *result)
{
    struct pe_pack_info *packs =
        pe_both_list(b, result->packs, &result->pack_count, 20, sizeof *packs);

    for (size_t i = 0; i < result->pack_count && pe_both_goes_on(b); i++) {
        pe_both_word(b, &packs[i].id);
        pe_both_word(b, &packs[i].version);
        pe_both_word(b, &packs[i].edition);
        pe_both_text(b, &packs[i].title);
        pe_both_sha256(b, packs[i].sha256);
    }
    result->packs = packs;
}

static void both_problems(struct pe_both *b, struct pe_result *result)
{
    struct pe_problem *problems =
        pe_both_list(b, result->problems, &result->problem_count, 40, sizeof *problems);

    for (size_t i = 0; i < result->problem_count && pe_both_goes_on(b); i++) {
        pe_both_flag(b, &problems[i].warning);
        pe_both_flag(b, &problems[i].strict);
        pe_both_flag(b, &problems[i].null);
        pe_both_word(b, &problems[i].pointer);
        pe_both_text(b, &problems[i].message);
        pe_both_text(b, &problems[i].hint);
        pe_both_place(b, &problems[i].place);
    }
    result->problems = problems;
    pe_both_size(b, &result->problem_total);
}

static void both_areas(struct pe_both *b, struct pe_result *result)
{
    struct pe_area_result *areas =
        pe_both_list(b, result->areas, &result->area_count, 40, sizeof *areas);
    struct pe_area *area;

    for (size_t i = 0; i < result->area_count && pe_both_goes_on(b); i++) {
        area = b->out != NULL ? (struct pe_area *)areas[i].area
                              : pe_arena_alloc(b->in->arena, sizeof *area);
        if (area == NULL) {
            b->in->bad = true;
            break;
        }
        pe_both_word(b, &area->word);
        pe_both_strings(b, &area->pointers);
        pe_both_text(b, &area->title);
        pe_both_text(b, &area->collect);
        PE_BOTH_WORD_OF(b, area->known_to, PE_OWNER_COUNT);
        pe_both_word(b, &area->link);
        areas[i].area = area;
        pe_both_size(b, &areas[i].rules);
    }
    result->areas = areas;
}

static void both_claim(struct pe_both *b, struct pe_claim_result *claim)
{
    struct pe_claim_set *set = (struct pe_claim_set *)claim->set;
    bool has_set = set != NULL;

    PE_BOTH_WORD_OF(b, claim->state, PE_CLAIM_NOT_ACCEPTED + 1);
    pe_both_word(b, &claim->doc);
    pe_both_word(b, &claim->version);
    pe_both_flag(b, &has_set);
    if (has_set && set == NULL) {
        set = pe_arena_alloc(b->in->arena, sizeof *set);
        b->in->bad |= set == NULL;
    }
    if (has_set && pe_both_goes_on(b)) {
        pe_both_text(b, &set->title);
        pe_both_sha256(b, set->sha256);
        set->doc = claim->doc;
        set->version = claim->version;
        claim->set = set;
    }
    pe_both_size(b, &claim->rules);
    pe_both_text(b, &claim->reason);
    pe_both_text(b, &claim->hint);
    pe_both_string(b, &claim->pointer);
    pe_both_place(b, &claim->place);
}

static void both_claims(struct pe_both *b, struct pe_result *result)
{
    struct pe_claim_result *claims =
        pe_both_list(b, result->claims, &result->claim_count, 60, sizeof *claims);

    for (size_t i = 0; i < result->claim_count && pe_both_goes_on(b); i++)
        both_claim(b, &claims[i]);
    result->claims = claims;
}

static void both_unselected(struct pe_both *b, struct pe_result *result)
{
    struct pe_unselected *list_ =
        pe_both_list(b, result->unselected, &result->unselected_count, 16, sizeof *list_);

    for (size_t i = 0; i < result->unselected_count && pe_both_goes_on(b); i++) {
        pe_both_word(b, &list_[i].pack);
        pe_both_word(b, &list_[i].control);
        pe_both_string(b, &list_[i].rule);
        pe_both_text(b, &list_[i].title);
    }
    result->unselected = list_;
}

static void both_unread(struct pe_both *b, struct pe_result *result)
{
    struct pe_unread *unread =
        pe_both_list(b, result->unread, &result->unread_count, 28, sizeof *unread);

    for (size_t i = 0; i < result->unread_count && pe_both_goes_on(b); i++) {
        pe_both_word(b, &unread[i].pointer);
        pe_both_size(b, &unread[i].count);
        pe_both_place(b, &unread[i].place);
    }
    result->unread = unread;
    pe_both_flag(b, &result->unread_known);
    pe_both_size(b, &result->unread_total);
}

static void both_secrets(struct pe_both *b, struct pe_result *result)
{
    struct pe_span *spans =
        pe_both_list(b, result->secrets, &result->secret_count, 16, sizeof *spans);
    uint64_t last = 0;
    size_t offset, length;

    for (size_t i = 0; i < result->secret_count && pe_both_goes_on(b); i++) {
        offset = (size_t)spans[i].offset;
        length = (size_t)spans[i].length;
        pe_both_size(b, &offset);
        pe_both_size(b, &length);
        spans[i] = (struct pe_span){offset, length};
        if (b->out == NULL)
            b->in->bad |= offset < last || length > UINT64_MAX / 2 || offset > UINT64_MAX / 2;
        last = offset;
    }
    result->secrets = spans;
}

/* ---- what was asked ---- */

static const struct pe_remark *both_remarks(struct pe_both *b, const struct pe_remark *items,
                                            size_t *count)
{
    struct pe_remark *remarks = pe_both_list(b, items, count, 12, sizeof *remarks);
    uint32_t kind;

    for (size_t i = 0; i < *count && pe_both_goes_on(b); i++) {
        kind = 0;
        while (b->out != NULL && strcmp(pe_saved_remark_words[kind], remarks[i].kind) != 0)
            kind++;
        pe_both_u32(b, &kind, PE_SAVED_REMARK_WORDS - 1);
        remarks[i].kind = pe_saved_remark_words[kind];
        pe_both_text(b, &remarks[i].message);
    }
    return remarks;
}

static void both_gate(struct pe_both *b, struct pe_result *result)
{
    struct pe_gate *gate = (struct pe_gate *)result->gate;
    bool has_gate = gate != NULL;

    pe_both_flag(b, &has_gate);
    if (!has_gate)
        return;
    if (gate == NULL)
        gate = pe_arena_alloc(b->in->arena, sizeof *gate);
    if (gate == NULL) {
        b->in->bad = true;
        return;
    }
    PE_BOTH_WORD_OF(b, gate->fail_on, PE_SEVERITY_COUNT);
    pe_both_u32(b, &gate->owners, (1u << PE_OWNER_COUNT) - 2);
    pe_both_flag(b, &gate->strict_model);
    pe_both_string(b, &gate->max_age);
    pe_both_string(b, &gate->now);
    pe_both_size(b, &result->gate_ignored);
    result->gate_remarks = both_remarks(b, result->gate_remarks, &result->gate_remark_count);
    result->gate = gate;
    if (b->out == NULL)
        b->in->bad |= (gate->max_age == NULL) != (gate->now == NULL);
}

static void both_waiver(struct pe_both *b, struct pe_waiver *waiver)
{
    pe_both_word(b, &waiver->id);
    pe_both_word(b, &waiver->control);
    pe_both_string(b, &waiver->rule);
    pe_both_string(b, &waiver->tenant);
    pe_both_string(b, &waiver->pointer);
    pe_both_string(b, &waiver->subject);
    pe_both_string(b, &waiver->value);
    pe_both_word(b, &waiver->reason);
    pe_both_word(b, &waiver->owner);
    pe_both_word(b, &waiver->approver);
    pe_both_word(b, &waiver->expires);
    pe_both_word(b, &waiver->zone);
    pe_both_flag(b, &waiver->fail);
    pe_both_flag(b, &waiver->unknown);
    pe_both_u32(b, &waiver->line, UINT32_MAX);
    pe_both_u32(b, &waiver->column, UINT32_MAX);
    if (b->out == NULL && !b->in->bad)
        b->in->bad |= !pe_saved_until(b->in->arena, waiver);
}

/* The waivers lie one behind the other at both ends. */
static void both_uses(struct pe_both *b, struct pe_waiver_uses *uses)
{
    struct pe_waiver_use *items = pe_both_list(b, uses->items, &uses->count, 80, sizeof *items);
    struct pe_waiver *waivers =
        b->out != NULL ? NULL : pe_arena_array(b->in->arena, uses->count + 1, sizeof *waivers);

    if (b->out == NULL)
        b->in->bad |= waivers == NULL;
    for (size_t i = 0; i < uses->count && pe_both_goes_on(b); i++) {
        struct pe_waiver *waiver =
            b->out != NULL ? (struct pe_waiver *)items[i].waiver : &waivers[i];
        both_waiver(b, waiver);
        items[i].waiver = waiver;
        PE_BOTH_WORD_OF(b, items[i].state, PE_SAVED_WAIVER_STATES);
        pe_both_size(b, &items[i].findings);
        pe_both_size(b, &items[i].rules);
        items[i].remarks = both_remarks(b, items[i].remarks, &items[i].remark_count);
    }
    uses->items = items;
}

static void both_waivers(struct pe_both *b, struct pe_result *result)
{
    struct pe_waiver_uses *uses = (struct pe_waiver_uses *)result->waivers;
    bool has_waivers = uses != NULL;

    pe_both_flag(b, &has_waivers);
    if (!has_waivers)
        return;
    if (uses == NULL)
        uses = pe_arena_alloc(b->in->arena, sizeof *uses);
    if (uses == NULL) {
        b->in->bad = true;
        return;
    }
    pe_both_word(b, &uses->file);
    pe_both_sha256(b, uses->sha256);
    pe_both_size(b, &uses->other_tenants);
    both_uses(b, uses);
    result->waivers = uses;
}

static void both_asked(struct pe_both *b, struct pe_result *result)
{
    pe_both_string(b, &result->config_file);
    if (result->config_file != NULL)
        pe_both_sha256(b, result->config_sha256);
    both_gate(b, result);
    both_waivers(b, result);
}

void pe_saved_record_result(struct pe_both *b, struct pe_result *result, uint32_t *controls)
{
    pe_both_word(b, &result->file);
    pe_both_sha256(b, result->sha256);
    pe_both_string(b, &result->tenant);
    pe_both_string(b, &result->service);
    pe_both_string(b, &result->as_of);
    pe_both_flag(b, &result->as_of_given);
    pe_both_strings(b, &result->options);
    pe_both_string(b, &result->required_basis);
    both_secrets(b, result);
    both_packs(b, result);
    both_problems(b, result);
    both_areas(b, result);
    both_claims(b, result);
    both_unselected(b, result);
    both_unread(b, result);
    both_asked(b, result);
    pe_both_u32(b, controls, PE_MAX_SAVED_ITEMS);
}
