/* gate.h: which verdicts close the gate.
 * SPDX-License-Identifier: Apache-2.0
 *
 * By default every rule that did not pass does. A gate may look at rules of some severity or owner
 * only; the others are judged and shown all the same. What keeps its promise whatever is asked:
 * an error closes the gate, unknown weighs as much as fail, and a gate that saw nothing pass is not
 * passed.
 */
#ifndef PE_GATE_H
#define PE_GATE_H

#include "base/arena.h"
#include "policyeval.h"

/* What closes it beside the rules; under a strict model the result's problems say which of them are
 * so for that alone. -1: out of memory. */
int pe_gate_remarks(const struct pe_gate *gate, const struct pe_result *result,
                    struct pe_arena *arena, const struct pe_remark **items, size_t *count);

/* PE_ERR_USAGE: an age without a time to count from, or one that cannot be read. */
int pe_gate_check(const struct pe_job *job, struct pe_err *err);

/* Decides whether the result, which has been counted, passed. Changes nothing for a gate of {0}. */
int pe_gate_judge(const struct pe_gate *gate, struct pe_result *result, struct pe_arena *arena,
                  struct pe_err *err);

#endif
