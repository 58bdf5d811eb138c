/* pack_load.c: loads what a pack declares, strictly. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "lib/clause.h"
#include "lua/areas_load.h"
#include "lua/bytecode.h"
#include "lua/claims_load.h"
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

/* ---- when, owner, severity ---- */

static void known_words(struct pe_reader *reader, const struct pe_strings *words,
                        const struct pe_strings *known, const char *key)
{
    const char *like;
    size_t j;

    for (size_t i = 0; i < words->count && !reader->failed; i++) {
        for (j = 0; j < known->count; j++)
            if (strcmp(words->items[i], known->items[j]) == 0)
                break;
        if (j < known->count)
            continue;
        like = pe_suggest(words->items[i], known->items, known->count);
        pe_reader_fail(reader, key, "when.%s: pack.lua knows no %s '%.60s'%s%s%s", key, key,
                       words->items[i], like == NULL ? "" : " (did you mean '",
                       like == NULL ? "" : like, like == NULL ? "" : "'?)");
    }
}

static struct pe_when read_when(struct load *load, int index)
{
    static const char *const keys[] = {"service", "option", "state", NULL};
    struct pe_reader *reader = &load->reader;
    struct pe_when when = {0};

    if (!pe_reader_push_table(reader, index, "when", false))
        return when;
    pe_reader_keys(reader, -1, keys, false, "when");
    when.services = pe_reader_strings(reader, -1, "service", false);
    when.options = pe_reader_strings(reader, -1, "option", false);
    when.states = pe_reader_strings(reader, -1, "state", false);
    known_words(reader, &when.services, &load->pack->services, "service");
    known_words(reader, &when.options, &load->pack->option_names, "option");
    known_words(reader, &when.states, &load->pack->states, "state");
    lua_pop(load->script->vm.L, 1);
    return when;
}

static const char *const owner_words[] = {"provider", "customer", "shared", NULL};
static const char *const severity_words[] = {"low", "medium", "high", "critical", NULL};

static void owner_by_service(struct load *load, int index, struct pe_owners *owners)
{
    struct pe_reader *reader = &load->reader;
    const struct pe_strings *services = &load->pack->services;
    const char *keys[PE_MAX_SERVICES + 1] = {NULL};
    int owner;

    if (services->count == 0)
        pe_reader_fail(reader, "owner", "owner: one word, for pack.lua names no services");
    for (size_t i = 0; i < services->count; i++)
        keys[i] = services->items[i];
    pe_reader_keys(reader, index, keys, false, "owner");
    for (size_t i = 0; i < services->count; i++) {
        const char *word = pe_reader_string(reader, index, services->items[i], true);
        owner = pe_reader_word(reader, "owner", word, owner_words);
        owners->of[i] = owner < 0 ? PE_SHARED : (enum pe_owner)owner;
    }
}

/* "customer", or { iad = "customer", ctx = "shared" }; absent keeps what is there. */
static void read_owner(struct load *load, int index, struct pe_owners *owners, bool required)
{
    lua_State *L = load->script->vm.L;
    const char *word;
    int type, owner;

    lua_pushliteral(L, "owner");
    type = lua_rawget(L, index);
    lua_pop(L, 1);
    if (type == LUA_TTABLE) {
        pe_reader_push_table(&load->reader, index, "owner", true);
        owner_by_service(load, lua_gettop(L), owners);
        lua_pop(L, 1);
        return;
    }
    word = pe_reader_string(&load->reader, index, "owner", required);
    owner = pe_reader_word(&load->reader, "owner", word, owner_words);
    for (size_t i = 0; owner >= 0 && i <= PE_MAX_SERVICES; i++)
        owners->of[i] = (enum pe_owner)owner;
}

static enum pe_severity read_severity(struct load *load, int index, enum pe_severity inherited,
                                      bool required)
{
    const char *word = pe_reader_string(&load->reader, index, "severity", required);
    int severity = pe_reader_word(&load->reader, "severity", word, severity_words);

    return severity < 0 ? inherited : (enum pe_severity)severity;
}

static bool is_for(const struct pe_when *when, const char *service)
{
    for (size_t i = 0; i < when->services.count; i++)
        if (strcmp(when->services.items[i], service) == 0)
            return true;
    return when->services.count == 0;
}

/* outer: of the control that a rule is in; NULL for the control itself. */
static void fill_sides(const struct pe_pack_def *pack, const struct pe_owners *owners,
                       const struct pe_when *when, const struct pe_when *outer,
                       struct pe_side *sides)
{
    for (size_t i = 0; i < pack->services.count && i < PE_MAX_SERVICES; i++) {
        const char *service = pack->services.items[i];
        sides[i].owner = owners->of[i];
        sides[i].applies = is_for(when, service) && (outer == NULL || is_for(outer, service));
    }
}

/* ---- parameters ---- */

/* The elements of the table on top with commas between, as they would be given by option. */
static const char *list_as_text(struct pe_reader *reader, const char *name)
{
    lua_State *L = reader->vm->L;
    struct pe_buf buf = {0};
    struct pe_strings list;

    lua_newtable(L);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, "default");
    list = pe_reader_strings(reader, -1, "default", true);
    lua_pop(L, 1);
    for (size_t i = 0; i < list.count && !reader->failed; i++) {
        if (list.items[i] == NULL || *list.items[i] == '\0' || strchr(list.items[i], ',') != NULL)
            pe_reader_fail(reader, name, "%s: an element is not empty and has no comma", name);
        else
            pe_buf_printf(&buf, "%s%s", i == 0 ? "" : ",", list.items[i]);
    }
    return pe_arena_take(reader->arena, &buf);
}

static int type_of_default(enum pe_param_type type)
{
    static const int types[] = {[PE_PARAM_INTEGER] = LUA_TNUMBER,
                                [PE_PARAM_NUMBER] = LUA_TNUMBER,
                                [PE_PARAM_BOOLEAN] = LUA_TBOOLEAN,
                                [PE_PARAM_STRING] = LUA_TSTRING,
                                [PE_PARAM_LIST] = LUA_TTABLE};

    return types[type];
}

/* The default on top as it would be given by option; nothing is coerced. */
static const char *default_as_text(struct load *load, const struct pe_param_def *param)
{
    struct pe_reader *reader = &load->reader;
    const char *name = param->face.name;
    lua_State *L = load->script->vm.L;

    if (lua_type(L, -1) != type_of_default(param->type)) {
        pe_reader_fail(reader, name, "%s: the default of a parameter of type %s cannot be a %s",
                       name, param->face.type, luaL_typename(L, -1));
        return NULL;
    }
    switch (lua_type(L, -1)) {
    case LUA_TBOOLEAN:
        return lua_toboolean(L, -1) ? "true" : "false";
    case LUA_TNUMBER:
        if (lua_isinteger(L, -1))
            return pe_arena_printf(reader->arena, "%lld", (long long)lua_tointeger(L, -1));
        return pe_arena_printf(reader->arena, "%.17g", lua_tonumber(L, -1));
    case LUA_TSTRING:
        return pe_reader_copy_top(reader, name);
    default:
        return list_as_text(reader, name);
    }
}

static void read_default(struct load *load, int index, struct pe_param_def *param)
{
    lua_State *L = load->script->vm.L;
    const char *text;
    struct pe_err err;

    lua_pushliteral(L, "default");
    if (lua_rawget(L, index) != LUA_TNIL && !load->reader.failed) {
        text = default_as_text(load, param);
        if (text != NULL && pe_param_store(param, text, load->reader.arena, &err) != 0)
            pe_reader_fail(&load->reader, param->face.name, "the default does not fit: %s",
                           err.text);
        param->face.default_ = param->face.value;
    }
    lua_pop(L, 1);
}

static void read_param(struct load *load, int index, struct pe_param_def *param)
{
    static const char *const keys[] = {"type", "default", "min",    "max", "one_of",
                                       "unit", "doc",     "source", NULL};
    static const char *const types[] = {"integer", "number", "boolean", "string", "list", NULL};
    struct pe_reader *reader = &load->reader;
    int type;

    pe_reader_begin_key(reader, "parameter", param->face.name);
    pe_reader_keys(reader, index, keys, false, param->face.name);
    param->face.type = pe_reader_string(reader, index, "type", true);
    type = pe_reader_word(reader, param->face.name, param->face.type, types);
    param->type = type < 0 ? PE_PARAM_STRING : (enum pe_param_type)type;
    param->has_min = pe_reader_number(reader, index, "min", &param->min);
    param->has_max = pe_reader_number(reader, index, "max", &param->max);
    param->one_of = pe_reader_strings(reader, index, "one_of", false);
    param->face.unit = pe_reader_text(reader, index, "unit", false);
    param->face.source = pe_reader_text(reader, index, "source", false);
    param->face.doc = pe_reader_text(reader, index, "doc", true);
    read_default(load, index, param);
    pe_reader_end(reader);
}

static int by_param_name(const void *a, const void *b)
{
    return strcmp(((const struct pe_param_def *)a)->face.name,
                  ((const struct pe_param_def *)b)->face.name);
}

enum { MAX_PARAMS = 100, MAX_RULES = 100 };

/* The key below the value on top. */
static const char *copy_key(struct pe_reader *reader)
{
    const char *name;

    lua_pushvalue(reader->vm->L, -2);
    name = pe_reader_copy_top(reader, "params");
    lua_pop(reader->vm->L, 1);
    return name;
}

static void read_params(struct load *load, int index, struct pe_control_def *control)
{
    struct pe_reader *reader = &load->reader;
    lua_State *L = load->script->vm.L;
    size_t count = 0;

    if (!pe_reader_push_table(reader, index, "params", false))
        return;
    control->params = pe_arena_array(reader->arena, MAX_PARAMS, sizeof *control->params);
    lua_pushnil(L);
    while (control->params != NULL && lua_next(L, -2) != 0) {
        if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TTABLE)
            pe_reader_fail(reader, "params", "params: expected NAME = { type = ..., doc = ... }");
        else if (strlen(lua_tostring(L, -2)) != lua_rawlen(L, -2))
            pe_reader_fail(reader, "params", "params: a name holds a NUL");
        else if (count == MAX_PARAMS)
            pe_reader_fail(reader, "params", "params: more than %d", MAX_PARAMS);
        else if ((control->params[count].face.name = copy_key(reader)) != NULL)
            count++;
        lua_pop(L, 1);
    }
    qsort(control->params, count, sizeof *control->params, by_param_name);
    for (size_t i = 0; i < count && !reader->failed; i++) {
        lua_getfield(L, -1, control->params[i].face.name);
        read_param(load, lua_gettop(L), &control->params[i]);
        lua_pop(L, 1);
    }
    control->face.param_count = count;
    lua_pop(L, 1);
}

/* ---- rules ---- */

static void read_rule(struct load *load, int index, const struct pe_control_def *control,
                      size_t number, struct pe_rule_def *rule)
{
    static const char *const keys[] = {"id",    "ref",  "title",     "fix",   "severity",
                                       "owner", "when", "claimable", "check", NULL};
    struct pe_reader *reader = &load->reader;
    lua_State *L = load->script->vm.L;

    rule->face.id = pe_reader_string(reader, index, "id", false);
    if (rule->face.id == NULL)
        reader->part = pe_arena_printf(reader->arena, "rule %zu", number);
    else
        pe_reader_begin(reader, "rule", rule->face.id);
    pe_reader_keys(reader, index, keys, false, "a rule");
    pe_reader_string(reader, index, "id", true);
    pe_reader_check_id(reader, "id", rule->face.id);
    rule->face.ref = pe_reader_string(reader, index, "ref", false);
    rule->face.title = pe_reader_text(reader, index, "title", true);
    rule->face.fix = pe_reader_text(reader, index, "fix", false);
    rule->face.severity = read_severity(load, index, control->face.severity, false);
    rule->owners = control->owners;
    read_owner(load, index, &rule->owners, false);
    rule->face.owner = pe_owner_for(load->pack, &rule->owners, NULL);
    rule->when = read_when(load, index);
    fill_sides(load->pack, &rule->owners, &rule->when, &control->when, rule->face.sides);
    rule->face.claimable = pe_reader_bool(reader, index, "claimable");
    lua_getfield(L, index, "check");
    if (lua_type(L, -1) != LUA_TFUNCTION)
        pe_reader_fail(reader, lua_isnil(L, -1) ? NULL : "check",
                       "a rule needs check = function(s, params, as_of)");
    lua_pop(L, 1);
    pe_reader_end(reader);
}

static void unique_rule(struct load *load, const struct pe_control_def *control, size_t i)
{
    for (size_t j = 0; j < i && !load->reader.failed; j++) {
        if (strcmp(control->rules[i].face.id, control->rules[j].face.id) != 0)
            continue;
        pe_reader_begin(&load->reader, "rule", control->rules[i].face.id);
        pe_reader_fail(&load->reader, NULL, "two rules have the id %s", control->rules[i].face.id);
    }
}

static void read_rules(struct load *load, int index, struct pe_control_def *control)
{
    struct pe_reader *reader = &load->reader;
    lua_State *L = load->script->vm.L;
    size_t count;

    if (!pe_reader_push_table(reader, index, "rules", true))
        return;
    count = pe_reader_length(reader, "rules");
    if (count == 0 || count > MAX_RULES)
        pe_reader_fail(reader, "rules", "rules: a control has 1 to %d rules", MAX_RULES);
    control->rules = pe_arena_array(reader->arena, count + 1, sizeof *control->rules);
    for (size_t i = 0; control->rules != NULL && i < count && !reader->failed; i++) {
        if (lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TTABLE)
            pe_reader_fail(reader, "rules", "rules: rule %zu is no table", i + 1);
        else
            read_rule(load, lua_gettop(L), control, i + 1, &control->rules[i]);
        lua_pop(L, 1);
        unique_rule(load, control, i);
    }
    control->face.rule_count = count;
    lua_pop(L, 1);
}

/* ---- controls ---- */

static void read_control(struct load *load, struct pe_control_def *control)
{
    static const char *const keys[] = {"id",         "title", "severity", "owner", "when",
                                       "references", "tags",  "params",   "rules", NULL};
    struct pe_reader *reader = &load->reader;
    int top = lua_gettop(load->script->vm.L);
    const char *id;

    pe_reader_keys(reader, top, keys, false, "a control");
    id = pe_reader_string(reader, top, "id", false);
    if (id != NULL && strcmp(id, control->face.id) != 0)
        pe_reader_fail(reader, "id", "id: the file's name says %s", control->face.id);
    control->face.pack = load->pack->face.id;
    control->face.title = pe_reader_text(reader, top, "title", true);
    control->face.severity = read_severity(load, top, PE_MEDIUM, true);
    read_owner(load, top, &control->owners, true);
    control->face.owner = pe_owner_for(load->pack, &control->owners, NULL);
    control->when = read_when(load, top);
    fill_sides(load->pack, &control->owners, &control->when, NULL, control->face.sides);
    control->face.references = pe_reader_strings(reader, top, "references", false);
    control->face.tags = pe_reader_strings(reader, top, "tags", false);
    read_params(load, top, control);
    read_rules(load, top, control);
}

static void load_control(struct load *load, const struct pe_file *file,
                         struct pe_control_def *control)
{
    lua_State *L = load->script->vm.L;

    control->file = file;
    begin_file(load, file, PE_SOURCE_BYTES);
    pe_instance_push(L, file);
    must_be_table(load);
    if (!load->reader.failed)
        read_control(load, control);
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
