/* test_edit.c: changes of a JSON text at a path. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "edit.h"
#include "json.h"

static void check(enum pe_edit_kind kind, const char *text, const char *path, const char *json,
                  const char *want)
{
    struct pe_edit edit = {kind, path, json};
    struct pe_buf out = {0};
    struct pe_json read = {0};
    struct pe_err err = {0};

    if (pe_edit_apply(text, strlen(text), &edit, &out, &err) != 0)
        fail_msg("%s: %s", path, err.text);
    assert_string_equal(out.data, want);
    if (pe_json_read(out.data, out.length, &read, &err) != 0)
        fail_msg("%s: %s", out.data, err.text);
    pe_json_release(&read);
    pe_buf_release(&out);
}

static void refuse(enum pe_edit_kind kind, const char *text, const char *path, const char *words)
{
    struct pe_edit edit = {kind, path, "1"};
    struct pe_buf out = {0};
    struct pe_err err = {0};

    assert_int_equal(pe_edit_apply(text, strlen(text), &edit, &out, &err), -1);
    assert_int_equal(err.kind, PE_ERR_PACK);
    if (strstr(err.text, words) == NULL)
        fail_msg("expected '%s', got '%s'", words, err.text);
    pe_buf_release(&out);
}

static void test_a_value_is_replaced_and_nothing_else_changes(void **state)
{
    (void)state;
    check(PE_EDIT_SET, "{ \"a\" : 1 , \"b\":2}\n", "a", "null", "{ \"a\" : null , \"b\":2}\n");
    check(PE_EDIT_SET, "{\"a\": {\"b\": [1, {\"c\": []} ] } }", "a", "{}", "{\"a\": {} }");
    check(PE_EDIT_SET, "{\"a\": [ [ ] , { } ]\t, \"b\": 1}", "a", "5", "{\"a\": 5\t, \"b\": 1}");
    check(PE_EDIT_SET, "{\"a\": {\"b\": [1, {\"c\": 3}]}}", "a.b[2].c", "4",
          "{\"a\": {\"b\": [1, {\"c\": 4}]}}");
    check(PE_EDIT_SET, "[\"x\\\"]\", 2]", "[1]", "1", "[1, 2]");
}

static void test_a_missing_last_member_is_added(void **state)
{
    (void)state;
    check(PE_EDIT_SET, "{\"a\": {}}", "a.b", "1", "{\"a\": {\"b\": 1}}");
    check(PE_EDIT_SET, "{\"a\": { \"b\": {\"c\": [1]} } }", "a.d", "true",
          "{\"a\": { \"b\": {\"c\": [1]}, \"d\": true } }");
    check(PE_EDIT_SET, "{}", "[\"a.b \\\"c\"]", "1", "{\"a.b \\\\\\\"c\": 1}");
    refuse(PE_EDIT_SET, "{\"a\": 1}", "b.c", "there is no b");
    refuse(PE_EDIT_SET, "{\"a\": [1]}", "a[2]", "there is no 2");
    refuse(PE_EDIT_SET, "{\"a\": 1}", "a.b", "there is no b");
}

static void test_elements_are_found_by_position_and_name(void **state)
{
    const char *text = "{\"l\": [{\"id\": \"a\", \"n\": 1}, {\"name\": \"b\"}, {\"id\": \"2\"}], "
                       "\"t\": [\"x.y\", \"z\"]}";

    (void)state;
    check(
        PE_EDIT_REMOVE, text, "l[a].n", NULL,
        "{\"l\": [{\"id\": \"a\"}, {\"name\": \"b\"}, {\"id\": \"2\"}], \"t\": [\"x.y\", \"z\"]}");
    check(PE_EDIT_REMOVE, text, "l[2]", NULL,
          "{\"l\": [{\"id\": \"a\", \"n\": 1}, {\"id\": \"2\"}], \"t\": [\"x.y\", \"z\"]}");
    check(PE_EDIT_REMOVE, text, "l[\"2\"]", NULL,
          "{\"l\": [{\"id\": \"a\", \"n\": 1}, {\"name\": \"b\"}], \"t\": [\"x.y\", \"z\"]}");
    check(PE_EDIT_SET, text, "l[b]", "0",
          "{\"l\": [{\"id\": \"a\", \"n\": 1}, 0, {\"id\": \"2\"}], \"t\": [\"x.y\", \"z\"]}");
    check(PE_EDIT_REMOVE, text, "t[x.y]", NULL,
          "{\"l\": [{\"id\": \"a\", \"n\": 1}, {\"name\": \"b\"}, {\"id\": \"2\"}], \"t\": "
          "[\"z\"]}");
    refuse(PE_EDIT_REMOVE, text, "l[c]", "remove l[c]: there is no c");
    refuse(PE_EDIT_REMOVE, text, "l[0]", "there is no 0");
    refuse(PE_EDIT_REMOVE, text, "l[4]", "there is no 4");
    refuse(PE_EDIT_REMOVE, "[{\"id\": \"a\"}, {\"id\": \"a\"}]", "[a]", "two elements");
}

static void test_a_removal_takes_the_comma_with_it(void **state)
{
    (void)state;
    check(PE_EDIT_REMOVE, "{\"a\": 1, \"b\": 2, \"c\": 3}", "a", NULL, "{\"b\": 2, \"c\": 3}");
    check(PE_EDIT_REMOVE, "{\"a\": 1, \"b\": 2, \"c\": 3}", "b", NULL, "{\"a\": 1, \"c\": 3}");
    check(PE_EDIT_REMOVE, "{\"a\": 1, \"b\": [2] , \"c\": 3}", "c", NULL, "{\"a\": 1, \"b\": [2]}");
    check(PE_EDIT_REMOVE, "[ [1] ]", "[1]", NULL, "[  ]");
    check(PE_EDIT_REMOVE, "[1,2]", "[2]", NULL, "[1]");
}

static void test_an_element_is_appended(void **state)
{
    (void)state;
    check(PE_EDIT_APPEND, "{\"l\": []}", "l", "1", "{\"l\": [1]}");
    check(PE_EDIT_APPEND, "{\"l\": [{\"a\": {}}\n]}", "l", "{\"b\": 2}",
          "{\"l\": [{\"a\": {}}, {\"b\": 2}\n]}");
    check(PE_EDIT_APPEND, "{\"l\": [[1, [2]]]}", "l[1]", "3", "{\"l\": [[1, [2], 3]]}");
    refuse(PE_EDIT_APPEND, "{\"l\": {}}", "l", "is not a list");
    refuse(PE_EDIT_APPEND, "{\"l\": []}", "m", "there is no m");
}

static void test_what_is_no_path_is_refused(void **state)
{
    static const char *const paths[] = {"",    ".",      "a.", ".a",    "a..b", "a[",
                                        "a[]", "a[\"x]", "a]", "a[1]b", "a\"b"};

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        refuse(PE_EDIT_SET, "{\"a\": [{}]}", paths[i], "is not a path");
}

static void test_a_misspelt_member_gets_a_suggestion(void **state)
{
    (void)state;
    refuse(PE_EDIT_REMOVE, "{\"enabled\": 1}", "enabeld", "did you mean enabled?");
}

static void test_a_place_is_found_without_a_change(void **state)
{
    static const char text[] = "{\"a\": [{\"id\": \"x\", \"n\": 1}]}";
    struct pe_json json = {0};
    struct pe_edit_place place;
    struct pe_err err = {0};

    (void)state;
    assert_int_equal(pe_json_read(text, strlen(text), &json, &err), 0);
    assert_int_equal(pe_edit_find(&json, "blame", "a[x].n", &place, &err), 0);
    assert_int_equal(pe_node_type(place.node), PE_INTEGER);
    assert_null(place.key);
    assert_int_equal(pe_edit_find(&json, "blame", "a[1].m", &place, &err), 0);
    assert_int_equal(pe_node_type(place.node), PE_OBJECT);
    assert_int_equal(place.key_length, 1);
    assert_memory_equal(place.key, "m", 1);
    assert_int_equal(pe_edit_find(&json, "blame", "a[2]", &place, &err), -1);
    assert_string_equal(err.text, "blame a[2]: there is no 2");
    assert_int_equal(pe_edit_find(&json, "blame", "a[x].m.o", &place, &err), -1);
    pe_json_release(&json);
}

static void test_edits_are_applied_in_an_order_that_keeps_positions(void **state)
{
    struct pe_edit edits[] = {
        {PE_EDIT_REMOVE, "l[2]", NULL}, {PE_EDIT_REMOVE, "l[10]", NULL}, {PE_EDIT_APPEND, "l", "1"},
        {PE_EDIT_SET, "b", "1"},        {PE_EDIT_SET, "a.b", "1"},       {PE_EDIT_SET, "a", "{}"},
    };
    static const char *const want[] = {"a", "a.b", "b", "l", "l[10]", "l[2]"};

    (void)state;
    pe_edit_sort(edits, 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(edits[i].path, want[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_value_is_replaced_and_nothing_else_changes),
        cmocka_unit_test(test_a_missing_last_member_is_added),
        cmocka_unit_test(test_elements_are_found_by_position_and_name),
        cmocka_unit_test(test_a_removal_takes_the_comma_with_it),
        cmocka_unit_test(test_an_element_is_appended),
        cmocka_unit_test(test_what_is_no_path_is_refused),
        cmocka_unit_test(test_a_misspelt_member_gets_a_suggestion),
        cmocka_unit_test(test_a_place_is_found_without_a_change),
        cmocka_unit_test(test_edits_are_applied_in_an_order_that_keeps_positions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
