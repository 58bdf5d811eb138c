/* group.h: what is alike, told once.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_REPORT_GROUP_H
#define PE_REPORT_GROUP_H

#include "base/arena.h"
#include "policyeval.h"

struct pe_group_item {
    const char *key;
    size_t order; /* of the item among all: a group's place is that of its first item */
    size_t rule;  /* number of the rule it belongs to, ascending with order */
    const struct pe_control_result *control;
    const struct pe_rule_result *result;
    const struct pe_finding *finding; /* or NULL */
    const char *text;                 /* what is said */
};

/* Items with the same key, in order. They lie in the array that was grouped. */
struct pe_group {
    struct pe_group_item *items;
    size_t count;
    size_t rules; /* how many different rules they belong to */
};

/* A list of items that grows in an arena. {0} is a valid empty one. */
struct pe_group_items {
    struct pe_group_item *items;
    size_t count, room;
};

/* Adds an item; its order is its number. Out of memory is the arena's to tell. */
void pe_group_add(struct pe_arena *arena, struct pe_group_items *list, struct pe_group_item item);

/* Sorts the items by key and returns the groups by first item, in the arena; NULL when that is out
 * of memory or there are none. */
struct pe_group *pe_group_by_key(struct pe_arena *arena, struct pe_group_item *items, size_t count,
                                 size_t *group_count);

#endif
