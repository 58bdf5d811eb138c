/* test_value.c: values that tests write in Lua, as JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/test_value.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "lua/order.h"

enum { MAX_DEPTH = 50 };

/* ---- sentinels: functions, for nobody can change those ---- */

static int sentinel(lua_State *L, const char *name)
{
    return luaL_error(L, "%s is a value, not a function", name);
}

static int null_value(lua_State *L)
{
    return sentinel(L, "null");
}

static int empty_list(lua_State *L)
{
    return sentinel(L, "empty_list");
}

static int empty_object(lua_State *L)
{
    return sentinel(L, "empty_object");
}

void pe_test_value_push_names(lua_State *L)
{
    static const char *const lua_names[] = {"assert", "error",    "ipairs",  "math",
                                            "pairs",  "select",   "string",  "table",
                                            "type",   "tonumber", "tostring"};

    lua_createtable(L, 0, 16);
    lua_pushcfunction(L, null_value);
    lua_setfield(L, -2, "null");
    lua_pushcfunction(L, empty_list);
    lua_setfield(L, -2, "empty_list");
    lua_pushcfunction(L, empty_object);
    lua_setfield(L, -2, "empty_object");
    pe_vm_push_names(L);
    for (size_t i = 0; i < sizeof lua_names / sizeof lua_names[0]; i++) {
        lua_getfield(L, -1, lua_names[i]);
        lua_setfield(L, -3, lua_names[i]);
    }
    lua_pop(L, 1);
    pe_vm_seal(L, "");
}

/* ---- writing ---- */

struct writer {
    struct pe_reader *reader;
    const char *key; /* for messages */
    struct pe_buf *out;
    unsigned depth;
};

static void add_value(struct writer *w);

static void refuse(struct writer *w, const char *why)
{
    pe_reader_fail(w->reader, w->key, "%s: %s", w->key, why);
}

static void add_string(struct writer *w)
{
    size_t length;
    const char *bytes = lua_tolstring(w->reader->vm->L, -1, &length);

    if (!pe_utf8_valid(bytes, length) || memchr(bytes, '\0', length) != NULL) {
        refuse(w, "a string of a snapshot is UTF-8 without NUL");
        return;
    }
    pe_buf_addc(w->out, '"');
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)bytes[i] < 0x20)
            pe_buf_printf(w->out, "\\u%04x", bytes[i]);
        else if (bytes[i] == '"' || bytes[i] == '\\')
            pe_buf_printf(w->out, "\\%c", bytes[i]);
        else
            pe_buf_addc(w->out, bytes[i]);
    }
    pe_buf_addc(w->out, '"');
}

/* A float stays one: 1.0 is not the integer 1. */
static void add_number(struct writer *w)
{
    lua_State *L = w->reader->vm->L;
    char text[64];

    if (lua_isinteger(L, -1)) {
        pe_buf_printf(w->out, "%lld", (long long)lua_tointeger(L, -1));
        return;
    }
    if (!isfinite(lua_tonumber(L, -1))) {
        refuse(w, "JSON has no number that is not finite");
        return;
    }
    snprintf(text, sizeof text, "%.17g", lua_tonumber(L, -1));
    pe_buf_adds(w->out, text);
    if (strpbrk(text, ".e") == NULL)
        pe_buf_adds(w->out, ".0");
}

static void add_list(struct writer *w, lua_Integer count)
{
    lua_State *L = w->reader->vm->L;

    pe_buf_addc(w->out, '[');
    for (lua_Integer i = 1; i <= count && !pe_reader_failed(w->reader); i++) {
        pe_buf_adds(w->out, i == 1 ? "" : ", ");
        lua_rawgeti(L, -1, i);
        add_value(w);
        lua_pop(L, 1);
    }
    pe_buf_addc(w->out, ']');
}

/* The keys are on top, above the table. */
static void add_object(struct writer *w, lua_Integer count)
{
    lua_State *L = w->reader->vm->L;

    pe_buf_addc(w->out, '{');
    for (lua_Integer i = 1; i <= count && !pe_reader_failed(w->reader); i++) {
        pe_buf_adds(w->out, i == 1 ? "" : ", ");
        if (lua_rawgeti(L, -1, i) != LUA_TSTRING) {
            refuse(w, "a table is either a list or an object");
            lua_pop(L, 1);
            return;
        }
        add_string(w);
        pe_buf_adds(w->out, ": ");
        lua_rawget(L, -3);
        add_value(w);
        lua_pop(L, 1);
    }
    pe_buf_addc(w->out, '}');
}

static void add_table(struct writer *w)
{
    lua_State *L = w->reader->vm->L;
    lua_Integer length = (lua_Integer)lua_rawlen(L, -1), count;

    if (w->depth >= MAX_DEPTH) {
        refuse(w, "is nested too deeply");
        return;
    }
    luaL_checkstack(L, 10, "a value is nested too deeply");
    w->depth++;
    pe_sorted_keys(L, -1);
    count = (lua_Integer)lua_rawlen(L, -1);
    if (count == 0)
        refuse(w, "{} may be either: write empty_list or empty_object");
    else if (length != count)
        add_object(w, count);
    lua_pop(L, 1);
    if (count > 0 && length == count)
        add_list(w, count);
    w->depth--;
}

static void add_sentinel(struct writer *w)
{
    lua_CFunction function = lua_tocfunction(w->reader->vm->L, -1);

    if (function == null_value)
        pe_buf_adds(w->out, "null");
    else if (function == empty_list)
        pe_buf_adds(w->out, "[]");
    else if (function == empty_object)
        pe_buf_adds(w->out, "{}");
    else
        refuse(w, "a function is no value of a snapshot");
}

static void add_value(struct writer *w)
{
    lua_State *L = w->reader->vm->L;

    switch (lua_type(L, -1)) {
    case LUA_TBOOLEAN:
        pe_buf_adds(w->out, lua_toboolean(L, -1) ? "true" : "false");
        break;
    case LUA_TNUMBER:
        add_number(w);
        break;
    case LUA_TSTRING:
        add_string(w);
        break;
    case LUA_TTABLE:
        add_table(w);
        break;
    default:
        add_sentinel(w);
    }
}

const char *pe_test_value(struct pe_reader *reader, const char *key)
{
    struct pe_buf *out = &reader->vm->text; /* the state's own, so that raising leaks nothing */
    struct writer writer = {.reader = reader, .key = key, .out = out};

    pe_buf_clear(out);
    pe_buf_adds(out, "");
    add_value(&writer);
    if (pe_reader_failed(reader))
        return NULL;
    if (pe_buf_failed(out))
        luaL_error(reader->vm->L, "out of memory");
    return pe_arena_strn(reader->arena, out->data, out->length);
}
