/* section_unknown.c: what could not be judged, by area and by reason. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include <string.h>

#include "base/escape.h"
#include "report/unknowns.h"

enum { SHOWN_REASONS = 6 };

/* What one call puts together. */
struct unknowns {
    struct pe_page *page;
    struct pe_unknowns found;
};

static void add_needed_by(struct pe_page *page, const struct pe_group *group)
{
    struct pe_buf rules = {0};

    pe_section_add_rules(page, group, &rules);
    pe_words_add(pe_page_scratch(page), page->lang, PE_W_NEEDED_BY, (const char *[]){rules.data},
                 1);
    pe_page_drop(page->out, &rules);
    pe_page_wrap(page, 6, "", PE_DIM, pe_page_text(page));
}

static void add_reason(struct unknowns *all, const struct pe_group *group)
{
    struct pe_page *page = all->page;
    const struct pe_finding *finding = group->items[0].finding;
    const char *hint = finding == NULL ? "" : pe_text_in(finding->hint, page->lang);
    size_t alike = pe_unknowns_count_texts(&all->found, group) - 1;
    struct pe_buf *line = pe_page_scratch(page);

    pe_escape_adds(line, group->items[0].text);
    if (alike > 0) {
        pe_words_add(line, page->lang, PE_W_MORE_ALIKE,
                     (const char *[]){pe_page_number(alike).text}, 1);
    }
    pe_page_wrap(page, 4, "? ", PE_YELLOW, pe_page_text(page));
    if (hint[0] != '\0')
        pe_page_paragraph(page, 6, "", PE_PLAIN, hint);
    if (finding != NULL)
        pe_section_location(page, 6, all->found.result, finding->place, finding->pointer);
    add_needed_by(page, group);
}

/* "identities: 14 rules" */
static void add_area_head(struct pe_page *page, const struct pe_group *area)
{
    struct pe_buf name = {0};
    const char *key = area->items[0].key;

    if (strcmp(key, "") == 0)
        pe_buf_adds(&name, pe_words(page->lang, PE_W_AREA_NONE));
    else if (strcmp(key, "/") == 0)
        pe_buf_adds(&name, pe_words(page->lang, PE_W_AREA_WHOLE));
    else
        pe_escape_adds(&name, key);
    pe_buf_adds(&name, pe_words(page->lang, PE_W_COLON));
    pe_words_add(pe_page_scratch(page), page->lang, PE_W_AREA_RULES,
                 (const char *[]){pe_page_number(area->rules).text}, 1);
    pe_page_end(page);
    pe_page_wrap(page, 2, name.data, PE_BOLD, pe_page_text(page));
    pe_page_drop(page->out, &name);
}

/* One thing to do, whatever is missing of it: "Active Directory: not collected (14 rules)". */
static void add_uncollected(struct pe_page *page, const struct pe_group *group)
{
    const struct pe_area *area = pe_unknowns_uncollected(group);
    enum pe_word word =
        area->known_to == PE_PROVIDER ? PE_W_AREA_UNCOLLECTED_PROVIDER : PE_W_AREA_UNCOLLECTED;
    struct pe_buf text = {0}, link = {0};

    pe_escape_add_prose(&text, pe_text_in(area->title, page->lang));
    pe_words_add(pe_page_scratch(page), page->lang, word,
                 (const char *[]){text.data, pe_page_number(group->rules).text}, 2);
    pe_page_end(page);
    pe_page_wrap(page, 2, "", PE_BOLD, pe_page_text(page));
    pe_buf_clear(&text);
    pe_escape_add_prose(&text, pe_text_in(area->collect, page->lang));
    pe_escape_adds(&link, area->link);
    pe_words_add(pe_page_scratch(page), page->lang,
                 link.length > 0 ? PE_W_COLLECT_LINK : PE_W_PLAIN,
                 (const char *[]){text.data, link.data}, link.length > 0 ? 2 : 1);
    pe_page_wrap(page, 4, pe_words(page->lang, PE_W_COLLECT_IS), PE_YELLOW, pe_page_text(page));
    pe_page_drop(page->out, &text);
    pe_page_drop(page->out, &link);
    add_needed_by(page, group);
}

static void add_area(struct unknowns *all, struct pe_group *area)
{
    size_t count = 0;
    struct pe_group *reasons;

    if (pe_unknowns_uncollected(area) != NULL) {
        add_uncollected(all->page, area);
        return;
    }
    add_area_head(all->page, area);
    reasons = pe_unknowns_reasons(&all->found, area, &count);
    for (size_t i = 0; reasons != NULL && i < count && i < SHOWN_REASONS; i++)
        add_reason(all, &reasons[i]);
    if (reasons == NULL || count <= SHOWN_REASONS)
        return;
    pe_words_add(pe_page_scratch(all->page), all->page->lang, PE_W_MORE_REASONS,
                 (const char *[]){pe_page_number(count - SHOWN_REASONS).text}, 1);
    pe_page_wrap(all->page, 4, "", PE_PLAIN, pe_page_text(all->page));
}

int pe_section_unknown(struct pe_page *page, const struct pe_result *result, struct pe_err *err)
{
    struct unknowns all = {.page = page, .found = {.result = result, .lang = page->lang}};
    size_t count = 0;
    struct pe_group *areas = pe_unknowns_areas(&all.found, &count);
    bool failed;

    if (count > 0)
        pe_page_heading(page, PE_W_HEAD_UNKNOWN,
                        (const char *[]){pe_page_number(all.found.rules).text}, 1);
    for (size_t i = 0; i < count; i++)
        add_area(&all, &areas[i]);
    failed = pe_arena_failed(&all.found.arena);
    pe_arena_release(&all.found.arena);
    return failed ? pe_err_memory(err) : 0;
}
