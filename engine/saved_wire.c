/* saved_wire.c: a saved result between the worker that read it and the parent. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "saved.h"
#include "verdict.h"

/* What a record is about, its first number. */
enum { PART_RUN, PART_RESULT, PART_CONTROL, PART_RULE, PARTS };

/* A rule, a control and a result are all longer than this in a file, with the names of their
 * members alone. */
enum { LEAST_ITEM_BYTES = 128 };

/* Each record has one function that says what is in it, for both ends: the worker's writes what
 * the fields hold, the parent's fills them. */
struct both {
    struct pe_out *out; /* NULL: it reads */
    struct pe_in *in;
};

static void number(struct both *b, uint32_t *value, uint32_t most)
{
    if (b->out != NULL)
        pe_out_u32(b->out, *value);
    else
        *value = pe_in_u32(b->in, most);
}

static void size(struct both *b, size_t *value)
{
    if (b->out != NULL)
        pe_out_u64(b->out, *value);
    else
        *value = (size_t)pe_in_u64(b->in);
}

static void flag(struct both *b, bool *value)
{
    uint32_t bit = *value;

    number(b, &bit, 1);
    *value = bit;
}

static void string(struct both *b, const char **value) /* may be NULL */
{
    if (b->out != NULL)
        pe_out_string(b->out, *value);
    else
        *value = pe_in_string(b->in);
}

static void word(struct both *b, const char **value)
{
    if (b->out != NULL)
        pe_out_string(b->out, *value);
    else
        *value = pe_in_word(b->in);
}

static void text(struct both *b, struct pe_text *value)
{
    if (b->out != NULL)
        pe_out_text(b->out, *value);
    else
        *value = pe_in_text(b->in);
}

static void strings(struct both *b, struct pe_strings *value)
{
    if (b->out != NULL)
        pe_out_strings(b->out, value);
    else
        *value = pe_in_strings(b->in);
}

static void place(struct both *b, struct pe_place *value)
{
    if (b->out != NULL)
        pe_out_place(b->out, *value);
    else
        *value = pe_in_place(b->in, UINT32_MAX); /* the snapshot is not there to compare with */
}

static void sha256(struct both *b, char hex[65])
{
    const char *value = hex;

    word(b, &value);
    if (b->out != NULL || b->in->bad)
        return;
    b->in->bad |= strspn(value, "0123456789abcdef") != 64 || value[64] != '\0';
    if (!b->in->bad)
        memcpy(hex, value, 65);
}

/* The closed words, as numbers; each enum is as wide as an int. */
#define WORD_OF(b, field, count)                                                                   \
    do {                                                                                           \
        uint32_t value_ = (uint32_t)(field);                                                       \
        number((b), &value_, (uint32_t)(count)-1);                                                 \
        (field) = value_;                                                                          \
    } while (0)

/* A list whose elements take at least so many bytes: its length, and on the parent's side the
 * array. NULL when there is nothing to walk. */
static void *list(struct both *b, const void *items, size_t *count, size_t least, size_t each)
{
    void *array = (void *)items;
    uint32_t length = (uint32_t)*count;

    if (b->out != NULL) {
        pe_out_u32(b->out, length);
        return array;
    }
    *count = pe_in_count(b->in, least);
    array = pe_arena_array(b->in->arena, *count + 1, each);
    b->in->bad |= array == NULL;
    if (b->in->bad)
        *count = 0;
    return array;
}

static bool goes_on(const struct both *b)
{
    return b->out != NULL || !b->in->bad;
}

/* ---- the head of a result ---- */

static void both_packs(struct both *b, struct pe_result *result)
{
    struct pe_pack_info *packs = list(b, result->packs, &result->pack_count, 20, sizeof *packs);

    for (size_t i = 0; i < result->pack_count && goes_on(b); i++) {
        word(b, &packs[i].id);
        word(b, &packs[i].version);
        word(b, &packs[i].edition);
        text(b, &packs[i].title);
        sha256(b, packs[i].sha256);
    }
    result->packs = packs;
}

static void both_problems(struct both *b, struct pe_result *result)
{
    struct pe_problem *problems =
        list(b, result->problems, &result->problem_count, 40, sizeof *problems);

    for (size_t i = 0; i < result->problem_count && goes_on(b); i++) {
        flag(b, &problems[i].warning);
        flag(b, &problems[i].strict);
        flag(b, &problems[i].null);
        word(b, &problems[i].pointer);
        text(b, &problems[i].message);
        text(b, &problems[i].hint);
        place(b, &problems[i].place);
    }
    result->problems = problems;
    size(b, &result->problem_total);
}

static void both_areas(struct both *b, struct pe_result *result)
{
    struct pe_area_result *areas = list(b, result->areas, &result->area_count, 40, sizeof *areas);
    struct pe_area *area;

    for (size_t i = 0; i < result->area_count && goes_on(b); i++) {
        area = b->out != NULL ? (struct pe_area *)areas[i].area
                              : pe_arena_alloc(b->in->arena, sizeof *area);
        if (area == NULL) {
            b->in->bad = true;
            break;
        }
        word(b, &area->word);
        strings(b, &area->pointers);
        text(b, &area->title);
        text(b, &area->collect);
        WORD_OF(b, area->known_to, PE_OWNER_COUNT);
        word(b, &area->link);
        areas[i].area = area;
        size(b, &areas[i].rules);
    }
    result->areas = areas;
}

static void both_claim(struct both *b, struct pe_claim_result *claim)
{
    struct pe_claim_set *set = (struct pe_claim_set *)claim->set;
    bool has_set = set != NULL;

    WORD_OF(b, claim->state, PE_CLAIM_NOT_ACCEPTED + 1);
    word(b, &claim->doc);
    word(b, &claim->version);
    flag(b, &has_set);
    if (has_set && set == NULL) {
        set = pe_arena_alloc(b->in->arena, sizeof *set);
        b->in->bad |= set == NULL;
    }
    if (has_set && goes_on(b)) {
        text(b, &set->title);
        sha256(b, set->sha256);
        set->doc = claim->doc;
        set->version = claim->version;
        claim->set = set;
    }
    size(b, &claim->rules);
    text(b, &claim->reason);
    text(b, &claim->hint);
    string(b, &claim->pointer);
    place(b, &claim->place);
}

static void both_claims(struct both *b, struct pe_result *result)
{
    struct pe_claim_result *claims =
        list(b, result->claims, &result->claim_count, 60, sizeof *claims);

    for (size_t i = 0; i < result->claim_count && goes_on(b); i++)
        both_claim(b, &claims[i]);
    result->claims = claims;
}

static void both_unselected(struct both *b, struct pe_result *result)
{
    struct pe_unselected *list_ =
        list(b, result->unselected, &result->unselected_count, 16, sizeof *list_);

    for (size_t i = 0; i < result->unselected_count && goes_on(b); i++) {
        word(b, &list_[i].pack);
        word(b, &list_[i].control);
        string(b, &list_[i].rule);
        text(b, &list_[i].title);
    }
    result->unselected = list_;
}

static void both_unread(struct both *b, struct pe_result *result)
{
    struct pe_unread *unread = list(b, result->unread, &result->unread_count, 28, sizeof *unread);

    for (size_t i = 0; i < result->unread_count && goes_on(b); i++) {
        word(b, &unread[i].pointer);
        size(b, &unread[i].count);
        place(b, &unread[i].place);
    }
    result->unread = unread;
    flag(b, &result->unread_known);
    size(b, &result->unread_total);
}

static void both_secrets(struct both *b, struct pe_result *result)
{
    struct pe_span *spans = list(b, result->secrets, &result->secret_count, 16, sizeof *spans);
    uint64_t last = 0;
    size_t offset, length;

    for (size_t i = 0; i < result->secret_count && goes_on(b); i++) {
        offset = (size_t)spans[i].offset;
        length = (size_t)spans[i].length;
        size(b, &offset);
        size(b, &length);
        spans[i] = (struct pe_span){offset, length};
        if (b->out == NULL)
            b->in->bad |= offset < last || length > UINT64_MAX / 2 || offset > UINT64_MAX / 2;
        last = offset;
    }
    result->secrets = spans;
}

/* ---- what was asked ---- */

static const struct pe_remark *both_remarks(struct both *b, const struct pe_remark *items,
                                            size_t *count)
{
    struct pe_remark *remarks = list(b, items, count, 12, sizeof *remarks);
    uint32_t kind;

    for (size_t i = 0; i < *count && goes_on(b); i++) {
        kind = 0;
        while (b->out != NULL && strcmp(pe_saved_remark_words[kind], remarks[i].kind) != 0)
            kind++;
        number(b, &kind, PE_SAVED_REMARK_WORDS - 1);
        remarks[i].kind = pe_saved_remark_words[kind];
        text(b, &remarks[i].message);
    }
    return remarks;
}

static void both_gate(struct both *b, struct pe_result *result)
{
    struct pe_gate *gate = (struct pe_gate *)result->gate;
    bool has_gate = gate != NULL;

    flag(b, &has_gate);
    if (!has_gate)
        return;
    if (gate == NULL)
        gate = pe_arena_alloc(b->in->arena, sizeof *gate);
    if (gate == NULL) {
        b->in->bad = true;
        return;
    }
    WORD_OF(b, gate->fail_on, PE_SEVERITY_COUNT);
    number(b, &gate->owners, (1u << PE_OWNER_COUNT) - 2);
    flag(b, &gate->strict_model);
    string(b, &gate->max_age);
    string(b, &gate->now);
    size(b, &result->gate_ignored);
    result->gate_remarks = both_remarks(b, result->gate_remarks, &result->gate_remark_count);
    result->gate = gate;
    if (b->out == NULL)
        b->in->bad |= (gate->max_age == NULL) != (gate->now == NULL);
}

static void both_waiver(struct both *b, struct pe_waiver *waiver)
{
    word(b, &waiver->id);
    word(b, &waiver->control);
    string(b, &waiver->rule);
    string(b, &waiver->tenant);
    string(b, &waiver->pointer);
    string(b, &waiver->subject);
    string(b, &waiver->value);
    word(b, &waiver->reason);
    word(b, &waiver->owner);
    word(b, &waiver->approver);
    word(b, &waiver->expires);
    word(b, &waiver->zone);
    flag(b, &waiver->fail);
    flag(b, &waiver->unknown);
    number(b, &waiver->line, UINT32_MAX);
    number(b, &waiver->column, UINT32_MAX);
    if (b->out == NULL && !b->in->bad)
        b->in->bad |= !pe_saved_until(b->in->arena, waiver);
}

/* The waivers lie one behind the other at both ends. */
static void both_uses(struct both *b, struct pe_waiver_uses *uses)
{
    struct pe_waiver_use *items = list(b, uses->items, &uses->count, 80, sizeof *items);
    struct pe_waiver *waivers =
        b->out != NULL ? NULL : pe_arena_array(b->in->arena, uses->count + 1, sizeof *waivers);

    if (b->out == NULL)
        b->in->bad |= waivers == NULL;
    for (size_t i = 0; i < uses->count && goes_on(b); i++) {
        struct pe_waiver *waiver =
            b->out != NULL ? (struct pe_waiver *)items[i].waiver : &waivers[i];
        both_waiver(b, waiver);
        items[i].waiver = waiver;
        WORD_OF(b, items[i].state, PE_SAVED_WAIVER_STATES);
        size(b, &items[i].findings);
        size(b, &items[i].rules);
        items[i].remarks = both_remarks(b, items[i].remarks, &items[i].remark_count);
    }
    uses->items = items;
}

static void both_waivers(struct both *b, struct pe_result *result)
{
    struct pe_waiver_uses *uses = (struct pe_waiver_uses *)result->waivers;
    bool has_waivers = uses != NULL;

    flag(b, &has_waivers);
    if (!has_waivers)
        return;
    if (uses == NULL)
        uses = pe_arena_alloc(b->in->arena, sizeof *uses);
    if (uses == NULL) {
        b->in->bad = true;
        return;
    }
    word(b, &uses->file);
    sha256(b, uses->sha256);
    size(b, &uses->other_tenants);
    both_uses(b, uses);
    result->waivers = uses;
}

static void both_asked(struct both *b, struct pe_result *result)
{
    string(b, &result->config_file);
    if (result->config_file != NULL)
        sha256(b, result->config_sha256);
    both_gate(b, result);
    both_waivers(b, result);
}

static void both_result(struct both *b, struct pe_result *result, uint32_t *controls)
{
    word(b, &result->file);
    sha256(b, result->sha256);
    string(b, &result->tenant);
    string(b, &result->service);
    string(b, &result->as_of);
    flag(b, &result->as_of_given);
    strings(b, &result->options);
    string(b, &result->required_basis);
    both_secrets(b, result);
    both_packs(b, result);
    both_problems(b, result);
    both_areas(b, result);
    both_claims(b, result);
    both_unselected(b, result);
    both_unread(b, result);
    both_asked(b, result);
    number(b, controls, PE_MAX_SAVED_ITEMS);
}

/* ---- controls ---- */

static void both_params(struct both *b, struct pe_control *control)
{
    struct pe_param *params = list(b, control->params, &control->param_count, 12, sizeof *params);

    for (size_t i = 0; i < control->param_count && goes_on(b); i++) {
        word(b, &params[i].name);
        word(b, &params[i].value);
        string(b, &params[i].default_);
        text(b, &params[i].doc);
        params[i].type = params[i].unit = params[i].source = "";
    }
    control->params = params;
}

/* The pack is sent by its place among those of the result. */
static void both_control(struct both *b, const struct pe_result *result, struct pe_control *control,
                         struct pe_control_result *out, uint32_t *rules)
{
    uint32_t pack = 0;

    while (b->out != NULL && strcmp(result->packs[pack].id, control->pack) != 0)
        pack++;
    number(b, &pack, (uint32_t)result->pack_count - 1);
    word(b, &control->id);
    text(b, &control->title);
    strings(b, &control->references);
    strings(b, &control->tags);
    both_params(b, control);
    WORD_OF(b, out->severity, PE_SEVERITY_COUNT);
    WORD_OF(b, out->owner, PE_OWNER_COUNT);
    text(b, &out->reason);
    number(b, rules, PE_MAX_SAVED_ITEMS);
    if (!goes_on(b))
        return;
    control->pack = result->packs[pack].id;
    control->severity = out->severity;
    control->owner = out->owner;
    out->control = control;
}

/* ---- rules ---- */

/* The first step of a JSON Pointer. */
static const char *area_of(struct pe_arena *arena, const char *pointer)
{
    if (pointer == NULL || pointer[0] != '/')
        return "";
    return pe_arena_strn(arena, pointer + 1, strcspn(pointer + 1, "/"));
}

/* The area by its place in the result, and one behind that for none. */
static void both_uncollected(struct both *b, const struct pe_result *result,
                             struct pe_finding *finding)
{
    uint32_t area = 0;

    while (b->out != NULL && area < result->area_count &&
           result->areas[area].area != finding->uncollected)
        area++;
    number(b, &area, (uint32_t)result->area_count);
    finding->uncollected = area < result->area_count ? result->areas[area].area : NULL;
}

static void both_findings(struct both *b, const struct pe_result *result,
                          struct pe_rule_result *rule)
{
    struct pe_finding *findings =
        list(b, rule->findings, &rule->finding_count, 50, sizeof *findings);

    for (size_t i = 0; i < rule->finding_count && goes_on(b); i++) {
        struct pe_finding *finding = &findings[i];
        WORD_OF(b, finding->status, PE_STATUS_COUNT);
        flag(b, &finding->of_policy);
        text(b, &finding->message);
        text(b, &finding->subject);
        text(b, &finding->hint);
        string(b, &finding->pointer);
        string(b, &finding->value);
        place(b, &finding->place);
        both_uncollected(b, result, finding);
        if (b->out != NULL)
            continue;
        finding->area = area_of(b->in->arena, finding->pointer);
        b->in->bad |= finding->status < PE_UNKNOWN || finding->area == NULL;
    }
    rule->findings = findings;
    size(b, &rule->finding_total);
}

static void both_evidence(struct both *b, struct pe_rule_result *rule)
{
    struct pe_evidence *evidence =
        list(b, rule->evidence, &rule->evidence_count, 36, sizeof *evidence);
    size_t count;

    for (size_t i = 0; i < rule->evidence_count && goes_on(b); i++) {
        struct pe_evidence *e = &evidence[i];
        word(b, &e->pointer);
        string(b, &e->value);
        count = (size_t)e->count;
        size(b, &count);
        e->count = (int64_t)count;
        flag(b, &e->absent);
        place(b, &e->place);
        if (b->out == NULL)
            b->in->bad |= (e->value != NULL) + (e->count >= 0) + e->absent != 1;
    }
    rule->evidence = evidence;
    size(b, &rule->evidence_total);
}

static void both_notes(struct both *b, struct pe_rule_result *rule)
{
    struct pe_text *notes = list(b, rule->notes, &rule->note_count, 8, sizeof *notes);

    for (size_t i = 0; i < rule->note_count && goes_on(b); i++)
        text(b, &notes[i]);
    rule->notes = notes;
}

/* By its place in the file, and one behind the last for none. */
static void both_waiver_of(struct both *b, const struct pe_waiver_uses *uses, bool may_be_none,
                           const struct pe_waiver **waiver)
{
    uint32_t count = (uint32_t)uses->count, place = count;

    if (b->out != NULL && *waiver != NULL)
        place = (uint32_t)(*waiver - uses->items[0].waiver);
    number(b, &place, may_be_none ? count : count - 1);
    if (goes_on(b))
        *waiver = place < count ? uses->items[place].waiver : NULL;
}

static void both_covers(struct both *b, const struct pe_waiver_uses *uses, size_t findings,
                        struct pe_rule_waiver *waiver)
{
    const struct pe_waiver **of_finding = (const struct pe_waiver **)waiver->of_finding, **by;

    if (b->out == NULL)
        of_finding = pe_arena_array(b->in->arena, findings + 1, sizeof *of_finding);
    if (of_finding == NULL) {
        b->in->bad = true;
        return;
    }
    flag(b, &waiver->whole);
    size(b, &waiver->covered);
    for (size_t i = 0; i < findings && goes_on(b); i++)
        both_waiver_of(b, uses, true, &of_finding[i]);
    by = list(b, waiver->by, &waiver->by_count, 4, sizeof *by);
    for (size_t i = 0; i < waiver->by_count && goes_on(b); i++)
        both_waiver_of(b, uses, false, &by[i]);
    waiver->of_finding = of_finding;
    waiver->by = by;
}

static void both_rule_waiver(struct both *b, const struct pe_result *result,
                             struct pe_rule_result *rule)
{
    struct pe_rule_waiver *waiver = (struct pe_rule_waiver *)rule->waiver;
    bool has_waiver = waiver != NULL;

    flag(b, &has_waiver);
    if (!has_waiver)
        return;
    if (waiver == NULL && result->waivers != NULL && result->waivers->count > 0)
        waiver = pe_arena_alloc(b->in->arena, sizeof *waiver);
    if (waiver == NULL) {
        b->in->bad = true;
        return;
    }
    both_covers(b, result->waivers, rule->finding_count, waiver);
    if (goes_on(b))
        rule->waiver = waiver;
}

static void both_rule(struct both *b, const struct pe_result *result, struct pe_rule *rule,
                      struct pe_rule_result *out)
{
    word(b, &rule->id);
    word(b, &rule->ref);
    text(b, &rule->title);
    text(b, &rule->fix);
    WORD_OF(b, out->severity, PE_SEVERITY_COUNT);
    WORD_OF(b, out->owner, PE_OWNER_COUNT);
    WORD_OF(b, out->status, PE_STATUS_COUNT);
    WORD_OF(b, out->original, PE_STATUS_COUNT);
    WORD_OF(b, out->basis, PE_BASIS_COUNT);
    text(b, &out->reason);
    both_findings(b, result, out);
    both_evidence(b, out);
    both_notes(b, out);
    both_rule_waiver(b, result, out);
    rule->severity = out->severity;
    rule->owner = out->owner;
    out->rule = rule;
}

static void both_run(struct both *b, struct pe_saved *saved, uint32_t *results)
{
    bool compared = saved->baseline[0] != '\0';

    flag(b, &saved->is_result);
    flag(b, &compared);
    if (compared)
        sha256(b, saved->baseline);
    number(b, &saved->strange, UINT32_MAX);
    number(b, &saved->at_line, UINT32_MAX);
    number(b, &saved->at_column, UINT32_MAX);
    number(b, results, PE_MAX_SAVED_RESULTS);
}

/* ---- the worker's end ---- */

static struct both begin(struct pe_out *out, uint32_t part)
{
    pe_out_begin(out, PE_RECORD_SAVED);
    pe_out_u32(out, part);
    return (struct both){.out = out};
}

static void send_control(const struct pe_result *result, const struct pe_control_result *control,
                         struct pe_out *out)
{
    struct both b = begin(out, PART_CONTROL);
    struct pe_control_result copy = *control;
    struct pe_control static_copy = *control->control;
    uint32_t rules = (uint32_t)control->rule_count;

    both_control(&b, result, &static_copy, &copy, &rules);
    pe_out_end(out);
    for (size_t i = 0; i < control->rule_count; i++) {
        struct pe_rule_result rule_copy = control->rules[i];
        struct pe_rule rule = *rule_copy.rule;
        b = begin(out, PART_RULE);
        both_rule(&b, result, &rule, &rule_copy);
        pe_out_end(out);
    }
}

void pe_saved_send(const struct pe_saved *saved, struct pe_out *out)
{
    struct both b = begin(out, PART_RUN);
    struct pe_saved copy = *saved;
    uint32_t count = (uint32_t)saved->run.count;

    both_run(&b, &copy, &count);
    pe_out_end(out);
    for (size_t i = 0; i < saved->run.count; i++) {
        const struct pe_result *result = &saved->run.results[i];
        struct pe_result result_copy = *result;
        count = (uint32_t)result->result_count;
        b = begin(out, PART_RESULT);
        both_result(&b, &result_copy, &count);
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

static int take_run(struct pe_saved_in *s, struct both *b, const char **lie)
{
    uint32_t count = 0;
    struct pe_result *results;

    if (s->begun)
        return bad(lie, "order");
    s->begun = true;
    both_run(b, &s->saved, &count);
    results = b->in->bad ? NULL : room_for(s, count, sizeof *results);
    if (!pe_in_done(b->in) || results == NULL || s->saved.is_result != (count > 0))
        return bad(lie, "run");
    s->saved.run.results = results;
    s->saved.run.count = count;
    return 0;
}

static int take_result(struct pe_saved_in *s, struct both *b, const char **lie)
{
    struct pe_result *result;
    struct pe_control_result *controls;
    uint32_t count = 0;

    if (!s->begun || s->results == s->saved.run.count || !result_is_whole(s))
        return bad(lie, "order");
    s->results++;
    s->controls = s->rules = 0;
    result = result_now(s);
    both_result(b, result, &count);
    controls = b->in->bad ? NULL : room_for(s, count, sizeof *controls);
    if (!pe_in_done(b->in) || controls == NULL || result->pack_count == 0 ||
        result->problem_total < result->problem_count ||
        result->unread_total < result->unread_count)
        return bad(lie, "result");
    result->results = controls;
    result->result_count = count;
    return 0;
}

static int take_control(struct pe_saved_in *s, struct both *b, const char **lie)
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
        both_control(b, result, control, out, &count);
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

static int take_rule(struct pe_saved_in *s, struct both *b, const char **lie)
{
    struct pe_control_result *control = control_now(s);
    struct pe_rule_result *result;

    if (control == NULL || s->rules == control->rule_count)
        return bad(lie, "order");
    result = (struct pe_rule_result *)&control->rules[s->rules];
    both_rule(b, result_now(s), (struct pe_rule *)&control->control->rules[s->rules], result);
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
    struct both b = {.in = in};

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
