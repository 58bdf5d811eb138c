/* order.c: what Lua leaves to chance, decided: the order of keys, and values as text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/order.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lua/slots.h"
#include "lua/view.h"

/* ---- sorting ---- */

static int rank(int type)
{
    return type == LUA_TNUMBER ? 0 : type == LUA_TSTRING ? 1 : 2;
}

static bool string_before(lua_State *L, int a, int b)
{
    size_t a_length, b_length;
    const char *a_text = lua_tolstring(L, a, &a_length), *b_text = lua_tolstring(L, b, &b_length);
    size_t shorter = a_length < b_length ? a_length : b_length;
    int order = memcmp(a_text, b_text, shorter);

    pe_vm_charge(L, shorter / 64);
    return order != 0 ? order < 0 : a_length < b_length;
}

/* The order of keys: total over numbers, strings and booleans. */
static bool key_before(lua_State *L, int a, int b)
{
    int a_type = lua_type(L, a), b_type = lua_type(L, b);

    if (a_type != b_type)
        return rank(a_type) < rank(b_type);
    if (a_type == LUA_TNUMBER)
        return lua_compare(L, a, b, LUA_OPLT);
    if (a_type == LUA_TSTRING)
        return string_before(L, a, b);
    return !lua_toboolean(L, a) && lua_toboolean(L, b);
}

enum { BY_KEY = -1, BY_VALUE = 0 };

/* Whether the value on top comes before the one below it. */
static bool top_before(lua_State *L, int comparator)
{
    bool before;

    if (comparator == BY_KEY)
        return key_before(L, -1, -2);
    if (comparator == BY_VALUE) {
        if (lua_type(L, -1) == LUA_TSTRING && lua_type(L, -2) == LUA_TSTRING)
            return string_before(L, -1, -2);
        return lua_compare(L, -1, -2, LUA_OPLT);
    }
    lua_pushvalue(L, comparator);
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -4);
    lua_call(L, 2, 1);
    before = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return before;
}

/* Merges from[low, middle) and from[middle, high) into to. */
static void merge(lua_State *L, int comparator, int from, int to, lua_Integer low,
                  lua_Integer middle, lua_Integer high)
{
    lua_Integer left = low, right = middle;
    bool take_right;

    for (lua_Integer i = low; i < high; i++) {
        pe_vm_charge(L, 1);
        take_right = left >= middle;
        if (left < middle && right < high) {
            lua_rawgeti(L, from, left);
            lua_rawgeti(L, from, right);
            take_right = top_before(L, comparator);
            lua_pop(L, 2);
        }
        lua_rawgeti(L, from, take_right ? right++ : left++);
        lua_rawseti(L, to, i);
    }
}

void pe_sort_list(lua_State *L, int comparator, lua_Integer count)
{
    int list = lua_gettop(L), other, from = list, to;

    lua_createtable(L, count < 1 << 20 ? (int)count : 0, 0);
    to = other = lua_gettop(L);
    for (lua_Integer width = 1; width < count; width *= 2) {
        for (lua_Integer low = 1; low <= count; low += 2 * width) {
            lua_Integer middle = low + width, high = low + 2 * width;
            merge(L, comparator, from, to, low, middle < count + 1 ? middle : count + 1,
                  high < count + 1 ? high : count + 1);
        }
        to = from;
        from = from == list ? other : list;
    }
    for (lua_Integer i = 1; from != list && i <= count; i++) {
        lua_rawgeti(L, from, i);
        lua_rawseti(L, list, i);
    }
    lua_settop(L, list);
}

void pe_sorted_keys(lua_State *L, int index)
{
    lua_Integer count = 0;
    int type;

    index = lua_absindex(L, index);
    pe_slots_charge(L, index);
    lua_createtable(L, 0, 0);
    lua_pushnil(L);
    while (lua_next(L, index) != 0) {
        pe_vm_charge(L, 1);
        lua_pop(L, 1);
        type = lua_type(L, -1);
        if (type != LUA_TNUMBER && type != LUA_TSTRING && type != LUA_TBOOLEAN)
            luaL_error(L, "pairs takes tables whose keys are numbers, strings or booleans, not %s",
                       lua_typename(L, type));
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, ++count);
    }
    pe_sort_list(L, BY_KEY, count);
}

/* ---- text ---- */

static void push_float(lua_State *L, lua_Number number)
{
    char text[64];

    if (isnan(number))
        lua_pushliteral(L, "nan");
    else if (isinf(number))
        lua_pushstring(L, number > 0 ? "inf" : "-inf");
    else {
        snprintf(text, sizeof text, "%.14g", number);
        lua_pushstring(L, text);
    }
}

static void push_label(lua_State *L, const struct pe_node *node)
{
    struct pe_vm *vm = pe_vm_of(L);
    struct pe_buf label = {0};
    const char *text;

    pe_snapshot_label(vm->snapshot, pe_snapshot_number(vm->snapshot, node), &label);
    text = pe_arena_take(vm->arena, &label);
    lua_pushstring(L, text == NULL ? "" : text);
}

void pe_push_text(lua_State *L, int index)
{
    const struct pe_node *node = pe_view_node(L, index);

    if (node != NULL)
        push_label(L, node);
    else if (lua_type(L, index) == LUA_TSTRING)
        lua_pushvalue(L, index);
    else if (lua_isinteger(L, index))
        lua_pushfstring(L, "%I", (LUAI_UACINT)lua_tointeger(L, index));
    else if (lua_type(L, index) == LUA_TNUMBER)
        push_float(L, lua_tonumber(L, index));
    else if (lua_type(L, index) == LUA_TBOOLEAN)
        lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
    else
        lua_pushstring(L, luaL_typename(L, index));
}
