/* test_trace_evidence.c: what a rule read is told, what it missed is named, and both are bounded.
 */
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
                             " \"none\": {}, \"enabled\": true}";

static const struct pe_text because = {"because", "なぜなら"};

static const struct pe_finding *finding_of(const struct traced *traced, size_t number)
{
    assert_true(number < traced->trace.finding_count);
    return &traced->trace.findings[number];
}

/* ---- evidence ---- */

static void test_evidence_is_distinct_and_in_the_order_of_reading(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);

    (void)state;
    read_value(t, "/list/2");
    read_container(t, "/list");
    read_value(t, "/a");
    read_value(t, "/list/2");
    read_container(t, "/list");
    read_value(t, "/list/0");
    check_evidence(t, "/list/2=30 /list#3 /a=1 /list/0=10 ");
    assert_int_equal(t->trace.evidence_total, 4);
    traced_free(t);
}

static void test_an_empty_container_is_told_by_its_value(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);

    (void)state;
    pe_trace_counted(&t->trace, node_of(&t->snapshot, "/empty"));
    pe_trace_counted(&t->trace, node_of(&t->snapshot, "/none"));
    pe_trace_counted(&t->trace, node_of(&t->snapshot, "/empty"));
    check_evidence(t, "/empty=[] /none={} ");
    ensure_that(t, true, NULL);
    check_status(t, PE_PASS, NULL);
    traced_free(t);
}

static void test_a_key_that_may_be_absent_is_told_once(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);

    (void)state;
    ask_optional(t, "", "vpn");
    ask_optional(t, "", "vp");
    ask_optional(t, "", "vpn");
    ask_optional(t, "/none", "vpn");
    ask_optional(t, "", "a/b~c");
    check_evidence(t, "/vpn? /vp? /none/vpn? /a~1b~0c? ");
    ensure_that(t, true, NULL);
    check_status(t, PE_PASS, NULL);
    traced_free(t);
}

static void test_beyond_the_limit_evidence_is_counted_and_not_kept(void **state)
{
    struct traced *t = traced_new(sample, 2);

    (void)state;
    read_value(t, "/a");
    read_container(t, "/list");
    read_value(t, "/list/0");
    read_value(t, "/list/0");
    ensure_that(t, false, NULL);
    check_evidence(t, "/a=1 /list#3 ");
    assert_int_equal(t->trace.evidence_total, 3);
    assert_string_equal(finding_of(t, 0)->pointer, "/list/0");
    traced_free(t);
}

static void test_no_evidence_asked_for_is_none_given_and_the_verdict_is_the_same(void **state)
{
    struct traced *t = traced_new(sample, 0);

    (void)state;
    read_value(t, "/a");
    ensure_that(t, true, NULL);
    check_evidence(t, "");
    assert_int_equal(t->trace.evidence_total, 1);
    check_status(t, PE_PASS, NULL);
    traced_free(t);
}

static void test_the_total_is_the_same_for_every_limit(void **state)
{
    static const int limits[] = {0, 1, 2, 20, PE_EVIDENCE_ALL};

    (void)state;
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        struct traced *t = traced_new(sample, limits[i]);
        for (int again = 0; again < 5; again++) {
            read_value(t, "/a");
            ask_optional(t, "", "vpn");
            ask_optional(t, "", "dns");
        }
        assert_int_equal(t->trace.evidence_total, 3);
        traced_free(t);
    }
}

static void test_absent_keys_are_told_up_to_a_limit(void **state)
{
    struct traced *t = traced_new("{}", PE_EVIDENCE_ALL);
    char key[16];

    (void)state;
    for (int i = 0; i < PE_MAX_ABSENT_EVIDENCE + 5; i++) {
        sprintf(key, "k%d", i);
        ask_optional(t, "", key);
    }
    assert_int_equal(t->trace.evidence_count, PE_MAX_ABSENT_EVIDENCE);
    traced_free(t);
}

static void test_every_node_of_a_large_snapshot_is_told_apart(void **state)
{
    char *json = repeat("0,", 9999, "0]"), pointer[16];
    struct traced *t;

    (void)state;
    json[0] = '[';
    json[1] = ' ';
    t = traced_new(json, PE_EVIDENCE_ALL);
    for (int twice = 0; twice < 2; twice++) {
        for (int i = 0; i < 9999; i++) {
            snprintf(pointer, sizeof pointer, "/%d", i);
            read_value(t, pointer);
        }
        read_container(t, "");
    }
    assert_int_equal(t->trace.evidence_total, 10000);
    traced_free(t);
    free(json);
}

/* ---- what was missing ---- */

static void test_a_missing_key_is_named_with_what_was_perhaps_meant(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);

    (void)state;
    read_absent(t, "", "enabld");
    assert_string_equal(finding_of(t, 0)->pointer, "/enabld");
    assert_string_equal(finding_of(t, 0)->message.en, "/enabld is missing");
    assert_string_equal(finding_of(t, 0)->hint.en, "did you mean enabled?");
    assert_int_equal(finding_of(t, 0)->place.line, 1);
    assert_int_equal(finding_of(t, 0)->place.column, 1);
    assert_null(finding_of(t, 0)->value);
    traced_free(t);
}

static void test_a_missing_key_is_escaped_in_its_pointer(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);

    (void)state;
    read_absent(t, "/none", "a/b~c");
    read_absent(t, "/none", "");
    assert_string_equal(finding_of(t, 0)->pointer, "/none/a~1b~0c");
    assert_string_equal(finding_of(t, 1)->pointer, "/none/");
    traced_free(t);
}

static void test_null_is_missing_and_says_so(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);

    (void)state;
    pe_trace_null(&t->trace, node_of(&t->snapshot, "/b"));
    ensure_that(t, true, NULL);
    check_status(t, PE_UNKNOWN, "/b is null");
    assert_string_equal(finding_of(t, 0)->value, "null");
    traced_free(t);
}

static void test_an_empty_container_is_nothing_to_check(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);

    (void)state;
    read_container(t, "/empty");
    ensure_that(t, true, NULL);
    check_status(t, PE_UNKNOWN, "nothing to check at /empty: it is empty");
    traced_free(t);
    t = traced_new("[]", PE_EVIDENCE_ALL);
    read_container(t, "");
    check_status(t, PE_UNKNOWN, "nothing to check at /: it is empty");
    traced_free(t);
}

static void test_a_container_that_may_be_empty_is_read_like_any_other(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);

    (void)state;
    pe_trace_allow_empty(&t->trace, node_of(&t->snapshot, "/empty"));
    pe_trace_allow_empty(&t->trace, node_of(&t->snapshot, "/empty"));
    read_container(t, "/empty");
    ensure_that(t, true, NULL);
    check_status(t, PE_PASS, NULL);
    read_container(t, "/none"); /* and only that one */
    check_status(t, PE_UNKNOWN, NULL);
    traced_free(t);
}

static void test_the_same_thing_missing_again_is_said_once(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);

    (void)state;
    for (int i = 0; i < 3; i++)
        read_absent(t, "", "vpn");
    read_absent(t, "/none", "vpn");
    assert_int_equal(t->trace.finding_total, 2);
    check_status(t, PE_UNKNOWN, "/vpn is missing (and 1 more)");
    traced_free(t);
}

static void test_an_invalid_value_says_what_its_model_said(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);
    const struct pe_snapshot_problem problems[] = {
        {.node = node_of(&t->snapshot, "/a"), .warning = true, .key = "x", .message = {"w", "w"}},
        {.node = node_of(&t->snapshot, "/a"), .message = {"expected a boolean", "真偽値"}},
        {.node = node_of(&t->snapshot, "/list/0"), .message = {"other", "他"}},
    };

    (void)state;
    t->snapshot.problems = problems;
    t->snapshot.problem_count = 3;
    pe_trace_invalid(&t->trace, node_of(&t->snapshot, "/a"));
    check_status(t, PE_UNKNOWN, "/a cannot be used: expected a boolean");
    traced_free(t);
}

/* Of a thousand problems the rest is not kept, nor is one of a member its object's own. */
static void test_an_invalid_value_without_a_problem_of_its_own_is_unknown_too(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);
    const struct pe_snapshot_problem problems[] = {
        {.node = node_of(&t->snapshot, "/list"), .key = "x", .message = {"member", "m"}},
        {.node = node_of(&t->snapshot, "/list/1"), .message = {"other", "他"}},
    };

    (void)state;
    t->snapshot.problems = problems;
    t->snapshot.problem_count = 2;
    pe_trace_invalid(&t->trace, node_of(&t->snapshot, "/list"));
    pe_trace_invalid(&t->trace, node_of(&t->snapshot, "/list/0"));
    assert_int_equal(t->trace.finding_count, 2);
    for (size_t i = 0; i < 2; i++)
        assert_null(strstr(finding_of(t, i)->message.en, i == 0 ? "member" : "other"));
    assert_string_equal(finding_of(t, 1)->pointer, "/list/0");
    check_status(t, PE_UNKNOWN, NULL);
    traced_free(t);
}

static void test_a_contradiction_names_both_sides(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);

    (void)state;
    pe_trace_contradiction(&t->trace, node_of(&t->snapshot, "/list"), "/contract/options", "vpn");
    check_status(t, PE_UNKNOWN, "/list is there, though /contract/options does not list vpn");
    traced_free(t);
}

/* ---- limits ---- */

static void test_findings_are_kept_up_to_a_limit_and_all_are_counted(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);

    (void)state;
    read_value(t, "/a");
    for (int i = 0; i < PE_MAX_FINDINGS + 3; i++)
        ensure_that(t, false, NULL);
    assert_int_equal(t->trace.finding_count, PE_MAX_FINDINGS);
    assert_int_equal(t->trace.finding_total, PE_MAX_FINDINGS + 3);
    check_status(t, PE_FAIL, "10003 findings, the first: no");
    traced_free(t);
}

static void test_a_failure_after_the_limit_is_still_among_those_kept(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_DEFAULT);
    char key[16];
    bool kept = false;

    (void)state;
    for (int i = 0; i < PE_MAX_FINDINGS + 1; i++) {
        sprintf(key, "k%d", i);
        read_absent(t, "/none", key);
    }
    ensure_that(t, true, NULL);
    read_value(t, "/a");
    ensure_that(t, false, NULL);
    check_status(t, PE_FAIL, "no");
    for (size_t i = 0; i < t->trace.finding_count; i++)
        kept |= t->trace.findings[i].status == PE_FAIL;
    assert_true(kept);
    read_value(t, "/list/0");
    ensure_that(t, false, NULL);
    check_status(t, PE_FAIL, "2 findings, the first: no");
    assert_string_equal(finding_of(t, t->trace.finding_count - 1)->pointer, "/a");
    traced_free(t);
}

static void test_beyond_the_limit_what_is_missing_is_counted_whatever_it_is(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_DEFAULT);

    (void)state;
    for (int i = 0; i < PE_MAX_FINDINGS; i++)
        pe_trace_no_value(&t->trace, because);
    assert_int_equal(t->trace.finding_count, PE_MAX_FINDINGS);
    pe_trace_unusable(&t->trace, PE_SAY_EMPTY, node_of(&t->snapshot, "/empty"), because);
    pe_trace_lacks(&t->trace, node_of(&t->snapshot, "/list"), because);
    assert_int_equal(t->trace.finding_total, PE_MAX_FINDINGS + 2);
    assert_int_equal(t->trace.finding_count, PE_MAX_FINDINGS);
    check_status(t, PE_UNKNOWN, "because (and 10001 more)");
    traced_free(t);
}

static void test_an_element_that_is_lacking_is_blamed_on_what_was_read_if_anything_was(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);

    (void)state;
    pe_trace_lacks(&t->trace, PE_NO_NODE, because);
    assert_null(finding_of(t, 0)->pointer);
    check_status(t, PE_UNKNOWN, "because");
    read_value(t, "/list/1");
    pe_trace_lacks(&t->trace, PE_NO_NODE, because);
    assert_string_equal(finding_of(t, 1)->pointer, "/list/1");
    traced_free(t);
}

static void test_nothing_passes_whose_evidence_found_no_memory(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);
    struct pe_text reason;

    (void)state;
    t->arena.limit_bytes = 1;
    ask_optional(t, "", "vpn");
    ensure_that(t, true, NULL);
    assert_int_equal(t->trace.asserted, 1);
    assert_int_equal(t->trace.evidence_total, 0);
    assert_int_equal(pe_trace_status(&t->trace, &reason), PE_UNKNOWN);
    assert_true(pe_arena_failed(&t->arena));
    traced_free(t);
}

static void test_notes_are_kept_up_to_a_limit_and_change_nothing(void **state)
{
    struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);

    (void)state;
    for (int i = 0; i < PE_MAX_NOTES + 3; i++)
        pe_trace_note(&t->trace, because);
    assert_int_equal(t->trace.note_count, PE_MAX_NOTES);
    check_status(t, PE_UNKNOWN, "nothing was asserted: the rule came to no ensure()");
    traced_free(t);
}

static void test_memory_that_runs_out_is_noticed_and_never_a_crash(void **state)
{
    (void)state;
    for (size_t limit = 1; limit < 6000; limit += 37) {
        struct traced *t = traced_new(sample, PE_EVIDENCE_ALL);
        struct pe_evidence *evidence;
        size_t count;
        t->arena.limit_bytes = limit;
        read_value(t, "/a");
        ask_optional(t, "", "vpn");
        read_absent(t, "", "enabld");
        pe_trace_allow_empty(&t->trace, node_of(&t->snapshot, "/empty"));
        read_container(t, "/none");
        pe_trace_note(&t->trace, because);
        read_value(t, "/a");
        ensure_that(t, false, "/list");
        if (pe_trace_evidence(&t->trace, &evidence, &count) != 0)
            assert_true(pe_arena_failed(&t->arena));
        if (!pe_arena_failed(&t->arena))
            assert_int_equal(t->trace.finding_count, 2);
        traced_free(t);
    }
}

static void test_a_trace_without_a_snapshot_is_unknown(void **state)
{
    struct pe_arena arena = {0};
    struct pe_trace trace;
    struct pe_text reason;

    (void)state;
    assert_int_equal(pe_trace_init(&trace, NULL, &arena, 0, NULL), 0);
    assert_int_equal(pe_trace_status(&trace, &reason), PE_UNKNOWN);
    pe_trace_release(&trace);
    pe_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_evidence_is_distinct_and_in_the_order_of_reading),
        cmocka_unit_test(test_an_empty_container_is_told_by_its_value),
        cmocka_unit_test(test_a_key_that_may_be_absent_is_told_once),
        cmocka_unit_test(test_beyond_the_limit_evidence_is_counted_and_not_kept),
        cmocka_unit_test(test_no_evidence_asked_for_is_none_given_and_the_verdict_is_the_same),
        cmocka_unit_test(test_the_total_is_the_same_for_every_limit),
        cmocka_unit_test(test_absent_keys_are_told_up_to_a_limit),
        cmocka_unit_test(test_every_node_of_a_large_snapshot_is_told_apart),
        cmocka_unit_test(test_a_missing_key_is_named_with_what_was_perhaps_meant),
        cmocka_unit_test(test_a_missing_key_is_escaped_in_its_pointer),
        cmocka_unit_test(test_null_is_missing_and_says_so),
        cmocka_unit_test(test_an_empty_container_is_nothing_to_check),
        cmocka_unit_test(test_a_container_that_may_be_empty_is_read_like_any_other),
        cmocka_unit_test(test_the_same_thing_missing_again_is_said_once),
        cmocka_unit_test(test_an_invalid_value_says_what_its_model_said),
        cmocka_unit_test(test_an_invalid_value_without_a_problem_of_its_own_is_unknown_too),
        cmocka_unit_test(test_a_contradiction_names_both_sides),
        cmocka_unit_test(test_findings_are_kept_up_to_a_limit_and_all_are_counted),
        cmocka_unit_test(test_a_failure_after_the_limit_is_still_among_those_kept),
        cmocka_unit_test(test_beyond_the_limit_what_is_missing_is_counted_whatever_it_is),
        cmocka_unit_test(
            test_an_element_that_is_lacking_is_blamed_on_what_was_read_if_anything_was),
        cmocka_unit_test(test_nothing_passes_whose_evidence_found_no_memory),
        cmocka_unit_test(test_notes_are_kept_up_to_a_limit_and_change_nothing),
        cmocka_unit_test(test_memory_that_runs_out_is_noticed_and_never_a_crash),
        cmocka_unit_test(test_a_trace_without_a_snapshot_is_unknown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
