/* test_param.c: parameters of a pack are checked before anything is judged. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "pack_support.h"

#define HEAD "title='t', severity='low', owner='customer',"
#define RULES " rules={ { id='a', title='a', check=function() end } } }"

/* What one value makes of a parameter: its JSON text, or why it is refused. */
static void stores(const struct pe_param_def *declared, const char *value, const char *expected)
{
    struct pe_param_def param = *declared;
    struct pe_arena arena = {0};
    struct pe_err err = {0};

    param.face.name = "x";
    if (pe_param_store(&param, value, &arena, &err) == 0) {
        assert_true(param.given);
        assert_string_equal(param.face.value, expected);
    } else {
        assert_int_equal(err.kind, PE_ERR_USAGE);
        assert_false(param.given);
        assert_string_equal(err.text, expected);
    }
    pe_arena_release(&arena);
}

/* ---- values ---- */

static void test_a_whole_number_is_a_whole_number(void **state)
{
    static const struct pe_param_def integer = {.type = PE_PARAM_INTEGER};
    static const char no[] = "the parameter x takes a whole number";
    static const char *const bad[] = {"",      " 1",    "1 ",   "\t1",  "\n1",
                                      "x",     "1.5",   "0x10", "nan",  "inf",
                                      "-inf",  "1e",    "1,0",  "--1",  "9007199254740993",
                                      "1e300", "1e400", "true", "1_000"};

    (void)state;
    stores(&integer, "0", "0");
    stores(&integer, "-17", "-17");
    stores(&integer, "1e3", "1000");
    stores(&integer, "9007199254740991", "9007199254740991");
    stores(&integer, "-9007199254740991", "-9007199254740991");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        stores(&integer, bad[i], no);
}

static void test_a_number_is_told_as_it_was_given(void **state)
{
    static const struct pe_param_def number = {.type = PE_PARAM_NUMBER};

    (void)state;
    stores(&number, "0.1", "0.1");
    stores(&number, "-2.5", "-2.5");
    stores(&number, "0.30000000000000004", "0.30000000000000004");
    stores(&number, "1e21", "1e+21");
    stores(&number, "nan", "the parameter x takes a number");
    stores(&number, "1e999", "the parameter x takes a number");
    stores(&number, "0x1p3", "the parameter x takes a number");
}

static void test_bounds_hold_at_the_edge(void **state)
{
    static const struct pe_param_def bound = {
        .type = PE_PARAM_INTEGER, .has_min = true, .has_max = true, .min = 1, .max = 3};

    (void)state;
    stores(&bound, "1", "1");
    stores(&bound, "3", "3");
    stores(&bound, "0", "the parameter x must be at least 1");
    stores(&bound, "4", "the parameter x must be at most 3");
}

static void test_a_boolean_is_true_or_false(void **state)
{
    static const struct pe_param_def boolean = {.type = PE_PARAM_BOOLEAN};
    static const char *const bad[] = {"", "yes", "1", "True", "true ", "truetrue"};

    (void)state;
    stores(&boolean, "true", "true");
    stores(&boolean, "false", "false");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        stores(&boolean, bad[i], "the parameter x takes true or false");
}

static void test_a_string_is_told_as_json(void **state)
{
    static const struct pe_param_def string = {.type = PE_PARAM_STRING};

    (void)state;
    stores(&string, "", "\"\"");
    stores(&string, "a\"b\\c", "\"a\\\"b\\\\c\"");
    stores(&string, "a\n\x01 管", "\"a\\u000a\\u0001 管\"");
}

static void test_a_string_is_one_of_its_words(void **state)
{
    static const char *const words[] = {"deny", "allow"};
    static const struct pe_param_def string = {.type = PE_PARAM_STRING, .one_of = {words, 2}};

    (void)state;
    stores(&string, "deny", "\"deny\"");
    stores(&string, "allw", "the parameter x does not take 'allw' (did you mean allow?)");
    stores(&string, "", "the parameter x does not take ''");
}

static void test_a_list_has_commas_between(void **state)
{
    static const char *const words[] = {"deny", "allow"};
    static const struct pe_param_def any = {.type = PE_PARAM_LIST};
    static const struct pe_param_def list = {.type = PE_PARAM_LIST, .one_of = {words, 2}};

    (void)state;
    stores(&any, "", "[]");
    stores(&any, "a", "[\"a\"]");
    stores(&any, "a,b c", "[\"a\", \"b c\"]");
    stores(&list, "allow,deny", "[\"allow\", \"deny\"]");
    stores(&list, "allow,dny", "the parameter x does not take 'dny' (did you mean deny?)");
    stores(&list, "allow, deny", "the parameter x does not take ' deny' (did you mean deny?)");
}

/* ---- by name ---- */

static const char one[] = "return { " HEAD " params={ days={type='integer', default=1, doc='d'}, "
                          "level={type='string', one_of={'a','b'}, doc='d'} }," RULES;
static const char two[] =
    "return { " HEAD " params={ days={type='integer', default=2, min=2, doc='d'} }," RULES;

static struct packed *pair(void)
{
    struct packed *p = pack_of("1.1.lua", one, "1.2.lua", two, NULL);

    if (!p->loaded)
        fail_msg("%s", p->err.text);
    return p;
}

static const char *value(struct packed *p, size_t control, size_t param)
{
    const char *text = p->pack.controls[control].params[param].face.value;

    return text == NULL ? "(none)" : text;
}

static void test_a_name_sets_every_control_that_has_it(void **state)
{
    struct packed *p = pair();

    (void)state;
    assert_string_equal(value(p, 0, 0), "1");
    assert_string_equal(value(p, 0, 1), "(none)");
    assert_int_equal(pe_pack_set_param(&p->pack, "days=7", &p->arena, NULL), 0);
    assert_string_equal(value(p, 0, 0), "7");
    assert_string_equal(value(p, 1, 0), "7");
    assert_string_equal(p->pack.controls[0].params[0].face.default_, "1");
    pack_free(p);
}

static void test_a_name_with_its_control_sets_only_that_one(void **state)
{
    struct packed *p = pair();

    (void)state;
    assert_int_equal(pe_pack_set_param(&p->pack, "1.2.days=9", &p->arena, NULL), 0);
    assert_string_equal(value(p, 0, 0), "1");
    assert_string_equal(value(p, 1, 0), "9");
    assert_int_equal(pe_pack_set_param(&p->pack, "level=b=c", &p->arena, NULL), -1);
    assert_int_equal(pe_pack_set_param(&p->pack, "1.1.level=b", &p->arena, NULL), 0);
    assert_string_equal(value(p, 0, 1), "\"b\"");
    pack_free(p);
}

static void setting_refused(const char *setting, const char *why)
{
    struct packed *p = pair();
    struct pe_err err = {0};

    assert_int_equal(pe_pack_set_param(&p->pack, setting, &p->arena, &err), -1);
    assert_int_equal(err.kind, PE_ERR_USAGE);
    assert_string_equal(err.text, why);
    pack_free(p);
}

static void test_a_name_that_no_control_has_is_refused_with_a_guess(void **state)
{
    (void)state;
    setting_refused("dayss=1", "--param: the pack p has no parameter dayss (did you mean days?)");
    setting_refused("zzzzzz=1", "--param: the pack p has no parameter zzzzzz; policyeval explain "
                                "CONTROL shows them");
    setting_refused("1.3.days=1", "--param: the pack p has no parameter 1.3.days; policyeval "
                                  "explain CONTROL shows them");
    setting_refused("days", "--param takes NAME=VALUE");
    setting_refused("=1", "--param takes NAME=VALUE");
    setting_refused("", "--param takes NAME=VALUE");
    setting_refused("days=1", "the parameter days must be at least 2");
}

/* ---- declarations ---- */

static void refused(const char *params, const char *why)
{
    struct pe_arena arena = {0};

    check_file("1.1.lua", pe_arena_printf(&arena, "return { " HEAD " params=%s," RULES, params),
               why);
    pe_arena_release(&arena);
}

static void test_a_declaration_says_type_and_meaning(void **state)
{
    (void)state;
    refused("5", "1.1.lua:1: params: expected a table, found a number");
    refused("{ 'x' }", "1.1.lua:1: params: expected NAME = { type = ..., doc = ... }");
    refused("{ x=5 }", "1.1.lua:1: params: expected NAME = { type = ..., doc = ... }");
    refused("{ x={doc='d'} }", "1.1.lua:1: type is missing in the parameter x");
    refused("{ x={type='integer'} }", "1.1.lua:1: doc is missing in the parameter x");
    refused("{ x={type='int', doc='d'} }", "1.1.lua:1: x: 'int' is not known...");
    refused("{ x={type='integer', doc='d', defalt=1} }",
            "1.1.lua:1: x has no key 'defalt' (did you mean 'default'?)");
    refused("{ x={type='integer', doc='d', min='1'} }",
            "1.1.lua:1: min: expected a number, found a string");
    refused("{ ['x\\0y']={type='integer', doc='d'} }", "1.1.lua:1: params: a name holds a NUL");
}

static void test_a_default_fits_its_own_type_and_range(void **state)
{
    (void)state;
    refused("{ x={type='integer', doc='d', default=0, min=1} }",
            "1.1.lua:1: the default does not fit: the parameter x must be at least 1");
    refused("{ x={type='integer', doc='d', default=1.5} }",
            "1.1.lua:1: the default does not fit: the parameter x takes a whole number");
    refused("{ x={type='number', doc='d', default=0/0} }",
            "1.1.lua:1: the default does not fit: the parameter x takes a number");
    refused("{ x={type='string', doc='d', default='c', one_of={'a'}} }",
            "1.1.lua:1: the default does not fit: the parameter x does not take 'c'");
    refused("{ x={type='list', doc='d', default={'a', 5}} }",
            "1.1.lua:1: default: expected a list of strings, found a number");
}

static void test_a_default_is_not_coerced(void **state)
{
    (void)state;
    refused("{ x={type='boolean', doc='d', default='true'} }",
            "1.1.lua:1: x: the default of a parameter of type boolean cannot be a string");
    refused("{ x={type='integer', doc='d', default=function() end} }", "1.1.lua:1: x: ...");
    refused("{ x={type='integer', doc='d', default='5'} }", "1.1.lua:1: x: ...");
    refused("{ x={type='string', doc='d', default=5} }", "1.1.lua:1: x: ...");
    refused("{ x={type='string', doc='d', default=true} }", "1.1.lua:1: x: ...");
    refused("{ x={type='list', doc='d', default='a'} }", "1.1.lua:1: x: ...");
    refused("{ x={type='string', doc='d', default={'a'}} }", "1.1.lua:1: x: ...");
    refused("{ x={type='number', doc='d', default=true} }", "1.1.lua:1: x: ...");
}

static void test_a_default_list_keeps_its_elements_apart(void **state)
{
    (void)state;
    refused("{ x={type='list', doc='d', default={'a,b'}} }",
            "1.1.lua:1: x: an element is not empty and has no comma");
    refused("{ x={type='list', doc='d', default={'a', ''}} }",
            "1.1.lua:1: x: an element is not empty and has no comma");
}

static void test_a_large_default_stays_exact(void **state)
{
    struct packed *p =
        pack_of("1.1.lua",
                "return { " HEAD " params={ x={type='integer', doc='d', default=9007199254740991}, "
                "y={type='number', doc='d', default=0.1} }," RULES,
                NULL);

    (void)state;
    assert_true(p->loaded);
    assert_string_equal(value(p, 0, 0), "9007199254740991");
    assert_string_equal(value(p, 0, 1), "0.1");
    assert_true(p->pack.controls[0].params[0].number == 9007199254740991.0);
    pack_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_whole_number_is_a_whole_number),
        cmocka_unit_test(test_a_number_is_told_as_it_was_given),
        cmocka_unit_test(test_bounds_hold_at_the_edge),
        cmocka_unit_test(test_a_boolean_is_true_or_false),
        cmocka_unit_test(test_a_string_is_told_as_json),
        cmocka_unit_test(test_a_string_is_one_of_its_words),
        cmocka_unit_test(test_a_list_has_commas_between),
        cmocka_unit_test(test_a_name_sets_every_control_that_has_it),
        cmocka_unit_test(test_a_name_with_its_control_sets_only_that_one),
        cmocka_unit_test(test_a_name_that_no_control_has_is_refused_with_a_guess),
        cmocka_unit_test(test_a_declaration_says_type_and_meaning),
        cmocka_unit_test(test_a_default_fits_its_own_type_and_range),
        cmocka_unit_test(test_a_default_is_not_coerced),
        cmocka_unit_test(test_a_default_list_keeps_its_elements_apart),
        cmocka_unit_test(test_a_large_default_stays_exact),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
