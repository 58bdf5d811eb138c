/* areas_load.h: reads the areas that pack.lua declares.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_LUA_AREAS_LOAD_H
#define PE_LUA_AREAS_LOAD_H

#include "lua/reader.h"
#include "pack.h"

/* Reads `collected`, `guide` and `areas` of the table at index. What is wrong is in the reader. */
void pe_areas_read(struct pe_reader *reader, int index, struct pe_pack_def *pack);

/* Refuses areas that are not the words which the model, that was read since, allows in the list. */
void pe_areas_check(struct pe_reader *reader, const struct pe_pack_def *pack);

#endif
