/* test_clause.c: spelling and order of clause numbers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/clause.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void test_spellings_of_the_papers_become_canonical(void **state)
{
    static const char *const cases[][2] = {
        {"9.2.3", "9.2.3"},
        {"A.9.2.3", "9.2.3"},
        {"a.9.2.3", "9.2.3"},
        {"27017:9.2.3", "9.2.3"},
        {"27017 9.2.3", "9.2.3"},
        {"27017:2015:9.2.3", "9.2.3"},
        {"ISO/IEC 27017:2015 9.2.3", "9.2.3"},
        {"ISO/IEC 27017:2015 CLD.9.5.1", "CLD.9.5.1"},
        {"ISO/IEC 27017: 9.2.3", "9.2.3"},
        {"ISO27017 9.2.3", "9.2.3"},
        {"ISO 27017:2015 9.2.3", "9.2.3"},
        {"JIS Q 27017:2016 9.2.3", "9.2.3"},
        {"ＪＩＳ　Ｑ　２７０１７：２０１６　CLD.9.5.1", "CLD.9.5.1"},
        {"27017:CLD 12.1.5", "CLD.12.1.5"},
        {"CLD.9.5.1", "CLD.9.5.1"},
        {"CLD8.1.5", "CLD.8.1.5"},
        {"CLD 9.5.2", "CLD.9.5.2"},
        {"CLD 12.1.5", "CLD.12.1.5"},
        {"cld.13.1.4", "CLD.13.1.4"},
        {"  9.2.3 ", "9.2.3"},
        {"ＣＬＤ．９．５．１", "CLD.9.5.1"},
        {"CLD　9.5.2", "CLD.9.5.2"},
        {"9.2", "9.2"},
        {"12.4.3.1", "12.4.3.1"},
        {"999.999.999.999", "999.999.999.999"},
        {"CLD.999.999.999.999", "CLD.999.999.999.999"},
    };
    char text[PE_CLAUSE_BYTES];
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(cases); i++) {
        if (pe_clause_normalise(cases[i][0], strlen(cases[i][0]), text) != 0)
            fail_msg("%s was refused", cases[i][0]);
        assert_string_equal(text, cases[i][1]);
    }
}

static void test_every_number_is_printed_as_it_was_read(void **state)
{
    char text[32], canonical[PE_CLAUSE_BYTES];
    int length;

    (void)state;
    for (unsigned i = 1; i <= 999; i++) {
        length =
            snprintf(text, sizeof text, "%s%u.%u.1.%u", i % 2 == 0 ? "CLD." : "", i, 1000 - i, i);
        assert_int_equal(pe_clause_normalise(text, (size_t)length, canonical), 0);
        assert_string_equal(canonical, text);
    }
}

static void test_what_is_no_clause_is_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "27017",
        "27017:",
        "9",
        "9.",
        ".9.2",
        "9..2",
        "9.2.",
        "09.2.3",
        "9.02.3",
        "9.0.3",
        "9.2.3a",
        "9-2-3",
        "CLD",
        "CLD.",
        "CLD..9.5.1",
        "CLD-9.5",
        "A.CLD.9.5.1",
        "A9.2.3",
        "1000.1",
        "1.2.3.4.5",
        "27018:9.2.3",
        "B.9.2.3",
        "9.2.3 x",
        "99999999999.1",
        "CLD  9.5.2",
        "MS.AAD.7.1",
        "27017:2015",
        "27017:2016",
        "27017:20151 9.2.3",
        "JIS Q 27002:2014 9.2.3",
        "ISO/IEC 27001:2022 A.5.24",
        "iso 9.2.3",
        "mongodb 27017",
    };
    char text[PE_CLAUSE_BYTES] = "untouched";
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(texts); i++)
        if (pe_clause_normalise(texts[i], strlen(texts[i]), text) != -1)
            fail_msg("%s was accepted", texts[i]);
    assert_int_equal(pe_clause_normalise("9.2.3\0", 6, text), -1);
    assert_int_equal(pe_clause_normalise("9.2.3                                            "
                                         "                                       ",
                                         80, text),
                     -1);
    assert_string_equal(text, "untouched");
}

/* qsort's argument is a pointer to a string. */
static int by_order(const void *a, const void *b)
{
    return pe_clause_order(*(const char *const *)a, *(const char *const *)b);
}

static void assert_sorts(const char *const *want, size_t count)
{
    const char *ids[32];
    size_t i;

    for (i = 0; i < count; i++)
        ids[i] = want[(i * 7 + 3) % count];
    qsort(ids, count, sizeof *ids, by_order);
    for (i = 0; i < count; i++)
        assert_string_equal(ids[i], want[i]);
}

static void test_clauses_sort_by_number_and_cld_after_its_section(void **state)
{
    static const char *const ids[] = {
        "5.1.1",     "CLD.6.3.1", "8.2.2",      "9.2.1",  "9.2.3",  "9.4.4",  "9.5.9",
        "CLD.9.5.1", "CLD.9.5.2", "10.1.1",     "12.1.2", "12.1.3", "12.1.9", "CLD.12.1.5",
        "12.3.1",    "12.4.1",    "CLD.12.4.5", "13.1.3", "18.2.1",
    };

    (void)state;
    assert_sorts(ids, COUNT(ids));
}

static void test_a_section_comes_before_its_clauses(void **state)
{
    static const char *const ids[] = {"9.2", "9.2.1", "9.2.1.1", "9.2.2", "CLD.9.2", "9.10"};

    (void)state;
    assert_sorts(ids, COUNT(ids));
}

static void test_other_ids_come_last_and_count_their_numbers(void **state)
{
    static const char *const ids[] = {"9.2.3",      "12.1.2",      "A",   "MS.AAD.2.1",
                                      "MS.AAD.7.3", "MS.AAD.10.1", "a",   "a02",
                                      "a2",         "a2b",         "a10", "b"};

    (void)state;
    assert_sorts(ids, COUNT(ids));
}

static void test_two_spellings_of_one_clause_have_an_order_too(void **state)
{
    (void)state;
    assert_true(pe_clause_order("9.2.3", "A.9.2.3") < 0);
    assert_true(pe_clause_order("A.9.2.3", "9.2.3") > 0);
    assert_int_equal(pe_clause_order("9.2.3", "9.2.3"), 0);
    assert_int_equal(pe_clause_order("", ""), 0);
    assert_true(pe_clause_order("", "a") < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spellings_of_the_papers_become_canonical),
        cmocka_unit_test(test_every_number_is_printed_as_it_was_read),
        cmocka_unit_test(test_what_is_no_clause_is_refused),
        cmocka_unit_test(test_clauses_sort_by_number_and_cld_after_its_section),
        cmocka_unit_test(test_a_section_comes_before_its_clauses),
        cmocka_unit_test(test_other_ids_come_last_and_count_their_numbers),
        cmocka_unit_test(test_two_spellings_of_one_clause_have_an_order_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
