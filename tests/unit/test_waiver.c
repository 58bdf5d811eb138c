/* test_waiver.c: a waiver covers what it says, as long as it says, and nothing else. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "folder_support.h"
#include "judging_support.h"
#include "waiver.h"
#include "waiver_support.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_enter, folder_leave)

/* Rules by what they come to for `snapshot` below: x, x0, items, mixed and many fail (mixed lacks
 * data too, many more often than is kept), y is unknown, bare is unknown without a finding, boom is
 * an error, good passes. */
static const char control[] =
    "local function is(key) return function(s) ensure(s[key] == 1, nil, key .. ' is not 1') end "
    "end "
    "return { title='t', severity='low', owner='customer', rules={"
    " { id='x', title='x', check=is('x') }, { id='x0', title='x0', check=is('x0') },"
    " { id='items', title='i', check=function(s) for _, item in ipairs(s.items) do "
    "     ensure(item.on, item, 'off') end end },"
    " { id='y', title='y', check=is('y') },"
    " { id='bare', title='b', check=function(s) end },"
    " { id='boom', title='b', check=function(s) error('boom') end },"
    " { id='good', title='g', check=is('good') },"
    " { id='mixed', title='m', check=function(s) ensure(s.x == 1, nil, 'x') "
    "     ensure(s.y == 1, nil, 'y') end },"
    " { id='many', title='m', check=function(s) for i = 1, 10001 do "
    "     ensure(s.x == i + 9, nil, 'no') end end } } }";

static const char fails[] = "return { title='t', severity='low', owner='customer', rules={"
                            " { id='x', title='x', check=function(s) ensure(s.x == 1, nil, 'no') "
                            "end } } }";

#define SNAPSHOT(as_of)                                                                            \
    "{\"id\": \"t1\", \"service\": \"iad\", \"options\": [], \"as_of\": \"" as_of "\","            \
    " \"x\": 2, \"x0\": 3, \"good\": 1,"                                                           \
    " \"items\": [{\"id\": \"a\", \"on\": false}, {\"id\": \"b\", \"on\": false}]}"

static const char snapshot[] = SNAPSHOT("2026-11-20T09:00:00+09:00");

struct waived {
    struct judging judging;
    struct pe_waivers *waivers;
    const struct pe_result *result;
};

static struct waived judge_text(const char *of, const char *waivers)
{
    struct waived w;

    judging_put_pack();
    folder_put("p/1.1.lua", control);
    w.judging = judging_of(TEXTS(of));
    w.waivers = waivers == NULL ? NULL : waiver_load(waivers);
    w.judging.job.waivers = w.waivers;
    if (judging_run(&w.judging) != 0)
        fail_msg("%s", w.judging.err.text);
    w.result = w.judging.run->results;
    return w;
}

static struct waived judge(const char *const *waivers)
{
    return judge_text(snapshot, waiver_file(waivers));
}

static void release(struct waived *w)
{
    judging_release(&w->judging);
    pe_waivers_free(w->waivers);
}

static const struct pe_rule_result *rule(const struct waived *w, const char *id)
{
    const struct pe_control_result *only = &w->result->results[0];

    for (size_t i = 0; i < only->rule_count; i++)
        if (strcmp(only->rules[i].rule->id, id) == 0)
            return &only->rules[i];
    fail_msg("no rule %s", id);
    return NULL;
}

static enum pe_status status(const struct waived *w, const char *id)
{
    return rule(w, id)->status;
}

static bool has_remark(const struct waived *w, size_t waiver, const char *kind)
{
    const struct pe_waiver_use *use = &w->result->waivers->items[waiver];

    for (size_t i = 0; i < use->remark_count; i++)
        if (strcmp(use->remarks[i].kind, kind) == 0)
            return true;
    return false;
}

/* ---- what is covered ---- */

static void test_a_waived_rule_keeps_what_it_found_and_how_it_ended(void **state)
{
    struct waived w = judge(TEXTS("\"rule\": \"x\""));
    const struct pe_rule_result *x = rule(&w, "x");

    (void)state;
    assert_int_equal(x->status, PE_WAIVED);
    assert_int_equal(x->original, PE_FAIL);
    assert_int_equal(x->finding_count, 1);
    assert_int_equal(x->findings[0].status, PE_FAIL);
    assert_true(x->waiver->whole);
    assert_string_equal(x->waiver->by[0]->id, "W1");
    assert_ptr_equal(x->waiver->of_finding[0], x->waiver->by[0]);
    assert_int_equal(w.result->waivers->items[0].state, PE_WAIVER_IN_EFFECT);
    assert_int_equal(w.result->waivers->items[0].findings, 1);
    assert_int_equal(w.result->waivers->items[0].rules, 1);
    assert_int_equal(w.result->rules.by_status[PE_WAIVED], 1);
    release(&w);
}

static void test_nothing_else_differs_with_and_without_waivers(void **state)
{
    struct waived without = judge_text(snapshot, NULL), with = judge(TEXTS("\"rule\": \"x\""));
    const struct pe_control_result *a = without.result->results, *b = with.result->results;

    (void)state;
    assert_null(without.result->waivers);
    assert_int_equal(a->rule_count, b->rule_count);
    for (size_t i = 0; i < a->rule_count; i++) {
        bool is_x = strcmp(a->rules[i].rule->id, "x") == 0;
        assert_null(a->rules[i].waiver);
        assert_int_equal(a->rules[i].status, b->rules[i].original);
        assert_int_equal(b->rules[i].status, is_x ? PE_WAIVED : a->rules[i].status);
        assert_int_equal(a->rules[i].finding_total, b->rules[i].finding_total);
        assert_int_equal(a->rules[i].evidence_total, b->rules[i].evidence_total);
        assert_true((b->rules[i].waiver != NULL) == is_x);
    }
    assert_int_equal(without.result->rules.by_status[PE_PASS],
                     with.result->rules.by_status[PE_PASS]);
    assert_int_equal(without.result->rules.by_status[PE_FAIL],
                     with.result->rules.by_status[PE_FAIL] + 1);
    release(&without);
    release(&with);
}

static void test_a_pointer_covers_itself_and_what_is_below(void **state)
{
    struct pe_finding finding = {.status = PE_FAIL};
    struct pe_waiver waiver = {.pointer = "/x", .fail = true};
    static const char *const covered[] = {"/x", "/x/", "/x/0", "/x/y/z"};
    static const char *const others[] = {"/x0", "/xy", "/X", "/y", "", "/", "/x~1", "/y/x"};

    (void)state;
    for (size_t i = 0; i < sizeof covered / sizeof covered[0]; i++) {
        finding.pointer = covered[i];
        assert_true(pe_waiver_covers(&waiver, &finding));
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        finding.pointer = others[i];
        assert_false(pe_waiver_covers(&waiver, &finding));
    }
    finding.pointer = NULL;
    assert_false(pe_waiver_covers(&waiver, &finding));
    waiver.pointer = "/items/1";
    finding.pointer = "/items/10";
    assert_false(pe_waiver_covers(&waiver, &finding));
}

static void test_x_is_not_x0(void **state)
{
    struct waived w = judge(TEXTS("\"scope\": {\"pointer\": \"/x\"}"));

    (void)state;
    assert_int_equal(status(&w, "x"), PE_WAIVED);
    assert_int_equal(status(&w, "x0"), PE_FAIL);
    release(&w);
}

static void test_a_rule_that_is_covered_in_part_stays_what_it_was(void **state)
{
    struct waived w = judge(TEXTS("\"rule\": \"items\", \"scope\": {\"subject\": \"items[a]\"}"));
    const struct pe_rule_result *items = rule(&w, "items");

    (void)state;
    assert_int_equal(items->status, PE_FAIL);
    assert_false(items->waiver->whole);
    assert_int_equal(items->waiver->covered, 1);
    assert_non_null(items->waiver->of_finding[0]);
    assert_null(items->waiver->of_finding[1]);
    release(&w);
}

static void test_several_waivers_may_cover_a_rule_together(void **state)
{
    struct waived w = judge(TEXTS("\"rule\": \"items\", \"scope\": {\"subject\": \"items[b]\"}",
                                  "\"rule\": \"items\", \"scope\": {\"subject\": \"items[a]\"}"));
    const struct pe_rule_result *items = rule(&w, "items");

    (void)state;
    assert_int_equal(items->status, PE_WAIVED);
    assert_int_equal(items->waiver->by_count, 2);
    assert_string_equal(items->waiver->by[0]->id, "W1");
    assert_string_equal(items->waiver->of_finding[0]->id, "W2");
    release(&w);
}

static void test_a_value_covers_only_that_value(void **state)
{
    struct waived w =
        judge(TEXTS("\"scope\": {\"pointer\": \"/x\", \"value\": 3}", "\"scope\": {\"value\": 3}"));

    (void)state;
    assert_int_equal(status(&w, "x"), PE_FAIL);
    assert_int_equal(status(&w, "x0"), PE_WAIVED);
    assert_int_equal(w.result->waivers->items[0].state, PE_WAIVER_UNUSED);
    release(&w);
}

static void test_unknown_is_waived_only_where_the_waiver_says_so(void **state)
{
    struct waived w = judge(TEXTS("\"rule\": \"y\"", "\"rule\": \"bare\""));

    (void)state;
    assert_int_equal(status(&w, "y"), PE_UNKNOWN);
    assert_int_equal(status(&w, "bare"), PE_UNKNOWN);
    release(&w);
    w = judge(TEXTS("\"rule\": \"y\", \"status\": \"unknown\"",
                    "\"rule\": \"bare\", \"status\": [\"fail\", \"unknown\"]"));
    assert_int_equal(status(&w, "y"), PE_WAIVED);
    assert_int_equal(rule(&w, "y")->original, PE_UNKNOWN);
    assert_int_equal(status(&w, "bare"), PE_WAIVED);
    release(&w);
    w = judge(TEXTS("\"rule\": \"x\", \"status\": \"unknown\""));
    assert_int_equal(status(&w, "x"), PE_FAIL);
    release(&w);
}

static void test_a_rule_that_failed_and_lacks_data_needs_both(void **state)
{
    struct waived w = judge(TEXTS("\"rule\": \"mixed\""));

    (void)state;
    assert_int_equal(status(&w, "mixed"), PE_FAIL);
    assert_int_equal(rule(&w, "mixed")->finding_count, 2);
    assert_int_equal(rule(&w, "mixed")->waiver->covered, 1);
    release(&w);
    w = judge(TEXTS("\"rule\": \"mixed\"", "\"rule\": \"mixed\", \"status\": \"unknown\","
                                           " \"scope\": {\"pointer\": \"/y\"}"));
    assert_int_equal(status(&w, "mixed"), PE_WAIVED);
    release(&w);
}

static void test_findings_that_were_cut_are_not_covered_by_a_scope(void **state)
{
    struct waived w = judge(TEXTS("\"rule\": \"many\", \"scope\": {\"pointer\": \"/x\"}"));

    (void)state;
    assert_true(rule(&w, "many")->finding_total > rule(&w, "many")->finding_count);
    assert_int_equal(rule(&w, "many")->waiver->covered, rule(&w, "many")->finding_count);
    assert_int_equal(status(&w, "many"), PE_FAIL);
    release(&w);
    w = judge(TEXTS("\"rule\": \"many\", \"status\": [\"fail\", \"unknown\"]"));
    assert_int_equal(status(&w, "many"), PE_WAIVED);
    release(&w);
}

static void test_no_error_is_waived_and_nothing_becomes_a_pass(void **state)
{
    struct waived w = judge(TEXTS("\"status\": [\"fail\", \"unknown\"]"));

    (void)state;
    assert_int_equal(status(&w, "boom"), PE_ERROR);
    assert_int_equal(status(&w, "good"), PE_PASS);
    assert_int_equal(w.result->rules.by_status[PE_PASS], 1);
    assert_int_equal(w.result->rules.by_status[PE_WAIVED], 7);
    assert_false(w.result->passed);
    release(&w);
}

static void test_a_run_in_which_all_is_waived_is_not_passed(void **state)
{
    struct judging j;
    struct pe_waivers *waivers;

    (void)state;
    judging_put_pack();
    folder_put("p/1.1.lua", fails);
    j = judging_of(TEXTS(snapshot));
    waivers = waiver_load(waiver_file(TEXTS("\"rule\": \"x\"")));
    j.job.waivers = waivers;
    assert_int_equal(judging_run(&j), 0);
    assert_int_equal(j.run->results[0].results[0].status, PE_WAIVED);
    assert_false(j.run->passed);
    judging_release(&j);
    folder_put("p/2.1.lua",
               "return { title='t', severity='low', owner='customer', rules={"
               " { id='g', title='g', check=function(s) ensure(s.good == 1) end } } }");
    j = judging_of(TEXTS(snapshot));
    j.job.waivers = waivers;
    assert_int_equal(judging_run(&j), 0);
    assert_true(j.run->passed);
    judging_release(&j);
    pe_waivers_free(waivers);
}

/* ---- until when ---- */

static void test_the_last_day_ends_at_midnight_in_tokyo(void **state)
{
    static const struct {
        const char *snapshot;
        enum pe_status status;
    } days[] = {
        {SNAPSHOT("2026-12-31T00:00:00+09:00"), PE_WAIVED},
        {SNAPSHOT("2026-12-31T23:59:59.999999999+09:00"), PE_WAIVED},
        {SNAPSHOT("2026-12-31T14:59:59Z"), PE_WAIVED},
        {SNAPSHOT("2027-01-01T00:00:00+09:00"), PE_FAIL},
        {SNAPSHOT("2026-12-31T15:00:00Z"), PE_FAIL},
        {SNAPSHOT("2026-12-31T23:00:00-09:00"), PE_FAIL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        struct waived w = judge_text(days[i].snapshot, waiver_file(TEXTS("\"rule\": \"x\"")));
        assert_int_equal(status(&w, "x"), days[i].status);
        assert_true(has_remark(&w, 0, "expired") == (days[i].status == PE_FAIL));
        release(&w);
    }
}

static void test_without_an_evaluation_time_nothing_is_waived(void **state)
{
    struct waived w = judge_text("{\"id\": \"t1\", \"x\": 2, \"good\": 1}",
                                 waiver_file(TEXTS("\"rule\": \"x\"")));

    (void)state;
    assert_int_equal(status(&w, "x"), PE_FAIL);
    assert_int_equal(w.result->waivers->items[0].state, PE_WAIVER_NO_TIME);
    assert_true(has_remark(&w, 0, "no_time"));
    release(&w);
}

/* ---- remarks ---- */

static void test_waivers_that_need_a_look_are_told(void **state)
{
    struct waived w = judge_text(
        snapshot,
        "{\"zone\": \"UTC\", \"waivers\": ["
        "{\"id\": \"1\", \"control\": \"1.2\", " WAIVER_ANSWER "},"
        "{\"id\": \"2\", \"control\": \"1.1\", \"rule\": \"itens\", " WAIVER_ANSWER "},"
        "{\"id\": \"3\", \"control\": \"1.1\", \"rule\": \"good\", " WAIVER_ANSWER "},"
        "{\"id\": \"4\", \"control\": \"1.1\", " WAIVER_ANSWER "},"
        "{\"id\": \"5\", \"control\": \"1.1\", \"scope\": {\"pointer\": \"\"}, " WAIVER_ANSWER "},"
        "{\"id\": \"6\", \"control\": \"1.1\", \"rule\": \"y\", \"status\": "
        "\"unknown\", " WAIVER_ANSWER "},"
        "{\"id\": \"7\", \"control\": \"1.1\", \"scope\": {\"subject\": "
        "\"items[1]\"}, " WAIVER_ANSWER "},"
        "{\"id\": \"8\", \"control\": \"1.1\", \"rule\": \"x\", \"reason\": \"r\", \"owner\": "
        "\"o\","
        " \"approver\": \"o\", \"expires\": \"2026-12-31\"},"
        "{\"id\": \"9\", \"control\": \"1.1\", \"rule\": \"x\", " WAIVER_ANSWER "}]}");
    static const char *const kinds[] = {"unknown_control", "unknown_rule", "unused",
                                        "broad",           "broad",        "broad",
                                        "position",        "self_approved"};

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (!has_remark(&w, i, kinds[i]))
            fail_msg("waiver %zu has no remark %s", i + 1, kinds[i]);
    assert_non_null(strstr(w.result->waivers->items[1].remarks[0].message.en, "items"));
    assert_false(has_remark(&w, 8, "broad"));
    assert_false(has_remark(&w, 3, "unused"));
    release(&w);
}

static void test_a_waiver_for_another_tenant_is_left_alone(void **state)
{
    struct waived w =
        judge(TEXTS("\"rule\": \"x\", \"tenant\": \"t2\"", "\"rule\": \"x0\", \"tenant\": \"t1\""));

    (void)state;
    assert_int_equal(status(&w, "x"), PE_FAIL);
    assert_int_equal(status(&w, "x0"), PE_WAIVED);
    assert_int_equal(w.result->waivers->count, 1); /* nor is it in this tenant's report */
    assert_int_equal(w.result->waivers->other_tenants, 1);
    assert_string_equal(w.result->waivers->items[0].waiver->id, "W2");
    assert_int_equal(w.result->waivers->items[0].state, PE_WAIVER_IN_EFFECT);
    release(&w);
}

static void test_a_waiver_is_unused_only_if_no_snapshot_of_the_run_needs_it(void **state)
{
    struct judging j;
    struct pe_waivers *waivers;

    (void)state;
    judging_put_pack();
    folder_put("p/1.1.lua", fails);
    j = judging_of(TEXTS("{\"x\": 1, \"as_of\": \"2026-01-01T00:00:00Z\"}", snapshot));
    waivers = waiver_load(waiver_file(TEXTS("\"rule\": \"x\"")));
    j.job.waivers = waivers;
    assert_int_equal(judging_run(&j), 0);
    assert_int_equal(j.run->results[0].waivers->items[0].state, PE_WAIVER_UNUSED);
    assert_int_equal(j.run->results[0].waivers->items[0].remark_count, 0);
    assert_int_equal(j.run->results[1].waivers->items[0].state, PE_WAIVER_IN_EFFECT);
    judging_release(&j);
    pe_waivers_free(waivers);
}

static void test_what_was_not_selected_is_no_unused_waiver(void **state)
{
    struct judging j;
    struct pe_waivers *waivers;

    (void)state;
    judging_put_pack();
    folder_put("p/1.1.lua", control);
    j = judging_of(TEXTS(snapshot));
    waivers = waiver_load(waiver_file(TEXTS("\"rule\": \"x\"")));
    j.job.waivers = waivers;
    j.job.only = WORDS("good");
    assert_int_equal(judging_run(&j), 0);
    assert_int_equal(j.run->results[0].waivers->items[0].state, PE_WAIVER_NOT_JUDGED);
    assert_int_equal(j.run->results[0].waivers->items[0].remark_count, 0);
    judging_release(&j);
    pe_waivers_free(waivers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_waived_rule_keeps_what_it_found_and_how_it_ended),
        TEST(test_nothing_else_differs_with_and_without_waivers),
        TEST(test_a_pointer_covers_itself_and_what_is_below),
        TEST(test_x_is_not_x0),
        TEST(test_a_rule_that_is_covered_in_part_stays_what_it_was),
        TEST(test_several_waivers_may_cover_a_rule_together),
        TEST(test_a_value_covers_only_that_value),
        TEST(test_unknown_is_waived_only_where_the_waiver_says_so),
        TEST(test_a_rule_that_failed_and_lacks_data_needs_both),
        TEST(test_findings_that_were_cut_are_not_covered_by_a_scope),
        TEST(test_no_error_is_waived_and_nothing_becomes_a_pass),
        TEST(test_a_run_in_which_all_is_waived_is_not_passed),
        TEST(test_the_last_day_ends_at_midnight_in_tokyo),
        TEST(test_without_an_evaluation_time_nothing_is_waived),
        TEST(test_waivers_that_need_a_look_are_told),
        TEST(test_a_waiver_for_another_tenant_is_left_alone),
        TEST(test_a_waiver_is_unused_only_if_no_snapshot_of_the_run_needs_it),
        TEST(test_what_was_not_selected_is_no_unused_waiver),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
