/* test_json_walk.c: from node to node of JSON that was read, small and large. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "json_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void test_a_walk_goes_from_key_to_value_to_key(void **state)
{
    struct pe_json json = read_json("{\"a\":[1,{}],\"b\":{\"c\":2},\"d\":3}");
    const struct pe_node *key = pe_json_first(&json, json.nodes), *value;

    (void)state;
    check_string(&json, key, "a", 1);
    value = pe_json_next(&json, key);
    assert_int_equal(pe_node_type(value), PE_LIST);
    assert_ptr_equal(pe_json_key(&json, value), key);
    key = pe_json_next(&json, value);
    check_string(&json, key, "b", 1);
    value = pe_json_next(&json, key);
    assert_int_equal(pe_json_ordinal(&json, value), 1);
    assert_int_equal(pe_json_ordinal(&json, key), 1);
    key = pe_json_next(&json, value);
    check_string(&json, key, "d", 1);
    assert_null(pe_json_next(&json, pe_json_next(&json, key)));
    assert_null(pe_json_key(&json, key));
    assert_null(pe_json_key(&json, json.nodes));
    pe_json_release(&json);
}

static void test_members_and_elements_are_found(void **state)
{
    struct pe_json json = read_json("{\"list\":[5,[6],7],\"caf\\u00e9\":true,\"\":null}");
    const struct pe_node *list = member(&json, json.nodes, "list");

    (void)state;
    assert_int_equal(pe_json_integer(&json, pe_json_element(&json, list, 2)), 7);
    assert_null(pe_json_element(&json, list, 3));
    assert_null(pe_json_element(&json, json.nodes, 0));
    assert_null(member(&json, list, "list"));
    assert_int_equal(pe_node_type(member(&json, json.nodes, "caf\xC3\xA9")), PE_TRUE);
    assert_int_equal(pe_node_type(member(&json, json.nodes, "")), PE_NULL);
    assert_null(member(&json, json.nodes, "lis"));
    assert_null(member(&json, json.nodes, "lists"));
    pe_json_release(&json);
}

/* Walks a list of lists of count elements each, and looks each element up. */
static void check_list(unsigned count)
{
    char *inner = repeat("0,", count - 1, "0");
    struct pe_buf text = {0};
    struct pe_json json;
    const struct pe_node *list, *at;
    uint32_t position = 0;

    pe_buf_printf(&text, "[[%s],[%s]]", inner, inner);
    json = read_json(text.data);
    list = pe_json_element(&json, json.nodes, 1);
    for (at = pe_json_first(&json, list); at != NULL; at = pe_json_next(&json, at)) {
        assert_ptr_equal(pe_json_element(&json, list, position), at);
        assert_int_equal(pe_json_ordinal(&json, at), position++);
    }
    assert_int_equal(position, count);
    assert_null(pe_json_element(&json, list, count));
    pe_json_release(&json);
    pe_buf_release(&text);
    free(inner);
}

static void check_text(const struct pe_json *json, const struct pe_node *value, const char *want)
{
    size_t at = pe_node_offset(value);

    assert_int_equal(pe_json_end(json, value) - at, strlen(want));
    assert_memory_equal(json->text + at, want, strlen(want));
}

static void test_a_value_ends_with_its_brackets_and_the_space_between_them(void **state)
{
    struct pe_json json = read_json(" {\"a\": [1, [ {\t} \n] ] , \"b\": \"x]\", \"c\":[\r] } ");
    const struct pe_node *a = member(&json, json.nodes, "a");

    (void)state;
    check_text(&json, json.nodes, "{\"a\": [1, [ {\t} \n] ] , \"b\": \"x]\", \"c\":[\r] }");
    check_text(&json, a, "[1, [ {\t} \n] ]");
    check_text(&json, pe_json_element(&json, a, 0), "1");
    check_text(&json, pe_json_element(&json, a, 1), "[ {\t} \n]");
    check_text(&json, pe_json_element(&json, a, 1) + 1, "{\t}");
    check_text(&json, member(&json, json.nodes, "b"), "\"x]\"");
    check_text(&json, member(&json, json.nodes, "c"), "[\r]");
    pe_json_release(&json);
}

static void test_lists_are_indexed_on_both_sides_of_the_limit(void **state)
{
    static const unsigned counts[] = {1, 31, 32, 33, 34, 1000, 100000};

    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        check_list(counts[i]);
}

static void check_object(unsigned count)
{
    char *text = object_of(count, ""), key[32];
    struct pe_json json = read_json(text);
    const struct pe_node *value;

    for (unsigned i = 0; i < count; i++) {
        snprintf(key, sizeof key, "key%u", i);
        value = member(&json, json.nodes, key);
        assert_int_equal(pe_json_integer(&json, value), i);
        assert_int_equal(pe_json_ordinal(&json, value), i);
        assert_int_equal(pe_json_ordinal(&json, pe_json_key(&json, value)), i);
    }
    snprintf(key, sizeof key, "key%u", count);
    assert_null(member(&json, json.nodes, key));
    pe_json_release(&json);
    free(text);
}

static void test_objects_are_indexed_on_both_sides_of_the_limit(void **state)
{
    static const unsigned counts[] = {1, 15, 16, 17, 31, 32, 33, 1000};

    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        check_object(counts[i]);
}

/* Each list is the first element of the one before, and all are large: one window of the index. */
static void test_large_lists_inside_each_other_keep_their_indexes_apart(void **state)
{
    enum { LEVELS = 40, MORE = 33 };
    char *more = repeat(",0", MORE, "]");
    struct pe_buf text = {0};
    struct pe_json json;
    const struct pe_node *list;

    (void)state;
    pe_buf_fill(&text, '[', LEVELS);
    pe_buf_addc(&text, '1');
    for (int i = 0; i < LEVELS; i++)
        pe_buf_adds(&text, more);
    json = read_json(text.data);
    for (int round = 0; round < 2; round++) {
        list = json.nodes;
        for (int i = 0; i < LEVELS; i++, list++) {
            assert_ptr_equal(pe_json_element(&json, list, 0), list + 1);
            assert_ptr_equal(pe_json_element(&json, list, MORE), list + list->size - 1);
        }
    }
    pe_json_release(&json);
    pe_buf_release(&text);
    free(more);
}

static void test_keys_with_escapes_are_found_in_large_objects(void **state)
{
    char *text = object_of(100, ",\"\\u3042\\ud83d\\ude00 long enough for blocks\":7");
    struct pe_json json = read_json(text);
    const struct pe_node *value =
        member(&json, json.nodes, "\xE3\x81\x82\xF0\x9F\x98\x80 long enough for blocks");

    (void)state;
    assert_non_null(value);
    assert_int_equal(pe_json_integer(&json, value), 7);
    assert_int_equal(pe_json_ordinal(&json, value), 100);
    pe_json_release(&json);
    free(text);
}

static void test_flags_of_a_walker_leave_the_rest_alone(void **state)
{
    struct pe_json json = read_json("[\"\\n\",2]");

    (void)state;
    json.nodes[0].bits |= PE_SECRET | PE_INVALID;
    json.nodes[1].bits |= PE_SECRET;
    assert_int_equal(pe_node_count(&json.nodes[0]), 2);
    check_string(&json, &json.nodes[1], "\n", 1);
    pe_json_release(&json);
}

static void test_release_takes_what_was_never_read(void **state)
{
    struct pe_json json = {0};

    (void)state;
    pe_json_release(&json);
    assert_null(json.nodes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_walk_goes_from_key_to_value_to_key),
        cmocka_unit_test(test_members_and_elements_are_found),
        cmocka_unit_test(test_a_value_ends_with_its_brackets_and_the_space_between_them),
        cmocka_unit_test(test_lists_are_indexed_on_both_sides_of_the_limit),
        cmocka_unit_test(test_objects_are_indexed_on_both_sides_of_the_limit),
        cmocka_unit_test(test_large_lists_inside_each_other_keep_their_indexes_apart),
        cmocka_unit_test(test_keys_with_escapes_are_found_in_large_objects),
        cmocka_unit_test(test_flags_of_a_walker_leave_the_rest_alone),
        cmocka_unit_test(test_release_takes_what_was_never_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
