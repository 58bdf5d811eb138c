/* width.h: how many columns of a terminal a text takes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A Japanese character is two columns wide, a combining mark none: a table that counts bytes or
 * code points is ragged. Widths are those of Unicode's EastAsianWidth (UAX #11, version 14): Wide
 * and Fullwidth 2, marks (Mn, Me) and Hangul medials 0, everything else 1, Ambiguous too. Texts
 * are UTF-8 that was made safe for a terminal (escape.h), without line breaks; a byte that is not
 * UTF-8 counts as one column.
 */
#ifndef PE_BASE_WIDTH_H
#define PE_BASE_WIDTH_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

unsigned pe_width_code(uint32_t code); /* 0, 1 or 2 */

size_t pe_width(const char *text);
size_t pe_width_n(const char *text, size_t length);

/* How many bytes of the text fit into so many columns, whole code points with their marks. */
size_t pe_width_fit(const char *text, size_t length, size_t columns);

/* Adds the text, and spaces until it takes the columns. A wider text is added whole. */
void pe_width_add_padded(struct pe_buf *buf, const char *text, size_t columns);

/* Adds the text, and if it is wider than the columns (at least 1), only what fits before a
 * closing "…". Returns the columns it took. */
size_t pe_width_add_cut(struct pe_buf *buf, const char *text, size_t columns);

/* How many bytes of the text go on a line of so many columns when it is broken between words, or
 * between Japanese characters, where JIS X 4051 lets one end and the next begin a line. At least
 * one code point, so that the caller comes to an end. The blanks at the break are the next
 * line's: skip them. */
size_t pe_width_break(const char *text, size_t length, size_t columns);

#endif
