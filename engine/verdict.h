/* verdict.h: statuses of controls and runs, from those of their rules.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_VERDICT_H
#define PE_VERDICT_H

#include "policyeval.h"

/* Sets the status and reason of a control from its rules: the worst of them; not_applicable only
 * if every rule is. */
void pe_verdict_control(struct pe_control_result *control);

/* Counts the controls and rules of a result, and decides whether it passed: no control is worse
 * than waived, and at least one passed. */
void pe_verdict_result(struct pe_result *result);

#endif
