/* test_wall_close.c: closing the outer wall: where it cannot be, and what works behind it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "wall_support.h"

/* ---- walls that cannot be closed ---- */

/* A system that lacks some calls: they fail with ENOSYS. */
static void lack(const int *numbers, size_t count)
{
    struct sock_filter filter[32] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr))};
    struct sock_fprog program = {0, filter};
    size_t length = 1;

    for (size_t i = 0; i < count; i++) {
        filter[length++] =
            (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)numbers[i], 0, 1);
        filter[length++] =
            (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS);
    }
    filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    program.len = (unsigned short)length;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0)
        wall_leave(99);
}

struct report {
    int result;
    unsigned missing;
    struct pe_err err;
};

/* What pe_wall_close says on a system that lacks these calls. */
static struct report close_without(enum pe_sandbox sandbox, const int *numbers, size_t count)
{
    struct report *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct pe_wall wall = wall_prepare(ALL_WALLS);
    struct report report;
    pid_t pid;

    wall.sandbox = sandbox;
    pid = fork();
    if (pid == 0) {
        lack(numbers, count);
        shared->missing = 99;
        shared->result = pe_wall_close(&wall, given.answer, &shared->missing, &shared->err);
        wall_leave(0);
    }
    assert_int_equal(wall_end_of(pid), ALLOWED);
    report = *shared;
    munmap(shared, sizeof *shared);
    return report;
}

#define WITHOUT(sandbox, ...)                                                                      \
    close_without(sandbox, (const int[]){__VA_ARGS__},                                             \
                  sizeof((const int[]){__VA_ARGS__}) / sizeof(int))

static void test_a_wall_that_is_required_and_cannot_be_had_is_an_error(void **state)
{
    struct report report = WITHOUT(PE_SANDBOX_REQUIRE, SYS_seccomp);

    (void)state;
    assert_int_equal(report.result, -1);
    assert_int_equal(report.err.kind, PE_ERR_IO);
    assert_int_equal(report.missing, 99);
    assert_string_equal(report.err.text,
                        "cannot close the sandbox: seccomp: SECCOMP_SET_MODE_FILTER: Function not "
                        "implemented; --sandbox=best-effort goes on with what this system has");
    report = WITHOUT(PE_SANDBOX_REQUIRE, SYS_prlimit64, SYS_setrlimit);
    assert_int_equal(report.result, -1);
    assert_non_null(strstr(report.err.text, "limits: RLIMIT_"));
    report = WITHOUT(PE_SANDBOX_REQUIRE, SYS_prctl);
    assert_int_equal(report.result, -1);
    assert_non_null(strstr(report.err.text, "PR_SET_DUMPABLE"));
}

static void test_landlock_is_not_required(void **state)
{
    struct report report = WITHOUT(PE_SANDBOX_REQUIRE, 444);

    (void)state;
    assert_int_equal(report.result, 0);
    assert_int_equal(report.missing, PE_WALL_LANDLOCK);
    report = WITHOUT(PE_SANDBOX_REQUIRE, 446);
    assert_int_equal(report.result, 0);
    assert_int_equal(report.missing, PE_WALL_LANDLOCK);
}

static void test_best_effort_goes_on_and_says_what_is_missing(void **state)
{
    struct report report = WITHOUT(PE_SANDBOX_BEST_EFFORT, SYS_seccomp, 444);

    (void)state;
    assert_int_equal(report.result, 0);
    assert_int_equal(report.missing, PE_WALL_SECCOMP | PE_WALL_LANDLOCK);
    report = WITHOUT(PE_SANDBOX_BEST_EFFORT, SYS_prlimit64, SYS_setrlimit, 444);
    assert_int_equal(report.result, 0);
    assert_int_equal(report.missing, PE_WALL_LIMITS | PE_WALL_LANDLOCK);
}

static void test_an_old_kernel_has_its_descriptors_closed_one_by_one(void **state)
{
    struct report report = WITHOUT(PE_SANDBOX_REQUIRE, SYS_close_range);

    (void)state;
    assert_int_equal(report.result, 0);
}

static void test_an_unknown_processor_has_no_filter(void **state)
{
    struct sock_filter filter[PE_WALL_INSTRUCTIONS];

    (void)state;
    assert_int_equal(pe_wall_filter(filter, PE_ARCH_OTHER, 3, -1, false), 0);
}

/* ---- after it is closed ---- */

static long only_the_answer_is_open(void)
{
    for (int fd = 0; fd < 64; fd++)
        if (fd != given.answer && !(PE_WALL_SANITIZED && fd == STDERR_FILENO) &&
            fcntl(fd, F_GETFD) >= 0)
            return 1;
    return fcntl(given.answer, F_GETFD) < 0;
}

static void test_only_the_answer_pipe_stays_open(void **state)
{
    struct pe_wall wall = wall_prepare(PE_WALL_LIMITS);
    int saved = given.answer, high = fcntl(given.answer, F_DUPFD, 40);

    (void)state;
    assert_int_equal(wall_try(only_the_answer_is_open, &wall), ALLOWED);
    given.answer = high;
    assert_int_equal(wall_try(only_the_answer_is_open, &wall), ALLOWED);
    given.answer = saved;
    close(high);
}

/* ---- a stream's worker may read one pipe ---- */

static int feed;

static long only_answer_and_feed_are_open(void)
{
    for (int fd = 0; fd < 64; fd++)
        if (fd != given.answer && fd != feed && !(PE_WALL_SANITIZED && fd == STDERR_FILENO) &&
            fcntl(fd, F_GETFD) >= 0)
            return 1;
    return fcntl(given.answer, F_GETFD) < 0 || fcntl(feed, F_GETFD) < 0;
}

static long read_the_feed(void)
{
    char byte;

    return syscall(SYS_read, feed, &byte, 1) == 1 && byte == 'x' ? 0 : 1;
}

static long read_the_answers(void)
{
    char byte;

    return syscall(SYS_read, given.answer, &byte, 1) < 0 ? 1 : 0;
}

static long write_to_the_feed(void)
{
    return syscall(SYS_write, feed, "x", 1) < 0 ? 1 : 0;
}

static struct pe_wall wall_with_feed(unsigned walls)
{
    struct pe_wall wall;

    pe_wall_prepare(&wall, PE_SANDBOX_REQUIRE, given.answer, feed, 512 * 1024 * 1024, 1);
    wall.walls = walls;
    wall.filter_length = pe_wall_filter(wall.filter, pe_wall_arch(), given.answer, feed, false);
    return wall;
}

static void test_a_streams_worker_may_read_its_pipe_and_no_other(void **state)
{
    struct pe_wall limits, all;
    int ends[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    for (int high = 0; high < 2; high++) { /* below the answer pipe, and above it */
        feed = high ? fcntl(ends[0], F_DUPFD, 50) : ends[0];
        limits = wall_with_feed(PE_WALL_LIMITS);
        assert_int_equal(wall_try(only_answer_and_feed_are_open, &limits), ALLOWED);
        all = wall_with_feed(ALL_WALLS & ~(wall_landlock_abi() >= 1 ? 0 : PE_WALL_LANDLOCK));
        assert_int_equal(write(ends[1], "x", 1), 1);
        assert_int_equal(wall_try(read_the_feed, &all), ALLOWED);
        assert_int_equal(wall_try(read_the_answers, &all), SYS);
        assert_int_equal(wall_try(write_to_the_feed, &all), SYS);
    }
    close(feed);
    close(ends[0]);
    close(ends[1]);
}

static int by_content(const void *a, const void *b)
{
    return memcmp(a, b, 1024);
}

/* The library calls that policies cause: glibc must not ask the system for anything new. */
static long use_the_library(void)
{
    char items[8][1024], text[400];
    char *blocks[100];
    double sum = 0;

    for (int i = 0; i < 8; i++)
        memset(items[i], 'h' - i, sizeof items[i]);
    qsort(items, 8, sizeof items[0], by_content);
    for (int i = 0; i < 100; i++)
        blocks[i] = malloc((size_t)i * 3001 + 1);
    for (int i = 0; i < 100; i += 2)
        free(blocks[i]);
    for (int i = 0; i < 20; i++) {
        snprintf(text, sizeof text, "%.17g %s %lld", 1e300 / (i + 1), "x", 1LL << i);
        sum += strtod(text, NULL) + (double)time(NULL);
    }
    return sum == 0 || items[0][0] != 'a' || strerror(ENOMEM) == NULL;
}

static void test_the_c_library_works_behind_all_walls(void **state)
{
    struct pe_wall wall =
        wall_prepare(ALL_WALLS & ~(wall_landlock_abi() >= 1 ? 0 : PE_WALL_LANDLOCK));

    (void)state;
    assert_int_equal(wall_try(use_the_library, &wall), ALLOWED);
}

/* An allocation that the limit refuses returns NULL; glibc would else try an arena of its own. */
static long run_out_of_memory(void)
{
    size_t total = 0;

    while (malloc(1000 * 1000) != NULL)
        total += 1000 * 1000;
    while (malloc(100) != NULL)
        total += 100;
    return total < 100 * 1000 * 1000;
}

static void test_memory_that_runs_out_is_no_death(void **state)
{
    struct pe_wall wall =
        wall_prepare(ALL_WALLS & ~(wall_landlock_abi() >= 1 ? 0 : PE_WALL_LANDLOCK));

    (void)state;
    if (PE_WALL_SANITIZED) {
        print_message("SKIPPED: a sanitized build has no limit on memory\n");
        skip();
    }
    wall.cpu_seconds = 20;
    assert_int_equal(wall_try(run_out_of_memory, &wall), ALLOWED);
}

static void test_a_rehearsal_says_which_walls_there_are(void **state)
{
    (void)state;
    assert_int_equal(pe_walls_missing() & ~(unsigned)PE_WALL_LANDLOCK, 0);
    assert_int_equal((pe_walls_missing() & PE_WALL_LANDLOCK) != 0, wall_landlock_abi() < 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_wall_that_is_required_and_cannot_be_had_is_an_error),
        cmocka_unit_test(test_landlock_is_not_required),
        cmocka_unit_test(test_best_effort_goes_on_and_says_what_is_missing),
        cmocka_unit_test(test_an_old_kernel_has_its_descriptors_closed_one_by_one),
        cmocka_unit_test(test_an_unknown_processor_has_no_filter),
        cmocka_unit_test(test_only_the_answer_pipe_stays_open),
        cmocka_unit_test(test_a_streams_worker_may_read_its_pipe_and_no_other),
        cmocka_unit_test(test_the_c_library_works_behind_all_walls),
        cmocka_unit_test(test_memory_that_runs_out_is_no_death),
        cmocka_unit_test(test_a_rehearsal_says_which_walls_there_are),
    };

    return cmocka_run_group_tests(tests, wall_set_up, NULL);
}
