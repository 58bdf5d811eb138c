/* test_gate.c: which verdicts close the gate, and what no option opens. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "gate.h"
#include "verdict.h"

/* A rule for each status of a text, by its letter: Pass, Fail, Unknown, Error, Waived, Not
 * applicable; then its severity (l m h c) and owner (p c s): "Fhp Plc". */
static struct pe_rule_result rules[8];
static struct pe_control_result control;
static struct pe_arena arena;

static struct pe_result result_of(const char *text)
{
    static const char statuses[] = "NPWUFE", severities[] = "lmhc", owners[] = "pcs";
    struct pe_result result = {.results = &control, .result_count = 1};

    control = (struct pe_control_result){.rules = rules};
    for (; *text != '\0'; text += 3 + (text[3] == ' ')) {
        struct pe_rule_result *rule = &rules[control.rule_count++];
        *rule = (struct pe_rule_result){
            .status = (enum pe_status)(strchr(statuses, text[0]) - statuses),
            .severity = (enum pe_severity)(strchr(severities, text[1]) - severities),
            .owner = (enum pe_owner)(strchr(owners, text[2]) - owners)};
    }
    pe_verdict_control(&control);
    pe_verdict_result(&result);
    return result;
}

static bool opens(struct pe_gate gate, const char *text)
{
    struct pe_result result = result_of(text);

    assert_int_equal(pe_gate_judge(&gate, &result, &arena, NULL), 0);
    return result.passed;
}

static const struct pe_gate everything = {0}, high = {.fail_on = PE_HIGH},
                            customers = {.owners = 1u << PE_CUSTOMER};

/* ---- severity ---- */

static void test_by_default_every_rule_counts(void **state)
{
    (void)state;
    assert_true(opens(everything, "Plp"));
    assert_true(opens(everything, "Plp Nlp"));
    assert_false(opens(everything, "Plp Flp"));
    assert_false(opens(everything, "Plp Ulp"));
    assert_false(opens(everything, "Plp Elp"));
    assert_false(opens(everything, "Nlp"));
}

static void test_what_is_below_the_severity_does_not_close_the_gate(void **state)
{
    (void)state;
    assert_true(opens(high, "Php Fmp Ulp"));
    assert_false(opens(high, "Php Fhp"));
    assert_false(opens(high, "Php Fcp"));
    assert_true(opens(high, "Pcp"));
}

static void test_unknown_weighs_as_much_as_fail(void **state)
{
    (void)state;
    assert_false(opens(high, "Php Uhp"));
    assert_true(opens(high, "Php Ump"));
}

static void test_an_error_closes_every_gate(void **state)
{
    struct pe_gate narrow = {.fail_on = PE_CRITICAL, .owners = 1u << PE_CUSTOMER};

    (void)state;
    assert_false(opens(high, "Php Elp"));
    assert_false(opens(customers, "Plc Elp"));
    assert_false(opens(narrow, "Pcc Elp"));
}

static void test_a_gate_that_saw_nothing_pass_is_not_passed(void **state)
{
    (void)state;
    assert_false(opens(high, "Plp"));
    assert_false(opens(high, "Plp Nhp"));
    assert_false(opens(customers, "Plp"));
    assert_false(opens(high, "Php Whp")); /* as without it: a control with a waiver did not pass */
    assert_true(opens(high, "Php Wlp"));
}

static void test_what_did_not_count_is_counted(void **state)
{
    struct pe_result result = result_of("Php Fmp Ulp Wlp Plp Fhp");

    (void)state;
    assert_int_equal(pe_gate_judge(&high, &result, &arena, NULL), 0);
    assert_int_equal(result.gate_ignored, 2);
    assert_int_equal(result.rules.by_status[PE_FAIL], 2);
    assert_non_null(result.gate);
    result = result_of("Php");
    assert_int_equal(pe_gate_judge(&everything, &result, &arena, NULL), 0);
    assert_null(result.gate);
}

/* ---- owner ---- */

static void test_only_rules_of_the_owner_close_the_gate(void **state)
{
    struct pe_gate both = {.owners = 1u << PE_CUSTOMER | 1u << PE_SHARED};

    (void)state;
    assert_true(opens(customers, "Plc Flp Fls"));
    assert_false(opens(customers, "Plc Flc"));
    assert_true(opens(both, "Plc Flp"));
    assert_false(opens(both, "Plc Fls"));
}

/* ---- age ---- */

static const char *remark_at(const char *as_of, const char *max_age, const char *now)
{
    struct pe_gate gate = {.max_age = max_age, .now = now};
    struct pe_result result = result_of("Plp");

    result.as_of = as_of;
    assert_int_equal(pe_gate_judge(&gate, &result, &arena, NULL), 0);
    assert_true(result.passed == (result.gate_remark_count == 0));
    return result.gate_remark_count == 0 ? "" : result.gate_remarks[0].kind;
}

static void test_a_snapshot_that_is_too_old_closes_the_gate(void **state)
{
    static const char now[] = "2026-11-20T09:00:00+09:00";

    (void)state;
    assert_string_equal(remark_at("2026-11-13T00:00:00Z", "7d", now), "");
    assert_string_equal(remark_at("2026-11-12T23:59:59Z", "7d", now), "too_old");
    assert_string_equal(remark_at("2026-11-12T23:59:59.5Z", "7d", now), "too_old");
    assert_string_equal(remark_at("2026-11-12T23:59:59.5Z", "7d", "2026-11-20T00:00:00.1Z"),
                        "too_old");
    assert_string_equal(remark_at("2026-11-20T00:00:00Z", "0m", now), "");
    assert_string_equal(remark_at("2026-11-19T12:00:00Z", "12h", now), "");
    assert_string_equal(remark_at("2026-11-19T11:59:59Z", "12h", now), "too_old");
    assert_string_equal(remark_at("2026-11-13T00:00:00Z", "P7D", now), "");
    assert_string_equal(remark_at("2026-11-12T00:00:00Z", "1w", now), "too_old");
}

static void test_a_snapshot_from_the_future_closes_the_gate(void **state)
{
    static const char now[] = "2026-11-20T00:00:00Z";

    (void)state;
    assert_string_equal(remark_at("2026-11-20T00:00:01Z", "7d", now), "from_the_future");
    assert_string_equal(remark_at("2026-11-20T00:00:00+01:00", "7d", now), "");
    assert_string_equal(remark_at(NULL, "7d", now), "no_time");
}

static void test_an_age_needs_a_time_to_count_from(void **state)
{
    static const struct {
        struct pe_job job;
        const char *why;
    } jobs[] = {
        {{.gate = {.max_age = "7d"}}, "--max-age needs --now"},
        {{.gate = {.now = "2026-11-20T00:00:00Z"}}, "--max-age counts from"},
        {{.gate = {.max_age = "7", .now = "2026-11-20T00:00:00Z"}}, "an age such as"},
        {{.gate = {.max_age = "d", .now = "2026-11-20T00:00:00Z"}}, "an age such as"},
        {{.gate = {.max_age = "7dd", .now = "2026-11-20T00:00:00Z"}}, "an age such as"},
        {{.gate = {.max_age = "-7d", .now = "2026-11-20T00:00:00Z"}}, "an age such as"},
        {{.gate = {.max_age = "9999999999d", .now = "2026-11-20T00:00:00Z"}}, "an age such as"},
        {{.gate = {.max_age = "P1M", .now = "2026-11-20T00:00:00Z"}}, "an age such as"},
        {{.gate = {.max_age = "7d", .now = "today"}}, "--now: "},
        {{.gate = {.max_age = "7d", .now = "2026-11-20T00:00:00Z"},
          .as_of = "2026-11-20T00:00:00Z"},
         "leave out --as-of"},
    };
    static const struct pe_job good = {.gate = {.max_age = "7d", .now = "2026-11-20T00:00:00Z"}};
    struct pe_err err;

    (void)state;
    for (size_t i = 0; i < sizeof jobs / sizeof jobs[0]; i++) {
        assert_int_equal(pe_gate_check(&jobs[i].job, &err), -1);
        assert_int_equal(err.kind, PE_ERR_USAGE);
        if (strstr(err.text, jobs[i].why) == NULL)
            fail_msg("wanted %s, got %s", jobs[i].why, err.text);
    }
    assert_int_equal(pe_gate_check(&good, &err), 0);
}

/* ---- unknown fields ---- */

static void test_a_strict_model_takes_unknown_fields_for_errors(void **state)
{
    static const struct pe_problem problems[] = {{.warning = false}, {.warning = true}};
    struct pe_gate strict = {.strict_model = true};
    struct pe_result result = result_of("Plp");

    (void)state;
    assert_true(opens(strict, "Plp"));
    result.problems = problems;
    result.problem_count = result.problem_total = 2;
    assert_int_equal(pe_gate_judge(&strict, &result, &arena, NULL), 0);
    assert_false(result.passed);
    assert_string_equal(result.gate_remarks[0].kind, "unknown_field");
    assert_false(result.problems[1].warning);
    result = result_of("Plp");
    result.problems = problems;
    result.problem_count = 1;
    result.problem_total = 2; /* one was cut, and may be an unknown field */
    assert_int_equal(pe_gate_judge(&strict, &result, &arena, NULL), 0);
    assert_false(result.passed);
}

static int forget(void **state)
{
    (void)state;
    pe_arena_release(&arena);
    return 0;
}

#define TEST(name) cmocka_unit_test_teardown(name, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_by_default_every_rule_counts),
        TEST(test_what_is_below_the_severity_does_not_close_the_gate),
        TEST(test_unknown_weighs_as_much_as_fail),
        TEST(test_an_error_closes_every_gate),
        TEST(test_a_gate_that_saw_nothing_pass_is_not_passed),
        TEST(test_what_did_not_count_is_counted),
        TEST(test_only_rules_of_the_owner_close_the_gate),
        TEST(test_a_snapshot_that_is_too_old_closes_the_gate),
        TEST(test_a_snapshot_from_the_future_closes_the_gate),
        TEST(test_an_age_needs_a_time_to_count_from),
        TEST(test_a_strict_model_takes_unknown_fields_for_errors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
