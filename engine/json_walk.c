/* json_walk.c: from node to node, with indexes for large lists and objects. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "json_impl.h"

#include <stdlib.h>

enum { FEW_CHILDREN = 32, WINDOW_BITS = 5 };

/* The index of one container with more than FEW_CHILDREN children. */
struct large {
    struct large *next;
    uint32_t container;
    uint64_t *keys;      /* of an object, sorted; NULL until asked for */
    uint32_t children[]; /* the numbers of its elements, or of its keys, in document order */
};

/* Containers are found by their number, 32 numbers to a window. Large ones that begin in the same
 * window lie inside each other, so there are never more than 32 to look through. */
struct pe_json_index {
    struct large **windows; /* NULL until asked for */
};

bool pe_json_index_new(struct pe_json *json)
{
    json->index = calloc(1, sizeof *json->index);
    return json->index != NULL;
}

static void free_large(struct large *large)
{
    struct large *next;

    for (; large != NULL; large = next) {
        next = large->next;
        free(large->keys);
        free(large);
    }
}

void pe_json_index_free(struct pe_json *json)
{
    if (json->index == NULL)
        return;
    if (json->index->windows != NULL)
        for (uint32_t i = 0; i <= json->count >> WINDOW_BITS; i++)
            free_large(json->index->windows[i]);
    free(json->index->windows);
    free(json->index);
    json->index = NULL;
}

static struct large *build(const struct pe_json *json, const struct pe_node *container)
{
    bool keyed = pe_node_type(container) == PE_OBJECT;
    struct large *large =
        calloc(1, sizeof *large + pe_node_count(container) * sizeof large->children[0]);
    uint32_t count = 0;

    if (large == NULL)
        return NULL;
    large->container = pe_json_number(json, container);
    for (const struct pe_node *child = pe_json_first(json, container); child != NULL;
         child = pe_json_next(json, child + keyed))
        large->children[count++] = pe_json_number(json, child);
    return large;
}

/* The index of a large container, made when it is first asked for. NULL for a small one, and when
 * out of memory: then the caller walks. */
static struct large *large_of(const struct pe_json *json, const struct pe_node *container)
{
    uint32_t number = pe_json_number(json, container);
    struct large ***windows = &json->index->windows, **slot, *large;

    if (pe_node_count(container) <= FEW_CHILDREN)
        return NULL;
    if (*windows == NULL)
        *windows = calloc((json->count >> WINDOW_BITS) + 1, sizeof **windows);
    if (*windows == NULL)
        return NULL;
    slot = &(*windows)[number >> WINDOW_BITS];
    for (large = *slot; large != NULL; large = large->next)
        if (large->container == number)
            return large;
    large = build(json, container);
    if (large != NULL) {
        large->next = *slot;
        *slot = large;
    }
    return large;
}

static const uint64_t *sorted_keys(const struct pe_json *json, const struct pe_node *object)
{
    struct pe_json_keys keys = {0};
    struct large *large;

    if (pe_node_count(object) <= FEW_CHILDREN)
        return NULL;
    large = large_of(json, object);
    if (large == NULL)
        return NULL;
    if (large->keys == NULL && pe_json_keys_sort(&keys, json, object)) {
        large->keys = keys.entries;
        free(keys.spare);
    }
    return large->keys;
}

/* ---- steps ---- */

const struct pe_node *pe_json_first(const struct pe_json *json, const struct pe_node *container)
{
    (void)json;
    return pe_node_holds(container) && pe_node_count(container) > 0 ? container + 1 : NULL;
}

const struct pe_node *pe_json_parent(const struct pe_json *json, const struct pe_node *node)
{
    return node == json->nodes ? NULL : &json->nodes[node->parent];
}

const struct pe_node *pe_json_key(const struct pe_json *json, const struct pe_node *value)
{
    const struct pe_node *parent = pe_json_parent(json, value);

    if (parent == NULL || pe_node_type(parent) != PE_OBJECT || pe_node_type(value) == PE_KEY)
        return NULL;
    return value - 1;
}

/* ---- places in the text ---- */

static size_t skip_space(const char *text, size_t at)
{
    while (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')
        at++;
    return at;
}

/* After the last descendant, and the brackets that close above that. */
size_t pe_json_end(const struct pe_json *json, const struct pe_node *node)
{
    const struct pe_node *last = pe_node_holds(node) ? node + node->size - 1 : node;
    size_t at = pe_node_offset(last) + (pe_node_holds(last) ? 1 : last->size);

    if (pe_node_holds(last)) /* an empty one */
        at = skip_space(json->text, at) + 1;
    for (; last != node; last = pe_json_parent(json, last))
        at = skip_space(json->text, at) + 1;
    return at;
}

/* ---- choosing ---- */

/* Nearly all keys are of another length, and are not looked at. */
static bool is_key(const struct pe_json *json, const struct pe_node *at, const char *key,
                   size_t length)
{
    if (at->bits & PE_ESCAPED)
        return pe_json_equals(json, at, key, length);
    return at->size == length + 2 && memcmp(json->text + pe_node_offset(at) + 1, key, length) == 0;
}

static const struct pe_node *find_key(const struct pe_json *json, const struct pe_node *object,
                                      const char *key, size_t length)
{
    const struct pe_node *end = object + object->size, *at = object + 1;

    for (; at < end; at += 1 + (pe_node_holds(at + 1) ? at[1].size : 1))
        if (is_key(json, at, key, length))
            return at;
    return NULL;
}

const struct pe_node *pe_json_member(const struct pe_json *json, const struct pe_node *object,
                                     const char *key, size_t length)
{
    const struct pe_node *at = NULL;
    const uint64_t *keys;

    if (pe_node_type(object) != PE_OBJECT)
        return NULL;
    keys = sorted_keys(json, object);
    if (keys != NULL)
        at = pe_json_keys_find(keys, pe_node_count(object), json, key, length);
    else
        at = find_key(json, object, key, length);
    return at == NULL ? NULL : at + 1;
}

const struct pe_node *pe_json_element(const struct pe_json *json, const struct pe_node *list,
                                      uint32_t position)
{
    const struct pe_node *at;
    const struct large *large;

    if (pe_node_type(list) != PE_LIST || position >= pe_node_count(list))
        return NULL;
    large = large_of(json, list);
    if (large != NULL)
        return &json->nodes[large->children[position]];
    for (at = list + 1; position > 0; position--)
        at = pe_json_next(json, at);
    return at;
}

/* The position of a number in a sorted array that holds it. */
static uint32_t find_number(const uint32_t *numbers, uint32_t count, uint32_t number)
{
    uint32_t low = 0, middle;

    while (count > 1) {
        middle = low + count / 2;
        if (numbers[middle] <= number) {
            low = middle;
            count -= count / 2;
        } else {
            count /= 2;
        }
    }
    return low;
}

uint32_t pe_json_ordinal(const struct pe_json *json, const struct pe_node *node)
{
    const struct pe_node *parent = pe_json_parent(json, node), *at;
    const struct large *large;
    bool keyed;
    uint32_t position = 0;

    if (parent == NULL)
        return 0;
    large = large_of(json, parent);
    if (large != NULL) /* a value lies behind its key, and before the next */
        return find_number(large->children, pe_node_count(parent), pe_json_number(json, node));
    keyed = pe_node_type(parent) == PE_OBJECT;
    for (at = parent + 1; at + keyed < node; at = pe_json_next(json, at + keyed))
        position++;
    return position;
}
