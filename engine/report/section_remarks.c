/* section_remarks.c: what does not apply and why, and what policies remarked. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include "base/escape.h"
#include "report/group.h"

enum { SHOWN_NOTES = 20 };

/* ---- what they share: a text, and the rules it is said of ---- */

/* "9.2.3 R1, 10.1.1 R2": each rule of the group once. */
static void add_rules(struct pe_page *page, const struct pe_group *group)
{
    struct pe_buf *line = pe_page_scratch(page);

    for (size_t i = 0; i < group->count; i++) {
        if (i > 0 && group->items[i].rule == group->items[i - 1].rule)
            continue;
        if (i > 0)
            pe_buf_adds(line, pe_words(page->lang, PE_W_COMMA));
        pe_section_add_rule(line, group->items[i].control, group->items[i].result);
    }
    pe_page_wrap(page, 4, "", PE_DIM, pe_page_text(page));
}

static void add_group(struct pe_page *page, const struct pe_group *group)
{
    pe_page_paragraph(page, 2, "- ", PE_DIM, group->items[0].text);
    add_rules(page, group);
}

/* Adds what a rule says to the list. */
typedef void add_fn(struct pe_arena *arena, struct pe_group_items *list, struct pe_group_item item,
                    enum pe_lang lang);

static void collect(const struct pe_result *result, enum pe_lang lang, add_fn *add,
                    struct pe_arena *arena, struct pe_group_items *list)
{
    struct pe_group_item item = {0};

    for (size_t i = 0; i < result->result_count; i++) {
        item.control = &result->results[i];
        for (size_t j = 0; j < item.control->rule_count; j++, item.rule++) {
            item.result = &item.control->rules[j];
            add(arena, list, item, lang);
        }
    }
}

typedef void print_fn(struct pe_page *page, const struct pe_group *groups, size_t count);

static int add_grouped(struct pe_page *page, const struct pe_result *result, add_fn *add,
                       print_fn *print, struct pe_err *err)
{
    struct pe_arena arena = {0};
    struct pe_group_items list = {0};
    struct pe_group *groups;
    size_t count = 0;
    bool failed;

    collect(result, page->lang, add, &arena, &list);
    groups = pe_group_by_key(&arena, list.items, list.count, &count);
    if (groups != NULL)
        print(page, groups, count);
    failed = pe_arena_failed(&arena);
    pe_arena_release(&arena);
    return failed ? pe_err_memory(err) : 0;
}

/* ---- what does not apply ---- */

static void add_reason(struct pe_arena *arena, struct pe_group_items *list,
                       struct pe_group_item item, enum pe_lang lang)
{
    if (item.result->status != PE_NOT_APPLICABLE)
        return;
    item.key = item.text = pe_text_in(item.result->reason, lang);
    pe_group_add(arena, list, item);
}

static void add_not_applicable(struct pe_page *page, const struct pe_group *groups, size_t count)
{
    size_t rules = 0;

    for (size_t i = 0; i < count; i++)
        rules += groups[i].rules;
    pe_page_heading(page, PE_W_HEAD_NOT_APPLICABLE, (const char *[]){pe_page_number(rules).text},
                    1);
    for (size_t i = 0; i < count; i++)
        add_group(page, &groups[i]);
}

/* ---- notes ---- */

/* The notes of a rule with findings stand beside them. */
static void add_notes_of(struct pe_arena *arena, struct pe_group_items *list,
                         struct pe_group_item item, enum pe_lang lang)
{
    if (pe_section_is_finding(item.result))
        return;
    for (size_t i = 0; i < item.result->note_count; i++) {
        item.key = item.text = pe_text_in(item.result->notes[i], lang);
        pe_group_add(arena, list, item);
    }
}

static void add_note(struct pe_page *page, const struct pe_group_item *item)
{
    struct pe_buf *line = pe_page_scratch(page);

    pe_section_add_rule(line, item->control, item->result);
    pe_buf_adds(line, pe_words(page->lang, PE_W_COLON));
    pe_escape_adds(line, item->text);
    pe_page_wrap(page, 2, "- ", PE_DIM, pe_page_text(page));
}

/* What several rules remark, as of a document that all of them rest on, is told once. */
static void add_notes(struct pe_page *page, const struct pe_group *groups, size_t count)
{
    pe_page_heading(page, PE_W_HEAD_NOTES, (const char *[]){pe_page_number(count).text}, 1);
    for (size_t i = 0; i < count && i < SHOWN_NOTES; i++) {
        if (groups[i].rules == 1)
            add_note(page, &groups[i].items[0]);
        else
            add_group(page, &groups[i]);
    }
    if (count <= SHOWN_NOTES)
        return;
    pe_words_add(pe_page_scratch(page), page->lang, PE_W_MORE_NOTES,
                 (const char *[]){pe_page_number(count - SHOWN_NOTES).text}, 1);
    pe_page_wrap(page, 2, "", PE_PLAIN, pe_page_text(page));
}

int pe_section_remarks(struct pe_page *page, const struct pe_result *result, struct pe_err *err)
{
    if (add_grouped(page, result, add_reason, add_not_applicable, err) != 0)
        return -1;
    return add_grouped(page, result, add_notes_of, add_notes, err);
}
