/* test_lua_net.c: net.* as policies see it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lua_harness.h"

static void test_a_list_is_measured_by_what_it_covers_once_merged(void **state)
{
    (void)state;
    harness_value("[\"192.0.2.0/25\", \"192.0.2.128/25\", \"192.0.2.7\"]", "net.coverage(s)",
                  "256");
    harness_value("[{\"address\": \"192.0.2.0/24\"}, {\"address\": \"2001:db8::/120\"}]",
                  "net.coverage(s, 'address')", "512");
    harness_value("{}", "net.coverage({'10.0.0.0/8', '10.1.2.3'})", "16777216");
    harness_value("{}", "net.coverage('203.0.113.5')", "1");
}

static void test_everything_in_any_disguise_is_everything(void **state)
{
    static const char *const all[] = {"[\"*\"]", "[\"Internet\"]", "[\"any\"]", "[\"::/0\"]"};

    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        harness_value(all[i], "net.coverage(s) == math.maxinteger", "true");
    harness_value("[\"0.0.0.0/1\", \"128.0.0.0/1\"]", "net.coverage(s)", "4294967296");
    harness_value("[\"0.0.0.0/1\"]", "net.covers_internet(s)", "true");
    harness_value("[\"10.0.0.0/8\"]", "net.covers_internet(s)", "false");
    harness_value("[\"0.0.0.0/0\"]", "net.covers_family(s, 4)", "true");
    harness_value("[\"0.0.0.0/0\"]", "net.covers_family(s, 6)", "false");
    harness_value("[{\"a\": \"::/0\"}]", "net.covers_family(s, 6, 'a')", "true");
}

static void test_size_tells_the_families_apart(void **state)
{
    (void)state;
    harness_value("[\"10.0.0.0/30\", \"2000::/3\"]", "net.size(s).ipv4", "4");
    harness_value("[\"10.0.0.0/30\", \"2000::/4\"]", "net.size(s).ipv6_share", "0.5");
    harness_value("[\"2001:db8::/62\"]", "net.size(s).ipv6_networks", "4");
    harness_value("[\"::/0\"]", "net.size(s).ipv6_networks == math.maxinteger", "true");
}

static void test_an_entry_that_cannot_be_read_is_blamed_at_its_own_place(void **state)
{
    (void)state;
    harness_unknown("{\"l\": [\"10.0.0.0/8\", \"010.1.1.1\"]}",
                    "ensure((net.coverage(s.l) or 0) < 10, s, 'too many')", "/l/1",
                    "cannot be used");
    harness_unknown("{\"l\": [{\"address\": \"10.0.0.0/8\"}, {\"address\": \"x\"}]}",
                    "net.coverage(s.l, 'address')", "/l/1/address", "cannot be used");
    harness_unknown("{\"l\": [\"10.0.0.0/8\", 5]}", "net.coverage(s.l)", "/l/1", "a number");
    harness_unknown("{\"l\": [\"10.0.0.0/8\", null]}", "net.coverage(s.l)", "/l/1", "null");
    harness_unknown("{\"l\": [{\"address\": null}]}", "net.coverage(s.l, 'address')",
                    "/l/0/address", "null");
    harness_unknown("{\"l\": [{\"addres\": \"10.0.0.1\"}]}", "net.coverage(s.l, 'address')",
                    "/l/0/address", "is missing");
    harness_unknown("{\"l\": [\"10.0.0.1\"]}", "net.coverage(s.l, 'address')", "/l/0",
                    "expected an object");
    harness_unknown("{\"l\": {}}", "net.coverage(s.l)", "/l", "expected a list");
}

static void test_every_bad_entry_of_a_list_is_reported(void **state)
{
    struct harness_result result =
        harness_run("[\"1.2.3\", \"10.0.0.1\", \"x\"]", "net.coverage(s)");

    (void)state;
    assert_int_equal(result.status, PE_UNKNOWN);
    assert_int_equal(result.finding_count, 2);
    assert_string_equal(result.findings[0].pointer, "/0");
    assert_string_equal(result.findings[1].pointer, "/2");
    harness_release(&result);
}

static void test_a_text_from_a_table_is_blamed_where_it_was_read(void **state)
{
    (void)state;
    harness_unknown("{\"a\": \"1.2.3\"}", "net.coverage({s.a})", "/a", "cannot be used");
    harness_unknown("{\"a\": \"1.2.3\"}", "net.kind(s.a)", "/a", "cannot be used");
    harness_unknown("{\"a\": 1}", "net.kind(s.a)", NULL, "expected an address");
    harness_unknown("{}", "net.kind(s.a)", "/a", "is missing");
}

static void test_an_unusable_entry_is_not_caught_by_pcall(void **state)
{
    (void)state;
    harness_expect("[\"x\", 1]",
                   "ensure(s[2] == 1, s, 'no') pcall(net.coverage, s) pcall(net.kind, nil)",
                   PE_UNKNOWN, NULL);
}

static void test_an_empty_list_is_unknown_unless_it_may_be_empty(void **state)
{
    (void)state;
    harness_unknown("{\"l\": []}", "ensure(net.coverage(s.l) == 0, s, 'no')", "/l", "empty");
    harness_expect("{\"l\": []}", "ensure(net.coverage(maybe_empty(s.l)) == 0, s, 'no')", PE_PASS,
                   NULL);
}

static void test_reads_of_a_list_are_evidence(void **state)
{
    struct harness_result result = harness_run("{\"l\": [{\"a\": \"10.0.0.1\"}]}",
                                               "ensure(net.coverage(s.l, 'a') == 1, s.l, 'no')");

    (void)state;
    assert_int_equal(result.status, PE_PASS);
    assert_true(harness_has_read(&result, "/l"));
    assert_true(harness_has_read(&result, "/l/0/a"));
    harness_release(&result);
}

static void test_a_service_tag_has_no_known_addresses(void **state)
{
    (void)state;
    harness_unknown("[\"Storage.JapanEast\"]", "net.coverage(s)", "/0", "service tag");
    harness_unknown("{\"t\": \"VirtualNetwork\"}", "net.classes(s.t)", "/t", "service tag");
    harness_value("[\"storage.japaneast\"]", "net.service(s[1])", "Storage");
    harness_value("[\"10.0.0.0/8\"]", "net.service(s[1])", "false");
    harness_value("[\"Storage\", \"10.0.0.1\", \"10.0.0.1/32\"]", "net.hygiene(s).duplicates", "1");
}

static void test_two_lists_are_compared(void **state)
{
    (void)state;
    harness_value("{}", "net.overlap({'10.0.0.0/8'}, {'192.0.2.0/24'})", "false");
    harness_expect("{}",
                   "local a, b = net.overlap({'192.0.2.1', '10.0.0.0/8'}, '10.9.0.0/16') "
                   "note(a .. ' ' .. b)",
                   PE_UNKNOWN, "10.0.0.0/8 10.9.0.0/16");
    harness_value("{}", "net.subset({'10.1.0.0/16'}, {'10.0.0.0/9', '10.128.0.0/9'})", "true");
    harness_expect("{}",
                   "local ok, out = net.subset({'10.0.0.0/8'}, {'10.0.0.0/9'}) "
                   "note(tostring(ok) .. ' ' .. out)",
                   PE_UNKNOWN, "false 10.128.0.0/9");
    harness_value("{}",
                  "select(2, net.subset({'1.0.0.1','1.0.0.3','1.0.0.5','1.0.0.7','1.0.0.9',"
                  "'1.0.0.11','1.0.0.13'}, {}))",
                  "1.0.0.1, 1.0.0.3, 1.0.0.5, 1.0.0.7, 1.0.0.9, \xE2\x80\xA6 (+2)");
    harness_value("{}", "net.contains({'10.0.0.0/8'}, '10.2.3.4')", "true");
    harness_value("{}", "net.contains({'10.0.0.0/8'}, '::ffff:10.2.3.4')", "true");
    harness_value("{}", "net.contains({'10.0.0.0/8'}, '11.2.3.4')", "false");
}

static const char two_lists[] = "{\"l\": [\"10.0.0.0/8\", \"192.0.2.0/24\"], "
                                "\"m\": [\"172.16.0.0/12\", \"::1\", \"11.0.0.0/8\"]}";

static void test_a_list_that_is_asked_again_answers_for_itself(void **state)
{
    (void)state;
    harness_expect(two_lists,
                   "for i = 1, 3 do "
                   "ensure(net.contains(s.l, '10.0.0.1') and net.contains(s.l, '192.0.2.9'), s) "
                   "ensure(not net.contains(s.m, '10.0.0.1') and net.contains(s.m, '::1'), s) "
                   "ensure(not net.contains(s.l, '::1') and net.coverage(s.m) == 17825793, s) "
                   "ensure(net.subset(s.l, s.l) and not net.subset(s.l, s.m), s) "
                   "ensure(net.overlap(s.l, s.m) == false, s) end",
                   PE_PASS, NULL);
}

/* Without its reads the second assertion would stand on nothing, and its finding nowhere. */
static void test_a_list_that_is_asked_again_is_read_again(void **state)
{
    struct harness_result result =
        harness_run(two_lists, "for i = 1, 3 do ensure(net.contains(s.l, '::1'), nil, 'no') end");

    (void)state;
    assert_int_equal(result.status, PE_FAIL);
    assert_int_equal(result.finding_count, 3);
    assert_non_null(result.findings[0].pointer);
    for (size_t i = 1; i < 3; i++)
        assert_string_equal(result.findings[i].pointer, result.findings[0].pointer);
    assert_true(harness_has_read(&result, "/l/1"));
    harness_release(&result);
}

static void test_a_list_with_a_wrong_entry_is_never_kept(void **state)
{
    struct harness_result result = harness_run(
        "[\"x\", \"10.0.0.1\"]", "for i = 1, 2 do note(tostring(net.contains(s, '10.0.0.1'))) end");

    (void)state;
    assert_int_equal(result.status, PE_UNKNOWN);
    assert_int_equal(result.note_count, 2);
    assert_string_equal(result.notes[1].en, "nil");
    harness_release(&result);
}

static void test_both_lists_are_looked_at_when_one_is_wrong(void **state)
{
    struct harness_result result =
        harness_run("{\"a\": [\"x\"], \"b\": [\"y\"]}", "net.overlap(s.a, s.b)");

    (void)state;
    assert_int_equal(result.finding_count, 2);
    assert_string_equal(result.findings[1].pointer, "/b/0");
    harness_release(&result);
}

static void test_one_entry_is_described(void **state)
{
    static const char *const cases[][3] = {
        {"192.0.2.1", "address", "192.0.2.1"},
        {"192.0.2.17/24", "network", "192.0.2.0/24"},
        {"192.0.2.1-192.0.2.5", "range", "192.0.2.1-192.0.2.5"},
        {"*", "any", "any"},
        {"virtualnetwork", "service", "VirtualNetwork"},
        {"2001:DB8:0::1", "address", "2001:db8::1"},
    };
    char expression[200];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        snprintf(expression, sizeof expression, "net.kind('%s')", cases[i][0]);
        harness_value("{}", expression, cases[i][1]);
        snprintf(expression, sizeof expression, "net.canonical('%s')", cases[i][0]);
        harness_value("{}", expression, cases[i][2]);
    }
    harness_value("{}", "net.family('10.0.0.1') .. net.family('::1') .. net.family('*')", "460");
    harness_value("{}", "net.host_bits('192.0.2.17/24')", "true");
    harness_value("{}", "net.host_bits('192.0.2.0/24')", "false");
}

static void test_classes_are_a_table_of_words(void **state)
{
    (void)state;
    harness_value("{}", "net.classes('10.0.0.0/8').private", "true");
    harness_value("{}", "net.classes('10.0.0.0/8').public", "nil");
    harness_value("{}", "net.classes('9.0.0.0-10.0.0.1').public", "true");
    harness_value("{}", "net.classes('*').multicast", "true");
}

static void test_hygiene_counts_what_could_be_left_out(void **state)
{
    (void)state;
    harness_value("[\"10.0.0.0/8\", \"10.1.0.0/16\", \"10.0.0.0/8\"]",
                  "net.hygiene(s).duplicates .. ' ' .. net.hygiene(s).contained", "1 1");
    harness_value("[\"*\", \"*\"]", "net.hygiene(s).duplicates", "1");
}

static void test_a_misspelt_function_is_an_error_with_a_suggestion(void **state)
{
    (void)state;
    harness_error("[\"10.0.0.1\"]", "net.coverrage(s)", "did you mean coverage?");
    harness_error("{}", "net.covers_family({}, 5)", "4 or 6");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_list_is_measured_by_what_it_covers_once_merged),
        cmocka_unit_test(test_everything_in_any_disguise_is_everything),
        cmocka_unit_test(test_size_tells_the_families_apart),
        cmocka_unit_test(test_an_entry_that_cannot_be_read_is_blamed_at_its_own_place),
        cmocka_unit_test(test_every_bad_entry_of_a_list_is_reported),
        cmocka_unit_test(test_a_text_from_a_table_is_blamed_where_it_was_read),
        cmocka_unit_test(test_an_unusable_entry_is_not_caught_by_pcall),
        cmocka_unit_test(test_an_empty_list_is_unknown_unless_it_may_be_empty),
        cmocka_unit_test(test_reads_of_a_list_are_evidence),
        cmocka_unit_test(test_a_service_tag_has_no_known_addresses),
        cmocka_unit_test(test_two_lists_are_compared),
        cmocka_unit_test(test_a_list_that_is_asked_again_answers_for_itself),
        cmocka_unit_test(test_a_list_that_is_asked_again_is_read_again),
        cmocka_unit_test(test_a_list_with_a_wrong_entry_is_never_kept),
        cmocka_unit_test(test_both_lists_are_looked_at_when_one_is_wrong),
        cmocka_unit_test(test_one_entry_is_described),
        cmocka_unit_test(test_classes_are_a_table_of_words),
        cmocka_unit_test(test_hygiene_counts_what_could_be_left_out),
        cmocka_unit_test(test_a_misspelt_function_is_an_error_with_a_suggestion),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
