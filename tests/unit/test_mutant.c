/* test_mutant.c: which changes are tried on what a control read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "mutate_support.h"

static void test_a_word_of_more_than_two_has_no_opposite(void **state)
{
    struct mutate_setup setup = {.check = "ensure(s.lock ~= 'none', s, 'no lock')",
                                 .model =
                                     "return record{ { 'lock', enum{ 'digital', 'brass', 'none' }, "
                                     "required = true } }",
                                 .base = "{\"lock\": \"digital\"}"};

    (void)state;
    mutate_run(&setup);
    assert_int_equal(setup.all[PE_MUTANT_VALUE], 0);
    assert_int_equal(setup.all[PE_MUTANT_LOST], 3);
}

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

static void test_lists_are_emptied_and_get_elements_of_another_kind(void **state)
{
    static const char model[] =
        "return record{ { 'list', list(record{ { 'id', text{ min = 1 }, required = true },\n"
        "{ 'kind', enum{ 'a', 'b' }, required = true } }, { unique = 'id' }), required = true } }";

    (void)state;
    mutate_survivors(
        (struct mutate_setup){
            .check = "for _, e in ipairs(maybe_empty(s.list)) do\n"
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
    mutate_survivors(
        (struct mutate_setup){.check = "local n = 0 for _, f in ipairs(maybe_empty(s.found)) do\n"
                                       "if f.grade == 'high' then n = n + 1 end end\n"
                                       "ensure(n == 0, s.found, 'found')",
                              .model = model,
                              .base = "{\"found\": []}"},
        "value base.json /found a first element (r)\n");
}

/* Lists, maps, and what stands in them. */
static void test_a_first_element_is_as_the_model_wants_it(void **state)
{
    static const char model[] =
        "return record{ { 'as_of', format'timestamp' },\n"
        "{ 'owners', list(record{ { 'id', text{}, required = true } }), required = true },\n"
        "{ 'found', list(record{\n"
        "{ 'cidr', format'cidr', required = true }, { 'ip', format'ip', required = true },\n"
        "{ 'address', format'address', required = true },\n"
        "{ 'ports', format'ports', required = true },\n"
        "{ 'duration', format'duration', required = true },\n"
        "{ 'url', format'url', required = true }, { 'email', format'email', required = true },\n"
        "{ 'host', format'hostname', required = true },\n"
        "{ 'country', format'country', required = true },\n"
        "{ 'hash', format'sha256', required = true }, { 'name', format'id', required = true },\n"
        "{ 'seen', format'timestamp', required = true }, { 'day', format'date', required = true "
        "},\n"
        "{ 'text', text{}, required = true }, { 'word', enum{ 'w', 'v' }, required = true },\n"
        "{ 'few', integer{ min = 3 }, required = true }, { 'any', number{}, required = true },\n"
        "{ 'on', boolean, required = true }, { 'none', nullable(text{}), required = true },\n"
        "{ 'map', map(text{}), required = true }, { 'owner', ref'owners', required = true },\n"
        "{ 'some', list(integer{}, { min = 1 }), required = true },\n"
        "{ 'empty', list(text{}, { may_be_empty = 'name' }), required = true },\n"
        "{ 'zero', list(text{}, { min = 0, may_be_empty = 'name' }), required = true },\n"
        "{ 'optional', text{} } }), required = true } }";
    static const char check[] =
        "for _, f in ipairs(maybe_empty(s.found)) do\n"
        "ensure(f.cidr == '203.0.113.0/24' and f.ip == '203.0.113.77', f, 'net')\n"
        "ensure(f.address == '203.0.113.77' and f.ports == '1-65535', f, 'address')\n"
        "ensure(f.duration == 'P1D' and f.url == 'https://mutant.example.com/', f, 'url')\n"
        "ensure(f.email == 'mutant@example.com' and f.host == 'mutant.example.com', f, 'host')\n"
        "ensure(f.country == 'ZZ' and f.hash == ('0'):rep(64) and f.name == 'mutant', f, 'id')\n"
        "ensure(f.seen == '2026-11-20T00:00:00Z' and f.day == '2026-11-20', f, 'time')\n"
        "ensure(f.text == 'mutant' and f.word == 'w' and f.few == 3 and f.any == 0, f, 'any')\n"
        "ensure(not f.on and is_null(f, 'none') and is_empty(f.map), f, 'none')\n"
        "ensure(f.owner == 'o2' and #f.some == 1 and f.some[1] == 0, f, 'owner')\n"
        "ensure(is_empty(f.empty) and is_empty(f.zero) and not has(f, 'optional'), f, 'e')\n"
        "end ensure(#maybe_empty(s.found) < 2, s.found, 'many')";

    (void)state;
    mutate_survivors(
        (struct mutate_setup){
            .check = check,
            .model = model,
            .base = "{\"as_of\": \"2026-11-20T00:00:00Z\",\n"
                    "\"owners\": [ {\"id\": \"o2\"}, {\"id\": \"o1\"} ], \"found\": []}"},
        "value base.json /found a first element (r)\n");
}

static void test_a_first_element_refers_to_nothing_where_there_is_nothing(void **state)
{
    static const char model[] =
        "return record{ { 'a', record{ { 'owners', list(record{ { 'id', text{} } }) } } },\n"
        "{ 'found', list(record{ { 'owner', ref'a.owners', required = true },\n"
        "{ 'at', format'date', required = true } }), required = true } }";
    static const char *const bases[] = {
        "{\"found\": []}", "{\"found\": [], \"a\": {}}", "{\"found\": [], \"a\": {\"owners\": []}}",
        "{\"found\": [], \"a\": {\"owners\": [{}]}}", "{\"found\": [], \"a\": {\"owners\": {}}}"};
    struct mutate_setup setup = {.check = "for _, f in ipairs(maybe_empty(s.found)) do\n"
                                          "ensure(f.at == '2000-01-01', f, 'at') end\n"
                                          "ensure(#maybe_empty(s.found) < 2, s, 'many')",
                                 .model = model};

    (void)state;
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++) {
        setup.base = bases[i];
        mutate_survivors(setup, "value base.json /found a first element (r)\n");
    }
}

static void test_a_list_of_words_gets_one_that_it_has_not(void **state)
{
    struct mutate_setup setup = {
        .check = "for _, w in ipairs(s.list) do ensure(w ~= 'x', s.list, 'x') end",
        .model = "return record{ { 'list', list(enum{ 'a', 'b', 'c' }), required = true } }",
        .base = "{\"list\": [\"a\", \"c\"]}"};

    (void)state;
    mutate_survivors(setup, "value base.json /list an element more, \"b\" (r)\n");
    setup.base = "{\"list\": [\"c\", \"a\", \"b\"]}";
    mutate_survivors(setup, ""); /* it has all */
}

static void test_an_element_more_is_of_the_kind_that_tells_records_apart(void **state)
{
    static const char model[] =
        "return record{ { 'list', list(record{ { 'name', text{ min = 1 } },\n"
        "{ 'way', enum{ 'in', 'out', 'both' } },\n"
        "{ 'kind', nullable(enum{ 'a', 'b', 'c' }), required = true },\n"
        "{ 'type', text{} }, { 'in', record{ { 'deep', list(integer{}, { min = 1 }) } } },\n"
        "{ 'none', list(integer{}, { may_be_empty = 'name' }) } }), required = true } }";

    (void)state;
    mutate_survivors(
        (struct mutate_setup){
            .check = "for _, e in ipairs(s.list) do ensure(e.kind ~= 'x' and\n"
                     "e['in'].deep[1] == 1 and is_empty(e.none), e, 'x') end",
            .model = model,
            .base =
                "{\"list\": [{\"name\": \"n\", \"kind\": \"b\", \"none\": [], \"in\": {\"deep\": "
                "[1]}},\n"
                "{\"name\": \"n\", \"kind\": \"a\", \"in\": {\"deep\": [1 ] } , \"none\": [ ] }]}"},
        "value base.json /list the last element twice (r)\n"
        "value base.json /list an element more, kind \"c\" (r)\n");
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

static void test_networks_and_ports_become_all_but_not_where_a_case_put_them(void **state)
{
    static const char model[] = "return record{ { 'cidr', format'cidr', required = true },\n"
                                "{ 'address', format'address', required = true },\n"
                                "{ 'ports', format'ports', required = true },\n"
                                "{ 'host', format'hostname', required = true } }";

    (void)state;
    mutate_survivors(
        (struct mutate_setup){.check =
                                  "ensure(s.cidr ~= '' and s.address ~= '' and s.ports ~= '' and\n"
                                  "s.host ~= '', s, 'net')",
                              .model = model,
                              .cases = "{ 'other', set = { cidr = '10.0.0.0/8' }, expect = {} }",
                              .base = "{\"cidr\": \"192.0.2.0/24\", \"address\": \"192.0.2.1\",\n"
                                      "\"ports\": \"443\", \"host\": \"a.example\"}"},
        "value base.json /cidr \"192.0.2.0/24\" -> \"0.0.0.0/0\" (r)\n"
        "value base.json /address \"192.0.2.1\" -> \"0.0.0.0/0\" (r)\n"
        "value base.json /ports \"443\" -> \"1-65535\" (r)\n");
}

static void test_a_text_becomes_empty_where_the_model_lets_it(void **state)
{
    static const char model[] =
        "return record{ { 'any', text{}, required = true },\n"
        "{ 'zero', text{ min = 0 }, required = true },\n"
        "{ 'one', text{ min = 1 }, required = true }, { 'empty', text{}, required = true },\n"
        "{ 'mine', ref'list', required = true },\n"
        "{ 'list', list(record{ { 'id', text{}, required = true } }), required = true } }";

    (void)state;
    mutate_survivors(
        (struct mutate_setup){
            .check = "ensure(s.any ~= 'x' and s.zero ~= 'x' and s.one ~= 'x' and\n"
                     "s.empty ~= 'x' and s.mine ~= 'x', s, 'x')",
            .model = model,
            .base = "{\"any\": \"a\", \"zero\": \"b\", \"one\": \"c\", \"empty\": \"\",\n"
                    "\"mine\": \"m\", \"list\": [{\"id\": \"m\"}]}"},
        "value base.json /any \"a\" -> \"\" (r)\n"
        "value base.json /zero \"b\" -> \"\" (r)\n");
}

/* Alone, another id passes; in its document nothing is called "m" any more. */
static void test_what_others_refer_to_or_must_not_repeat_is_judged_in_its_document(void **state)
{
    static const char model[] =
        "return record{ { 'mine', ref'list', required = true },\n"
        "{ 'list', list(record{ { 'id', text{}, required = true } }), required = true },\n"
        "{ 'named', list(record{ { 'name', text{}, required = true },\n"
        "{ 'note', text{}, required = true } }, { unique = 'name' }), required = true } }";

    (void)state;
    mutate_survivors(
        (struct mutate_setup){.check = "ensure(s.mine == 'm' and s.list[1].id ~= 'x', s, 'x')\n"
                                       "for _, n in ipairs(s.named) do\n"
                                       "ensure(n.name ~= 'x' and n.note ~= 'x', n, 'x') end",
                              .model = model,
                              .base = "{\"mine\": \"m\", \"list\": [{\"id\": \"m\"}],\n"
                                      "\"named\": [{\"name\": \"\", \"note\": \"\"},\n"
                                      "{\"name\": \"b\", \"note\": \"c\"}]}"},
        "value base.json /named/1/note \"c\" -> \"\" (r)\n");
}

static void test_words_of_any_characters_are_told_as_json(void **state)
{
    (void)state;
    mutate_survivors(
        (struct mutate_setup){.check = "ensure(s.word ~= '' and s.list[1] ~= '', s, 'x')",
                              .model =
                                  "return record{\n"
                                  "{ 'word', enum{ 'a\"b\\\\c', 'd\\ne' }, required = true },\n"
                                  "{ 'list', list(enum{ 'no', 'yes' }), required = true } }",
                              .base = "{\"word\": \"a\\\"b\\\\c\", \"list\": [\"no\"]}"},
        "value base.json /word \"a\\\"b\\\\c\" -> \"d\\u000ae\" (r)\n"
        "value base.json /list/0 \"no\" -> \"yes\" (r)\n");
}

static void test_without_a_model_words_that_stand_for_booleans_are_flipped(void **state)
{
    (void)state;
    mutate_survivors(
        (struct mutate_setup){
            .check = "ensure(s.a ~= 0 and s.b ~= 0 and s.c ~= 0 and s.d ~= 0, s, '0')\n"
                     "ensure(not is_null(s, 'e') or s.a ~= 0, s, 'e')",
            .base = "{\"a\": \"True\", \"b\": \"no\", \"c\": true, \"d\": \"\", \"e\": null}"},
        "value base.json /a \"True\" -> \"False\" (r)\n"
        "value base.json /a \"True\" -> \"\" (r)\n"
        "value base.json /b \"no\" -> \"yes\" (r)\n"
        "value base.json /b \"no\" -> \"\" (r)\n"
        "value base.json /c another type (r)\n"
        "value base.json /c true -> false (r)\n"
        "optional base.json /e removed (r)\n");
}

static void test_without_a_model_lists_are_emptied_and_repeat_their_last_object(void **state)
{
    (void)state;
    mutate_survivors(
        (struct mutate_setup){
            .check = "local n = 0\n"
                     "for _, e in ipairs(maybe_empty(s.list)) do n = n + e.id end\n"
                     "for _, e in ipairs(maybe_empty(s.words)) do if e == 'x' then n = 9 end end\n"
                     "ensure(n < 9 and s.off ~= 7, s, 'x')",
            .base = "{\"off\": false, \"list\": [{\"id\": 2}], \"words\": [\"True\"]}"},
        "value base.json /off another type (r)\n"
        "value base.json /off false -> true (r)\n"
        "value base.json /list emptied (r)\n"
        "value base.json /list the last element twice (r)\n"
        "value base.json /list/0/id 2 -> one less or more (r)\n"
        "value base.json /words emptied (r)\n"
        "value base.json /words/0 another type (r)\n"
        "value base.json /words/0 \"True\" -> \"False\" (r)\n"
        "value base.json /words/0 \"True\" -> \"\" (r)\n");
}

static void test_a_list_whose_elements_have_no_kind_gets_no_other(void **state)
{
    static const char model[] =
        "return record{ { 'numbers', list(integer{}), required = true },\n"
        "{ 'lists', list(list(integer{})), required = true },\n"
        "{ 'plain', list(record{ { 'id', text{} } }, { unique = 'id' }), required = true },\n"
        "{ 'sorts', list(record{ { 'sort', enum{ 'a', 'b' } }, { 'n', integer{} } },\n"
        "{ unique = 'n' }), required = true } }";
    struct mutate_setup setup = {
        .check = "ensure(#s.numbers < 9 and #s.lists < 9 and #s.plain < 9 and\n"
                 "#s.sorts < 9, s, 'many')",
        .model = model,
        .base = "{\"numbers\": [1], \"lists\": [[1]], \"plain\": [{\"id\": \"x\"}],\n"
                "\"sorts\": [{\"n\": 1}]}"};

    (void)state;
    mutate_survivors(setup, "");
    assert_int_equal(setup.log.count, 0);
    mutate_run(&setup);
    assert_int_equal(setup.all[PE_MUTANT_VALUE], 4); /* emptied, each */
}

static void test_a_kind_of_all_words_has_no_other(void **state)
{
    (void)state;
    mutate_survivors(
        (struct mutate_setup){.check = "ensure(#s.list < 9, s, 'many')",
                              .model = "return record{ { 'list', list(record{\n"
                                       "{ 'id', integer{} }, { 'type', enum{ 'a', 'b' } } },\n"
                                       "{ unique = 'id' }), required = true } }",
                              .base = "{\"list\": [{\"id\": 1, \"type\": \"a\"}, {\"id\": 2},\n"
                                      "{\"id\": 3, \"type\": \"b\"}]}"},
        "");
}

static void test_the_profile_may_be_lost_but_has_no_wrong_value(void **state)
{
    struct mutate_setup setup = {.check = "ensure(s.service == 'iad' and #s.options == 1 and\n"
                                          "s.options[1] == 'x' and s.before == 1, s, 'x')",
                                 .pack = "service = '/service', options = '/options',\n"
                                         "services = { 'iad', 'ctx' },\n"
                                         "option_names = { 'x' }",
                                 .base =
                                     "{\"before\": 1, \"service\": \"iad\", \"options\": [\"x\"],\n"
                                     "\"as_of\": \"2026-11-20T00:00:00Z\"}"};

    (void)state;
    mutate_survivors(setup, "");
    mutate_run(&setup);
    assert_int_equal(setup.all[PE_MUTANT_VALUE], 5); /* other types, and one less or more of 1 */
    assert_int_equal(setup.all[PE_MUTANT_LOST], 7);  /* removed, null; of an element null alone */
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
        cmocka_unit_test(test_a_word_of_more_than_two_has_no_opposite),
        cmocka_unit_test(test_numbers_step_over_parameters_of_their_unit_that_were_asked_for),
        cmocka_unit_test(test_times_move_over_now_beyond_limits_and_in_tests_by_a_day),
        cmocka_unit_test(test_lists_are_emptied_and_get_elements_of_another_kind),
        cmocka_unit_test(test_a_list_that_is_honestly_empty_gets_a_first_element),
        cmocka_unit_test(test_a_first_element_is_as_the_model_wants_it),
        cmocka_unit_test(test_a_first_element_refers_to_nothing_where_there_is_nothing),
        cmocka_unit_test(test_a_list_of_words_gets_one_that_it_has_not),
        cmocka_unit_test(test_an_element_more_is_of_the_kind_that_tells_records_apart),
        cmocka_unit_test(test_numbers_stay_within_the_bounds_of_the_model),
        cmocka_unit_test(test_numbers_that_json_cannot_hold_exactly_are_not_tried),
        cmocka_unit_test(test_a_limit_that_lies_outside_of_the_model_is_not_crossed),
        cmocka_unit_test(test_two_limits_at_one_number_are_crossed_once),
        cmocka_unit_test(test_a_number_in_a_map_has_no_unit_and_may_be_gone),
        cmocka_unit_test(test_times_to_come_move_over_now_and_away_from_it),
        cmocka_unit_test(test_without_now_a_time_moves_only_where_a_case_put_it),
        cmocka_unit_test(test_networks_and_ports_become_all_but_not_where_a_case_put_them),
        cmocka_unit_test(test_a_text_becomes_empty_where_the_model_lets_it),
        cmocka_unit_test(test_what_others_refer_to_or_must_not_repeat_is_judged_in_its_document),
        cmocka_unit_test(test_words_of_any_characters_are_told_as_json),
        cmocka_unit_test(test_without_a_model_words_that_stand_for_booleans_are_flipped),
        cmocka_unit_test(test_without_a_model_lists_are_emptied_and_repeat_their_last_object),
        cmocka_unit_test(test_a_list_whose_elements_have_no_kind_gets_no_other),
        cmocka_unit_test(test_a_kind_of_all_words_has_no_other),
        cmocka_unit_test(test_the_profile_may_be_lost_but_has_no_wrong_value),
        cmocka_unit_test(test_a_time_without_limits_moves_over_now_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
