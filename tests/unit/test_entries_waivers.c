/* test_entries_waivers.c: a file of waivers that is not right is refused, and says where. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "folder_support.h"
#include "judging_support.h"
#include "waiver_support.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_enter, folder_leave)

static void check_refused(const char *text, const char *why)
{
    struct pe_waivers *loaded;
    struct pe_err err;

    folder_put("w.json", text);
    assert_int_equal(pe_waivers_load("w.json", NULL, &loaded, &err), -1);
    assert_int_equal(err.kind, PE_ERR_INPUT);
    if (strncmp(err.text, "w.json: line 1, column ", 23) != 0 || strstr(err.text, why) == NULL)
        fail_msg("wanted %s, got %s", why, err.text);
}

static void test_a_file_that_is_not_right_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *text, *why;
    } files[] = {
        {"", "line 1, column 1"},
        {"[]", "an object"},
        {"{\"waivers\": {}}", "column 13: a file of waivers has a list"},
        {"{}", "a list \"waivers\""},
        {"{\"waiver\": []}", "did you mean \"waivers\"?"},
        {"{\"waivers\": [1]}", "a waiver is an object"},
        {"{\"zone\": \"Europe/Paris\", \"waivers\": []}", "column 10: \"zone\""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        check_refused(files[i].text, files[i].why);
}

static void test_a_waiver_that_is_not_right_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *waiver, *why;
    } waivers[] = {
        {"\"rules\": \"x\"", "did you mean \"rule\"?"},
        {"\"rule\": 1", "\"rule\" is a text"},
        {"\"rule\": \" \"", "\"rule\" is empty"},
        {"\"status\": \"error\"", "an error cannot be waived"},
        {"\"status\": [\"fail\", \"error\"]", "an error cannot be waived"},
        {"\"status\": \"pass\"", "\"status\" is"},
        {"\"status\": []", "\"status\" is"},
        {"\"scope\": {}", "without it, leave the scope out"},
        {"\"scope\": {\"pointer\": \"x\"}", "JSON Pointer"},
        {"\"scope\": {\"pointer\": \"/a~2\"}", "JSON Pointer"},
        {"\"scope\": {\"pointer\": \"/items/0\"}", "goes through a position"},
        {"\"scope\": {\"pointer\": \"/items/0/on\"}", "goes through a position"},
        {"\"scope\": {\"value\": []}", "\"value\" is"},
        {"\"scope\": {\"value\": \"[secret]\"}", "reports show other values so too"},
        {"\"scope\": {\"value\": \"[2 elements]\"}", "reports show other values so too"},
        {"\"scope\": {\"value\": \"{2 members}\"}", "reports show other values so too"},
        {"\"zone\": \"America/New_York\"", "daylight saving"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof waivers / sizeof waivers[0]; i++)
        check_refused(waiver_file(TEXTS(waivers[i].waiver)), waivers[i].why);
}

static void test_what_a_waiver_must_say_is_mandatory(void **state)
{
    static const char whole[] = "{\"zone\":\"UTC\",\"waivers\":[{\"id\":\"a\",\"control\":\"b\","
                                "\"reason\":\"c\",\"owner\":\"d\",\"approver\":\"e\","
                                "\"expires\":\"2026-12-31\"}]}";
    static const char *const keys[] = {"id", "control", "reason", "owner", "approver", "expires"};
    char text[sizeof whole], named[32], *at;
    struct pe_waivers *loaded;
    struct pe_err err;

    (void)state;
    pe_waivers_free(waiver_load(whole));
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        strcpy(text, whole);
        snprintf(named, sizeof named, "\"%s\":", keys[i]);
        at = strstr(text, named);
        assert_non_null(at);
        memmove(at, strchr(at, i == 5 ? '}' : ',') + (i != 5),
                strlen(strchr(at, i == 5 ? '}' : ',')));
        if (i == 5)
            memcpy(at - 1, "}]}", 4);
        folder_put("w.json", text);
        assert_int_equal(pe_waivers_load("w.json", NULL, &loaded, &err), -1);
        snprintf(named, sizeof named, "\"%s\" is missing", keys[i]);
        if (strstr(err.text, named) == NULL)
            fail_msg("%s: %s: %s", keys[i], text, err.text);
    }
    folder_put("w.json", "{\"waivers\":[{\"id\":\"a\",\"control\":\"b\",\"reason\":\"c\","
                         "\"owner\":\"d\",\"approver\":\"e\",\"expires\":\"2026-12-31\"}]}");
    assert_int_equal(pe_waivers_load("w.json", NULL, &loaded, &err), -1);
    assert_non_null(strstr(err.text, "in which time zone"));
}

static void test_a_date_is_a_day_that_exists(void **state)
{
    static const char *const dates[] = {"2026-02-29",           "2026-12-32", "31.12.2026",
                                        "2026-12-31T00:00:00Z", "never",      "2026-1-1"};
    struct pe_waivers *loaded;
    struct pe_err err;
    char text[400];

    (void)state;
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        snprintf(text, sizeof text,
                 "{\"zone\":\"UTC\",\"waivers\":[{\"id\":\"a\",\"control\":\"b\",\"reason\":\"c\","
                 "\"owner\":\"d\",\"approver\":\"e\",\"expires\":\"%s\"}]}",
                 dates[i]);
        folder_put("w.json", text);
        assert_int_equal(pe_waivers_load("w.json", NULL, &loaded, &err), -1);
        assert_non_null(strstr(err.text, "\"expires\": "));
    }
}

static void test_two_waivers_with_one_id_are_refused(void **state)
{
    struct pe_waivers *loaded;
    struct pe_err err;

    (void)state;
    folder_put("w.json", "{\"zone\":\"UTC\",\"waivers\":["
                         "{\"id\":\"a\",\"control\":\"b\"," WAIVER_ANSWER "},\n"
                         "{\"id\":\"a\",\"control\":\"c\"," WAIVER_ANSWER "}]}");
    assert_int_equal(pe_waivers_load("w.json", NULL, &loaded, &err), -1);
    assert_non_null(strstr(err.text, "line 2, column 7: another waiver has the same \"id\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_file_that_is_not_right_is_refused_with_its_place),
        TEST(test_a_waiver_that_is_not_right_is_refused_with_its_place),
        TEST(test_what_a_waiver_must_say_is_mandatory),
        TEST(test_a_date_is_a_day_that_exists),
        TEST(test_two_waivers_with_one_id_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
