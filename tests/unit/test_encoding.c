/* test_encoding.c: the same text in every encoding that is taken, and those that are refused. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "encoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BYTES(literal) (const unsigned char *)(literal), sizeof(literal) - 1
#define UTF8_TEXT "{\"a\":\"\xC3\xA9\xE3\x81\x82\xF0\x9F\x98\x80\"}"
#define LE_TEXT "{\0\"\0a\0\"\0:\0\"\0\xE9\0\x42\x30\x3D\xD8\x00\xDE\"\0}\0"
#define BE_TEXT "\0{\0\"\0a\0\"\0:\0\"\0\xE9\x30\x42\xD8\x3D\xDE\x00\0\"\0}"

static void check_text(const unsigned char *bytes, size_t length, enum pe_encoding_kind kind,
                       size_t bom_bytes, const char *text)
{
    struct pe_encoded encoded;
    struct pe_err err = {0};

    if (pe_encoding_to_utf8(bytes, length, 1000, &encoded, &err) != 0)
        fail_msg("refused: %s", err.text);
    assert_int_equal(encoded.kind, kind);
    assert_int_equal(encoded.bom_bytes, bom_bytes);
    assert_int_equal(encoded.length, strlen(text));
    assert_memory_equal(encoded.text, text, strlen(text));
    assert_int_equal(encoded.owned != NULL, kind != PE_UTF8);
    pe_encoding_release(&encoded);
    assert_null(encoded.text);
}

static void check_refused(const unsigned char *bytes, size_t length, size_t max_bytes,
                          const char *why)
{
    struct pe_encoded encoded = {.length = 77};
    struct pe_err err = {0};

    assert_int_equal(pe_encoding_to_utf8(bytes, length, max_bytes, &encoded, &err), -1);
    assert_int_equal(err.kind, PE_ERR_INPUT);
    assert_string_equal(err.text, why);
    assert_int_equal(encoded.length, 77);
}

static void test_utf8_is_borrowed(void **state)
{
    static const unsigned char text[] = UTF8_TEXT;
    struct pe_encoded encoded;

    (void)state;
    assert_int_equal(pe_encoding_to_utf8(text, sizeof text - 1, 1000, &encoded, NULL), 0);
    assert_ptr_equal(encoded.text, text);
    check_text(text, sizeof text - 1, PE_UTF8, 0, UTF8_TEXT);
}

static void test_a_byte_order_mark_is_taken_off(void **state)
{
    (void)state;
    check_text(BYTES("\xEF\xBB\xBF" UTF8_TEXT), PE_UTF8, 3, UTF8_TEXT);
    check_text(BYTES("\xFF\xFE" LE_TEXT), PE_UTF16LE, 2, UTF8_TEXT);
    check_text(BYTES("\xFE\xFF" BE_TEXT), PE_UTF16BE, 2, UTF8_TEXT);
}

static void test_only_one_byte_order_mark_is_taken_off(void **state)
{
    (void)state;
    check_text(BYTES("\xEF\xBB\xBF\xEF\xBB\xBF[]"), PE_UTF8, 3, "\xEF\xBB\xBF[]");
    check_text(BYTES("\xFF\xFE\xFF\xFE[\0]\0"), PE_UTF16LE, 2, "\xEF\xBB\xBF[]");
}

static void test_utf16_without_a_mark_is_known_by_its_zeros(void **state)
{
    (void)state;
    check_text(BYTES(LE_TEXT), PE_UTF16LE, 0, UTF8_TEXT);
    check_text(BYTES(BE_TEXT), PE_UTF16BE, 0, UTF8_TEXT);
    check_text(BYTES("[\0]\0"), PE_UTF16LE, 0, "[]");
    check_text(BYTES("\0[\0]"), PE_UTF16BE, 0, "[]");
}

/* Two characters are not enough to tell; the reader refuses the NUL. */
static void test_a_single_character_is_not_taken_for_utf16(void **state)
{
    struct pe_encoded encoded;

    (void)state;
    assert_int_equal(pe_encoding_to_utf8(BYTES("1\0"), 1000, &encoded, NULL), 0);
    assert_int_equal(encoded.kind, PE_UTF8);
    assert_int_equal(encoded.length, 2);
}

static void test_an_empty_text_stays_empty(void **state)
{
    (void)state;
    check_text(NULL, 0, PE_UTF8, 0, "");
    check_text(BYTES("\xEF\xBB\xBF"), PE_UTF8, 3, "");
    check_text(BYTES("\xFF\xFE"), PE_UTF16LE, 2, "");
    check_text(BYTES("\xFE\xFF"), PE_UTF16BE, 2, "");
}

static void test_utf32_is_refused_by_name(void **state)
{
    static const char why[] = "the text is UTF-32; save it as UTF-8";

    (void)state;
    check_refused(BYTES("\xFF\xFE\0\0[\0\0\0]\0\0\0"), 1000, why);
    check_refused(BYTES("\0\0\xFE\xFF\0\0\0[\0\0\0]"), 1000, why);
    check_refused(BYTES("[\0\0\0]\0\0\0"), 1000, why);
    check_refused(BYTES("\0\0\0[\0\0\0]"), 1000, why);
}

static void test_half_a_unit_at_the_end_is_refused(void **state)
{
    static const char why[] = "the text is UTF-16, but ends in the middle of a character";

    (void)state;
    check_refused(BYTES("\xFF\xFE[\0]"), 1000, why);
    check_refused(BYTES("\0[\0]\0"), 1000, why);
}

static void test_half_a_surrogate_pair_is_refused_with_its_place(void **state)
{
    (void)state;
    check_refused(BYTES("\xFF\xFE[\0\n\0\"\0\x3D\xD8\"\0]\0"), 1000,
                  "line 2, column 2: half of a UTF-16 surrogate pair without the other");
    check_refused(BYTES("\xFE\xFF\0[\0\"\xDE\x00\0\"\0]"), 1000,
                  "line 1, column 3: half of a UTF-16 surrogate pair without the other");
    check_refused(BYTES("\xFF\xFE[\0\"\0\x3D\xD8"), 1000,
                  "line 1, column 3: half of a UTF-16 surrogate pair without the other");
    check_refused(BYTES("\xFF\xFE\x3D\xD8\x3D\xD8"), 1000,
                  "line 1, column 1: half of a UTF-16 surrogate pair without the other");
}

static void test_the_limit_is_of_the_text_as_utf8(void **state)
{
    struct pe_encoded encoded;

    (void)state;
    assert_int_equal(pe_encoding_to_utf8(BYTES("\xFF\xFE\x42\x30\x42\x30"), 6, &encoded, NULL), 0);
    pe_encoding_release(&encoded);
    check_refused(BYTES("\xFF\xFE\x42\x30\x42\x30"), 5,
                  "the text is larger than the limit of 5 bytes as UTF-8");
    assert_int_equal(pe_encoding_to_utf8(BYTES("\xEF\xBB\xBF[]"), 2, &encoded, NULL), 0);
    check_refused(BYTES("\xEF\xBB\xBF[]"), 1, "the text is larger than the limit of 1 bytes");
}

static void check_offset(const unsigned char *bytes, size_t length, size_t text_offset,
                         uint64_t expected)
{
    struct pe_encoded encoded;

    assert_int_equal(pe_encoding_to_utf8(bytes, length, 1000, &encoded, NULL), 0);
    assert_int_equal(pe_encoding_offset(&encoded, bytes, length, text_offset), expected);
    pe_encoding_release(&encoded);
}

static void test_offsets_lead_back_to_the_raw_bytes(void **state)
{
    /* of the text: { 0, " 5, e-acute 6, a 8, emoji 11, " 15, } 16, end 17 */
    static const unsigned char text[] = {0, 5, 6, 8, 11, 15, 16, 17};
    static const unsigned char raw16[] = {0, 10, 12, 14, 16, 20, 22, 24};

    (void)state;
    for (size_t i = 0; i < sizeof text; i++) {
        check_offset(BYTES(UTF8_TEXT), text[i], text[i]);
        check_offset(BYTES("\xEF\xBB\xBF" UTF8_TEXT), text[i], text[i] + 3u);
        check_offset(BYTES(LE_TEXT), text[i], raw16[i]);
        check_offset(BYTES("\xFF\xFE" LE_TEXT), text[i], raw16[i] + 2u);
        check_offset(BYTES("\xFE\xFF" BE_TEXT), text[i], raw16[i] + 2u);
    }
    check_offset(BYTES(LE_TEXT), 13, 16); /* inside the emoji */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8_is_borrowed),
        cmocka_unit_test(test_a_byte_order_mark_is_taken_off),
        cmocka_unit_test(test_only_one_byte_order_mark_is_taken_off),
        cmocka_unit_test(test_utf16_without_a_mark_is_known_by_its_zeros),
        cmocka_unit_test(test_a_single_character_is_not_taken_for_utf16),
        cmocka_unit_test(test_an_empty_text_stays_empty),
        cmocka_unit_test(test_utf32_is_refused_by_name),
        cmocka_unit_test(test_half_a_unit_at_the_end_is_refused),
        cmocka_unit_test(test_half_a_surrogate_pair_is_refused_with_its_place),
        cmocka_unit_test(test_the_limit_is_of_the_text_as_utf8),
        cmocka_unit_test(test_offsets_lead_back_to_the_raw_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
