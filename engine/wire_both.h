/* wire_both.h: a record that is described once, for both of its ends.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A function that says what is in a record calls one of these for each field, and is run at both
 * ends: the worker's writes what the fields hold (pe_out_*), the parent's fills them (pe_in_*), so
 * that the two cannot drift apart. The worker's fields are not changed. What is read is in the
 * record's arena, and holds no more than wire.h promises: what else must be true of it, its
 * description checks where b->out is NULL. Errors: b->in->bad, after which all is zeros.
 */
#ifndef PE_WIRE_BOTH_H
#define PE_WIRE_BOTH_H

#include "wire.h"

struct pe_both {
    struct pe_out *out; /* NULL: it reads */
    struct pe_in *in;
};

void pe_both_u32(struct pe_both *b, uint32_t *value, uint32_t most);
void pe_both_size(struct pe_both *b, size_t *value);
void pe_both_flag(struct pe_both *b, bool *value);
void pe_both_string(struct pe_both *b, const char **value); /* may be NULL */
void pe_both_word(struct pe_both *b, const char **value);   /* may not */
void pe_both_text(struct pe_both *b, struct pe_text *value);
void pe_both_strings(struct pe_both *b, struct pe_strings *value);

/* Anywhere: the snapshot is not there to compare with. */
void pe_both_place(struct pe_both *b, struct pe_place *value);
void pe_both_sha256(struct pe_both *b, char hex[65]);

/* The closed words, as numbers below count; each enum is as wide as an int. */
#define PE_BOTH_WORD_OF(b, field, count)                                                           \
    do {                                                                                           \
        uint32_t value_ = (uint32_t)(field);                                                       \
        pe_both_u32((b), &value_, (uint32_t)(count)-1);                                            \
        (field) = value_;                                                                          \
    } while (0)

/* A list whose elements take at least so many bytes: its length, and on the parent's side the
 * array. NULL when there is nothing to walk. */
void *pe_both_list(struct pe_both *b, const void *items, size_t *count, size_t least, size_t each);

/* Whether there is a next element to tell of: it is written, or nothing was bad so far. */
bool pe_both_goes_on(const struct pe_both *b);

#endif
