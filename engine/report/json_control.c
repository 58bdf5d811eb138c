/* json_control.c: one control's judgement as a JSON object. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_result.h"

#include <string.h>

/* A text that is left out when there is none. */
static void put_optional(struct pe_json_out *out, struct pe_json_item *object, const char *key,
                         struct pe_text text)
{
    if (pe_text_in(text, PE_EN)[0] != '\0')
        pe_json_out_put(out, object, key, pe_json_out_text(out, text));
}

static struct pe_json_item *make_finding(struct pe_json_out *out, const struct pe_finding *finding,
                                         const struct pe_waiver *waiver)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "status",
                    pe_json_out_string(out, pe_status_word(finding->status)));
    if (finding->of_policy)
        pe_json_out_put(out, object, "fault", pe_json_out_string(out, "policy"));
    pe_json_out_put(out, object, "message", pe_json_out_text(out, finding->message));
    put_optional(out, object, "subject", finding->subject);
    put_optional(out, object, "hint", finding->hint);
    pe_json_out_put(out, object, "pointer", pe_json_out_string(out, finding->pointer));
    if (finding->uncollected != NULL)
        pe_json_out_put(out, object, "uncollected",
                        pe_json_out_string(out, finding->uncollected->word));
    pe_json_out_put_value(out, object, finding->value);
    pe_json_put_place(out, object, finding->place);
    if (waiver != NULL)
        pe_json_out_put(out, object, "waiver", pe_json_out_string(out, waiver->id));
    return object;
}

static struct pe_json_item *make_evidence(struct pe_json_out *out,
                                          const struct pe_evidence *evidence)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "pointer", pe_json_out_string(out, evidence->pointer));
    if (evidence->absent)
        pe_json_out_put(out, object, "absent", pe_json_out_bool(out, true));
    else if (evidence->value != NULL)
        pe_json_out_put_value(out, object, evidence->value);
    else
        pe_json_out_put(out, object, "count", pe_json_out_integer(out, (int64_t)evidence->count));
    pe_json_put_place(out, object, evidence->place);
    return object;
}

static struct pe_json_item *make_findings(struct pe_json_out *out,
                                          const struct pe_rule_result *rule)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < rule->finding_count; i++)
        pe_json_out_append(out, list,
                           make_finding(out, &rule->findings[i],
                                        rule->waiver == NULL ? NULL : rule->waiver->of_finding[i]));
    return list;
}

static struct pe_json_item *make_evidence_list(struct pe_json_out *out,
                                               const struct pe_rule_result *rule)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < rule->evidence_count; i++)
        pe_json_out_append(out, list, make_evidence(out, &rule->evidence[i]));
    return list;
}

static struct pe_json_item *make_notes(struct pe_json_out *out, const struct pe_rule_result *rule)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < rule->note_count; i++)
        pe_json_out_append(out, list, pe_json_out_text(out, rule->notes[i]));
    return list;
}

/* How the rule ended, behind what it is. */
static void put_outcome(struct pe_json_out *out, struct pe_json_item *object,
                        const struct pe_rule_result *rule)
{
    pe_json_out_put(out, object, "status", pe_json_out_string(out, pe_status_word(rule->status)));
    if (rule->original != rule->status)
        pe_json_out_put(out, object, "original",
                        pe_json_out_string(out, pe_status_word(rule->original)));
    pe_json_out_put(out, object, "basis", pe_json_out_string(out, pe_basis_word(rule->basis)));
    pe_json_out_put(out, object, "reason", pe_json_out_text(out, rule->reason));
    pe_json_out_put(out, object, "findings", make_findings(out, rule));
    pe_json_out_put(out, object, "findings_total",
                    pe_json_out_integer(out, (int64_t)rule->finding_total));
    pe_json_out_put(out, object, "evidence", make_evidence_list(out, rule));
    pe_json_out_put(out, object, "evidence_total",
                    pe_json_out_integer(out, (int64_t)rule->evidence_total));
    pe_json_out_put(out, object, "notes", make_notes(out, rule));
    pe_json_out_put(out, object, "waiver", pe_json_rule_waiver(out, rule->waiver));
}

static struct pe_json_item *make_rule(struct pe_json_out *out, const struct pe_rule_result *rule)
{
    struct pe_json_item *object = pe_json_out_object(out);
    const char *ref = rule->rule->ref;

    pe_json_out_put(out, object, "id", pe_json_out_string(out, rule->rule->id));
    if (ref != NULL && ref[0] != '\0')
        pe_json_out_put(out, object, "ref", pe_json_out_string(out, ref));
    pe_json_out_put(out, object, "title", pe_json_out_text(out, rule->rule->title));
    put_optional(out, object, "fix", rule->rule->fix);
    pe_json_out_put(out, object, "owner", pe_json_out_string(out, pe_owner_word(rule->owner)));
    pe_json_out_put(out, object, "severity",
                    pe_json_out_string(out, pe_severity_word(rule->severity)));
    put_outcome(out, object, rule);
    return object;
}

static struct pe_json_item *make_rules(struct pe_json_out *out,
                                       const struct pe_control_result *control)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < control->rule_count; i++)
        pe_json_out_append(out, list, make_rule(out, &control->rules[i]));
    return list;
}

/* Only those whose value is not the default. */
static struct pe_json_item *make_parameters(struct pe_json_out *out,
                                            const struct pe_control *control)
{
    struct pe_json_item *object = pe_json_out_object(out), *member;

    for (size_t i = 0; i < control->param_count; i++) {
        const struct pe_param *param = &control->params[i];
        const char *default_ = param->default_;
        if (param->value == NULL || (default_ != NULL && strcmp(param->value, default_) == 0))
            continue;
        member = pe_json_out_object(out);
        pe_json_out_put(out, member, "value", pe_json_out_value(out, param->value));
        pe_json_out_put(out, member, "default", pe_json_out_value(out, default_));
        put_optional(out, member, "doc", param->doc);
        pe_json_out_put_named(out, object, param->name, member);
    }
    return object;
}

struct pe_json_item *pe_json_control(struct pe_json_out *out,
                                     const struct pe_control_result *result)
{
    const struct pe_control *control = result->control;
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "id", pe_json_out_string(out, control->id));
    pe_json_out_put(out, object, "pack", pe_json_out_string(out, control->pack));
    pe_json_out_put(out, object, "title", pe_json_out_text(out, control->title));
    pe_json_out_put(out, object, "owner", pe_json_out_string(out, pe_owner_word(result->owner)));
    pe_json_out_put(out, object, "severity",
                    pe_json_out_string(out, pe_severity_word(result->severity)));
    pe_json_out_put(out, object, "status", pe_json_out_string(out, pe_status_word(result->status)));
    pe_json_out_put(out, object, "reason", pe_json_out_text(out, result->reason));
    pe_json_out_put(out, object, "references", pe_json_strings(out, control->references));
    pe_json_out_put(out, object, "tags", pe_json_strings(out, control->tags));
    pe_json_out_put(out, object, "parameters", make_parameters(out, control));
    pe_json_out_put(out, object, "rules", make_rules(out, result));
    return object;
}
