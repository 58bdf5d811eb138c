/* test_walls_lua.c: what a policy can call takes odd arguments and charges for its work. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "lua_harness.h"

static const char json[] = "{\"a\": 1, \"list\": [1, 2, 3], \"object\": {\"x\": 1, \"y\": 2}}";

/* Each call raises an ordinary error. */
static void raise_all(const char *before, const char *const *calls, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct pe_arena arena = {0};
        harness_value(
            json,
            pe_arena_printf(&arena, "(function() %s return pcall(%s) end)()", before, calls[i]),
            "false");
        pe_arena_release(&arena);
    }
}

static void test_iterators_take_nothing_but_what_they_walk(void **state)
{
    static const char *const calls[] = {
        "f, 'AAAAAAAAAAAAAAAA', 0",
        "f, 7, 0",
        "f, true, 0",
        "f, print_, 0",
        "f, nil, 0",
        "f",
        "f, {}, 'x'",
        "f, {}, 1.5",
        "f, {}",
        "f, {}, '1'",
    };

    (void)state;
    raise_all("local f, print_ = ipairs({ 1 }), function() end", calls, 10);
    raise_all("local f, print_ = ipairs(s.list), function() end", calls, 10);
    raise_all("local f, print_ = each(s.list, 'x', function() return true end), function() end",
              calls, 10);
    raise_all("local f, print_ = pairs({ a = 1 }), function() end", calls, 6);
}

static void test_iterators_take_any_position(void **state)
{
    static const char *const iterators[] = {"ipairs({ 1, 2 })", "ipairs(s.list)",
                                            "each(s.list, 'x', function() return true end)"};
    static const char *const positions[] = {"-1",      "math.mininteger", "math.maxinteger",
                                            "1 << 32", "(1 << 32) - 1",   "3"};

    (void)state;
    for (size_t i = 0; i < sizeof iterators / sizeof iterators[0]; i++)
        for (size_t j = 0; j < sizeof positions / sizeof positions[0]; j++) {
            struct pe_arena arena = {0};
            harness_value(json,
                          pe_arena_printf(&arena,
                                          "(function() local f, t = %s return (f(t, %s)) end)()",
                                          iterators[i], positions[j]),
                          "nil");
            pe_arena_release(&arena);
        }
}

static void test_a_string_is_no_number_for_luas_own_functions(void **state)
{
    static const char *const calls[] = {
        "string.sub, 'abc', '2'",
        "string.rep, 'x', '3'",
        "string.byte, 'x', '1'",
        "string.find, 'x', 'x', '1'",
        "string.gsub, 'x', 'x', '', '1'",
        "table.concat, {}, '', '1'",
        "table.insert, {}, '1', 2",
        "table.remove, {}, '1'",
        "table.unpack, {}, '1'",
        "select, '1', 2",
        "error, 'x', '1'",
        "math.floor, '1'",
        "math.max, '1', 2",
        "string.format, '%d', '1'",
    };

    (void)state;
    raise_all("", calls, sizeof calls / sizeof calls[0]);
}

/* Bodies that do much work in few instructions end in time, by the limit of instructions. */
static void test_work_of_the_host_is_paid_for(void **state)
{
    static const char *const bodies[] = {
        "local p = ('x'):rep(65000) while true do string.find('', p, 5) end",
        "local p = '[' .. ('x'):rep(65000) .. ']' while true do string.find('', p) end",
        "local p = ('[x]?'):rep(60) while true do string.match('', p) end",
        "local a = ('x'):rep(65000) while true do a:upper() end",
        "local a = ('x'):rep(65000) while true do net.kind(a) end",
        "local t = {} for i = 1, 50000 do t[i] = i end while true do table.insert(t, 1, 1) end",
        "local t = {} for i = 1, 50000 do t[i] = -i end while true do table.sort(t) end",
        "while true do string.format('%99.99f%99.99f', 1e308, 1e308) end",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        harness_error(json, bodies[i], "instructions");
}

static void test_instructions_on_long_strings_and_hollow_tables_cost_more(void **state)
{
    static const char *const bodies[] = {
        "local a = ('x'):rep(250000) local b = ('x'):rep(249999) .. 'x' while true do "
        "if a == b then end end",
        "local a = ('x'):rep(250000) local b = ('x'):rep(249999) .. 'y' while true do "
        "if a < b then end end",
        "local a, t = ('x'):rep(250000), {} t[a] = 1 local b = ('x'):rep(249999) .. 'x' "
        "while true do local _ = t[b] end",
        "local p = ('0'):rep(60000) .. '1' while true do for i = 1, p do end end",
        "local t = {} for i = 1, 300000 do t[i + 0.5] = i end for i = 1, 300000 do "
        "t[i + 0.5] = nil end while true do next(t) end",
        "local t = {} for i = 1, 300000 do t[i + 0.5] = i end for i = 1, 300000 do "
        "t[i + 0.5] = nil end while true do is_empty(t) end",
        "local t = {} for i = 1, 300000 do t[i] = i end for i = 1, 300000 do t[i] = nil end "
        "while true do pairs(t) end",
    };
    clock_t start = clock();

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        harness_error(json, bodies[i], "instructions");
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 60);
}

/* A call with so many values that copying them is work: g(n) passes on 50 times n. */
#define MANY                                                                                       \
    "local function g(n, ...) if n == 0 then return w(...) end return g(n - 1, 1, 2, 3, 4, 5, 6, " \
    "7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, "    \
    "30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, ...) "    \
    "end g(3000)"

static void test_instructions_that_copy_many_values_cost_more(void **state)
{
    clock_t start = clock();

    (void)state;
    harness_error(json,
                  "local function w(...) while true do local a = select('#', ...) end end " MANY,
                  "instructions");
    harness_error(json,
                  "local function w(...) local m = math.max while true do m(...) end end " MANY,
                  "instructions");
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 20);
}

static void test_deep_calls_that_return_cost_little(void **state)
{
    (void)state;
    harness_expect(
        json,
        "local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end\n"
        "for i = 1, 1000 do ensure(depth(20) == s.a + 19, nil, 'x') end",
        PE_PASS, NULL);
}

static void test_endless_recursion_ends_in_an_error(void **state)
{
    static const char *const bodies[] = {
        "local function f() return 1 + f() end f()",
        "local function f() return pcall(f) end while true do f() end",
        "local function f() local ok, e = pcall(f) error(e) end f()",
        "local function f(x) return (x:gsub('.', f)) end f('x')",
        "local function f(a, b) table.sort({ 1, 2 }, f) end f()",
        "local t = {} t[1] = t local function f(x) for _, v in pairs(x) do f(v) end end f(t)",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct harness_result result = harness_run(json, bodies[i]);
        assert_int_equal(result.status, PE_ERROR);
        harness_release(&result);
    }
}

static void test_what_a_rule_reports_is_bounded(void **state)
{
    static const char *const bodies[] = {
        "while true do ensure(s.a == 2, nil, ('{x}'):rep(600), { x = ('y'):rep(200) }) end",
        "while true do has(s, 'b' .. s.a) ensure(s.a == 2, nil, ('x'):rep(2000)) end",
        "local p = ('x'):rep(60000) for i = 1, 2000 do local _ = s[p .. i] end",
        "local p = ('x'):rep(900) local i = 0 while true do i = i + 1 local _ = s[p .. i] end",
        "local p = ('x'):rep(2000) while true do note(p) end",
        "local p = ('{x}'):rep(600) while true do note(p, { x = ('y'):rep(200) }) end",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct harness_result result = harness_run(json, bodies[i]);
        assert_int_equal(result.status, PE_ERROR);
        assert_non_null(strstr(result.reason.en, "limit"));
        assert_true(result.arena->bytes < 64 * 1024 * 1024);
        harness_release(&result);
    }
}

static void test_an_error_of_any_type_and_size_is_told_in_clean_text(void **state)
{
    static const struct {
        const char *body, *words;
    } cases[] = {
        {"error()", "an error object of type nil"},
        {"error({})", "an error object of type table"},
        {"error(true)", "an error object of type boolean"},
        {"error(function() end)", "an error object of type function"},
        {"error(s.list)", "an error object of type userdata"},
        {"error('a\\27[2J\\n\\0b', 0)", "a [2J"},
        {"error('\\xFF', 0)", "not UTF-8"},
        {"error(('x'):rep(60000), 0)", "xxxxxxxx"},
        {"error(1.5)", "an error object of type number"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct harness_result result = harness_run(json, cases[i].body);
        assert_int_equal(result.status, PE_ERROR);
        if (strstr(result.reason.en, cases[i].words) == NULL)
            fail_msg("%s: %s", cases[i].body, result.reason.en);
        assert_true(strlen(result.reason.en) < 400);
        for (const char *c = result.reason.en; *c != '\0'; c++)
            assert_true((unsigned char)*c >= 0x20);
        harness_release(&result);
    }
}

static void test_no_pcall_turns_a_limit_into_a_pass(void **state)
{
    static const char *const bodies[] = {
        "pcall(function() while true do end end)",
        "pcall(function() local t = {} while true do t[#t + 1] = { t } end end)",
        "pcall(string.rep, 'x', 1 << 40)",
        "pcall(function() local x = 'x' while true do x = x .. x end end)",
        "pcall(string.find, ('a'):rep(60000), ('.-'):rep(8) .. 'b')",
        "pcall(pcall, pcall, pcall, function() while true do end end)",
        "for i = 1, 3 do pcall(table.sort, { 3, 2, 1 }, function() while true do end end) end",
        "pcall(string.gsub, 'xx', 'x', function() while true do end end)",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct pe_arena arena = {0};
        struct harness_result result =
            harness_run(json, pe_arena_printf(&arena, "%s ensure(s.a == 1, nil, 'x')", bodies[i]));
        assert_int_equal(result.status, PE_ERROR);
        harness_release(&result);
        pe_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_iterators_take_nothing_but_what_they_walk),
        cmocka_unit_test(test_iterators_take_any_position),
        cmocka_unit_test(test_a_string_is_no_number_for_luas_own_functions),
        cmocka_unit_test(test_work_of_the_host_is_paid_for),
        cmocka_unit_test(test_instructions_on_long_strings_and_hollow_tables_cost_more),
        cmocka_unit_test(test_instructions_that_copy_many_values_cost_more),
        cmocka_unit_test(test_deep_calls_that_return_cost_little),
        cmocka_unit_test(test_endless_recursion_ends_in_an_error),
        cmocka_unit_test(test_what_a_rule_reports_is_bounded),
        cmocka_unit_test(test_an_error_of_any_type_and_size_is_told_in_clean_text),
        cmocka_unit_test(test_no_pcall_turns_a_limit_into_a_pass),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
