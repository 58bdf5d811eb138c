/* test_several.c: a worker judges one snapshot after the other, and none answers for another. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>

#include "forged_snapshot.h"

enum { MOST = 8 };

/* ---- a worker that does what a snapshot's first byte says ---- */

static unsigned *started; /* workers so far; they count themselves */

static void say_error(struct pe_out *out, enum pe_err_kind kind)
{
    pe_out_begin(out, PE_RECORD_ERROR);
    pe_out_u32(out, kind);
    pe_out_string(out, "it is bad");
    pe_out_end(out);
}

static void judge(struct pe_out *out, const struct pe_feed_head *head, unsigned char what)
{
    if (what == 'e') { /* is no JSON */
        say_error(out, PE_ERR_INPUT);
        return;
    }
    if (what == 'd' || (what == 'k' && !head->announces)) /* dies; is killed once */
        _exit(3);
    say_snapshot(out);
    if (what == 'b' && head->first_control == 1) { /* lies in its first control, dies in the next */
        say_control(out, 1);
        pe_out_flush(out);
        _exit(3);
    }
    if ((what == 'l' || what == 'b') && head->first_control == 0) { /* lies in its first control */
        say_control(out, 0);
        say_rule(out, (struct told){0, 0, PE_PASS, 0, 0, 0, 6});
        return;
    }
    say_rest(out, (size_t)head->first_control);
    if (what == 's') { /* answers the next question too */
        say_snapshot(out);
        say_rest(out, 0);
    }
}

static void obeys(struct pe_out *out, const struct pe_task *task)
{
    struct pe_feed_head head = {task->length, 0, task->first_control, task->announces};

    __atomic_add_fetch(started, 1, __ATOMIC_SEQ_CST);
    say_wall(out, 0);
    say_pack(out, "forged");
    judge(out, &head, task->bytes[0]);
    pe_out_flush(out);
    while (task->feed == PE_FEED_INPUTS &&
           read(forged_feed, &head, sizeof head) == (ssize_t)sizeof head) {
        if (head.input >= task->input_count || head.length != task->inputs[head.input].length)
            _exit(7);
        judge(out, &head, task->inputs[head.input].data[0]);
        pe_out_flush(out);
    }
}

/* ---- asking ---- */

struct answer {
    int result;
    struct pe_err err;
    char text[200]; /* statuses of the controls of each snapshot */
    unsigned workers;
};

static struct answer ask(const char *const *snapshots, unsigned jobs)
{
    struct pe_pack pack = {.name = "forged"}, *packs[] = {&pack};
    struct pe_input input[MOST], *inputs[MOST];
    struct pe_job job = {.packs = packs,
                         .pack_count = 1,
                         .inputs = inputs,
                         .evidence = PE_EVIDENCE_DEFAULT,
                         .jobs = jobs};
    struct answer answer = {0};
    char names[MOST][8];
    struct pe_run *run;

    for (size_t i = 0; snapshots[i] != NULL; i++, job.input_count++) {
        snprintf(names[i], sizeof names[i], "%zu.json", i);
        input[i] = (struct pe_input){
            .bytes = {(const unsigned char *)snapshots[i], strlen(snapshots[i])}, .name = names[i]};
        inputs[i] = &input[i];
    }
    *started = 0;
    say = obeys;
    answer.result = pe_judge(&job, &run, &answer.err);
    answer.workers = *started;
    if (answer.result != 0)
        return answer;
    for (size_t i = 0; i < run->count; i++) {
        for (size_t k = 0; k < run->results[i].result_count; k++)
            strcat(strcat(answer.text, pe_status_word(run->results[i].results[k].status)), " ");
        strcat(answer.text, ";");
    }
    pe_run_free(run);
    return answer;
}

/* With one worker, whose lives are counted, and with several. */
static void judges(const char *const *snapshots, const char *wanted, unsigned workers)
{
    for (unsigned jobs = 1; jobs <= 3; jobs++) {
        struct answer answer = ask(snapshots, jobs);
        if (answer.result != 0)
            fail_msg("%u jobs: %s", jobs, answer.err.text);
        assert_string_equal(answer.text, wanted);
        if (jobs == 1)
            assert_int_equal(answer.workers, workers);
    }
}

static void refuses(const char *const *snapshots, const char *wanted)
{
    for (unsigned jobs = 1; jobs <= 3; jobs++) {
        struct answer answer = ask(snapshots, jobs);
        assert_int_equal(answer.result, -1);
        assert_string_equal(answer.err.text, wanted);
    }
}

#define SNAPSHOTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_one_worker_judges_them_all(void **state)
{
    (void)state;
    judges(SNAPSHOTS("h......."), "pass pass ;", 1);
    judges(SNAPSHOTS("h.......", "h.......", "h......."), "pass pass ;pass pass ;pass pass ;", 1);
}

static void test_a_large_one_has_a_worker_of_its_size(void **state)
{
    static char large[1024 * 1024 + 2], larger[1024 * 1024 + 3];

    (void)state;
    memset(large, 'h', sizeof large - 1);
    memset(larger, 'h', sizeof larger - 1);
    judges(SNAPSHOTS("h.......", large, large, larger, "h......."),
           "pass pass ;pass pass ;pass pass ;pass pass ;pass pass ;", 4);
}

static void test_a_worker_that_was_killed_is_replaced(void **state)
{
    (void)state;
    judges(SNAPSHOTS("k......."), "pass pass ;", 2);
    judges(SNAPSHOTS("h.......", "k.......", "h......."), "pass pass ;pass pass ;pass pass ;", 2);
}

static void test_a_lie_costs_the_control_and_no_other_snapshot(void **state)
{
    (void)state;
    judges(SNAPSHOTS("h.......", "l.......", "h......."), "pass pass ;error pass ;pass pass ;", 2);
    judges(SNAPSHOTS("b.......", "h......."), "error error ;pass pass ;", 3);
}

static void test_what_was_said_too_much_answers_for_no_other_snapshot(void **state)
{
    (void)state;
    refuses(SNAPSHOTS("s.......", "e......."), "1.json: it is bad");
    judges(SNAPSHOTS("s.......", "l.......", "h......."), "pass pass ;error pass ;pass pass ;", 3);
}

static void test_the_first_that_cannot_be_judged_is_named(void **state)
{
    (void)state;
    refuses(SNAPSHOTS("h.......", "e.......", "h.......", "d......."), "1.json: it is bad");
    refuses(SNAPSHOTS("h.......", "d.......", "e......."),
            "1.json: the worker died before it judged anything (exit status 3)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_worker_judges_them_all),
        cmocka_unit_test(test_a_large_one_has_a_worker_of_its_size),
        cmocka_unit_test(test_a_worker_that_was_killed_is_replaced),
        cmocka_unit_test(test_a_lie_costs_the_control_and_no_other_snapshot),
        cmocka_unit_test(test_what_was_said_too_much_answers_for_no_other_snapshot),
        cmocka_unit_test(test_the_first_that_cannot_be_judged_is_named),
    };

    signal(SIGPIPE, SIG_IGN);
    started =
        mmap(NULL, sizeof *started, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (started == MAP_FAILED)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
