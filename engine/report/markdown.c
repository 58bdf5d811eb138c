/* markdown.c: a page for job summaries, merge requests and wikis (CommonMark with GFM's tables). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include "report/markdown_part.h"
#include "report/section.h"

/* GitHub drops a job summary of 1 MiB or more as a whole. */
enum { MOST_KIB = 900, REMARK_BYTES = 1024 };

static void add_verdict(struct pe_buf *out, bool passed, enum pe_lang lang)
{
    pe_buf_printf(out, "# policyeval: %s\n",
                  pe_words(lang, passed ? PE_W_VERDICT_PASS : PE_W_VERDICT_FAIL));
}

static void add_summary(struct pe_buf *out, const struct pe_run *run, enum pe_lang lang)
{
    size_t passed = 0;

    for (size_t i = 0; i < run->count; i++)
        passed += run->results[i].passed;
    pe_buf_addc(out, '\n');
    pe_words_add(out, lang, PE_W_HEAD_SUMMARY,
                 (const char *[]){pe_page_number(run->count).text, pe_page_number(passed).text,
                                  pe_page_number(run->count - passed).text},
                 3);
    pe_buf_addc(out, '\n');
}

static int add_result(struct pe_buf *out, const struct pe_result *result,
                      const struct pe_style *style, struct pe_err *err)
{
    pe_markdown_head(out, result, style->lang);
    if (style->quiet)
        return 0;
    pe_markdown_gate(out, result, style->lang);
    pe_markdown_problems(out, result, style->lang);
    pe_markdown_findings(out, result, style->lang);
    if (pe_markdown_fault(out, result, style->lang, err) != 0)
        return -1;
    pe_markdown_unknown(out, result, style->lang);
    pe_markdown_waivers(out, result, style->lang);
    pe_markdown_table(out, result, style->lang);
    return 0;
}

/* Cuts behind a line, and says so. */
static void cut(struct pe_buf *out, enum pe_lang lang)
{
    size_t length = (size_t)MOST_KIB * 1024 - REMARK_BYTES;

    if (pe_buf_failed(out) || out->length <= (size_t)MOST_KIB * 1024)
        return;
    while (length > 0 && out->data[length - 1] != '\n')
        length--;
    out->length = length;
    pe_buf_adds(out, "\n> ");
    pe_words_add(out, lang, PE_W_CUT_PAGE, (const char *[]){pe_page_number(MOST_KIB).text}, 1);
    pe_buf_addc(out, '\n');
}

static int render(const struct pe_run *run, const struct pe_style *style, struct pe_buf *out,
                  struct pe_err *err)
{
    add_verdict(out, run->passed, style->lang);
    if (run->count > 1)
        add_summary(out, run, style->lang);
    for (size_t i = 0; i < run->count; i++)
        if (add_result(out, &run->results[i], style, err) != 0)
            return -1;
    cut(out, style->lang);
    return pe_buf_failed(out) ? pe_err_memory(err) : 0;
}

const struct pe_report pe_report_markdown = {
    .name = "markdown",
    .render = render,
    .summary = "a page for job summaries and merge requests",
    .text_like = true,
};
