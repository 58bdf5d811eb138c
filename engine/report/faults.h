/* faults.h: what the author of a policy has to mend: no tenant can.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An error of a rule, and an unknown that the policy made (a finding with of_policy).
 */
#ifndef PE_REPORT_FAULTS_H
#define PE_REPORT_FAULTS_H

#include "report/group.h"

/* {.result, .lang}; the caller releases the arena, and asks it whether memory ran out. */
struct pe_faults {
    const struct pe_result *result;
    enum pe_lang lang; /* in which they are compared */
    struct pe_arena arena;
    struct pe_group_items list;
    size_t rules; /* that have faults */
};

/* Collects, and returns those with the same text as one: errors first, each in the order of the
 * rules; NULL and 0 for none. An item of an error has no finding. */
struct pe_group *pe_faults_find(struct pe_faults *all, size_t *count);

size_t pe_faults_count(const struct pe_result *result); /* rules with faults */

/* Whether the rule is told as failed: an error alone says nothing of the tenant. */
bool pe_faults_failed(const struct pe_rule_result *rule);

/* Whether the rule has a fault. */
bool pe_faults_has(const struct pe_rule_result *rule);

/* Whether data would help the rule. */
bool pe_faults_lacks_data(const struct pe_rule_result *rule);

#endif
