/* bytecode.c: looks at the code that the compiler made of a policy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/bytecode.h"

#include "lua/codecheck.h"
#include "lua/names.h"
#include "lua/slots.h"

/* ---- the dump ---- */

static int keep(lua_State *L, const void *bytes, size_t size, void *ud)
{
    struct pe_buf *buf = ud;

    (void)L;
    pe_buf_add(buf, bytes, size);
    return pe_buf_failed(buf);
}

/* The functions of the one at the top of the stack; NULL with the reader failed. They point into
 * the state's scratch buffer. */
static const struct pe_proto *dump_top(struct pe_reader *reader)
{
    struct pe_buf *buf = &reader->vm->text;
    const struct pe_proto *first = NULL;

    pe_buf_clear(buf);
    if (lua_dump(reader->vm->L, keep, buf, 0) == 0)
        first = pe_dump_read(buf->data, buf->length, reader->arena);
    if (first != NULL)
        return first;
    if (pe_buf_failed(buf))
        luaL_error(reader->vm->L, "out of memory");
    pe_reader_fail(reader, NULL, "the compiled code cannot be checked with this release of Lua");
    return NULL;
}

int pe_bytecode_check(struct pe_reader *reader, int names)
{
    for (const struct pe_proto *p = dump_top(reader); p != NULL && !reader->failed; p = p->next) {
        pe_names_check(reader, names, p);
        pe_codecheck(reader, p);
    }
    return reader->failed ? -1 : 0;
}

/* ---- the release ---- */

bool pe_bytecode_knows_release(const char *ident)
{
    static const char *const known[] = {"5.4.4 ", "5.4.7 ", "5.4.8 ", "5.4.9 "};
    const char *release = strstr(ident, "Lua 5.4.");

    for (size_t i = 0; release != NULL && i < sizeof known / sizeof known[0]; i++)
        if (strncmp(release + strlen("Lua "), known[i], strlen(known[i])) == 0)
            return true;
    return false;
}

static void check_release(struct pe_reader *reader)
{
#ifndef PE_LUA_ANY_RELEASE
    const char *release = strstr(lua_ident, "Lua 5.4.");

    if (!pe_bytecode_knows_release(lua_ident))
        pe_reader_fail(reader, NULL,
                       "%.9s is a release that was not tried: build policyeval with "
                       "5.4.4 or 5.4.7 to 5.4.9, or with -DPE_LUA_ANY_RELEASE=ON",
                       release == NULL ? "this Lua" : release);
#else
    (void)reader;
#endif
}

/* ---- a known text ---- */

/* Among its instructions is one of every kind that the checks know by number. */
static const char sample[] = "local t, k = ...\n"
                             "local function f(n)\n"
                             "  return t[n].x, t[1], not n, n > 1\n"
                             "end\n"
                             "y = nil\n"
                             "for _ in f, k:z() do t[k], k = k & #k .. k, t end\n"
                             "return f(nil, y, 'x', t or k, t >> k)\n";

/* The opcodes as luac -l lists them:
 * VARARGPREP VARARG CLOSURE SETTABUP MOVE SELF CALL TFORPREP MOVE LEN MOVE CONCAT BAND
 * MMBIN MOVE SETTABLE TFORCALL TFORLOOP CLOSE MOVE LOADNIL GETTABUP LOADK TESTSET JMP MOVE
 * SHR MMBIN TAILCALL RETURN RETURN
 */
static const unsigned char sample_main[] = {
    81, 80, 79, 15, 0, 20, 68, 75, 0,  52, 0,  53, 41, 46, 0,  16,
    76, 77, 54, 0,  8, 11, 3,  67, 56, 0,  45, 46, 69, 70, 70,
};

/*
 * GETUPVAL GETTABLE GETFIELD GETUPVAL GETI NOT GTI JMP LFALSESKIP LOADTRUE RETURN RETURN0
 */
static const unsigned char sample_inner[] = {
    9, 12, 14, 9, 13, 51, 64, 56, 6, 7, 70, 71,
};

static bool has_code(const struct pe_proto *p, const unsigned char *ops, size_t count)
{
    if (p == NULL || p->code_size != count)
        return false;
    for (size_t pc = 0; pc < count; pc++)
        if (pe_op_of(pe_proto_word(p, pc)) != ops[pc])
            return false;
    return true;
}

static bool is_sample(const struct pe_proto *p)
{
    const struct pe_proto *inner = p->next;

    return has_code(p, sample_main, sizeof sample_main) &&
           has_code(inner, sample_inner, sizeof sample_inner) && inner->next == NULL &&
           inner->parent == p && inner->upvalue_count == 1 && inner->upvalues[0] == 1 &&
           inner->constant_count == 1 && inner->constants[0].length == 1 &&
           inner->constants[0].bytes[0] == 'x' && pe_proto_line(inner, 2) == 3 &&
           pe_proto_line(p, p->code_size - 2) == 7 && !p->local_env;
}

int pe_bytecode_self_test(struct pe_reader *reader)
{
    lua_State *L = reader->vm->L;
    const struct pe_proto *p;

    check_release(reader);
    if (luaL_loadbufferx(L, sample, sizeof sample - 1, "=sample", "t") != LUA_OK)
        lua_error(L);
    p = dump_top(reader);
    if (p != NULL && !is_sample(p))
        pe_reader_fail(reader, NULL, "this release of Lua compiles to code that is not known");
    if (!pe_slots_self_test(L))
        pe_reader_fail(reader, NULL, "this release of Lua has tables that are not known");
    lua_pop(L, 1);
    return reader->failed ? -1 : 0;
}
