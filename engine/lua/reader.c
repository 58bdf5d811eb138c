/* reader.c: reads the tables that a pack's files return, strictly. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/suggest.h"
#include "base/utf8.h"

enum { MAX_KEYS = 64 };

bool pe_reader_failed(const struct pe_reader *reader)
{
    return reader->failed;
}

/* ---- problems ---- */

static bool word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool assigned(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '"' || *at == ']'))
        at++;
    return at < end && *at == '=' && (at + 1 == end || at[1] != '=');
}

static unsigned line_at(const struct pe_reader *reader, const char *at)
{
    unsigned line = 1;

    for (const char *c = reader->source; c < at; c++)
        line += *c == '\n';
    return line;
}

/* Where the key is given a value, at or behind from; NULL: nowhere. */
static const char *find_key(const struct pe_reader *reader, const char *key, size_t from)
{
    const char *at = reader->source + from, *end = reader->source + reader->source_length;
    size_t length = strlen(key);

    for (; length > 0 && (at = memmem(at, (size_t)(end - at), key, length)) != NULL; at++)
        if ((at == reader->source || !word_char(at[-1])) && assigned(at + length, end))
            return at;
    return NULL;
}

/* Of a key, or else (NULL) of the part that is read. 0: not known. */
static unsigned line_of(const struct pe_reader *reader, const char *key)
{
    const char *at;

    if (reader->source == NULL)
        return 0;
    if (key == NULL)
        return reader->from == 0 ? 0 : line_at(reader, reader->source + reader->from);
    at = find_key(reader, key, reader->from);
    if (at == NULL && reader->from > 0) /* its keys may stand before its name */
        at = find_key(reader, key, 0);
    return at == NULL ? 0 : line_at(reader, at);
}

/* Where a text stands first in quotes of that kind; 0: nowhere. */
static size_t find_quoted(struct pe_reader *reader, const char *name, char quote)
{
    const char *text = pe_arena_printf(reader->arena, "%c%s%c", quote, name, quote), *at = NULL;

    if (text != NULL && reader->source != NULL)
        at = memmem(reader->source, reader->source_length, text, strlen(text));
    return at == NULL ? 0 : (size_t)(at - reader->source);
}

void pe_reader_begin(struct pe_reader *reader, const char *kind, const char *name)
{
    reader->part = NULL;
    reader->from = 0;
    if (name == NULL || *name == '\0')
        return;
    reader->part = pe_arena_printf(reader->arena, "the %s %.100s", kind, name);
    reader->from = find_quoted(reader, name, '"');
    if (reader->from == 0)
        reader->from = find_quoted(reader, name, '\'');
}

void pe_reader_begin_key(struct pe_reader *reader, const char *kind, const char *key)
{
    const char *at = reader->source == NULL ? NULL : find_key(reader, key, 0);

    reader->part = pe_arena_printf(reader->arena, "the %s %.100s", kind, key);
    reader->from = at == NULL ? 0 : (size_t)(at - reader->source);
}

void pe_reader_end(struct pe_reader *reader)
{
    pe_reader_begin(reader, "", NULL);
}

void pe_reader_fail(struct pe_reader *reader, const char *key, const char *format, ...)
{
    char message[512];
    unsigned line = line_of(reader, key);
    struct pe_buf safe = {0}; /* words of the pack may be anything, and may have been cut */
    va_list args;

    if (reader->failed)
        return;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    reader->failed = true;
    if (line > 0)
        pe_buf_printf(&safe, "%s:%u: ", reader->file, line);
    else
        pe_buf_printf(&safe, "%s: ", reader->file);
    pe_escape_adds(&safe, message);
    pe_err_set(reader->err, PE_ERR_PACK, "%s", pe_buf_failed(&safe) ? "out of memory" : safe.data);
    pe_buf_release(&safe);
}

/* ---- keys ---- */

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A string without a NUL. */
static bool is_name(lua_State *L, int index)
{
    return lua_type(L, index) == LUA_TSTRING &&
           strlen(lua_tostring(L, index)) == lua_rawlen(L, index);
}

/* The string keys of a table, sorted, so that the same one is named on every run. */
static size_t sorted_keys(struct pe_reader *reader, int index, bool list, const char *what,
                          const char *keys[MAX_KEYS])
{
    lua_State *L = reader->vm->L;
    size_t count = 0;

    lua_pushnil(L);
    while (lua_next(L, index) != 0) {
        if (is_name(L, -2) && count < MAX_KEYS)
            keys[count++] = lua_tostring(L, -2);
        else if (lua_type(L, -2) != LUA_TNUMBER || !list)
            pe_reader_fail(reader, NULL, "%s has a key that is no name", what);
        lua_pop(L, 1);
    }
    qsort(keys, count, sizeof keys[0], by_bytes);
    return count;
}

static bool is_known(const char *key, const char *const *known)
{
    for (; *known != NULL; known++)
        if (strcmp(*known, key) == 0)
            return true;
    return false;
}

enum { KEYS_BYTES = 160 };

/* "; it has base, params", unless that is too long to be read. */
static void tell_known(const char *const *known, char out[KEYS_BYTES])
{
    size_t length = (size_t)snprintf(out, KEYS_BYTES, "; it has ");

    for (size_t i = 0; known[i] != NULL && length < KEYS_BYTES; i++)
        length += (size_t)snprintf(out + length, KEYS_BYTES - length, "%s%s", i == 0 ? "" : ", ",
                                   known[i]);
    if (length >= KEYS_BYTES || known[0] == NULL)
        out[0] = '\0';
}

void pe_reader_keys(struct pe_reader *reader, int index, const char *const *known, bool list,
                    const char *what)
{
    const char *keys[MAX_KEYS], *like;
    size_t count, known_count = 0;
    char all[KEYS_BYTES];

    while (known[known_count] != NULL)
        known_count++;
    count = sorted_keys(reader, lua_absindex(reader->vm->L, index), list, what, keys);
    for (size_t i = 0; i < count && !reader->failed; i++) {
        if (is_known(keys[i], known))
            continue;
        like = pe_suggest(keys[i], known, known_count);
        tell_known(known, all);
        pe_reader_fail(reader, keys[i], "%s has no key '%.60s'%s%s%s", what, keys[i],
                       like == NULL ? all : " (did you mean '", like == NULL ? "" : like,
                       like == NULL ? "" : "'?)");
    }
}

/* ---- members ---- */

/* Pushes the member; false, with nothing pushed, when it is absent or was never to be read. */
static bool push(struct pe_reader *reader, int index, const char *key, bool required)
{
    lua_State *L = reader->vm->L;

    if (reader->failed)
        return false;
    index = lua_absindex(L, index);
    lua_pushstring(L, key);
    if (lua_rawget(L, index) != LUA_TNIL)
        return true;
    lua_pop(L, 1);
    if (required)
        pe_reader_fail(reader, NULL, "%s is missing%s%s", key, reader->part == NULL ? "" : " in ",
                       reader->part == NULL ? "" : reader->part);
    return false;
}

static void wrong(struct pe_reader *reader, const char *key, const char *expected)
{
    pe_reader_fail(reader, key, "%s: expected %s, found a %s", key, expected,
                   luaL_typename(reader->vm->L, -1));
}

const char *pe_reader_copy_top(struct pe_reader *reader, const char *key)
{
    size_t length;
    const char *bytes = lua_tolstring(reader->vm->L, -1, &length);

    if (memchr(bytes, '\0', length) != NULL)
        pe_reader_fail(reader, NULL, "a string holds a NUL");
    if (length > PE_MAX_TEXT_BYTES)
        pe_reader_fail(reader, key, "%s: a text is longer than %d bytes", key, PE_MAX_TEXT_BYTES);
    if (!pe_utf8_valid(bytes, length))
        pe_reader_fail(reader, key, "%s: a text must be UTF-8", key);
    return pe_arena_strn(reader->arena, bytes, length);
}

const char *pe_reader_string(struct pe_reader *reader, int index, const char *key, bool required)
{
    const char *text = NULL;

    if (!push(reader, index, key, required))
        return NULL;
    if (lua_type(reader->vm->L, -1) == LUA_TSTRING)
        text = pe_reader_copy_top(reader, key);
    else
        wrong(reader, key, "a string");
    lua_pop(reader->vm->L, 1);
    return text;
}

struct pe_text pe_reader_text(struct pe_reader *reader, int index, const char *key, bool required)
{
    static const char *const languages[] = {"en", "ja", NULL};
    struct pe_text text = {0};
    lua_State *L = reader->vm->L;

    if (!push(reader, index, key, required))
        return text;
    if (lua_type(L, -1) == LUA_TSTRING) {
        text.en = text.ja = pe_reader_copy_top(reader, key);
    } else if (lua_type(L, -1) == LUA_TTABLE) {
        pe_reader_keys(reader, -1, languages, false, key);
        text.en = pe_reader_string(reader, -1, "en", true);
        text.ja = pe_reader_string(reader, -1, "ja", false);
        if (text.ja == NULL)
            text.ja = text.en;
    } else {
        wrong(reader, key, "a string or { en = ..., ja = ... }");
    }
    lua_pop(L, 1);
    return text;
}

bool pe_reader_bool(struct pe_reader *reader, int index, const char *key)
{
    bool value = false;

    if (!push(reader, index, key, false))
        return false;
    if (lua_type(reader->vm->L, -1) == LUA_TBOOLEAN)
        value = lua_toboolean(reader->vm->L, -1);
    else
        wrong(reader, key, "a boolean");
    lua_pop(reader->vm->L, 1);
    return value;
}

bool pe_reader_number(struct pe_reader *reader, int index, const char *key, double *number)
{
    bool found = false;

    if (!push(reader, index, key, false))
        return false;
    if (lua_type(reader->vm->L, -1) == LUA_TNUMBER) {
        *number = lua_tonumber(reader->vm->L, -1);
        found = true;
    } else {
        wrong(reader, key, "a number");
    }
    lua_pop(reader->vm->L, 1);
    return found;
}

size_t pe_reader_length(struct pe_reader *reader, const char *key)
{
    lua_State *L = reader->vm->L;
    size_t count = lua_rawlen(L, -1), keys = 0;

    lua_pushnil(L);
    while (lua_next(L, -2) != 0) {
        keys++;
        lua_pop(L, 1);
    }
    if (keys != count)
        pe_reader_fail(reader, key, "%s: a list has no named keys and no holes", key);
    return count;
}

/* Lists are compared with each other, each word with each. */
static size_t list_length(struct pe_reader *reader, const char *key)
{
    size_t count = pe_reader_length(reader, key);

    if (count <= PE_MAX_WORDS)
        return count;
    pe_reader_fail(reader, key, "%s: more than %d words", key, PE_MAX_WORDS);
    return 0;
}

static void list_of_strings(struct pe_reader *reader, const char *key, struct pe_strings *out)
{
    lua_State *L = reader->vm->L;
    size_t count = list_length(reader, key);
    const char **items = pe_arena_array(reader->arena, count + 1, sizeof *items);

    for (size_t i = 0; items != NULL && i < count && !reader->failed; i++) {
        if (lua_rawgeti(L, -1, (lua_Integer)i + 1) == LUA_TSTRING)
            items[i] = pe_reader_copy_top(reader, key);
        else
            wrong(reader, key, "a list of strings");
        lua_pop(L, 1);
    }
    /* Words after the one that was wrong were not read. */
    *out = (struct pe_strings){items, items == NULL || reader->failed ? 0 : count};
}

struct pe_strings pe_reader_strings(struct pe_reader *reader, int index, const char *key,
                                    bool required)
{
    struct pe_strings strings = {0};
    lua_State *L = reader->vm->L;

    if (!push(reader, index, key, required))
        return strings;
    if (lua_type(L, -1) == LUA_TSTRING) {
        const char **one = pe_arena_array(reader->arena, 1, sizeof *one);
        if (one != NULL) {
            one[0] = pe_reader_copy_top(reader, key);
            strings = (struct pe_strings){one, 1};
        }
    } else if (lua_type(L, -1) == LUA_TTABLE) {
        list_of_strings(reader, key, &strings);
    } else {
        wrong(reader, key, "a string or a list of strings");
    }
    lua_pop(L, 1);
    return strings;
}

void pe_reader_check_id(struct pe_reader *reader, const char *key, const char *id)
{
    size_t length = 0;

    while (id != NULL && (word_char(id[length]) || id[length] == '.' || id[length] == '-'))
        length++;
    if (id != NULL && (length == 0 || id[length] != '\0'))
        pe_reader_fail(reader, key, "%s: expected letters, digits, '.', '-' and '_'", key);
}

/* "low, medium or high" */
static const char *joined(struct pe_arena *arena, const char *const *words)
{
    const char *text = words[0];

    for (size_t i = 1; words[i] != NULL && text != NULL; i++)
        text =
            pe_arena_printf(arena, "%s%s%s", text, words[i + 1] == NULL ? " or " : ", ", words[i]);
    return text == NULL ? "" : text;
}

int pe_reader_word(struct pe_reader *reader, const char *key, const char *word,
                   const char *const *words)
{
    size_t count = 0;
    const char *like;

    if (word == NULL)
        return -1;
    for (; words[count] != NULL; count++)
        if (strcmp(words[count], word) == 0)
            return (int)count;
    like = pe_suggest(word, words, count);
    if (like != NULL)
        pe_reader_fail(reader, key, "%s: '%.60s' is not known (did you mean '%s'?)", key, word,
                       like);
    else
        pe_reader_fail(reader, key, "%s: '%.60s' is not known; it takes %s", key, word,
                       joined(reader->arena, words));
    return -1;
}

bool pe_reader_push_table(struct pe_reader *reader, int index, const char *key, bool required)
{
    if (!push(reader, index, key, required))
        return false;
    if (lua_type(reader->vm->L, -1) == LUA_TTABLE)
        return true;
    wrong(reader, key, "a table");
    lua_pop(reader->vm->L, 1);
    return false;
}
