/* wall_support.h: a child behind walls, for the tests of the outer wall.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_WALL_SUPPORT_H
#define PE_WALL_SUPPORT_H

#include <netinet/in.h>
#include <sys/types.h>

#include "wall.h"

enum { ALL_WALLS = PE_WALL_SECCOMP | PE_WALL_LIMITS | PE_WALL_LANDLOCK };

/* How a child ended. */
enum end {
    ALLOWED, /* it could do it */
    DENIED,  /* it was told that it could not */
    SYS,     /* SIGSYS */
    KILL,    /* SIGKILL */
    UNSAID,  /* of no wall's promises: it depends on who runs this, and where */
    OTHER,   /* something else, which no table allows */
};

/* What a child may try its hands at. */
struct wall_given {
    pid_t parent;
    int answer, other; /* descriptors: the answer pipe's, another file's */
    struct sockaddr_in tcp, udp;
    char secret;
};
extern struct wall_given given;

int wall_set_up(void **state); /* fills given; for cmocka_run_group_tests */

/* Required walls, with half a gibibyte of memory and a second of time. */
struct pe_wall wall_prepare(unsigned walls);

/* Ends a child without the handlers of sanitizers and coverage; not declared as such, because
 * sanitizers make system calls before a function that does not return. */
void wall_leave(long status);

/* Waits for it: status 0 is ALLOWED, 1 DENIED. */
enum end wall_end_of(pid_t pid);

/* Does it in a child behind these walls. act returns 0 when it could, 1 when it was denied. */
enum end wall_try(long (*act)(void), const struct pe_wall *wall);

/* The version of the kernel's Landlock; less than 1: none. */
long wall_landlock_abi(void);

#endif
