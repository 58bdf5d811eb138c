/* codecheck.c: refuses what a release of Lua 5.4 in use compiles wrongly, or dies of. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/codecheck.h"

static void refuse(struct pe_reader *reader, const struct pe_proto *p, size_t pc, const char *what,
                   const char *rewrite)
{
    pe_reader_fail(reader, NULL, "line %d: %s: %s", pe_proto_line(p, pc), what, rewrite);
}

/* ---- wrong values ---- */

enum { MAX_OPERAND_CONSTANTS = 255 };

static void check_values(struct pe_reader *reader, const struct pe_proto *p)
{
    unsigned op, before = PE_OP_LFALSESKIP;

    for (size_t pc = 0; pc < p->code_size; pc++, before = op) {
        op = pe_op_of(pe_proto_word(p, pc));
        if (op == PE_OP_LFALSESKIP && before != PE_OP_JMP)
            refuse(reader, p, pc,
                   "Lua 5.4 can read a wrong value here, a table of an outer "
                   "function indexed by a comparison",
                   "write `local key = a > b`, then `t[key]`");
        if (op >= PE_OP_BAND && op <= PE_OP_SHR && p->constant_count > MAX_OPERAND_CONSTANTS)
            refuse(reader, p, pc,
                   "Lua 5.4 can compute a wrong value here, by a bitwise operator "
                   "in a function with more than 255 constants",
                   "move it into a function of its own");
    }
}

/* ---- chains ---- */

/* For every register the length of the chain that an error message would follow to name its value
 * (ldebug.c), or more: what only may have been overwritten still counts. A chain ends at a local,
 * which has a name. So a table counts where its own register takes the value (a local keeps its
 * register), and a key where it is not below that, as locals are. */
struct chains {
    unsigned char length[256];
};

static unsigned longer(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

static bool sets_a(unsigned op)
{
    return op <= PE_OP_GETUPVAL || op == PE_OP_GETTABUP ||
           (op >= PE_OP_NEWTABLE && op < PE_OP_MMBIN) || (op >= PE_OP_UNM && op <= PE_OP_CONCAT) ||
           op == PE_OP_TESTSET || op == PE_OP_CLOSURE || op == PE_OP_VARARG;
}

/* Registers from first on, count of them, hold something new. */
static void forget(struct chains *chains, size_t first, size_t count)
{
    size_t left = first < sizeof chains->length ? sizeof chains->length - first : 0;

    memset(chains->length + (left == 0 ? 0 : first), 0, count < left ? count : left);
}

static unsigned follow(struct chains *chains, uint32_t word)
{
    const unsigned char *length = chains->length;
    unsigned a = pe_op_a(word), b = pe_op_b(word), c = pe_op_c(word), next = 0;

    switch (pe_op_of(word)) {
    case PE_OP_GETTABLE:
        next = 1 + longer(a == b ? length[b] : 0, c >= a ? length[c] : 0);
        break;
    case PE_OP_GETI:
    case PE_OP_GETFIELD:
        next = 1 + (a == b ? length[b] : 0);
        break;
    case PE_OP_MOVE:
        next = 1 + (b < a ? length[b] : 0);
        break;
    case PE_OP_LOADNIL:
        forget(chains, a, b + 1);
        return 0;
    case PE_OP_CALL:
    case PE_OP_TAILCALL:
        forget(chains, a, sizeof chains->length);
        return 0;
    case PE_OP_TFORCALL:
        forget(chains, a + 2, sizeof chains->length);
        return 0;
    default:
        if (!sets_a(pe_op_of(word)))
            return 0;
    }
    chains->length[a] = (unsigned char)next;
    return next;
}

static void check_chains(struct pe_reader *reader, const struct pe_proto *p)
{
    struct chains chains = {{0}};

    if (p->code_size <= PE_MAX_CHAIN)
        return;
    for (size_t pc = 0; pc < p->code_size; pc++) {
        if (follow(&chains, pe_proto_word(p, pc)) <= PE_MAX_CHAIN)
            continue;
        refuse(reader, p, pc, "more than 200 fields of fields in a row",
               "keep parts of a.b.c... in locals");
        return;
    }
}

void pe_codecheck(struct pe_reader *reader, const struct pe_proto *p)
{
    check_values(reader, p);
    check_chains(reader, p);
}
