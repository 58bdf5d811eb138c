/* test_report_html.c: the report for managers and auditors. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "report/html_style.h"
#include "sample_run.h"

static void test_it_is_as_it_was(void **state)
{
    sample_check(sample_run(*state), "html", (struct pe_style){.lang = PE_JA},
                 "unit_report_html.html");
}

static char *render(void **state)
{
    return sample_render(sample_run(*state), "html", (struct pe_style){.lang = PE_EN});
}

static size_t count(const char *text, const char *what)
{
    size_t found = 0;

    for (; (text = strstr(text, what)) != NULL; text += strlen(what))
        found++;
    return found;
}

static void test_the_style_sheet_stands_in_it_unchanged_and_ends_nothing(void **state)
{
    char *text = render(state), *style = strstr(text, "<style>");

    assert_non_null(style);
    assert_memory_equal(style + strlen("<style>"), pe_html_style, pe_html_style_length);
    assert_int_equal(pe_html_style[pe_html_style_length], '\0');
    assert_int_equal(strlen(pe_html_style), pe_html_style_length);
    assert_null(strchr(pe_html_style, '<'));
    free(text);
}

static void test_colour_width_and_quiet_change_no_byte(void **state)
{
    char *plain = render(state);
    char *other =
        sample_render(sample_run(*state), "html",
                      (struct pe_style){.lang = PE_EN, .colour = true, .quiet = true, .width = 40});

    assert_string_equal(plain, other);
    free(plain);
    free(other);
}

static void test_a_waived_rule_is_told_with_the_status_that_it_would_have(void **state)
{
    struct pe_rule_result *rule =
        (struct pe_rule_result *)&sample_result(*state)->results[0].rules[0];
    char *before = render(state), *after;

    assert_int_equal(count(before, "No waiver was applied."), 1);
    assert_int_equal(rule->original, PE_FAIL);
    rule->status = PE_WAIVED;
    sample_run_count(*state);
    after = render(state);
    assert_int_equal(count(after, "No waiver was applied."), 0);
    assert_int_equal(count(after, "Waived (1 rule)"), 2); /* the contents, and the heading */
    assert_int_equal(count(after, "waived; without the waiver: FAIL"), 1);
    free(before);
    free(after);
}

static void test_no_snapshot_at_all_is_a_whole_page_too(void **state)
{
    char *text = sample_render(&(struct pe_run){0}, "html", (struct pe_style){.lang = PE_EN});

    (void)state;
    assert_int_equal(count(text, "<article>"), 0);
    assert_int_equal(count(text, "</html>"), 1);
    free(text);
}

static void test_a_snapshot_without_controls_says_so(void **state)
{
    char *text;

    sample_result(*state)->result_count = 0;
    sample_run_count(*state);
    text = render(state);
    assert_int_equal(count(text, "No control was judged."), 1);
    assert_int_equal(count(text, "<table class=\"matrix\">"), 0);
    free(text);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, sample_set_up, sample_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_it_is_as_it_was),
        TEST(test_the_style_sheet_stands_in_it_unchanged_and_ends_nothing),
        TEST(test_colour_width_and_quiet_change_no_byte),
        TEST(test_a_waived_rule_is_told_with_the_status_that_it_would_have),
        TEST(test_no_snapshot_at_all_is_a_whole_page_too),
        TEST(test_a_snapshot_without_controls_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
