/* coverage_exit.c: keeps the coverage counters of processes that leave through _exit().
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only in coverage builds, which link with --wrap=_exit,--wrap=fork. A worker that has closed its
 * wall (engine/wall.h) cannot write a file any more, so every forked process begins with a helper
 * that shares its memory and nothing else: it waits outside the wall, writes the counters when the
 * process wants to leave or was killed, and ends. So the wall is measured as it is, without a door.
 *
 * A test that makes calls fail (tests/faults/faults.c) ends that before counters are written: what
 * writes them waits for ever for a lock that it cannot have, or leaves half a file.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

__attribute__((weak)) void faults_end(void);

#ifdef __clang__
int __llvm_profile_write_file(void);
static void dump(void)
{
    if (faults_end != NULL)
        faults_end();
    __llvm_profile_write_file();
}
#else
void __gcov_dump(void);
static void dump(void)
{
    if (faults_end != NULL)
        faults_end();
    __gcov_dump();
}
#endif

/* exit() writes the counters itself, after this. */
__attribute__((destructor)) static void at_end(void)
{
    if (faults_end != NULL)
        faults_end();
}

_Noreturn void __real__exit(int status);
_Noreturn void __wrap__exit(int status);
pid_t __real_fork(void);
pid_t __wrap_fork(void);

enum { NONE, WAITING, ASKED, WRITTEN };
static _Atomic int helper;
static pid_t helped;

static _Alignas(16) char stack[256 * 1024];

static int help(void *unused)
{
    const struct timespec moment = {0, 200 * 1000};

    (void)unused;
    syscall(SYS_close_range, 0, ~0U, 0);
    helper = WAITING;
    while (helper == WAITING && getppid() == helped)
        nanosleep(&moment, NULL);
    dump();
    helper = WRITTEN;
    return 0;
}

pid_t __wrap_fork(void)
{
    pid_t pid = __real_fork();

    if (pid != 0)
        return pid;
    helper = NONE;
    helped = getpid();
    if (clone(help, stack + sizeof stack, CLONE_VM, NULL) > 0)
        while (helper == NONE)
            continue;
    return 0;
}

_Noreturn void __wrap__exit(int status)
{
    if (helper == NONE) {
        dump();
    } else {
        helper = ASKED;
        while (helper != WRITTEN)
            continue;
    }
    __real__exit(status);
}
