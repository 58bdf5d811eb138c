/* heap.h: blocks whose size is known when they are freed, many of them and mostly small.
 * SPDX-License-Identifier: Apache-2.0
 *
 * They lie side by side in one mapping; what is freed waits for a block of its class. What does not
 * fit there, by its size or any more, is malloc's. Not for threads to share.
 */
#ifndef PE_BASE_HEAP_H
#define PE_BASE_HEAP_H

#include <stdbool.h>
#include <stddef.h>

enum {
    PE_HEAP_BYTES = 8 * 1024 * 1024,
    PE_HEAP_STEP = 16,
    PE_HEAP_FINE = 512, /* up to there a class for each step */
    PE_HEAP_CLASSES = 56,
};

struct pe_heap_block {
    struct pe_heap_block *next;
};

/* {0} is a valid one, which has malloc only. */
struct pe_heap {
    unsigned char *bytes; /* NULL: no mapping */
    size_t used;
    struct pe_heap_block *freed[PE_HEAP_CLASSES];
};

/* Makes the mapping, if it can. large: most of it will be used, so large pages are welcome. */
void pe_heap_open(struct pe_heap *heap, bool large);

/* As malloc, of a size that is not 0. */
void *pe_heap_take_any(struct pe_heap *heap, size_t size);

static inline void *pe_heap_take(struct pe_heap *heap, size_t size)
{
    size_t class = (size - 1) / PE_HEAP_STEP, room = (class + 1) * PE_HEAP_STEP;
    struct pe_heap_block *block;

    if (heap->bytes == NULL || size > PE_HEAP_FINE)
        return pe_heap_take_any(heap, size);
    block = heap->freed[class];
    if (block != NULL) {
        heap->freed[class] = block->next;
        return block;
    }
    if (room > PE_HEAP_BYTES - heap->used)
        return pe_heap_take_any(heap, size);
    heap->used += room;
    return heap->bytes + heap->used - room;
}

/* As realloc, of a size that is not 0; old may be NULL. A block that shrinks stays good. */
void *pe_heap_resize(struct pe_heap *heap, void *old, size_t old_size, size_t size);
void pe_heap_free(struct pe_heap *heap, void *old, size_t old_size);

/* The mapping, and all that lies in it. */
void pe_heap_release(struct pe_heap *heap);

/* size bytes, zero, in whole pages that nobody touched; NULL when that cannot be. */
void *pe_pages_map(size_t size, bool large);
void pe_pages_unmap(void *pages, size_t size);

#endif
