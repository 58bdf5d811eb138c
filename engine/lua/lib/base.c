/* base.c: the functions of Lua itself that a policy may use, made deterministic and safe. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "lua/lualib.h"
#include "lua/order.h"
#include "lua/view.h"

/* nil where a value is needed: what follows ends the rule as unknown if something was missing. */
static int nil_given(lua_State *L, const char *function)
{
    return luaL_error(L, "%s was given a nil value", function);
}

/* ---- walking ---- */

static int next_element(lua_State *L)
{
    int64_t i = pe_arg_next_position(L);
    int64_t length = lua_tointeger(L, lua_upvalueindex(1));

    for (; i > 0 && i <= length; i++) {
        pe_vm_charge(L, 1);
        lua_pushinteger(L, i);
        pe_list_push(L, 1, i);
        if (!lua_isnil(L, -1))
            return 2;
        lua_pop(L, 2); /* a null or wrong element was recorded; the others are still checked */
    }
    return 0;
}

static int next_table_element(lua_State *L)
{
    int64_t i;

    if (lua_type(L, 1) == LUA_TTABLE && lua_isinteger(L, 2)) { /* called by a loop */
        i = lua_tointeger(L, 2);
        i = i < 0 || i == LUA_MAXINTEGER ? 0 : i + 1;
    } else {
        i = pe_arg_next_position(L);
        luaL_checktype(L, 1, LUA_TTABLE);
    }
    pe_vm_charge(L, 1);
    lua_pushinteger(L, i);
    return i == 0 || lua_rawgeti(L, 1, i) == LUA_TNIL ? 0 : 2;
}

static int base_ipairs(lua_State *L)
{
    int64_t length;

    if (lua_isnoneornil(L, 1))
        return nil_given(L, "ipairs");
    lua_settop(L, 1);
    if (lua_type(L, 1) == LUA_TTABLE) {
        lua_pushcfunction(L, next_table_element);
    } else {
        length = pe_list_length(L, 1);
        lua_pushinteger(L, length < 0 ? 0 : length);
        lua_pushcclosure(L, next_element, 1);
    }
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

/* Members in the order of the document. The control variable is the key; where it stands is kept
 * in an upvalue, for looking it up again would read it again. */
static int next_member(lua_State *L)
{
    struct pe_vm *vm = pe_vm_of(L);
    const struct pe_node *key = lua_touserdata(L, lua_upvalueindex(1));

    for (; key != NULL;) {
        const struct pe_node *value = key + 1;
        const struct pe_node *after = pe_json_next(&vm->snapshot->json, value);
        pe_vm_charge(L, 1);
        lua_pushlightuserdata(L, (void *)after);
        lua_replace(L, lua_upvalueindex(1));
        pe_view_push_key(L, key);
        pe_view_push(L, value);
        if (!lua_isnil(L, -1))
            return 2;
        lua_pop(L, 2);
        key = after;
    }
    return 0;
}

static int pairs_of_view(lua_State *L, const struct pe_node *node)
{
    struct pe_vm *vm = pe_vm_of(L);

    if (pe_node_type(node) == PE_LIST)
        return base_ipairs(L);
    pe_trace_container(vm->trace, pe_snapshot_number(vm->snapshot, node));
    lua_pushlightuserdata(L, (void *)pe_json_first(&vm->snapshot->json, node));
    lua_pushcclosure(L, next_member, 1);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

/* Upvalues: the keys in order, the next position. */
static int next_sorted(lua_State *L)
{
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));

    luaL_checktype(L, 1, LUA_TTABLE);
    for (;; i++) {
        pe_vm_charge(L, 1);
        if (lua_rawgeti(L, lua_upvalueindex(1), i) == LUA_TNIL)
            return 0;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL)
            break;
        lua_pop(L, 2); /* taken out of the table meanwhile */
    }
    lua_pushinteger(L, i + 1);
    lua_replace(L, lua_upvalueindex(2));
    return 2;
}

static int base_pairs(lua_State *L)
{
    const struct pe_node *node = pe_view_node(L, 1);

    if (lua_isnoneornil(L, 1))
        return nil_given(L, "pairs");
    lua_settop(L, 1);
    if (node != NULL)
        return pairs_of_view(L, node);
    if (lua_type(L, 1) == LUA_TSTRING) {
        pe_list_length(L, 1); /* records that a list was expected */
        lua_createtable(L, 0, 0);
        lua_replace(L, 1);
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    pe_sorted_keys(L, 1);
    lua_pushinteger(L, 1);
    lua_pushcclosure(L, next_sorted, 2);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

/* Lua's next has the order of chance; this one sorts, so it is for asking whether a table is empty
 * rather than for walking it. */
static int base_next(lua_State *L)
{
    lua_Integer i = 0;

    if (pe_view_node(L, 1) != NULL)
        return luaL_error(L, "next cannot walk the snapshot: use pairs, or is_empty");
    if (lua_isnoneornil(L, 1))
        return nil_given(L, "next");
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    pe_sorted_keys(L, 1);
    while (!lua_isnil(L, 2) && lua_rawgeti(L, 3, ++i) != LUA_TNIL && !lua_rawequal(L, -1, 2))
        lua_pop(L, 1);
    if (lua_rawgeti(L, 3, i + 1) == LUA_TNIL)
        return 1;
    lua_pushvalue(L, -1);
    lua_rawget(L, 1);
    return 2;
}

/* ---- values ---- */

static int base_type(lua_State *L)
{
    luaL_checkany(L, 1);
    if (pe_view_node(L, 1) != NULL)
        lua_pushliteral(L, "table");
    else
        lua_pushstring(L, luaL_typename(L, 1));
    return 1;
}

static int base_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    pe_push_text(L, 1);
    return 1;
}

enum { MAX_NUMBER_TEXT = 64 };

static int base_tonumber(lua_State *L)
{
    size_t length;
    const char *text;

    luaL_checkany(L, 1);
    if (lua_type(L, 1) == LUA_TNUMBER) {
        lua_settop(L, 1);
        return 1;
    }
    if (lua_type(L, 1) != LUA_TSTRING)
        return luaL_pushfail(L), 1;
    text = lua_tolstring(L, 1, &length);
    if (length > MAX_NUMBER_TEXT || lua_stringtonumber(L, text) != length + 1)
        luaL_pushfail(L);
    return 1;
}

static int base_select(lua_State *L)
{
    int count = lua_gettop(L);
    lua_Integer n;

    if (lua_type(L, 1) == LUA_TSTRING && *lua_tostring(L, 1) == '#') {
        lua_pushinteger(L, count - 1);
        return 1;
    }
    n = pe_arg_whole(L, 1);
    if (n < 0)
        n = count + n;
    else if (n > count)
        n = count;
    luaL_argcheck(L, n >= 1, 1, "index out of range");
    return count - (int)n;
}

/* ---- errors ---- */

static int base_error(lua_State *L)
{
    lua_Integer level = pe_arg_whole_or(L, 2, 1);

    lua_settop(L, 1);
    if (lua_type(L, 1) == LUA_TSTRING && level > 0 && level < 10) {
        luaL_where(L, (int)level);
        lua_pushvalue(L, 1);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int base_assert(lua_State *L)
{
    if (lua_toboolean(L, 1))
        return lua_gettop(L);
    luaL_checkany(L, 1);
    if (lua_gettop(L) > 1 && !lua_isnil(L, 2)) {
        lua_settop(L, 2);
        return lua_error(L);
    }
    return luaL_error(L, lua_isnil(L, 1) ? "assert was given a nil value" : "assertion failed!");
}

/* Catches what a policy raised, and nothing that ended its rule. */
static int base_pcall(lua_State *L)
{
    struct pe_vm *vm = pe_vm_of(L);
    int status;

    luaL_checkany(L, 1);
    status = pe_vm_call(vm, lua_gettop(L) - 1, LUA_MULTRET);
    pe_vm_check(L);
    lua_pushboolean(L, status == LUA_OK);
    lua_insert(L, 1);
    return lua_gettop(L);
}

static const struct pe_luafn functions[] = {
    {"ipairs", base_ipairs, "(list) -> iterator of position, element",
     "Walks a list; a null element is recorded and passed over, an empty list of the snapshot is "
     "recorded unless maybe_empty() allowed it."},
    {"pairs", base_pairs, "(table) -> iterator of key, value",
     "Walks members: of the snapshot in the order of the document, of a Lua table sorted."},
    {"next", base_next, "(table, key) -> key, value",
     "The first member of a Lua table, or the one after a key, sorted; not for the snapshot."},
    {"type", base_type, "(value) -> string", "The type of a value; lists and objects are tables."},
    {"tostring", base_tostring, "(value) -> string", "A value as text, without addresses."},
    {"tonumber", base_tonumber, "(value) -> number or nil",
     "The number that a text of at most 64 bytes spells."},
    {"select", base_select, "(n or \"#\", ...) -> ...", "Lua's select."},
    {"error", base_error, "(message)", "Ends the rule as an error."},
    {"assert", base_assert, "(value, message) -> ...", "Raises unless the value is true."},
    {"pcall", base_pcall, "(function, ...) -> boolean, ...",
     "Catches errors; a limit, or what ended the rule, cannot be caught."},
    {NULL, NULL, NULL, NULL},
};

const struct pe_lualib pe_lualib_base = {"", functions, NULL};
