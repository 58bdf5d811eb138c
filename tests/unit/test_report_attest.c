/* test_report_attest.c: the reports oscal and intoto, of what no snapshot of the tests gives. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "sample_run.h"

static json_t *render_and_parse(struct sample *sample, const char *report)
{
    char *text = sample_render(sample_run(sample), report, (struct pe_style){0});
    json_error_t error;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);

    if (root == NULL)
        fail_msg("line %d: %s", error.line, error.text);
    free(text);
    return root;
}

/* What stands at a path of names and numbers: "results/0/findings/0". */
static json_t *at(json_t *value, const char *path)
{
    char copy[200], *step, *rest = copy;

    assert_true(strlen(path) < sizeof copy);
    strcpy(copy, path);
    while ((step = strsep(&rest, "/")) != NULL) {
        value = json_is_array(value) ? json_array_get(value, strtoul(step, NULL, 10))
                                     : json_object_get(value, step);
        if (value == NULL)
            fail_msg("there is no %s of %s", step, path);
    }
    return value;
}

/* The value of the first property of that name; NULL without one. */
static const char *property(json_t *thing, const char *name)
{
    json_t *list = json_object_get(thing, "props"), *one;
    size_t i;

    json_array_foreach(list, i,
                       one) if (strcmp(json_string_value(json_object_get(one, "name")), name) ==
                                0) return json_string_value(json_object_get(one, "value"));
    return NULL;
}

static void waive(struct sample *sample, size_t control, size_t rule)
{
    struct pe_rule_result *result =
        (struct pe_rule_result *)&sample_result(sample)->results[control].rules[rule];

    result->status = PE_WAIVED;
    sample_run_count(sample);
}

/* ---- oscal ---- */

static void test_a_waived_rule_is_not_satisfied_and_says_what_it_was(void **state)
{
    json_t *root, *result, *observation, *status;

    for (size_t i = 0; i < 3; i++)
        waive(*state, 0, i);
    root = render_and_parse(*state, "oscal");
    result = at(root, "assessment-results/results/0");
    observation = at(result, "observations/1"); /* behind the problems */
    assert_string_equal(property(observation, "status"), "waived");
    assert_string_equal(property(observation, "original-status"), "fail");
    status = at(result, "findings/0/target/status");
    assert_string_equal(json_string_value(at(status, "state")), "not-satisfied");
    assert_string_equal(json_string_value(at(status, "reason")), "other");
    assert_string_equal(property(at(result, "findings/0"), "status"), "waived");
    json_decref(root);
}

static void test_what_was_claimed_was_examined(void **state)
{
    json_t *root = render_and_parse(*state, "oscal"), *observation, *list;
    size_t i, claimed = 0;

    list = at(root, "assessment-results/results/0/observations");
    json_array_foreach(list, i, observation)
    {
        const char *basis = property(observation, "basis");
        const char *method = json_string_value(at(observation, "methods/0"));
        if (basis == NULL) /* the problems */
            continue;
        assert_string_equal(method, strcmp(basis, "measured") == 0 ? "TEST" : "EXAMINE");
        claimed += strcmp(basis, "accepted_claim") == 0;
    }
    assert_true(claimed > 0);
    json_decref(root);
}

static void test_ids_of_packs_become_tokens(void **state)
{
    static const char *const ids[][2] = {{"27k", "_27k-9.2.3"},
                                         {"-x", "_-x-9.2.3"},
                                         {"a b/\xE3\x81\x82~", "a_20b_2F_E3_81_82_7E-9.2.3"},
                                         {"", "_-9.2.3"}};
    struct pe_control control = *sample_result(*state)->results[0].control;
    struct pe_control_result *result =
        (struct pe_control_result *)&sample_result(*state)->results[0];

    result->control = &control;
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        json_t *root;
        control.pack = ids[i][0];
        root = render_and_parse(*state, "oscal");
        assert_string_equal(
            json_string_value(at(root, "assessment-results/results/0/findings/0/target/target-id")),
            ids[i][1]);
        json_decref(root);
    }
}

static void check_file(struct sample *sample, const char *file, const char *href)
{
    json_t *root, *resources, *resource;

    sample_result(sample)->file = file;
    root = render_and_parse(sample, "oscal");
    resources = at(root, "assessment-results/back-matter/resources");
    resource = json_array_get(resources, json_array_size(resources) - 1);
    assert_string_equal(json_string_value(at(resource, "rlinks/0/href")), href);
    json_decref(root);
}

static void test_a_file_is_a_relative_reference(void **state)
{
    check_file(*state, "a/b.json", "a/b.json");
    check_file(*state, "//host/b", "/%2Fhost/b");
    check_file(*state, "c:evil", "c%3Aevil");
    check_file(*state, "a#b?c%41", "a%23b%3Fc%2541");
    check_file(*state, "caf\xE9", "caf%E9");
    check_file(*state, "javascript:alert(1)", "javascript%3Aalert%281%29");
}

static void test_without_a_time_there_is_no_document(void **state)
{
    static const char *const times[] = {NULL, "yesterday", "3000-01-01T00:00:00Z"};
    char *text = NULL;
    size_t length = 7;

    for (size_t i = 0; i < 3; i++) {
        struct pe_err err = {0};
        sample_result(*state)->as_of = times[i];
        assert_int_equal(pe_render(pe_report_find("oscal"), sample_run(*state),
                                   &(struct pe_style){0}, &text, &length, &err),
                         -1);
        assert_int_equal(err.kind, PE_ERR_USAGE);
        assert_non_null(strstr(err.text, "--as-of"));
        assert_null(text);
        assert_int_equal(length, 7);
    }
}

/* ---- intoto ---- */

static void check_outcome(struct sample *sample, const char *result, size_t warned)
{
    json_t *root = render_and_parse(sample, "intoto");

    assert_string_equal(json_string_value(at(root, "predicate/result")), result);
    assert_int_equal(json_array_size(at(root, "predicate/warnedTests")), warned);
    json_decref(root);
}

static void test_a_waived_rule_is_a_warning(void **state)
{
    struct pe_result *result = sample_result(*state);

    check_outcome(*state, "FAILED", 0);
    waive(*state, 0, 0);
    check_outcome(*state, "FAILED", 1);
    result->passed = true; /* as when all that is open is waived, or lies below what gates */
    check_outcome(*state, "WARNED", 1);
    memset(result->rules.by_status, 0, sizeof result->rules.by_status);
    result->rules.by_status[PE_PASS] = 3;
    result->rules.by_status[PE_NOT_APPLICABLE] = 1;
    check_outcome(*state, "PASSED", 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, sample_set_up, sample_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_waived_rule_is_not_satisfied_and_says_what_it_was),
        TEST(test_what_was_claimed_was_examined),
        TEST(test_ids_of_packs_become_tokens),
        TEST(test_a_file_is_a_relative_reference),
        TEST(test_without_a_time_there_is_no_document),
        TEST(test_a_waived_rule_is_a_warning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
