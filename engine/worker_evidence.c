/* worker_evidence.c: what a rule read, as a worker tells it: each thing spelled once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "worker_evidence.h"

#include <stdlib.h>

enum { SLOTS = 4096, MOST_BYTES = 1024 * 1024 };

/* Bytes that were written for a read, in texts. */
struct slot {
    uint32_t read; /* its number; 0: none */
    uint32_t from, length;
};

struct pe_told {
    const struct pe_snapshot *snapshot;
    struct pe_spelling spelling;
    struct pe_buf texts;
    struct slot slots[SLOTS];
};

struct pe_told *pe_told_new(const struct pe_snapshot *snapshot)
{
    struct pe_told *told = calloc(1, sizeof *told);

    if (told == NULL)
        return NULL;
    told->snapshot = snapshot;
    told->spelling.parent = PE_NO_NODE;
    return told;
}

void pe_told_free(struct pe_told *told)
{
    if (told == NULL)
        return;
    pe_spelling_release(&told->spelling);
    pe_buf_release(&told->texts);
    free(told);
}

static void spell(struct pe_told *told, const struct pe_read *read, struct pe_out *out)
{
    struct pe_evidence evidence = pe_trace_spell(told->snapshot, read, &told->spelling);

    out->buf.failed |= pe_buf_failed(&told->spelling.pointer);
    out->buf.failed |= pe_buf_failed(&told->spelling.value);
    pe_out_string(out, evidence.pointer);
    pe_out_string(out, evidence.value);
    pe_out_u64(out, (uint64_t)evidence.count);
    pe_out_u32(out, evidence.absent);
    pe_out_place(out, evidence.place);
}

/* A number of its own for each node and how it was read: there are less than 2^28 nodes. */
static uint32_t number_of(const struct pe_read *read)
{
    return 1 + read->node * 2 + (read->kind == PE_READ_COUNT);
}

/* Neighbours have slots of their own; what falls into the slot of another takes its place. */
static void keep(struct pe_told *told, struct slot *slot, uint32_t read, const char *bytes,
                 size_t length)
{
    if (told->texts.length + length > MOST_BYTES || pe_buf_failed(&told->texts))
        return;
    *slot = (struct slot){read, (uint32_t)told->texts.length, (uint32_t)length};
    pe_buf_add(&told->texts, bytes, length);
    if (pe_buf_failed(&told->texts))
        slot->read = 0;
}

static void write_read(struct pe_told *told, const struct pe_read *read, struct pe_out *out)
{
    uint32_t number = number_of(read);
    struct slot *slot = &told->slots[number % SLOTS];
    size_t at = out->buf.length;

    if (read->kind == PE_READ_ABSENT) {
        spell(told, read, out);
        return;
    }
    if (slot->read == number) {
        pe_buf_add(&out->buf, told->texts.data + slot->from, slot->length);
        return;
    }
    spell(told, read, out);
    if (!pe_buf_failed(&out->buf))
        keep(told, slot, number, out->buf.data + at, out->buf.length - at);
}

void pe_told_write(struct pe_told *told, const struct pe_trace *trace, struct pe_out *out)
{
    pe_out_u64(out, trace->evidence_total);
    pe_out_u32(out, (uint32_t)trace->evidence_count);
    for (size_t i = 0; i < trace->evidence_count; i++)
        write_read(told, &trace->evidence[i], out);
}
