/* test_frame.c: the lines of a snapshot around a finding, with a caret. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/width.h"
#include "frame.h"

static const struct pe_frame_look plain = {.columns = 60, .indent = 2};

static char *frame_of(const struct pe_frame_source *source, struct pe_place place,
                      const struct pe_frame_look *look)
{
    struct pe_buf buf = {0};

    if (!pe_frame_add(&buf, source, place, look))
        pe_buf_adds(&buf, "no frame");
    return buf.data;
}

static void check_source(const struct pe_frame_source *source, size_t offset, uint32_t line,
                         const char *expected)
{
    struct pe_place place = {.line = line, .column = 1, .offset = offset};
    char *frame = frame_of(source, place, &plain);

    assert_string_equal(frame, expected);
    free(frame);
}

/* The caret goes where the text has a needle. */
static void check(const char *text, const char *needle, uint32_t line, const char *expected)
{
    struct pe_frame_source source = {.bytes = (const unsigned char *)text, .length = strlen(text)};

    check_source(&source, (size_t)(strstr(text, needle) - text), line, expected);
}

static void test_a_line_stands_between_its_neighbours(void **state)
{
    (void)state;
    check("{\n  \"a\": false,\n  \"b\": 1\n}\n", "false", 2,
          "  1 | {\n"
          "  2 |   \"a\": false,\n"
          "    |        ^^^^^\n"
          "  3 |   \"b\": 1\n");
}

static void test_the_first_and_the_last_line_have_one_neighbour(void **state)
{
    (void)state;
    check("[\n1]", "[", 1, "  1 | [\n    | ^\n  2 | 1]\n");
    check("[\n1]", "1", 2, "  1 | [\n  2 | 1]\n    | ^\n");
    check("[1]", "1", 1, "  1 | [1]\n    |  ^\n");
    check("[1]\n", "1", 1, "  1 | [1]\n    |  ^\n");
}

static void test_an_empty_line_has_no_blank_at_its_end(void **state)
{
    (void)state;
    check("\n1\n\n", "1", 2, "  1 |\n  2 | 1\n    | ^\n  3 |\n");
}

static void test_carriage_returns_are_not_shown_at_the_end_of_a_line(void **state)
{
    (void)state;
    check("{\r\n\"a\": 1\r\n}\r\n", "1", 2, "  1 | {\n  2 | \"a\": 1\n    |      ^\n  3 | }\n");
}

static void test_line_numbers_are_aligned(void **state)
{
    (void)state;
    check("[\n1\n]", "1", 9, "   8 | [\n   9 | 1\n     | ^\n  10 | ]\n");
    check("[\n1\n]", "1", UINT32_MAX, "  4294967294 | [\n  4294967295 | 1\n             | ^\n");
}

static void test_the_caret_underlines_a_whole_token(void **state)
{
    (void)state;
    check("[\"a\\\"b\", 2]", "\"a", 1, "  1 | [\"a\\\"b\", 2]\n    |  ^^^^^^\n");
    check("[-1.5e3,2]", "-", 1, "  1 | [-1.5e3,2]\n    |  ^^^^^^\n");
    check("{\"a\": {\"b\": 1}}", "{\"b", 1, "  1 | {\"a\": {\"b\": 1}}\n    |       ^\n");
    check("\"open", "\"", 1, "  1 | \"open\n    | ^^^^^\n");
}

static void test_the_caret_stands_below_wide_characters(void **state)
{
    (void)state;
    check("{ \"名前\": \"管理者\", \"x\": true }", "true", 1,
          "  1 | { \"名前\": \"管理者\", \"x\": true }\n"
          "    |                          ^^^^\n");
    check("[\"管理者\"]", "\"管", 1, "  1 | [\"管理者\"]\n    |  ^^^^^^^^\n");
}

static void test_a_tab_is_one_space(void **state)
{
    (void)state;
    check("\t\t\"a\": 1", "1", 1, "  1 |   \"a\": 1\n    |        ^\n");
}

static void test_what_harms_a_terminal_is_escaped_and_the_caret_follows(void **state)
{
    (void)state;
    check("[\"\x1B[2J\u202E\", 7]", "7", 1,
          "  1 | [\"\\u{001B}[2J\\u{202E}\", 7]\n"
          "    |                         ^\n");
    check("[\"\xFF\xE3\x81\", 7]", "7", 1,
          "  1 | [\"\\x{FF}\\x{E3}\\x{81}\", 7]\n"
          "    |                        ^\n");
}

static void test_a_place_that_is_nowhere_gives_no_frame(void **state)
{
    struct pe_frame_source source = {.bytes = (const unsigned char *)"[1]", .length = 3};

    (void)state;
    check_source(&source, 1, 0, "no frame");
    check_source(&source, 3, 1, "no frame");
    check_source(&source, SIZE_MAX, 1, "no frame");
    source.length = 0;
    check_source(&source, 0, 1, "no frame");
}

static void test_a_long_line_is_cut_to_the_carets_neighbourhood(void **state)
{
    char text[3001];

    (void)state;
    memset(text, 'a', 3000);
    text[3000] = '\0';
    memcpy(text + 1500, "\"k\":123,", 8);
    check(text, "123", 1,
          "  1 | …aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"k\":123,aaaaaaaaaaaa…\n"
          "    |                                      ^^^\n");
    memcpy(text, "7,", 2);
    check(text, "7", 1,
          "  1 | 7,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\n"
          "    | ^\n");
}

static void test_neighbours_are_left_out_beside_a_piece_of_a_line(void **state)
{
    char text[600];

    (void)state;
    memset(text, ' ', sizeof text);
    memcpy(text, "{\n", 2);
    memcpy(text + 300, "12\n}", 5);
    check(text, "12", 2,
          "  2 | …                                    12\n"
          "    |                                      ^^\n");
}

static void test_a_line_of_100_mb_costs_nothing(void **state)
{
    size_t length = 100 * 1024 * 1024;
    unsigned char *bytes =
        mmap(NULL, length, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    struct pe_frame_source source = {.bytes = bytes, .length = length};
    struct pe_place place = {.line = 1, .column = 1, .offset = length / 2};
    unsigned char pages[100 * 256] = {0};
    size_t touched = 0;
    char *frame;

    (void)state;
    assert_true(bytes != MAP_FAILED);
    frame = frame_of(&source, place, &plain);
    assert_non_null(strstr(frame, "\\u{0000}"));
    assert_int_equal(mincore(bytes, length, pages), 0);
    for (size_t i = 0; i < sizeof pages; i++)
        touched += pages[i] & 1;
    assert_true(touched <= 4);
    free(frame);
    munmap(bytes, length);
}

/* ---- UTF-16 ---- */

/* ASCII and the Basic Multilingual Plane only. */
static size_t to_utf16(const char *text, bool big_endian, bool mark, unsigned char *out)
{
    size_t used = 0, size;
    uint32_t code = 0xFEFF;

    for (size_t i = 0; text[i] != '\0' || mark; i += size) {
        size = mark ? 0 : pe_utf8_decode(text + i, strlen(text + i), &code);
        mark = false;
        out[used + (big_endian ? 0 : 1)] = (unsigned char)(code >> 8);
        out[used + (big_endian ? 1 : 0)] = (unsigned char)code;
        used += 2;
    }
    return used;
}

static void check_utf16(bool big_endian, bool mark)
{
    static const char text[] = "{\r\n \"名前\": \"管理\", \"x\": true\r\n}";
    unsigned char bytes[2 * sizeof text + 2];
    struct pe_frame_source source = {.bytes = bytes};
    size_t offset = to_utf16("{\r\n \"名前\": \"管理\", \"x\": ", big_endian, mark, bytes);

    source.length = to_utf16(text, big_endian, mark, bytes);
    check_source(&source, offset, 2,
                 "  1 | {\n"
                 "  2 |  \"名前\": \"管理\", \"x\": true\n"
                 "    |                       ^^^^\n"
                 "  3 | }\n");
    check_source(&source, offset + 1, 2, /* in the middle of a unit */
                 "  1 | {\n"
                 "  2 |  \"名前\": \"管理\", \"x\": true\n"
                 "    |                       ^^^^\n"
                 "  3 | }\n");
}

static void test_utf16_is_shown_with_and_without_a_mark(void **state)
{
    (void)state;
    check_utf16(false, true);
    check_utf16(true, true);
    check_utf16(false, false);
    check_utf16(true, false);
}

static void test_utf16_pairs_are_one_character_and_halves_are_escaped(void **state)
{
    static const unsigned char bytes[] = {0xFF, 0xFE, 0x3D, 0xD8, 0x00, 0xDE, '1', 0,
                                          0x00, 0xDC, 0x00, 0xD8, '2',  0,    'x'};
    struct pe_frame_source source = {.bytes = bytes, .length = sizeof bytes};

    (void)state;
    check_source(&source, 6, 1,
                 "  1 | \xF0\x9F\x98\x80"
                 "1\\x{DC00}\\x{D800}2\n    |   ^^^^^^^^^^^^^^^^^^\n");
    check_source(&source, 14, 1,
                 "  1 | \xF0\x9F\x98\x80"
                 "1\\x{DC00}\\x{D800}2\n    |                     ^\n");
}

static void test_a_mark_is_not_part_of_the_first_line(void **state)
{
    (void)state;
    check("\xEF\xBB\xBF[1]", "1", 1, "  1 | [1]\n    |  ^\n");
    check("\xEF\xBB\xBF[1]", "\xBB", 1, "  1 | [1]\n    | ^\n");
}

/* ---- secrets ---- */

static const char with_secret[] = "{ \"id\": 1, \"secret\": \"hunter2\", \"next\": true }";

static void check_secret(size_t offset, struct pe_span *spans, size_t count, const char *expected)
{
    struct pe_frame_source source = {.bytes = (const unsigned char *)with_secret,
                                     .length = sizeof with_secret - 1,
                                     .secrets = spans,
                                     .secret_count = count};

    check_source(&source, offset, 1, expected);
}

static void test_a_secret_is_never_shown(void **state)
{
    struct pe_span span = {21, 9};

    (void)state;
    check_secret(21, &span, 1,
                 "  1 | { \"id\": 1, \"secret\": [secret], \"next\": true }\n"
                 "    |                      ^^^^^^^^\n");
    check_secret(25, &span, 1,
                 "  1 | { \"id\": 1, \"secret\": [secret], \"next\": true }\n"
                 "    |                      ^^^^^^^^\n");
    check_secret(40, &span, 1,
                 "  1 | { \"id\": 1, \"secret\": [secret], \"next\": true }\n"
                 "    |                                        ^^^^\n");
}

static void test_spans_may_overlap_lie_in_disorder_and_reach_beyond_the_end(void **state)
{
    struct pe_span spans[] = {{28, 2}, {21, 3}, {22, 8}, {60, 5}, {3, 0}, {UINT64_MAX, 9}};
    struct pe_span endless = {40, UINT64_MAX};

    (void)state;
    check_secret(8, spans, 6,
                 "  1 | { \"id\": 1, \"secret\": [secret], \"next\": true }\n"
                 "    |         ^\n");
    check_secret(8, &endless, 1,
                 "  1 | { \"id\": 1, \"secret\": \"hunter2\", \"next\": [secret]\n"
                 "    |         ^\n");
}

static void test_a_secret_of_many_lines_is_hidden_on_each(void **state)
{
    static const char text[] = "{\n\"key\": [\n\"-----BEGIN\",\n\"MIIE\" ],\n\"x\": 1 }";
    struct pe_span span = {9, 24};
    struct pe_frame_source source = {.bytes = (const unsigned char *)text,
                                     .length = sizeof text - 1,
                                     .secrets = &span,
                                     .secret_count = 1};

    (void)state;
    check_source(&source, 9, 2,
                 "  1 | {\n  2 | \"key\": [secret]\n    |        ^^^^^^^^\n  3 | [secret]\n");
    check_source(&source, 40, 5, "  4 | [secret],\n  5 | \"x\": 1 }\n    |      ^\n");
}

static void test_a_secret_that_begins_outside_the_window_is_hidden(void **state)
{
    char text[2001];
    struct pe_span span = {10, 1500};
    struct pe_frame_source source = {
        .bytes = (const unsigned char *)text, .length = 2000, .secrets = &span, .secret_count = 1};

    (void)state;
    memset(text, 's', 2000);
    memcpy(text + 1510, ", 42", 4);
    check_source(&source, 1512, 1,
                 "  1 | …[secret], 42ssssssssssssssssssssssssssssssssssssssss…\n"
                 "    |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n");
}

/* ---- whatever comes ---- */

static void test_colour_surrounds_carets_and_numbers(void **state)
{
    struct pe_frame_look look = {
        .columns = 60, .caret_on = "<", .caret_off = ">", .frame_on = "(", .frame_off = ")"};
    struct pe_frame_source source = {.bytes = (const unsigned char *)"[1]", .length = 3};
    char *frame = frame_of(&source, (struct pe_place){1, 2, 1}, &look);

    (void)state;
    assert_string_equal(frame, "(1 |) [1]\n(  |)  <^>\n");
    free(frame);
}

/* Every line is valid UTF-8, safe, and fits. */
static void check_lines(const char *frame, size_t columns)
{
    for (const char *end; *frame != '\0'; frame = end + 1) {
        end = strchr(frame, '\n');
        assert_non_null(end);
        assert_true(pe_utf8_valid(frame, (size_t)(end - frame)));
        assert_true(pe_width_n(frame, (size_t)(end - frame)) <= columns);
        for (const char *c = frame; c < end; c++)
            assert_true((unsigned char)*c >= 0x20);
    }
}

static void check_every_offset(const unsigned char *bytes, size_t length, unsigned seed)
{
    struct pe_span spans[] = {{seed % 300, seed % 40}, {seed % 500, 3}};
    struct pe_frame_source source = {bytes, length, spans, 2};

    for (size_t offset = 0; offset <= length; offset++) {
        char *frame = frame_of(&source, (struct pe_place){7, 1, offset}, &plain);
        if (offset < length)
            check_lines(frame, plain.columns);
        else
            assert_string_equal(frame, "no frame");
        free(frame);
    }
}

/* The bytes end where the process may read no further. */
static void test_any_bytes_at_any_offset_give_lines_that_fit(void **state)
{
    static const char *const starts[] = {"", "\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF", "{", "\0{\0{"};
    size_t page = (size_t)sysconf(_SC_PAGESIZE), length = 701;
    unsigned char *pages =
        mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    unsigned char *bytes = pages + page - length;
    unsigned seed = 1;

    (void)state;
    assert_true(pages != MAP_FAILED);
    assert_int_equal(mprotect(pages + page, page, PROT_NONE), 0);
    for (size_t round = 0; round < 12; round++) {
        for (size_t i = 0; i < length; i++) {
            seed = seed * 1103515245 + 12345;
            bytes[i] = (seed >> 16) % 9 == 0 && round % 2 == 0 ? '\n' : (unsigned char)(seed >> 20);
        }
        memcpy(bytes, starts[round % 6], round % 6 == 5 ? 4 : strlen(starts[round % 6]));
        check_every_offset(bytes, length, seed >> 8);
    }
    munmap(pages, 2 * page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_line_stands_between_its_neighbours),
        cmocka_unit_test(test_the_first_and_the_last_line_have_one_neighbour),
        cmocka_unit_test(test_an_empty_line_has_no_blank_at_its_end),
        cmocka_unit_test(test_carriage_returns_are_not_shown_at_the_end_of_a_line),
        cmocka_unit_test(test_line_numbers_are_aligned),
        cmocka_unit_test(test_the_caret_underlines_a_whole_token),
        cmocka_unit_test(test_the_caret_stands_below_wide_characters),
        cmocka_unit_test(test_a_tab_is_one_space),
        cmocka_unit_test(test_what_harms_a_terminal_is_escaped_and_the_caret_follows),
        cmocka_unit_test(test_a_place_that_is_nowhere_gives_no_frame),
        cmocka_unit_test(test_a_long_line_is_cut_to_the_carets_neighbourhood),
        cmocka_unit_test(test_neighbours_are_left_out_beside_a_piece_of_a_line),
        cmocka_unit_test(test_a_line_of_100_mb_costs_nothing),
        cmocka_unit_test(test_utf16_is_shown_with_and_without_a_mark),
        cmocka_unit_test(test_utf16_pairs_are_one_character_and_halves_are_escaped),
        cmocka_unit_test(test_a_mark_is_not_part_of_the_first_line),
        cmocka_unit_test(test_a_secret_is_never_shown),
        cmocka_unit_test(test_spans_may_overlap_lie_in_disorder_and_reach_beyond_the_end),
        cmocka_unit_test(test_a_secret_of_many_lines_is_hidden_on_each),
        cmocka_unit_test(test_a_secret_that_begins_outside_the_window_is_hidden),
        cmocka_unit_test(test_colour_surrounds_carets_and_numbers),
        cmocka_unit_test(test_any_bytes_at_any_offset_give_lines_that_fit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
