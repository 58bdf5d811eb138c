/* test_decode_order.c: a worker that leaves out, repeats or breaks off is not believed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "decode_support.h"

static const struct pe_text because = {"because", "なぜなら"};

/* ---- order ---- */

static void test_rules_come_in_order_and_once(void **state)
{
    struct teller *t = teller_in_control();

    (void)state;
    assert_true(tell_rule(t, 0, 2, &told_pass));
    assert_false(tell_rule(t, 0, 0, &told_pass));
    assert_false(tell_rule(t, 0, 2, &told_pass));
    assert_int_equal(t->decoded.rule_count, 1);
    teller_free(t);
}

static void test_rules_that_were_not_selected_or_do_not_exist_are_lies(void **state)
{
    struct teller *t = teller_in_control();

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
    struct teller *t = teller_in_control();

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
    struct teller *t = teller_in_control();

    (void)state;
    assert_false(tell_finish(t));
    assert_true(tell_rule(t, 0, 2, &told_pass));
    assert_false(tell_finish(t));
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
    struct teller *t = after_all(), *early = teller_in_control();

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

/* ---- broken off ---- */

static void test_what_was_not_told_when_the_worker_died_is_an_error(void **state)
{
    struct teller *t = teller_in_control();
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
    struct teller *t = teller_in_control();

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
        cmocka_unit_test(test_rules_come_in_order_and_once),
        cmocka_unit_test(test_rules_that_were_not_selected_or_do_not_exist_are_lies),
        cmocka_unit_test(test_a_rule_outside_a_control_is_a_lie),
        cmocka_unit_test(test_a_control_comes_once_and_in_order),
        cmocka_unit_test(test_a_selected_control_cannot_be_left_out),
        cmocka_unit_test(test_the_end_comes_after_every_selected_control),
        cmocka_unit_test(test_nothing_is_judged_before_the_snapshot_was_told),
        cmocka_unit_test(test_a_control_that_ends_without_a_selected_rule_is_a_lie),
        cmocka_unit_test(test_what_nobody_looked_at_is_told_once_and_last),
        cmocka_unit_test(test_what_nobody_looked_at_is_bounded_and_in_the_file),
        cmocka_unit_test(test_what_was_not_told_when_the_worker_died_is_an_error),
        cmocka_unit_test(test_rules_stay_in_order_when_one_before_the_last_was_not_told),
        cmocka_unit_test(test_breaking_off_between_controls_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
