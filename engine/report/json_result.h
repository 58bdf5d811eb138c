/* json_result.h: one snapshot's judgement as the object that docs/result.md describes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Members come in the order in which they are documented; controls, rules, findings and evidence
 * in the order of the run.
 */
#ifndef PE_REPORT_JSON_RESULT_H
#define PE_REPORT_JSON_RESULT_H

#include "report/json_out.h"

/* A new reference; NULL when out of memory. */
struct pe_json_item *pe_json_result(struct pe_json_out *out, const struct pe_result *result);

/* One of its controls, with rules, findings and evidence. */
struct pe_json_item *pe_json_control(struct pe_json_out *out,
                                     const struct pe_control_result *control);

/* What covers a rule, or null; the waivers that a snapshot was judged with; what was asked of the
 * gate and what closed it. */
struct pe_json_item *pe_json_rule_waiver(struct pe_json_out *out,
                                         const struct pe_rule_waiver *waiver);
struct pe_json_item *pe_json_waivers(struct pe_json_out *out, const struct pe_waiver_uses *waivers);
struct pe_json_item *pe_json_gate(struct pe_json_out *out, const struct pe_result *result);

/* Sets line and column: numbers, or null where the place is nowhere. */
void pe_json_put_place(struct pe_json_out *out, struct pe_json_item *object, struct pe_place place);

struct pe_json_item *pe_json_strings(struct pe_json_out *out, struct pe_strings strings);

/* The same result with verdicts only: what it is, and how each control and rule ended. */
struct pe_json_item *pe_json_brief(struct pe_json_out *out, const struct pe_result *result);

/* Parts of both. */
struct pe_json_item *pe_json_snapshot(struct pe_json_out *out, const struct pe_result *result);
struct pe_json_item *pe_json_summary(struct pe_json_out *out, const struct pe_result *result);

#endif
