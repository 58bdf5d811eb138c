/* test_reader.c: texts that a pack declares are UTF-8, and so is what is said about them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "pack_support.h"

#define RULE "rules = {{ id = 'r', title = 'r', check = function(s) ensure(s.a, s, 'm') end }} }"
#define CONTROL "return { title = 't', severity = 'low', owner = 'customer', "

static void test_a_text_that_is_not_utf8_is_refused_with_file_and_key(void **state)
{
    (void)state;
    check_file("pack.lua", "return { id = 'p', version = '1',\ntitle = '\\xFF' }",
               "pack.lua:2: title: a text must be UTF-8");
    check_file("pack.lua",
               "return { id = 'p', version = '1', title = { en = 't',\n"
               "ja = '\\xE3\\x81' } }",
               "pack.lua:2: ja: a text must be UTF-8");
    check_file("pack.lua", "return { id = 'p\\x80', version = '1', title = 't' }",
               "pack.lua:1: id: a text must be UTF-8");
    check_file("1.1.lua", CONTROL "tags = { 'a', '\\xC0\\x80' }, " RULE,
               "1.1.lua:1: tags: a text must be UTF-8");
    check_file("1.1.lua",
               CONTROL "\nparams = { x = { type = 'string',\ndoc = '\\xED\\xA0\\x80' } }, " RULE,
               "1.1.lua:3: doc: a text must be UTF-8");
    check_file("1.1.lua",
               CONTROL
               "\nparams = { x = { type = 'string', doc = 'd', default = '\\xFE' } }, " RULE,
               "1.1.lua:2: x: a text must be UTF-8");
    check_file("1.1.lua",
               CONTROL "\nparams = { ['\\xFE'] = { type = 'string', doc = 'd' } }, " RULE,
               "1.1.lua:2: params: a text must be UTF-8");
    check_file("model.lua", "return record { {'\\xFF', text{}} }",
               "model.lua: a name: a text must be UTF-8");
    check_file("model.lua", "return record { {'a', text{},\nen = '\\xFF'} }",
               "model.lua:2: en: a text must be UTF-8");
}

static void test_nobody_reads_on_in_a_list_that_is_wrong(void **state)
{
    struct packed *packed =
        pack_of("pack.lua",
                "return { id = 'p', version = '1', title = 't', service = '/s',\n"
                "services = { 'iad', 'ctx' } }",
                "1.1.lua", CONTROL "\nwhen = { service = { '\\xFF', 'iad' } }, " RULE, NULL);

    (void)state;
    assert_false(packed->loaded);
    assert_string_equal(packed->err.text, "1.1.lua:2: service: a text must be UTF-8");
    pack_free(packed);
}

static void test_what_is_said_about_odd_bytes_is_text(void **state)
{
    (void)state;
    check_file("pack.lua", "return { id = 'p', version = '1', title = 't', ['a\\xFF\\27'] = 1 }",
               "pack.lua: pack.lua has no key 'a\\x{FF}\\u{001B}'");
    check_file("1.1.lua", CONTROL "\nseverity = 'l\\xFFw', " RULE,
               "1.1.lua:1: severity: a text ...");
    check_file("lib/x.lua", "local x = _ENV['\\xFF\\n']",
               "lib/x.lua: line 1: there is no global name \\x{FF}\\u{000A}...");
}

static void test_a_text_and_a_list_of_texts_have_a_bound(void **state)
{
    (void)state;
    check_file("1.1.lua", "local long, many = ('x'):rep(16385), {}\nreturn { title = long }",
               "1.1.lua:2: title: a text is longer than 16384 bytes");
    check_file("1.1.lua",
               "local many = {} for i = 1, 5001 do many[i] = 'w' end\n" CONTROL
               "tags = many, " RULE,
               "1.1.lua:2: tags: more than 5000 words");
    check_file("model.lua",
               "local f = {} for i = 1, 5001 do f[i] = { 'f' .. i, boolean } end return record(f)",
               "model.lua: a record has more than 5000 fields");
}

static void test_texts_in_any_language_are_taken(void **state)
{
    (void)state;
    check_loads("pack.lua", "return { id = 'p', version = '1', "
                            "title = { en = 'Ω≈ç\\n\\ttwo', ja = '管理策 🔒' } }");
}

/* ---- limits ---- */

static void test_a_pack_may_set_its_limits_within_bounds(void **state)
{
#define PACK(limits) "return { id = 'p', version = '1', title = 't',\nlimits = " limits " }"
    (void)state;
    check_loads("pack.lua", PACK("{}"));
    check_loads("pack.lua",
                PACK("{ instructions = 100000000, memory_mib = 128, findings = 10000 }"));
    check_loads("pack.lua", PACK("{ instructions = 10000, memory_mib = 8, findings = 1 }"));
    check_file("pack.lua", PACK("{ instructions = 100000001 }"),
               "pack.lua:2: limits: instructions is a whole number from 10000 to 100000000");
    check_file("pack.lua", PACK("{ instructions = 9999 }"), "pack.lua:2: limits: instructions...");
    check_file("pack.lua", PACK("{ memory_mib = 129 }"),
               "pack.lua:2: limits: memory_mib is a whole number from 8 to 128");
    check_file("pack.lua", PACK("{ memory_mib = 10.5 }"), "pack.lua:2: limits: memory_mib...");
    check_file("pack.lua", PACK("{ memory_mib = 0/0 }"), "pack.lua:2: limits: memory_mib...");
    check_file("pack.lua", PACK("{ findings = 0 }"),
               "pack.lua:2: limits: findings is a whole number from 1 to 10000");
    check_file("pack.lua", PACK("{ findings = '5' }"),
               "pack.lua:2: findings: expected a number, found a string");
    check_file("pack.lua", PACK("{ seconds = 5 }"), "pack.lua:2: limits has no key 'seconds'...");
    check_file("pack.lua", PACK("7"), "pack.lua:2: limits: expected a table, found a number");
}

static void ends(const char *limits, const char *body, enum pe_status status, const char *why)
{
    struct pe_arena arena = {0};
    const char *pack = pe_arena_printf(
        &arena, "return { id = 'p', version = '1', title = 't', limits = %s }", limits);
    char *control = control_of(body);
    struct packed *packed = pack_of("1.1.lua", control, "pack.lua", pack, NULL);
    struct pe_text reason;

    assert_true(packed->loaded);
    assert_int_equal(judge_of(packed, "1.1", 0, "{\"a\": 1}", &reason), status);
    if (strstr(reason.en, why) == NULL)
        fail_msg("%s: expected '%s', got '%s'", body, why, reason.en);
    pack_free(packed);
    free(control);
    pe_arena_release(&arena);
}

static void test_the_limits_of_a_pack_hold_for_its_rules(void **state)
{
    static const char loop[] = "local n = 0 for i = 1, 4000000 do n = n + i % 2 end "
                               "ensure(s.a == 1, nil, 'x')";
    static const char fill[] = "local t = {} for i = 1, 1 << 19 do t[i] = i end "
                               "ensure(s.a == 1, nil, 'x')";

    (void)state;
    ends("{}", loop, PE_ERROR, "the limit of 1000");
    ends("{ instructions = 20000000 }", loop, PE_PASS, "");
    ends("{ instructions = 10000 }", "for i = 1, 5000 do end ensure(s.a == 1, nil, 'x')", PE_PASS,
         "");
    ends("{ instructions = 10000 }", "for i = 1, 50000 do end ensure(s.a == 1, nil, 'x')", PE_ERROR,
         "the limit of 10");
    ends("{}", fill, PE_PASS, "");
    ends("{ memory_mib = 8 }", fill, PE_ERROR, "the memory limit of 8 MiB");
    ends("{ findings = 2 }", "for i = 1, 5 do ensure(s.a == 2, nil, 'no') end", PE_FAIL,
         "5 findings");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_text_that_is_not_utf8_is_refused_with_file_and_key),
        cmocka_unit_test(test_nobody_reads_on_in_a_list_that_is_wrong),
        cmocka_unit_test(test_what_is_said_about_odd_bytes_is_text),
        cmocka_unit_test(test_a_text_and_a_list_of_texts_have_a_bound),
        cmocka_unit_test(test_texts_in_any_language_are_taken),
        cmocka_unit_test(test_a_pack_may_set_its_limits_within_bounds),
        cmocka_unit_test(test_the_limits_of_a_pack_hold_for_its_rules),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
