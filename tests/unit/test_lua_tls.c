/* test_lua_tls.c: tls.* as policies see it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lua_harness.h"

static void test_versions_are_ranked_and_named(void **state)
{
    (void)state;
    harness_value("{}", "tls.version('TLSv1.2')", "5");
    harness_value("{}", "tls.version('SSLv3')", "2");
    harness_value("{}", "tls.name(tls.version('tls_1_3'))", "TLS 1.3");
    harness_value("{}", "tls.at_least('TLSv1.3', 'TLS 1.2')", "true");
    harness_value("{}", "tls.at_least('TLSv1.1', 'TLS 1.2')", "false");
    harness_value("{}", "tls.at_least('TLSv1.2', 5)", "true");
}

static void test_a_version_that_is_not_known_is_neither_old_nor_fine(void **state)
{
    (void)state;
    harness_unknown("{\"v\": \"TLSv1.10\"}", "ensure(tls.at_least(s.v, '1.2'), s, 'old')", "/v",
                    "cannot be used");
    harness_unknown("{\"v\": 1.2}", "tls.version(s.v)", NULL, "expected a TLS version");
    harness_unknown("{\"v\": 7}", "tls.name(s.v)", NULL,
                    "tls.name cannot use argument 1: not a version");
    harness_unknown("{}", "ensure(tls.at_least(s.v, '1.2'), s, 'old')", "/v", "is missing");
}

static void test_ciphers_are_classed(void **state)
{
    (void)state;
    harness_value("{}", "tls.is_weak('TLS_RSA_WITH_RC4_128_SHA')", "true");
    harness_value("{}", "tls.is_weak('ECDHE-RSA-AES128-GCM-SHA256')", "false");
    harness_value("{}", "tls.classes('ECDHE-RSA-AES128-GCM-SHA256').aead", "true");
    harness_value("{}", "tls.classes('ECDHE-RSA-AES128-GCM-SHA256').cbc", "nil");
    harness_unknown("{\"c\": \"NO-SUCH\"}", "tls.is_weak(s.c)", "/c", "cannot be used");
}

static void test_a_name_covers_a_host(void **state)
{
    (void)state;
    harness_value("{}", "tls.covers('*.example.jp', 'www.example.jp')", "true");
    harness_value("{}", "tls.covers('*.example.jp', 'a.www.example.jp')", "false");
    harness_unknown("{\"h\": null}", "tls.covers('*.example.jp', s.h)", "/h", "null");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_versions_are_ranked_and_named),
        cmocka_unit_test(test_a_version_that_is_not_known_is_neither_old_nor_fine),
        cmocka_unit_test(test_ciphers_are_classed),
        cmocka_unit_test(test_a_name_covers_a_host),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
