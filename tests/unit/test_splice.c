/* test_splice.c: a parsed document with one value changed is the document that was changed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_support.h"
#include "splice.h"

static const char sample[] =
    "{ \"a\": 1, \"list\": [ 10, \"x\\u0041\", [], {}, { \"id\": \"p\", \"n\": null } ],\n"
    "  \"deep\": { \"er\": { \"t\": true, \"f\": false } }, \"empty\": [ ], \"last\": -2.5e3 }";

static void add_node(const struct pe_json *json, const struct pe_node *node, struct pe_buf *out)
{
    bool object = pe_node_type(node) == PE_OBJECT;
    const struct pe_node *child = pe_json_first(json, node);

    if (!pe_node_holds(node)) {
        pe_buf_add(out, json->text + pe_node_offset(node), node->size);
        return;
    }
    pe_buf_addc(out, object ? '{' : '[');
    for (bool first = true; child != NULL; child = pe_json_next(json, child), first = false) {
        pe_buf_adds(out, first ? "" : ",");
        add_node(json, child, out);
        if (object) {
            pe_buf_addc(out, ':');
            add_node(json, ++child, out);
        }
    }
    pe_buf_addc(out, object ? '}' : ']');
}

static void check_like(const struct pe_json *json, const struct pe_json *fresh)
{
    assert_int_equal(json->count, fresh->count);
    for (uint32_t i = 0; i < json->count; i++) {
        const struct pe_node *a = &json->nodes[i], *b = &fresh->nodes[i];
        assert_int_equal(pe_node_type(a), pe_node_type(b));
        assert_int_equal(a->size, b->size);
        assert_int_equal(a->parent, b->parent);
        assert_int_equal(a->bits, b->bits);
    }
}

/* The text that the nodes say, read anew, has the same nodes. */
static void check(const struct pe_json *json, const char *want)
{
    struct pe_buf out = {0};
    struct pe_json fresh;

    add_node(json, json->nodes, &out);
    if (want != NULL)
        assert_string_equal(out.data, want);
    fresh = read_json(out.data);
    check_like(json, &fresh);
    pe_json_release(&fresh);
    pe_buf_release(&out);
}

static struct pe_splice open_splice(const struct pe_json *base)
{
    struct pe_splice splice;
    struct pe_err err;

    assert_int_equal(pe_splice_open(&splice, base, &err), 0);
    return splice;
}

static void test_every_value_of_a_document_can_be_set_or_removed(void **state)
{
    static const char *const values[] = {"null", "\"\\u00e9 and more\"", "[]", "[1,{\"b\":[true]}]",
                                         "{\"k\":{\"l\":2}}"};
    struct pe_json base = read_json(sample);
    struct pe_splice splice = open_splice(&base);
    struct pe_err err;

    (void)state;
    for (uint32_t i = 1; i < base.count; i++) {
        if (pe_node_type(&base.nodes[i]) == PE_KEY)
            continue;
        for (size_t v = 0; v < sizeof values / sizeof values[0]; v++) {
            assert_int_equal(pe_splice_set(&splice, i, values[v], &err), 0);
            check(&splice.json, NULL);
        }
        assert_int_equal(pe_splice_remove(&splice, i, &err), 0);
        check(&splice.json, NULL);
        if (pe_node_type(&base.nodes[i]) == PE_LIST) {
            assert_int_equal(pe_splice_append(&splice, i, "{\"z\":[0]}", &err), 0);
            check(&splice.json, NULL);
        }
    }
    check(&base, NULL);
    pe_splice_release(&splice);
    pe_json_release(&base);
}

static uint32_t find(const struct pe_json *json, const char *key)
{
    return pe_json_number(json, member(json, json->nodes, key));
}

static void test_the_changed_document_is_the_one_that_was_asked_for(void **state)
{
    struct pe_json base = read_json("{\"a\": 1, \"b\": [ 2 ], \"c\": {\"d\": 3}}");
    struct pe_splice splice = open_splice(&base);
    struct pe_err err;

    (void)state;
    assert_int_equal(pe_splice_set(&splice, find(&base, "b"), "{\"x\":[7]}", &err), 0);
    check(&splice.json, "{\"a\":1,\"b\":{\"x\":[7]},\"c\":{\"d\":3}}");
    assert_int_equal(splice.at, find(&base, "b"));
    assert_int_equal(splice.gone, 2);
    assert_int_equal(splice.come, 4);
    assert_int_equal(pe_splice_append(&splice, find(&base, "b"), "[]", &err), 0);
    check(&splice.json, "{\"a\":1,\"b\":[2,[]],\"c\":{\"d\":3}}");
    assert_int_equal(pe_splice_remove(&splice, find(&base, "a"), &err), 0);
    check(&splice.json, "{\"b\":[2],\"c\":{\"d\":3}}");
    assert_int_equal(pe_splice_remove(&splice, find(&base, "c") + 2, &err), 0);
    check(&splice.json, "{\"a\":1,\"b\":[2],\"c\":{}}");
    assert_int_equal(pe_splice_remove(&splice, find(&base, "b") + 1, &err), 0);
    check(&splice.json, "{\"a\":1,\"b\":[],\"c\":{\"d\":3}}");
    pe_splice_release(&splice);
    pe_json_release(&base);
}

static void test_large_objects_are_found_through_after_a_change(void **state)
{
    char *text = object_of(100, ",\"z\":[1,2]"), key[16];
    struct pe_json base = read_json(text);
    struct pe_splice splice = open_splice(&base);
    struct pe_err err;

    (void)state;
    assert_int_equal(pe_splice_remove(&splice, find(&base, "key7"), &err), 0);
    for (unsigned i = 0; i < 100; i++) {
        snprintf(key, sizeof key, "key%u", i);
        assert_int_equal(pe_json_member(&splice.json, splice.json.nodes, key, strlen(key)) == NULL,
                         i == 7);
    }
    assert_int_equal(pe_splice_append(&splice, find(&base, "z"), "3", &err), 0);
    assert_int_equal(pe_node_count(member(&splice.json, splice.json.nodes, "z")), 3);
    pe_splice_release(&splice);
    pe_json_release(&base);
    free(text);
}

static void test_a_value_that_is_no_json_changes_nothing(void **state)
{
    struct pe_json base = read_json("[1]");
    struct pe_splice splice = open_splice(&base);
    struct pe_err err = {0};

    (void)state;
    assert_int_equal(pe_splice_set(&splice, 1, "2", &err), 0);
    assert_int_equal(pe_splice_set(&splice, 1, "tru", &err), -1);
    assert_int_equal(err.kind, PE_ERR_INPUT);
    assert_int_equal(pe_splice_set(&splice, 1, "3", &err), 0);
    check(&splice.json, "[3]");
    pe_splice_release(&splice);
    pe_json_release(&base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_value_of_a_document_can_be_set_or_removed),
        cmocka_unit_test(test_the_changed_document_is_the_one_that_was_asked_for),
        cmocka_unit_test(test_large_objects_are_found_through_after_a_change),
        cmocka_unit_test(test_a_value_that_is_no_json_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
