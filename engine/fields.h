/* fields.h: a pack's model as a list of fields, for people.
 * SPDX-License-Identifier: Apache-2.0
 *
 * In the order of model.lua, each below its parent. A path is written as people write it:
 * "hosts[].listening[].port"; what has free keys has a "*" in place of the key.
 */
#ifndef PE_FIELDS_H
#define PE_FIELDS_H

#include "pack.h"

/* Called for each field; texts live in the arena. */
typedef void pe_fields_take(void *ud, const struct pe_field_info *field);

/* Nothing without a model. Errors: PE_ERR_MEMORY. */
int pe_fields_walk(const struct pe_pack_def *pack, struct pe_arena *arena, pe_fields_take *take,
                   void *ud, struct pe_err *err);

#endif
