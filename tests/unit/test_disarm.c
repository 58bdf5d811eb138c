/* test_disarm.c: nothing that is printed is a command for a reader of logs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/disarm.h"

static void check(const char *text, const char *expected)
{
    struct pe_buf buf = {0};

    pe_disarm_add(&buf, text, strlen(text));
    assert_string_equal(buf.data, expected);
    pe_buf_release(&buf);
}

static void test_github_reads_no_command_at_the_begin_of_a_line(void **state)
{
    (void)state;
    check("::error::x", "\\u{003A}:error::x");
    check("a\n  \t::stop-commands::x\n", "a\n  \t\\u{003A}:stop-commands::x\n");
    check("\xE3\x80\x80\xC2\xA0::x", "\xE3\x80\x80\xC2\xA0\\u{003A}:x"); /* U+3000, U+00A0 */
}

static void test_every_blank_is_one_and_its_neighbours_are_none(void **state)
{
    const char *const blanks[] = {"\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x8A",
                                  "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};
    const char *const others[] = {"\xE2\x80\x8B", "\xE2\x80\xB0", "\xE3\x80\x81", "\xE1\x9F\xBF"};
    char text[20], expected[20];

    (void)state;
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
        sprintf(text, "%s::x", blanks[i]);
        sprintf(expected, "%s\\u{003A}:x", blanks[i]);
        check(text, expected);
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        sprintf(text, "%s::x", others[i]);
        check(text, text);
    }
}

static void test_azure_and_teamcity_read_none_anywhere(void **state)
{
    (void)state;
    check("a ##vso[task.complete]", "a \\u{0023}#vso[task.complete]");
    check("a##[error]b ##teamcity[x]", "a\\u{0023}#[error]b \\u{0023}#teamcity[x]");
    check("####[x]", "##\\u{0023}#[x]");
    check("##aZ[x] ##Az[x]", "\\u{0023}#aZ[x] \\u{0023}#Az[x]");
}

static void test_all_else_stays(void **state)
{
    const char *const kept[] = {"CLD.9.5.1: fe80::1 a::b",
                                "- ::1/128 is listed",
                                "# #1 [x] ##",
                                ":",
                                "## heading [1]",
                                "##",
                                "##x",
                                "##x{",
                                "##@[x] ##`[x] ##{[x] ##1[x]",
                                "a:\n:b",
                                "\xFF\xC3"};

    (void)state;
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        check(kept[i], kept[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_github_reads_no_command_at_the_begin_of_a_line),
        cmocka_unit_test(test_every_blank_is_one_and_its_neighbours_are_none),
        cmocka_unit_test(test_azure_and_teamcity_read_none_anywhere),
        cmocka_unit_test(test_all_else_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
