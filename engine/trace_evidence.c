/* trace_evidence.c: what a rule read, kept once each and told with pointer, value and place. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "trace_impl.h"

#include <string.h>

/* ---- kept ---- */

void pe_trace_keep(struct pe_trace *trace, struct pe_read read)
{
    struct pe_read *evidence;

    trace->evidence_total++;
    if (trace->evidence_limit != PE_EVIDENCE_ALL &&
        trace->evidence_count >= (size_t)trace->evidence_limit)
        return;
    evidence = pe_arena_grow(trace->arena, trace->evidence, trace->evidence_count,
                             &trace->evidence_room, sizeof *evidence);
    if (evidence == NULL)
        return;
    trace->evidence = evidence;
    evidence[trace->evidence_count++] = read;
}

/* FNV-1a over what tells two absent keys apart. That two different ones collide costs a line of
 * evidence, never a status. */
static uint64_t hash_absent(uint32_t object, const char *key, size_t length)
{
    uint64_t hash = 14695981039346656037u ^ object;

    hash *= 1099511628211u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)key[i]) * 1099511628211u;
    return hash | UINT64_C(1) << 63; /* 0 is an empty slot */
}

static void place_hash(struct pe_absent_set *set, uint64_t hash)
{
    size_t i = hash & (set->room - 1);

    while (set->slots[i] != 0)
        i = (i + 1) & (set->room - 1);
    set->slots[i] = hash;
    set->count++;
}

static bool has_hash(const struct pe_absent_set *set, uint64_t hash)
{
    for (size_t i = hash & (set->room - 1); set->slots[i] != 0; i = (i + 1) & (set->room - 1))
        if (set->slots[i] == hash)
            return true;
    return false;
}

/* False when it was there; also when there is no memory, which the arena remembers. */
static bool add_hash(struct pe_trace *trace, uint64_t hash)
{
    struct pe_absent_set *set = &trace->absent, bigger = {.room = set->room * 2};

    if (set->count == PE_MAX_ABSENT_EVIDENCE || (set->room > 0 && has_hash(set, hash)))
        return false;
    if (set->count * 2 >= set->room) {
        bigger.room = set->room == 0 ? 64 : bigger.room;
        bigger.slots = pe_arena_array(trace->arena, bigger.room, sizeof *bigger.slots);
        if (bigger.slots == NULL)
            return false;
        for (size_t i = 0; i < set->room; i++)
            if (set->slots[i] != 0)
                place_hash(&bigger, set->slots[i]);
        *set = bigger;
    }
    place_hash(set, hash);
    return true;
}

void pe_trace_keep_absent(struct pe_trace *trace, uint32_t object, const char *key, size_t length)
{
    if (add_hash(trace, hash_absent(object, key, length)))
        pe_trace_keep(trace, (struct pe_read){object, PE_READ_ABSENT,
                                              pe_arena_strn(trace->arena, key, length)});
}

/* ---- told ---- */

/* Evidence comes by the object: its pointer is spelled once for the members that follow each
 * other. */
static void spell_pointer(const struct pe_snapshot *s, const struct pe_read *read,
                          struct pe_spelling *spelling)
{
    struct pe_buf *pointer = &spelling->pointer;
    uint32_t parent = pe_snapshot_node(s, read->node)->parent;

    if (spelling->parent != parent) {
        pe_buf_clear(pointer);
        pe_snapshot_pointer(s, parent, pointer);
        spelling->parent = parent;
        spelling->parent_length = pointer->length;
    }
    pointer->length = spelling->parent_length;
    if (read->node != 0)
        pe_snapshot_step(s, read->node, pointer);
    if (read->key != NULL)
        pe_pointer_add_key(pointer, read->key, strlen(read->key));
    pe_buf_add(pointer, "", 0);
}

struct pe_evidence pe_trace_spell(const struct pe_snapshot *s, const struct pe_read *read,
                                  struct pe_spelling *spelling)
{
    struct pe_evidence evidence = {.count = -1, .absent = read->kind == PE_READ_ABSENT};

    spell_pointer(s, read, spelling);
    evidence.pointer = spelling->pointer.data;
    evidence.place = pe_snapshot_place(s, read->node);
    if (read->kind == PE_READ_VALUE) {
        pe_buf_clear(&spelling->value);
        pe_snapshot_value(s, read->node, &spelling->value);
        evidence.value = spelling->value.data;
    }
    if (read->kind == PE_READ_COUNT)
        evidence.count = pe_node_count(pe_snapshot_node(s, read->node));
    return evidence;
}

void pe_spelling_release(struct pe_spelling *spelling)
{
    pe_buf_release(&spelling->pointer);
    pe_buf_release(&spelling->value);
}

int pe_trace_evidence(struct pe_trace *trace, struct pe_evidence **out, size_t *count)
{
    struct pe_spelling spelling = {.parent = PE_NO_NODE};
    struct pe_evidence *list = NULL;

    if (trace->evidence_count > 0) {
        list = pe_arena_array(trace->arena, trace->evidence_count, sizeof *list);
        if (list == NULL)
            return -1;
    }
    for (size_t i = 0; i < trace->evidence_count; i++) {
        list[i] = pe_trace_spell(trace->snapshot, &trace->evidence[i], &spelling);
        list[i].pointer = pe_arena_str(trace->arena, list[i].pointer);
        list[i].value = pe_arena_str(trace->arena, list[i].value);
    }
    trace->arena->failed |= pe_buf_failed(&spelling.pointer);
    trace->arena->failed |= pe_buf_failed(&spelling.value);
    pe_spelling_release(&spelling);
    *out = list;
    *count = trace->evidence_count;
    return 0;
}
