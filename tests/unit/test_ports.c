/* test_ports.c: ports, sets of ports and protocols. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "lib/ports.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { ROOM = 32 };

static size_t parse(const char *text, struct pe_ports_range *ranges)
{
    enum pe_ports_why why;
    size_t count;

    if (pe_ports_parse(text, strlen(text), ranges, ROOM, &count, &why) != 0)
        fail_msg("%s: %s", text, pe_ports_why_text(why).en);
    return count;
}

static size_t merged(const char *text, struct pe_ports_range *ranges)
{
    return text[0] == '\0' ? 0 : pe_ports_merge(ranges, parse(text, ranges));
}

static void assert_set(const struct pe_ports_range *ranges, size_t count, const char *want)
{
    struct pe_buf buf = {0};

    pe_buf_adds(&buf, "");
    pe_ports_print(ranges, count, &buf);
    assert_string_equal(buf.data, want);
    pe_buf_release(&buf);
}

static void assert_prints(const char *text, const char *want)
{
    struct pe_ports_range ranges[ROOM];
    size_t count = merged(text, ranges);

    assert_set(ranges, count, want);
}

static void assert_refused(const char *text, enum pe_ports_why want)
{
    struct pe_ports_range ranges[ROOM] = {{7, 7}};
    enum pe_ports_why why = PE_PORTS_OK;
    size_t count = 99;

    if (pe_ports_parse(text, strlen(text), ranges, ROOM, &count, &why) != -1)
        fail_msg("%s was accepted", text);
    if (why != want)
        fail_msg("%s: %s", text, pe_ports_why_text(why).en);
    assert_int_equal(count, 99);
    assert_int_equal(ranges[0].first, 7);
}

static void test_ports_and_ranges_are_read(void **state)
{
    (void)state;
    assert_prints("22", "22");
    assert_prints("3380-3390", "3380-3390");
    assert_prints("22,80-90", "22, 80-90");
    assert_prints("22, 80-90", "22, 80-90");
    assert_prints(" 443 , 22 ", "22, 443");
    assert_prints("65535", "65535");
    assert_prints("80-80", "80");
}

static void test_all_ports_have_many_spellings(void **state)
{
    static const char *const texts[] = {
        "*", "any", "Any", "ALL", "0-65535", "1-65535", "1-32768,32769-65535", "22, *"};
    struct pe_ports_range ranges[ROOM];
    size_t i, count;

    (void)state;
    for (i = 0; i < COUNT(texts); i++) {
        count = merged(texts[i], ranges);
        assert_true(pe_ports_are_all(ranges, count));
        assert_int_equal(pe_ports_count(ranges, count), 65535);
        assert_prints(texts[i], "*");
    }
    assert_false(pe_ports_are_all(ranges, 0));
    count = merged("2-65535", ranges);
    assert_false(pe_ports_are_all(ranges, count));
}

static void test_port_zero_is_refused_alone(void **state)
{
    (void)state;
    assert_refused("0", PE_PORTS_ZERO);
    assert_refused("0-0", PE_PORTS_ZERO);
    assert_refused("22,0", PE_PORTS_ZERO);
    assert_prints("0-1023", "1-1023");
}

static void test_ports_above_65535_are_refused(void **state)
{
    (void)state;
    assert_refused("65536", PE_PORTS_TOO_HIGH);
    assert_refused("1-65536", PE_PORTS_TOO_HIGH);
    assert_refused("4294967318", PE_PORTS_TOO_HIGH);
    assert_refused("99999999999999999999999", PE_PORTS_TOO_HIGH);
}

static void test_a_reversed_range_is_refused(void **state)
{
    (void)state;
    assert_refused("90-80", PE_PORTS_REVERSED);
    assert_refused("22, 90-80", PE_PORTS_REVERSED);
    assert_refused("1-0", PE_PORTS_REVERSED);
}

static void test_other_texts_are_refused(void **state)
{
    (void)state;
    assert_refused("ssh", PE_PORTS_NOT_PORT);
    assert_refused("-22", PE_PORTS_NOT_PORT);
    assert_refused("22-", PE_PORTS_NOT_PORT);
    assert_refused("-1", PE_PORTS_NOT_PORT);
    assert_refused("80 - 90", PE_PORTS_NOT_PORT);
    assert_refused("80-90-100", PE_PORTS_NOT_PORT);
    assert_refused("022", PE_PORTS_NOT_PORT);
    assert_refused("+22", PE_PORTS_NOT_PORT);
    assert_refused("22/tcp", PE_PORTS_NOT_PORT);
    assert_refused("2 2", PE_PORTS_NOT_PORT);
    assert_refused("*-22", PE_PORTS_NOT_PORT);
    assert_refused("22;80", PE_PORTS_NOT_PORT);
}

static void test_empty_items_are_refused(void **state)
{
    (void)state;
    assert_refused("", PE_PORTS_EMPTY);
    assert_refused(" ", PE_PORTS_EMPTY);
    assert_refused("22,", PE_PORTS_EMPTY);
    assert_refused(",22", PE_PORTS_EMPTY);
    assert_refused("22,,80", PE_PORTS_EMPTY);
}

static void test_an_unresolved_template_is_refused_for_that(void **state)
{
    struct pe_ports_range range;
    enum pe_ports_protocol protocol;
    enum pe_ports_why why;
    size_t count;
    const char *text = "[parameters('port')]";

    (void)state;
    assert_int_equal(pe_ports_parse(text, strlen(text), &range, 1, &count, &why), -1);
    assert_int_equal(why, PE_PORTS_TEMPLATE);
    assert_int_equal(pe_ports_parse_protocol(text, strlen(text), &protocol, &why), -1);
    assert_int_equal(why, PE_PORTS_TEMPLATE);
}

static void test_a_list_needs_room(void **state)
{
    struct pe_ports_range ranges[2];
    enum pe_ports_why why;
    size_t count = 99;

    (void)state;
    assert_int_equal(pe_ports_room("1,2,3", 5), 3);
    assert_int_equal(pe_ports_room("", 0), 1);
    assert_int_equal(pe_ports_parse("1,2,3", 5, ranges, 2, &count, &why), -1);
    assert_int_equal(why, PE_PORTS_TOO_MANY);
    assert_int_equal(count, 99);
    assert_int_equal(pe_ports_parse("1,2,3", 3, ranges, 2, &count, &why), 0);
    assert_int_equal(count, 2);
}

static void test_numbers_are_ports_too(void **state)
{
    struct pe_ports_range range;
    enum pe_ports_why why;

    (void)state;
    assert_int_equal(pe_ports_from_number(22, &range, &why), 0);
    assert_int_equal(range.first, 22);
    assert_int_equal(range.last, 22);
    assert_int_equal(pe_ports_from_number(0, &range, &why), -1);
    assert_int_equal(why, PE_PORTS_ZERO);
    assert_int_equal(pe_ports_from_number(65536, &range, &why), -1);
    assert_int_equal(why, PE_PORTS_TOO_HIGH);
    assert_int_equal(pe_ports_from_number(-1, &range, &why), -1);
    assert_int_equal(pe_ports_from_number(INT64_MAX, &range, &why), -1);
}

static void test_unions_merge_neighbours_and_overlaps(void **state)
{
    (void)state;
    assert_prints("80-90,91,85-100,22,22", "22, 80-100");
    assert_prints("65535,65534", "65534-65535");
    assert_prints("80,82", "80, 82");
}

static void test_a_set_contains_its_ports_only(void **state)
{
    struct pe_ports_range ranges[ROOM];
    size_t count = merged("22,80-90", ranges);

    (void)state;
    assert_true(pe_ports_contain(ranges, count, 22));
    assert_true(pe_ports_contain(ranges, count, 90));
    assert_false(pe_ports_contain(ranges, count, 91));
    assert_false(pe_ports_contain(ranges, count, 0));
    assert_false(pe_ports_contain(ranges, 0, 22));
}

static void test_subsets_overlaps_and_differences_are_found(void **state)
{
    struct pe_ports_range a[ROOM], b[ROOM], out[2 * ROOM];
    size_t a_count = merged("22,80-90,443", a), b_count = merged("80-85,87-443", b);

    (void)state;
    assert_false(pe_ports_subset(a, a_count, b, b_count));
    assert_true(pe_ports_overlap(a, a_count, b, b_count));
    assert_set(out, pe_ports_difference(a, a_count, b, b_count, out), "22, 86");
    assert_set(out, pe_ports_difference(b, b_count, a, a_count, out), "91-442");
    assert_set(out, pe_ports_difference(a, a_count, a, a_count, out), "");
    assert_true(pe_ports_subset(a, 0, b, 0));
    b_count = merged("*", b);
    assert_true(pe_ports_subset(a, a_count, b, b_count));
    assert_set(out, pe_ports_difference(b, b_count, a, a_count, out),
               "1-21, 23-79, 91-442, 444-65535");
}

/* ---- against one bit a port ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 16;
}

/* Ports at the top end, where arithmetic of 16 bits would wrap around. */
static size_t random_set(uint32_t *seed, struct pe_ports_range *ranges)
{
    size_t i, count = next_random(seed) % 5;

    for (i = 0; i < count; i++) {
        uint32_t first = next_random(seed) % 32, last = first + next_random(seed) % (32 - first);

        ranges[i].first = (uint16_t)(65504 + first);
        ranges[i].last = (uint16_t)(65504 + last);
    }
    return count;
}

static uint32_t bits_of(const struct pe_ports_range *ranges, size_t count)
{
    uint32_t bits = 0, port;
    size_t i;

    for (i = 0; i < count; i++)
        for (port = ranges[i].first; port <= ranges[i].last; port++)
            bits |= UINT32_C(1) << (port - 65504);
    return bits;
}

static void test_set_operations_agree_with_brute_force(void **state)
{
    struct pe_ports_range a[8], b[8], out[16];
    size_t a_count, b_count, out_count, round, i;
    uint32_t a_bits, b_bits, seed = 1;

    (void)state;
    for (round = 0; round < 20000; round++) {
        a_count = random_set(&seed, a);
        b_count = random_set(&seed, b);
        a_bits = bits_of(a, a_count);
        b_bits = bits_of(b, b_count);
        a_count = pe_ports_merge(a, a_count);
        b_count = pe_ports_merge(b, b_count);
        for (i = 1; i < a_count; i++)
            assert_true(a[i - 1].last + 1 < a[i].first);
        assert_int_equal(bits_of(a, a_count), a_bits);
        assert_int_equal(pe_ports_count(a, a_count), __builtin_popcount(a_bits));
        assert_int_equal(pe_ports_overlap(a, a_count, b, b_count), (a_bits & b_bits) != 0);
        assert_int_equal(pe_ports_subset(a, a_count, b, b_count), (a_bits & ~b_bits) == 0);
        out_count = pe_ports_difference(a, a_count, b, b_count, out);
        assert_true(out_count <= a_count + b_count);
        assert_int_equal(bits_of(out, out_count), a_bits & ~b_bits);
    }
}

/* ---- protocols ---- */

static void test_protocols_have_names_and_numbers(void **state)
{
    static const struct {
        const char *text;
        enum pe_ports_protocol protocol;
    } cases[] = {
        {"tcp", PE_PORTS_TCP},   {"Tcp", PE_PORTS_TCP}, {"TCP", PE_PORTS_TCP},
        {"6", PE_PORTS_TCP},     {"udp", PE_PORTS_UDP}, {"17", PE_PORTS_UDP},
        {"Icmp", PE_PORTS_ICMP}, {"1", PE_PORTS_ICMP},  {"icmpv6", PE_PORTS_ICMPV6},
        {"58", PE_PORTS_ICMPV6}, {"*", PE_PORTS_ANY},   {"Any", PE_PORTS_ANY},
        {"-1", PE_PORTS_ANY},    {"all", PE_PORTS_ANY}, {"Esp", PE_PORTS_ESP},
        {"51", PE_PORTS_AH},
    };
    enum pe_ports_protocol protocol;
    enum pe_ports_why why;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(cases); i++) {
        assert_int_equal(
            pe_ports_parse_protocol(cases[i].text, strlen(cases[i].text), &protocol, &why), 0);
        assert_int_equal(protocol, cases[i].protocol);
    }
    assert_int_equal(pe_ports_protocol_from_number(-1, &protocol, &why), 0);
    assert_int_equal(protocol, PE_PORTS_ANY);
    assert_int_equal(pe_ports_protocol_from_number(17, &protocol, &why), 0);
    assert_int_equal(protocol, PE_PORTS_UDP);
}

static void test_unknown_protocols_are_refused(void **state)
{
    static const char *const texts[] = {"", "tcpp", "tc", "06", "tcp/udp", "2", " tcp", "none"};
    enum pe_ports_protocol protocol = PE_PORTS_AH;
    enum pe_ports_why why;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(texts); i++) {
        assert_int_equal(pe_ports_parse_protocol(texts[i], strlen(texts[i]), &protocol, &why), -1);
        assert_int_equal(why, PE_PORTS_PROTOCOL);
    }
    assert_int_equal(pe_ports_protocol_from_number(0, &protocol, &why), -1);
    assert_int_equal(pe_ports_protocol_from_number(INT64_MAX, &protocol, &why), -1);
    assert_int_equal(protocol, PE_PORTS_AH);
}

static void test_any_covers_every_protocol_but_not_the_other_way(void **state)
{
    (void)state;
    assert_true(pe_ports_protocol_covers(PE_PORTS_ANY, PE_PORTS_TCP));
    assert_true(pe_ports_protocol_covers(PE_PORTS_TCP, PE_PORTS_TCP));
    assert_false(pe_ports_protocol_covers(PE_PORTS_TCP, PE_PORTS_ANY));
    assert_false(pe_ports_protocol_covers(PE_PORTS_TCP, PE_PORTS_UDP));
    assert_string_equal(pe_ports_protocol_name(PE_PORTS_ANY), "any");
    assert_string_equal(pe_ports_protocol_name(PE_PORTS_TCP), "tcp");
    assert_string_equal(pe_ports_protocol_name(PE_PORTS_ICMPV6), "icmpv6");
}

static void test_every_reason_has_words_in_both_languages(void **state)
{
    enum pe_ports_why why;

    (void)state;
    for (why = PE_PORTS_EMPTY; why <= PE_PORTS_PROTOCOL; why++) {
        assert_true(strlen(pe_ports_why_text(why).en) > 0);
        assert_true(strlen(pe_ports_why_text(why).ja) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ports_and_ranges_are_read),
        cmocka_unit_test(test_all_ports_have_many_spellings),
        cmocka_unit_test(test_port_zero_is_refused_alone),
        cmocka_unit_test(test_ports_above_65535_are_refused),
        cmocka_unit_test(test_a_reversed_range_is_refused),
        cmocka_unit_test(test_other_texts_are_refused),
        cmocka_unit_test(test_empty_items_are_refused),
        cmocka_unit_test(test_an_unresolved_template_is_refused_for_that),
        cmocka_unit_test(test_a_list_needs_room),
        cmocka_unit_test(test_numbers_are_ports_too),
        cmocka_unit_test(test_unions_merge_neighbours_and_overlaps),
        cmocka_unit_test(test_a_set_contains_its_ports_only),
        cmocka_unit_test(test_subsets_overlaps_and_differences_are_found),
        cmocka_unit_test(test_set_operations_agree_with_brute_force),
        cmocka_unit_test(test_protocols_have_names_and_numbers),
        cmocka_unit_test(test_unknown_protocols_are_refused),
        cmocka_unit_test(test_any_covers_every_protocol_but_not_the_other_way),
        cmocka_unit_test(test_every_reason_has_words_in_both_languages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
