/* pack_load.c: loads what a pack declares, strictly. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "lib/clause.h"
#include "lua/areas_load.h"
#include "lua/bytecode.h"
#include "lua/claims_load.h"
#include "lua/control_load.h"
#include "lua/instance.h"
#include "lua/limits.h"
#include "lua/model_load.h"
#include "lua/prepare.h"
#include "lua/script.h"

struct load {
    struct pe_script *script;
    struct pe_pack_def *pack;
    struct pe_reader reader;
};

/* ---- files ---- */

static void begin_file(struct load *load, const struct pe_file *file, size_t max_bytes)
{
    struct pe_reader *reader = &load->reader;

    reader->file = file->name;
    reader->source = file->data == NULL ? "" : file->data;
    reader->source_length = file->length;
    if (file->length > max_bytes)
        pe_reader_fail(reader, NULL, "is longer than %zu KiB", max_bytes / 1024);
}

static void must_be_table(struct load *load)
{
    lua_State *L = load->script->vm.L;

    if (lua_type(L, -1) != LUA_TTABLE)
        pe_reader_fail(&load->reader, NULL, "must return a table, and returned a %s",
                       luaL_typename(L, -1));
}

/* Runs a file with the table of names at the top of the stack, which is popped, after checking
 * what names it uses; pushes what it returns, which must be a table. */
static void run_file(struct load *load, const struct pe_file *file)
{
    lua_State *L = load->script->vm.L;
    int names = lua_gettop(L);

    if (load->reader.failed)
        return;
    lua_getmetatable(L, names);
    lua_getfield(L, -1, "__index");
    lua_pushvalue(L, names);
    pe_script_push_file(L, file);
    if (pe_bytecode_check(&load->reader, -2) != 0)
        return;
    lua_call(L, 0, 1);
    must_be_table(load);
}

/* Compiles a control or a library, and checks what names it uses. */
static void check_file(struct load *load, const struct pe_file *file)
{
    lua_State *L = load->script->vm.L;

    begin_file(load, file, PE_SOURCE_BYTES);
    if (load->reader.failed)
        return;
    pe_vm_push_names(L);
    lua_getmetatable(L, -1);
    lua_getfield(L, -1, "__index");
    pe_script_push_compiled(L, file);
    pe_bytecode_check(&load->reader, -2);
    lua_settop(L, 0);
}

/* ---- pack.lua ---- */

static const char *pointer(struct pe_reader *reader, int index, const char *key)
{
    const char *text = pe_reader_string(reader, index, key, false);

    if (text != NULL && text[0] != '/')
        pe_reader_fail(reader, key, "%s: a JSON Pointer begins with '/'", key);
    return text;
}

/* The words that may stand where a pointer leads: neither makes sense without the other. */
static struct pe_strings words_at(struct pe_reader *reader, int index, const char *key,
                                  const char *where, const char *at)
{
    struct pe_strings words = pe_reader_strings(reader, index, key, at != NULL);

    if (words.count > 0 && at == NULL)
        pe_reader_fail(reader, key, "%s: %s = \"/...\" must say where a snapshot has them", key,
                       where);
    return words;
}

static void read_pack(struct load *load)
{
    static const char *const keys[] = {"id",       "title",        "edition", "version", "authors",
                                       "tenant",   "service",      "options", "state",   "as_of",
                                       "services", "option_names", "states",  "limits",  "claims",
                                       "zone",     "collected",    "guide",   "areas",   NULL};
    struct pe_reader *reader = &load->reader;
    struct pe_pack_def *pack = load->pack;
    int top = lua_gettop(load->script->vm.L);

    pe_reader_keys(reader, top, keys, false, "pack.lua");
    pack->face.id = pe_reader_string(reader, top, "id", true);
    pe_reader_check_id(reader, "id", pack->face.id);
    pack->face.version = pe_reader_string(reader, top, "version", true);
    pack->face.title = pe_reader_text(reader, top, "title", true);
    pack->face.edition = pe_reader_string(reader, top, "edition", false);
    pe_reader_strings(reader, top, "authors", false);
    pack->tenant = pointer(reader, top, "tenant");
    pack->service = pointer(reader, top, "service");
    pack->options = pointer(reader, top, "options");
    pack->state = pointer(reader, top, "state");
    pack->as_of = pointer(reader, top, "as_of");
    pack->zone = pointer(reader, top, "zone");
    pack->face.claims_at = pointer(reader, top, "claims");
    pack->services = words_at(reader, top, "services", "service", pack->service);
    pack->option_names = words_at(reader, top, "option_names", "options", pack->options);
    pack->states = words_at(reader, top, "states", "state", pack->state);
    pe_areas_read(reader, top, pack);
    pe_limits_read(reader, top, &load->script->vm.limits);
    pe_vm_refuel(&load->script->vm);
    pack->face.services = pack->services;
    if (pack->services.count > PE_MAX_SERVICES)
        pe_reader_fail(reader, "services", "services: more than %d", PE_MAX_SERVICES);
    lua_settop(load->script->vm.L, 0);
}

static void load_pack_file(struct load *load)
{
    const struct pe_file *file = pe_files_find(load->script->files, "pack.lua");

    load->reader.file = "pack.lua";
    if (file == NULL) {
        pe_reader_fail(&load->reader, NULL, "is missing: a pack is a folder with a pack.lua");
        return;
    }
    begin_file(load, file, PE_SOURCE_BYTES);
    lua_newtable(load->script->vm.L); /* it is plain data: no names at all */
    pe_vm_seal(load->script->vm.L, "");
    run_file(load, file);
    if (!load->reader.failed)
        read_pack(load);
}

static void load_model_file(struct load *load)
{
    const struct pe_file *file = pe_files_find(load->script->files, "model.lua");

    if (file == NULL || load->reader.failed)
        return;
    begin_file(load, file, PE_MODEL_BYTES);
    pe_model_push_names(load->script->vm.L);
    run_file(load, file);
    if (!load->reader.failed)
        load->pack->model = pe_model_read(&load->reader);
    load->pack->face.has_model = load->pack->model != NULL;
    load->reader.file = "pack.lua";
    if (!load->reader.failed)
        pe_areas_check(&load->reader, load->pack);
    lua_settop(load->script->vm.L, 0);
}

/* Neither a claim without a place to accept it nor a place without claims makes sense, and an
 * acceptance counts for a time. */
static void load_claims_file(struct load *load)
{
    const struct pe_file *file = pe_files_find(load->script->files, "claims.lua");
    struct pe_pack_def *pack = load->pack;

    if (load->reader.failed)
        return;
    if (file == NULL && pack->face.claims_at != NULL)
        pe_reader_fail(&load->reader, "claims", "claims: there is no claims.lua beside pack.lua");
    if (file == NULL)
        return;
    begin_file(load, file, PE_MODEL_BYTES);
    if (pack->face.claims_at == NULL || pack->zone == NULL || pack->as_of == NULL)
        pe_reader_fail(&load->reader, NULL,
                       "pack.lua must say where a snapshot accepts claims, and when: claims, zone, "
                       "as_of");
    lua_newtable(load->script->vm.L); /* plain data, as pack.lua */
    pe_vm_seal(load->script->vm.L, "");
    run_file(load, file);
    if (!load->reader.failed)
        pe_claims_read(&load->reader, pack);
    lua_settop(load->script->vm.L, 0);
}

/* ---- controls ---- */

static void load_control(struct load *load, const struct pe_file *file,
                         struct pe_control_def *control)
{
    lua_State *L = load->script->vm.L;

    control->file = file;
    begin_file(load, file, PE_SOURCE_BYTES);
    pe_instance_push(L, file);
    must_be_table(load);
    if (!load->reader.failed)
        pe_control_read(&load->reader, load->pack, control);
    lua_settop(L, 0);
    pe_instance_settle(&load->script->vm);
}

static int by_clause(const void *a, const void *b)
{
    return pe_clause_order(((const struct pe_control_def *)a)->face.id,
                           ((const struct pe_control_def *)b)->face.id);
}

enum { MAX_CONTROLS = 1000 };

static void load_controls(struct load *load)
{
    const struct pe_files *files = load->script->files;
    struct pe_pack_def *pack = load->pack;
    struct pe_arena *arena = load->reader.arena;

    for (size_t i = 0; i < files->count && !load->reader.failed; i++)
        if (strncmp(files->items[i].name, "lib/", 4) == 0 ||
            pe_files_control_id(&files->items[i], arena) != NULL)
            check_file(load, &files->items[i]);
    pack->controls = pe_arena_array(arena, files->count + 1, sizeof *pack->controls);
    for (size_t i = 0; i < files->count && pack->controls != NULL && !load->reader.failed; i++) {
        const struct pe_file *file = &files->items[i];
        const char *id = pe_files_control_id(file, arena);
        if (id == NULL)
            continue;
        pack->controls[pack->face.control_count].face.id = id;
        load_control(load, file, &pack->controls[pack->face.control_count++]);
    }
    if (load->reader.failed)
        return;
    load->reader.file = "pack.lua";
    if (pack->face.control_count == 0 || pack->face.control_count > MAX_CONTROLS)
        pe_reader_fail(&load->reader, NULL, "a pack has 1 to %d controls (NAME.lua beside it)",
                       MAX_CONTROLS);
    qsort(pack->controls, pack->face.control_count, sizeof *pack->controls, by_clause);
}

/* ---- the whole ---- */

static int load_all(lua_State *L)
{
    struct load *load = lua_touserdata(L, 1);

    lua_settop(L, 0);
    load->reader.file = "Lua";
    if (pe_bytecode_self_test(&load->reader) != 0)
        return 0;
    load_pack_file(load);
    load_claims_file(load);
    load_model_file(load);
    if (!load->reader.failed)
        load_controls(load);
    return 0;
}

/* What Lua says begins with file and line already. */
static int raised(const char *file, const char *error, struct pe_err *err)
{
    size_t length = strlen(file);

    if (strncmp(error, file, length) == 0 && error[length] == ':')
        return pe_err_set(err, PE_ERR_PACK, "%s", error);
    return pe_err_set(err, PE_ERR_PACK, "%s: %s", file, error);
}

int pe_script_load(struct pe_script *script, struct pe_pack_def *pack, struct pe_err *err)
{
    struct pe_vm *vm = &script->vm;
    struct load load = {.script = script, .pack = pack};
    const char *error;

    if (script->files->prepared != NULL)
        return pe_prepare_adopt(script, pack, err);
    load.reader = (struct pe_reader){.vm = vm, .arena = script->arena, .err = err, .file = "?"};
    *pack = (struct pe_pack_def){0};
    pe_vm_refuel(vm);
    lua_pushcfunction(vm->L, load_all);
    lua_pushlightuserdata(vm->L, &load);
    if (pe_vm_call(vm, 1, 0) != LUA_OK) {
        error = pe_vm_error(vm);
        if (vm->limit != PE_LIMIT_NONE)
            error = pe_vm_limit_text(vm).en;
        return raised(load.reader.file, error == NULL ? "out of memory" : error, err);
    }
    if (pe_arena_failed(script->arena))
        return pe_err_memory(err);
    return load.reader.failed ? -1 : 0;
}
