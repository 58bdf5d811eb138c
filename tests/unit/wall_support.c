/* wall_support.c: a child behind walls, for the tests of the outer wall. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wall_support.h"

enum { LEFT_OPEN = 90, NOT_CLOSED }; /* what only this file returns */

struct wall_given given;

void wall_leave(long status)
{
    syscall(SYS_exit_group, status);
}

struct pe_wall wall_prepare(unsigned walls)
{
    struct pe_wall wall;

    pe_wall_prepare(&wall, PE_SANDBOX_REQUIRE, given.answer, -1, 512 * 1024 * 1024, 1);
    wall.walls = walls;
    return wall;
}

enum end wall_end_of(pid_t pid)
{
    int status;

    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (WIFEXITED(status) && WEXITSTATUS(status) <= 1)
        return WEXITSTATUS(status) == 0 ? ALLOWED : DENIED;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
        return SYS;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        return KILL;
    return OTHER;
}

enum end wall_try(long (*act)(void), const struct pe_wall *wall)
{
    unsigned missing;
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) {
        if (pe_wall_close(wall, given.answer, &missing, NULL) != 0)
            wall_leave(NOT_CLOSED);
        wall_leave((missing & wall->walls) != 0 ? LEFT_OPEN : act());
    }
    return wall_end_of(pid);
}

static void bind_socket(int type, struct sockaddr_in *address)
{
    socklen_t length = sizeof *address;
    int fd = socket(AF_INET, type, 0);

    *address = (struct sockaddr_in){.sin_family = AF_INET};
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(fd, (struct sockaddr *)address, length), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)address, &length), 0);
    if (type == SOCK_STREAM)
        assert_int_equal(listen(fd, 64), 0);
}

int wall_set_up(void **state)
{
    int ends[2];

    (void)state;
    given.parent = getpid();
    assert_int_equal(pipe(ends), 0);
    given.answer = ends[1];
    given.other = open("/dev/null", O_WRONLY);
    bind_socket(SOCK_STREAM, &given.tcp);
    bind_socket(SOCK_DGRAM, &given.udp);
    return 0;
}

long wall_landlock_abi(void)
{
    return syscall(444, NULL, 0, 1);
}
