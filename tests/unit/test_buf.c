/* test_buf.c: text under construction, and digests of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/sha256.h"
#include "json_support.h"

static void test_everything_added_stands_one_after_another(void **state)
{
    struct pe_buf buf = {0};

    (void)state;
    pe_buf_adds(&buf, "ab");
    pe_buf_addc(&buf, 'c');
    pe_buf_add(&buf, "d\0e", 3);
    pe_buf_fill(&buf, '-', 3);
    pe_buf_fill(&buf, '-', 0);
    pe_buf_printf(&buf, "%s%d", "x", 7);
    pe_buf_add(&buf, NULL, 0);
    assert_int_equal(buf.length, 11);
    assert_memory_equal(buf.data, "abcd\0e---x7", 12);
    pe_buf_release(&buf);
}

static void test_an_empty_buffer_has_no_text_until_something_is_added(void **state)
{
    struct pe_buf buf = {0};

    (void)state;
    assert_null(buf.data);
    pe_buf_clear(&buf);
    assert_null(buf.data);
    pe_buf_adds(&buf, "");
    assert_string_equal(buf.data, "");
    pe_buf_release(&buf);
    pe_buf_release(&buf);
}

static void test_the_text_always_ends_in_a_nul(void **state)
{
    struct pe_buf buf = {0};

    (void)state;
    for (size_t i = 0; i < 2000; i++) {
        if (i % 3 == 0)
            pe_buf_addc(&buf, 'x');
        else if (i % 3 == 1)
            pe_buf_printf(&buf, "%s", "x");
        else
            pe_buf_fill(&buf, 'x', 1);
        assert_int_equal(strlen(buf.data), i + 1);
        assert_true(buf.room > buf.length);
    }
    pe_buf_clear(&buf);
    assert_string_equal(buf.data, "");
    assert_int_equal(buf.length, 0);
    pe_buf_release(&buf);
}

static void test_reserved_room_may_be_written(void **state)
{
    struct pe_buf buf = {0};
    char *room;

    (void)state;
    for (size_t size = 0; size < 5000; size += 99) {
        room = pe_buf_reserve(&buf, size);
        assert_non_null(room);
        memset(room, 'x', size);
        room[size] = '\0';
        buf.length += size;
    }
    assert_int_equal(strlen(buf.data), buf.length);
    pe_buf_release(&buf);
}

static void test_what_cannot_be_had_is_sticky_and_keeps_the_text(void **state)
{
    struct pe_buf buf = {0};

    (void)state;
    pe_buf_adds(&buf, "kept");
    assert_null(pe_buf_reserve(&buf, SIZE_MAX));
    assert_true(pe_buf_failed(&buf));
    pe_buf_adds(&buf, "more");
    pe_buf_printf(&buf, "%d", 5);
    pe_buf_fill(&buf, 'x', 5);
    assert_string_equal(buf.data, "kept");
    pe_buf_release(&buf);
    assert_false(pe_buf_failed(&buf));
}

static void test_a_size_near_the_end_of_memory_does_not_wrap(void **state)
{
    static const size_t sizes[] = {SIZE_MAX / 4 + 1, SIZE_MAX / 2, SIZE_MAX - 1, SIZE_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct pe_buf buf = {0};
        pe_buf_adds(&buf, "x");
        assert_null(pe_buf_reserve(&buf, sizes[i]));
        assert_true(pe_buf_failed(&buf));
        pe_buf_release(&buf);
    }
}

/* ---- SHA-256: the vectors of FIPS 180-4's examples ---- */

static void check_digest(const char *text, size_t length, const char *expected)
{
    char hex[65];
    struct pe_sha256 hash;

    pe_sha256_of(text, length, hex);
    assert_string_equal(hex, expected);
    pe_sha256_init(&hash);
    for (size_t i = 0; i < length; i++) /* byte by byte is the same */
        pe_sha256_add(&hash, text + i, 1);
    pe_sha256_add(&hash, NULL, 0);
    pe_sha256_end(&hash, hex);
    assert_string_equal(hex, expected);
}

static void test_known_digests_come_out(void **state)
{
    char *million = repeat("a", 1000000, "");

    (void)state;
    check_digest("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_digest(NULL, 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_digest("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56,
                 "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    check_digest(million, 1000000,
                 "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_added_stands_one_after_another),
        cmocka_unit_test(test_an_empty_buffer_has_no_text_until_something_is_added),
        cmocka_unit_test(test_the_text_always_ends_in_a_nul),
        cmocka_unit_test(test_reserved_room_may_be_written),
        cmocka_unit_test(test_what_cannot_be_had_is_sticky_and_keeps_the_text),
        cmocka_unit_test(test_a_size_near_the_end_of_memory_does_not_wrap),
        cmocka_unit_test(test_known_digests_come_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
