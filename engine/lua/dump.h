/* dump.h: reads the code that the compiler made of a policy.
 * SPDX-License-Identifier: Apache-2.0
 *
 * lua_dump writes it in the format of Lua 5.4 (ldump.c, lopcodes.h), which is Lua's own business:
 * so the dump of a known text is compared first (bytecode.c), and what does not read as expected is
 * refused. Only what the checks need is kept; it points into the dump.
 */
#ifndef PE_LUA_DUMP_H
#define PE_LUA_DUMP_H

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

/* A string constant; bytes is NULL for any other constant. */
struct pe_constant {
    const char *bytes;
    size_t length;
};

/* One function. */
struct pe_proto {
    const struct pe_proto *parent; /* the function around it; NULL: the file itself */
    const struct pe_proto *next;   /* in the order of the text, outer before inner */
    int line_defined;              /* 0: the file itself */
    size_t code_size, constant_count, upvalue_count, line_count, abs_count;
    const unsigned char *code, *lines, *upvalues; /* upvalues: instack, index, kind each */
    struct pe_constant *constants;
    struct pe_abs_line {
        int pc, line;
    } * abs_lines;
    bool local_env; /* a local of it is called _ENV */
};

/* The functions of a dump, the file's own first; NULL when it does not read as expected, or the
 * arena is out of memory. */
const struct pe_proto *pe_dump_read(const char *bytes, size_t length, struct pe_arena *arena);

/* Adds the dump without the names of locals, and of upvalues other than _ENV: half of the strings
 * that loading would make, and of use to messages of Lua's alone. Its lines stay. false when it
 * does not read as expected; that out is out of memory is for out to tell. */
bool pe_dump_strip(const char *bytes, size_t length, struct pe_buf *out);

/* The line of an instruction. */
int pe_proto_line(const struct pe_proto *p, size_t pc);

/* ---- instructions (lopcodes.h) ---- */

enum pe_op {
    PE_OP_MOVE = 0,
    PE_OP_LOADK = 3,
    PE_OP_LFALSESKIP = 6,
    PE_OP_LOADTRUE = 7,
    PE_OP_LOADNIL = 8,
    PE_OP_GETUPVAL = 9,
    PE_OP_SETUPVAL = 10,
    PE_OP_GETTABUP = 11,
    PE_OP_GETTABLE = 12,
    PE_OP_GETI = 13,
    PE_OP_GETFIELD = 14,
    PE_OP_SETTABUP = 15,
    PE_OP_SETTABLE = 16,
    PE_OP_NEWTABLE = 19,
    PE_OP_SELF = 20,
    PE_OP_BAND = 41, /* and BOR, BXOR, SHL */
    PE_OP_SHR = 45,
    PE_OP_MMBIN = 46,
    PE_OP_UNM = 49, /* and BNOT, NOT, LEN */
    PE_OP_NOT = 51,
    PE_OP_CONCAT = 53,
    PE_OP_JMP = 56,
    PE_OP_GTI = 64,
    PE_OP_TESTSET = 67,
    PE_OP_CALL = 68,
    PE_OP_TAILCALL = 69,
    PE_OP_RETURN = 70,
    PE_OP_RETURN1 = 72,
    PE_OP_TFORCALL = 76,
    PE_OP_CLOSURE = 79,
    PE_OP_VARARG = 80,
    PE_OP_VARARGPREP = 81,
};

/* The instruction at pc; 0 beyond the end. */
static inline uint32_t pe_proto_word(const struct pe_proto *p, size_t pc)
{
    uint32_t word = 0;

    if (pc < p->code_size)
        memcpy(&word, p->code + 4 * pc, 4);
    return word;
}

static inline unsigned pe_op_of(uint32_t word)
{
    return word & 0x7F;
}

static inline unsigned pe_op_a(uint32_t word)
{
    return word >> 7 & 0xFF;
}

static inline unsigned pe_op_b(uint32_t word)
{
    return word >> 16 & 0xFF;
}

static inline unsigned pe_op_c(uint32_t word)
{
    return word >> 24;
}

/* Of LOADK: the number of the constant. */
static inline unsigned pe_op_bx(uint32_t word)
{
    return word >> 15;
}

#endif
