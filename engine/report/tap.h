/* tap.h: lines of the Test Anything Protocol, version 14.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A description ends where '#' begins a directive, and a backslash escapes both: an untrusted text
 * could skip its own test with "# SKIP". Text is made safe (base/escape.h), so none holds a line
 * break.
 */
#ifndef PE_REPORT_TAP_H
#define PE_REPORT_TAP_H

#include "base/buf.h"

/* "TAP version 14" and the plan. */
void pe_tap_begin(struct pe_buf *buf, size_t count);

/* Adds text of a description. */
void pe_tap_add(struct pe_buf *buf, const char *text);

/* "ok 3 - " or "not ok 3 - "; the description and the line's end are the caller's. */
void pe_tap_point(struct pe_buf *buf, bool ok, size_t number);

/* The block of diagnostics after a test point: begin, members, end. A value is a YAML string in
 * double quotes. */
void pe_tap_yaml_begin(struct pe_buf *buf);
void pe_tap_yaml_add(struct pe_buf *buf, const char *key, const char *value);
void pe_tap_yaml_end(struct pe_buf *buf);

/* "# text" */
void pe_tap_comment(struct pe_buf *buf, const char *text);

#endif
