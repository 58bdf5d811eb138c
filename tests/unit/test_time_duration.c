/* test_time_duration.c: durations, as ISO 8601 and .NET write them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "lib/time.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int64_t duration(const char *text)
{
    int64_t seconds;
    enum pe_time_why why;

    if (pe_time_parse_duration(text, strlen(text), &seconds, &why) != 0)
        fail_msg("%s: %s", text, pe_time_why_text(why).en);
    return seconds;
}

static void assert_no_duration(const char *text, enum pe_time_why want)
{
    int64_t seconds = 7;
    enum pe_time_why why = PE_TIME_OK;

    if (pe_time_parse_duration(text, strlen(text), &seconds, &why) != -1)
        fail_msg("%s was accepted", text);
    if (why != want)
        fail_msg("%s: %s", text, pe_time_why_text(why).en);
    assert_int_equal(seconds, 7);
}

static void test_durations_of_three_kinds_are_the_same(void **state)
{
    (void)state;
    assert_int_equal(duration("P90D"), 90 * 86400);
    assert_int_equal(duration("90.00:00:00"), 90 * 86400);
    assert_int_equal(duration("90"), 90 * 86400);
    assert_int_equal(duration("P31D"), 31 * 86400);
}

static void test_iso_durations_are_read(void **state)
{
    (void)state;
    assert_int_equal(duration("P2W"), 14 * 86400);
    assert_int_equal(duration("PT12H"), 43200);
    assert_int_equal(duration("PT5M"), 300);
    assert_int_equal(duration("P1DT12H30M5S"), 86400 + 45005);
    assert_int_equal(duration("PT1.9S"), 1);
    assert_int_equal(duration("P0D"), 0);
    assert_int_equal(duration("P10675199DT2H48M5.4775807S"), INT64_C(922337203685));
    assert_int_equal(duration("P999999999D"), INT64_C(999999999) * 86400);
}

static void test_dotnet_time_spans_are_read(void **state)
{
    (void)state;
    assert_int_equal(duration("00:30:00"), 1800);
    assert_int_equal(duration("1.02:03:04"), 93784);
    assert_int_equal(duration("10675199.02:48:05.4775807"), INT64_C(922337203685));
    assert_int_equal(duration("0"), 0);
    assert_no_duration("90.24:00:00", PE_TIME_NOT_DURATION);
    assert_no_duration("90.00:60:00", PE_TIME_NOT_DURATION);
    assert_no_duration("90.0:00:00", PE_TIME_NOT_DURATION);
    assert_no_duration("90.5", PE_TIME_NOT_DURATION);
    assert_no_duration("12:30", PE_TIME_NOT_DURATION);
    assert_no_duration("90.00:00:00x", PE_TIME_NOT_DURATION);
}

static void test_years_and_months_are_refused_for_that(void **state)
{
    (void)state;
    assert_no_duration("P3M", PE_TIME_MONTHS);
    assert_no_duration("P1Y", PE_TIME_MONTHS);
    assert_no_duration("P1Y2M10DT2H30M", PE_TIME_MONTHS);
}

static void test_other_durations_are_refused(void **state)
{
    static const char *const texts[] = {
        "",       "P",       "PT",    "P1DT",   "P90",       "90D",        "P1W2D",        "PT1S1M",
        "PT1H1H", "P1.5D",   "PT1.S", "PT1.5H", "p90d",      "P 90D",      "PT1D",         "P1H",
        "P-90D",  "90 days", "1e3",   "0x10",   "P1DT1HT1M", "9999999999", "P9999999999D",
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(texts); i++)
        assert_no_duration(texts[i], PE_TIME_NOT_DURATION);
    assert_no_duration("-90", PE_TIME_NEGATIVE);
    assert_no_duration("-P90D", PE_TIME_NEGATIVE);
    assert_no_duration("-90.00:00:00", PE_TIME_NEGATIVE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_durations_of_three_kinds_are_the_same),
        cmocka_unit_test(test_iso_durations_are_read),
        cmocka_unit_test(test_dotnet_time_spans_are_read),
        cmocka_unit_test(test_years_and_months_are_refused_for_that),
        cmocka_unit_test(test_other_durations_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
