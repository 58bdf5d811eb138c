/* test_judge_worker.c: a policy that misbehaves or a worker that dies costs one control. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "folder_support.h"
#include "judging_support.h"
#include "pack_support.h"

static const char works_long[] =
    "return { title='t', severity='low', owner='customer', rules=(function() local rules = {} "
    "for i = 1, 100 do rules[i] = { id='r' .. i, title='x', check=function() while true do end "
    "end } end return rules end)() }";

/* ---- policies that misbehave ---- */

static void put_rules(const char *const *bodies)
{
    struct pe_arena arena = {0};

    folder_put("p/pack.lua", judging_pack_lua);
    folder_put("p/1.1.lua", control_of_rules(&arena, "", bodies));
    pe_arena_release(&arena);
}

static void test_a_policy_whose_texts_are_no_utf8_does_not_make_its_worker_a_liar(void **state)
{
    static const char *const bodies[] = {
        "ensure(s.a == 2, s, '\\xFF')",
        "return s['\\xFF']",
        "ensure(has(s, '\\xE7\\xAE') or s.a == 1)",
        "note(string.rep('a管', 1000)) ensure(s.a == 1)",
        "return params['ab' .. string.rep('管', 100)]",
        "for _ in each(s.options, '\\xFF', function() return false end) do end",
        "ensure(s.a == 2, s, 'a\\0b')",
        NULL,
    };
    static const enum pe_status expected[] = {PE_FAIL,  PE_UNKNOWN, PE_PASS, PE_PASS,
                                              PE_ERROR, PE_UNKNOWN, PE_FAIL};
    struct judging j;

    (void)state;
    put_rules(bodies);
    j = judging_texts(TEXTS(judging_good));
    assert_int_equal(j.run->results[0].results[0].rule_count, 7);
    for (size_t i = 0; i < 7; i++) {
        const struct pe_rule_result *rule = &j.run->results[0].results[0].rules[i];
        if (rule->status != expected[i] || strstr(rule->reason.en, "process") != NULL)
            fail_msg("%s: %s: %s", bodies[i], pe_status_word(rule->status), rule->reason.en);
    }
    judging_release(&j);
}

static void test_a_policy_that_only_talks_runs_out_of_fuel(void **state)
{
    static const char *const bodies[] = {
        "local m, v = string.rep('{a}', 600), { a = string.rep('x', 200) } "
        "while true do note(m, v) end",
        "ensure(s.a == 1)", NULL};
    const struct pe_rule_result *rules;
    struct judging j;

    (void)state;
    put_rules(bodies);
    j = judging_texts(TEXTS(judging_good));
    rules = j.run->results[0].results[0].rules;
    assert_int_equal(rules[0].status, PE_ERROR);
    assert_non_null(strstr(rules[0].reason.en, "instructions"));
    assert_int_equal(rules[1].status, PE_PASS);
    judging_release(&j);
}

/* ---- workers that die ---- */

static volatile sig_atomic_t kills_left;

/* Kills every child of this process; only calls that a signal handler may make. */
static void kill_children(int number)
{
    char path[64], text[256], *at;
    ssize_t length;
    int fd, was = errno;

    (void)number;
    if (kills_left-- <= 0)
        return;
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    fd = open(path, O_RDONLY);
    length = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    text[length < 0 ? 0 : length] = '\0';
    for (at = text; *at != '\0';) {
        pid_t child = (pid_t)strtol(at, &at, 10);
        if (child > 1)
            kill(child, SIGKILL);
        at += *at == ' ';
    }
    close(fd);
    errno = was;
}

static bool can_see_children(void)
{
    char path[64];

    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    return access(path, R_OK) == 0;
}

static void kill_workers_each(long milliseconds, int times)
{
    const struct timeval time = {milliseconds / 1000, milliseconds % 1000 * 1000};
    const struct itimerval timer = {time, time};
    struct sigaction action = {.sa_handler = kill_children, .sa_flags = SA_RESTART};

    kills_left = times;

    assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
    assert_int_equal(setitimer(ITIMER_REAL, &timer, NULL), 0);
}

static void stop_killing(void)
{
    const struct itimerval never = {0};

    assert_int_equal(setitimer(ITIMER_REAL, &never, NULL), 0);
}

/* It cannot be told from one that a policy brought down, so it gets a second chance. */
static void test_a_worker_that_is_killed_once_costs_nothing(void **state)
{
    static const char *const bodies[] = {"while true do end",
                                         "while true do end",
                                         "while true do end",
                                         "while true do end",
                                         "while true do end",
                                         "ensure(s.a == 1)",
                                         NULL};
    const struct pe_rule_result *rules;
    struct judging j;

    (void)state;
    if (!can_see_children())
        skip();
    put_rules(bodies);
    kill_workers_each(50, 1);
    j = judging_texts(TEXTS(judging_good));
    stop_killing();
    rules = j.run->results[0].results[0].rules;
    assert_int_equal(j.run->results[0].results[0].rule_count, 6);
    for (size_t i = 0; i < 5; i++)
        assert_non_null(strstr(rules[i].reason.en, "instructions"));
    assert_int_equal(rules[5].status, PE_PASS);
    judging_release(&j);
}

static void test_a_worker_that_is_killed_twice_costs_its_control_and_the_others_stand(void **state)
{
    const struct pe_control_result *results;
    struct judging j;

    (void)state;
    if (!can_see_children())
        skip();
    judging_put_pack();
    folder_put("p/2.1.lua", works_long);
    folder_put("p/3.1.lua", judging_passes);
    kill_workers_each(1000, 2);
    j = judging_texts(TEXTS(judging_good));
    stop_killing();
    results = j.run->results[0].results;
    assert_false(j.run->passed);
    assert_int_equal(j.run->results[0].result_count, 3);
    assert_int_equal(results[0].status, PE_PASS);
    assert_int_equal(results[1].status, PE_ERROR);
    assert_int_equal(results[1].rule_count, 100);
    assert_string_equal(results[1].rules[99].reason.en,
                        "the process that judged this control died (signal 9, Killed)");
    assert_int_equal(results[2].status, PE_PASS);
    judging_release(&j);
}

static void test_workers_of_several_snapshots_die_apart(void **state)
{
    struct judging j;

    (void)state;
    if (!can_see_children())
        skip();
    judging_put_pack();
    folder_put("p/2.1.lua", works_long);
    j = judging_of(TEXTS(judging_good, judging_good));
    j.job.jobs = 2;
    kill_workers_each(1000, 2);
    assert_int_equal(judging_run(&j), 0);
    stop_killing();
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(j.run->results[i].results[0].status, PE_PASS);
        assert_int_equal(j.run->results[i].results[1].status, PE_ERROR);
    }
    judging_release(&j);
}

static void test_no_worker_is_left_behind(void **state)
{
    struct judging j;

    (void)state;
    judging_put_pack();
    j = judging_texts(TEXTS(judging_good, judging_bad));
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    judging_release(&j);
    j = judging_of(TEXTS(judging_good, "["));
    j.job.jobs = 2;
    assert_int_equal(judging_run(&j), -1);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    judging_release(&j);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, folder_enter, folder_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_policy_whose_texts_are_no_utf8_does_not_make_its_worker_a_liar),
        TEST(test_a_policy_that_only_talks_runs_out_of_fuel),
        TEST(test_a_worker_that_is_killed_once_costs_nothing),
        TEST(test_a_worker_that_is_killed_twice_costs_its_control_and_the_others_stand),
        TEST(test_workers_of_several_snapshots_die_apart),
        TEST(test_no_worker_is_left_behind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
