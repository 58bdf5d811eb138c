/* test_heap.c: blocks of every size keep their bytes, whatever is freed, grown and shrunk around
 * them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

struct held {
    unsigned char *bytes;
    size_t size;
    unsigned char mark;
};

static void fill(struct held *held, size_t from)
{
    memset(held->bytes + from, held->mark, held->size - from);
}

static void check(const struct held *held)
{
    for (size_t i = 0; i < held->size; i++)
        assert_int_equal(held->bytes[i], held->mark);
}

static void resize(struct pe_heap *heap, struct held *held, size_t size)
{
    unsigned char *bytes = pe_heap_resize(heap, held->bytes, held->size, size);
    size_t kept = held->size < size ? held->size : size;

    assert_non_null(bytes);
    assert_int_equal((uintptr_t)bytes % 16, 0);
    held->bytes = bytes;
    held->size = kept;
    check(held);
    held->size = size;
    fill(held, kept);
}

static void drop(struct pe_heap *heap, struct held *held)
{
    check(held);
    pe_heap_free(heap, held->bytes, held->size);
    *held = (struct held){.mark = held->mark};
}

enum { BLOCKS = 400, ROUNDS = 40000 };

/* Sizes of all classes, and beyond; more than the mapping holds at times. */
static size_t some_size(uint32_t random)
{
    size_t most = (size_t)16 << random % 13;

    return 1 + (random >> 8) % most;
}

static void use(bool opened, bool large)
{
    static struct held blocks[BLOCKS];
    struct pe_heap heap = {0};
    uint32_t random = 12345;

    if (opened)
        pe_heap_open(&heap, large);
    for (size_t i = 0; i < BLOCKS; i++)
        blocks[i] = (struct held){.mark = (unsigned char)i};
    for (size_t i = 0; i < ROUNDS; i++) {
        struct held *held = &blocks[(random >> 8) % BLOCKS];
        random = random * 1664525 + 1013904223;
        if (held->bytes != NULL && random >> 30 == 0)
            drop(&heap, held);
        else
            resize(&heap, held, some_size(random >> 3));
    }
    for (size_t i = 0; i < BLOCKS; i++)
        if (blocks[i].bytes != NULL)
            drop(&heap, &blocks[i]);
    pe_heap_release(&heap);
    assert_null(heap.bytes);
}

static void test_blocks_keep_their_bytes(void **state)
{
    (void)state;
    use(true, false);
}

static void test_with_large_pages_too(void **state)
{
    (void)state;
    use(true, true);
}

static void test_without_a_mapping_it_is_malloc(void **state)
{
    (void)state;
    use(false, false);
}

static void test_what_was_freed_is_given_again(void **state)
{
    struct pe_heap heap;
    void *first, *second;
    size_t used;

    (void)state;
    pe_heap_open(&heap, false);
    if (heap.bytes == NULL) /* a build with sanitizers */
        skip();
    first = pe_heap_resize(&heap, NULL, 0, 40);
    second = pe_heap_resize(&heap, NULL, 0, 700);
    used = heap.used;
    pe_heap_free(&heap, first, 40);
    pe_heap_free(&heap, second, 700);
    assert_ptr_equal(pe_heap_resize(&heap, NULL, 0, 33), first);
    assert_ptr_equal(pe_heap_resize(&heap, NULL, 0, 768), second);
    assert_int_equal(heap.used, used);
    assert_ptr_equal(pe_heap_resize(&heap, first, 33, 48), first); /* it fits where it is */
    pe_heap_release(&heap);
}

static void test_beyond_the_mapping_blocks_are_from_malloc(void **state)
{
    enum { MORE = 600, SIZE = 16 * 1024 }; /* more than 8 MiB */
    struct held blocks[MORE];
    struct pe_heap heap;

    (void)state;
    pe_heap_open(&heap, false);
    for (size_t i = 0; i < MORE; i++) {
        blocks[i] = (struct held){.mark = (unsigned char)i};
        resize(&heap, &blocks[i], SIZE);
    }
    for (size_t i = 0; i < MORE; i++) {
        resize(&heap, &blocks[i], i % 2 == 0 ? SIZE / 2 : SIZE + 100);
        drop(&heap, &blocks[i]);
    }
    pe_heap_release(&heap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks_keep_their_bytes),
        cmocka_unit_test(test_with_large_pages_too),
        cmocka_unit_test(test_without_a_mapping_it_is_malloc),
        cmocka_unit_test(test_what_was_freed_is_given_again),
        cmocka_unit_test(test_beyond_the_mapping_blocks_are_from_malloc),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
