/* test_junit.c: what came of a pack's tests, as JUnit's XML, which CI systems show. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/test_format.h"
#include "report/xml.h"

static void add_case(struct pe_buf *out, const struct pe_test_report *report,
                     const struct pe_test_case *test)
{
    struct pe_buf class = {0};

    pe_buf_printf(&class, "%s.%s", report->pack->id, test->control);
    pe_buf_adds(out, "    <testcase");
    pe_xml_add_attribute(out, "classname", class.data);
    pe_xml_add_attribute(out, "name", test->name);
    out->failed |= pe_buf_failed(&class);
    pe_buf_release(&class);
    if (test->passed) {
        pe_buf_adds(out, "/>\n");
        return;
    }
    pe_buf_adds(out, ">\n      <failure");
    pe_xml_add_attribute(out, "message", test->why);
    pe_buf_adds(out, "/>\n    </testcase>\n");
}

static void add_property(struct pe_buf *out, const char *name, size_t value)
{
    pe_buf_adds(out, "      <property");
    pe_xml_add_attribute(out, "name", name);
    pe_xml_add_number(out, "value", value);
    pe_buf_adds(out, "/>\n");
}

static void add_coverage(struct pe_buf *out, const struct pe_test_report *report)
{
    struct pe_buf name = {0};

    pe_buf_adds(out, "    <properties>\n");
    for (int kind = 0; kind < PE_COVERAGE_COUNT; kind++) {
        const struct pe_coverage *coverage = &report->coverage[kind];
        if (!coverage->measured)
            continue;
        pe_buf_clear(&name);
        pe_buf_printf(&name, "coverage.%s.covered", pe_coverage_word((enum pe_coverage_kind)kind));
        add_property(out, name.data, coverage->covered);
        pe_buf_clear(&name);
        pe_buf_printf(&name, "coverage.%s.total", pe_coverage_word((enum pe_coverage_kind)kind));
        add_property(out, name.data, coverage->total);
    }
    pe_buf_adds(out, "    </properties>\n");
    out->failed |= pe_buf_failed(&name);
    pe_buf_release(&name);
}

/* Properties belong to a suite: the first carries those of the pack. */
static void add_suite(struct pe_buf *out, const struct pe_test_report *report, size_t first,
                      size_t count)
{
    const struct pe_test_case *cases = &report->cases[first];
    size_t failed = 0;

    for (size_t i = 0; i < count; i++)
        failed += !cases[i].passed;
    pe_buf_adds(out, "  <testsuite");
    pe_xml_add_attribute(out, "name", cases->control);
    pe_xml_add_number(out, "tests", count);
    pe_xml_add_number(out, "failures", failed);
    pe_xml_add_number(out, "errors", 0);
    pe_buf_adds(out, ">\n");
    if (first == 0)
        add_coverage(out, report);
    for (size_t i = 0; i < count; i++)
        add_case(out, report, &cases[i]);
    pe_buf_adds(out, "  </testsuite>\n");
}

static void render(const struct pe_test_report *report, const struct pe_style *style,
                   struct pe_buf *out)
{
    size_t count;

    (void)style;
    pe_buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
    pe_xml_add_attribute(out, "name", report->pack->id);
    pe_xml_add_number(out, "tests", report->count);
    pe_xml_add_number(out, "failures", report->failed);
    pe_xml_add_number(out, "errors", 0);
    pe_buf_adds(out, ">\n");
    for (size_t i = 0; i < report->count; i += count) {
        count = pe_test_count_same(report, i);
        add_suite(out, report, i, count);
    }
    pe_buf_adds(out, "</testsuites>\n");
}

const struct pe_test_format pe_test_format_test_junit = {"junit", render};
