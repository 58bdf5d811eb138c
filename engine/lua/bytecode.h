/* bytecode.h: looks at the code that the compiler made of a policy.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A misspelt global name is nil at run time, and a nil is easily mistaken for "not there". So the
 * names that a file uses are found in its compiled code, before anything runs: what is not a name
 * of the sandbox is refused, with the line. The code is our own compiler's, dumped by lua_dump
 * (format of Lua 5.4, ldump.c); a dump that does not read as expected is refused too.
 */
#ifndef PE_LUA_BYTECODE_H
#define PE_LUA_BYTECODE_H

#include "lua/reader.h"

/* Checks the function at the top of the stack, which stays there, against the names of the table
 * of names at the given index. 0, or -1 with the reader failed. */
int pe_bytecode_check(struct pe_reader *reader, int names);

#endif
