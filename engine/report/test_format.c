/* test_format.c: what the output formats of `test` share. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/test_format.h"

#include <string.h>

size_t pe_test_count_same(const struct pe_test_report *report, size_t first)
{
    size_t end = first;

    while (end < report->count &&
           strcmp(report->cases[end].control, report->cases[first].control) == 0)
        end++;
    return end - first;
}

unsigned pe_test_share(const struct pe_coverage *coverage)
{
    return coverage->total == 0 ? 10000 : (unsigned)(coverage->covered * 10000 / coverage->total);
}
