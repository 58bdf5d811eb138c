/* test_pack_files.c: the files of a pack are read as they are, and nothing else is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api.h"
#include "folder_support.h"

static void put_pack(void)
{
    folder_put("p/pack.lua", "return {}");
    folder_put("p/1.1.lua", "one");
}

static struct pe_pack *load(void)
{
    struct pe_pack *pack = NULL;
    struct pe_err err = {0};

    if (pe_pack_load("p", &pack, &err) != 0)
        fail_msg("%s", err.text);
    return pack;
}

static void refused(enum pe_err_kind kind, const char *why)
{
    struct pe_pack *pack = (struct pe_pack *)&kind;
    struct pe_err err = {0};

    assert_int_equal(pe_pack_load("p", &pack, &err), -1);
    assert_ptr_equal(pack, &kind); /* untouched */
    assert_string_equal(err.text, why);
    assert_int_equal(err.kind, kind);
}

static void test_files_are_sorted_by_the_bytes_of_their_names(void **state)
{
    static const char *const names[] = {"1.1.lua", "10.1.lua",      "9.2.lua",   "CLD.9.lua",
                                        "a.lua",   "lib/sub/x.lua", "lib/z.lua", "pack.lua"};
    struct pe_pack *pack;

    (void)state;
    put_pack();
    for (size_t i = sizeof names / sizeof names[0]; i-- > 0;) {
        char path[64];
        snprintf(path, sizeof path, "p/%s", names[i]);
        folder_put(path, names[i]);
    }
    pack = load();
    assert_int_equal(pack->files.count, sizeof names / sizeof names[0]);
    for (size_t i = 0; i < pack->files.count; i++) {
        assert_string_equal(pack->files.items[i].name, names[i]);
        assert_int_equal(pack->files.items[i].length, strlen(names[i]));
        assert_memory_equal(pack->files.items[i].data, names[i], strlen(names[i]));
    }
    pe_pack_free(pack);
}

static void test_only_lua_and_the_json_of_tests_are_taken(void **state)
{
    static const char *const names[] = {"1.1.lua", "pack.lua", "tests/1.1.lua", "tests/a/b.json"};
    static const char *const others[] = {"p/README.md", "p/x.json",      "p/lib/x.json",
                                         "p/x.lua~",    "p/.hidden.lua", "p/.git/x.lua",
                                         "p/x.LUA",     "p/tests/x.txt", "p/.lua"};
    struct pe_pack *pack;

    (void)state;
    put_pack();
    folder_put("p/tests/1.1.lua", "t");
    folder_put("p/tests/a/b.json", "{}");
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        folder_put(others[i], "x");
    pack = load();
    assert_int_equal(pack->files.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(pack->files.items[i].name, names[i]);
    pe_pack_free(pack);
}

static void test_an_empty_file_and_an_empty_folder_are_taken_as_they_are(void **state)
{
    struct pe_pack *pack;

    (void)state;
    assert_int_equal(mkdir("p", 0700), 0);
    pack = load();
    assert_int_equal(pack->files.count, 0);
    pe_pack_free(pack);
    folder_put("p/empty.lua", "");
    pack = load();
    assert_int_equal(pack->files.count, 1);
    assert_int_equal(pack->files.items[0].length, 0);
    assert_non_null(pack->files.items[0].data);
    pe_pack_free(pack);
}

static void test_the_digest_is_the_same_wherever_the_pack_lies(void **state)
{
    struct pe_pack *first, *second;

    (void)state;
    put_pack();
    first = load();
    assert_int_equal(rename("p", "q"), 0);
    folder_put("q/tests/1.1.lua", "more");
    assert_int_equal(pe_pack_load("./q/", &second, NULL), 0);
    assert_string_equal(first->sha256, second->sha256);
    assert_int_equal(strlen(first->sha256), 64);
    pe_pack_free(first);
    pe_pack_free(second);
}

static void test_a_symbolic_link_is_refused_whatever_its_name(void **state)
{
    (void)state;
    put_pack();
    assert_int_equal(symlink("1.1.lua", "p/1.2.lua"), 0);
    refused(PE_ERR_PACK, "1.2.lua: is a symbolic link, which a pack may not hold");
    assert_int_equal(remove("p/1.2.lua"), 0);
    assert_int_equal(symlink("/etc", "p/lib"), 0);
    refused(PE_ERR_PACK, "lib: is a symbolic link, which a pack may not hold");
    assert_int_equal(remove("p/lib"), 0);
    assert_int_equal(symlink("nowhere", "p/notes"), 0);
    refused(PE_ERR_PACK, "notes: is a symbolic link, which a pack may not hold");
}

static void test_what_is_no_file_is_refused_and_never_opened(void **state)
{
    (void)state;
    put_pack();
    assert_int_equal(mkfifo("p/1.2.lua", 0600), 0); /* opening it would wait for ever */
    refused(PE_ERR_PACK, "1.2.lua: is not a regular file");
}

static void test_a_folder_named_like_a_file_is_a_folder(void **state)
{
    struct pe_pack *pack;

    (void)state;
    put_pack();
    folder_put("p/x.lua/y.lua", "y");
    pack = load();
    assert_int_equal(pack->files.count, 3);
    assert_string_equal(pack->files.items[2].name, "x.lua/y.lua");
    pe_pack_free(pack);
}

static void test_folders_within_folders_are_taken_to_a_depth(void **state)
{
    struct pe_pack *pack;

    (void)state;
    put_pack();
    folder_put("p/a/b/c/d/e/f/x.lua", "x");
    pack = load();
    assert_int_equal(pack->files.count, 3);
    pe_pack_free(pack);
    folder_put("p/a/b/c/d/e/f/g/x.lua", "x");
    refused(PE_ERR_PACK, "a/b/c/d/e/f/g: folders are nested too deeply");
}

static void test_a_file_that_is_too_large_is_refused(void **state)
{
    (void)state;
    put_pack();
    assert_int_equal(truncate("p/1.1.lua", 16 * 1024 * 1024 + 1), 0);
    refused(PE_ERR_PACK, "1.1.lua: is larger than 16 MiB");
}

static void test_a_file_that_may_not_be_read_is_an_error(void **state)
{
    (void)state;
    if (geteuid() == 0)
        skip(); /* root may read everything */
    put_pack();
    assert_int_equal(chmod("p/1.1.lua", 0), 0);
    refused(PE_ERR_IO, "cannot read '1.1.lua': Permission denied");
}

static void test_more_than_ten_thousand_entries_are_refused(void **state)
{
    char name[32];
    int fd;

    (void)state;
    assert_int_equal(mkdir("p", 0700), 0);
    for (int i = 0; i <= 10000; i++) {
        snprintf(name, sizeof name, "p/%d", i);
        fd = open(name, O_CREAT | O_WRONLY, 0600);
        assert_true(fd >= 0);
        close(fd);
    }
    refused(PE_ERR_PACK, "the pack: has more than 10,000 files");
}

static void test_a_pack_that_is_no_folder_is_refused(void **state)
{
    (void)state;
    refused(PE_ERR_USAGE, "cannot open the folder 'p': No such file or directory");
    folder_put("p", "a file");
    refused(PE_ERR_USAGE, "cannot open the folder 'p': Not a directory");
}

static void test_fixtures_are_the_json_below_a_folder_and_come_once(void **state)
{
    struct pe_pack *pack;
    struct pe_err err = {0};

    (void)state;
    put_pack();
    folder_put("f/iad/compliant.json", "{}");
    folder_put("f/README.md", "x");
    folder_put("f/x.lua", "x");
    pack = load();
    assert_int_equal(pe_pack_add_fixtures(pack, "missing", &err), -1);
    assert_int_equal(err.kind, PE_ERR_USAGE);
    assert_int_equal(pe_pack_add_fixtures(pack, "f", &err), 0);
    assert_int_equal(pack->fixtures.count, 1);
    assert_string_equal(pack->fixtures.items[0].name, "iad/compliant.json");
    assert_int_equal(pack->files.count, 2);
    assert_int_equal(pe_pack_add_fixtures(pack, "f", &err), -1);
    assert_string_equal(err.text, "--fixtures is given twice");
    pe_pack_free(pack);
}

static void test_the_pack_that_is_built_in_needs_no_folder(void **state)
{
    struct pe_pack *first, *second;

    (void)state;
    assert_int_equal(pe_pack_load(NULL, &first, NULL), 0);
    assert_int_equal(pe_pack_load("iso27017", &second, NULL), 0);
    assert_string_equal(first->sha256, second->sha256);
    assert_int_equal(first->files.count, second->files.count);
    pe_pack_free(first);
    pe_pack_free(second);
    pe_pack_free(NULL);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, folder_enter, folder_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_files_are_sorted_by_the_bytes_of_their_names),
        TEST(test_only_lua_and_the_json_of_tests_are_taken),
        TEST(test_an_empty_file_and_an_empty_folder_are_taken_as_they_are),
        TEST(test_the_digest_is_the_same_wherever_the_pack_lies),
        TEST(test_a_symbolic_link_is_refused_whatever_its_name),
        TEST(test_what_is_no_file_is_refused_and_never_opened),
        TEST(test_a_folder_named_like_a_file_is_a_folder),
        TEST(test_folders_within_folders_are_taken_to_a_depth),
        TEST(test_a_file_that_is_too_large_is_refused),
        TEST(test_a_file_that_may_not_be_read_is_an_error),
        TEST(test_more_than_ten_thousand_entries_are_refused),
        TEST(test_a_pack_that_is_no_folder_is_refused),
        TEST(test_fixtures_are_the_json_below_a_folder_and_come_once),
        TEST(test_the_pack_that_is_built_in_needs_no_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
