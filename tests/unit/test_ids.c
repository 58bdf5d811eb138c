/* test_ids.c: a list is asked for the ids of its elements. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ids.h"
#include "snapshot_support.h"

/* Whether the list of a snapshot's root has an id. */
static bool has(const char *json, const char *bytes, size_t length)
{
    struct pe_snapshot snapshot = snapshot_of(json);
    struct pe_arena arena = {0};
    struct pe_ids ids = pe_ids_read(&snapshot.json, snapshot.json.nodes, &arena);
    bool found = pe_ids_have(&ids, bytes, length);

    assert_false(pe_arena_failed(&arena));
    pe_arena_release(&arena);
    pe_snapshot_release(&snapshot);
    return found;
}

#define HAS(json, id) has(json, id, sizeof id - 1)

static void test_an_id_is_found_wherever_it_stands(void **state)
{
    static const char json[] = "[{\"id\": \"bb\"}, {\"x\": 1, \"id\": \"a\"}, {\"id\": \"ab\"}]";

    (void)state;
    assert_true(HAS(json, "a"));
    assert_true(HAS(json, "ab"));
    assert_true(HAS(json, "bb"));
    assert_false(HAS(json, "b"));
    assert_false(HAS(json, "aa"));
    assert_false(HAS(json, "abc"));
    assert_false(HAS(json, ""));
}

static void test_an_id_that_occurs_twice_is_found(void **state)
{
    (void)state;
    assert_true(HAS("[{\"id\": \"a\"}, {\"id\": \"a\"}]", "a"));
}

static void test_an_id_is_found_however_it_is_written(void **state)
{
    (void)state;
    assert_true(HAS("[{\"id\": \"\\u0061\\n\"}, {\"id\": \"b\"}]", "a\n"));
    assert_true(HAS("[{\"\\u0069d\": \"\xE6\x9D\xB1\"}]", "\xE6\x9D\xB1"));
    assert_true(HAS("[{\"id\": \"\\u6771\"}]", "\xE6\x9D\xB1"));
}

static void test_the_empty_id_is_one(void **state)
{
    (void)state;
    assert_true(HAS("[{\"id\": \"\"}]", ""));
}

static void test_what_has_no_id_is_passed_over(void **state)
{
    (void)state;
    assert_true(HAS(
        "[1, null, [], {}, {\"id\": 7}, {\"id\": null}, {\"id\": [\"x\"]}, {\"id\": \"x\"}]", "x"));
    assert_false(HAS("[1, {\"id\": 7}, {\"id\": [\"x\"]}]", "7"));
    assert_false(HAS("[\"x\"]", "x"));
    assert_false(HAS("[]", "x"));
}

static void test_a_list_that_is_not_there_has_none(void **state)
{
    struct pe_snapshot snapshot = snapshot_of("{}");
    struct pe_arena arena = {0};
    struct pe_ids ids = pe_ids_read(&snapshot.json, NULL, &arena);

    (void)state;
    assert_false(pe_ids_have(&ids, "", 0));
    pe_snapshot_release(&snapshot);
}

static void test_each_of_many_ids_is_found(void **state)
{
    enum { COUNT = 5000, ROOM = 32 };
    char *json = malloc(COUNT * ROOM + 2), id[ROOM], *end = json;
    struct pe_arena arena = {0};
    struct pe_snapshot snapshot;
    struct pe_ids ids;

    (void)state;
    assert_non_null(json);
    *end++ = '[';
    for (int i = 0; i < COUNT; i++)
        end += sprintf(end, "%s{\"id\": \"same-%d\"}", i == 0 ? "" : ",", i * 7919 % COUNT);
    strcpy(end, "]");
    snapshot = snapshot_of(json);
    ids = pe_ids_read(&snapshot.json, snapshot.json.nodes, &arena);
    for (int i = 0; i < COUNT; i++)
        assert_true(pe_ids_have(&ids, id, (size_t)sprintf(id, "same-%d", i)));
    assert_false(pe_ids_have(&ids, "same-5000", 9));
    assert_false(pe_ids_have(&ids, "same--1", 7));
    pe_arena_release(&arena);
    pe_snapshot_release(&snapshot);
    free(json);
}

static void test_without_memory_there_are_none(void **state)
{
    struct pe_snapshot snapshot = snapshot_of("[{\"id\": \"a\"}]");
    struct pe_arena arena = {.limit_bytes = 1};
    struct pe_ids ids = pe_ids_read(&snapshot.json, snapshot.json.nodes, &arena);

    (void)state;
    assert_true(pe_arena_failed(&arena));
    assert_false(pe_ids_have(&ids, "a", 1));
    pe_arena_release(&arena);
    pe_snapshot_release(&snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_id_is_found_wherever_it_stands),
        cmocka_unit_test(test_an_id_that_occurs_twice_is_found),
        cmocka_unit_test(test_an_id_is_found_however_it_is_written),
        cmocka_unit_test(test_the_empty_id_is_one),
        cmocka_unit_test(test_what_has_no_id_is_passed_over),
        cmocka_unit_test(test_a_list_that_is_not_there_has_none),
        cmocka_unit_test(test_each_of_many_ids_is_found),
        cmocka_unit_test(test_without_memory_there_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
