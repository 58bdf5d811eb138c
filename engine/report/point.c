/* point.c: a rule as one test, for formats that hold what came of tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/point.h"

#include "words.h"

enum pe_outcome pe_point_outcome(enum pe_status status)
{
    switch (status) {
    case PE_PASS:
        return PE_OUTCOME_PASSED;
    case PE_NOT_APPLICABLE:
    case PE_WAIVED:
        return PE_OUTCOME_SKIPPED;
    case PE_ERROR:
        return PE_OUTCOME_ERROR;
    default:
        return PE_OUTCOME_FAILED;
    }
}

static struct pe_point_counts count_rules(const struct pe_result *result)
{
    struct pe_point_counts counts = {0};

    for (size_t i = 0; i < PE_STATUS_COUNT; i++) {
        counts.by_outcome[pe_point_outcome((enum pe_status)i)] += result->rules.by_status[i];
        counts.total += result->rules.by_status[i];
    }
    return counts;
}

bool pe_point_lacks_reason(const struct pe_result *result)
{
    struct pe_point_counts counts = count_rules(result);

    return !result->passed && counts.by_outcome[PE_OUTCOME_FAILED] == 0 &&
           counts.by_outcome[PE_OUTCOME_ERROR] == 0;
}

const char *pe_point_reason(const struct pe_result *result, enum pe_lang lang)
{
    return result->gate_remark_count > 0 ? pe_text_in(result->gate_remarks[0].message, lang)
                                         : pe_words(lang, PE_W_CLOSE_NOTHING);
}

struct pe_point_counts pe_point_count(const struct pe_result *result)
{
    struct pe_point_counts counts = count_rules(result);

    if (pe_point_lacks_reason(result)) {
        counts.by_outcome[PE_OUTCOME_FAILED]++;
        counts.total++;
    }
    return counts;
}

void pe_point_walk(const struct pe_result *result,
                   void (*visit)(void *context, const struct pe_issue *rule), void *context)
{
    struct pe_issue rule = {.result = result};

    for (size_t i = 0; i < result->result_count; i++) {
        rule.control = &result->results[i];
        for (size_t j = 0; j < rule.control->rule_count; j++) {
            rule.rule = &rule.control->rules[j];
            rule.status = rule.rule->status;
            visit(context, &rule);
        }
    }
}

size_t pe_point_findings(const struct pe_issue *rule)
{
    return rule->rule->finding_count + (rule->rule->finding_total > rule->rule->finding_count);
}

struct pe_issue pe_point_finding(const struct pe_issue *rule, size_t number)
{
    struct pe_issue issue = *rule;

    if (number < rule->rule->finding_count) {
        issue.finding = &rule->rule->findings[number];
        issue.status = issue.finding->status;
    } else {
        issue.uncounted = rule->rule->finding_total - rule->rule->finding_count;
    }
    return issue;
}

void pe_point_add_message(struct pe_buf *buf, const struct pe_issue *rule, enum pe_lang lang)
{
    struct pe_issue issue = *rule;

    if (pe_point_findings(rule) == 1)
        issue = pe_point_finding(rule, 0);
    pe_issue_add_message(buf, &issue, lang);
}
