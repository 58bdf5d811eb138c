/* instance.c: what a file of a pack returned, kept as long as nothing changes it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/instance.h"

#include <stdlib.h>
#include <string.h>

#include "lua/memory.h"
#include "lua/script.h"

enum { MAX_INSTANCES = 1024, MAX_NEEDS = 64, COLLECT_BYTES = 16 * 1024 * 1024 };

/* The positions of the instances that one uses. */
struct needs {
    uint16_t items[MAX_NEEDS];
    size_t count;
    bool too_many; /* what is not listed may have changed too */
};

struct instance {
    const struct pe_file *file;
    size_t start, end; /* on the shelf; what it uses first lies within, or before */
    bool running;      /* its file has not returned yet */
    bool whole;        /* all of it is on the shelf */
    struct needs needs;
    unsigned seen; /* by the comparison of that number */
};

struct pe_instances {
    struct instance items[MAX_INSTANCES];
    size_t count;
    struct needs rule; /* what the rule that runs got */
    size_t builder;    /* position of the innermost file that runs, or MAX_INSTANCES */
    unsigned comparison;
};

static struct pe_instances *instances_of(lua_State *L)
{
    struct pe_vm *vm = pe_vm_of(L);

    if (vm->instances == NULL)
        vm->instances = calloc(1, sizeof *vm->instances);
    if (vm->instances == NULL)
        luaL_error(L, "not enough memory");
    if (vm->instances->count == 0)
        vm->instances->builder = MAX_INSTANCES;
    return vm->instances;
}

/* ---- who uses what ---- */

static void add_need(struct pe_instances *all, size_t position)
{
    struct needs *needs =
        all->builder == MAX_INSTANCES ? &all->rule : &all->items[all->builder].needs;

    for (size_t i = 0; i < needs->count; i++)
        if (needs->items[i] == position)
            return;
    if (needs->count == MAX_NEEDS)
        needs->too_many = true;
    else
        needs->items[needs->count++] = (uint16_t)position;
}

/* ---- values, in a table of the registry ---- */

static const char values_key;

static void push_values(lua_State *L)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &values_key) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &values_key);
}

static void keep_value(lua_State *L, const struct pe_file *file)
{
    push_values(L);
    lua_pushvalue(L, -2);
    lua_rawsetp(L, -2, file);
    lua_pop(L, 1);
}

void pe_instance_forget(struct pe_vm *vm)
{
    lua_State *L = vm->L;

    if (L == NULL || vm->instances == NULL)
        return;
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &values_key) == LUA_TTABLE)
        for (size_t i = 0; i < vm->instances->count; i++) {
            lua_pushnil(L); /* of a key that is there: nothing is allocated */
            lua_rawsetp(L, -2, vm->instances->items[i].file);
        }
    lua_pop(L, 1);
    vm->instances->count = 0;
    vm->instances->builder = MAX_INSTANCES;
}

/* ---- running a file ---- */

/* What belongs to the rule and not to the file. */
struct aside {
    struct pe_trace *trace;
    int64_t fuel;
    size_t churn, longest_bytes;
    bool shelf_open, shelf_missed;
    size_t builder;
};

static struct aside put_aside(struct pe_vm *vm)
{
    struct aside aside = {vm->trace,
                          vm->fuel,
                          vm->churn,
                          vm->longest_bytes,
                          vm->shelf.open,
                          vm->shelf.missed,
                          vm->instances->builder};

    vm->trace = NULL;
    pe_vm_refuel(vm);
    return aside;
}

static void take_back(struct pe_vm *vm, const struct aside *aside)
{
    vm->trace = aside->trace;
    vm->fuel = aside->fuel;
    vm->churn = aside->churn;
    vm->longest_bytes = aside->longest_bytes;
    vm->shelf.open = aside->shelf_open;
    vm->shelf.missed = aside->shelf_missed; /* of the file that uses this one */
    vm->instances->builder = aside->builder;
}

static struct instance *new_instance(lua_State *L, const struct pe_file *file)
{
    struct pe_instances *all = pe_vm_of(L)->instances;
    struct instance *one = &all->items[all->count];

    if (all->count == MAX_INSTANCES)
        luaL_error(L, "a pack uses more than %d files", MAX_INSTANCES);
    add_need(all, all->count++);
    one->file = file;
    one->running = true;
    one->needs = (struct needs){0};
    one->seen = 0;
    return one;
}

static int compile(lua_State *L)
{
    pe_script_push_compiled(L, lua_touserdata(L, 1));
    return 1;
}

static void run_file(lua_State *L, const struct pe_file *file)
{
    struct pe_vm *vm = pe_vm_of(L);
    struct instance *one = new_instance(L, file);
    struct pe_shelf *shelf = &vm->shelf;
    struct aside aside;
    int status;

    aside = put_aside(vm);
    shelf->open = false;
    vm->instances->builder = (size_t)(one - vm->instances->items);
    lua_pushcfunction(L,
                      compile); /* protected: what was put aside is taken back whatever happens */
    lua_pushlightuserdata(L, (void *)file);
    status = lua_pcall(L, 1, 1, 0);
    one->start = shelf->used;
    shelf->open = pe_memory_has_shelf(vm);
    shelf->missed = !shelf->open;
    if (status == LUA_OK)
        status = lua_pcall(L, 0, 1, 0);
    shelf->open = false;
    one->end = shelf->used;
    one->whole = !shelf->missed;
    one->running = status != LUA_OK; /* nobody gets it */
    if (status == LUA_OK)
        keep_value(L, file);
    take_back(vm, &aside);
    if (status != LUA_OK)
        lua_error(L);
    if (one->end > one->start)
        memcpy(shelf->copy + one->start, shelf->bytes + one->start, one->end - one->start);
}

void pe_instance_push(lua_State *L, const struct pe_file *file)
{
    struct pe_instances *all = instances_of(L);

    luaL_checkstack(L, 10, NULL);
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i].file != file)
            continue;
        if (all->items[i].running)
            luaL_error(L, "%s uses itself", file->name);
        add_need(all, i);
        push_values(L);
        lua_rawgetp(L, -1, file);
        lua_remove(L, -2);
        return;
    }
    run_file(L, file);
}

/* ---- comparing ---- */

static bool is_unchanged(struct pe_vm *vm, size_t position);

static bool are_unchanged(struct pe_vm *vm, const struct needs *needs)
{
    for (size_t i = 0; i < needs->count; i++)
        if (!is_unchanged(vm, needs->items[i]))
            return false;
    return !needs->too_many;
}

static bool is_unchanged(struct pe_vm *vm, size_t position)
{
    struct instance *one = &vm->instances->items[position];
    const struct pe_shelf *shelf = &vm->shelf;

    if (one->seen == vm->instances->comparison)
        return true;
    one->seen = vm->instances->comparison;
    return one->whole && !one->running &&
           (one->end == one->start || memcmp(shelf->copy + one->start, shelf->bytes + one->start,
                                             one->end - one->start) == 0) &&
           are_unchanged(vm, &one->needs);
}

void pe_instance_collect(struct pe_vm *vm)
{
    pe_instance_forget(vm); /* the collector marks what it sees */
    lua_gc(vm->L, LUA_GCCOLLECT);
    pe_memory_hold_garbage(vm);
    pe_memory_clear_shelf(vm);
    vm->shrunk = true;
}

bool pe_instance_settle(struct pe_vm *vm)
{
    struct pe_instances *all = vm->instances;

    if (all == NULL)
        return true;
    all->comparison++;
    if (!are_unchanged(vm, &all->rule))
        pe_instance_forget(vm);
    all->rule = (struct needs){0};
    all->builder = MAX_INSTANCES;
    if (vm->collecting || vm->live > COLLECT_BYTES)
        pe_instance_collect(vm);
    return vm->shelf.bytes == NULL || vm->shelf.used <= PE_SHELF_BYTES / 2;
}

void pe_instance_release(struct pe_vm *vm)
{
    free(vm->instances);
    vm->instances = NULL;
}
