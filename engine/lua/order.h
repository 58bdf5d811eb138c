/* order.h: what Lua leaves to chance, decided: the order of keys, and values as text.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_LUA_ORDER_H
#define PE_LUA_ORDER_H

#include "lua/vm.h"

/* Pushes a list of the table's keys: numbers, then strings by their bytes, then false, true. Any
 * other key raises. */
void pe_sorted_keys(lua_State *L, int index);

/* Sorts the list at the top of the stack in place, stably, by the function at the given index (0:
 * by <). Ends for every comparator, and takes at most n log n calls. */
void pe_sort_list(lua_State *L, int comparator, lua_Integer count);

/* Pushes a value as text: numbers without a locale, a view as its label, never an address. */
void pe_push_text(lua_State *L, int index);

#endif
