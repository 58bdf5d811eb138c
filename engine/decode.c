/* decode.c: what a worker sent of one snapshot, checked and made a part of the result. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "decode.h"

#include "area.h"
#include "claims.h"
#include "verdict.h"

static int bad(const char **lie, const char *what)
{
    *lie = what;
    return -1;
}

static int ended(const struct pe_in *in, const char **lie, const char *what)
{
    return pe_in_done(in) ? 0 : bad(lie, what);
}

/* ---- snapshots ---- */

static void take_secrets(struct pe_in *in, struct pe_decoded *decoded)
{
    size_t count = pe_in_count(in, 16);
    struct pe_span *spans = pe_arena_array(in->arena, count + 1, sizeof *spans);
    uint64_t from = 0;

    in->bad |= spans == NULL;
    for (size_t i = 0; i < count && !in->bad; i++) {
        spans[i].offset = pe_in_u64(in);
        spans[i].length = pe_in_u64(in);
        in->bad |= spans[i].offset < from || spans[i].offset > decoded->file_bytes ||
                   spans[i].length > decoded->file_bytes - spans[i].offset;
        from = spans[i].offset;
    }
    decoded->head.secrets = spans;
    decoded->head.secret_count = count;
}

static void take_problems(struct pe_in *in, struct pe_decoded *decoded)
{
    uint64_t total = pe_in_u64(in);
    size_t count = pe_in_count(in, 4 * 7);
    struct pe_problem *problems = pe_arena_array(in->arena, count + 1, sizeof *problems);

    in->bad |= problems == NULL || total < count;
    for (size_t i = 0; i < count && !in->bad; i++) {
        problems[i].warning = pe_in_u32(in, 1);
        problems[i].null = pe_in_u32(in, !problems[i].warning);
        problems[i].pointer = pe_in_word(in);
        problems[i].message = pe_in_text(in);
        problems[i].hint = pe_in_text(in);
        problems[i].place = pe_in_place(in, decoded->file_bytes);
    }
    decoded->head.problems = problems;
    decoded->head.problem_count = count;
    decoded->head.problem_total = total;
}

/* An entry counts for a set of the pack, or says why it does not. */
static void take_acceptance(struct pe_in *in, struct pe_decoded *decoded,
                            struct pe_claim_result *claim)
{
    const struct pe_pack_info *info = &decoded->pack->info;
    bool counts = pe_in_u32(in, 1);
    size_t set = pe_in_u32(in, (uint32_t)info->claim_set_count);

    claim->state = counts ? PE_CLAIM_ACCEPTED : PE_CLAIM_VOID;
    claim->set = set == 0 || in->bad ? NULL : &info->claim_sets[set - 1];
    claim->doc = pe_in_word(in);
    claim->version = pe_in_word(in);
    claim->reason = pe_in_text(in);
    claim->hint = pe_in_text(in);
    claim->pointer = pe_in_word(in);
    claim->place = pe_in_place(in, decoded->file_bytes);
    in->bad |= counts ? claim->set == NULL : claim->reason.en == NULL;
    if (counts && !in->bad)
        decoded->accepted |= (uint32_t)1 << (set - 1);
}

static void take_acceptances(struct pe_in *in, struct pe_decoded *decoded)
{
    size_t count = pe_in_count(in, 4 * 9);
    struct pe_claim_result *claims = pe_arena_array(in->arena, count + 1, sizeof *claims);

    decoded->accepted = 0;
    in->bad |= claims == NULL;
    for (size_t i = 0; i < count && !in->bad; i++)
        take_acceptance(in, decoded, &claims[i]);
    decoded->head.claims = claims;
    decoded->head.claim_count = count;
}

int pe_decode_snapshot(struct pe_in *in, struct pe_decoded *decoded, const char **lie)
{
    struct pe_result *head = &decoded->head;

    head->tenant = pe_in_string(in);
    head->service = pe_in_string(in);
    head->options = pe_in_strings(in);
    head->as_of = pe_in_string(in);
    head->as_of_given = pe_in_u32(in, 1);
    take_secrets(in, decoded);
    take_problems(in, decoded);
    take_acceptances(in, decoded);
    decoded->uncollected = pe_in_u64(in);
    decoded->has_snapshot = true;
    return ended(in, lie, "snapshot");
}

/* ---- controls ---- */

static size_t selected_rules(const struct pe_decoded_pack *pack, size_t control)
{
    size_t count = 0;

    for (size_t i = 0; i < pack->info.controls[control].rule_count; i++)
        count += pack->selected[control][i];
    return count;
}

/* The first control from there on of which a rule is selected; the count of controls when none is.
 * Leaving one out would hide what it found. */
static size_t next_control(const struct pe_decoded *decoded)
{
    size_t next = decoded->any_control ? decoded->control + 1 : 0;

    while (next < decoded->pack->info.control_count && selected_rules(decoded->pack, next) == 0)
        next++;
    return next;
}

int pe_decode_control(struct pe_in *in, struct pe_decoded *decoded, const char **lie)
{
    const struct pe_pack_info *info = &decoded->pack->info;
    size_t number = pe_in_u32(in, UINT32_MAX);
    enum pe_severity severity = (enum pe_severity)pe_in_u32(in, PE_SEVERITY_COUNT - 1);
    enum pe_owner owner = (enum pe_owner)pe_in_u32(in, PE_OWNER_COUNT - 1);
    struct pe_control_result *result;

    if (!pe_in_done(in) || !decoded->has_snapshot || number >= info->control_count ||
        number != next_control(decoded))
        return bad(lie, "control");
    if (decoded->results == NULL)
        decoded->results =
            pe_arena_array(decoded->arena, info->control_count, sizeof *decoded->results);
    decoded->rules =
        pe_arena_array(decoded->arena, info->controls[number].rule_count, sizeof *decoded->rules);
    if (decoded->results == NULL || decoded->rules == NULL)
        return bad(lie, "memory");
    result = &decoded->results[decoded->result_count++];
    result->control = &info->controls[number];
    result->severity = severity;
    result->owner = owner;
    decoded->control = number;
    decoded->rule_count = 0;
    decoded->in_control = decoded->any_control = true;
    return 0;
}

/* ---- rules ---- */

/* The area that nobody collected and an unknown finding is in; NULL: none. */
static const struct pe_area *uncollected_of(const struct pe_decoded *decoded,
                                            const struct pe_finding *finding)
{
    const struct pe_pack_info *info = &decoded->pack->info;

    if (finding->status != PE_UNKNOWN || finding->of_policy || finding->pointer == NULL)
        return NULL;
    for (size_t i = 0; i < info->area_count; i++)
        if ((decoded->uncollected >> i & 1) && pe_area_holds(&info->areas[i], finding->pointer))
            return &info->areas[i];
    return NULL;
}

static void take_findings(struct pe_in *in, struct pe_decoded *decoded, struct pe_rule_result *rule)
{
    uint64_t total = pe_in_u64(in);
    size_t count = pe_in_count(in, 4 * 10);
    struct pe_finding *findings = pe_arena_array(in->arena, count + 1, sizeof *findings);

    in->bad |= findings == NULL || total < count;
    for (size_t i = 0; i < count && !in->bad; i++) {
        findings[i].status = (enum pe_status)pe_in_u32(in, PE_ERROR);
        findings[i].of_policy = pe_in_u32(in, findings[i].status == PE_UNKNOWN) != 0;
        findings[i].message = pe_in_text(in);
        findings[i].subject = pe_in_text(in);
        findings[i].hint = pe_in_text(in);
        findings[i].pointer = pe_in_string(in);
        findings[i].value = pe_in_value(in);
        findings[i].place = pe_in_place(in, decoded->file_bytes);
        findings[i].area = pe_area_of(in->arena, findings[i].pointer);
        findings[i].uncollected = uncollected_of(decoded, &findings[i]);
        in->bad |= findings[i].status < PE_UNKNOWN || findings[i].message.en == NULL ||
                   findings[i].area == NULL;
    }
    rule->findings = findings;
    rule->finding_count = count;
    rule->finding_total = total;
}

static void take_evidence(struct pe_in *in, struct pe_decoded *decoded, struct pe_rule_result *rule)
{
    uint64_t total = pe_in_u64(in);
    size_t count = pe_in_count(in, 4 * 8);
    struct pe_evidence *evidence = pe_arena_array(in->arena, count + 1, sizeof *evidence);

    in->bad |= evidence == NULL || total < count;
    for (size_t i = 0; i < count && !in->bad; i++) {
        struct pe_evidence *e = &evidence[i];
        e->pointer = pe_in_word(in);
        e->value = pe_in_value(in);
        e->count = (int64_t)pe_in_u64(in);
        e->absent = pe_in_u32(in, 1);
        e->place = pe_in_place(in, decoded->file_bytes);
        in->bad |= (e->value != NULL) + (e->count >= 0) + e->absent != 1;
    }
    rule->evidence = evidence;
    rule->evidence_count = count;
    rule->evidence_total = total;
}

static void take_notes(struct pe_in *in, struct pe_rule_result *rule)
{
    size_t count = pe_in_count(in, 8);
    struct pe_text *notes = pe_arena_array(in->arena, count + 1, sizeof *notes);

    in->bad |= notes == NULL;
    for (size_t i = 0; i < count && !in->bad; i++)
        notes[i] = pe_in_text(in);
    rule->notes = notes;
    rule->note_count = count;
}

static size_t findings_of(const struct pe_rule_result *rule, enum pe_status status)
{
    size_t count = 0;

    for (size_t i = 0; i < rule->finding_count; i++)
        count += rule->findings[i].status == status;
    return count;
}

/* Does the status follow from what came with it? */
static bool holds_together(const struct pe_rule_result *rule, int evidence_limit)
{
    switch (rule->status) {
    case PE_PASS:
        return rule->finding_total == 0 && rule->evidence_total > 0 &&
               (rule->evidence_count > 0 || evidence_limit == 0);
    case PE_NOT_APPLICABLE:
        return rule->finding_total == 0 && rule->reason.en != NULL;
    case PE_FAIL:
        return findings_of(rule, PE_FAIL) > 0;
    case PE_UNKNOWN:
        return findings_of(rule, PE_FAIL) == 0;
    case PE_ERROR:
        return true;
    default:
        return false;
    }
}

/* Whether one of the sets states the control's clause, and all are accepted. */
static bool are_accepted(const struct pe_decoded *decoded, const struct pe_control *control,
                         uint32_t sets)
{
    const struct pe_pack_info *info = &decoded->pack->info;

    if (sets == 0 || (sets & ~decoded->accepted) != 0)
        return false;
    for (size_t i = 0; i < info->claim_set_count; i++)
        if ((sets >> i & 1) && !pe_claims_state(&info->claim_sets[i], control->id))
            return false;
    return true;
}

/* Only a claimable rule rests on claims, and only on accepted ones; only an unknown one would. */
static bool claims_hold_together(const struct pe_decoded *decoded, const struct pe_control *control,
                                 const struct pe_rule_result *rule)
{
    bool rests = rule->basis == PE_ACCEPTED_CLAIM;

    if (rests)
        return rule->status == PE_PASS && rule->rule->claimable &&
               are_accepted(decoded, control, rule->claim_sets);
    return rule->claim_sets == 0 ||
           (rule->status == PE_UNKNOWN && rule->rule->claimable &&
            (uint64_t)rule->claim_sets >> decoded->pack->info.claim_set_count == 0);
}

int pe_decode_rule(struct pe_in *in, struct pe_decoded *decoded, const char **lie)
{
    struct pe_rule_result result = {0};
    size_t control = pe_in_u32(in, UINT32_MAX), rule = pe_in_u32(in, UINT32_MAX);
    const struct pe_control *c;

    if (!decoded->in_control || control != decoded->control)
        return bad(lie, "rule");
    c = &decoded->pack->info.controls[control];
    if (rule >= c->rule_count || !decoded->pack->selected[control][rule] ||
        (decoded->rule_count > 0 &&
         &c->rules[rule] <= decoded->rules[decoded->rule_count - 1].rule))
        return bad(lie, "rule");
    result.rule = &c->rules[rule];
    result.status = result.original = (enum pe_status)pe_in_u32(in, PE_ERROR);
    result.basis = (enum pe_basis)pe_in_u32(in, PE_BASIS_COUNT - 1);
    result.severity = (enum pe_severity)pe_in_u32(in, PE_SEVERITY_COUNT - 1);
    result.owner = (enum pe_owner)pe_in_u32(in, PE_OWNER_COUNT - 1);
    result.reason = pe_in_text(in);
    take_findings(in, decoded, &result);
    take_evidence(in, decoded, &result);
    take_notes(in, &result);
    result.claim_sets = pe_in_u32(in, UINT32_MAX);
    if (!pe_in_done(in) || !holds_together(&result, decoded->evidence_limit) ||
        !claims_hold_together(decoded, c, &result))
        return bad(lie, "rule");
    pe_claims_require(decoded->required_basis, &result, in->arena);
    decoded->rules[decoded->rule_count++] = result;
    return 0;
}

/* ---- the end of a control ---- */

static void close_control(struct pe_decoded *decoded)
{
    struct pe_control_result *result = &decoded->results[decoded->result_count - 1];

    result->rules = decoded->rules;
    result->rule_count = decoded->rule_count;
    pe_verdict_control(result);
    decoded->in_control = false;
}

int pe_decode_finish(struct pe_decoded *decoded, const char **lie)
{
    if (!decoded->in_control)
        return 0;
    if (decoded->rule_count != selected_rules(decoded->pack, decoded->control))
        return bad(lie, "missing rule");
    close_control(decoded);
    return 0;
}

int pe_decode_unread(struct pe_in *in, struct pe_decoded *decoded, const char **lie)
{
    struct pe_unread_list *list = &decoded->unread;

    if (!decoded->has_snapshot || decoded->has_unread)
        return bad(lie, "order");
    if (pe_decode_finish(decoded, lie) != 0)
        return -1;
    if (next_control(decoded) < decoded->pack->info.control_count)
        return bad(lie, "order");
    list->total = pe_in_u32(in, PE_MAX_UNREAD_KINDS);
    list->count = pe_in_u32(in, PE_MAX_UNREAD);
    list->items = pe_arena_array(in->arena, list->count + 1, sizeof *list->items);
    in->bad |= list->items == NULL || list->total < list->count;
    for (size_t i = 0; i < list->count && !in->bad; i++) {
        list->items[i].pointer = pe_in_word(in);
        list->items[i].count = pe_in_u64(in);
        list->items[i].place = pe_in_place(in, decoded->file_bytes);
    }
    decoded->has_unread = true;
    return ended(in, lie, "unread");
}

int pe_decode_done(struct pe_decoded *decoded, const char **lie)
{
    if (!decoded->has_snapshot)
        return bad(lie, "order");
    if (pe_decode_finish(decoded, lie) != 0)
        return -1;
    if (next_control(decoded) < decoded->pack->info.control_count)
        return bad(lie, "missing control");
    return 0;
}

/* What was told of a rule, or that it is an error. */
static struct pe_rule_result told_or_broken(const struct pe_decoded *decoded,
                                            const struct pe_rule *rule, struct pe_text reason)
{
    for (size_t i = 0; i < decoded->rule_count; i++)
        if (decoded->rules[i].rule == rule)
            return decoded->rules[i];
    return (struct pe_rule_result){
        .rule = rule,
        .severity = rule->severity,
        .owner = decoded->results[decoded->result_count - 1].owner,
        .status = PE_ERROR,
        .original = PE_ERROR,
        .reason = reason,
    };
}

void pe_decode_break(struct pe_decoded *decoded, struct pe_text reason)
{
    const struct pe_control *c;
    struct pe_rule_result *rules;
    size_t count = 0;

    if (!decoded->in_control)
        return;
    c = &decoded->pack->info.controls[decoded->control];
    rules = pe_arena_array(decoded->arena, c->rule_count, sizeof *rules);
    for (size_t i = 0; rules != NULL && i < c->rule_count; i++)
        if (decoded->pack->selected[decoded->control][i])
            rules[count++] = told_or_broken(decoded, &c->rules[i], reason);
    decoded->rules = rules;
    decoded->rule_count = count;
    close_control(decoded);
}
