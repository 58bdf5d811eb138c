/* test.c: runs the tests that a pack brings. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/escape.h"
#include "base/width.h"
#include "cmd/command.h"
#include "report/page.h"

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

/* How many of the cases, from the first on, are about one control. */
static size_t count_same(const struct pe_test_report *report, size_t first)
{
    size_t end = first;

    while (end < report->count &&
           strcmp(report->cases[end].control, report->cases[first].control) == 0)
        end++;
    return end - first;
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

static void add_uncovered(struct pe_page *page, const struct pe_strings *uncovered)
{
    struct pe_buf *line = pe_page_scratch(page);

    for (size_t i = 0; i < uncovered->count; i++) {
        pe_buf_adds(line, i == 0 ? "" : ", ");
        pe_escape_adds(line, uncovered->items[i]);
    }
    if (uncovered->count > 0)
        pe_page_wrap(page, 0, pe_words(page->lang, PE_W_TEST_UNCOVERED), PE_YELLOW,
                     pe_page_text(page));
}

/* What a part of the tests covers says nothing. */
static void add_end(struct pe_page *page, const struct pe_test_report *report, bool all)
{
    pe_page_end(page);
    add_counts(page, report->count, report->failed);
    if (all)
        pe_words_add(page->out, page->lang, PE_W_TEST_COVERED,
                     (const char *[]){pe_page_number(report->rules_covered).text,
                                      pe_page_number(report->rules).text},
                     2);
    pe_page_end(page);
    if (all)
        add_uncovered(page, &report->uncovered);
}

static int print(const struct pe_args *args, const struct pe_test_report *report)
{
    struct pe_style style = pe_style_of(args);
    struct pe_buf out = {0};
    struct pe_page page;
    size_t columns, same;

    pe_page_init(&page, &out, &style);
    columns = widest_control(report, &page);
    for (size_t i = 0; i < report->count; i += same) {
        same = count_same(report, i);
        add_control(&page, &report->cases[i], same, columns);
    }
    add_end(&page, report, args->only.count == 0);
    out.failed |= pe_buf_failed(&page.scratch);
    pe_page_release(&page);
    return pe_print_all(&out);
}

/* ---- test ---- */

static int run_pack(const struct pe_args *args, struct pe_pack *pack)
{
    unsigned missing = 0;
    struct pe_job job = {.only = args->only, .sandbox = args->sandbox, .walls_missing = &missing};
    struct pe_test_report *report;
    struct pe_err err = {0};
    int result;

    for (size_t i = 0; i < args->fixtures.count; i++)
        if (pe_pack_add_fixtures(pack, args->fixtures.items[i], &err) != 0)
            return pe_complain("%s", err.text);
    result = pe_test(pack, &job, &report, &err);
    pe_tell_walls(args, missing);
    if (result != 0)
        return pe_complain("%s", err.text);
    result = report->failed > 0 ? PE_EXIT_FAIL : PE_EXIT_PASS;
    if (report->count == 0)
        result =
            pe_complain("no test ran: the tests of the pack %s hold no case", report->pack->id);
    else if (print(args, report) != 0)
        result = PE_EXIT_TROUBLE;
    pe_test_report_free(report);
    return result;
}

static int run_test(const struct pe_args *args)
{
    struct pe_pack *pack;
    int result;

    if (pe_load_one_pack(args, &pack) != 0)
        return PE_EXIT_TROUBLE;
    result = run_pack(args, pack);
    pe_pack_free(pack);
    return result;
}

static const char *const options[] = {"--pack",    "--fixtures", "--only",
                                      "--sandbox", "--color",    NULL};

const struct pe_command pe_command_test = {
    "test", "[PACK]", "Run a pack's own tests, and say which rules they cover.", options, run_test};
