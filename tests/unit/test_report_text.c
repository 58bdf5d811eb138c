/* test_report_text.c: the report for a person. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"
#include "base/width.h"
#include "sample_run.h"

static void test_english_is_as_it_was(void **state)
{
    sample_check(sample_run(*state), "text", (struct pe_style){.lang = PE_EN},
                 "unit_report_text_en.txt");
}

static void test_japanese_is_as_it_was(void **state)
{
    sample_check(sample_run(*state), "text", (struct pe_style){.lang = PE_JA},
                 "unit_report_text_ja.txt");
}

static void test_a_narrow_terminal_is_as_it_was(void **state)
{
    sample_check(sample_run(*state), "text", (struct pe_style){.lang = PE_JA, .width = 64},
                 "unit_report_text_narrow.txt");
}

static void test_colour_is_as_it_was(void **state)
{
    sample_check(sample_run(*state), "text", (struct pe_style){.colour = true},
                 "unit_report_text_colour.txt");
}

static void test_formats_are_found_by_name(void **state)
{
    size_t count;
    const struct pe_report *const *reports = pe_reports(&count);

    (void)state;
    assert_true(count >= 2);
    for (size_t i = 0; i < count; i++)
        assert_ptr_equal(pe_report_find(pe_report_name(reports[i])), reports[i]);
    assert_null(pe_report_find("Text"));
    assert_null(pe_report_find(""));
}

static char *without_colour(const char *text)
{
    char *plain = calloc(1, strlen(text) + 1), *end = plain;

    assert_non_null(plain);
    for (; *text != '\0'; text++) {
        if (*text == '\033')
            text = strchr(text, 'm');
        else
            *end++ = *text;
    }
    return plain;
}

static void test_colour_tells_nothing_that_words_do_not(void **state)
{
    char *plain = sample_render(sample_run(*state), "text", (struct pe_style){0});
    char *coloured = sample_render(sample_run(*state), "text", (struct pe_style){.colour = true});
    char *stripped = without_colour(coloured);

    assert_null(strchr(plain, '\033'));
    assert_string_equal(stripped, plain);
    free(plain);
    free(coloured);
    free(stripped);
}

static size_t count_lines(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++)
        count += *text == '\n';
    return count;
}

static void test_quiet_is_one_line_a_snapshot(void **state)
{
    struct pe_result results[3] = {*sample_result(*state), *sample_result(*state),
                                   *sample_result(*state)};
    struct pe_run run = {.results = results, .count = 3};
    char *text;

    results[1].file = "b\n.json";
    results[2].tenant = NULL;
    results[2].service = NULL;
    text = sample_render(&run, "text", (struct pe_style){.quiet = true});
    assert_int_equal(count_lines(text), 3);
    assert_non_null(strstr(text, "\nFAIL  b\\u{000A}.json  tenant example-01 (iad)  1 error, "));
    assert_non_null(strstr(text, "tenant not stated  1 error"));
    free(text);
}

static void test_several_snapshots_end_in_a_summary(void **state)
{
    struct pe_result results[2] = {*sample_result(*state), *sample_result(*state)};
    struct pe_run run = {.results = results, .count = 2};
    char *text;

    results[1].file = "fixtures/iad/compliant.json";
    results[1].passed = true;
    results[1].results++;
    results[1].result_count = 1;
    text = sample_render(&run, "text", (struct pe_style){0});
    assert_non_null(strstr(text, "\n2 snapshots: 1 passed, 1 failed\nFAIL  fixtures/iad/real"));
    free(text);
    sample_check(&run, "text", (struct pe_style){.lang = PE_JA}, "unit_report_text_two.txt");
}

static void test_a_run_without_controls_says_so(void **state)
{
    struct pe_result result = *sample_result(*state);
    struct pe_run run = {.results = &result, .count = 1};
    char *text;

    result.result_count = 0;
    result.problem_count = result.problem_total = 0;
    memset(&result.controls, 0, sizeof result.controls);
    memset(&result.rules, 0, sizeof result.rules);
    text = sample_render(&run, "text", (struct pe_style){0});
    assert_non_null(strstr(text, "FAIL  none of 0 controls\n"));
    assert_non_null(strstr(text, "No control that counts for the verdict passed, so the snapshot "
                                 "is not passed."));
    free(text);
}

static void test_what_the_snapshot_does_not_say_is_told(void **state)
{
    struct pe_result *result = sample_result(*state);
    char *text;

    result->tenant = NULL;
    result->as_of = NULL;
    result->options.count = 0;
    text = sample_render(sample_run(*state), "text", (struct pe_style){0});
    assert_non_null(strstr(text, "tenant not stated (iad)"));
    assert_non_null(strstr(text, "not stated; rules that need a time are unknown"));
    assert_non_null(strstr(text, "options     none\n"));
    free(text);
}

static void test_a_time_given_by_option_is_told(void **state)
{
    char *text;

    sample_result(*state)->as_of_given = true;
    text = sample_render(sample_run(*state), "text", (struct pe_style){0});
    assert_non_null(strstr(text, "2025-06-30T09:00:00+09:00 (given by --as-of)\n"));
    free(text);
}

static void test_a_secret_is_in_no_frame(void **state)
{
    const struct pe_rule_result *rule = &sample_result(*state)->results[0].rules[0];
    struct pe_finding *finding = (struct pe_finding *)&rule->findings[0];
    char *text;

    finding->place = sample_place(*state, "\"sync\"", "30");
    text = sample_render(sample_run(*state), "text", (struct pe_style){.width = 120});
    assert_non_null(strstr(text, "\"client_secret\": [secret], \"interval_minutes\": 30"));
    assert_null(strstr(text, "Passw0rd"));
    free(text);
}

static void test_findings_that_were_cut_are_counted(void **state)
{
    struct pe_rule_result *rule =
        (struct pe_rule_result *)&sample_result(*state)->results[0].rules[0];
    char *text;

    rule->finding_total = 1200;
    text = sample_render(sample_run(*state), "text", (struct pe_style){0});
    assert_non_null(
        strstr(text, "    ... and 1198 more findings: -o json:FILE lists the first 2\n"));
    free(text);
}

static void test_a_place_outside_the_file_gets_no_frame(void **state)
{
    const struct pe_rule_result *rule = &sample_result(*state)->results[0].rules[0];
    struct pe_finding *finding = (struct pe_finding *)&rule->findings[0];
    char *text;

    finding->place = (struct pe_place){.line = 4000000000, .column = 9, .offset = UINT64_MAX};
    text = sample_render(sample_run(*state), "text", (struct pe_style){0});
    assert_non_null(strstr(text, "realistic.json:4000000000:9  /portals"));
    free(text);
}

/* ---- unknowns ---- */

enum { MANY = 40 };

/* Makes the first control's third rule unknown about that many accounts. */
static void make_many(struct sample *sample, struct pe_finding findings[MANY],
                      char texts[MANY][2][64])
{
    struct pe_rule_result *rule =
        (struct pe_rule_result *)&sample_result(sample)->results[0].rules[2];

    for (size_t i = 0; i < MANY; i++) {
        snprintf(texts[i][0], sizeof texts[i][0], "accounts[user%zu].mfa is missing", i);
        snprintf(texts[i][1], sizeof texts[i][1], "/accounts/%zu/mfa", i);
        findings[i] = (struct pe_finding){.status = PE_UNKNOWN,
                                          .message = {texts[i][0], NULL},
                                          .area = "accounts",
                                          .pointer = texts[i][1]};
    }
    rule->findings = findings;
    rule->finding_count = rule->finding_total = MANY;
}

static void test_unknowns_alike_are_told_once(void **state)
{
    struct pe_finding findings[MANY];
    char texts[MANY][2][64], *text;

    make_many(*state, findings, texts);
    text = sample_render(sample_run(*state), "text", (struct pe_style){0});
    assert_non_null(strstr(text,
                           "    ? accounts[user0].mfa is missing, and 39 more like it\n"
                           "      /accounts/0/mfa\n      needed by 9.2.3/phishing-resistant\n"));
    assert_null(strstr(text, "user1"));
    free(text);
}

static struct pe_rule_result *rule_at(struct sample *sample, size_t control, size_t rule)
{
    return (struct pe_rule_result *)&sample_result(sample)->results[control].rules[rule];
}

static void test_a_note_of_several_rules_is_told_once(void **state)
{
    static const struct pe_text twice[] = {{"the document may be old", NULL},
                                           {"the document may be old", NULL},
                                           {"of this rule alone", NULL}};
    char *text;

    rule_at(*state, 1, 0)->notes = rule_at(*state, 1, 1)->notes = twice;
    rule_at(*state, 1, 0)->note_count = 2;
    rule_at(*state, 1, 1)->note_count = 3;
    text = sample_render(sample_run(*state), "text", (struct pe_style){0});
    assert_non_null(strstr(text, "Notes (2)\n"
                                 "  - the document may be old\n"
                                 "    CLD.9.5.1/no-overlap, CLD.9.5.1/"));
    assert_non_null(strstr(text, ": of this rule alone\n"));
    assert_int_equal(sample_count(text, "may be old"), 1);
    assert_int_equal(sample_count(text, "CLD.9.5.1/no-overlap"), 1);
    free(text);
}

static void test_notes_are_limited(void **state)
{
    struct pe_text notes[MANY];
    char texts[MANY][32], *text;

    for (size_t i = 0; i < MANY; i++) {
        snprintf(texts[i], sizeof texts[i], "note %zu.", i);
        notes[i] = (struct pe_text){texts[i], NULL};
    }
    rule_at(*state, 1, 0)->notes = notes;
    rule_at(*state, 1, 0)->note_count = MANY;
    text = sample_render(sample_run(*state), "text", (struct pe_style){0});
    assert_non_null(strstr(text, "Notes (40)\n"));
    assert_non_null(strstr(text, ": note 19.\n  ... and 20 more notes\n"));
    assert_null(strstr(text, "note 20."));
    free(text);
}

static void test_reasons_of_an_area_are_limited(void **state)
{
    struct pe_finding findings[MANY];
    char texts[MANY][2][64], *text;

    make_many(*state, findings, texts);
    for (size_t i = 0; i < MANY; i++)
        snprintf(texts[i][1], sizeof texts[i][1], "/accounts/user%zu", i);
    text = sample_render(sample_run(*state), "text", (struct pe_style){0});
    assert_non_null(strstr(text, "? accounts[user5].mfa is missing\n"));
    assert_null(strstr(text, "? accounts[user6]"));
    assert_non_null(strstr(text, "    ... and 34 more reasons\n"));
    free(text);
}

static void test_the_area_with_the_most_rules_comes_first(void **state)
{
    struct pe_finding findings[MANY];
    char texts[MANY][2][64], *text, *identities, *accounts;

    make_many(*state, findings, texts);
    findings[0].area = "portals";
    text = sample_render(sample_run(*state), "text", (struct pe_style){0});
    assert_true(strstr(text, "  portals: 2 rules\n") < strstr(text, "  accounts: 1 rule\n"));
    identities = strstr(text, "  identities: 1 rule\n");
    accounts = strstr(text, "  accounts: 1 rule\n");
    assert_non_null(identities);
    assert_true(identities < accounts);
    free(text);
}

static void test_an_unknown_rule_without_findings_gives_its_reason(void **state)
{
    struct pe_rule_result *rule =
        (struct pe_rule_result *)&sample_result(*state)->results[0].rules[2];
    char *text;

    rule->finding_count = rule->finding_total = 0;
    rule->reason = (struct pe_text){"nothing was asserted", NULL};
    text = sample_render(sample_run(*state), "text", (struct pe_style){0});
    assert_non_null(strstr(text, "  outside the snapshot: 2 rules\n    ? nothing was asserted\n"));
    free(text);
}

/* ---- strings from outside ---- */

/* Puts the string wherever a string can come from outside. */
static void poison(struct sample *sample, const char *text)
{
    struct pe_text both = {text, text};
    struct pe_result *result = sample_result(sample);
    struct pe_problem *problem = (struct pe_problem *)&result->problems[0];

    result->file = result->tenant = result->service = result->as_of = text;
    *problem = (struct pe_problem){
        .pointer = text, .message = both, .hint = both, .place = problem->place};
    for (size_t i = 0; i < result->result_count; i++) {
        struct pe_control_result *control = (struct pe_control_result *)&result->results[i];
        control->reason = both;
        for (size_t j = 0; j < control->rule_count; j++) {
            struct pe_rule_result *rule = (struct pe_rule_result *)&control->rules[j];
            rule->reason = both;
            rule->notes = &control->reason;
            rule->note_count = 1;
            for (size_t k = 0; k < rule->finding_count; k++) {
                struct pe_finding *finding = (struct pe_finding *)&rule->findings[k];
                finding->message = finding->subject = finding->hint = both;
                finding->area = finding->pointer = finding->value = text;
            }
        }
    }
}

/* A line that the poison would have begun, had it not been made safe. */
static void check_poisoned(struct sample *sample, const char *value, size_t expected_lines)
{
    struct pe_style styles[] = {{.lang = PE_EN}, {.lang = PE_JA, .width = 40}};
    uint32_t code;

    poison(sample, value);
    for (size_t i = 0; i < 2; i++) {
        char *text = sample_render(sample_run(sample), "text", styles[i]);
        for (size_t at = 0, size; text[at] != '\0'; at += size) {
            size = pe_utf8_decode(text + at, strlen(text + at), &code);
            assert_true(size > 0);
            assert_true(code == '\n' || pe_escape_harmless(code));
        }
        if (i == 0)
            assert_true(count_lines(text) <= expected_lines);
        free(text);
    }
}

static void test_hostile_strings_everywhere_stay_on_their_lines(void **state)
{
    json_t *list =
        json_load_file(PE_TEST_DIR "/unit/data/hostile_strings.json", JSON_ALLOW_NUL, NULL);
    size_t lines;
    char *text;

    poison(*state, "x");
    text = sample_render(sample_run(*state), "text", (struct pe_style){0});
    lines = count_lines(text);
    free(text);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *value = json_object_get(json_array_get(list, i), "value");
        /* Two for what is wrapped because it is longer than "x". */
        check_poisoned(*state, json_string_value(value), lines + 2 * 40);
    }
    check_poisoned(*state, "\xFF\xFE", lines + 80);
    json_decref(list);
}

static void test_no_hostile_string_begins_a_line(void **state)
{
    static const char *const forged[] = {"\nPASS", "\n::error", "\n##vso", "\n✓"};
    char *text;

    poison(*state, "x\nPASS  y\n::error z\n##vso[task]\n✓ PASS");
    text = sample_render(sample_run(*state), "text", (struct pe_style){0});
    for (size_t i = 0; i < sizeof forged / sizeof forged[0]; i++)
        assert_null(strstr(text, forged[i]));
    free(text);
}

static void test_huge_strings_are_cut(void **state)
{
    char *huge = malloc(100001), *text;

    assert_non_null(huge);
    memset(huge, 'A', 100000);
    huge[100000] = '\0';
    poison(*state, huge);
    sample_result(*state)->file = "a.json";
    text = sample_render(sample_run(*state), "text", (struct pe_style){0});
    assert_true(strlen(text) < 400000);
    assert_non_null(strstr(text, "A…\n"));
    free(text);
    free(huge);
}

/* ---- alignment ---- */

static void test_rows_of_the_table_are_aligned_and_fit(void **state)
{
    for (unsigned width = 80; width <= 140; width += 15) {
        char *text = sample_render(sample_run(*state), "text",
                                   (struct pe_style){.lang = PE_JA, .width = width});
        char *row = strstr(text, "管理策一覧\n") + strlen("管理策一覧\n"), *end;
        const char *severities[] = {"緊急", "緊急", "高", "高", "中", "高"};
        size_t column = 0;
        for (size_t i = 0; i < 6; i++, row = end + 1) {
            end = strchr(row, '\n');
            *end = '\0';
            assert_true(pe_width(row) <= width);
            if (i == 0)
                column = pe_width_n(row, (size_t)(strstr(row, severities[i]) - row));
            assert_int_equal(column, pe_width_n(row, (size_t)(strstr(row, severities[i]) - row)));
        }
        free(text);
    }
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, sample_set_up, sample_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats_are_found_by_name),
        TEST(test_english_is_as_it_was),
        TEST(test_japanese_is_as_it_was),
        TEST(test_a_narrow_terminal_is_as_it_was),
        TEST(test_colour_is_as_it_was),
        TEST(test_colour_tells_nothing_that_words_do_not),
        TEST(test_quiet_is_one_line_a_snapshot),
        TEST(test_several_snapshots_end_in_a_summary),
        TEST(test_a_run_without_controls_says_so),
        TEST(test_what_the_snapshot_does_not_say_is_told),
        TEST(test_a_time_given_by_option_is_told),
        TEST(test_a_secret_is_in_no_frame),
        TEST(test_findings_that_were_cut_are_counted),
        TEST(test_a_place_outside_the_file_gets_no_frame),
        TEST(test_unknowns_alike_are_told_once),
        TEST(test_a_note_of_several_rules_is_told_once),
        TEST(test_notes_are_limited),
        TEST(test_reasons_of_an_area_are_limited),
        TEST(test_the_area_with_the_most_rules_comes_first),
        TEST(test_an_unknown_rule_without_findings_gives_its_reason),
        TEST(test_hostile_strings_everywhere_stay_on_their_lines),
        TEST(test_no_hostile_string_begins_a_line),
        TEST(test_huge_strings_are_cut),
        TEST(test_rows_of_the_table_are_aligned_and_fit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
