/* splice.c: a parsed document with one value changed, without reading it again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "splice.h"

#include <stdlib.h>
#include <string.h>

#include "json_impl.h"

int pe_splice_open(struct pe_splice *splice, const struct pe_json *base, struct pe_err *err)
{
    *splice = (struct pe_splice){.base = base};
    pe_buf_add(&splice->text, base->text, base->length);
    pe_buf_addc(&splice->text, '\n');
    if (!pe_buf_failed(&splice->text))
        return 0;
    pe_splice_release(splice);
    return pe_err_memory(err);
}

void pe_splice_release(struct pe_splice *splice)
{
    pe_json_release(&splice->json);
    pe_buf_release(&splice->text);
    *splice = (struct pe_splice){0};
}

/* ---- nodes ---- */

static uint32_t size_of(const struct pe_node *node)
{
    return pe_node_holds(node) ? node->size : 1;
}

static bool make_room(struct pe_splice *splice, size_t count)
{
    struct pe_node *nodes;

    pe_json_index_free(&splice->json);
    if (count > splice->room) {
        nodes = realloc(splice->json.nodes, count * sizeof *nodes);
        if (nodes == NULL)
            return false;
        splice->json.nodes = nodes;
        splice->room = count;
    }
    splice->json.count = (uint32_t)count;
    return pe_json_index_new(&splice->json);
}

/* The lists and objects around a place have more or fewer nodes now, and the nodes behind it other
 * numbers, also as parents. */
static void renumber(struct pe_splice *splice, uint32_t parent, int children)
{
    struct pe_node *nodes = splice->json.nodes;
    uint32_t behind = splice->at + splice->gone, shift = splice->come - splice->gone;

    for (uint32_t i = splice->at + splice->come; shift != 0 && i < splice->json.count; i++)
        if (nodes[i].parent >= behind)
            nodes[i].parent += shift;
    nodes[parent].bits += (uint32_t)children;
    for (;; parent = nodes[parent].parent) {
        nodes[parent].size += shift;
        if (parent == 0)
            break;
    }
}

/* Copies the base with room for come nodes in the place of gone ones. */
static bool copy_around(struct pe_splice *splice, uint32_t at, uint32_t gone, uint32_t come)
{
    const struct pe_json *base = splice->base;

    if (!make_room(splice, (size_t)base->count - gone + come))
        return false;
    splice->at = at;
    splice->gone = gone;
    splice->come = come;
    memcpy(splice->json.nodes, base->nodes, at * sizeof *base->nodes);
    memcpy(splice->json.nodes + at + come, base->nodes + at + gone,
           (base->count - at - gone) * sizeof *base->nodes);
    splice->json.text = splice->text.data;
    splice->json.length = splice->text.length;
    return true;
}

/* Reads the new value behind the text; its nodes are the caller's. */
static int read_value(struct pe_splice *splice, const char *value, struct pe_json *piece,
                      struct pe_err *err)
{
    splice->text.length = splice->base->length + 1;
    pe_buf_adds(&splice->text, value);
    if (pe_buf_failed(&splice->text))
        return pe_err_memory(err);
    return pe_json_read(splice->text.data + splice->base->length + 1, strlen(value), piece, err);
}

static void place_value(struct pe_splice *splice, const struct pe_json *piece, uint32_t parent)
{
    uint32_t offset = (uint32_t)splice->base->length + 1;

    for (uint32_t i = 0; i < piece->count; i++) {
        struct pe_node *node = &splice->json.nodes[splice->at + i];
        *node = piece->nodes[i];
        node->where += offset;
        node->parent = i == 0 ? parent : node->parent + splice->at;
    }
}

static int put(struct pe_splice *splice, uint32_t at, uint32_t gone, uint32_t parent,
               const char *value, struct pe_err *err)
{
    struct pe_json piece = {0};
    bool copied;

    if (read_value(splice, value, &piece, err) != 0)
        return -1;
    copied = copy_around(splice, at, gone, piece.count);
    if (copied) {
        place_value(splice, &piece, parent);
        renumber(splice, parent, gone == 0);
    }
    pe_json_release(&piece);
    return copied ? 0 : pe_err_memory(err);
}

/* ---- changes ---- */

int pe_splice_set(struct pe_splice *splice, uint32_t node, const char *value, struct pe_err *err)
{
    const struct pe_node *old = &splice->base->nodes[node];

    return put(splice, node, size_of(old), old->parent, value, err);
}

int pe_splice_append(struct pe_splice *splice, uint32_t list, const char *value, struct pe_err *err)
{
    return put(splice, list + splice->base->nodes[list].size, 0, list, value, err);
}

int pe_splice_remove(struct pe_splice *splice, uint32_t node, struct pe_err *err)
{
    const struct pe_node *old = &splice->base->nodes[node];
    bool keyed = pe_node_type(&splice->base->nodes[old->parent]) == PE_OBJECT;

    splice->text.length = splice->base->length + 1;
    if (!copy_around(splice, node - keyed, size_of(old) + keyed, 0))
        return pe_err_memory(err);
    renumber(splice, old->parent, -1);
    return 0;
}
