/* mutant_impl.h: what mutant.c, mutant_limit.c, mutant_list.c and mutant_sample.c share; not for
 * others.
 * SPDX-License-Identifier: Apache-2.0
 *
 * mutant.c goes by what there is; each of the others knows one kind of value. Texts are JSON
 * and lie in the arena of the mutants; none that is given is NULL.
 */
#ifndef PE_MUTANT_IMPL_H
#define PE_MUTANT_IMPL_H

#include "mutant.h"

/* ---- what is there ---- */

/* The field that a node is the value of; NULL without one. */
const struct pe_field *pe_mutant_field(const struct pe_snapshot *snapshot, uint32_t node);

/* What may stand there when it is not null; NULL for NULL. */
const struct pe_shape *pe_mutant_plain_shape(const struct pe_shape *shape);

/* A value as it stands in the document. */
const char *pe_mutant_text_of(struct pe_mutants *m, const struct pe_node *node);

const char *pe_mutant_quoted(struct pe_mutants *m, const char *word);

/* What an arena gave as the text of a value; where it has failed, another one, for nobody to see.
 */
const char *pe_mutant_given(const char *json);

/* ---- adding ---- */

void pe_mutant_add(struct pe_mutants *m, struct pe_mutant mutant);

/* Another value, told as it is; not if it is NULL, the one that is there, or was added before. */
void pe_mutant_add_value(struct pe_mutants *m, uint32_t node, const char *json);

/* The same with one more, or_json, to notice either of which is enough; now tells both. */
void pe_mutant_add_either(struct pe_mutants *m, uint32_t node, const char *json,
                          const char *or_json, const char *now);

/* ---- kinds; shape: without NULLABLE, NULL where the model says nothing ---- */

void pe_mutant_add_numbers(struct pe_mutants *m, uint32_t node, const struct pe_shape *shape);

/* Of a string that is a time or a date; false when it is none. */
bool pe_mutant_add_times(struct pe_mutants *m, uint32_t node, const char *bytes, size_t length);

void pe_mutant_add_list(struct pe_mutants *m, uint32_t list, const struct pe_shape *shape);

/* A value as the model wants it. */
const char *pe_mutant_sample(struct pe_mutants *m, const struct pe_shape *shape);

#endif
