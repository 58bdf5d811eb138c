/* markup.h: text that is not ours, in Markdown.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is added is one line and shows as the text itself: it can begin no link, image, tag, table
 * cell, emphasis, formula, mention or reference, neither by CommonMark and GFM nor by what GitHub
 * and GitLab make of it beside them (@name, #1, !1, www., :word:). Controls and what nobody sees
 * are escaped as for a terminal first (base/escape.h). It must not stand first in its line, where
 * a digit or a dash could begin a list.
 */
#ifndef PE_REPORT_MARKUP_H
#define PE_REPORT_MARKUP_H

#include "base/buf.h"

/* As prose. Words that a site would make into links or mentions are set as code, where it does
 * not. NULL adds nothing. */
void pe_markup_add(struct pe_buf *buf, const char *text);

/* As code: pointers, values, names. A bar becomes \u{007C}, because tables take it even there.
 * Nothing for an empty text. */
void pe_markup_add_code(struct pe_buf *buf, const char *text);

#endif
