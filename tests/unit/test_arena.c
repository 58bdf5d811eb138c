/* test_arena.c: memory that is freed all at once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/arena.h"

static void test_memory_is_zeroed_aligned_and_apart(void **state)
{
    struct pe_arena arena = {0};
    unsigned char *before = NULL;

    (void)state;
    for (size_t size = 0; size < 3000; size++) {
        unsigned char *memory = pe_arena_alloc(&arena, size);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xFF, size);
        if (before != NULL && size > 1)
            assert_int_equal(before[size - 2], 0xFF);
        before = memory;
    }
    pe_arena_release(&arena);
}

static void test_something_larger_than_a_block_is_had(void **state)
{
    struct pe_arena arena = {0};
    unsigned char *small = pe_arena_alloc(&arena, 10);
    unsigned char *large = pe_arena_alloc(&arena, 1 << 20);

    (void)state;
    assert_non_null(large);
    large[(1 << 20) - 1] = 1;
    small[9] = 1;
    assert_non_null(pe_arena_alloc(&arena, 10));
    assert_false(pe_arena_failed(&arena));
    pe_arena_release(&arena);
}

static void test_strings_are_copied_and_end_in_a_nul(void **state)
{
    struct pe_arena arena = {0};
    char text[] = "管理策";

    (void)state;
    assert_string_equal(pe_arena_str(&arena, text), "管理策");
    assert_ptr_not_equal(pe_arena_str(&arena, text), text);
    assert_null(pe_arena_str(&arena, NULL));
    assert_string_equal(pe_arena_strn(&arena, text, 3), "管");
    assert_string_equal(pe_arena_strn(&arena, NULL, 0), "");
    assert_memory_equal(pe_arena_strn(&arena, "a\0b", 3), "a\0b", 4);
    assert_string_equal(pe_arena_printf(&arena, "%d-%s", 5, "x"), "5-x");
    assert_string_equal(pe_arena_printf(&arena, "%s", ""), "");
    assert_false(pe_arena_failed(&arena));
    pe_arena_release(&arena);
}

static void test_running_out_is_sticky(void **state)
{
    struct pe_arena arena = {.limit_bytes = 64};

    (void)state;
    assert_non_null(pe_arena_alloc(&arena, 64));
    assert_false(pe_arena_failed(&arena));
    assert_null(pe_arena_alloc(&arena, 1));
    assert_true(pe_arena_failed(&arena));
    assert_null(pe_arena_str(&arena, ""));
    assert_null(pe_arena_printf(&arena, "x"));
    pe_arena_release(&arena);
    assert_false(pe_arena_failed(&arena));
}

static void test_a_size_that_wraps_is_refused(void **state)
{
    static const struct {
        size_t count, size;
    } sizes[] = {{SIZE_MAX, 2}, {2, SIZE_MAX}, {SIZE_MAX / 2 + 1, 2}, {SIZE_MAX, SIZE_MAX}};

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct pe_arena arena = {0};
        assert_null(pe_arena_array(&arena, sizes[i].count, sizes[i].size));
        assert_true(pe_arena_failed(&arena));
        pe_arena_release(&arena);
    }
    for (size_t less = 0; less < 40; less++) {
        struct pe_arena arena = {0};
        assert_null(pe_arena_alloc(&arena, SIZE_MAX - less));
        assert_true(pe_arena_failed(&arena));
        pe_arena_release(&arena);
    }
}

static void test_no_elements_or_no_size_is_no_failure(void **state)
{
    struct pe_arena arena = {0};

    (void)state;
    assert_non_null(pe_arena_array(&arena, 0, 8));
    assert_non_null(pe_arena_array(&arena, 8, 0));
    assert_false(pe_arena_failed(&arena));
    pe_arena_release(&arena);
}

static void test_an_array_grows_and_keeps_what_it_held(void **state)
{
    struct pe_arena arena = {0};
    size_t room = 0;
    int *numbers = NULL;

    (void)state;
    for (int i = 0; i < 1000; i++) {
        numbers = pe_arena_grow(&arena, numbers, (size_t)i, &room, sizeof *numbers);
        assert_non_null(numbers);
        assert_true(room > (size_t)i);
        numbers[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], i);
    pe_arena_release(&arena);
}

static void test_an_array_that_cannot_grow_keeps_its_room(void **state)
{
    struct pe_arena arena = {.limit_bytes = 64};
    size_t room = 0;
    int *numbers = pe_arena_grow(&arena, NULL, 0, &room, sizeof *numbers);

    (void)state;
    assert_non_null(numbers);
    assert_int_equal(room, 8);
    assert_null(pe_arena_grow(&arena, numbers, 8, &room, sizeof *numbers));
    assert_int_equal(room, 8);
    pe_arena_release(&arena);
}

static void test_an_arena_is_used_again_after_release(void **state)
{
    struct pe_arena arena = {0};

    (void)state;
    pe_arena_release(&arena);
    assert_non_null(pe_arena_alloc(&arena, 5));
    pe_arena_release(&arena);
    assert_int_equal(arena.bytes, 0);
    assert_non_null(pe_arena_alloc(&arena, 5));
    pe_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(test_something_larger_than_a_block_is_had),
        cmocka_unit_test(test_strings_are_copied_and_end_in_a_nul),
        cmocka_unit_test(test_running_out_is_sticky),
        cmocka_unit_test(test_a_size_that_wraps_is_refused),
        cmocka_unit_test(test_no_elements_or_no_size_is_no_failure),
        cmocka_unit_test(test_an_array_grows_and_keeps_what_it_held),
        cmocka_unit_test(test_an_array_that_cannot_grow_keeps_its_room),
        cmocka_unit_test(test_an_arena_is_used_again_after_release),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
