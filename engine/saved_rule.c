/* saved_rule.c: the controls and rules of a saved result. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "saved_node.h"
#include "verdict.h"

/* ---- findings and evidence ---- */

/* Under one of two names. */
const char *pe_saved_value(struct pe_saved_reader *r, const struct pe_node *object)
{
    const struct pe_node *value = pe_saved_find(r, object, "value");

    if (value != NULL && pe_saved_find(r, object, "value_text") != NULL)
        pe_saved_refuse(r, value, "there are both value and value_text");
    if (value != NULL)
        return pe_saved_raw(r, value);
    if (pe_saved_find(r, object, "value_text") != NULL)
        return pe_saved_string(r, object, "value_text");
    return NULL;
}

static struct pe_text optional_text(struct pe_saved_reader *r, const struct pe_node *object,
                                    const char *name)
{
    if (pe_saved_find(r, object, name) == NULL)
        return (struct pe_text){NULL, NULL};
    return pe_saved_text(r, object, name);
}

/* The area of a finding that nobody collected: by its word, and where two packs have the word, by
 * the pointer. */
static const struct pe_area *take_area(struct pe_saved_reader *r, const struct pe_node *object)
{
    const char *word;

    if (pe_saved_find(r, object, "uncollected") == NULL)
        return NULL;
    word = pe_saved_string(r, object, "uncollected");
    for (size_t i = 0; i < r->area_count; i++)
        if (strcmp(r->areas[i].area->word, word) == 0)
            return r->areas[i].area;
    pe_saved_refuse(r, pe_saved_find(r, object, "uncollected"),
                    "the result lists no such area as uncollected");
    return NULL;
}

/* Whether the policy is at fault. */
static bool take_fault(struct pe_saved_reader *r, const struct pe_node *object,
                       enum pe_status status)
{
    static const char *const words[] = {"policy"};

    if (pe_saved_find(r, object, "fault") == NULL)
        return false;
    pe_saved_word(r, object, "fault", words, 1);
    if (status != PE_UNKNOWN)
        pe_saved_refuse(r, pe_saved_find(r, object, "fault"), "only what is unknown has a fault");
    return true;
}

static void take_finding(struct pe_saved_reader *r, const struct pe_node *object,
                         struct pe_finding *finding)
{
    static const char *const names[] = {"status",     "fault",  "message", "subject", "hint",
                                        "pointer",    "value",  "line",    "column",  "uncollected",
                                        "value_text", "waiver", NULL};

    pe_saved_members(r, object, names);
    finding->status = (enum pe_status)pe_saved_status(r, object, "status");
    if (finding->status < PE_UNKNOWN)
        pe_saved_refuse(r, object, "a finding is fail, unknown or error");
    finding->of_policy = take_fault(r, object, finding->status);
    finding->message = pe_saved_text(r, object, "message");
    finding->subject = optional_text(r, object, "subject");
    finding->hint = optional_text(r, object, "hint");
    finding->pointer = pe_saved_pointer(r, object, "pointer", true);
    finding->uncollected = take_area(r, object);
    finding->value = pe_saved_value(r, object);
    finding->place = pe_saved_place(r, object);
}

static void take_findings(struct pe_saved_reader *r, const struct pe_node *object,
                          struct pe_rule_result *rule)
{
    const struct pe_node *list = pe_saved_list(r, object, "findings", &rule->finding_count), *item;
    struct pe_finding *findings = pe_saved_array(r, rule->finding_count, sizeof *findings);
    size_t i = 0;

    for (item = pe_saved_first(r, list); findings != NULL && item != NULL;
         item = pe_saved_next(r, item))
        take_finding(r, item, &findings[i++]);
    rule->findings = findings;
    rule->finding_total = pe_saved_count(r, object, "findings_total");
    if (rule->finding_total < rule->finding_count)
        pe_saved_refuse(r, pe_saved_find(r, object, "findings_total"),
                        "findings_total is less than there are findings");
}

static void take_one_evidence(struct pe_saved_reader *r, const struct pe_node *object,
                              struct pe_evidence *evidence)
{
    static const char *const names[] = {"pointer", "value", "value_text", "count",
                                        "absent",  "line",  "column",     NULL};
    const struct pe_node *absent = pe_saved_find(r, object, "absent");
    bool counted = pe_saved_find(r, object, "count") != NULL;

    pe_saved_members(r, object, names);
    evidence->pointer = pe_saved_pointer(r, object, "pointer", false);
    evidence->value = pe_saved_value(r, object);
    evidence->count = counted ? (int64_t)pe_saved_count(r, object, "count") : -1;
    evidence->absent = absent != NULL;
    if (absent != NULL && pe_node_type(absent) != PE_TRUE)
        pe_saved_refuse(r, absent, "absent is not true");
    if ((evidence->value != NULL) + counted + evidence->absent != 1)
        pe_saved_refuse(r, object, "evidence has exactly one of value, value_text, count, absent");
    evidence->place = pe_saved_place(r, object);
}

static void take_evidence(struct pe_saved_reader *r, const struct pe_node *object,
                          struct pe_rule_result *rule)
{
    const struct pe_node *list = pe_saved_list(r, object, "evidence", &rule->evidence_count), *item;
    struct pe_evidence *evidence = pe_saved_array(r, rule->evidence_count, sizeof *evidence);
    size_t i = 0;

    for (item = pe_saved_first(r, list); evidence != NULL && item != NULL;
         item = pe_saved_next(r, item))
        take_one_evidence(r, item, &evidence[i++]);
    rule->evidence = evidence;
    rule->evidence_total = pe_saved_count(r, object, "evidence_total");
    if (rule->evidence_total < rule->evidence_count)
        pe_saved_refuse(r, pe_saved_find(r, object, "evidence_total"),
                        "evidence_total is less than there is evidence");
}

static void take_notes(struct pe_saved_reader *r, const struct pe_node *object,
                       struct pe_rule_result *rule)
{
    const struct pe_node *list = pe_saved_list(r, object, "notes", &rule->note_count), *item;
    struct pe_text *notes = pe_saved_array(r, rule->note_count, sizeof *notes);
    size_t i = 0;

    for (item = pe_saved_first(r, list); notes != NULL && item != NULL;
         item = pe_saved_next(r, item)) {
        pe_saved_members(r, item, (const char *const[]){"en", "ja", NULL});
        notes[i++] =
            (struct pe_text){pe_saved_string(r, item, "en"), pe_saved_string(r, item, "ja")};
    }
    rule->notes = notes;
}

/* ---- rules ---- */

static bool has_failed(const struct pe_rule_result *rule)
{
    for (size_t i = 0; i < rule->finding_count; i++)
        if (rule->findings[i].status == PE_FAIL)
            return true;
    return false;
}

static const char *flaw_of_status(const struct pe_rule_result *rule)
{
    bool clean = rule->finding_total == 0 && rule->finding_count == 0;

    if (rule->original != rule->status &&
        (rule->status != PE_WAIVED || (rule->original != PE_FAIL && rule->original != PE_UNKNOWN)))
        return "only a rule that is waived has another original status, which is fail or unknown";
    switch (rule->original) {
    case PE_PASS:
        if (!clean || rule->evidence_total == 0)
            return "a pass has evidence, and no finding";
        return NULL;
    case PE_NOT_APPLICABLE:
        return clean ? NULL : "what does not apply has no finding";
    case PE_FAIL:
        return has_failed(rule) ? NULL : "a fail has a finding that is fail";
    case PE_UNKNOWN:
        return has_failed(rule) ? "what is unknown has no finding that is fail" : NULL;
    case PE_WAIVED:
        return "a rule that is waived has its original status";
    default:
        return NULL;
    }
}

const char *pe_saved_flaw(const struct pe_rule_result *rule)
{
    const char *flaw = flaw_of_status(rule);

    return flaw != NULL ? flaw : pe_saved_waiver_flaw(rule);
}

static void take_rule(struct pe_saved_reader *r, const struct pe_node *object, struct pe_rule *rule,
                      struct pe_rule_result *result)
{
    static const char *const names[] = {
        "id",       "ref",    "title",  "fix",      "owner",          "severity", "status",
        "original", "basis",  "reason", "findings", "findings_total", "evidence", "evidence_total",
        "notes",    "waiver", NULL};
    const char *bases[PE_BASIS_COUNT], *flaw;

    for (unsigned i = 0; i < PE_BASIS_COUNT; i++)
        bases[i] = pe_basis_word((enum pe_basis)i);
    pe_saved_members(r, object, names);
    rule->id = pe_saved_string(r, object, "id");
    rule->ref = pe_saved_find(r, object, "ref") == NULL ? "" : pe_saved_string(r, object, "ref");
    rule->title = pe_saved_text(r, object, "title");
    rule->fix = optional_text(r, object, "fix");
    result->rule = rule;
    result->owner = rule->owner = (enum pe_owner)pe_saved_owner(r, object, "owner");
    result->severity = rule->severity = (enum pe_severity)pe_saved_severity(r, object);
    result->status = result->original = (enum pe_status)pe_saved_status(r, object, "status");
    if (pe_saved_find(r, object, "original") != NULL)
        result->original = (enum pe_status)pe_saved_status(r, object, "original");
    result->basis = (enum pe_basis)pe_saved_word(r, object, "basis", bases, PE_BASIS_COUNT);
    result->reason = pe_saved_text(r, object, "reason");
    take_findings(r, object, result);
    take_evidence(r, object, result);
    take_notes(r, object, result);
    pe_saved_rule_waiver(r, object, result);
    flaw = pe_saved_bad(r) ? NULL : pe_saved_flaw(result);
    if (flaw != NULL)
        pe_saved_refuse(r, object, "%s", flaw);
}

/* ---- controls ---- */

static void take_param(struct pe_saved_reader *r, const struct pe_node *key, struct pe_param *param)
{
    const struct pe_node *object = pe_json_next(&r->file.json, key), *value, *default_;

    if (pe_node_type(object) != PE_OBJECT) {
        pe_saved_refuse(r, object, "a parameter is not an object");
        return;
    }
    pe_saved_members(r, object, (const char *const[]){"value", "default", "doc", NULL});
    value = pe_saved_get(r, object, "value");
    default_ = pe_saved_get(r, object, "default");
    if (pe_saved_bad(r))
        return;
    *param = (struct pe_param){.name = pe_saved_chars(r, key),
                               .type = "",
                               .doc = optional_text(r, object, "doc"),
                               .value = pe_saved_raw(r, value)};
    if (pe_node_type(default_) != PE_NULL)
        param->default_ = pe_saved_raw(r, default_);
}

static void take_params(struct pe_saved_reader *r, const struct pe_node *object,
                        struct pe_control *control)
{
    const struct pe_json *json = &r->file.json;
    const struct pe_node *list = pe_saved_object(r, object, "parameters"), *key;
    size_t i = 0, count = list == NULL ? 0 : pe_node_count(list);
    struct pe_param *params = pe_saved_array(r, count, sizeof *params);

    key = list == NULL || params == NULL ? NULL : pe_json_first(json, list);
    for (; key != NULL && !pe_saved_bad(r); key = pe_json_next(json, pe_json_next(json, key)))
        take_param(r, key, &params[i++]);
    control->params = params;
    control->param_count = pe_saved_bad(r) ? 0 : count;
}

static int by_rule_id(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void refuse_twins(struct pe_saved_reader *r, const struct pe_node *object,
                         const struct pe_control *control)
{
    const char **ids = pe_saved_array(r, control->rule_count, sizeof *ids);

    if (pe_saved_bad(r))
        return;
    for (size_t i = 0; i < control->rule_count; i++)
        ids[i] = control->rules[i].id;
    if (control->rule_count > 1)
        qsort(ids, control->rule_count, sizeof *ids, by_rule_id);
    for (size_t i = 1; i < control->rule_count; i++)
        if (strcmp(ids[i - 1], ids[i]) == 0)
            pe_saved_refuse(r, object, "two rules of a control have the same id");
}

static void take_rules(struct pe_saved_reader *r, const struct pe_node *object,
                       struct pe_control *control, struct pe_control_result *result)
{
    const struct pe_node *list = pe_saved_list(r, object, "rules", &control->rule_count), *item;
    struct pe_rule *rules = pe_saved_array(r, control->rule_count, sizeof *rules);
    struct pe_rule_result *results = pe_saved_array(r, control->rule_count, sizeof *results);
    size_t i = 0;

    for (item = pe_saved_first(r, list); !pe_saved_bad(r) && item != NULL;
         item = pe_saved_next(r, item), i++)
        take_rule(r, item, &rules[i], &results[i]);
    if (control->rule_count == 0)
        pe_saved_refuse(r, list, "a control has no rule");
    control->rules = rules;
    result->rules = results;
    result->rule_count = control->rule_count;
    refuse_twins(r, object, control);
}

const char *pe_saved_pack(struct pe_saved_reader *r, const struct pe_node *object,
                          const struct pe_result *result)
{
    const char *id = pe_saved_string(r, object, "pack");

    for (size_t i = 0; i < result->pack_count; i++)
        if (strcmp(result->packs[i].id, id) == 0)
            return result->packs[i].id;
    pe_saved_refuse(r, pe_saved_find(r, object, "pack"), "the result lists no such pack");
    return "";
}

void pe_saved_control(struct pe_saved_reader *r, const struct pe_node *object,
                      const struct pe_result *result, struct pe_control_result *out)
{
    static const char *const names[] = {"id",       "pack",       "title",  "owner",
                                        "severity", "status",     "reason", "references",
                                        "tags",     "parameters", "rules",  NULL};
    struct pe_control *control = pe_saved_array(r, 1, sizeof *control);
    struct pe_control_result counted;

    if (control == NULL)
        return;
    pe_saved_members(r, object, names);
    control->id = pe_saved_string(r, object, "id");
    control->pack = pe_saved_pack(r, object, result);
    control->title = pe_saved_text(r, object, "title");
    out->control = control;
    out->owner = control->owner = (enum pe_owner)pe_saved_owner(r, object, "owner");
    out->severity = control->severity = (enum pe_severity)pe_saved_severity(r, object);
    out->status = (enum pe_status)pe_saved_status(r, object, "status");
    out->reason = pe_saved_text(r, object, "reason");
    control->references = pe_saved_strings(r, object, "references");
    control->tags = pe_saved_strings(r, object, "tags");
    take_params(r, object, control);
    take_rules(r, object, control, out);
    if (pe_saved_bad(r))
        return;
    counted = *out;
    pe_verdict_control(&counted);
    if (counted.status != out->status)
        pe_saved_refuse(r, pe_saved_find(r, object, "status"),
                        "the status of a control is the worst of its rules");
}
