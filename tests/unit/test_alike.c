/* test_alike.c: what differs only in the element of a list that it names is alike. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "report/alike.h"

static void check(const char *text, const char *expected)
{
    struct pe_buf buf = {0};

    pe_alike_add(&buf, text);
    assert_string_equal(buf.data == NULL ? "" : buf.data, expected);
    pe_buf_release(&buf);
}

static void test_names_of_elements_are_left_out(void **state)
{
    (void)state;
    check("accounts[akira].keys[1].id is missing", "accounts[].keys[].id is missing");
    check("[a]", "[]");
    check("[]", "[]");
}

static void test_numbers_of_elements_are_left_out(void **state)
{
    (void)state;
    check("/accounts/12/mfa is missing", "/accounts//mfa is missing");
    check("/0", "/");
    check("/list/7", "/list/");
}

static void test_everything_else_stays(void **state)
{
    (void)state;
    check("7 of 12 hosts", "7 of 12 hosts");
    check("accounts[akira", "accounts[akira");
    check("a]b", "a]b");
    check("/a/b", "/a/b");
    check("", "");
    check(NULL, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_of_elements_are_left_out),
        cmocka_unit_test(test_numbers_of_elements_are_left_out),
        cmocka_unit_test(test_everything_else_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
