/* math.c: Lua's arithmetic functions, of numbers only: a string does not turn into one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "lua/lualib.h"

static lua_Number number_of(lua_State *L, int index)
{
    luaL_checktype(L, index, LUA_TNUMBER);
    return lua_tonumber(L, index);
}

static void push_whole(lua_State *L, lua_Number number)
{
    lua_Integer whole;

    if (lua_numbertointeger(number, &whole))
        lua_pushinteger(L, whole);
    else
        lua_pushnumber(L, number); /* beyond 64 bits, or no number */
}

static int math_floor(lua_State *L)
{
    lua_Number number = number_of(L, 1);

    if (lua_isinteger(L, 1))
        lua_pushvalue(L, 1);
    else
        push_whole(L, floor(number));
    return 1;
}

static int math_ceil(lua_State *L)
{
    lua_Number number = number_of(L, 1);

    if (lua_isinteger(L, 1))
        lua_pushvalue(L, 1);
    else
        push_whole(L, ceil(number));
    return 1;
}

static int math_abs(lua_State *L)
{
    lua_Number number = number_of(L, 1);
    lua_Integer whole;

    if (!lua_isinteger(L, 1)) {
        lua_pushnumber(L, fabs(number));
        return 1;
    }
    whole = lua_tointeger(L, 1);
    lua_pushinteger(L, whole < 0 ? (lua_Integer)(0u - (lua_Unsigned)whole) : whole);
    return 1;
}

/* The greatest of the arguments, or the least. */
static int extreme(lua_State *L, bool greatest)
{
    int count = lua_gettop(L), best = 1;

    pe_vm_charge(L, (size_t)count);
    number_of(L, 1);
    for (int i = 2; i <= count; i++) {
        number_of(L, i);
        if (greatest ? lua_compare(L, best, i, LUA_OPLT) : lua_compare(L, i, best, LUA_OPLT))
            best = i;
    }
    lua_pushvalue(L, best);
    return 1;
}

static int math_max(lua_State *L)
{
    return extreme(L, true);
}

static int math_min(lua_State *L)
{
    return extreme(L, false);
}

static int math_tointeger(lua_State *L)
{
    int whole = 0;
    lua_Integer number = 0;

    luaL_checkany(L, 1);
    if (lua_type(L, 1) == LUA_TNUMBER)
        number = lua_tointegerx(L, 1, &whole);
    if (whole)
        lua_pushinteger(L, number);
    else
        luaL_pushfail(L);
    return 1;
}

static int math_type(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_type(L, 1) != LUA_TNUMBER)
        luaL_pushfail(L);
    else
        lua_pushstring(L, lua_isinteger(L, 1) ? "integer" : "float");
    return 1;
}

static void add_constants(lua_State *L)
{
    lua_pushnumber(L, (lua_Number)HUGE_VAL);
    lua_setfield(L, -2, "huge");
    lua_pushinteger(L, LUA_MAXINTEGER);
    lua_setfield(L, -2, "maxinteger");
    lua_pushinteger(L, LUA_MININTEGER);
    lua_setfield(L, -2, "mininteger");
}

static const struct pe_luafn functions[] = {
    {"floor", math_floor, "(number) -> number", "The greatest whole number that is not above."},
    {"ceil", math_ceil, "(number) -> number", "The least whole number that is not below."},
    {"max", math_max, "(number, ...) -> number", "The greatest of its arguments."},
    {"min", math_min, "(number, ...) -> number", "The least of its arguments."},
    {"abs", math_abs, "(number) -> number", "The value without its sign."},
    {"tointeger", math_tointeger, "(value) -> integer or nil",
     "The integer that a number is, when it is one."},
    {"type", math_type, "(value) -> text or nil", "\"integer\", \"float\", or nil for no number."},
    {NULL, NULL, NULL, NULL},
};

const struct pe_lualib pe_lualib_math = {"math", functions, add_constants};
