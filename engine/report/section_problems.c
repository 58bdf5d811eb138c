/* section_problems.c: what the model says is wrong with the snapshot. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include "base/width.h"
#include "report/problems.h"

enum { SHOWN_KINDS = 20 };

/* message: of one problem or of several, of which it is the first. */
static void add_problem(struct pe_page *page, const struct pe_result *result,
                        const struct pe_problem *problem, const char *message)
{
    struct pe_buf lead = {0};
    enum pe_lang lang = page->lang;
    const char *hint = pe_text_in(problem->hint, lang);
    size_t error = pe_width(pe_words(lang, PE_W_PROBLEM_ERROR));
    size_t warning = pe_width(pe_words(lang, PE_W_PROBLEM_WARNING));
    size_t columns = 2 + (error > warning ? error : warning);

    pe_width_add_padded(
        &lead, pe_words(lang, problem->warning ? PE_W_PROBLEM_WARNING : PE_W_PROBLEM_ERROR),
        columns);
    pe_page_paragraph(page, 2, lead.data, problem->warning ? PE_YELLOW : PE_RED, message);
    if (hint[0] != '\0')
        pe_page_paragraph(page, 2 + columns, "", PE_PLAIN, hint);
    pe_section_location(page, 2 + columns, result, problem->place, problem->pointer);
    pe_page_drop(page->out, &lead);
}

static void add_kind(struct pe_page *page, const struct pe_result *result,
                     const struct pe_problem_kind *kind)
{
    struct pe_buf message = {0};

    pe_buf_adds(&message, pe_text_in(kind->first->message, page->lang));
    if (kind->count > 1)
        pe_words_add(&message, page->lang, PE_W_MORE_ALIKE,
                     (const char *[]){pe_page_number(kind->count - 1).text}, 1);
    add_problem(page, result, kind->first, message.data == NULL ? "" : message.data);
    pe_page_drop(page->out, &message);
}

/* Returns how many problems are told so; *errors: whether any is an error. */
static size_t add_kinds(struct pe_page *page, const struct pe_result *result, bool *errors)
{
    struct pe_arena arena = {0};
    size_t count, told = 0;
    const struct pe_problem_kind *kinds = pe_problems_kinds(result, &arena, &count);

    for (size_t i = 0; i < count; i++) {
        *errors |= !kinds[i].first->warning;
        if (i >= SHOWN_KINDS)
            continue;
        add_kind(page, result, &kinds[i]);
        told += kinds[i].count;
    }
    page->out->failed |= pe_arena_failed(&arena);
    pe_arena_release(&arena);
    return told;
}

/* In one line; returns how many it stands for. */
static size_t add_nulls(struct pe_page *page, const struct pe_result *result)
{
    struct pe_nulls nulls = pe_problems_nulls(result);
    struct pe_buf text = {0};

    if (nulls.count == 0)
        return 0;
    pe_words_add(&text, page->lang, PE_W_PROBLEM_NULLS,
                 (const char *[]){pe_page_number(nulls.count).text}, 1);
    add_problem(page, result, nulls.first, text.data == NULL ? "" : text.data);
    pe_page_drop(page->out, &text);
    return nulls.count;
}

void pe_section_problems(struct pe_page *page, const struct pe_result *result)
{
    size_t told, nulls, total = result->problem_total;
    bool errors = false;

    if (total < result->problem_count)
        total = result->problem_count;
    if (total == 0)
        return;
    pe_page_heading(page, PE_W_HEAD_PROBLEMS, (const char *[]){pe_page_number(total).text}, 1);
    told = add_kinds(page, result, &errors);
    nulls = add_nulls(page, result);
    told += nulls;
    if (total > told) {
        pe_words_add(pe_page_scratch(page), page->lang, PE_W_MORE_PROBLEMS,
                     (const char *[]){pe_page_number(total - told).text}, 1);
        pe_page_wrap(page, 2, "", PE_PLAIN, pe_page_text(page));
    }
    if (errors || nulls > 0)
        pe_page_wrap(page, 2, "", PE_DIM, pe_words(page->lang, PE_W_READS_AS_ABSENT));
}
