/* claims_load.h: reads a pack's claims.lua.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_LUA_CLAIMS_LOAD_H
#define PE_LUA_CLAIMS_LOAD_H

#include "lua/reader.h"
#include "pack.h"

/* Reads the list of sets at the top of the stack into the pack, whose services are known, and
 * makes their digests. What is wrong is in the reader. */
void pe_claims_read(struct pe_reader *reader, struct pe_pack_def *pack);

#endif
