/* test_worker_evidence.c: what was told of a value once is told by the same bytes again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "snapshot_support.h"
#include "worker_evidence.h"

/* What told writes of the rule that runs; the caller releases the buffer. */
static struct pe_out written_by(struct pe_told *told, const struct traced *traced)
{
    struct pe_out out = {.fd = -1};

    pe_told_write(told, &traced->trace, &out);
    assert_false(pe_buf_failed(&out.buf));
    return out;
}

/* Fails the test unless told, whatever it keeps, writes what one would that knows nothing. */
static void check_same(struct pe_told *told, const struct traced *traced)
{
    struct pe_told *fresh = pe_told_new(&traced->snapshot);
    struct pe_out expected = written_by(fresh, traced), got = written_by(told, traced);

    assert_int_equal(got.buf.length, expected.buf.length);
    assert_memory_equal(got.buf.data, expected.buf.data, expected.buf.length);
    pe_buf_release(&expected.buf);
    pe_buf_release(&got.buf);
    pe_told_free(fresh);
}

static void test_values_counts_and_absent_keys_of_one_node_are_told_apart(void **state)
{
    struct traced *t = traced_new("{\"list\": [10, {\"a/b\": \"x\"}], \"none\": []}", 100);
    struct pe_told *told = pe_told_new(&t->snapshot);

    (void)state;
    for (int round = 0; round < 3; round++) {
        pe_trace_reset(&t->trace);
        read_value(t, "/list/0");
        read_container(t, "/list");
        read_container(t, "/list/1");
        pe_trace_allow_empty(&t->trace, node_of(&t->snapshot, "/none"));
        read_container(t, "/none");
        read_value(t, "/list/1/a~1b");
        ask_optional(t, "/list/1", round == 0 ? "c" : "d~");
        ask_optional(t, "/list/1", "c");
        ask_optional(t, "", "list of another name");
        check_same(told, t);
    }
    pe_told_free(told);
    traced_free(t);
}

static void read_all(struct traced *traced, bool backwards)
{
    uint32_t count = traced->snapshot.json.count;

    pe_trace_reset(&traced->trace);
    for (uint32_t i = 1; i < count; i++)
        pe_trace_value(&traced->trace, backwards ? count - i : i);
}

/* More of them than are kept: some take the places of others. */
static void test_many_values_are_told_right_in_any_order(void **state)
{
    enum { COUNT = 10000 };
    struct pe_buf text = {0};
    struct pe_told *told;
    struct traced *t;

    (void)state;
    pe_buf_addc(&text, '[');
    for (int i = 0; i < COUNT; i++)
        pe_buf_printf(&text, "%s%d", i == 0 ? "" : ",", i);
    pe_buf_addc(&text, ']');
    t = traced_new(text.data, PE_EVIDENCE_ALL);
    told = pe_told_new(&t->snapshot);
    for (int round = 0; round < 4; round++) {
        read_all(t, round % 2 == 1);
        assert_int_equal(t->trace.evidence_count, COUNT);
        check_same(told, t);
    }
    pe_told_free(told);
    traced_free(t);
    pe_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_counts_and_absent_keys_of_one_node_are_told_apart),
        cmocka_unit_test(test_many_values_are_told_right_in_any_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
