/* section.h: the sections of the text report, in the order they are printed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each adds itself to the page, with its heading, or nothing where it has nothing to say. The
 * ones that can fail return -1 with PE_ERR_MEMORY. Only text.c uses them.
 */
#ifndef PE_REPORT_SECTION_H
#define PE_REPORT_SECTION_H

#include "base/err.h"
#include "report/group.h"
#include "report/page.h"

/* All in one line: verdict, file, tenant, counts. */
void pe_section_verdict(struct pe_page *page, const struct pe_result *result);

/* The same as the head of a report: the counts have a line of their own. */
void pe_section_title(struct pe_page *page, const struct pe_result *result);

/* Evaluation time, options, rules, parameters that differ from their defaults, digests. */
void pe_section_profile(struct pe_page *page, const struct pe_result *result);

/* More lines of it: configuration file, waivers, gate; only those that were asked for. */
void pe_section_asked(struct pe_page *page, const struct pe_result *result);

/* What closes the gate besides the rules. */
void pe_section_gate(struct pe_page *page, const struct pe_result *result);

/* What the model says is wrong with the snapshot: errors first. */
void pe_section_problems(struct pe_page *page, const struct pe_result *result);

/* What failed or is in error, worst severity first, with code frames. */
int pe_section_findings(struct pe_page *page, const struct pe_result *result, struct pe_err *err);

/* What the author of a policy has to mend. */
int pe_section_fault(struct pe_page *page, const struct pe_result *result, struct pe_err *err);

/* What could not be judged: areas that nobody collected, each as a whole with how to collect it,
 * then other data by area and by reason; the area with the most rules first. */
int pe_section_unknown(struct pe_page *page, const struct pe_result *result, struct pe_err *err);

/* What is waived, in whole or in part, with its real status; and waivers that need a look. */
void pe_section_waivers(struct pe_page *page, const struct pe_result *result);

/* Acceptances of the provider's claims: what rests on them, what does not count, what could. */
void pe_section_claims(struct pe_page *page, const struct pe_result *result);

/* What does not apply, by reason; then what policies remarked about rules not shown above. */
int pe_section_remarks(struct pe_page *page, const struct pe_result *result, struct pe_err *err);

/* The parts of the snapshot that no rule looked at, in one short block. */
void pe_section_unread(struct pe_page *page, const struct pe_result *result);

/* The controls by who is responsible and by severity. */
void pe_section_breakdown(struct pe_page *page, const struct pe_result *result);

/* An aligned line a control. */
void pe_section_table(struct pe_page *page, const struct pe_result *result);

/* The counts once more, who has what to do, and the next command. */
void pe_section_next(struct pe_page *page, const struct pe_result *result);

/* ---- what sections share ---- */

/* A line of the profile: what lies in page->scratch, behind its label. */
void pe_section_labelled(struct pe_page *page, enum pe_word label);

/* Whether the rule is told under findings: it failed or is in error. */
bool pe_section_is_finding(const struct pe_rule_result *rule);

/* How many waivers are in effect. */
size_t pe_section_waivers_used(const struct pe_waiver_uses *waivers);

/* Adds what was asked of the gate; all of it was checked, so nothing of it is others' text. */
void pe_section_add_gate(struct pe_buf *buf, enum pe_lang lang, const struct pe_result *result);

/* Adds "9.2.3 R1": the control, and the rule by its number, or by its id when it has none. */
void pe_section_add_rule(struct pe_buf *buf, const struct pe_control_result *control,
                         const struct pe_rule_result *rule);

/* Adds "9.2.3/one, 10.1.1/two and 3 more": the rules of a group, each once. */
void pe_section_add_rules(struct pe_page *page, const struct pe_group *group, struct pe_buf *out);

/* Adds the line "file:12:3  /pointer"; only what is known of both, and no line for neither. */
void pe_section_location(struct pe_page *page, size_t indent, const struct pe_result *result,
                         struct pe_place place, const char *pointer);

/* Adds "3 failed, 2 passed of 5 controls" or "... rules". */
void pe_section_add_counts(struct pe_buf *buf, enum pe_lang lang, enum pe_word word,
                           const struct pe_counts *counts);

#endif
