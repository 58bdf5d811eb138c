/* lualib.c: how helpers take their arguments: what they cannot use is recorded, not raised. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/lualib.h"

#include <math.h>

#include "lua/view.h"

static struct pe_text kind_of(lua_State *L, int index)
{
    static const struct pe_text kinds[] = {
        [LUA_TNIL] = {"nothing", "値なし"},     [LUA_TBOOLEAN] = {"a boolean", "真偽値"},
        [LUA_TNUMBER] = {"a number", "数値"},   [LUA_TSTRING] = {"a string", "文字列"},
        [LUA_TTABLE] = {"a table", "テーブル"}, [LUA_TFUNCTION] = {"a function", "関数"},
    };
    const struct pe_node *node = pe_view_node(L, index);
    int type = lua_type(L, index);

    if (node != NULL)
        return pe_node_kind(node);
    return type < 0 || type > LUA_TFUNCTION || kinds[type].en == NULL ? kinds[LUA_TNIL]
                                                                      : kinds[type];
}

int pe_arg_unusable(lua_State *L, int index, struct pe_text why)
{
    struct pe_vm *vm = pe_vm_of(L);
    const struct pe_node *node = pe_view_node(L, index);
    const char *bytes;
    size_t length;

    if (vm->trace == NULL)
        return luaL_error(L, "bad argument #%d: %s", index, why.en);
    pe_vm_charge(L, PE_FUEL_REASON);
    if (node != NULL) {
        pe_trace_unusable(vm->trace, PE_SAY_UNUSABLE, pe_snapshot_number(vm->snapshot, node), why);
    } else if (lua_type(L, index) == LUA_TSTRING) {
        bytes = lua_tolstring(L, index, &length);
        pe_trace_unusable_text(vm->trace, bytes, length, why);
    } else if (!(lua_isnoneornil(L, index) && vm->trace->window_missing)) {
        pe_trace_no_value(vm->trace, pe_say_texts(vm->arena, PE_SAY_NO_VALUE, why,
                                                  (struct pe_text){0}, (struct pe_text){0}));
    }
    lua_pushnil(L);
    return 1;
}

/* Pushes nothing: the caller has a bool to say it with. */
static bool unexpected(lua_State *L, int index, const char *what)
{
    struct pe_text why =
        pe_say_texts(pe_vm_of(L)->arena, PE_SAY_EXPECTED, (struct pe_text){what, what},
                     kind_of(L, index), (struct pe_text){0});

    pe_arg_unusable(L, index, why);
    lua_pop(L, 1);
    return false;
}

lua_Integer pe_arg_whole(lua_State *L, int index)
{
    luaL_checktype(L, index, LUA_TNUMBER);
    return luaL_checkinteger(L, index);
}

lua_Integer pe_arg_whole_or(lua_State *L, int index, lua_Integer otherwise)
{
    return lua_isnoneornil(L, index) ? otherwise : pe_arg_whole(L, index);
}

lua_Integer pe_arg_next_position(lua_State *L)
{
    lua_Integer position = lua_isinteger(L, 2) ? lua_tointeger(L, 2) : pe_arg_whole(L, 2);

    if (lua_type(L, 1) != LUA_TTABLE && pe_view_node(L, 1) == NULL)
        luaL_checktype(L, 1, LUA_TTABLE);
    if (lua_gettop(L) != 2)
        lua_settop(L, 2);
    return position < 0 || position == LUA_MAXINTEGER ? 0 : position + 1;
}

int64_t pe_list_length(lua_State *L, int index, const char *what)
{
    struct pe_vm *vm = pe_vm_of(L);
    const struct pe_node *node = pe_view_node(L, index);

    if (lua_type(L, index) == LUA_TTABLE)
        return (int64_t)lua_rawlen(L, index);
    if (node == NULL || pe_node_type(node) != PE_LIST) {
        unexpected(L, index, what);
        return -1;
    }
    pe_trace_container(vm->trace, pe_snapshot_number(vm->snapshot, node));
    return pe_node_count(node);
}

void pe_list_push(lua_State *L, int index, int64_t i)
{
    const struct pe_node *node = pe_view_node(L, index), *element;

    if (node == NULL) {
        lua_rawgeti(L, index, i);
        return;
    }
    element = pe_json_element(&pe_vm_of(L)->snapshot->json, node, (uint32_t)(i - 1));
    if (element == NULL)
        lua_pushnil(L);
    else
        pe_view_push(L, element);
}
