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

/* "time.age_days" */
static const char *name_of_running(lua_State *L)
{
    lua_CFunction running = NULL;
    lua_Debug ar;

    if (lua_getstack(L, 0, &ar) && lua_getinfo(L, "f", &ar)) {
        running = lua_tocfunction(L, -1);
        lua_pop(L, 1);
    }
    for (size_t i = 0; running != NULL && i < pe_lualib_list_count; i++)
        for (const struct pe_luafn *f = pe_lualib_list[i]->functions; f->name != NULL; f++)
            if (f->call == running)
                return pe_arena_printf(pe_vm_of(L)->arena, "%s%s%s", pe_lualib_list[i]->area,
                                       pe_lualib_list[i]->area[0] == '\0' ? "" : ".", f->name);
    return "a helper";
}

/* "accounts.lua:12: time.age_days cannot use argument 2: ..." */
static struct pe_text in_the_policy(lua_State *L, int argument, struct pe_text why)
{
    struct pe_vm *vm = pe_vm_of(L);
    struct pe_line_text at = pe_vm_line(L);
    const char *who, *number = pe_arena_printf(vm->arena, "%d", argument);

    who = pe_arena_printf(vm->arena, "%s%s%s", at.text, at.text[0] == '\0' ? "" : ": ",
                          name_of_running(L));
    return pe_say_texts(vm->arena, PE_SAY_NO_ARGUMENT, (struct pe_text){who, who},
                        (struct pe_text){number, number}, why);
}

static bool is_blamed(struct pe_vm *vm, lua_State *L, int index, struct pe_text why)
{
    const struct pe_node *node = pe_view_node(L, index);
    const char *bytes;
    size_t length;

    if (node != NULL) {
        pe_trace_unusable(vm->trace, PE_SAY_UNUSABLE, pe_snapshot_number(vm->snapshot, node), why);
        return true;
    }
    if (lua_type(L, index) != LUA_TSTRING)
        return lua_isnoneornil(L, index) && vm->trace->window_missing;
    bytes = lua_tolstring(L, index, &length);
    return pe_trace_unusable_text(vm->trace, bytes, length, why);
}

/* No read has the value, so the policy made it up; but a string may be that of a parameter. */
static void blame_policy(lua_State *L, int index, struct pe_text message)
{
    struct pe_trace *trace = pe_vm_of(L)->trace;

    if (lua_type(L, index) == LUA_TSTRING && (trace->params.bits[0] | trace->params.bits[1]) != 0)
        pe_trace_no_value(trace, message);
    else
        pe_trace_fault_text(trace, message);
}

int pe_arg_unusable_part(lua_State *L, int index, int argument, struct pe_text why)
{
    struct pe_vm *vm = pe_vm_of(L);

    if (vm->trace == NULL)
        return luaL_error(L, "bad argument #%d: %s", argument, why.en);
    pe_vm_charge(L, PE_FUEL_REASON);
    if (!is_blamed(vm, L, index, why))
        blame_policy(L, index, in_the_policy(L, argument, why));
    lua_pushnil(L);
    return 1;
}

int pe_arg_unusable(lua_State *L, int index, struct pe_text why)
{
    return pe_arg_unusable_part(L, index, index, why);
}

/* Pushes nothing: the caller has a number to say it with. */
static void no_list(lua_State *L, int index)
{
    static const struct pe_text list = {"a list", "リスト"};
    struct pe_text why = pe_say_texts(pe_vm_of(L)->arena, PE_SAY_EXPECTED, list, kind_of(L, index),
                                      (struct pe_text){0});

    pe_arg_unusable(L, index, why);
    lua_pop(L, 1);
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

int64_t pe_list_length(lua_State *L, int index)
{
    struct pe_vm *vm = pe_vm_of(L);
    const struct pe_node *node = pe_view_node(L, index);

    if (lua_type(L, index) == LUA_TTABLE)
        return (int64_t)lua_rawlen(L, index);
    if (node == NULL || pe_node_type(node) != PE_LIST) {
        no_list(L, index);
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
