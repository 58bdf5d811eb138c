/* test_net.c: addresses, ranges and sets of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "lib/net.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { MAX_RANGES = 600 };

static struct pe_net_entry parse(const char *text)
{
    struct pe_net_entry entry;
    enum pe_net_why why;

    if (pe_net_parse(text, strlen(text), &entry, &why) != 0)
        fail_msg("%s: %s", text, pe_net_why_text(why).en);
    return entry;
}

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

/* Texts up to a NULL, merged. */
static size_t parse_set(const char *const *texts, struct pe_net_range *ranges)
{
    size_t count = 0;

    for (; *texts != NULL; texts++) {
        struct pe_net_entry entry = parse(*texts);

        count += pe_net_ranges(&entry, (uint32_t)count, ranges + count);
    }
    return count;
}

#define SET(...) ((const char *const[]){__VA_ARGS__, NULL})

static bool covers_internet(const char *const *texts)
{
    struct pe_net_range ranges[MAX_RANGES];
    size_t count = pe_net_merge(ranges, parse_set(texts, ranges));

    return pe_net_covers_internet(ranges, count);
}

static struct pe_net_size size_of(const char *const *texts)
{
    struct pe_net_range ranges[MAX_RANGES];

    return pe_net_size(ranges, pe_net_merge(ranges, parse_set(texts, ranges)));
}

/* ---- text ---- */

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

/* ---- coverage ---- */

static void test_everything_in_disguise_covers_the_internet(void **state)
{
    static char blocks[256][16];
    const char *texts[257] = {NULL};
    unsigned i;

    (void)state;
    assert_true(covers_internet(SET("0.0.0.0/0")));
    assert_true(covers_internet(SET("::/0")));
    assert_true(covers_internet(SET("0.0.0.0/1", "128.0.0.0/1")));
    assert_true(covers_internet(SET("0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2")));
    assert_true(covers_internet(SET("0.0.0.0-255.255.255.255")));
    assert_true(covers_internet(SET("::ffff:0:0/96")));
    assert_true(covers_internet(SET("2000::/3")));
    assert_true(covers_internet(SET("2000::/5", "2800::/5", "3000::/5", "3800::/5")));
    assert_true(covers_internet(SET("10.0.0.1/0.0.0.0")));
    for (i = 0; i < 256; i++) {
        snprintf(blocks[i], sizeof blocks[i], "%u.0.0.0/8", i);
        texts[i] = blocks[i];
    }
    assert_true(covers_internet(texts));
    assert_true(size_of(texts).ipv4 == UINT64_C(1) << 32);
}

static void test_half_of_a_family_is_the_limit(void **state)
{
    (void)state;
    assert_true(covers_internet(SET("0.0.0.0/1")));
    assert_true(covers_internet(SET("10.0.0.0-138.0.0.0")));
    assert_false(covers_internet(SET("0.0.0.0-127.255.255.254")));
    assert_true(covers_internet(SET("2000::/4")));
    assert_false(covers_internet(SET("2000::-2fff:ffff:ffff:ffff:ffff:ffff:ffff:fffe")));
    assert_true(covers_internet(SET("::/2")));
    assert_false(covers_internet(SET("4000::/2", "8000::/1")));
    assert_false(covers_internet(SET("10.0.0.0/8", "2001:db8::/32")));
    assert_false(pe_net_covers_internet(NULL, 0));
}

static void test_one_open_family_is_enough(void **state)
{
    struct pe_net_range ranges[8];
    size_t count;

    (void)state;
    assert_true(covers_internet(SET("192.0.2.0/24", "::/0")));
    count = pe_net_merge(ranges, parse_set(SET("192.0.2.0/24", "::/1", "8000::/1"), ranges));
    assert_true(pe_net_covers_family(ranges, count, PE_NET_IPV6));
    assert_false(pe_net_covers_family(ranges, count, PE_NET_IPV4));
}

static void test_sizes_are_counted_after_merging(void **state)
{
    struct pe_net_size size = size_of(SET("10.0.0.0/24", "10.0.0.0/25", "10.0.0.0/24", "10.0.1.0"));

    (void)state;
    assert_true(size.ipv4 == 257);
    assert_true(size.ipv6 == 0);
    assert_true(size.ipv6_networks == 0);
    assert_true(size_of(SET("0.0.0.0/0")).ipv4 == UINT64_C(4294967296));
    assert_true(size_of(SET("::ffff:10.0.0.0/120", "10.0.0.5")).ipv4 == 256);
}

static void test_sizes_of_ipv6_saturate(void **state)
{
    (void)state;
    assert_true(size_of(SET("2001:db8::/120")).ipv6 == 256);
    assert_true(size_of(SET("2001:db8::/64")).ipv6 == UINT64_MAX);
    assert_true(size_of(SET("2001:db8::-2001:db8::ffff:ffff:ffff:fffe")).ipv6 == UINT64_MAX);
    assert_true(size_of(SET("2001:db8::1-2001:db8::ffff:ffff:ffff:fffe")).ipv6 == UINT64_MAX - 1);
    assert_true(size_of(SET("::/0")).ipv6 == UINT64_MAX);
    assert_true(size_of(SET("::/0")).ipv6_networks == UINT64_MAX);
    assert_true(size_of(SET("::/0")).ipv6_share == 1.0);
    assert_true(size_of(SET("*")).ipv4 == UINT64_C(1) << 32);
}

static void test_networks_touched_twice_count_once(void **state)
{
    (void)state;
    assert_true(size_of(SET("2001:db8::1", "2001:db8::3", "2001:db8:0:1::")).ipv6_networks == 2);
    assert_true(size_of(SET("2001:db8::/48")).ipv6_networks == 65536);
    assert_true(size_of(SET("2001:db8::1-2001:db8:0:2::1", "2001:db8:0:2::9")).ipv6_networks == 3);
    assert_true(size_of(SET("10.0.0.0/8")).ipv6_networks == 0);
}

static void test_addresses_of_both_families_add_up(void **state)
{
    struct pe_net_range ranges[4];
    size_t count = pe_net_merge(ranges, parse_set(SET("10.0.0.0/31", "2001:db8::/126"), ranges));

    (void)state;
    assert_true(pe_net_addresses(ranges, count) == 6);
    assert_true(pe_net_addresses(ranges, 0) == 0);
    count = pe_net_merge(ranges, parse_set(SET("any"), ranges));
    assert_true(pe_net_addresses(ranges, count) == UINT64_MAX);
}

static void test_adjacent_ranges_merge_and_families_do_not(void **state)
{
    struct pe_net_range ranges[8];
    char text[PE_NET_TEXT_BYTES];

    (void)state;
    assert_int_equal(pe_net_merge(ranges, parse_set(SET("10.0.1.0/24", "10.0.0.0/24"), ranges)), 1);
    pe_net_print(&ranges[0], text);
    assert_string_equal(text, "10.0.0.0/23");
    assert_int_equal(pe_net_merge(ranges, parse_set(SET("10.0.0.0/24", "10.0.2.0/24"), ranges)), 2);
    assert_int_equal(
        pe_net_merge(ranges, parse_set(SET("255.255.255.255", "::", "::1:0:0/96"), ranges)), 3);
    assert_int_equal(pe_net_merge(ranges, parse_set(SET("*", "::1", "1.1.1.1"), ranges)), 2);
    assert_int_equal(pe_net_merge(ranges, 0), 0);
}

static void test_untidy_lists_are_reported(void **state)
{
    struct pe_net_range ranges[8];
    size_t count = parse_set(SET("10.0.0.0/24", "10.0.0.0/25", "10.0.0.0/24", "10.0.1.0/24",
                                 "10.0.0.128-10.0.2.255", "192.0.2.1"),
                             ranges);
    struct pe_net_hygiene found;

    (void)state;
    pe_net_sort(ranges, count);
    found = pe_net_hygiene(ranges, count);
    assert_int_equal(found.duplicates, 1);
    assert_int_equal(found.contained, 2);
    assert_int_equal(found.joinable, 1);
    found = pe_net_hygiene(ranges, 0);
    assert_int_equal(found.duplicates + found.contained + found.joinable, 0);
}

/* Lua's memory is aligned for doubles, not for numbers of 128 bits. */
static void test_ranges_may_lie_anywhere_a_double_may(void **state)
{
    static _Alignas(16) unsigned char memory[8 + 4 * sizeof(struct pe_net_range)];
    struct pe_net_range *ranges = (struct pe_net_range *)(void *)(memory + 8);

    (void)state;
    assert_int_equal(pe_net_merge(ranges, parse_set(SET("10.0.1.0/24", "10.0.0.0/24"), ranges)), 1);
    assert_true(pe_net_addresses(ranges, 1) == 512);
}

/* ---- two sets ---- */

static bool is_subset(const char *const *a, const char *const *b, size_t *outside)
{
    struct pe_net_range left[MAX_RANGES], right[MAX_RANGES];
    size_t a_count = parse_set(a, left), b_count = pe_net_merge(right, parse_set(b, right));

    return pe_net_subset(left, a_count, right, b_count, outside);
}

static void test_a_subset_may_span_merged_neighbours(void **state)
{
    size_t outside = 99;

    (void)state;
    assert_true(is_subset(SET("10.0.0.0/23"), SET("10.0.0.0/24", "10.0.1.0/24"), &outside));
    assert_int_equal(outside, 99);
    assert_false(is_subset(SET("10.0.1.0/24", "10.0.0.0/22"), SET("10.0.0.0/23"), &outside));
    assert_int_equal(outside, 1);
    assert_true(is_subset(SET("::ffff:10.0.0.1"), SET("10.0.0.0/8"), NULL));
    assert_false(is_subset(SET("::10.0.0.1"), SET("0.0.0.0/0"), NULL));
    assert_false(is_subset(SET("10.0.0.1"), SET("::/0"), NULL));
    assert_true(pe_net_subset(NULL, 0, NULL, 0, NULL));
}

static void test_overlapping_sets_name_the_pair(void **state)
{
    struct pe_net_range a[8], b[8];
    size_t a_count = parse_set(SET("192.168.0.0/16", "10.1.0.0/16", "2001:db8::/32"), a);
    size_t b_count = parse_set(SET("172.16.0.0/12", "10.0.0.0/8"), b);
    size_t i = 99, j = 99;

    (void)state;
    pe_net_sort(a, a_count);
    pe_net_sort(b, b_count);
    assert_true(pe_net_sets_overlap(a, a_count, b, b_count, &i, &j));
    assert_int_equal(a[i].tag, 1);
    assert_int_equal(b[j].tag, 1);
    assert_true(pe_net_sets_overlap(b, b_count, a, a_count, NULL, NULL));
    assert_false(pe_net_sets_overlap(a, a_count, b, 0, &i, &j));
}

static void test_an_overlap_only_in_ipv6_is_found(void **state)
{
    struct pe_net_range a[4], b[4];
    size_t a_count = pe_net_merge(a, parse_set(SET("10.0.0.0/8", "2001:db8:1::/48"), a));
    size_t b_count = pe_net_merge(b, parse_set(SET("172.16.0.0/12", "2001:db8::/32"), b));
    size_t i, j;

    (void)state;
    assert_true(pe_net_sets_overlap(a, a_count, b, b_count, &i, &j));
    assert_int_equal(a[i].family, PE_NET_IPV6);
}

static void test_an_overlap_by_a_mapped_address_is_found(void **state)
{
    struct pe_net_range a[4], b[4];
    size_t a_count = pe_net_merge(a, parse_set(SET("10.0.0.0/8"), a));
    size_t b_count = pe_net_merge(b, parse_set(SET("::ffff:10.2.3.0/120"), b));

    (void)state;
    assert_true(pe_net_sets_overlap(a, a_count, b, b_count, NULL, NULL));
}

static void test_ranges_of_one_list_that_overlap_are_found(void **state)
{
    struct pe_net_range ranges[8];
    size_t count = parse_set(SET("10.0.0.0/8", "11.0.0.0/8", "192.0.2.0/24", "10.200.0.1"), ranges);
    size_t i, j;

    (void)state;
    pe_net_sort(ranges, count);
    assert_true(pe_net_self_overlap(ranges, count, &i, &j));
    assert_int_equal(ranges[i].tag, 0);
    assert_int_equal(ranges[j].tag, 3);
    count = parse_set(SET("10.0.0.0/8", "11.0.0.0/8"), ranges);
    assert_false(pe_net_self_overlap(ranges, count, &i, &j));
}

static void test_the_difference_keeps_what_is_left(void **state)
{
    struct pe_net_range a[4], b[4], out[8];
    size_t a_count = pe_net_merge(a, parse_set(SET("10.0.0.0/24", "::/0"), a));
    size_t b_count = pe_net_merge(b, parse_set(SET("10.0.0.16/28", "2000::/3"), b));
    size_t count = pe_net_difference(a, a_count, b, b_count, out);
    char text[PE_NET_TEXT_BYTES];

    (void)state;
    assert_int_equal(count, 4);
    pe_net_print(&out[0], text);
    assert_string_equal(text, "10.0.0.0/28");
    pe_net_print(&out[1], text);
    assert_string_equal(text, "10.0.0.32-10.0.0.255");
    pe_net_print(&out[2], text);
    assert_string_equal(text, "::/3");
    assert_int_equal(pe_net_difference(a, a_count, a, a_count, out), 0);
}

/* ---- every set operation against one bit an address ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 16;
}

/* Up to 5 ranges of a universe of 32 addresses a family, at its very top for IPv6. */
static size_t random_set(uint32_t *seed, struct pe_net_range *ranges)
{
    size_t i, count = next_random(seed) % 6;

    for (i = 0; i < count; i++) {
        bool ipv6 = next_random(seed) % 3 == 0;
        pe_net_ip base = ipv6 ? ~(pe_net_ip)31 : 0, first = next_random(seed) % 32;
        pe_net_ip last = first + next_random(seed) % (32 - (uint32_t)first);

        ranges[i] = (struct pe_net_range){ipv6 ? PE_NET_IPV6 : PE_NET_IPV4, (uint32_t)i,
                                          base + first, base + last};
    }
    return count;
}

/* Bits 0-31 are the IPv4 addresses, 32-63 the IPv6 ones. */
static uint64_t bits_of(const struct pe_net_range *ranges, size_t count)
{
    uint64_t bits = 0;
    size_t i;
    unsigned bit;

    for (i = 0; i < count; i++)
        for (bit = (unsigned)ranges[i].first % 32; bit <= (unsigned)ranges[i].last % 32; bit++)
            bits |= UINT64_C(1) << (bit + (ranges[i].family == PE_NET_IPV6 ? 32 : 0));
    return bits;
}

static void assert_merged(const struct pe_net_range *ranges, size_t count)
{
    size_t i;

    for (i = 1; i < count; i++)
        assert_true(ranges[i - 1].family < ranges[i].family ||
                    ranges[i - 1].last + 1 < ranges[i].first);
}

static void assert_pair(const struct pe_net_range *a, size_t a_count, const struct pe_net_range *b,
                        size_t b_count)
{
    uint64_t both = bits_of(a, a_count) & bits_of(b, b_count);
    size_t i = 0, j = 0;
    bool found = pe_net_sets_overlap(a, a_count, b, b_count, &i, &j);

    assert_int_equal(found, both != 0);
    if (found)
        assert_true(pe_net_overlap(&a[i], &b[j]));
}

static void test_set_operations_agree_with_brute_force(void **state)
{
    struct pe_net_range a[8], b[8], out[16], merged_a[8], merged_b[8];
    size_t a_count, b_count, m_count, n_count, out_count, round, i;
    uint64_t a_bits, b_bits;
    uint32_t seed = 1;

    (void)state;
    for (round = 0; round < 20000; round++) {
        a_count = random_set(&seed, a);
        b_count = random_set(&seed, b);
        a_bits = bits_of(a, a_count);
        b_bits = bits_of(b, b_count);
        memcpy(merged_a, a, sizeof a);
        memcpy(merged_b, b, sizeof b);
        m_count = pe_net_merge(merged_a, a_count);
        n_count = pe_net_merge(merged_b, b_count);
        assert_merged(merged_a, m_count);
        assert_true(bits_of(merged_a, m_count) == a_bits);
        assert_true(pe_net_addresses(merged_a, m_count) == (uint64_t)__builtin_popcountll(a_bits));
        assert_true(pe_net_size(merged_a, m_count).ipv4 ==
                    (uint64_t)__builtin_popcount((uint32_t)a_bits));
        assert_int_equal(pe_net_subset(a, a_count, merged_b, n_count, NULL),
                         (a_bits & ~b_bits) == 0);
        out_count = pe_net_difference(merged_a, m_count, merged_b, n_count, out);
        assert_true(out_count <= m_count + n_count);
        assert_merged(out, out_count);
        assert_true(bits_of(out, out_count) == (a_bits & ~b_bits));
        for (i = 0; i < a_count; i++)
            assert_int_equal(pe_net_contains(merged_b, n_count, &a[i]),
                             (bits_of(&a[i], 1) & ~b_bits) == 0);
        pe_net_sort(a, a_count);
        pe_net_sort(b, b_count);
        assert_pair(a, a_count, b, b_count);
        assert_pair(merged_a, m_count, merged_b, n_count);
    }
}

/* ---- classes ---- */

static unsigned classes_of(const char *text)
{
    struct pe_net_entry entry = parse(text);

    return pe_net_classes(&entry.range);
}

static void test_special_blocks_have_their_class(void **state)
{
    static const struct {
        const char *text;
        unsigned classes;
    } cases[] = {
        {"8.8.8.8", PE_NET_PUBLIC},
        {"10.0.0.0/8", PE_NET_PRIVATE},
        {"172.16.0.0/12", PE_NET_PRIVATE},
        {"172.32.0.0", PE_NET_PUBLIC},
        {"192.168.1.1", PE_NET_PRIVATE},
        {"127.0.0.1", PE_NET_LOOPBACK},
        {"169.254.169.254", PE_NET_LINK_LOCAL},
        {"100.64.0.0/10", PE_NET_SHARED},
        {"100.128.0.0", PE_NET_PUBLIC},
        {"224.0.0.1", PE_NET_MULTICAST},
        {"239.255.255.255", PE_NET_MULTICAST},
        {"192.0.2.0/24", PE_NET_DOCUMENTATION},
        {"198.51.100.7", PE_NET_DOCUMENTATION},
        {"203.0.113.0/24", PE_NET_DOCUMENTATION},
        {"0.0.0.0", PE_NET_UNSPECIFIED},
        {"240.0.0.0/4", PE_NET_RESERVED},
        {"255.255.255.255", PE_NET_RESERVED},
        {"198.18.0.0/15", PE_NET_RESERVED},
        {"192.88.99.1", PE_NET_6TO4},
        {"::ffff:10.1.2.3", PE_NET_PRIVATE},
        {"::", PE_NET_UNSPECIFIED},
        {"::1", PE_NET_LOOPBACK},
        {"::2", PE_NET_RESERVED},
        {"::203.0.113.5", PE_NET_RESERVED},
        {"64:ff9b::/96", PE_NET_NAT64},
        {"64:ff9b::192.0.2.1", PE_NET_NAT64},
        {"64:ff9b:1::/48", PE_NET_NAT64},
        {"64:ff9b:0:0:1::", PE_NET_RESERVED},
        {"2002::/16", PE_NET_6TO4},
        {"2001:db8::1", PE_NET_DOCUMENTATION},
        {"3fff:0fff::", PE_NET_DOCUMENTATION},
        {"3fff:1000::", PE_NET_PUBLIC},
        {"2001::/32", PE_NET_RESERVED},
        {"2001:200::1", PE_NET_PUBLIC},
        {"2400:cb00::/32", PE_NET_PUBLIC},
        {"4000::", PE_NET_RESERVED},
        {"fc00::/7", PE_NET_UNIQUE_LOCAL},
        {"fe80::/10", PE_NET_LINK_LOCAL},
        {"fec0::1", PE_NET_RESERVED},
        {"ff02::1", PE_NET_MULTICAST},
        {"::/127", PE_NET_UNSPECIFIED | PE_NET_LOOPBACK},
        {"::1-::2", PE_NET_LOOPBACK | PE_NET_RESERVED},
        {"9.255.255.255-10.0.0.0", PE_NET_PUBLIC | PE_NET_PRIVATE},
        {"8.0.0.0/7", PE_NET_PUBLIC},
        {"10.0.0.0/7", PE_NET_PUBLIC | PE_NET_PRIVATE},
        {"fe00::/8", PE_NET_RESERVED | PE_NET_LINK_LOCAL},
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(cases); i++)
        if (classes_of(cases[i].text) != cases[i].classes)
            fail_msg("%s: %x and not %x", cases[i].text, classes_of(cases[i].text),
                     cases[i].classes);
}

static void test_classes_have_words(void **state)
{
    (void)state;
    assert_string_equal(pe_net_class_word(PE_NET_SHARED), "shared");
    assert_string_equal(pe_net_class_word(PE_NET_RESERVED), "reserved");
    assert_string_equal(pe_net_class_word(PE_NET_LINK_LOCAL), "link_local");
    assert_string_equal(pe_net_class_word(PE_NET_UNIQUE_LOCAL), "unique_local");
    assert_string_equal(pe_net_class_word(PE_NET_PUBLIC | PE_NET_PRIVATE), "mixed");
}

static void test_all_of_a_family_is_of_many_classes(void **state)
{
    (void)state;
    assert_string_equal(pe_net_class_word(classes_of("0.0.0.0/0")), "mixed");
    assert_true((classes_of("::/0") & PE_NET_NAT64) != 0);
    assert_true((classes_of("::/0") & PE_NET_LOOPBACK) != 0);
    assert_true((classes_of("::/0") & PE_NET_PRIVATE) == 0);
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
        cmocka_unit_test(test_everything_in_disguise_covers_the_internet),
        cmocka_unit_test(test_half_of_a_family_is_the_limit),
        cmocka_unit_test(test_one_open_family_is_enough),
        cmocka_unit_test(test_sizes_are_counted_after_merging),
        cmocka_unit_test(test_sizes_of_ipv6_saturate),
        cmocka_unit_test(test_networks_touched_twice_count_once),
        cmocka_unit_test(test_addresses_of_both_families_add_up),
        cmocka_unit_test(test_adjacent_ranges_merge_and_families_do_not),
        cmocka_unit_test(test_untidy_lists_are_reported),
        cmocka_unit_test(test_ranges_may_lie_anywhere_a_double_may),
        cmocka_unit_test(test_a_subset_may_span_merged_neighbours),
        cmocka_unit_test(test_overlapping_sets_name_the_pair),
        cmocka_unit_test(test_an_overlap_only_in_ipv6_is_found),
        cmocka_unit_test(test_an_overlap_by_a_mapped_address_is_found),
        cmocka_unit_test(test_ranges_of_one_list_that_overlap_are_found),
        cmocka_unit_test(test_the_difference_keeps_what_is_left),
        cmocka_unit_test(test_set_operations_agree_with_brute_force),
        cmocka_unit_test(test_special_blocks_have_their_class),
        cmocka_unit_test(test_classes_have_words),
        cmocka_unit_test(test_all_of_a_family_is_of_many_classes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
