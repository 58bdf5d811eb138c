/* message.c: what a policy has to say, in both languages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/message.h"

#include <string.h>

#include "base/escape.h"
#include "base/spacing.h"
#include "base/utf8.h"
#include "lua/order.h"
#include "lua/view.h"

enum {
    MAX_FORMAT_BYTES = 2000,
    BYTES_A_STEP = 8, /* of a text that cost as much as an instruction */
    MAX_MESSAGE_BYTES = 4000,
    MAX_VALUE_BYTES = 200, /* of one value in a message; the evidence has it whole */
    MIN_SECRET_BYTES = 3,  /* a shorter one would tear words apart, and is in no evidence anyway */
};

/* ---- secrets ---- */

/* The text with every occurrence of a secret replaced. */
static const char *without(struct pe_arena *arena, const char *text, const char *secret,
                           size_t length)
{
    struct pe_buf buf = {0};
    const char *at, *clean;

    if (length < MIN_SECRET_BYTES || memmem(text, strlen(text), secret, length) == NULL)
        return text;
    while ((at = memmem(text, strlen(text), secret, length)) != NULL) {
        pe_buf_add(&buf, text, (size_t)(at - text));
        pe_buf_adds(&buf, "[secret]");
        text = at + length;
    }
    pe_buf_adds(&buf, text);
    clean = pe_arena_take(arena, &buf);
    return clean == NULL ? "" : clean;
}

const char *pe_message_clean(struct pe_vm *vm, const char *text)
{
    for (const struct pe_secret *s = vm->secrets; s != NULL && text != NULL; s = s->next)
        text = without(vm->arena, text, s->bytes, s->length);
    return text;
}

/* ---- formats ---- */

static void add_cut(struct pe_buf *out, const char *bytes, size_t length)
{
    size_t cut = length;

    if (length > MAX_VALUE_BYTES)
        for (cut = MAX_VALUE_BYTES; cut > 0 && (bytes[cut] & 0xC0) == 0x80;)
            cut--;
    pe_buf_add(out, bytes, pe_utf8_valid_prefix(bytes, cut));
    if (cut < length)
        pe_buf_adds(out, "\xE2\x80\xA6");
}

/* Adds the value of a name: the table of values is at index; lang chooses among two texts. */
static void add_value(lua_State *L, int index, const char *name, size_t length, const char *lang,
                      struct pe_buf *out)
{
    const char *bytes;
    size_t size;

    lua_pushlstring(L, name, length);
    lua_rawget(L, index);
    if (lua_type(L, -1) == LUA_TTABLE) {
        lua_pushstring(L, lang);
        lua_rawget(L, -2);
        lua_replace(L, -2);
    }
    if (lua_isnil(L, -1)) {
        pe_buf_adds(out, "?");
    } else {
        pe_push_text(L, -1);
        bytes = lua_tolstring(L, -1, &size);
        add_cut(out, bytes, size);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

/* ---- values in a format ---- */

static void expand(lua_State *L, const char *format, size_t length, int values, const char *lang,
                   struct pe_buf *out)
{
    const char *end = format + length, *close;
    bool japanese = strcmp(lang, "ja") == 0;
    size_t start;

    while (format < end && out->length < MAX_MESSAGE_BYTES) {
        close = *format == '{' ? memchr(format, '}', (size_t)(end - format)) : NULL;
        if (close == NULL || close == format + 1) {
            pe_buf_addc(out, *format++);
            continue;
        }
        start = out->length;
        if (lua_type(L, values) == LUA_TTABLE)
            add_value(L, values, format + 1, (size_t)(close - format - 1), lang, out);
        else
            pe_buf_add(out, format, (size_t)(close - format + 1));
        if (japanese)
            pe_spacing_before(out, start);
        format = japanese ? pe_spacing_behind(out, close + 1, end) : close + 1;
    }
    if (format < end)
        pe_buf_adds(out, "\xE2\x80\xA6");
}

/* The host builds a text, and looks for every secret in it. */
static void charge_text(lua_State *L, size_t length)
{
    size_t passes = 1;

    for (const struct pe_secret *s = pe_vm_of(L)->secrets; s != NULL; s = s->next)
        passes++;
    pe_vm_charge(L, passes * (length / BYTES_A_STEP + 1));
}

/* A policy may be saved in another encoding, or cut a string between the bytes of a character. */
static const char *as_utf8(struct pe_vm *vm)
{
    struct pe_buf valid = {0};

    if (pe_utf8_valid(vm->text.data, vm->text.length))
        return pe_arena_strn(vm->arena, vm->text.data, vm->text.length);
    pe_escape_add_utf8(&valid, vm->text.data, vm->text.length);
    return pe_arena_take(vm->arena, &valid);
}

static const char *in_language(lua_State *L, int index, int values, const char *lang)
{
    struct pe_vm *vm = pe_vm_of(L);
    const char *format;
    size_t length;

    format = lua_tolstring(L, index, &length);
    pe_buf_clear(&vm->text);
    pe_buf_add(&vm->text, "", 0);
    expand(L, format, length < MAX_FORMAT_BYTES ? length : MAX_FORMAT_BYTES, values, lang,
           &vm->text);
    if (pe_buf_failed(&vm->text)) {
        vm->arena->failed = true; /* no pcall undoes it */
        luaL_error(L, "out of memory");
    }
    charge_text(L, vm->text.length);
    return pe_message_clean(vm, as_utf8(vm));
}

struct pe_text pe_message(lua_State *L, int index)
{
    struct pe_text text = {0};
    int values = index + 1;

    lua_settop(L, values);
    if (lua_type(L, index) == LUA_TSTRING) {
        text.en = in_language(L, index, values, "en");
        lua_pushvalue(L, index);
        text.ja = in_language(L, lua_gettop(L), values, "ja");
        lua_pop(L, 1);
        return text;
    }
    if (lua_type(L, index) != LUA_TTABLE)
        pe_vm_misuse(L, "a message is a string or a table { en = ..., ja = ... }");
    lua_pushliteral(L, "en");
    if (lua_rawget(L, index) != LUA_TSTRING)
        pe_vm_misuse(L, "a message needs its English text: { en = ..., ja = ... }");
    text.en = in_language(L, lua_gettop(L), values, "en");
    lua_pop(L, 1);
    lua_pushliteral(L, "ja");
    if (lua_rawget(L, index) == LUA_TSTRING)
        text.ja = in_language(L, lua_gettop(L), values, "ja");
    else
        text.ja = text.en;
    lua_pop(L, 1);
    return text;
}
