/* instance.h: what a file of a pack returned: as good as fresh for every rule, without running it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing may pass from rule to rule, so every rule would run its file, and all that it uses, anew.
 * Nearly always that makes what was there already. So what a file makes when it runs is laid on a
 * shelf of memory, copied, and compared after every rule: as long as no byte of it differs, it is
 * what a fresh run would make, and the next rule gets it. Whatever changed it, a policy or the
 * garbage collector's marks, costs a fresh run and nothing else.
 *
 * A file runs without a trace and on fuel and memory of its own, so that no verdict depends on
 * which rule came first.
 */
#ifndef PE_LUA_INSTANCE_H
#define PE_LUA_INSTANCE_H

#include "lua/vm.h"

/* Pushes what the file returned; raises what the file raises, and when it uses itself. */
void pe_instance_push(lua_State *L, const struct pe_file *file);

/* After a rule, or whatever else got instances: forgets those that it changed, and with them all,
 * for they may hold each other. False when the state should be replaced: its shelf is full. */
bool pe_instance_settle(struct pe_vm *vm);

/* Forgets all, so that every file runs once more. */
void pe_instance_forget(struct pe_vm *vm);

/* The same, and collects all garbage. */
void pe_instance_collect(struct pe_vm *vm);

void pe_instance_release(struct pe_vm *vm);

#endif
