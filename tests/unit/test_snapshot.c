/* test_snapshot.c: the names, places and values of a snapshot's nodes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_support.h"
#include "snapshot_support.h"

typedef void adder(const struct pe_snapshot *s, uint32_t node, struct pe_buf *out);

static void check(const struct pe_snapshot *s, adder *add, const char *pointer,
                  const char *expected)
{
    struct pe_buf buf = {0};

    pe_buf_adds(&buf, "");
    add(s, node_of(s, pointer), &buf);
    assert_false(pe_buf_failed(&buf));
    assert_string_equal(buf.data, expected);
    pe_buf_release(&buf);
}

/* ---- pointers ---- */

static void test_every_node_is_found_by_the_pointer_it_has(void **state)
{
    struct pe_snapshot s = snapshot_of("{\"a/b\": {\"~\": [1, {\"\": 2}], \"~1\": 3}, \"\": "
                                       "{\"\": 4}, \"\\u002f\": 5, \"0\": [[6]]}");

    (void)state;
    for (uint32_t i = 0; i < s.json.count; i++) {
        struct pe_buf buf = {0};
        if (pe_node_type(pe_snapshot_node(&s, i)) == PE_KEY)
            continue;
        pe_buf_adds(&buf, "");
        pe_snapshot_pointer(&s, i, &buf);
        assert_int_equal(node_of(&s, buf.data), i);
        pe_buf_release(&buf);
    }
    check(&s, pe_snapshot_pointer, "/a~1b/~0/1/", "/a~1b/~0/1/");
    check(&s, pe_snapshot_pointer, "/~1", "/~1");
    check(&s, pe_snapshot_pointer, "/a~1b/~01", "/a~1b/~01");
    pe_snapshot_release(&s);
}

static void test_pointers_that_name_nothing_find_nothing(void **state)
{
    static const char *const nothing[] = {
        "a",      "x",     "/x",    "/a/",   "/l/3",   "/l/-1",  "/l/+0",
        "/l/ 0",  "/l/00", "/l/01", "/l/-0", "/l/1e0", "/l/",    "/l/4294967296",
        "/l/0/0", "/a/x",  "/l/-",  "//",    "/n/x",   "/l/0x0", "/l/99999999999",
        "a/b",    "/A",    "/a~",   "/a~0"};
    struct pe_snapshot s = snapshot_of("{\"a\": 1, \"l\": [1, 2, 3], \"n\": null}");
    struct pe_buf scratch = {0};

    (void)state;
    for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++)
        if (pe_snapshot_find(&s, nothing[i], &scratch) != NULL)
            fail_msg("%s found something", nothing[i]);
    assert_int_equal(node_of(&s, ""), 0);
    pe_buf_release(&scratch);
    pe_snapshot_release(&s);
}

static void test_the_deepest_node_has_its_pointer(void **state)
{
    char *open = repeat("[", 128, "");
    char *json = malloc(300), *pointer = repeat("/0", 127, "");
    struct pe_snapshot s;

    (void)state;
    sprintf(json, "%s", open);
    memset(json + 128, ']', 128);
    json[256] = '\0';
    s = snapshot_of(json);
    check(&s, pe_snapshot_pointer, pointer, pointer);
    pe_snapshot_release(&s);
    free(json);
    free(pointer);
    free(open);
}

/* ---- labels ---- */

static void test_a_label_names_elements_by_id_or_name(void **state)
{
    struct pe_snapshot s = snapshot_of(
        "{\"l\": [{\"id\": \"adm1\", \"name\": \"x\"}, {\"name\": \"n\"}, {\"id\": 5}, {\"id\": "
        "\"\"}, \"s\", {\"displayName\": \"d\", \"mfa\": {\"k\": [1]}}], \"m\": {\"x\": {\"id\": "
        "\"no\"}}}");

    (void)state;
    check(&s, pe_snapshot_label, "", "");
    check(&s, pe_snapshot_label, "/l", "l");
    check(&s, pe_snapshot_label, "/l/0", "l[adm1]");
    check(&s, pe_snapshot_label, "/l/1", "l[n]");
    check(&s, pe_snapshot_label, "/l/2", "l[3]");
    check(&s, pe_snapshot_label, "/l/3", "l[4]");
    check(&s, pe_snapshot_label, "/l/4", "l[5]");
    check(&s, pe_snapshot_label, "/l/5/mfa/k/0", "l[d].mfa.k[1]");
    check(&s, pe_snapshot_label, "/m/x", "m.x");
    pe_snapshot_release(&s);
}

static void test_a_very_long_name_is_no_label(void **state)
{
    char *name = repeat("n", 101, ""), *json = malloc(200);
    struct pe_snapshot s;

    (void)state;
    sprintf(json, "[{\"id\": \"%s\"}]", name);
    s = snapshot_of(json);
    check(&s, pe_snapshot_label, "/0", "[1]");
    pe_snapshot_release(&s);
    free(json);
    free(name);
}

static void test_a_label_never_is_a_secret(void **state)
{
    struct pe_snapshot s = snapshot_of("{\"tokens\": [{\"name\": \"n\"}], \"secret\": [{\"id\": "
                                       "\"hush\"}], \"l\": [{\"key\": \"k\"}]}");

    (void)state;
    check(&s, pe_snapshot_label, "/secret/0", "secret[1]");
    check(&s, pe_snapshot_label, "/l/0", "l[k]");
    pe_snapshot_release(&s);
}

/* ---- values ---- */

static void test_a_value_is_told_as_it_stands(void **state)
{
    struct pe_snapshot s = snapshot_of(
        "{\"t\": true, \"n\": null, \"i\": -0, \"r\": 1.50E+2, \"s\": \"a\\u0001\\\"管\", \"e\": "
        "[], \"o\": {}, \"l\": [1, [2, 3]], \"m\": {\"a\": 1}}");

    (void)state;
    check(&s, pe_snapshot_value, "/t", "true");
    check(&s, pe_snapshot_value, "/n", "null");
    check(&s, pe_snapshot_value, "/i", "-0");
    check(&s, pe_snapshot_value, "/r", "1.50E+2");
    check(&s, pe_snapshot_value, "/e", "[]");
    check(&s, pe_snapshot_value, "/o", "{}");
    check(&s, pe_snapshot_value, "/l", "\"[2 elements]\"");
    check(&s, pe_snapshot_value, "/m", "\"{1 members}\"");
    pe_snapshot_release(&s);
}

/* Is it one JSON string? */
static void check_cut(const char *json)
{
    struct pe_snapshot s = snapshot_of(json);
    struct pe_buf buf = {0};

    pe_snapshot_value(&s, 0, &buf);
    assert_true(buf.length <= PE_VALUE_BYTES + 8);
    if (!json_accepts(buf.data))
        fail_msg("cut into what is no JSON: ...%s", buf.data + buf.length - 30);
    pe_buf_release(&buf);
    pe_snapshot_release(&s);
}

static void test_a_long_string_is_cut_between_characters_and_escapes(void **state)
{
    static const char *const parts[] = {
        "x", "管", "😀", "\\\\", "\\\"", "\\n", "\\u7ba1", "\\ud83d\\ude00", "\\\\u", "\\\\\\\""};

    (void)state;
    for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
        char *body = repeat(parts[p], 300, "\"");
        for (size_t shift = 0; shift < 14; shift++) {
            char *json = malloc(strlen(body) + 40);
            sprintf(json, "\"%.*s%s", (int)shift, "aaaaaaaaaaaaaa", body);
            check_cut(json);
            free(json);
        }
        free(body);
    }
}

static void test_a_string_at_the_limit_is_told_whole(void **state)
{
    char *letters = repeat("x", PE_VALUE_BYTES - 2, "\"");
    char *json = malloc(PE_VALUE_BYTES + 8);
    struct pe_snapshot s;
    struct pe_buf buf = {0};

    (void)state;
    sprintf(json, "\"%s", letters);
    s = snapshot_of(json);
    check(&s, pe_snapshot_value, "", json);
    pe_snapshot_release(&s);
    sprintf(json, "\"x%s", letters);
    s = snapshot_of(json);
    pe_snapshot_value(&s, 0, &buf);
    assert_string_equal(buf.data + buf.length - 4, "\xE2\x80\xA6\"");
    pe_snapshot_release(&s);
    pe_buf_release(&buf);
    free(json);
    free(letters);
}

static void test_a_number_of_many_digits_is_cut_and_says_so(void **state)
{
    char *digits = repeat("1", 500, "");
    struct pe_snapshot s;
    struct pe_buf buf = {0};

    (void)state;
    digits[1] = '.';
    s = snapshot_of(digits);
    pe_snapshot_value(&s, 0, &buf);
    assert_true(json_accepts(buf.data));
    assert_int_equal(buf.length, 1 + 64 + 4);
    pe_buf_release(&buf);
    pe_snapshot_release(&s);
    free(digits);
}

static void test_a_secret_is_replaced_by_key_or_by_one_above(void **state)
{
    struct pe_snapshot s = snapshot_of(
        "{\"password\": \"hush\", \"token\": {\"value\": \"hush\", \"list\": [\"hush\"], \"on\": "
        "true}, \"plain\": \"x\"}");

    (void)state;
    check(&s, pe_snapshot_value, "/token/value", "\"[secret]\"");
    check(&s, pe_snapshot_value, "/token/list/0", "\"[secret]\"");
    check(&s, pe_snapshot_value, "/token/on", "true");
    check(&s, pe_snapshot_value, "/plain", "\"x\"");
    pe_snapshot_release(&s);
    s = snapshot_of("{\"pass\\u0077ord\": \"hush\"}");
    check(&s, pe_snapshot_value, "/password", "\"[secret]\"");
    pe_snapshot_release(&s);
}

static void test_a_number_that_the_model_calls_secret_is_replaced_too(void **state)
{
    struct pe_snapshot s = snapshot_of("{\"pin\": 1234, \"o\": {\"a\": 5.5, \"b\": true}}");

    (void)state;
    s.json.nodes[node_of(&s, "/pin")].bits |= PE_SECRET;
    s.json.nodes[node_of(&s, "/o")].bits |= PE_SECRET;
    check(&s, pe_snapshot_value, "/pin", "\"[secret]\"");
    check(&s, pe_snapshot_value, "/o/a", "\"[secret]\"");
    pe_snapshot_release(&s);
}

/* ---- suggestions ---- */

static void suggests(const char *json, const char *pointer, const char *key, const char *expected)
{
    struct pe_snapshot s = snapshot_of(json);
    struct pe_buf buf = {0};

    assert_int_equal(pe_snapshot_suggest(&s, node_of(&s, pointer), key, &buf), expected != NULL);
    if (expected != NULL)
        assert_string_equal(buf.data, expected);
    pe_buf_release(&buf);
    pe_snapshot_release(&s);
}

static void test_the_key_that_is_most_alike_is_suggested(void **state)
{
    (void)state;
    suggests("{\"enabled\": 1, \"entries\": 2}", "", "enabld", "enabled");
    suggests("{\"\\u0065nabled\": 1}", "", "enabld", "enabled");
    suggests("{\"a\": {\"enabled\": 1}}", "", "enabld", NULL);
    suggests("{}", "", "enabld", NULL);
    suggests("[\"enabled\"]", "", "enabld", NULL);
    suggests("\"enabled\"", "", "enabld", NULL);
}

/* ---- places ---- */

static void check_place(const struct pe_snapshot *s, const char *pointer, uint32_t line,
                        uint32_t column, uint64_t offset)
{
    struct pe_place place = pe_snapshot_place(s, node_of(s, pointer));

    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
    assert_int_equal(place.offset, offset);
}

static void test_a_place_counts_characters_and_its_offset_bytes(void **state)
{
    struct pe_snapshot s = snapshot_of("\xEF\xBB\xBF{\"管\": 1,\r\n \"b\": [2]}");

    (void)state;
    check_place(&s, "", 1, 1, 3);
    check_place(&s, "/管", 1, 7, 11);
    check_place(&s, "/b/0", 2, 8, 22);
    pe_snapshot_release(&s);
}

static void test_a_place_in_utf16_is_in_the_files_own_bytes(void **state)
{
    static const unsigned char bytes[] = {0xFF, 0xFE, '[',  0,    '"', 0, 0xA1, 0x7B,
                                          0x3D, 0xD8, 0x00, 0xDE, '"', 0, ',',  0,
                                          '\n', 0,    '7',  0,    ']', 0};
    struct pe_snapshot s;
    struct pe_err err = {0};

    (void)state;
    assert_int_equal(pe_snapshot_read(bytes, sizeof bytes, 1000, &s, &err), 0);
    check_place(&s, "", 1, 1, 2);
    check_place(&s, "/0", 1, 2, 4);
    check_place(&s, "/1", 2, 1, 18);
    pe_snapshot_release(&s);
}

static void test_what_cannot_be_read_leaves_the_snapshot_alone(void **state)
{
    static const char *const texts[] = {"", "{", "[1,]", "\xFF\xFE[", "nul"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct pe_snapshot s = {.raw_length = 77};
        struct pe_err err = {0};
        assert_int_equal(
            pe_snapshot_read((const unsigned char *)texts[i], strlen(texts[i]), 1000, &s, &err),
            -1);
        assert_int_equal(err.kind, PE_ERR_INPUT);
        assert_int_equal(s.raw_length, 77);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_node_is_found_by_the_pointer_it_has),
        cmocka_unit_test(test_pointers_that_name_nothing_find_nothing),
        cmocka_unit_test(test_the_deepest_node_has_its_pointer),
        cmocka_unit_test(test_a_label_names_elements_by_id_or_name),
        cmocka_unit_test(test_a_very_long_name_is_no_label),
        cmocka_unit_test(test_a_label_never_is_a_secret),
        cmocka_unit_test(test_a_value_is_told_as_it_stands),
        cmocka_unit_test(test_a_long_string_is_cut_between_characters_and_escapes),
        cmocka_unit_test(test_a_string_at_the_limit_is_told_whole),
        cmocka_unit_test(test_a_number_of_many_digits_is_cut_and_says_so),
        cmocka_unit_test(test_a_secret_is_replaced_by_key_or_by_one_above),
        cmocka_unit_test(test_a_number_that_the_model_calls_secret_is_replaced_too),
        cmocka_unit_test(test_the_key_that_is_most_alike_is_suggested),
        cmocka_unit_test(test_a_place_counts_characters_and_its_offset_bytes),
        cmocka_unit_test(test_a_place_in_utf16_is_in_the_files_own_bytes),
        cmocka_unit_test(test_what_cannot_be_read_leaves_the_snapshot_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
