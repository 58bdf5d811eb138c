/* model_load.h: reads a pack's model.lua.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The file is run with the constructors of shapes as its only names (record, list, map, text,
 * enum, integer, number, boolean, format, ref, nullable) and returns the record of the root. A
 * local that is used twice is one shape.
 */
#ifndef PE_LUA_MODEL_LOAD_H
#define PE_LUA_MODEL_LOAD_H

#include "lua/reader.h"
#include "model.h"

/* Pushes the table of constructors, sealed. */
void pe_model_push_names(lua_State *L);

/* Reads the table at the top of the stack and pops it. NULL when the reader failed. */
struct pe_model *pe_model_read(struct pe_reader *reader);

#endif
