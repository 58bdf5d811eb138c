/* args.c: what helpers are given: texts, numbers, and lists of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/args.h"

#include <string.h>

#include "lua/view.h"

enum {
    ITEM_FUEL = 10,      /* for looking at one */
    BYTES_A_FUEL = 4,    /* bytes looked at for one unit */
    MAX_UNUSABLE = 1000, /* recorded of one list; the rule is unknown after the first */
};

/* ---- single values ---- */

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

struct pe_text pe_args_expected(lua_State *L, int index, struct pe_text what)
{
    return pe_say_texts(pe_vm_of(L)->arena, PE_SAY_EXPECTED, what, kind_of(L, index),
                        (struct pe_text){0});
}

static bool unexpected(lua_State *L, int index, struct pe_text what)
{
    pe_arg_unusable(L, index, pe_args_expected(L, index, what));
    lua_pop(L, 1);
    return false;
}

bool pe_args_text(lua_State *L, int index, struct pe_text what, const char **bytes, size_t *length)
{
    if (lua_type(L, index) != LUA_TSTRING)
        return unexpected(L, index, what);
    *bytes = lua_tolstring(L, index, length);
    pe_args_charge(L, *length);
    return true;
}

bool pe_args_integer(lua_State *L, int index, struct pe_text what, int64_t *number)
{
    int whole = 0;
    lua_Integer value = 0;

    if (lua_type(L, index) == LUA_TNUMBER)
        value = lua_tointegerx(L, index, &whole);
    if (!whole)
        return unexpected(L, index, what);
    *number = value;
    return true;
}

void pe_args_charge(lua_State *L, size_t bytes)
{
    pe_vm_charge(L, 1 + bytes / BYTES_A_FUEL);
}

int pe_args_push(lua_State *L, const char *bytes, size_t length)
{
    pe_args_charge(L, length);
    lua_pushlstring(L, bytes, length);
    return 1;
}

void pe_args_too_long(lua_State *L)
{
    struct pe_vm *vm = pe_vm_of(L);

    if (vm->limit == PE_LIMIT_NONE)
        vm->limit = PE_LIMIT_STRING;
    pe_vm_check(L);
}

void pe_args_add(lua_State *L, luaL_Buffer *out, const char *bytes, size_t length)
{
    pe_args_charge(L, length);
    if (luaL_bufflen(out) + length > PE_STRING_BYTES)
        pe_args_too_long(L);
    luaL_addlstring(out, bytes, length);
}

void pe_args_add_value(lua_State *L, luaL_Buffer *out)
{
    size_t length;

    lua_tolstring(L, -1, &length);
    pe_args_charge(L, length);
    if (luaL_bufflen(out) + length > PE_STRING_BYTES)
        pe_args_too_long(L);
    luaL_addvalue(out);
}

/* ---- the evaluation time ---- */

/* The evaluation time that the snapshot states is evidence, but never what a finding is about: it
 * stays out of the window that blame is looked for in. */
static void read_as_of(struct pe_vm *vm)
{
    struct pe_trace *trace = vm->trace, before = *trace;
    size_t slot = trace->window_closed ? 0 : trace->window_reads % PE_WINDOW_READS;

    pe_trace_value(trace, vm->as_of_node);
    if (before.window_reads == 0 && !before.window_missing)
        return; /* all there is: then it is better than nothing */
    trace->window[slot] = before.window[slot];
    trace->window_reads = before.window_reads;
    trace->window_missing = before.window_missing;
    trace->window_closed = before.window_closed;
}

void pe_args_as_of(lua_State *L, const char *bytes, size_t length)
{
    struct pe_vm *vm = pe_vm_of(L);

    if (vm->trace != NULL && vm->as_of != NULL && vm->as_of_node != PE_NO_NODE &&
        strlen(vm->as_of) == length && memcmp(vm->as_of, bytes, length) == 0)
        read_as_of(vm);
}

/* ---- lists ---- */

static bool is_single(lua_State *L, int index, unsigned elements)
{
    int type = lua_type(L, index);

    return type == LUA_TSTRING || (type == LUA_TNUMBER && elements == PE_ARGS_NUMBERS);
}

static bool count_items(struct pe_items *items)
{
    static const struct pe_text list = {"a list", "リスト"};
    lua_State *L = items->L;
    const struct pe_node *node = pe_view_node(L, items->index);

    if (items->single)
        items->count = 1;
    else if (node != NULL ? pe_node_type(node) == PE_LIST : lua_istable(L, items->index))
        items->count = pe_list_length(L, items->index);
    else
        return unexpected(L, items->index, list);
    return true;
}

bool pe_items_open(struct pe_items *items, lua_State *L, int index, int field, unsigned elements,
                   struct pe_text what)
{
    *items = (struct pe_items){.L = L,
                               .index = index,
                               .base = lua_gettop(L),
                               .numbers = elements == PE_ARGS_NUMBERS,
                               .single = is_single(L, index, elements),
                               .what = what};
    if (field != 0 && !lua_isnoneornil(L, field)) {
        items->field = luaL_checklstring(L, field, &items->field_length);
        items->single = false;
    }
    return count_items(items);
}

void pe_items_refuse(struct pe_items *items, struct pe_text why)
{
    struct pe_vm *vm = pe_vm_of(items->L);

    items->unusable++;
    if (items->node != NULL && vm->trace != NULL) {
        pe_trace_unusable(vm->trace, PE_SAY_UNUSABLE, pe_snapshot_number(vm->snapshot, items->node),
                          why);
        return;
    }
    pe_arg_unusable_part(items->L, items->single ? items->index : lua_gettop(items->L),
                         items->index, why);
    lua_pop(items->L, 1);
}

/* Pushes the member of the element on top; where it stands is noted. False when there is none that
 * can be used, which has been recorded. */
static bool push_member(struct pe_items *items)
{
    static const struct pe_text object = {"an object", "オブジェクト"};
    struct pe_vm *vm = pe_vm_of(items->L);
    const struct pe_node *element = pe_view_node(items->L, -1);

    if (element != NULL && pe_node_type(element) == PE_OBJECT) {
        items->node =
            pe_json_member(&vm->snapshot->json, element, items->field, items->field_length);
        pe_view_member(items->L, element, items->field, items->field_length);
        if (lua_isnil(items->L, -1))
            return items->unusable++, false; /* and recorded by the view */
    } else if (lua_istable(items->L, -1)) {
        items->node = NULL;
        lua_pushlstring(items->L, items->field, items->field_length);
        lua_rawget(items->L, -2);
    } else {
        pe_items_refuse(items, pe_args_expected(items->L, -1, object));
        return false;
    }
    return true;
}

/* Pushes the item at the position; false when it was found unusable, and recorded. */
static bool push_item(struct pe_items *items)
{
    struct pe_vm *vm = pe_vm_of(items->L);
    const struct pe_node *list = items->single ? NULL : pe_view_node(items->L, items->index);

    items->node = NULL;
    if (items->single) {
        lua_pushvalue(items->L, items->index);
        return true;
    }
    if (list != NULL)
        items->node = pe_json_element(&vm->snapshot->json, list, (uint32_t)(items->position - 1));
    pe_list_push(items->L, items->index, items->position);
    if (lua_isnil(items->L, -1) && list != NULL)
        return items->unusable++, false; /* null or against the model, and recorded by the view */
    return items->field == NULL || push_member(items);
}

static bool take(struct pe_items *items, struct pe_item *item)
{
    lua_State *L = items->L;
    int type = lua_type(L, -1), whole = 0;

    item->position = items->position;
    item->bytes = NULL;
    if (type == LUA_TSTRING) {
        item->bytes = lua_tolstring(L, -1, &item->length);
        pe_args_charge(L, item->length);
        return true;
    }
    if (type == LUA_TNUMBER && items->numbers)
        item->number = lua_tointegerx(L, -1, &whole);
    if (!whole)
        pe_items_refuse(items, pe_args_expected(L, -1, items->what));
    return whole;
}

bool pe_items_next(struct pe_items *items, struct pe_item *item)
{
    if (items->position == 0)
        items->base = lua_gettop(items->L);
    while (items->position < items->count && items->unusable < MAX_UNUSABLE) {
        items->position++;
        pe_vm_charge(items->L, ITEM_FUEL);
        lua_settop(items->L, items->base);
        if (push_item(items) && take(items, item))
            return true;
    }
    return false;
}

bool pe_items_close(struct pe_items *items)
{
    lua_settop(items->L, items->base);
    return items->unusable == 0;
}
