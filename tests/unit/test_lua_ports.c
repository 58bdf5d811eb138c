/* test_lua_ports.c: ports.* as policies see it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "lua_harness.h"

static void test_a_set_is_a_number_a_text_or_a_list_of_these(void **state)
{
    (void)state;
    harness_value("[22, \"80-90, 443\"]", "ports.text(s)", "22, 80-90, 443");
    harness_value("{}", "ports.text({ 23, 22, '24' })", "22-24");
    harness_value("{\"p\": 22}", "ports.text(s.p)", "22");
    harness_value("{\"p\": 22.0}", "ports.text({ s.p })", "22");
    harness_value("{}", "ports.text('0-65535')", "*");
}

static void test_sets_are_compared(void **state)
{
    (void)state;
    harness_value("[\"80-90\"]", "ports.contains(s, 85)", "true");
    harness_value("[\"80-90\"]", "ports.contains(s, '91')", "false");
    harness_value("{}", "ports.subset({ 80, 443 }, '80-443')", "true");
    harness_value("{}", "ports.overlap('1-10', '10-20')", "true");
    harness_value("{}", "ports.overlap('1-10', '11-20')", "false");
    harness_value("{}", "ports.is_all({ '1-100', '101-65535' })", "true");
    harness_value("{}", "ports.is_all('1-65534')", "false");
    harness_value("{}", "ports.difference('20-25', { 22, 23 })", "20-21, 24-25");
    harness_value("{}", "ports.difference('22', '*') == ''", "true");
}

static void test_what_is_no_port_is_blamed_at_its_own_place(void **state)
{
    (void)state;
    harness_unknown("{\"l\": [22, 0]}", "ensure(ports.contains(s.l, 22), s, 'no')", "/l/1",
                    "cannot be used");
    harness_unknown("{\"l\": [\"90-80\"]}", "ports.text(s.l)", "/l/0", "cannot be used");
    harness_unknown("{\"l\": [\"[parameters('x')]\"]}", "ports.text(s.l)", "/l/0",
                    "cannot be used");
    harness_unknown("{\"l\": [true]}", "ports.text(s.l)", "/l/0", "expected a port");
    harness_unknown("{\"l\": [22.5]}", "ports.text(s.l)", "/l/0", "expected a port");
    harness_unknown("{\"p\": \"http\"}", "ports.text(s.p)", "/p", "cannot be used");
    harness_unknown("{\"l\": [22], \"p\": \"1-2\"}", "ports.contains(s.l, s.p)", "/p",
                    "more than one port");
    harness_unknown("{\"l\": []}", "ensure(ports.subset(s.l, '22'), s, 'no')", "/l", "empty");
}

static void test_a_long_list_needs_little_room(void **state)
{
    struct pe_buf json = {0};

    (void)state;
    pe_buf_adds(&json, "[\"1,2,3,4,5,6,7,8,9\"");
    for (int i = 0; i < 20000; i++)
        pe_buf_printf(&json, ", \"%d,%d\"", i % 30000 * 2 + 11, i % 7 + 1);
    pe_buf_adds(&json, "]");
    harness_value(json.data, "ports.contains(s, 39999 + 10)", "true");
    harness_value(json.data, "ports.contains(s, 39998)", "false");
    pe_buf_release(&json);
}

static void test_protocols_are_names_or_numbers(void **state)
{
    (void)state;
    harness_value("{}", "ports.protocol_covers('*', 'tcp')", "true");
    harness_value("{}", "ports.protocol_covers('TCP', 6)", "true");
    harness_value("{}", "ports.protocol_covers('Udp', 'tcp')", "false");
    harness_unknown("{\"p\": \"tcpp\"}", "ports.protocol_covers(s.p, 'tcp')", "/p",
                    "cannot be used");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_set_is_a_number_a_text_or_a_list_of_these),
        cmocka_unit_test(test_sets_are_compared),
        cmocka_unit_test(test_what_is_no_port_is_blamed_at_its_own_place),
        cmocka_unit_test(test_a_long_list_needs_little_room),
        cmocka_unit_test(test_protocols_are_names_or_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
