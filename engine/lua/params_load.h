/* params_load.h: reads what parameters a control declares.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_LUA_PARAMS_LOAD_H
#define PE_LUA_PARAMS_LOAD_H

#include "lua/reader.h"
#include "pack.h"

/* Reads `params` of the table at index, with their defaults, in the order of their names. What is
 * wrong is in the reader. */
void pe_params_read(struct pe_reader *reader, int index, struct pe_control_def *control);

#endif
