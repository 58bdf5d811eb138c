/* section_unknown.c: what could not be judged, by area and by reason. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "report/group.h"

enum { SHOWN_REASONS = 6, SHOWN_RULES = 8 };

/* What one call puts together; everything lies in the arena. */
struct unknowns {
    struct pe_page *page;
    const struct pe_result *result;
    struct pe_arena arena;
    struct pe_group_items list;
    size_t rules;
};

/* Where data is missing: an area that was not collected, or the first step of the pointer. A
 * finding without a place, a missing parameter say, belongs to no area: "". */
static const char *find_area(struct unknowns *all, const struct pe_finding *finding)
{
    const char *key;

    if (finding != NULL && finding->uncollected != NULL) {
        key = pe_arena_printf(&all->arena, "\t%s", finding->uncollected->word);
        return key == NULL ? "" : key;
    }
    if (finding == NULL || finding->pointer == NULL)
        return "";
    if (finding->area == NULL || finding->area[0] == '\0')
        return "/";
    return finding->area;
}

static void collect_rule(struct unknowns *all, const struct pe_control_result *control,
                         const struct pe_rule_result *rule)
{
    struct pe_group_item item = {.rule = all->rules, .control = control, .result = rule};
    size_t before = all->list.count;

    for (size_t i = 0; i < rule->finding_count; i++) {
        item.finding = &rule->findings[i];
        item.key = find_area(all, item.finding);
        item.text = pe_text_in(item.finding->message, all->page->lang);
        if (item.finding->status == PE_UNKNOWN)
            pe_group_add(&all->arena, &all->list, item);
    }
    if (all->list.count == before && rule->status == PE_UNKNOWN) {
        item.finding = NULL;
        item.key = "";
        item.text = pe_text_in(rule->reason, all->page->lang);
        pe_group_add(&all->arena, &all->list, item);
    }
    if (all->list.count > before)
        all->rules++;
}

static void collect(struct unknowns *all)
{
    for (size_t i = 0; i < all->result->result_count; i++) {
        const struct pe_control_result *control = &all->result->results[i];
        for (size_t j = 0; j < control->rule_count; j++) {
            if (control->rules[j].status == PE_UNKNOWN || pe_section_is_finding(&control->rules[j]))
                collect_rule(all, control, &control->rules[j]);
        }
    }
}

/* What makes two reasons alike: the message without its elements' names ("accounts[*].mfa is
 * missing") and the pointer without its elements' numbers. */
static const char *make_reason_key(struct unknowns *all, const struct pe_group_item *item)
{
    struct pe_buf key = {0};
    const char *pointer = item->finding == NULL ? NULL : item->finding->pointer, *made, *close;

    for (const char *c = item->text; *c != '\0'; c++) {
        pe_buf_addc(&key, *c);
        if (*c == '[' && (close = strchr(c, ']')) != NULL)
            c = close - 1;
    }
    pe_buf_addc(&key, '\n');
    for (const char *c = pointer == NULL ? "" : pointer; *c != '\0'; c++) {
        pe_buf_addc(&key, *c);
        if (c[0] == '/' && strspn(c + 1, "0123456789") > 0)
            c += strspn(c + 1, "0123456789");
    }
    made = pe_arena_strn(&all->arena, key.data, key.length);
    pe_page_drop(all->page->out, &key);
    return made == NULL ? "" : made;
}

/* "9.2.3 R1, R2, 10.1.1 R4 and 3 more" */
static void add_rules(struct pe_page *page, const struct pe_group *group, struct pe_buf *out)
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

static void add_needed_by(struct pe_page *page, const struct pe_group *group)
{
    struct pe_buf rules = {0};

    add_rules(page, group, &rules);
    pe_words_add(pe_page_scratch(page), page->lang, PE_W_NEEDED_BY, (const char *[]){rules.data},
                 1);
    pe_page_drop(page->out, &rules);
    pe_page_wrap(page, 6, "", PE_DIM, pe_page_text(page));
}

static size_t count_texts(const struct pe_group *group)
{
    size_t count = 1;

    for (size_t i = 1; i < group->count; i++)
        count += strcmp(group->items[i].text, group->items[i - 1].text) != 0;
    return count;
}

static void add_reason(struct unknowns *all, const struct pe_group *group)
{
    struct pe_page *page = all->page;
    const struct pe_finding *finding = group->items[0].finding;
    const char *hint = finding == NULL ? "" : pe_text_in(finding->hint, page->lang);
    size_t alike = count_texts(group) - 1;
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
        pe_section_location(page, 6, all->result, finding->place, finding->pointer);
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

static const struct pe_area *uncollected_of(const struct pe_group *group)
{
    return group->items[0].finding == NULL ? NULL : group->items[0].finding->uncollected;
}

/* One thing to do, whatever is missing of it: "Active Directory: not collected (14 rules)". */
static void add_uncollected(struct pe_page *page, const struct pe_group *group)
{
    const struct pe_area *area = uncollected_of(group);
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

    if (uncollected_of(area) != NULL) {
        add_uncollected(all->page, area);
        return;
    }
    add_area_head(all->page, area);
    for (size_t i = 0; i < area->count; i++)
        area->items[i].key = make_reason_key(all, &area->items[i]);
    reasons = pe_group_by_key(&all->arena, area->items, area->count, &count);
    for (size_t i = 0; reasons != NULL && i < count && i < SHOWN_REASONS; i++)
        add_reason(all, &reasons[i]);
    if (reasons == NULL || count <= SHOWN_REASONS)
        return;
    pe_words_add(pe_page_scratch(all->page), all->page->lang, PE_W_MORE_REASONS,
                 (const char *[]){pe_page_number(count - SHOWN_REASONS).text}, 1);
    pe_page_wrap(all->page, 4, "", PE_PLAIN, pe_page_text(all->page));
}

static int compare_areas(const void *left, const void *right)
{
    const struct pe_group *a = left, *b = right;
    size_t first = a->items[0].order, second = b->items[0].order;
    bool a_whole = uncollected_of(a) != NULL, b_whole = uncollected_of(b) != NULL;

    if (a_whole != b_whole)
        return a_whole ? -1 : 1;
    if (a->rules != b->rules)
        return a->rules > b->rules ? -1 : 1;
    return first < second ? -1 : first > second;
}

static void add_areas(struct unknowns *all)
{
    size_t count = 0;
    struct pe_group *areas = pe_group_by_key(&all->arena, all->list.items, all->list.count, &count);

    if (areas == NULL)
        return;
    qsort(areas, count, sizeof *areas, compare_areas);
    pe_page_heading(all->page, PE_W_HEAD_UNKNOWN, (const char *[]){pe_page_number(all->rules).text},
                    1);
    for (size_t i = 0; i < count; i++)
        add_area(all, &areas[i]);
}

int pe_section_unknown(struct pe_page *page, const struct pe_result *result, struct pe_err *err)
{
    struct unknowns all = {.page = page, .result = result};
    bool failed;

    collect(&all);
    add_areas(&all);
    failed = pe_arena_failed(&all.arena);
    pe_arena_release(&all.arena);
    return failed ? pe_err_memory(err) : 0;
}
