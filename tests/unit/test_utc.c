/* test_utc.c: times of RFC 3339, said in UTC. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/utc.h"
#include "lib/time.h"

static void check(const char *given, const char *expected)
{
    char out[PE_UTC_SIZE];

    if (!pe_utc_of(given, out))
        fail_msg("%s is refused", given);
    assert_string_equal(out, expected);
}

static void test_zones_are_taken_off(void **state)
{
    (void)state;
    check("2026-11-20T09:00:00+09:00", "2026-11-20T00:00:00Z");
    check("2026-11-20T08:59:59+09:00", "2026-11-19T23:59:59Z");
    check("2026-11-20T00:00:00Z", "2026-11-20T00:00:00Z");
    check("2026-11-20t00:00:00z", "2026-11-20T00:00:00Z");
    check("2026-11-20T00:00:00-00:00", "2026-11-20T00:00:00Z");
    check("2027-01-01T05:44:59+05:45", "2026-12-31T23:59:59Z");
    check("2026-12-31T12:00:00-12:01", "2027-01-01T00:01:00Z");
    check("2024-02-28T23:59:00-23:59", "2024-02-29T23:58:00Z");
    check("2100-03-01T00:00:00+00:01", "2100-02-28T23:59:00Z");
    check("2000-03-01T00:00:00+00:01", "2000-02-29T23:59:00Z");
}

static void test_fractions_keep_their_digits(void **state)
{
    (void)state;
    check("2026-11-20T00:00:00.5Z", "2026-11-20T00:00:00.5Z");
    check("2026-11-20T00:00:00.123456789+09:00", "2026-11-19T15:00:00.123456789Z");
    check("2026-11-20T00:00:00.500Z", "2026-11-20T00:00:00.500Z");
}

static void test_a_leap_second_is_the_second_before(void **state)
{
    (void)state;
    check("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z");
    check("2017-01-01T08:59:60+09:00", "2016-12-31T23:59:59Z");
}

static void test_years_end_where_formats_do(void **state)
{
    char out[PE_UTC_SIZE] = "untouched";

    (void)state;
    check("1900-01-01T00:00:00Z", "1900-01-01T00:00:00Z");
    check("1899-12-31T23:30:00-00:30", "1900-01-01T00:00:00Z");
    check("2999-12-31T23:59:59Z", "2999-12-31T23:59:59Z");
    check("3000-01-01T00:00:00+00:01", "2999-12-31T23:59:00Z");
    assert_false(pe_utc_of("1900-01-01T00:00:00+00:01", out));
    assert_false(pe_utc_of("2999-12-31T23:59:59-00:01", out));
    assert_false(pe_utc_of("0001-01-01T00:00:00Z", out));
    assert_false(pe_utc_of("9999-12-31T23:59:59Z", out));
    assert_string_equal(out, "untouched");
}

static void test_what_is_no_time_is_refused(void **state)
{
    static const char *const bad[] = {"",
                                      "x",
                                      "2026-11-20",
                                      "2026-11-20T00:00:00",
                                      "2026-11-20 00:00:00Z",
                                      "2026-11-20T00:00:00Zx",
                                      "2026-11-20T00:00:00.Z",
                                      "2026-11-20T00:00:00.1234567890Z",
                                      "2026-11-20T24:00:00Z",
                                      "2026-11-20T00:60:00Z",
                                      "2026-11-20T00:00:61Z",
                                      "2026-13-20T00:00:00Z",
                                      "2026-00-20T00:00:00Z",
                                      "2026-11-31T00:00:00Z",
                                      "2026-11-00T00:00:00Z",
                                      "2026-02-29T00:00:00Z",
                                      "2100-02-29T00:00:00Z",
                                      "2026-11-20T00:00:00+24:00",
                                      "2026-11-20T00:00:00+09:60",
                                      "2026-11-20T00:00:00+0900",
                                      "2026-11-20T00:00:00+9:00",
                                      "2026-11-20T00:00:00 09:00"};
    char out[PE_UTC_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (pe_utc_of(bad[i], out))
            fail_msg("%s is taken", bad[i]);
}

/* The other reader of times agrees on every day of four hundred years, in odd zones. */
static void test_it_is_the_same_instant(void **state)
{
    static const int minutes[] = {-1439, -570, -1, 0, 345, 840, 1439};
    struct pe_time_instant before, after;
    enum pe_time_why why;
    char given[64], out[PE_UTC_SIZE];

    (void)state;
    for (unsigned year = 1990, zone = 0; year < 2410; year++)
        for (unsigned month = 1; month <= 12; month++)
            for (unsigned day = 1; day <= 31; day++, zone++) {
                int offset = minutes[zone % 7], size = offset < 0 ? -offset : offset;
                snprintf(given, sizeof given, "%04u-%02u-%02uT%02u:%02u:%02u%c%02d:%02d",
                         year % 10000, month, day, zone % 24, zone % 60, zone % 59,
                         offset < 0 ? '-' : '+', size / 60, size % 60);
                if (pe_time_parse(given, strlen(given), &before, &why) != 0) {
                    assert_false(pe_utc_of(given, out)); /* 30 February */
                    continue;
                }
                assert_true(pe_utc_of(given, out));
                assert_int_equal(pe_time_parse(out, strlen(out), &after, &why), 0);
                assert_int_equal(pe_time_compare(before, after), 0);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_zones_are_taken_off),
        cmocka_unit_test(test_fractions_keep_their_digits),
        cmocka_unit_test(test_a_leap_second_is_the_second_before),
        cmocka_unit_test(test_years_end_where_formats_do),
        cmocka_unit_test(test_what_is_no_time_is_refused),
        cmocka_unit_test(test_it_is_the_same_instant),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
