/* bytecode.c: looks at the code that the compiler made of a policy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/bytecode.h"

#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"

/* ---- the dump ---- */

struct dump {
    const unsigned char *at, *end;
    bool bad;
};

struct string_ref {
    const char *bytes;
    size_t length;
};

struct constant {
    bool is_string;
    struct string_ref string;
};

struct proto {
    const struct proto *parent;
    int line_defined;
    size_t code_size, constant_count, upvalue_count, line_count, abs_count;
    const unsigned char *code, *lines, *upvalues; /* upvalues: instack, index, kind each */
    struct constant *constants;
    struct abs_line {
        int pc, line;
    } * abs_lines;
};

static unsigned take_byte(struct dump *d)
{
    if (d->at >= d->end)
        return d->bad = true, 0;
    return *d->at++;
}

static const unsigned char *take(struct dump *d, size_t size)
{
    const unsigned char *bytes = d->at;

    if (d->bad || (size_t)(d->end - d->at) < size)
        return d->bad = true, NULL;
    d->at += size;
    return bytes;
}

/* Seven bits a byte, the most significant first; the last has its top bit set. */
static size_t take_size(struct dump *d)
{
    size_t size = 0;
    unsigned byte;

    do {
        byte = take_byte(d);
        if (size >= SIZE_MAX >> 8)
            d->bad = true;
        size = size << 7 | (byte & 0x7F);
    } while (!(byte & 0x80) && !d->bad);
    return d->bad ? 0 : size;
}

static struct string_ref take_string(struct dump *d)
{
    size_t size = take_size(d);

    if (size == 0)
        return (struct string_ref){"", 0};
    return (struct string_ref){(const char *)take(d, size - 1), size - 1};
}

static int take_header(struct dump *d)
{
    const unsigned char *head = take(d, 15);

    if (head == NULL || memcmp(head, "\x1bLua\x54\x00\x19\x93\r\n\x1a\n\x04\x08\x08", 15) != 0)
        return -1;
    take(d, sizeof(lua_Integer) + sizeof(lua_Number));
    take_byte(d); /* upvalues of the main function */
    return d->bad ? -1 : 0;
}

/* Arrays of the dump are never larger than what is left of it. */
static void *take_array(struct dump *d, struct pe_arena *arena, size_t *count, size_t size)
{
    *count = take_size(d);
    if (*count > (size_t)(d->end - d->at)) {
        d->bad = true;
        *count = 0;
    }
    return pe_arena_array(arena, *count + 1, size);
}

static void take_constants(struct dump *d, struct pe_arena *arena, struct proto *p)
{
    p->constants = take_array(d, arena, &p->constant_count, sizeof *p->constants);
    for (size_t i = 0; p->constants != NULL && i < p->constant_count && !d->bad; i++) {
        switch (take_byte(d)) {
        case 0x03: /* an integer, a float */
        case 0x13:
            take(d, 8);
            break;
        case 0x04: /* a short, a long string */
        case 0x14:
            p->constants[i] = (struct constant){true, take_string(d)};
            break;
        case 0x00: /* nil, false, true */
        case 0x01:
        case 0x11:
            break;
        default:
            d->bad = true;
        }
    }
}

static void take_lines(struct dump *d, struct pe_arena *arena, struct proto *p)
{
    p->line_count = take_size(d);
    p->lines = take(d, p->line_count);
    p->abs_lines = take_array(d, arena, &p->abs_count, sizeof *p->abs_lines);
    for (size_t i = 0; p->abs_lines != NULL && i < p->abs_count; i++) {
        p->abs_lines[i].pc = (int)take_size(d);
        p->abs_lines[i].line = (int)take_size(d);
    }
}

static int line_at(const struct proto *p, size_t pc)
{
    int line = p->line_defined;
    size_t abs = 0;

    for (size_t i = 0; i <= pc && i < p->line_count; i++) {
        int step = (signed char)p->lines[i];
        if (step == -0x80 && abs < p->abs_count)
            line = p->abs_lines[abs++].line;
        else if (step != -0x80)
            line += step;
    }
    return line;
}

/* ---- names ---- */

struct check {
    struct pe_reader *reader;
    int names; /* stack index of the table of names */
};

static bool is_env(const struct proto *p, size_t upvalue)
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

static void use(struct check *check, const struct proto *p, size_t pc, size_t constant, bool write)
{
    struct pe_reader *reader = check->reader;
    lua_State *L = reader->vm->L;
    const char *name, *like;
    bool known;

    if (constant >= p->constant_count || !p->constants[constant].is_string) {
        pe_reader_fail(reader, NULL, "line %d uses _ENV in a way that cannot be checked",
                       line_at(p, pc));
        return;
    }
    name = pe_arena_strn(reader->arena, p->constants[constant].string.bytes,
                         p->constants[constant].string.length);
    if (name == NULL)
        return;
    if (write) {
        pe_reader_fail(reader, NULL, "line %d assigns the global name %.60s: write `local %.60s`",
                       line_at(p, pc), name, name);
        return;
    }
    lua_pushstring(L, name);
    known = lua_rawget(L, check->names) != LUA_TNIL;
    lua_pop(L, 1);
    if (known)
        return;
    like = like_name(check, name);
    pe_reader_fail(reader, NULL, "line %d: there is no global name %.60s%s%s%s", line_at(p, pc),
                   name, like == NULL ? "" : " (did you mean ", like == NULL ? "" : like,
                   like == NULL ? "" : "?)");
}

/* Opcodes of Lua 5.4 (lopcodes.h) that can reach the table of names. */
enum {
    OP_LOADK = 3,
    OP_GETUPVAL = 9,
    OP_SETUPVAL = 10,
    OP_GETTABUP = 11,
    OP_GETTABLE = 12,
    OP_SETTABUP = 15,
    OP_SETTABLE = 16
};

static unsigned word_at(const struct proto *p, size_t pc)
{
    uint32_t word = 0;

    if (pc < p->code_size)
        memcpy(&word, p->code + 4 * pc, 4);
    return word;
}

static unsigned opcode(uint32_t word)
{
    return word & 0x7F;
}

static unsigned arg_a(uint32_t word)
{
    return word >> 7 & 0xFF;
}

static unsigned arg_b(uint32_t word)
{
    return word >> 16 & 0xFF;
}

static unsigned arg_c(uint32_t word)
{
    return word >> 24 & 0xFF;
}

/* In a function with many constants a name is first loaded into a register:
 * GETUPVAL r, LOADK k, GETTABLE r k. Anything else done with the table is refused. */
static void use_loaded(struct check *check, const struct proto *p, size_t pc)
{
    uint32_t load = word_at(p, pc + 1), get = word_at(p, pc + 2);
    bool read = opcode(get) == OP_GETTABLE && arg_b(get) == arg_a(word_at(p, pc)) &&
                arg_c(get) == arg_a(load);

    if (opcode(load) == OP_LOADK && read)
        use(check, p, pc, load >> 15, false);
    else
        use(check, p, pc, SIZE_MAX, false);
}

static void check_code(struct check *check, const struct proto *p)
{
    for (size_t pc = 0; pc < p->code_size && !check->reader->failed; pc++) {
        uint32_t word = word_at(p, pc);
        if (opcode(word) == OP_GETTABUP && is_env(p, arg_b(word)))
            use(check, p, pc, arg_c(word), false);
        else if (opcode(word) == OP_SETTABUP && is_env(p, arg_a(word)))
            use(check, p, pc, arg_b(word), true);
        else if (opcode(word) == OP_GETUPVAL && is_env(p, arg_b(word)))
            use_loaded(check, p, pc);
        else if (opcode(word) == OP_SETUPVAL && is_env(p, arg_b(word)))
            use(check, p, pc, SIZE_MAX, true);
    }
}

/* ---- functions ---- */

static void check_function(struct check *check, struct dump *d, const struct proto *parent,
                           unsigned depth)
{
    struct pe_arena *arena = check->reader->arena;
    struct proto p = {.parent = parent};
    size_t inner, count;

    take_string(d); /* source */
    p.line_defined = (int)take_size(d);
    take_size(d);
    take(d, 3); /* parameters, varargs, stack */
    p.code_size = take_size(d);
    p.code = p.code_size < SIZE_MAX / 4 ? take(d, 4 * p.code_size) : NULL;
    take_constants(d, arena, &p);
    p.upvalue_count = take_size(d);
    p.upvalues = p.upvalue_count < 256 ? take(d, 3 * p.upvalue_count) : NULL;
    inner = take_size(d);
    if (d->bad || p.constants == NULL || p.upvalues == NULL || depth > 200) {
        d->bad = true;
        return;
    }
    for (size_t i = 0; i < inner && !d->bad && !check->reader->failed; i++)
        check_function(check, d, &p, depth + 1);
    take_lines(d, arena, &p);
    for (count = take_size(d); count > 0 && !d->bad; count--) {
        struct string_ref name = take_string(d);
        take_size(d);
        take_size(d);
        if (name.length == 4 && !d->bad && memcmp(name.bytes, "_ENV", 4) == 0)
            pe_reader_fail(check->reader, NULL, "_ENV cannot be replaced");
    }
    for (count = take_size(d); count > 0 && !d->bad; count--)
        take_string(d);
    if (!d->bad)
        check_code(check, &p);
}

/* ---- the whole ---- */

struct sink {
    struct pe_vm *vm;
};

static int keep(lua_State *L, const void *bytes, size_t size, void *ud)
{
    struct sink *sink = ud;

    (void)L;
    pe_buf_add(&sink->vm->text, bytes, size);
    return pe_buf_failed(&sink->vm->text);
}

int pe_bytecode_check(struct pe_reader *reader, int names)
{
    struct pe_vm *vm = reader->vm;
    struct sink sink = {vm};
    struct check check = {reader, lua_absindex(vm->L, names)};
    struct dump d;

    pe_buf_clear(&vm->text);
    if (lua_dump(vm->L, keep, &sink, 0) != 0) {
        pe_reader_fail(reader, NULL, "out of memory");
        return -1;
    }
    d = (struct dump){(const unsigned char *)vm->text.data,
                      (const unsigned char *)vm->text.data + vm->text.length, false};
    if (take_header(&d) == 0)
        check_function(&check, &d, NULL, 0);
    else
        d.bad = true;
    if (d.bad)
        pe_reader_fail(reader, NULL,
                       "the compiled code cannot be checked with this release of "
                       "Lua (%s)",
                       LUA_RELEASE);
    return reader->failed ? -1 : 0;
}
