/* test_lua_string.c: string.*, table.* and math.* as policies see them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lua_harness.h"

/* ---- string ---- */

static void test_patterns_work_as_in_lua(void **state)
{
    (void)state;
    harness_value("{}", "('hello world'):find('o w')", "5");
    harness_value("{}", "select(2, ('hello'):find('l+'))", "4");
    harness_value("{}", "select(3, ('k=v'):find('(%w)='))", "k");
    harness_value("{}", "('a.b'):find('.', 1, true)", "2");
    harness_value("{}", "('abc'):find('b', -1)", "nil");
    harness_value("{}", "('abc'):find('', 10)", "nil");
    harness_value("{}", "('2026-11-21'):match('^(%d+)%-')", "2026");
    harness_value("{}", "('abc'):match('()c')", "3");
    harness_value("{}", "('abc'):match('x')", "nil");
    harness_expect("{}",
                   "local t = {} for k, v in ('a=1, b=2'):gmatch('(%w)=(%w)') do "
                   "t[#t + 1] = k .. v end note(table.concat(t, ' '))",
                   PE_UNKNOWN, "a1 b2");
    harness_value("{}", "(('hello'):gsub('l', 'L'))", "heLLo");
    harness_value("{}", "select(2, ('hello'):gsub('l', 'L', 1))", "1");
    harness_value("{}", "(('hello'):gsub('(h)(e)', '%2%1%%%0'))", "eh%hello");
    harness_value("{}", "(('a b'):gsub('%w', { a = 'x', b = false }))", "x b");
    harness_value("{}", "(('ab'):gsub('', '-'))", "-a-b-");
    harness_value("{}", "(('ab'):gsub('.', function(c) return c:upper() end))", "AB");
    harness_error("{}", "('x'):match('[a')", "malformed pattern");
    harness_error("{}", "('x'):gsub('x', '%2')", "invalid capture index");
    harness_error("{}", "('x'):gsub('x', function() return {} end)", "invalid replacement value");
}

static void test_a_pattern_that_runs_away_ends_the_rule(void **state)
{
    static const char *const bodies[] = {
        "('a'):rep(2000):match(('a*'):rep(30) .. 'b')",
        "pcall(string.match, ('a'):rep(2000), ('a*'):rep(30) .. 'b')",
        "for _ in ('a'):rep(2000):gmatch(('a*'):rep(30) .. 'b') do end",
        "('a'):rep(2000):gsub(('a*'):rep(30) .. 'b', '')",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        harness_error("{}", bodies[i], "a pattern took more than");
}

static void test_pieces_of_strings_are_clipped_as_in_lua(void **state)
{
    static const char *const cases[][2] = {
        {"('hello'):sub(2, 3)", "el"},
        {"('hello'):sub(-3)", "llo"},
        {"('hello'):sub(0)", "hello"},
        {"('hello'):sub(4, 2)", ""},
        {"('hello'):sub(-9, 9)", "hello"},
        {"('hello'):sub(2, -9)", ""},
        {"('ab'):byte()", "97"},
        {"('ab'):byte(-1)", "98"},
        {"select('#', ('ab'):byte(1, -1))", "2"},
        {"select('#', ('ab'):byte(0))", "0"},
        {"('ab'):rep(3, ',')", "ab,ab,ab"},
        {"('ab'):rep(0)", ""},
        {"('ab'):reverse()", "ba"},
        {"('ab'):len()", "2"},
        {"('aéZ'):upper()", "AéZ"},
        {"('AÉz'):lower()", "aÉz"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        harness_value("{}", cases[i][0], cases[i][1]);
    harness_error("{}", "('a'):rep(257):byte(1, -1)", "256 values at most");
}

static void test_a_string_that_is_too_long_ends_the_rule(void **state)
{
    static const char *const bodies[] = {
        "('x'):rep(262145)",
        "('x'):rep(1 << 62, ('y'):rep(100))",
        "pcall(string.rep, 'x', 262145)",
        "local x = ('x'):rep(262144) return x .. x",
        "local x = ('x'):rep(200000) return string.format('%s%s', x, x)",
        "local x = ('x'):rep(1000) return (x:gsub('x', x))",
        "local x = ('x'):rep(200000) return table.concat({ x, x })",
        "local x = ('x'):rep(1000) return (x:gsub('x', function() return x end))",
    };

    (void)state;
    harness_value("{}", "#('x'):rep(262000)", "262000");
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        harness_error("{}", bodies[i], "a string longer than");
}

static void test_format_knows_its_conversions(void **state)
{
    static const char *const cases[][2] = {
        {"('%d %5d|%-5d|%05d'):format(1, 2, 3, 4)", "1     2|3    |00004"},
        {"('%x %X'):format(255, 255)", "ff FF"},
        {"('%.2f %g %.3g'):format(1.005, 0.1, 12345)", "1.00 0.1 1.23e+04"},
        {"('%s %s %s'):format(true, 1.0, 'x')", "true 1 x"},
        {"('%5s|%-5s|%.2s'):format('ab', 'ab', 'abc')", "   ab|ab   |ab"},
        {"('100%%'):format()", "100%"},
        {"('%g %f'):format(0/0, 1/0)", "nan inf"},
        {"('%d'):format(3.0)", "3"},
        {"('%s'):format(s.a)", "a"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        harness_value("{\"a\": [1]}", cases[i][0], cases[i][1]);
    harness_error("{}", "('%q'):format('x')", "invalid conversion '%q'");
    harness_error("{}", "('%'):format('x')", "invalid conversion");
    harness_error("{}", "('%123d'):format(1)", "invalid conversion");
    harness_error("{}", "('%d'):format('10')", "number expected");
    harness_error("{}", "('%d'):format(1.5)", "no integer representation");
}

static void test_nil_after_a_missing_read_is_unknown(void **state)
{
    static const char *const calls[] = {
        "string.lower(s.x)",
        "string.find(s.x, 'a')",
        "string.match('a', s.x)",
        "string.format('%s', s.x)",
        "string.format('%d', s.x)",
        "string.rep('a', s.x)",
        "('a'):gsub('a', s.x)",
        "table.concat(s.x)",
        "table.concat({ 'a', s.x, 'b' })",
        "table.unpack(s.x)",
        "table.insert(s.x, 1)",
        "table.remove(s.x)",
        "table.sort(s.x)",
        "table.sort({ 1, s.x, 2 })",
        "math.floor(s.x)",
        "math.max(1, s.x)",
        "math.abs(s.x)",
        "string.byte(s.x)",
        "string.sub('abc', s.x)",
        "string.len(s.x)",
        "math.min(s.x)",
    };

    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        harness_unknown("{}", calls[i], "/x", "is missing");
}

/* ---- table ---- */

static void test_tables_are_joined_and_changed_as_in_lua(void **state)
{
    (void)state;
    harness_value("{}", "table.concat({ 1, 'b', 2.5 }, '-')", "1-b-2.5");
    harness_value("{}", "table.concat({ 'a', 'b', 'c' }, '', 2, 3)", "bc");
    harness_value("{}", "table.concat({})", "");
    harness_expect("{}",
                   "local t = { 'a', 'c' } table.insert(t, 2, 'b') table.insert(t, 'd') "
                   "local gone = table.remove(t, 1) note(table.concat(t) .. gone .. "
                   "table.remove(t) .. #t)",
                   PE_UNKNOWN, "bcdad2");
    harness_expect("{}",
                   "local t = { 3, 1, 2 } table.sort(t, function(a, b) return a > b end) "
                   "note(table.concat(t))",
                   PE_UNKNOWN, "321");
    harness_value("{}", "select('#', table.unpack({ 1, 2, 3 }))", "3");
    harness_error("{}", "table.insert({}, 5, 'x')", "position out of bounds");
    harness_error("{}", "table.sort({ 1, 'x' })", "attempt to compare");
    harness_error("{}", "table.concat({ {} })", "is a table");
    harness_error("{}", "table.unpack({}, 1, 1000)", "250 values at most");
}

static void test_lists_of_the_snapshot_are_read_and_never_written(void **state)
{
    struct harness_result result = harness_run(
        "{\"l\": [\"a\", \"b\"]}", "ensure(table.concat(s.l, ',') == 'a,b', s, 'no') local _, b = "
                                   "table.unpack(s.l) ensure(b == 'b', s, 'no')");

    (void)state;
    assert_int_equal(result.status, PE_PASS);
    assert_true(harness_has_read(&result, "/l/1"));
    harness_release(&result);
    harness_unknown("{\"l\": []}", "ensure(table.concat(s.l) == '', s, 'no')", "/l", "empty");
    harness_unknown("{\"l\": [\"a\", null]}", "table.concat(s.l)", "/l/1", "null");
    harness_error("{\"l\": [1]}", "table.insert(s.l, 2)", "the snapshot cannot be written to");
    harness_error("{\"l\": [1]}", "table.remove(s.l)", "the snapshot cannot be written to");
    harness_error("{\"l\": [1]}", "table.sort(s.l)", "the snapshot cannot be written to");
}

static void test_shared_tables_are_never_written(void **state)
{
    (void)state;
    harness_error("{}", "table.insert(net, 1)", "shared");
    harness_error("{}", "table.insert(params, 1)", "shared");
    harness_error("{}", "table.sort(string)", "shared");
}

static void test_inserting_at_the_front_is_paid_for(void **state)
{
    (void)state;
    harness_error("{}", "local t = {} for i = 1, 100000 do table.insert(t, 1, i) end",
                  "instructions");
}

/* ---- math ---- */

static void test_numbers_are_rounded_and_compared(void **state)
{
    static const char *const cases[][2] = {
        {"math.floor(2.7)", "2"},
        {"math.floor(-2.1)", "-3"},
        {"math.ceil(2.1)", "3"},
        {"math.floor(5)", "5"},
        {"math.floor(1e300)", "1e+300"},
        {"math.max(1, 3.5, 2)", "3.5"},
        {"math.min(3, 1, 2)", "1"},
        {"math.abs(-3)", "3"},
        {"math.abs(-1.5)", "1.5"},
        {"math.tointeger(3.0)", "3"},
        {"math.tointeger(3.5)", "nil"},
        {"math.tointeger('3')", "nil"},
        {"math.type(1)", "integer"},
        {"math.type(1.0)", "float"},
        {"math.type('1')", "nil"},
        {"math.huge", "inf"},
        {"math.maxinteger + 1 == math.mininteger", "true"},
        {"math.abs(math.mininteger) == math.mininteger", "true"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        harness_value("{}", cases[i][0], cases[i][1]);
    harness_error("{}", "math.floor('3')", "number expected");
    harness_error("{\"as_of\": \"2026-11-21T00:00:00Z\"}", "math.max()", "number expected");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patterns_work_as_in_lua),
        cmocka_unit_test(test_a_pattern_that_runs_away_ends_the_rule),
        cmocka_unit_test(test_pieces_of_strings_are_clipped_as_in_lua),
        cmocka_unit_test(test_a_string_that_is_too_long_ends_the_rule),
        cmocka_unit_test(test_format_knows_its_conversions),
        cmocka_unit_test(test_nil_after_a_missing_read_is_unknown),
        cmocka_unit_test(test_tables_are_joined_and_changed_as_in_lua),
        cmocka_unit_test(test_lists_of_the_snapshot_are_read_and_never_written),
        cmocka_unit_test(test_shared_tables_are_never_written),
        cmocka_unit_test(test_inserting_at_the_front_is_paid_for),
        cmocka_unit_test(test_numbers_are_rounded_and_compared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
