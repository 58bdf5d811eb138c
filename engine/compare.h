/* compare.h: what became of rules from one run to another.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A pure function of two runs, whether they were judged just now or saved long ago. What is worse
 * is decided here and nowhere else: the gate of --baseline, the status of diff and every format
 * read the same flag.
 */
#ifndef PE_COMPARE_H
#define PE_COMPARE_H

#include "base/arena.h"
#include "base/buf.h"
#include "policyeval.h"

/* One rule in two results; either may be missing. Causes, pointers and findings are filled too.
 * False: nothing changed, or out of memory, which is the arena's to tell. */
struct pe_pair {
    const struct pe_result *before_result, *after_result;
    const struct pe_control_result *before_control, *after_control;
    const struct pe_rule_result *before, *after;
    bool same_pack; /* to the byte */
};
bool pe_compare_rule(const struct pe_pair *pair, struct pe_arena *arena, struct pe_change *change);

/* Findings of after that before has not: at one place and of one kind they are the same, whatever
 * their numbers say and wherever in a list their object stands now. */
void pe_compare_findings(const struct pe_rule_result *before, const struct pe_rule_result *after,
                         struct pe_arena *arena, struct pe_change *change);

/* Pointers to what the rule read that is not the same. */
void pe_compare_evidence(const struct pe_rule_result *before, const struct pe_rule_result *after,
                         struct pe_arena *arena, struct pe_change *change);

#endif
