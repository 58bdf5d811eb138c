/* test_pack_load.c: a pack with a mistake in it is refused, and says where. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "json_support.h"
#include "pack_support.h"

/* ---- pack.lua ---- */

static void pack_refused(const char *text, const char *why)
{
    check_file("pack.lua", text, why);
}

static void test_pack_lua_says_who_it_is(void **state)
{
    (void)state;
    pack_refused("return { version='1', title='t' }", "pack.lua: id is missing");
    pack_refused("return { id='p', title='t' }", "pack.lua: version is missing");
    pack_refused("return { id='p', version='1' }", "pack.lua: title is missing");
    pack_refused("return { id=5, version='1', title='t' }",
                 "pack.lua:1: id: expected a string, found a number");
    pack_refused("return { id='p', version='1', title={ja='t'} }", "pack.lua: en is missing");
    pack_refused("return { id='p', version='1', title={en='t', de='t'} }",
                 "pack.lua:1: title has no key 'de'; it has en, ja");
    pack_refused("return { id='p', version='1', title={'t'} }",
                 "pack.lua: title has a key that is no name");
    pack_refused("return { id='p',\n version='1',\n titel='t' }",
                 "pack.lua:3: pack.lua has no key 'titel' (did you mean 'title'?)");
}

static void test_pack_lua_is_plain_data(void **state)
{
    (void)state;
    pack_refused("return setmetatable({}, {})",
                 "pack.lua: line 1: there is no global name setmetatable");
    pack_refused("return nil", "pack.lua: must return a table, and returned a nil");
    pack_refused("", "pack.lua: must return a table, and returned a nil");
    pack_refused("return {", "pack.lua:1: unexpected symbol near <eof>");
    pack_refused("local t = nil; return t.x", "pack.lua:1: attempt to index a nil value...");
}

static void test_pointers_of_pack_lua_begin_with_a_slash_and_bring_their_words(void **state)
{
    (void)state;
    pack_refused("return { id='p', version='1', title='t', as_of='as_of' }",
                 "pack.lua:1: as_of: a JSON Pointer begins with '/'");
    pack_refused("return { id='p', version='1', title='t', tenant='' }",
                 "pack.lua:1: tenant: a JSON Pointer begins with '/'");
    pack_refused("return { id='p', version='1', title='t', service='/s' }",
                 "pack.lua: services is missing");
    pack_refused("return { id='p', version='1', title='t', options='/o' }",
                 "pack.lua: option_names is missing");
    pack_refused("return { id='p', version='1', title='t', state='/s' }",
                 "pack.lua: states is missing");
    pack_refused("return { id='p', version='1', title='t', service='/s', services={'a', 5} }",
                 "pack.lua:1: services: expected a list of strings, found a number");
    pack_refused("return { id='p', version='1', title='t', service='/s', "
                 "services={'1','2','3','4','5','6','7','8','9'} }",
                 "pack.lua:1: services: more than 8");
}

static void test_words_without_their_pointer_are_refused(void **state)
{
    (void)state;
    pack_refused("return { id='p', version='1', title='t', services={'a'} }",
                 "pack.lua:1: services: service = \"/...\" must say where a snapshot has them");
    pack_refused("return { id='p', version='1', title='t', option_names={'a'} }",
                 "pack.lua:1: option_names: options = \"/...\" must say where...");
    pack_refused("return { id='p', version='1', title='t', states={'a'} }",
                 "pack.lua:1: states: state = \"/...\" must say where a snapshot has them");
}

static void test_a_pack_needs_its_pack_lua_and_a_control(void **state)
{
    static const struct pe_file other[] = {{"x.lua", "return {}", 9}};
    static const struct pe_file alone[] = {
        {"pack.lua", "return { id='p', version='1', title='t' }", 41}};
    const struct {
        struct pe_files files;
        const char *why;
    } cases[] = {
        {{NULL, 0, NULL}, "pack.lua: is missing: a pack is a folder with a pack.lua"},
        {{other, 1, NULL}, "pack.lua: is missing: a pack is a folder with a pack.lua"},
        {{alone, 1, NULL}, "pack.lua: a pack has 1 to 1000 controls (NAME.lua beside it)"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pe_arena arena = {0};
        struct pe_script script;
        struct pe_pack_def pack;
        struct pe_err err = {0};
        assert_int_equal(pe_script_init(&script, &cases[i].files, &arena, &err), 0);
        assert_int_equal(pe_script_load(&script, &pack, &err), -1);
        assert_string_equal(err.text, cases[i].why);
        pe_script_release(&script);
        pe_arena_release(&arena);
    }
}

/* ---- controls: HEAD is what each needs but its rules ---- */

#define HEAD "title='t', severity='low', owner='customer',"
#define RULE "{ id='a', title='a', check=function() end }"

static void refused(const char *text, const char *why)
{
    check_file("1.1.lua", text, why);
}

static void test_a_control_says_what_it_is(void **state)
{
    (void)state;
    refused("return { severity='low', owner='customer', rules={" RULE "} }",
            "1.1.lua: title is missing");
    refused("return { title='t', owner='customer', rules={" RULE "} }",
            "1.1.lua: severity is missing");
    refused("return { title='t', severity='low', rules={" RULE "} }", "1.1.lua: owner is missing");
    refused("return { title='t', severity='lo', owner='customer', rules={" RULE "} }",
            "1.1.lua:1: severity: 'lo' is not known...");
    refused("return { title='t', severity='low', owner='costumer', rules={" RULE "} }",
            "1.1.lua:1: owner: 'costumer' is not known (did you mean 'customer'?)");
    refused("return { title='t', severity='Low', owner='customer', rules={" RULE "} }",
            "1.1.lua:1: severity: 'Low' is not known (did you mean 'low'?)");
    refused("return { " HEAD " id='1.2', rules={" RULE "} }",
            "1.1.lua:1: id: the file's name says 1.1");
    check_loads("1.1.lua", "return { " HEAD " id='1.1', rules={" RULE "} }");
}

static void test_unknown_keys_are_refused_with_line_and_guess(void **state)
{
    (void)state;
    refused("return { " HEAD "\n  refrences={},\n rules={" RULE "} }",
            "1.1.lua:2: a control has no key 'refrences' (did you mean 'references'?)");
    refused("return { " HEAD "\n rules={ { id='a', title='a', chek=function() end } } }",
            "1.1.lua:2: a rule has no key 'chek' (did you mean 'check'?)");
    refused("return { " HEAD " rules={" RULE "}, 5 }", "1.1.lua: a control has a key that is no "
                                                       "name");
    refused("return { " HEAD " ['title\\0']='x', rules={" RULE "} }",
            "1.1.lua: a control has a key that is no name");
}

static void test_rules_are_a_list_of_tables_with_a_check(void **state)
{
    (void)state;
    refused("return { " HEAD " }", "1.1.lua: rules is missing");
    refused("return { " HEAD " rules=5 }", "1.1.lua:1: rules: expected a table, found a number");
    refused("return { " HEAD " rules={} }", "1.1.lua:1: rules: a control has 1 to 100 rules");
    refused("return { " HEAD " rules={ 5 } }", "1.1.lua:1: rules: rule 1 is no table");
    refused("return { " HEAD " rules={ { title='a', check=function() end } } }",
            "1.1.lua: id is missing in rule 1");
    refused("return { " HEAD " rules={ { id='a', title='a' } } }",
            "1.1.lua:1: a rule needs check = function(s, params, as_of)");
    refused("return { " HEAD " rules={ { id='a', title='a', check='x' } } }",
            "1.1.lua:1: a rule needs check = function(s, params, as_of)");
    refused("return { " HEAD " rules={ " RULE ", named=" RULE " } }",
            "1.1.lua:1: rules: a list has no named keys and no holes");
}

static void test_a_mistake_is_told_with_the_line_of_its_rule(void **state)
{
    (void)state;
    refused("return { " HEAD " rules={\n" RULE ",\n{ id=\"b\",\ntitle='b', check=5 } } }",
            "1.1.lua:4: a rule needs check = function(s, params, as_of)");
    refused("return { " HEAD " rules={\n" RULE ",\n{ id=\"b\",\ntitle='b' } } }",
            "1.1.lua:3: a rule needs check = function(s, params, as_of)");
    refused("return { " HEAD " rules={\n" RULE ",\n{ id='b', check=function() end } } }",
            "1.1.lua:3: title is missing in the rule b");
    refused("return { " HEAD " rules={\n" RULE ",\n{ id='b',\nfix=5, title='b' } } }",
            "1.1.lua:4: fix: expected a string or { en = ..., ja = ... }, found a number");
    refused("return { " HEAD " rules={\n" RULE ",\n{ title='b',\nid='b', severity='x' } } }",
            "1.1.lua:4: severity: 'x' is not known; it takes low, medium, high or critical");
}

static void test_a_rules_id_stands_once_and_is_a_name(void **state)
{
    (void)state;
    refused("return { " HEAD " rules={ " RULE "," RULE " } }",
            "1.1.lua:1: two rules have the id a");
    refused("return { " HEAD " rules={ { id='', title='a', check=function() end } } }",
            "1.1.lua:1: id: expected letters, digits, '.', '-' and '_'");
    refused("return { " HEAD " rules={ { id='a/b', title='a', check=function() end } } }",
            "1.1.lua:1: id: expected letters, digits, '.', '-' and '_'");
    refused("return { " HEAD " rules={ { id='a\\0b', title='a', check=function() end } } }",
            "1.1.lua: a string holds a NUL");
}

static const char services[] = "return { id='p', version='1', title='p', service='/s', "
                               "services={'iad','ctx'}, options='/o', option_names={'vpn'}, "
                               "state='/t', states={'active'} }";

static void refused_beside(const char *pack, const char *control, const char *why)
{
    struct packed *packed = pack_of("pack.lua", pack, "1.1.lua", control, NULL);

    assert_false(packed->loaded);
    assert_string_equal(packed->err.text, why);
    pack_free(packed);
}

static void test_when_takes_words_that_the_pack_knows(void **state)
{
    (void)state;
    refused_beside(services, "return { " HEAD " when={ service='iat' }, rules={" RULE "} }",
                   "1.1.lua:1: when.service: pack.lua knows no service 'iat' (did you mean "
                   "'iad'?)");
    refused_beside(services, "return { " HEAD " when={ option={'vpn','x'} }, rules={" RULE "} }",
                   "1.1.lua:1: when.option: pack.lua knows no option 'x'");
    refused_beside(services, "return { " HEAD " when={ state='gone' }, rules={" RULE "} }",
                   "1.1.lua:1: when.state: pack.lua knows no state 'gone'");
    refused_beside(services, "return { " HEAD " when={ services='iad' }, rules={" RULE "} }",
                   "1.1.lua:1: when has no key 'services' (did you mean 'service'?)");
    refused_beside(services, "return { " HEAD " when='iad', rules={" RULE "} }",
                   "1.1.lua:1: when: expected a table, found a string");
    refused("return { " HEAD " when={ service='iad' }, rules={" RULE "} }",
            "1.1.lua:1: when.service: pack.lua knows no service 'iad'");
}

static void test_an_owner_by_service_names_every_service(void **state)
{
    (void)state;
    refused_beside(services,
                   "return { title='t', severity='low', owner={iad='customer'}, rules={" RULE "} }",
                   "1.1.lua: ctx is missing");
    refused_beside(services,
                   "return { title='t', severity='low', owner={iad='customer', ctx='shared', "
                   "xyz='shared'}, rules={" RULE "} }",
                   "1.1.lua:1: owner has no key 'xyz'; it has iad, ctx");
    refused_beside(
        services,
        "return { title='t', severity='low', owner={iad='customer', ctx='nobody'}, "
        "rules={" RULE "} }",
        "1.1.lua:1: owner: 'nobody' is not known; it takes provider, customer or shared");
    refused("return { title='t', severity='low', owner={}, rules={" RULE "} }",
            "1.1.lua:1: owner: one word, for pack.lua names no services");
}

static void test_controls_are_in_the_order_of_their_clauses(void **state)
{
    static const char control[] = "return { " HEAD " rules={" RULE "} }";
    static const char *const order[] = {"9.2.3", "9.10.1", "10.1.1", "CLD.9.5.1"};
    struct packed *packed =
        pack_of("10.1.1.lua", control, "9.10.1.lua", control, "CLD.9.5.1.lua", control, "9.2.3.lua",
                control, "lib/x.lua", "return 1", "tests/9.2.3.lua", "this is not read", NULL);
    bool found;

    (void)state;
    assert_true(packed->loaded);
    assert_int_equal(packed->pack.face.control_count, 4);
    for (size_t i = 0; i < 4; i++) {
        found = false;
        for (size_t j = 0; j < 4; j++)
            found |= strcmp(packed->pack.controls[j].face.id, order[i]) == 0;
        assert_true(found);
    }
    assert_string_equal(packed->pack.controls[0].face.id, "9.2.3");
    pack_free(packed);
}

/* ---- files ---- */

static void test_a_source_that_is_too_long_is_refused(void **state)
{
    char *spaces = repeat(" ", PE_SOURCE_BYTES, "return {}");
    char *fits = repeat(" ", PE_SOURCE_BYTES - 9, "return {}");

    (void)state;
    refused(spaces, "1.1.lua: is longer than 64 KiB");
    refused(fits, "1.1.lua: title is missing");
    check_file("lib/x.lua", spaces, "lib/x.lua: is longer than 64 KiB");
    check_file("pack.lua", spaces, "pack.lua: is longer than 64 KiB");
    check_file("model.lua", spaces, "model.lua: ..."); /* which may be longer */
    free(spaces);
    free(fits);
}

static void test_code_that_does_not_run_is_refused(void **state)
{
    (void)state;
    refused("error('oh no')", "1.1.lua:1: oh no");
    refused("local t = nil + 1", "1.1.lua:1: attempt to perform arithmetic on a nil value");
    refused("error({})", "1.1.lua: (an error object of type table)");
    refused("error()", "1.1.lua: (an error object of type nil)");
    refused("return", "1.1.lua: must return a table, and returned a nil");
    refused("return 'x'", "1.1.lua: must return a table, and returned a string");
    refused("x x", "1.1.lua:1: syntax error near 'x'");
    refused("while true do end", "1.1.lua: the policy ran into the limit of 10000000 "
                                 "instructions at 1.1.lua:1; does a loop never end?");
    refused("ensure(true)", "1.1.lua:1: ensure() works inside check() only");
    refused("local n = net.contains('10.0.0.0/8', '10.0.0.1')\nlocal x = net.nonsense",
            "1.1.lua: ...");
}

static void test_bytecode_is_refused(void **state)
{
    (void)state;
    refused("\x1bLua", "1.1.lua: attempt to load a binary chunk (mode is 't')");
    check_file("pack.lua", "\x1bLuaT", "pack.lua: attempt to load a binary chunk...");
    check_file("lib/x.lua", "\x1bLuaT", "lib/x.lua: attempt to load a binary chunk...");
}

static void test_an_error_is_one_clean_line(void **state)
{
    char *letters = repeat("x", 600, ""), *text;
    struct pe_arena arena = {0};

    (void)state;
    refused("error('a\\n\\27[31mb\\127')", "1.1.lua:1: a  [31mb ");
    refused("error('\\xFF\\xFE')", "1.1.lua: (an error message that is not UTF-8)");
    text = pe_arena_printf(&arena, "error('%s')", letters);
    refused(text, "1.1.lua:1: xxxx...");
    pe_arena_release(&arena);
    free(letters);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pack_lua_says_who_it_is),
        cmocka_unit_test(test_pack_lua_is_plain_data),
        cmocka_unit_test(test_pointers_of_pack_lua_begin_with_a_slash_and_bring_their_words),
        cmocka_unit_test(test_words_without_their_pointer_are_refused),
        cmocka_unit_test(test_a_pack_needs_its_pack_lua_and_a_control),
        cmocka_unit_test(test_a_control_says_what_it_is),
        cmocka_unit_test(test_unknown_keys_are_refused_with_line_and_guess),
        cmocka_unit_test(test_rules_are_a_list_of_tables_with_a_check),
        cmocka_unit_test(test_a_mistake_is_told_with_the_line_of_its_rule),
        cmocka_unit_test(test_a_rules_id_stands_once_and_is_a_name),
        cmocka_unit_test(test_when_takes_words_that_the_pack_knows),
        cmocka_unit_test(test_an_owner_by_service_names_every_service),
        cmocka_unit_test(test_controls_are_in_the_order_of_their_clauses),
        cmocka_unit_test(test_a_source_that_is_too_long_is_refused),
        cmocka_unit_test(test_code_that_does_not_run_is_refused),
        cmocka_unit_test(test_bytecode_is_refused),
        cmocka_unit_test(test_an_error_is_one_clean_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
