/* arena.h: memory that is freed all at once.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A result is thousands of small strings that live and die together. They lie in an arena: no
 * string is ever freed alone, and running out of memory is sticky, so that a builder asks once, at
 * its end. {0} is a valid empty arena. Not for threads to share.
 */
#ifndef PE_BASE_ARENA_H
#define PE_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct pe_arena {
    struct pe_arena_block *blocks; /* newest first */
    size_t bytes;                  /* handed out so far */
    size_t limit_bytes;            /* 0: none; an allocation that would pass it fails */
    bool failed;
};

/* Strings lie close together: only what pe_arena_alloc and pe_arena_array give is aligned. */

/* size bytes, zeroed, aligned for anything; NULL when out of memory (and then for ever). */
void *pe_arena_alloc(struct pe_arena *arena, size_t size);

/* count elements of size bytes, zeroed; the product is checked. */
void *pe_arena_array(struct pe_arena *arena, size_t count, size_t size);

/* A copy that ends in NUL. str may be NULL, which gives NULL. */
char *pe_arena_str(struct pe_arena *arena, const char *str);
char *pe_arena_strn(struct pe_arena *arena, const char *bytes, size_t length);
char *pe_arena_printf(struct pe_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The text of a buffer, which is released. When that ran out of memory, the arena has too. */
struct pe_buf;
char *pe_arena_take(struct pe_arena *arena, struct pe_buf *buf);

/* A growing array that lies in the arena: makes room for one element more than count, doubling
 * (the old copy stays behind until release). Returns the array, or NULL when out of memory. */
void *pe_arena_grow(struct pe_arena *arena, void *array, size_t count, size_t *room, size_t size);

bool pe_arena_failed(const struct pe_arena *arena);
void pe_arena_release(struct pe_arena *arena);

#endif
