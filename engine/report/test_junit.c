/* test_junit.c: what came of a pack's tests, as JUnit's XML, which CI systems show. It is valid by
 * the schemas that junit.c names. */
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
    pe_xml_add_attribute(out, "time", "0");
    out->failed |= pe_buf_failed(&class);
    pe_buf_release(&class);
    if (test->passed) {
        pe_buf_adds(out, "/>\n");
        return;
    }
    pe_buf_adds(out, ">\n      <failure type=\"fail\"");
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

static void begin_suite(struct pe_buf *out, const struct pe_test_report *report,
                        const struct pe_test_case *cases, size_t count, size_t number)
{
    size_t failed = 0;

    for (size_t i = 0; i < count; i++)
        failed += !cases[i].passed;
    pe_buf_adds(out, "  <testsuite");
    pe_xml_add_attribute(out, "name", cases->control);
    pe_xml_add_attribute(out, "package", report->pack->id);
    pe_xml_add_number(out, "id", number);
    pe_xml_add_number(out, "tests", count);
    pe_xml_add_number(out, "failures", failed);
    pe_xml_add_number(out, "errors", 0);
    pe_buf_adds(out, " time=\"0\" timestamp=\"1970-01-01T00:00:00\" hostname=\"localhost\">\n");
}

/* Properties belong to a suite: the first carries those of the pack. */
static void add_suite(struct pe_buf *out, const struct pe_test_report *report, size_t first,
                      size_t count, size_t number)
{
    const struct pe_test_case *cases = &report->cases[first];

    begin_suite(out, report, cases, count, number);
    if (first == 0)
        add_coverage(out, report);
    else
        pe_buf_adds(out, "    <properties/>\n");
    for (size_t i = 0; i < count; i++)
        add_case(out, report, &cases[i]);
    pe_buf_adds(out, "    <system-out/>\n    <system-err/>\n  </testsuite>\n");
}

static void render(const struct pe_test_report *report, const struct pe_style *style,
                   struct pe_buf *out)
{
    size_t count, number = 0;

    (void)style;
    pe_buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for (size_t i = 0; i < report->count; i += count) {
        count = pe_test_count_same(report, i);
        add_suite(out, report, i, count, number++);
    }
    pe_buf_adds(out, "</testsuites>\n");
}

const struct pe_test_format pe_test_format_test_junit = {"junit", render};
