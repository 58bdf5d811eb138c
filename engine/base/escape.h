/* escape.h: text made safe for a terminal, a log, a page.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A snapshot, a policy and a file name may hold anything: sequences that clear a terminal, line
 * breaks that fake a verdict, marks that turn the reading direction, characters that nobody sees.
 * What is printed for a person goes through here first. What does no harm stays as it is; of the
 * rest a code point becomes \u{202E} (at least four hexadecimal digits) and a byte that is not
 * UTF-8 becomes \x{FF}. The result is valid UTF-8 without any line break.
 *
 * Harmful are: controls (C0, DEL, C1), format characters (bidirectional ones among them), line and
 * paragraph separators, what is ignored when displayed (Default_Ignorable_Code_Point: zero-width,
 * variation selectors, fillers, tags) and noncharacters, as in Unicode 14. A backslash is left
 * alone, so the result cannot be turned back.
 */
#ifndef PE_BASE_ESCAPE_H
#define PE_BASE_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

bool pe_escape_harmless(uint32_t code);

/* Adds the text, made safe. str may be NULL, which adds nothing. */
void pe_escape_add(struct pe_buf *buf, const char *bytes, size_t length);
void pe_escape_adds(struct pe_buf *buf, const char *str);

/* The same for prose that its author may have broken into lines: runs of blanks and line breaks
 * become one space, those at either end none. */
void pe_escape_add_prose(struct pe_buf *buf, const char *str);

/* Only makes it valid UTF-8: a byte that is not becomes \x{FF}, all else stays. */
void pe_escape_add_utf8(struct pe_buf *buf, const char *bytes, size_t length);

/* For JSON text, whose strings the writer has already escaped as RFC 8259 demands: harmful code
 * points become its own escapes (\u202e, and a pair beyond U+FFFF), so the value stays the same.
 * Bytes that are not UTF-8, which no writer leaves, are dropped. */
void pe_escape_add_json(struct pe_buf *buf, const char *json, size_t length);

/* Adds a text as a JSON string between quotes: RFC 8259's escapes, and harmful code points as
 * above. Bytes that are not UTF-8 are dropped. */
void pe_escape_add_json_string(struct pe_buf *buf, const char *bytes, size_t length);

/* How many bytes at the start pe_escape_add_json leaves as they are. */
size_t pe_escape_json_safe(const char *json, size_t length);

#endif
