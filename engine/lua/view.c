/* view.c: what a policy sees of the snapshot. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/view.h"

#include <stdio.h>

#include "model.h"

const struct pe_node *pe_view_node(lua_State *L, int index)
{
    return lua_type(L, index) == LUA_TLIGHTUSERDATA ? lua_touserdata(L, index) : NULL;
}

struct pe_text pe_node_kind(const struct pe_node *node)
{
    static const struct pe_text kinds[] = {
        [PE_NULL] = {"null", "null"},
        [PE_FALSE] = {"a boolean", "真偽値"},
        [PE_TRUE] = {"a boolean", "真偽値"},
        [PE_INTEGER] = {"a number", "数値"},
        [PE_REAL] = {"a number", "数値"},
        [PE_STRING] = {"a string", "文字列"},
        [PE_KEY] = {"a key", "キー"},
        [PE_LIST] = {"a list", "リスト"},
        [PE_OBJECT] = {"an object", "オブジェクト"},
    };

    return kinds[pe_node_type(node)];
}

/* ---- reading ---- */

static void push_string(lua_State *L, struct pe_vm *vm, const struct pe_node *node)
{
    struct pe_buf scratch = {0};
    const char *bytes;
    size_t length;

    if (!(pe_node_flags(node) & PE_ESCAPED)) {
        lua_pushlstring(L, vm->snapshot->encoded.text + pe_node_offset(node) + 1, node->size - 2);
        return;
    }
    /* Unescaped text is never longer than the text: it fits into what Lua collects if it raises. */
    scratch.data = lua_newuserdatauv(L, node->size + 1, 0);
    scratch.room = node->size + 1;
    if (!pe_json_string(&vm->snapshot->json, node, &bytes, &length, &scratch))
        luaL_error(L, "out of memory");
    lua_pushlstring(L, bytes, length);
    lua_remove(L, -2);
}

/* Remembers a secret that a rule is given, so that its messages cannot print it. */
static void remember_secret(lua_State *L, struct pe_vm *vm, uint32_t node)
{
    struct pe_secret *secret;
    size_t length;
    const char *bytes;

    if (!pe_snapshot_secret(vm->snapshot, node))
        return;
    bytes = lua_tolstring(L, -1, &length);
    secret = pe_arena_alloc(vm->arena, sizeof *secret);
    if (secret == NULL)
        return;
    *secret = (struct pe_secret){vm->secrets, pe_arena_strn(vm->arena, bytes, length), length};
    if (secret->bytes != NULL)
        vm->secrets = secret;
}

void pe_view_push_key(lua_State *L, const struct pe_node *key)
{
    push_string(L, pe_vm_of(L), key);
}

void pe_view_push(lua_State *L, const struct pe_node *node)
{
    struct pe_vm *vm = pe_vm_of(L);
    uint32_t number = pe_snapshot_number(vm->snapshot, node);

    if (pe_node_type(node) == PE_NULL || (pe_node_flags(node) & PE_INVALID)) {
        if (pe_node_type(node) == PE_NULL)
            pe_trace_null(vm->trace, number);
        else
            pe_trace_invalid(vm->trace, number);
        lua_pushnil(L);
        return;
    }
    if (pe_node_holds(node)) {
        lua_pushlightuserdata(L, (void *)node);
        return;
    }
    pe_trace_value(vm->trace, number);
    switch (pe_node_type(node)) {
    case PE_FALSE:
    case PE_TRUE:
        lua_pushboolean(L, pe_node_type(node) == PE_TRUE);
        break;
    case PE_INTEGER:
        lua_pushinteger(L, pe_json_integer(&vm->snapshot->json, node));
        break;
    case PE_REAL:
        lua_pushnumber(L, pe_json_real(&vm->snapshot->json, node));
        break;
    default:
        push_string(L, vm, node);
        remember_secret(L, vm, number);
    }
}

static void not_object(lua_State *L, const struct pe_node *node, const char *key, size_t length)
{
    struct pe_vm *vm = pe_vm_of(L);

    (void)key;
    (void)length;
    pe_vm_charge(L, PE_FUEL_REASON);
    pe_trace_unusable(vm->trace, PE_SAY_NOT_OBJECT, pe_snapshot_number(vm->snapshot, node),
                      pe_node_kind(node));
}

/* What is not there is looked up among what is, and told with its place. */
static void charge_gap(lua_State *L, const struct pe_node *node, size_t length)
{
    enum { FUEL = 100, KEY_FUEL = 20, MAX_KEYS = 200, BYTES_A_FUEL = 4 };
    size_t keys = pe_node_count(node) < MAX_KEYS ? pe_node_count(node) : MAX_KEYS;

    pe_vm_charge(L, FUEL + keys * KEY_FUEL + length / BYTES_A_FUEL);
}

/* A key that is not there; where the model does not know it either, the line is told. */
static void absent(lua_State *L, const struct pe_node *node, const char *key, size_t length)
{
    struct pe_vm *vm = pe_vm_of(L);
    uint32_t number = pe_snapshot_number(vm->snapshot, node);
    bool known;

    charge_gap(L, node, length);
    pe_model_optional(vm->snapshot, number, key, length, &known);
    if (!known && vm->trace->finding_total < vm->trace->finding_limit)
        vm->trace->at = pe_arena_str(vm->arena, pe_vm_line(L).text);
    pe_trace_absent(vm->trace, number, key, length);
}

void pe_view_member(lua_State *L, const struct pe_node *node, const char *key, size_t length)
{
    struct pe_vm *vm = pe_vm_of(L);
    const struct pe_node *value;

    if (pe_node_type(node) != PE_OBJECT) {
        not_object(L, node, key, length);
        lua_pushnil(L);
        return;
    }
    value = pe_json_member(&vm->snapshot->json, node, key, length);
    if (value != NULL) {
        pe_view_push(L, value);
        return;
    }
    absent(L, node, key, length);
    lua_pushnil(L);
}

static void push_element(lua_State *L, const struct pe_node *node, lua_Integer i)
{
    struct pe_vm *vm = pe_vm_of(L);
    const struct pe_node *value = NULL;
    const char *number;
    char key[24];
    size_t length;

    if (pe_node_type(node) != PE_LIST) {
        struct pe_text kind = pe_node_kind(node);
        pe_trace_unusable(vm->trace, PE_SAY_NOT_LIST, pe_snapshot_number(vm->snapshot, node), kind);
        lua_pushnil(L);
        return;
    }
    if (i >= 1 && i <= (lua_Integer)pe_node_count(node))
        value = pe_json_element(&vm->snapshot->json, node, (uint32_t)(i - 1));
    if (value != NULL) {
        pe_view_push(L, value);
        return;
    }
    if (i < 1) {
        number = pe_arena_printf(vm->arena, "%lld", (long long)i);
        pe_trace_unusable(vm->trace, PE_SAY_NO_ELEMENT, pe_snapshot_number(vm->snapshot, node),
                          (struct pe_text){number, number});
        lua_pushnil(L);
        return;
    }
    length = (size_t)snprintf(key, sizeof key, "%lld", (long long)(i - 1));
    absent(L, node, key, length);
    lua_pushnil(L);
}

static int view_index(lua_State *L)
{
    const struct pe_node *node = lua_touserdata(L, 1);
    const char *key;
    size_t length;
    lua_Integer i = 0;
    int whole = 0;

    if (pe_vm_of(L)->trace == NULL)
        return luaL_error(L, "the snapshot can be read inside check() only");
    if (lua_type(L, 2) == LUA_TSTRING) {
        key = lua_tolstring(L, 2, &length);
        pe_view_member(L, node, key, length);
        return 1;
    }
    if (lua_type(L, 2) == LUA_TNUMBER)
        i = lua_tointegerx(L, 2, &whole);
    if (!whole)
        return luaL_error(L, "a part of the snapshot is indexed by a name or a whole number");
    push_element(L, node, i);
    return 1;
}

static int view_length(lua_State *L)
{
    struct pe_vm *vm = pe_vm_of(L);
    const struct pe_node *node = lua_touserdata(L, 1);

    if (vm->trace == NULL)
        return luaL_error(L, "the snapshot can be read inside check() only");
    if (pe_node_type(node) != PE_LIST) {
        pe_trace_unusable(vm->trace, PE_SAY_NOT_LIST, pe_snapshot_number(vm->snapshot, node),
                          pe_node_kind(node));
        lua_pushinteger(L, 0);
        return 1;
    }
    pe_trace_container(vm->trace, pe_snapshot_number(vm->snapshot, node));
    lua_pushinteger(L, pe_node_count(node));
    return 1;
}

static int view_write(lua_State *L)
{
    return luaL_error(L, "the snapshot cannot be written to");
}

static const luaL_Reg metamethods[] = {
    {"__index", view_index},
    {"__len", view_length},
    {"__newindex", view_write},
    {NULL, NULL},
};

void pe_view_open(lua_State *L)
{
    lua_pushlightuserdata(L, NULL);
    luaL_newlib(L, metamethods);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushliteral(L, "part of the snapshot"); /* what Lua's own messages call it */
    lua_setfield(L, -2, "__name");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}
