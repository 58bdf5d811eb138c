/* test_text.c: what came of a pack's tests, for a person. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/escape.h"
#include "base/width.h"
#include "report/page.h"
#include "report/test_format.h"

enum { MOST_ID = 24 };

/* ---- a line a control, and its failures ---- */

static void add_counts(struct pe_page *page, size_t count, size_t failed)
{
    pe_words_add(page->out, page->lang, PE_W_TEST_TOTAL,
                 (const char *[]){pe_page_number(count).text, pe_page_number(count - failed).text,
                                  pe_page_number(failed).text},
                 3);
}

static void add_failure(struct pe_page *page, const struct pe_test_case *test)
{
    const char *lead = pe_words(page->lang, PE_W_TEST_FAILED);

    pe_page_paragraph(page, 2, lead, PE_RED, test->name);
    pe_page_paragraph(page, 2 + pe_width(lead), NULL, PE_PLAIN, test->why);
}

static void add_control(struct pe_page *page, const struct pe_test_case *cases, size_t count,
                        size_t columns)
{
    size_t failed = 0, used;

    for (size_t i = 0; i < count; i++)
        failed += !cases[i].passed;
    pe_escape_adds(pe_page_scratch(page), cases->control);
    used = pe_width_add_cut(page->out, pe_page_text(page), columns);
    pe_buf_fill(page->out, ' ', columns - used + 2);
    add_counts(page, count, failed);
    pe_page_end(page);
    for (size_t i = 0; i < count; i++)
        if (!cases[i].passed)
            add_failure(page, &cases[i]);
}

static size_t widest_control(const struct pe_test_report *report, struct pe_page *page)
{
    size_t widest = 1, width;

    for (size_t i = 0; i < report->count; i++) {
        pe_escape_adds(pe_page_scratch(page), report->cases[i].control);
        width = pe_width(pe_page_text(page));
        widest = width > widest ? width : widest;
    }
    return widest > MOST_ID ? MOST_ID : widest;
}

/* ---- the end ---- */

static void add_share(struct pe_page *page, enum pe_coverage_kind kind,
                      const struct pe_coverage *coverage)
{
    static const enum pe_word words[] = {PE_W_TEST_RULES, PE_W_TEST_LINES, PE_W_TEST_FIELDS};
    unsigned share = pe_test_share(coverage);
    struct pe_buf percent = {0};

    pe_buf_printf(&percent, "%u.%02u", share / 100, share % 100);
    pe_words_add(page->out, page->lang, words[kind],
                 (const char *[]){pe_page_number(coverage->covered).text,
                                  pe_page_number(coverage->total).text,
                                  percent.data == NULL ? "" : percent.data},
                 3);
    pe_page_end(page);
    pe_page_drop(page->out, &percent);
}

static void add_uncovered(struct pe_page *page, const struct pe_coverage *coverage)
{
    for (size_t i = 0; i < coverage->uncovered_count; i++) {
        const struct pe_uncovered *un = &coverage->uncovered[i];
        struct pe_buf *line = pe_page_scratch(page);
        pe_escape_adds(line, un->file);
        pe_buf_printf(line, ":%u", un->line);
        if (un->last_line != un->line)
            pe_buf_printf(line, "-%u", un->last_line);
        pe_buf_adds(line, un->what[0] == '\0' ? "" : "  ");
        pe_escape_adds(line, un->what);
        pe_page_wrap(page, 2, pe_words(page->lang, PE_W_TEST_UNCOVERED), PE_YELLOW,
                     pe_page_text(page));
    }
}

static void add_end(struct pe_page *page, const struct pe_test_report *report)
{
    pe_page_end(page);
    add_counts(page, report->count, report->failed);
    pe_page_end(page);
    for (int kind = 0; kind < PE_COVERAGE_COUNT; kind++) {
        if (!report->coverage[kind].measured)
            continue;
        add_share(page, (enum pe_coverage_kind)kind, &report->coverage[kind]);
        add_uncovered(page, &report->coverage[kind]);
    }
}

static void render(const struct pe_test_report *report, const struct pe_style *style,
                   struct pe_buf *out)
{
    struct pe_page page;
    size_t columns, same;

    pe_page_init(&page, style);
    columns = widest_control(report, &page);
    for (size_t i = 0; i < report->count; i += same) {
        same = pe_test_count_same(report, i);
        add_control(&page, &report->cases[i], same, columns);
    }
    add_end(&page, report);
    pe_page_finish(&page, out);
}

const struct pe_test_format pe_test_format_test_text = {"text", render};
