/* test_json_value.c: what the numbers and strings of JSON text are decoded to. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "json_support.h"

#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- numbers ---- */

static int64_t integer_of(const char *text)
{
    struct pe_json json = read_json(text);
    int64_t value = pe_json_integer(&json, json.nodes);

    assert_int_equal(pe_node_type(json.nodes), PE_INTEGER);
    pe_json_release(&json);
    return value;
}

static double real_of(const char *text)
{
    struct pe_json json = read_json(text);
    double value = pe_json_real(&json, json.nodes);

    pe_json_release(&json);
    return value;
}

static void test_integers_are_exact_up_to_64_bits(void **state)
{
    (void)state;
    assert_true(integer_of("9223372036854775807") == INT64_MAX);
    assert_true(integer_of("-9223372036854775808") == INT64_MIN);
    assert_true(integer_of("9007199254740993") == 9007199254740993);
    assert_true(integer_of("-0") == 0);
    assert_false(json_accepts("9223372036854775808"));
    assert_false(json_accepts("-9223372036854775809"));
    assert_false(json_accepts("18446744073709551616"));
    assert_false(json_accepts("100000000000000000000000000"));
}

static void test_an_integer_may_be_asked_for_as_a_real(void **state)
{
    (void)state;
    assert_true(real_of("42") == 42.0);
    assert_true(real_of("-9223372036854775808") == -9223372036854775808.0);
}

static void test_reals_are_rounded_as_the_c_library_does(void **state)
{
    static const char *const texts[] = {"0.1",
                                        "-0.0",
                                        "1e5",
                                        "123.456e-7",
                                        "1.7976931348623157e308",
                                        "5e-324",
                                        "1e-999",
                                        "0e5",
                                        "2e-324",
                                        "9007199254740993.0",
                                        "2.2250738585072011e-308",
                                        "1E+2",
                                        "0.000000000000000000000000000000000001",
                                        "100000000000000000000000000000000000000.5"};
    double found, expected;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        found = real_of(texts[i]);
        expected = strtod(texts[i], NULL);
        if (memcmp(&found, &expected, sizeof found) != 0)
            fail_msg("%s: %a", texts[i], found);
    }
}

static void test_random_reals_are_rounded_as_the_c_library_does(void **state)
{
    uint64_t seed = 1;
    char text[64];
    double found, expected;

    (void)state;
    for (int i = 0; i < 50000; i++) {
        seed = seed * 6364136223846793005 + 1442695040888963407;
        snprintf(text, sizeof text, "%" PRIu64 ".%" PRIu64 "e%d", seed >> (seed & 63), seed >> 20,
                 (int)(seed >> 40) % 340 - (i % 2 == 0 ? 340 : 40));
        expected = strtod(text, NULL);
        if (isinf(expected))
            continue;
        found = real_of(text);
        if (memcmp(&found, &expected, sizeof found) != 0)
            fail_msg("%s: %a", text, found);
    }
}

/* 2^53 + 1 lies halfway between two doubles: one digit far behind decides. */
/* Those of few digits and a small power of ten are not left to the C library: all lengths and
 * powers around what is few and small. */
static void test_short_reals_are_rounded_as_the_c_library_does(void **state)
{
    static const char *const ends[] = {"1", "5", "9"};
    char text[64];

    (void)state;
    for (int digits = 1; digits <= 18; digits++)
        for (int power = -50; power <= 40; power++)
            for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
                snprintf(text, sizeof text, "%s%.*s%se%d", i == 1 ? "-" : "", digits - 1,
                         "98765432109876543", ends[i], power);
                assert_true(real_of(text) == strtod(text, NULL));
                snprintf(text, sizeof text, "0.%.*s%s", digits - 1, "00067891234567890", ends[i]);
                assert_true(real_of(text) == strtod(text, NULL));
            }
    assert_true(signbit(real_of("-0")) && signbit(real_of("-0.0e5")) && !signbit(real_of("0e-3")));
}

static void test_a_digit_behind_a_thousand_zeros_decides(void **state)
{
    struct pe_buf text = {0};

    (void)state;
    pe_buf_adds(&text, "9007199254740993.");
    pe_buf_fill(&text, '0', 1000);
    pe_buf_addc(&text, '0');
    assert_true(real_of(text.data) == 9007199254740992.0);
    pe_buf_addc(&text, '1');
    assert_true(real_of(text.data) == 9007199254740994.0);
    pe_buf_release(&text);
}

static void test_zeros_and_exponents_of_any_length_cancel_out(void **state)
{
    struct pe_buf text = {0};

    (void)state;
    pe_buf_adds(&text, "0.");
    pe_buf_fill(&text, '0', 4999);
    pe_buf_adds(&text, "1e5000");
    assert_true(real_of(text.data) == 1.0);
    pe_buf_clear(&text);
    pe_buf_addc(&text, '1');
    pe_buf_fill(&text, '0', 5000);
    pe_buf_adds(&text, "e-5000");
    assert_true(real_of(text.data) == 1.0);
    pe_buf_clear(&text);
    pe_buf_adds(&text, "1e-");
    pe_buf_fill(&text, '0', 5000);
    pe_buf_adds(&text, "2");
    assert_true(real_of(text.data) == 0.01);
    pe_buf_release(&text);
}

static void test_reals_that_no_double_holds_are_refused(void **state)
{
    char *digits = repeat("1", 310, ".0");

    (void)state;
    assert_false(json_accepts("1.7976931348623159e308"));
    assert_false(json_accepts("-1e309"));
    assert_false(json_accepts("1e999999999999999999999999"));
    assert_false(json_accepts(digits));
    assert_true(json_accepts("0e999999999999999999999999"));
    assert_true(json_accepts("1e-999999999999999999999999"));
    free(digits);
}

/* ---- strings ---- */

static void test_escapes_are_undone(void **state)
{
    struct pe_json json = read_json(
        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"a\\u00e9\\u3042\\ud83d\\ude00z\", \"\\u0041\"]");

    (void)state;
    check_string(&json, &json.nodes[1], "\"\\/\b\f\n\r\t", 8);
    check_string(&json, &json.nodes[2], "a\xC3\xA9\xE3\x81\x82\xF0\x9F\x98\x80z", 11);
    check_string(&json, &json.nodes[3], "A", 1);
    assert_false(pe_json_equals(&json, &json.nodes[3], "", 0));
    assert_false(pe_json_equals(&json, &json.nodes[3], "AB", 2));
    assert_false(pe_json_equals(&json, &json.nodes[3], "B", 1));
    pe_json_release(&json);
}

static void test_a_string_without_escapes_is_borrowed(void **state)
{
    struct pe_json json = read_json("[\"plain\",\"\"]");
    struct pe_buf scratch = {0};
    const char *bytes;
    size_t length;

    (void)state;
    assert_true(pe_json_string(&json, &json.nodes[1], &bytes, &length, &scratch));
    assert_ptr_equal(bytes, json.text + 2);
    assert_int_equal(length, 5);
    assert_null(scratch.data);
    check_string(&json, &json.nodes[2], "", 0);
    assert_false(pe_json_equals(&json, &json.nodes[1], "plaim", 5));
    assert_false(pe_json_equals(&json, &json.nodes[1], "plai", 4));
    pe_json_release(&json);
}

/* What a string cannot hold is found at every place of the blocks that scanning looks at. */
static void test_every_byte_is_looked_at_wherever_it_stands(void **state)
{
    static const char bad[] = {0, 1, 9, 10, 0x1F, (char)0x80, (char)0xC0, (char)0xF5, (char)0xFF};
    char text[80];

    (void)state;
    for (size_t length = 1; length < 70; length++)
        for (size_t at = 0; at < length; at++)
            for (size_t i = 0; i < sizeof bad; i++) {
                memset(text, 'x', sizeof text);
                text[0] = text[length + 1] = '"';
                text[1 + at] = bad[i];
                assert_int_equal(pe_json_read(text, length + 2, &(struct pe_json){0}, NULL), -1);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_integers_are_exact_up_to_64_bits),
        cmocka_unit_test(test_an_integer_may_be_asked_for_as_a_real),
        cmocka_unit_test(test_reals_are_rounded_as_the_c_library_does),
        cmocka_unit_test(test_random_reals_are_rounded_as_the_c_library_does),
        cmocka_unit_test(test_short_reals_are_rounded_as_the_c_library_does),
        cmocka_unit_test(test_a_digit_behind_a_thousand_zeros_decides),
        cmocka_unit_test(test_zeros_and_exponents_of_any_length_cancel_out),
        cmocka_unit_test(test_reals_that_no_double_holds_are_refused),
        cmocka_unit_test(test_escapes_are_undone),
        cmocka_unit_test(test_a_string_without_escapes_is_borrowed),
        cmocka_unit_test(test_every_byte_is_looked_at_wherever_it_stands),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
