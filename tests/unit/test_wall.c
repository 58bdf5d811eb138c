/* test_wall.c: what each part of the outer wall stops, alone and with the others. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <linux/prctl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "wall_support.h"

/* ---- actions, made of bare system calls: 0 when it could be done ---- */

static long allowed(long result)
{
    return result < 0 ? 1 : 0;
}

static long answer(void)
{
    return allowed(syscall(SYS_write, given.answer, "x", 1));
}

static long allocate(void)
{
    char *memory = malloc(4096 * 1024);

    if (memory == NULL)
        return 1;
    memset(memory, 1, 4096 * 1024);
    memory = realloc(memory, 32 * 1024 * 1024);
    if (memory == NULL)
        return 1;
    memory[20 * 1024 * 1024] = 1;
    free(memory);
    return 0;
}

static long look_at_the_clock(void)
{
    struct timespec now;

    return allowed(syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now));
}

static long open_a_file(void)
{
    return allowed(syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY));
}

static long create_a_file(void)
{
    return allowed(syscall(SYS_openat, AT_FDCWD, "wall.made", O_WRONLY | O_CREAT, 0600));
}

static long make_a_socket(void)
{
    return allowed(syscall(SYS_socket, AF_INET, SOCK_DGRAM, 0));
}

static long connect_by_tcp(void)
{
    long fd = syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);

    return fd < 0 ? 1 : allowed(syscall(SYS_connect, fd, &given.tcp, sizeof given.tcp));
}

static long send_by_udp(void)
{
    long fd = syscall(SYS_socket, AF_INET, SOCK_DGRAM, 0);

    if (fd < 0)
        return 1;
    return allowed(syscall(SYS_sendto, fd, "x", 1, 0, &given.udp, sizeof given.udp));
}

static long fork_a_process(void)
{
    long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);

    if (pid == 0)
        syscall(SYS_exit_group, 0);
    return allowed(pid);
}

static long fork_as_a_user(void)
{
    if (geteuid() == 0 && syscall(SYS_setresuid, 65534, 65534, 65534) != 0)
        return 1;
    return fork_a_process();
}

static long run_a_program(void)
{
    char *const none[] = {NULL};

    return allowed(syscall(SYS_execve, "/bin/true", none, none));
}

static long map_code(void)
{
    return allowed(syscall(SYS_mmap, NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

static long make_memory_code(void)
{
    static _Alignas(4096) char page[4096];

    return allowed(syscall(SYS_mprotect, page, sizeof page, PROT_READ | PROT_EXEC));
}

static long share_memory(void)
{
    return allowed(syscall(SYS_mmap, NULL, 4096, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
}

static long map_a_gibibyte(void)
{
    return allowed(syscall(SYS_mmap, NULL, (size_t)1 << 30, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

/* Twice as long as it may, not endlessly: where nothing ends it, the test must. */
static long use_the_processor(void)
{
    struct timespec used;

    do
        syscall(SYS_clock_gettime, CLOCK_PROCESS_CPUTIME_ID, &used);
    while (used.tv_sec < 2);
    return 0;
}

static long signal_the_parent(void)
{
    return allowed(syscall(SYS_kill, given.parent, 0));
}

static long read_the_parents_memory(void)
{
    char byte;
    struct iovec here = {&byte, 1}, there = {&given.secret, 1};

    return allowed(syscall(SYS_process_vm_readv, given.parent, &here, 1, &there, 1, 0));
}

static long trace_the_parent(void)
{
    return allowed(syscall(SYS_ptrace, PTRACE_SEIZE, given.parent, 0, 0));
}

static long become_traceable(void)
{
    return allowed(syscall(SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0));
}

static long regain_privileges(void)
{
    return allowed(syscall(SYS_prctl, PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0));
}

static long raise_a_limit(void)
{
    struct rlimit more = {64, 64};

    return allowed(syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, &more, NULL));
}

static long write_elsewhere(void)
{
    return allowed(syscall(SYS_write, given.other, "x", 1));
}

static long copy_the_answer_pipe(void)
{
    return allowed(syscall(SYS_dup, given.answer));
}

struct action {
    const char *name;
    long (*act)(void);
    enum end landlock, limits, seccomp, all;
};

static const struct action actions[] = {
    {"answer", answer, ALLOWED, ALLOWED, ALLOWED, ALLOWED},
    {"allocate memory", allocate, ALLOWED, ALLOWED, ALLOWED, ALLOWED},
    {"look at the clock", look_at_the_clock, ALLOWED, ALLOWED, ALLOWED, ALLOWED},
    {"open a file", open_a_file, DENIED, DENIED, SYS, SYS},
    {"create a file", create_a_file, DENIED, DENIED, SYS, SYS},
    {"make a socket", make_a_socket, ALLOWED, DENIED, SYS, SYS},
    {"connect by TCP", connect_by_tcp, DENIED, DENIED, SYS, SYS},
    {"send by UDP", send_by_udp, ALLOWED, DENIED, SYS, SYS},
    {"fork", fork_a_process, ALLOWED, UNSAID, SYS, SYS}, /* root may, whatever the limit */
    {"fork as a user", fork_as_a_user, UNSAID, DENIED, SYS, SYS},
    {"run a program", run_a_program, DENIED, UNSAID, SYS, SYS},
    {"map code", map_code, ALLOWED, ALLOWED, SYS, SYS},
    {"make memory code", make_memory_code, ALLOWED, ALLOWED, SYS, SYS},
    {"share memory", share_memory, ALLOWED, ALLOWED, SYS, SYS},
    {"map a gibibyte", map_a_gibibyte, ALLOWED, DENIED, ALLOWED, DENIED},
    {"use the processor", use_the_processor, ALLOWED, KILL, ALLOWED, KILL},
    {"signal the parent", signal_the_parent, DENIED, ALLOWED, SYS, SYS},
    {"read the parent's memory", read_the_parents_memory, DENIED, UNSAID, SYS, SYS},
    {"trace the parent", trace_the_parent, DENIED, UNSAID, SYS, SYS},
    {"become traceable", become_traceable, ALLOWED, ALLOWED, SYS, SYS},
    {"regain privileges", regain_privileges, DENIED, DENIED, SYS, SYS},
    {"raise a limit", raise_a_limit, UNSAID, UNSAID, SYS, SYS},
    {"write elsewhere", write_elsewhere, DENIED, DENIED, SYS, SYS},
    {"copy the answer pipe", copy_the_answer_pipe, ALLOWED, DENIED, SYS, SYS},
};
enum { ACTIONS = sizeof actions / sizeof actions[0] };

/* ---- the tables ---- */

static const char *const end_names[] = {"allowed", "denied", "SIGSYS", "SIGKILL", "?", "other"};

static bool landlock_can(const char *name)
{
    long abi = wall_landlock_abi();

    if (strcmp(name, "connect by TCP") == 0)
        return abi >= 4;
    if (strcmp(name, "signal the parent") == 0)
        return abi >= 6;
    return abi >= 1;
}

static void wants(const char *walls, const struct action *action, enum end want,
                  const struct pe_wall *wall)
{
    enum end got = want == UNSAID ? UNSAID : wall_try(action->act, wall);

    if (want != got)
        fail_msg("behind %s, '%s' should end so: %s, but this came: %s", walls, action->name,
                 end_names[want], end_names[got]);
}

static void test_landlock_alone_stops_what_the_table_says(void **state)
{
    struct pe_wall wall = wall_prepare(PE_WALL_LANDLOCK);

    (void)state;
    for (size_t i = 0; i < ACTIONS; i++) {
        if (!landlock_can(actions[i].name))
            print_message("SKIPPED: this kernel's Landlock knows nothing of: %s\n",
                          actions[i].name);
        else
            wants("Landlock", &actions[i], actions[i].landlock, &wall);
    }
}

static void test_limits_alone_stop_what_the_table_says(void **state)
{
    struct pe_wall wall = wall_prepare(PE_WALL_LIMITS);

    (void)state;
    if (PE_WALL_SANITIZED)
        print_message("SKIPPED: a sanitized build has no limit on memory\n");
    for (size_t i = 0; i < ACTIONS; i++)
        if (!PE_WALL_SANITIZED || actions[i].act != map_a_gibibyte)
            wants("limits", &actions[i], actions[i].limits, &wall);
}

/* The filter of every build that is not sanitized, whatever this one is. */
static void use_plain_filter(struct pe_wall *wall)
{
    wall->filter_length = pe_wall_filter(wall->filter, pe_wall_arch(), given.answer, -1, false);
}

/* In a sanitized build, malloc has calls of its own to make. */
static bool suits_plain_filter(const struct action *action)
{
    return !PE_WALL_SANITIZED || action->act != allocate;
}

static void test_seccomp_alone_stops_what_the_table_says(void **state)
{
    struct pe_wall wall = wall_prepare(PE_WALL_SECCOMP);

    (void)state;
    use_plain_filter(&wall);
    for (size_t i = 0; i < ACTIONS; i++)
        if (suits_plain_filter(&actions[i]))
            wants("seccomp", &actions[i], actions[i].seccomp, &wall);
}

static void test_all_walls_stop_what_the_table_says(void **state)
{
    struct pe_wall wall = wall_prepare(ALL_WALLS);

    (void)state;
    if (!landlock_can(""))
        wall.walls &= ~(unsigned)PE_WALL_LANDLOCK;
    use_plain_filter(&wall);
    for (size_t i = 0; i < ACTIONS; i++)
        if (suits_plain_filter(&actions[i]) &&
            (!PE_WALL_SANITIZED || actions[i].act != map_a_gibibyte))
            wants("all walls", &actions[i], actions[i].all, &wall);
}

/* What kills in every other build is refused, so that a sanitizer can still report. */
static void test_the_filter_of_sanitized_builds_stops_the_same(void **state)
{
    struct pe_wall wall = wall_prepare(PE_WALL_SECCOMP);

    (void)state;
    wall.filter_length = pe_wall_filter(wall.filter, pe_wall_arch(), given.answer, -1, true);
    for (size_t i = 0; i < ACTIONS; i++)
        if (actions[i].act != share_memory)
            wants("the filter of sanitized builds", &actions[i],
                  actions[i].seccomp == SYS ? DENIED : actions[i].seccomp, &wall);
}

static void test_without_walls_all_of_it_could_be_done(void **state)
{
    struct pe_wall wall = {.sandbox = PE_SANDBOX_OFF};

    (void)state;
    for (size_t i = 0; i < ACTIONS; i++)
        if (actions[i].act != regain_privileges && actions[i].act != read_the_parents_memory &&
            actions[i].act != trace_the_parent && actions[i].act != raise_a_limit &&
            actions[i].act != fork_as_a_user)
            wants("nothing", &actions[i], ALLOWED, &wall);
    unlink("wall.made");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_landlock_alone_stops_what_the_table_says),
        cmocka_unit_test(test_limits_alone_stop_what_the_table_says),
        cmocka_unit_test(test_seccomp_alone_stops_what_the_table_says),
        cmocka_unit_test(test_all_walls_stop_what_the_table_says),
        cmocka_unit_test(test_the_filter_of_sanitized_builds_stops_the_same),
        cmocka_unit_test(test_without_walls_all_of_it_could_be_done),
    };

    return cmocka_run_group_tests(tests, wall_set_up, NULL);
}
