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

static const struct pe_text because = {"because", "なぜなら"};

/* A teller in its first control. */
static struct teller *in_control(void)
{
    struct teller *teller = teller_new();

    assert_true(tell_control(teller, 0));
    return teller;
}

static bool takes(const struct told *told)
{
    struct teller *teller = in_control();
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
    struct teller *t = in_control();

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

/* ---- claims ---- */

static bool rests(uint32_t rule, enum pe_status status, uint32_t sets)
{
    const struct told told = {.status = status, .basis = PE_ACCEPTED_CLAIM, .claim_sets = sets};
    struct teller *teller = in_control();
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
    struct teller *t = in_control();

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
    struct teller *t = in_control();

    (void)state;
    assert_true(tell_rule(t, 0, 0, &told));
    assert_string_equal(t->decoded.rules[0].findings[0].uncollected->word, "hosts");
    for (size_t i = 1; i < 5; i++)
        assert_null(t->decoded.rules[0].findings[i].uncollected);
    teller_free(t);
}

/* ---- what nobody looked at ---- */

static bool tell_unread(struct teller *teller, uint32_t total, uint32_t count, uint64_t offset)
{
    struct pe_out out = {.fd = -1};
    bool taken;

    pe_out_begin(&out, PE_RECORD_UNREAD);
    pe_out_u32(&out, total);
    pe_out_u32(&out, count);
    for (uint32_t i = 0; i < count; i++) {
        pe_out_string(&out, "/x");
        pe_out_u64(&out, 1);
        pe_out_place(&out, (struct pe_place){1, 1, offset});
    }
    pe_out_end(&out);
    taken = tell(teller, &out, pe_decode_unread);
    pe_buf_release(&out.buf);
    return taken;
}

static struct teller *after_all(void)
{
    struct teller *t = teller_new();

    assert_true(tell_control(t, 0));
    assert_true(tell_rule(t, 0, 0, &told_pass));
    assert_true(tell_rule(t, 0, 2, &told_pass));
    assert_true(tell_finish(t));
    assert_true(tell_control(t, 2));
    assert_true(tell_rule(t, 2, 0, &told_pass));
    return t;
}

static void test_what_nobody_looked_at_is_told_once_and_last(void **state)
{
    struct teller *t = after_all(), *early = in_control();

    (void)state;
    assert_true(tell_unread(t, 2, 1, 0));
    assert_int_equal(t->decoded.result_count, 2);
    assert_int_equal(t->decoded.unread.total, 2);
    assert_false(tell_unread(t, 2, 1, 0));
    assert_true(tell_rule(early, 0, 0, &told_pass));
    assert_false(tell_unread(early, 0, 0, 0)); /* a rule is missing */
    assert_true(tell_rule(early, 0, 2, &told_pass));
    assert_false(tell_unread(early, 0, 0, 0)); /* a control is */
    teller_free(t);
    teller_free(early);
}

static void test_what_nobody_looked_at_is_bounded_and_in_the_file(void **state)
{
    static const struct {
        uint32_t total, count;
        uint64_t offset;
        bool taken;
    } cases[] = {{1, 1, 1000, true},
                 {1, 1, 1001, false},
                 {0, 1, 0, false},
                 {PE_MAX_UNREAD_KINDS, PE_MAX_UNREAD, 0, true},
                 {PE_MAX_UNREAD_KINDS + 1, 1, 0, false},
                 {PE_MAX_UNREAD_KINDS, PE_MAX_UNREAD + 1, 0, false}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct teller *t = after_all();
        assert_int_equal(tell_unread(t, cases[i].total, cases[i].count, cases[i].offset),
                         cases[i].taken);
        teller_free(t);
    }
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

/* ---- order ---- */

static void test_rules_come_in_order_and_once(void **state)
{
    struct teller *t = in_control();

    (void)state;
    assert_true(tell_rule(t, 0, 2, &told_pass));
    assert_false(tell_rule(t, 0, 0, &told_pass));
    assert_false(tell_rule(t, 0, 2, &told_pass));
    assert_int_equal(t->decoded.rule_count, 1);
    teller_free(t);
}

static void test_rules_that_were_not_selected_or_do_not_exist_are_lies(void **state)
{
    struct teller *t = in_control();

    (void)state;
    assert_false(tell_rule(t, 0, 1, &told_pass));
    assert_false(tell_rule(t, 0, 3, &told_pass));
    assert_false(tell_rule(t, 0, UINT32_MAX, &told_pass));
    assert_false(tell_rule(t, 2, 0, &told_pass));
    assert_false(tell_rule(t, UINT32_MAX, 0, &told_pass));
    teller_free(t);
}

static void test_a_rule_outside_a_control_is_a_lie(void **state)
{
    struct teller *t = teller_new();

    (void)state;
    assert_false(tell_rule(t, 0, 0, &told_pass));
    assert_true(tell_control(t, 0));
    assert_true(tell_rule(t, 0, 0, &told_pass));
    assert_true(tell_rule(t, 0, 2, &told_pass));
    assert_true(tell_finish(t));
    assert_false(tell_rule(t, 0, 2, &told_pass));
    teller_free(t);
}

static void test_a_control_comes_once_and_in_order(void **state)
{
    struct teller *t = in_control();

    (void)state;
    tell_rule(t, 0, 0, &told_pass);
    tell_rule(t, 0, 2, &told_pass);
    assert_true(tell_finish(t));
    assert_false(tell_control(t, 0));
    assert_false(tell_control(t, 1)); /* none of its rules was selected */
    assert_false(tell_control(t, 3));
    assert_false(tell_control(t, UINT32_MAX));
    assert_true(tell_control(t, 2));
    teller_free(t);
}

static void test_a_selected_control_cannot_be_left_out(void **state)
{
    struct teller *t = teller_new();

    (void)state;
    assert_false(tell_control(t, 2));
    assert_int_equal(t->decoded.result_count, 0);
    teller_free(t);
}

static void test_the_end_comes_after_every_selected_control(void **state)
{
    struct teller *t = teller_new();
    const char *lie = NULL;

    (void)state;
    assert_int_equal(pe_decode_done(&t->decoded, &lie), -1);
    assert_non_null(lie);
    tell_control(t, 0);
    tell_rule(t, 0, 0, &told_pass);
    tell_rule(t, 0, 2, &told_pass);
    assert_int_equal(pe_decode_done(&t->decoded, &lie), -1);
    assert_true(tell_control(t, 2));
    assert_int_equal(pe_decode_done(&t->decoded, &lie), -1); /* e is missing */
    assert_true(tell_rule(t, 2, 0, &told_pass));
    assert_int_equal(pe_decode_done(&t->decoded, &lie), 0);
    teller_free(t);
}

static void test_nothing_is_judged_before_the_snapshot_was_told(void **state)
{
    struct teller *t = teller_of_pack();
    const char *lie = NULL;

    (void)state;
    assert_false(tell_control(t, 0));
    assert_int_equal(pe_decode_done(&t->decoded, &lie), -1);
    teller_free(t);
}

static void test_a_control_that_ends_without_a_selected_rule_is_a_lie(void **state)
{
    struct teller *t = in_control();

    (void)state;
    assert_false(tell_finish(t));
    assert_true(tell_rule(t, 0, 2, &told_pass));
    assert_false(tell_finish(t));
    teller_free(t);
}

/* ---- broken off ---- */

static void test_what_was_not_told_when_the_worker_died_is_an_error(void **state)
{
    struct teller *t = in_control();
    const struct pe_control_result *result;

    (void)state;
    assert_true(tell_rule(t, 0, 0, &told_pass));
    pe_decode_break(&t->decoded, because);
    result = &t->decoded.results[0];
    assert_int_equal(result->status, PE_ERROR);
    assert_string_equal(result->reason.en, "because");
    assert_int_equal(result->rule_count, 2);
    assert_int_equal(result->rules[0].status, PE_PASS);
    assert_int_equal(result->rules[1].status, PE_ERROR);
    assert_int_equal(result->rules[1].original, PE_ERROR);
    assert_string_equal(result->rules[1].rule->id, "c");
    assert_false(t->decoded.in_control);
    assert_true(tell_control(t, 2));
    teller_free(t);
}

static void test_rules_stay_in_order_when_one_before_the_last_was_not_told(void **state)
{
    struct teller *t = in_control();

    (void)state;
    assert_true(tell_rule(t, 0, 2, &told_pass));
    pe_decode_break(&t->decoded, because);
    assert_string_equal(t->decoded.results[0].rules[0].rule->id, "a");
    assert_int_equal(t->decoded.results[0].rules[0].status, PE_ERROR);
    assert_string_equal(t->decoded.results[0].rules[1].rule->id, "c");
    assert_int_equal(t->decoded.results[0].rules[1].status, PE_PASS);
    teller_free(t);
}

static void test_breaking_off_between_controls_changes_nothing(void **state)
{
    struct teller *t = teller_new();

    (void)state;
    pe_decode_break(&t->decoded, because);
    assert_int_equal(t->decoded.result_count, 0);
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
        cmocka_unit_test(test_only_a_claimable_rule_rests_on_claims_and_only_on_accepted_ones),
        cmocka_unit_test(test_a_set_is_about_the_clause_of_what_rests_on_it),
        cmocka_unit_test(test_claims_would_close_only_what_is_unknown_and_claimable),
        cmocka_unit_test(test_an_acceptance_counts_for_a_set_of_the_pack),
        cmocka_unit_test(test_what_is_unknown_in_an_area_that_was_not_collected_says_so),
        cmocka_unit_test(test_what_nobody_looked_at_is_told_once_and_last),
        cmocka_unit_test(test_what_nobody_looked_at_is_bounded_and_in_the_file),
        cmocka_unit_test(test_not_applicable_with_findings_or_without_a_reason_is_a_lie),
        cmocka_unit_test(test_a_fail_without_a_failed_finding_is_a_lie),
        cmocka_unit_test(test_an_unknown_that_failed_is_a_lie),
        cmocka_unit_test(test_no_worker_grants_a_waiver_or_makes_up_a_status),
        cmocka_unit_test(test_a_finding_is_bad_news_with_a_message),
        cmocka_unit_test(test_evidence_is_exactly_one_of_value_count_and_absent),
        cmocka_unit_test(test_a_place_outside_the_file_is_a_lie),
        cmocka_unit_test(test_rules_come_in_order_and_once),
        cmocka_unit_test(test_rules_that_were_not_selected_or_do_not_exist_are_lies),
        cmocka_unit_test(test_a_rule_outside_a_control_is_a_lie),
        cmocka_unit_test(test_a_control_comes_once_and_in_order),
        cmocka_unit_test(test_a_selected_control_cannot_be_left_out),
        cmocka_unit_test(test_the_end_comes_after_every_selected_control),
        cmocka_unit_test(test_nothing_is_judged_before_the_snapshot_was_told),
        cmocka_unit_test(test_a_control_that_ends_without_a_selected_rule_is_a_lie),
        cmocka_unit_test(test_what_was_not_told_when_the_worker_died_is_an_error),
        cmocka_unit_test(test_rules_stay_in_order_when_one_before_the_last_was_not_told),
        cmocka_unit_test(test_breaking_off_between_controls_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
