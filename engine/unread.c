/* unread.c: the parts of a snapshot that no rule looked at. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "unread.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

enum { SLOTS = 2 * PE_MAX_UNREAD_KINDS };

/* A kind of part: its path without positions in lists, as a hash. That two different ones collide
 * costs a line of the report, never a status. */
struct kind {
    uint64_t hash; /* 0: an empty slot */
    uint32_t item; /* number in the list; PE_MAX_UNREAD: it was cut */
};

struct walk {
    const struct pe_snapshot *s;
    const uint8_t *read;
    struct pe_arena *arena;
    struct pe_unread_list *list;
    struct kind *kinds;
    uint32_t next; /* the first node from where the walk is that was read */
    struct pe_buf scratch;
};

/* ---- kinds ---- */

static uint64_t mix(uint64_t hash, const char *bytes, size_t length)
{
    hash = (hash ^ '/') * 1099511628211u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
    return hash == 0 ? 1 : hash;
}

static struct kind *kind_of(struct walk *walk, uint64_t hash)
{
    size_t i = hash % SLOTS;

    while (walk->kinds[i].hash != 0 && walk->kinds[i].hash != hash)
        i = (i + 1) % SLOTS;
    return &walk->kinds[i];
}

static const char *pointer_of(struct walk *walk, uint32_t node)
{
    struct pe_buf pointer = {0};

    pe_snapshot_pointer(walk->s, node, &pointer);
    return pe_arena_take(walk->arena, &pointer);
}

static void tell(struct walk *walk, uint32_t node, uint64_t hash)
{
    struct pe_unread_list *list = walk->list;
    struct kind *kind = kind_of(walk, hash);

    if (kind->hash == hash) {
        if (kind->item < PE_MAX_UNREAD)
            list->items[kind->item].count++;
        return;
    }
    if (list->total == PE_MAX_UNREAD_KINDS)
        return;
    *kind = (struct kind){hash, PE_MAX_UNREAD};
    list->total++;
    if (list->count == PE_MAX_UNREAD)
        return;
    kind->item = (uint32_t)list->count;
    list->items[list->count++] =
        (struct pe_unread){pointer_of(walk, node), pe_snapshot_place(walk->s, node), 1};
}

/* ---- the walk ---- */

/* Nodes are walked in document order, so that what was read is looked for once. */
static bool any_read(struct walk *walk, uint32_t node, uint32_t size)
{
    if (walk->next < node)
        walk->next = node;
    while (walk->next < walk->s->json.count && !(walk->read[walk->next / 8] >> walk->next % 8 & 1))
        walk->next++;
    return walk->next < node + size;
}

static uint64_t key_hash(struct walk *walk, uint64_t hash, const struct pe_node *key)
{
    const char *bytes;
    size_t length;

    if (!pe_snapshot_string(walk->s, key, &bytes, &length, &walk->scratch))
        return hash;
    return mix(hash, bytes, length);
}

static void visit(struct walk *walk, const struct pe_node *node, uint64_t hash);

static void visit_children(struct walk *walk, const struct pe_node *node, uint64_t hash)
{
    const struct pe_json *json = &walk->s->json;
    const struct pe_node *child = pe_json_first(json, node);

    while (child != NULL) {
        if (pe_node_type(node) == PE_OBJECT) {
            uint64_t inner = key_hash(walk, hash, child);
            child = pe_json_next(json, child);
            visit(walk, child, inner);
        } else {
            visit(walk, child, mix(hash, "*", 1));
        }
        child = pe_json_next(json, child);
    }
}

/* At most as deep as a snapshot may be. */
static void visit(struct walk *walk, const struct pe_node *node, uint64_t hash)
{
    uint32_t number = pe_snapshot_number(walk->s, node);

    if (!any_read(walk, number, pe_node_holds(node) ? node->size : 1))
        tell(walk, number, hash);
    else if (pe_node_holds(node))
        visit_children(walk, node, hash);
}

int pe_unread_find(const struct pe_snapshot *snapshot, const uint8_t *read, struct pe_arena *arena,
                   struct pe_unread_list *list, struct pe_err *err)
{
    struct walk walk = {.s = snapshot, .read = read, .arena = arena, .list = list};

    *list = (struct pe_unread_list){0};
    list->items = pe_arena_array(arena, PE_MAX_UNREAD, sizeof *list->items);
    walk.kinds = pe_arena_array(arena, SLOTS, sizeof *walk.kinds);
    if (list->items == NULL || walk.kinds == NULL)
        return pe_err_memory(err);
    visit(&walk, snapshot->json.nodes, 1);
    arena->failed |= pe_buf_failed(&walk.scratch);
    pe_buf_release(&walk.scratch);
    return pe_arena_failed(arena) ? pe_err_memory(err) : 0;
}

/* ---- of two packs ---- */

static size_t step_of(const char *pointer)
{
    return strcspn(pointer, "/");
}

static bool is_position(const char *step, size_t length)
{
    return length > 0 && strspn(step, "0123456789") >= length;
}

/* Whether a part is, or is inside of, one of that kind. */
static bool is_in(const char *part, const char *whole)
{
    size_t a, b;

    while (*whole == '/') {
        if (*part != '/')
            return false;
        a = step_of(++part);
        b = step_of(++whole);
        if ((a != b || memcmp(part, whole, a) != 0) &&
            !(is_position(part, a) && is_position(whole, b)))
            return false;
        part += a;
        whole += b;
    }
    return true;
}

static bool is_in_any(const char *part, const struct pe_unread_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (is_in(part, list->items[i].pointer))
            return true;
    return false;
}

static int by_place(const void *a, const void *b)
{
    const struct pe_unread *left = a, *right = b;

    return left->place.offset < right->place.offset ? -1 : left->place.offset > right->place.offset;
}

int pe_unread_common(struct pe_unread_list *a, const struct pe_unread_list *b,
                     struct pe_arena *arena)
{
    struct pe_unread *items = pe_arena_array(arena, a->count + b->count + 1, sizeof *items);
    size_t count = 0;

    if (items == NULL)
        return -1;
    for (size_t i = 0; i < a->count; i++)
        if (is_in_any(a->items[i].pointer, b))
            items[count++] = a->items[i];
    for (size_t i = 0; i < b->count; i++)
        if (is_in_any(b->items[i].pointer, a) &&
            !is_in_any(b->items[i].pointer, &(struct pe_unread_list){items, count, count}))
            items[count++] = b->items[i];
    qsort(items, count, sizeof *items, by_place);
    *a = (struct pe_unread_list){items, count < PE_MAX_UNREAD ? count : PE_MAX_UNREAD, count};
    return 0;
}
