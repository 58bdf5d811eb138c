/* test_unread.c: what no rule looked at is told, topmost and once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "snapshot_support.h"
#include "unread.h"

/* What is told, as "/a/b*2 /c*1 ", when the nodes at these pointers were read; NULL ends them. */
static void check(const char *json, const char *const *read, const char *expected)
{
    struct pe_snapshot snapshot = snapshot_of(json);
    uint8_t *bits = calloc(snapshot.json.count / 8 + 1, 1);
    struct pe_arena arena = {0};
    struct pe_unread_list list;
    char told[1000] = "";
    uint32_t node;

    for (; *read != NULL; read++) {
        node = node_of(&snapshot, *read);
        bits[node / 8] |= (uint8_t)(1u << node % 8);
    }
    assert_int_equal(pe_unread_find(&snapshot, bits, &arena, &list, NULL), 0);
    for (size_t i = 0; i < list.count; i++) {
        assert_true(list.items[i].place.line > 0);
        snprintf(told + strlen(told), sizeof told - strlen(told), "%s*%zu ", list.items[i].pointer,
                 list.items[i].count);
    }
    assert_string_equal(told, expected);
    assert_int_equal(list.total, list.count);
    pe_arena_release(&arena);
    free(bits);
    pe_snapshot_release(&snapshot);
}

#define READ(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_the_topmost_part_is_told(void **state)
{
    static const char json[] = "{\"a\": {\"b\": 1, \"c\": {\"d\": [2, 3]}}, \"e\": 4}";

    (void)state;
    check(json, READ("/a/b"), "/a/c*1 /e*1 ");
    check(json, READ("/a/b", "/e"), "/a/c*1 ");
    check(json, READ("/a/b", "/a/c/d/1", "/e"), "/a/c/d/0*1 ");
    check(json, READ("/e"), "/a*1 ");
    check(json, (const char *const[]){NULL}, "*1 ");
}

static void test_a_container_that_was_counted_hides_nothing_below(void **state)
{
    (void)state;
    check("{\"a\": {\"b\": 1}, \"l\": [{\"x\": 1}]}", READ("/a", "/l"), "/a/b*1 /l/0*1 ");
    check("{\"a\": {}, \"l\": []}", READ("/a", "/l"), "");
}

static void test_parts_that_differ_by_position_are_told_once(void **state)
{
    (void)state;
    check("[{\"id\": 1, \"n\": 1}, {\"id\": 2, \"n\": 2}, {\"id\": 3, \"m\": 3}]",
          READ("/0/id", "/1/id", "/2/id"), "/0/n*2 /2/m*1 ");
    check("{\"l\": [[1, 2], [3, 4]]}", READ("/l/0/0"), "/l/0/1*1 /l/1*1 ");
    check("{\"0\": {\"a\": 1, \"b\": 1}, \"1\": {\"a\": 1, \"b\": 1}}", READ("/0/a", "/1/a"),
          "/0/b*1 /1/b*1 "); /* members, not positions */
}

static void test_what_is_beyond_the_limit_is_counted(void **state)
{
    char *json = malloc(100000);
    size_t length = 0;
    struct pe_snapshot snapshot;
    struct pe_arena arena = {0};
    struct pe_unread_list list;
    uint8_t *bits;

    (void)state;
    length += (size_t)sprintf(json, "{\"read\": 1");
    for (int i = 0; i < PE_MAX_UNREAD_KINDS + 5; i++)
        length += (size_t)sprintf(json + length, ",\"k%d\":1", i);
    strcpy(json + length, "}");
    snapshot = snapshot_of(json);
    bits = calloc(snapshot.json.count / 8 + 1, 1);
    bits[node_of(&snapshot, "/read") / 8] |= (uint8_t)(1u << node_of(&snapshot, "/read") % 8);
    assert_int_equal(pe_unread_find(&snapshot, bits, &arena, &list, NULL), 0);
    assert_int_equal(list.count, PE_MAX_UNREAD);
    assert_int_equal(list.total, PE_MAX_UNREAD_KINDS);
    pe_arena_release(&arena);
    free(bits);
    pe_snapshot_release(&snapshot);
    free(json);
}

static void common(const char *const *a, const char *const *b, const char *expected)
{
    struct pe_unread left[8] = {{0}}, right[8] = {{0}};
    struct pe_unread_list x = {left, 0, 0}, y = {right, 0, 0};
    struct pe_arena arena = {0};
    char told[200] = "";

    for (; a[x.count] != NULL; x.count++)
        left[x.count] = (struct pe_unread){a[x.count], {1, 1, x.count}, 1};
    for (; b[y.count] != NULL; y.count++)
        right[y.count] = (struct pe_unread){b[y.count], {1, 1, 10 + y.count}, 1};
    assert_int_equal(pe_unread_common(&x, &y, &arena), 0);
    for (size_t i = 0; i < x.count; i++) {
        strcat(told, x.items[i].pointer);
        strcat(told, " ");
    }
    assert_string_equal(told, expected);
    pe_arena_release(&arena);
}

static void test_of_two_packs_only_what_neither_looked_at_is_told(void **state)
{
    (void)state;
    common(READ("/a", "/b"), READ("/b", "/c"), "/b ");
    common(READ("/a"), READ("/a/x", "/ab"), "/a/x ");
    common(READ("/l/0/n"), READ("/l/3"), "/l/0/n ");
    common(READ("/l/0/n"), READ("/l/3/n"), "/l/0/n ");
    common(READ("/l/0/n"), READ("/l/3/m"), "");
    common(READ(""), READ("/a", "/b"), "/a /b ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_topmost_part_is_told),
        cmocka_unit_test(test_a_container_that_was_counted_hides_nothing_below),
        cmocka_unit_test(test_parts_that_differ_by_position_are_told_once),
        cmocka_unit_test(test_what_is_beyond_the_limit_is_counted),
        cmocka_unit_test(test_of_two_packs_only_what_neither_looked_at_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
