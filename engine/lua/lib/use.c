/* use.c: what the controls of a pack share: its lib/. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "lua/lualib.h"
#include "lua/script.h"

static const char on_the_way; /* its address stands for a file that runs */

static int load_use(lua_State *L, const struct pe_file *file)
{
    lua_pop(L, 1);
    lua_pushlightuserdata(L, (void *)&on_the_way); /* a file that uses itself finds this */
    lua_rawsetp(L, 2, file);
    pe_script_push_compiled(L, file);
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1))
        return luaL_error(L, "%s returns nothing", file->name);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, 2, file);
    return 1;
}

static int base_use(lua_State *L)
{
    size_t length;
    const char *name = luaL_checklstring(L, 1, &length);
    const struct pe_file *file;
    char path[200];

    if (memchr(name, '\0', length) != NULL)
        return luaL_error(L, "use(): the name holds a NUL");
    snprintf(path, sizeof path, "lib/%s.lua", name);
    file = pe_files_find(pe_vm_of(L)->files, path);
    if (file == NULL)
        return luaL_error(L, "use(\"%s\"): the pack has no %s", name, path);
    lua_settop(L, 1);
    if (!pe_script_push_used(L))
        return luaL_error(L, "use() works in control files only");
    if (lua_rawgetp(L, 2, file) == LUA_TNIL)
        return load_use(L, file);
    if (lua_touserdata(L, -1) == &on_the_way)
        return luaL_error(L, "lib/%s.lua uses itself", name);
    return 1;
}

static const struct pe_luafn functions[] = {
    {"use", base_use, "(name) -> value",
     "What lib/NAME.lua of the pack returns, fresh for every rule."},
    {NULL, NULL, NULL, NULL},
};

const struct pe_lualib pe_lualib_use = {"", functions, NULL};
