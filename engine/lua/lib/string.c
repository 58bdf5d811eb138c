/* string.c: Lua's string functions, with patterns that cannot run away and without a locale. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/ascii.h"
#include "lib/text.h"
#include "lua/args.h"
#include "lua/fill.h"

enum {
    MAX_STEPS = 1000 * 1000, /* of one call of a pattern function */
    MAX_BYTES = 256,         /* values that string.byte gives at once */
};

/* ---- patterns ---- */

/* One run of the matcher, with a budget that is taken from the fuel. */
struct matching {
    struct pe_text_job job;
    uint64_t budget, given;
};

static void open_budget(lua_State *L, struct matching *m)
{
    int64_t fuel = pe_vm_of(L)->fuel;

    m->given = fuel < 0 ? 0 : fuel < MAX_STEPS ? (uint64_t)fuel : MAX_STEPS;
    m->budget = m->given;
    m->job.budget = &m->budget;
}

static void out_of_steps(lua_State *L)
{
    struct pe_arena *arena = pe_vm_of(L)->arena;
    const char *steps = pe_arena_printf(arena, "%d", MAX_STEPS);

    pe_vm_end(L, PE_ENDING_ERROR, pe_say(arena, PE_SAY_LIMIT_PATTERN, steps, NULL, NULL));
}

/* Pays for the steps taken. True for a match; raises for anything but that and none. */
static bool settle(lua_State *L, struct matching *m, enum pe_text_result result)
{
    pe_vm_charge(L, (size_t)(m->given - m->budget));
    m->given = m->budget;
    if (result == PE_TEXT_BUDGET)
        out_of_steps(L);
    if (result == PE_TEXT_BAD)
        luaL_error(L, "%s", m->job.error);
    return result == PE_TEXT_YES;
}

static void matching_of(lua_State *L, struct matching *m, int subject, int pattern)
{
    m->job.subject = luaL_checklstring(L, subject, &m->job.subject_length);
    m->job.pattern = luaL_checklstring(L, pattern, &m->job.pattern_length);
    open_budget(L, m);
}

static void push_capture(lua_State *L, struct matching *m, const struct pe_text_found *found,
                         unsigned index)
{
    struct pe_text_capture capture;

    if (pe_text_capture(found, index, &capture, m->job.error) != 0)
        luaL_error(L, "%s", m->job.error);
    if (capture.position)
        lua_pushinteger(L, (lua_Integer)capture.start + 1);
    else
        pe_args_push(L, m->job.subject + capture.start, capture.length);
}

/* Pushes all captures; the whole match when there are none, unless it is not wanted. */
static int push_captures(lua_State *L, struct matching *m, const struct pe_text_found *found,
                         bool whole)
{
    unsigned count = found->count == 0 && whole ? 1 : found->count;

    luaL_checkstack(L, (int)count, "too many captures");
    for (unsigned i = 1; i <= count; i++)
        push_capture(L, m, found, i);
    return (int)count;
}

/* A position as Lua counts: from 1, from the end if negative. Clipped to 1. */
static size_t position(lua_Integer at, size_t length)
{
    if (at > 0)
        return (size_t)at;
    if (at == 0 || at < -(lua_Integer)length)
        return 1;
    return length + (size_t)at + 1;
}

static size_t init_of(lua_State *L, int index, size_t length)
{
    return position(pe_arg_whole_or(L, index, 1), length) - 1;
}

static int string_find(lua_State *L)
{
    struct pe_text_found found;
    struct matching m;
    size_t init;
    bool plain;

    matching_of(L, &m, 1, 2);
    init = init_of(L, 3, m.job.subject_length);
    pe_vm_charge(L, m.job.pattern_length);
    plain = lua_toboolean(L, 4) || pe_text_is_plain(m.job.pattern, m.job.pattern_length);
    if (!settle(L, &m,
                plain ? pe_text_find_plain(&m.job, init, &found)
                      : pe_text_match(&m.job, init, &found))) {
        luaL_pushfail(L);
        return 1;
    }
    lua_pushinteger(L, (lua_Integer)found.start + 1);
    lua_pushinteger(L, (lua_Integer)found.end);
    return 2 + (plain ? 0 : push_captures(L, &m, &found, false));
}

static int string_match(lua_State *L)
{
    struct pe_text_found found;
    struct matching m;
    size_t init;

    matching_of(L, &m, 1, 2);
    init = init_of(L, 3, m.job.subject_length);
    if (settle(L, &m, pe_text_match(&m.job, init, &found)))
        return push_captures(L, &m, &found, true);
    luaL_pushfail(L);
    return 1;
}

/* Upvalues: subject, pattern, where the walk is (userdata). */
static int next_match(lua_State *L)
{
    struct pe_text_walk *walk = lua_touserdata(L, lua_upvalueindex(3));
    struct pe_text_found found;
    struct matching m;

    matching_of(L, &m, lua_upvalueindex(1), lua_upvalueindex(2));
    if (!settle(L, &m, pe_text_next(&m.job, walk, &found)))
        return 0;
    return push_captures(L, &m, &found, true);
}

static int string_gmatch(lua_State *L)
{
    struct pe_text_walk *walk;
    size_t length;

    luaL_checklstring(L, 1, &length);
    luaL_checkstring(L, 2);
    lua_settop(L, 3);
    walk = lua_newuserdatauv(L, sizeof *walk, 0);
    *walk = (struct pe_text_walk){.at = init_of(L, 3, length), .last_end = PE_TEXT_START};
    lua_remove(L, 3);
    lua_pushcclosure(L, next_match, 3);
    return 1;
}

/* ---- replacing ---- */

/* Adds a replacement string, its %1 filled in. */
static void add_replacement(lua_State *L, struct matching *m, const struct pe_text_found *found,
                            luaL_Buffer *out)
{
    struct pe_text_capture capture;
    struct pe_text_piece piece;
    size_t length, at = 0;
    const char *text = lua_tolstring(L, 3, &length);
    int more;

    while ((more = pe_text_piece(text, length, &at, &piece, m->job.error)) == 1) {
        if (!piece.is_capture) {
            pe_args_add(L, out, text + piece.start, piece.length);
            continue;
        }
        if (pe_text_capture(found, piece.capture, &capture, m->job.error) != 0)
            luaL_error(L, "%s in replacement string", m->job.error);
        if (capture.position) {
            lua_pushinteger(L, (lua_Integer)capture.start + 1);
            luaL_addvalue(out);
        } else {
            pe_args_add(L, out, m->job.subject + capture.start, capture.length);
        }
    }
    if (more != 0)
        luaL_error(L, "%s", m->job.error);
}

/* Adds what a table or function makes of the match; nil and false leave it as it was. */
static void add_computed(lua_State *L, struct matching *m, const struct pe_text_found *found,
                         luaL_Buffer *out)
{
    int type;

    if (lua_type(L, 3) == LUA_TTABLE) {
        push_capture(L, m, found, 1);
        lua_gettable(L, 3);
    } else {
        lua_pushvalue(L, 3);
        lua_call(L, push_captures(L, m, found, true), 1);
    }
    type = lua_type(L, -1);
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        pe_args_add(L, out, m->job.subject + found->start, found->end - found->start);
        return;
    }
    if (type != LUA_TSTRING && type != LUA_TNUMBER)
        luaL_error(L, "invalid replacement value (a %s)", lua_typename(L, type));
    pe_args_add_value(L, out);
}

static void check_replacement(lua_State *L)
{
    int type = lua_type(L, 3);

    if (type != LUA_TSTRING && type != LUA_TNUMBER && type != LUA_TTABLE && type != LUA_TFUNCTION)
        luaL_typeerror(L, 3, "string/function/table");
    if (type == LUA_TNUMBER)
        lua_tostring(L, 3);
}

static int string_gsub(lua_State *L)
{
    struct pe_text_walk walk = {.last_end = PE_TEXT_START, .anchors = true};
    struct pe_text_found found;
    struct matching m;
    lua_Integer max, count = 0;
    size_t copied = 0;
    luaL_Buffer out;

    matching_of(L, &m, 1, 2);
    check_replacement(L);
    max = pe_arg_whole_or(L, 4, (lua_Integer)m.job.subject_length + 1);
    luaL_buffinit(L, &out);
    while (count < max && settle(L, &m, pe_text_next(&m.job, &walk, &found))) {
        pe_args_add(L, &out, m.job.subject + copied, found.start - copied);
        if (lua_type(L, 3) == LUA_TSTRING)
            add_replacement(L, &m, &found, &out);
        else
            add_computed(L, &m, &found, &out);
        copied = found.end;
        count++;
    }
    pe_args_add(L, &out, m.job.subject + copied, m.job.subject_length - copied);
    luaL_pushresult(&out);
    lua_pushinteger(L, count);
    return 2;
}

/* ---- pieces ---- */

static int string_len(lua_State *L)
{
    size_t length;

    luaL_checklstring(L, 1, &length);
    lua_pushinteger(L, (lua_Integer)length);
    return 1;
}

/* The end of a slice, clipped to the length. */
static size_t end_of(lua_Integer at, size_t length)
{
    if (at > (lua_Integer)length)
        return length;
    if (at >= 0)
        return (size_t)at;
    return at < -(lua_Integer)length ? 0 : length + (size_t)at + 1;
}

static int string_sub(lua_State *L)
{
    size_t length;
    const char *bytes = luaL_checklstring(L, 1, &length);
    size_t from = position(pe_arg_whole(L, 2), length);
    size_t to = end_of(pe_arg_whole_or(L, 3, -1), length);

    if (from > to)
        return pe_args_push(L, "", 0);
    return pe_args_push(L, bytes + from - 1, to - from + 1);
}

static int string_byte(lua_State *L)
{
    size_t length;
    const char *bytes = luaL_checklstring(L, 1, &length);
    lua_Integer first = pe_arg_whole_or(L, 2, 1);
    size_t from = position(first, length);
    size_t to = end_of(pe_arg_whole_or(L, 3, first), length);

    if (from > to)
        return 0;
    if (to - from >= MAX_BYTES)
        return luaL_error(L, "byte gives %d values at most", MAX_BYTES);
    luaL_checkstack(L, MAX_BYTES, "too many bytes");
    for (size_t i = from; i <= to; i++)
        lua_pushinteger(L, (unsigned char)bytes[i - 1]);
    return (int)(to - from + 1);
}

typedef char change_fn(const char *bytes, size_t length, size_t i);

/* A string of the same length, byte by byte. */
static int push_changed(lua_State *L, change_fn *change)
{
    size_t length;
    const char *bytes = luaL_checklstring(L, 1, &length);
    luaL_Buffer out;
    char *to;

    pe_args_charge(L, length);
    to = luaL_buffinitsize(L, &out, length + 1);
    for (size_t i = 0; i < length; i++)
        to[i] = change(bytes, length, i);
    luaL_pushresultsize(&out, length);
    return 1;
}

static char lower_at(const char *bytes, size_t length, size_t i)
{
    (void)length;
    return pe_ascii_lower(bytes[i]);
}

static char upper_at(const char *bytes, size_t length, size_t i)
{
    (void)length;
    return bytes[i] >= 'a' && bytes[i] <= 'z' ? (char)(bytes[i] - 'a' + 'A') : bytes[i];
}

static char reverse_at(const char *bytes, size_t length, size_t i)
{
    return bytes[length - 1 - i];
}

static int string_lower(lua_State *L)
{
    return push_changed(L, lower_at);
}

static int string_upper(lua_State *L)
{
    return push_changed(L, upper_at);
}

static int string_reverse(lua_State *L)
{
    return push_changed(L, reverse_at);
}

static int string_rep(lua_State *L)
{
    size_t length, between;
    const char *bytes = luaL_checklstring(L, 1, &length);
    lua_Integer count = pe_arg_whole(L, 2);
    const char *separator = luaL_optlstring(L, 3, "", &between);
    luaL_Buffer out;

    if (count <= 0 || length + between == 0)
        return pe_args_push(L, "", 0);
    if ((uint64_t)count > (PE_STRING_BYTES + between) / (length + between))
        pe_args_too_long(L);
    luaL_buffinit(L, &out);
    for (lua_Integer i = 0; i < count; i++) {
        if (i > 0)
            pe_args_add(L, &out, separator, between);
        pe_args_add(L, &out, bytes, length);
    }
    luaL_pushresult(&out);
    return 1;
}

static const struct pe_luafn functions[] = {
    {"find", string_find, "(s, pattern, init, plain) -> first, last, ...",
     "Where a pattern is found first, with its captures; classes know ASCII only."},
    {"match", string_match, "(s, pattern, init) -> ...",
     "The captures of the first match, or all of it."},
    {"gmatch", string_gmatch, "(s, pattern, init) -> iterator of captures", "Walks all matches."},
    {"gsub", string_gsub, "(s, pattern, replacement, n) -> text, count",
     "A string with matches replaced: by a string, by a table's values, or by what a function "
     "returns."},
    {"sub", string_sub, "(s, i, j) -> text",
     "The bytes from i to j; negative counts from the end."},
    {"upper", string_upper, "(s) -> text", "ASCII letters in upper case."},
    {"lower", string_lower, "(s) -> text", "ASCII letters in lower case."},
    {"rep", string_rep, "(s, n, separator) -> text", "n copies of a string."},
    {"format", pe_fill, "(format, ...) -> text",
     "Text with values filled in: %s, %d, %i, %x, %X, %g, %f and %%, with flags, width and "
     "precision."},
    {"byte", string_byte, "(s, i, j) -> integer, ...", "The bytes from i to j, 256 at most."},
    {"len", string_len, "(s) -> integer", "The number of bytes."},
    {"reverse", string_reverse, "(s) -> text", "The bytes from the last to the first."},
    {NULL, NULL, NULL, NULL},
};

const struct pe_lualib pe_lualib_string = {"string", functions, NULL};
