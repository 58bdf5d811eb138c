/* test_mutant_list.c: what lists become, and what a first element is made of. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "mutate_support.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists_are_emptied_and_get_elements_of_another_kind),
        cmocka_unit_test(test_a_list_that_is_honestly_empty_gets_a_first_element),
        cmocka_unit_test(test_a_first_element_is_as_the_model_wants_it),
        cmocka_unit_test(test_a_first_element_refers_to_nothing_where_there_is_nothing),
        cmocka_unit_test(test_a_list_of_words_gets_one_that_it_has_not),
        cmocka_unit_test(test_an_element_more_is_of_the_kind_that_tells_records_apart),
        cmocka_unit_test(test_without_a_model_lists_are_emptied_and_repeat_their_last_object),
        cmocka_unit_test(test_a_list_whose_elements_have_no_kind_gets_no_other),
        cmocka_unit_test(test_a_kind_of_all_words_has_no_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
