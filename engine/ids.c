/* ids.c: the ids of a list's elements, to be asked for many. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ids.h"

#include <stdlib.h>
#include <string.h>

struct pe_id {
    const char *bytes;
    size_t length;
};

/* Shorter ones first: most are told apart by their length. */
static int order(const void *left, const void *right)
{
    const struct pe_id *a = left, *b = right;

    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    return a->length == 0 ? 0 : memcmp(a->bytes, b->bytes, a->length);
}

/* Where the string is written as it is, its bytes stay in the text. */
static bool read_id(const struct pe_json *json, const struct pe_node *node, struct pe_id *id,
                    struct pe_arena *arena)
{
    struct pe_buf scratch = {0};
    bool read = pe_json_string(json, node, &id->bytes, &id->length, &scratch);

    if (read && scratch.data != NULL)
        id->bytes = pe_arena_strn(arena, id->bytes, id->length);
    arena->failed |= pe_buf_failed(&scratch);
    pe_buf_release(&scratch);
    return read;
}

struct pe_ids pe_ids_read(const struct pe_json *json, const struct pe_node *list,
                          struct pe_arena *arena)
{
    struct pe_id *items =
        list == NULL ? NULL : pe_arena_array(arena, pe_node_count(list) + 1, sizeof *items);
    const struct pe_node *element = items == NULL ? NULL : pe_json_first(json, list), *id;
    size_t count = 0;

    for (; element != NULL; element = pe_json_next(json, element)) {
        id = pe_json_member(json, element, "id", 2);
        if (id != NULL && pe_node_type(id) == PE_STRING && read_id(json, id, &items[count], arena))
            count++;
    }
    if (count == 0 || pe_arena_failed(arena))
        return (struct pe_ids){0};
    qsort(items, count, sizeof *items, order);
    return (struct pe_ids){items, count};
}

bool pe_ids_have(const struct pe_ids *ids, const char *bytes, size_t length)
{
    struct pe_id wanted = {bytes, length};

    return ids->count > 0 &&
           bsearch(&wanted, ids->items, ids->count, sizeof *ids->items, order) != NULL;
}
