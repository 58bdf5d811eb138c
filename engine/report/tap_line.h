/* tap_line.h: lines of the Test Anything Protocol.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first line says version 13, because readers of that one refuse 14 (prove of Perl 5.36); what
 * follows is valid in both. A description ends where '#' begins a directive, and a backslash
 * escapes both: an untrusted text could skip its own test with "# SKIP". Text is made safe
 * (base/escape.h), so none holds a line break.
 */
#ifndef PE_REPORT_TAP_LINE_H
#define PE_REPORT_TAP_LINE_H

#include "base/buf.h"

/* "TAP version 13" and the plan. */
void pe_tap_begin(struct pe_buf *buf, size_t count);

/* Adds text of a description, or of a directive's reason. */
void pe_tap_add(struct pe_buf *buf, const char *text);

/* "ok 3 - " or "not ok 3 - "; the description and the line's end are the caller's. */
void pe_tap_point(struct pe_buf *buf, bool ok, size_t number);

/* Where a member of the diagnostics stands: in the block, or in an item of a list in it. */
#define PE_TAP_MEMBER "  "
#define PE_TAP_ITEM "    - " /* the first of its item */
#define PE_TAP_ITEM_MEMBER "      "

/* The block of diagnostics after a test point: begin, members, end. A value is a YAML string in
 * double quotes that reads back as the same text; bytes that are not UTF-8 become \x{FF}. */
void pe_tap_yaml_begin(struct pe_buf *buf);
void pe_tap_yaml_add(struct pe_buf *buf, const char *lead, const char *key, const char *value);
void pe_tap_yaml_number(struct pe_buf *buf, const char *lead, const char *key, size_t value);
void pe_tap_yaml_list(struct pe_buf *buf, const char *key);
void pe_tap_yaml_end(struct pe_buf *buf);

/* "# text" */
void pe_tap_comment(struct pe_buf *buf, const char *text);

#endif
