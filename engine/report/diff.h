/* diff.h: what became of rules from one run to another, for people and programs.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The command diff prints it all; a report of a run that was compared with a baseline has it as a
 * section. Both read the flags that the engine set (compare.h) and decide nothing.
 */
#ifndef PE_REPORT_DIFF_H
#define PE_REPORT_DIFF_H

#include "report/json_out.h"
#include "report/page.h"

/* Running out of memory shows in the buffer. */
void pe_diff_text(const struct pe_diff *diff, const struct pe_style *style, struct pe_buf *out);
void pe_diff_markdown(const struct pe_diff *diff, const struct pe_style *style, struct pe_buf *out);
void pe_diff_json(const struct pe_diff *diff, struct pe_buf *out);

/* The section of a report: what is worse and what was fixed in full, the rest counted. */
void pe_diff_section(struct pe_page *page, const struct pe_diff *diff);

/* One line of it: "PASS  nothing is worse". */
void pe_diff_add_verdict(struct pe_page *page, const struct pe_diff *diff);

/* The member `baseline` of a result. */
struct pe_json_item *pe_diff_make_baseline(struct pe_json_out *out, const struct pe_diff *diff);

/* ---- what the formats for people share ---- */

enum pe_word pe_diff_head(enum pe_change_class class_);

/* Adds "1 regressed, 2 fixed, 335 unchanged". */
void pe_diff_add_counts(struct pe_buf *buf, enum pe_lang lang,
                        const struct pe_comparison *comparison);

size_t pe_diff_worse(const struct pe_diff *diff);

/* The sentence of the verdict; {1} is pe_diff_worse. */
enum pe_word pe_diff_verdict(const struct pe_diff *diff);

#endif
