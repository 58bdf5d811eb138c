/* use.c: what the controls of a pack share: its lib/. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "lua/instance.h"
#include "lua/lualib.h"

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
    pe_instance_push(L, file);
    if (lua_isnil(L, -1))
        return luaL_error(L, "%s returns nothing", file->name);
    return 1;
}

static const struct pe_luafn functions[] = {
    {"use", base_use, "(name) -> value",
     "What lib/NAME.lua of the pack returns, fresh for every rule."},
    {NULL, NULL, NULL, NULL},
};

const struct pe_lualib pe_lualib_use = {"", functions, NULL};
