/* script.h: a pack's files as Lua: loading what they declare, running their rules.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A file is compiled once for a state, and what it makes when it runs is fresh for every rule
 * (instance.h), so that nothing passes from rule to rule: locals, tables and what use() gives. A
 * state that ended in a limit is thrown away with all it held.
 */
#ifndef PE_LUA_SCRIPT_H
#define PE_LUA_SCRIPT_H

#include "lua/reader.h"
#include "pack.h"

struct pe_script {
    struct pe_vm vm;
    const struct pe_files *files;
    struct pe_arena *arena; /* of what is declared; outlives the states */
};

/* The arena is for what lives as long as the script; files are borrowed. */
int pe_script_init(struct pe_script *script, const struct pe_files *files, struct pe_arena *arena,
                   struct pe_err *err);
void pe_script_release(struct pe_script *script);

/* Loads the whole pack: pack.lua, model.lua, lib/ and every control, checked strictly; a prepared
 * one has been. Errors are PE_ERR_PACK with file and, where it can be told, line. */
int pe_script_load(struct pe_script *script, struct pe_pack_def *pack, struct pe_err *err);

/* What a rule runs on. */
struct pe_script_input {
    const struct pe_snapshot *snapshot;
    const char *as_of;   /* NULL: none */
    uint32_t as_of_node; /* where the snapshot says so, or PE_NO_NODE */
};

/* Runs one rule; the outcome is in the trace. scratch is for texts of this rule. */
void pe_script_run(struct pe_script *script, const struct pe_script_input *input,
                   const struct pe_control_def *control, size_t rule, struct pe_trace *trace);

/* Between two snapshots of many: gives back memory, when there is much of it. Changes no verdict.
 */
void pe_script_rest(struct pe_script *script);

/* Pushes the function compiled from a file, with the table of names at the top of the stack (which
 * is popped) as its globals. Raises when it does not compile or uses other names. */
void pe_script_push_file(lua_State *L, const struct pe_file *file);

/* The same, compiled once for a state: the file was checked when the pack was loaded. */
void pe_script_push_compiled(lua_State *L, const struct pe_file *file);

#endif
