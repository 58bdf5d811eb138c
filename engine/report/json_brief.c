/* json_brief.c: one snapshot's judgement with verdicts only, for those who keep millions. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_result.h"

static struct pe_json_item *make_rule(struct pe_json_out *out, const struct pe_rule_result *rule)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "id", pe_json_out_string(out, rule->rule->id));
    pe_json_out_put(out, object, "owner", pe_json_out_string(out, pe_owner_word(rule->owner)));
    pe_json_out_put(out, object, "severity",
                    pe_json_out_string(out, pe_severity_word(rule->severity)));
    pe_json_out_put(out, object, "status", pe_json_out_string(out, pe_status_word(rule->status)));
    if (rule->original != rule->status)
        pe_json_out_put(out, object, "original",
                        pe_json_out_string(out, pe_status_word(rule->original)));
    if (rule->finding_total > 0)
        pe_json_out_put(out, object, "findings_total",
                        pe_json_out_integer(out, (int64_t)rule->finding_total));
    return object;
}

/* Rules that passed, or do not apply, are counted in the summary. */
static struct pe_json_item *make_control(struct pe_json_out *out,
                                         const struct pe_control_result *control)
{
    struct pe_json_item *object = pe_json_out_object(out), *rules = pe_json_out_list(out);

    pe_json_out_put(out, object, "id", pe_json_out_string(out, control->control->id));
    pe_json_out_put(out, object, "pack", pe_json_out_string(out, control->control->pack));
    pe_json_out_put(out, object, "owner", pe_json_out_string(out, pe_owner_word(control->owner)));
    pe_json_out_put(out, object, "severity",
                    pe_json_out_string(out, pe_severity_word(control->severity)));
    pe_json_out_put(out, object, "status",
                    pe_json_out_string(out, pe_status_word(control->status)));
    for (size_t i = 0; i < control->rule_count; i++)
        if (control->rules[i].status >= PE_WAIVED)
            pe_json_out_append(out, rules, make_rule(out, &control->rules[i]));
    pe_json_out_put(out, object, "rules", rules);
    return object;
}

static struct pe_json_item *make_packs(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < result->pack_count; i++) {
        struct pe_json_item *object = pe_json_out_object(out);
        pe_json_out_put(out, object, "id", pe_json_out_string(out, result->packs[i].id));
        pe_json_out_put(out, object, "version", pe_json_out_string(out, result->packs[i].version));
        pe_json_out_put(out, object, "sha256", pe_json_out_string(out, result->packs[i].sha256));
        pe_json_out_append(out, list, object);
    }
    return list;
}

struct pe_json_item *pe_json_brief(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *object = pe_json_out_object(out), *controls = pe_json_out_list(out);

    pe_json_out_put(out, object, "verdict",
                    pe_json_out_string(out, result->passed ? "pass" : "fail"));
    pe_json_out_put(out, object, "snapshot", pe_json_snapshot(out, result));
    pe_json_out_put(out, object, "packs", make_packs(out, result));
    pe_json_out_put(out, object, "summary", pe_json_summary(out, result));
    pe_json_out_put(out, object, "problems_total",
                    pe_json_out_integer(out, (int64_t)result->problem_total));
    for (size_t i = 0; i < result->result_count; i++)
        pe_json_out_append(out, controls, make_control(out, &result->results[i]));
    pe_json_out_put(out, object, "controls", controls);
    return object;
}
