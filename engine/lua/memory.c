/* memory.c: the memory of a Lua state: counted, bounded, and a shelf for what files make. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/memory.h"

#include <stdlib.h>
#include <string.h>

/* A single instruction can copy all that is on Lua's stack: `...` with a million values. So its
 * size is followed: it is the second block that a new state asks for (lstate.c), and when it grows
 * or shrinks, a new one is allocated just before the old one is freed (ldo.c), or it is
 * reallocated. */
static void follow_stack(struct pe_vm *vm, bool was_stack, bool is_new, const void *memory,
                         size_t size)
{
    if (was_stack && size == 0) {
        vm->stack = vm->newest;
        vm->stack_bytes = vm->newest_bytes;
    } else if (was_stack || (size > 0 && vm->stack == NULL)) {
        vm->stack = memory;
        vm->stack_bytes = size;
    } else if (is_new) {
        vm->newest = memory;
        vm->newest_bytes = size;
    }
}

/* ---- the shelf ---- */

enum { LARGE_PACK_BYTES = 256 * 1024, LARGE_HEAP_PACK_BYTES = 32 * 1024 };

/* Large pages save a large pack a thousand faults; a small one would use little of them. */
static bool is_pack_of(const struct pe_vm *vm, size_t least)
{
    size_t bytes = 0;

    for (size_t i = 0; vm->files != NULL && i < vm->files->count; i++)
        if (strncmp(vm->files->items[i].name, "tests/", 6) != 0)
            bytes += vm->files->items[i].length;
    return bytes >= least;
}

static void release_shelf(struct pe_shelf *shelf)
{
    pe_pages_unmap(shelf->bytes, PE_SHELF_BYTES);
    pe_pages_unmap(shelf->copy, PE_SHELF_BYTES);
    *shelf = (struct pe_shelf){0};
}

bool pe_memory_has_shelf(struct pe_vm *vm)
{
    struct pe_shelf *shelf = &vm->shelf;

    if (shelf->bytes != NULL)
        return true;
    shelf->bytes = pe_pages_map(PE_SHELF_BYTES, is_pack_of(vm, LARGE_PACK_BYTES));
    shelf->copy = pe_pages_map(PE_SHELF_BYTES, is_pack_of(vm, LARGE_PACK_BYTES));
    shelf->used = shelf->floor = shelf->above = 0;
    if (shelf->bytes != NULL && shelf->copy != NULL)
        return true;
    release_shelf(shelf);
    return false;
}

static bool is_on_shelf(const struct pe_shelf *shelf, const void *block)
{
    return shelf->bytes != NULL && block != NULL &&
           (uintptr_t)block - (uintptr_t)shelf->bytes < PE_SHELF_BYTES;
}

static void *lay_on_shelf(struct pe_shelf *shelf, size_t size)
{
    size_t room = (size + 15) & ~(size_t)15;
    unsigned char *block;

    if (room > PE_SHELF_BYTES - shelf->used) { /* what Lua asks for is less than half of all */
        shelf->missed = true;
        return NULL;
    }
    block = shelf->bytes + shelf->used;
    memset(block + size, 0, room - size); /* it is compared */
    shelf->used += room;
    shelf->above++;
    return block;
}

static void take_off_shelf(struct pe_shelf *shelf, const void *block)
{
    if ((size_t)((const unsigned char *)block - shelf->bytes) >= shelf->floor)
        shelf->above--;
}

/* What does not go with the files it was made by will not go soon. */
void pe_memory_clear_shelf(struct pe_vm *vm)
{
    struct pe_shelf *shelf = &vm->shelf;

    if (shelf->above == 0)
        shelf->used = shelf->floor;
    shelf->floor = shelf->used;
    shelf->above = 0;
}

/* ---- all blocks ---- */

static bool has_room_for(const struct pe_vm *vm, size_t more)
{
    return vm->live + more <= (size_t)vm->limits.memory_mib << 20 &&
           more <= vm->churn_limit - vm->churn;
}

/* Counts what is in use and what was ever asked for. A refusal lets Lua collect its garbage and
 * ask again; only when that fails too does it raise, and then nothing can catch it. */
static void *allocate_counted(struct pe_vm *vm, void *old, size_t old_size, size_t size)
{
    size_t held = old == NULL ? 0 : old_size;
    void *memory;

    if (size == 0) {
        pe_heap_free(&vm->heap, old, held);
        vm->live -= held;
        return NULL;
    }
    if (size > held && !has_room_for(vm, size - held))
        return NULL;
    memory = pe_heap_resize(&vm->heap, old, held, size);
    vm->starved |= memory == NULL;
    if (memory == NULL)
        return NULL;
    vm->live += size - held;
    if (size > held)
        vm->churn += size - held;
    return memory;
}

/* A block that was on the shelf and has to grow leaves it, unless the shelf is open. */
static void *move_from_shelf(struct pe_vm *vm, void *old, size_t old_size, size_t size)
{
    void *memory = NULL;

    if (size == 0)
        take_off_shelf(&vm->shelf, old);
    if (size <= old_size)
        return size == 0 ? NULL : old;
    if (vm->shelf.open)
        memory = lay_on_shelf(&vm->shelf, size);
    if (memory == NULL)
        memory = allocate_counted(vm, NULL, LUA_TTABLE, size);
    if (memory == NULL)
        return NULL;
    memcpy(memory, old, old_size);
    take_off_shelf(&vm->shelf, old);
    return memory;
}

/* Nearly all blocks are small and new, and laid on no shelf. NULL: this one is not, or there is no
 * room, and allocate_any has to say so. */
static inline void *allocate_small(struct pe_vm *vm, const void *old, size_t type, size_t size)
{
    void *memory;

    if (old != NULL || vm->stack == NULL || vm->shelf.open || size == 0 || size > PE_HEAP_FINE ||
        !has_room_for(vm, size))
        return NULL;
    memory = pe_heap_take(&vm->heap, size);
    if (memory == NULL)
        return NULL;
    vm->live += size;
    vm->churn += size;
    if (type == 0) { /* may become the stack: follow_stack */
        vm->newest = memory;
        vm->newest_bytes = size;
    } else if (type == LUA_TSTRING && size > vm->longest_bytes) {
        vm->longest_bytes = size;
    }
    return memory;
}

/* Only what is new is laid on the shelf: what grows elsewhere (the stack, the table of all strings)
 * is the state's own. */
static void *allocate_any(struct pe_vm *vm, void *old, size_t old_size, size_t size)
{
    bool was_stack = old != NULL && old == vm->stack, is_new = old == NULL && old_size == 0;
    bool is_first = vm->live == 0; /* the state itself */
    void *memory = NULL;

    if (old == NULL && old_size == LUA_TSTRING && size > PE_STRING_BYTES)
        return vm->limit = PE_LIMIT_STRING, NULL;
    if (is_on_shelf(&vm->shelf, old))
        memory = move_from_shelf(vm, old, old_size, size);
    else if (vm->shelf.open && old == NULL && size > 0)
        memory = lay_on_shelf(&vm->shelf, size);
    if (memory == NULL && !is_on_shelf(&vm->shelf, old))
        memory = allocate_counted(vm, old, old_size, size);
    if ((memory != NULL || size == 0) && !is_first)
        follow_stack(vm, was_stack, is_new, memory, size);
    if (memory != NULL && old == NULL && old_size == LUA_TSTRING && size > vm->longest_bytes)
        vm->longest_bytes = size;
    return memory;
}

void *pe_memory_allocate(void *ud, void *old, size_t old_size, size_t size)
{
    struct pe_vm *vm = ud;
    void *memory = allocate_small(vm, old, old_size, size);

    if (memory != NULL)
        return memory;
    if (size > 0 || old == NULL || old == vm->stack || is_on_shelf(&vm->shelf, old))
        return allocate_any(vm, old, old_size, size);
    pe_heap_free(&vm->heap, old, old_size);
    vm->live -= old_size;
    return NULL;
}

/* ---- garbage ---- */

enum { HELD_GARBAGE_BYTES = 24 * 1024 * 1024, LEAD_KIB = 1024 * 1024 };

/* A collector that is stopped is still called for every object as soon as it would be due: so it
 * is told that so much less was allocated. Restarting it sets that right. */
void pe_memory_hold_garbage(struct pe_vm *vm)
{
    lua_gc(vm->L, LUA_GCSTOP);
    lua_gc(vm->L, LUA_GCSTEP, -LEAD_KIB);
    vm->collecting = false;
}

void pe_memory_collect_when_much(struct pe_vm *vm)
{
    if (vm->collecting || vm->live < HELD_GARBAGE_BYTES)
        return;
    lua_gc(vm->L, LUA_GCRESTART);
    vm->collecting = true;
}

void pe_memory_open(struct pe_vm *vm)
{
    pe_heap_open(&vm->heap, is_pack_of(vm, LARGE_HEAP_PACK_BYTES));
}

void pe_memory_release(struct pe_vm *vm)
{
    release_shelf(&vm->shelf);
    pe_heap_release(&vm->heap);
}
