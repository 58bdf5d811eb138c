/* point.h: a rule as one test, for formats that hold what came of tests.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Test programs know four outcomes, and none of them calls a run without any test a failure. A
 * snapshot that is not passed though none of its rules says why, because none passed, gives one
 * more point, which fails.
 */
#ifndef PE_REPORT_POINT_H
#define PE_REPORT_POINT_H

#include "report/issue.h"

enum pe_outcome {
    PE_OUTCOME_PASSED,
    PE_OUTCOME_FAILED, /* what is unknown too */
    PE_OUTCOME_ERROR,
    PE_OUTCOME_SKIPPED, /* does not apply, or is waived */
};
enum { PE_OUTCOME_COUNT = PE_OUTCOME_SKIPPED + 1 };

enum pe_outcome pe_point_outcome(enum pe_status status);

/* Whether the snapshot needs that one more point. */
bool pe_point_lacks_reason(const struct pe_result *result);
const char *pe_point_reason(const struct pe_result *result, enum pe_lang lang);

/* How many points there are of each outcome, and in all. */
struct pe_point_counts {
    size_t by_outcome[PE_OUTCOME_COUNT];
    size_t total;
};
struct pe_point_counts pe_point_count(const struct pe_result *result);

/* Calls back for each rule of the snapshot in order, with an issue whose finding is NULL and whose
 * status is the rule's. */
void pe_point_walk(const struct pe_result *result,
                   void (*visit)(void *context, const struct pe_issue *rule), void *context);

/* The rule's n-th finding as an issue; behind the last, the one that stands for those cut. */
struct pe_issue pe_point_finding(const struct pe_issue *rule, size_t number);
size_t pe_point_findings(const struct pe_issue *rule);

/* Adds why the rule ended so: its only finding, or its reason. As the run holds it. */
void pe_point_add_message(struct pe_buf *buf, const struct pe_issue *rule, enum pe_lang lang);

#endif
