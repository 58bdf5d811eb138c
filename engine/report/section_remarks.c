/* section_remarks.c: what does not apply and why, and what policies remarked. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include "base/escape.h"
#include "report/group.h"

enum { SHOWN_NOTES = 20 };

static void collect(const struct pe_result *result, enum pe_lang lang, struct pe_arena *arena,
                    struct pe_group_items *list)
{
    for (size_t i = 0, number = 0; i < result->result_count; i++) {
        const struct pe_control_result *control = &result->results[i];
        for (size_t j = 0; j < control->rule_count; j++, number++) {
            const struct pe_rule_result *rule = &control->rules[j];
            const char *reason = pe_text_in(rule->reason, lang);
            if (rule->status != PE_NOT_APPLICABLE)
                continue;
            pe_group_add(arena, list,
                         (struct pe_group_item){.key = reason,
                                                .text = reason,
                                                .rule = number,
                                                .control = control,
                                                .result = rule});
        }
    }
}

static void add_reason(struct pe_page *page, const struct pe_group *group)
{
    struct pe_buf *line;

    pe_page_paragraph(page, 2, "- ", PE_DIM, group->items[0].text);
    line = pe_page_scratch(page);
    for (size_t i = 0; i < group->count; i++) {
        if (i > 0)
            pe_buf_adds(line, pe_words(page->lang, PE_W_COMMA));
        pe_section_add_rule(line, group->items[i].control, group->items[i].result);
    }
    pe_page_wrap(page, 4, "", PE_DIM, pe_page_text(page));
}

static int add_not_applicable(struct pe_page *page, const struct pe_result *result,
                              struct pe_err *err)
{
    struct pe_arena arena = {0};
    struct pe_group_items list = {0};
    struct pe_group *groups;
    size_t count = 0;
    bool failed;

    collect(result, page->lang, &arena, &list);
    groups = pe_group_by_key(&arena, list.items, list.count, &count);
    if (groups != NULL)
        pe_page_heading(page, PE_W_HEAD_NOT_APPLICABLE,
                        (const char *[]){pe_page_number(list.count).text}, 1);
    for (size_t i = 0; groups != NULL && i < count; i++)
        add_reason(page, &groups[i]);
    failed = pe_arena_failed(&arena);
    pe_arena_release(&arena);
    return failed ? pe_err_memory(err) : 0;
}

static void add_note(struct pe_page *page, const struct pe_control_result *control,
                     const struct pe_rule_result *rule, struct pe_text note)
{
    struct pe_buf *line = pe_page_scratch(page);

    pe_section_add_rule(line, control, rule);
    pe_buf_adds(line, pe_words(page->lang, PE_W_COLON));
    pe_escape_adds(line, pe_text_in(note, page->lang));
    pe_page_wrap(page, 2, "- ", PE_DIM, pe_page_text(page));
}

/* Adds notes up to the limit and returns how many there are; with a limit of 0 it only counts.
 * The notes of a rule with findings stand beside them. */
static size_t add_notes_of(struct pe_page *page, const struct pe_control_result *control,
                           size_t before, size_t limit)
{
    size_t found = before;

    for (size_t i = 0; i < control->rule_count; i++) {
        const struct pe_rule_result *rule = &control->rules[i];
        if (pe_section_is_finding(rule))
            continue;
        for (size_t j = 0; j < rule->note_count; j++, found++) {
            if (found < limit)
                add_note(page, control, rule, rule->notes[j]);
        }
    }
    return found;
}

static size_t walk_notes(struct pe_page *page, const struct pe_result *result, size_t limit)
{
    size_t found = 0;

    for (size_t i = 0; i < result->result_count; i++)
        found = add_notes_of(page, &result->results[i], found, limit);
    return found;
}

static void add_notes(struct pe_page *page, const struct pe_result *result)
{
    size_t count = walk_notes(page, result, 0);

    if (count == 0)
        return;
    pe_page_heading(page, PE_W_HEAD_NOTES, (const char *[]){pe_page_number(count).text}, 1);
    walk_notes(page, result, SHOWN_NOTES);
    if (count <= SHOWN_NOTES)
        return;
    pe_words_add(pe_page_scratch(page), page->lang, PE_W_MORE_NOTES,
                 (const char *[]){pe_page_number(count - SHOWN_NOTES).text}, 1);
    pe_page_wrap(page, 2, "", PE_PLAIN, pe_page_text(page));
}

int pe_section_remarks(struct pe_page *page, const struct pe_result *result, struct pe_err *err)
{
    if (add_not_applicable(page, result, err) != 0)
        return -1;
    add_notes(page, result);
    return 0;
}
