/* data.c: how a policy says that data is optional, may be empty, or is selected. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/lualib.h"
#include "lua/message.h"
#include "lua/slots.h"
#include "lua/view.h"
#include "model.h"

/* The object and key that has(), get() and is_null() ask about; NULL, recorded, when what they
 * were given is no object. */
static const struct pe_node *object_of(lua_State *L, const char *function, const char **key,
                                       size_t *length)
{
    struct pe_vm *vm = pe_vm_of(L);
    const struct pe_node *node = pe_view_node(L, 1);

    *key = luaL_checklstring(L, 2, length);
    if (vm->trace == NULL)
        luaL_error(L, "%s() works inside check() only", function);
    if (lua_isnoneornil(L, 1))
        luaL_error(L, "%s was given a nil value", function);
    if (node != NULL && pe_node_type(node) == PE_OBJECT)
        return node;
    pe_arg_unusable(L, 1, (struct pe_text){"expected an object", "オブジェクトではありません"});
    lua_pop(L, 1);
    return NULL;
}

/* The member; when it is absent, records whether that is honest. */
static const struct pe_node *optional_member(lua_State *L, const struct pe_node *object,
                                             const char *key, size_t length)
{
    struct pe_vm *vm = pe_vm_of(L);
    const struct pe_node *value = pe_json_member(&vm->snapshot->json, object, key, length);
    uint32_t number = pe_snapshot_number(vm->snapshot, object);
    bool known, optional = pe_model_optional(vm->snapshot, number, key, length, &known);

    if (!known)
        pe_vm_misuse(L, lua_pushfstring(L, "the model has no field %s here", key));
    if (value == NULL && optional)
        pe_trace_optional(vm->trace, number, key, length);
    else if (value == NULL)
        pe_trace_absent(vm->trace, number, key, length);
    else
        pe_trace_asked(vm->trace, pe_snapshot_number(vm->snapshot, value));
    return value;
}

static int data_has(lua_State *L)
{
    struct pe_vm *vm = pe_vm_of(L);
    const char *key;
    size_t length;
    const struct pe_node *object = object_of(L, "has", &key, &length), *value = NULL;
    bool there;

    if (object != NULL)
        value = optional_member(L, object, key, length);
    there = value != NULL;
    if (there && pe_node_holds(value) && pe_node_flags(value) & PE_INVALID) {
        pe_trace_invalid(vm->trace, pe_snapshot_number(vm->snapshot, value));
        there = false;
    } else if (there && pe_node_holds(value)) {
        pe_trace_counted(vm->trace, pe_snapshot_number(vm->snapshot, value));
    } else if (there) {
        pe_view_push(L, value); /* records null and what is against the model */
        there = !lua_isnil(L, -1);
    }
    lua_pushboolean(L, there);
    return 1;
}

static int data_get(lua_State *L)
{
    const char *key;
    size_t length;
    const struct pe_node *object = object_of(L, "get", &key, &length), *value = NULL;

    lua_settop(L, 3);
    if (object != NULL)
        value = optional_member(L, object, key, length);
    if (value != NULL)
        pe_view_push(L, value);
    return 1;
}

static int data_is_null(lua_State *L)
{
    struct pe_vm *vm = pe_vm_of(L);
    const char *key;
    size_t length;
    const struct pe_node *object = object_of(L, "is_null", &key, &length), *value = NULL;

    if (object != NULL)
        value = optional_member(L, object, key, length);
    if (value != NULL && (pe_node_flags(value) & PE_INVALID) && pe_node_type(value) == PE_NULL)
        pe_trace_null(vm->trace,
                      pe_snapshot_number(vm->snapshot, value)); /* no honest answer here */
    else if (value != NULL && (pe_node_flags(value) & PE_INVALID))
        pe_trace_invalid(vm->trace, pe_snapshot_number(vm->snapshot, value));
    else if (value != NULL && !pe_node_holds(value))
        pe_trace_value(vm->trace, pe_snapshot_number(vm->snapshot, value));
    lua_pushboolean(L, value != NULL && pe_node_type(value) == PE_NULL);
    return 1;
}

static const struct pe_node *container_of(lua_State *L, const char *function)
{
    const struct pe_node *node = pe_view_node(L, 1);

    if (pe_vm_of(L)->trace == NULL)
        luaL_error(L, "%s() works inside check() only", function);
    if (lua_isnoneornil(L, 1))
        luaL_error(L, "%s was given a nil value", function);
    if (node == NULL && lua_type(L, 1) != LUA_TTABLE) {
        pe_arg_unusable(L, 1,
                        (struct pe_text){"expected a list or an object",
                                         "リストでもオブジェクトでもありません"});
        lua_pop(L, 1);
    }
    return node;
}

static int data_maybe_empty(lua_State *L)
{
    struct pe_vm *vm = pe_vm_of(L);
    const struct pe_node *node = container_of(L, "maybe_empty");

    if (node != NULL)
        pe_trace_allow_empty(vm->trace, pe_snapshot_number(vm->snapshot, node));
    lua_settop(L, 1);
    return 1;
}

static bool is_empty_table(lua_State *L)
{
    if (lua_type(L, 1) != LUA_TTABLE)
        return false;
    pe_slots_charge(L, 1);
    lua_pushnil(L);
    return lua_next(L, 1) == 0;
}

static int data_is_empty(lua_State *L)
{
    struct pe_vm *vm = pe_vm_of(L);
    const struct pe_node *node = container_of(L, "is_empty");

    if (node == NULL) {
        lua_pushboolean(L, is_empty_table(L));
        return 1;
    }
    pe_trace_counted(vm->trace, pe_snapshot_number(vm->snapshot, node));
    lua_pushboolean(L, pe_node_count(node) == 0);
    return 1;
}

/* ---- each ---- */

/* What stands in a table alone, when it is of the snapshot: the place of what was asked of it. */
static const struct pe_node *alone(lua_State *L)
{
    const struct pe_node *node;

    if (lua_type(L, 1) != LUA_TTABLE || lua_rawlen(L, 1) != 1)
        return NULL;
    lua_rawgeti(L, 1, 1);
    node = pe_view_node(L, -1);
    lua_pop(L, 1);
    return node;
}

static void none_selected(lua_State *L, const struct pe_node *list)
{
    enum pe_sentence sentence = PE_SAY_NONE_SELECTED;
    struct pe_vm *vm = pe_vm_of(L);
    struct pe_text what = {lua_tostring(L, lua_upvalueindex(2)),
                           lua_tostring(L, lua_upvalueindex(3))};

    if (vm->trace == NULL)
        return;
    what.en = pe_arena_str(vm->arena, what.en);
    what.ja = pe_arena_str(vm->arena, what.ja);
    if (list == NULL) {
        list = alone(L);
        sentence = PE_SAY_HAS_NOT;
    }
    if (list == NULL) {
        pe_trace_no_value(vm->trace, pe_say_texts(vm->arena, PE_SAY_NO_VALUE, what,
                                                  (struct pe_text){0}, (struct pe_text){0}));
        return;
    }
    pe_trace_unusable(vm->trace, sentence, pe_snapshot_number(vm->snapshot, list), what);
}

/* Upvalues: length, what (en), what (ja), predicate, how many were selected so far. */
static int next_selected(lua_State *L)
{
    int64_t length = lua_tointeger(L, lua_upvalueindex(1));
    int64_t selected = lua_tointeger(L, lua_upvalueindex(5));
    const struct pe_node *list = pe_view_node(L, 1);

    for (int64_t i = pe_arg_next_position(L); i > 0 && i <= length; i++) {
        pe_vm_charge(L, 1);
        lua_settop(L, 2);
        pe_list_push(L, 1, i);
        if (lua_isnil(L, 3))
            continue;
        lua_pushvalue(L, lua_upvalueindex(4));
        lua_pushvalue(L, 3);
        lua_call(L, 1, 1);
        if (!lua_toboolean(L, 4))
            continue;
        lua_pushinteger(L, selected + 1);
        lua_replace(L, lua_upvalueindex(5));
        lua_pushinteger(L, i);
        lua_pushvalue(L, 3);
        return 2;
    }
    if (selected == 0 && (length > 0 || list == NULL)) /* an empty list was told as such */
        none_selected(L, list);
    return 0;
}

static void push_what(lua_State *L, int index, const char *lang)
{
    if (lua_type(L, index) == LUA_TTABLE)
        lua_getfield(L, index, lang);
    else
        lua_pushvalue(L, index);
    if (lua_type(L, -1) != LUA_TSTRING)
        pe_vm_misuse(L, "each(list, what, predicate): what is a text, or { en = ..., ja = ... }");
}

static int data_each(lua_State *L)
{
    int64_t length;

    if (lua_isnoneornil(L, 1))
        return luaL_error(L, "each was given a nil value");
    luaL_checktype(L, 3, LUA_TFUNCTION);
    length = pe_list_length(L, 1);
    lua_pushinteger(L, length < 0 ? 0 : length);
    push_what(L, 2, "en");
    push_what(L, 2, "ja");
    lua_pushvalue(L, 3);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_selected, 5);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

static const struct pe_luafn functions[] = {
    {"has", data_has, "(object, name) -> boolean",
     "Whether an optional member is there; null, or a wrong value, makes the rule unknown."},
    {"get", data_get, "(object, name, default) -> value",
     "An optional member, or the default when it is absent."},
    {"is_null", data_is_null, "(object, name) -> boolean",
     "Whether a member is null, where null is an honest value."},
    {"maybe_empty", data_maybe_empty, "(list) -> list",
     "Says that a list may be empty, so that walking it then is no gap."},
    {"is_empty", data_is_empty, "(list) -> boolean", "Whether a list or object is empty."},
    {"each", data_each, "(list, what, predicate) -> iterator of position, element",
     "Walks the elements for which the predicate is true; unknown when there is none."},
    {NULL, NULL, NULL, NULL},
};

const struct pe_lualib pe_lualib_data = {"", functions, NULL};
