/* test_tls.c: versions, cipher suites and names of certificates. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "lib/tls.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- versions ---- */

static void assert_version(const char *text, enum pe_tls_version want)
{
    enum pe_tls_version version;
    enum pe_tls_why why;

    if (pe_tls_parse_version(text, strlen(text), &version, &why) != 0)
        fail_msg("%s: %s", text, pe_tls_why_text(why).en);
    if (version != want)
        fail_msg("%s is %s", text, pe_tls_version_name(version));
}

static void assert_no_version(const char *text, enum pe_tls_why want)
{
    enum pe_tls_version version = PE_TLS_SSL2;
    enum pe_tls_why why = PE_TLS_OK;

    if (pe_tls_parse_version(text, strlen(text), &version, &why) != -1)
        fail_msg("%s was accepted", text);
    assert_int_equal(why, want);
    assert_int_equal(version, PE_TLS_SSL2);
}

static void test_one_version_has_many_spellings(void **state)
{
    static const char *const texts[] = {"TLSv1.2", "TLS1_2",   "tls_1_2", "TLS 1.2", "1.2",
                                        "TLS1.2",  "tls1.2",   "TLSv1_2", "TLS_1_2", "Tls12",
                                        "TLS-1.2", "TLS v1.2", "tlsv12"};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(texts); i++)
        assert_version(texts[i], PE_TLS_1_2);
}

static void test_every_version_is_known(void **state)
{
    (void)state;
    assert_version("SSLv2", PE_TLS_SSL2);
    assert_version("SSL 2.0", PE_TLS_SSL2);
    assert_version("SSLv3", PE_TLS_SSL3);
    assert_version("SSL 3.0", PE_TLS_SSL3);
    assert_version("ssl3", PE_TLS_SSL3);
    assert_version("TLSv1", PE_TLS_1_0);
    assert_version("TLS1", PE_TLS_1_0);
    assert_version("TLS1_0", PE_TLS_1_0);
    assert_version("1.0", PE_TLS_1_0);
    assert_version("TLSv1.1", PE_TLS_1_1);
    assert_version("TLSv1.3", PE_TLS_1_3);
    assert_version("TLS1_3", PE_TLS_1_3);
    assert_version("1.3", PE_TLS_1_3);
}

static void test_versions_are_ordered_by_age_and_not_by_text(void **state)
{
    (void)state;
    assert_true(PE_TLS_SSL2 < PE_TLS_SSL3 && PE_TLS_SSL3 < PE_TLS_1_0);
    assert_true(PE_TLS_1_0 < PE_TLS_1_1 && PE_TLS_1_1 < PE_TLS_1_2 && PE_TLS_1_2 < PE_TLS_1_3);
}

static void test_unknown_versions_are_refused_and_not_old(void **state)
{
    static const char *const texts[] = {
        "",
        "TLS",
        "Tls",
        "SSL",
        "1",
        "2.0",
        "3.0",
        "1.10",
        "TLS1.4",
        "TLSv2",
        "SSLv1",
        "SSLv23",
        "SSL1.2",
        "TLSv1.2+",
        "TLS 1.2 ",
        " TLS 1.2",
        "TLS__1_2",
        "TLSv1.2_2021",
        "offered",
        "0x0303",
        "12",
        "TLSvv1.2",
        "TLSv1.3 draft 28",
        "v1.2",
        "SSL/TLS",
        "SystemDefault",
        "TLSv",
        "TLSEnforcementDisabled",
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(texts); i++)
        assert_no_version(texts[i], PE_TLS_UNKNOWN_VERSION);
}

static void test_dtls_is_not_tls(void **state)
{
    (void)state;
    assert_no_version("DTLSv1.2", PE_TLS_DTLS);
    assert_no_version("dtls1_2", PE_TLS_DTLS);
}

static void test_a_nul_in_a_version_is_not_its_end(void **state)
{
    enum pe_tls_version version;
    enum pe_tls_why why;

    (void)state;
    assert_int_equal(pe_tls_parse_version("1.2\0", 4, &version, &why), -1);
    assert_int_equal(pe_tls_parse_version("1.25", 3, &version, &why), 0);
    assert_int_equal(pe_tls_parse_version("TLS\0001.2", 7, &version, &why), -1);
}

/* ---- cipher suites ---- */

static const struct {
    const char *name;
    unsigned classes;
} suites[] = {
    {"TLS_AES_128_GCM_SHA256", PE_TLS_AEAD | PE_TLS_FORWARD | PE_TLS_ONLY_1_3},
    {"TLS_AES_256_GCM_SHA384", PE_TLS_AEAD | PE_TLS_FORWARD | PE_TLS_ONLY_1_3},
    {"TLS_CHACHA20_POLY1305_SHA256", PE_TLS_AEAD | PE_TLS_FORWARD | PE_TLS_ONLY_1_3},
    {"TLS_AES_128_CCM_8_SHA256", PE_TLS_AEAD | PE_TLS_FORWARD | PE_TLS_ONLY_1_3},
    {"TLS_SHA256_SHA256", PE_TLS_NULL | PE_TLS_FORWARD | PE_TLS_ONLY_1_3},
    {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", PE_TLS_AEAD | PE_TLS_FORWARD},
    {"ECDHE-RSA-AES128-GCM-SHA256", PE_TLS_AEAD | PE_TLS_FORWARD},
    {"ecdhe-ecdsa-chacha20-poly1305", PE_TLS_AEAD | PE_TLS_FORWARD},
    {"ECDHE-ECDSA-AES256-CCM8", PE_TLS_AEAD | PE_TLS_FORWARD},
    {"ECDHE-ARIA128-GCM-SHA256", PE_TLS_AEAD | PE_TLS_FORWARD},
    {"DHE-RSA-AES256-SHA256", PE_TLS_CBC | PE_TLS_FORWARD},
    {"ECDHE-RSA-AES256-SHA", PE_TLS_CBC | PE_TLS_SHA1 | PE_TLS_FORWARD},
    {"TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA", PE_TLS_CBC | PE_TLS_SHA1 | PE_TLS_FORWARD},
    {"AES128-SHA", PE_TLS_CBC | PE_TLS_SHA1 | PE_TLS_RSA_KEYS},
    {"AES256-GCM-SHA384", PE_TLS_AEAD | PE_TLS_RSA_KEYS},
    {"TLS_RSA_WITH_AES_128_CCM", PE_TLS_AEAD | PE_TLS_RSA_KEYS},
    {"TLS_RSA_WITH_AES_128_CBC_SHA256", PE_TLS_CBC | PE_TLS_RSA_KEYS},
    {"SEED-SHA", PE_TLS_CBC | PE_TLS_SHA1 | PE_TLS_RSA_KEYS},
    {"ECDH-RSA-AES128-SHA", PE_TLS_CBC | PE_TLS_SHA1},
    {"DH-DSS-AES128-GCM-SHA256", PE_TLS_AEAD},
    {"PSK-AES128-CBC-SHA", PE_TLS_CBC | PE_TLS_SHA1 | PE_TLS_PSK},
    {"RSA-PSK-AES128-GCM-SHA256", PE_TLS_AEAD | PE_TLS_PSK | PE_TLS_RSA_KEYS},
    {"TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256", PE_TLS_AEAD | PE_TLS_PSK | PE_TLS_FORWARD},
    {"SRP-RSA-AES-128-CBC-SHA", PE_TLS_CBC | PE_TLS_SHA1},
    {"TLS_NULL_WITH_NULL_NULL", PE_TLS_NULL | PE_TLS_ANONYMOUS},
    {"NULL-MD5", PE_TLS_NULL | PE_TLS_MD5 | PE_TLS_RSA_KEYS},
    {"TLS_RSA_WITH_NULL_SHA256", PE_TLS_NULL | PE_TLS_RSA_KEYS},
    {"ECDHE-RSA-NULL-SHA", PE_TLS_NULL | PE_TLS_SHA1 | PE_TLS_FORWARD},
    {"ADH-AES256-GCM-SHA384", PE_TLS_ANONYMOUS | PE_TLS_AEAD | PE_TLS_FORWARD},
    {"AECDH-AES128-SHA", PE_TLS_ANONYMOUS | PE_TLS_CBC | PE_TLS_SHA1 | PE_TLS_FORWARD},
    {"TLS_DH_anon_WITH_RC4_128_MD5", PE_TLS_ANONYMOUS | PE_TLS_RC4 | PE_TLS_MD5 | PE_TLS_FORWARD},
    {"TLS_ECDH_anon_WITH_NULL_SHA", PE_TLS_ANONYMOUS | PE_TLS_NULL | PE_TLS_SHA1 | PE_TLS_FORWARD},
    {"RC4-MD5", PE_TLS_RC4 | PE_TLS_MD5 | PE_TLS_RSA_KEYS},
    {"ECDHE-RSA-RC4-SHA", PE_TLS_RC4 | PE_TLS_SHA1 | PE_TLS_FORWARD},
    {"SSL_RSA_WITH_RC4_128_SHA", PE_TLS_RC4 | PE_TLS_SHA1 | PE_TLS_RSA_KEYS},
    {"EXP-RC4-MD5", PE_TLS_EXPORT | PE_TLS_RC4 | PE_TLS_MD5 | PE_TLS_RSA_KEYS},
    {"EXP-RC2-CBC-MD5", PE_TLS_EXPORT | PE_TLS_RC2 | PE_TLS_CBC | PE_TLS_MD5 | PE_TLS_RSA_KEYS},
    {"EXP-EDH-RSA-DES-CBC-SHA",
     PE_TLS_EXPORT | PE_TLS_DES | PE_TLS_CBC | PE_TLS_SHA1 | PE_TLS_FORWARD},
    {"EXP1024-DES-CBC-SHA",
     PE_TLS_EXPORT | PE_TLS_DES | PE_TLS_CBC | PE_TLS_SHA1 | PE_TLS_RSA_KEYS},
    {"TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5",
     PE_TLS_EXPORT | PE_TLS_RC2 | PE_TLS_CBC | PE_TLS_MD5 | PE_TLS_RSA_KEYS},
    {"TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA",
     PE_TLS_EXPORT | PE_TLS_DES | PE_TLS_CBC | PE_TLS_SHA1 | PE_TLS_FORWARD},
    {"DES-CBC-SHA", PE_TLS_DES | PE_TLS_CBC | PE_TLS_SHA1 | PE_TLS_RSA_KEYS},
    {"DES-CBC3-SHA", PE_TLS_3DES | PE_TLS_CBC | PE_TLS_SHA1 | PE_TLS_RSA_KEYS},
    {"ECDHE-RSA-DES-CBC3-SHA", PE_TLS_3DES | PE_TLS_CBC | PE_TLS_SHA1 | PE_TLS_FORWARD},
    {"TLS_RSA_WITH_3DES_EDE_CBC_SHA", PE_TLS_3DES | PE_TLS_CBC | PE_TLS_SHA1 | PE_TLS_RSA_KEYS},
    {"IDEA-CBC-SHA", PE_TLS_IDEA | PE_TLS_CBC | PE_TLS_SHA1 | PE_TLS_RSA_KEYS},
    {"TLS_KRB5_EXPORT_WITH_RC4_40_MD5", PE_TLS_EXPORT | PE_TLS_RC4 | PE_TLS_MD5},
};

static void test_cipher_suites_are_classed_by_both_kinds_of_name(void **state)
{
    unsigned classes;
    enum pe_tls_why why;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(suites); i++) {
        if (pe_tls_parse_cipher(suites[i].name, strlen(suites[i].name), &classes, &why) != 0)
            fail_msg("%s: %s", suites[i].name, pe_tls_why_text(why).en);
        if (classes != suites[i].classes)
            fail_msg("%s: %x and not %x", suites[i].name, classes, suites[i].classes);
    }
}

static bool is_weak(const char *name)
{
    unsigned classes;
    enum pe_tls_why why;

    assert_int_equal(pe_tls_parse_cipher(name, strlen(name), &classes, &why), 0);
    return pe_tls_cipher_is_weak(classes);
}

static void test_weak_suites_are_told_from_merely_old_ones(void **state)
{
    static const char *const weak[] = {"NULL-SHA",    "ADH-AES128-SHA", "EXP-RC4-MD5",  "RC4-SHA",
                                       "DES-CBC-SHA", "DES-CBC3-SHA",   "IDEA-CBC-SHA", "RC4-MD5"};
    static const char *const strong[] = {"AES128-SHA", "ECDHE-RSA-AES128-SHA", "AES256-GCM-SHA384",
                                         "TLS_AES_128_GCM_SHA256", "CAMELLIA128-SHA"};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(weak); i++)
        assert_true(is_weak(weak[i]));
    for (i = 0; i < COUNT(strong); i++)
        assert_false(is_weak(strong[i]));
}

static void test_unknown_suites_are_refused_and_not_fine(void **state)
{
    static const char *const names[] = {
        "",
        "HIGH",
        "ECDHE",
        "AES128",
        "AES128-GCM",
        "AES128-GCM-SHA",
        "AES128-SHA-",
        "AES128-SHA512",
        "ECDHE-RSA-AES128-GCM-SHA256-OLD",
        "TLS_AES_128_CBC_SHA256",
        "TLS_AES_128_CCM",
        "TLS_CAMELLIA_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_128_CBC",
        "TLS_RSA_WITH_FOO_128_CBC_SHA",
        "TLS_FOO_WITH_AES_128_CBC_SHA",
        "TLS_ECDHE_RSA_AES_128_GCM_SHA256",
        "ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "EXP-",
        "xc030",
        "GOST2012-GOST8912-GOST8912",
        "TLS_GOSTR341112_256_WITH_28147_CNT_IMIT",
        "ECDHE-RSA-AES128-GCM-SHA256 ",
    };
    unsigned classes = 7;
    enum pe_tls_why why;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(names); i++) {
        if (pe_tls_parse_cipher(names[i], strlen(names[i]), &classes, &why) != -1)
            fail_msg("%s was accepted", names[i]);
        assert_int_equal(why, PE_TLS_UNKNOWN_CIPHER);
    }
    assert_int_equal(classes, 7);
}

static void test_signalling_values_are_no_suites(void **state)
{
    unsigned classes;
    enum pe_tls_why why;

    (void)state;
    assert_int_equal(pe_tls_parse_cipher("TLS_FALLBACK_SCSV", 17, &classes, &why), -1);
    assert_int_equal(why, PE_TLS_SIGNAL);
    assert_int_equal(pe_tls_parse_cipher("TLS_EMPTY_RENEGOTIATION_INFO_SCSV", 33, &classes, &why),
                     -1);
    assert_int_equal(why, PE_TLS_SIGNAL);
}

static void test_classes_have_words(void **state)
{
    (void)state;
    assert_string_equal(pe_tls_cipher_word(PE_TLS_NULL), "null");
    assert_string_equal(pe_tls_cipher_word(PE_TLS_MD5), "md5");
    assert_string_equal(pe_tls_cipher_word(PE_TLS_RSA_KEYS), "rsa");
    assert_string_equal(pe_tls_cipher_word(PE_TLS_ONLY_1_3), "tls1.3");
    assert_null(pe_tls_cipher_word(PE_TLS_NULL | PE_TLS_MD5));
    assert_null(pe_tls_cipher_word(0));
}

static void test_every_reason_has_words_in_both_languages(void **state)
{
    enum pe_tls_why why;

    (void)state;
    for (why = PE_TLS_UNKNOWN_VERSION; why <= PE_TLS_SIGNAL; why++) {
        assert_true(strlen(pe_tls_why_text(why).en) > 0);
        assert_true(strlen(pe_tls_why_text(why).ja) > 0);
    }
}

/* ---- names ---- */

static bool covers(const char *name, const char *host)
{
    return pe_tls_name_covers(name, strlen(name), host, strlen(host));
}

static void test_names_are_compared_without_case(void **state)
{
    (void)state;
    assert_true(covers("portal.example.jp", "portal.example.jp"));
    assert_true(covers("Portal.EXAMPLE.jp", "portal.example.JP"));
    assert_true(covers("portal.example.jp", "portal.example.jp."));
    assert_true(covers("portal.example.jp.", "portal.example.jp"));
    assert_true(covers("localhost", "localhost"));
    assert_false(covers("portal.example.jp", "portal2.example.jp"));
    assert_false(covers("portal.example.jp", "example.jp"));
    assert_false(covers("example.jp", "portal.example.jp"));
}

static void test_a_wildcard_stands_for_one_whole_label(void **state)
{
    (void)state;
    assert_true(covers("*.example.jp", "portal.example.jp"));
    assert_true(covers("*.EXAMPLE.jp", "PORTAL.example.jp."));
    assert_false(covers("*.example.jp", "a.portal.example.jp"));
    assert_false(covers("*.example.jp", "example.jp"));
    assert_false(covers("*.example.jp", ".example.jp"));
    assert_false(covers("p*.example.jp", "portal.example.jp"));
    assert_false(covers("*l.example.jp", "portal.example.jp"));
    assert_false(covers("portal.*.jp", "portal.example.jp"));
    assert_false(covers("*.*.jp", "portal.example.jp"));
    assert_false(covers("**.example.jp", "portal.example.jp"));
}

static void test_a_wildcard_needs_two_labels_to_its_right(void **state)
{
    (void)state;
    assert_false(covers("*", "example"));
    assert_false(covers("*.", "example."));
    assert_false(covers("*.jp", "example.jp"));
    assert_false(covers("*..jp", "a..jp"));
}

static void test_addresses_are_covered_by_the_same_address_only(void **state)
{
    (void)state;
    assert_true(covers("192.0.2.1", "192.0.2.1"));
    assert_false(covers("192.0.2.2", "192.0.2.1"));
    assert_false(covers("*.0.2.1", "192.0.2.1"));
    assert_true(covers("2001:DB8:0::1", "2001:db8::1"));
    assert_false(covers("::ffff:192.0.2.1", "192.0.2.1"));
    assert_false(covers("192.0.2.0/24", "192.0.2.1"));
    assert_false(covers("portal.example.jp", "192.0.2.1"));
    assert_false(covers("192.0.2.1.", "192.0.2.1"));
}

static void test_misspelt_addresses_are_no_names(void **state)
{
    (void)state;
    assert_false(covers("192.0.2", "192.0.2"));
    assert_false(covers("010.0.2.1", "010.0.2.1"));
    assert_false(covers("*.0.2.1", "010.0.2.1"));
    assert_true(covers("1.2.3.jp", "1.2.3.jp"));
    assert_true(covers("3com.example.4you", "3com.example.4you"));
}

static void test_what_is_no_host_name_is_covered_by_nothing(void **state)
{
    char label[65], host[300];

    (void)state;
    assert_false(covers("", ""));
    assert_false(covers(".", "."));
    assert_false(covers("a..jp", "a..jp"));
    assert_false(covers("日本.example.jp", "日本.example.jp"));
    assert_true(covers("xn--wgv71a.example.jp", "XN--WGV71A.example.jp"));
    assert_true(covers("*.example.jp", "xn--wgv71a.example.jp"));
    assert_false(covers("*.example.jp", "*.example.jp"));
    assert_false(covers("a b.jp", "a b.jp"));
    assert_false(pe_tls_name_covers("a.jp\0x", 6, "a.jp\0x", 6));
    memset(label, 'a', 64);
    label[64] = '\0';
    assert_false(covers(label, label));
    assert_true(covers(label + 1, label + 1));
    memset(host, 'a', 299);
    host[299] = '\0';
    assert_false(covers(host, host));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_version_has_many_spellings),
        cmocka_unit_test(test_every_version_is_known),
        cmocka_unit_test(test_versions_are_ordered_by_age_and_not_by_text),
        cmocka_unit_test(test_unknown_versions_are_refused_and_not_old),
        cmocka_unit_test(test_dtls_is_not_tls),
        cmocka_unit_test(test_a_nul_in_a_version_is_not_its_end),
        cmocka_unit_test(test_cipher_suites_are_classed_by_both_kinds_of_name),
        cmocka_unit_test(test_weak_suites_are_told_from_merely_old_ones),
        cmocka_unit_test(test_unknown_suites_are_refused_and_not_fine),
        cmocka_unit_test(test_signalling_values_are_no_suites),
        cmocka_unit_test(test_classes_have_words),
        cmocka_unit_test(test_every_reason_has_words_in_both_languages),
        cmocka_unit_test(test_names_are_compared_without_case),
        cmocka_unit_test(test_a_wildcard_stands_for_one_whole_label),
        cmocka_unit_test(test_a_wildcard_needs_two_labels_to_its_right),
        cmocka_unit_test(test_addresses_are_covered_by_the_same_address_only),
        cmocka_unit_test(test_misspelt_addresses_are_no_names),
        cmocka_unit_test(test_what_is_no_host_name_is_covered_by_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
