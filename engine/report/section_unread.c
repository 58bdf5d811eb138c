/* section_unread.c: the parts of the snapshot that no rule looked at. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include "base/escape.h"
#include "base/width.h"

enum { SHOWN = 12, POINTER_COLUMNS = 60 };

static void add_part(struct pe_page *page, struct pe_buf *line, const struct pe_unread *unread)
{
    struct pe_buf safe = {0};

    pe_escape_adds(&safe, unread->pointer[0] == '\0' ? "/" : unread->pointer);
    pe_width_add_cut(line, safe.data == NULL ? "" : safe.data, POINTER_COLUMNS);
    if (unread->count > 1)
        pe_words_add(line, page->lang, PE_W_UNREAD_ALIKE,
                     (const char *[]){pe_page_number(unread->count - 1).text}, 1);
    pe_page_drop(line, &safe);
}

void pe_section_unread(struct pe_page *page, const struct pe_result *result)
{
    struct pe_buf parts = {0};

    if (result->unread_count == 0)
        return;
    pe_page_heading(page, PE_W_HEAD_UNREAD,
                    (const char *[]){pe_page_number(result->unread_total).text}, 1);
    for (size_t i = 0; i < result->unread_count && i < SHOWN; i++) {
        pe_buf_adds(&parts, i == 0 ? "" : pe_words(page->lang, PE_W_COMMA));
        add_part(page, &parts, &result->unread[i]);
    }
    if (result->unread_total > SHOWN)
        pe_words_add(
            pe_page_scratch(page), page->lang, PE_W_AND_MORE,
            (const char *[]){parts.data, pe_page_number(result->unread_total - SHOWN).text}, 2);
    else
        pe_buf_adds(pe_page_scratch(page), parts.data == NULL ? "" : parts.data);
    pe_page_drop(page->out, &parts);
    pe_page_wrap(page, 2, "", PE_DIM, pe_page_text(page));
}
