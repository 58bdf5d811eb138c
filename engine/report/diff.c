/* diff.c: what the formats of a comparison share. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/diff.h"

enum pe_word pe_diff_head(enum pe_change_class class_)
{
    return PE_W_DIFF_REGRESSED + class_;
}

void pe_diff_add_counts(struct pe_buf *buf, enum pe_lang lang,
                        const struct pe_comparison *comparison)
{
    bool any = false;

    for (unsigned i = 0; i <= PE_CHANGE_COUNT; i++) {
        size_t count = i < PE_CHANGE_COUNT ? comparison->by_class[i] : comparison->unchanged;
        if (count == 0)
            continue;
        if (any)
            pe_buf_adds(buf, pe_words(lang, PE_W_COMMA));
        pe_words_add(buf, lang, PE_W_DIFF_COUNT_REGRESSED + i,
                     (const char *[]){pe_page_number(count).text}, 1);
        any = true;
    }
}

size_t pe_diff_worse(const struct pe_diff *diff)
{
    size_t worse = 0;

    for (size_t i = 0; i < diff->count; i++)
        worse += diff->comparisons[i].worse;
    return worse;
}
