/* test_applies.c: what a tenant says of itself switches no rule off quietly. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "applies.h"
#include "pack_support.h"
#include "snapshot_support.h"

static const char pack_lua[] =
    "return { id='p', version='1', title='p', service='/c/service', services={'iad','ctx'}, "
    "options='/c/options', option_names={'vpn','mfa'}, state='/c/state', "
    "states={'active','ended'} }";
static const char model_lua[] =
    "return record { { 'c', record { { 'service', text{} }, { 'options', list(text{}) }, "
    "{ 'state', text{} } } }, { 'net', record { { 'vpn', record{}, option='vpn' } } }, "
    "{ 'console', record{}, service='iad' } }";

/* Whether a rule with this `when` runs, on this contract and rest of a snapshot: its status and
 * reason when it does not, else NULL. */
static void applies(const char *when, const char *snapshot, enum pe_status status,
                    const char *reason)
{
    struct pe_arena arena = {0};
    const char *control = pe_arena_printf(
        &arena,
        "return { title='t', severity='low', owner='customer', when=%s, rules={ { id='r', "
        "title='r', check=function() error('it ran') end } } }",
        when);
    struct packed *p =
        pack_of("pack.lua", pack_lua, "model.lua", model_lua, "1.1.lua", control, NULL);
    struct pe_text text = {0};
    enum pe_status got = judge_of(p, "1.1", 0, snapshot, &text);

    if (reason == NULL)
        reason = "the policy raised an error: 1.1.lua:1: it ran";
    if (got != status || strcmp(text.en, reason) != 0)
        fail_msg("%s on %s\nexpected %s: %s\ngot      %s: %s", when, snapshot,
                 pe_status_word(status), reason, pe_status_word(got), text.en);
    pack_free(p);
    pe_arena_release(&arena);
}

static void runs(const char *when, const char *snapshot)
{
    applies(when, snapshot, PE_ERROR, NULL);
}

static void excused(const char *when, const char *snapshot, const char *reason)
{
    applies(when, snapshot, PE_NOT_APPLICABLE, reason);
}

static void unknown(const char *when, const char *snapshot, const char *reason)
{
    applies(when, snapshot, PE_UNKNOWN, reason);
}

/* ---- services ---- */

static void test_a_rule_runs_for_its_service_and_for_both(void **state)
{
    (void)state;
    runs("{}", "{}");
    runs("{ service='iad' }", "{\"c\": {\"service\": \"iad\"}}");
    runs("{ service={'ctx','iad'} }", "{\"c\": {\"service\": \"iad\"}}");
    runs("{ service='iad' }", "{\"c\": {\"service\": \"both\"}}");
    runs("{ service='iad' }", "{\"c\": {\"service\": \"i\\u0061d\"}}");
}

static void test_another_service_is_an_excuse_with_its_reason(void **state)
{
    (void)state;
    excused("{ service='iad' }", "{\"c\": {\"service\": \"ctx\"}}",
            "applies to iad; this tenant has ctx");
}

static void test_a_service_that_is_absent_null_or_odd_is_no_excuse(void **state)
{
    (void)state;
    unknown("{ service='iad' }", "{}", "/c is missing");
    unknown("{ service='iad' }", "[]", "/c is missing");
    unknown("{ service='iad' }", "{\"c\": {}}", "/c/service is missing");
    unknown("{ service='iad' }", "{\"c\": {\"service\": null}}", "/c/service is null");
    unknown("{ service='iad' }", "{\"c\": {\"service\": 5}}",
            "/c/service cannot be used: expected a string, found a number");
    unknown("{ service='iad' }", "{\"c\": {\"service\": \"none of your business\"}}",
            "/c/service has a value that the pack does not know");
    unknown("{ service='iad' }", "{\"c\": {\"service\": \"\"}}",
            "/c/service has a value that the pack does not know");
    unknown("{ service='iad' }", "{\"c\": {\"service\": \"IAD\"}}",
            "/c/service has a value that the pack does not know");
    unknown("{ service='iad' }", "{\"c\": 5}", "/c/service is missing");
}

static void test_a_part_of_a_service_that_the_contract_denies_is_no_excuse(void **state)
{
    (void)state;
    unknown("{ service='iad' }", "{\"c\": {\"service\": \"ctx\"}, \"console\": {}}",
            "/console is there, though /c/service does not list iad");
    excused("{ service='iad' }", "{\"c\": {\"service\": \"ctx\"}, \"console\": null}",
            "applies to iad; this tenant has ctx");
}

/* ---- options ---- */

static void test_a_rule_runs_with_all_of_its_options(void **state)
{
    (void)state;
    runs("{ option='vpn' }", "{\"c\": {\"options\": [\"mfa\", \"vpn\"]}}");
    runs("{ option={'vpn','mfa'} }", "{\"c\": {\"options\": [\"mfa\", \"vpn\"]}}");
    excused("{ option={'vpn','mfa'} }", "{\"c\": {\"options\": [\"vpn\"]}}",
            "applies with the option mfa, which is not contracted");
    excused("{ option='vpn' }", "{\"c\": {\"options\": []}}",
            "applies with the option vpn, which is not contracted");
}

static void test_options_that_are_absent_null_or_odd_are_no_excuse(void **state)
{
    (void)state;
    unknown("{ option='vpn' }", "{\"c\": {}}", "/c/options is missing");
    unknown("{ option='vpn' }", "{\"c\": {\"options\": null}}", "/c/options is null");
    unknown("{ option='vpn' }", "{\"c\": {\"options\": {}}}",
            "/c/options cannot be used: expected a list, found an object");
    unknown("{ option='vpn' }", "{\"c\": {\"options\": \"vpn\"}}",
            "/c/options cannot be used: expected a list, found a string");
    unknown("{ option='vpn' }", "{\"c\": {\"options\": [\"vp\"]}}",
            "/c/options/0 has a value that the pack does not know");
    unknown("{ option='vpn' }", "{\"c\": {\"options\": [\"mfa\", null]}}", "/c/options/1 is null");
    unknown("{ option='vpn' }", "{\"c\": {\"options\": [5]}}",
            "/c/options/0 cannot be used: expected a string, found a number");
}

static void test_a_listed_option_runs_whatever_else_is_listed(void **state)
{
    struct pe_text reason;
    const char *control;
    struct packed *p;

    (void)state;
    control = "return { title='t', severity='low', owner='customer', when={option='vpn'}, "
              "rules={ { id='r', title='r', check=function(s) ensure(s.c.options[1] == 'vpn') end "
              "} } }";
    p = pack_of("pack.lua", pack_lua, "1.1.lua", control, NULL);
    assert_int_equal(judge_of(p, "1.1", 0, "{\"c\": {\"options\": [\"vpn\"]}}", &reason), PE_PASS);
    assert_int_equal(judge_of(p, "1.1", 0, "{\"c\": {\"options\": [\"vpn\", \"??\"]}}", &reason),
                     PE_UNKNOWN);
    pack_free(p);
}

static void test_an_option_that_is_there_though_denied_is_no_excuse(void **state)
{
    (void)state;
    unknown("{ option='vpn' }", "{\"c\": {\"options\": []}, \"net\": {\"vpn\": {}}}",
            "/net/vpn is there, though /c/options does not list vpn");
    excused("{ option='mfa' }", "{\"c\": {\"options\": []}, \"net\": {\"vpn\": {}}}",
            "applies with the option mfa, which is not contracted");
}

/* ---- states ---- */

static void test_a_rule_runs_in_its_states(void **state)
{
    (void)state;
    runs("{ state='active' }", "{\"c\": {\"state\": \"active\"}}");
    runs("{ state={'ended','active'} }", "{\"c\": {\"state\": \"active\"}}");
    excused("{ state='ended' }", "{\"c\": {\"state\": \"active\"}}",
            "applies in the state ended; the contract is active");
    unknown("{ state='ended' }", "{\"c\": {\"state\": \"both\"}}",
            "/c/state has a value that the pack does not know");
    unknown("{ state='ended' }", "{\"c\": {}}", "/c/state is missing");
}

static void test_the_first_condition_that_does_not_hold_is_the_reason(void **state)
{
    (void)state;
    excused("{ service='iad', option='vpn', state='ended' }",
            "{\"c\": {\"service\": \"iad\", \"options\": [], \"state\": \"active\"}}",
            "applies with the option vpn, which is not contracted");
    excused("{ service='iad', option='vpn' }", "{\"c\": {\"service\": \"ctx\"}}",
            "applies to iad; this tenant has ctx");
}

/* ---- pointers ---- */

static void test_a_pointer_with_escapes_and_lists_blames_what_is_missing(void **state)
{
    static const char *const words[] = {"x"};
    static const struct {
        const char *pointer, *blamed;
    } cases[] = {
        {"/a~1b/c", "/a~1b/c"},      {"/list/0/kind", "/list/0/kind"},
        {"/list/7/kind", "/list/7"}, {"/m~0n", "/m~0n"},
        {"/a~1b/", "/a~1b/"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct traced *t = traced_new("{\"a/b\": {}, \"list\": [{}]}", PE_EVIDENCE_ALL);
        struct pe_pack_def pack = {.service = cases[i].pointer, .services = {words, 1}};
        struct pe_when when = {.services = {words, 1}};
        pe_applies(&pack, &when, &t->trace);
        assert_int_equal(t->trace.ending, PE_ENDING_UNKNOWN);
        assert_int_equal(t->trace.finding_count, 1);
        assert_string_equal(t->trace.findings[0].pointer, cases[i].blamed);
        traced_free(t);
    }
}

static void test_without_a_model_the_wrong_type_is_named_too(void **state)
{
    static const char *const words[] = {"x"};
    struct pe_pack_def pack = {
        .service = "/s", .services = {words, 1}, .options = "/o", .option_names = {words, 1}};
    struct pe_when service = {.services = {words, 1}}, option = {.options = {words, 1}};
    struct traced *t = traced_new("{\"s\": 5, \"o\": \"x\"}", PE_EVIDENCE_ALL);

    (void)state;
    pe_applies(&pack, &service, &t->trace);
    check_status(t, PE_UNKNOWN, "/s cannot be used: expected a string");
    pe_trace_reset(&t->trace);
    pe_applies(&pack, &option, &t->trace);
    check_status(t, PE_UNKNOWN, "/o cannot be used: expected a list");
    traced_free(t);
}

static void test_what_was_looked_at_is_evidence(void **state)
{
    static const char *const words[] = {"x"};
    struct traced *t = traced_new("{\"s\": \"x\", \"o\": [\"x\"]}", PE_EVIDENCE_ALL);
    struct pe_pack_def pack = {
        .service = "/s", .services = {words, 1}, .options = "/o", .option_names = {words, 1}};
    struct pe_when when = {.services = {words, 1}, .options = {words, 1}};

    (void)state;
    pe_applies(&pack, &when, &t->trace);
    assert_int_equal(t->trace.ending, PE_ENDING_NONE);
    check_evidence(t, "/s=\"x\" /o#1 /o/0=\"x\" ");
    traced_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_rule_runs_for_its_service_and_for_both),
        cmocka_unit_test(test_another_service_is_an_excuse_with_its_reason),
        cmocka_unit_test(test_a_service_that_is_absent_null_or_odd_is_no_excuse),
        cmocka_unit_test(test_a_part_of_a_service_that_the_contract_denies_is_no_excuse),
        cmocka_unit_test(test_a_rule_runs_with_all_of_its_options),
        cmocka_unit_test(test_options_that_are_absent_null_or_odd_are_no_excuse),
        cmocka_unit_test(test_a_listed_option_runs_whatever_else_is_listed),
        cmocka_unit_test(test_an_option_that_is_there_though_denied_is_no_excuse),
        cmocka_unit_test(test_a_rule_runs_in_its_states),
        cmocka_unit_test(test_the_first_condition_that_does_not_hold_is_the_reason),
        cmocka_unit_test(test_a_pointer_with_escapes_and_lists_blames_what_is_missing),
        cmocka_unit_test(test_without_a_model_the_wrong_type_is_named_too),
        cmocka_unit_test(test_what_was_looked_at_is_evidence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
