/* test_mutate.c: which changes are tried on what a control read, and which survive. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mutate.h"
#include "pack_support.h"

static const char pack_lua[] = "return { id = 'p', version = '1', title = 't', as_of = '/as_of' }";

/* Every survivor as a line "KIND WHERE POINTER CHANGE (RULES)". */
struct log {
    char text[4000];
    struct pe_mutant_place last;
    size_t count;
};

static void log_survivor(void *ud, struct pe_mutant_place place, const struct pe_survivor *survivor)
{
    struct log *log = ud;
    size_t at = strlen(log->text);

    assert_true(log->count == 0 || place.unit > log->last.unit ||
                (place.unit == log->last.unit && place.number > log->last.number));
    log->last = place;
    log->count++;
    assert_true(at < sizeof log->text - 500);
    at += (size_t)snprintf(log->text + at, 400, "%s %s %s %s (", pe_mutant_word(survivor->kind),
                           survivor->where, survivor->pointer, survivor->change);
    for (size_t i = 0; i < survivor->rules.count; i++)
        at += (size_t)snprintf(log->text + at, 60, "%s%s", i == 0 ? "" : " ",
                               survivor->rules.items[i]);
    strcat(log->text, ")\n");
}

static void no_progress(void *ud, size_t tried)
{
    (void)ud;
    assert_true(tried > 0);
}

struct setup {
    const char *check; /* the body of the rule "r" */
    const char *model; /* of the root; NULL: none */
    const char *base, *cases, *params;
    unsigned shard, shards;
    struct log log;
    size_t all[PE_MUTANT_KINDS], killed[PE_MUTANT_KINDS];
};

static void run(struct setup *setup)
{
    char control[2000], tests[1000];
    struct pe_arena arena = {0};
    struct packed *packed;
    struct pe_mutate mutate = {.report = log_survivor,
                               .progress = no_progress,
                               .ud = &setup->log,
                               .arena = &arena,
                               .shard = setup->shard,
                               .shards = setup->shards};
    struct pe_err err = {0};

    snprintf(control, sizeof control,
             "return { title = 't', severity = 'low', owner = 'customer', params = { %s },\n"
             "rules = { { id = 'r', title = 'r', check = function(s, params, as_of) %s end } } }",
             setup->params == NULL ? "" : setup->params, setup->check);
    snprintf(tests, sizeof tests, "return { base = 'base.json', { 'plain', expect = {} }, %s }",
             setup->cases == NULL ? "" : setup->cases);
    packed =
        pack_of("pack.lua", pack_lua, "1.1.lua", control, "tests/1.1.lua", tests, "tests/base.json",
                setup->base, setup->model == NULL ? NULL : "model.lua", setup->model, NULL);
    if (!packed->loaded)
        fail_msg("%s", packed->err.text);
    mutate.script = &packed->script;
    mutate.pack = &packed->pack;
    memset(&setup->log, 0, sizeof setup->log);
    if (pe_mutate_run(&mutate, &err) != 0)
        fail_msg("%s", err.text);
    memcpy(setup->all, mutate.all, sizeof setup->all);
    memcpy(setup->killed, mutate.killed, sizeof setup->killed);
    pe_arena_release(&arena);
    pack_free(packed);
}

static void check_survivors(struct setup setup, const char *want)
{
    run(&setup);
    if (strcmp(setup.log.text, want) != 0)
        fail_msg("%s: survivors are\n%s", setup.check, setup.log.text);
}

static void test_a_rule_that_checks_its_value_lets_nothing_live(void **state)
{
    (void)state;
    check_survivors((struct setup){.check = "ensure(s.on, s, 'off')",
                                   .model = "return record{ { 'on', boolean, required = true } }",
                                   .base = "{\"on\": true}"},
                    "");
}

static void test_a_word_that_nobody_tells_apart_survives(void **state)
{
    (void)state;
    check_survivors((struct setup){.check = "ensure(s.lock ~= 'none', s, 'no lock')",
                                   .model = "return record{ { 'lock', enum{ 'digital', 'brass' }, "
                                            "required = true } }",
                                   .base = "{\"lock\": \"digital\"}"},
                    "value base.json /lock \"digital\" -> \"brass\" (r)\n");
}

static void test_a_word_of_more_than_two_has_no_opposite(void **state)
{
    struct setup setup = {.check = "ensure(s.lock ~= 'none', s, 'no lock')",
                          .model = "return record{ { 'lock', enum{ 'digital', 'brass', 'none' }, "
                                   "required = true } }",
                          .base = "{\"lock\": \"digital\"}"};

    (void)state;
    run(&setup);
    assert_int_equal(setup.all[PE_MUTANT_VALUE], 0);
    assert_int_equal(setup.all[PE_MUTANT_LOST], 3);
}

static void test_lost_data_that_passes_is_told_apart(void **state)
{
    (void)state;
    check_survivors(
        (struct setup){
            .check = "local n = 0 for k, v in pairs(s.o) do n = n + 1 end ensure(n > 0, s, 'none')",
            .model = "return record{ { 'o', record{ { 'a', integer{}, required = true }, "
                     "{ 'b', integer{}, required = true } }, required = true } }",
            .base = "{\"o\": {\"a\": 1, \"b\": 2}}"},
        "lost base.json /o/a removed (r)\n"
        "lost base.json /o/b removed (r)\n");
}

static void test_optional_reads_are_counted_apart(void **state)
{
    struct setup setup = {.check = "ensure(get(s, 'days', 5) <= 11, s, 'long')",
                          .model = "return record{ { 'days', integer{ min = 9, max = 11 } } }",
                          .base = "{\"days\": 10}"};

    (void)state;
    run(&setup);
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
    check_survivors(
        (struct setup){.check = "local there = has(s, 'ad') ensure(s.on, s, there and 'a' or 'b')",
                       .model = "return record{ { 'on', boolean, required = true },\n"
                                "{ 'ad', record{ { 'x', integer{} } } } }",
                       .base = "{\"on\": true, \"ad\": {}}"},
        "optional base.json /ad removed (r)\n");
}

static void test_one_less_or_more_is_noticed_when_either_is(void **state)
{
    struct setup setup = {.check = "ensure(s.days <= 10, s, 'long')",
                          .model = "return record{ { 'days', integer{ min = 9, max = 11 }, "
                                   "required = true } }",
                          .base = "{\"days\": 10}"};

    (void)state;
    run(&setup);
    assert_string_equal(setup.log.text, "");
    assert_int_equal(setup.all[PE_MUTANT_VALUE], 1);
}

static void test_numbers_step_over_parameters_of_their_unit_that_were_asked_for(void **state)
{
    struct setup setup = {
        .check = "ensure(s.days < params.most + 2, s, 'long')",
        .params = "most = { type = 'integer', default = 50, unit = 'days', doc = 'd' }, "
                  "never = { type = 'integer', default = 70, unit = 'days', doc = 'd' }, "
                  "other = { type = 'integer', default = 99, unit = 'bytes', doc = 'd' }",
        .model = "return record{ { 'days', integer{ min = 0 }, required = true, unit = 'days' } }",
        .base = "{\"days\": 10}",
        .cases = "{ 'at it', set = { days = 50 }, expect = {} },"
                 "{ 'over it', set = { days = 51 }, expect = {} }"};

    (void)state;
    run(&setup);
    assert_string_equal(setup.log.text, "value base.json /days 10 -> 51 (r)\n"
                                        "value case at it /days 50 -> one less or more (r)\n"
                                        "value case over it /days 51 -> 49 (r)\n");
    assert_int_equal(setup.all[PE_MUTANT_VALUE], 3);
}

static void test_times_move_over_now_beyond_limits_and_in_tests_by_a_day(void **state)
{
    static const char model[] = "return record{ { 'as_of', format'timestamp', required = true },\n"
                                "{ 'seen', format'timestamp', required = true } }";

    (void)state;
    check_survivors(
        (struct setup){
            .check = "local most = params.most ensure(s.seen ~= '', s, 'old')",
            .params = "most = { type = 'integer', default = 30, unit = 'days', doc = 'd' }, "
                      "never = { type = 'integer', default = 99, unit = 'days', doc = 'd' }",
            .model = model,
            .cases = "{ 'just', set = { seen = '2026-10-22T00:00:00+09:00' }, expect = {} }",
            .base = "{\"as_of\": \"2026-11-20T00:00:00Z\", \"seen\": \"2026-11-19T00:00:00Z\"}"},
        "value base.json /seen \"2026-11-19T00:00:00Z\" -> \"2026-11-21T00:00:00Z\" (r)\n"
        "value base.json /seen \"2026-11-19T00:00:00Z\" -> \"2026-10-20T00:00:00Z\" (r)\n"
        "value case just /seen \"2026-10-22T00:00:00+09:00\" -> a day earlier or later (r)\n"
        "value case just /seen \"2026-10-22T00:00:00+09:00\" -> \"2026-11-21T09:00:00+09:00\" (r)\n"
        "value case just /seen \"2026-10-22T00:00:00+09:00\" -> \"2026-10-20T09:00:00+09:00\" "
        "(r)\n");
}

static void test_lists_are_emptied_and_get_elements_of_another_kind(void **state)
{
    static const char model[] =
        "return record{ { 'list', list(record{ { 'id', text{ min = 1 }, required = true },\n"
        "{ 'kind', enum{ 'a', 'b' }, required = true } }, { unique = 'id' }), required = true } }";

    (void)state;
    check_survivors(
        (struct setup){.check = "for _, e in ipairs(maybe_empty(s.list)) do\n"
                                "ensure(e.kind ~= 'c', e, 'c') end ensure(#s.list < 9, s, 'many')",
                       .model = model,
                       .base = "{\"list\": [{\"id\": \"x\", \"kind\": \"a\"}]}"},
        "value base.json /list emptied (r)\n"
        "value base.json /list an element more, kind \"b\" (r)\n"
        "value base.json /list/0/kind \"a\" -> \"b\" (r)\n");
}

static void test_a_list_that_is_honestly_empty_gets_a_first_element(void **state)
{
    static const char model[] =
        "return record{ { 'found', list(record{ { 'id', format'id', required = true },\n"
        "{ 'open', boolean, required = true }, { 'at', format'date', required = true },\n"
        "{ 'grade', enum{ 'low', 'high' }, required = true } }), required = true } }";

    (void)state;
    check_survivors((struct setup){.check =
                                       "local n = 0 for _, f in ipairs(maybe_empty(s.found)) do\n"
                                       "if f.grade == 'high' then n = n + 1 end end\n"
                                       "ensure(n == 0, s.found, 'found')",
                                   .model = model,
                                   .base = "{\"found\": []}"},
                    "value base.json /found a first element (r)\n");
}

static void test_only_what_a_case_changes_is_changed_again(void **state)
{
    (void)state;
    check_survivors((struct setup){.check = "ensure(s.a == 'x' or s.a == 'y', s, 'a') "
                                            "ensure(s.b ~= 'q', s, 'b')",
                                   .cases =
                                       "{ 'y', set = { a = 'y' }, expect = {} },"
                                       "{ 'fails', set = { a = 'z' }, expect = { r = 'fail' } }",
                                   .base = "{\"a\": \"x\", \"b\": \"y\"}"},
                    "value base.json /b another type (r)\n"
                    "value base.json /b \"y\" -> \"\" (r)\n");
}

static void test_secrets_are_not_told(void **state)
{
    (void)state;
    check_survivors((struct setup){.check = "ensure(s.password ~= 'none', s, 'bad')",
                                   .base = "{\"password\": \"hunter2\"}"},
                    "value base.json /password another type (r)\n"
                    "value base.json /password \"[secret]\" -> \"[secret]\" (r)\n");
}

static void test_workers_share_the_mutants(void **state)
{
    struct setup setup = {.check =
                              "ensure(s.a > 0 and s.b > 0 and s.c ~= 0 and s.d ~= 'y', s, 'a')",
                          .cases = "{ 'a', set = { a = 7 }, expect = {} }",
                          .base = "{\"a\": 5, \"b\": 6, \"c\": 7, \"d\": \"x\"}"};
    size_t all = 0, survivors = 0, want, want_survivors;

    (void)state;
    run(&setup);
    want = setup.all[PE_MUTANT_VALUE] + setup.all[PE_MUTANT_LOST];
    want_survivors = setup.log.count;
    if (want <= 10 || want_survivors <= 3)
        fail_msg("%zu of %zu survive:\n%s", want_survivors, want, setup.log.text);
    setup.shards = 3;
    for (setup.shard = 0; setup.shard < 3; setup.shard++) {
        run(&setup);
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
        cmocka_unit_test(test_a_word_of_more_than_two_has_no_opposite),
        cmocka_unit_test(test_lost_data_that_passes_is_told_apart),
        cmocka_unit_test(test_optional_reads_are_counted_apart),
        cmocka_unit_test(test_to_ask_for_a_part_that_is_damaged_is_no_answer),
        cmocka_unit_test(test_one_less_or_more_is_noticed_when_either_is),
        cmocka_unit_test(test_numbers_step_over_parameters_of_their_unit_that_were_asked_for),
        cmocka_unit_test(test_times_move_over_now_beyond_limits_and_in_tests_by_a_day),
        cmocka_unit_test(test_lists_are_emptied_and_get_elements_of_another_kind),
        cmocka_unit_test(test_a_list_that_is_honestly_empty_gets_a_first_element),
        cmocka_unit_test(test_only_what_a_case_changes_is_changed_again),
        cmocka_unit_test(test_secrets_are_not_told),
        cmocka_unit_test(test_workers_share_the_mutants),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
