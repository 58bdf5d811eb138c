/* args.h: what helpers are given: texts, numbers, and lists of them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A list is a list of the snapshot, a Lua table, or a single value; with a field, its elements are
 * objects and their member of that name is meant. What cannot be used is recorded at its own place
 * where it stands in the snapshot, and never raises inside a rule.
 */
#ifndef PE_LUA_ARGS_H
#define PE_LUA_ARGS_H

#include "lua/lualib.h"

/* A string; false, recorded, for anything else. */
bool pe_args_text(lua_State *L, int index, struct pe_text what, const char **bytes, size_t *length);

/* A whole number; false, recorded, for anything else. */
bool pe_args_integer(lua_State *L, int index, struct pe_text what, int64_t *number);

/* Charges for looking at so many bytes. */
void pe_args_charge(lua_State *L, size_t bytes);

/* Pushes a string, charging for it. Returns 1. */
int pe_args_push(lua_State *L, const char *bytes, size_t length);

/* A time that was given: when it is the evaluation time that the snapshot states, that is read. */
void pe_args_as_of(lua_State *L, const char *bytes, size_t length);

/* Adds to a string under construction, charging for it; the second pops the string or number on
 * top of the stack. A string beyond PE_STRING_BYTES ends the rule. */
void pe_args_add(lua_State *L, luaL_Buffer *out, const char *bytes, size_t length);
void pe_args_add_value(lua_State *L, luaL_Buffer *out);
void pe_args_too_long(lua_State *L);

/* "expected an address, found a number". */
struct pe_text pe_args_expected(lua_State *L, int index, struct pe_text what);

enum { PE_ARGS_TEXTS = 0, PE_ARGS_NUMBERS = 1 }; /* what elements may be: strings, numbers too */

struct pe_item {
    const char *bytes; /* NULL: a number; borrowed until the next item */
    size_t length;
    int64_t number;
    int64_t position; /* 1-based */
};

struct pe_items {
    lua_State *L;
    int index, base; /* of the list, of the stack above which items are pushed */
    bool numbers, single;
    const char *field; /* NULL: the elements themselves */
    size_t field_length;
    struct pe_text what;
    int64_t position, count;    /* count: how many there are, read or not */
    const struct pe_node *node; /* where the present item stands; NULL: not in a list there */
    unsigned unusable;
};

/* Begins to walk the list at index. field is the stack index of the argument that names the
 * field, 0 for none. False, recorded, when it is no list. Between the first item and the close the
 * stack above is the walk's. */
bool pe_items_open(struct pe_items *items, lua_State *L, int index, int field, unsigned elements,
                   struct pe_text what);

/* The next item that can be used as a text or number; false at the end. Others are recorded, and
 * counted in unusable. */
bool pe_items_next(struct pe_items *items, struct pe_item *item);

/* Records that the present item cannot be used after all. */
void pe_items_refuse(struct pe_items *items, struct pe_text why);

/* Ends the walk: the stack is as it was. False when an item could not be used: then the helper's
 * answer is nil. */
bool pe_items_close(struct pe_items *items);

#endif
