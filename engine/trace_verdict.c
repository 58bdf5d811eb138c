/* trace_verdict.c: the status that follows from what one rule read, missed and asserted. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "trace_impl.h"

void pe_trace_end(struct pe_trace *trace, enum pe_ending ending, struct pe_text reason)
{
    if (trace->ending >= ending)
        return;
    trace->ending = ending;
    trace->ending_reason = reason;
}

/* Whether a node is in an element of a list. */
static bool is_in_list(const struct pe_snapshot *snapshot, uint32_t number)
{
    while (number != 0) {
        number = pe_snapshot_node(snapshot, number)->parent;
        if (pe_node_type(pe_snapshot_node(snapshot, number)) == PE_LIST)
            return true;
    }
    return false;
}

void pe_trace_stop(struct pe_trace *trace)
{
    trace->stopped_in_list =
        trace->missed_at == PE_NO_NODE || is_in_list(trace->snapshot, trace->missed_at);
}

static struct pe_text first_finding(const struct pe_trace *trace, enum pe_status status)
{
    for (size_t i = 0; i < trace->finding_count; i++)
        if (trace->findings[i].status == status)
            return trace->findings[i].message;
    return pe_trace_no_text();
}

static struct pe_text number_text(struct pe_trace *trace, size_t number)
{
    const char *text = pe_arena_printf(trace->arena, "%zu", number);

    return (struct pe_text){text, text};
}

static enum pe_sentence vacuous(const struct pe_trace *trace)
{
    return trace->ensured == 0 ? PE_SAY_NOTHING_ASSERTED : PE_SAY_NOTHING_READ;
}

static struct pe_text why_unknown(struct pe_trace *trace)
{
    struct pe_text first = first_finding(trace, PE_UNKNOWN);

    if (trace->ending == PE_ENDING_UNKNOWN)
        return trace->ending_reason;
    if (trace->unknown_total == 0)
        return pe_say(trace->arena, vacuous(trace), NULL, NULL, NULL);
    if (trace->unknown_total == 1)
        return first;
    return pe_say_texts(trace->arena, PE_SAY_UNKNOWN_MORE,
                        number_text(trace, trace->unknown_total - 1), first, pe_trace_no_text());
}

static struct pe_text why_failed(struct pe_trace *trace)
{
    struct pe_text first = first_finding(trace, PE_FAIL);

    if (trace->fail_total == 1)
        return first;
    return pe_say_texts(trace->arena, PE_SAY_FAILED, number_text(trace, trace->fail_total), first,
                        pe_trace_no_text());
}

static struct pe_text why_passed(struct pe_trace *trace)
{
    if (trace->asserted == 1)
        return pe_say(trace->arena, PE_SAY_PASSED_ONE, NULL, NULL, NULL);
    return pe_say_texts(trace->arena, PE_SAY_PASSED, number_text(trace, trace->asserted),
                        pe_trace_no_text(), pe_trace_no_text());
}

void pe_trace_blame_vacuous(struct pe_trace *trace, const char *at)
{
    pe_trace_fault(trace, at, vacuous(trace));
}

bool pe_trace_is_vacuous(const struct pe_trace *trace)
{
    return trace->ending == PE_ENDING_NONE && trace->fail_total == 0 && !trace->missing &&
           (trace->asserted == 0 || trace->evidence_total == 0);
}

bool pe_trace_only_absent(const struct pe_trace *trace)
{
    return trace->missing && !trace->unusable && !trace->stopped_in_list &&
           trace->fail_total == 0 && trace->ending == PE_ENDING_NONE;
}

enum pe_status pe_trace_status(struct pe_trace *trace, struct pe_text *reason)
{
    if (trace->ending == PE_ENDING_ERROR)
        return *reason = trace->ending_reason, PE_ERROR;
    if (trace->fail_total > 0)
        return *reason = why_failed(trace), PE_FAIL;
    if (trace->missing || trace->ending == PE_ENDING_UNKNOWN)
        return *reason = why_unknown(trace), PE_UNKNOWN;
    if (trace->ending == PE_ENDING_NOT_APPLICABLE)
        return *reason = trace->ending_reason, PE_NOT_APPLICABLE;
    if (trace->asserted == 0 || trace->evidence_total == 0)
        return *reason = why_unknown(trace), PE_UNKNOWN;
    return *reason = why_passed(trace), PE_PASS;
}
