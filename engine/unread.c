/* unread.c: the parts of a snapshot that no rule looked at. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "unread.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

/* A kind of part: its path without positions in lists, as a hash. That two different ones collide
 * costs a line of the report, never a status. */
struct kind {
    uint64_t hash; /* 0: an empty slot */
    uint32_t item; /* number in the list; PE_MAX_UNREAD: it was cut */
};

/* One step of the path to where the walk is. Nearly all parts were read, and nobody asks for the
 * hash of their paths. */
struct step {
    struct step *above;        /* NULL: this is the whole snapshot */
    const struct pe_node *key; /* NULL: an element of a list */
    uint64_t hash;             /* 0: not known yet */
};

struct walk {
    const struct pe_snapshot *s;
    const uint8_t *read;
    struct pe_arena *arena;
    struct pe_unread_list *list;
    struct kind *kinds; /* at most half of the slots are taken */
    size_t slots;
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

static uint64_t hash_of(struct walk *walk, struct step *step)
{
    const char *bytes = "*";
    size_t length = 1;

    if (step->hash != 0)
        return step->hash;
    step->hash = hash_of(walk, step->above);
    if (step->key == NULL ||
        pe_snapshot_string(walk->s, step->key, &bytes, &length, &walk->scratch))
        step->hash = mix(step->hash, bytes, length);
    return step->hash;
}

static struct kind *kind_of(struct walk *walk, uint64_t hash)
{
    size_t i = hash & (walk->slots - 1);

    while (walk->kinds[i].hash != 0 && walk->kinds[i].hash != hash)
        i = (i + 1) & (walk->slots - 1);
    return &walk->kinds[i];
}

/* Room for one kind more; false when out of memory, which the arena remembers. */
static bool make_room(struct walk *walk)
{
    struct kind *old = walk->kinds;
    size_t count = walk->slots;

    if (walk->list->total * 2 < count)
        return true;
    walk->slots = count == 0 ? 64 : count * 2;
    walk->kinds = pe_arena_array(walk->arena, walk->slots, sizeof *walk->kinds);
    for (size_t i = 0; walk->kinds != NULL && i < count; i++)
        if (old[i].hash != 0)
            *kind_of(walk, old[i].hash) = old[i];
    return walk->kinds != NULL;
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
    struct kind *kind;

    if (pe_arena_failed(walk->arena) || !make_room(walk))
        return;
    kind = kind_of(walk, hash);
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

static void visit(struct walk *walk, const struct pe_node *node, struct step *step);

static void visit_children(struct walk *walk, const struct pe_node *node, struct step *step)
{
    const struct pe_json *json = &walk->s->json;
    const struct pe_node *child = pe_json_first(json, node);

    while (child != NULL) {
        struct step inner = {.above = step};
        if (pe_node_type(node) == PE_OBJECT) {
            inner.key = child;
            child = pe_json_next(json, child);
        }
        visit(walk, child, &inner);
        child = pe_json_next(json, child);
    }
}

/* At most as deep as a snapshot may be. */
static void visit(struct walk *walk, const struct pe_node *node, struct step *step)
{
    uint32_t number = pe_snapshot_number(walk->s, node);

    if (!any_read(walk, number, pe_node_holds(node) ? node->size : 1))
        tell(walk, number, hash_of(walk, step));
    else if (pe_node_holds(node))
        visit_children(walk, node, step);
}

int pe_unread_find(const struct pe_snapshot *snapshot, const uint8_t *read, struct pe_arena *arena,
                   struct pe_unread_list *list, struct pe_err *err)
{
    struct walk walk = {.s = snapshot, .read = read, .arena = arena, .list = list};
    struct step whole = {.hash = 1};

    *list = (struct pe_unread_list){0};
    list->items = pe_arena_array(arena, PE_MAX_UNREAD, sizeof *list->items);
    if (list->items == NULL)
        return pe_err_memory(err);
    visit(&walk, snapshot->json.nodes, &whole);
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
