/* test_suggest.c: "did you mean ...?" */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/suggest.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const fields[] = {"enabled",      "entries", "ip_allowlist", "expires", NULL,
                                     "last_sign_in", "id",      "ids",          ""};

static const char *suggest(const char *name)
{
    return pe_suggest(name, fields, COUNT(fields));
}

static void assert_suggests(const char *name, const char *want)
{
    const char *got = suggest(name);

    if (want == NULL)
        assert_null(got);
    else if (got == NULL)
        fail_msg("nothing for %s", name);
    else
        assert_string_equal(got, want);
}

static void test_one_slip_is_understood(void **state)
{
    (void)state;
    assert_suggests("enabld", "enabled");   /* dropped */
    assert_suggests("enaabled", "enabled"); /* inserted */
    assert_suggests("enadled", "enabled");  /* changed */
    assert_suggests("enalbed", "enabled");  /* swapped */
    assert_suggests("entires", "entries");
    assert_suggests("ip_alowlist", "ip_allowlist");
}

static void test_another_case_is_the_best_match(void **state)
{
    static const char *const names[] = {"enables", "Enabled"};

    (void)state;
    assert_string_equal(pe_suggest("ENABLED", names, 2), "Enabled");
    assert_suggests("ID", "id");
    assert_suggests("enabled", "enabled");
    assert_suggests("ENALBED", "enabled");
}

static void test_the_distance_grows_with_the_name_up_to_3(void **state)
{
    (void)state;
    assert_suggests("enbld", NULL);
    assert_suggests("last_signin", "last_sign_in");
    assert_suggests("lastsignin", "last_sign_in");
    assert_suggests("lst_sgn_inn", NULL);
    assert_suggests("lasst_siggn_inn", "last_sign_in");
    assert_suggests("laasst_siggn_inn", NULL);
}

static void test_short_names_are_not_guessed(void **state)
{
    (void)state;
    assert_suggests("ie", NULL);
    assert_suggests("i", NULL);
    assert_suggests("", "");
    assert_suggests("idx", "id");
}

static void test_the_first_of_equals_wins(void **state)
{
    static const char *const names[] = {"cat", "bat", "rat"};

    (void)state;
    assert_string_equal(pe_suggest("hat", names, 3), "cat");
    assert_string_equal(pe_suggest("bats", names, 3), "bat");
}

static void test_nothing_near_gives_nothing(void **state)
{
    (void)state;
    assert_suggests("zzzzzz", NULL);
    assert_null(pe_suggest("enabled", NULL, 0));
}

static void test_very_long_names_are_not_measured(void **state)
{
    char name[70], other[70];
    const char *const names[] = {other};

    (void)state;
    memset(name, 'a', sizeof name);
    name[65] = '\0';
    memcpy(other, name, sizeof name);
    other[0] = 'b';
    assert_null(pe_suggest(name, names, 1));
    other[0] = 'A';
    assert_ptr_equal(pe_suggest(name, names, 1), other);
    other[0] = 'b';
    name[64] = other[64] = '\0';
    assert_ptr_equal(pe_suggest(name, names, 1), other);
    other[64] = 'c';
    assert_null(pe_suggest(name, names, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_slip_is_understood),
        cmocka_unit_test(test_another_case_is_the_best_match),
        cmocka_unit_test(test_the_distance_grows_with_the_name_up_to_3),
        cmocka_unit_test(test_short_names_are_not_guessed),
        cmocka_unit_test(test_the_first_of_equals_wins),
        cmocka_unit_test(test_nothing_near_gives_nothing),
        cmocka_unit_test(test_very_long_names_are_not_measured),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
