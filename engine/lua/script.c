/* script.c: runs the rules of a pack. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/script.h"

#include <stdio.h>
#include <string.h>

#include "base/suggest.h"
#include "lua/instance.h"
#include "lua/lualib.h"
#include "lua/memory.h"
#include "lua/message.h"
#include "lua/view.h"

int pe_script_init(struct pe_script *script, const struct pe_files *files, struct pe_arena *arena,
                   struct pe_err *err)
{
    *script = (struct pe_script){.files = files, .arena = arena};
    script->vm.files = files;
    return pe_vm_init(&script->vm, arena, err);
}

void pe_script_release(struct pe_script *script)
{
    pe_vm_release(&script->vm);
}

/* ---- parameters ---- */

static const struct pe_param_def *param_named(const struct pe_control_def *control,
                                              const char *name)
{
    for (size_t i = 0; i < control->face.param_count; i++)
        if (strcmp(control->params[i].face.name, name) == 0)
            return &control->params[i];
    return NULL;
}

static void push_param(lua_State *L, const struct pe_param_def *param)
{
    switch (param->type) {
    case PE_PARAM_INTEGER:
        lua_pushinteger(L, (lua_Integer)param->number);
        break;
    case PE_PARAM_NUMBER:
        lua_pushnumber(L, param->number);
        break;
    case PE_PARAM_BOOLEAN:
        lua_pushboolean(L, param->truth);
        break;
    case PE_PARAM_STRING:
        lua_pushstring(L, param->string);
        break;
    default:
        lua_createtable(L, (int)param->list.count, 0);
        for (size_t i = 0; i < param->list.count; i++) {
            lua_pushstring(L, param->list.items[i]);
            lua_rawseti(L, -2, (lua_Integer)i + 1);
        }
    }
}

enum { MAX_NAMES = 100 };

static int unknown_param(lua_State *L, const struct pe_control_def *control, const char *name)
{
    const char *names[MAX_NAMES];
    size_t count = 0;

    for (; count < control->face.param_count && count < MAX_NAMES; count++)
        names[count] = control->params[count].face.name;
    return pe_vm_unknown_name(L, "params", name, pe_suggest(name, names, count));
}

/* params.name: a parameter without a value ends the rule as unknown, and says how to give it. */
static int param_index(lua_State *L)
{
    const struct pe_control_def *control = lua_touserdata(L, lua_upvalueindex(1));
    const struct pe_param_def *param;
    const char *name = luaL_checkstring(L, 2);

    param = param_named(control, name);
    if (param == NULL)
        return unknown_param(L, control, name);
    if (!param->given)
        return pe_vm_end(L, PE_ENDING_UNKNOWN,
                         pe_say(pe_vm_of(L)->arena, PE_SAY_NO_PARAM, name, NULL, NULL));
    if (pe_vm_of(L)->trace != NULL)
        pe_trace_param(pe_vm_of(L)->trace, (size_t)(param - control->params));
    push_param(L, param);
    return 1;
}

static int param_write(lua_State *L)
{
    return luaL_error(L, "parameters cannot be written to");
}

static void push_params(lua_State *L, const struct pe_control_def *control)
{
    lua_newtable(L);
    lua_createtable(L, 0, 3);
    lua_pushlightuserdata(L, (void *)control);
    /* The control is never seen as a view: it stays an upvalue of ours. */
    lua_pushcclosure(L, param_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, param_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

/* ---- files ---- */

void pe_script_push_file(lua_State *L, const struct pe_file *file)
{
    bool prepared = pe_vm_of(L)->files != NULL && pe_vm_of(L)->files->prepared != NULL;
    char name[300];

    snprintf(name, sizeof name, "@%s", file->name);
    if (luaL_loadbufferx(L, file->data == NULL ? "" : file->data, file->length, name,
                         prepared ? "b" : "t") != LUA_OK)
        lua_error(L);
    lua_insert(L, -2);
    lua_setupvalue(L, -2, 1);
}

void pe_script_push_compiled(lua_State *L, const struct pe_file *file)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, file) == LUA_TFUNCTION)
        return;
    lua_pop(L, 1);
    pe_vm_push_names(L);
    pe_script_push_file(L, file);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, file);
}

/* ---- running ---- */

struct run {
    const struct pe_script_input *input;
    const struct pe_control_def *control;
    size_t rule;
    bool no_as_of; /* there is none, and check() takes one */
};

/* Of the function on top of the stack, which it pops. */
static void blame_vacuous(lua_State *L, struct pe_trace *trace)
{
    lua_Debug ar;

    lua_getinfo(L, ">S", &ar);
    pe_trace_blame_vacuous(trace,
                           pe_arena_printf(trace->arena, "%s:%d", ar.short_src, ar.linedefined));
}

/* Of the function on top of the stack. */
static bool takes_as_of(lua_State *L)
{
    lua_Debug ar;

    lua_pushvalue(L, -1);
    lua_getinfo(L, ">u", &ar);
    return ar.nparams >= 3 || ar.isvararg;
}

static int run_rule(lua_State *L)
{
    struct run *run = lua_touserdata(L, 1);
    const struct pe_snapshot *snapshot = run->input->snapshot;
    struct pe_trace *trace = pe_vm_of(L)->trace;

    lua_settop(L, 0);
    pe_instance_push(L, run->control->file);
    lua_getfield(L, -1, "rules");
    lua_rawgeti(L, -1, (lua_Integer)run->rule + 1);
    lua_getfield(L, -1, "check");
    run->no_as_of = run->input->as_of == NULL && takes_as_of(L);
    lua_pushvalue(L, -1);
    pe_view_push(L, snapshot->json.nodes);
    push_params(L, run->control);
    lua_pushstring(L, run->input->as_of);
    lua_call(L, 3, 0);
    if (pe_trace_is_vacuous(trace))
        blame_vacuous(L, trace);
    return 0;
}

/* What Lua raises because of a nil is told by its own words; nothing else begins like this. */
static bool is_about_nil(const char *error)
{
    static const char *const words[] = {
        "attempt to index a nil value",
        "attempt to compare nil with",
        "with nil",
        "attempt to compare two nil values",
        "attempt to get length of a nil",
        "attempt to concatenate a nil value",
        "attempt to perform arithmetic on a nil value",
        "attempt to perform bitwise operation on a nil value",
        "index is nil",
        "'for' initial value must be a number",
        "'for' limit must be a number",
        "'for' step must be a number",
        "was given a nil value",
        "got nil)",
        "got no value)",
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strstr(error, words[i]) != NULL)
            return true;
    return false;
}

/* Lua's words for what authors know by others: every userdata is a part of the snapshot. */
static const char *in_our_words(struct pe_arena *arena, const char *error)
{
    static const struct {
        const char *theirs, *ours;
    } words[] = {
        {"attempt to call a userdata value (for iterator 'for iterator')",
         "a list or object of the snapshot is walked with ipairs() or pairs()"},
        {"attempt to call a table value (for iterator 'for iterator')",
         "a table is walked with ipairs() or pairs()"},
        {"a userdata value", "a list or object of the snapshot"},
        {"got userdata", "got a list or object of the snapshot"},
        {"userdata with", "a list or object of the snapshot with"},
        {"with userdata", "with a list or object of the snapshot"},
    };
    const char *found, *made;

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        found = strstr(error, words[i].theirs);
        if (found == NULL)
            continue;
        made = pe_arena_printf(arena, "%.*s%s%s", (int)(found - error), error, words[i].ours,
                               found + strlen(words[i].theirs));
        return made == NULL ? error : made;
    }
    return error;
}

static void end_by_error(struct pe_script *script, const struct run *run, struct pe_trace *trace,
                         int status)
{
    struct pe_vm *vm = &script->vm;
    const char *error = pe_message_clean(vm, pe_vm_error(vm));

    if (vm->limit != PE_LIMIT_NONE || status == LUA_ERRMEM) {
        pe_trace_end(trace, PE_ENDING_ERROR, pe_vm_limit_text(vm));
        return;
    }
    if (trace->ending != PE_ENDING_NONE)
        return;
    if (error != NULL && is_about_nil(error) && (trace->missing || run->no_as_of)) {
        if (!trace->missing)
            pe_trace_no_value(trace, pe_say(vm->arena, PE_SAY_NO_AS_OF, NULL, NULL, NULL));
        pe_trace_stop(trace);
        return;
    }
    pe_trace_end(trace, PE_ENDING_ERROR,
                 pe_say(vm->arena, PE_SAY_SCRIPT_ERROR,
                        error == NULL ? "?" : in_our_words(vm->arena, error), NULL, NULL));
}

/* A state that ran into a limit is not trusted with the next rule; one whose shelf is full is slow.
 */
static void replace_state(struct pe_script *script)
{
    struct pe_err ignored;

    pe_vm_release(&script->vm);
    if (pe_vm_init(&script->vm, script->arena, &ignored) != 0)
        script->vm.L = NULL;
}

/* What a rule reports is text in the trace's arena. Returns the limit that was set before. */
static size_t limit_texts(const struct pe_script_input *input, struct pe_arena *arena)
{
    size_t before = arena->limit_bytes;

    arena->limit_bytes =
        arena->bytes + PE_TEXT_BYTES + (size_t)input->snapshot->json.count * PE_TEXT_NODE;
    return before;
}

void pe_script_run(struct pe_script *script, const struct pe_script_input *input,
                   const struct pe_control_def *control, size_t rule, struct pe_trace *trace)
{
    struct pe_vm *vm = &script->vm;
    struct run run = {input, control, rule, false};
    size_t text_limit;
    int status;

    if (vm->L == NULL)
        replace_state(script);
    if (vm->L == NULL) {
        vm->arena = trace->arena;
        pe_trace_end(trace, PE_ENDING_ERROR, pe_vm_limit_text(vm));
        vm->arena = script->arena;
        return;
    }
    vm->trace = trace;
    vm->snapshot = input->snapshot;
    vm->as_of = input->as_of;
    vm->as_of_node = input->as_of_node;
    vm->arena = trace->arena;
    vm->secrets = NULL;
    text_limit = limit_texts(input, trace->arena);
    trace->finding_limit = (size_t)vm->limits.findings;
    pe_vm_make_room(vm);
    pe_vm_refuel(vm);
    lua_settop(vm->L, 0);
    lua_pushcfunction(vm->L, run_rule);
    lua_pushlightuserdata(vm->L, &run);
    status = pe_vm_call(vm, 1, 0);
    if (status != LUA_OK)
        end_by_error(script, &run, trace, status);
    if (vm->limit != PE_LIMIT_NONE)
        pe_trace_end(trace, PE_ENDING_ERROR, pe_vm_limit_text(vm));
    pe_vm_forget_kept(vm);
    trace->arena->limit_bytes = text_limit;
    vm->trace = NULL;
    vm->arena = script->arena;
    vm->snapshot = NULL; /* it is the caller's, and may be gone by the next run */
    if (!pe_instance_settle(vm) || vm->limit != PE_LIMIT_NONE)
        replace_state(script);
}

enum { REST_BYTES = 4 * 1024 * 1024 };

void pe_script_rest(struct pe_script *script)
{
    struct pe_vm *vm = &script->vm;

    if (vm->L == NULL || vm->live < vm->rested_bytes + REST_BYTES)
        return;
    pe_instance_collect(vm);
    vm->rested_bytes = vm->live;
}
