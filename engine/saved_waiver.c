/* saved_waiver.c: the waivers, the gate and the configuration file of a saved result. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "lib/time.h"
#include "saved_node.h"
#include "verdict.h"

/* By position they are what travels to the parent. */
const char *const pe_saved_remark_words[PE_SAVED_REMARK_WORDS + 1] = {
    /* of a gate */
    "no_time", "from_the_future", "too_old", "unknown_field",
    /* of a waiver, and no_time */
    "expired", "unknown_control", "unknown_rule", "unused", "broad", "position", "self_approved",
    NULL};

static bool take_flag(struct pe_saved_reader *r, const struct pe_node *object, const char *name)
{
    const struct pe_node *node = pe_saved_get(r, object, name);

    if (node != NULL && pe_node_type(node) != PE_TRUE && pe_node_type(node) != PE_FALSE)
        pe_saved_refuse(r, node, "%s is neither true nor false", name);
    return node != NULL && pe_node_type(node) == PE_TRUE;
}

static uint32_t take_line(struct pe_saved_reader *r, const struct pe_node *object, const char *name)
{
    uint64_t number = pe_saved_count(r, object, name);

    if (number == 0 || number > UINT32_MAX)
        pe_saved_refuse(r, pe_saved_find(r, object, name), "%s is out of range", name);
    return (uint32_t)number;
}

static const struct pe_remark *take_remarks(struct pe_saved_reader *r, const struct pe_node *object,
                                            size_t *count)
{
    const struct pe_node *list = pe_saved_list(r, object, "remarks", count), *item;
    struct pe_remark *remarks = pe_saved_array(r, *count, sizeof *remarks), *remark = remarks;

    for (item = pe_saved_first(r, list); remarks != NULL && item != NULL;
         item = pe_saved_next(r, item), remark++) {
        pe_saved_members(r, item, (const char *const[]){"kind", "message", NULL});
        remark->kind = pe_saved_remark_words[pe_saved_word(r, item, "kind", pe_saved_remark_words,
                                                           PE_SAVED_REMARK_WORDS)];
        remark->message = pe_saved_text(r, item, "message");
    }
    return remarks;
}

/* ---- the configuration file and the gate ---- */

static void take_config(struct pe_saved_reader *r, const struct pe_node *object,
                        struct pe_result *result)
{
    const struct pe_node *config;

    if (pe_saved_find(r, object, "config") == NULL)
        return;
    config = pe_saved_object(r, object, "config");
    pe_saved_members(r, config, (const char *const[]){"file", "sha256", NULL});
    result->config_file = pe_saved_string(r, config, "file");
    pe_saved_sha256(r, config, "sha256", result->config_sha256);
}

/* All of them are the same as none. */
static unsigned take_owners(struct pe_saved_reader *r, const struct pe_node *object)
{
    struct pe_strings names = pe_saved_strings(r, object, "owners");
    unsigned owners = 0;

    for (size_t i = 0; i < names.count; i++) {
        unsigned owner = 0;
        while (owner < PE_OWNER_COUNT &&
               strcmp(names.items[i], pe_owner_word((enum pe_owner)owner)) != 0)
            owner++;
        if (owner == PE_OWNER_COUNT || owners >= 1u << owner)
            pe_saved_refuse(r, pe_saved_find(r, object, "owners"),
                            "owners has another word, or not in their order");
        else
            owners |= 1u << owner;
    }
    if (owners == 0)
        pe_saved_refuse(r, pe_saved_find(r, object, "owners"), "owners is empty");
    return owners == (1u << PE_OWNER_COUNT) - 1 ? 0 : owners;
}

static void take_gate(struct pe_saved_reader *r, const struct pe_node *object,
                      struct pe_result *result)
{
    static const char *const names[] = {"fail_on", "owners",  "strict_model", "max_age",
                                        "now",     "ignored", "remarks",      NULL};
    const char *severities[PE_SEVERITY_COUNT];
    const struct pe_node *node;
    struct pe_gate *gate;

    if (pe_saved_find(r, object, "gate") == NULL)
        return;
    gate = pe_saved_array(r, 1, sizeof *gate);
    node = pe_saved_object(r, object, "gate");
    if (gate == NULL)
        return;
    for (unsigned i = 0; i < PE_SEVERITY_COUNT; i++)
        severities[i] = pe_severity_word((enum pe_severity)i);
    pe_saved_members(r, node, names);
    gate->fail_on =
        (enum pe_severity)pe_saved_word(r, node, "fail_on", severities, PE_SEVERITY_COUNT);
    gate->owners = take_owners(r, node);
    gate->strict_model = take_flag(r, node, "strict_model");
    gate->max_age = pe_saved_string_or_null(r, node, "max_age");
    gate->now = pe_saved_string_or_null(r, node, "now");
    if ((gate->max_age == NULL) != (gate->now == NULL))
        pe_saved_refuse(r, node, "max_age and now are not both there");
    result->gate_ignored = pe_saved_count(r, node, "ignored");
    result->gate_remarks = take_remarks(r, node, &result->gate_remark_count);
    result->gate = gate;
}

/* ---- waivers ---- */

static void take_scope(struct pe_saved_reader *r, const struct pe_node *object,
                       struct pe_waiver *waiver)
{
    static const char *const names[] = {"pointer", "subject", "value", "value_text", NULL};
    const struct pe_node *scope = pe_saved_get(r, object, "scope");

    if (scope == NULL || pe_node_type(scope) == PE_NULL)
        return;
    scope = pe_saved_object(r, object, "scope");
    pe_saved_members(r, scope, names);
    if (pe_saved_find(r, scope, "pointer") != NULL)
        waiver->pointer = pe_saved_pointer(r, scope, "pointer", false);
    if (pe_saved_find(r, scope, "subject") != NULL)
        waiver->subject = pe_saved_string(r, scope, "subject");
    waiver->value = pe_saved_value(r, scope);
    if (waiver->pointer == NULL && waiver->subject == NULL && waiver->value == NULL)
        pe_saved_refuse(r, scope, "a scope has a pointer, a subject or a value");
}

static void take_statuses(struct pe_saved_reader *r, const struct pe_node *object,
                          struct pe_waiver *waiver)
{
    struct pe_strings words = pe_saved_strings(r, object, "statuses");

    for (size_t i = 0; i < words.count; i++) {
        bool fail = strcmp(words.items[i], pe_status_word(PE_FAIL)) == 0;
        bool unknown = strcmp(words.items[i], pe_status_word(PE_UNKNOWN)) == 0;
        if ((!fail && !unknown) || (fail && waiver->fail) || waiver->unknown)
            pe_saved_refuse(r, pe_saved_find(r, object, "statuses"),
                            "statuses is fail, unknown or both in this order");
        waiver->fail |= fail;
        waiver->unknown |= unknown;
    }
    if (words.count == 0)
        pe_saved_refuse(r, pe_saved_find(r, object, "statuses"), "statuses is empty");
}

bool pe_saved_until(struct pe_arena *arena, struct pe_waiver *waiver)
{
    struct pe_time_instant end;
    char text[PE_TIME_TEXT_BYTES];

    if (!pe_time_last_of(waiver->expires, waiver->zone, &end, text))
        return false;
    waiver->until = text[0] == '\0' ? NULL : pe_arena_str(arena, text);
    return true;
}

/* Who answers for it, why, and until when. */
static void take_answer(struct pe_saved_reader *r, const struct pe_node *object,
                        struct pe_waiver *waiver)
{
    waiver->id = pe_saved_string(r, object, "id");
    waiver->reason = pe_saved_string(r, object, "reason");
    waiver->owner = pe_saved_string(r, object, "owner");
    waiver->approver = pe_saved_string(r, object, "approver");
    waiver->expires = pe_saved_string(r, object, "expires");
    waiver->zone = pe_saved_string(r, object, "zone");
    if (!pe_saved_bad(r) && !pe_saved_until(r->arena, waiver))
        pe_saved_refuse(r, pe_saved_find(r, object, "expires"),
                        "expires and zone are no day of a zone");
}

static void take_use(struct pe_saved_reader *r, const struct pe_node *object,
                     struct pe_waiver *waiver, struct pe_waiver_use *use)
{
    static const char *const names[] = {"id",       "reason",  "owner",  "approver", "expires",
                                        "zone",     "control", "rule",   "tenant",   "scope",
                                        "statuses", "line",    "column", "state",    "findings",
                                        "rules",    "remarks", NULL};
    const char *states[PE_SAVED_WAIVER_STATES];

    for (unsigned i = 0; i < PE_SAVED_WAIVER_STATES; i++)
        states[i] = pe_waiver_state_word((enum pe_waiver_state)i);
    pe_saved_members(r, object, names);
    take_answer(r, object, waiver);
    waiver->control = pe_saved_string(r, object, "control");
    waiver->rule = pe_saved_string_or_null(r, object, "rule");
    waiver->tenant = pe_saved_string_or_null(r, object, "tenant");
    take_scope(r, object, waiver);
    take_statuses(r, object, waiver);
    waiver->line = take_line(r, object, "line");
    waiver->column = take_line(r, object, "column");
    use->waiver = waiver;
    use->state =
        (enum pe_waiver_state)pe_saved_word(r, object, "state", states, PE_SAVED_WAIVER_STATES);
    use->findings = pe_saved_count(r, object, "findings");
    use->rules = pe_saved_count(r, object, "rules");
    use->remarks = take_remarks(r, object, &use->remark_count);
}

static void take_waivers(struct pe_saved_reader *r, const struct pe_node *object,
                         struct pe_result *result)
{
    static const char *const names[] = {"file", "sha256", "entries", "other_tenants", NULL};
    const struct pe_node *node, *list, *item;
    struct pe_waiver_uses *uses;
    struct pe_waiver_use *items;
    struct pe_waiver *waivers;
    size_t i = 0;

    if (pe_saved_find(r, object, "waivers") == NULL)
        return;
    node = pe_saved_object(r, object, "waivers");
    uses = pe_saved_array(r, 1, sizeof *uses);
    if (node == NULL || uses == NULL)
        return;
    pe_saved_members(r, node, names);
    uses->file = pe_saved_string(r, node, "file");
    pe_saved_sha256(r, node, "sha256", uses->sha256);
    uses->other_tenants = pe_saved_count(r, node, "other_tenants");
    list = pe_saved_list(r, node, "entries", &uses->count);
    items = pe_saved_array(r, uses->count, sizeof *items);
    waivers = pe_saved_array(r, uses->count, sizeof *waivers);
    for (item = pe_saved_first(r, list); items != NULL && waivers != NULL && item != NULL;
         item = pe_saved_next(r, item), i++)
        take_use(r, item, &waivers[i], &items[i]);
    uses->items = items;
    result->waivers = uses;
}

void pe_saved_asked(struct pe_saved_reader *r, const struct pe_node *object,
                    struct pe_result *result)
{
    take_config(r, object, result);
    take_gate(r, object, result);
    take_waivers(r, object, result);
    r->waivers = pe_saved_bad(r) ? NULL : result->waivers;
}

/* ---- what covers a rule ---- */

/* NULL after a complaint. */
static const struct pe_waiver *find_waiver(struct pe_saved_reader *r, const struct pe_node *object,
                                           const char *name)
{
    const struct pe_node *node = pe_saved_get(r, object, name);
    const char *id = pe_saved_string(r, object, name);

    for (size_t i = 0; !pe_saved_bad(r) && r->waivers != NULL && i < r->waivers->count; i++)
        if (strcmp(r->waivers->items[i].waiver->id, id) == 0)
            return r->waivers->items[i].waiver;
    pe_saved_refuse(r, node, "the result lists no such waiver");
    return NULL;
}

static void take_by(struct pe_saved_reader *r, const struct pe_node *object,
                    struct pe_rule_waiver *waiver)
{
    static const char *const names[] = {"id",      "reason", "owner", "approver",
                                        "expires", "zone",   NULL};
    const struct pe_node *list = pe_saved_list(r, object, "by", &waiver->by_count), *item;
    const struct pe_waiver **by = pe_saved_array(r, waiver->by_count, sizeof *by), *found;
    struct pe_waiver told;
    size_t i = 0;

    for (item = pe_saved_first(r, list); by != NULL && item != NULL;
         item = pe_saved_next(r, item)) {
        pe_saved_members(r, item, names);
        told = (struct pe_waiver){0};
        take_answer(r, item, &told);
        found = find_waiver(r, item, "id");
        if (found == NULL)
            break;
        if (strcmp(found->reason, told.reason) != 0 || strcmp(found->owner, told.owner) != 0 ||
            strcmp(found->approver, told.approver) != 0 ||
            strcmp(found->expires, told.expires) != 0 || strcmp(found->zone, told.zone) != 0)
            pe_saved_refuse(r, item, "the result lists the waiver otherwise");
        by[i++] = found;
    }
    waiver->by = by;
}

/* Which waiver covers each finding; how many have one. */
static size_t take_covers(struct pe_saved_reader *r, const struct pe_node *object,
                          const struct pe_waiver **of_finding)
{
    const struct pe_node *item;
    size_t count, covered = 0, i = 0;

    item = pe_saved_first(r, pe_saved_list(r, object, "findings", &count));
    for (; item != NULL; item = pe_saved_next(r, item), i++) {
        if (pe_saved_find(r, item, "waiver") == NULL)
            continue;
        of_finding[i] = find_waiver(r, item, "waiver");
        covered++;
    }
    return covered;
}

void pe_saved_rule_waiver(struct pe_saved_reader *r, const struct pe_node *object,
                          struct pe_rule_result *rule)
{
    const struct pe_node *node = pe_saved_get(r, object, "waiver");
    const struct pe_waiver **of_finding =
        pe_saved_array(r, rule->finding_count, sizeof *of_finding);
    struct pe_rule_waiver *waiver = pe_saved_array(r, 1, sizeof *waiver);
    size_t covered;

    if (node == NULL || of_finding == NULL || waiver == NULL)
        return;
    covered = take_covers(r, object, of_finding);
    if (pe_node_type(node) == PE_NULL) {
        if (covered > 0)
            pe_saved_refuse(r, node, "a finding has a waiver, and the rule has none");
        return;
    }
    node = pe_saved_object(r, object, "waiver");
    pe_saved_members(r, node, (const char *const[]){"whole", "findings", "by", NULL});
    waiver->whole = take_flag(r, node, "whole");
    waiver->covered = pe_saved_count(r, node, "findings");
    waiver->of_finding = of_finding;
    take_by(r, node, waiver);
    if (!pe_saved_bad(r))
        rule->waiver = waiver;
}

/* ---- whether they hold together ---- */

static bool is_among(const struct pe_rule_waiver *waiver, const struct pe_waiver *wanted)
{
    for (size_t i = 0; i < waiver->by_count; i++)
        if (waiver->by[i] == wanted)
            return true;
    return false;
}

/* The waivers of a result lie one behind the other, as in their file. */
static const char *flaw_of_cover(const struct pe_rule_result *rule)
{
    const struct pe_rule_waiver *waiver = rule->waiver;
    size_t covered = 0;

    for (size_t i = 0; i < rule->finding_count; i++) {
        if (waiver->of_finding[i] == NULL)
            continue;
        covered++;
        if (rule->findings[i].status == PE_ERROR || !is_among(waiver, waiver->of_finding[i]))
            return "a waiver of a finding is one of the rule's, and covers no error";
    }
    for (size_t i = 1; i < waiver->by_count; i++)
        if (waiver->by[i] <= waiver->by[i - 1])
            return "the waivers of a rule are in the order of their file";
    if (waiver->by_count == 0 || covered != waiver->covered)
        return "the waivers of a rule cover as many findings as name one";
    if (waiver->whole && covered != rule->finding_count)
        return "a waiver of the whole rule covers every finding";
    return NULL;
}

const char *pe_saved_waiver_flaw(const struct pe_rule_result *rule)
{
    bool whole = rule->waiver != NULL && rule->waiver->whole;

    if ((rule->status == PE_WAIVED) != whole)
        return "a rule is waived if waivers cover all of it, and only then";
    if (rule->waiver == NULL)
        return NULL;
    if (rule->original != PE_FAIL && rule->original != PE_UNKNOWN)
        return "only what is fail or unknown has a waiver";
    return flaw_of_cover(rule);
}
