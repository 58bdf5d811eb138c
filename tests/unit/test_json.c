/* test_json.c: the grammar of RFC 8259 rule by rule, places and the limits of the reader. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "json_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- the grammar ---- */

/* A rule of RFC 8259, a text that keeps it and one that breaks it. More are in tests/json. */
static const struct rule {
    const char *name, *keeps, *breaks;
} rules[] = {
    {"JSON-text: a value between spaces", " \t\n\r1 \t\n\r", "1 1"},
    {"begin-array", "[]", "("},
    {"end-array", "[1]", "[1"},
    {"begin-object", "{}", "}"},
    {"end-object", "{\"a\":1}", "{\"a\":1"},
    {"name-separator", "{\"a\" : 1}", "{\"a\" 1}"},
    {"value-separator", "[1 , 2]", "[1 2]"},
    {"ws: space", "[ ]", "[\xC2\xA0]"},
    {"ws: tab", "[\t]", "[\v]"},
    {"ws: line feed", "[\n]", "[\f]"},
    {"ws: carriage return", "[\r]", "[\b]"},
    {"false", "false", "False"},
    {"null", "null", "NULL"},
    {"true", "true", "tru"},
    {"object: members", "{\"a\":1,\"b\":2}", "{\"a\":1,}"},
    {"object: names are strings", "{\"1\":1}", "{1:1}"},
    {"object: names are unique", "{\"a\":1,\"b\":1}", "{\"a\":1,\"a\":1}"},
    {"array: elements", "[1,\"a\",null]", "[1,]"},
    {"array: no element left out", "[1,2]", "[1,,2]"},
    {"number: minus", "-1", "+1"},
    {"number: int", "10", "010"},
    {"number: zero", "0", "00"},
    {"number: frac", "1.5", "1."},
    {"number: frac needs int", "0.5", ".5"},
    {"number: exp", "1e5", "1e"},
    {"number: exp with a sign", "1E-5", "1E-"},
    {"number: exp without point", "1e+5", "1e5.0"},
    {"number: decimal only", "16", "0x10"},
    {"number: finite", "1.0", "Infinity"},
    {"string: quotation marks", "\"a\"", "'a'"},
    {"string: unescaped", "\" !#[]~\x7F\"", "\"\x1F\""},
    {"string: escape quotation mark", "\"\\\"\"", "\"\"\""},
    {"string: escape reverse solidus", "\"\\\\\"", "\"\\\""},
    {"string: escape solidus", "\"\\/\"", "\"\\|\""},
    {"string: escape b", "\"\\b\"", "\"\\B\""},
    {"string: escape f", "\"\\f\"", "\"\\F\""},
    {"string: escape n", "\"\\n\"", "\"\\N\""},
    {"string: escape r", "\"\\r\"", "\"\\R\""},
    {"string: escape t", "\"\\t\"", "\"\\T\""},
    {"string: escape u", "\"\\u00e9\"", "\"\\U00e9\""},
    {"string: escape u has four digits", "\"\\uABcd\"", "\"\\u123\""},
    {"string: no other escape", "\"\\u0061\"", "\"\\a\""},
    {"string: surrogate pairs", "\"\\ud834\\udd1e\"", "\"\\ud834\""},
    {"string: surrogate order", "\"\\ud834\\udd1e\"", "\"\\udd1e\\ud834\""},
    {"section 8.1: UTF-8", "\"\xC3\xA9\"", "\"\xE9\""},
    {"section 8.1: no byte order mark", "1",
     "\xEF\xBB\xBF"
     "1"},
    {"section 9: no extensions", "[1]", "[1] // one"},
};

static void test_every_rule_of_the_grammar_is_kept(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (!json_accepts(rules[i].keeps))
            fail_msg("%s: refused", rules[i].name);
        if (json_accepts(rules[i].breaks))
            fail_msg("%s: accepted", rules[i].name);
    }
}

static void test_any_value_may_be_the_root(void **state)
{
    static const struct {
        const char *text;
        enum pe_type type;
    } roots[] = {{"null", PE_NULL}, {"false", PE_FALSE},  {"true", PE_TRUE}, {"1", PE_INTEGER},
                 {"1.0", PE_REAL},  {"\"s\"", PE_STRING}, {"[]", PE_LIST},   {"{}", PE_OBJECT}};
    struct pe_json json;

    (void)state;
    for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++) {
        json = read_json(roots[i].text);
        assert_int_equal(json.count, 1);
        assert_int_equal(pe_node_type(json.nodes), roots[i].type);
        assert_null(pe_json_parent(&json, json.nodes));
        assert_null(pe_json_next(&json, json.nodes));
        assert_null(pe_json_first(&json, json.nodes));
        pe_json_release(&json);
    }
}

static void test_an_empty_text_is_refused_also_without_memory(void **state)
{
    (void)state;
    check_refused(NULL, 0, "line 1, column 1: the text is empty");
}

/* ---- places ---- */

static void test_errors_name_line_and_column_and_never_quote(void **state)
{
    static const char text[] = "{\n  \"secret\": [1,\r\n  \"\xE7\x89\xB9\" hunter2]\n}";

    (void)state;
    check_refused(text, sizeof text - 1,
                  "line 3, column 7: expected a comma or the end of the list");
}

static void test_a_duplicate_is_reported_at_its_second_key(void **state)
{
    static const char text[] = "{\"a\":{\"b\":1},\n\"c\":2,\n  \"\\u0061\":3}";

    (void)state;
    check_refused(text, sizeof text - 1, "line 3, column 3: the object has this key already");
}

static void test_nodes_remember_where_they_stood(void **state)
{
    struct pe_json json = read_json(" { \"a\" : [ 10, \"x\\ny\" ] }");
    const struct pe_node *n = json.nodes;

    (void)state;
    assert_int_equal(json.count, 5);
    assert_int_equal(pe_node_offset(&n[0]), 1);
    assert_int_equal(n[0].size, 5);
    assert_int_equal(pe_node_count(&n[0]), 1);
    assert_int_equal(pe_node_type(&n[1]), PE_KEY);
    assert_int_equal(pe_node_offset(&n[1]), 3);
    assert_int_equal(n[1].size, 3);
    assert_int_equal(n[1].parent, 0);
    assert_int_equal(pe_node_type(&n[2]), PE_LIST);
    assert_int_equal(n[2].size, 3);
    assert_int_equal(pe_node_count(&n[2]), 2);
    assert_int_equal(n[2].parent, 0);
    assert_int_equal(pe_node_offset(&n[3]), 11);
    assert_int_equal(n[3].size, 2);
    assert_int_equal(n[3].parent, 2);
    assert_int_equal(pe_node_flags(&n[3]), 0);
    assert_int_equal(pe_node_offset(&n[4]), 15);
    assert_int_equal(n[4].size, 6);
    assert_int_equal(pe_node_flags(&n[4]), PE_ESCAPED);
    pe_json_release(&json);
}

/* ---- limits ---- */

static void test_128_levels_are_read_and_129_are_not(void **state)
{
    char *open = repeat("[", 128, ""), *text = repeat("]", 128, "");
    struct pe_buf deep = {0};
    struct pe_json json;

    (void)state;
    pe_buf_printf(&deep, "%s%s", open, text);
    json = read_json(deep.data);
    assert_int_equal(json.count, 128);
    pe_json_release(&json);
    pe_buf_clear(&deep);
    pe_buf_printf(&deep, "%s[]%s", open, text);
    check_refused(deep.data, deep.length,
                  "line 1, column 129: more than 128 lists and objects inside each other");
    pe_buf_release(&deep);
    free(open);
    free(text);
}

static void test_levels_are_counted_and_not_containers(void **state)
{
    char *text = repeat("[[]],", 1000, "[]");
    struct pe_buf wrapped = {0};
    struct pe_json json;

    (void)state;
    pe_buf_printf(&wrapped, "[%s]", text);
    json = read_json(wrapped.data);
    assert_int_equal(pe_node_count(json.nodes), 1001);
    pe_json_release(&json);
    pe_buf_release(&wrapped);
    free(text);
}

static void test_a_text_above_256_mib_is_refused_unread(void **state)
{
    (void)state;
    check_refused("[]", (size_t)PE_JSON_MAX_BYTES + 1,
                  "the text is larger than the limit of 268435456 bytes");
}

static void test_three_keys_with_a_duplicate_are_refused(void **state)
{
    (void)state;
    assert_true(json_accepts("{\"a\":1,\"b\":2,\"c\":3}"));
    assert_false(json_accepts("{\"a\":1,\"b\":2,\"a\":3}"));
    assert_false(json_accepts("{\"a\":1,\"b\":2,\"\\u0062\":3}"));
    assert_false(json_accepts("{\"abcdefgh\":1,\"b\":2,\"\\u0061bcdefgh\":3}"));
    assert_true(json_accepts("{\"abcdefgh\":1,\"b\":2,\"\\u0061bcdefgi\":3}"));
}

static void test_a_duplicate_is_found_wherever_it_is_among_few_and_many(void **state)
{
    char rest[64], *text;

    (void)state;
    for (unsigned count = 1; count < 80; count += 3)
        for (unsigned twice = 0; twice < count; twice++) {
            snprintf(rest, sizeof rest, ",\"\\u006bey%u\":0", twice);
            text = object_of(count, rest);
            assert_false(json_accepts(text));
            free(text);
        }
}

static void test_5000_keys_are_told_apart(void **state)
{
    char *text = object_of(5000, ""), *twice = object_of(5000, ",\"key2500\":0");
    char *escaped = object_of(5000, ",\"\\u006b\\u0065y4999\":0");
    char *other = object_of(5000, ",\"\\u006b\\u0065y5000\":0");

    (void)state;
    assert_true(json_accepts(text));
    assert_false(json_accepts(twice));
    assert_false(json_accepts(escaped));
    assert_true(json_accepts(other));
    free(text);
    free(twice);
    free(escaped);
    free(other);
}

/* So many that some have the same 32 bits of hash. */
static void test_200000_keys_are_told_apart_and_found(void **state)
{
    char *text = object_of(200000, ""), key[32];
    struct pe_json json = read_json(text);
    const struct pe_node *value;

    (void)state;
    for (unsigned i = 0; i < 200000; i++) {
        snprintf(key, sizeof key, "key%u", i);
        value = member(&json, json.nodes, key);
        assert_non_null(value);
        assert_int_equal(pe_json_integer(&json, value), i);
    }
    assert_null(member(&json, json.nodes, "key200000"));
    assert_null(member(&json, json.nodes, ""));
    pe_json_release(&json);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_rule_of_the_grammar_is_kept),
        cmocka_unit_test(test_any_value_may_be_the_root),
        cmocka_unit_test(test_an_empty_text_is_refused_also_without_memory),
        cmocka_unit_test(test_errors_name_line_and_column_and_never_quote),
        cmocka_unit_test(test_a_duplicate_is_reported_at_its_second_key),
        cmocka_unit_test(test_nodes_remember_where_they_stood),
        cmocka_unit_test(test_128_levels_are_read_and_129_are_not),
        cmocka_unit_test(test_levels_are_counted_and_not_containers),
        cmocka_unit_test(test_a_text_above_256_mib_is_refused_unread),
        cmocka_unit_test(test_three_keys_with_a_duplicate_are_refused),
        cmocka_unit_test(test_a_duplicate_is_found_wherever_it_is_among_few_and_many),
        cmocka_unit_test(test_5000_keys_are_told_apart),
        cmocka_unit_test(test_200000_keys_are_told_apart_and_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
