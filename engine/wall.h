/* wall.h: the outer wall: what a worker gives up before it looks at its first byte.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A worker needs memory and one pipe; one that judges a stream reads its lines from a second one.
 * pe_wall_close takes everything else away, for good, and in this order, because each step needs
 * what the next one takes:
 *
 *   descriptors   all but these pipes are closed; the process cannot be traced or dumped, nor
 *                 gain a privilege (PR_SET_NO_NEW_PRIVS, which the next ones need as well)
 *   Landlock      no file, no TCP, no signal to and no abstract socket of another process: a
 *                 ruleset without rules, for all that the kernel's ABI knows (landlock(7))
 *   limits        no further descriptor, file, process or core; bounded memory, stack and time
 *                 (getrlimit(2))
 *   seccomp       eleven system calls are left, and read(2) of a stream's pipe, some only with
 *                 certain arguments; any other kills
 *                 the process with SIGSYS (seccomp(2); the filter is wall_filter.c)
 *
 * Only seccomp stops everything that threats of this kind need; only the limits stop a process
 * that just eats; so these two must hold under PE_SANDBOX_REQUIRE. Landlock is a second lock on
 * doors that seccomp has shut: where the kernel has none, that is reported and no more.
 */
#ifndef PE_WALL_H
#define PE_WALL_H

#include <linux/filter.h>

#include "base/err.h"

/* Sanitizers map memory in their own ways and report on standard error before they end: such a
 * build gets a wider filter, keeps descriptor 2 and has no limit on memory. No other build can. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(PE_SANITIZED)
enum { PE_WALL_SANITIZED = 1 };
#else
enum { PE_WALL_SANITIZED = 0 };
#endif

enum { PE_WALL_INSTRUCTIONS = 128 }; /* room for the longest filter */

struct pe_wall {
    enum pe_sandbox sandbox;
    unsigned walls;        /* to be closed: PE_WALL_* */
    uint64_t memory_bytes; /* address space, all that is mapped already included; 0: no limit */
    uint64_t cpu_seconds;
    int feed_fd; /* may be read; -1: none */
    struct sock_filter filter[PE_WALL_INSTRUCTIONS];
    unsigned filter_length; /* 0: there is none for this processor */
};

/* In the parent, before the fork: memory_bytes is what the worker may map besides what this
 * process has mapped now; answer_fd the descriptor that it may write to, feed_fd the one that it
 * may read, or -1. */
void pe_wall_prepare(struct pe_wall *wall, enum pe_sandbox sandbox, int answer_fd, int feed_fd,
                     uint64_t memory_bytes, uint64_t cpu_seconds);

/* In the worker, before all else. *missing: the walls that do not stand. -1 (PE_ERR_IO) when one
 * does not that is required; then some are closed, but answer_fd can still be written to. */
int pe_wall_close(const struct pe_wall *wall, int answer_fd, unsigned *missing, struct pe_err *err);

/* ---- the filter ---- */

enum pe_arch { PE_ARCH_X86_64, PE_ARCH_AARCH64, PE_ARCH_OTHER };

enum pe_arch pe_wall_arch(void); /* this one's */

/* Writes the filter and returns its length; sanitized: the wider one. 0 for PE_ARCH_OTHER. */
unsigned pe_wall_filter(struct sock_filter out[PE_WALL_INSTRUCTIONS], enum pe_arch arch,
                        int answer_fd, int feed_fd, bool sanitized);

#endif
