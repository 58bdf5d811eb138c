/* section_unread.c: the parts of the snapshot that no rule looked at. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include "base/escape.h"

enum { SHOWN = 8 };

static void add_part(struct pe_page *page, struct pe_buf *line, const struct pe_unread *unread)
{
    pe_escape_adds(line, unread->pointer[0] == '\0' ? "/" : unread->pointer);
    if (unread->count > 1)
        pe_words_add(line, page->lang, PE_W_UNREAD_ALIKE,
                     (const char *[]){pe_page_number(unread->count - 1).text}, 1);
}

/* A line each, whole: what differs is often the last step. */
void pe_section_unread(struct pe_page *page, const struct pe_result *result)
{
    struct pe_buf part = {0};

    if (result->unread_count == 0)
        return;
    pe_page_heading(page, PE_W_HEAD_UNREAD,
                    (const char *[]){pe_page_number(result->unread_total).text}, 1);
    for (size_t i = 0; i < result->unread_count && i < SHOWN; i++) {
        bool last = i + 1 == SHOWN && result->unread_total > SHOWN;
        pe_buf_clear(&part);
        add_part(page, &part, &result->unread[i]);
        pe_words_add(pe_page_scratch(page), page->lang, last ? PE_W_AND_MORE : PE_W_PLAIN,
                     (const char *[]){part.data, pe_page_number(result->unread_total - SHOWN).text},
                     last ? 2 : 1);
        pe_page_wrap(page, 2, "", PE_DIM, pe_page_text(page));
    }
    pe_page_drop(page->out, &part);
}
