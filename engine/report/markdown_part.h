/* markdown_part.h: the parts of a Markdown report. Only markdown*.c use them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A line is whole in itself: no block is open across lines but lists and tables, so the report can
 * be cut behind any of them. Headings of the run are of level 1, of a snapshot 2, of its parts 3.
 */
#ifndef PE_REPORT_MARKDOWN_PART_H
#define PE_REPORT_MARKDOWN_PART_H

#include "base/buf.h"
#include "base/err.h"
#include "policyeval.h"

/* File, tenant, what was judged and by what, counts. */
void pe_markdown_head(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang);

/* What the model says is wrong with the snapshot. */
void pe_markdown_problems(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang);

/* What failed by control, what the author of a policy has to mend, and what could not be judged. */
void pe_markdown_findings(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang);
int pe_markdown_fault(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang,
                      struct pe_err *err);
void pe_markdown_unknown(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang);

/* Why the gate is closed besides the rules. */
void pe_markdown_gate(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang);

/* What is waived, in whole or in part, with its real status; and waivers that need a look. */
void pe_markdown_waivers(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang);

/* A row a control. */
void pe_markdown_table(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang);

/* Adds " `file:12:3` `/pointer`", what is known of both. */
void pe_markdown_place(struct pe_buf *out, const struct pe_result *result, struct pe_place place,
                       const char *pointer);

#endif
