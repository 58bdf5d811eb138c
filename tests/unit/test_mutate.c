/* test_mutate.c: which changes survive the rules that read a value. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "mutate_support.h"

static void test_a_rule_that_checks_its_value_lets_nothing_live(void **state)
{
    (void)state;
    mutate_survivors(
        (struct mutate_setup){.check = "ensure(s.on, s, 'off')",
                              .model = "return record{ { 'on', boolean, required = true } }",
                              .base = "{\"on\": true}"},
        "");
}

static void test_a_word_that_nobody_tells_apart_survives(void **state)
{
    (void)state;
    mutate_survivors(
        (struct mutate_setup){.check = "ensure(s.lock ~= 'none', s, 'no lock')",
                              .model = "return record{ { 'lock', enum{ 'digital', 'brass' }, "
                                       "required = true } }",
                              .base = "{\"lock\": \"digital\"}"},
        "value base.json /lock \"digital\" -> \"brass\" (r)\n");
}

static void test_lost_data_that_passes_is_told_apart(void **state)
{
    (void)state;
    mutate_survivors(
        (struct mutate_setup){
            .check = "local n = 0 for k, v in pairs(s.o) do n = n + 1 end ensure(n > 0, s, 'none')",
            .model = "return record{ { 'o', record{ { 'a', integer{}, required = true }, "
                     "{ 'b', integer{}, required = true } }, required = true } }",
            .base = "{\"o\": {\"a\": 1, \"b\": 2}}"},
        "lost base.json /o/a removed (r)\n"
        "lost base.json /o/b removed (r)\n");
}

static void test_optional_reads_are_counted_apart(void **state)
{
    struct mutate_setup setup = {.check = "ensure(get(s, 'days', 5) <= 11, s, 'long')",
                                 .model =
                                     "return record{ { 'days', integer{ min = 9, max = 11 } } }",
                                 .base = "{\"days\": 10}"};

    (void)state;
    mutate_run(&setup);
    assert_string_equal(setup.log.text, "optional base.json /days removed (r)\n"
                                        "value base.json /days 10 -> one less or more (r)\n");
    assert_int_equal(setup.all[PE_MUTANT_OPTIONAL], 1);
    assert_int_equal(setup.killed[PE_MUTANT_OPTIONAL], 0);
    assert_int_equal(setup.all[PE_MUTANT_LOST], 2);
    assert_int_equal(setup.killed[PE_MUTANT_LOST], 2);
    assert_int_equal(setup.all[PE_MUTANT_VALUE], 1);
    assert_int_equal(setup.killed[PE_MUTANT_VALUE], 0);
}

static void test_to_ask_for_a_part_that_is_damaged_is_no_answer(void **state)
{
    (void)state;
    mutate_survivors(
        (struct mutate_setup){
            .check = "local there = has(s, 'ad') ensure(s.on, s, there and 'a' or 'b')",
            .model = "return record{ { 'on', boolean, required = true },\n"
                     "{ 'ad', record{ { 'x', integer{} } } } }",
            .base = "{\"on\": true, \"ad\": {}}"},
        "optional base.json /ad removed (r)\n");
}

static void test_one_less_or_more_is_noticed_when_either_is(void **state)
{
    struct mutate_setup setup = {.check = "ensure(s.days <= 10, s, 'long')",
                                 .model = "return record{ { 'days', integer{ min = 9, max = 11 }, "
                                          "required = true } }",
                                 .base = "{\"days\": 10}"};

    (void)state;
    mutate_run(&setup);
    assert_string_equal(setup.log.text, "");
    assert_int_equal(setup.all[PE_MUTANT_VALUE], 1);
}

static void test_only_what_a_case_changes_is_changed_again(void **state)
{
    (void)state;
    mutate_survivors(
        (struct mutate_setup){.check = "ensure(s.a == 'x' or s.a == 'y', s, 'a') "
                                       "ensure(s.b ~= 'q', s, 'b')",
                              .cases = "{ 'y', set = { a = 'y' }, expect = {} },"
                                       "{ 'fails', set = { a = 'z' }, expect = { r = 'fail' } }",
                              .base = "{\"a\": \"x\", \"b\": \"y\"}"},
        "value base.json /b another type (r)\n"
        "value base.json /b \"y\" -> \"\" (r)\n");
}

static void test_secrets_are_not_told(void **state)
{
    (void)state;
    mutate_survivors((struct mutate_setup){.check = "ensure(s.password ~= 'none', s, 'bad')",
                                           .base = "{\"password\": \"hunter2\"}"},
                     "value base.json /password another type (r)\n"
                     "value base.json /password \"[secret]\" -> \"[secret]\" (r)\n");
}

static void test_workers_share_the_mutants(void **state)
{
    struct mutate_setup setup = {
        .check = "ensure(s.a > 0 and s.b > 0 and s.c ~= 0 and s.d ~= 'y', s, 'a')",
        .cases = "{ 'a', set = { a = 7 }, expect = {} }",
        .base = "{\"a\": 5, \"b\": 6, \"c\": 7, \"d\": \"x\"}"};
    size_t all = 0, survivors = 0, want, want_survivors;

    (void)state;
    mutate_run(&setup);
    want = setup.all[PE_MUTANT_VALUE] + setup.all[PE_MUTANT_LOST];
    want_survivors = setup.log.count;
    if (want <= 10 || want_survivors <= 3)
        fail_msg("%zu of %zu survive:\n%s", want_survivors, want, setup.log.text);
    setup.shards = 3;
    for (setup.shard = 0; setup.shard < 3; setup.shard++) {
        mutate_run(&setup);
        all += setup.all[PE_MUTANT_VALUE] + setup.all[PE_MUTANT_LOST];
        survivors += setup.log.count;
    }
    assert_int_equal(all, want);
    assert_int_equal(survivors, want_survivors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_rule_that_checks_its_value_lets_nothing_live),
        cmocka_unit_test(test_a_word_that_nobody_tells_apart_survives),
        cmocka_unit_test(test_lost_data_that_passes_is_told_apart),
        cmocka_unit_test(test_optional_reads_are_counted_apart),
        cmocka_unit_test(test_to_ask_for_a_part_that_is_damaged_is_no_answer),
        cmocka_unit_test(test_one_less_or_more_is_noticed_when_either_is),
        cmocka_unit_test(test_only_what_a_case_changes_is_changed_again),
        cmocka_unit_test(test_secrets_are_not_told),
        cmocka_unit_test(test_workers_share_the_mutants),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
