/* test_decode.c: a worker that lies is not believed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "decode_support.h"

static bool takes(const struct told *told)
{
    struct teller *teller = teller_in_control();
    bool taken = tell_rule(teller, 0, 0, told);

    teller_free(teller);
    return taken;
}

/* ---- the honest way ---- */

static void test_an_honest_answer_is_taken(void **state)
{
    struct teller *t = teller_new();
    const struct pe_control_result *results = NULL;

    (void)state;
    assert_true(tell_control(t, 0));
    assert_true(tell_rule(t, 0, 0, &told_pass));
    assert_true(tell_rule(t, 0, 2, &told_fail));
    assert_true(tell_finish(t));
    assert_true(tell_control(t, 2));
    assert_true(tell_rule(t, 2, 0, &told_pass));
    assert_true(tell_finish(t));
    results = t->decoded.results;
    assert_int_equal(t->decoded.result_count, 2);
    assert_string_equal(results[0].control->id, "1.1");
    assert_int_equal(results[0].status, PE_FAIL);
    assert_int_equal(results[0].rule_count, 2);
    assert_string_equal(results[0].rules[1].rule->id, "c");
    assert_string_equal(results[0].rules[1].findings[0].area, "a");
    assert_int_equal(results[1].status, PE_PASS);
    teller_free(t);
}

static void test_every_honest_status_is_taken(void **state)
{
    static const struct pe_finding unknown[] = {{.status = PE_UNKNOWN, .message = {"m", "m"}}};
    static const struct told not_applicable = {.status = PE_NOT_APPLICABLE, .no_evidence = true};
    static const struct told missing = {
        .status = PE_UNKNOWN, .findings = unknown, .finding_count = 1};

    (void)state;
    assert_true(takes(&told_pass));
    assert_true(takes(&told_fail));
    assert_true(takes(&told_unknown));
    assert_true(takes(&told_error));
    assert_true(takes(&not_applicable));
    assert_true(takes(&missing));
}

/* ---- verdicts that do not follow ---- */

static void test_a_pass_without_evidence_is_a_lie(void **state)
{
    static const struct told bare = {.status = PE_PASS, .no_evidence = true};
    static const struct told counted = {.status = PE_PASS, .no_evidence = true, .evidence_more = 7};

    (void)state;
    assert_false(takes(&bare));
    assert_false(takes(&counted));
}

static void test_a_pass_without_evidence_is_honest_where_none_was_asked_for(void **state)
{
    static const struct told bare = {.status = PE_PASS, .no_evidence = true};
    static const struct told counted = {.status = PE_PASS, .no_evidence = true, .evidence_more = 7};
    struct teller *t = teller_in_control();

    (void)state;
    t->decoded.evidence_limit = 0;
    assert_false(tell_rule(t, 0, 0, &bare));
    assert_true(tell_rule(t, 0, 0, &counted));
    teller_free(t);
}

static void test_a_pass_with_findings_is_a_lie(void **state)
{
    struct told pass = told_fail;
    const struct told hidden = {.status = PE_PASS, .finding_more = 1};

    (void)state;
    pass.status = PE_PASS;
    assert_false(takes(&pass));
    assert_false(takes(&hidden));
}

static void test_not_applicable_with_findings_or_without_a_reason_is_a_lie(void **state)
{
    struct told excused = told_fail;
    static const struct told unsaid = {.status = PE_NOT_APPLICABLE, .no_reason = true};

    (void)state;
    excused.status = PE_NOT_APPLICABLE;
    assert_false(takes(&excused));
    assert_false(takes(&unsaid));
}

static void test_a_fail_without_a_failed_finding_is_a_lie(void **state)
{
    static const struct pe_finding unknown[] = {{.status = PE_UNKNOWN, .message = {"m", "m"}}};
    static const struct told bare = {.status = PE_FAIL};
    static const struct told other = {.status = PE_FAIL, .findings = unknown, .finding_count = 1};

    (void)state;
    assert_false(takes(&bare));
    assert_false(takes(&other));
}

static void test_an_unknown_that_failed_is_a_lie(void **state)
{
    struct told unknown = told_fail;

    (void)state;
    unknown.status = PE_UNKNOWN;
    assert_false(takes(&unknown));
}

static void test_no_worker_grants_a_waiver_or_makes_up_a_status(void **state)
{
    static const struct told waived = {.status = PE_WAIVED};
    struct told odd = {.status = PE_PASS};

    (void)state;
    assert_false(takes(&waived));
    odd.status = (enum pe_status)(PE_ERROR + 1);
    assert_false(takes(&odd));
    odd.status = (enum pe_status) - 1;
    assert_false(takes(&odd));
}

static void test_a_finding_is_bad_news_with_a_message(void **state)
{
    struct pe_finding finding = {.status = PE_FAIL, .message = {"m", "m"}};
    struct told told = {.status = PE_ERROR, .findings = &finding, .finding_count = 1};

    (void)state;
    assert_true(takes(&told));
    finding.status = PE_PASS;
    assert_false(takes(&told));
    finding.status = PE_WAIVED;
    assert_false(takes(&told));
    finding.status = PE_UNKNOWN;
    finding.of_policy = true;
    assert_true(takes(&told));
    finding.status = PE_FAIL; /* of the tenant, then */
    assert_false(takes(&told));
    finding.status = PE_UNKNOWN;
    finding.message = (struct pe_text){NULL, NULL};
    assert_false(takes(&told));
}

static void test_evidence_is_exactly_one_of_value_count_and_absent(void **state)
{
    static const struct {
        struct pe_evidence evidence;
        bool good;
    } cases[] = {
        {{.pointer = "/a", .value = "1", .count = -1}, true},
        {{.pointer = "/a", .count = 0}, true},
        {{.pointer = "/a", .count = -1, .absent = true}, true},
        {{.pointer = "/a", .count = -1}, false},
        {{.pointer = "/a", .value = "1", .count = -1, .absent = true}, false},
        {{.pointer = "/a", .value = "1", .count = 1}, false},
        {{.pointer = "/a", .count = 1, .absent = true}, false},
        {{.pointer = "/a", .value = "1", .count = 1, .absent = true}, false},
        {{.pointer = NULL, .value = "1", .count = -1}, false},
        {{.pointer = "/a", .value = "1", .count = INT64_MIN}, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct told told = {.status = PE_PASS, .evidence = &cases[i].evidence, .evidence_count = 1};
        assert_int_equal(takes(&told), cases[i].good);
    }
}

static void test_a_place_outside_the_file_is_a_lie(void **state)
{
    struct pe_evidence evidence = {.pointer = "/a", .value = "1", .count = -1};
    struct told told = {.status = PE_PASS, .evidence = &evidence, .evidence_count = 1};

    (void)state;
    evidence.place = (struct pe_place){1, 1, 1000};
    assert_true(takes(&told));
    evidence.place.offset = 1001;
    assert_false(takes(&told));
}

/* ---- claims ---- */

static bool rests(uint32_t rule, enum pe_status status, uint32_t sets)
{
    const struct told told = {.status = status, .basis = PE_ACCEPTED_CLAIM, .claim_sets = sets};
    struct teller *teller = teller_in_control();
    bool taken = tell_rule(teller, 0, rule, &told);

    teller_free(teller);
    return taken;
}

static void test_only_a_claimable_rule_rests_on_claims_and_only_on_accepted_ones(void **state)
{
    (void)state;
    assert_true(rests(0, PE_PASS, 1));
    assert_false(rests(0, PE_PASS, 0)); /* on none */
    assert_false(rests(0, PE_PASS, 2)); /* not accepted */
    assert_false(rests(0, PE_PASS, 3)); /* one of them is not */
    assert_false(rests(0, PE_PASS, 4)); /* there is none such */
    assert_false(rests(2, PE_PASS, 1)); /* not claimable */
    assert_false(rests(0, PE_UNKNOWN, 1));
}

static void test_a_set_is_about_the_clause_of_what_rests_on_it(void **state)
{
    const struct told told = {.status = PE_PASS, .basis = PE_ACCEPTED_CLAIM, .claim_sets = 1};
    struct teller *t = teller_new();

    (void)state;
    ((struct pe_rule *)t->pack.info.controls[2].rules)[0].claimable = true;
    assert_true(tell_control(t, 0));
    assert_true(tell_rule(t, 0, 0, &told_pass));
    assert_true(tell_rule(t, 0, 2, &told_pass));
    assert_true(tell_finish(t));
    assert_true(tell_control(t, 2)); /* 1.3, of which no set says anything */
    assert_false(tell_rule(t, 2, 0, &told));
    teller_free(t);
}

static void test_claims_would_close_only_what_is_unknown_and_claimable(void **state)
{
    static const struct told open = {.status = PE_UNKNOWN, .claim_sets = 2};
    static const struct told odd = {.status = PE_UNKNOWN, .claim_sets = 4};
    static const struct told passed = {.status = PE_PASS, .claim_sets = 1};
    struct teller *t = teller_in_control();

    (void)state;
    assert_true(takes(&open));
    assert_false(takes(&odd));
    assert_false(takes(&passed));
    assert_true(tell_rule(t, 0, 0, &told_pass));
    assert_false(tell_rule(t, 0, 2, &open)); /* not claimable */
    teller_free(t);
}

static void test_an_acceptance_counts_for_a_set_of_the_pack(void **state)
{
    static const struct {
        uint32_t counts, set;
        bool taken;
    } cases[] = {{1, 1, true}, {1, 2, true}, {1, 0, false}, {1, 3, false},
                 {0, 0, true}, {0, 2, true}, {0, 3, false}, {2, 1, false}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct teller *t = teller_of_pack();
        assert_int_equal(tell_accepting(t, cases[i].counts, cases[i].set), cases[i].taken);
        teller_free(t);
    }
}

static void test_what_is_unknown_in_an_area_that_was_not_collected_says_so(void **state)
{
    static const struct pe_finding findings[] = {
        {.status = PE_UNKNOWN, .message = {"m", "m"}, .pointer = "/hosts/0"},
        {.status = PE_UNKNOWN, .message = {"m", "m"}, .pointer = "/hostsx"},
        {.status = PE_UNKNOWN, .message = {"m", "m"}, .pointer = "/ad"},
        {.status = PE_FAIL, .message = {"m", "m"}, .pointer = "/hosts/0"},
        {.status = PE_UNKNOWN, .message = {"m", "m"}},
    };
    const struct told told = {.status = PE_FAIL, .findings = findings, .finding_count = 5};
    struct teller *t = teller_in_control();

    (void)state;
    assert_true(tell_rule(t, 0, 0, &told));
    assert_string_equal(t->decoded.rules[0].findings[0].uncollected->word, "hosts");
    for (size_t i = 1; i < 5; i++)
        assert_null(t->decoded.rules[0].findings[i].uncollected);
    teller_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_honest_answer_is_taken),
        cmocka_unit_test(test_every_honest_status_is_taken),
        cmocka_unit_test(test_a_pass_without_evidence_is_a_lie),
        cmocka_unit_test(test_a_pass_without_evidence_is_honest_where_none_was_asked_for),
        cmocka_unit_test(test_a_pass_with_findings_is_a_lie),
        cmocka_unit_test(test_not_applicable_with_findings_or_without_a_reason_is_a_lie),
        cmocka_unit_test(test_a_fail_without_a_failed_finding_is_a_lie),
        cmocka_unit_test(test_an_unknown_that_failed_is_a_lie),
        cmocka_unit_test(test_no_worker_grants_a_waiver_or_makes_up_a_status),
        cmocka_unit_test(test_a_finding_is_bad_news_with_a_message),
        cmocka_unit_test(test_evidence_is_exactly_one_of_value_count_and_absent),
        cmocka_unit_test(test_a_place_outside_the_file_is_a_lie),
        cmocka_unit_test(test_only_a_claimable_rule_rests_on_claims_and_only_on_accepted_ones),
        cmocka_unit_test(test_a_set_is_about_the_clause_of_what_rests_on_it),
        cmocka_unit_test(test_claims_would_close_only_what_is_unknown_and_claimable),
        cmocka_unit_test(test_an_acceptance_counts_for_a_set_of_the_pack),
        cmocka_unit_test(test_what_is_unknown_in_an_area_that_was_not_collected_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
