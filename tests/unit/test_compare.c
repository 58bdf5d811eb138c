/* test_compare.c: a rule in two results is told as what became of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "api.h"
#include "compare.h"
#include "sample_run.h"

static const struct pe_rule rule = {.id = "r"};
static const struct pe_control control = {.id = "1", .pack = "p"};
static const struct pe_control_result of_control = {.control = &control};

/* Any change of status, of a rule that found and read nothing that differs. */
static bool change_of(enum pe_status was, enum pe_status was_without, enum pe_status is,
                      struct pe_change *change)
{
    struct pe_result result = {0};
    struct pe_rule_result old = {.rule = &rule, .status = was, .original = was_without};
    struct pe_rule_result new_ = {.rule = &rule, .status = is, .original = is};
    struct pe_pair pair = {&result, &result, &of_control, &of_control, &old, &new_, true};
    struct pe_arena arena = {0};
    bool changed = pe_compare_rule(&pair, &arena, change);

    assert_false(pe_arena_failed(&arena));
    pe_arena_release(&arena);
    return changed;
}

static void test_every_pair_of_statuses_has_its_class(void **state)
{
    enum {
        R = PE_CHANGE_REGRESSED,
        U = PE_CHANGE_NEWLY_UNKNOWN,
        E = PE_CHANGE_WAIVER_EXPIRED,
        S = PE_CHANGE_STILL_FAILING,
        F = PE_CHANGE_FIXED,
        W = PE_CHANGE_WAIVED,
        N = PE_CHANGE_NOT_COMPARABLE,
        _ = PE_CHANGE_COUNT /* nothing to tell */
    };
    /* before: a row; after: a column, both from not_applicable to error; what is waived failed */
    static const unsigned char expected[PE_STATUS_COUNT][PE_STATUS_COUNT] = {
        [PE_NOT_APPLICABLE] = {_, N, W, U, R, R}, [PE_PASS] = {N, _, W, U, R, R},
        [PE_WAIVED] = {N, F, _, U, E, R},         [PE_UNKNOWN] = {N, F, W, S, R, R},
        [PE_FAIL] = {N, F, W, U, S, R},           [PE_ERROR] = {N, F, W, S, S, S},
    };

    (void)state;
    for (unsigned was = 0; was < PE_STATUS_COUNT; was++)
        for (unsigned is = 0; is < PE_STATUS_COUNT; is++) {
            struct pe_change change;
            bool told = change_of((enum pe_status)was, was == PE_WAIVED ? PE_FAIL : was,
                                  (enum pe_status)is, &change);
            unsigned class_ = told ? change.class_ : PE_CHANGE_COUNT;
            bool worse = is == PE_ERROR || class_ == R || class_ == U || class_ == E;
            if (class_ != expected[was][is] || (told && change.worse != worse))
                fail_msg("%s to %s: class %u, worse %d", pe_status_word((enum pe_status)was),
                         pe_status_word((enum pe_status)is), class_, told && change.worse);
        }
}

static void test_a_waived_unknown_that_is_unknown_again_is_no_longer_waived(void **state)
{
    struct pe_change change;

    (void)state;
    assert_true(change_of(PE_WAIVED, PE_UNKNOWN, PE_UNKNOWN, &change));
    assert_int_equal(change.class_, PE_CHANGE_WAIVER_EXPIRED);
    assert_true(change.worse);
    assert_int_equal(change.causes, PE_CAUSE_WAIVER);
}

/* ---- findings ---- */

static struct pe_finding finding(const char *subject, const char *pointer, const char *message)
{
    return (struct pe_finding){.status = PE_FAIL,
                               .subject = {subject, subject},
                               .pointer = pointer,
                               .message = {message, message}};
}

static void check_findings(const struct pe_finding *old, size_t old_count,
                           const struct pe_finding *new_, size_t new_count, size_t added,
                           size_t gone, const struct pe_finding *first)
{
    struct pe_rule_result before = {.findings = old, .finding_count = old_count};
    struct pe_rule_result after = {.findings = new_, .finding_count = new_count};
    struct pe_change change = {0};
    struct pe_arena arena = {0};

    pe_compare_findings(&before, &after, &arena, &change);
    assert_int_equal(change.added_count, added);
    assert_int_equal(change.gone, gone);
    if (added > 0)
        assert_ptr_equal(change.added[0], first);
    pe_arena_release(&arena);
}

static void test_a_finding_is_the_same_wherever_its_object_stands(void **state)
{
    struct pe_finding old[] = {finding("a[x]", "/a/0/m", "off"), finding("a[y]", "/a/1/m", "off")};
    struct pe_finding moved[] = {finding("a[y]", "/a/0/m", "off"),
                                 finding("a[x]", "/a/12/m", "off for 3 days")};
    struct pe_finding other[] = {finding("a[x]", "/a/0/m", "off"),
                                 finding("a[z]", "/a/1/m", "off")};

    (void)state;
    check_findings(old, 2, moved, 2, 0, 0, NULL);
    check_findings(old, 2, other, 2, 1, 1, &other[1]);
    check_findings(old, 2, old, 1, 0, 1, NULL);
    check_findings(old, 0, old, 2, 2, 0, &old[0]);
}

static void test_of_many_alike_the_one_that_was_not_there_is_new(void **state)
{
    struct pe_finding old[] = {finding(NULL, "/a/0", "x"), finding(NULL, "/a/1", "x")};
    struct pe_finding new_[] = {finding(NULL, "/a/0", "x"), finding(NULL, "/a/1", "x"),
                                finding(NULL, "/a/2", "x")};
    struct pe_finding unknown = finding(NULL, "/a/0", "x");

    (void)state;
    check_findings(old, 2, new_, 3, 1, 0, &new_[2]);
    unknown.status = PE_UNKNOWN;
    check_findings(old, 1, &unknown, 1, 1, 1, &unknown);
    unknown.pointer = NULL;
    check_findings(&unknown, 1, &unknown, 1, 0, 0, NULL);
}

static struct pe_finding fault(const char *message)
{
    struct pe_finding made = finding("", NULL, message);

    made.status = PE_UNKNOWN;
    made.of_policy = true;
    return made;
}

static void test_a_fault_of_a_policy_is_the_same_on_whatever_line(void **state)
{
    struct pe_finding old = fault("1.1.lua:3: a condition had no value");
    struct pe_finding moved = fault("1.1.lua:17: a condition had no value");
    struct pe_finding elsewhere = fault("1.2.lua:3: a condition had no value");
    struct pe_finding other = fault("1.1.lua:3: nothing was asserted");
    struct pe_finding plain[] = {finding("", NULL, "x.lua:3: is there"),
                                 finding("", NULL, "x.lua:4: is there")};

    (void)state;
    check_findings(&old, 1, &moved, 1, 0, 0, NULL);
    check_findings(&old, 1, &elsewhere, 1, 1, 1, &elsewhere);
    check_findings(&old, 1, &other, 1, 1, 1, &other);
    check_findings(&plain[0], 1, &plain[1], 1, 1, 1,
                   &plain[1]); /* of the tenant, not of a policy */
}

/* ---- evidence ---- */

static void check_pointers(const struct pe_rule_result *before, const struct pe_rule_result *after,
                           size_t count, const char *first)
{
    struct pe_change change = {0};
    struct pe_arena arena = {0};

    pe_compare_evidence(before, after, &arena, &change);
    assert_int_equal(change.pointer_total, count);
    if (first != NULL)
        assert_string_equal(change.pointers.items[0], first);
    pe_arena_release(&arena);
}

static void test_pointers_to_what_differs_are_told_and_no_others(void **state)
{
    struct pe_evidence old[] = {{"/b", "1", -1, false, {0}},
                                {"/a", "true", -1, false, {0}},
                                {"/c", NULL, 3, false, {0}},
                                {"/d", NULL, -1, true, {0}}};
    struct pe_evidence new_[4];
    struct pe_rule_result before = {.evidence = old, .evidence_count = 4, .evidence_total = 4};
    struct pe_rule_result after = {.evidence = new_, .evidence_count = 4, .evidence_total = 4};

    (void)state;
    memcpy(new_, old, sizeof old);
    check_pointers(&before, &after, 0, NULL);
    new_[0].value = "2";
    check_pointers(&before, &after, 1, "/b");
    new_[2].count = 4;
    check_pointers(&before, &after, 2, "/b");
    new_[3] = (struct pe_evidence){"/d", "null", -1, false, {0}};
    check_pointers(&before, &after, 3, "/b");
    memcpy(new_, old, sizeof old);
    after.evidence_count = 3; /* /d was not read */
    after.evidence_total = 3;
    check_pointers(&before, &after, 1, "/d");
    after.evidence_total = 4; /* or cut: then nobody knows */
    check_pointers(&before, &after, 0, NULL);
}

/* ---- runs ---- */

static void test_a_run_compared_with_itself_has_no_changes_but_what_is_open(void **state)
{
    struct sample *sample = sample_run_new();
    struct pe_input input = {.name = (char *)"a.json"};
    const struct pe_comparison *comparison;
    struct pe_diff *diff;
    struct pe_err err;

    (void)state;
    assert_int_equal(
        pe_compare(sample_run(sample), &input, sample_run(sample), &input, true, &diff, &err), 0);
    comparison = &diff->comparisons[0];
    assert_int_equal(diff->count, 1);
    for (size_t i = 0; i < comparison->change_count; i++) {
        assert_int_equal(comparison->changes[i].class_, PE_CHANGE_STILL_FAILING);
        assert_int_equal(comparison->changes[i].causes, 0);
        assert_int_equal(comparison->changes[i].added_count, 0);
        assert_true(comparison->changes[i].worse ==
                    (comparison->changes[i].after->status == PE_ERROR));
    }
    assert_int_equal(comparison->change_count,
                     sample_result(sample)->rules.by_status[PE_FAIL] +
                         sample_result(sample)->rules.by_status[PE_UNKNOWN] +
                         sample_result(sample)->rules.by_status[PE_ERROR]);
    pe_diff_free(diff);
    sample_run_free(sample);
}

static void test_another_tenant_is_refused(void **state)
{
    struct sample *sample = sample_run_new();
    struct pe_result other = *sample_result(sample);
    struct pe_run run = {.results = &other, .count = 1};
    struct pe_input input = {.name = (char *)"a.json"};
    struct pe_diff *diff = NULL;
    struct pe_err err;

    (void)state;
    other.tenant = "somebody else";
    assert_int_equal(pe_compare(sample_run(sample), &input, &run, &input, false, &diff, &err), -1);
    assert_int_equal(err.kind, PE_ERR_USAGE);
    assert_non_null(strstr(err.text, "tenant somebody else"));
    other.tenant = NULL;
    assert_int_equal(pe_compare(sample_run(sample), &input, &run, &input, false, &diff, &err), -1);
    assert_null(diff);
    sample_run_free(sample);
}

static void test_words_are_told_apart(void **state)
{
    (void)state;
    for (unsigned i = 0; i < PE_CHANGE_COUNT; i++)
        for (unsigned j = 0; j < i; j++)
            assert_string_not_equal(pe_change_word((enum pe_change_class)i),
                                    pe_change_word((enum pe_change_class)j));
    for (unsigned i = 0; i < PE_CAUSE_COUNT; i++)
        assert_true(strlen(pe_cause_word(i)) > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_pair_of_statuses_has_its_class),
        cmocka_unit_test(test_a_waived_unknown_that_is_unknown_again_is_no_longer_waived),
        cmocka_unit_test(test_a_finding_is_the_same_wherever_its_object_stands),
        cmocka_unit_test(test_of_many_alike_the_one_that_was_not_there_is_new),
        cmocka_unit_test(test_a_fault_of_a_policy_is_the_same_on_whatever_line),
        cmocka_unit_test(test_pointers_to_what_differs_are_told_and_no_others),
        cmocka_unit_test(test_a_run_compared_with_itself_has_no_changes_but_what_is_open),
        cmocka_unit_test(test_another_tenant_is_refused),
        cmocka_unit_test(test_words_are_told_apart),
    };

    return cmocka_run_group_tests_name("compare", tests, NULL, NULL);
}
