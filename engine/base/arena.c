/* arena.c: memory that is freed all at once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

struct pe_arena_block {
    struct pe_arena_block *next;
    size_t room, used;
    _Alignas(max_align_t) unsigned char data[];
};

enum { BLOCK_BYTES = 16 * 1024 };

static void *fail(struct pe_arena *arena)
{
    arena->failed = true;
    return NULL;
}

static struct pe_arena_block *add_block(struct pe_arena *arena, size_t size)
{
    size_t room = size > BLOCK_BYTES ? size : BLOCK_BYTES;
    struct pe_arena_block *block = malloc(sizeof *block + room);

    if (block == NULL)
        return fail(arena);
    block->room = room;
    block->used = 0;
    block->next = arena->blocks;
    arena->blocks = block;
    return block;
}

/* Not cleared. align is a power of two. */
static void *cut(struct pe_arena *arena, size_t size, size_t align)
{
    struct pe_arena_block *block = arena->blocks;
    size_t gap = block == NULL ? 0 : -block->used & (align - 1);

    if (arena->failed || size > SIZE_MAX / 2)
        return fail(arena);
    if (block == NULL || block->room - block->used < gap + size) {
        block = NULL;
        gap = 0;
    }
    if (arena->limit_bytes != 0 && gap + size > arena->limit_bytes - arena->bytes)
        return fail(arena);
    if (block == NULL)
        block = add_block(arena, size);
    if (block == NULL)
        return NULL;
    arena->bytes += gap + size;
    block->used += gap + size;
    return block->data + block->used - size;
}

void *pe_arena_alloc(struct pe_arena *arena, size_t size)
{
    void *memory = cut(arena, size, _Alignof(max_align_t));

    return memory == NULL ? NULL : memset(memory, 0, size);
}

void *pe_arena_array(struct pe_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return fail(arena);
    return pe_arena_alloc(arena, count * size);
}

char *pe_arena_strn(struct pe_arena *arena, const char *bytes, size_t length)
{
    char *copy = length == SIZE_MAX ? fail(arena) : cut(arena, length + 1, 1);

    if (copy == NULL)
        return NULL;
    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *pe_arena_str(struct pe_arena *arena, const char *str)
{
    return str == NULL ? NULL : pe_arena_strn(arena, str, strlen(str));
}

char *pe_arena_printf(struct pe_arena *arena, const char *format, ...)
{
    char small[128]; /* what fits is written once */
    va_list args, again;
    char *text = NULL;
    int length;

    va_start(args, format);
    va_copy(again, args);
    length = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (length >= 0)
        text = cut(arena, (size_t)length + 1, 1);
    if (text != NULL && (size_t)length < sizeof small)
        memcpy(text, small, (size_t)length + 1);
    else if (text != NULL)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *pe_arena_take(struct pe_arena *arena, struct pe_buf *buf)
{
    char *text = NULL;

    if (pe_buf_failed(buf))
        arena->failed = true;
    else
        text = pe_arena_strn(arena, buf->data, buf->length);
    pe_buf_release(buf);
    return text;
}

void *pe_arena_grow(struct pe_arena *arena, void *array, size_t count, size_t *room, size_t size)
{
    size_t wanted = *room == 0 ? 8 : *room * 2;
    void *bigger;

    if (count < *room)
        return array;
    bigger = pe_arena_array(arena, wanted, size);
    if (bigger == NULL)
        return NULL;
    if (count > 0)
        memcpy(bigger, array, count * size);
    *room = wanted;
    return bigger;
}

bool pe_arena_failed(const struct pe_arena *arena)
{
    return arena->failed;
}

void pe_arena_release(struct pe_arena *arena)
{
    struct pe_arena_block *block = arena->blocks, *next;

    for (; block != NULL; block = next) {
        next = block->next;
        free(block);
    }
    *arena = (struct pe_arena){0};
}
