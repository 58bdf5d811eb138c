/* test_secret.c: which keys name a secret. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "json_support.h"
#include "secret.h"

static void check_all(const char *const *keys, size_t count, bool secret)
{
    for (size_t i = 0; i < count; i++)
        if (pe_secret_key(keys[i], strlen(keys[i])) != secret)
            fail_msg("%s: %s", keys[i], secret ? "not a secret" : "a secret");
}

#define ALL(keys, secret) check_all(keys, sizeof(keys) / sizeof(keys)[0], secret)

static void test_keys_of_secrets_are_known_however_they_are_spelt(void **state)
{
    static const char *const keys[] = {"password",
                                       "Password",
                                       "PASSWORD",
                                       "admin_password",
                                       "adminPassword",
                                       "admin-pass-word",
                                       "token",
                                       "access_token",
                                       "refreshToken",
                                       "secret",
                                       "client_secret",
                                       "clientSecret",
                                       "private_key",
                                       "PrivateKey",
                                       "api-key",
                                       "API_KEY",
                                       "connectionString",
                                       "connection_string",
                                       "SASToken",
                                       "passphrase",
                                       "pre_shared_psk",
                                       "accountKey",
                                       "credential",
                                       "recovery_code",
                                       "p_a_s_s_w_d",
                                       "passwd-",
                                       "accessKey",
                                       "shared_key",
                                       "secret-key",
                                       "sas-token",
                                       "psk",
                                       "toke_n",
                                       "C-R-E-D-E-N-T-I-A-L",
                                       "recoveryCod--e",
                                       "connection-strin_g"};

    (void)state;
    ALL(keys, true);
}

static void test_other_keys_are_not(void **state)
{
    static const char *const keys[] = {"",
                                       "_",
                                       "--",
                                       "pass",
                                       "passwor",
                                       "assword",
                                       "password_policy",
                                       "passwordless",
                                       "token_lifetime",
                                       "public_key",
                                       "key",
                                       "monkey",
                                       "secretary",
                                       "name",
                                       "tokenizer",
                                       "password_set_at",
                                       "管理策"};

    (void)state;
    ALL(keys, false);
}

static void test_the_length_counts_and_not_a_nul(void **state)
{
    (void)state;
    assert_false(pe_secret_key("password", 7));
    assert_true(pe_secret_key("passwordx", 8));
    assert_true(pe_secret_key("a\0password", 10));
    assert_false(pe_secret_key("password\0", 9));
    assert_false(pe_secret_key(NULL, 0));
}

static void test_a_very_long_key_is_known_by_its_end(void **state)
{
    char *key = repeat("x", 10000, "password");

    (void)state;
    assert_true(pe_secret_key(key, strlen(key)));
    assert_false(pe_secret_key(key, strlen(key) - 1));
    free(key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_of_secrets_are_known_however_they_are_spelt),
        cmocka_unit_test(test_other_keys_are_not),
        cmocka_unit_test(test_the_length_counts_and_not_a_nul),
        cmocka_unit_test(test_a_very_long_key_is_known_by_its_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
