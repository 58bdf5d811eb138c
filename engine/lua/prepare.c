/* prepare.c: packs that were loaded when the program was built. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/prepare.h"

#include <string.h>

#include "lua/dump.h"

/* ---- when the program is built ---- */

static int write_code(lua_State *L, const void *bytes, size_t length, void *ud)
{
    struct pe_buf *code = ud;

    (void)L;
    pe_buf_add(code, bytes, length);
    return pe_buf_failed(code);
}

struct compile {
    const struct pe_file *file;
    struct pe_buf *code;
};

static int compile(lua_State *L)
{
    const struct compile *c = lua_touserdata(L, 1);

    pe_script_push_compiled(L, c->file);
    lua_dump(L, write_code, c->code, 0);
    return 0;
}

int pe_prepare_code(struct pe_script *script, const struct pe_file *file, struct pe_buf *code,
                    struct pe_err *err)
{
    struct pe_vm *vm = &script->vm;
    struct pe_buf dump = {0};
    struct compile c = {file, &dump};
    int result = 0;

    lua_settop(vm->L, 0);
    lua_pushcfunction(vm->L, compile);
    lua_pushlightuserdata(vm->L, &c);
    if (pe_vm_call(vm, 1, 0) != LUA_OK)
        result = pe_err_set(err, PE_ERR_PACK, "%s: %s", file->name, pe_vm_error(vm));
    else if (pe_buf_failed(&dump))
        result = pe_err_memory(err);
    else if (!pe_dump_strip(dump.data, dump.length, code))
        result =
            pe_err_set(err, PE_ERR_PACK, "%s: Lua's code does not read as expected", file->name);
    pe_buf_release(&dump);
    return result == 0 && pe_buf_failed(code) ? pe_err_memory(err) : result;
}

/* ---- when it runs ---- */

/* "Lua 5.4.4" of lua_ident. */
static const char *release_of(const char *ident)
{
    const char *release = strstr(ident, "Lua 5.");

    return release == NULL ? "another Lua" : release;
}

int pe_prepare_adopt(struct pe_script *script, struct pe_pack_def *pack, struct pe_err *err)
{
    const struct pe_prepared *prepared = script->files->prepared;

    if (strcmp(prepared->lua, lua_ident) != 0)
        return pe_err_set(err, PE_ERR_PACK,
                          "the pack %s was built in for %.9s, and this is %.9s: build policyeval "
                          "anew, or name the pack's folder",
                          prepared->pack.face.id, release_of(prepared->lua), release_of(lua_ident));
    script->vm.limits = prepared->limits;
    pe_vm_refuel(&script->vm);
    *pack = prepared->pack;
    return 0;
}
