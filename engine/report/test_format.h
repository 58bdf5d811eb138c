/* test_format.h: one output format of `test`.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A format is a file of this folder, test_NAME.c, that ends in
 * `const struct pe_test_format pe_test_format_test_NAME`; the build lists them. Like a report of a
 * run it is a function of its input, and every string it prints came from a pack.
 */
#ifndef PE_REPORT_TEST_FORMAT_H
#define PE_REPORT_TEST_FORMAT_H

#include "base/buf.h"
#include "policyeval.h"

struct pe_test_format {
    const char *name; /* "tap" */
    /* Adds the whole; running out of memory shows in the buffer. */
    void (*render)(const struct pe_test_report *report, const struct pe_style *style,
                   struct pe_buf *out);
};

/* Written by the build. */
extern const struct pe_test_format *const pe_test_format_list[];
extern const size_t pe_test_format_list_count;

/* How many cases, from the first on, are about one control. */
size_t pe_test_count_same(const struct pe_test_report *report, size_t first);

/* Hundredths of a percent that are covered, rounded down: 10000 only when all is. */
unsigned pe_test_share(const struct pe_coverage *coverage);

#endif
