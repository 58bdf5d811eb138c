/* lualib.h: how a file in lua/lib/ offers its functions to policies.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An area is one file that ends in one const struct. Its rows are the one list of what a policy
 * may name: the sandbox is filled from them, and docs/helpers.md is written from them.
 */
#ifndef PE_LUA_LUALIB_H
#define PE_LUA_LUALIB_H

#include "lua/vm.h"

struct pe_luafn {
    const char *name;
    lua_CFunction call;
    const char *signature; /* "(list) -> boolean" */
    const char *doc;       /* one sentence */
};

struct pe_lualib {
    const char *area;                 /* "net": a table of that name; "": global functions */
    const struct pe_luafn *functions; /* ends in a NULL name */
    void (*constants)(lua_State *L);  /* adds fields to the table on top; NULL: none */
};

extern const struct pe_lualib *const pe_lualib_list[];
extern const size_t pe_lualib_list_count;

/* ---- arguments ---- */

/* A whole number argument of Lua's own functions, and the same when it may be left out. Raises for
 * anything else: unlike luaL_checkinteger, for a string that spells a number, too. */
lua_Integer pe_arg_whole(lua_State *L, int index);
lua_Integer pe_arg_whole_or(lua_State *L, int index, lua_Integer otherwise);

/* Of an iterator: where it walks on, after the position at index 2. 0 when there is nothing more.
 * An iterator is a value like any other, so it may be called with anything: it raises unless
 * index 1 is a table or a part of the snapshot. */
lua_Integer pe_arg_next_position(lua_State *L);

/* Records that an argument could not be used, with why; pushes nil and returns 1. */
int pe_arg_unusable(lua_State *L, int index, struct pe_text why);

/* The same of what lies at an index and is a part of an argument. */
int pe_arg_unusable_part(lua_State *L, int index, int argument, struct pe_text why);

/* The length of a list: a view, whose length is then a read, or a table. -1, recorded, for
 * anything else. */
int64_t pe_list_length(lua_State *L, int index);

/* Pushes element i (1-based) of a list; a null or invalid element is recorded and pushes nil. */
void pe_list_push(lua_State *L, int index, int64_t i);

#endif
