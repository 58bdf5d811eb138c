/* changes.c: which values of a document are not as they were in another. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "changes.h"

#include <stdlib.h>
#include <string.h>

struct diff {
    const struct pe_json *old, *new;
    bool *changed; /* by node of the new one */
    bool failed;   /* there was no memory to tell */
};

static void mark_all(struct diff *diff, const struct pe_node *node)
{
    uint32_t number = pe_json_number(diff->new, node);

    memset(diff->changed + number, 1, pe_node_holds(node) ? node->size : 1);
}

static bool same_bytes(const struct diff *diff, const struct pe_node *a, const struct pe_node *b)
{
    return a->size == b->size && memcmp(diff->old->text + pe_node_offset(a),
                                        diff->new->text + pe_node_offset(b), a->size) == 0;
}

/* The element of the old list that is called as this one, or stands where it does. */
static const struct pe_node *old_element(struct diff *diff, const struct pe_node *list,
                                         const struct pe_node *element, uint32_t position)
{
    const struct pe_node *id = pe_json_member(diff->new, element, "id", 2), *old, *old_id;

    if (id == NULL || pe_node_type(id) != PE_STRING)
        return pe_json_element(diff->old, list, position);
    for (old = pe_json_first(diff->old, list); old != NULL; old = pe_json_next(diff->old, old)) {
        old_id = pe_json_member(diff->old, old, "id", 2);
        if (old_id != NULL && pe_node_type(old_id) == PE_STRING && same_bytes(diff, old_id, id))
            return old;
    }
    return NULL;
}

static void compare(struct diff *diff, const struct pe_node *old, const struct pe_node *node);

static void compare_object(struct diff *diff, const struct pe_node *old, const struct pe_node *node)
{
    const struct pe_node *key = pe_json_first(diff->new, node);
    struct pe_buf scratch = {0};
    const char *name;
    size_t length;

    for (; key != NULL; key = pe_json_next(diff->new, key + 1))
        if (pe_json_string(diff->new, key, &name, &length, &scratch))
            compare(diff, pe_json_member(diff->old, old, name, length), key + 1);
    diff->failed |= pe_buf_failed(&scratch);
    pe_buf_release(&scratch);
}

static void compare_list(struct diff *diff, const struct pe_node *old, const struct pe_node *node)
{
    const struct pe_node *element = pe_json_first(diff->new, node);
    uint32_t position = 0;

    for (; element != NULL; element = pe_json_next(diff->new, element), position++)
        compare(diff, old_element(diff, old, element, position), element);
}

static void compare(struct diff *diff, const struct pe_node *old, const struct pe_node *node)
{
    if (old == NULL || pe_node_type(old) != pe_node_type(node)) {
        mark_all(diff, node);
        return;
    }
    diff->changed[pe_json_number(diff->new, node)] = pe_node_holds(node)
                                                         ? pe_node_count(old) != pe_node_count(node)
                                                         : !same_bytes(diff, old, node);
    if (pe_node_type(node) == PE_OBJECT)
        compare_object(diff, old, node);
    else if (pe_node_type(node) == PE_LIST)
        compare_list(diff, old, node);
}

bool *pe_changes_of(const struct pe_json *old, const struct pe_json *new)
{
    struct diff diff = {.old = old, .new = new, .changed = calloc(new->count, sizeof(bool))};

    if (diff.changed == NULL)
        return NULL;
    compare(&diff, old->nodes, new->nodes);
    if (!diff.failed)
        return diff.changed;
    free(diff.changed);
    return NULL;
}
