/* test_escape.c: text made safe for a terminal. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"

static void check(const char *text, size_t length, const char *expected)
{
    struct pe_buf buf = {0};

    pe_escape_add(&buf, text, length);
    pe_buf_adds(&buf, "");
    assert_string_equal(buf.data, expected);
    pe_buf_release(&buf);
}

#define CHECK(text, expected) check(text, sizeof(text) - 1, expected)

static void test_plain_and_japanese_text_stays(void **state)
{
    (void)state;
    CHECK("", "");
    CHECK("a b ~ \\ \" 100%", "a b ~ \\ \" 100%");
    CHECK("不適合：許可リスト（無効）　①", "不適合：許可リスト（無効）　①");
    CHECK("\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80");
}

static void test_controls_are_shown_by_number(void **state)
{
    (void)state;
    CHECK("\x1B[2J", "\\u{001B}[2J");
    CHECK("a\nb\r\tc", "a\\u{000A}b\\u{000D}\\u{0009}c");
    CHECK("a\0b", "a\\u{0000}b");
    CHECK("\x7F", "\\u{007F}");
    CHECK("\xC2\x9B"
          "31m",
          "\\u{009B}31m");
}

static void test_invisible_and_reordering_characters_are_shown_by_number(void **state)
{
    (void)state;
    CHECK("\u202Ex\u202C", "\\u{202E}x\\u{202C}");
    CHECK("PA\u200BSS", "PA\\u{200B}SS");
    CHECK("a\u2028b\u2029c", "a\\u{2028}b\\u{2029}c");
    CHECK("\uFEFF\u00AD\u2060\u3164", "\\u{FEFF}\\u{00AD}\\u{2060}\\u{3164}");
    CHECK("\U000E0041", "\\u{E0041}");
    CHECK("\xEF\xBF\xBF", "\\u{FFFF}");
}

static void test_bytes_that_are_not_utf8_are_shown_one_by_one(void **state)
{
    (void)state;
    CHECK("a\xFFz", "a\\x{FF}z");
    CHECK("\xC0\x80", "\\x{C0}\\x{80}");
    CHECK("\xED\xA0\x80", "\\x{ED}\\x{A0}\\x{80}");
    CHECK("\xE3\x81", "\\x{E3}\\x{81}");
    CHECK("\xF4\x90\x80\x80", "\\x{F4}\\x{90}\\x{80}\\x{80}");
}

static void test_prose_loses_its_line_breaks_and_nothing_else(void **state)
{
    struct pe_buf buf = {0};

    (void)state;
    pe_escape_add_prose(&buf, "  one\n    two\tthree \n");
    assert_string_equal(buf.data, "one two three");
    pe_buf_clear(&buf);
    pe_escape_add_prose(&buf, "\x1B[1m a");
    assert_string_equal(buf.data, "\\u{001B}[1m a");
    pe_buf_clear(&buf);
    pe_escape_add_prose(&buf, NULL);
    assert_string_equal(buf.data, "");
    pe_buf_release(&buf);
}

static void test_text_for_json_only_becomes_valid(void **state)
{
    struct pe_buf buf = {0};

    (void)state;
    pe_escape_add_utf8(&buf, "\x1B\xFF\u202E", 5);
    assert_string_equal(buf.data, "\x1B\\x{FF}\u202E");
    pe_buf_release(&buf);
}

static void test_json_text_keeps_its_value(void **state)
{
    static const char json[] = "{\n  \"a\": \"\u202E\x7F\U000E0041あ\"\n}";
    struct pe_buf buf = {0};

    (void)state;
    pe_escape_add_json(&buf, json, sizeof json - 1);
    assert_string_equal(buf.data, "{\n  \"a\": \"\\u202e\\u007f\\udb40\\udc41あ\"\n}");
    pe_buf_release(&buf);
}

/* Asked of each code point, first and after others: the parent of a worker copies no value of which
 * this says that it may stay. */
static void test_json_text_that_may_stay_is_the_text_that_would_be_written(void **state)
{
    char text[10 + PE_UTF8_MAX_BYTES];
    struct pe_buf buf = {0};
    size_t size, length;

    (void)state;
    for (uint32_t code = 0; code <= PE_MAX_POINT; code++)
        for (size_t before = 0; before <= 10; before += 10) {
            memcpy(text, "0123456789", 10);
            size = pe_utf8_encode(code, text + before);
            length = before + size;
            pe_buf_clear(&buf);
            pe_escape_add_json(&buf, text, length);
            if (size > 0 && (buf.length != length || memcmp(buf.data, text, length) != 0))
                length = before;
            assert_int_equal(pe_escape_json_safe(text, before + size), length);
        }
    assert_int_equal(pe_escape_json_safe("ab\xFF", 3), 2);
    pe_buf_release(&buf);
}

/* With both what jansson writes and the harmful points in it made escapes. */
static void assert_quoted_as_jansson_does(const char *text, size_t length)
{
    json_t *string = json_stringn(text, length);
    char *dumped = json_dumps(string, JSON_ENCODE_ANY);
    struct pe_buf expected = {0}, buf = {0};

    assert_non_null(dumped);
    pe_escape_add_json(&expected, dumped, strlen(dumped));
    pe_escape_add_json_string(&buf, text, length);
    if (buf.length != expected.length || memcmp(buf.data, expected.data, buf.length) != 0)
        fail_msg("%s instead of %s", buf.data, expected.data);
    pe_buf_release(&expected);
    pe_buf_release(&buf);
    free(dumped);
    json_decref(string);
}

/* At the start, at each place of the eight bytes that are looked at together, and behind them. */
static void test_a_json_string_is_what_jansson_writes(void **state)
{
    char text[20 + PE_UTF8_MAX_BYTES];
    size_t size;

    (void)state;
    for (uint32_t code = 0; code <= PE_MAX_POINT; code++)
        for (size_t before = 0; before <= (code < 0x3200 ? 10u : 0u); before++) {
            memset(text, 'x', sizeof text);
            size = pe_utf8_encode(code, text + before);
            if (size > 0)
                assert_quoted_as_jansson_does(text, before + size + (code < 0x3200 ? 10 : 0));
        }
}

static void test_a_json_string_loses_bytes_that_are_not_utf8(void **state)
{
    struct pe_buf buf = {0};

    (void)state;
    pe_escape_add_json_string(&buf, "a\xFF\xC3", 3);
    pe_escape_add_json_string(&buf, "", 0);
    assert_string_equal(buf.data, "\"a\"\"\"");
    pe_buf_release(&buf);
}

static void test_json_text_loses_bytes_that_no_writer_leaves(void **state)
{
    static const char json[] = "[\"a\xFF\xC3\", \"\xE3\x81\"]";
    struct pe_buf buf = {0};

    (void)state;
    pe_escape_add_json(&buf, json, sizeof json - 1);
    assert_string_equal(buf.data, "[\"a\", \"\"]");
    pe_buf_release(&buf);
}

/* What a terminal must not be sent, told without the table under test. */
static void assert_safe(const char *text)
{
    uint32_t code;
    size_t length = strlen(text), size;

    for (size_t i = 0; i < length; i += size) {
        size = pe_utf8_decode(text + i, length - i, &code);
        assert_true(size > 0);
        assert_true(code >= 0x20 && code != 0x7F && (code < 0x80 || code > 0x9F));
        assert_true(code < 0x200B || code > 0x200F);
        assert_true(code < 0x2028 || code > 0x202E);
        assert_true(code < 0x2060 || code > 0x206F);
        assert_true(code < 0xE0000);
    }
}

static void test_hostile_strings_become_one_safe_line(void **state)
{
    json_t *list =
        json_load_file(PE_TEST_DIR "/unit/data/hostile_strings.json", JSON_ALLOW_NUL, NULL);
    struct pe_buf buf = {0};

    (void)state;
    assert_true(json_array_size(list) > 40);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *value = json_object_get(json_array_get(list, i), "value");
        pe_buf_clear(&buf);
        pe_escape_add(&buf, json_string_value(value), json_string_length(value));
        assert_safe(buf.data);
    }
    pe_buf_release(&buf);
    json_decref(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_and_japanese_text_stays),
        cmocka_unit_test(test_controls_are_shown_by_number),
        cmocka_unit_test(test_invisible_and_reordering_characters_are_shown_by_number),
        cmocka_unit_test(test_bytes_that_are_not_utf8_are_shown_one_by_one),
        cmocka_unit_test(test_prose_loses_its_line_breaks_and_nothing_else),
        cmocka_unit_test(test_text_for_json_only_becomes_valid),
        cmocka_unit_test(test_json_text_keeps_its_value),
        cmocka_unit_test(test_json_text_that_may_stay_is_the_text_that_would_be_written),
        cmocka_unit_test(test_a_json_string_is_what_jansson_writes),
        cmocka_unit_test(test_a_json_string_loses_bytes_that_are_not_utf8),
        cmocka_unit_test(test_json_text_loses_bytes_that_no_writer_leaves),
        cmocka_unit_test(test_hostile_strings_become_one_safe_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
