/* test_trace.c: what a rule read, missed and asserted decides its verdict. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_support.h"
#include "snapshot_support.h"

static const char sample[] = "{\"a\": 1, \"b\": null, \"list\": [10, 20, 30], \"empty\": [],\n"
                             " \"none\": {}, \"people\": [{\"id\": \"adm1\", \"mfa\": false}]}";

static const struct pe_text because = {"because", "なぜなら"};

static struct traced *of_sample(void)
{
    return traced_new(sample, PE_EVIDENCE_ALL);
}

static const struct pe_finding *finding_of(const struct traced *traced, size_t number)
{
    assert_true(number < traced->trace.finding_count);
    return &traced->trace.findings[number];
}

/* ---- every way to end ---- */

static void test_a_true_assertion_on_a_value_passes(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_value(t, "/a");
    ensure_that(t, true, NULL);
    check_status(t, PE_PASS, "one assertion held, on what was read");
    check_evidence(t, "/a=1 ");
    read_value(t, "/list/0");
    ensure_that(t, true, NULL);
    check_status(t, PE_PASS, "2 assertions held, on what was read");
    traced_free(t);
}

static void test_a_rule_that_did_nothing_is_unknown(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    check_status(t, PE_UNKNOWN, "nothing was asserted: the rule came to no ensure()");
    traced_free(t);
}

static void test_a_rule_that_only_read_is_unknown(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_value(t, "/a");
    read_container(t, "/list");
    check_status(t, PE_UNKNOWN, "nothing was asserted: the rule came to no ensure()");
    traced_free(t);
}

static void test_a_true_assertion_on_nothing_does_not_count(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    ensure_that(t, true, NULL);
    ensure_that(t, true, "/people/0");
    check_status(t, PE_UNKNOWN, "no assertion stood on a value of the snapshot");
    read_value(t, "/a"); /* a read afterwards is no ground for an assertion before */
    check_status(t, PE_UNKNOWN, NULL);
    traced_free(t);
}

static void test_a_false_assertion_on_nothing_is_unknown(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    ensure_that(t, false, NULL);
    check_status(t, PE_UNKNOWN,
                 "an assertion was false, but nothing of the snapshot had been read");
    assert_null(finding_of(t, 0)->pointer);
    traced_free(t);
}

static void test_a_false_assertion_on_a_value_fails(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_value(t, "/a");
    ensure_that(t, false, NULL);
    read_value(t, "/list/0");
    ensure_that(t, true, NULL);
    check_status(t, PE_FAIL, "no");
    read_value(t, "/list/1");
    ensure_that(t, false, NULL);
    check_status(t, PE_FAIL, "2 findings, the first: no");
    assert_string_equal(finding_of(t, 0)->pointer, "/a");
    assert_string_equal(finding_of(t, 1)->pointer, "/list/1");
    traced_free(t);
}

static void test_missing_data_never_passes_whatever_held_before_or_after(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_value(t, "/a");
    ensure_that(t, true, NULL);
    read_absent(t, "", "vpn");
    check_status(t, PE_UNKNOWN, "/vpn is missing");
    read_value(t, "/list/0");
    ensure_that(t, true, NULL);
    check_status(t, PE_UNKNOWN, "/vpn is missing");
    traced_free(t);
}

static void test_an_ending_that_excuses_is_void_when_data_was_missing(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_absent(t, "", "vpn");
    pe_trace_end(&t->trace, PE_ENDING_NOT_APPLICABLE, because);
    check_status(t, PE_UNKNOWN, "/vpn is missing");
    traced_free(t);
}

static void test_a_failure_stands_beside_what_was_unknown(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_value(t, "/a");
    ensure_that(t, false, NULL);
    read_absent(t, "", "vpn");
    check_status(t, PE_FAIL, "no");
    assert_int_equal(t->trace.finding_count, 2);
    pe_trace_end(&t->trace, PE_ENDING_UNKNOWN, because);
    check_status(t, PE_FAIL, "no");
    pe_trace_end(&t->trace, PE_ENDING_NOT_APPLICABLE, because);
    check_status(t, PE_FAIL, "no");
    traced_free(t);
}

static void test_the_worst_ending_is_sticky(void **state)
{
    static const enum pe_status worst[] = {PE_UNKNOWN, PE_NOT_APPLICABLE, PE_UNKNOWN, PE_ERROR};

    (void)state;
    for (int first = PE_ENDING_NONE; first <= PE_ENDING_ERROR; first++) {
        for (int second = PE_ENDING_NONE; second <= PE_ENDING_ERROR; second++) {
            struct traced *t = of_sample();
            pe_trace_end(&t->trace, (enum pe_ending)first, because);
            pe_trace_end(&t->trace, (enum pe_ending)second, because);
            check_status(t, worst[first > second ? first : second], NULL);
            traced_free(t);
        }
    }
}

static void test_the_first_reason_of_equal_endings_is_kept(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    pe_trace_end(&t->trace, PE_ENDING_ERROR, because);
    pe_trace_end(&t->trace, PE_ENDING_ERROR, (struct pe_text){"later", "後"});
    check_status(t, PE_ERROR, "because");
    traced_free(t);
}

static void test_an_error_is_an_error_beside_anything(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_value(t, "/a");
    ensure_that(t, false, NULL);
    read_absent(t, "", "vpn");
    pe_trace_end(&t->trace, PE_ENDING_ERROR, because);
    check_status(t, PE_ERROR, "because");
    traced_free(t);
}

static void test_an_ending_does_not_outlive_its_rule(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_value(t, "/a");
    pe_trace_allow_empty(&t->trace, node_of(&t->snapshot, "/empty"));
    pe_trace_note(&t->trace, because);
    pe_trace_end(&t->trace, PE_ENDING_ERROR, because);
    pe_trace_reset(&t->trace);
    check_status(t, PE_UNKNOWN, "nothing was asserted: the rule came to no ensure()");
    check_evidence(t, "");
    assert_int_equal(t->trace.note_count, 0);
    read_value(t, "/a");
    check_evidence(t, "/a=1 ");
    read_container(t, "/empty"); /* what the rule before allowed is forgotten */
    check_status(t, PE_UNKNOWN, "nothing to check at /empty: it is empty");
    traced_free(t);
}

/* ---- windows ---- */

static void test_a_false_assertion_where_something_was_missing_is_no_failure(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_value(t, "/a");
    read_absent(t, "", "vpn");
    ensure_that(t, false, NULL);
    check_status(t, PE_UNKNOWN, "/vpn is missing");
    assert_int_equal(t->trace.finding_count, 1);
    traced_free(t);
}

static void test_a_window_closes_with_its_assertion(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_absent(t, "", "vpn");
    ensure_that(t, false, NULL);
    read_value(t, "/a");
    ensure_that(t, false, NULL);
    check_status(t, PE_FAIL, "no");
    traced_free(t);
}

static void test_an_assertion_without_reads_stands_on_the_last_window(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_value(t, "/a");
    ensure_that(t, true, NULL);
    ensure_that(t, false, NULL);
    check_status(t, PE_FAIL, "no");
    assert_string_equal(finding_of(t, 0)->pointer, "/a");
    traced_free(t);
}

static void test_a_window_with_something_missing_excuses_a_second_assertion_too(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_absent(t, "", "vpn");
    ensure_that(t, true, NULL);
    ensure_that(t, false, NULL);
    check_status(t, PE_UNKNOWN, "/vpn is missing");
    traced_free(t);
}

static void test_reads_for_applicability_ground_no_assertion(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_value(t, "/a");
    pe_trace_open(&t->trace);
    ensure_that(t, true, NULL);
    check_status(t, PE_UNKNOWN, "no assertion stood on a value of the snapshot");
    check_evidence(t, "/a=1 ");
    traced_free(t);
}

/* ---- what is blamed ---- */

static void test_the_last_read_is_blamed(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_value(t, "/a");
    read_value(t, "/list/2");
    ensure_that(t, false, NULL);
    assert_string_equal(finding_of(t, 0)->pointer, "/list/2");
    assert_string_equal(finding_of(t, 0)->value, "30");
    traced_free(t);
}

static void test_below_a_subject_only_its_own_parts_are_blamed(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_value(t, "/people/0/mfa");
    read_value(t, "/a");
    ensure_that(t, false, "/people/0");
    assert_string_equal(finding_of(t, 0)->pointer, "/people/0/mfa");
    assert_string_equal(finding_of(t, 0)->subject.en, "people[adm1]");
    assert_int_equal(finding_of(t, 0)->place.line, 2);
    read_value(t, "/a");
    ensure_that(t, false, "/people/0");
    assert_string_equal(finding_of(t, 1)->pointer, "/people/0");
    assert_string_equal(finding_of(t, 1)->value, "\"{2 members}\"");
    traced_free(t);
}

static void test_a_node_is_within_itself_and_a_neighbour_is_not(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_value(t, "/list/1");
    ensure_that(t, false, "/list/1");
    assert_string_equal(finding_of(t, 0)->pointer, "/list/1");
    read_value(t, "/list/1");
    ensure_that(t, false, "/list/0");
    assert_string_equal(finding_of(t, 1)->pointer, "/list/0");
    read_value(t, "/a");
    ensure_that(t, false, "");
    assert_string_equal(finding_of(t, 2)->pointer, "/a");
    traced_free(t);
}

static void test_of_a_long_window_the_last_reads_are_remembered(void **state)
{
    char *numbers = repeat("1,", 200, "2");
    char *json = malloc(strlen(numbers) + 40);
    struct traced *t;
    char pointer[16];

    (void)state;
    sprintf(json, "{\"first\": {\"x\": 7}, \"l\": [%s]}", numbers);
    t = traced_new(json, PE_EVIDENCE_DEFAULT);
    read_value(t, "/first/x");
    for (int i = 0; i < 200; i++) {
        sprintf(pointer, "/l/%d", i);
        read_value(t, pointer);
    }
    ensure_that(t, false, NULL);
    assert_string_equal(finding_of(t, 0)->pointer, "/l/199");
    ensure_that(t, false, "/first"); /* out of the ring: the subject itself */
    assert_string_equal(finding_of(t, 1)->pointer, "/first");
    traced_free(t);
    free(json);
    free(numbers);
}

static void test_a_text_that_cannot_be_used_is_blamed_where_it_was_read(void **state)
{
    struct traced *t = traced_new("{\"x\": \"010.1\", \"y\": \"\\u0030\"}", PE_EVIDENCE_ALL);

    (void)state;
    read_value(t, "/x");
    read_value(t, "/y");
    assert_true(pe_trace_unusable_text(&t->trace, "010.1", 5, because));
    /* by value, however it is spelt */
    assert_true(pe_trace_unusable_text(&t->trace, "0", 1, because));
    assert_false(pe_trace_unusable_text(&t->trace, "made up", 7, because));
    assert_string_equal(finding_of(t, 0)->pointer, "/x");
    assert_string_equal(finding_of(t, 0)->message.en, "/x cannot be used: because");
    assert_string_equal(finding_of(t, 1)->pointer, "/y");
    check_status(t, PE_UNKNOWN, "/x cannot be used: because (and 1 more)");
    traced_free(t);
}

/* ---- what a claim may close ---- */

static void test_a_rule_is_known_to_miss_nothing_but_what_is_absent_or_null(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    assert_false(pe_trace_only_absent(&t->trace)); /* nothing asserted */
    read_value(t, "/a");
    ensure_that(t, true, NULL);
    assert_false(pe_trace_only_absent(&t->trace)); /* passed */
    read_absent(t, "", "x");
    pe_trace_null(&t->trace, node_of(&t->snapshot, "/b"));
    assert_true(pe_trace_only_absent(&t->trace));
    read_container(t, "/empty");
    assert_false(pe_trace_only_absent(&t->trace));
    traced_free(t);
}

static void test_a_failure_or_an_ending_is_more_than_something_absent(void **state)
{
    struct traced *t = of_sample();

    (void)state;
    read_absent(t, "", "x");
    ensure_that(t, false, NULL);
    assert_true(pe_trace_only_absent(&t->trace));
    read_value(t, "/a");
    ensure_that(t, false, NULL);
    assert_false(pe_trace_only_absent(&t->trace));
    pe_trace_reset(&t->trace);
    read_absent(t, "", "x");
    pe_trace_end(&t->trace, PE_ENDING_UNKNOWN, because);
    assert_false(pe_trace_only_absent(&t->trace));
    pe_trace_reset(&t->trace);
    read_absent(t, "", "x");
    pe_trace_no_value(&t->trace, because);
    assert_false(pe_trace_only_absent(&t->trace));
    traced_free(t);
}

static bool closes_when_stopped_at(struct traced *t, const char *object)
{
    pe_trace_reset(&t->trace);
    read_absent(t, object, "x");
    assert_true(pe_trace_only_absent(&t->trace)); /* as long as the rule goes on */
    pe_trace_stop(&t->trace);
    check_status(t, PE_UNKNOWN, NULL);
    return pe_trace_only_absent(&t->trace);
}

static void test_what_is_behind_an_element_at_which_a_rule_stopped_may_be_wrong(void **state)
{
    struct traced *t =
        traced_new("{\"o\": {}, \"l\": [{\"in\": {}}, {\"bad\": true}]}", PE_EVIDENCE_ALL);

    (void)state;
    assert_true(closes_when_stopped_at(t, ""));
    assert_true(closes_when_stopped_at(t, "/o"));
    assert_false(closes_when_stopped_at(t, "/l/0"));
    assert_false(closes_when_stopped_at(t, "/l/0/in"));
    pe_trace_reset(&t->trace);
    pe_trace_lacks(&t->trace, PE_NO_NODE, because); /* of no place that is known */
    pe_trace_stop(&t->trace);
    assert_false(pe_trace_only_absent(&t->trace));
    traced_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_true_assertion_on_a_value_passes),
        cmocka_unit_test(test_a_rule_that_did_nothing_is_unknown),
        cmocka_unit_test(test_a_rule_that_only_read_is_unknown),
        cmocka_unit_test(test_a_true_assertion_on_nothing_does_not_count),
        cmocka_unit_test(test_a_false_assertion_on_nothing_is_unknown),
        cmocka_unit_test(test_a_false_assertion_on_a_value_fails),
        cmocka_unit_test(test_missing_data_never_passes_whatever_held_before_or_after),
        cmocka_unit_test(test_an_ending_that_excuses_is_void_when_data_was_missing),
        cmocka_unit_test(test_a_failure_stands_beside_what_was_unknown),
        cmocka_unit_test(test_the_worst_ending_is_sticky),
        cmocka_unit_test(test_the_first_reason_of_equal_endings_is_kept),
        cmocka_unit_test(test_an_error_is_an_error_beside_anything),
        cmocka_unit_test(test_an_ending_does_not_outlive_its_rule),
        cmocka_unit_test(test_a_false_assertion_where_something_was_missing_is_no_failure),
        cmocka_unit_test(test_a_window_closes_with_its_assertion),
        cmocka_unit_test(test_an_assertion_without_reads_stands_on_the_last_window),
        cmocka_unit_test(test_a_window_with_something_missing_excuses_a_second_assertion_too),
        cmocka_unit_test(test_reads_for_applicability_ground_no_assertion),
        cmocka_unit_test(test_the_last_read_is_blamed),
        cmocka_unit_test(test_below_a_subject_only_its_own_parts_are_blamed),
        cmocka_unit_test(test_a_node_is_within_itself_and_a_neighbour_is_not),
        cmocka_unit_test(test_of_a_long_window_the_last_reads_are_remembered),
        cmocka_unit_test(test_a_text_that_cannot_be_used_is_blamed_where_it_was_read),
        cmocka_unit_test(test_a_rule_is_known_to_miss_nothing_but_what_is_absent_or_null),
        cmocka_unit_test(test_a_failure_or_an_ending_is_more_than_something_absent),
        cmocka_unit_test(test_what_is_behind_an_element_at_which_a_rule_stopped_may_be_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
