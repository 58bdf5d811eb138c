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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_word_of_more_than_two_has_no_opposite),
        cmocka_unit_test(test_networks_and_ports_become_all_but_not_where_a_case_put_them),
        cmocka_unit_test(test_a_text_becomes_empty_where_the_model_lets_it),
        cmocka_unit_test(test_what_others_refer_to_or_must_not_repeat_is_judged_in_its_document),
        cmocka_unit_test(test_words_of_any_characters_are_told_as_json),
        cmocka_unit_test(test_without_a_model_words_that_stand_for_booleans_are_flipped),
        cmocka_unit_test(test_the_profile_may_be_lost_but_has_no_wrong_value),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
