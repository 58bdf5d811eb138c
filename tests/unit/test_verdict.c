/* test_verdict.c: the worst rule is its control's status, and the controls decide the run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "verdict.h"

/* From the contract, in words: error, fail, unknown, waived, pass, not_applicable. */
static const enum pe_status worst_first[] = {PE_ERROR,  PE_FAIL, PE_UNKNOWN,
                                             PE_WAIVED, PE_PASS, PE_NOT_APPLICABLE};
enum { STATUSES = sizeof worst_first / sizeof worst_first[0] };

static enum pe_status status_of(const enum pe_status *statuses, size_t count)
{
    struct pe_rule_result rules[STATUSES] = {{0}};
    struct pe_control_result control = {.rules = rules, .rule_count = count};

    for (size_t i = 0; i < count; i++) {
        rules[i].status = statuses[i];
        rules[i].reason.en = pe_status_word(statuses[i]);
    }
    pe_verdict_control(&control);
    if (count > 0)
        assert_ptr_equal(control.reason.en, pe_status_word(control.status));
    return control.status;
}

static void test_the_worse_of_every_pair_is_the_controls(void **state)
{
    (void)state;
    for (size_t i = 0; i < STATUSES; i++) {
        for (size_t j = 0; j < STATUSES; j++) {
            enum pe_status pair[] = {worst_first[i], worst_first[j]};
            assert_int_equal(status_of(pair, 2), worst_first[i < j ? i : j]);
        }
    }
}

static void test_one_rule_alone_is_the_control(void **state)
{
    (void)state;
    for (size_t i = 0; i < STATUSES; i++)
        assert_int_equal(status_of(&worst_first[i], 1), worst_first[i]);
}

static void test_all_together_the_worst_wins_wherever_it_stands(void **state)
{
    enum pe_status turned[STATUSES];

    (void)state;
    for (size_t turn = 0; turn < STATUSES; turn++) {
        for (size_t i = 0; i < STATUSES; i++)
            turned[i] = worst_first[(i + turn) % STATUSES];
        assert_int_equal(status_of(turned, STATUSES), PE_ERROR);
    }
}

static void test_a_control_without_rules_is_unknown(void **state)
{
    (void)state;
    assert_int_equal(status_of(NULL, 0), PE_UNKNOWN);
}

/* ---- runs ---- */

static bool passes(const enum pe_status *statuses, size_t count)
{
    struct pe_control_result controls[STATUSES] = {{0}};
    struct pe_result result = {.results = controls, .result_count = count};

    for (size_t i = 0; i < count; i++)
        controls[i].status = statuses[i];
    pe_verdict_result(&result);
    return result.passed;
}

static void test_a_run_passes_when_a_control_did_and_nothing_is_open(void **state)
{
    (void)state;
    for (size_t i = 0; i < STATUSES; i++) {
        for (size_t j = 0; j < STATUSES; j++) {
            enum pe_status pair[] = {worst_first[i], worst_first[j]};
            bool any = pair[0] == PE_PASS || pair[1] == PE_PASS;
            bool open = i < 3 || j < 3;
            assert_int_equal(passes(pair, 2), any && !open);
        }
    }
}

static void test_a_run_in_which_no_control_passed_is_not_passed(void **state)
{
    static const enum pe_status none[] = {PE_NOT_APPLICABLE, PE_WAIVED, PE_NOT_APPLICABLE};

    (void)state;
    assert_false(passes(NULL, 0));
    assert_false(passes(none, 1));
    assert_false(passes(none, 3));
}

static void test_everything_is_counted(void **state)
{
    struct pe_rule_result rules[] = {
        {.status = PE_PASS, .basis = PE_ATTESTED, .owner = PE_PROVIDER, .severity = PE_LOW},
        {.status = PE_FAIL, .basis = PE_MEASURED, .owner = PE_CUSTOMER, .severity = PE_HIGH}};
    struct pe_control_result control = {.rules = rules,
                                        .rule_count = 2,
                                        .status = PE_FAIL,
                                        .owner = PE_SHARED,
                                        .severity = PE_CRITICAL};
    struct pe_result result = {.results = &control, .result_count = 1};

    (void)state;
    pe_verdict_result(&result);
    assert_int_equal(result.controls.by_status[PE_FAIL], 1);
    assert_int_equal(result.controls.by_status[PE_PASS], 0);
    assert_int_equal(result.controls.by_owner[PE_SHARED][PE_FAIL], 1);
    assert_int_equal(result.controls.by_severity[PE_CRITICAL][PE_FAIL], 1);
    assert_int_equal(result.rules.by_status[PE_PASS], 1);
    assert_int_equal(result.rules.by_owner[PE_PROVIDER][PE_PASS], 1);
    assert_int_equal(result.rules.by_severity[PE_HIGH][PE_FAIL], 1);
    assert_int_equal(result.rules.passed_by_basis[PE_ATTESTED], 1);
    assert_int_equal(result.rules.passed_by_basis[PE_MEASURED], 0);
}

static void test_lists_without_memory_are_told_and_leave_the_result(void **state)
{
    struct pe_arena arena = {.limit_bytes = 1};
    struct pe_result result = {.area_count = 7, .unselected_count = 8};

    (void)state;
    assert_int_equal(pe_verdict_areas(&result, &arena), -1);
    assert_int_equal(pe_verdict_unselected(&result, &arena), -1);
    assert_int_equal(result.area_count, 7);
    assert_int_equal(result.unselected_count, 8);
    pe_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_worse_of_every_pair_is_the_controls),
        cmocka_unit_test(test_one_rule_alone_is_the_control),
        cmocka_unit_test(test_all_together_the_worst_wins_wherever_it_stands),
        cmocka_unit_test(test_a_control_without_rules_is_unknown),
        cmocka_unit_test(test_a_run_passes_when_a_control_did_and_nothing_is_open),
        cmocka_unit_test(test_a_run_in_which_no_control_passed_is_not_passed),
        cmocka_unit_test(test_everything_is_counted),
        cmocka_unit_test(test_lists_without_memory_are_told_and_leave_the_result),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
