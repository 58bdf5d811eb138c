/* test_crosscheck.c: jansson as referee: agrees, or names the place. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "crosscheck.h"

#include "json_support.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Reads a text, changes it behind the reader's back, and expects the referee to notice. */
static void check_difference(const char *before, const char *after, const char *expected)
{
    char *text = strdup(before);
    struct pe_json json;
    struct pe_err err = {0};

    assert_non_null(text);
    json = read_json(text);
    assert_int_equal(strlen(before), strlen(after));
    memcpy(text, after, strlen(after));
    assert_int_equal(pe_crosscheck(&json, &err), -1);
    assert_int_equal(err.kind, PE_ERR_INPUT);
    assert_string_equal(err.text, expected);
    pe_json_release(&json);
    free(text);
}

static void check_agreement(const char *text)
{
    struct pe_json json = read_json(text);
    struct pe_err err = {0};

    if (pe_crosscheck(&json, &err) != 0)
        fail_msg("%s", err.text);
    pe_json_release(&json);
}

static void test_jansson_agrees_on_every_type(void **state)
{
    (void)state;
    check_agreement(
        "[null,true,false,-1,9223372036854775807,1.5,-0.0,1e-999,\"a\\u0041\\ud83d\\ude00\","
        "[],{},[[]],{\"a\":{\"\\u0062\":[1,{\"c\":null}]},\"\":0}]");
}

static void test_any_value_may_be_the_root(void **state)
{
    (void)state;
    check_agreement("null");
    check_agreement("1");
    check_agreement("0.1");
    check_agreement("\"text\"");
}

static void test_128_levels_are_no_difference(void **state)
{
    struct pe_buf text = {0};

    (void)state;
    pe_buf_fill(&text, '[', 128);
    pe_buf_fill(&text, ']', 128);
    check_agreement(text.data);
    pe_buf_release(&text);
}

static void test_large_objects_and_strings_are_no_difference(void **state)
{
    char *object = object_of(20000, ""), *string = repeat("\xE3\x81\x82", 200000, "\"");

    (void)state;
    check_agreement(object);
    memcpy(string, "\"ab", 3);
    check_agreement(string);
    free(object);
    free(string);
}

static void test_another_value_is_noticed_with_its_place(void **state)
{
    static const char why[] = "line 2, column 3: cross-check: jansson reads another value here";

    (void)state;
    check_difference("[1,\n  null]", "[1,\n  true]", why);
    check_difference("[1,\n  true]", "[1,\n  null]", why);
    check_difference("[1,\n  false]", "[1,\n  12345]", why);
    check_difference("[1,\n  100]", "[1,\n  1.5]", why);
    check_difference("[1,\n  1.0]", "[1,\n  123]", why);
    check_difference("[1,\n  \"a\"]", "[1,\n  100]", why);
    check_difference("[1,\n  [ ]]", "[1,\n  {} ]", why);
    check_difference("[1,\n  {}]", "[1,\n  []]", why);
    check_difference("[1,\n  [1]]", "[1,\n  [ ]]", why);
}

static void test_another_key_is_noticed(void **state)
{
    struct pe_json json = read_json("{\"a\":1,\"b\":2}");
    struct pe_err err = {0};

    (void)state;
    json.nodes[3].where -= 6; /* as if the second key were the first again */
    assert_int_equal(pe_crosscheck(&json, &err), -1);
    assert_string_equal(err.text,
                        "line 1, column 2: cross-check: jansson reads another value here");
    pe_json_release(&json);
}

static void test_a_text_that_jansson_refuses_is_refused_there(void **state)
{
    struct pe_json json;
    struct pe_err err = {0};

    (void)state;
    check_difference("{\"a\":1,\n\"b\":2}", "{\"a\":1,\n\"a\":2}",
                     "line 2, column 4: cross-check: jansson refuses the text here");
    json = read_json("[1]   ");
    json.length = 2;
    assert_int_equal(pe_crosscheck(&json, &err), -1);
    assert_non_null(strstr(err.text, "jansson refuses the text here"));
    pe_json_release(&json);
}

static void test_jansson_has_its_allocator_back_afterwards(void **state)
{
    json_malloc_t old_malloc, new_malloc;
    json_free_t old_free, new_free;
    json_t *value;

    (void)state;
    json_get_alloc_funcs(&old_malloc, &old_free);
    check_agreement("[1]");
    json_get_alloc_funcs(&new_malloc, &new_free);
    assert_true(old_malloc == new_malloc);
    assert_true(old_free == new_free);
    value = json_pack("{s:i}", "a", 1);
    assert_non_null(value);
    json_decref(value);
}

static void test_more_than_64_mib_are_refused_unread(void **state)
{
    struct pe_json json = read_json("[]");
    struct pe_err err = {0};

    (void)state;
    json.length = (size_t)PE_CROSSCHECK_MAX_BYTES + 1;
    assert_int_equal(pe_crosscheck(&json, &err), -1);
    assert_string_equal(err.text, "the cross-check takes texts of up to 67108864 bytes");
    pe_json_release(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_jansson_agrees_on_every_type),
        cmocka_unit_test(test_any_value_may_be_the_root),
        cmocka_unit_test(test_128_levels_are_no_difference),
        cmocka_unit_test(test_large_objects_and_strings_are_no_difference),
        cmocka_unit_test(test_another_value_is_noticed_with_its_place),
        cmocka_unit_test(test_another_key_is_noticed),
        cmocka_unit_test(test_a_text_that_jansson_refuses_is_refused_there),
        cmocka_unit_test(test_jansson_has_its_allocator_back_afterwards),
        cmocka_unit_test(test_more_than_64_mib_are_refused_unread),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
