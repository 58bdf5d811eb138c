/* cut.c: what is said where a report shows only the first findings of a rule. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/cut.h"

enum pe_word pe_cut_word(const struct pe_rule_result *rule)
{
    return rule->finding_total <= rule->finding_count ? PE_W_MORE_FINDINGS_KEPT
                                                      : PE_W_MORE_FINDINGS_FIRST;
}
