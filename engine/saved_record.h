/* saved_record.h: what is in the records of a saved result.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A run is told in records that follow each other: the run, then each result with its head, each
 * of its controls, each of their rules; saved_wire.c keeps that order. Each kind of record has one
 * function here that describes it for both ends (wire_both.h). What a record says of another one
 * it says by place: the packs, areas and waivers of its result, which must have been told before.
 *
 * In the parent each checks what a record can get wrong by itself (b->in->bad); what it fills lies
 * in the record's arena or is borrowed from the result. The last argument of the first three is how
 * many records of the next kind follow.
 */
#ifndef PE_SAVED_RECORD_H
#define PE_SAVED_RECORD_H

#include "saved.h"
#include "wire_both.h"

/* ---- saved_record.c ---- */

void pe_saved_record_run(struct pe_both *b, struct pe_saved *saved, uint32_t *results);
void pe_saved_record_result(struct pe_both *b, struct pe_result *result, uint32_t *controls);

/* ---- saved_record_rule.c ---- */

void pe_saved_record_control(struct pe_both *b, const struct pe_result *result,
                             struct pe_control *control, struct pe_control_result *out,
                             uint32_t *rules);
void pe_saved_record_rule(struct pe_both *b, const struct pe_result *result, struct pe_rule *rule,
                          struct pe_rule_result *out);

#endif
