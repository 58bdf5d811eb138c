/* sarif_part.h: the parts of a SARIF log. Only sarif*.c use them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * SARIF 2.1.0 (OASIS, errata 01), as GitHub's code scanning takes it:
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 * It refuses a whole file for one result without a place in a file with a relative name, reads
 * results as alerts whatever their kind, and knows no base URIs. So: one run, results only for what
 * failed, each with a place; what could not be judged is a notification of the invocation. A result
 * that a waiver covers is suppressed (3.35), which GitHub does not heed.
 */
#ifndef PE_REPORT_SARIF_PART_H
#define PE_REPORT_SARIF_PART_H

#include "report/issue.h"
#include "report/json_out.h"

/* A rule of the log. */
struct pe_sarif_rule {
    const char *name; /* unique in the log: "9.2.3/portal-allow-list" */
    const struct pe_result *result;
    const struct pe_control_result *control;
    const struct pe_rule_result *rule;
    size_t order, index; /* among all that were judged; among the log's */
};

struct pe_sarif {
    struct pe_json_out out;
    enum pe_lang lang;
    const struct pe_run *run;
    struct pe_sarif_rule *rules; /* sorted by name */
    size_t rule_count;
};

/* What the tool reports on itself, in the order of the driver's list. */
enum pe_sarif_notice {
    PE_SARIF_ERROR,
    PE_SARIF_UNKNOWN,
    PE_SARIF_PROBLEM,
    PE_SARIF_GATE,
    PE_SARIF_CUT,
    PE_SARIF_NOTICE_COUNT
};

/* Fills sarif->rules. */
void pe_sarif_find_rules(struct pe_sarif *sarif);
const struct pe_sarif_rule *pe_sarif_rule_of(struct pe_sarif *sarif, const struct pe_issue *issue);

/* The tool: its version, rules and notifications. */
struct pe_json_item *pe_sarif_tool(struct pe_sarif *sarif);
const char *pe_sarif_notice_id(enum pe_sarif_notice notice);
const char *pe_sarif_level(enum pe_severity severity);

/* {"text": ...} */
struct pe_json_item *pe_sarif_message(struct pe_sarif *sarif, const char *text);

/* A list of one location. pointer may be NULL; a place that is nowhere is the file's begin. */
struct pe_json_item *pe_sarif_locations(struct pe_sarif *sarif, const struct pe_result *result,
                                        struct pe_place place, const char *pointer);

struct pe_json_item *pe_sarif_result(struct pe_sarif *sarif, const struct pe_issue *issue);

/* The one invocation, with its notifications; cut results are told of. */
struct pe_json_item *pe_sarif_invocation(struct pe_sarif *sarif, const struct pe_issues *issues,
                                         size_t cut);

#endif
