/* doc_page.h: the reference page of a pack, in Markdown.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Tables are those of GitHub. A cell begins with pe_doc_cell and is then written to the page; a row
 * ends with pe_doc_end_row. Whatever comes from a pack goes through pe_doc_text or pe_doc_code,
 * which keep it one cell of plain words.
 */
#ifndef PE_CMD_DOC_PAGE_H
#define PE_CMD_DOC_PAGE_H

#include "base/buf.h"
#include "policyeval.h"
#include "words.h"

struct pe_doc {
    struct pe_buf *out;
    enum pe_lang lang;
};

void pe_doc_text(struct pe_doc *doc, const char *text);
void pe_doc_code(struct pe_doc *doc, const char *text);               /* `text`; nothing for "" */
void pe_doc_marked(struct pe_doc *doc, const char *text);             /* with its `code` */
void pe_doc_codes(struct pe_doc *doc, const struct pe_strings *list); /* `a`, `b` */
void pe_doc_word(struct pe_doc *doc, enum pe_word word);              /* without arguments */
void pe_doc_heading(struct pe_doc *doc, unsigned level);              /* its text follows */
void pe_doc_paragraph(struct pe_doc *doc);                            /* ends one */
void pe_doc_table(struct pe_doc *doc, const enum pe_word head[], size_t columns);
void pe_doc_cell(struct pe_doc *doc);
void pe_doc_end_row(struct pe_doc *doc);

/* ---- which controls read a field ---- */

/* For each field of a model, the controls whose rules read it in some judgement. */
struct pe_reads;

/* Judges the snapshots by the pack, with walls as in how, and looks at their evidence. Borrows info
 * and the fields. -1 after complaining. */
int pe_reads_load(struct pe_pack *pack, const struct pe_pack_info *info, const struct pe_job *how,
                  const struct pe_strings *files, const struct pe_field_info *fields, size_t count,
                  struct pe_reads **reads);
void pe_reads_free(struct pe_reads *reads);

/* Whether a control, by its place in the pack, read a field, by its place in the list. */
bool pe_reads_has(const struct pe_reads *reads, size_t field, size_t control);

/* ---- the parts of the page ---- */

void pe_doc_add_control(struct pe_doc *doc, const struct pe_control *control);

/* All fields, area by area; reads may be NULL, then the column is left out. */
void pe_doc_add_fields(struct pe_doc *doc, const struct pe_field_info *fields, size_t count,
                       const struct pe_reads *reads, const struct pe_pack_info *pack);

#endif
