/* test_file.c: bytes of files, and all that is not a file. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Each test runs in a folder of its own that is gone afterwards. */
static int enter_folder(void **state)
{
    static char folder[] = "/tmp/policyeval-test-XXXXXX";

    strcpy(folder + sizeof folder - 7, "XXXXXX");
    *state = mkdtemp(folder);
    return *state == NULL || chdir(folder) != 0 ? -1 : 0;
}

static int leave_folder(void **state)
{
    static const char *const names[] = {"file", "fifo", "folder", "socket", "link", "\x1B[2J\xFF"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        remove(names[i]);
    return chdir("/") != 0 || rmdir(*state) != 0 ? -1 : 0;
}

static void write_file(const char *path, const void *bytes, size_t length)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, length), length);
    close(fd);
}

static void check_error(const char *path, size_t max_bytes, enum pe_err_kind kind, const char *why)
{
    struct pe_bytes bytes = {.length = 77};
    struct pe_err err = {0};

    assert_int_equal(pe_file_read(path, max_bytes, &bytes, &err), -1);
    assert_string_equal(err.text, why);
    assert_int_equal(err.kind, kind);
    assert_int_equal(bytes.length, 77);
}

static void test_the_bytes_of_a_file_are_read(void **state)
{
    struct pe_bytes bytes;

    (void)state;
    write_file("file", "a\0b", 3);
    assert_int_equal(pe_file_read("file", 3, &bytes, NULL), 0);
    assert_int_equal(bytes.length, 3);
    assert_memory_equal(bytes.data, "a\0b", 3);
    pe_bytes_release(&bytes);
    assert_null(bytes.data);
    pe_bytes_release(&bytes);
}

static void test_a_file_of_many_chunks_is_read(void **state)
{
    const size_t length = 3 * 64 * 1024 + 17;
    char *text = malloc(length);
    struct pe_bytes bytes;

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < length; i++)
        text[i] = (char)(i * 7 + i / 1000);
    write_file("file", text, length);
    assert_int_equal(pe_file_read("file", length, &bytes, NULL), 0);
    assert_int_equal(bytes.length, length);
    assert_memory_equal(bytes.data, text, length);
    pe_bytes_release(&bytes);
    free(text);
}

static void test_an_empty_file_is_no_bytes(void **state)
{
    struct pe_bytes bytes;

    (void)state;
    write_file("file", "", 0);
    assert_int_equal(pe_file_read("file", 10, &bytes, NULL), 0);
    assert_int_equal(bytes.length, 0);
    assert_null(bytes.data);
    pe_bytes_release(&bytes);
}

static void test_a_symbolic_link_is_followed(void **state)
{
    struct pe_bytes bytes;

    (void)state;
    write_file("file", "x", 1);
    assert_int_equal(symlink("file", "link"), 0);
    assert_int_equal(pe_file_read("link", 10, &bytes, NULL), 0);
    pe_bytes_release(&bytes);
}

static void test_a_missing_file_is_named(void **state)
{
    (void)state;
    check_error("tenant.json", 10, PE_ERR_IO,
                "cannot read 'tenant.json': No such file or directory");
}

static void test_a_hostile_name_is_escaped(void **state)
{
    struct pe_err err;
    char name[2000];

    (void)state;
    check_error("\x1B[2J\xFF", 10, PE_ERR_IO,
                "cannot read '\\u{001B}[2J\\x{FF}': No such file or directory");
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_int_equal(pe_file_read(name, 10, &(struct pe_bytes){0}, &err), -1);
    assert_non_null(strstr(err.text, "nnn...': File name too long"));
}

static void test_a_file_is_read_up_to_the_limit_and_not_above(void **state)
{
    struct pe_bytes bytes;

    (void)state;
    write_file("file", "12345", 5);
    assert_int_equal(pe_file_read("file", 5, &bytes, NULL), 0);
    pe_bytes_release(&bytes);
    check_error("file", 4, PE_ERR_INPUT,
                "cannot read 'file': it is larger than the limit of 4 bytes");
}

static void test_a_sparse_giant_is_refused_unread(void **state)
{
    (void)state;
    write_file("file", "", 0);
    assert_int_equal(truncate("file", (off_t)10 * 1024 * 1024 * 1024), 0);
    check_error("file", PE_MAX_INPUT_BYTES, PE_ERR_INPUT,
                "cannot read 'file': it is larger than the limit of 268435456 bytes");
}

static void test_a_pipe_without_a_writer_does_not_hang(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("fifo", 0600), 0);
    alarm(10);
    check_error("fifo", 10, PE_ERR_INPUT,
                "cannot read 'fifo': it is a pipe; use - to read standard input");
    alarm(0);
}

static void test_a_pipe_by_its_descriptor_is_refused(void **state)
{
    int ends[2];
    char path[64], why[128];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    snprintf(why, sizeof why, "cannot read '%s': it is a pipe; use - to read standard input", path);
    check_error(path, 10, PE_ERR_INPUT, why);
    close(ends[0]);
    close(ends[1]);
}

static void test_folders_devices_and_sockets_are_refused(void **state)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "socket"};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    (void)state;
    assert_int_equal(mkdir("folder", 0700), 0);
    check_error("folder", 10, PE_ERR_INPUT, "cannot read 'folder': it is a folder");
    check_error("/dev/zero", 10, PE_ERR_INPUT,
                "cannot read '/dev/zero': it is a device; use - to read standard input");
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    check_error("socket", 10, PE_ERR_INPUT, "cannot read 'socket': it is a socket");
    close(fd);
}

/* The kernel says that these are regular and empty, and then gives bytes. */
static void test_a_file_that_is_longer_than_it_says_is_refused(void **state)
{
    (void)state;
    check_error("/proc/self/environ", 100000, PE_ERR_INPUT,
                "cannot read '/proc/self/environ': its size changed while it was read");
}

/* A child appends to the file as fast as it can. */
static void test_a_growing_file_is_refused_or_read_whole(void **state)
{
    static char chunk[64 * 1024];
    struct pe_bytes bytes;
    struct pe_err err = {0};
    pid_t child;
    int refused = 0;

    (void)state;
    write_file("file", chunk, sizeof chunk);
    child = fork();
    if (child == 0) {
        int fd = open("file", O_WRONLY | O_APPEND);

        for (int i = 0; i < 2000; i++)
            if (write(fd, chunk, 4096) < 0)
                break;
        _exit(0);
    }
    while (waitpid(child, NULL, WNOHANG) == 0) {
        if (pe_file_read("file", (size_t)1 << 28, &bytes, &err) == 0) {
            pe_bytes_release(&bytes);
            continue;
        }
        assert_string_equal(err.text, "cannot read 'file': its size changed while it was read");
        refused++;
    }
    print_message("refused %d times\n", refused);
}

/* Runs pe_file_read("-") with another standard input, which is closed. */
static int read_standard_input(int fd, size_t max_bytes, struct pe_bytes *bytes, struct pe_err *err)
{
    int saved = dup(0), result;

    assert_int_equal(dup2(fd, 0), 0);
    close(fd);
    result = pe_file_read("-", max_bytes, bytes, err);
    dup2(saved, 0);
    close(saved);
    return result;
}

/* A pipe into which a child writes count bytes, slowly in two parts. */
static int slow_pipe(size_t count)
{
    int ends[2];
    char text[4096];

    memset(text, 'x', sizeof text);
    assert_int_equal(pipe(ends), 0);
    if (fork() == 0) {
        close(ends[0]);
        if (write(ends[1], text, count / 2) < 0 || usleep(20000) != 0 ||
            write(ends[1], text, count - count / 2) < 0)
            _exit(1);
        _exit(0);
    }
    close(ends[1]);
    return ends[0];
}

static void test_standard_input_is_read_to_its_end(void **state)
{
    struct pe_bytes bytes;
    int fd = slow_pipe(1000);

    (void)state;
    assert_int_equal(read_standard_input(fd, 1000, &bytes, NULL), 0);
    assert_int_equal(bytes.length, 1000);
    assert_int_equal(bytes.data[999], 'x');
    pe_bytes_release(&bytes);
    wait(NULL);
}

static void test_a_non_blocking_standard_input_is_waited_for(void **state)
{
    struct pe_bytes bytes;
    int fd = slow_pipe(1000);

    (void)state;
    assert_int_equal(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
    assert_int_equal(read_standard_input(fd, 1000, &bytes, NULL), 0);
    assert_int_equal(bytes.length, 1000);
    pe_bytes_release(&bytes);
    wait(NULL);
}

static void test_standard_input_has_the_same_limit(void **state)
{
    struct pe_bytes bytes;
    struct pe_err err;

    (void)state;
    assert_int_equal(read_standard_input(open("/dev/zero", O_RDONLY), 1000000, &bytes, &err), -1);
    assert_string_equal(err.text,
                        "cannot read standard input: it is larger than the limit of 1000000 bytes");
    assert_int_equal(err.kind, PE_ERR_INPUT);
}

static void test_standard_input_that_cannot_be_read_is_an_error(void **state)
{
    struct pe_bytes bytes;
    struct pe_err err;

    (void)state;
    assert_int_equal(read_standard_input(open("/", O_RDONLY), 10, &bytes, &err), -1);
    assert_string_equal(err.text, "cannot read standard input: Is a directory");
    assert_int_equal(err.kind, PE_ERR_IO);
}

static void ignore_signal(int number)
{
    (void)number;
}

static void test_a_signal_does_not_end_reading(void **state)
{
    struct sigaction action = {.sa_handler = ignore_signal}, old;
    struct pe_bytes bytes;
    pid_t parent = getpid(), child;
    int ends[2];

    (void)state;
    sigaction(SIGUSR1, &action, &old);
    assert_int_equal(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        close(ends[0]);
        for (int i = 0; i < 20; i++) {
            usleep(1000);
            kill(parent, SIGUSR1);
        }
        _exit(write(ends[1], "end", 3) == 3 ? 0 : 1);
    }
    close(ends[1]);
    assert_int_equal(read_standard_input(ends[0], 10, &bytes, NULL), 0);
    assert_int_equal(bytes.length, 3);
    pe_bytes_release(&bytes);
    waitpid(child, NULL, 0);
    sigaction(SIGUSR1, &old, NULL);
}

static void test_sealed_bytes_cannot_be_made_writable(void **state)
{
    struct pe_bytes bytes;
    int status;
    pid_t child;

    (void)state;
    assert_int_equal(pe_bytes_seal("abc", 3, &bytes, NULL), 0);
    assert_memory_equal(bytes.data, "abc", 3);
    child = fork();
    if (child == 0)
        _exit(mprotect((void *)(uintptr_t)bytes.data, 3, PROT_READ | PROT_WRITE) == -1 &&
                      errno == EACCES
                  ? 0
                  : 1);
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    pe_bytes_release(&bytes);
    assert_int_equal(pe_bytes_seal(NULL, 0, &bytes, NULL), 0);
    assert_null(bytes.data);
}

static void test_no_descriptor_stays_open(void **state)
{
    struct pe_bytes bytes;
    int before = dup(0), after;

    (void)state;
    close(before);
    write_file("file", "x", 1);
    assert_int_equal(pe_file_read("file", 10, &bytes, NULL), 0);
    assert_int_equal(pe_file_read("file", 0, &(struct pe_bytes){0}, NULL), -1);
    assert_int_equal(pe_file_read("/dev/zero", 10, &(struct pe_bytes){0}, NULL), -1);
    after = dup(0);
    close(after);
    assert_int_equal(before, after);
    pe_bytes_release(&bytes);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_the_bytes_of_a_file_are_read),
        IN_FOLDER(test_a_file_of_many_chunks_is_read),
        IN_FOLDER(test_an_empty_file_is_no_bytes),
        IN_FOLDER(test_a_symbolic_link_is_followed),
        IN_FOLDER(test_a_missing_file_is_named),
        IN_FOLDER(test_a_hostile_name_is_escaped),
        IN_FOLDER(test_a_file_is_read_up_to_the_limit_and_not_above),
        IN_FOLDER(test_a_sparse_giant_is_refused_unread),
        IN_FOLDER(test_a_pipe_without_a_writer_does_not_hang),
        IN_FOLDER(test_a_pipe_by_its_descriptor_is_refused),
        IN_FOLDER(test_folders_devices_and_sockets_are_refused),
        IN_FOLDER(test_a_file_that_is_longer_than_it_says_is_refused),
        IN_FOLDER(test_a_growing_file_is_refused_or_read_whole),
        IN_FOLDER(test_standard_input_is_read_to_its_end),
        IN_FOLDER(test_a_non_blocking_standard_input_is_waited_for),
        IN_FOLDER(test_standard_input_has_the_same_limit),
        IN_FOLDER(test_standard_input_that_cannot_be_read_is_an_error),
        IN_FOLDER(test_a_signal_does_not_end_reading),
        IN_FOLDER(test_sealed_bytes_cannot_be_made_writable),
        IN_FOLDER(test_no_descriptor_stays_open),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
