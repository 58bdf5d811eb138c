/* test_value.h: values that tests write in Lua, as JSON.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_LUA_TEST_VALUE_H
#define PE_LUA_TEST_VALUE_H

#include "lua/reader.h"

/* Pushes the table of the names that tests have: null, empty_list, empty_object, and of Lua's own
 * those that build tables and texts. */
void pe_test_value_push_names(lua_State *L);

/* The JSON text of the value on top of the stack, which stays: a sequence is a list, any other
 * table an object with its keys sorted. NULL, the reader failed at the key, for what is no JSON: a
 * function, {} (is it a list?), a table that mixes both, a number that is not finite. */
const char *pe_test_value(struct pe_reader *reader, const char *key);

#endif
