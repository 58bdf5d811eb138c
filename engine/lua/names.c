/* names.c: finds the global names that a file uses. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"

struct check {
    struct pe_reader *reader;
    int names; /* stack index of the table of names */
};

static bool is_env(const struct pe_proto *p, size_t upvalue)
{
    while (p != NULL) {
        if (upvalue >= p->upvalue_count)
            return false;
        if (p->parent == NULL) /* the main function has one upvalue, the table of names */
            return upvalue == 0;
        if (p->upvalues[3 * upvalue] != 0) /* a local of the function around it */
            return false;
        upvalue = p->upvalues[3 * upvalue + 1];
        p = p->parent;
    }
    return false;
}

enum { MAX_NAMES = 100 };

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *like_name(struct check *check, const char *name)
{
    lua_State *L = check->reader->vm->L;
    const char *names[MAX_NAMES];
    size_t count = 0;

    lua_pushnil(L);
    while (lua_next(L, check->names) != 0) {
        if (lua_type(L, -2) == LUA_TSTRING && count < MAX_NAMES)
            names[count++] = lua_tostring(L, -2);
        lua_pop(L, 1);
    }
    qsort(names, count, sizeof names[0], by_bytes);
    return pe_suggest(name, names, count);
}

static void use(struct check *check, const struct pe_proto *p, size_t pc, size_t constant,
                bool write)
{
    struct pe_reader *reader = check->reader;
    lua_State *L = reader->vm->L;
    const char *name, *like;
    bool known;

    if (constant >= p->constant_count || p->constants[constant].bytes == NULL) {
        pe_reader_fail(reader, NULL, "line %d uses _ENV in a way that cannot be checked",
                       pe_proto_line(p, pc));
        return;
    }
    name =
        pe_arena_strn(reader->arena, p->constants[constant].bytes, p->constants[constant].length);
    if (name == NULL)
        return;
    if (write) {
        pe_reader_fail(reader, NULL, "line %d assigns the global name %.60s: write `local %.60s`",
                       pe_proto_line(p, pc), name, name);
        return;
    }
    lua_pushstring(L, name);
    known = lua_rawget(L, check->names) != LUA_TNIL;
    lua_pop(L, 1);
    if (known)
        return;
    like = like_name(check, name);
    pe_reader_fail(reader, NULL, "line %d: there is no global name %.60s%s%s%s",
                   pe_proto_line(p, pc), name, like == NULL ? "" : " (did you mean ",
                   like == NULL ? "" : like, like == NULL ? "" : "?)");
}

/* In a function with many constants a name is first loaded into a register:
 * GETUPVAL r, LOADK k, GETTABLE r k. Anything else done with the table is refused. */
static void use_loaded(struct check *check, const struct pe_proto *p, size_t pc)
{
    uint32_t load = pe_proto_word(p, pc + 1), get = pe_proto_word(p, pc + 2);
    bool read = pe_op_of(get) == PE_OP_GETTABLE && pe_op_b(get) == pe_op_a(pe_proto_word(p, pc)) &&
                pe_op_c(get) == pe_op_a(load);

    if (pe_op_of(load) == PE_OP_LOADK && read)
        use(check, p, pc, pe_op_bx(load), false);
    else
        use(check, p, pc, SIZE_MAX, false);
}

static void check_code(struct check *check, const struct pe_proto *p)
{
    for (size_t pc = 0; pc < p->code_size && !check->reader->failed; pc++) {
        uint32_t word = pe_proto_word(p, pc);
        if (pe_op_of(word) == PE_OP_GETTABUP && is_env(p, pe_op_b(word)))
            use(check, p, pc, pe_op_c(word), false);
        else if (pe_op_of(word) == PE_OP_SETTABUP && is_env(p, pe_op_a(word)))
            use(check, p, pc, pe_op_b(word), true);
        else if (pe_op_of(word) == PE_OP_GETUPVAL && is_env(p, pe_op_b(word)))
            use_loaded(check, p, pc);
        else if (pe_op_of(word) == PE_OP_SETUPVAL && is_env(p, pe_op_b(word)))
            use(check, p, pc, SIZE_MAX, true);
    }
}

void pe_names_check(struct pe_reader *reader, int names, const struct pe_proto *p)
{
    struct check check = {reader, lua_absindex(reader->vm->L, names)};

    if (p->local_env)
        pe_reader_fail(reader, NULL, "_ENV cannot be replaced");
    check_code(&check, p);
}
