/* test_format.c: the formats that a model can ask of a string. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "json_support.h"
#include "model.h"

static void check(const char *format, const char *const *texts, bool accepted)
{
    assert_true(pe_format_known(format));
    for (; *texts != NULL; texts++)
        if (pe_format_accepts(format, *texts, strlen(*texts)) != accepted)
            fail_msg("%s %s '%s'", format, accepted ? "refused" : "accepted", *texts);
}

#define TAKES(format, ...) check(format, (const char *const[]){__VA_ARGS__, NULL}, true)
#define REFUSES(format, ...) check(format, (const char *const[]){__VA_ARGS__, NULL}, false)

static const char *const all[] = {"timestamp", "date",     "cidr", "ip",    "address",
                                  "ports",     "duration", "url",  "email", "hostname",
                                  "country",   "sha256",   "id"};
enum { FORMATS = sizeof all / sizeof all[0] };

static void test_every_format_is_known_and_has_words_in_both_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < FORMATS; i++) {
        struct pe_text text = pe_format_text(all[i]);
        assert_true(pe_format_known(all[i]));
        assert_string_not_equal(text.en, text.ja);
    }
    assert_false(pe_format_known("Date"));
    assert_false(pe_format_known(""));
    assert_false(pe_format_accepts("nonsense", "x", 1));
    assert_string_equal(pe_format_text("nonsense").en, "nonsense");
}

static void test_no_format_takes_what_is_empty_or_broken(void **state)
{
    char *huge = repeat("9", 100000, "");

    (void)state;
    for (size_t i = 0; i < FORMATS; i++) {
        REFUSES(all[i], "", " ", "\n", "\x1b[31m", "\xFF", "\xED\xA0\x80", huge);
        assert_false(pe_format_accepts(all[i], "\0", 1));
        assert_false(pe_format_accepts(all[i], "10.0.0.1\0", 9));
        assert_false(pe_format_accepts(all[i], "a.example\0x", 11));
    }
    free(huge);
}

static void test_a_timestamp_has_its_zone(void **state)
{
    (void)state;
    TAKES("timestamp", "2026-11-20T09:00:00+09:00", "2026-11-20T00:00:00Z",
          "2026-11-20T00:00:00.123Z");
    REFUSES("timestamp", "2026-11-20T09:00:00", "2026-11-20", "2026-11-31T09:00:00Z",
            "2026-11-20T24:01:00Z", "2026-11-20T09:00:00Z ", " 2026-11-20T09:00:00Z", "now");
}

static void test_a_date_exists(void **state)
{
    (void)state;
    TAKES("date", "2026-11-20", "2024-02-29");
    REFUSES("date", "2023-02-29", "2026-13-01", "2026-1-1", "20261120", "2026-11-20T00:00:00Z");
}

static void test_addresses_and_networks(void **state)
{
    (void)state;
    TAKES("ip", "10.0.0.1", "2001:db8::1", "::");
    REFUSES("ip", "10.0.0.0/8", "010.0.0.1", "10.0.0", "10.0.0.256", "10.0.0.1 ", "fe80::1%eth0",
            "example");
    TAKES("cidr", "192.0.2.0/24", "0.0.0.0/0", "2001:db8::/32");
    REFUSES("cidr", "192.0.2.0/33", "192.0.2.0-192.0.2.9", "Internet", "*", "192.0.2.0/",
            "192.0.2.0/-1", "192.0.2.0/ 24", "2001:db8::/129");
    TAKES("address", "192.0.2.0/24", "192.0.2.1", "192.0.2.0-192.0.2.9", "*", "Internet");
    REFUSES("address", "192.0.2.9-192.0.2.0", "192.0.2.0/24/25", "not an address");
}

static void test_ports_are_numbers_and_ranges(void **state)
{
    (void)state;
    TAKES("ports", "443", "80,8000-8010", "*", "1-65535");
    REFUSES("ports", "65536", "90-80", "80,", ",80", "80-", "-80", "http");
}

static void test_urls_are_absolute_and_plain(void **state)
{
    (void)state;
    TAKES("url", "https://example.com/", "http://a", "a+b-c.d://x", "https://[::1]:8443/a?b#c");
    REFUSES("url", "example.com", "/a", "https:", "https://", "https:/a", "://a", "1https://a",
            "https ://a", "https://a b", "https://a\"b", "https://a<b>", "https://a\\b",
            "https://a\tb", "https://管", "java script://x", "javascript:alert(1)", "mailto:a@b");
}

static void test_mail_addresses_have_one_at_and_a_host(void **state)
{
    (void)state;
    TAKES("email", "a@example.com", "a.b+c@x", "a'b@example.co.jp");
    REFUSES("email", "a", "@", "@x", "a@", "a@@x", "a@b@x", "a b@x", "a@x y", "a@-x", "a@1",
            "<a@x>", "a@x.");
}

static void test_host_names_are_labels_of_at_most_63(void **state)
{
    char *label = repeat("a", 63, ""), *longer = repeat("a", 64, "");
    char *name = repeat("aaaaaaaaa.", 25, "aaa"), *too_long = repeat("aaaaaaaaa.", 25, "aaaa");

    (void)state;
    TAKES("hostname", "a", "a.example", "xn--1qqw23a.example", "_dmarc.example", "3com.example",
          "1.2.3.a", label, name);
    REFUSES("hostname", ".", "a.", ".a", "a..b", "-a", "a-", "a-.b", "a.-b", "a b", "a/b", "管",
            "1.2.3.4", "a.1", longer, too_long);
    free(label);
    free(longer);
    free(name);
    free(too_long);
}

static void test_the_other_formats(void **state)
{
    char *digest = repeat("0a", 32, ""), *upper = repeat("0A", 32, "");
    char *id = repeat("x", 200, ""), *long_id = repeat("x", 201, "");

    (void)state;
    TAKES("country", "JP", "US");
    REFUSES("country", "jp", "J", "JPN", "J1", "Jp");
    TAKES("sha256", digest);
    REFUSES("sha256", upper, "0a", digest + 1);
    TAKES("duration", "P90D", "PT1H");
    REFUSES("duration", "-P1D", "P", "forever", "P1DT");
    TAKES("id", "adm1", "a b", "管理者", "{5D3}/x", id);
    REFUSES("id", " a", "a ", "a\nb", "a\x7f", long_id);
    free(digest);
    free(upper);
    free(id);
    free(long_id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_format_is_known_and_has_words_in_both_languages),
        cmocka_unit_test(test_no_format_takes_what_is_empty_or_broken),
        cmocka_unit_test(test_a_timestamp_has_its_zone),
        cmocka_unit_test(test_a_date_exists),
        cmocka_unit_test(test_addresses_and_networks),
        cmocka_unit_test(test_ports_are_numbers_and_ranges),
        cmocka_unit_test(test_urls_are_absolute_and_plain),
        cmocka_unit_test(test_mail_addresses_have_one_at_and_a_host),
        cmocka_unit_test(test_host_names_are_labels_of_at_most_63),
        cmocka_unit_test(test_the_other_formats),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
