/* test_text.c: patterns under a budget, and identifiers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "lib/text.h"
#include "text_data.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct pe_text_job make_job(const char *subject, size_t subject_length, const char *pattern,
                                   size_t pattern_length, uint64_t *budget)
{
    return (struct pe_text_job){.subject = subject,
                                .subject_length = subject_length,
                                .pattern = pattern,
                                .pattern_length = pattern_length,
                                .budget = budget};
}

static enum pe_text_result match(const char *subject, const char *pattern, uint64_t *budget,
                                 struct pe_text_found *found)
{
    struct pe_text_job job = make_job(subject, strlen(subject), pattern, strlen(pattern), budget);

    return pe_text_match(&job, 0, found);
}

/* ---- against Lua ---- */

static void print_capture(struct pe_buf *buf, const struct pe_text_job *job,
                          const struct pe_text_capture *capture)
{
    if (capture->position)
        pe_buf_printf(buf, "@%zu", capture->start + 1);
    else {
        pe_buf_addc(buf, '\'');
        pe_buf_add(buf, job->subject + capture->start, capture->length);
        pe_buf_addc(buf, '\'');
    }
}

static void print_captures(struct pe_buf *buf, const struct pe_text_job *job,
                           const struct pe_text_found *found)
{
    unsigned i;

    for (i = 0; i < found->count; i++) {
        pe_buf_adds(buf, i == 0 ? "" : " ");
        print_capture(buf, job, &found->captures[i]);
    }
}

static void print_bad(struct pe_buf *buf, enum pe_text_result result, const char *error)
{
    assert_int_equal(result, PE_TEXT_BAD);
    pe_buf_clear(buf);
    pe_buf_printf(buf, "error: %s", error);
}

static void do_find(struct pe_text_job *job, const struct row *row, struct pe_buf *buf)
{
    bool plain = pe_text_is_plain(row->pattern, row->pattern_length);
    struct pe_text_found found;
    enum pe_text_result result =
        plain ? pe_text_find_plain(job, 0, &found) : pe_text_match(job, 0, &found);

    if (result == PE_TEXT_YES) {
        pe_buf_printf(buf, "%zu %zu ", found.start + 1, found.end);
        print_captures(buf, job, &found);
    } else if (result == PE_TEXT_NO) {
        pe_buf_adds(buf, "no");
    } else {
        print_bad(buf, result, job->error);
    }
}

static void do_gmatch(struct pe_text_job *job, const struct row *row, struct pe_buf *buf)
{
    struct pe_text_walk walk = {.last_end = PE_TEXT_START};
    struct pe_text_found found;
    struct pe_text_capture whole;
    enum pe_text_result result;
    bool first = true;
    char error[PE_TEXT_ERROR_BYTES];

    (void)row;
    while ((result = pe_text_next(job, &walk, &found)) == PE_TEXT_YES) {
        pe_buf_adds(buf, first ? "" : "|");
        first = false;
        assert_int_equal(pe_text_capture(&found, 0, &whole, error), 0);
        if (found.count == 0)
            print_capture(buf, job, &whole);
        else
            print_captures(buf, job, &found);
    }
    if (result != PE_TEXT_NO)
        print_bad(buf, result, job->error);
}

/* Appends the replacement; -1 with an error text in the job. */
static int add_replacement(struct pe_text_job *job, const char *with,
                           const struct pe_text_found *found, struct pe_buf *buf)
{
    struct pe_text_piece piece;
    struct pe_text_capture capture;
    size_t at = 0;
    int more;

    while ((more = pe_text_piece(with, strlen(with), &at, &piece, job->error)) == 1) {
        if (!piece.is_capture)
            pe_buf_add(buf, with + piece.start, piece.length);
        else if (pe_text_capture(found, piece.capture, &capture, job->error) != 0)
            return -1;
        else if (capture.position)
            pe_buf_printf(buf, "%zu", capture.start + 1);
        else
            pe_buf_add(buf, job->subject + capture.start, capture.length);
    }
    return more;
}

static void do_gsub(struct pe_text_job *job, const struct row *row, struct pe_buf *buf)
{
    struct pe_text_walk walk = {.last_end = PE_TEXT_START, .anchors = true};
    struct pe_text_found found;
    struct pe_buf text = {0};
    enum pe_text_result result;
    size_t copied = 0, count = 0;

    while ((result = pe_text_next(job, &walk, &found)) == PE_TEXT_YES) {
        count++;
        pe_buf_add(&text, job->subject + copied, found.start - copied);
        copied = found.end;
        if (add_replacement(job, row->with, &found, &text) != 0) {
            result = PE_TEXT_BAD;
            break;
        }
    }
    pe_buf_add(&text, job->subject + copied, job->subject_length - copied);
    pe_buf_printf(buf, "%zu ", count);
    pe_buf_add(buf, text.data, text.length);
    if (result != PE_TEXT_NO)
        print_bad(buf, result, job->error);
    pe_buf_release(&text);
}

static void compare(const struct row *rows, size_t count,
                    void (*ask)(struct pe_text_job *, const struct row *, struct pe_buf *))
{
    struct pe_buf buf = {0};
    size_t i;

    for (i = 0; i < count; i++) {
        const struct row *row = &rows[i];
        uint64_t budget = 1000000;
        struct pe_text_job job =
            make_job(row->subject, row->subject_length, row->pattern, row->pattern_length, &budget);

        pe_buf_clear(&buf);
        pe_buf_adds(&buf, "");
        ask(&job, row, &buf);
        if (buf.length != row->want_length || memcmp(buf.data, row->want, buf.length) != 0)
            fail_msg("row %zu, pattern %s of %s: %s and not %s", i, row->pattern, row->subject,
                     buf.data, row->want);
    }
    pe_buf_release(&buf);
}

static void test_find_gives_what_lua_gives(void **state)
{
    (void)state;
    assert_true(COUNT(lua_find) > 400);
    compare(lua_find, COUNT(lua_find), do_find);
}

static void test_gmatch_gives_what_lua_gives(void **state)
{
    (void)state;
    compare(lua_gmatch, COUNT(lua_gmatch), do_gmatch);
}

static void test_gsub_gives_what_lua_gives(void **state)
{
    (void)state;
    compare(lua_gsub, COUNT(lua_gsub), do_gsub);
}

/* ---- details ---- */

static void test_a_search_may_begin_in_the_middle(void **state)
{
    uint64_t budget = 1000;
    struct pe_text_job job = make_job("abab", 4, "ab", 2, &budget);
    struct pe_text_found got;

    (void)state;
    assert_int_equal(pe_text_match(&job, 1, &got), PE_TEXT_YES);
    assert_int_equal(got.start, 2);
    assert_int_equal(pe_text_match(&job, 4, &got), PE_TEXT_NO);
    assert_int_equal(pe_text_match(&job, 5, &got), PE_TEXT_NO);
    assert_int_equal(pe_text_find_plain(&job, 1, &got), PE_TEXT_YES);
    assert_int_equal(got.start, 2);
    assert_int_equal(pe_text_find_plain(&job, 5, &got), PE_TEXT_NO);
    assert_int_equal(pe_text_find_plain(&job, SIZE_MAX, &got), PE_TEXT_NO);
}

static void test_an_anchor_holds_at_the_place_of_the_search(void **state)
{
    uint64_t budget = 1000;
    struct pe_text_job job = make_job("xab", 3, "^ab", 3, &budget);
    struct pe_text_found got;

    (void)state;
    assert_int_equal(pe_text_match(&job, 0, &got), PE_TEXT_NO);
    assert_int_equal(pe_text_match(&job, 1, &got), PE_TEXT_YES);
}

static void test_an_empty_match_at_the_end_is_found(void **state)
{
    uint64_t budget = 1000;
    struct pe_text_job job = make_job("ab", 2, "", 0, &budget);
    struct pe_text_found got;

    (void)state;
    assert_int_equal(pe_text_match(&job, 2, &got), PE_TEXT_YES);
    assert_int_equal(got.start, 2);
    assert_int_equal(got.end, 2);
}

static void test_classes_know_ascii_only(void **state)
{
    uint64_t budget = 10000;
    struct pe_text_found got;

    (void)state;
    assert_int_equal(match("\xe9", "%a", &budget, &got), PE_TEXT_NO);
    assert_int_equal(match("\xe9", "%A", &budget, &got), PE_TEXT_YES);
    assert_int_equal(match("\xa0", "%s", &budget, &got), PE_TEXT_NO);
    assert_int_equal(match("\x85", "[%c%p%x%l%u%d]", &budget, &got), PE_TEXT_NO);
}

static void test_a_capture_left_open_is_refused(void **state)
{
    uint64_t budget = 1000;
    struct pe_text_job job = make_job("abc", 3, "(a", 2, &budget);
    struct pe_text_found got;

    (void)state;
    assert_int_equal(pe_text_match(&job, 0, &got), PE_TEXT_BAD);
    assert_string_equal(job.error, "unfinished capture");
}

static void test_a_malformed_pattern_says_what_is_wrong(void **state)
{
    static const char *const cases[][2] = {
        {"%", "malformed pattern (ends with '%')"},
        {"[a", "malformed pattern (missing ']')"},
        {"[a%", "malformed pattern (missing ']')"},
        {"%b(", "malformed pattern (missing arguments to '%b')"},
        {"%f", "missing '[' after '%f' in pattern"},
        {"%fa", "missing '[' after '%f' in pattern"},
        {"a)", "invalid pattern capture"},
        {"%1", "invalid capture index %1"},
        {"(%1)", "invalid capture index %1"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(cases); i++) {
        uint64_t budget = 1000;
        struct pe_text_job job = make_job("abc", 3, cases[i][0], strlen(cases[i][0]), &budget);
        struct pe_text_found got;

        assert_int_equal(pe_text_match(&job, 0, &got), PE_TEXT_BAD);
        assert_string_equal(job.error, cases[i][1]);
    }
}

/* ---- budget ---- */

static void assert_runs_out(const char *subject, size_t length, const char *pattern)
{
    uint64_t budget = 100000;
    struct pe_text_job job = make_job(subject, length, pattern, strlen(pattern), &budget);
    struct pe_text_found got = {.count = 77};

    assert_int_equal(pe_text_match(&job, 0, &got), PE_TEXT_BUDGET);
    assert_int_equal(budget, 0);
    assert_int_equal(got.count, 77);
}

static void test_a_runaway_pattern_ends_by_its_budget(void **state)
{
    static char subject[100000];

    (void)state;
    memset(subject, 'a', sizeof subject);
    assert_runs_out(subject, 3000, ".-.-.-.-.-.-.-.-b");
    assert_runs_out(subject, sizeof subject, ".-b");
    assert_runs_out(subject, 3000, "a*a*a*a*a*b");
    assert_runs_out(subject, 3000, "a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?b");
    assert_runs_out(subject, 3000, "(a*)(a*)%1%2b");
    assert_runs_out(subject, sizeof subject, "[^b]+$x");
}

static void test_unbalanced_brackets_end_by_their_budget(void **state)
{
    static char subject[100000];

    (void)state;
    memset(subject, '(', sizeof subject);
    assert_runs_out(subject, sizeof subject, "%b()");
}

static void test_a_long_set_costs_its_length(void **state)
{
    static char subject[2000], pattern[1003];

    (void)state;
    memset(subject, 'a', sizeof subject);
    memset(pattern, 'b', sizeof pattern - 1);
    pattern[0] = '[';
    pattern[sizeof pattern - 2] = ']';
    assert_runs_out(subject, sizeof subject, pattern);
}

static void test_plain_search_costs_the_lengths(void **state)
{
    uint64_t budget = 10;
    struct pe_text_job job = make_job("aaaaaaaa", 8, "aab", 3, &budget);
    struct pe_text_found got;

    (void)state;
    assert_int_equal(pe_text_find_plain(&job, 0, &got), PE_TEXT_BUDGET);
    assert_int_equal(budget, 0);
    budget = 12;
    assert_int_equal(pe_text_find_plain(&job, 0, &got), PE_TEXT_NO);
    assert_int_equal(budget, 0);
}

static void test_the_budget_ends_at_the_same_step_every_time(void **state)
{
    uint64_t need, budget = 100000;
    struct pe_text_found got;

    (void)state;
    assert_int_equal(match("key = value", "(%w+)%s*=%s*(%w+)", &budget, &got), PE_TEXT_YES);
    need = 100000 - budget;
    budget = need;
    assert_int_equal(match("key = value", "(%w+)%s*=%s*(%w+)", &budget, &got), PE_TEXT_YES);
    assert_int_equal(budget, 0);
    for (; need > 0; need--) {
        budget = need - 1;
        assert_int_equal(match("key = value", "(%w+)%s*=%s*(%w+)", &budget, &got), PE_TEXT_BUDGET);
        assert_int_equal(budget, 0);
    }
}

static void test_a_walk_ends_by_its_budget(void **state)
{
    uint64_t budget = 50;
    struct pe_text_job job = make_job("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 37, "a", 1, &budget);
    struct pe_text_walk walk = {.last_end = PE_TEXT_START};
    struct pe_text_found got;
    enum pe_text_result result;

    (void)state;
    while ((result = pe_text_next(&job, &walk, &got)) == PE_TEXT_YES)
        ;
    assert_int_equal(result, PE_TEXT_BUDGET);
}

static void test_deep_patterns_are_too_complex(void **state)
{
    char pattern[700], subject[300];
    uint64_t budget = 1000000;
    struct pe_text_job job;
    struct pe_text_found got;
    size_t i;

    (void)state;
    memset(subject, 'a', sizeof subject);
    for (i = 0; i < 300; i++)
        memcpy(pattern + 2 * i, "a?", 2);
    job = make_job(subject, 300, pattern, 600, &budget);
    assert_int_equal(pe_text_match(&job, 0, &got), PE_TEXT_BAD);
    assert_string_equal(job.error, "pattern too complex");
}

static void test_32_captures_fit_and_33_do_not(void **state)
{
    char pattern[100] = "";
    uint64_t budget = 10000;
    struct pe_text_found got;
    unsigned i;

    (void)state;
    for (i = 0; i < 32; i++)
        strcat(pattern, "()");
    assert_int_equal(match("a", pattern, &budget, &got), PE_TEXT_YES);
    assert_int_equal(got.count, 32);
    strcat(pattern, "()");
    assert_int_equal(match("a", pattern, &budget, &got), PE_TEXT_BAD);
}

/* ---- identifiers ---- */

static void assert_folds(const char *text, unsigned how, const char *want)
{
    char out[64];
    size_t length = pe_text_fold(text, strlen(text), how, out);

    assert_int_equal(length, strlen(want));
    assert_memory_equal(out, want, length);
}

static void test_full_width_letters_become_ascii(void **state)
{
    (void)state;
    assert_folds("ＡＤＭ１", PE_TEXT_WIDTH, "ADM1");
    assert_folds("！～＠｀＿ｚ", PE_TEXT_WIDTH, "!~@`_z");
    assert_folds("ＣＬＤ．９．５．１", PE_TEXT_ID, "cld.9.5.1");
    assert_folds("a　b", PE_TEXT_WIDTH, "a b");
}

static void test_other_characters_stay_as_they_are(void **state)
{
    (void)state;
    assert_folds("管理者Ａ｟ハン", PE_TEXT_WIDTH | PE_TEXT_LOWER, "管理者a｟ハン");
    assert_folds("ﾊﾝ", PE_TEXT_LOWER | PE_TEXT_TRIM, "ﾊﾝ");
    assert_folds("É\xff\xef\xbc", PE_TEXT_ID, "É\xff\xef\xbc");
    assert_folds("\xef\xbc\x80\xef\xbd\x9f", PE_TEXT_WIDTH, "\xef\xbc\x80\xef\xbd\x9f");
    assert_folds("\xe0\x81\x81\xe0\x80\x80", PE_TEXT_WIDTH, "\xe0\x81\x81\xe0\x80\x80");
    assert_folds("\xed\xa0\x80\xe3\x82", PE_TEXT_ID, "\xed\xa0\x80\xe3\x82");
}

/* Expectations are unicodedata.normalize('NFKC', ...) of Python 3.11. */
static void test_half_width_katakana_become_full_width(void **state)
{
    (void)state;
    assert_folds("｡｢｣､･ｦｧｨｩｪｫｬｭｮｯｰ", PE_TEXT_WIDTH, "。「」、・ヲァィゥェォャュョッー");
    assert_folds("ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀ", PE_TEXT_WIDTH, "アイウエオカキクケコサシスセソタ");
    assert_folds("ﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐ", PE_TEXT_WIDTH, "チツテトナニヌネノハヒフヘホマミ");
    assert_folds("ﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ", PE_TEXT_WIDTH, "ムメモヤユヨラリルレロワン");
    assert_folds("ﾔﾏﾀﾞ ﾀﾛｳ", PE_TEXT_ID, "ヤマダ タロウ");
}

static void test_a_sound_mark_joins_its_kana(void **state)
{
    (void)state;
    assert_folds("ｶﾞｷﾞｸﾞｹﾞｺﾞｻﾞｼﾞｽﾞｾﾞｿﾞ", PE_TEXT_WIDTH, "ガギグゲゴザジズゼゾ");
    assert_folds("ﾀﾞﾁﾞﾂﾞﾃﾞﾄﾞﾊﾞﾋﾞﾌﾞﾍﾞﾎﾞ", PE_TEXT_WIDTH, "ダヂヅデドバビブベボ");
    assert_folds("ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟｳﾞﾜﾞｦﾞ", PE_TEXT_WIDTH, "パピプペポヴヷヺ");
    assert_folds("ｱﾞｯﾞﾅﾟｶﾟ", PE_TEXT_WIDTH, "ア\u3099ッ\u3099ナ\u309aカ\u309a");
    assert_folds("ﾞﾟ", PE_TEXT_WIDTH, "\u3099\u309a");
    assert_folds("カﾞハ\u309aか\u3099ほ\u309aう\u3099", PE_TEXT_WIDTH, "ガパがぽゔ");
    assert_folds("つ\u3099っ\u3099ゝ\u3099ヽ\u3099ヰ\u3099わ\u3099", PE_TEXT_WIDTH,
                 "づっ\u3099ゞヾヸわ\u3099");
    assert_folds("ﾁﾞﾞ", PE_TEXT_WIDTH, "ヂ\u3099");
    assert_folds("ｶ", PE_TEXT_WIDTH, "カ");
    assert_folds("ｶ\xef\xbe", PE_TEXT_WIDTH, "カ\xef\xbe");
}

static void test_white_space_is_cut_at_both_ends_only(void **state)
{
    (void)state;
    assert_folds(" \t　 Adm 1　\n", PE_TEXT_ID, "adm 1");
    assert_folds("　 　", PE_TEXT_ID, "");
    assert_folds(" A ", PE_TEXT_LOWER, " a ");
    assert_folds("", PE_TEXT_ID, "");
}

static void test_ids_are_the_same_whatever_width_and_case(void **state)
{
    (void)state;
    assert_true(pe_text_same_id("ＡＤＭ１", 12, "adm1", 4));
    assert_true(pe_text_same_id(" Adm1 ", 6, "ａdm1　　", 12));
    assert_true(pe_text_same_id("a  b", 4, "a  B", 4));
    assert_true(pe_text_same_id("", 0, " ", 1));
    assert_true(pe_text_same_id("ﾔﾏﾀﾞ", 12, "　ヤマダ", 12));
    assert_true(pe_text_same_id("ヤマタ\u3099", 12, "ヤマダ ", 10));
    assert_false(pe_text_same_id("ﾔﾏﾀ", 9, "ヤマダ", 9));
    assert_false(pe_text_same_id("やまだ", 9, "ヤマダ", 9));
    assert_false(pe_text_same_id("a b", 3, "ab", 2));
    assert_false(pe_text_same_id("adm1", 4, "adm10", 5));
    assert_false(pe_text_same_id("a\0b", 3, "a", 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find_gives_what_lua_gives),
        cmocka_unit_test(test_gmatch_gives_what_lua_gives),
        cmocka_unit_test(test_gsub_gives_what_lua_gives),
        cmocka_unit_test(test_a_search_may_begin_in_the_middle),
        cmocka_unit_test(test_an_anchor_holds_at_the_place_of_the_search),
        cmocka_unit_test(test_an_empty_match_at_the_end_is_found),
        cmocka_unit_test(test_classes_know_ascii_only),
        cmocka_unit_test(test_a_capture_left_open_is_refused),
        cmocka_unit_test(test_a_malformed_pattern_says_what_is_wrong),
        cmocka_unit_test(test_a_runaway_pattern_ends_by_its_budget),
        cmocka_unit_test(test_unbalanced_brackets_end_by_their_budget),
        cmocka_unit_test(test_a_long_set_costs_its_length),
        cmocka_unit_test(test_plain_search_costs_the_lengths),
        cmocka_unit_test(test_the_budget_ends_at_the_same_step_every_time),
        cmocka_unit_test(test_a_walk_ends_by_its_budget),
        cmocka_unit_test(test_deep_patterns_are_too_complex),
        cmocka_unit_test(test_32_captures_fit_and_33_do_not),
        cmocka_unit_test(test_full_width_letters_become_ascii),
        cmocka_unit_test(test_other_characters_stay_as_they_are),
        cmocka_unit_test(test_half_width_katakana_become_full_width),
        cmocka_unit_test(test_a_sound_mark_joins_its_kana),
        cmocka_unit_test(test_white_space_is_cut_at_both_ends_only),
        cmocka_unit_test(test_ids_are_the_same_whatever_width_and_case),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
