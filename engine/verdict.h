/* verdict.h: statuses of controls and runs, from those of their rules.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_VERDICT_H
#define PE_VERDICT_H

#include "base/arena.h"
#include "policyeval.h"

/* Sets the status and reason of a control from its rules: the worst of them; not_applicable only
 * if every rule is. */
void pe_verdict_control(struct pe_control_result *control);

/* Counts the controls and rules of a result, and decides whether it passed: no control is worse
 * than waived, and at least one passed. */
void pe_verdict_result(struct pe_result *result);

/* Whether the rules that a gate looks at leave it open; counts those that did not pass and that it
 * does not look at. */
bool pe_verdict_gate(const struct pe_gate *gate, const struct pe_result *result, size_t *ignored);

/* Counts the rules of a result that need an area which was not collected; -1: out of memory. */
int pe_verdict_areas(struct pe_result *result, struct pe_arena *arena);

/* Lists what the packs have and was not judged; -1: out of memory. */
int pe_verdict_unselected(struct pe_result *result, struct pe_arena *arena);

#endif
