/* run_programs.c: runs Lua programs with this build's Lua, those that the code check accepts.
 * SPDX-License-Identifier: Apache-2.0
 *
 * usage: run_programs check|any FILE
 *
 * FILE is a sequence of "LENGTH\n" and as many bytes of a program, which returns a string. For
 * each one line is printed: "=" and what it returned, "!" and why it failed, or (check only) "-"
 * and why it was refused.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/bytecode.h"

struct run {
    struct pe_reader reader;
    const char *text;
    size_t length;
    bool check;
};

static int run_program(lua_State *L)
{
    struct run *run = lua_touserdata(L, 1);

    lua_settop(L, 0);
    pe_vm_push_names(L);
    lua_getmetatable(L, 1);
    lua_getfield(L, -1, "__index");
    if (luaL_loadbufferx(L, run->text, run->length, "=program", "t") != LUA_OK)
        return lua_error(L);
    lua_pushvalue(L, 1);
    lua_setupvalue(L, -2, 1);
    if (run->check && pe_bytecode_check(&run->reader, -2) != 0)
        return 0;
    lua_call(L, 0, 1);
    return 1;
}

static void run_one(struct run *run)
{
    struct pe_arena arena = {0};
    struct pe_vm vm = {0};
    struct pe_err err = {0};

    if (pe_vm_init(&vm, &arena, &err) != 0)
        exit(2);
    run->reader = (struct pe_reader){.vm = &vm, .arena = &arena, .file = "program", .err = &err};
    lua_pushcfunction(vm.L, run_program);
    lua_pushlightuserdata(vm.L, run);
    if (pe_vm_call(&vm, 1, 1) != LUA_OK)
        printf("!%s\n", pe_vm_error(&vm));
    else if (run->reader.failed)
        printf("-%s\n", err.text);
    else
        printf("=%s\n", lua_tostring(vm.L, -1));
    pe_vm_release(&vm);
    pe_arena_release(&arena);
}

int main(int argc, char **argv)
{
    FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
    size_t length;
    char *text;

    if (file == NULL)
        return 2;
    while (fscanf(file, "%zu", &length) == 1 && fgetc(file) == '\n') {
        text = malloc(length + 1);
        if (text == NULL || fread(text, 1, length, file) != length)
            return 2;
        run_one(
            &(struct run){.text = text, .length = length, .check = strcmp(argv[1], "check") == 0});
        free(text);
    }
    fclose(file);
    return 0;
}
