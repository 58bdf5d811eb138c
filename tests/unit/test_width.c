/* test_width.c: columns of a terminal. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/width.h"

static void test_japanese_is_two_columns_a_character(void **state)
{
    (void)state;
    assert_int_equal(pe_width(""), 0);
    assert_int_equal(pe_width("abc"), 3);
    assert_int_equal(pe_width("管理策"), 6);
    assert_int_equal(pe_width("（ー、。　"), 10);
    assert_int_equal(pe_width("ﾊﾝｶｸ"), 4);
    assert_int_equal(pe_width("ＡＢ"), 4);
    assert_int_equal(pe_width("한글"), 4);
    assert_int_equal(pe_width("𠮷"), 2);
}

static void test_marks_take_no_column(void **state)
{
    (void)state;
    assert_int_equal(pe_width("e\u0301"), 1);
    assert_int_equal(pe_width("か\u3099"), 2);
    assert_int_equal(pe_width_code(0x20E3), 0);
    assert_int_equal(pe_width_code(0x1161), 0);
}

static void test_signs_of_our_own_take_one_column(void **state)
{
    (void)state;
    assert_int_equal(pe_width("✓✗?!-~…"), 7);
    assert_int_equal(pe_width("é±×"), 3);
    assert_int_equal(pe_width("\xFF"), 1);
}

static void test_a_fit_never_splits_a_character(void **state)
{
    (void)state;
    assert_int_equal(pe_width_fit("管理策", 9, 6), 9);
    assert_int_equal(pe_width_fit("管理策", 9, 5), 6);
    assert_int_equal(pe_width_fit("管理策", 9, 1), 0);
    assert_int_equal(pe_width_fit("e\u0301x", 4, 1), 3);
}

static void check_cut(const char *text, size_t columns, const char *expected)
{
    struct pe_buf buf = {0};
    size_t used = pe_width_add_cut(&buf, text, columns);

    assert_string_equal(buf.data, expected);
    assert_int_equal(used, pe_width(expected));
    pe_buf_release(&buf);
}

static void test_a_cut_ends_in_an_ellipsis_and_is_never_wider(void **state)
{
    (void)state;
    check_cut("abcdef", 6, "abcdef");
    check_cut("abcdef", 5, "abcd…");
    check_cut("管理策一覧", 10, "管理策一覧");
    check_cut("管理策一覧", 9, "管理策一…");
    check_cut("管理策一覧", 8, "管理策…");
    check_cut("管理策一覧", 1, "…");
}

static void test_padding_counts_columns(void **state)
{
    struct pe_buf buf = {0};

    (void)state;
    pe_width_add_padded(&buf, "適合", 6);
    pe_width_add_padded(&buf, "PASS", 6);
    pe_width_add_padded(&buf, "toolong", 3);
    assert_string_equal(buf.data, "適合  PASS  toolong");
    pe_buf_release(&buf);
}

static void check_break(const char *text, size_t columns, const char *first)
{
    assert_int_equal(pe_width_break(text, strlen(text), columns), strlen(first));
}

static void test_lines_break_between_words(void **state)
{
    (void)state;
    check_break("one two three", 20, "one two three");
    check_break("one two three", 8, "one two");
    check_break("one two three", 7, "one two");
    check_break("one two three", 6, "one");
}

static void test_a_word_longer_than_the_line_is_broken_anywhere(void **state)
{
    (void)state;
    check_break("/portals/customer", 8, "/portals");
    check_break("管", 1, "管");
}

static void test_japanese_breaks_between_characters_but_not_before_a_stop(void **state)
{
    (void)state;
    check_break("許可リストが無効です", 10, "許可リスト");
    check_break("確認する、対象", 8, "確認す");
    check_break("確認（対象）です", 6, "確認");
    check_break("最大12件まで", 6, "最大");
    check_break("TLSを使用", 5, "TLSを");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_japanese_is_two_columns_a_character),
        cmocka_unit_test(test_marks_take_no_column),
        cmocka_unit_test(test_signs_of_our_own_take_one_column),
        cmocka_unit_test(test_a_fit_never_splits_a_character),
        cmocka_unit_test(test_a_cut_ends_in_an_ellipsis_and_is_never_wider),
        cmocka_unit_test(test_padding_counts_columns),
        cmocka_unit_test(test_lines_break_between_words),
        cmocka_unit_test(test_a_word_longer_than_the_line_is_broken_anywhere),
        cmocka_unit_test(test_japanese_breaks_between_characters_but_not_before_a_stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
