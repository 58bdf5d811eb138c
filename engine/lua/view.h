/* view.h: what a policy sees of the snapshot.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A view is a light userdata that holds the address of a node, so it costs nothing. Scalars are
 * Lua values, lists and objects are views; null, and what is against the model, reads as nil and
 * is recorded as missing. Every read is recorded in the rule's trace.
 */
#ifndef PE_LUA_VIEW_H
#define PE_LUA_VIEW_H

#include "lua/vm.h"

/* Gives light userdata its behaviour. */
void pe_view_open(lua_State *L);

/* Pushes a node as a policy sees it, and records the read. */
void pe_view_push(lua_State *L, const struct pe_node *node);

/* Pushes the name of a key; not a read of its value. */
void pe_view_push_key(lua_State *L, const struct pe_node *key);

/* The node of a view; NULL when the value is none. */
const struct pe_node *pe_view_node(lua_State *L, int index);

/* Pushes the member of that name; an absent one is recorded as missing. */
void pe_view_member(lua_State *L, const struct pe_node *node, const char *key, size_t length);

/* "a list", "an object", "a string": what a node is, in both languages. */
struct pe_text pe_node_kind(const struct pe_node *node);

#endif
