/* names.h: finds the global names that a file uses.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A misspelt global name is nil at run time, and a nil is easily mistaken for "not there". So the
 * names that a file uses are found in its compiled code, before anything runs: what is not a name
 * of the sandbox is refused, with the line.
 */
#ifndef PE_LUA_NAMES_H
#define PE_LUA_NAMES_H

#include "lua/dump.h"
#include "lua/reader.h"

/* Fails the reader for a name that the table of names at the given stack index lacks, for an
 * assignment to one, and for any other use of _ENV. */
void pe_names_check(struct pe_reader *reader, int names, const struct pe_proto *p);

#endif
