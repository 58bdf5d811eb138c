/* test_words.c: the words of reports, in both languages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "words.h"

static void test_no_word_is_missing_in_either_language(void **state)
{
    (void)state;
    for (int word = 0; word < PE_WORD_COUNT; word++) {
        assert_true(strlen(pe_words(PE_EN, (enum pe_word)word)) > 0);
        assert_true(strlen(pe_words(PE_JA, (enum pe_word)word)) > 0);
    }
}

static bool is_ascii(const char *text)
{
    while (*text != '\0' && (unsigned char)*text < 0x80)
        text++;
    return *text == '\0';
}

static void test_english_words_are_ascii_and_japanese_ones_are_not(void **state)
{
    (void)state;
    for (int word = 0; word < PE_WORD_COUNT; word++) {
        assert_true(is_ascii(pe_words(PE_EN, (enum pe_word)word)));
        if (word != PE_W_PLAIN)
            assert_false(is_ascii(pe_words(PE_JA, (enum pe_word)word)));
    }
}

/* A bit for every number that stands in a placeholder. */
static unsigned find_placeholders(const char *phrase)
{
    unsigned found = 0;

    for (; (phrase = strchr(phrase, '{')) != NULL; phrase++) {
        assert_in_range(phrase[1], '1', '9');
        assert_true(phrase[2] == '}' || phrase[2] == '|');
        assert_non_null(strchr(phrase, '}'));
        found |= 1U << (phrase[1] - '0');
    }
    return found;
}

static void test_placeholders_agree_in_both_languages(void **state)
{
    (void)state;
    for (int word = 0; word < PE_WORD_COUNT; word++)
        assert_int_equal(find_placeholders(pe_words(PE_EN, (enum pe_word)word)),
                         find_placeholders(pe_words(PE_JA, (enum pe_word)word)));
}

static void check(enum pe_lang lang, enum pe_word word, const char *one, const char *two,
                  const char *expected)
{
    struct pe_buf buf = {0};

    pe_words_add(&buf, lang, word, (const char *[]){one, two}, 2);
    assert_string_equal(buf.data, expected);
    pe_buf_release(&buf);
}

static void test_placeholders_are_replaced_and_one_is_singular(void **state)
{
    (void)state;
    check(PE_EN, PE_W_ROW_PASSED, "1", "12", "1 rule, 12 values read");
    check(PE_EN, PE_W_ROW_PASSED, "11", "1", "11 rules, 1 value read");
    check(PE_JA, PE_W_ROW_PASSED, "1", "12", "1 ルール、証跡 12 件");
    check(PE_EN, PE_W_TENANT_SERVICE, "{2}", "iad", "tenant {2} (iad)");
    check(PE_EN, PE_W_TENANT_SERVICE, NULL, "iad", "tenant  (iad)");
}

static void test_a_placeholder_without_an_argument_is_nothing(void **state)
{
    struct pe_buf buf = {0};

    (void)state;
    pe_words_add(&buf, PE_EN, PE_W_ROW_PASSED, (const char *[]){"2"}, 1);
    assert_string_equal(buf.data, "2 rules,  values read");
    pe_buf_release(&buf);
}

static void test_statuses_are_called_as_auditors_call_them(void **state)
{
    static const char *const ja[] = {"該当なし", "適合",   "例外承認済み",
                                     "判定不能", "不適合", "評価エラー"};
    static const char *const json[] = {"not_applicable", "pass", "waived",
                                       "unknown",        "fail", "error"};

    (void)state;
    for (int i = 0; i < PE_STATUS_COUNT; i++) {
        assert_string_equal(pe_words_status(PE_JA, (enum pe_status)i), ja[i]);
        assert_string_equal(pe_status_word((enum pe_status)i), json[i]);
    }
    assert_string_equal(pe_words_status(PE_EN, PE_NOT_APPLICABLE), "N/A");
    assert_string_equal(pe_words_severity(PE_JA, PE_CRITICAL), "緊急");
    assert_string_equal(pe_words_severity(PE_JA, PE_LOW), "低");
    assert_string_equal(pe_words_owner(PE_JA, PE_PROVIDER), "事業者");
    assert_string_equal(pe_words_owner(PE_JA, PE_CUSTOMER), "お客様");
    assert_string_equal(pe_words_owner(PE_EN, PE_SHARED), "shared");
    assert_string_equal(pe_words_basis(PE_JA, PE_ACCEPTED_CLAIM), "受諾済みの事業者表明");
}

static void test_words_of_options_are_found_again(void **state)
{
    enum pe_status status;
    enum pe_severity severity;
    enum pe_owner owner;
    enum pe_basis basis;

    (void)state;
    for (int i = 0; i < PE_STATUS_COUNT; i++) {
        assert_true(pe_words_find_status(pe_status_word((enum pe_status)i), &status));
        assert_int_equal(status, i);
    }
    for (int i = 0; i < PE_SEVERITY_COUNT; i++) {
        assert_true(pe_words_find_severity(pe_severity_word((enum pe_severity)i), &severity));
        assert_int_equal(severity, i);
    }
    for (int i = 0; i < PE_OWNER_COUNT; i++) {
        assert_true(pe_words_find_owner(pe_owner_word((enum pe_owner)i), &owner));
        assert_int_equal(owner, i);
    }
    for (int i = 0; i < PE_BASIS_COUNT; i++) {
        assert_true(pe_words_find_basis(pe_basis_word((enum pe_basis)i), &basis));
        assert_int_equal(basis, i);
    }
    assert_false(pe_words_find_severity("Critical", &severity));
    assert_false(pe_words_find_status("", &status));
}

static void test_counts_leave_out_what_is_not_there(void **state)
{
    static const size_t some[PE_STATUS_COUNT] = {[PE_FAIL] = 3, [PE_PASS] = 1, [PE_ERROR] = 1};
    static const size_t none[PE_STATUS_COUNT];
    struct pe_buf buf = {0};

    (void)state;
    pe_words_add_counts(&buf, PE_EN, some);
    pe_buf_addc(&buf, '|');
    pe_words_add_counts(&buf, PE_JA, some);
    pe_buf_addc(&buf, '|');
    pe_words_add_counts(&buf, PE_EN, none);
    assert_string_equal(buf.data,
                        "1 error, 3 failed, 1 passed|評価エラー 1、不適合 3、適合 1|none");
    pe_buf_release(&buf);
}

static void test_a_text_without_japanese_is_english(void **state)
{
    (void)state;
    assert_string_equal(pe_text_in((struct pe_text){"a", "あ"}, PE_JA), "あ");
    assert_string_equal(pe_text_in((struct pe_text){"a", "あ"}, PE_EN), "a");
    assert_string_equal(pe_text_in((struct pe_text){"a", NULL}, PE_JA), "a");
    assert_string_equal(pe_text_in((struct pe_text){NULL, NULL}, PE_EN), "");
    assert_string_equal(pe_text_in((struct pe_text){NULL, NULL}, PE_JA), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_word_is_missing_in_either_language),
        cmocka_unit_test(test_english_words_are_ascii_and_japanese_ones_are_not),
        cmocka_unit_test(test_placeholders_agree_in_both_languages),
        cmocka_unit_test(test_placeholders_are_replaced_and_one_is_singular),
        cmocka_unit_test(test_a_placeholder_without_an_argument_is_nothing),
        cmocka_unit_test(test_statuses_are_called_as_auditors_call_them),
        cmocka_unit_test(test_words_of_options_are_found_again),
        cmocka_unit_test(test_counts_leave_out_what_is_not_there),
        cmocka_unit_test(test_a_text_without_japanese_is_english),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
