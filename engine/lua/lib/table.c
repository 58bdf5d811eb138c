/* table.c: Lua's table functions, for tables of a policy and, reading, for lists of the snapshot.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/args.h"
#include "lua/order.h"
#include "lua/view.h"

enum { MAX_UNPACKED = 250 };

/* ---- arguments ---- */

static void need(lua_State *L, int index, const char *function)
{
    if (lua_isnoneornil(L, index))
        luaL_error(L, "%s was given a nil value", function);
}

/* The length of a table that may be written to: not of the snapshot, and not one that every rule
 * sees. */
static lua_Integer writable(lua_State *L, const char *function)
{
    need(L, 1, function);
    if (pe_view_node(L, 1) != NULL)
        luaL_error(L, "the snapshot cannot be written to");
    luaL_checktype(L, 1, LUA_TTABLE);
    if (lua_getmetatable(L, 1))
        luaL_error(L, "a table that is shared cannot be written to");
    return (lua_Integer)lua_rawlen(L, 1);
}

static lua_Integer readable(lua_State *L, const char *function)
{
    int64_t length;

    need(L, 1, function);
    length = pe_list_length(L, 1);
    return length < 0 ? 0 : length;
}

/* ---- reading ---- */

static void add_value(lua_State *L, luaL_Buffer *out, lua_Integer i)
{
    int type;

    pe_list_push(L, 1, i);
    type = lua_type(L, -1);
    if (type == LUA_TNIL)
        luaL_error(L, "concat was given a nil value (element %I)", (LUAI_UACINT)i);
    if (type != LUA_TSTRING && type != LUA_TNUMBER)
        luaL_error(L, "concat joins strings and numbers; element %I is a %s", (LUAI_UACINT)i,
                   pe_view_node(L, -1) != NULL ? "table" : lua_typename(L, type));
    pe_push_text(L, -1);
    lua_remove(L, -2);
    pe_args_add_value(L, out);
}

static int table_concat(lua_State *L)
{
    lua_Integer length = readable(L, "concat"), from, to;
    size_t between;
    const char *separator = luaL_optlstring(L, 2, "", &between);
    luaL_Buffer out;

    from = pe_arg_whole_or(L, 3, 1);
    to = pe_arg_whole_or(L, 4, length);
    luaL_buffinit(L, &out);
    for (lua_Integer i = from; i <= to; i++) {
        add_value(L, &out, i);
        if (i < to)
            pe_args_add(L, &out, separator, between);
        if (i == LUA_MAXINTEGER)
            break;
    }
    luaL_pushresult(&out);
    return 1;
}

static int table_unpack(lua_State *L)
{
    lua_Integer length = readable(L, "unpack");
    lua_Integer from = pe_arg_whole_or(L, 2, 1), to = pe_arg_whole_or(L, 3, length);

    if (from > to)
        return 0;
    if ((lua_Unsigned)to - (lua_Unsigned)from >= MAX_UNPACKED)
        return luaL_error(L, "unpack gives %d values at most", MAX_UNPACKED);
    luaL_checkstack(L, MAX_UNPACKED, "too many values");
    pe_vm_charge(L, (size_t)(to - from));
    for (lua_Integer i = from; i <= to; i++)
        pe_list_push(L, 1, i);
    return (int)(to - from + 1);
}

/* ---- writing ---- */

static int table_insert(lua_State *L)
{
    lua_Integer length = writable(L, "insert"), at;

    switch (lua_gettop(L)) {
    case 2:
        lua_rawseti(L, 1, length + 1);
        return 0;
    case 3:
        at = pe_arg_whole(L, 2);
        luaL_argcheck(L, at >= 1 && at <= length + 1, 2, "position out of bounds");
        break;
    default:
        return luaL_error(L, "wrong number of arguments to 'insert'");
    }
    pe_vm_charge(L, (size_t)(length + 1 - at));
    for (lua_Integer i = length; i >= at; i--) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, 1, i + 1);
    }
    lua_rawseti(L, 1, at);
    return 0;
}

static int table_remove(lua_State *L)
{
    lua_Integer length = writable(L, "remove"), at = pe_arg_whole_or(L, 2, length);

    if (lua_gettop(L) > 1)
        luaL_argcheck(L, at >= (length == 0 ? 0 : 1) && at <= length + 1, 2,
                      "position out of bounds");
    if (at < length)
        pe_vm_charge(L, (size_t)(length - at));
    lua_rawgeti(L, 1, at);
    for (; at < length; at++) {
        lua_rawgeti(L, 1, at + 1);
        lua_rawseti(L, 1, at);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, at);
    return 1;
}

static int table_sort(lua_State *L)
{
    lua_Integer length = writable(L, "sort");
    bool by_function = !lua_isnoneornil(L, 2);

    if (by_function)
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_pushvalue(L, 1);
    pe_sort_list(L, by_function ? 2 : 0, length);
    return 0;
}

static const struct pe_luafn functions[] = {
    {"concat", table_concat, "(list, separator, i, j) -> text",
     "Joins strings and numbers of a list, also of the snapshot."},
    {"insert", table_insert, "(table, position, value)",
     "Inserts a value, at the end unless a position is given."},
    {"remove", table_remove, "(table, position) -> value",
     "Takes out a value, the last unless a position is given."},
    {"sort", table_sort, "(table, before)",
     "Sorts in place, stably, by < or by a function that says what comes before."},
    {"unpack", table_unpack, "(list, i, j) -> ...",
     "The elements of a list, also of the snapshot; 250 at most."},
    {NULL, NULL, NULL, NULL},
};

const struct pe_lualib pe_lualib_table = {"table", functions, NULL};
