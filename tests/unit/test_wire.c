/* test_wire.c: records survive the way through the pipe, and nothing else does. */
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

#include "wire.h"

enum { HEAD = 5 };

static const char *const words[] = {"mfa", "", "日本語"};

static void write_sample(struct pe_out *out)
{
    pe_out_begin(out, PE_RECORD_RULE);
    pe_out_u32(out, 7);
    pe_out_u64(out, UINT64_MAX);
    pe_out_string(out, "text");
    pe_out_string(out, NULL);
    pe_out_text(out, (struct pe_text){"control", "管理策"});
    pe_out_strings(out, &(struct pe_strings){words, 3});
    pe_out_place(out, (struct pe_place){3, 4, 99});
    pe_out_end(out);
}

struct sample {
    uint32_t number;
    uint64_t large;
    const char *text, *none;
    struct pe_text both;
    struct pe_strings strings;
    struct pe_place place;
};

static struct sample read_sample(struct pe_in *in)
{
    struct sample s;

    s.number = pe_in_u32(in, 10);
    s.large = pe_in_u64(in);
    s.text = pe_in_word(in);
    s.none = pe_in_string(in);
    s.both = pe_in_text(in);
    s.strings = pe_in_strings(in);
    s.place = pe_in_place(in, 100);
    return s;
}

static struct pe_in in_of(const void *bytes, size_t length, struct pe_arena *arena)
{
    return (struct pe_in){bytes, (const unsigned char *)bytes + length, arena, false};
}

/* ---- there and back ---- */

static void test_what_is_written_is_read(void **state)
{
    struct pe_out out = {.fd = -1};
    struct pe_arena arena = {0};
    struct pe_in in;
    struct sample s;
    uint32_t size;

    (void)state;
    write_sample(&out);
    assert_int_equal(out.buf.data[0], PE_RECORD_RULE);
    memcpy(&size, out.buf.data + 1, 4);
    assert_int_equal(size, out.buf.length - HEAD);
    in = in_of(out.buf.data + HEAD, size, &arena);
    s = read_sample(&in);
    assert_true(pe_in_done(&in));
    assert_int_equal(s.number, 7);
    assert_true(s.large == UINT64_MAX);
    assert_string_equal(s.text, "text");
    assert_null(s.none);
    assert_string_equal(s.both.ja, "管理策");
    assert_int_equal(s.strings.count, 3);
    assert_string_equal(s.strings.items[1], "");
    assert_int_equal(s.place.offset, 99);
    pe_buf_release(&out.buf);
    pe_arena_release(&arena);
}

static void test_a_text_without_japanese_is_english_in_both(void **state)
{
    struct pe_out out = {.fd = -1};
    struct pe_arena arena = {0};
    struct pe_in in;
    struct pe_text text;

    (void)state;
    pe_out_text(&out, (struct pe_text){"x", NULL});
    pe_out_text(&out, (struct pe_text){NULL, NULL});
    in = in_of(out.buf.data, out.buf.length, &arena);
    text = pe_in_text(&in);
    assert_string_equal(text.ja, "x");
    text = pe_in_text(&in);
    assert_null(text.en);
    assert_null(text.ja);
    assert_true(pe_in_done(&in));
    pe_buf_release(&out.buf);
    pe_arena_release(&arena);
}

static void test_a_string_that_is_no_utf8_is_made_some(void **state)
{
    static const struct {
        const char *written, *read;
    } cases[] = {
        {"\xFF", "\xEF\xBF\xBD"},
        {"a\xFF\xFE"
         "b",
         "a\xEF\xBF\xBD\xEF\xBF\xBD"
         "b"},
        {"管\xE7\xAE", "管\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"管理策", "管理策"},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pe_out out = {.fd = -1};
        struct pe_arena arena = {0};
        struct pe_in in;
        pe_out_string(&out, cases[i].written);
        in = in_of(out.buf.data, out.buf.length, &arena);
        assert_string_equal(pe_in_word(&in), cases[i].read);
        assert_true(pe_in_done(&in));
        pe_buf_release(&out.buf);
        pe_arena_release(&arena);
    }
}

static void test_records_go_through_a_pipe_one_after_another(void **state)
{
    struct pe_out out = {0};
    char got[4096];
    int ends[2];
    size_t one;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    out.fd = ends[1];
    write_sample(&out);
    one = out.buf.length;
    pe_out_begin(&out, PE_RECORD_DONE);
    pe_out_end(&out);
    pe_out_flush(&out);
    assert_false(out.failed);
    assert_int_equal(out.buf.length, 0);
    assert_int_equal(read(ends[0], got, sizeof got), one + HEAD);
    assert_int_equal(got[one], PE_RECORD_DONE);
    pe_buf_release(&out.buf);
    close(ends[0]);
    close(ends[1]);
}

static void test_a_broken_pipe_is_noticed_and_stays_broken(void **state)
{
    struct pe_out out = {.fd = -1};

    (void)state;
    write_sample(&out);
    pe_out_flush(&out);
    assert_true(out.failed);
    write_sample(&out);
    pe_out_flush(&out);
    assert_true(out.failed);
    pe_buf_release(&out.buf);
}

static void test_a_record_at_the_limit_is_written_and_a_longer_one_is_not(void **state)
{
    char *large = calloc(1, PE_RECORD_BYTES + 1);
    struct pe_out out = {.fd = open("/dev/null", O_WRONLY)};

    (void)state;
    memset(large, 'x', PE_RECORD_BYTES - 4);
    pe_out_begin(&out, PE_RECORD_TEXT);
    pe_out_string(&out, large);
    pe_out_end(&out);
    assert_false(out.failed);
    large[PE_RECORD_BYTES - 4] = 'x';
    pe_out_begin(&out, PE_RECORD_TEXT);
    pe_out_string(&out, large);
    pe_out_end(&out);
    assert_true(out.failed);
    close(out.fd);
    pe_buf_release(&out.buf);
    free(large);
}

/* ---- lies ---- */

static void test_every_truncation_is_bad(void **state)
{
    struct pe_out out = {.fd = -1};
    size_t length;

    (void)state;
    write_sample(&out);
    length = out.buf.length - HEAD;
    for (size_t cut = 0; cut < length; cut++) {
        unsigned char *bytes = malloc(cut + 1); /* exact, so that a sanitizer sees beyond */
        struct pe_arena arena = {0};
        struct pe_in in;
        memcpy(bytes, out.buf.data + HEAD, cut);
        in = in_of(bytes, cut, &arena);
        read_sample(&in);
        assert_true(in.bad);
        assert_false(pe_in_done(&in));
        pe_arena_release(&arena);
        free(bytes);
    }
    pe_buf_release(&out.buf);
}

/* Whatever was read is either all good, or everything after the first bad thing is zeros. */
static void check_sane(const struct sample *s, const struct pe_in *in)
{
    if (!pe_in_done(in))
        return;
    assert_true(s->number <= 10);
    assert_non_null(s->text);
    assert_true(s->place.offset <= 100 && s->place.line <= 101);
    assert_true((s->both.en != NULL) == (s->both.ja != NULL));
    for (size_t i = 0; i < s->strings.count; i++)
        assert_non_null(s->strings.items[i]);
}

static void test_every_corrupted_byte_is_bad_or_harmless(void **state)
{
    struct pe_out out = {.fd = -1};
    size_t length;

    (void)state;
    write_sample(&out);
    length = out.buf.length - HEAD;
    for (size_t at = 0; at < length; at++) {
        for (int value = 0; value < 256; value++) {
            unsigned char *bytes = malloc(length);
            struct pe_arena arena = {0};
            struct pe_in in;
            struct sample s;
            memcpy(bytes, out.buf.data + HEAD, length);
            bytes[at] = (unsigned char)value;
            in = in_of(bytes, length, &arena);
            s = read_sample(&in);
            check_sane(&s, &in);
            pe_arena_release(&arena);
            free(bytes);
        }
    }
    pe_buf_release(&out.buf);
}

static void test_after_something_bad_everything_reads_as_zero(void **state)
{
    static const unsigned char bytes[64] = {0xFF, 0xFF, 0xFF, 0x7F, 1, 1, 1, 1, 1, 1, 1, 1};
    struct pe_arena arena = {0};
    struct pe_in in = in_of(bytes, sizeof bytes, &arena);
    struct pe_place place;

    (void)state;
    assert_int_equal(pe_in_u32(&in, 5), 0);
    assert_int_equal(pe_in_u32(&in, UINT32_MAX), 0);
    assert_true(pe_in_u64(&in) == 0);
    assert_null(pe_in_string(&in));
    assert_string_equal(pe_in_word(&in), "");
    assert_int_equal(pe_in_count(&in, 1), 0);
    assert_int_equal(pe_in_strings(&in).count, 0);
    place = pe_in_place(&in, 1000);
    assert_int_equal(place.line, 0);
    assert_false(pe_in_done(&in));
    pe_arena_release(&arena);
}

static bool count_is_good(uint32_t count, size_t follows, size_t each)
{
    unsigned char *bytes = calloc(1, 4 + follows);
    struct pe_arena arena = {0};
    struct pe_in in = in_of(bytes, 4 + follows, &arena);
    size_t got;

    memcpy(bytes, &count, 4);
    got = pe_in_count(&in, each);
    if (!in.bad)
        assert_int_equal(got, count);
    free(bytes);
    return !in.bad;
}

static void test_a_count_may_not_promise_more_than_is_there(void **state)
{
    (void)state;
    assert_true(count_is_good(0, 0, 4));
    assert_true(count_is_good(2, 8, 4));
    assert_false(count_is_good(3, 8, 4));
    assert_false(count_is_good(2, 7, 4));
    assert_false(count_is_good(UINT32_MAX, 8, 4));
    assert_false(count_is_good(1, 0, 1));
}

static bool string_is_good(const char *bytes, uint32_t length, uint32_t claimed)
{
    unsigned char *record = malloc(4 + length);
    struct pe_arena arena = {0};
    struct pe_in in = in_of(record, 4 + length, &arena);
    const char *got;

    memcpy(record, &claimed, 4);
    memcpy(record + 4, bytes, length);
    got = pe_in_string(&in);
    if (in.bad)
        assert_null(got);
    free(record);
    pe_arena_release(&arena);
    return pe_in_done(&in);
}

static void test_a_string_is_utf8_without_a_nul(void **state)
{
    (void)state;
    assert_true(string_is_good("abc", 3, 3));
    assert_true(string_is_good("", 0, 0));
    assert_true(string_is_good("\xE7\xAE\xA1", 3, 3));
    assert_false(string_is_good("a\0b", 3, 3));
    assert_false(string_is_good("\0", 1, 1));
    assert_false(string_is_good("\xE7\xAE", 2, 2));
    assert_false(string_is_good("\xC0\x80", 2, 2));
    assert_false(string_is_good("\xED\xA0\x80", 3, 3));
    assert_false(string_is_good("\xF4\x90\x80\x80", 4, 4));
    assert_false(string_is_good("abc", 3, 4));
    assert_false(string_is_good("abc", 3, 2));
    assert_false(string_is_good("abc", 3, UINT32_MAX - 1));
}

static bool is_digest(const char *text)
{
    struct pe_arena arena = {0};
    struct pe_out out = {.fd = -1};
    char hex[65] = "untouched";
    struct pe_in in;

    pe_out_string(&out, text);
    in = in_of(out.buf.data, out.buf.length, &arena);
    pe_in_sha256(&in, hex);
    assert_string_equal(hex, in.bad ? "untouched" : text);
    pe_buf_release(&out.buf);
    pe_arena_release(&arena);
    return pe_in_done(&in);
}

static void test_a_digest_is_64_digits_in_lower_case(void **state)
{
    (void)state;
    assert_true(is_digest("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"));
    assert_false(is_digest("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde"));
    assert_false(is_digest("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0"));
    assert_false(is_digest("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef "));
    assert_false(is_digest("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeF"));
    assert_false(is_digest(""));
    assert_false(is_digest(NULL));
}

static void test_a_text_in_japanese_alone_is_bad(void **state)
{
    struct pe_out out = {.fd = -1};
    struct pe_arena arena = {0};
    struct pe_in in;

    (void)state;
    pe_out_text(&out, (struct pe_text){NULL, "x"});
    in = in_of(out.buf.data, out.buf.length, &arena);
    pe_in_text(&in);
    assert_true(in.bad);
    pe_buf_release(&out.buf);
    pe_arena_release(&arena);
}

static bool place_is_good(uint32_t line, uint32_t column, uint64_t offset, uint64_t file_bytes)
{
    struct pe_out out = {.fd = -1};
    struct pe_in in;

    pe_out_place(&out, (struct pe_place){line, column, offset});
    in = in_of(out.buf.data, out.buf.length, NULL);
    pe_in_place(&in, file_bytes);
    pe_buf_release(&out.buf);
    return !in.bad;
}

static void test_a_place_lies_in_the_file(void **state)
{
    (void)state;
    assert_true(place_is_good(0, 0, 0, 0));
    assert_true(place_is_good(1, 1, 0, 0));
    assert_true(place_is_good(11, 1, 10, 10));
    assert_false(place_is_good(1, 1, 11, 10));
    assert_false(place_is_good(12, 1, 5, 10));
    assert_false(place_is_good(1, 12, 5, 10));
    assert_false(place_is_good(0, 1, 5, 10));
    assert_false(place_is_good(1, 0, 5, 10));
    assert_false(place_is_good(1, 1, UINT64_MAX, 10));
    assert_false(place_is_good(UINT32_MAX, UINT32_MAX, 0, 10));
}

static void test_bytes_that_are_left_over_are_bad(void **state)
{
    struct pe_in in = in_of("\1\0\0\0x", 5, NULL);

    (void)state;
    assert_int_equal(pe_in_u32(&in, 1), 1);
    assert_false(pe_in_done(&in));
}

static void test_no_memory_for_a_string_is_bad(void **state)
{
    static const char *const long_words[] = {"a string that is longer than the arena may be"};
    struct pe_arena arena = {.limit_bytes = 32};
    struct pe_out out = {.fd = -1};
    struct pe_in in;

    (void)state;
    pe_out_strings(&out, &(struct pe_strings){long_words, 1});
    in = in_of(out.buf.data, out.buf.length, &arena);
    assert_int_equal(pe_in_strings(&in).count, 0);
    assert_true(in.bad);
    pe_buf_release(&out.buf);
    pe_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_written_is_read),
        cmocka_unit_test(test_a_text_without_japanese_is_english_in_both),
        cmocka_unit_test(test_a_string_that_is_no_utf8_is_made_some),
        cmocka_unit_test(test_records_go_through_a_pipe_one_after_another),
        cmocka_unit_test(test_a_broken_pipe_is_noticed_and_stays_broken),
        cmocka_unit_test(test_a_record_at_the_limit_is_written_and_a_longer_one_is_not),
        cmocka_unit_test(test_every_truncation_is_bad),
        cmocka_unit_test(test_every_corrupted_byte_is_bad_or_harmless),
        cmocka_unit_test(test_after_something_bad_everything_reads_as_zero),
        cmocka_unit_test(test_a_count_may_not_promise_more_than_is_there),
        cmocka_unit_test(test_a_string_is_utf8_without_a_nul),
        cmocka_unit_test(test_a_digest_is_64_digits_in_lower_case),
        cmocka_unit_test(test_a_text_in_japanese_alone_is_bad),
        cmocka_unit_test(test_a_place_lies_in_the_file),
        cmocka_unit_test(test_bytes_that_are_left_over_are_bad),
        cmocka_unit_test(test_no_memory_for_a_string_is_bad),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
