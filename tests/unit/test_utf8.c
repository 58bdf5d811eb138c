/* test_utf8.c: valid and invalid UTF-8, code point by code point. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_every_code_point_comes_back_from_its_bytes(void **state)
{
    char bytes[PE_UTF8_MAX_BYTES];
    uint32_t found;
    size_t size;

    (void)state;
    for (uint32_t point = 0; point <= PE_MAX_POINT; point++) {
        size = pe_utf8_encode(point, bytes);
        if (point >= 0xD800 && point <= 0xDFFF) {
            assert_int_equal(size, 0);
            continue;
        }
        assert_int_equal(pe_utf8_decode(bytes, size, &found), size);
        assert_int_equal(found, point);
        assert_int_equal(pe_utf8_decode(bytes, size - 1, &found), 0);
    }
    assert_int_equal(pe_utf8_encode(PE_MAX_POINT + 1, bytes), 0);
}

/* Whatever four bytes decode to has to be encoded as the same bytes: so nothing overlong, no
 * surrogate and nothing above U+10FFFF is taken. */
static void test_no_other_bytes_are_taken(void **state)
{
    static const char edges[] = {0, 0x7F, (char)0x80, (char)0xBF, (char)0xC0};
    char bytes[4], again[PE_UTF8_MAX_BYTES];
    uint32_t point;
    size_t size;

    (void)state;
    for (unsigned i = 0; i < 0x10000 * 25; i++) {
        bytes[0] = (char)(i & 0xFF);
        bytes[1] = (char)(i >> 8 & 0xFF);
        bytes[2] = edges[(i >> 16) / 5];
        bytes[3] = edges[(i >> 16) % 5];
        size = pe_utf8_decode(bytes, sizeof bytes, &point);
        if (size > 0) {
            assert_int_equal(pe_utf8_encode(point, again), size);
            assert_memory_equal(bytes, again, size);
        }
    }
}

static void test_what_is_valid_is_told_from_what_is_not(void **state)
{
    static const char *const invalid[] = {"\x80",
                                          "\xC0\x80",
                                          "\xC3",
                                          "\xE0\x9F\xBF",
                                          "\xED\xA0\x80",
                                          "\xF0\x8F\xBF\xBF",
                                          "\xF4\x90\x80\x80",
                                          "\xF8\x88\x80\x80\x80",
                                          "\xFF"};
    char text[64];

    (void)state;
    for (size_t i = 0; i < sizeof invalid / sizeof invalid[0]; i++)
        for (size_t before = 0; before < 20; before++) {
            memset(text, 'x', before);
            strcpy(text + before, invalid[i]);
            assert_false(pe_utf8_valid(text, strlen(text)));
            assert_int_equal(pe_utf8_valid_prefix(text, strlen(text)), before);
        }
    assert_true(pe_utf8_valid("a\xC3\xA9\xE3\x81\x82\xF0\x9F\x98\x80z", 11));
    assert_true(pe_utf8_valid(NULL, 0));
    assert_true(pe_utf8_valid("\0", 1));
}

static void test_code_points_are_counted(void **state)
{
    static const char text[] = "a\xC3\xA9\xE3\x81\x82\xF0\x9F\x98\x80z a\xC3\xA9\xE3\x81\x82z";

    (void)state;
    assert_int_equal(pe_utf8_count(text, sizeof text - 1), 10);
    assert_int_equal(pe_utf8_count(text, 11), 5);
    assert_int_equal(pe_utf8_count(text, 1), 1);
    assert_int_equal(pe_utf8_count(NULL, 0), 0);
}

/* Every byte at every place among printable ones, and in spans of every length. */
static void test_printable_ascii_ends_where_anything_else_begins(void **state)
{
    char text[24];

    (void)state;
    for (unsigned byte = 0; byte < 256; byte++)
        for (size_t at = 0; at < sizeof text; at++)
            for (size_t length = at; length <= sizeof text; length++) {
                bool plain = byte >= 0x20 && byte < 0x7F;
                memset(text, at % 2 == 0 ? '~' : ' ', sizeof text);
                text[at] = (char)byte;
                assert_int_equal(pe_utf8_printable_prefix(text, length),
                                 plain || length == at ? length : at);
                plain &= byte != '"' && byte != '\\';
                assert_int_equal(pe_utf8_quotable_prefix(text, length),
                                 plain || length == at ? length : at);
            }
    assert_int_equal(pe_utf8_printable_prefix(NULL, 0), 0);
    assert_int_equal(pe_utf8_quotable_prefix(NULL, 0), 0);
}

/* Every three bytes, before and after one that is. */
static void test_japanese_ends_where_anything_else_begins(void **state)
{
    char text[9] = "\xE3\x81\x82";
    uint32_t point;

    (void)state;
    for (uint32_t bytes = 0; bytes < 1u << 24; bytes++) {
        bool taken;
        text[3] = (char)(bytes >> 16);
        text[4] = (char)(bytes >> 8);
        text[5] = (char)bytes;
        memcpy(text + 6, "\xE3\x81\x82", 3);
        if ((bytes >> 16) < 0xE0 && (bytes & 0xFFFF) != 0x8182)
            continue; /* of the others one each */
        taken = pe_utf8_decode(text + 3, 3, &point) == 3 && point >= 0x3000 && point < 0xD000 &&
                point != 0x3164;
        assert_int_equal(pe_utf8_japanese_prefix(text, sizeof text), taken ? 9 : 3);
    }
    assert_int_equal(pe_utf8_japanese_prefix(text, 2), 0);
    assert_int_equal(pe_utf8_japanese_prefix(NULL, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_code_point_comes_back_from_its_bytes),
        cmocka_unit_test(test_no_other_bytes_are_taken),
        cmocka_unit_test(test_what_is_valid_is_told_from_what_is_not),
        cmocka_unit_test(test_code_points_are_counted),
        cmocka_unit_test(test_printable_ascii_ends_where_anything_else_begins),
        cmocka_unit_test(test_japanese_ends_where_anything_else_begins),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
