/* group.c: what is alike, told once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/group.h"

#include <stdlib.h>
#include <string.h>

void pe_group_add(struct pe_arena *arena, struct pe_group_items *list, struct pe_group_item item)
{
    struct pe_group_item *items =
        pe_arena_grow(arena, list->items, list->count, &list->room, sizeof *items);

    if (items == NULL)
        return;
    item.order = list->count;
    list->items = items;
    list->items[list->count++] = item;
}

static int compare_items(const void *left, const void *right)
{
    const struct pe_group_item *a = left, *b = right;
    int keys = strcmp(a->key, b->key);

    if (keys != 0)
        return keys;
    return a->order < b->order ? -1 : a->order > b->order;
}

static int compare_groups(const void *left, const void *right)
{
    const struct pe_group *a = left, *b = right;
    size_t first = a->items[0].order, second = b->items[0].order;

    return first < second ? -1 : first > second;
}

/* The group that begins at items: as many as have the first one's key. */
static struct pe_group take(struct pe_group_item *items, size_t count)
{
    struct pe_group group = {.items = items, .count = 1, .rules = 1};

    while (group.count < count && strcmp(items[group.count].key, items[0].key) == 0) {
        if (items[group.count].rule != items[group.count - 1].rule)
            group.rules++;
        group.count++;
    }
    return group;
}

struct pe_group *pe_group_by_key(struct pe_arena *arena, struct pe_group_item *items, size_t count,
                                 size_t *group_count)
{
    struct pe_group *groups = pe_arena_array(arena, count, sizeof *groups);
    size_t found = 0;

    if (groups == NULL || count == 0)
        return NULL;
    qsort(items, count, sizeof *items, compare_items);
    for (size_t i = 0; i < count; i += groups[found++].count)
        groups[found] = take(items + i, count - i);
    qsort(groups, found, sizeof *groups, compare_groups);
    *group_count = found;
    return groups;
}
