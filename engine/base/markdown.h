/* markdown.h: text of others as plain words of Markdown.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is added reads as the same text wherever inline text may stand in CommonMark, in GitHub's
 * tables and in OSCAL's markup, and begins no link, tag, emphasis, code, heading, list, entity,
 * cell or inserted parameter. It is made safe first (base/escape.h); blanks and line breaks become
 * one space, none at its ends.
 */
#ifndef PE_BASE_MARKDOWN_H
#define PE_BASE_MARKDOWN_H

#include "base/buf.h"

/* str may be NULL, which adds nothing. */
void pe_markdown_adds(struct pe_buf *buf, const char *str);

#endif
