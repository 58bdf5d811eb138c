/* test_report_many.c: a report for people stays short where there is much of the same. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample_run.h"

enum { MANY = 300 };

static const char *const reports[] = {"text", "markdown", "html"};
enum { REPORTS = sizeof reports / sizeof reports[0] };

struct many {
    struct pe_finding findings[MANY];
    struct pe_problem problems[MANY];
    char messages[MANY][48], pointers[MANY][48];
};

static struct many many;

static char *render(struct sample *sample, const char *report)
{
    return sample_render(sample_run(sample), report, (struct pe_style){0});
}

static struct pe_rule_result *rule_at(struct sample *sample, size_t control, size_t rule)
{
    return (struct pe_rule_result *)&sample_result(sample)->results[control].rules[rule];
}

/* Gives a rule so many findings: the n-th is "PREFIX" n "SUFFIX", at the n-th account. */
static void make_findings(struct pe_rule_result *rule, enum pe_status status, const char *prefix,
                          const char *suffix)
{
    for (size_t i = 0; i < MANY; i++) {
        snprintf(many.messages[i], sizeof many.messages[i], "%s%zu%s", prefix, i, suffix);
        snprintf(many.pointers[i], sizeof many.pointers[i], "/people/%zu/mfa", i);
        many.findings[i] = (struct pe_finding){.status = status,
                                               .message = {many.messages[i], "日本語"},
                                               .area = "people",
                                               .pointer = many.pointers[i]};
    }
    rule->findings = many.findings;
    rule->finding_count = rule->finding_total = MANY;
}

/* Replaces the snapshot's problems: all have the message, the n-th is at the n-th account. */
static void make_problems(struct pe_result *result, const char *message)
{
    for (size_t i = 0; i < MANY; i++) {
        snprintf(many.pointers[i], sizeof many.pointers[i], "/people/%zu/mfa", i);
        many.problems[i] = (struct pe_problem){.message = {message, "日本語"},
                                               .hint = {"", ""},
                                               .pointer = many.pointers[i],
                                               .place = {.line = 1, .column = 1}};
    }
    result->problems = many.problems;
    result->problem_count = result->problem_total = MANY;
}

static void test_only_the_first_failures_of_a_rule_are_shown(void **state)
{
    static const size_t shown[REPORTS] = {50, 50, 100};
    char left[64], *text;

    make_findings(rule_at(*state, 0, 0), PE_FAIL, "account number ", " has none");
    for (size_t i = 0; i < REPORTS; i++) {
        text = render(*state, reports[i]);
        snprintf(left, sizeof left, "... and %zu more findings: -o json:FILE lists all",
                 MANY - shown[i]);
        assert_int_equal(sample_count(text, "account number "), shown[i]);
        assert_int_equal(sample_count(text, left), 1);
        free(text);
    }
}

static void test_a_last_finding_that_fits_is_shown(void **state)
{
    struct pe_rule_result *rule = rule_at(*state, 0, 0);
    char *text;

    make_findings(rule, PE_FAIL, "account number ", " has none");
    rule->finding_count = rule->finding_total = 50;
    for (size_t i = 0; i < REPORTS; i++) {
        text = render(*state, reports[i]);
        assert_int_equal(sample_count(text, "account number "), 50);
        assert_int_equal(sample_count(text, " more finding"), 0);
        free(text);
    }
    rule->finding_count = rule->finding_total = 51;
    text = render(*state, "text");
    assert_non_null(strstr(text, "... and 1 more finding: -o json:FILE lists all\n"));
    free(text);
}

static void test_what_was_not_kept_is_not_promised(void **state)
{
    struct pe_rule_result *rule = rule_at(*state, 0, 0);
    char *text;

    make_findings(rule, PE_FAIL, "account number ", " has none");
    rule->finding_total = 1000;
    for (size_t i = 0; i < REPORTS; i++) {
        text = render(*state, reports[i]);
        assert_non_null(strstr(text, "more findings: -o json:FILE lists the first 300"));
        free(text);
    }
    text = sample_render(sample_run(*state), "text", (struct pe_style){.lang = PE_JA});
    assert_non_null(
        strstr(text, "ほか 950 件（先頭の 300 件は -o json:ファイル名 で出力できます）"));
    free(text);
}

static void test_problems_of_one_kind_are_told_once(void **state)
{
    struct pe_result *result = sample_result(*state);
    char *text;

    make_problems(result, "the required field is not here");
    many.problems[7].message.en = "it is something else";
    many.problems[9].warning = true;
    for (size_t i = 0; i < REPORTS; i++) {
        text = render(*state, reports[i]);
        assert_int_equal(sample_count(text, ", and 297 more like it"), 1);
        assert_int_equal(sample_count(text, "the required field is not here"), 2); /* a warning */
        assert_int_equal(sample_count(text, "it is something else"), 1);
        assert_int_equal(sample_count(text, "/people/0/mfa"), 1);
        assert_int_equal(sample_count(text, "/people/1/mfa"), 0);
        assert_null(strstr(text, "more problem"));
        free(text);
    }
}

static void test_problems_that_were_not_kept_are_counted(void **state)
{
    struct pe_result *result = sample_result(*state);
    char *text;

    make_problems(result, "the required field is not here");
    result->problem_total = 40000;
    for (size_t i = 0; i < REPORTS; i++) {
        text = render(*state, reports[i]);
        assert_non_null(strstr(text, "and 299 more like it"));
        assert_non_null(strstr(text, "... and 39700 more problems"));
        free(text);
    }
}

static void test_problems_with_another_hint_or_field_are_of_another_kind(void **state)
{
    struct pe_result *result = sample_result(*state);
    char *text;

    make_problems(result, "the word is not known");
    result->problem_count = result->problem_total = 3;
    many.problems[1].hint.en = "did you mean this?";
    snprintf(many.pointers[2], sizeof many.pointers[2], "/people/2/kind");
    text = render(*state, "text");
    assert_int_equal(sample_count(text, "the word is not known\n"), 3);
    assert_null(strstr(text, "the word is not known, and"));
    free(text);
}

static void test_a_missing_value_that_is_named_by_its_pointer_is_told_once(void **state)
{
    char *text;

    make_findings(rule_at(*state, 0, 2), PE_UNKNOWN, "/people/", "/mfa is missing");
    text = render(*state, "text");
    assert_non_null(strstr(text, "? /people/0/mfa is missing, and 299 more like it\n"));
    assert_null(strstr(text, "/people/1/mfa"));
    free(text);
}

static void test_values_that_two_rules_miss_are_counted_once(void **state)
{
    struct pe_rule_result *first = rule_at(*state, 0, 2), *second = rule_at(*state, 0, 1);
    char *text;

    make_findings(first, PE_UNKNOWN, "/people/", "/mfa is missing");
    second->findings = first->findings;
    second->finding_count = second->finding_total = MANY;
    second->status = second->original = PE_UNKNOWN;
    text = render(*state, "text");
    assert_non_null(strstr(text, "? /people/0/mfa is missing, and 299 more like it\n"));
    free(text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sample_set_up, sample_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_only_the_first_failures_of_a_rule_are_shown),
        TEST(test_a_last_finding_that_fits_is_shown),
        TEST(test_what_was_not_kept_is_not_promised),
        TEST(test_problems_of_one_kind_are_told_once),
        TEST(test_problems_that_were_not_kept_are_counted),
        TEST(test_problems_with_another_hint_or_field_are_of_another_kind),
        TEST(test_a_missing_value_that_is_named_by_its_pointer_is_told_once),
        TEST(test_values_that_two_rules_miss_are_counted_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
