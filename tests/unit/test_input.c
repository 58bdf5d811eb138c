/* test_input.c: the bytes of a snapshot, their digest, and a name that is safe to print. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api.h"
#include "folder_support.h"

static struct pe_input *load(const char *path)
{
    struct pe_input *input = NULL;
    struct pe_err err = {0};

    if (pe_input_load(path, 0, &input, &err) != 0)
        fail_msg("%s", err.text);
    return input;
}

static void refused(const char *path, size_t max_bytes, enum pe_err_kind kind)
{
    struct pe_input *input = (struct pe_input *)&kind;
    struct pe_err err = {0};

    assert_int_equal(pe_input_load(path, max_bytes, &input, &err), -1);
    assert_ptr_equal(input, &kind);
    assert_int_equal(err.kind, kind);
    assert_true(strlen(err.text) > 10);
}

static void test_bytes_are_as_in_the_file_and_digested(void **state)
{
    struct pe_input *input;
    const unsigned char *bytes;
    size_t length;

    (void)state;
    folder_put("a.json", "abc");
    input = load("a.json");
    bytes = pe_input_bytes(input, &length);
    assert_int_equal(length, 3);
    assert_memory_equal(bytes, "abc", 3);
    assert_string_equal(input->sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_string_equal(pe_input_name(input), "a.json");
    pe_input_free(input);
}

static void test_an_empty_file_is_read(void **state)
{
    struct pe_input *input;
    size_t length = 77;

    (void)state;
    folder_put("a.json", "");
    input = load("a.json");
    pe_input_bytes(input, &length);
    assert_int_equal(length, 0);
    assert_string_equal(input->sha256,
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    pe_input_free(input);
}

static void test_a_file_is_not_larger_than_was_asked_for(void **state)
{
    struct pe_input *input;

    (void)state;
    folder_put("a.json", "abc");
    refused("a.json", 2, PE_ERR_INPUT);
    assert_int_equal(pe_input_load("a.json", 3, &input, NULL), 0);
    pe_input_free(input);
    assert_int_equal(pe_input_load("a.json", SIZE_MAX, &input, NULL), 0);
    pe_input_free(input);
    assert_int_equal(truncate("a.json", (off_t)PE_MAX_INPUT_BYTES + 1), 0);
    refused("a.json", 0, PE_ERR_INPUT);
    refused("a.json", SIZE_MAX, PE_ERR_INPUT);
}

static void test_what_is_no_file_is_refused(void **state)
{
    (void)state;
    refused("missing.json", 0, PE_ERR_IO);
    refused("/dev/zero", 0, PE_ERR_INPUT);
    refused(".", 0, PE_ERR_INPUT);
    assert_int_equal(mkfifo("fifo", 0600), 0);
    refused("fifo", 0, PE_ERR_INPUT);
}

static void test_a_name_is_itself_and_one_that_is_no_utf8_is_made_so(void **state)
{
    struct pe_input *input;

    (void)state;
    folder_put("a\x1b[31m\n.json", "{}");
    input = load("a\x1b[31m\n.json");
    assert_string_equal(pe_input_name(input), "a\x1b[31m\n.json");
    pe_input_free(input);
    folder_put("b\xFF.json", "{}");
    input = load("b\xFF.json");
    assert_string_equal(pe_input_name(input), "b\\x{FF}.json");
    pe_input_free(input);
    pe_input_free(NULL);
}

static void test_standard_input_is_read_to_its_end(void **state)
{
    int was = dup(STDIN_FILENO), ends[2];
    struct pe_input *input;
    size_t length;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "[1, 2]", 6), 6);
    close(ends[1]);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    input = load("-");
    dup2(was, STDIN_FILENO);
    close(was);
    close(ends[0]);
    assert_memory_equal(pe_input_bytes(input, &length), "[1, 2]", 6);
    assert_int_equal(length, 6);
    assert_string_equal(pe_input_name(input), "(standard input)");
    pe_input_free(input);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, folder_enter, folder_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_bytes_are_as_in_the_file_and_digested),
        TEST(test_an_empty_file_is_read),
        TEST(test_a_file_is_not_larger_than_was_asked_for),
        TEST(test_what_is_no_file_is_refused),
        TEST(test_a_name_is_itself_and_one_that_is_no_utf8_is_made_so),
        TEST(test_standard_input_is_read_to_its_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
