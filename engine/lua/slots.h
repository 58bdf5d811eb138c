/* slots.h: how much work it is to look for the keys of a table.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A table that was filled and emptied again keeps its room, and lua_next looks through all of it
 * for a key. Lua does not tell how much that is, so the head of its struct is read (lobject.h of
 * 5.4); the self-test finds out whether it is laid out so.
 */
#ifndef PE_LUA_SLOTS_H
#define PE_LUA_SLOTS_H

#include "lua/vm.h"

/* Pays for one look through the table at index. */
void pe_slots_charge(lua_State *L, int index);

/* Whether tables are laid out as expected. */
bool pe_slots_self_test(lua_State *L);

#endif
