/* section_breakdown.c: the controls by who is responsible and by severity. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include "base/width.h"

enum { GAP = 2 };

static bool has_any(const size_t by_status[PE_STATUS_COUNT])
{
    for (size_t i = 0; i < PE_STATUS_COUNT; i++)
        if (by_status[i] > 0)
            return true;
    return false;
}

static size_t widest(enum pe_lang lang)
{
    size_t columns = 0, width;

    for (size_t i = 0; i < PE_OWNER_COUNT; i++) {
        width = pe_width(pe_words_owner(lang, (enum pe_owner)i));
        columns = width > columns ? width : columns;
    }
    for (size_t i = 0; i < PE_SEVERITY_COUNT; i++) {
        width = pe_width(pe_words_severity(lang, (enum pe_severity)i));
        columns = width > columns ? width : columns;
    }
    return columns + GAP;
}

/* "provider  1 failed, 4 passed"; nothing where there is none. */
static void add_row(struct pe_page *page, const char *name, const size_t by_status[PE_STATUS_COUNT])
{
    struct pe_buf lead = {0};

    if (!has_any(by_status))
        return;
    pe_width_add_padded(&lead, name, widest(page->lang));
    pe_words_add_counts(pe_page_scratch(page), page->lang, by_status);
    pe_page_wrap(page, 2, lead.data, PE_PLAIN, pe_page_text(page));
    pe_page_drop(page->out, &lead);
}

void pe_section_breakdown(struct pe_page *page, const struct pe_result *result)
{
    const struct pe_counts *counts = &result->controls;

    if (result->result_count == 0)
        return;
    pe_page_heading(page, PE_W_HEAD_BREAKDOWN, NULL, 0);
    for (size_t i = 0; i < PE_OWNER_COUNT; i++)
        add_row(page, pe_words_owner(page->lang, (enum pe_owner)i), counts->by_owner[i]);
    for (size_t i = PE_SEVERITY_COUNT; i-- > 0;)
        add_row(page, pe_words_severity(page->lang, (enum pe_severity)i), counts->by_severity[i]);
}
