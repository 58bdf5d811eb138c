/* test_time_day.c: civil days, and how they are counted. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "time_support.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int64_t parse_day(const char *text)
{
    int64_t day;
    enum pe_time_why why;

    if (pe_time_parse_day(text, strlen(text), &day, &why) != 0)
        fail_msg("%s: %s", text, pe_time_why_text(why).en);
    return day;
}

static void assert_day(int64_t day, const char *want)
{
    char text[PE_TIME_TEXT_BYTES];
    enum pe_time_why why;

    assert_int_equal(pe_time_print_day(day, text, &why), 0);
    assert_string_equal(text, want);
}

static void test_dates_are_strict(void **state)
{
    static const char *const texts[] = {"2026-5-04", "2026/05/04",  "20260504",  "2026-05-04T",
                                        "",          "2026-05-04 ", "-026-05-04"};
    int64_t day = 7;
    enum pe_time_why why;
    size_t i;

    (void)state;
    assert_int_equal(parse_day("1970-01-01"), 0);
    assert_int_equal(parse_day("0001-01-01"), -719162);
    assert_int_equal(parse_day("9999-12-31"), 2932896);
    for (i = 0; i < COUNT(texts); i++) {
        assert_int_equal(pe_time_parse_day(texts[i], strlen(texts[i]), &day, &why), -1);
        assert_int_equal(why, PE_TIME_NOT_DATE);
    }
    assert_int_equal(pe_time_parse_day("2026-02-29", 10, &day, &why), -1);
    assert_int_equal(why, PE_TIME_FIELD);
    assert_int_equal(pe_time_parse_day("0000-01-01", 10, &day, &why), -1);
    assert_int_equal(why, PE_TIME_RANGE);
    assert_int_equal(day, 7);
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static void test_every_day_of_9999_years_goes_there_and_back(void **state)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t expected = -719162, day;
    int year, month, mday, y, m, d;
    enum pe_time_why why;

    (void)state;
    for (year = 1; year <= 9999; year++)
        for (month = 1; month <= 12; month++)
            for (mday = 1; mday <= lengths[month - 1] + (month == 2 && is_leap(year)); mday++) {
                if (pe_time_day_from_civil(year, month, mday, &day, &why) != 0 || day != expected ||
                    pe_time_civil_from_day(day, &y, &m, &d, &why) != 0 || y != year || m != month ||
                    d != mday)
                    fail_msg("%d-%d-%d", year, month, mday);
                expected++;
            }
    assert_int_equal(expected, 2932897);
    assert_int_equal(pe_time_civil_from_day(expected, &y, &m, &d, &why), -1);
    assert_int_equal(pe_time_civil_from_day(-719163, &y, &m, &d, &why), -1);
}

static void test_the_day_of_an_instant_depends_on_the_zone(void **state)
{
    struct pe_time_instant at = time_of("2026-03-31T23:30:00Z");

    (void)state;
    assert_day(pe_time_day_of(at, time_utc), "2026-03-31");
    assert_day(pe_time_day_of(at, time_tokyo), "2026-04-01");
    assert_int_equal(pe_time_day_of(time_of("1969-12-31T23:59:59Z"), time_utc), -1);
    assert_int_equal(pe_time_day_of(time_of("1970-01-01T00:00:00Z"), (struct pe_time_zone){-60}),
                     -1);
}

static void test_days_between_instants_are_civil_days(void **state)
{
    struct pe_time_instant evening = time_of("2026-03-31T14:59:59Z");
    struct pe_time_instant night = time_of("2026-03-31T15:00:00Z");

    (void)state;
    assert_int_equal(pe_time_days_between(evening, night, time_tokyo), 1);
    assert_int_equal(pe_time_days_between(evening, night, time_utc), 0);
    assert_int_equal(pe_time_days_between(night, evening, time_tokyo), -1);
    assert_int_equal(pe_time_days_between(time_of("2024-02-28T00:00:00Z"),
                                          time_of("2024-03-01T00:00:00Z"), time_utc),
                     2);
}

static void test_the_90_day_clock_begins_on_the_day_after(void **state)
{
    static const char *const cases[][3] = {
        {"2026-03-31", "2026-04-01", "2026-06-29"}, {"2026-11-21", "2026-11-22", "2027-02-19"},
        {"2026-12-31", "2027-01-01", "2027-03-31"}, {"2027-12-01", "2027-12-02", "2028-02-29"},
        {"2028-01-15", "2028-01-16", "2028-04-14"},
    };
    enum pe_time_why why;
    int64_t day;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(cases); i++) {
        assert_int_equal(pe_time_add_days(parse_day(cases[i][0]), 1, &day, &why), 0);
        assert_day(day, cases[i][1]);
        assert_int_equal(pe_time_add_days(parse_day(cases[i][0]), 90, &day, &why), 0);
        assert_day(day, cases[i][2]);
    }
}

/* Ended at 10:00 and erased at 23:00, both in Japan, 90 civil days later: in time, although more
 * than 90 times 24 hours have passed. */
static void test_the_90_day_clock_counts_days_and_not_hours(void **state)
{
    struct pe_time_instant ended = time_of("2026-03-31T10:00:00+09:00"), end;
    struct pe_time_instant erased = time_of("2026-06-29T23:00:00+09:00");
    struct pe_time_instant late = time_of("2026-06-30T00:00:00+09:00");
    enum pe_time_why why;
    int64_t deadline;

    (void)state;
    assert_int_equal(pe_time_add_days(pe_time_day_of(ended, time_tokyo), 90, &deadline, &why), 0);
    assert_int_equal(pe_time_end_of_day(deadline, time_tokyo, &end, &why), 0);
    assert_true(pe_time_age(ended, erased).seconds > 90 * 86400);
    assert_true(pe_time_compare(erased, end) <= 0);
    assert_true(pe_time_compare(late, end) > 0);
    assert_int_equal(pe_time_days_between(ended, erased, time_tokyo), 90);
    assert_int_equal(pe_time_days_between(ended, late, time_tokyo), 91);
}

static void test_adding_days_stops_at_the_limits(void **state)
{
    int64_t day = 7;
    enum pe_time_why why;

    (void)state;
    assert_int_equal(pe_time_add_days(parse_day("9999-12-31"), 1, &day, &why), -1);
    assert_int_equal(pe_time_add_days(0, INT64_MAX, &day, &why), -1);
    assert_int_equal(pe_time_add_days(0, INT64_MIN, &day, &why), -1);
    assert_int_equal(pe_time_add_days(INT64_MAX, INT64_MAX, &day, &why), -1);
    assert_int_equal(why, PE_TIME_RANGE);
    assert_int_equal(day, 7);
    assert_int_equal(pe_time_add_days(parse_day("2024-02-29"), -366, &day, &why), 0);
    assert_day(day, "2023-02-28");
}

static void test_a_day_has_a_start_and_an_end_in_its_zone(void **state)
{
    struct pe_time_instant at;
    enum pe_time_why why;
    int64_t day = parse_day("2026-03-31");

    (void)state;
    assert_int_equal(pe_time_start_of_day(day, time_tokyo, &at, &why), 0);
    check_prints(at, time_utc, "2026-03-30T15:00:00Z");
    assert_int_equal(pe_time_end_of_day(day, time_tokyo, &at, &why), 0);
    check_prints(at, time_utc, "2026-03-31T14:59:59.999999999Z");
    assert_int_equal(pe_time_start_of_day(parse_day("0001-01-01"), time_tokyo, &at, &why), -1);
    assert_int_equal(
        pe_time_end_of_day(parse_day("9999-12-31"), (struct pe_time_zone){-1}, &at, &why), -1);
    assert_int_equal(pe_time_start_of_day(INT64_MAX, time_utc, &at, &why), -1);
    assert_int_equal(pe_time_end_of_day(INT64_MIN, time_utc, &at, &why), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates_are_strict),
        cmocka_unit_test(test_every_day_of_9999_years_goes_there_and_back),
        cmocka_unit_test(test_the_day_of_an_instant_depends_on_the_zone),
        cmocka_unit_test(test_days_between_instants_are_civil_days),
        cmocka_unit_test(test_the_90_day_clock_begins_on_the_day_after),
        cmocka_unit_test(test_the_90_day_clock_counts_days_and_not_hours),
        cmocka_unit_test(test_adding_days_stops_at_the_limits),
        cmocka_unit_test(test_a_day_has_a_start_and_an_end_in_its_zone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
