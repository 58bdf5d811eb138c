/* repeated.c: which elements of a list have a key that one before them has. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "repeated.h"

#include <stdlib.h>
#include <string.h>

/* An entry is the upper half of a key's hash and below it the number of its node, so that those
 * that may be equal become neighbours, in their order, when they are sorted. */
static bool is_key(const struct pe_node *id)
{
    return id != NULL && (pe_node_type(id) == PE_STRING || pe_node_type(id) == PE_INTEGER);
}

static size_t collect_keys(const struct pe_json *json, const struct pe_node *list,
                           const char *member, uint64_t *entries)
{
    size_t count = 0, length = strlen(member);

    for (const struct pe_node *element = pe_json_first(json, list), *id; element != NULL;
         element = pe_json_next(json, element)) {
        id = pe_json_member(json, element, member, length);
        if (is_key(id))
            entries[count++] = pe_json_hash(json, id) >> 32 << 32 | pe_json_number(json, id);
    }
    return count;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

struct unique_key {
    const char *bytes;
    size_t length;
    uint32_t node;
};

static int by_bytes_then_place(const void *a, const void *b)
{
    const struct unique_key *x = a, *y = b;
    size_t shorter = x->length < y->length ? x->length : y->length;
    int order = memcmp(x->bytes, y->bytes, shorter);

    if (order == 0)
        order = (x->length > y->length) - (x->length < y->length);
    return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

static bool same_key(const struct unique_key *a, const struct unique_key *b)
{
    return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

/* Of entries that have one hash: nearly always equal ones, but a hostile snapshot may have many
 * that are not. The second of equals, and every further one, is wrong; their numbers come first
 * then. Returns how many. */
static size_t find_repeated(const struct pe_json *json, uint64_t *entries, size_t count,
                            struct pe_arena *arena)
{
    struct unique_key *keys = pe_arena_array(arena, count, sizeof *keys);
    struct pe_buf scratch = {0};
    size_t repeated = 0;

    for (size_t i = 0; keys != NULL && i < count; i++) {
        const struct pe_node *id = &json->nodes[(uint32_t)entries[i]];
        keys[i] =
            (struct unique_key){json->text + pe_node_offset(id), id->size, (uint32_t)entries[i]};
        if (pe_node_type(id) == PE_STRING &&
            pe_json_string(json, id, &keys[i].bytes, &keys[i].length, &scratch))
            keys[i].bytes = pe_arena_strn(arena, keys[i].bytes, keys[i].length);
    }
    arena->failed |= pe_buf_failed(&scratch);
    pe_buf_release(&scratch);
    if (pe_arena_failed(arena))
        return 0;
    qsort(keys, count, sizeof *keys, by_bytes_then_place);
    for (size_t i = 1; i < count; i++)
        if (same_key(&keys[i - 1], &keys[i]))
            entries[repeated++] = keys[i].node;
    return repeated;
}

/* The numbers of the nodes that are wrong come first in entries, in their order. */
static size_t keep_repeated(const struct pe_json *json, uint64_t *entries, size_t count,
                            struct pe_arena *arena)
{
    size_t repeated = 0, found;

    for (size_t at = 0, end; at < count; at = end) {
        for (end = at + 1; end < count && entries[end] >> 32 == entries[at] >> 32; end++)
            ;
        found = end - at < 2 ? 0 : find_repeated(json, entries + at, end - at, arena);
        memmove(entries + repeated, entries + at, found * sizeof *entries);
        repeated += found;
    }
    qsort(entries, repeated, sizeof *entries, by_value);
    return repeated;
}

size_t pe_repeated_keys(const struct pe_json *json, const struct pe_node *list, const char *member,
                        struct pe_arena *arena, uint64_t **nodes)
{
    uint64_t *entries = pe_arena_array(arena, pe_node_count(list) + 1, sizeof *entries);
    size_t count;

    if (entries == NULL)
        return 0;
    count = collect_keys(json, list, member, entries);
    qsort(entries, count, sizeof *entries, by_value);
    *nodes = entries;
    return keep_repeated(json, entries, count, arena);
}
