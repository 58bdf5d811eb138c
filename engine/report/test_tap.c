/* test_tap.c: what came of a pack's tests, in the Test Anything Protocol. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/tap_line.h"
#include "report/test_format.h"

static void add_case(struct pe_buf *out, const struct pe_test_case *test, size_t number)
{
    pe_tap_point(out, test->passed, number);
    pe_tap_add(out, test->control);
    pe_buf_adds(out, ": ");
    pe_tap_add(out, test->name);
    pe_buf_addc(out, '\n');
    if (test->passed)
        return;
    pe_tap_yaml_begin(out);
    pe_tap_yaml_add(out, PE_TAP_MEMBER, "message", test->why);
    pe_tap_yaml_end(out);
}

static void add_coverage(struct pe_buf *out, enum pe_coverage_kind kind,
                         const struct pe_coverage *coverage)
{
    struct pe_buf line = {0};
    unsigned share = pe_test_share(coverage);

    if (!coverage->measured)
        return;
    pe_buf_printf(&line, "%s covered: %zu of %zu (%u.%02u%%)", pe_coverage_word(kind),
                  coverage->covered, coverage->total, share / 100, share % 100);
    pe_tap_comment(out, line.data);
    for (size_t i = 0; i < coverage->uncovered_count; i++) {
        const struct pe_uncovered *un = &coverage->uncovered[i];
        pe_buf_clear(&line);
        pe_buf_printf(&line, "not covered: %s:%u", un->file, un->line);
        if (un->last_line != un->line)
            pe_buf_printf(&line, "-%u", un->last_line);
        pe_buf_printf(&line, "%s%s", un->what[0] == '\0' ? "" : " ", un->what);
        pe_tap_comment(out, line.data);
    }
    out->failed |= pe_buf_failed(&line);
    pe_buf_release(&line);
}

static void render(const struct pe_test_report *report, const struct pe_style *style,
                   struct pe_buf *out)
{
    (void)style;
    pe_tap_begin(out, report->count);
    for (size_t i = 0; i < report->count; i++)
        add_case(out, &report->cases[i], i + 1);
    for (int kind = 0; kind < PE_COVERAGE_COUNT; kind++)
        add_coverage(out, (enum pe_coverage_kind)kind, &report->coverage[kind]);
}

const struct pe_test_format pe_test_format_test_tap = {"tap", render};
