/* test_place.c: lines and columns, compared with counting from the start. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Byte by byte, as the header tells it. */
static void count_naively(const char *text, size_t offset, uint32_t *line, uint32_t *column)
{
    *line = *column = 1;
    for (size_t i = 0; i < offset; i++)
        if (text[i] == '\n') {
            ++*line;
            *column = 1;
        } else if ((text[i + 1] & 0xC0) != 0x80) { /* the code point ends here */
            ++*column;
        }
}

static void check_place(struct pe_places *places, size_t offset, uint32_t line, uint32_t column)
{
    uint32_t found_line, found_column;

    pe_place_find(places, offset, &found_line, &found_column);
    assert_int_equal(found_line, line);
    assert_int_equal(found_column, column);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 16;
}

/* Random text of about length bytes, NUL at its end; one part of `newlines` is a line's end. */
static char *random_text(uint32_t *seed, size_t length, uint32_t newlines)
{
    static const char *const parts[] = {"a",  "\xC3\xA9", "\xE3\x81\x82", "\xF0\x9F\x98\x80",
                                        "\r", " "};
    char *text = malloc(length + 8);
    size_t used = 0;
    const char *part;

    assert_non_null(text);
    while (used < length) {
        part = next_random(seed) % newlines == 0 ? "\n" : parts[next_random(seed) % 6];
        memcpy(text + used, part, strlen(part) + 1);
        used += strlen(part);
    }
    text[used] = '\0';
    return text;
}

static void test_random_texts_have_the_places_of_a_naive_count(void **state)
{
    static const uint32_t newlines[] = {1, 2, 20, 300, 60000};
    struct pe_places places;
    uint32_t seed = 1, line, column;
    char *text;

    (void)state;
    for (int round = 0; round < 25; round++) {
        text = random_text(&seed, round % 2 == 0 ? 200 : 20000, newlines[round % 5]);
        pe_place_init(&places, text, strlen(text));
        for (size_t i = 0; i <= strlen(text); i += 1 + next_random(&seed) % (strlen(text) / 40)) {
            count_naively(text, i, &line, &column);
            check_place(&places, i, line, column);
        }
        pe_place_release(&places);
        free(text);
    }
}

static void test_lf_and_crlf_end_lines_and_a_lone_cr_does_not(void **state)
{
    static const char text[] = "a\nb\r\nc\rd";
    struct pe_places places;

    (void)state;
    pe_place_init(&places, text, sizeof text - 1);
    check_place(&places, 0, 1, 1);
    check_place(&places, 1, 1, 2);
    check_place(&places, 2, 2, 1);
    check_place(&places, 5, 3, 1);
    check_place(&places, 7, 3, 3);
    pe_place_release(&places);
}

static void test_an_offset_inside_a_code_point_is_that_code_points(void **state)
{
    static const char text[] = "\xF0\x9F\x98\x80\xE3\x81\x82z";
    struct pe_places places;

    (void)state;
    pe_place_init(&places, text, sizeof text - 1);
    for (size_t i = 0; i < 4; i++)
        check_place(&places, i, 1, 1);
    for (size_t i = 4; i < 7; i++)
        check_place(&places, i, 1, 2);
    check_place(&places, 7, 1, 3);
    pe_place_release(&places);
}

static void test_beyond_the_end_is_the_end(void **state)
{
    struct pe_places places;

    (void)state;
    pe_place_init(&places, "a\nb", 3);
    check_place(&places, 3, 2, 2);
    check_place(&places, 1000, 2, 2);
    pe_place_release(&places);
    pe_place_init(&places, NULL, 0);
    check_place(&places, 0, 1, 1);
    pe_place_release(&places);
}

static void test_block_edges_are_no_line_edges(void **state)
{
    struct pe_places places;
    char *text = calloc(1, 3 * 4096 + 1);

    (void)state;
    assert_non_null(text);
    memset(text, 'x', 3 * 4096);
    text[4095] = '\n';
    memcpy(text + 8190, "\xF0\x9F\x98\x80", 4); /* lies across an edge */
    pe_place_init(&places, text, 3 * 4096);
    check_place(&places, 4095, 1, 4096);
    check_place(&places, 4096, 2, 1);
    check_place(&places, 8190, 2, 4095);
    check_place(&places, 8192, 2, 4095);
    check_place(&places, 8194, 2, 4096);
    check_place(&places, 3 * 4096, 2, 8190);
    pe_place_release(&places);
    free(text);
}

static void test_a_single_line_of_100_mb_has_right_columns(void **state)
{
    const size_t length = 100000000;
    char *text = malloc(length);
    struct pe_places places;

    (void)state;
    assert_non_null(text);
    memset(text, 'x', length);
    pe_place_init(&places, text, length);
    for (size_t i = 0; i < length; i += 9999)
        check_place(&places, i, 1, (uint32_t)i + 1);
    check_place(&places, length, 1, (uint32_t)length + 1);
    pe_place_release(&places);
    free(text);
}

static void test_a_single_question_needs_no_index(void **state)
{
    uint32_t line, column;

    (void)state;
    pe_place_count("ab\n\xE3\x81\x82z", 6, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 2);
}

static void test_long_texts_have_a_coarser_index_and_the_same_places(void **state)
{
    static const char line[] = "管理策, and what it is about: \xF0\x9F\x94\x92\n";
    const size_t size = sizeof line - 1, counts[] = {1048576 / size, 1048576 / size + 1, 40000};
    uint32_t line_number, column, want_line, want_column;
    struct pe_places places;

    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        char *text = malloc(counts[i] * size);
        assert_non_null(text);
        for (size_t j = 0; j < counts[i]; j++)
            memcpy(text + j * size, line, size);
        pe_place_init(&places, text, counts[i] * size);
        for (size_t at = 0; at < counts[i] * size; at += 9973) {
            while ((text[at] & 0xC0) == 0x80)
                at--;
            pe_place_count(text, at, &want_line, &want_column);
            pe_place_find(&places, at, &line_number, &column);
            assert_int_equal(line_number, want_line);
            assert_int_equal(column, want_column);
        }
        pe_place_release(&places);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_texts_have_the_places_of_a_naive_count),
        cmocka_unit_test(test_lf_and_crlf_end_lines_and_a_lone_cr_does_not),
        cmocka_unit_test(test_an_offset_inside_a_code_point_is_that_code_points),
        cmocka_unit_test(test_beyond_the_end_is_the_end),
        cmocka_unit_test(test_block_edges_are_no_line_edges),
        cmocka_unit_test(test_a_single_line_of_100_mb_has_right_columns),
        cmocka_unit_test(test_a_single_question_needs_no_index),
        cmocka_unit_test(test_long_texts_have_a_coarser_index_and_the_same_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
