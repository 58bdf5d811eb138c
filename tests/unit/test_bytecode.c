/* test_bytecode.c: a name that the sandbox does not have is found before anything runs. */
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

/* The body of a rule; its first line is line 4 of the file. */
static void refused(const char *body, const char *why)
{
    char *control = control_of(body);

    check_file("1.1.lua", control, why);
    free(control);
}

static void loads(const char *body)
{
    char *control = control_of(body);

    check_loads("1.1.lua", control);
    free(control);
}

/* Before the body, a function with so many constants that names no longer fit into instructions. */
static char *crowded(const char *body)
{
    struct pe_buf buf = {0};

    pe_buf_adds(&buf, "local t = {");
    for (int i = 0; i < 300; i++)
        pe_buf_printf(&buf, "'c%d',", i);
    pe_buf_printf(&buf, "}\n%s", body);
    assert_false(pe_buf_failed(&buf));
    return buf.data;
}

static void refused_in_a_crowd(const char *body, const char *why)
{
    char *text = crowded(body);

    refused(text, why);
    free(text);
}

static void loads_in_a_crowd(const char *body)
{
    char *text = crowded(body);

    loads(text);
    free(text);
}

static void test_a_misspelt_name_is_refused_with_its_line_and_a_guess(void **state)
{
    (void)state;
    refused("\n\nensur(true)",
            "1.1.lua: line 6: there is no global name ensur (did you mean ensure?)");
    refused("return nett.coverage(s)",
            "1.1.lua: line 4: there is no global name nett (did you mean net?)");
    refused("local x = zzzzzzz", "1.1.lua: line 4: there is no global name zzzzzzz");
}

static void test_names_that_lua_has_and_a_policy_has_not_are_refused(void **state)
{
    static const char *const names[] = {
        "load",      "loadstring", "dofile",         "require",      "setmetatable",
        "coroutine", "rawset",     "rawget",         "rawequal",     "rawlen",
        "xpcall",    "print",      "collectgarbage", "getmetatable", "debug",
        "os",        "io",         "package",        "_G",           "_VERSION",
        "utf8",      "warn",       "loadfile"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct pe_arena arena = {0};
        refused(
            pe_arena_printf(&arena, "local x = %s", names[i]),
            pe_arena_printf(&arena, "1.1.lua: line 4: there is no global name %s...", names[i]));
        pe_arena_release(&arena);
    }
}

static void test_names_are_checked_in_functions_within_functions(void **state)
{
    (void)state;
    refused("local function f()\n return function()\n  return function() return ensur end\n end\n"
            "end\nreturn f",
            "1.1.lua: line 6: there is no global name ensur (did you mean ensure?)");
    refused("for i, v in ipairz(s) do end",
            "1.1.lua: line 4: there is no global name ipairz (did you mean ipairs?)");
    refused("local t = { [1] = { x = function(a, ...) return select('#', ...), noo end } }",
            "1.1.lua: line 4: there is no global name noo...");
}

static void test_names_are_checked_at_the_top_of_a_file_and_in_libraries(void **state)
{
    (void)state;
    check_file("1.1.lua", "\nlocal f = tostrin\nreturn {}",
               "1.1.lua: line 2: there is no global name tostrin (did you mean tostring?)");
    check_file("lib/x.lua", "local M = {}\nfunction M.f() return ensur end\nreturn M",
               "lib/x.lua: line 2: there is no global name ensur (did you mean ensure?)");
}

static void test_assigning_a_global_is_refused(void **state)
{
    (void)state;
    refused("count = 1", "1.1.lua: line 4 assigns the global name count: write `local count`");
    refused("\nfunction helper() end",
            "1.1.lua: line 5 assigns the global name helper: write `local helper`");
    refused("ensure = nil", "1.1.lua: line 4 assigns the global name ensure...");
    refused("local function f() x, y = 1, 2 end", "1.1.lua: line 4 assigns the global name...");
    refused("for k in pairs(s) do last = k end", "1.1.lua: line 4 assigns the global name last...");
}

static void test_env_is_a_name_like_any_other_and_cannot_be_had(void **state)
{
    static const char *const tricks[] = {
        "local _ENV = { x = 1 } return x",
        "local function f(_ENV) return x end",
        "for _ENV in pairs(s) do return x end",
        "for _, _ENV in ipairs(s) do end",
        "local e = _ENV",
        "return _ENV",
        "_ENV = {}",
        "_ENV.x = 1",
        "_ENV['x'] = 1",
        "return _ENV.x",
        "return _ENV['x']",
        "local k = 'x' return _ENV[k]",
        "return _ENV[s.k]",
        "_ENV[s.k] = 1",
        "local t = { _ENV }",
        "return (function(...) return ... end)(_ENV)",
        "return #_ENV",
        "for k, v in pairs(_ENV) do end",
        "local function f() return _ENV end",
        "local a <const> = _ENV",
        "goto done; local _ENV; ::done::",
    };

    (void)state;
    for (size_t i = 0; i < sizeof tricks / sizeof tricks[0]; i++)
        refused(tricks[i], "1.1.lua: ...");
}

static void test_names_that_exist_are_found_however_they_are_spelt(void **state)
{
    (void)state;
    loads("return _ENV.ensure");
    loads("return _ENV['net'].coverage(s)");
    loads("local f <const> = ensure\nf(s.a == 1)");
}

/* ---- functions with many constants ---- */

static const char *const uses[] = {
    "return NAME",
    "NAME(1)",
    "local x = NAME.y",
    "local x = NAME.y.z",
    "NAME.y(1)",
    "NAME.y:z(1)",
    "local x = NAME[1]",
    "local x = NAME['d300']",
    "local x = { NAME, a = NAME, [NAME] = 1 }",
    "local x = s.a == NAME or 1 < NAME",
    "local x = NAME .. 'x'",
    "local x = 'x' .. NAME",
    "local x = not NAME",
    "local x = #NAME + 1",
    "if NAME then return 1 end",
    "while NAME do break end",
    "for i = 1, NAME do end",
    "for _, v in NAME(s) do end",
    "local x = s.a and NAME",
    "s.x = NAME",
    "t[NAME] = 1",
    "t[1] = NAME",
    "NAME.x = 1",
    "return function() return NAME end",
    "local x <const> = NAME",
    "local a, b, c = 1, NAME, 2",
    "return (s.f(NAME, 'd301'))",
    "repeat local z = 1 until NAME",
    "local x = NAME(NAME(NAME))",
};

static void test_names_are_checked_in_functions_with_many_constants(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++) {
        struct pe_arena arena = {0};
        struct pe_buf wrong = {0}, right = {0};
        for (const char *c = uses[i]; *c != '\0'; c++) {
            bool name = strncmp(c, "NAME", 4) == 0;
            pe_buf_adds(&wrong, name ? "nett" : (char[]){*c, '\0'});
            pe_buf_adds(&right, name ? "net" : (char[]){*c, '\0'});
            c += name ? 3 : 0;
        }
        loads_in_a_crowd(right.data);
        refused_in_a_crowd(wrong.data,
                           "1.1.lua: line 5: there is no global name nett (did you mean net?)");
        loads(pe_arena_printf(&arena, "local t = {}\n%s", right.data));
        refused(pe_arena_printf(&arena, "local t = {}\n%s", wrong.data),
                "1.1.lua: line 5: there is no global name nett (did you mean net?)");
        pe_buf_release(&wrong);
        pe_buf_release(&right);
        pe_arena_release(&arena);
    }
}

static void test_globals_are_not_assigned_in_functions_with_many_constants(void **state)
{
    (void)state;
    refused_in_a_crowd("count = 1", "1.1.lua: line 5...");
    refused_in_a_crowd("count = s.a", "1.1.lua: line 5...");
    refused_in_a_crowd("function count() end", "1.1.lua: line 5...");
    refused_in_a_crowd("local e = _ENV", "1.1.lua: line 5 uses _ENV in a way that cannot be "
                                         "checked");
    refused_in_a_crowd("return _ENV.nett", "1.1.lua: line 5: there is no global name nett...");
}

static void test_an_alias_of_env_gives_no_other_names_when_it_runs(void **state)
{
    char *control = control_of("local e = _ENV local k = 'net' local n = e[k]\n"
                               "pcall(function() return e.nett end)\nensure(s.a == 1, nil, 'x')");
    struct packed *packed = pack_of("1.1.lua", control, NULL);
    struct pe_text reason;

    (void)state;
    if (packed->loaded)
        assert_int_equal(judge_of(packed, "1.1", 0, "{\"a\": 1}", &reason), PE_ERROR);
    pack_free(packed);
    free(control);
}

static void test_very_long_and_very_many_names_are_taken(void **state)
{
    char *name = repeat("n", 300, ""), *text;
    struct pe_arena arena = {0};

    (void)state;
    text = pe_arena_printf(&arena, "local %s = 1\nreturn %s", name, name);
    loads(text);
    text = pe_arena_printf(&arena, "return %s", name);
    refused(text, "1.1.lua: line 4: there is no global name nnnnnnnnnnnnnnnn...");
    pe_arena_release(&arena);
    free(name);
}

static void test_lines_are_right_far_into_a_file(void **state)
{
    char *lines = repeat("local _ = s\n", 150, "");
    char *blank = repeat("\n", 1000, "");
    struct pe_arena arena = {0};

    (void)state;
    refused(pe_arena_printf(&arena, "%sensur()", lines),
            "1.1.lua: line 154: there is no global name ensur (did you mean ensure?)");
    refused(pe_arena_printf(&arena, "local a = 1\n%sensur()", blank),
            "1.1.lua: line 1005: there is no global name ensur (did you mean ensure?)");
    pe_arena_release(&arena);
    free(blank);
    free(lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_misspelt_name_is_refused_with_its_line_and_a_guess),
        cmocka_unit_test(test_names_that_lua_has_and_a_policy_has_not_are_refused),
        cmocka_unit_test(test_names_are_checked_in_functions_within_functions),
        cmocka_unit_test(test_names_are_checked_at_the_top_of_a_file_and_in_libraries),
        cmocka_unit_test(test_assigning_a_global_is_refused),
        cmocka_unit_test(test_env_is_a_name_like_any_other_and_cannot_be_had),
        cmocka_unit_test(test_names_that_exist_are_found_however_they_are_spelt),
        cmocka_unit_test(test_names_are_checked_in_functions_with_many_constants),
        cmocka_unit_test(test_globals_are_not_assigned_in_functions_with_many_constants),
        cmocka_unit_test(test_an_alias_of_env_gives_no_other_names_when_it_runs),
        cmocka_unit_test(test_very_long_and_very_many_names_are_taken),
        cmocka_unit_test(test_lines_are_right_far_into_a_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
