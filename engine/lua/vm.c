/* vm.c: one Lua state inside its walls. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/vm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "base/utf8.h"
#include "lua/instance.h"
#include "lua/lines.h"
#include "lua/lualib.h"
#include "lua/memory.h"
#include "lua/view.h"

/* ---- fuel ---- */

static bool cannot_pass(const struct pe_trace *trace)
{
    return trace->missing || trace->fail_total > 0;
}

bool pe_vm_ended(const struct pe_vm *vm)
{
    return vm->limit != PE_LIMIT_NONE ||
           (vm->trace != NULL &&
            (vm->trace->ending != PE_ENDING_NONE || (vm->hasty && cannot_pass(vm->trace))));
}

struct pe_line_text pe_vm_line(lua_State *L)
{
    struct pe_line_text at = {""};
    lua_Debug ar;

    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        if (ar.currentline <= 0)
            continue;
        snprintf(at.text, sizeof at.text, "%s:%d", ar.short_src, ar.currentline);
        break;
    }
    return at;
}

void pe_vm_check(lua_State *L)
{
    struct pe_vm *vm = pe_vm_of(L);

    if (vm->fuel <= 0 && vm->limit == PE_LIMIT_NONE) {
        vm->limit = PE_LIMIT_FUEL;
        vm->limit_at = pe_vm_line(L);
    }
    if (pe_vm_ended(vm)) {
        lua_pushliteral(L, "the rule has ended");
        lua_error(L);
    }
}

void pe_vm_charge_last(lua_State *L, size_t units)
{
    struct pe_vm *vm = pe_vm_of(L);

    if (vm->fuel > 0)
        vm->fuel -= units < (size_t)vm->fuel ? (int64_t)units : vm->fuel;
    if (vm->fuel <= 0)
        pe_vm_check(L);
}

/* What one instruction may cost: it compares strings, converts them, and copies the stack. */
static size_t weight(const struct pe_vm *vm)
{
    return 1 + vm->stack_bytes / PE_STACK_BYTES + vm->longest_bytes / PE_LONG_BYTES;
}

static void burn(lua_State *L, lua_Debug *ar)
{
    if (ar->event == LUA_HOOKLINE) {
        pe_lines_run(pe_vm_of(L)->lines, L, ar);
        return;
    }
    pe_memory_collect_when_much(pe_vm_of(L));
    pe_vm_charge(L, PE_FUEL_STEP * weight(pe_vm_of(L)));
    if (pe_vm_ended(pe_vm_of(L)))
        pe_vm_check(L);
}

void pe_vm_hook(struct pe_vm *vm)
{
    if (vm->L != NULL)
        lua_sethook(vm->L, burn, LUA_MASKCOUNT | (vm->lines == NULL ? 0 : LUA_MASKLINE),
                    PE_FUEL_STEP);
}

void pe_vm_refuel(struct pe_vm *vm)
{
    size_t nodes = vm->snapshot == NULL ? 0 : vm->snapshot->json.count;

    vm->fuel = vm->limits.instructions + (int64_t)nodes * PE_FUEL_NODE;
    vm->longest_bytes = 0;
    vm->churn = 0;
    vm->churn_limit =
        ((size_t)vm->limits.memory_mib << 20) * PE_CHURN_TIMES + nodes * PE_CHURN_NODE;
    vm->limit = PE_LIMIT_NONE;
    vm->limit_at.text[0] = '\0';
}

static const char *number_text(const struct pe_vm *vm, int64_t number)
{
    return pe_arena_printf(vm->arena, "%lld", (long long)number);
}

struct pe_text pe_vm_limit_text(const struct pe_vm *vm)
{
    size_t nodes = vm->snapshot == NULL ? 0 : vm->snapshot->json.count;

    switch (vm->limit) {
    case PE_LIMIT_FUEL:
        return pe_say(vm->arena,
                      vm->limit_at.text[0] == '\0' ? PE_SAY_LIMIT_FUEL : PE_SAY_LIMIT_FUEL_AT,
                      number_text(vm, vm->limits.instructions + (int64_t)nodes * PE_FUEL_NODE),
                      vm->limit_at.text, NULL);
    case PE_LIMIT_STRING:
        return pe_say(vm->arena, PE_SAY_LIMIT_STRING, number_text(vm, PE_STRING_BYTES), NULL, NULL);
    default:
        return pe_say(vm->arena, PE_SAY_LIMIT_MEMORY, number_text(vm, vm->limits.memory_mib), NULL,
                      NULL);
    }
}

/* ---- what is kept while a rule runs ---- */

static const char kept_key;

void pe_vm_keep(lua_State *L, const void *of)
{
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &kept_key);
    pe_vm_of(L)->kept_of = of;
}

void *pe_vm_push_kept(lua_State *L, const void *of)
{
    if (pe_vm_of(L)->kept_of != of)
        return NULL;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &kept_key);
    return lua_touserdata(L, -1);
}

void pe_vm_forget_kept(struct pe_vm *vm)
{
    if (vm->kept_of == NULL)
        return;
    lua_pushnil(vm->L); /* of a key that is there: nothing is allocated */
    lua_rawsetp(vm->L, LUA_REGISTRYINDEX, &kept_key);
    vm->kept_of = NULL;
}

/* ---- endings and errors ---- */

int pe_vm_end(lua_State *L, enum pe_ending ending, struct pe_text reason)
{
    struct pe_vm *vm = pe_vm_of(L);

    if (vm->trace != NULL)
        pe_trace_end(vm->trace, ending, reason);
    lua_pushstring(L, reason.en == NULL ? "out of memory" : reason.en);
    return lua_error(L);
}

/* Of a rule that runs: while a pack loads, its file is told by who loads it. */
int pe_vm_fault(lua_State *L, struct pe_text what)
{
    struct pe_vm *vm = pe_vm_of(L);
    struct pe_line_text at = pe_vm_line(L);

    if (vm->trace != NULL && at.text[0] != '\0')
        what = (struct pe_text){pe_arena_printf(vm->arena, "%s: %s", at.text, what.en),
                                pe_arena_printf(vm->arena, "%s: %s", at.text, what.ja)};
    return pe_vm_end(L, PE_ENDING_ERROR, what);
}

int pe_vm_misuse(lua_State *L, const char *what)
{
    luaL_where(L, 1);
    lua_pushstring(L, what);
    lua_concat(L, 2);
    what = lua_tostring(L, -1);
    return pe_vm_end(L, PE_ENDING_ERROR,
                     pe_say(pe_vm_of(L)->arena, PE_SAY_SCRIPT_ERROR, what, NULL, NULL));
}

int pe_vm_call(struct pe_vm *vm, int arguments, int results)
{
    int status = lua_pcall(vm->L, arguments, results, 0);

    vm->shrunk |= status != LUA_OK;
    if (status == LUA_ERRMEM && vm->limit == PE_LIMIT_NONE)
        vm->limit = PE_LIMIT_MEMORY;
    return status;
}

enum { MAX_ERROR_BYTES = 300 };

const char *pe_vm_error(struct pe_vm *vm)
{
    size_t length = 0;
    const char *text = NULL;
    char *clean;

    if (lua_type(vm->L, -1) == LUA_TSTRING)
        text = lua_tolstring(vm->L, -1, &length);
    if (text == NULL) {
        clean = pe_arena_printf(vm->arena, "(an error object of type %s)",
                                lua_typename(vm->L, lua_type(vm->L, -1)));
        lua_pop(vm->L, 1);
        return clean;
    }
    if (length > MAX_ERROR_BYTES)
        for (length = MAX_ERROR_BYTES; length > 0 && (text[length] & 0xC0) == 0x80;)
            length--;
    clean = pe_arena_strn(vm->arena, text, length);
    for (size_t i = 0; clean != NULL && i < length; i++)
        if ((unsigned char)clean[i] < 0x20 || clean[i] == 0x7F)
            clean[i] = ' ';
    if (clean != NULL && !pe_utf8_valid(clean, length))
        clean = pe_arena_str(vm->arena, "(an error message that is not UTF-8)");
    lua_pop(vm->L, 1);
    return clean;
}

/* ---- sealed tables ---- */

enum { MAX_NAMES = 100 };

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int pe_vm_unknown_name(lua_State *L, const char *what, const char *name, const char *like)
{
    struct pe_arena *arena = pe_vm_of(L)->arena;
    enum pe_sentence sentence = like == NULL ? PE_SAY_UNKNOWN_NAME : PE_SAY_UNKNOWN_NAME_LIKE;

    name = pe_arena_printf(arena, "%s%s%.100s", what, *what == '\0' ? "" : ".", name);
    return pe_vm_fault(L, pe_say(arena, sentence, name, like, NULL));
}

/* Raised for a name that a sealed table lacks. Upvalues: what it is called, the table. */
static int unknown_name(lua_State *L)
{
    const char *names[MAX_NAMES], *what = lua_tostring(L, lua_upvalueindex(1)), *name;
    size_t count = 0;

    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "%s is indexed by names", what);
    name = lua_tostring(L, 2);
    lua_pushnil(L);
    while (lua_next(L, lua_upvalueindex(2)) != 0 && count < MAX_NAMES) {
        if (lua_type(L, -2) == LUA_TSTRING)
            names[count++] = lua_tostring(L, -2);
        lua_pop(L, 1);
    }
    qsort(names, count, sizeof names[0], by_bytes); /* Lua's order differs from run to run */
    return pe_vm_unknown_name(L, what, name, pe_suggest(name, names, count));
}

static int read_only(lua_State *L)
{
    return luaL_error(L, "%s cannot be written to",
                      lua_tostring(L, lua_upvalueindex(1))[0] == '\0'
                          ? "a global name"
                          : lua_tostring(L, lua_upvalueindex(1)));
}

void pe_vm_seal(lua_State *L, const char *what)
{
    lua_createtable(L, 0, 1); /* table, its metatable */
    lua_pushstring(L, what);
    lua_pushvalue(L, -3);
    lua_pushcclosure(L, unknown_name, 2);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_createtable(L, 0, 0); /* table, stand-in */
    lua_createtable(L, 0, 3);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, what);
    lua_pushcclosure(L, read_only, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_remove(L, -2);
}

/* ---- the names ---- */

static const char names_key;

void pe_vm_push_names(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &names_key);
}

static void add_functions(lua_State *L, const struct pe_lualib *lib)
{
    for (const struct pe_luafn *f = lib->functions; f->name != NULL; f++) {
        lua_pushcfunction(L, f->call);
        lua_setfield(L, -2, f->name);
    }
    if (lib->constants != NULL)
        lib->constants(L);
}

/* A string is indexed by the names of the string area, and by nothing else: what looks like a
 * field of a string was a field of an object that the snapshot does not have. */
static int string_index(lua_State *L)
{
    struct pe_vm *vm = pe_vm_of(L);
    struct pe_text why;
    size_t length;
    const char *bytes;

    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    pe_vm_charge(L, PE_FUEL_REASON);
    bytes = lua_tolstring(L, 1, &length);
    why = pe_say(vm->arena, PE_SAY_EXPECTED, "an object", "a string", NULL);
    why.ja = pe_say(vm->arena, PE_SAY_EXPECTED, "オブジェクト", "文字列", NULL).ja;
    if (vm->trace != NULL && !pe_trace_unusable_text(vm->trace, bytes, length, why))
        pe_trace_no_value(vm->trace, pe_say_texts(vm->arena, PE_SAY_NO_VALUE, why,
                                                  (struct pe_text){0}, (struct pe_text){0}));
    return 1;
}

static void open_strings(lua_State *L)
{
    lua_pushliteral(L, "");
    lua_createtable(L, 0, 2);
    lua_getfield(L, -3, "string");
    lua_getmetatable(L, -1); /* of the stand-in: its __index is the table itself */
    lua_getfield(L, -1, "__index");
    lua_pushcclosure(L, string_index, 1);
    lua_setfield(L, -4, "__index");
    lua_pop(L, 2);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

/* ---- room ---- */

static int go_deep(lua_State *L)
{
    enum { DEPTH = 30 };
    lua_Integer depth = lua_tointeger(L, 1);

    if (depth < DEPTH) {
        lua_pushcfunction(L, go_deep);
        lua_pushinteger(L, depth + 1);
        lua_call(L, 1, 0);
    }
    return 0;
}

/* Makes Lua's stack, and its records of nested calls, so large that a file which runs, and what it
 * makes is laid on the shelf, needs no more of them: they would lie there too, and change. */
static int make_room(lua_State *L)
{
    enum { SLOTS = 500 };

    luaL_checkstack(L, SLOTS, NULL);
    lua_pushcfunction(L, go_deep);
    lua_call(L, 0, 0);
    return 0;
}

void pe_vm_make_room(struct pe_vm *vm)
{
    if (!vm->shrunk)
        return;
    vm->shrunk = false;
    lua_settop(vm->L, 0);
    lua_pushcfunction(vm->L, make_room);
    pe_vm_call(vm, 0, 0); /* it does without where there is no memory */
    lua_settop(vm->L, 0);
}

static int open_all(lua_State *L)
{
    lua_pushcfunction(L, make_room);
    lua_call(L, 0, 0);
    lua_createtable(L, 0, 40);
    for (size_t i = 0; i < pe_lualib_list_count; i++) {
        const struct pe_lualib *lib = pe_lualib_list[i];
        if (lib->area[0] == '\0') {
            add_functions(L, lib);
            continue;
        }
        lua_createtable(L, 0, 16);
        add_functions(L, lib);
        pe_vm_seal(L, lib->area);
        lua_setfield(L, -2, lib->area);
    }
    open_strings(L);
    pe_view_open(L);
    pe_vm_seal(L, "");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &names_key);
    return 0;
}

static int panic(lua_State *L)
{
    (void)L;
    abort(); /* an unprotected error is a bug; the parent makes it an error of the control */
}

int pe_vm_init(struct pe_vm *vm, struct pe_arena *arena, struct pe_err *err)
{
    vm->arena = arena;
    vm->as_of_node = PE_NO_NODE;
    if (vm->limits.instructions == 0)
        vm->limits = (struct pe_limits){PE_INSTRUCTIONS, PE_MEMORY_MIB, PE_MAX_FINDINGS};
    vm->stack = vm->newest = NULL;
    vm->rested_bytes = 0;
    pe_vm_refuel(vm);
    pe_memory_open(vm);
    vm->L = lua_newstate(pe_memory_allocate, vm);
    if (vm->L == NULL) {
        pe_memory_release(vm);
        return pe_err_memory(err);
    }
    lua_atpanic(vm->L, panic);
    *(struct pe_vm **)lua_getextraspace(vm->L) = vm;
    lua_pushcfunction(vm->L, open_all);
    if (pe_vm_call(vm, 0, 0) != LUA_OK) {
        pe_err_set(err, PE_ERR_MEMORY, "cannot start Lua: %s", pe_vm_error(vm));
        pe_vm_release(vm);
        return -1;
    }
    pe_vm_hook(vm);
    pe_memory_hold_garbage(vm);
    return 0;
}

void pe_vm_release(struct pe_vm *vm)
{
    if (vm->L != NULL)
        lua_close(vm->L);
    vm->L = NULL;
    pe_instance_release(vm);
    pe_memory_release(vm);
    pe_buf_release(&vm->text);
}
