/* model_impl.h: what model.c and model_scalar.c share; not for others.
 * SPDX-License-Identifier: Apache-2.0
 *
 * model.c walks the snapshot and its shapes side by side; model_scalar.c looks at one value that
 * holds no others, of a type that fits.
 */
#ifndef PE_MODEL_IMPL_H
#define PE_MODEL_IMPL_H

#include <string.h>

#include "ids.h"
#include "model.h"
#include "say.h"

/* A list that others refer to. */
struct pe_model_ids {
    const char *path;
    struct pe_ids ids;
};

struct pe_model_walk {
    const struct pe_model_check *check;
    struct pe_snapshot *snapshot;
    uint16_t *shapes;
    struct pe_snapshot_problem *problems;
    size_t count, room, total;
    size_t nulls; /* problems that were kept, and are about a value that is null */
    struct pe_model_ids *lists;
    size_t list_count, list_room;
    struct pe_arena arena; /* of the lists: nothing of it is needed afterwards */
    struct pe_buf scratch;
};

/* The value is wrong, and reads as absent: the sentence about it has one argument. */
void pe_model_wrong(struct pe_model_walk *walk, uint32_t node, enum pe_sentence sentence,
                    struct pe_text one);

/* The value of a number, the characters of a text, the elements of a list: low or high is said
 * when the shape has a bound that it passes. */
void pe_model_check_range(struct pe_model_walk *walk, uint32_t node, const struct pe_shape *shape,
                          double value, enum pe_sentence low, enum pe_sentence high);

void pe_model_check_string(struct pe_model_walk *walk, uint32_t node, const struct pe_shape *shape);
void pe_model_check_number(struct pe_model_walk *walk, uint32_t node, const struct pe_shape *shape);

/* Of bytes without a NUL; most words differ at once. */
static inline bool pe_model_is_same(const char *word, const char *bytes, size_t length)
{
    return length == 0
               ? *word == '\0'
               : *word == *bytes && strncmp(word, bytes, length) == 0 && word[length] == '\0';
}

#endif
