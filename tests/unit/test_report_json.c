/* test_report_json.c: the report for programs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"
#include "report/json_out.h"
#include "sample_run.h"

static void test_it_is_as_it_was(void **state)
{
    sample_check(sample_run(*state), "json", (struct pe_style){0}, "unit_report_json.json");
}

static void test_language_colour_and_width_change_no_byte(void **state)
{
    char *first = sample_render(sample_run(*state), "json", (struct pe_style){0});
    char *second =
        sample_render(sample_run(*state), "json",
                      (struct pe_style){.lang = PE_JA, .colour = true, .quiet = true, .width = 40});

    assert_string_equal(first, second);
    free(first);
    free(second);
}

/* The run's first result, as another program reads it. */
static json_t *render_and_parse(struct sample *sample, json_t **root)
{
    char *text = sample_render(sample_run(sample), "json", (struct pe_style){0});
    json_error_t error;

    *root = json_loads(text, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (*root == NULL)
        fail_msg("line %d: %s", error.line, error.text);
    free(text);
    return json_array_get(json_object_get(*root, "results"), 0);
}

static struct pe_finding *first_finding(struct sample *sample)
{
    return (struct pe_finding *)sample_result(sample)->results[0].rules[0].findings;
}

static const json_t *find_finding(const json_t *result)
{
    const json_t *control = json_array_get(json_object_get(result, "controls"), 0);
    const json_t *rule = json_array_get(json_object_get(control, "rules"), 0);

    return json_array_get(json_object_get(rule, "findings"), 0);
}

static void test_hostile_strings_come_back_as_they_were(void **state)
{
    json_t *list =
        json_load_file(PE_TEST_DIR "/unit/data/hostile_strings.json", JSON_ALLOW_NUL, NULL);

    assert_true(json_array_size(list) > 40);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *value = json_string_value(json_object_get(json_array_get(list, i), "value"));
        const json_t *result, *finding;
        json_t *root;
        first_finding(*state)->message = (struct pe_text){value, NULL};
        first_finding(*state)->pointer = value;
        sample_result(*state)->file = value;
        result = render_and_parse(*state, &root);
        finding = find_finding(result);
        assert_string_equal(json_string_value(json_object_get(finding, "pointer")), value);
        assert_string_equal(
            json_string_value(json_object_get(json_object_get(finding, "message"), "ja")), value);
        assert_string_equal(
            json_string_value(json_object_get(json_object_get(result, "snapshot"), "file")), value);
        json_decref(root);
    }
    json_decref(list);
}

static void test_no_byte_of_it_harms_a_terminal(void **state)
{
    char *text;
    uint32_t code;

    first_finding(*state)->message = (struct pe_text){"\x1B[2J\u202E\u200B\x7F\xC2\x9B", NULL};
    first_finding(*state)->value = "\"\u202E\x7F\xC2\x9B\"";
    text = sample_render(sample_run(*state), "json", (struct pe_style){0});
    for (size_t at = 0, size; text[at] != '\0'; at += size) {
        size = pe_utf8_decode(text + at, strlen(text + at), &code);
        assert_true(size > 0);
        assert_true(code == '\n' || pe_escape_harmless(code));
    }
    assert_non_null(strstr(text, "\"\\u001B[2J\\u202e\\u200b\\u007f\\u009b\""));
    assert_non_null(strstr(text, "\"value\": \"\\u202e\\u007f\\u009b\""));
    free(text);
}

static void test_bytes_that_are_not_utf8_are_named(void **state)
{
    json_t *root;
    const json_t *result;

    sample_result(*state)->file = "caf\xE9.json";
    result = render_and_parse(*state, &root);
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(result, "snapshot"), "file")),
        "caf\\x{E9}.json");
    json_decref(root);
}

/* ---- values ---- */

static void check_value(struct sample *sample, const char *value, const char *expected)
{
    char *text;

    first_finding(sample)->value = value;
    text = sample_render(sample_run(sample), "json", (struct pe_style){0});
    if (strstr(text, expected) == NULL)
        fail_msg("%s is not in the report", expected);
    free(text);
}

static void test_values_go_out_digit_by_digit(void **state)
{
    check_value(*state, "9223372036854775807", "\"value\": 9223372036854775807,\n");
    check_value(*state, "-9223372036854775808", "\"value\": -9223372036854775808,\n");
    check_value(*state, "0.1", "\"value\": 0.1,\n");
    check_value(*state, "-0", "\"value\": -0,\n");
    check_value(*state, "1E300", "\"value\": 1E300,\n");
    check_value(*state, "null", "\"value\": null,\n");
    check_value(*state, "[]", "\"value\": [],\n");
    check_value(*state, "[[1, 2.50], {}]", "\"value\": [[1, 2.50], {}],\n");
    check_value(*state, "\"\\u00e9\\n\"", "\"value\": \"\\u00e9\\n\",\n");
}

static void test_a_number_that_programs_cannot_hold_is_a_text(void **state)
{
    check_value(*state, "9223372036854775808", "\"value_text\": \"9223372036854775808\",\n");
    check_value(*state, "-9223372036854775809", "\"value_text\": \"-9223372036854775809\",\n");
    check_value(*state, "1E400", "\"value_text\": \"1E400\",\n");
    check_value(*state, "[1, -1e999]", "\"value_text\": \"[1, -1e999]\",\n");
}

static void test_a_value_that_is_no_json_is_a_text(void **state)
{
    check_value(*state, "\"cut off…", "\"value_text\": \"\\\"cut off…\",\n");
    check_value(*state, "a list of 40 elements", "\"value_text\": \"a list of 40 elements\",\n");
    check_value(*state, "", "\"value_text\": \"\",\n");
    check_value(*state, "1, \"x\": 2", "\"value_text\": \"1, \\\"x\\\": 2\",\n");
    check_value(*state, "{\"a\":1}", "\"value_text\": \"{\\\"a\\\":1}\",\n");
}

static void test_a_value_that_is_too_long_is_cut_to_a_text(void **state)
{
    char *value = malloc(PE_JSON_VALUE_BYTES + 2);
    const json_t *finding;
    json_t *root;

    assert_non_null(value);
    memset(value, '1', PE_JSON_VALUE_BYTES + 1);
    value[0] = value[PE_JSON_VALUE_BYTES - 1] = '"';
    value[PE_JSON_VALUE_BYTES] = '\0';
    first_finding(*state)->value = value;
    finding = find_finding(render_and_parse(*state, &root));
    assert_non_null(json_object_get(finding, "value"));
    json_decref(root);
    value[PE_JSON_VALUE_BYTES - 1] = '1';
    value[PE_JSON_VALUE_BYTES] = '"';
    value[PE_JSON_VALUE_BYTES + 1] = '\0';
    finding = find_finding(render_and_parse(*state, &root));
    assert_null(json_object_get(finding, "value"));
    assert_int_equal(json_string_length(json_object_get(finding, "value_text")),
                     PE_JSON_VALUE_BYTES + strlen("…"));
    json_decref(root);
    free(value);
}

static void check_json(const char *text, bool expected)
{
    if (pe_json_out_is_value(text, strlen(text)) != expected)
        fail_msg("%s", text);
}

static void test_only_one_whole_json_value_is_one(void **state)
{
    static const char *const good[] = {"0",
                                       "-0",
                                       "10",
                                       "-1.5",
                                       "1e5",
                                       "1E+5",
                                       "1.0e-9",
                                       "[]",
                                       "{}",
                                       "[1,[2]]",
                                       "[ 1 , 2 ]",
                                       "true",
                                       "false",
                                       "null",
                                       "\"\"",
                                       "\"a\"",
                                       "\"\\u0041\"",
                                       "\"あ\"",
                                       "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                                       "{ }",
                                       "[{},1]",
                                       "\"\\uD83D\\uDE00\"",
                                       "\"\\uDBFF\\uDFFF\\uE000\\uD7FF\"",
                                       "[\t1\r,\n2 ]",
                                       "[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]"};
    static const char *const bad[] = {"",
                                      " 1",
                                      "1 ",
                                      "01",
                                      "1.",
                                      ".5",
                                      "+1",
                                      "1e",
                                      "--1",
                                      "tru",
                                      "nul",
                                      "True",
                                      "NaN",
                                      "\"",
                                      "\"a",
                                      "\"\\x\"",
                                      "\"\\u12\"",
                                      "\"\n\"",
                                      "\"\\u0000\"",
                                      "\"\\uD83D\"",
                                      "\"\\uD83D\\u",
                                      "\"\\uD83D\\uE000\"",
                                      "\"\\uD83D\\uDBFF\"",
                                      "\"\\u00/0\"",
                                      "[1\v]",
                                      "[",
                                      "[1",
                                      "[1,",
                                      "\"\\uDE00\"",
                                      "\"\\uD83D\\u0041\"",
                                      "\"\xFF\"",
                                      "[1,]",
                                      "[,]",
                                      "[1 2]",
                                      "{a:1}",
                                      "{\"a\":1}",
                                      "{\"a\"}",
                                      "{\"a\":}",
                                      "{\"a\":1,}",
                                      "[}",
                                      "1 2",
                                      "\"a\"b",
                                      "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]",
                                      "\"\\u00zz\"",
                                      "\"\\"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        check_json(good[i], true);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        check_json(bad[i], false);
    assert_false(pe_json_out_is_value("1\0", 2));
    assert_false(pe_json_out_is_value("\"\\u\0\0\0\0\"", 8));
    assert_false(pe_json_out_is_value("\"\\\0\"", 4));
}

static void test_a_number_that_no_program_reads_is_no_value(void **state)
{
    char text[PE_JSON_VALUE_BYTES + 2] = "0.";

    (void)state;
    memset(text + 2, '0', sizeof text - 3);
    assert_false(pe_json_out_is_value(text, sizeof text - 1));
    assert_true(pe_json_out_is_value(text, sizeof text - 2));
    check_json("9223372036854775807", true);
    check_json("9223372036854775808", false);
    check_json("1e308", true);
    check_json("1e309", false);
}

/* ---- documents ---- */

/* One of everything, in a list, an object and both empty ones. */
static struct pe_json_item *make_document(struct pe_json_out *out)
{
    static const int64_t numbers[] = {0, 7, -1, 10, INT64_MAX, INT64_MIN};
    struct pe_json_item *root = pe_json_out_object(out), *list = pe_json_out_list(out);

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        pe_json_out_append(out, list, pe_json_out_integer(out, numbers[i]));
    pe_json_out_append(out, list, pe_json_out_object(out));
    pe_json_out_append(out, list, pe_json_out_list(out));
    pe_json_out_put(out, root, "list", list);
    pe_json_out_put(out, root, "none", pe_json_out_string(out, NULL));
    pe_json_out_put(out, root, "true", pe_json_out_bool(out, true));
    pe_json_out_put(out, root, "false", pe_json_out_bool(out, false));
    pe_json_out_put(out, root, "text", pe_json_out_text(out, (struct pe_text){"a\n\"b\"", "あ"}));
    return root;
}

static void check_written(unsigned indent, size_t flags)
{
    struct pe_json_out out = {0};
    struct pe_buf buf = {0};
    struct pe_json_item *root = make_document(&out);
    json_t *read;
    char *dumped;

    assert_true(indent == UINT_MAX ? pe_json_out_write_compact(&out, root, &buf)
                                   : pe_json_out_write_indented(&out, root, indent, &buf));
    assert_int_equal(buf.data[--buf.length], '\n');
    read = json_loadb(buf.data, buf.length, JSON_REJECT_DUPLICATES, NULL);
    dumped = json_dumps(read, flags);
    assert_non_null(dumped);
    assert_int_equal(strlen(dumped), buf.length);
    assert_memory_equal(dumped, buf.data, buf.length);
    free(dumped);
    json_decref(read);
    pe_buf_release(&buf);
    pe_json_out_release(&out);
}

static void test_a_document_is_laid_out_as_jansson_does(void **state)
{
    (void)state;
    check_written(UINT_MAX, JSON_COMPACT);
    check_written(0, 0);
    check_written(1, JSON_INDENT(1));
    check_written(2, JSON_INDENT(2));
}

static void test_a_name_that_comes_again_replaces_the_member(void **state)
{
    struct pe_json_out out = {0};
    struct pe_buf buf = {0};
    struct pe_json_item *object = pe_json_out_object(&out), *other = pe_json_out_object(&out);

    (void)state;
    assert_true(pe_json_out_is_empty(object));
    pe_json_out_put_named(&out, object, "a", pe_json_out_integer(&out, 1));
    pe_json_out_put_named(&out, object, "b\x1B", pe_json_out_integer(&out, 2));
    pe_json_out_put_named(&out, object, "a", pe_json_out_text(&out, (struct pe_text){"x", NULL}));
    pe_json_out_move(&out, other, object);
    pe_json_out_put(&out, other, "c", pe_json_out_integer(&out, 3));
    pe_json_out_move(&out, other, object);
    assert_true(pe_json_out_is_empty(object));
    assert_false(pe_json_out_is_empty(other));
    assert_true(pe_json_out_write_compact(&out, other, &buf));
    assert_string_equal(buf.data,
                        "{\"a\":{\"en\":\"x\",\"ja\":\"x\"},\"b\\\\u{001B}\":2,\"c\":3}\n");
    pe_buf_release(&buf);
    pe_json_out_release(&out);
}

static void test_what_memory_did_not_suffice_for_is_not_written(void **state)
{
    struct pe_json_out out = {.arena = {.limit_bytes = 1}};
    struct pe_buf buf = {0};

    (void)state;
    assert_false(pe_json_out_write(&out, make_document(&out), &buf));
    pe_json_out_release(&out);
    for (size_t limit = 64; limit < 4096; limit += 64) {
        out.arena.limit_bytes = limit;
        pe_buf_clear(&buf);
        assert_true(pe_json_out_write(&out, make_document(&out), &buf) == (buf.length > 1));
        pe_json_out_release(&out);
    }
    pe_buf_release(&buf);
}

/* ---- shapes ---- */

static void test_evidence_is_a_value_a_count_or_absent(void **state)
{
    static const char *const kinds[] = {"value", "count", "absent"};
    const struct pe_rule_result *rules = sample_result(*state)->results[0].rules;
    json_t *root, *controls = json_object_get(render_and_parse(*state, &root), "controls");
    json_t *list = json_object_get(json_array_get(controls, 0), "rules");

    assert_null(rules[0].evidence[1].value);
    for (size_t i = 0; i < 3; i++) {
        json_t *evidence = json_object_get(json_array_get(list, i == 2 ? 2 : 0), "evidence");
        json_t *entry = json_array_get(evidence, i == 1 ? 1 : 0);
        for (size_t j = 0; j < 3; j++)
            assert_true((json_object_get(entry, kinds[j]) != NULL) == (i == j));
    }
    json_decref(root);
}

static void test_a_finding_without_a_place_says_null(void **state)
{
    json_t *root;
    const json_t *finding;

    first_finding(*state)->pointer = NULL;
    first_finding(*state)->value = NULL;
    first_finding(*state)->place = (struct pe_place){0};
    finding = find_finding(render_and_parse(*state, &root));
    assert_true(json_is_null(json_object_get(finding, "pointer")));
    assert_true(json_is_null(json_object_get(finding, "line")));
    assert_true(json_is_null(json_object_get(finding, "column")));
    assert_null(json_object_get(finding, "value"));
    json_decref(root);
}

static void test_only_changed_parameters_are_told(void **state)
{
    json_t *root, *controls = json_object_get(render_and_parse(*state, &root), "controls");
    json_t *parameters = json_object_get(json_array_get(controls, 0), "parameters");

    assert_int_equal(json_object_size(parameters), 2);
    assert_int_equal(json_integer_value(
                         json_object_get(json_object_get(parameters, "max_addresses"), "default")),
                     4096);
    assert_null(json_object_get(parameters, "min_admins"));
    json_decref(root);
}

static void test_a_waived_rule_keeps_its_original_status(void **state)
{
    struct pe_rule_result *rule =
        (struct pe_rule_result *)&sample_result(*state)->results[0].rules[0];
    json_t *root, *controls, *told;

    rule->status = PE_WAIVED;
    controls = json_object_get(render_and_parse(*state, &root), "controls");
    told = json_array_get(json_object_get(json_array_get(controls, 0), "rules"), 0);
    assert_string_equal(json_string_value(json_object_get(told, "status")), "waived");
    assert_string_equal(json_string_value(json_object_get(told, "original")), "fail");
    json_decref(root);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, sample_set_up, sample_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_it_is_as_it_was),
        TEST(test_language_colour_and_width_change_no_byte),
        TEST(test_hostile_strings_come_back_as_they_were),
        TEST(test_no_byte_of_it_harms_a_terminal),
        TEST(test_bytes_that_are_not_utf8_are_named),
        TEST(test_values_go_out_digit_by_digit),
        TEST(test_a_number_that_programs_cannot_hold_is_a_text),
        TEST(test_a_value_that_is_no_json_is_a_text),
        TEST(test_a_value_that_is_too_long_is_cut_to_a_text),
        cmocka_unit_test(test_only_one_whole_json_value_is_one),
        cmocka_unit_test(test_a_number_that_no_program_reads_is_no_value),
        cmocka_unit_test(test_a_document_is_laid_out_as_jansson_does),
        cmocka_unit_test(test_a_name_that_comes_again_replaces_the_member),
        cmocka_unit_test(test_what_memory_did_not_suffice_for_is_not_written),
        TEST(test_evidence_is_a_value_a_count_or_absent),
        TEST(test_a_finding_without_a_place_says_null),
        TEST(test_only_changed_parameters_are_told),
        TEST(test_a_waived_rule_keeps_its_original_status),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
