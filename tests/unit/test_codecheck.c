/* test_codecheck.c: what Lua compiles wrongly, or dies of, is refused with its line. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_support.h"
#include "lua/bytecode.h"
#include "pack_support.h"

#define BY_COMPARISON                                                                              \
    ": Lua 5.4 can read a wrong value here, a table of an outer function indexed by a "            \
    "comparison: write `local key = a > b`, then `t[key]`"
#define BITWISE                                                                                    \
    ": Lua 5.4 can compute a wrong value here, by a bitwise operator in a function with more "     \
    "than 255 constants: move it into a function of its own"
#define CHAIN ": more than 200 fields of fields in a row: keep parts of a.b.c... in locals"

/* The body of a function inside the file; its first line is line 2. */
static char *file_of(struct pe_arena *arena, const char *body)
{
    return pe_arena_printf(arena,
                           "local t, u, a, b = {}, { v = {} }, 1, 2 local function f(n, m)\n%s\n"
                           "end\nreturn { f, t, u, a, b }",
                           body);
}

static void refused(const char *body, const char *why)
{
    struct pe_arena arena = {0};

    check_file("lib/x.lua", file_of(&arena, body), why);
    pe_arena_release(&arena);
}

static void accepted(const char *body)
{
    struct pe_arena arena = {0};

    check_loads("lib/x.lua", file_of(&arena, body));
    pe_arena_release(&arena);
}

static void test_indexing_an_outer_table_by_a_comparison_is_refused(void **state)
{
    static const char *const bodies[] = {
        "return t[n > 0]",          "return t[n == m]",
        "return t[n ~= 'x']",       "return t[not (n < m)]",
        "return t[1 < n] or m",     "t[n <= m] = 1",
        "return u[a == b].v",       "return f(t[n >= m])",
        "return { t[n == nil] }",   "return t[n > m](n)",
        "return t[n > 0]:v()",      "local x <const> = t[n == 1] return x",
        "return t[(n and m) == b]", "return #t[n .. m == a]",
        "t[n > 0], n = m, m",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        refused(bodies[i], "lib/x.lua: line 2" BY_COMPARISON);
    refused("local x = 1\nlocal y = 2\n\nreturn t[x > y]", "lib/x.lua: line 5" BY_COMPARISON);
    refused("return function()\n return function()\n return t[n > 1] end end",
            "lib/x.lua: line 4" BY_COMPARISON);
}

static void test_other_ways_to_index_and_compare_are_accepted(void **state)
{
    static const char *const bodies[] = {
        "local k = n > 0 return t[k]",
        "local l = t return l[n > 0]",
        "return t[n and m]",
        "return t[n > 0 and 'x' or 'y']",
        "return t[n] > 0",
        "return not t[n + 1]",
        "return n > 0, n == m, not (n < m)",
        "return t[f(n > 0)]",
        "return (n > 0) == (m > 0)",
        "return t[not n]",
        "local x = n > m if x == (a < b) then return t.v end",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        accepted(bodies[i]);
}

/* A table of so many constants before the body, on its line. */
static char *crowded(unsigned count, const char *body)
{
    struct pe_buf buf = {0};

    pe_buf_adds(&buf, "local pad = {");
    for (unsigned i = 0; i < count; i++)
        pe_buf_printf(&buf, "'c%u',", i);
    pe_buf_printf(&buf, "} %s", body);
    assert_false(pe_buf_failed(&buf));
    return buf.data;
}

static void test_bitwise_operators_need_a_function_without_many_constants(void **state)
{
    static const char *const bodies[] = {"return 1 & (n or m)", "return n | m",
                                         "return n ~ (m or 3)", "return n << m", "return n >> m"};
    char *text;

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        text = crowded(256, bodies[i]);
        refused(text, "lib/x.lua: line 2" BITWISE);
        free(text);
        text = crowded(250, bodies[i]);
        accepted(text);
        free(text);
    }
    text = crowded(300, "local function g(x, y) return x & y end return g(n, m) + ~n");
    accepted(text);
    free(text);
}

static void test_long_chains_of_fields_are_refused(void **state)
{
    static const char *const links[] = {".b", "[a]", ".b[n]", "[1]"};
    struct pe_arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        char *longer = repeat(links[i], 201, ""), *shorter = repeat(links[i], 90, "");
        refused(pe_arena_printf(&arena, "return f(n)%s", longer), "lib/x.lua: line 2" CHAIN);
        accepted(pe_arena_printf(&arena, "return f(n)%s", shorter));
        accepted(pe_arena_printf(&arena, "local x = f(n)%s\nlocal y = f(x)%s\nreturn y%s", shorter,
                                 shorter, shorter));
        free(longer);
        free(shorter);
    }
    pe_arena_release(&arena);
}

static void test_every_file_of_a_pack_is_checked(void **state)
{
    static const char wrong[] = "local t = {}\nlocal function f(n) return t[n > 0] end\n";

    (void)state;
    check_file("pack.lua", wrong, "pack.lua: line 2" BY_COMPARISON);
    check_file("model.lua", wrong, "model.lua: line 2" BY_COMPARISON);
    check_file("lib/x.lua", wrong, "lib/x.lua: line 2" BY_COMPARISON);
    check_file("1.1.lua", wrong, "1.1.lua: line 2" BY_COMPARISON);
}

static void test_only_releases_that_were_tried_are_known(void **state)
{
    (void)state;
    assert_true(pe_bytecode_knows_release("$LuaVersion: Lua 5.4.4  Copyright (C) $"));
    assert_true(pe_bytecode_knows_release("$LuaVersion: Lua 5.4.9  Copyright (C) $"));
    assert_false(pe_bytecode_knows_release("$LuaVersion: Lua 5.4.3  Copyright (C) $"));
    assert_false(pe_bytecode_knows_release("$LuaVersion: Lua 5.4.44  Copyright (C) $"));
    assert_false(pe_bytecode_knows_release("$LuaVersion: Lua 5.5.4  Copyright (C) $"));
    assert_false(pe_bytecode_knows_release(""));
}

/* ---- what this Lua does with it: to know, not to fail ---- */

static bool is_miscompiled(const char *text, const char *want)
{
    lua_State *L = luaL_newstate();
    bool wrong;

    assert_non_null(L);
    luaL_checkversion(L);
    wrong = luaL_loadstring(L, text) != LUA_OK || lua_pcall(L, 0, 1, 0) != LUA_OK ||
            lua_tostring(L, -1) == NULL || strcmp(lua_tostring(L, -1), want) != 0;
    lua_close(L);
    return wrong;
}

static void test_what_this_lua_compiles_wrongly_is_refused(void **state)
{
    char *crowd = crowded(300, "return '' .. (1 & (3 or 3))");
    bool by_comparison = is_miscompiled("local t = { [true] = 'FAIL', [false] = 'PASS' }\n"
                                        "local function f(n) return t[n > 0] end\n"
                                        "local x, y, z = f(5), f(0), f(1)\n"
                                        "return x .. y .. z",
                                        "FAILPASSFAIL");
    bool bitwise = is_miscompiled(crowd, "1");

    (void)state;
    printf("          %.30s: index by comparison %s, bitwise operators %s\n", lua_ident + 13,
           by_comparison ? "WRONG" : "right", bitwise ? "WRONG" : "right");
    refused("return t[n > 0]", "lib/x.lua: line 2" BY_COMPARISON);
    refused(crowd, "lib/x.lua: line 2" BITWISE);
    free(crowd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_indexing_an_outer_table_by_a_comparison_is_refused),
        cmocka_unit_test(test_other_ways_to_index_and_compare_are_accepted),
        cmocka_unit_test(test_bitwise_operators_need_a_function_without_many_constants),
        cmocka_unit_test(test_long_chains_of_fields_are_refused),
        cmocka_unit_test(test_every_file_of_a_pack_is_checked),
        cmocka_unit_test(test_only_releases_that_were_tried_are_known),
        cmocka_unit_test(test_what_this_lua_compiles_wrongly_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
