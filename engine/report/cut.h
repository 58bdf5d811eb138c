/* cut.h: what is said where a report shows only the first findings of a rule.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_REPORT_CUT_H
#define PE_REPORT_CUT_H

#include "words.h"

struct pe_cut {
    enum pe_word word;
    const char *args[2];
    char numbers[2][24];
};

/* How many findings are left out, more than none, and that -o json has those the engine kept:
 * pe_words_add(buf, lang, cut->word, cut->args, 2). */
void pe_cut_make(struct pe_cut *cut, const struct pe_rule_result *rule, size_t left_out);

#endif
