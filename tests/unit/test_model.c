/* test_model.c: what is wrong with a snapshot by its model, one kind after another. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "model_support.h"
#include "snapshot_support.h"

/* ---- kinds ---- */

static void test_nothing_is_coerced(void **state)
{
    static const struct {
        const char *type, *right, *expected;
    } kinds[] = {
        {"boolean", "true", "a boolean"},
        {"boolean", "false", "a boolean"},
        {"integer{}", "1", "a whole number"},
        {"number{}", "1.5", "a number"},
        {"text{}", "\"x\"", "a string"},
        {"enum{'x'}", "\"x\"", "a string"},
        {"format'ip'", "\"10.0.0.1\"", "a string"},
        {"ref'l'", "\"x\"", "a string"},
        {"record{}", "{}", "an object"},
        {"map(text{})", "{}", "an object"},
        {"list(text{})", "[]", "a list"},
    };
    static const struct {
        const char *json, *found;
    } values[] = {
        {"true", "a boolean"},    {"0", "a number"}, {"1.0", "a number with a fraction"},
        {"\"true\"", "a string"}, {"[]", "a list"},  {"{}", "an object"},
    };

    (void)state;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        struct pe_arena arena = {0};
        for (size_t v = 0; v < sizeof values / sizeof values[0]; v++) {
            bool number = strcmp(kinds[k].expected, "a number") == 0 &&
                          strstr(values[v].found, "number") != NULL;
            bool whole = strcmp(kinds[k].expected, "a whole number") == 0 && values[v].json[1] == 0;
            if (strcmp(kinds[k].expected, values[v].found) == 0 || number || whole)
                continue;
            check_type(kinds[k].type, pe_arena_printf(&arena, "{\"v\": %s}", values[v].json),
                       pe_arena_printf(&arena, "/v: expected %s, found %s\n", kinds[k].expected,
                                       values[v].found));
        }
        check_type(kinds[k].type, pe_arena_printf(&arena, "{\"v\": null}"),
                   pe_arena_printf(&arena, "/v: expected %s, found null\n", kinds[k].expected));
        if (strcmp(kinds[k].type, "ref'l'") != 0)
            check_type(kinds[k].type, pe_arena_printf(&arena, "{\"v\": %s}", kinds[k].right), "");
        pe_arena_release(&arena);
    }
}

static void test_null_is_honest_only_where_the_model_says_so(void **state)
{
    (void)state;
    check_type("nullable(integer{})", "{\"v\": null}", "");
    check_type("nullable(integer{})", "{\"v\": 1}", "");
    check_type("nullable(integer{})", "{\"v\": \"1\"}",
               "/v: expected a whole number, found a string\n");
    check_type("list(nullable(text{}))", "{\"v\": [null, \"x\"]}", "");
    check_type("nullable(record{{'a', text{}, required = true}})", "{\"v\": {}}",
               "/v/a: the required field a is missing\n");
}

static void test_bounds_hold_at_the_edge(void **state)
{
    (void)state;
    check_type("integer{min=1, max=3}", "{\"v\": 1}", "");
    check_type("integer{min=1, max=3}", "{\"v\": 3}", "");
    check_type("integer{min=1, max=3}", "{\"v\": 0}", "/v: must be at least 1\n");
    check_type("integer{min=1, max=3}", "{\"v\": 4}", "/v: must be at most 3\n");
    check_type("number{min=0.5}", "{\"v\": 0.5}", "");
    check_type("number{min=0.5}", "{\"v\": 0.49999999999999994}", "/v: must be at least 0.5\n");
    check_type("number{max=-1}", "{\"v\": -1e0}", "");
    check_type("integer{max=0}", "{\"v\": 9223372036854775807}", "/v: must be at most 0\n");
}

static void test_a_texts_bounds_count_code_points(void **state)
{
    (void)state;
    check_type("text{min=2, max=3}", "{\"v\": \"管理\"}", "");
    check_type("text{min=2, max=3}", "{\"v\": \"\\ud83d\\ude00ab\"}", "");
    check_type("text{min=2, max=3}", "{\"v\": \"a\"}", "/v: must be at least 2\n");
    check_type("text{min=2, max=3}", "{\"v\": \"abcd\"}", "/v: must be at most 3\n");
    check_type("text{min=1}", "{\"v\": \"\"}", "/v: must be at least 1\n");
}

static void test_a_word_outside_an_enumeration_is_named_with_a_guess(void **state)
{
    (void)state;
    check_type("enum{'deny', 'allow'}", "{\"v\": \"deny\"}", "");
    check_type("enum{'deny', 'allow'}", "{\"v\": \"alow\"}",
               "/v: expected one of deny, allow (did you mean allow?)\n");
    check_type("enum{'deny', 'allow'}", "{\"v\": \"Deny\"}",
               "/v: expected one of deny, allow (did you mean deny?)\n");
    check_type("enum{'deny', 'allow'}", "{\"v\": \"\"}", "/v: expected one of deny, allow\n");
    check_type("enum{'deny'}", "{\"v\": \"den\\u0079\"}", "");
    check_type("text{one_of={'a'}}", "{\"v\": \"zzz\"}", "/v: expected one of a\n");
}

static void test_a_format_that_does_not_parse_is_named(void **state)
{
    (void)state;
    check_type("format'date'", "{\"v\": \"2026-11-20\"}", "");
    check_type("format'date'", "{\"v\": \"2026-11-31\"}",
               "/v: expected a date, such as 2026-11-20\n");
}

static void test_a_reference_names_an_element_that_exists(void **state)
{
    static const char model[] = "return record { { 'a', record { { 'l', list(record { { 'id', "
                                "text{} } }) } } }, { 'r', ref'a.l' } }";
    static const struct {
        const char *json, *problems;
    } cases[] = {
        {"{\"a\": {\"l\": [{\"id\": \"x\"}, {\"id\": \"y\"}]}, \"r\": \"y\"}", ""},
        {"{\"a\": {\"l\": [{\"id\": \"x\"}]}, \"r\": \"X\"}", "/r: names nothing in a.l\n"},
        {"{\"a\": {\"l\": []}, \"r\": \"x\"}", "/r: names nothing in a.l\n"},
        {"{\"r\": \"x\"}", "/r: names nothing in a.l\n"},
        {"{\"a\": {\"l\": [{}]}, \"r\": \"x\"}", "/r: names nothing in a.l\n"},
        {"{\"a\": {\"l\": [{\"id\": \"\"}]}, \"r\": \"\"}", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct modelled *m = modelled_new(model, cases[i].json, NULL, NULL);
        check_problems(m, cases[i].problems);
        modelled_free(m);
    }
}

/* ---- lists and maps ---- */

static void test_a_list_has_as_many_elements_as_it_may(void **state)
{
    (void)state;
    check_type("list(integer{}, {min=1, max=2})", "{\"v\": [1, 2]}", "");
    check_type("list(integer{}, {min=1, max=2})", "{\"v\": []}",
               "/v: too few elements: at least 1 needed\n");
    check_type("list(integer{}, {min=1, max=2})", "{\"v\": [1, 2, 3]}",
               "/v: too many elements: at most 2 allowed\n");
    check_type("list(integer{})", "{\"v\": [1, \"2\", null]}",
               "/v/1: expected a whole number, found a string\n"
               "/v/2: expected a whole number, found null\n");
}

static void test_every_repeated_key_but_the_first_is_wrong(void **state)
{
    static const char type[] = "list(record{{'id', text{}}}, {unique='id'})";

    (void)state;
    check_type(type, "{\"v\": [{\"id\": \"a\"}, {\"id\": \"b\"}]}", "");
    check_type(type,
               "{\"v\": [{\"id\": \"a\"}, {\"id\": \"b\"}, {\"id\": \"a\"}, {\"id\": "
               "\"\\u0061\"}, {}]}",
               "/v/2/id: the id occurs twice in the list\n"
               "/v/3/id: the id occurs twice in the list\n");
    check_type("list(record{{'id', integer{}}}, {unique='id'})",
               "{\"v\": [{\"id\": 7}, {\"id\": 7}]}", "/v/1/id: the id occurs twice in the list\n");
    check_type(type, "{\"v\": [{\"id\": \"\"}, {\"id\": \"\"}, {\"id\": \"ab\"}, {\"id\": \"a\"}]}",
               "/v/1/id: the id occurs twice in the list\n");
}

static int by_hash(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* So many keys that some have the hash of another one, of which only half is compared. */
static void test_different_keys_of_one_hash_are_not_repeated(void **state)
{
    enum { COUNT = 200000 };
    static uint32_t hashes[COUNT];
    struct pe_buf json = {0};
    struct pe_json read;
    size_t count = 0, same = 0;

    (void)state;
    pe_buf_adds(&json, "{\"v\": [{\"id\": \"k0\"}");
    for (int i = 1; i < COUNT; i++)
        pe_buf_printf(&json, ", {\"id\": \"k%d\"}", i);
    pe_buf_adds(&json, ", {\"id\": \"k77777\"}, {\"id\": \"\\u006b0\"}]}");
    assert_int_equal(pe_json_read(json.data, json.length, &read, NULL), 0);
    for (uint32_t i = 0; i < read.count && count < COUNT; i++)
        if (pe_node_type(&read.nodes[i]) == PE_STRING)
            hashes[count++] = (uint32_t)(pe_json_hash(&read, &read.nodes[i]) >> 32);
    pe_json_release(&read);
    qsort(hashes, count, sizeof *hashes, by_hash);
    for (size_t i = 1; i < count; i++)
        same += hashes[i - 1] == hashes[i];
    assert_true(count == COUNT && same > 0);
    check_type("list(record{{'id', text{}}}, {unique='id'})", json.data,
               "/v/200000/id: the id occurs twice in the list\n"
               "/v/200001/id: the id occurs twice in the list\n");
    pe_buf_release(&json);
}

static void test_an_empty_list_needs_its_witness(void **state)
{
    static const char beside[] = "return record { { 'v', list(text{}, {may_be_empty='at'}) }, "
                                 "{ 'at', nullable(text{}) }, { 'on', boolean } }";
    static const char above[] = "return record { { 'in', record { { 'v', list(text{}, "
                                "{may_be_empty='/at'}) } } }, { 'at', text{} } }";
    static const char missing[] = "/v: is empty, and at does not say when it was looked at\n";
    static const struct {
        const char *model, *json, *problems;
    } cases[] = {
        {beside, "{\"v\": [], \"at\": \"now\"}", ""},
        {beside, "{\"v\": [\"x\"]}", ""},
        {beside, "{\"v\": []}", missing},
        {beside, "{\"v\": [], \"at\": null}", missing},
        {above, "{\"in\": {\"v\": []}, \"at\": \"now\"}", ""},
        {above, "{\"in\": {\"v\": [], \"other\": 1}}",
         "/in/v: is empty, and /at does not say when it was looked at\n"
         "?/in/other: the field other is not in the model\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct modelled *m = modelled_new(cases[i].model, cases[i].json, NULL, NULL);
        check_problems(m, cases[i].problems);
        modelled_free(m);
    }
}

static void test_a_map_takes_every_key_and_checks_every_value(void **state)
{
    (void)state;
    check_type("map(integer{})", "{\"v\": {\"\": 1, \"a/b\": 2}}", "");
    check_type("map(integer{})", "{\"v\": {\"a/b\": \"x\", \"c\": 1}}",
               "/v/a~1b: expected a whole number, found a string\n");
}

static void test_a_shape_that_holds_itself_is_followed(void **state)
{
    static const char model[] = "local tree = record { { 'id', text{} } }\n"
                                "tree[2] = { 'child', tree }\nreturn tree";
    struct modelled *m =
        modelled_new(model, "{\"child\": {\"child\": {\"id\": 5, \"child\": {}}}}", NULL, NULL);

    (void)state;
    check_problems(m, "/child/child/id: expected a string, found a number\n");
    modelled_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_coerced),
        cmocka_unit_test(test_null_is_honest_only_where_the_model_says_so),
        cmocka_unit_test(test_bounds_hold_at_the_edge),
        cmocka_unit_test(test_a_texts_bounds_count_code_points),
        cmocka_unit_test(test_a_word_outside_an_enumeration_is_named_with_a_guess),
        cmocka_unit_test(test_a_format_that_does_not_parse_is_named),
        cmocka_unit_test(test_a_reference_names_an_element_that_exists),
        cmocka_unit_test(test_a_list_has_as_many_elements_as_it_may),
        cmocka_unit_test(test_every_repeated_key_but_the_first_is_wrong),
        cmocka_unit_test(test_different_keys_of_one_hash_are_not_repeated),
        cmocka_unit_test(test_an_empty_list_needs_its_witness),
        cmocka_unit_test(test_a_map_takes_every_key_and_checks_every_value),
        cmocka_unit_test(test_a_shape_that_holds_itself_is_followed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
