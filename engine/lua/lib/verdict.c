/* verdict.c: how a policy says what must hold: ensure, note, not_applicable. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/lualib.h"
#include "lua/message.h"
#include "lua/view.h"

static struct pe_trace *trace_of(lua_State *L, const char *function)
{
    struct pe_trace *trace = pe_vm_of(L)->trace;

    if (trace == NULL)
        luaL_error(L, "%s() works inside check() only", function);
    return trace;
}

static uint32_t subject_of(lua_State *L, int index)
{
    const struct pe_node *node = pe_view_node(L, index);

    if (node != NULL)
        return pe_snapshot_number(pe_vm_of(L)->snapshot, node);
    if (!lua_isnoneornil(L, index))
        pe_vm_misuse(L, "ensure(condition, subject, message): the subject is a list or object of "
                        "the snapshot, or nil");
    return PE_NO_NODE;
}

/* Nil does not hold, because something was missing: the assertion is undecided, and what is read
 * after it is judged by itself. */
static bool condition_of(lua_State *L, struct pe_trace *trace)
{
    struct pe_vm *vm = pe_vm_of(L);

    if (lua_isnoneornil(L, 1)) {
        if (!trace->window_missing)
            pe_trace_fault(trace, pe_vm_line(L).text, PE_SAY_NIL_CONDITION);
        return false;
    }
    if (lua_type(L, 1) != LUA_TBOOLEAN)
        pe_vm_fault(L, pe_say(vm->arena, PE_SAY_ENSURE_TYPE, luaL_typename(L, 1), NULL, NULL));
    return lua_toboolean(L, 1);
}

/* Told at once, and not first when the message is needed. */
static void check_values(lua_State *L, int index)
{
    if (!lua_isnoneornil(L, index) && lua_type(L, index) != LUA_TTABLE)
        pe_vm_misuse(L, "the values of a message are a table, such as { name = host.name }");
}

static int verdict_ensure(lua_State *L)
{
    struct pe_trace *trace = trace_of(L, "ensure");
    struct pe_finding finding;
    uint32_t subject = subject_of(L, 2);
    bool held = condition_of(L, trace);

    check_values(L, 4);
    if (!held && !pe_trace_stands(trace))
        trace->at = pe_arena_str(trace->arena, pe_vm_line(L).text);
    if (!pe_trace_assert(trace, held, subject, &finding))
        return 0;
    if (lua_isnoneornil(L, 3))
        finding.message = (struct pe_text){"the condition does not hold", "条件を満たしていません"};
    else
        finding.message = pe_message(L, 3);
    pe_trace_finding(trace, &finding);
    return 0;
}

static int verdict_note(lua_State *L)
{
    struct pe_trace *trace = trace_of(L, "note");

    check_values(L, 2);
    if (trace->note_count < PE_MAX_NOTES) /* the others would not be kept */
        pe_trace_note(trace, pe_message(L, 1));
    return 0;
}

static int verdict_not_applicable(lua_State *L)
{
    struct pe_trace *trace = trace_of(L, "not_applicable");
    struct pe_vm *vm = pe_vm_of(L);

    check_values(L, 2);
    if (trace->ensured > 0)
        return pe_vm_fault(L, pe_say(vm->arena, PE_SAY_LATE_NOT_APPLICABLE, NULL, NULL, NULL));
    return pe_vm_end(L, PE_ENDING_NOT_APPLICABLE, pe_message(L, 1));
}

static const struct pe_luafn functions[] = {
    {"ensure", verdict_ensure, "(condition, subject, message, values)",
     "Asserts that a condition holds; false is a finding about the subject, and does not stop the "
     "rule."},
    {"note", verdict_note, "(message, values)", "Adds a remark; never changes a status."},
    {"not_applicable", verdict_not_applicable, "(message, values)",
     "Ends the rule as not applicable, with a reason; prefer a declared `when`."},
    {NULL, NULL, NULL, NULL},
};

const struct pe_lualib pe_lualib_verdict = {"", functions, NULL};
