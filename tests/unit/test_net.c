/* test_net.c: texts of addresses, blocks and ranges, and how they are printed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "net_support.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void assert_prints(const char *text, const char *want)
{
    struct pe_net_entry entry = parse(text);
    char got[PE_NET_TEXT_BYTES];

    pe_net_print_entry(&entry, got);
    assert_string_equal(got, want);
}

static void assert_refused(const char *text, enum pe_net_why want)
{
    struct pe_net_entry entry = {.service = "untouched"};
    enum pe_net_why why = PE_NET_OK;

    if (pe_net_parse(text, strlen(text), &entry, &why) != -1)
        fail_msg("%s was accepted", text);
    if (why != want)
        fail_msg("%s: %s", text, pe_net_why_text(why).en);
    assert_string_equal(entry.service, "untouched");
}

static void test_addresses_blocks_and_ranges_are_read(void **state)
{
    (void)state;
    assert_prints("192.0.2.17", "192.0.2.17");
    assert_prints("192.0.2.0/24", "192.0.2.0/24");
    assert_prints("192.0.2.17/32", "192.0.2.17");
    assert_prints("192.0.2.1-192.0.2.9", "192.0.2.1-192.0.2.9");
    assert_prints("192.0.2.0-192.0.2.255", "192.0.2.0/24");
    assert_prints("2001:db8::/32", "2001:db8::/32");
    assert_prints("2001:db8::1-2001:db8::ff", "2001:db8::1-2001:db8::ff");
    assert_prints("0.0.0.0/0", "0.0.0.0/0");
    assert_prints("0.0.0.0-255.255.255.255", "0.0.0.0/0");
    assert_prints("::/0", "::/0");
    assert_true(parse("192.0.2.17").single);
    assert_false(parse("192.0.2.17/32").single);
}

static void test_ipv6_is_printed_as_rfc_5952_says(void **state)
{
    static const char *const cases[][2] = {
        {"2001:0db8:0000:0000:0000:0000:0002:0001", "2001:db8::2:1"},
        {"2001:DB8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:db8::", "2001:db8::"},
        {"::", "::"},
        {"::1", "::1"},
        {"1::", "1::"},
        {"0:0:0:0:0:0:0:1", "::1"},
        {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
        {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
        {"1:0:0:4::8", "1:0:0:4::8"},
        {"FE80::ABCD", "fe80::abcd"},
        {"::203.0.113.5", "::cb00:7105"},
        {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
        {"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(cases); i++)
        assert_prints(cases[i][0], cases[i][1]);
}

static void test_ipv4_mapped_ipv6_is_ipv4(void **state)
{
    (void)state;
    assert_prints("::ffff:203.0.113.5", "203.0.113.5");
    assert_prints("::FFFF:cb00:7105", "203.0.113.5");
    assert_prints("0:0:0:0:0:ffff:203.0.113.5", "203.0.113.5");
    assert_prints("::ffff:203.0.113.0/120", "203.0.113.0/24");
    assert_prints("::ffff:203.0.113.5/128", "203.0.113.5");
    assert_prints("::ffff:0:0/96", "0.0.0.0/0");
    assert_prints("::ffff:1.2.3.4-::ffff:1.2.3.9", "1.2.3.4-1.2.3.9");
    assert_true(parse("::ffff:1.2.3.4").mapped);
    assert_true(parse("::ffff:1.2.3.0/120").mapped);
    assert_false(parse("1.2.3.4").mapped);
}

static void test_a_block_that_only_contains_the_mapped_one_stays_ipv6(void **state)
{
    (void)state;
    assert_prints("::ffff:0:0/95", "::fffe:0:0/95");
    assert_prints("::/64", "::/64");
    assert_prints("::-::ffff", "::/112");
    assert_refused("::fffe:ffff:ffff-::ffff:1.2.3.4", PE_NET_MIXED);
}

static void test_other_ways_to_embed_ipv4_are_not_mapped(void **state)
{
    (void)state;
    assert_int_equal(parse("::203.0.113.5").range.family, PE_NET_IPV6);
    assert_int_equal(parse("64:ff9b::203.0.113.5").range.family, PE_NET_IPV6);
    assert_int_equal(parse("2002:cb00:7105::").range.family, PE_NET_IPV6);
    assert_int_equal(parse("::ffff:0:203.0.113.5").range.family, PE_NET_IPV6);
}

static void test_host_bits_are_masked_and_reported(void **state)
{
    (void)state;
    assert_prints("192.0.2.17/24", "192.0.2.0/24");
    assert_true(parse("192.0.2.17/24").host_bits);
    assert_false(parse("192.0.2.0/24").host_bits);
    assert_false(parse("192.0.2.17/32").host_bits);
    assert_prints("2001:4898:80e8:7:d92a:7695:fda1:9d62/48", "2001:4898:80e8::/48");
    assert_true(parse("2001:4898:80e8:7:d92a:7695:fda1:9d62/48").host_bits);
    assert_true(parse("::ffff:192.0.2.17/120").host_bits);
    assert_true(parse("1.0.0.0/0").host_bits);
}

static void test_a_contiguous_netmask_is_a_prefix(void **state)
{
    (void)state;
    assert_prints("10.0.0.0/255.255.255.0", "10.0.0.0/24");
    assert_prints("10.0.0.0/255.0.0.0", "10.0.0.0/8");
    assert_prints("10.0.0.0/0.0.0.0", "0.0.0.0/0");
    assert_prints("10.0.0.1/255.255.255.255", "10.0.0.1");
    assert_refused("10.0.0.0/255.0.255.0", PE_NET_MASK);
    assert_refused("10.0.0.0/0.0.0.255", PE_NET_MASK);
    assert_refused("2001:db8::/255.255.255.0", PE_NET_MASK);
    assert_refused("::ffff:10.0.0.0/255.255.255.0", PE_NET_MASK);
    assert_refused("10.0.0.0/255.255.256.0", PE_NET_OCTET);
}

static void test_leading_zeros_are_refused(void **state)
{
    (void)state;
    assert_refused("010.1.1.1", PE_NET_LEADING_ZERO);
    assert_refused("10.1.1.00", PE_NET_LEADING_ZERO);
    assert_refused("10.01.1.1/8", PE_NET_LEADING_ZERO);
    assert_refused("::ffff:010.1.1.1", PE_NET_LEADING_ZERO);
    assert_refused("10.0.0.0/08", PE_NET_PREFIX);
}

static void test_short_forms_are_refused(void **state)
{
    (void)state;
    assert_refused("1.2.3", PE_NET_SHORT);
    assert_refused("10", PE_NET_SHORT);
    assert_refused("10.1/16", PE_NET_SHORT);
    assert_refused("3232235777", PE_NET_OCTET);
    assert_refused("0x7f.0.0.1", PE_NET_UNKNOWN);
    assert_refused("10.0.0.1-10", PE_NET_SHORT);
    assert_refused("1.2.3.4.5", PE_NET_UNKNOWN);
}

static void test_bad_octets_are_refused(void **state)
{
    (void)state;
    assert_refused("256.1.1.1", PE_NET_OCTET);
    assert_refused("1.2.3.999", PE_NET_OCTET);
    assert_refused("1..2.3", PE_NET_UNKNOWN);
    assert_refused("1.2.3.", PE_NET_UNKNOWN);
    assert_refused(".1.2.3", PE_NET_UNKNOWN);
    assert_refused("1.2.3.4 ", PE_NET_UNKNOWN);
    assert_refused(" 1.2.3.4", PE_NET_UNKNOWN);
    assert_refused("+1.2.3.4", PE_NET_UNKNOWN);
}

static void test_zone_ids_are_refused(void **state)
{
    (void)state;
    assert_refused("fe80::1%eth0", PE_NET_ZONE_ID);
    assert_refused("fe80::1%25eth0/64", PE_NET_ZONE_ID);
    assert_refused("fe80::1%1-fe80::2", PE_NET_ZONE_ID);
}

static void test_bad_prefixes_are_refused(void **state)
{
    (void)state;
    assert_refused("10.0.0.0/33", PE_NET_PREFIX);
    assert_refused("::/129", PE_NET_PREFIX);
    assert_refused("::ffff:1.2.3.4/129", PE_NET_PREFIX);
    assert_refused("10.0.0.0/-1", PE_NET_PREFIX);
    assert_refused("10.0.0.0/", PE_NET_PREFIX);
    assert_refused("10.0.0.0/+8", PE_NET_PREFIX);
    assert_refused("10.0.0.0/8/8", PE_NET_PREFIX);
    assert_refused("10.0.0.0/4294967304", PE_NET_PREFIX);
    assert_refused("/0", PE_NET_EMPTY);
    assert_refused("10.0.0.0/8-11.0.0.0/8", PE_NET_UNKNOWN);
}

static void test_bad_ipv6_is_refused(void **state)
{
    static const char *const texts[] = {
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        ":1::2",
        "1:",
        "::1:",
        "12345::",
        "g::",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "[::1]",
        "1:2",
        "::12345",
        "1:2:3:4:5:6:7:",
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(texts); i++)
        assert_refused(texts[i], PE_NET_BAD_IPV6);
    assert_refused("::1.2.3", PE_NET_SHORT);
}

static void test_reversed_and_mixed_ranges_are_refused(void **state)
{
    (void)state;
    assert_refused("10.0.0.9-10.0.0.1", PE_NET_REVERSED);
    assert_refused("2001:db8::9-2001:db8::1", PE_NET_REVERSED);
    assert_refused("10.0.0.1-2001:db8::1", PE_NET_MIXED);
    assert_refused("10.0.0.1-", PE_NET_EMPTY);
    assert_refused("-10.0.0.1", PE_NET_EMPTY);
    assert_refused("10.0.0.1-10.0.0.2-10.0.0.3", PE_NET_UNKNOWN);
    assert_prints("10.0.0.1-10.0.0.1", "10.0.0.1");
}

static void test_words_for_everything_count_in_any_case(void **state)
{
    static const char *const words[] = {"*",        "Any",      "any",     "ANY",
                                        "Internet", "internet", "INTERNET"};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(words); i++) {
        assert_int_equal(parse(words[i]).kind, PE_NET_ANY);
        assert_true(covers_internet(SET(words[i])));
    }
}

static void test_service_tags_are_names_without_addresses(void **state)
{
    struct pe_net_entry entry = parse("virtualnetwork");
    struct pe_net_range ranges[2];

    (void)state;
    assert_int_equal(entry.kind, PE_NET_SERVICE);
    assert_string_equal(entry.service, "VirtualNetwork");
    assert_int_equal(pe_net_ranges(&entry, 0, ranges), 0);
    assert_prints("AZURELOADBALANCER", "AzureLoadBalancer");
    assert_prints("AzureActiveDirectoryDomainServices", "AzureActiveDirectoryDomainServices");
    assert_prints("VIRTUAL_NETWORK", "VirtualNetwork");
    assert_prints("storage.japaneast", "Storage");
    assert_prints("AzureFrontDoor.Backend", "AzureFrontDoor");
}

static void test_unknown_words_are_refused(void **state)
{
    (void)state;
    assert_refused("office", PE_NET_UNKNOWN);
    assert_refused("Internet.JapanEast", PE_NET_UNKNOWN);
    assert_refused("Storage.", PE_NET_UNKNOWN);
    assert_refused("Storage.Japan East", PE_NET_UNKNOWN);
    assert_refused("**", PE_NET_UNKNOWN);
    assert_refused("<nw>/0", PE_NET_UNKNOWN);
    assert_refused("", PE_NET_EMPTY);
    assert_refused("[parameters('allowed')]", PE_NET_TEMPLATE);
    assert_refused("deadbeef", PE_NET_UNKNOWN);
}

static void test_bytes_after_a_nul_are_read_too(void **state)
{
    struct pe_net_entry entry;
    enum pe_net_why why;

    (void)state;
    assert_int_equal(pe_net_parse("10.0.0.1\0", 9, &entry, &why), -1);
    assert_int_equal(pe_net_parse("any\0", 4, &entry, &why), -1);
    assert_int_equal(pe_net_parse("Storage\0", 8, &entry, &why), -1);
    assert_int_equal(pe_net_parse("10.0.0.1234", 8, &entry, &why), 0);
}

static void test_a_single_address_takes_no_prefix(void **state)
{
    struct pe_net_entry entry;
    enum pe_net_why why;

    (void)state;
    assert_int_equal(pe_net_parse_ip("10.0.0.1", 8, &entry, &why), 0);
    assert_int_equal(pe_net_parse_ip("10.0.0.1/32", 11, &entry, &why), -1);
    assert_int_equal(pe_net_parse_ip("10.0.0.1-10.0.0.2", 17, &entry, &why), -1);
    assert_int_equal(pe_net_parse_ip("any", 3, &entry, &why), -1);
    assert_int_equal(pe_net_parse_ip("", 0, &entry, &why), -1);
    assert_int_equal(why, PE_NET_EMPTY);
}

static void test_every_reason_has_words_in_both_languages(void **state)
{
    enum pe_net_why why;

    (void)state;
    for (why = PE_NET_EMPTY; why <= PE_NET_TEMPLATE; why++) {
        assert_true(strlen(pe_net_why_text(why).en) > 0);
        assert_true(strlen(pe_net_why_text(why).ja) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses_blocks_and_ranges_are_read),
        cmocka_unit_test(test_ipv6_is_printed_as_rfc_5952_says),
        cmocka_unit_test(test_ipv4_mapped_ipv6_is_ipv4),
        cmocka_unit_test(test_a_block_that_only_contains_the_mapped_one_stays_ipv6),
        cmocka_unit_test(test_other_ways_to_embed_ipv4_are_not_mapped),
        cmocka_unit_test(test_host_bits_are_masked_and_reported),
        cmocka_unit_test(test_a_contiguous_netmask_is_a_prefix),
        cmocka_unit_test(test_leading_zeros_are_refused),
        cmocka_unit_test(test_short_forms_are_refused),
        cmocka_unit_test(test_bad_octets_are_refused),
        cmocka_unit_test(test_zone_ids_are_refused),
        cmocka_unit_test(test_bad_prefixes_are_refused),
        cmocka_unit_test(test_bad_ipv6_is_refused),
        cmocka_unit_test(test_reversed_and_mixed_ranges_are_refused),
        cmocka_unit_test(test_words_for_everything_count_in_any_case),
        cmocka_unit_test(test_service_tags_are_names_without_addresses),
        cmocka_unit_test(test_unknown_words_are_refused),
        cmocka_unit_test(test_bytes_after_a_nul_are_read_too),
        cmocka_unit_test(test_a_single_address_takes_no_prefix),
        cmocka_unit_test(test_every_reason_has_words_in_both_languages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
