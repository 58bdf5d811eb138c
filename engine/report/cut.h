/* cut.h: what is said where a report shows only the first findings of a rule.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_REPORT_CUT_H
#define PE_REPORT_CUT_H

#include "words.h"

/* The sentence for how many findings are left out; it says that -o json has those the engine kept.
 * Two arguments: how many are left out, and how many were kept. */
enum pe_word pe_cut_word(const struct pe_rule_result *rule);

#endif
