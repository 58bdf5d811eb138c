/* test_test_run.c: a pack's own tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "test_run.h"

static const char control[] =
    "return { title = 't', severity = 'low', owner = 'customer',\n"
    "params = { most = { type = 'integer', default = 2, min = 1, doc = 'd' },\n"
    "           names = { type = 'list', default = { 'a' }, doc = 'd' } },\n"
    "rules = {\n"
    "{ id = 'on', title = 'r', check = function(s) ensure(s.on, s, 'it is off') end },\n"
    "{ id = 'few', title = 'r', check = function(s, params)\n"
    "  for _, e in ipairs(s.list) do ensure(e.n <= params.most, e, 'too many') end end },\n"
    "{ id = 'fresh', title = 'r', check = function(s, params, as_of)\n"
    "  ensure(time.age(s.seen, as_of) < 86400, s, 'stale') end },\n"
    "} }";
static const char other[] =
    "return { title = 't', severity = 'low', owner = 'customer',\n"
    "rules = { { id = 'broken', title = 'r', check = function(s) local _ = s.on + {} end } } }";
/* Used by no control. */
static const char lib_words[] = "local M = {}\n"
                                "\n"
                                "-- no code\n"
                                "function M.f(x)\n"
                                "  -- none either\n"
                                "  return x\n"
                                "end\n"
                                "local t =\n"
                                "{ M, M }\n"
                                "return t\n";
/* Lines that only hold what Lua never comes by. */
static const char lib_returns[] = "local M = {}\n"
                                  "function M.f(x)\n"
                                  "  if x then\n"
                                  "    if x > 1 then\n"
                                  "      return 1\n"
                                  "    end\n"
                                  "  else\n"
                                  "    x = 2\n"
                                  "  end\n"
                                  "  return M.f({\n"
                                  "    x = x,\n"
                                  "  })\n"
                                  "end\n"
                                  "return M\n";
static const char model[] = "local n = integer{}\n"
                            "local e = record{ { 'id', text{}, required = true }, { 'n', n } }\n"
                            "return record{ { 'as_of', text{} }, { 'seen', text{} }, { 'never', n, "
                            "required = true }, { 'rare', n },\n"
                            "  { 'on', boolean }, { 'list', list(e) } }\n";
static const char base[] =
    "{\"as_of\": \"2026-11-21T00:00:00Z\", \"seen\": \"2026-11-20T12:00:00Z\", \"on\": true,\n"
    " \"list\": [{\"id\": \"x\", \"n\": 1}, {\"id\": \"y\", \"n\": 2}]}";

struct log {
    size_t count, numbers[8];
    char names[8][80], whys[8][400];
    bool passed[8];
};

static void log_case(void *ud, size_t number, const struct pe_test_case *result)
{
    struct log *log = ud;

    assert_true(log->count < 8);
    log->numbers[log->count] = number;
    snprintf(log->names[log->count], 80, "%s: %s", result->control, result->name);
    snprintf(log->whys[log->count], 400, "%s", result->why);
    log->passed[log->count++] = result->passed;
}

static struct pe_file make_file(const char *name, const char *text)
{
    return (struct pe_file){name, text, strlen(text)};
}

/* Everything that a run of one test file needs. */
struct setup {
    const char *tests; /* tests/1.1.lua; NULL: none */
    const char *name;  /* another name for it */
    const char *only;
    struct log log;
    unsigned shard, shards;
    bool all;             /* coverage of lines and fields too */
    char uncovered[1000]; /* "FILE:LINE WHAT;" for each */
    size_t count;         /* of cases, in all shards */
    struct pe_arena arena;
    struct pe_err err;
};

static void log_uncovered(struct setup *setup, struct pe_coverage_log *log)
{
    const struct pe_coverage_item *items;
    char *at = setup->uncovered;
    size_t count;

    for (int kind = 0; kind < PE_COVERAGE_COUNT; kind++) {
        if (kind != PE_COVER_RULES && !log->all)
            break;
        assert_int_equal(
            pe_coverage_items(log, (enum pe_coverage_kind)kind, &items, &count, &setup->err), 0);
        for (size_t i = 0; i < count; i++)
            if (items[i].marks != PE_REACHED && at < setup->uncovered + 900)
                at += sprintf(at, "%s:%u %s;", items[i].file, items[i].line, items[i].what);
    }
}

static int run(struct setup *setup)
{
    struct pe_file items[8];
    struct pe_file fixture = make_file("kind/base.json", base);
    struct pe_files files = {items, 0, NULL}, fixtures = {&fixture, 1, NULL};
    struct pe_script script;
    struct pe_pack_def pack;
    struct pe_coverage_log log = {.script = &script, .pack = &pack, .all = setup->all};
    struct pe_test_run test_run = {.script = &script,
                                   .pack = &pack,
                                   .fixtures = &fixtures,
                                   .shard = setup->shard,
                                   .shards = setup->shards,
                                   .coverage = &log,
                                   .report = log_case};
    int status;

    items[files.count++] = make_file("1.1.lua", control);
    items[files.count++] = make_file("1.2.lua", other);
    if (setup->all)
        items[files.count++] = make_file("lib/returns.lua", lib_returns);
    if (setup->all)
        items[files.count++] = make_file("lib/words.lua", lib_words);
    if (setup->all)
        items[files.count++] = make_file("model.lua", model);
    items[files.count++] =
        make_file("pack.lua", "return { id = 'p', version = '1', title = 't', as_of = '/as_of' }");
    if (setup->tests != NULL)
        items[files.count++] =
            make_file(setup->name == NULL ? "tests/1.1.lua" : setup->name, setup->tests);
    items[files.count++] = make_file("tests/own.json", "{\"on\": false}");
    test_run.ud = &setup->log;
    if (setup->only != NULL)
        test_run.only = log.selection.only = (struct pe_strings){&setup->only, 1};
    assert_int_equal(pe_script_init(&script, &files, &setup->arena, &setup->err), 0);
    if (pe_script_load(&script, &pack, &setup->err) != 0)
        fail_msg("%s", setup->err.text);
    assert_int_equal(pe_coverage_open(&log, &setup->err), 0);
    status = pe_test_run(&test_run, &setup->err);
    if (status == 0 && setup->shards <= 1)
        assert_int_equal(test_run.count, setup->log.count);
    setup->count = test_run.count;
    if (status == 0)
        log_uncovered(setup, &log);
    pe_coverage_release(&log);
    pe_script_release(&script);
    return status;
}

/* One case, whose parts are given; why it fails, NULL when it passes. */
static void check_case(const char *parts, const char *why)
{
    struct setup setup = {0};
    char tests[1000];

    snprintf(tests, sizeof tests, "return { base = 'kind/base.json', { 'a case', %s } }", parts);
    setup.tests = tests;
    if (run(&setup) != 0)
        fail_msg("%s: %s", parts, setup.err.text);
    assert_int_equal(setup.log.count, 1);
    assert_string_equal(setup.log.names[0], "1.1: a case");
    if (strcmp(setup.log.whys[0], why == NULL ? "" : why) != 0)
        fail_msg("%s: %s", parts, setup.log.whys[0]);
    assert_int_equal(setup.log.passed[0], why == NULL);
    pe_arena_release(&setup.arena);
}

/* A test file that is refused. */
static void refuse_as(enum pe_err_kind kind, const char *tests, const char *words)
{
    struct setup setup = {.tests = tests};

    assert_int_equal(run(&setup), -1);
    assert_int_equal(setup.err.kind, kind);
    if (strstr(setup.err.text, words) == NULL)
        fail_msg("expected '%s', got '%s'", words, setup.err.text);
    pe_arena_release(&setup.arena);
}

static void refuse(const char *tests, const char *words)
{
    refuse_as(PE_ERR_PACK, tests, words);
}

static void test_a_case_passes_when_exactly_what_it_expects_changes(void **state)
{
    (void)state;
    check_case("expect = {}", NULL);
    check_case("set = { on = false }, expect = { on = 'fail' }", NULL);
    check_case("set = { on = null }, expect = { on = 'unknown' }", NULL);
    check_case("remove = { 'on' }, expect = { on = 'unknown' }", NULL);
    check_case("remove = 'on', expect = { on = 'unknown' }", NULL);
    check_case("set = { ['list[x].n'] = 3 }, expect = { few = 'fail' }", NULL);
    check_case("set = { list = empty_list }, expect = { few = 'unknown' }", NULL);
    check_case("set = { list = { { n = 1, extra = empty_object } } }, expect = {}", NULL);
    check_case("append = { list = { id = 'z', n = 9.5 } }, expect = { few = 'fail' }", NULL);
    check_case("params = { most = 1, names = { 'x', 'y' } }, expect = { few = 'fail' }", NULL);
    check_case("as_of = '2026-11-23T00:00:00Z', expect = { fresh = 'fail' }", NULL);
    check_case("remove = { 'as_of' }, expect = { fresh = 'unknown' }", NULL);
}

static void test_a_case_that_expects_something_else_says_what_came(void **state)
{
    (void)state;
    check_case("expect = { on = 'fail' }", "on: expected fail, got pass");
    check_case("set = { on = false }, expect = {}",
               "on: expected pass as on the base, got fail (it is off)");
    check_case("set = { on = false, ['list[1].n'] = 5 }, expect = { on = 'unknown' }",
               "on: expected unknown, got fail (it is off); few: expected pass as on the base, "
               "got fail (too many)");
    check_case(
        "set = { on = 'yes' }, expect = { on = 'fail' }",
        "on: expected fail, got error (1.1.lua:5: ensure() takes true or false, not string)");
}

static void test_blame_must_be_the_place_of_a_finding(void **state)
{
    (void)state;
    check_case("set = { ['list[2].n'] = 3 }, expect = { few = 'fail' }, blame = '/list/1/n'", NULL);
    check_case("set = { ['list[2].n'] = 3 }, expect = { few = 'fail' }, blame = '/list/0/n'",
               "blame: expected /list/0/n, got /list/1/n");
    check_case("expect = { few = 'pass' }, blame = '/list'",
               "blame: expected /list, got no finding with a place");
}

static void test_blame_may_be_a_path_in_the_changed_snapshot(void **state)
{
    (void)state;
    check_case("set = { ['list[y].n'] = 3 }, expect = { few = 'fail' }, blame = 'list[y].n'", NULL);
    check_case("set = { ['list[y].n'] = 3 }, expect = { few = 'fail' }, blame = 'list[x].n'",
               "blame: expected /list/0/n, got /list/1/n");
    check_case("append = { list = { id = 'z/1', n = 3 } }, expect = { few = 'fail' }, "
               "blame = 'list[z/1].n'",
               NULL);
    check_case("remove = { 'list[y].n' }, expect = { few = 'unknown' }, blame = 'list[y].n'", NULL);
    check_case("remove = { 'on' }, expect = { on = 'unknown' }, blame = 'on'", NULL);
    check_case("set = { on = false }, expect = { on = 'fail' }, blame = 'list[z].n'",
               "blame list[z].n: there is no z");
    check_case("set = { on = false }, expect = { few = 'fail' }, blame = 'list..n'",
               "blame list..n: is not a path such as accounts[adm1].enabled; on: expected pass as "
               "on the base, got fail (it is off); few: expected fail, got pass");
}

static void test_a_change_that_cannot_be_made_fails_the_case(void **state)
{
    (void)state;
    check_case("remove = { 'list[q]' }, expect = {}", "remove list[q]: there is no q");
    check_case("append = { on = 1 }, expect = {}", "append on: is not a list");
    check_case("params = { most = 0 }, expect = {}", "the parameter most must be at least 1");
    check_case("params = { most = 'x' }, expect = {}", "the parameter most takes a whole number");
}

static void test_the_parameters_of_a_case_end_with_it(void **state)
{
    struct setup setup = {.tests = "return { base = 'kind/base.json',\n"
                                   "{ 'one', params = { most = 1 }, expect = { few = 'fail' } },\n"
                                   "{ 'two', expect = {} } }"};

    (void)state;
    assert_int_equal(run(&setup), 0);
    assert_true(setup.log.passed[0] && setup.log.passed[1]);
    pe_arena_release(&setup.arena);
}

static void test_a_case_may_have_a_base_of_its_own_in_the_pack(void **state)
{
    struct setup setup = {.tests = "return { { 'one', base = 'own.json', set = { on = true }, "
                                   "expect = { on = 'pass' } } }"};

    (void)state;
    assert_int_equal(run(&setup), 0);
    assert_true(setup.log.passed[0]);
    pe_arena_release(&setup.arena);
}

static void test_a_test_file_may_build_its_tables_in_lua(void **state)
{
    struct setup setup = {.tests = "local t = { base = 'kind/base.json' }\n"
                                   "for i, n in ipairs({ 3, 4 }) do\n"
                                   "  table.insert(t, { ('case %d'):format(i), set = { ['list[' .. "
                                   "i .. '].n'] = n }, expect = { few = 'fail' } })\n"
                                   "end return t"};

    (void)state;
    assert_int_equal(run(&setup), 0);
    assert_int_equal(setup.log.count, 2);
    assert_string_equal(setup.log.names[1], "1.1: case 2");
    assert_true(setup.log.passed[1]);
    pe_arena_release(&setup.arena);
}

static void test_an_error_on_the_base_is_never_overlooked(void **state)
{
    struct setup setup = {.tests = "return { base = 'kind/base.json', { 'one', expect = {} } }",
                          .name = "tests/1.2.lua"};

    (void)state;
    assert_int_equal(run(&setup), 0);
    assert_false(setup.log.passed[0]);
    assert_non_null(strstr(setup.log.whys[0], "broken: got error, on the base already"));
    pe_arena_release(&setup.arena);
}

static void test_a_rule_that_never_changed_is_uncovered(void **state)
{
    struct setup setup = {.tests = "return { base = 'kind/base.json',\n"
                                   "{ 'one', set = { on = false }, expect = { on = 'fail' } } }"};

    (void)state;
    assert_int_equal(run(&setup), 0);
    assert_string_equal(setup.uncovered,
                        "1.1.lua:6 1.1/few;1.1.lua:8 1.1/fresh;1.2.lua:2 1.2/broken;");
    pe_arena_release(&setup.arena);
}

static void test_a_selection_without_tests_is_an_error(void **state)
{
    struct setup setup = {.tests = "return { base = 'kind/base.json', { 'one', expect = {} } }",
                          .only = "1.2"};

    (void)state;
    assert_int_equal(run(&setup), -1);
    assert_int_equal(setup.err.kind, PE_ERR_USAGE);
    pe_arena_release(&setup.arena);
    setup = (struct setup){.tests = setup.tests, .only = "1.1/on"};
    assert_int_equal(run(&setup), 0);
    assert_string_equal(setup.uncovered, "1.1.lua:5 1.1/on;");
    pe_arena_release(&setup.arena);
    setup = (struct setup){.tests = setup.tests, .only = "1.7"};
    assert_int_equal(run(&setup), -1);
    pe_arena_release(&setup.arena);
}

static void test_lines_and_fields_that_no_test_reaches_are_listed(void **state)
{
    struct setup setup = {.tests = "return { base = 'kind/base.json',\n"
                                   "{ 'one', set = { on = false }, expect = { on = 'fail' } } }",
                          .only = "1.1",
                          .all = true};

    (void)state;
    assert_int_equal(run(&setup), 0);
    assert_string_equal(setup.uncovered,
                        "1.1.lua:6 1.1/few;1.1.lua:8 1.1/fresh;"
                        "lib/returns.lua:1 ;lib/returns.lua:2 ;lib/returns.lua:3 ;"
                        "lib/returns.lua:4 ;lib/returns.lua:5 ;lib/returns.lua:8 ;"
                        "lib/returns.lua:10 ;lib/returns.lua:11 ;lib/returns.lua:13 ;"
                        "lib/returns.lua:14 ;"
                        "lib/words.lua:1 ;lib/words.lua:4 ;lib/words.lua:6 ;lib/words.lua:7 ;"
                        "lib/words.lua:8 ;lib/words.lua:9 ;lib/words.lua:10 ;"
                        "model.lua:3 never;model.lua:2 list[].id;");
    pe_arena_release(&setup.arena);
}

static void test_workers_share_the_cases(void **state)
{
    const char *tests = "return { base = 'kind/base.json', { 'a', expect = {} },\n"
                        "{ 'b', expect = {} }, { 'c', expect = {} }, { 'd', expect = {} } }";
    struct setup setup = {.tests = tests, .shard = 1, .shards = 3};

    (void)state;
    assert_int_equal(run(&setup), 0);
    assert_int_equal(setup.count, 4);
    assert_int_equal(setup.log.count, 1);
    assert_int_equal(setup.log.numbers[0], 1);
    assert_string_equal(setup.log.names[0], "1.1: b");
    pe_arena_release(&setup.arena);
    setup = (struct setup){.tests = tests, .shard = 0, .shards = 3};
    assert_int_equal(run(&setup), 0);
    assert_int_equal(setup.log.count, 2);
    assert_int_equal(setup.log.numbers[1], 3);
    pe_arena_release(&setup.arena);
}

static void test_a_pack_without_tests_is_an_error(void **state)
{
    (void)state;
    refuse_as(PE_ERR_USAGE, NULL, "has no tests");
    refuse("return { base = 'kind/base.json' }", "tests/1.1.lua: has no cases");
}

static void test_a_test_file_is_checked_strictly(void **state)
{
    static const char *const cases[][2] = {
        {"return {\n bas = 'x', { 'a', expect = {} } }",
         "tests/1.1.lua:2: a test file has no key 'bas' (did you mean 'base'?)"},
        {"return { base = 'kind/base.json',\n{ 'a',\nexpct = {} } }",
         "tests/1.1.lua:3: a case has no key 'expct' (did you mean 'expect'?)"},
        {"return { base = 'kind/base.json', { 'a' } }", "expect is missing in the case a"},
        {"return { { 'a', expect = {} } }", "it has no base"},
        {"return { base = 'no.json', { 'a', expect = {} } }", "the base no.json is neither"},
        {"return { base = 'kind/base.json', { expect = {} } }", "begins with its name"},
        {"return { base = 'kind/base.json', { 'a', 'b', expect = {} } }", "has one name"},
        {"return { base = 'kind/base.json',\n{ 'a', expect = { onn = 'fail' } } }",
         "tests/1.1.lua:2: expect: the control has no rule onn"},
        {"return { base = 'kind/base.json', { 'a', expect = { on = 'fial' } } }",
         "'fial' is not known (did you mean 'fail'?)"},
        {"return { base = 'kind/base.json', { 'a', expect = { 'on' } } }", "a table of names"},
        {"return { base = 'kind/base.json', { 'a', params = { mots = 1 }, expect = {} } }",
         "no parameter mots (did you mean most?)"},
        {"return { base = 'kind/base.json', { 'a', set = { on = {} }, expect = {} } }",
         "write empty_list or empty_object"},
        {"return { base = 'kind/base.json', { 'a', set = { on = { 1, a = 2 } }, expect = {} } }",
         "either a list or an object"},
        {"return { base = 'kind/base.json', { 'a', set = { on = function() end }, expect = {} } }",
         "a function is no value"},
        {"return { base = 'kind/base.json', { 'a', set = { on = 1/0 }, expect = {} } }",
         "not finite"},
        {"return { base = 'kind/base.json', { 'a', set = { on = '\\xFF' }, expect = {} } }",
         "UTF-8"},
        {"return { base = 'kind/base.json', { 'a', blame = '/on', expect = {} } }",
         "blame needs a rule"},
        {"return { base = 'kind/base.json', { 'a', as_of = 'today', expect = {} } }", "as_of"},
        {"return { base = 'kind/base.json', { 'a', set = { on = nul }, expect = {} } }", "nul"},
        {"return { base = 'kind/base.json', { 'a', set = { on = net }, expect = {} } }",
         "name net"},
        {"return { base = 'kind/base.json', { 'a', expect = { zzzzzz = 'fail' } } }",
         "the control has no rule zzzzzz"},
        {"return { base = 'kind/base.json', { 'a', expect = { on = 1 } } }",
         "on: expected a status such as"},
        {"return { base = 'kind/base.json', { 'a', params = { zzzzzz = 1 }, expect = {} } }",
         "the control has no parameter zzzzzz"},
        {"return { base = 'kind/base.json', { 'a', params = { most = print }, expect = {} } }",
         "there is no global name print"},
        {"return { base = 'kind/base.json', { 'a', params = { most = function() end }, expect = {} "
         "} }",
         "most: a parameter cannot be a function"},
        {"return { base = 'kind/base.json', { 'a', params = { most = { 1 } }, expect = {} } }",
         "most"},
        {"return { base = 'kind/base.json', 'a' }", "case 1: expected { \"name\", expect = "},
        {"return { base = 'kind/base.json', { 5, expect = {} } }", "begins with its name"},
        {"return { base = 'kind/base.json', { '', expect = {} } }", "begins with its name"},
        {"local on = {} for i = 1, 1001 do on['k' .. i] = 'fail' end\n"
         "return { base = 'kind/base.json', { 'a', expect = on } }",
         "expect: more than 1000"},
        {"local s = ('x'):rep(1000) while true do s = s .. s end", "tests/1.1.lua"},
        {"return 5", "must return a table"},
        {"return {", "tests/1.1.lua"},
        {"while true do end", "instructions"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        refuse(cases[i][0], cases[i][1]);
}

static void test_a_test_file_is_named_after_its_control(void **state)
{
    struct setup setup = {.tests = "return { base = 'kind/base.json', { 'one', expect = {} } }",
                          .name = "tests/1.3.lua"};

    (void)state;
    assert_int_equal(run(&setup), -1);
    assert_non_null(strstr(setup.err.text, "tests/1.3.lua: the pack has no control of that name "
                                           "(did you mean 1.1?)"));
    pe_arena_release(&setup.arena);
    setup = (struct setup){.tests = setup.tests, .name = "tests/nowhere.lua"};
    assert_int_equal(run(&setup), -1);
    assert_string_equal(setup.err.text, "tests/nowhere.lua: the pack has no control of that name");
    pe_arena_release(&setup.arena);
}

static void test_a_test_file_has_a_longest_size(void **state)
{
    struct pe_buf text = {0};

    (void)state;
    pe_buf_adds(&text, "return { base = 'kind/base.json', { 'a', expect = {} } } --");
    pe_buf_fill(&text, 'x', PE_MODEL_BYTES);
    pe_buf_adds(&text, "");
    refuse(text.data, "tests/1.1.lua: is longer than");
    pe_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_case_passes_when_exactly_what_it_expects_changes),
        cmocka_unit_test(test_a_case_that_expects_something_else_says_what_came),
        cmocka_unit_test(test_blame_must_be_the_place_of_a_finding),
        cmocka_unit_test(test_blame_may_be_a_path_in_the_changed_snapshot),
        cmocka_unit_test(test_a_change_that_cannot_be_made_fails_the_case),
        cmocka_unit_test(test_the_parameters_of_a_case_end_with_it),
        cmocka_unit_test(test_a_case_may_have_a_base_of_its_own_in_the_pack),
        cmocka_unit_test(test_a_test_file_may_build_its_tables_in_lua),
        cmocka_unit_test(test_an_error_on_the_base_is_never_overlooked),
        cmocka_unit_test(test_a_rule_that_never_changed_is_uncovered),
        cmocka_unit_test(test_a_selection_without_tests_is_an_error),
        cmocka_unit_test(test_lines_and_fields_that_no_test_reaches_are_listed),
        cmocka_unit_test(test_workers_share_the_cases),
        cmocka_unit_test(test_a_pack_without_tests_is_an_error),
        cmocka_unit_test(test_a_test_file_is_checked_strictly),
        cmocka_unit_test(test_a_test_file_is_named_after_its_control),
        cmocka_unit_test(test_a_test_file_has_a_longest_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
