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

/* ---- what came of tests ---- */

static void say_case(struct pe_out *out, unsigned number)
{
    pe_out_begin(out, PE_RECORD_TEST);
    pe_out_u32(out, number);
    pe_out_string(out, "1.1");
    pe_out_string(out, "a case");
    pe_out_u32(out, 1);
    pe_out_string(out, "");
    pe_out_end(out);
}

/* Rules that were reached; the pack has fewer than three. */
static void say_coverage(struct pe_out *out, unsigned kind, unsigned cases, unsigned items,
                         unsigned line)
{
    pe_out_begin(out, PE_RECORD_COVERAGE);
    pe_out_u32(out, kind);
    pe_out_u32(out, cases);
    pe_out_u32(out, items);
    for (unsigned i = 0; i < items; i++) {
        pe_out_string(out, "1.1.lua");
        pe_out_u32(out, line);
        pe_out_string(out, "1.1/a");
        pe_out_u32(out, 0);
    }
    pe_out_end(out);
}

static unsigned shards(const struct pe_task *task)
{
    return task->shards == 0 ? 1 : task->shards;
}

/* What an honest worker says: there are two cases. */
static void tells_its_share(struct pe_out *out, const struct pe_task *task)
{
    say_wall(out, 0);
    say_pack(out, "forged");
    for (unsigned i = task->shard; i < 2; i += shards(task))
        say_case(out, i);
    say_coverage(out, PE_COVER_RULES, 2, 1, 3);
    say_done(out);
}

static void leaves_more_uncovered_than_there_is(struct pe_out *out, const struct pe_task *task)
{
    say_wall(out, 0);
    say_pack(out, "forged");
    for (unsigned i = task->shard; i < 2; i += shards(task))
        say_case(out, i);
    say_coverage(out, PE_COVER_RULES, 2, 50, 3);
    say_done(out);
}

static void leaves_a_case_out(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    say_pack(out, "forged");
    say_case(out, 0);
    say_coverage(out, PE_COVER_RULES, 2, 1, 3);
    say_done(out);
}

static void tells_a_case_twice(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    say_pack(out, "forged");
    say_case(out, 1);
    say_case(out, 1);
    say_coverage(out, PE_COVER_RULES, 2, 1, 3);
    say_done(out);
}

static void tells_a_case_beyond_the_last(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    say_pack(out, "forged");
    say_case(out, 0);
    say_case(out, 4000000000);
    say_coverage(out, PE_COVER_RULES, 2, 1, 3);
    say_done(out);
}

static void knows_another_kind(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    say_pack(out, "forged");
    say_coverage(out, PE_COVERAGE_COUNT, 0, 1, 3);
    say_done(out);
}

/* Each worker has its own idea of what there is. */
static void lists_other_items(struct pe_out *out, const struct pe_task *task)
{
    say_wall(out, 0);
    say_pack(out, "forged");
    say_case(out, task->shard);
    say_coverage(out, PE_COVER_RULES, 2, 1, task->shard + 1);
    say_done(out);
}

static void progresses_before_it_describes(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    pe_out_begin(out, PE_RECORD_PROGRESS);
    pe_out_u32(out, 1);
    pe_out_end(out);
    say_pack(out, "forged");
    say_done(out);
}

/* ---- what came of mutants ---- */

static void say_survivor(struct pe_out *out, unsigned number)
{
    pe_out_begin(out, PE_RECORD_MUTANT);
    pe_out_u32(out, 0);
    pe_out_u32(out, number);
    pe_out_u32(out, PE_MUTANT_VALUE);
    for (int i = 0; i < 4; i++)
        pe_out_string(out, "x");
    pe_out_strings(out, &(struct pe_strings){0});
    pe_out_end(out);
}

static void say_counts(struct pe_out *out, unsigned all, unsigned killed, unsigned rules)
{
    pe_out_begin(out, PE_RECORD_MUTATED);
    for (int kind = 0; kind < PE_MUTANT_KINDS; kind++) {
        pe_out_u64(out, kind == PE_MUTANT_VALUE ? all : 0);
        pe_out_u64(out, kind == PE_MUTANT_VALUE ? killed : 0);
    }
    for (unsigned i = 0; i < rules; i++)
        pe_out_u32(out, 1);
    pe_out_end(out);
}

static unsigned forged_rules; /* how many the forged pack has: tried out */

static void tells_its_mutants(struct pe_out *out, const struct pe_task *task)
{
    say_wall(out, 0);
    say_pack(out, "forged");
    say_survivor(out, task->shard);
    say_counts(out, 5, 4, forged_rules);
    say_done(out);
}

static void hides_a_survivor(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    say_pack(out, "forged");
    say_counts(out, 5, 4, forged_rules);
    say_done(out);
}

static void tells_a_survivor_twice(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    say_pack(out, "forged");
    say_survivor(out, 3);
    say_survivor(out, 3);
    say_counts(out, 5, 3, forged_rules);
    say_done(out);
}

static void kills_more_than_there_are(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    say_pack(out, "forged");
    say_counts(out, 4, 5, forged_rules);
    say_done(out);
}

static void forgets_to_count(struct pe_out *out, const struct pe_task *task)
{
    say_wall(out, 0);
    say_pack(out, "forged");
    if (task->shard == 0)
        say_counts(out, 5, 5, forged_rules);
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

static int ask_for_tests(void (*worker)(struct pe_out *, const struct pe_task *), unsigned jobs,
                         struct pe_err *err)
{
    struct pe_job job = {.jobs = jobs};
    struct pe_pack pack = {.name = "forged"};
    struct pe_test_report *report;
    int result;

    say = worker;
    result = pe_test(&pack, &job, &report, err);
    if (result == 0)
        pe_test_report_free(report);
    return result;
}

static int ask_for_mutants(void (*worker)(struct pe_out *, const struct pe_task *), unsigned jobs,
                           struct pe_err *err)
{
    struct pe_job job = {.jobs = jobs};
    struct pe_pack pack = {.name = "forged"};
    struct pe_mutation_report *report;
    int result;

    say = worker;
    result = pe_mutate(&pack, &job, NULL, NULL, &report, err);
    if (result != 0)
        return -1;
    assert_int_equal(report->survivor_count, jobs);
    pe_mutation_report_free(report);
    return 0;
}

static void test_mutants_add_up(void **state)
{
    struct pe_err err = {0};

    (void)state;
    while (forged_rules < 10 && ask_for_mutants(tells_its_mutants, 1, &err) != 0)
        forged_rules++;
    assert_true(forged_rules > 0 && forged_rules < 10);
    assert_int_equal(ask_for_mutants(tells_its_mutants, 3, &err), 0);
    assert_int_equal(ask_for_mutants(hides_a_survivor, 1, &err), -1);
    assert_int_equal(ask_for_mutants(tells_a_survivor_twice, 1, &err), -1);
    assert_int_equal(ask_for_mutants(kills_more_than_there_are, 1, &err), -1);
    assert_int_equal(ask_for_mutants(forgets_to_count, 2, &err), -1);
    assert_int_equal(err.kind, PE_ERR_WORKER);
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
    assert_int_equal(ask_for_tests(describes_only_the_pack, 1, &err), -1);
    assert_int_equal(err.kind, PE_ERR_WORKER);
}

static void test_every_case_must_be_told_once_by_one_worker(void **state)
{
    struct pe_err err = {0};

    (void)state;
    for (unsigned jobs = 0; jobs < 5; jobs++)
        assert_int_equal(ask_for_tests(tells_its_share, jobs, &err), 0);
    for (unsigned jobs = 1; jobs < 4; jobs++) {
        assert_int_equal(ask_for_tests(leaves_a_case_out, jobs, &err), -1);
        assert_int_equal(ask_for_tests(tells_a_case_twice, jobs, &err), -1);
        assert_int_equal(ask_for_tests(tells_a_case_beyond_the_last, jobs, &err), -1);
        assert_int_equal(err.kind, PE_ERR_WORKER);
    }
}

static void test_coverage_is_of_what_the_pack_has(void **state)
{
    struct pe_err err = {0};

    (void)state;
    assert_int_equal(ask_for_tests(leaves_more_uncovered_than_there_is, 1, &err), -1);
    assert_int_equal(ask_for_tests(knows_another_kind, 1, &err), -1);
    assert_int_equal(ask_for_tests(lists_other_items, 2, &err), -1);
    assert_int_equal(ask_for_tests(progresses_before_it_describes, 1, &err), -1);
    assert_int_equal(err.kind, PE_ERR_WORKER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_pack_must_be_described_once),
        cmocka_unit_test(test_an_answer_without_its_text_is_none),
        cmocka_unit_test(test_every_case_must_be_told_once_by_one_worker),
        cmocka_unit_test(test_coverage_is_of_what_the_pack_has),
        cmocka_unit_test(test_mutants_add_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
