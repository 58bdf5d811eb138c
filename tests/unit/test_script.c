/* test_script.c: rules run one by one, and nothing passes from one to the next. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "pack_support.h"

static const char snapshot[] = "{\"a\": 1, \"list\": [1, 2, 3]}";

static void expect(struct packed *packed, size_t rule, enum pe_status status, const char *reason)
{
    struct pe_text text;
    enum pe_status got = judge_of(packed, "1.1", rule, snapshot, &text);

    if (got != status)
        fail_msg("rule %zu: expected %s, got %s: %s", rule, pe_status_word(status),
                 pe_status_word(got), text.en);
    if (reason != NULL && strstr(text.en, reason) == NULL)
        fail_msg("rule %zu: expected '%s', got '%s'", rule, reason, text.en);
}

/* A pack of one control with these rules, which end in NULL. */
static struct packed *rules_of(const char *top, const char *const *bodies)
{
    struct pe_arena arena = {0};
    struct packed *packed = pack_of("1.1.lua", control_of_rules(&arena, top, bodies), NULL);

    if (!packed->loaded)
        fail_msg("%s", packed->err.text);
    pe_arena_release(&arena);
    return packed;
}

/* ---- nothing passes from rule to rule ---- */

static void test_a_files_locals_are_fresh_for_every_rule(void **state)
{
    static const char *const bodies[] = {
        "count = count + 1 ensure(s.a == 1 and count == 1) seen.x = 1",
        "count = count + 1 ensure(s.a == 1 and count == 1 and seen.x == nil)", NULL};
    struct packed *p = rules_of("local count, seen = 0, {}", bodies);

    (void)state;
    expect(p, 0, PE_PASS, NULL);
    expect(p, 1, PE_PASS, NULL);
    expect(p, 0, PE_PASS, NULL);
    pack_free(p);
}

static void test_a_library_is_fresh_for_every_rule_and_shared_within_one(void **state)
{
    static const char library[] =
        "local M = { n = 0 }\nfunction M.next() M.n = M.n + 1 return M.n end\nreturn M";
    static const char *const bodies[] = {
        "x.next() local y = use('x') ensure(s.a == 1 and y.next() == 2)",
        "ensure(s.a == 1 and use('x').next() == 1)", NULL};
    struct pe_arena arena = {0};
    struct packed *p = pack_of("lib/x.lua", library, "1.1.lua",
                               control_of_rules(&arena, "local x = use('x')", bodies), NULL);

    (void)state;
    expect(p, 0, PE_PASS, NULL);
    expect(p, 1, PE_PASS, NULL);
    pack_free(p);
    pe_arena_release(&arena);
}

static void test_what_all_rules_share_cannot_be_written(void **state)
{
    static const char *const bodies[] = {
        "net.x = 1 ensure(s.a == 1)",
        "net.coverage = nil ensure(s.a == 1)",
        "string.rep = nil ensure(s.a == 1)",
        "table.insert = function() end ensure(s.a == 1)",
        "table.insert(net, 1) ensure(s.a == 1)",
        "math.floor = 1 ensure(s.a == 1)",
        "params.x = 1 ensure(s.a == 1)",
        "s.a = 2 ensure(s.a == 1)",
        "s.list[1] = 2 ensure(s.a == 1)",
        "s.new = 2 ensure(s.a == 1)",
        "local x = '' x.y = 1 ensure(s.a == 1)",
        "table.insert(s.list, 4) ensure(s.a == 1)",
        "table.sort(s.list) ensure(s.a == 1)",
        "table.remove(s.list) ensure(s.a == 1)",
        NULL,
    };
    struct packed *p = rules_of("", bodies);
    struct pe_text reason;

    (void)state;
    for (size_t i = 0; bodies[i] != NULL; i++) {
        enum pe_status got = judge_of(p, "1.1", i, snapshot, &reason);
        if (got != PE_ERROR && got != PE_UNKNOWN)
            fail_msg("%s: %s", bodies[i], pe_status_word(got));
    }
    pack_free(p);
}

/* ---- limits ---- */

static void test_a_rule_that_ran_into_a_limit_is_an_error_and_the_next_one_runs(void **state)
{
    static const char *const bodies[] = {
        "ensure(s.a == 1)",
        "ensure(s.a == 1)\nwhile true do end",
        "while true do pcall(function() while true do end end) end",
        "local t = {} for i = 1, 1e9 do t[i] = { i } end",
        "local x = string.rep('x', 300000)",
        "local function f() return 1 + f() end f()",
        "ensure(s.a == 2, s, 'no') while true do end",
        NULL,
    };
    static const char *const reasons[] = {
        NULL, "0 instructions at 1.1.lua:", "instructions", "memory", "string", "", "instructions"};
    struct packed *p = rules_of("", bodies);

    (void)state;
    for (size_t i = 1; bodies[i] != NULL; i++) {
        expect(p, i, PE_ERROR, reasons[i]);
        expect(p, 0, PE_PASS, NULL);
    }
    pack_free(p);
}

static void test_no_pcall_undoes_a_limit_or_an_ending(void **state)
{
    static const char *const bodies[] = {
        "pcall(string.rep, 'x', 300000) ensure(s.a == 1)",
        "pcall(not_applicable, 'because') ensure(s.a == 1)",
        "pcall(ensure, 1) ensure(s.a == 1)",
        "pcall(function() return net.nonsense end) ensure(s.a == 1)",
        "pcall(function() return params.nonsense end) ensure(s.a == 1)",
        "pcall(function() return s.b.c end) ensure(s.a == 1)",
        "pcall(error, 'x') ensure(s.a == 1)",
        NULL,
    };
    struct packed *p = rules_of("", bodies);

    (void)state;
    expect(p, 0, PE_ERROR, "string");
    expect(p, 1, PE_NOT_APPLICABLE, "because");
    expect(p, 2, PE_ERROR, "ensure() takes true or false, not number");
    expect(p, 3, PE_ERROR, "net.nonsense");
    expect(p, 4, PE_ERROR, "params.nonsense");
    expect(p, 5, PE_UNKNOWN, "/b is missing");
    expect(p, 6, PE_PASS, NULL);
    pack_free(p);
}

/* ---- errors ---- */

static void test_an_error_of_the_policy_is_an_error(void **state)
{
    static const char *const bodies[] = {
        "error('oh no')",
        "local t = {} return t.x.y",
        "local x = s.b error('other')",
        "ensure(s.a == 2, s, 'no') error('after a failure')",
        NULL,
    };
    struct packed *p = rules_of("", bodies);

    (void)state;
    expect(p, 0, PE_ERROR, "1.1.lua:3: oh no");
    expect(p, 1, PE_ERROR, "attempt to index a nil value");
    expect(p, 2, PE_ERROR, "other");
    expect(p, 3, PE_ERROR, "after a failure");
    pack_free(p);
}

static void test_whatever_nil_raises_after_something_missing_is_unknown(void **state)
{
    static const char *const bodies[] = {
        "return s.b.c",
        "return s.b + 1",
        "return -s.b",
        "return s.b & 1",
        "for i = 1, s.b do end",
        "for i = s.b, 1 do end",
        "return s.b .. 'x'",
        "return s.b < 1",
        "return s.b < s.b",
        "local t = {} t[s.b] = 1",
        "return #s.b",
        "for _ in ipairs(s.b) do end",
        "for _ in pairs(s.b) do end",
        "return math.floor(s.b)",
        "return string.rep(s.b, 2)",
        "return tonumber(s.b) + 1",
        "return table.concat(s.b)",
        "assert(s.b)",
        "return has(s.b, 'x')",
        "return get(s.b, 'x', 1)",
        "s.b.c = 1",
        NULL,
    };
    struct packed *p = rules_of("", bodies);

    (void)state;
    for (size_t i = 0; bodies[i] != NULL; i++)
        expect(p, i, PE_UNKNOWN, "/b is missing");
    pack_free(p);
}

static void test_a_condition_that_is_nil_hides_nothing_that_comes_after_it(void **state)
{
    static const char *const bodies[] = {
        "ensure(s.b, s, 'first') ensure(s.a == 2, s, 'second')",
        "ensure(s.b, s, 'first') ensure(s.a == 1, s, 'second')",
        "ensure(nil, s, 'first') ensure(s.a == 2, s, 'second')",
        NULL,
    };
    struct packed *p = rules_of("", bodies);

    (void)state;
    expect(p, 0, PE_FAIL, "second");
    expect(p, 1, PE_UNKNOWN, "/b is missing");
    expect(p, 2, PE_FAIL, "second");
    pack_free(p);
}

static void test_what_something_does_not_have_is_told(void **state)
{
    static const char *const bodies[] = {
        "for _ in each({ s }, 'a colour', function() return false end) do end",
        "for _ in each(s.list, 'a colour', function() return false end) do end",
        NULL,
    };
    struct packed *p = rules_of("", bodies);

    (void)state;
    expect(p, 0, PE_UNKNOWN, " does not have a colour");
    expect(p, 1, PE_UNKNOWN, "/list");
    pack_free(p);
}

static void test_not_applicable_after_any_ensure_is_an_error(void **state)
{
    static const char *const bodies[] = {"ensure(s.a == 1) not_applicable('x')",
                                         "ensure(true) not_applicable('x')", "not_applicable('x')",
                                         NULL};
    struct packed *p = rules_of("", bodies);

    (void)state;
    expect(p, 0, PE_ERROR, "not_applicable() came after an ensure()");
    expect(p, 1, PE_ERROR, "not_applicable() came after an ensure()");
    expect(p, 2, PE_NOT_APPLICABLE, "x");
    pack_free(p);
}

/* ---- use() ---- */

static void use_gives(const char *library, const char *body, enum pe_status status,
                      const char *reason)
{
    char *control = control_of(body);
    struct packed *p = pack_of("lib/x.lua", library, "1.1.lua", control, NULL);

    if (!p->loaded)
        fail_msg("%s", p->err.text);
    expect(p, 0, status, reason);
    pack_free(p);
    free(control);
}

static void test_use_loads_libraries_of_the_pack_and_nothing_else(void **state)
{
    static const char fine[] = "return { one = 1 }";

    (void)state;
    use_gives(fine, "ensure(s.a == use('x').one)", PE_PASS, NULL);
    use_gives(fine, "use('y')", PE_ERROR, "use(\"y\"): the pack has no lib/y.lua");
    use_gives(fine, "use('../1.1')", PE_ERROR, "the pack has no lib/../1.1.lua");
    use_gives(fine, "use('x.lua')", PE_ERROR, "the pack has no lib/x.lua.lua");
    use_gives(fine, "use('x\\0y')", PE_ERROR, "use(): the name holds a NUL");
    use_gives(fine, "use(string.rep('x', 1000))", PE_ERROR, "use(\"xxxx");
    use_gives(fine, "use()", PE_ERROR, "");
    use_gives("local x = 1", "use('x')", PE_ERROR, "lib/x.lua returns nothing");
    use_gives("error('broken')", "use('x')", PE_ERROR, "lib/x.lua:1: broken");
    use_gives("return use('x')", "use('x')", PE_ERROR, "lib/x.lua uses itself");
    use_gives("return false", "ensure(s.a == 1 and use('x') == false and use('x') == false)",
              PE_PASS, NULL);
}

static void test_libraries_that_use_each_other_in_a_circle_are_an_error(void **state)
{
    char *control = control_of("use('a')");
    struct packed *p = pack_of("lib/a.lua", "return { use('b') }", "lib/b.lua",
                               "return { use('a') }", "1.1.lua", control, NULL);

    (void)state;
    expect(p, 0, PE_ERROR, "lib/a.lua uses itself");
    pack_free(p);
    free(control);
}

static void test_a_library_does_not_run_when_a_pack_is_loaded(void **state)
{
    (void)state;
    check_loads("lib/x.lua", "error('not yet')");
    check_loads("lib/x.lua", "while true do end");
}

/* ---- parameters ---- */

static void param_gives(const char *body, enum pe_status status, const char *reason)
{
    static const char declared[] =
        "return { title='t', severity='low', owner='customer', params={ "
        "n={type='integer', default=3, doc='d'}, r={type='number', default=0.5, doc='d'}, "
        "b={type='boolean', default=false, doc='d'}, t={type='string', default='x', doc='d'}, "
        "l={type='list', default={'a','b'}, doc='d'}, none={type='integer', doc='d'} }, "
        "rules={ { id='r', title='r', check=function(s, params) %s end } } }";
    struct pe_arena arena = {0};
    struct packed *p = pack_of("1.1.lua", pe_arena_printf(&arena, declared, body), NULL);

    if (!p->loaded)
        fail_msg("%s", p->err.text);
    expect(p, 0, status, reason);
    pack_free(p);
    pe_arena_release(&arena);
}

static void test_parameters_are_what_was_declared(void **state)
{
    (void)state;
    param_gives("ensure(s.a == 1 and params.n == 3 and math.type(params.n) == 'integer')", PE_PASS,
                NULL);
    param_gives("ensure(s.a == 1 and params.r == 0.5 and params.b == false)", PE_PASS, NULL);
    param_gives("ensure(s.a == 1 and params.t == 'x')", PE_PASS, NULL);
    param_gives("ensure(s.a == 1 and #params.l == 2 and params.l[2] == 'b')", PE_PASS, NULL);
    param_gives("table.insert(params.l, 'c') ensure(s.a == 1 and #params.l == 2)", PE_PASS, NULL);
    param_gives("ensure(s.a == params.none)", PE_UNKNOWN, "the parameter none was not given");
    param_gives("pcall(function() return params.none end) ensure(s.a == 1)", PE_UNKNOWN,
                "the parameter none was not given");
    param_gives("ensure(s.a == params.nn)", PE_ERROR, "params.nn");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_files_locals_are_fresh_for_every_rule),
        cmocka_unit_test(test_a_library_is_fresh_for_every_rule_and_shared_within_one),
        cmocka_unit_test(test_what_all_rules_share_cannot_be_written),
        cmocka_unit_test(test_a_rule_that_ran_into_a_limit_is_an_error_and_the_next_one_runs),
        cmocka_unit_test(test_no_pcall_undoes_a_limit_or_an_ending),
        cmocka_unit_test(test_an_error_of_the_policy_is_an_error),
        cmocka_unit_test(test_whatever_nil_raises_after_something_missing_is_unknown),
        cmocka_unit_test(test_a_condition_that_is_nil_hides_nothing_that_comes_after_it),
        cmocka_unit_test(test_what_something_does_not_have_is_told),
        cmocka_unit_test(test_not_applicable_after_any_ensure_is_an_error),
        cmocka_unit_test(test_use_loads_libraries_of_the_pack_and_nothing_else),
        cmocka_unit_test(test_libraries_that_use_each_other_in_a_circle_are_an_error),
        cmocka_unit_test(test_a_library_does_not_run_when_a_pack_is_loaded),
        cmocka_unit_test(test_parameters_are_what_was_declared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
