/* trace_blame.c: which of the things read last an assertion, or a helper that fails, is about. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "trace_impl.h"

static bool within(const struct pe_snapshot *s, uint32_t node, uint32_t subject)
{
    const struct pe_node *n = pe_snapshot_node(s, subject);

    return node >= subject && node < subject + (pe_node_holds(n) ? n->size : 1);
}

uint32_t pe_trace_blamed(const struct pe_trace *trace, uint32_t subject)
{
    size_t kept = trace->window_reads < PE_WINDOW_READS ? trace->window_reads : PE_WINDOW_READS;

    for (size_t i = 1; i <= kept; i++) {
        uint32_t node = trace->window[(trace->window_reads - i) % PE_WINDOW_READS];
        if (subject == PE_NO_NODE || within(trace->snapshot, node, subject))
            return node;
    }
    return subject;
}

static bool same_string(const struct pe_trace *trace, uint32_t node, const char *bytes,
                        size_t length)
{
    const struct pe_node *n = pe_snapshot_node(trace->snapshot, node);

    return pe_node_type(n) == PE_STRING && pe_json_equals(&trace->snapshot->json, n, bytes, length);
}

uint32_t pe_trace_read_of(const struct pe_trace *trace, const char *bytes, size_t length)
{
    size_t kept = trace->window_reads < PE_WINDOW_READS ? trace->window_reads : PE_WINDOW_READS;

    for (size_t i = 1; i <= kept; i++) {
        uint32_t node = trace->window[(trace->window_reads - i) % PE_WINDOW_READS];
        if (same_string(trace, node, bytes, length))
            return node;
    }
    return PE_NO_NODE;
}
