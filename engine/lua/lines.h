/* lines.h: which lines of a pack's Lua files were run.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_LUA_LINES_H
#define PE_LUA_LINES_H

#include "lua/vm.h"

enum { PE_LINE_CODE = 1, PE_LINE_RUN = 2 }; /* marks of a line */

struct pe_lines_file {
    const struct pe_file *file;
    uint8_t *marks; /* by line, from 1 */
    int count;      /* of lines */
};

struct pe_lines {
    struct pe_lines_file *items; /* in the order of the files */
    size_t count;
    struct pe_lines_file *last; /* where the line before was */
};

/* Finds the lines that have code in those files for which take says yes; files that do not compile
 * have none. Everything lives in the arena. -1: out of memory. */
int pe_lines_open(struct pe_lines *lines, struct pe_vm *vm, const struct pe_files *files,
                  bool (*take)(const void *ud, const struct pe_file *file), const void *ud,
                  struct pe_arena *arena, struct pe_err *err);

/* From now on the lines that the state runs are marked; NULL: no longer. */
void pe_lines_watch(struct pe_vm *vm, struct pe_lines *lines);

/* A line is about to run; for the hook. */
void pe_lines_run(struct pe_lines *lines, lua_State *L, lua_Debug *ar);

#endif
