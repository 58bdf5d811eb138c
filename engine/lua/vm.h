/* vm.h: one Lua state inside its walls.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A vm judges one snapshot. What a policy may name comes from the tables in lua/lib/ and from
 * nowhere else; it can read and never write what is shared; it runs on fuel, and memory is counted.
 * A limit that was hit ends the rule and cannot be caught (pcall in lua/lib/base.c asks
 * pe_vm_ended). Every C function that a policy can call
 *   - runs below one lua_pcall made in script.c or load.c,
 *   - charges fuel for work that grows with its input (pe_vm_charge),
 *   - holds nothing from malloc across a call that can raise,
 *   - never calls metamethods of, nor converts, what it was given unasked.
 */
#ifndef PE_LUA_VM_H
#define PE_LUA_VM_H

#include <lauxlib.h>
#include <lua.h>

#include "base/heap.h"
#include "pack.h"
#include "trace.h"

enum {
    PE_FUEL_STEP = 100,              /* VM instructions between two looks at the fuel */
    PE_INSTRUCTIONS = 10 * 1000000,  /* of one rule, unless pack.lua says another number, and */
    PE_FUEL_NODE = 50,               /* so many more for each node of the snapshot */
    PE_MEMORY_MIB = 64,              /* in use at any time, unless pack.lua says another number */
    PE_CHURN_TIMES = 8,              /* so much of it may be asked for in one rule, and */
    PE_CHURN_NODE = 512,             /* so many bytes more for each node of the snapshot */
    PE_MIN_INSTRUCTIONS = 10 * 1000, /* what pack.lua may say */
    PE_MAX_INSTRUCTIONS = 100 * 1000000,
    PE_MIN_MEMORY_MIB = 8,
    PE_MAX_MEMORY_MIB = 128,
    PE_STRING_BYTES = 256 * 1024,     /* one string */
    PE_LONG_BYTES = 4 * 1024,         /* of the longest, for each an instruction costs another */
    PE_STACK_BYTES = 8 * 1024,        /* of Lua's stack, for each an instruction costs another */
    PE_TEXT_BYTES = 24 * 1024 * 1024, /* findings, notes and reads of one rule, and */
    PE_TEXT_NODE = 256,               /* so much more for each node of the snapshot */
    PE_SOURCE_BYTES = 64 * 1024,      /* one source file of a pack, but */
    PE_MODEL_BYTES = 256 * 1024,      /* a model, which is longer */
};

enum pe_limit { PE_LIMIT_NONE, PE_LIMIT_FUEL, PE_LIMIT_MEMORY, PE_LIMIT_STRING };

/* A line of a policy: "accounts.lua:12". */
struct pe_line_text {
    char text[LUA_IDSIZE + 16]; /* empty: none */
};

/* A secret that the running rule read, and must not print. */
struct pe_secret {
    const struct pe_secret *next;
    const char *bytes;
    size_t length;
};

/* Memory of what files make when they run (instance.h): given out in one direction only, and taken
 * back when nothing of it is left or the state is released. Not counted: it has its own bounds. */
enum { PE_SHELF_BYTES = 16 * 1024 * 1024 };

struct pe_shelf {
    unsigned char *bytes, *copy; /* NULL until it is needed */
    size_t used;
    size_t floor, above; /* above the floor all is taken back once none of its blocks is left */
    bool open;           /* new blocks are laid on it */
    bool missed;         /* one was not, while it was open */
};

struct pe_instances;

struct pe_vm {
    lua_State *L;
    struct pe_heap heap;
    struct pe_shelf shelf;
    struct pe_instances *instances;  /* NULL until the first */
    bool collecting;                 /* garbage is collected while the rule runs */
    const struct pe_secret *secrets; /* of the running rule */
    const void *kept_of;             /* pe_vm_keep; NULL: nothing is kept */
    struct pe_trace *trace;          /* of the rule that runs; NULL outside one */
    const struct pe_snapshot *snapshot;
    struct pe_arena *arena;  /* what outlives the state */
    struct pe_limits limits; /* {0} before pe_vm_init: the usual ones */
    int64_t fuel;
    size_t live, churn, churn_limit;
    size_t rested_bytes;        /* live after the last rest (pe_script_rest) */
    const void *stack, *newest; /* Lua's stack, and the newest of other blocks: never read */
    size_t stack_bytes, newest_bytes;
    size_t longest_bytes;         /* of the strings made since pe_vm_refuel */
    enum pe_limit limit;          /* the one that was hit; sticky until pe_vm_refuel */
    struct pe_line_text limit_at; /* the line that ran when it was that of instructions */
    const char *as_of;            /* RFC 3339; NULL: none */
    uint32_t as_of_node;          /* where the snapshot says so, or PE_NO_NODE */
    const struct pe_files *files; /* of the pack: what use() finds */
    struct pe_lines *lines;       /* where the lines that run are marked; NULL: nowhere */
    const char *chunk;            /* name of the file that runs, for messages */
    bool starved;                 /* the system had no memory for it, once */
    bool shrunk; /* Lua's stack was, by an error or the collector: pe_vm_make_room */
    bool hasty; /* a rule is ended as soon as it can no longer pass: only that it cannot is asked */
    struct pe_buf text; /* scratch of whoever builds text: owned here, so that raising leaks none */
};

/* Makes the state with everything a policy may name. 0, or -1 when out of memory. */
int pe_vm_init(struct pe_vm *vm, struct pe_arena *arena, struct pe_err *err);
void pe_vm_release(struct pe_vm *vm);

/* Before a rule: after an error Lua gives back what it does not need now, and will need again. */
void pe_vm_make_room(struct pe_vm *vm);

/* Sets the hook that burns fuel and, when there are lines to mark, sees them. */
void pe_vm_hook(struct pe_vm *vm);

/* Full tank, no limit hit, churn counted anew. Before every rule. */
void pe_vm_refuel(struct pe_vm *vm);

static inline struct pe_vm *pe_vm_of(lua_State *L)
{
    return *(struct pe_vm **)lua_getextraspace(L);
}

/* Keeps the userdata on top of the stack until another is kept or the rule ends, so that what was
 * made of something that cannot change meanwhile is not made again. */
void pe_vm_keep(lua_State *L, const void *of);

/* Pushes what is kept as made of this, and returns its memory; NULL: nothing is, or pushed. */
void *pe_vm_push_kept(lua_State *L, const void *of);

/* After a rule: the next one finds nothing of it. Raises nothing. */
void pe_vm_forget_kept(struct pe_vm *vm);

/* Uses fuel for work of the host; raises when there is none left. */
void pe_vm_charge_last(lua_State *L, size_t units); /* as much as there is left, or more */

static inline void pe_vm_charge(lua_State *L, size_t units)
{
    struct pe_vm *vm = pe_vm_of(L);

    if (vm->fuel > 0 && units < (size_t)vm->fuel)
        vm->fuel -= (int64_t)units;
    else
        pe_vm_charge_last(L, units);
}

enum { PE_FUEL_REASON = 100 }; /* what recording a value that cannot be used costs */

/* Whether what runs must stop: a limit, or an ending of its rule. */
bool pe_vm_ended(const struct pe_vm *vm);

/* Raises when it must. */
void pe_vm_check(lua_State *L);

/* Ends the rule as an error of its author's, told with file and line. */
int pe_vm_fault(lua_State *L, struct pe_text what);

/* Ends the rule as an error: the policy used a name that what ("" for none) lacks. like: one that
 * it has, or NULL. */
int pe_vm_unknown_name(lua_State *L, const char *what, const char *name, const char *like);

/* Ends the rule as error or unknown, and raises. */
int pe_vm_end(lua_State *L, enum pe_ending ending, struct pe_text reason);

/* Ends the rule as an error for how it used a function, so that no pcall can hide it. */
int pe_vm_misuse(lua_State *L, const char *what);

/* Runs the function below its arguments on the stack, protected. Returns Lua's status. */
int pe_vm_call(struct pe_vm *vm, int arguments, int results);

/* What is on top of the stack as an error, as clean bounded text in the arena; pops it. */
const char *pe_vm_error(struct pe_vm *vm);

/* The sentence of the limit that was hit. */
struct pe_text pe_vm_limit_text(const struct pe_vm *vm);

/* The line of the innermost function that is written in Lua. */
struct pe_line_text pe_vm_line(lua_State *L);

/* Replaces the table on top of the stack by a read-only stand-in: reading a name that it lacks
 * ends the rule as an error ("did you mean ..."), writing raises. what: "net", "params". */
void pe_vm_seal(lua_State *L, const char *what);

/* Pushes the table of names that all control files see. */
void pe_vm_push_names(lua_State *L);

#endif
