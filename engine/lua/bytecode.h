/* bytecode.h: looks at the code that the compiler made of a policy, before anything of it runs.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every file of a pack comes by here: its global names are looked up (names.h), and code that a
 * release of Lua compiles wrongly is refused (codecheck.h). Both read the dump of our own compiler
 * (dump.h), which may change with any release of Lua: so the release that runs must be one that
 * the checks were run against, and the dump of a known text must read as expected.
 */
#ifndef PE_LUA_BYTECODE_H
#define PE_LUA_BYTECODE_H

#include "lua/reader.h"

/* Refuses a release of Lua that the checks were not run against (tests/long/codecheck.test.py),
 * unless the build has the option PE_LUA_ANY_RELEASE, and one whose dumps do not read as expected.
 * Once for a process, before pe_bytecode_check. 0, or -1 with the reader failed. */
int pe_bytecode_self_test(struct pe_reader *reader);

/* Whether the text of lua_ident names such a release. */
bool pe_bytecode_knows_release(const char *ident);

/* Checks the function at the top of the stack, which stays there, against the names of the table
 * of names at the given index. 0, or -1 with the reader failed. */
int pe_bytecode_check(struct pe_reader *reader, int names);

#endif
