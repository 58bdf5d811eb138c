/* text.c: the report for a person at a terminal. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include "report/diff.h"
#include "report/section.h"

static int add_result(struct pe_page *page, const struct pe_result *result, struct pe_err *err)
{
    pe_section_title(page, result);
    pe_section_profile(page, result);
    pe_section_gate(page, result);
    pe_section_problems(page, result);
    if (pe_section_findings(page, result, err) != 0 || pe_section_fault(page, result, err) != 0 ||
        pe_section_unknown(page, result, err) != 0)
        return -1;
    pe_section_waivers(page, result);
    pe_section_claims(page, result);
    if (pe_section_remarks(page, result, err) != 0)
        return -1;
    pe_section_unread(page, result);
    pe_section_table(page, result);
    pe_section_breakdown(page, result);
    pe_section_next(page, result);
    return 0;
}

static void add_verdicts(struct pe_page *page, const struct pe_run *run)
{
    for (size_t i = 0; i < run->count; i++)
        pe_section_verdict(page, &run->results[i]);
}

static void add_summary(struct pe_page *page, const struct pe_run *run)
{
    size_t passed = 0;

    for (size_t i = 0; i < run->count; i++)
        passed += run->results[i].passed;
    pe_page_heading(page, PE_W_HEAD_SUMMARY,
                    (const char *[]){pe_page_number(run->count).text, pe_page_number(passed).text,
                                     pe_page_number(run->count - passed).text},
                    3);
    add_verdicts(page, run);
}

/* Between two snapshots. */
static void add_divider(struct pe_page *page)
{
    pe_page_end(page);
    pe_buf_fill(page->out, '=', page->columns);
    pe_page_end(page);
    pe_page_end(page);
}

static int add_results(struct pe_page *page, const struct pe_run *run, struct pe_err *err)
{
    for (size_t i = 0; i < run->count; i++) {
        if (i > 0)
            add_divider(page);
        if (add_result(page, &run->results[i], err) != 0)
            return -1;
    }
    if (run->count > 1)
        add_summary(page, run);
    return 0;
}

static int render(const struct pe_run *run, const struct pe_style *style, struct pe_buf *out,
                  struct pe_err *err)
{
    struct pe_page page;
    int result = 0;

    pe_page_init(&page, style);
    if (style->quiet)
        add_verdicts(&page, run);
    else
        result = add_results(&page, run, err);
    if (run->baseline != NULL && style->quiet)
        pe_diff_add_verdict(&page, run->baseline);
    else if (run->baseline != NULL)
        pe_diff_section(&page, run->baseline);
    pe_page_finish(&page, out);
    return result == 0 && pe_buf_failed(out) ? pe_err_memory(err) : result;
}

const struct pe_report pe_report_text = {
    .name = "text",
    .render = render,
    .summary = "for a person: verdict, findings with the snapshot's lines, a line a control",
    .text_like = true,
};
