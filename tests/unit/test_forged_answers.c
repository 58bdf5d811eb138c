/* test_forged_answers.c: a worker that lies about a pack is not believed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "forged.h"

static void says_nothing(struct pe_out *out, const struct pe_task *task)
{
    (void)out;
    (void)task;
}

/* ---- questions about a pack ---- */

static void describes_nothing(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    say_done(out);
}

static void describes_only_the_pack(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    say_pack(out, "forged");
    say_done(out);
}

static void describes_it_twice(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    say_pack(out, "forged");
    say_pack(out, "other");
    say_done(out);
}

static void leaves_more_uncovered_than_there_is(struct pe_out *out, const struct pe_task *task)
{
    static const char *const names[] = {"a", "b", "c", "d"};

    (void)task;
    say_wall(out, 0);
    say_pack(out, "forged");
    pe_out_begin(out, PE_RECORD_TEXT);
    pe_out_strings(out, &(struct pe_strings){names, 4});
    pe_out_end(out);
    say_done(out);
}

static int list_it(void (*worker)(struct pe_out *, const struct pe_task *), struct pe_err *err)
{
    struct pe_pack pack = {.name = "forged"};
    struct pe_catalogue *catalogue;
    int result;

    say = worker;
    result = pe_catalogue_load(&pack, NULL, &catalogue, err);
    if (result == 0)
        pe_catalogue_free(catalogue);
    return result;
}

static int ask_for_schema(void (*worker)(struct pe_out *, const struct pe_task *),
                          struct pe_err *err)
{
    struct pe_pack pack = {.name = "forged"};
    char *json;
    int result;

    say = worker;
    result = pe_schema(&pack, NULL, &json, err);
    if (result == 0)
        free(json);
    return result;
}

static int ask_for_tests(void (*worker)(struct pe_out *, const struct pe_task *),
                         struct pe_err *err)
{
    struct pe_pack pack = {.name = "forged"};
    struct pe_test_report *report;
    int result;

    say = worker;
    result = pe_test(&pack, NULL, &report, err);
    if (result == 0)
        pe_test_report_free(report);
    return result;
}

static void test_a_pack_must_be_described_once(void **state)
{
    struct pe_err err = {0};

    (void)state;
    assert_int_equal(list_it(describes_only_the_pack, &err), 0);
    assert_int_equal(list_it(describes_nothing, &err), -1);
    assert_int_equal(list_it(describes_it_twice, &err), -1);
    assert_int_equal(list_it(says_nothing, &err), -1);
    assert_int_equal(err.kind, PE_ERR_WORKER);
}

static void test_an_answer_without_its_text_is_none(void **state)
{
    struct pe_err err = {0};

    (void)state;
    assert_int_equal(ask_for_schema(describes_only_the_pack, &err), -1);
    assert_int_equal(ask_for_tests(describes_only_the_pack, &err), -1);
    assert_int_equal(ask_for_tests(leaves_more_uncovered_than_there_is, &err), -1);
    assert_int_equal(err.kind, PE_ERR_WORKER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_pack_must_be_described_once),
        cmocka_unit_test(test_an_answer_without_its_text_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
