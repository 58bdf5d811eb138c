/* heap.c: blocks whose size is known when they are freed, many of them and mostly small. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/heap.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    LARGE_PAGE_BYTES = 2 * 1024 * 1024,
    MOST_BYTES = 32 * 1024, /* from PE_HEAP_FINE up to there four classes for each doubling */
    FINE = PE_HEAP_FINE / PE_HEAP_STEP,
};

_Static_assert(FINE + 4 * 6 == PE_HEAP_CLASSES, "six doublings from 512 to 32 KiB");

/* ---- pages ---- */

/* Cut out of a larger mapping so that it begins where a large page would. */
void *pe_pages_map(size_t size, bool large)
{
    size_t more = large ? LARGE_PAGE_BYTES : 0, before;
    unsigned char *pages =
        mmap(NULL, size + more, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (pages == MAP_FAILED)
        return NULL;
    if (!large)
        return pages;
    before = -(uintptr_t)pages & (LARGE_PAGE_BYTES - 1);
    if (before > 0)
        munmap(pages, before);
    if (more > before)
        munmap(pages + before + size, more - before);
    madvise(pages + before, size, MADV_HUGEPAGE); /* a system may have none */
    return pages + before;
}

void pe_pages_unmap(void *pages, size_t size)
{
    if (pages != NULL)
        munmap(pages, size);
}

/* ---- classes ---- */

/* The class of a size, and what a block of it takes. */
static unsigned class_of(size_t size, size_t *room)
{
    unsigned doubling, quarter;
    size_t step;

    if (size <= PE_HEAP_FINE) {
        *room = (size + PE_HEAP_STEP - 1) / PE_HEAP_STEP * PE_HEAP_STEP;
        return (unsigned)(*room / PE_HEAP_STEP) - 1;
    }
    doubling = 63 - (unsigned)__builtin_clzll(size - 1); /* 9 for 513 to 1024 */
    step = (size_t)1 << (doubling - 2);
    quarter = (unsigned)((size - 1) / step) & 3;
    *room = ((size - 1) / step + 1) * step;
    return FINE + (doubling - 9) * 4 + quarter;
}

static bool is_inside(const struct pe_heap *heap, const void *block)
{
    return heap->bytes != NULL && (uintptr_t)block - (uintptr_t)heap->bytes < PE_HEAP_BYTES;
}

/* ---- blocks ---- */

void pe_heap_open(struct pe_heap *heap, bool large)
{
    *heap = (struct pe_heap){0};
#ifndef PE_SANITIZED /* which watches what malloc gives */
    heap->bytes = pe_pages_map(PE_HEAP_BYTES, large);
#else
    (void)large;
#endif
}

void *pe_heap_take_any(struct pe_heap *heap, size_t size)
{
    struct pe_heap_block *block;
    unsigned class;
    size_t room;

    if (heap->bytes == NULL || size > MOST_BYTES)
        return malloc(size);
    class = class_of(size, &room);
    block = heap->freed[class];
    if (block != NULL) {
        heap->freed[class] = block->next;
        return block;
    }
    if (room > PE_HEAP_BYTES - heap->used)
        return malloc(size);
    heap->used += room;
    return heap->bytes + heap->used - room;
}

void pe_heap_free(struct pe_heap *heap, void *old, size_t old_size)
{
    struct pe_heap_block *block = old;
    unsigned class;
    size_t room;

    if (!is_inside(heap, old)) {
        free(old);
        return;
    }
    class = class_of(old_size, &room);
    block->next = heap->freed[class];
    heap->freed[class] = block;
}

void *pe_heap_resize(struct pe_heap *heap, void *old, size_t old_size, size_t size)
{
    size_t old_room, room;
    void *block;

    if (old == NULL)
        return pe_heap_take(heap, size);
    if (!is_inside(heap, old))
        return realloc(old, size);
    if (size <= MOST_BYTES && class_of(size, &room) == class_of(old_size, &old_room))
        return old;
    block = pe_heap_take(heap, size);
    if (block == NULL)
        return size <= old_size ? old : NULL; /* from now on of a smaller class */
    memcpy(block, old, old_size < size ? old_size : size);
    pe_heap_free(heap, old, old_size);
    return block;
}

void pe_heap_release(struct pe_heap *heap)
{
    pe_pages_unmap(heap->bytes, PE_HEAP_BYTES);
    *heap = (struct pe_heap){0};
}
