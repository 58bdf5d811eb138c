/* test_ndlines.c: a stream is cut into lines, whatever pieces it comes in. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ndlines.h"

/* All lines of a text that is written in pieces of so many bytes, with '|' behind each; "!" is one
 * that is too long. */
static void cut(const char *text, size_t length, size_t piece, size_t max, struct pe_buf *out)
{
    struct pe_ndlines lines = {.max_bytes = max};
    struct pe_ndline line = {0};
    struct pe_err err;
    char digest[65];
    size_t from = 0, at = 0;
    int ends[2];

    pe_buf_clear(out);
    assert_int_equal(pipe(ends), 0);
    lines.fd = ends[0];
    while (!lines.ended) {
        size_t now = length - at < piece ? length - at : piece;
        assert_int_equal(write(ends[1], text + at, now), (ssize_t)now);
        at += now;
        if (now == 0)
            close(ends[1]);
        assert_true(pe_ndlines_hungry(&lines));
        assert_int_equal(pe_ndlines_read(&lines, &err), 0);
        while (pe_ndlines_take(&lines, &line, &err) > 0) {
            const char *end = memchr(text + from, '\n', length - from);
            size_t whole = end == NULL ? length - from : (size_t)(end - text) - from;
            pe_sha256_of(text + from, whole, digest);
            assert_string_equal(line.sha256, digest);
            from += whole + 1;
            pe_buf_add(out, line.too_long ? "!" : line.bytes.data,
                       line.too_long ? 1 : line.bytes.length);
            pe_buf_addc(out, '|');
            pe_ndline_clear(&line);
        }
    }
    assert_false(pe_ndlines_hungry(&lines));
    close(ends[0]);
    pe_buf_release(&line.bytes);
    pe_ndlines_release(&lines);
}

static void wants(const char *text, size_t length, size_t max, const char *wanted)
{
    struct pe_buf out = {0};

    for (size_t piece = 1; piece <= length + 1; piece++) {
        cut(text, length, piece, max, &out);
        assert_int_equal(out.length, strlen(wanted));
        if (out.length > 0)
            assert_memory_equal(out.data, wanted, out.length);
    }
    pe_buf_release(&out);
}

static void test_lines_end_with_a_line_feed_or_the_file(void **state)
{
    (void)state;
    wants("", 0, 9, "");
    wants("\n", 1, 9, "|");
    wants("a", 1, 9, "a|");
    wants("a\n", 2, 9, "a|");
    wants("a\n\nbc\r\nd", 8, 9, "a||bc\r|d|");
}

static void test_a_line_of_the_limit_is_whole_and_a_longer_one_is_not(void **state)
{
    (void)state;
    wants("abc\nabcd\nabcdefgh\nab\n", 21, 3, "abc|!|!|ab|");
    wants("abcd", 4, 3, "!|");
}

static void test_a_nul_is_a_byte_like_others(void **state)
{
    struct pe_buf out = {0};

    (void)state;
    cut("a\0b\nc", 5, 2, 9, &out);
    assert_int_equal(out.length, 6);
    assert_memory_equal(out.data, "a\0b|c|", 6);
    pe_buf_release(&out);
}

static void test_blank_is_what_json_takes_for_blank(void **state)
{
    struct pe_ndline line = {0};

    (void)state;
    assert_true(pe_ndline_blank(&line));
    pe_buf_adds(&line.bytes, " \t\r");
    assert_true(pe_ndline_blank(&line));
    pe_buf_add(&line.bytes, "", 1);
    assert_false(pe_ndline_blank(&line));
    pe_ndline_clear(&line);
    line.too_long = true;
    assert_false(pe_ndline_blank(&line));
    pe_buf_release(&line.bytes);
}

static void test_a_descriptor_that_has_nothing_yet_is_no_error(void **state)
{
    struct pe_ndlines lines = {.max_bytes = 9};
    struct pe_ndline line = {0};
    struct pe_err err;
    int ends[2];

    (void)state;
    assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
    lines.fd = ends[0];
    assert_int_equal(pe_ndlines_read(&lines, &err), 0);
    assert_int_equal(pe_ndlines_take(&lines, &line, &err), 0);
    assert_true(pe_ndlines_hungry(&lines));
    close(ends[0]);
    assert_int_equal(pe_ndlines_read(&lines, &err), -1);
    assert_int_equal(err.kind, PE_ERR_IO);
    close(ends[1]);
    pe_ndlines_release(&lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_end_with_a_line_feed_or_the_file),
        cmocka_unit_test(test_a_line_of_the_limit_is_whole_and_a_longer_one_is_not),
        cmocka_unit_test(test_a_nul_is_a_byte_like_others),
        cmocka_unit_test(test_blank_is_what_json_takes_for_blank),
        cmocka_unit_test(test_a_descriptor_that_has_nothing_yet_is_no_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
