/* test_report_formats.c: limits of formats for other programs, and text of others in Markdown. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "report/issue.h"
#include "report/markup.h"
#include "sample_run.h"

enum { MANY = 25010, SARIF_RESULTS = 25000 };

static struct pe_rule_result *find_failed(struct sample *sample)
{
    struct pe_result *result = sample_result(sample);

    for (size_t i = 0; i < result->result_count; i++) {
        for (size_t j = 0; j < result->results[i].rule_count; j++) {
            if (result->results[i].rules[j].status == PE_FAIL)
                return (struct pe_rule_result *)&result->results[i].rules[j];
        }
    }
    fail_msg("nothing failed");
    return NULL;
}

/* ---- SARIF ---- */

static size_t count_notices(json_t *run, const char *id)
{
    json_t *list = json_object_get(json_array_get(json_object_get(run, "invocations"), 0),
                                   "toolExecutionNotifications");
    size_t count = 0;

    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *descriptor = json_object_get(json_array_get(list, i), "descriptor");
        count += strcmp(json_string_value(json_object_get(descriptor, "id")), id) == 0;
    }
    return count;
}

/* How many results and notes of a cut there are when the rule has so many findings. */
static void check_sarif(struct sample *sample, size_t findings, size_t results, size_t notices)
{
    char *text;
    json_t *log, *run;

    find_failed(sample)->finding_count = find_failed(sample)->finding_total = findings;
    text = sample_render(sample_run(sample), "sarif", (struct pe_style){0});
    log = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    run = json_array_get(json_object_get(log, "runs"), 0);
    assert_int_equal(json_array_size(json_object_get(run, "results")), results);
    assert_int_equal(count_notices(run, "too-many-findings"), notices);
    json_decref(log);
    free(text);
}

static void test_sarif_holds_no_more_results_than_github_takes(void **state)
{
    struct pe_finding *findings = calloc(MANY, sizeof *findings);
    struct pe_result *result = sample_result(*state);
    struct pe_rule_result *rule = find_failed(*state);

    assert_non_null(findings);
    for (size_t i = 0; i < MANY; i++)
        findings[i] = (struct pe_finding){.status = PE_FAIL, .message = {"m", NULL}, .pointer = ""};
    for (size_t i = 0; i < result->result_count; i++) {
        for (size_t j = 0; j < result->results[i].rule_count; j++) {
            struct pe_rule_result *other = (struct pe_rule_result *)&result->results[i].rules[j];
            other->status = other == rule ? PE_FAIL : PE_PASS;
            other->finding_count = other->finding_total = 0;
        }
    }
    rule->findings = findings;
    check_sarif(*state, SARIF_RESULTS, SARIF_RESULTS, 0);
    check_sarif(*state, MANY, SARIF_RESULTS, 1);
    free(findings);
}

/* ---- issues ---- */

static void test_findings_that_were_cut_are_told(void **state)
{
    static const char *const reports[] = {"sarif", "gitlab", "csv", "markdown", "junit", "tap"};
    struct pe_rule_result *rule = find_failed(*state);

    rule->finding_total = rule->finding_count + 7;
    for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++) {
        char *text = sample_render(sample_run(*state), reports[i], (struct pe_style){0});
        if (strstr(text, "... and 7 more findings") == NULL)
            fail_msg("%s", reports[i]);
        free(text);
    }
}

static void check_uri(const char *file, const char *expected)
{
    struct pe_buf uri = {0};

    pe_issue_add_uri(&uri, file);
    assert_string_equal(uri.data, expected);
    pe_buf_release(&uri);
}

static void test_a_file_becomes_a_relative_uri(void **state)
{
    (void)state;
    check_uri("a/b.json", "a/b.json");
    check_uri("./a b#c?.json", "a%20b%23c%3F.json");
    check_uri("/srv/a.json", "srv/a.json");
    check_uri("././/a.json", "a.json");
    check_uri("../a.json", "../a.json");
    check_uri("javascript:alert(1)", "javascript%3Aalert%281%29");
    check_uri("a%2e\xFF\xC3\xA9", "a%252e%FF%C3%A9");
    check_uri(".hidden", ".hidden");
}

/* ---- Markdown ---- */

static void check_prose(const char *text, const char *expected)
{
    struct pe_buf buf = {0};

    pe_markup_add(&buf, text);
    assert_string_equal(buf.data == NULL ? "" : buf.data, expected);
    pe_buf_release(&buf);
}

static void check_code(const char *text, const char *expected)
{
    struct pe_buf buf = {0};

    pe_markup_add_code(&buf, text);
    assert_string_equal(buf.data == NULL ? "" : buf.data, expected);
    pe_buf_release(&buf);
}

static void test_prose_starts_nothing(void **state)
{
    (void)state;
    check_prose(NULL, "");
    check_prose("~\"a !\"b", "`~\"a` `!\"b`");
    check_prose("plain words, 10.0.0.0/8 and 5%.", "plain words, 10.0.0.0/8 and 5%.");
    check_prose("*a* _b_ [x](y) <i> a|b ~c~ \\",
                "\\*a\\* \\_b\\_ \\[x\\](y) \\<i\\> a&#124;b `~c~` \\\\");
    check_prose("see https://a.example/x or www.b.example",
                "see `https://a.example/x` or `www.b.example`");
    check_prose("to a@b.example, #1; or @all,@b;;", "to `a@b.example`, `#1`; or `@all,@b`;;");
    check_prose("日本語@例 です", "日本語`@`例 です");
    check_prose("a `tick` @`x", "a \\`tick\\` ``@`x``");
    check_prose("gh-1 high-risk :smile: 9:00", "`gh-1` high-risk `:smile:` `9:00`");
    check_prose("one\ntwo\t three ", "one two three");
    check_prose("turned \xE2\x80\xAE", "turned \\\\u{202E}");
}

static void test_code_ends_where_it_should(void **state)
{
    (void)state;
    check_code("", "");
    check_code("a", "`a`");
    check_code("a`b", "``a`b``");
    check_code("`", "`` ` ``");
    check_code(" a ", "`  a  `");
    check_code("a|b", "`a\\u{007C}b`");
    check_code("a\nb", "`a\\u{000A}b`");
    check_code("a ", "` a  `");
    check_code(" a", "`  a `");
    check_code("a`", "`` a` ``");
}

static void test_what_is_endless_is_cut_between_code_points(void **state)
{
    struct pe_buf text = {0}, buf = {0};

    (void)state;
    for (size_t before = 0; before < 3; before++) {
        pe_buf_clear(&text);
        pe_buf_fill(&text, 'a', before);
        for (size_t i = 0; i < 2000; i++)
            pe_buf_adds(&text, "あ");
        pe_markup_add_code(&buf, text.data);
        assert_int_equal(buf.length, 1 + before + (1000 - before) / 3 * 3 + 1 + strlen("…"));
        assert_non_null(strstr(buf.data, "あ`…"));
        pe_buf_clear(&buf);
        pe_markup_add(&buf, text.data);
        assert_int_equal(buf.length, before + (4000 - before) / 3 * 3 + strlen("…"));
        pe_buf_clear(&buf);
    }
    pe_buf_release(&text);
    pe_buf_release(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sarif_holds_no_more_results_than_github_takes,
                                        sample_set_up, sample_tear_down),
        cmocka_unit_test_setup_teardown(test_findings_that_were_cut_are_told, sample_set_up,
                                        sample_tear_down),
        cmocka_unit_test(test_a_file_becomes_a_relative_uri),
        cmocka_unit_test(test_prose_starts_nothing),
        cmocka_unit_test(test_code_ends_where_it_should),
        cmocka_unit_test(test_what_is_endless_is_cut_between_code_points),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
