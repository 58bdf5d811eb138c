/* test_forged.c: a worker that lies gains no pass. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "forged_snapshot.h"
#include "pack_builtin.h"

static const char bytes[] = "{\"a\": 1,\n \"b\": 2}\n";

static void say_head(struct pe_out *out)
{
    say_wall(out, 0);
    say_pack(out, "forged");
    say_snapshot(out);
}

static void honest(struct pe_out *out, const struct pe_task *task)
{
    say_head(out);
    say_rest(out, task->first_control);
}

/* ---- asking ---- */

struct answer {
    int result;
    struct pe_err err;
    bool passed;
    enum pe_status status[2];
    size_t controls;
};

static const struct pe_prepared *built_in; /* what is asked about; NULL: a pack from files */

static struct pe_strings only;

static struct answer ask(void (*worker)(struct pe_out *, const struct pe_task *))
{
    struct pe_pack pack = {.name = "forged", .files = {.prepared = built_in}}, *packs[] = {&pack};
    struct pe_input input = {.bytes = {(const unsigned char *)bytes, sizeof bytes - 1},
                             .name = (char *)"t.json"},
                    *inputs[] = {&input};
    struct pe_job job = {.packs = packs,
                         .pack_count = 1,
                         .inputs = inputs,
                         .input_count = 1,
                         .evidence = PE_EVIDENCE_DEFAULT,
                         .only = only,
                         .jobs = 1};
    struct answer answer = {0};
    struct pe_run *run;

    say = worker;
    answer.result = pe_judge(&job, &run, &answer.err);
    if (answer.result != 0)
        return answer;
    answer.passed = run->passed;
    answer.controls = run->results[0].result_count;
    for (size_t i = 0; i < answer.controls && i < 2; i++)
        answer.status[i] = run->results[0].results[i].status;
    pe_run_free(run);
    return answer;
}

/* The lie costs the first control; a second worker tells of the other. */
static void costs_the_control(void (*worker)(struct pe_out *, const struct pe_task *))
{
    struct answer answer = ask(worker);

    assert_int_equal(answer.result, 0);
    assert_false(answer.passed);
    assert_int_equal(answer.controls, 2);
    assert_int_equal(answer.status[0], PE_ERROR);
    assert_int_equal(answer.status[1], PE_PASS);
}

/* It costs the whole job. */
static void costs_all(void (*worker)(struct pe_out *, const struct pe_task *), const char *why)
{
    struct answer answer = ask(worker);

    assert_int_equal(answer.result, -1);
    assert_int_equal(answer.err.kind, PE_ERR_WORKER);
    if (strstr(answer.err.text, why) == NULL)
        fail_msg("%s does not say %s", answer.err.text, why);
}

static void test_an_honest_worker_is_believed(void **state)
{
    struct answer answer = ask(honest);

    (void)state;
    assert_int_equal(answer.result, 0);
    assert_true(answer.passed);
    assert_int_equal(answer.controls, 2);
}

/* ---- lies about a rule ---- */

static struct told lie;

/* Lies in the first control; the second life of the worker is honest. */
static void lies_about_a_rule(struct pe_out *out, const struct pe_task *task)
{
    say_head(out);
    if (task->first_control > 0) {
        say_rest(out, task->first_control);
        return;
    }
    say_control(out, 0);
    say_rule(out, lie);
    say_pass(out, 0, 1);
    say_control(out, 1);
    say_pass(out, 1, 0);
    say_done(out);
}

static void lying_costs_the_control(struct told told)
{
    lie = told;
    costs_the_control(lies_about_a_rule);
}

static void test_a_pass_without_evidence_is_an_error(void **state)
{
    (void)state;
    lying_costs_the_control((struct told){0, 0, PE_PASS, 0, 0, 0, 0});
    lying_costs_the_control((struct told){0, 0, PE_PASS, 0, 1, 0, 0});
    lying_costs_the_control((struct told){0, 0, PE_PASS, 1, 0, 0, 0});
}

static void test_a_pass_with_a_finding_is_an_error(void **state)
{
    (void)state;
    lying_costs_the_control((struct told){0, 0, PE_PASS, 1, 1, 1, 0});
}

static void test_a_fail_without_a_finding_is_an_error(void **state)
{
    (void)state;
    lying_costs_the_control((struct told){0, 0, PE_FAIL, 1, 1, 0, 0});
}

static void test_a_waiver_from_a_worker_is_an_error(void **state)
{
    (void)state;
    lying_costs_the_control((struct told){0, 0, PE_WAIVED, 1, 1, 0, 0});
    lying_costs_the_control((struct told){0, 0, (enum pe_status)77, 1, 1, 0, 0});
}

static void test_a_place_outside_of_the_file_is_an_error(void **state)
{
    (void)state;
    lying_costs_the_control((struct told){0, 0, PE_PASS, 1, 1, 0, sizeof bytes});
    lying_costs_the_control((struct told){0, 0, PE_PASS, 1, 1, 0, UINT64_MAX});
}

static void test_a_rule_of_another_control_is_an_error(void **state)
{
    (void)state;
    lying_costs_the_control((struct told){1, 0, PE_PASS, 1, 1, 0, 0});
    lying_costs_the_control((struct told){0, 2, PE_PASS, 1, 1, 0, 0});
    lying_costs_the_control((struct told){0, UINT32_MAX, PE_PASS, 1, 1, 0, 0});
}

static void test_rules_out_of_order_are_an_error(void **state)
{
    (void)state;
    lying_costs_the_control((struct told){0, 1, PE_PASS, 1, 1, 0, 0}); /* then it tells 1 again */
}

/* ---- lies about what is told ---- */

static void (*first_life)(struct pe_out *out);

static void lies_once(struct pe_out *out, const struct pe_task *task)
{
    say_head(out);
    if (task->first_control > 0)
        say_rest(out, task->first_control);
    else
        first_life(out);
}

static void leaves_out_a_rule(struct pe_out *out)
{
    say_control(out, 0);
    say_pass(out, 0, 0);
    say_control(out, 1);
    say_pass(out, 1, 0);
    say_done(out);
}

static void leaves_out_a_rule_at_the_end(struct pe_out *out)
{
    say_control(out, 0);
    say_pass(out, 0, 0);
    say_done(out);
}

static void sends_an_unknown_record(struct pe_out *out)
{
    say_control(out, 0);
    pe_out_begin(out, (enum pe_record)(PE_RECORD_LAST + 1));
    pe_out_end(out);
}

static void sends_a_record_of_4_gib(struct pe_out *out)
{
    say_control(out, 0);
    pe_buf_add(&out->buf, "\x07\xFF\xFF\xFF\xFF", 5);
}

static void sends_half_a_record(struct pe_out *out)
{
    say_control(out, 0);
    say_pass(out, 0, 0);
    say_pass(out, 0, 1);
    out->buf.length -= 3;
}

static void dies_of_a_signal(struct pe_out *out)
{
    say_control(out, 0);
    say_pass(out, 0, 0);
    pe_out_flush(out);
    signal(SIGTERM, SIG_DFL);
    raise(SIGTERM);
}

static void sends_bytes_behind_a_record(struct pe_out *out)
{
    say_control(out, 0);
    pe_out_begin(out, PE_RECORD_RULE);
    for (int i = 0; i < 100; i++)
        pe_out_u64(out, 0);
    pe_out_end(out);
}

static void sends_results_of_another_kind(struct pe_out *out)
{
    say_control(out, 0);
    pe_out_begin(out, PE_RECORD_TEXT);
    pe_out_string(out, "PASS");
    pe_out_end(out);
}

static void describes_another_pack(struct pe_out *out)
{
    say_control(out, 0);
    say_pack(out, "other");
}

static void test_what_is_left_out_or_garbled_is_an_error(void **state)
{
    static void (*const lives[])(struct pe_out *) = {
        leaves_out_a_rule,           leaves_out_a_rule_at_the_end,  sends_an_unknown_record,
        sends_a_record_of_4_gib,     sends_half_a_record,           dies_of_a_signal,
        sends_bytes_behind_a_record, sends_results_of_another_kind, describes_another_pack,
    };

    (void)state;
    for (size_t i = 0; i < sizeof lives / sizeof lives[0]; i++) {
        first_life = lives[i];
        costs_the_control(lies_once);
    }
}

/* ---- lies before there is a control ---- */

static void skips_the_first_control(struct pe_out *out)
{
    say_control(out, 1);
    say_pass(out, 1, 0);
    say_done(out);
}

static void says_only_that_it_is_done(struct pe_out *out)
{
    say_done(out);
}

static void sends_a_rule_of_no_control(struct pe_out *out)
{
    say_pass(out, 0, 0);
}

static void is_of_a_control_that_is_not_there(struct pe_out *out)
{
    say_control(out, 2);
}

static void test_a_lie_before_the_first_control_costs_the_job(void **state)
{
    static void (*const lives[])(struct pe_out *) = {
        skips_the_first_control,
        says_only_that_it_is_done,
        sends_a_rule_of_no_control,
        is_of_a_control_that_is_not_there,
    };

    (void)state;
    for (size_t i = 0; i < sizeof lives / sizeof lives[0]; i++) {
        first_life = lives[i];
        costs_all(lies_once, "impossible answer");
    }
}

static void begins_without_a_wall(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_pack(out, "forged");
    say_snapshot(out);
    say_rest(out, 0);
}

static void lacks_a_wall_that_is_required(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, PE_WALL_SECCOMP);
    say_pack(out, "forged");
    say_snapshot(out);
    say_rest(out, 0);
}

static void sends_the_snapshot_first(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    say_snapshot(out);
    say_pack(out, "forged");
    say_rest(out, 0);
}

static void sends_the_snapshot_twice(struct pe_out *out, const struct pe_task *task)
{
    say_head(out);
    say_snapshot(out);
    say_rest(out, task->first_control);
}

static void says_nothing(struct pe_out *out, const struct pe_task *task)
{
    (void)out;
    (void)task;
}

static void test_a_lie_before_the_snapshot_costs_the_job(void **state)
{
    (void)state;
    costs_all(begins_without_a_wall, "(wall)");
    costs_all(lacks_a_wall_that_is_required, "(wall)");
    costs_all(sends_the_snapshot_first, "(order)");
    costs_all(sends_the_snapshot_twice, "(order)");
    costs_all(says_nothing, "died before it judged anything");
}

static void describes_nothing(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    pe_out_begin(out, PE_RECORD_PACK);
    pe_out_end(out);
    say_snapshot(out);
    say_done(out);
}

static void test_only_what_is_built_in_is_known_without_a_word(void **state)
{
    (void)state;
    costs_all(describes_nothing, "impossible answer (pack)");
    built_in = &pe_pack_builtin;
    costs_all(honest, "impossible answer (pack)"); /* of another pack than the parent knows */
    built_in = NULL;
}

/* A second life must go on where the first one ended. */
static void begins_anew(struct pe_out *out, const struct pe_task *task)
{
    say_head(out);
    say_control(out, 0);
    if (task->first_control == 0)
        return; /* dies */
    say_pass(out, 0, 0);
    say_pass(out, 0, 1);
    say_control(out, 1);
    say_pass(out, 1, 0);
    say_done(out);
}

static void changes_the_pack(struct pe_out *out, const struct pe_task *task)
{
    say_wall(out, 0);
    say_pack(out, task->first_control == 0 ? "forged" : "other");
    say_snapshot(out);
    say_control(out, (uint32_t)task->first_control);
}

/* Its second life dies once; what the first one told is judged again. */
static void lies_and_dies(struct pe_out *out, const struct pe_task *task)
{
    if (task->first_control > 0 && !task->announces)
        return;
    lies_about_a_rule(out, task);
}

static void test_a_death_after_a_lie_loses_no_control(void **state)
{
    (void)state;
    lie = (struct told){0, 0, PE_PASS, 0, 0, 0, 6};
    costs_the_control(lies_and_dies);
}

static void test_a_second_worker_cannot_take_an_error_back(void **state)
{
    (void)state;
    costs_all(begins_anew, "impossible answer (control)");
    costs_all(changes_the_pack, "impossible answer (another pack)");
}

/* ---- errors, in the worker's own words ---- */

static void sends_an_error(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    pe_out_begin(out, PE_RECORD_ERROR);
    pe_out_u32(out, PE_ERR_WORKER + 1);
    pe_out_string(out, "boo");
    pe_out_end(out);
}

static void say_unmatched(struct pe_out *out, uint32_t number)
{
    pe_out_begin(out, PE_RECORD_UNMATCHED);
    pe_out_u32(out, 0);
    pe_out_u32(out, number);
    pe_out_string(out, "boo");
    pe_out_end(out);
}

static void sends_a_selector_that_was_not_given(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    say_unmatched(out, 0);
}

static void sends_a_selector_for_ever(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    say_unmatched(out, 0);
    while (!out->failed)
        say_unmatched(out, 1);
}

static void sends_selectors_backwards(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    say_unmatched(out, 1);
    say_unmatched(out, 0);
}

static void test_a_selector_is_told_once(void **state)
{
    static const char *const names[] = {"7.7", "8.8"};

    (void)state;
    only = (struct pe_strings){names, 2};
    costs_all(sends_a_selector_for_ever, "impossible answer (selector)");
    costs_all(sends_selectors_backwards, "impossible answer (selector)");
    only = (struct pe_strings){0};
}

static void test_an_impossible_error_is_a_lie(void **state)
{
    (void)state;
    costs_all(sends_an_error, "impossible answer (error)");
    costs_all(sends_a_selector_that_was_not_given, "impossible answer (selector)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_honest_worker_is_believed),
        cmocka_unit_test(test_a_pass_without_evidence_is_an_error),
        cmocka_unit_test(test_a_pass_with_a_finding_is_an_error),
        cmocka_unit_test(test_a_fail_without_a_finding_is_an_error),
        cmocka_unit_test(test_a_waiver_from_a_worker_is_an_error),
        cmocka_unit_test(test_a_place_outside_of_the_file_is_an_error),
        cmocka_unit_test(test_a_rule_of_another_control_is_an_error),
        cmocka_unit_test(test_rules_out_of_order_are_an_error),
        cmocka_unit_test(test_what_is_left_out_or_garbled_is_an_error),
        cmocka_unit_test(test_a_lie_before_the_first_control_costs_the_job),
        cmocka_unit_test(test_a_lie_before_the_snapshot_costs_the_job),
        cmocka_unit_test(test_only_what_is_built_in_is_known_without_a_word),
        cmocka_unit_test(test_a_death_after_a_lie_loses_no_control),
        cmocka_unit_test(test_a_second_worker_cannot_take_an_error_back),
        cmocka_unit_test(test_a_selector_is_told_once),
        cmocka_unit_test(test_an_impossible_error_is_a_lie),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
