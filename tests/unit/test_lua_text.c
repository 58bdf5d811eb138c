/* test_lua_text.c: text.* as policies see it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lua_harness.h"

static void test_texts_are_normalised(void **state)
{
    (void)state;
    harness_value("{}", "text.normalise(' ＡＢＣ　')", "abc");
    harness_value("{}", "text.normalise('')", "");
    harness_value("{}", "text.same('Admin', 'ＡＤＭＩＮ')", "true");
    harness_value("{}", "text.same('admin', 'root')", "false");
    harness_unknown("{\"t\": null}", "text.same(s.t, 'x')", "/t", "null");
    harness_unknown("{\"t\": 1}", "text.normalise(s.t)", NULL, "expected a text");
}

static void test_clauses_have_one_spelling(void **state)
{
    (void)state;
    harness_value("{}", "text.clause('CLD8.1.5')", "CLD.8.1.5");
    harness_value("{}", "text.clause('27017:9.2.3')", "9.2.3");
    harness_unknown("{\"c\": \"nine\"}", "text.clause(s.c)", "/c", "not a clause number");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_are_normalised),
        cmocka_unit_test(test_clauses_have_one_spelling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
