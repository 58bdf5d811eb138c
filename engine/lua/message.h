/* message.h: what a policy has to say, in both languages.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A message is a string, or a table { en = "...", ja = "..." }; {name} in it stands for a value of
 * the table given beside it. An argument that cannot be shown is shown as what it is, and never
 * changes a status. Values of secrets that the rule read are replaced wherever they turn up.
 */
#ifndef PE_LUA_MESSAGE_H
#define PE_LUA_MESSAGE_H

#include "lua/vm.h"

/* The message at index, with the values at index + 1. May raise (a message that is no message). */
struct pe_text pe_message(lua_State *L, int index);

/* The text without the secrets that this rule read; in the arena. */
const char *pe_message_clean(struct pe_vm *vm, const char *text);

#endif
