/* fill.c: string.format: a format with its values filled in, whatever the locale. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/fill.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lua/args.h"
#include "lua/order.h"

enum { SPEC_BYTES = 32, NUMBER_BYTES = 512 };

static const char *skip_digits(const char *at, const char *end)
{
    for (int digits = 0; digits < 2 && at < end && *at >= '0' && *at <= '9'; digits++)
        at++;
    return at;
}

/* What stands after a '%': flags, a width and a precision of two digits at most. Copies it to
 * spec with the length modifier of its conversion, and returns what follows. */
static const char *read_spec(lua_State *L, const char *at, const char *end, char spec[SPEC_BYTES])
{
    const char *start = at;
    size_t length;

    while (at < end && *at != '\0' && strchr("-+ #0", *at) != NULL && at - start < 5)
        at++;
    at = skip_digits(at, end);
    if (at < end && *at == '.')
        at = skip_digits(at + 1, end);
    if (at == end || *at == '\0' || strchr("sdixXgf", *at) == NULL) {
        lua_pushlstring(L, start, (size_t)((at < end ? at + 1 : at) - start));
        luaL_error(L, "invalid conversion '%%%s' to 'format'", lua_tostring(L, -1));
    }
    length = (size_t)(at - start);
    spec[0] = '%';
    memcpy(spec + 1, start, length);
    snprintf(spec + 1 + length, SPEC_BYTES - 1 - length, "%s%c",
             strchr("dixX", *at) == NULL ? "" : "ll", *at);
    return at + 1;
}

/* Adds any value; a string as it is when it needs no padding. */
static void add_string(lua_State *L, luaL_Buffer *out, int index, const char *spec)
{
    char text[NUMBER_BYTES];
    size_t length;
    const char *bytes;

    pe_push_text(L, index);
    lua_replace(L, index); /* the buffer must have the top of the stack */
    bytes = lua_tolstring(L, index, &length);
    if (spec[1] == 's') {
        pe_args_add(L, out, bytes, length);
        return;
    }
    if (strlen(bytes) != length)
        luaL_error(L, "format cannot pad a string that holds a NUL");
    if (length >= 100 && strchr(spec, '.') == NULL) {
        pe_args_add(L, out, bytes, length);
        return;
    }
    length = (size_t)snprintf(text, sizeof text, spec, bytes);
    pe_args_add(L, out, text, length < sizeof text ? length : sizeof text - 1);
}

static void add_number(lua_State *L, luaL_Buffer *out, int index, const char *spec)
{
    char text[NUMBER_BYTES], conversion = spec[strlen(spec) - 1];
    lua_Number number;
    int length;

    luaL_checktype(L, index, LUA_TNUMBER);
    if (conversion == 'f' || conversion == 'g') {
        number = lua_tonumber(L, index);
        length = snprintf(text, sizeof text, spec, isnan(number) ? fabs(number) : number);
    } else {
        length = snprintf(text, sizeof text, spec, (long long)luaL_checkinteger(L, index));
    }
    pe_args_add(L, out, text, length < 0 ? 0 : (size_t)length);
}

int pe_fill(lua_State *L)
{
    size_t length;
    const char *at = luaL_checklstring(L, 1, &length), *end = at + length, *stop;
    char spec[SPEC_BYTES];
    int index = 1, top = lua_gettop(L); /* above it the buffer keeps things of its own */
    luaL_Buffer out;

    luaL_buffinit(L, &out);
    while (at < end) {
        stop = memchr(at, '%', (size_t)(end - at));
        pe_args_add(L, &out, at, (size_t)((stop == NULL ? end : stop) - at));
        if (stop == NULL)
            break;
        at = stop + 1;
        if (at < end && *at == '%') {
            luaL_addchar(&out, *at++);
            continue;
        }
        at = read_spec(L, at, end, spec);
        if (++index > top || lua_isnil(L, index))
            return luaL_error(L, "format was given a nil value (argument #%d)", index);
        if (spec[strlen(spec) - 1] == 's')
            add_string(L, &out, index, spec);
        else
            add_number(L, &out, index, spec);
    }
    luaL_pushresult(&out);
    return 1;
}
