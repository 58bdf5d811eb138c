/* control_load.h: reads what a control declares, and its rules.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_LUA_CONTROL_LOAD_H
#define PE_LUA_CONTROL_LOAD_H

#include "lua/reader.h"
#include "pack.h"

/* Reads the table at the top of the stack into the control, whose id is known, as are the words of
 * the pack that it may use. What is wrong is in the reader. */
void pe_control_read(struct pe_reader *reader, const struct pe_pack_def *pack,
                     struct pe_control_def *control);

#endif
