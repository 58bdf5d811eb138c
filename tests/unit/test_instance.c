/* test_instance.c: whatever a rule changes of its file is gone for the next one; what no rule
 * changed is not made again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "pack_support.h"

static const char snapshot[] = "{\"a\": 1, \"list\": [1, 2, 3]}";

static struct packed *rules_of(struct pe_arena *arena, const char *library, const char *top,
                               const char *const *bodies)
{
    const char *control = control_of_rules(arena, top, bodies);
    struct packed *packed = library == NULL
                                ? pack_of("1.1.lua", control, NULL)
                                : pack_of("lib/x.lua", library, "1.1.lua", control, NULL);

    if (!packed->loaded)
        fail_msg("%s", packed->err.text);
    return packed;
}

/* Every rule passes whenever it runs: after itself, after the other, again and again. */
static void expect_passes(const char *library, const char *top, const char *const *bodies)
{
    struct pe_arena arena = {0};
    struct packed *p = rules_of(&arena, library, top, bodies);
    struct pe_text text;

    for (size_t i = 0; i < 12; i++)
        if (judge_of(p, "1.1", i % 3 == 0, snapshot, &text) != PE_PASS)
            fail_msg("run %zu of '%s': %s", i, bodies[i % 3 == 0], text.en);
    pack_free(p);
    pe_arena_release(&arena);
}

static void test_whatever_a_rule_changes_is_gone_for_the_next(void **state)
{
    /* At the top of the file, then what every rule checks and does. */
    static const char *const changes[][2] = {
        {"local n = 0", "n = n + 1 ensure(s.a == n)"},
        {"local t = {}", "ensure(s.a == 1 and next(t) == nil) t.x = 1"},
        {"local t = { 1, 2 }", "ensure(s.a == 1 and #t == 2) table.insert(t, 3)"},
        {"local t = { 1, 2 }", "ensure(s.a == 1 and #t == 2) table.remove(t)"},
        {"local t = { 2, 1 }", "ensure(s.a == 1 and t[1] == 2) table.sort(t)"},
        {"local t = { x = 1 }", "ensure(s.a == t.x) t.x = 2"},
        {"local t = { x = true }", "ensure(s.a == 1 and t.x) t.x = nil"},
        {"local t = { deep = { deep = {} } }",
         "ensure(s.a == 1 and not t.deep.deep.x) t.deep.deep.x = true"},
        {"local function counter() local n = 0 return function() n = n + 1 return n end end\n"
         "local count = counter()",
         "ensure(s.a == count())"},
        {"local t = {}\nlocal function keep(x) t[#t + 1] = x return #t end",
         "ensure(keep(s.a) == 1)"},
        {"local text = ''", "ensure(s.a == 1 and text == '') text = text .. 'x'"},
        {"local big = {} for i = 1, 1000 do big[i] = i end",
         "ensure(s.a == big[1] and big[1000] == 1000) big[1000] = 0"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        const char *bodies[] = {changes[i][1], changes[i][1], NULL};
        expect_passes(NULL, changes[i][0], bodies);
    }
}

static void test_whatever_a_rule_changes_of_a_library_is_gone_for_the_next(void **state)
{
    static const char library[] =
        "local n = 0\nreturn { t = {}, count = function() n = n + 1 return n end }";
    static const char *const bodies[] = {
        "ensure(s.a == x.count() and next(x.t) == nil) x.t.y = 1 x.new = 1",
        "ensure(s.a == use('x').count() and x.new == nil) x.count = nil", NULL};

    (void)state;
    expect_passes(library, "local x = use('x')", bodies);
}

static void test_what_is_too_large_for_the_shelf_is_made_again_for_every_rule(void **state)
{
    /* The table does not fit; the library that is used behind it does. */
    static const char top[] = "local big = {} for i = 1, 1500000 do big[i] = 0 end\n"
                              "local x = use('x')";
    static const char *const bodies[] = {"ensure(s.a == 1 and big[1] == x.n) big[1] = 1", NULL};
    struct pe_arena arena = {0};
    struct packed *p = rules_of(&arena, "return { n = 0 }", top, bodies);
    struct pe_text text;

    (void)state;
    for (size_t i = 0; i < 3; i++)
        if (judge_of(p, "1.1", 0, snapshot, &text) != PE_PASS)
            fail_msg("run %zu: %s", i, text.en);
    pack_free(p);
    pe_arena_release(&arena);
}

static void test_a_library_that_its_user_changes_is_changed_for_every_rule_of_it(void **state)
{
    static const char *const bodies[] = {"ensure(s.a == x.n)", "ensure(s.a == x.n) x.n = 5", NULL};

    (void)state;
    expect_passes("return { n = 0 }", "local x = use('x') x.n = x.n + 1", bodies);
}

static void test_a_value_of_one_snapshot_does_not_reach_the_next(void **state)
{
    static const char *const bodies[] = {"ensure(s.a == (seen or s.a)) seen = s.a",
                                         "ensure(s.a ~= 0)", NULL};
    struct pe_arena arena = {0};
    struct packed *p = rules_of(&arena, NULL, "local seen", bodies);
    char json[40];
    struct pe_text text;

    (void)state;
    for (int i = 1; i < 6; i++) {
        snprintf(json, sizeof json, "{\"a\": %d}", i);
        assert_int_equal(judge_of(p, "1.1", 0, json, &text), PE_PASS);
    }
    pack_free(p);
    pe_arena_release(&arena);
}

static void test_what_no_rule_changed_is_not_made_again(void **state)
{
    static const char *const bodies[] = {"ensure(s.a == t.x)", "ensure(s.list[1] == t.x)", NULL};
    struct pe_arena arena = {0};
    struct packed *p = rules_of(&arena, NULL, "local t = { x = 1, list = { 1, 2, 3 } }", bodies);
    struct pe_text text;
    size_t used;

    (void)state;
    judge_of(p, "1.1", 0, snapshot, &text);
    used = p->script.vm.shelf.used;
    assert_true(used > 0);
    for (size_t i = 0; i < 50; i++)
        assert_int_equal(judge_of(p, "1.1", i % 2, snapshot, &text), PE_PASS);
    assert_int_equal(p->script.vm.shelf.used, used);
    pack_free(p);
    pe_arena_release(&arena);
}

/* Lua gives back part of its stack after an error. Were it laid on the shelf by the next file that
 * needs it, that file would seem to have changed. */
static void test_an_error_makes_no_file_run_twice(void **state)
{
    static const char *const bodies[] = {"t.x = 2 ensure(s.a == wide(9)) error('no')",
                                         "ensure(s.a == t.x and wide(5) == 1)", NULL};
    static const char top[] = "local function wide(n) local a, b, c, d = n if n > 0 then a = "
                              "wide(n - 1) end return 1 end\n"
                              "local t = { x = wide(8) }";
    struct pe_arena arena = {0};
    struct packed *p = rules_of(&arena, NULL, top, bodies);
    struct pe_text text;
    size_t used;

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(judge_of(p, "1.1", 0, snapshot, &text), PE_ERROR);
        assert_int_equal(judge_of(p, "1.1", 1, snapshot, &text), PE_PASS);
        used = p->script.vm.shelf.used;
        assert_int_equal(judge_of(p, "1.1", 1, snapshot, &text), PE_PASS);
        assert_int_equal(p->script.vm.shelf.used, used);
    }
    pack_free(p);
    pe_arena_release(&arena);
}

static void test_a_full_shelf_is_emptied(void **state)
{
    static const char *const bodies[] = {"n = n + 1 ensure(s.a == n and #big == 20000)", NULL};
    struct pe_arena arena = {0};
    struct packed *p = rules_of(
        &arena, NULL, "local n, big = 0, {}\nfor i = 1, 20000 do big[i] = { i } end", bodies);
    struct pe_text text;

    (void)state;
    for (size_t i = 0; i < 40; i++)
        if (judge_of(p, "1.1", 0, snapshot, &text) != PE_PASS)
            fail_msg("run %zu: %s", i, text.en);
    pack_free(p);
    pe_arena_release(&arena);
}

/* Between two lines of a stream. Its names may be shared with what stays. */
static void test_what_a_rest_leaves_of_the_shelf_is_used_again(void **state)
{
    static const char *const bodies[] = {
        "local g = {} for i = 1, 60000 do g[i] = { i } end ensure(s.a == t[1].x)", NULL};
    struct pe_arena arena = {0};
    struct packed *p = rules_of(
        &arena, NULL, "local t = {} for i = 1, 200 do t[i] = { x = i, y = 'y' .. i } end", bodies);
    struct pe_text text;
    size_t used = 0;

    (void)state;
    for (size_t i = 0; i < 20; i++) {
        assert_int_equal(judge_of(p, "1.1", 0, snapshot, &text), PE_PASS);
        if (i == 0)
            used = p->script.vm.shelf.used;
        pe_script_rest(&p->script);
        assert_true(p->script.vm.live < 1024 * 1024);
        assert_true(p->script.vm.shelf.used <= used);
    }
    assert_true(used > 200 * 64);
    pack_free(p);
    pe_arena_release(&arena);
}

static void test_the_fuel_of_a_rule_does_not_depend_on_who_ran_its_file(void **state)
{
    /* The first rule runs the file, which takes most of a tank; the second finds it made. */
    static const char *const bodies[] = {"local n = 0 for i = 1, 1000000 do n = n + 1 end "
                                         "ensure(s.a == 1)",
                                         "local n = 0 for i = 1, 1000000 do n = n + 1 end "
                                         "ensure(s.a == 1)",
                                         NULL};
    struct pe_arena arena = {0};
    struct packed *p =
        rules_of(&arena, NULL, "local n = 0 for i = 1, 3000000 do n = n + 1 end", bodies);
    struct pe_text text;
    int64_t left;

    (void)state;
    assert_int_equal(judge_of(p, "1.1", 0, snapshot, &text), PE_PASS);
    left = p->script.vm.fuel;
    assert_int_equal(judge_of(p, "1.1", 1, snapshot, &text), PE_PASS);
    assert_true(left - p->script.vm.fuel < 1000 && p->script.vm.fuel - left < 1000);
    pack_free(p);
    pe_arena_release(&arena);
}

/* What is kept of a list saves time, not fuel: asked by turns nothing is kept, one after the other
 * each is. And it goes with its rule. */
static void test_the_fuel_of_a_rule_does_not_depend_on_what_is_kept(void **state)
{
    static const char addresses[] = "{\"l\": [\"10.0.0.0/8\", \"192.0.2.0/24\", \"::/64\"], "
                                    "\"m\": [\"172.16.0.0/12\", \"127.0.0.1\"]}";
    static const char *const bodies[] = {
        "local l, m, x = s.l, s.m, '10.0.0.1' "
        "for i = 1, 50 do ensure(net.contains(l, x)) ensure(not net.contains(m, x)) end",
        "local l, m, x = s.l, s.m, '10.0.0.1' "
        "for i = 1, 50 do ensure(net.contains(l, x)) end "
        "for i = 1, 50 do ensure(not net.contains(m, x)) end",
        NULL};
    struct pe_arena arena = {0};
    struct packed *p = rules_of(&arena, NULL, "", bodies);
    struct pe_text text;
    int64_t left[4];

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(judge_of(p, "1.1", i % 2, addresses, &text), PE_PASS);
        left[i] = p->script.vm.fuel;
        assert_null(p->script.vm.kept_of);
    }
    for (size_t i = 1; i < 4; i++)
        assert_true(left[i] - left[0] < 1000 && left[0] - left[i] < 1000);
    pack_free(p);
    pe_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whatever_a_rule_changes_is_gone_for_the_next),
        cmocka_unit_test(test_whatever_a_rule_changes_of_a_library_is_gone_for_the_next),
        cmocka_unit_test(test_what_is_too_large_for_the_shelf_is_made_again_for_every_rule),
        cmocka_unit_test(test_a_library_that_its_user_changes_is_changed_for_every_rule_of_it),
        cmocka_unit_test(test_a_value_of_one_snapshot_does_not_reach_the_next),
        cmocka_unit_test(test_what_no_rule_changed_is_not_made_again),
        cmocka_unit_test(test_an_error_makes_no_file_run_twice),
        cmocka_unit_test(test_a_full_shelf_is_emptied),
        cmocka_unit_test(test_what_a_rest_leaves_of_the_shelf_is_used_again),
        cmocka_unit_test(test_the_fuel_of_a_rule_does_not_depend_on_who_ran_its_file),
        cmocka_unit_test(test_the_fuel_of_a_rule_does_not_depend_on_what_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
