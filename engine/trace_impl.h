/* trace_impl.h: what the files of the trace share; nobody else includes it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_TRACE_IMPL_H
#define PE_TRACE_IMPL_H

#include "trace.h"

/* Says nothing, in both languages, and is no NULL. */
static inline struct pe_text pe_trace_no_text(void)
{
    return (struct pe_text){"", ""};
}

/* ---- trace_blame.c: of the window, as far as it is remembered ---- */

/* The most telling place: the last thing read for this assertion, below its subject if it has
 * one, else the subject, else the last thing read. PE_NO_NODE: no subject; nothing was read. */
uint32_t pe_trace_blamed(const struct pe_trace *trace, uint32_t subject);

/* The last read that has these bytes, or PE_NO_NODE. */
uint32_t pe_trace_read_of(const struct pe_trace *trace, const char *bytes, size_t length);

/* ---- trace_evidence.c ---- */

/* Counts a piece of evidence, and keeps it while the limit allows. The caller says each once; a key
 * is the arena's. Out of memory is the arena's to tell. */
void pe_trace_keep(struct pe_trace *trace, struct pe_read read);

/* The same for a key that an object lacks, however often it is said; PE_MAX_ABSENT_EVIDENCE such
 * keys at most. The key is copied. */
void pe_trace_keep_absent(struct pe_trace *trace, uint32_t object, const char *key, size_t length);

#endif
