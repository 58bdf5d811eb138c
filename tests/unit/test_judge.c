/* test_judge.c: snapshots are judged by packs through the API, or why they cannot be. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "folder_support.h"
#include "judging_support.h"

/* ---- results ---- */

static void test_a_snapshot_that_meets_its_pack_passes(void **state)
{
    struct judging j;

    (void)state;
    judging_put_pack();
    j = judging_texts(TEXTS(judging_good));
    assert_true(j.run->passed);
    assert_int_equal(j.run->count, 1);
    assert_string_equal(j.run->results[0].tenant, "t1");
    assert_string_equal(j.run->results[0].service, "iad");
    assert_string_equal(j.run->results[0].options.items[0], "vpn");
    assert_string_equal(j.run->results[0].file, "0.json");
    assert_int_equal(j.run->results[0].results[0].status, PE_PASS);
    assert_string_equal(j.run->results[0].results[0].rules[0].evidence[0].pointer, "/a");
    judging_release(&j);
}

static void test_results_are_in_the_order_of_the_inputs_for_any_number_of_workers(void **state)
{
    (void)state;
    judging_put_pack();
    for (unsigned jobs = 0; jobs < 9; jobs += 4) {
        struct judging j =
            judging_of(TEXTS(judging_good, judging_bad, judging_good, "{}", judging_bad));
        j.job.jobs = jobs;
        assert_int_equal(judging_run(&j), 0);
        assert_false(j.run->passed);
        assert_int_equal(j.run->count, 5);
        assert_true(j.run->results[0].passed && j.run->results[2].passed);
        assert_int_equal(j.run->results[1].results[0].status, PE_FAIL);
        assert_int_equal(j.run->results[3].results[0].status, PE_UNKNOWN);
        assert_null(j.run->results[3].tenant);
        assert_string_equal(j.run->results[4].tenant, "t2");
        judging_release(&j);
    }
}

static void test_a_run_over_nothing_is_not_passed(void **state)
{
    struct judging j;

    (void)state;
    judging_put_pack();
    j = judging_of(TEXTS(NULL));
    if (judging_run(&j) == 0)
        assert_false(j.run->passed);
    judging_release(&j);
}

static void test_without_a_pack_nothing_is_judged(void **state)
{
    struct judging j;

    (void)state;
    judging_put_pack();
    j = judging_of(TEXTS(judging_good));
    j.job.pack_count = 0;
    assert_int_equal(judging_run(&j), -1);
    assert_string_equal(j.err.text, "there is no pack to judge by");
    judging_release(&j);
}

static void test_a_snapshot_to_which_nothing_applies_is_not_passed(void **state)
{
    struct judging j;

    (void)state;
    folder_put("p/pack.lua", judging_pack_lua);
    folder_put("p/1.1.lua", "return { title='t', severity='low', owner='customer', when={ "
                            "service='ctx' }, rules={ { id='ok', title='x', "
                            "check=function(s) ensure(s.a == 1) end } } }");
    j = judging_texts(TEXTS(judging_good));
    assert_int_equal(j.run->results[0].results[0].status, PE_NOT_APPLICABLE);
    assert_false(j.run->passed);
    judging_release(&j);
}

static void test_two_packs_judge_one_snapshot(void **state)
{
    struct judging j;

    (void)state;
    judging_put_pack();
    folder_put("q/pack.lua", "return { id='q', version='2', title='q' }");
    folder_put("q/9.9.lua", judging_passes);
    j = judging_of(TEXTS(judging_good));
    j.packs[1] = judging_pack("q");
    j.job.pack_count = 2;
    assert_int_equal(judging_run(&j), 0);
    assert_int_equal(j.run->results[0].pack_count, 2);
    assert_int_equal(j.run->results[0].result_count, 2);
    assert_string_equal(j.run->results[0].results[1].control->pack, "q");
    assert_string_equal(j.run->results[0].tenant, "t1");
    judging_release(&j);
}

static void test_only_what_was_selected_is_judged(void **state)
{
    struct judging j;

    (void)state;
    judging_put_pack();
    folder_put("p/1.2.lua", judging_passes);
    j = judging_of(TEXTS(judging_good));
    j.job.skip = WORDS("1.1");
    assert_int_equal(judging_run(&j), 0);
    assert_int_equal(j.run->results[0].result_count, 1);
    assert_string_equal(j.run->results[0].results[0].control->id, "1.2");
    judging_release(&j);
}

/* ---- what cannot be decided ---- */

static void undecided(const char *const *texts, struct pe_job options, enum pe_err_kind kind,
                      const char *why)
{
    struct judging j = judging_of(texts);

    j.job.only = options.only;
    j.job.params = options.params;
    j.job.expect = options.expect;
    j.job.as_of = options.as_of;
    if (judging_run(&j) == 0)
        fail_msg("judged, though: %s", why);
    assert_int_equal(j.err.kind, kind);
    assert_string_equal(j.err.text, why);
    assert_null(j.run);
    judging_release(&j);
}

static void test_bytes_that_are_not_json_name_the_file_and_the_place(void **state)
{
    static const struct pe_job plain = {0};

    (void)state;
    judging_put_pack();
    undecided(TEXTS("{\"a\": 1,}"), plain, PE_ERR_INPUT,
              "0.json: line 1, column 9: expected a key in double quotes");
    undecided(TEXTS(""), plain, PE_ERR_INPUT, "0.json: line 1, column 1: the text is empty");
    undecided(TEXTS(judging_good, "[", "]"), plain, PE_ERR_INPUT,
              "1.json: line 1, column 2: expected a value, but the text ends");
}

static void test_a_pack_that_does_not_load_is_named_once(void **state)
{
    static const struct pe_job plain = {0};

    (void)state;
    judging_put_pack();
    folder_put("p/1.1.lua", "return {}");
    undecided(TEXTS(judging_good, judging_good), plain, PE_ERR_PACK, "p/1.1.lua: title is missing");
}

static void test_options_that_cannot_be_met_are_refused(void **state)
{
    (void)state;
    judging_put_pack();
    undecided(TEXTS(judging_good), (struct pe_job){.only = WORDS("1.2")}, PE_ERR_USAGE,
              "--only 1.2 matches no control, rule, tag, severity or owner of the pack p (did you "
              "mean 1.1?)");
    undecided(TEXTS(judging_good), (struct pe_job){.params = WORDS("x=1")}, PE_ERR_USAGE,
              "--param: the pack p has no parameter x; policyeval explain CONTROL shows them");
    undecided(TEXTS(judging_good), (struct pe_job){.expect = WORDS("service=ctx")}, PE_ERR_USAGE,
              "0.json: expected the service ctx, the snapshot has iad");
    undecided(TEXTS(judging_bad), (struct pe_job){.expect = WORDS("option=vpn")}, PE_ERR_USAGE,
              "0.json: expected the option vpn, which the snapshot does not list");
    undecided(TEXTS("{}"), (struct pe_job){.expect = WORDS("service=ctx")}, PE_ERR_USAGE,
              "0.json: expected the service ctx, the snapshot has none");
    undecided(TEXTS(judging_good), (struct pe_job){.as_of = "yesterday"}, PE_ERR_USAGE,
              "--as-of: not a timestamp like 2026-05-04T17:15:48Z; give a time such as "
              "2026-11-20T09:00:00+09:00");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, folder_enter, folder_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_snapshot_that_meets_its_pack_passes),
        TEST(test_results_are_in_the_order_of_the_inputs_for_any_number_of_workers),
        TEST(test_a_run_over_nothing_is_not_passed),
        TEST(test_without_a_pack_nothing_is_judged),
        TEST(test_a_snapshot_to_which_nothing_applies_is_not_passed),
        TEST(test_two_packs_judge_one_snapshot),
        TEST(test_only_what_was_selected_is_judged),
        TEST(test_bytes_that_are_not_json_name_the_file_and_the_place),
        TEST(test_a_pack_that_does_not_load_is_named_once),
        TEST(test_options_that_cannot_be_met_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
