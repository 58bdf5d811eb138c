/* worker_evidence.h: what a rule read, as a worker tells it: each thing spelled once.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Rules read the same values over and over. How one of them is told (pointer, value, place) follows
 * from the snapshot alone, which nothing changes while it is judged; so the bytes that were written
 * for one rule are written again for the next. Absent keys are named by policies: they are spelled
 * each time, and nothing that a policy chose is kept.
 */
#ifndef PE_WORKER_EVIDENCE_H
#define PE_WORKER_EVIDENCE_H

#include "trace.h"
#include "wire.h"

struct pe_told; /* of one snapshot */

/* NULL when out of memory. The snapshot is borrowed. */
struct pe_told *pe_told_new(const struct pe_snapshot *snapshot);
void pe_told_free(struct pe_told *told);

/* Writes all that the trace, which is of that snapshot, keeps of a rule's evidence. */
void pe_told_write(struct pe_told *told, const struct pe_trace *trace, struct pe_out *out);

#endif
