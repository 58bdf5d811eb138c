/* section.c: what the sections of the text report share. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include "base/escape.h"
#include "base/width.h"
#include "report/faults.h"

bool pe_section_is_finding(const struct pe_rule_result *rule)
{
    return pe_faults_failed(rule);
}

void pe_section_add_rule(struct pe_buf *buf, const struct pe_control_result *control,
                         const struct pe_rule_result *rule)
{
    pe_escape_adds(buf, control->control->id);
    pe_buf_addc(buf, '/');
    pe_escape_adds(buf, rule->rule->id);
}

enum { SHOWN_RULES = 8 };

void pe_section_add_rules(struct pe_page *page, const struct pe_group *group, struct pe_buf *out)
{
    struct pe_buf names = {0};
    const struct pe_group_item *last = NULL;
    size_t shown = 0;

    for (size_t i = 0; i < group->count && shown < SHOWN_RULES; i++) {
        const struct pe_group_item *item = &group->items[i];
        if (last != NULL && last->rule == item->rule)
            continue;
        if (last != NULL)
            pe_buf_adds(&names, pe_words(page->lang, PE_W_COMMA));
        pe_section_add_rule(&names, item->control, item->result);
        last = item;
        shown++;
    }
    pe_words_add(out, page->lang, group->rules > shown ? PE_W_AND_MORE : PE_W_PLAIN,
                 (const char *[]){names.data, pe_page_number(group->rules - shown).text},
                 group->rules > shown ? 2 : 1);
    pe_page_drop(out, &names);
}

/* A pointer is not wrapped, so that it can be copied, but a key may be of any length. */
static void add_pointer(struct pe_page *page, const char *pointer)
{
    struct pe_buf *safe = pe_page_scratch(page);

    pe_escape_adds(safe, pointer);
    pe_width_add_cut(page->out, pe_page_text(page), 2 * page->columns);
}

void pe_section_location(struct pe_page *page, size_t indent, const struct pe_result *result,
                         struct pe_place place, const char *pointer)
{
    bool pointed = pointer != NULL && pointer[0] != '\0';

    if (place.line == 0 && !pointed)
        return;
    pe_buf_fill(page->out, ' ', indent);
    pe_buf_adds(page->out, pe_page_on(page, PE_CYAN));
    if (place.line > 0) {
        pe_escape_adds(page->out, result->file);
        pe_buf_printf(page->out, ":%lu:%lu", (unsigned long)place.line,
                      (unsigned long)place.column);
    }
    pe_buf_adds(page->out, pe_page_off(page, PE_CYAN));
    if (pointed) {
        pe_buf_adds(page->out, place.line > 0 ? "  " : "");
        add_pointer(page, pointer);
    }
    pe_page_end(page);
}

void pe_section_add_counts(struct pe_buf *buf, enum pe_lang lang, enum pe_word word,
                           const struct pe_counts *counts)
{
    struct pe_buf each = {0};
    size_t total = 0;

    for (size_t i = 0; i < PE_STATUS_COUNT; i++)
        total += counts->by_status[i];
    pe_words_add_counts(&each, lang, counts->by_status);
    pe_words_add(buf, lang, word, (const char *[]){each.data, pe_page_number(total).text}, 2);
    pe_page_drop(buf, &each);
}
