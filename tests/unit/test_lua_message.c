/* test_lua_message.c: what a message is made of, in both languages */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "lua_harness.h"

/* The Japanese text of a note with the format and the value. */
static void assert_japanese(const char *format, const char *value, const char *want)
{
    char check[512];
    struct harness_result result;

    snprintf(check, sizeof check,
             "note({ en = 'x', ja = '%s' }, { a = '%s', b = '網' })\nensure(s.on, s, 'off')",
             format, value);
    result = harness_run("{ \"on\": true }", check);
    assert_int_equal(result.note_count, 1);
    assert_string_equal(result.notes[0].ja, want);
    harness_release(&result);
}

static void spaces_around_latin_values_stay(void **state)
{
    (void)state;
    assert_japanese("規則 {a} により", "RDP-In", "規則 RDP-In により");
    assert_japanese("規則 {a} により", "é", "規則 é により");
    assert_japanese("規則 {a} により", "3389", "規則 3389 により");
}

static void spaces_around_japanese_values_go(void **state)
{
    (void)state;
    assert_japanese("規則 {a} により", "例外", "規則例外により");
    assert_japanese("{a} から", "本社（札幌市）", "本社（札幌市）から");
    assert_japanese("規則 {a} により", "東 LAN", "規則東 LAN により");
    assert_japanese("規則 {a} により", "LAN 東", "規則 LAN 東により");
    assert_japanese("{a} の {b} から", "東", "東の網から");
}

static void other_spaces_stay(void **state)
{
    (void)state;
    assert_japanese("{a} LAN", "東", "東 LAN");
    assert_japanese("LAN {a}", "東", "LAN 東");
    assert_japanese("規則 {a} ", "東", "規則東 ");
    assert_japanese("規則 {a} により", "", "規則  により");
    assert_japanese("{a}", "東", "東");
}

static void english_keeps_its_spaces(void **state)
{
    struct harness_result result = harness_run(
        "{ \"on\": true }", "note('of {a} in {a}', { a = '東' })\nensure(s.on, s, 'off')");

    (void)state;
    assert_string_equal(result.notes[0].en, "of 東 in 東");
    assert_string_equal(result.notes[0].ja, "of 東 in 東");
    harness_release(&result);
}

static void values_that_are_no_table_are_the_policys_fault(void **state)
{
    static const char *const checks[] = {
        "ensure(s.on, s, '{a}', s)",     "ensure(s.on, s, '{a}', 'x')",
        "ensure(not s.on, s, '{a}', s)", "note('{a}', 7)",
        "not_applicable('{a}', s)",
    };

    (void)state;
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        harness_error("{ \"on\": true }", checks[i], "the values of a message are a table");
    harness_expect("{ \"on\": true }", "note('{a}') ensure(s.on, s, '{a}', nil)", PE_PASS, "{a}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spaces_around_latin_values_stay),
        cmocka_unit_test(spaces_around_japanese_values_go),
        cmocka_unit_test(other_spaces_stay),
        cmocka_unit_test(english_keeps_its_spaces),
        cmocka_unit_test(values_that_are_no_table_are_the_policys_fault),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
