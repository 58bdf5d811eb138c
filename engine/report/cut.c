/* cut.c: what is said where a report shows only the first findings of a rule. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/cut.h"

#include <stdio.h>

void pe_cut_make(struct pe_cut *cut, const struct pe_rule_result *rule, size_t left_out)
{
    bool all_kept = rule->finding_total <= rule->finding_count;

    cut->word = all_kept ? PE_W_MORE_FINDINGS_KEPT : PE_W_MORE_FINDINGS_FIRST;
    snprintf(cut->numbers[0], sizeof cut->numbers[0], "%zu", left_out);
    snprintf(cut->numbers[1], sizeof cut->numbers[1], "%zu", rule->finding_count);
    cut->args[0] = cut->numbers[0];
    cut->args[1] = cut->numbers[1];
}
