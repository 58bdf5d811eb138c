/* test_mutant_limit.c: what numbers and times become, by limits and bounds. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "mutate_support.h"

static void test_numbers_step_over_parameters_of_their_unit_that_were_asked_for(void **state)
{
    struct mutate_setup setup = {
        .check = "ensure(s.days < params.most + 2, s, 'long')",
        .params = "most = { type = 'integer', default = 50, unit = 'days', doc = 'd' }, "
                  "never = { type = 'integer', default = 70, unit = 'days', doc = 'd' }, "
                  "other = { type = 'integer', default = 99, unit = 'bytes', doc = 'd' }",
        .model = "return record{ { 'days', integer{ min = 0 }, required = true, unit = 'days' } }",
        .base = "{\"days\": 10}",
        .cases = "{ 'at it', set = { days = 50 }, expect = {} },"
                 "{ 'over it', set = { days = 51 }, expect = {} }"};

    (void)state;
    mutate_run(&setup);
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
    mutate_survivors(
        (struct mutate_setup){
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

static void test_numbers_stay_within_the_bounds_of_the_model(void **state)
{
    static const char model[] = "return record{ { 'least', integer{ min = 0 }, required = true },\n"
                                "{ 'most', integer{ max = 9 }, required = true },\n"
                                "{ 'within', integer{ min = 0, max = 9 }, required = true },\n"
                                "{ 'above', integer{ min = 4 }, required = true },\n"
                                "{ 'below', integer{ max = 6 }, required = true },\n"
                                "{ 'fixed', integer{ min = 7, max = 7 }, required = true },\n"
                                "{ 'free', number{}, required = true } }";

    (void)state;
    mutate_survivors(
        (struct mutate_setup){.check =
                                  "ensure(s.least ~= 99 and s.most ~= 99 and s.within ~= 99 and\n"
                                  "s.above ~= 99 and s.below ~= 99 and s.fixed ~= 99 and\n"
                                  "s.free ~= 99, s, '99')",
                              .model = model,
                              .base = "{\"least\": 0, \"most\": 9, \"within\": 5, \"above\": 5,\n"
                                      "\"below\": 4, \"fixed\": 7, \"free\": 1}"},
        "value base.json /least 0 -> 1 (r)\n"
        "value base.json /most 9 -> 8 (r)\n"
        "value base.json /above 5 -> one less or more (r)\n");
}

static void test_numbers_that_json_cannot_hold_exactly_are_not_tried(void **state)
{
    (void)state;
    mutate_survivors((struct mutate_setup){.check = "ensure(s.low ~= 0 and s.high ~= 0, s, '0')",
                                           .base = "{\"low\": -1000000000000000, \"high\": 1e15}"},
                     "value base.json /low another type (r)\n"
                     "value base.json /low -1000000000000000 -> -999999999999999 (r)\n"
                     "value base.json /high another type (r)\n"
                     "value base.json /high 1e15 -> 999999999999999 (r)\n");
}

static void test_a_limit_that_lies_outside_of_the_model_is_not_crossed(void **state)
{
    (void)state;
    mutate_survivors(
        (struct mutate_setup){
            .check = "ensure(s.n ~= params.most, s, 'n')",
            .params = "most = { type = 'number', default = 50.5, doc = 'd' }",
            .model = "return record{ { 'n', integer{ min = 0, max = 20 }, required = true } }",
            .base = "{\"n\": 0}"},
        "");
}

static void test_two_limits_at_one_number_are_crossed_once(void **state)
{
    (void)state;
    mutate_survivors(
        (struct mutate_setup){.check = "ensure(s.n < params.a + params.b + #params.text, s, 'n')\n"
                                       "ensure(s.free ~= params.a, s, 'free')",
                              .params = "a = { type = 'integer', default = 50, doc = 'd' },\n"
                                        "b = { type = 'integer', default = 50, doc = 'd' },\n"
                                        "text = { type = 'string', default = 'x', doc = 'd' },\n"
                                        "unset = { type = 'integer', doc = 'd' }",
                              .model = "return record{ { 'n', integer{}, required = true },\n"
                                       "{ 'free', map(integer{}), required = true } }",
                              .base = "{\"n\": 10, \"free\": {\"any\": 3}}"},
        "value base.json /n 10 -> 51 (r)\n");
}

static void test_a_number_in_a_map_has_no_unit_and_may_be_gone(void **state)
{
    (void)state;
    mutate_survivors(
        (struct mutate_setup){
            .check = "for k, n in pairs(s.map) do ensure(n < params.most, s, k) end",
            .params = "most = { type = 'integer', default = 9, doc = 'd' },\n"
                      "days = { type = 'integer', default = 7, unit = 'days', doc = 'd' }",
            .model = "return record{ { 'map', map(integer{}), required = true } }",
            .base = "{\"map\": {\"a\": 1, \"b\": 2}}"},
        "value base.json /map/a removed (r)\n"
        "value base.json /map/b removed (r)\n");
}

static void test_times_to_come_move_over_now_and_away_from_it(void **state)
{
    (void)state;
    mutate_survivors(
        (struct mutate_setup){
            .check = "local least, never = params.least, params.never\n"
                     "ensure(s.ends ~= '' and least ~= never, s, 'ends')",
            .params = "a = { type = 'integer', default = 99, unit = 'days', doc = 'd' },\n"
                      "least = { type = 'integer', default = 30, unit = 'days', doc = 'd' },\n"
                      "less = { type = 'integer', default = 20, unit = 'days', doc = 'd' },\n"
                      "never = { type = 'integer', default = 100000, unit = 'days', doc = 'd' },\n"
                      "other = { type = 'integer', default = 60, unit = 'hours', doc = 'd' }",
            .model = "return record{ { 'as_of', format'timestamp' },\n"
                     "{ 'ends', format'date', required = true } }",
            .cases = "{ 'later', set = { ends = '2026-12-31' }, expect = {} },\n"
                     "{ 'last', set = { ends = '9999-12-31' }, expect = {} }",
            .base = "{\"as_of\": \"2026-11-20T00:00:00Z\", \"ends\": \"2026-11-21\"}"},
        "value base.json /ends \"2026-11-21\" -> \"2026-11-19\" (r)\n"
        "value base.json /ends \"2026-11-21\" -> \"2026-12-21\" (r)\n"
        "value case later /ends \"2026-12-31\" -> a day earlier or later (r)\n"
        "value case later /ends \"2026-12-31\" -> \"2026-11-19\" (r)\n"
        "value case later /ends \"2026-12-31\" -> \"2026-12-21\" (r)\n"
        "value case last /ends \"9999-12-31\" -> \"2026-11-19\" (r)\n"
        "value case last /ends \"9999-12-31\" -> \"2026-12-21\" (r)\n");
}

static void test_without_now_a_time_moves_only_where_a_case_put_it(void **state)
{
    (void)state;
    mutate_survivors(
        (struct mutate_setup){
            .check = "ensure(s.at ~= '', s, 'at')",
            .model = "return record{ { 'at', format'timestamp', required = true } }",
            .cases = "{ 'first', set = { at = '0001-01-01T00:00:00Z' }, expect = {} },\n"
                     "{ 'west', set = { at = '2026-01-01T00:00:00-05:00' }, expect = {} }",
            .base = "{\"at\": \"2026-11-21T00:00:00Z\"}"},
        "value case west /at \"2026-01-01T00:00:00-05:00\" -> a day earlier or later (r)\n");
}

static void test_a_time_without_limits_moves_over_now_alone(void **state)
{
    (void)state;
    mutate_survivors(
        (struct mutate_setup){.check = "ensure(s.at ~= '', s, 'at')",
                              .model = "return record{ { 'as_of', format'timestamp' },\n"
                                       "{ 'at', format'timestamp', required = true } }",
                              .base = "{\"as_of\": \"2026-11-20T00:00:00Z\",\n"
                                      "\"at\": \"2026-11-20T00:00:00Z\"}"},
        "value base.json /at \"2026-11-20T00:00:00Z\" -> \"2026-11-21T00:00:00Z\" (r)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_step_over_parameters_of_their_unit_that_were_asked_for),
        cmocka_unit_test(test_times_move_over_now_beyond_limits_and_in_tests_by_a_day),
        cmocka_unit_test(test_numbers_stay_within_the_bounds_of_the_model),
        cmocka_unit_test(test_numbers_that_json_cannot_hold_exactly_are_not_tried),
        cmocka_unit_test(test_a_limit_that_lies_outside_of_the_model_is_not_crossed),
        cmocka_unit_test(test_two_limits_at_one_number_are_crossed_once),
        cmocka_unit_test(test_a_number_in_a_map_has_no_unit_and_may_be_gone),
        cmocka_unit_test(test_times_to_come_move_over_now_and_away_from_it),
        cmocka_unit_test(test_without_now_a_time_moves_only_where_a_case_put_it),
        cmocka_unit_test(test_a_time_without_limits_moves_over_now_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
