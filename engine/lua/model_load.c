/* model_load.c: reads a pack's model.lua. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/model_load.h"

#include <string.h>

/* ---- constructors: each marks the table it is given with its kind ---- */

static const char *const kind_names[] = {
    [PE_KIND_RECORD] = "record", [PE_KIND_LIST] = "list",         [PE_KIND_MAP] = "map",
    [PE_KIND_TEXT] = "text",     [PE_KIND_ENUM] = "enum",         [PE_KIND_INTEGER] = "integer",
    [PE_KIND_NUMBER] = "number", [PE_KIND_BOOLEAN] = "boolean",   [PE_KIND_FORMAT] = "format",
    [PE_KIND_REF] = "ref",       [PE_KIND_NULLABLE] = "nullable",
};
enum { KINDS = sizeof kind_names / sizeof kind_names[0] };

/* Their addresses are keys no model can write. */
static const char kind_key, element_key, line_key;

static int mark(lua_State *L, int table, int kind)
{
    table = lua_absindex(L, table);
    lua_pushinteger(L, kind);
    lua_rawsetp(L, table, &kind_key);
    lua_pushvalue(L, table);
    return 1;
}

static bool is_shape(lua_State *L, int index)
{
    bool shape;

    if (lua_type(L, index) != LUA_TTABLE)
        return false;
    shape = lua_rawgetp(L, index, &kind_key) == LUA_TNUMBER;
    lua_pop(L, 1);
    return shape;
}

/* Where the model calls a constructor. */
static void mark_line(lua_State *L, int table)
{
    lua_Debug ar;

    if (!lua_getstack(L, 1, &ar) || !lua_getinfo(L, "l", &ar))
        return;
    lua_pushinteger(L, ar.currentline);
    lua_rawsetp(L, table, &line_key);
}

static int construct_plain(lua_State *L, int kind)
{
    if (lua_isnoneornil(L, 1)) {
        lua_settop(L, 0);
        lua_newtable(L);
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    if (is_shape(L, 1))
        return luaL_error(L, "%s takes a table of its own", kind_names[kind]);
    if (kind == PE_KIND_RECORD)
        mark_line(L, 1);
    return mark(L, 1, kind);
}

static int construct_around(lua_State *L, int kind)
{
    if (!is_shape(L, 1))
        return luaL_error(L, "%s needs the type of its elements first, such as text{}",
                          kind_names[kind]);
    lua_settop(L, 2);
    if (lua_isnil(L, 2)) {
        lua_newtable(L);
        lua_replace(L, 2);
    }
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_pushvalue(L, 1);
    lua_rawsetp(L, 2, &element_key);
    return mark(L, 2, kind);
}

static int construct_named(lua_State *L, int kind)
{
    luaL_checktype(L, 1, LUA_TSTRING);
    lua_createtable(L, 1, 1);
    lua_pushvalue(L, 1);
    lua_rawseti(L, -2, 1);
    return mark(L, -1, kind);
}

static int construct(lua_State *L)
{
    int kind = (int)lua_tointeger(L, lua_upvalueindex(1));

    switch (kind) {
    case PE_KIND_LIST:
    case PE_KIND_MAP:
    case PE_KIND_NULLABLE:
        return construct_around(L, kind);
    case PE_KIND_FORMAT:
    case PE_KIND_REF:
        return construct_named(L, kind);
    default:
        return construct_plain(L, kind);
    }
}

void pe_model_push_names(lua_State *L)
{
    lua_createtable(L, 0, KINDS);
    for (int kind = 0; kind < KINDS; kind++) {
        if (kind == PE_KIND_BOOLEAN) {
            lua_newtable(L);
            mark(L, -1, kind);
            lua_remove(L, -2);
        } else {
            lua_pushinteger(L, kind);
            lua_pushcclosure(L, construct, 1);
        }
        lua_setfield(L, -2, kind_names[kind]);
    }
    pe_vm_seal(L, "");
}

/* ---- reading ---- */

struct shapes {
    struct pe_reader *reader;
    struct pe_model *model;
    const struct pe_shape **list;
    size_t room;
    int memo; /* stack index of the table: shape table -> number */
    unsigned depth;
};

enum { MAX_MODEL_DEPTH = 64 };

static const struct pe_shape *read_shape(struct shapes *s, int index, const char *what);

static struct pe_shape *new_shape(struct shapes *s, int index, int kind)
{
    lua_State *L = s->reader->vm->L;
    struct pe_shape *shape = pe_arena_alloc(s->reader->arena, sizeof *shape);

    s->list =
        pe_arena_grow(s->reader->arena, s->list, s->model->shape_count, &s->room, sizeof *s->list);
    if (shape == NULL || s->list == NULL || s->model->shape_count >= PE_MAX_SHAPES) {
        pe_reader_fail(s->reader, NULL, "the model has more than %d shapes", PE_MAX_SHAPES);
        return NULL;
    }
    shape->kind = (enum pe_kind)kind;
    shape->number = (uint16_t)s->model->shape_count;
    s->list[s->model->shape_count++] = shape;
    s->model->shapes = s->list;
    lua_pushvalue(L, index);
    lua_pushinteger(L, shape->number);
    lua_rawset(L, s->memo);
    return shape;
}

static void read_bounds(struct shapes *s, int index, struct pe_shape *shape)
{
    shape->has_min = pe_reader_number(s->reader, index, "min", &shape->min);
    shape->has_max = pe_reader_number(s->reader, index, "max", &shape->max);
}

static const char *name_on_top(struct pe_reader *reader)
{
    if (strlen(lua_tostring(reader->vm->L, -1)) != lua_rawlen(reader->vm->L, -1))
        pe_reader_fail(reader, NULL, "a name holds a NUL");
    return pe_reader_copy_top(reader, "a name");
}

static void read_field(struct shapes *s, int index, struct pe_field *field)
{
    static const char *const keys[] = {"required", "for_people", "secret", "option", "service",
                                       "unit",     "en",         "ja",     NULL};
    struct pe_reader *reader = s->reader;
    lua_State *L = reader->vm->L;

    if (lua_type(L, index) != LUA_TTABLE || lua_rawlen(L, index) > 2) {
        pe_reader_fail(reader, NULL, "a field of a record is { \"name\", type, ... }");
        return;
    }
    pe_reader_keys(reader, index, keys, true, "a field");
    if (lua_rawgeti(L, index, 1) != LUA_TSTRING)
        pe_reader_fail(reader, NULL, "a field of a record begins with its name");
    else
        field->name = name_on_top(reader);
    lua_pop(L, 1);
    lua_rawgeti(L, index, 2);
    field->shape = read_shape(s, lua_gettop(L), field->name == NULL ? "?" : field->name);
    lua_pop(L, 1);
    field->required = pe_reader_bool(reader, index, "required");
    field->for_people = pe_reader_bool(reader, index, "for_people");
    field->secret = pe_reader_bool(reader, index, "secret");
    field->when.option = pe_reader_string(reader, index, "option", false);
    field->when.service = pe_reader_string(reader, index, "service", false);
    field->unit = pe_reader_text(reader, index, "unit", false);
    field->doc.en = pe_reader_string(reader, index, "en", false);
    field->doc.ja = pe_reader_string(reader, index, "ja", false);
    if (field->doc.ja == NULL)
        field->doc.ja = field->doc.en;
}

static size_t field_count(struct pe_reader *reader, int index)
{
    size_t count = lua_rawlen(reader->vm->L, index);

    if (count <= PE_MAX_WORDS)
        return count;
    pe_reader_fail(reader, NULL, "a record has more than %d fields", PE_MAX_WORDS);
    return 0;
}

static void read_record(struct shapes *s, int index, struct pe_shape *shape)
{
    static const char *const keys[] = {NULL};
    lua_State *L = s->reader->vm->L;
    size_t count = field_count(s->reader, index);
    struct pe_field *fields = pe_arena_array(s->reader->arena, count + 1, sizeof *fields);

    if (lua_rawgetp(L, index, &line_key) == LUA_TNUMBER)
        shape->line = (int)lua_tointeger(L, -1);
    lua_pop(L, 1);
    lua_pushnil(L);
    lua_rawsetp(L, index, &kind_key);
    lua_pushnil(L);
    lua_rawsetp(L, index, &line_key);
    pe_reader_keys(s->reader, index, keys, true, "record");
    for (size_t i = 0; fields != NULL && i < count && !s->reader->failed; i++) {
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        read_field(s, lua_gettop(L), &fields[i]);
        lua_pop(L, 1);
        for (size_t j = 0; j < i && !s->reader->failed; j++)
            if (strcmp(fields[j].name, fields[i].name) == 0)
                pe_reader_fail(s->reader, NULL, "the field %s stands twice in a record",
                               fields[i].name);
    }
    shape->fields = fields;
    shape->field_count = count;
}

static void read_list(struct shapes *s, int index, struct pe_shape *shape, const char *what)
{
    static const char *const list_keys[] = {"unique", "min", "max", "may_be_empty", NULL};
    static const char *const no_keys[] = {NULL};
    lua_State *L = s->reader->vm->L;

    lua_rawgetp(L, index, &element_key);
    shape->element = read_shape(s, lua_gettop(L), what);
    lua_pop(L, 1);
    lua_pushnil(L);
    lua_rawsetp(L, index, &element_key);
    lua_pushnil(L);
    lua_rawsetp(L, index, &kind_key);
    if (shape->kind == PE_KIND_NULLABLE && shape->element != NULL &&
        shape->element->kind == PE_KIND_NULLABLE)
        pe_reader_fail(s->reader, NULL, "nullable(nullable(...)): once is enough");
    pe_reader_keys(s->reader, index, shape->kind == PE_KIND_LIST ? list_keys : no_keys, false,
                   kind_names[shape->kind]);
    if (shape->kind != PE_KIND_LIST)
        return;
    read_bounds(s, index, shape);
    shape->unique = pe_reader_string(s->reader, index, "unique", false);
    shape->witness = pe_reader_string(s->reader, index, "may_be_empty", false);
}

static void read_words(struct shapes *s, int index, struct pe_shape *shape)
{
    lua_State *L = s->reader->vm->L;

    lua_createtable(L, 0, 1);
    lua_pushvalue(L, index);
    lua_setfield(L, -2, "enum");
    shape->words = pe_reader_strings(s->reader, -1, "enum", true);
    lua_pop(L, 1);
    if (shape->words.count == 0)
        pe_reader_fail(s->reader, NULL, "an enum needs its words: enum{ \"a\", \"b\" }");
}

static void read_scalar(struct shapes *s, int index, struct pe_shape *shape)
{
    static const char *const text_keys[] = {"min", "max", "one_of", NULL};
    static const char *const number_keys[] = {"min", "max", NULL};
    lua_State *L = s->reader->vm->L;

    lua_pushnil(L);
    lua_rawsetp(L, index, &kind_key);
    if (shape->kind == PE_KIND_ENUM) {
        read_words(s, index, shape);
        return;
    }
    pe_reader_keys(s->reader, index, shape->kind == PE_KIND_TEXT ? text_keys : number_keys, false,
                   kind_names[shape->kind]);
    read_bounds(s, index, shape);
    if (shape->kind == PE_KIND_TEXT)
        shape->words = pe_reader_strings(s->reader, index, "one_of", false);
}

static void read_named(struct shapes *s, int index, struct pe_shape *shape)
{
    lua_State *L = s->reader->vm->L;
    const char *name;

    lua_rawgeti(L, index, 1);
    name = name_on_top(s->reader);
    lua_pop(L, 1);
    if (shape->kind == PE_KIND_REF)
        shape->path = name;
    else
        shape->format = name;
    if (shape->kind == PE_KIND_FORMAT && name != NULL && !pe_format_known(name))
        pe_reader_fail(s->reader, NULL, "there is no format \"%.40s\"", name);
}

static void read_kind(struct shapes *s, int index, struct pe_shape *shape, const char *what)
{
    switch (shape->kind) {
    case PE_KIND_RECORD:
        read_record(s, index, shape);
        break;
    case PE_KIND_LIST:
    case PE_KIND_MAP:
    case PE_KIND_NULLABLE:
        read_list(s, index, shape, what);
        break;
    case PE_KIND_FORMAT:
    case PE_KIND_REF:
        read_named(s, index, shape);
        break;
    case PE_KIND_BOOLEAN:
        break;
    default:
        read_scalar(s, index, shape);
    }
}

static const struct pe_shape *read_shape(struct shapes *s, int index, const char *what)
{
    lua_State *L = s->reader->vm->L;
    struct pe_shape *shape = NULL;
    int kind;

    if (s->reader->failed || !lua_checkstack(L, 20))
        return NULL;
    lua_pushvalue(L, index);
    if (lua_type(L, index) == LUA_TTABLE && lua_rawget(L, s->memo) == LUA_TNUMBER) {
        kind = (int)lua_tointeger(L, -1);
        lua_pop(L, 1);
        return s->list[kind];
    }
    lua_pop(L, 1);
    if (!is_shape(L, index)) {
        pe_reader_fail(s->reader, what, "%s: expected a type such as text{} or list(...)", what);
        return NULL;
    }
    lua_rawgetp(L, index, &kind_key);
    kind = (int)lua_tointeger(L, -1);
    lua_pop(L, 1);
    if (++s->depth > MAX_MODEL_DEPTH)
        pe_reader_fail(s->reader, what, "%s: the model is nested deeper than %d", what,
                       MAX_MODEL_DEPTH);
    shape = new_shape(s, index, kind);
    if (shape != NULL)
        read_kind(s, index, shape, what);
    s->depth--;
    return shape;
}

struct pe_model *pe_model_read(struct pe_reader *reader)
{
    lua_State *L = reader->vm->L;
    struct shapes s = {.reader = reader};
    int root = lua_gettop(L);

    s.model = pe_arena_alloc(reader->arena, sizeof *s.model);
    if (s.model == NULL)
        return NULL;
    lua_newtable(L);
    s.memo = lua_gettop(L);
    s.list = pe_arena_grow(reader->arena, NULL, 0, &s.room, sizeof *s.list);
    s.model->shape_count = 1;
    s.model->root = read_shape(&s, root, "the model");
    lua_settop(L, root - 1);
    if (!reader->failed && s.model->root->kind != PE_KIND_RECORD)
        pe_reader_fail(reader, NULL, "the model must be a record{ ... }");
    return reader->failed ? NULL : s.model;
}
