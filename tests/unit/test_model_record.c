/* test_model_record.c: required, unknown, secret and optional fields, and the limits of problems.
 */
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
#include "model_support.h"
#include "snapshot_support.h"

static void check(const char *model, const char *json, const char *service,
                  const char *const *options, const char *problems)
{
    struct modelled *m = modelled_new(model, json, service, options);

    check_problems(m, problems);
    modelled_free(m);
}

/* ---- required and unknown ---- */

static void test_a_required_field_that_is_absent_is_named(void **state)
{
    static const char model[] =
        "return record { { 'a', record { { 'b', text{}, required=true }, { 'c', text{} } } } }";

    (void)state;
    check(model, "{\"a\": {}}", NULL, NULL, "/a/b: the required field b is missing\n");
    check(model, "{\"a\": {\"b\": \"\"}}", NULL, NULL, "");
    check(model, "{\"a\": {\"b\": null}}", NULL, NULL, "/a/b: expected a string, found null\n");
    check(model, "{}", NULL, NULL, "");
}

static void test_a_field_of_an_option_is_required_only_with_it(void **state)
{
    static const char model[] = "return record { { 'a', text{}, required=true, option='vpn' } }";
    static const char *const vpn[] = {"mfa", "vpn", NULL}, *const other[] = {"mfa", NULL};

    (void)state;
    check(model, "{}", NULL, vpn, "/a: the required field a is missing\n");
    check(model, "{}", NULL, other, "");
    check(model, "{}", NULL, NULL, "");
    check(model, "{\"a\": 5}", NULL, other, "/a: expected a string, found a number\n");
}

static void test_a_field_of_a_service_is_required_with_it_or_with_both(void **state)
{
    static const char model[] = "return record { { 'a', text{}, required=true, service='iad' } }";

    (void)state;
    check(model, "{}", "iad", NULL, "/a: the required field a is missing\n");
    check(model, "{}", "both", NULL, "/a: the required field a is missing\n");
    check(model, "{}", "ctx", NULL, "");
    check(model, "{}", NULL, NULL,
          "/a: the required field a is missing\n"); /* not told: no excuse */
}

static void test_an_unknown_field_is_a_warning_with_a_guess(void **state)
{
    static const char model[] = "return record { { 'enabled', boolean } }";

    (void)state;
    check(model, "{\"enabld\": \"x\", \"zz\": [1, {\"enabled\": 5}]}", NULL, NULL,
          "?/enabld: the field enabld is not in the model (did you mean enabled?)\n"
          "?/zz: the field zz is not in the model\n");
    check(model, "{\"\": 1}", NULL, NULL, "?/: the field  is not in the model\n");
}

static void test_a_very_long_unknown_field_is_cut(void **state)
{
    char *key = repeat("k", 300, ""), *json = malloc(400);
    struct modelled *m;

    (void)state;
    sprintf(json, "{\"%s\": 1}", key);
    m = modelled_new("return record {}", json, NULL, NULL);
    assert_int_equal(m->snapshot.problem_count, 1);
    assert_true(strlen(m->snapshot.problems[0].message.en) < 200);
    modelled_free(m);
    free(json);
    free(key);
}

static void test_an_unknown_field_is_cut_between_characters(void **state)
{
    char *key = repeat("管", 50, ""), *json = malloc(400);
    struct modelled *m;

    (void)state;
    sprintf(json, "{\"ab%s\": 1}", key);
    m = modelled_new("return record {}", json, NULL, NULL);
    assert_int_equal(m->snapshot.problem_count, 1);
    assert_int_equal(strlen(m->snapshot.problems[0].key) % 3, 2);
    modelled_free(m);
    free(json);
    free(key);
}

static void test_problems_are_in_the_order_of_the_document(void **state)
{
    static const char model[] =
        "return record { { 'z', list(record { { 'id', text{} }, { 'n', integer{} } }, "
        "{ unique='id' }) }, { 'a', text{}, required=true } }";

    (void)state;
    check(model, "{\"z\": [{\"id\": \"x\", \"n\": 1}, {\"id\": \"x\", \"n\": \"2\"}], \"b\": 1}",
          NULL, NULL,
          "/a: the required field a is missing\n"
          "/z/1/id: the id occurs twice in the list\n"
          "/z/1/n: expected a whole number, found a string\n"
          "?/b: the field b is not in the model\n");
}

/* ---- what follows for a policy ---- */

static bool optional(struct modelled *m, const char *object, const char *key, bool *known)
{
    return pe_model_optional(&m->snapshot, node_of(&m->snapshot, object), key, strlen(key), known);
}

static void test_optional_is_what_the_model_does_not_require(void **state)
{
    static const char model[] =
        "return record { { 'a', nullable(record { { 'b', text{}, required=true }, { 'c', text{} } "
        "}) }, { 'm', map(integer{}) } }";
    struct modelled *m = modelled_new(model, "{\"a\": {\"x\": {}}, \"m\": {}}", NULL, NULL);
    bool known;

    (void)state;
    assert_false(optional(m, "/a", "b", &known));
    assert_true(known);
    assert_true(optional(m, "/a", "c", &known));
    assert_true(known);
    assert_false(optional(m, "/a", "cc", &known));
    assert_false(known);
    assert_true(optional(m, "/m", "anything", &known));
    assert_true(known);
    assert_true(optional(m, "/a/x", "anything", &known)); /* the model says nothing of it */
    modelled_free(m);
}

static void test_without_a_model_every_field_is_optional(void **state)
{
    struct pe_snapshot snapshot = snapshot_of("{}");
    bool known = false;

    (void)state;
    assert_true(pe_model_optional(&snapshot, 0, "x", 1, &known));
    assert_true(known);
    pe_snapshot_release(&snapshot);
}

static void test_what_the_model_calls_secret_is_secret_with_all_below_it(void **state)
{
    static const char model[] =
        "return record { { 'v', text{}, secret=true }, { 'o', record { { 'p', text{} } }, "
        "secret=true }, { 'w', text{} } }";
    struct modelled *m = modelled_new(
        model, "{\"v\": \"hush\", \"o\": {\"p\": \"hush\", \"q\": [\"hush\"]}, \"w\": \"x\"}", NULL,
        NULL);

    (void)state;
    assert_true(pe_snapshot_secret(&m->snapshot, node_of(&m->snapshot, "/v")));
    assert_true(pe_snapshot_secret(&m->snapshot, node_of(&m->snapshot, "/o/p")));
    assert_true(pe_snapshot_secret(&m->snapshot, node_of(&m->snapshot, "/o/q/0")));
    assert_false(pe_snapshot_secret(&m->snapshot, node_of(&m->snapshot, "/w")));
    modelled_free(m);
}

/* ---- limits ---- */

static void test_problems_are_kept_up_to_a_limit_and_all_are_counted(void **state)
{
    char *json = repeat("0,", PE_MAX_PROBLEMS + 9, "0]}");
    struct modelled *m;

    (void)state;
    memcpy(json, "{\"v\":[", 6);
    m = modelled_new("return record { { 'v', list(text{}) } }", json, NULL, NULL);
    assert_int_equal(m->snapshot.problem_count, PE_MAX_PROBLEMS);
    assert_int_equal(m->total, PE_MAX_PROBLEMS + 9 - 3 + 1);
    modelled_free(m);
    free(json);
}

static void test_a_guess_stays_with_its_own_problem_at_the_limit(void **state)
{
    char *json = repeat("0,", PE_MAX_PROBLEMS, "\"alow\"]}");
    char *padded = malloc(strlen(json) + 10);
    struct modelled *m;

    (void)state;
    sprintf(padded, "{\"v\":[%s", json);
    m = modelled_new("return record { { 'v', list(enum{'allow'}) } }", padded, NULL, NULL);
    assert_int_equal(m->total, PE_MAX_PROBLEMS + 1);
    assert_string_equal(m->snapshot.problems[PE_MAX_PROBLEMS - 1].hint.en, "");
    modelled_free(m);
    free(padded);
    free(json);
}

static void test_values_beyond_the_limit_of_problems_read_as_absent_too(void **state)
{
    char *json = repeat("0,", PE_MAX_PROBLEMS, "0]}"), *padded = malloc(strlen(json) + 10);
    struct modelled *m;
    uint32_t last;

    (void)state;
    sprintf(padded, "{\"v\":[%s", json);
    m = modelled_new("return record { { 'v', list(text{}) } }", padded, NULL, NULL);
    last = node_of(&m->snapshot, "/v/1000");
    assert_true(pe_node_flags(pe_snapshot_node(&m->snapshot, last)) & PE_INVALID);
    modelled_free(m);
    free(padded);
    free(json);
}

/* ---- a model made by hand ---- */

static void test_a_model_made_by_hand_works_like_one_from_lua(void **state)
{
    static const char *const words[] = {"on", "off"};
    static const struct pe_shape text = {.kind = PE_KIND_ENUM, .number = 1, .words = {words, 2}};
    static const struct pe_shape list = {.kind = PE_KIND_LIST, .number = 2, .element = &text};
    static const struct pe_field fields[] = {{.name = "v", .shape = &list, .required = true}};
    static const struct pe_shape root = {
        .kind = PE_KIND_RECORD, .number = 3, .fields = fields, .field_count = 1};
    static const struct pe_shape *const shapes[] = {NULL, &text, &list, &root};
    static const struct pe_model model = {&root, shapes, 4};
    struct pe_snapshot snapshot = snapshot_of("{\"v\": [\"on\", \"offf\"]}");
    struct pe_arena arena = {0};
    struct pe_model_check c = {.model = &model, .arena = &arena};
    size_t total;

    (void)state;
    assert_int_equal(pe_model_check(&c, &snapshot, &total, NULL), 0);
    assert_int_equal(total, 1);
    assert_int_equal(snapshot.problems[0].node, node_of(&snapshot, "/v/1"));
    assert_string_equal(snapshot.problems[0].hint.en, "did you mean off?");
    assert_int_equal(snapshot.shapes[node_of(&snapshot, "/v")], 2);
    pe_snapshot_release(&snapshot);
    pe_arena_release(&arena);
}

static void test_memory_that_runs_out_is_an_error_and_leaves_the_snapshot_alone(void **state)
{
    struct packed *packed = pack_of(
        "model.lua",
        "return record { { 'v', list(record { { 'id', enum{'a'} } }, {unique='id'}) } }", NULL);
    bool failed = false;

    (void)state;
    for (size_t limit = 16; limit < 4000; limit += 16) {
        struct pe_snapshot snapshot =
            snapshot_of("{\"v\": [{\"id\": \"b\"}, {\"id\": \"b\"}, {\"x\": 1}]}");
        struct pe_arena arena = {.limit_bytes = limit};
        struct pe_model_check c = {.model = packed->pack.model, .arena = &arena};
        struct pe_err err = {0};
        size_t total = 77;
        if (pe_model_check(&c, &snapshot, &total, &err) != 0) {
            failed = true;
            assert_int_equal(err.kind, PE_ERR_MEMORY);
            assert_int_equal(total, 77);
            assert_null(snapshot.shapes);
        } else {
            assert_int_equal(total, 4);
        }
        pe_snapshot_release(&snapshot);
        pe_arena_release(&arena);
    }
    assert_true(failed);
    pack_free(packed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_required_field_that_is_absent_is_named),
        cmocka_unit_test(test_a_field_of_an_option_is_required_only_with_it),
        cmocka_unit_test(test_a_field_of_a_service_is_required_with_it_or_with_both),
        cmocka_unit_test(test_an_unknown_field_is_a_warning_with_a_guess),
        cmocka_unit_test(test_a_very_long_unknown_field_is_cut),
        cmocka_unit_test(test_an_unknown_field_is_cut_between_characters),
        cmocka_unit_test(test_problems_are_in_the_order_of_the_document),
        cmocka_unit_test(test_optional_is_what_the_model_does_not_require),
        cmocka_unit_test(test_without_a_model_every_field_is_optional),
        cmocka_unit_test(test_what_the_model_calls_secret_is_secret_with_all_below_it),
        cmocka_unit_test(test_problems_are_kept_up_to_a_limit_and_all_are_counted),
        cmocka_unit_test(test_a_guess_stays_with_its_own_problem_at_the_limit),
        cmocka_unit_test(test_values_beyond_the_limit_of_problems_read_as_absent_too),
        cmocka_unit_test(test_a_model_made_by_hand_works_like_one_from_lua),
        cmocka_unit_test(test_memory_that_runs_out_is_an_error_and_leaves_the_snapshot_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
