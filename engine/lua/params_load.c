/* params_load.c: reads what parameters a control declares. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/params_load.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_PARAMS = 100 };

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
static const char *default_as_text(struct pe_reader *reader, const struct pe_param_def *param)
{
    const char *name = param->face.name;
    lua_State *L = reader->vm->L;

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

static void read_default(struct pe_reader *reader, int index, struct pe_param_def *param)
{
    lua_State *L = reader->vm->L;
    const char *text;
    struct pe_err err;

    lua_pushliteral(L, "default");
    if (lua_rawget(L, index) != LUA_TNIL && !reader->failed) {
        text = default_as_text(reader, param);
        if (text != NULL && pe_param_store(param, text, reader->arena, &err) != 0)
            pe_reader_fail(reader, param->face.name, "the default does not fit: %s", err.text);
        param->face.default_ = param->face.value;
    }
    lua_pop(L, 1);
}

static void read_param(struct pe_reader *reader, int index, struct pe_param_def *param)
{
    static const char *const keys[] = {"type", "default", "min",    "max", "one_of",
                                       "unit", "doc",     "source", NULL};
    static const char *const types[] = {"integer", "number", "boolean", "string", "list", NULL};
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
    read_default(reader, index, param);
    pe_reader_end(reader);
}

static int by_param_name(const void *a, const void *b)
{
    return strcmp(((const struct pe_param_def *)a)->face.name,
                  ((const struct pe_param_def *)b)->face.name);
}

/* The key below the value on top. */
static const char *copy_key(struct pe_reader *reader)
{
    const char *name;

    lua_pushvalue(reader->vm->L, -2);
    name = pe_reader_copy_top(reader, "params");
    lua_pop(reader->vm->L, 1);
    return name;
}

void pe_params_read(struct pe_reader *reader, int index, struct pe_control_def *control)
{
    lua_State *L = reader->vm->L;
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
        read_param(reader, lua_gettop(L), &control->params[i]);
        lua_pop(L, 1);
    }
    control->face.param_count = count;
    lua_pop(L, 1);
}
