/* test_time.c: instants, zones and ages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "time_support.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void assert_is(const char *text, const char *want)
{
    check_prints(time_of(text), time_utc, want);
}

static void assert_refused(const char *text, enum pe_time_why want)
{
    struct pe_time_instant at = {7, 7};
    enum pe_time_why why = PE_TIME_OK;

    if (pe_time_parse(text, strlen(text), &at, &why) != -1)
        fail_msg("%s was accepted", text);
    if (why != want)
        fail_msg("%s: %s", text, pe_time_why_text(why).en);
    assert_int_equal(at.seconds, 7);
}

/* ---- timestamps ---- */

static void test_timestamps_are_read(void **state)
{
    (void)state;
    assert_int_equal(time_of("1970-01-01T00:00:00Z").seconds, 0);
    assert_int_equal(time_of("2026-05-04T17:15:48Z").seconds, 1777914948);
    assert_int_equal(time_of("1969-12-31T23:59:59Z").seconds, -1);
    assert_is("2026-05-04t17:15:48z", "2026-05-04T17:15:48Z");
    assert_is("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z");
    assert_is("2000-02-29T23:59:59Z", "2000-02-29T23:59:59Z");
}

static void test_offsets_move_an_instant_to_utc(void **state)
{
    (void)state;
    assert_is("2026-04-01T08:30:00+09:00", "2026-03-31T23:30:00Z");
    assert_is("2026-12-31T20:00:00-05:30", "2027-01-01T01:30:00Z");
    assert_is("2026-05-04T17:15:48-00:00", "2026-05-04T17:15:48Z");
    assert_is("2026-05-04T17:15:48+23:59", "2026-05-03T17:16:48Z");
}

static void test_fractions_of_one_to_nine_digits_are_kept(void **state)
{
    (void)state;
    assert_int_equal(time_of("2026-05-04T17:15:48.307Z").nanoseconds, 307000000);
    assert_int_equal(time_of("2022-01-26T10:47:26.6044384Z").nanoseconds, 604438400);
    assert_int_equal(time_of("2022-01-26T10:47:26.000000001Z").nanoseconds, 1);
    assert_is("2022-01-26T10:47:26.6044384Z", "2022-01-26T10:47:26.6044384Z");
    assert_is("2022-01-26T10:47:26.500+09:00", "2022-01-26T01:47:26.5Z");
    assert_is("2022-01-26T10:47:26.0Z", "2022-01-26T10:47:26Z");
    assert_refused("2022-01-26T10:47:26.Z", PE_TIME_FRACTION);
    assert_refused("2022-01-26T10:47:26.1234567890Z", PE_TIME_FRACTION);
    assert_refused("2022-01-26T10:47:26,5Z", PE_TIME_NOT_TIME);
}

static void test_a_timestamp_without_a_zone_is_refused_for_that(void **state)
{
    (void)state;
    assert_refused("2026-12-21 23:43", PE_TIME_NO_ZONE);
    assert_refused("2026-12-21T23:43", PE_TIME_NO_ZONE);
    assert_refused("2026-12-21T23:43:00", PE_TIME_NO_ZONE);
    assert_refused("2026-12-21 23:43:00.5", PE_TIME_NO_ZONE);
}

static void test_a_space_for_the_t_is_refused_for_that(void **state)
{
    (void)state;
    assert_refused("2026-12-21 23:43:00Z", PE_TIME_SPACE);
    assert_refused("2026-12-21 23:43:00+09:00", PE_TIME_SPACE);
}

static void test_dates_with_slashes_are_ambiguous(void **state)
{
    (void)state;
    assert_refused("05/04/2026 17:15:48 Coordinated Universal Time", PE_TIME_AMBIGUOUS);
    assert_refused("5/4/2026 17:15:48", PE_TIME_AMBIGUOUS);
}

static void test_parts_that_do_not_exist_are_refused(void **state)
{
    static const char *const texts[] = {
        "2026-13-01T00:00:00Z",   "2026-00-01T00:00:00Z",      "2026-01-32T00:00:00Z",
        "2026-01-00T00:00:00Z",   "2026-02-29T00:00:00Z",      "1900-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",   "2026-05-04T24:00:00Z",      "2026-05-04T23:60:00Z",
        "2026-05-04T23:59:61Z",   "2026-05-04T23:59:59+24:00", "2026-05-04T23:59:59+09:60",
        "2026-05-04T23:59:59+09", "2026-05-04T23:59:59+0900",  "2026-05-04T23:59:59-9:00",
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(texts); i++)
        assert_refused(texts[i], PE_TIME_FIELD);
}

static void test_other_forms_are_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "now",
        "2026-05-04",
        "2026-5-4T17:15:48Z",
        "26-05-04T17:15:48Z",
        "20260504T171548Z",
        "2026-05-04T17Z",
        "2026-05-04T17:15Z",
        "2026-05-04T17:15:48Zx",
        "2026-05-04T17:15:48 Z",
        " 2026-05-04T17:15:48Z",
        "+2026-05-04T17:15:48Z",
        "12026-05-04T17:15:48Z",
        "2026-05-04T17:15:48UTC",
        "2026-05-04_17:15:48Z",
        "2026-W18-1T17:15:48Z",
        "1777914948",
        "/Date(0)/",
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(texts); i++)
        assert_refused(texts[i], PE_TIME_NOT_TIME);
}

/* Every byte at every place, beside the same with an offset, which is read character by character.
 */
static void test_the_usual_form_is_read_as_any_other(void **state)
{
    char usual[] = "2026-04-15T06:17:28Z", longer[] = "2026-04-15T06:17:28+00:00";

    (void)state;
    for (size_t at = 0; at < 19; at++)
        for (unsigned byte = 0; byte < 256; byte++) {
            struct pe_time_instant a = {0}, b = {0};
            enum pe_time_why why_a = PE_TIME_OK, why_b = PE_TIME_OK;
            char was = usual[at];
            usual[at] = longer[at] = (char)byte;
            assert_int_equal(pe_time_parse(usual, 20, &a, &why_a),
                             pe_time_parse(longer, 25, &b, &why_b));
            usual[at] = longer[at] = was;
            assert_int_equal(why_a, why_b);
            assert_true(a.seconds == b.seconds && a.nanoseconds == b.nanoseconds);
        }
}

static void test_years_from_1_to_9999_are_the_limit(void **state)
{
    (void)state;
    assert_is("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z");
    assert_is("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z");
    assert_refused("0000-12-31T00:00:00Z", PE_TIME_RANGE);
    assert_refused("0001-01-01T00:00:00+09:00", PE_TIME_RANGE);
    assert_refused("9999-12-31T23:59:59-00:01", PE_TIME_RANGE);
    assert_is("9999-12-31T23:59:59+00:01", "9999-12-31T23:58:59Z");
}

static void test_a_leap_second_stays_on_its_day(void **state)
{
    (void)state;
    assert_is("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999999999Z");
    assert_is("2016-12-31T23:59:60.5Z", "2016-12-31T23:59:59.999999999Z");
    assert_is("2015-07-01T08:59:60+09:00", "2015-06-30T23:59:59.999999999Z");
    assert_is("1990-12-31T15:59:60-08:00", "1990-12-31T23:59:59.999999999Z");
}

static void test_second_60_elsewhere_is_refused(void **state)
{
    (void)state;
    assert_refused("2016-12-31T23:58:60Z", PE_TIME_LEAP_SECOND);
    assert_refused("2016-12-30T23:59:60Z", PE_TIME_LEAP_SECOND);
    assert_refused("2016-12-31T23:59:60+09:00", PE_TIME_LEAP_SECOND);
    assert_refused("2016-03-31T23:59:60Z", PE_TIME_LEAP_SECOND);
    assert_refused("9999-12-31T23:59:60Z", PE_TIME_LEAP_SECOND);
}

static void test_an_instant_prints_in_a_zone(void **state)
{
    struct pe_time_instant late = {INT64_C(253402300799), 0};
    char text[PE_TIME_TEXT_BYTES] = "untouched";
    enum pe_time_why why;

    (void)state;
    check_prints(time_of("2026-03-31T23:30:00Z"), time_tokyo, "2026-04-01T08:30:00+09:00");
    check_prints(time_of("1969-12-31T23:59:59Z"), (struct pe_time_zone){-12600},
                 "1969-12-31T20:29:59-03:30");
    assert_int_equal(pe_time_print(late, time_tokyo, text, &why), -1);
    assert_string_equal(text, "untouched");
}

/* ---- exports ---- */

static struct pe_time_value read_export(const char *text)
{
    struct pe_time_value value;
    enum pe_time_why why;

    if (pe_time_parse_export(text, strlen(text), &value, &why) != 0)
        fail_msg("%s: %s", text, pe_time_why_text(why).en);
    return value;
}

static void assert_export_refused(const char *text, enum pe_time_why want)
{
    struct pe_time_value value = {.kind = PE_TIME_NEVER};
    enum pe_time_why why;

    assert_int_equal(pe_time_parse_export(text, strlen(text), &value, &why), -1);
    assert_int_equal(why, want);
    assert_int_equal(value.kind, PE_TIME_NEVER);
}

static void test_powershell_dates_are_read(void **state)
{
    (void)state;
    check_prints(read_export("/Date(1777406310050)/").at, time_utc, "2026-04-28T19:58:30.05Z");
    check_prints(read_export("/Date(0)/").at, time_utc, "1970-01-01T00:00:00Z");
    check_prints(read_export("/Date(-1)/").at, time_utc, "1969-12-31T23:59:59.999Z");
    check_prints(read_export("/Date(1777406310050+0900)/").at, time_utc, "2026-04-28T19:58:30.05Z");
    check_prints(read_export("2022-01-26T10:47:26.6044384Z").at, time_utc,
                 "2022-01-26T10:47:26.6044384Z");
    assert_export_refused("/Date()/", PE_TIME_NOT_TIME);
    assert_export_refused("/Date(12a)/", PE_TIME_NOT_TIME);
    assert_export_refused("/Date(12)", PE_TIME_NOT_TIME);
    assert_export_refused("/Date(12)/x", PE_TIME_NOT_TIME);
    assert_export_refused("/Date(999999999999999)/", PE_TIME_RANGE);
    assert_export_refused("/Date(9999999999999999)/", PE_TIME_NOT_TIME);
    assert_export_refused("2026-12-21 23:43", PE_TIME_NO_ZONE);
}

static void test_the_dotnet_minimum_is_no_value(void **state)
{
    (void)state;
    assert_int_equal(read_export("0001-01-01T00:00:00Z").kind, PE_TIME_NONE);
    assert_int_equal(read_export("0001-01-01T00:00:00.0000000Z").kind, PE_TIME_NONE);
    assert_int_equal(read_export("/Date(-62135596800000)/").kind, PE_TIME_NONE);
    assert_int_equal(read_export("0001-01-01T00:00:01Z").kind, PE_TIME_INSTANT);
    assert_int_equal(read_export("/Date(-62135596799999)/").kind, PE_TIME_INSTANT);
    assert_export_refused("/Date(-62135596800001)/", PE_TIME_RANGE);
}

static void test_filetimes_are_read_and_two_of_them_are_never(void **state)
{
    struct pe_time_value value;
    enum pe_time_why why;

    (void)state;
    assert_int_equal(pe_time_from_filetime(0, &value, &why), 0);
    assert_int_equal(value.kind, PE_TIME_NEVER);
    assert_int_equal(pe_time_from_filetime(INT64_MAX, &value, &why), 0);
    assert_int_equal(value.kind, PE_TIME_NEVER);
    assert_int_equal(pe_time_from_filetime(INT64_C(133500000000000001), &value, &why), 0);
    assert_int_equal(value.kind, PE_TIME_INSTANT);
    check_prints(value.at, time_utc, "2024-01-17T21:20:00.0000001Z");
    assert_int_equal(pe_time_from_filetime(1, &value, &why), 0);
    check_prints(value.at, time_utc, "1601-01-01T00:00:00.0000001Z");
    assert_int_equal(pe_time_from_filetime(-1, &value, &why), -1);
    assert_int_equal(why, PE_TIME_NEGATIVE);
    assert_int_equal(pe_time_from_filetime(INT64_MAX - 1, &value, &why), -1);
    assert_int_equal(why, PE_TIME_RANGE);
}

static void test_epoch_seconds_and_milliseconds_have_limits(void **state)
{
    struct pe_time_instant at;
    enum pe_time_why why;

    (void)state;
    assert_int_equal(pe_time_from_epoch(1777914948, &at, &why), 0);
    check_prints(at, time_utc, "2026-05-04T17:15:48Z");
    assert_int_equal(pe_time_from_epoch_ms(-1500, &at, &why), 0);
    assert_int_equal(at.seconds, -2);
    assert_int_equal(at.nanoseconds, 500000000);
    assert_int_equal(pe_time_from_epoch(INT64_MAX, &at, &why), -1);
    assert_int_equal(pe_time_from_epoch(INT64_MIN, &at, &why), -1);
    assert_int_equal(pe_time_from_epoch_ms(INT64_MIN, &at, &why), -1);
    assert_int_equal(pe_time_from_epoch(INT64_C(253402300800), &at, &why), -1);
    assert_int_equal(pe_time_from_epoch(INT64_C(-62135596801), &at, &why), -1);
}

/* ---- zones ---- */

static int32_t zone_of(const char *text)
{
    struct pe_time_zone zone;
    enum pe_time_why why;

    if (pe_time_parse_zone(text, strlen(text), &zone, &why) != 0)
        fail_msg("%s: %s", text, pe_time_why_text(why).en);
    return zone.offset_seconds;
}

static void assert_zone_refused(const char *text, enum pe_time_why want)
{
    struct pe_time_zone zone = {1};
    enum pe_time_why why = PE_TIME_OK;

    assert_int_equal(pe_time_parse_zone(text, strlen(text), &zone, &why), -1);
    assert_int_equal(why, want);
    assert_int_equal(zone.offset_seconds, 1);
}

static void test_zones_without_daylight_saving_are_known(void **state)
{
    (void)state;
    assert_int_equal(zone_of("UTC"), 0);
    assert_int_equal(zone_of("Z"), 0);
    assert_int_equal(zone_of("Asia/Tokyo"), 9 * 3600);
    assert_int_equal(zone_of("Tokyo Standard Time"), 9 * 3600);
    assert_int_equal(zone_of("Asia/Kolkata"), 19800);
    assert_int_equal(zone_of("+09:00"), 9 * 3600);
    assert_int_equal(zone_of("-03:30"), -12600);
}

static void test_zones_with_daylight_saving_are_refused_for_that(void **state)
{
    (void)state;
    assert_zone_refused("Europe/Berlin", PE_TIME_DST_ZONE);
    assert_zone_refused("America/New_York", PE_TIME_DST_ZONE);
    assert_zone_refused("Eastern Standard Time", PE_TIME_DST_ZONE);
    assert_zone_refused("Asia/Nowhere", PE_TIME_DST_ZONE);
}

static void test_what_is_no_zone_is_refused(void **state)
{
    static const char *const texts[] = {
        "", "JST", "9", "+9", "+0900", "+24:00", "09:00", "utc", "asia/tokyo\x01", "+09:00x"};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(texts); i++)
        assert_zone_refused(texts[i], PE_TIME_BAD_ZONE);
}

/* ---- ages ---- */

static void test_an_age_is_whole_seconds_and_the_future_is_told_apart(void **state)
{
    struct pe_time_instant as_of = time_of("2026-11-21T00:00:00.5Z");
    struct pe_time_age age = pe_time_age(time_of("2026-11-20T00:00:00.6Z"), as_of);

    (void)state;
    assert_false(age.future);
    assert_int_equal(age.seconds, 86399);
    age = pe_time_age(as_of, as_of);
    assert_false(age.future);
    assert_int_equal(age.seconds, 0);
    age = pe_time_age(time_of("2026-11-21T00:00:00.6Z"), as_of);
    assert_true(age.future);
    assert_int_equal(age.seconds, 0);
    age = pe_time_age(time_of("2026-11-21T00:01:00.4Z"), as_of);
    assert_true(age.future);
    assert_int_equal(age.seconds, 59);
}

/* ---- reasons ---- */

static void test_every_reason_has_words_in_both_languages(void **state)
{
    enum pe_time_why why;

    (void)state;
    for (why = PE_TIME_NOT_TIME; why <= PE_TIME_NEGATIVE; why++) {
        assert_true(strlen(pe_time_why_text(why).en) > 0);
        assert_true(strlen(pe_time_why_text(why).ja) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_timestamps_are_read),
        cmocka_unit_test(test_offsets_move_an_instant_to_utc),
        cmocka_unit_test(test_fractions_of_one_to_nine_digits_are_kept),
        cmocka_unit_test(test_a_timestamp_without_a_zone_is_refused_for_that),
        cmocka_unit_test(test_a_space_for_the_t_is_refused_for_that),
        cmocka_unit_test(test_dates_with_slashes_are_ambiguous),
        cmocka_unit_test(test_parts_that_do_not_exist_are_refused),
        cmocka_unit_test(test_other_forms_are_refused),
        cmocka_unit_test(test_the_usual_form_is_read_as_any_other),
        cmocka_unit_test(test_years_from_1_to_9999_are_the_limit),
        cmocka_unit_test(test_a_leap_second_stays_on_its_day),
        cmocka_unit_test(test_second_60_elsewhere_is_refused),
        cmocka_unit_test(test_an_instant_prints_in_a_zone),
        cmocka_unit_test(test_powershell_dates_are_read),
        cmocka_unit_test(test_the_dotnet_minimum_is_no_value),
        cmocka_unit_test(test_filetimes_are_read_and_two_of_them_are_never),
        cmocka_unit_test(test_epoch_seconds_and_milliseconds_have_limits),
        cmocka_unit_test(test_zones_without_daylight_saving_are_known),
        cmocka_unit_test(test_zones_with_daylight_saving_are_refused_for_that),
        cmocka_unit_test(test_what_is_no_zone_is_refused),
        cmocka_unit_test(test_an_age_is_whole_seconds_and_the_future_is_told_apart),
        cmocka_unit_test(test_every_reason_has_words_in_both_languages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
