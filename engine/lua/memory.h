/* memory.h: the memory of a Lua state: counted, bounded, and a shelf for what files make.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_LUA_MEMORY_H
#define PE_LUA_MEMORY_H

#include "lua/vm.h"

/* Before the state is made. */
void pe_memory_open(struct pe_vm *vm);

/* Of type lua_Alloc; ud is the vm. */
void *pe_memory_allocate(void *ud, void *old, size_t old_size, size_t size);

/* Makes the shelf when there is none yet; false when that cannot be. */
bool pe_memory_has_shelf(struct pe_vm *vm);

/* After a collection, when every file's value was forgotten: makes room on the shelf. */
void pe_memory_clear_shelf(struct pe_vm *vm);

/* Keeps garbage until much of it has come together: most states end before that. */
void pe_memory_hold_garbage(struct pe_vm *vm);

/* Called now and then while policies run. */
void pe_memory_collect_when_much(struct pe_vm *vm);

/* After the state was closed. */
void pe_memory_release(struct pe_vm *vm);

#endif
