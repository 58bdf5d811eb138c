/* test_stream.c: a stream whose worker dies, lies or is silent answers every line all the same. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "forged_snapshot.h"

/* ---- a worker that does what a line's first byte says ---- */
/* Lines are as long as the places in what it says. */

static bool next_line(struct pe_feed_head *head, char *line, size_t room)
{
    if (read(forged_feed, head, sizeof *head) != (ssize_t)sizeof *head)
        return false;
    if (head->length >= room || read(forged_feed, line, head->length) != (ssize_t)head->length)
        _exit(7);
    return true;
}

static void fail_input(struct pe_out *out, enum pe_err_kind kind)
{
    pe_out_begin(out, PE_RECORD_ERROR);
    pe_out_u32(out, kind);
    pe_out_string(out, "it is bad");
    pe_out_end(out);
}

static void answer_line(struct pe_out *out, const struct pe_feed_head *head, char what)
{
    switch (what) {
    case 'e': /* is no JSON */
        fail_input(out, PE_ERR_INPUT);
        return;
    case 'm': /* is too much, and the end of this worker */
        fail_input(out, PE_ERR_MEMORY);
        pe_out_flush(out);
        _exit(0);
    case 'd': /* dies */
        _exit(3);
    case 'p': /* says another pack in between */
        say_pack(out, "other");
        break;
    case 'r': /* judges in the wrong order */
        say_snapshot(out);
        say_control(out, 1);
        break;
    case 'c': /* dies in its first control */
        say_snapshot(out);
        if (head->first_control == 0) {
            say_control(out, 0);
            pe_out_flush(out);
            _exit(3);
        }
        say_rest(out, head->first_control);
        return;
    case 'l': /* lies in its first control */
        say_snapshot(out);
        if (head->first_control == 0) {
            say_control(out, 0);
            say_rule(out, (struct told){0, 0, PE_PASS, 0, 0, 0, 6});
            return;
        }
        break;
    case 's': /* says more than was asked for: the answer to the next line */
        say_snapshot(out);
        say_rest(out, 0);
        say_snapshot(out);
        say_rest(out, 0);
        return;
    default:
        say_snapshot(out);
        break;
    }
    say_rest(out, head->first_control);
}

static void obeys(struct pe_out *out, const struct pe_task *task)
{
    struct pe_feed_head head = {task->length, 0, task->first_control, task->announces};
    char line[100];

    assert_int_equal(task->feed, PE_FEED_LINES);
    say_wall(out, 0);
    say_pack(out, "forged");
    if (task->bytes != NULL)
        answer_line(out, &head, (char)task->bytes[0]);
    pe_out_flush(out);
    while (next_line(&head, line, sizeof line)) {
        answer_line(out, &head, line[0]);
        pe_out_flush(out);
    }
}

static void is_no_pack(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, 0);
    fail_input(out, PE_ERR_PACK);
}

static void dies_at_once(struct pe_out *out, const struct pe_task *task)
{
    (void)out;
    (void)task;
}

static unsigned *started; /* workers so far; they count themselves */

static void is_killed_while_it_loads(struct pe_out *out, const struct pe_task *task)
{
    if (__atomic_add_fetch(started, 1, __ATOMIC_SEQ_CST) == 1)
        _exit(3);
    obeys(out, task);
}

static void has_no_walls(struct pe_out *out, const struct pe_task *task)
{
    (void)task;
    say_wall(out, PE_WALL_SECCOMP);
    say_pack(out, "forged");
}

/* ---- asking ---- */

struct answers {
    char text[2000]; /* "1 pass pass;" a line; or "2: reason;" */
    size_t length, stop_after;
    int stop_fd;
};

static void add(struct answers *answers, const char *more)
{
    answers->length += (size_t)snprintf(answers->text + answers->length,
                                        sizeof answers->text - answers->length, "%s", more);
    assert_true(answers->length < sizeof answers->text);
}

static int take(void *ud, const struct pe_line *line, struct pe_err *err)
{
    struct answers *answers = ud;
    char number[24];

    (void)err;
    snprintf(number, sizeof number, "%d", (int)line->number);
    add(answers, number);
    if (line->error != NULL) {
        add(answers, ": ");
        add(answers, line->error);
    }
    for (size_t i = 0; line->result != NULL && i < line->result->result_count; i++) {
        add(answers, " ");
        add(answers, pe_status_word(line->result->results[i].status));
    }
    add(answers, ";");
    if (line->number == answers->stop_after)
        assert_int_equal(write(answers->stop_fd, "", 1), 1);
    return 0;
}

static int run(const char *input, unsigned jobs, struct answers *answers, bool *stopped,
               struct pe_err *err)
{
    struct pe_pack pack = {.name = "forged"}, *packs[] = {&pack};
    struct pe_job job = {
        .packs = packs, .pack_count = 1, .evidence = PE_EVIDENCE_DEFAULT, .jobs = jobs};
    struct pe_stream stream = {.job = &job, .max_line_bytes = 50, .answer = take, .ud = answers};
    int ends[2], stop[2], result;

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(pipe(stop), 0);
    assert_int_equal(write(ends[1], input, strlen(input)), (ssize_t)strlen(input));
    close(ends[1]);
    stream.in_fd = ends[0];
    stream.stop_fd = stop[0];
    answers->stop_fd = stop[1];
    result = pe_stream_run(&stream, stopped, err);
    close(ends[0]);
    close(stop[0]);
    close(stop[1]);
    return result;
}

/* For every number of jobs the same. */
static void wants(const char *input, const char *wanted)
{
    for (unsigned jobs = 1; jobs <= 3; jobs++) {
        struct answers answers = {0};
        struct pe_err err = {0};
        bool stopped = true;

        say = obeys;
        assert_int_equal(run(input, jobs, &answers, &stopped, &err), 0);
        assert_string_equal(answers.text, wanted);
        assert_false(stopped);
    }
}

static void test_every_line_is_answered_in_order(void **state)
{
    (void)state;
    wants("", "");
    wants("h.......", "1 pass pass;");
    wants("h.......\nh.......\nh.......\nh.......\nh.......\n",
          "1 pass pass;2 pass pass;3 pass pass;4 pass pass;5 pass pass;");
    wants("\nh.......\n \t\r\n", "1: the line is blank;2 pass pass;3: the line is blank;");
    wants("h.......\nhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh\nh.......",
          "1 pass pass;2: the line is longer than 50 bytes;3 pass pass;");
}

static void test_a_line_that_is_no_json_costs_itself(void **state)
{
    (void)state;
    wants("h.......\ne.......\nh.......\n", "1 pass pass;2: it is bad;3 pass pass;");
    wants("h.......\nm.......\nh.......\n", "1 pass pass;2: it is bad;3 pass pass;");
}

static void test_a_worker_that_dies_costs_the_control_or_the_line(void **state)
{
    (void)state;
    wants("h.......\nd.......\nh.......\n",
          "1 pass pass;2: the worker died before it judged anything (exit status 3);3 pass pass;");
    wants("h.......\nc.......\nh.......\n", "1 pass pass;2 error pass;3 pass pass;");
}

static void test_a_worker_that_lies_costs_the_control_or_the_line(void **state)
{
    (void)state;
    wants("h.......\np.......\nh.......\n",
          "1 pass pass;2: the worker sent an impossible answer (order);3 pass pass;");
    wants("h.......\nr.......\nh.......\n",
          "1 pass pass;2: the worker sent an impossible answer (control);3 pass pass;");
    wants("h.......\nl.......\nh.......\n", "1 pass pass;2 error pass;3 pass pass;");
}

static void test_what_was_said_too_much_answers_no_other_line(void **state)
{
    (void)state;
    wants("s.......\ne.......\ns.......\ne.......\n",
          "1 pass pass;2: it is bad;3 pass pass;4: it is bad;");
}

static void test_after_the_stop_no_line_is_begun(void **state)
{
    struct answers answers = {.stop_after = 2};
    struct pe_err err = {0};
    char input[1000] = "";
    bool stopped = false;

    (void)state;
    say = obeys;
    for (int i = 0; i < 100; i++)
        strcat(input, "h.......\n");
    assert_int_equal(run(input, 1, &answers, &stopped, &err), 0);
    assert_true(stopped);
    assert_memory_equal(answers.text, "1 pass pass;2 pass pass;", 24);
    assert_true(answers.length < 100); /* what was begun is answered, and no more */
}

static void fails(void (*worker)(struct pe_out *, const struct pe_task *), enum pe_err_kind kind)
{
    struct answers answers = {0};
    struct pe_err err = {0};
    bool stopped;

    say = worker;
    assert_int_equal(run("h.......\n", 1, &answers, &stopped, &err), -1);
    assert_int_equal(err.kind, kind);
    assert_string_equal(answers.text, "");
}

static void test_what_would_be_wrong_with_every_line_is_told_before_the_first(void **state)
{
    (void)state;
    fails(is_no_pack, PE_ERR_PACK);
    fails(dies_at_once, PE_ERR_WORKER);
    fails(has_no_walls, PE_ERR_WORKER);
}

static void test_a_worker_that_was_killed_while_it_loads_is_replaced(void **state)
{
    struct answers answers = {0};
    struct pe_err err = {0};
    bool stopped = true;

    (void)state;
    say = is_killed_while_it_loads;
    assert_int_equal(run("h.......\n", 1, &answers, &stopped, &err), 0);
    assert_string_equal(answers.text, "1 pass pass;");
    assert_int_equal(*started, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_line_is_answered_in_order),
        cmocka_unit_test(test_a_line_that_is_no_json_costs_itself),
        cmocka_unit_test(test_a_worker_that_dies_costs_the_control_or_the_line),
        cmocka_unit_test(test_a_worker_that_lies_costs_the_control_or_the_line),
        cmocka_unit_test(test_what_was_said_too_much_answers_no_other_line),
        cmocka_unit_test(test_after_the_stop_no_line_is_begun),
        cmocka_unit_test(test_what_would_be_wrong_with_every_line_is_told_before_the_first),
        cmocka_unit_test(test_a_worker_that_was_killed_while_it_loads_is_replaced),
    };

    signal(SIGPIPE, SIG_IGN);
    started =
        mmap(NULL, sizeof *started, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (started == MAP_FAILED)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
