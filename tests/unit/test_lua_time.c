/* test_lua_time.c: time.* as policies see it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "lua_harness.h"

#define AS_OF "\"as_of\": \"2026-11-21T09:00:00+09:00\""

static void test_a_timestamp_becomes_seconds(void **state)
{
    (void)state;
    harness_value("{}", "time.seconds('1970-01-02T00:00:00Z')", "86400");
    harness_value("{}", "time.seconds('2026-03-31T23:30:00.5+09:00')", "1774967400");
    harness_unknown("{\"t\": \"2026-12-21 23:43\"}", "time.seconds(s.t)", "/t", "cannot be used");
    harness_unknown("{\"t\": 5}", "time.seconds(s.t)", NULL, "expected a timestamp");
}

static void test_an_age_is_counted_from_the_evaluation_time(void **state)
{
    (void)state;
    harness_value("{" AS_OF "}", "time.age('2026-11-20T09:00:00+09:00', as_of)", "86400");
    harness_value("{" AS_OF "}", "time.age(as_of, as_of)", "0");
    harness_value("{" AS_OF "}", "time.age_days('2026-11-20T23:59:00+09:00', as_of, 'Asia/Tokyo')",
                  "1");
    harness_value("{" AS_OF "}", "time.age_days('2026-11-20T23:59:00+09:00', as_of, 'UTC')", "1");
    harness_value("{" AS_OF "}", "time.age_days('2026-11-20T15:00:00Z', as_of, 'Asia/Tokyo')", "0");
}

static void test_the_future_has_no_age(void **state)
{
    (void)state;
    harness_unknown("{" AS_OF ", \"t\": \"2026-11-21T00:00:01Z\"}",
                    "ensure(time.age(s.t, as_of) < 10, s, 'no')", "/t", "lies in the future");
    harness_unknown("{" AS_OF ", \"t\": \"2026-11-22T00:00:00Z\"}",
                    "time.age_days(s.t, as_of, 'Asia/Tokyo')", "/t", "lies in the future");
}

static void test_what_came_after_came_after(void **state)
{
    const char *two = "{\"t\": \"2026-11-20T09:00:00+09:00\", \"u\": \"2026-11-19T23:59:59Z\"}";

    (void)state;
    harness_value("{}", "time.since('2026-11-20T09:00:00+09:00', '2026-11-20T00:00:00Z')", "0");
    harness_value("{}", "time.since('2026-11-20T00:00:00Z', '2026-11-21T00:00:01Z')", "86401");
    harness_unknown(two, "ensure(time.since(s.t, s.u) > 0, s, 'no')", "/u",
                    "it comes before /t (2026-11-20T09:00:00+09:00)");
    harness_unknown(two, "time.since('2026-11-20T00:00:00Z', s.u)", "/u",
                    "it comes before 2026-11-20T00:00:00Z");
    harness_value(two, "time.since(s.u, s.t)", "1");
    harness_unknown(two, "time.since(s.t, s.v)", "/v", "is missing");
}

static void test_without_an_evaluation_time_the_reason_says_so(void **state)
{
    (void)state;
    harness_unknown("{\"t\": \"2026-11-21T00:00:01Z\"}",
                    "ensure(time.age(s.t, as_of) < 10, s, 'no')", NULL, "no evaluation time");
    harness_unknown("{\"t\": \"2026-11-21T00:00:01Z\"}",
                    "ensure(time.is_before(s.t, as_of), s, 'no')", NULL, "no evaluation time");
    harness_unknown("{\"t\": \"2026-11-21T00:00:01Z\", \"as_of\": \"yesterday\"}",
                    "ensure(time.age(s.t, as_of) < 10, s, 'no')", NULL, "no evaluation time");
    harness_unknown("{}", "time.seconds(s.t)", "/t", "is missing");
}

static void test_the_snapshots_as_of_is_evidence_and_never_blamed(void **state)
{
    struct harness_result result = harness_run("{\"t\": \"2026-11-20T00:00:00Z\", " AS_OF "}",
                                               "ensure(time.age(s.t, as_of) < 10, nil, 'old')");

    (void)state;
    assert_int_equal(result.status, PE_FAIL);
    assert_string_equal(result.findings[0].pointer, "/t");
    assert_true(harness_has_read(&result, "/as_of"));
    harness_release(&result);

    result = harness_run("{\"t\": \"2026-11-20T00:00:00Z\", " AS_OF "}",
                         "local t = s.t ensure(t ~= 'x', nil, 'x') "
                         "ensure(time.age(t, as_of) < 10, nil, 'old')");
    assert_int_equal(result.status, PE_FAIL);
    assert_string_equal(result.findings[0].pointer, "/t");
    harness_release(&result);
}

static void test_an_as_of_by_option_is_not_in_the_snapshot(void **state)
{
    struct harness_result result = harness_run_with(
        &(struct harness){.json = "{\"t\": \"2026-11-20T00:00:00Z\", " AS_OF "}",
                          .check = "ensure(time.age(s.t, as_of) == 3600, nil, 'old')",
                          .as_of = "2026-11-20T01:00:00Z"});

    (void)state;
    assert_int_equal(result.status, PE_PASS);
    assert_false(harness_has_read(&result, "/as_of"));
    harness_release(&result);
}

static void test_days_are_civil_days_in_a_zone(void **state)
{
    (void)state;
    harness_value("{}", "time.day('1970-01-02')", "1");
    harness_value("{}", "time.date('2026-03-31T23:30:00Z', 'Asia/Tokyo')", "2026-04-01");
    harness_value("{}", "time.date('2026-03-31T23:30:00Z', 'UTC')", "2026-03-31");
    harness_value("{}", "time.add_days('2026-11-21', 90)", "2027-02-19");
    harness_value("{}", "time.add_days('2028-01-15', 90)", "2028-04-14");
    harness_value("{}", "time.days_between('2026-11-21', '2027-02-19')", "90");
    harness_value("{}", "time.start_of_day('1970-01-01', 'Asia/Tokyo')", "-32400");
    harness_value("{}", "time.end_of_day('1970-01-01', 'UTC')", "86399");
    harness_value("{}", "time.is_before('2026-01-01T00:00:00Z', '2026-01-01T00:00:00.1Z')", "true");
    harness_unknown("{\"d\": \"2026-02-30\"}", "time.add_days(s.d, 1)", "/d", "cannot be used");
    harness_unknown("{\"z\": \"Europe/Paris\"}", "time.start_of_day('2026-01-01', s.z)", "/z",
                    "cannot be used");
    harness_unknown("{\"t\": \"2026-03-31T23:30:00Z\"}", "time.day(s.t)", NULL, "a time zone");
    harness_unknown("{\"n\": 1.5}", "time.add_days('2026-01-01', s.n)", NULL, "a whole number");
    harness_unknown("{\"n\": 9000000}", "time.add_days('2026-01-01', s.n)", NULL,
                    "time.add_days cannot use argument 1");
}

static void test_what_the_policy_gave_itself_is_told_with_line_helper_and_argument(void **state)
{
    (void)state;
    harness_unknown("{" AS_OF ", \"t\": \"2026-11-19T00:00:00Z\"}",
                    "local t = s.t\nensure(time.age_days(t) < 10, s, 'no')", NULL,
                    "1.1.lua:6: time.age_days cannot use argument 2: expected a timestamp "
                    "(2026-05-04T17:15:48Z), found nothing");
    harness_unknown("{\"a\": 1}", "ensure(s.a == 1 and net.contains({ 'x' }, '10.0.0.1'), s, 'no')",
                    NULL, "1.1.lua:5: net.contains cannot use argument 1: ");
}

static void test_durations_and_exports_are_read(void **state)
{
    (void)state;
    harness_value("{}", "time.duration('P90D')", "7776000");
    harness_value("{}", "time.duration('90.00:00:00')", "7776000");
    harness_unknown("{\"d\": \"P3M\"}", "time.duration(s.d)", "/d", "cannot be used");
    harness_value("{}", "time.export('/Date(1777406310050)/')", "1777406310");
    harness_value("{}", "time.export('0001-01-01T00:00:00Z')", "none");
    harness_unknown("{\"d\": \"05/04/2026 17:15:48\"}", "time.export(s.d)", "/d", "cannot be used");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_timestamp_becomes_seconds),
        cmocka_unit_test(test_an_age_is_counted_from_the_evaluation_time),
        cmocka_unit_test(test_the_future_has_no_age),
        cmocka_unit_test(test_what_came_after_came_after),
        cmocka_unit_test(test_without_an_evaluation_time_the_reason_says_so),
        cmocka_unit_test(test_the_snapshots_as_of_is_evidence_and_never_blamed),
        cmocka_unit_test(test_an_as_of_by_option_is_not_in_the_snapshot),
        cmocka_unit_test(test_days_are_civil_days_in_a_zone),
        cmocka_unit_test(test_what_the_policy_gave_itself_is_told_with_line_helper_and_argument),
        cmocka_unit_test(test_durations_and_exports_are_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
