/* frame.h: the lines of a snapshot around a finding, with a caret under it.
 * SPDX-License-Identifier: Apache-2.0
 *
 *     41 |     "ip_allowlist": {
 *     42 |       "enabled": false,
 *        |                  ^^^^^
 *     43 |       "entries": []
 *
 * A frame is cut from the file's own bytes (UTF-8 or UTF-16, see encoding.h) by whoever prints it,
 * so a worker cannot invent what is shown. The place does come from a worker: an offset outside
 * the bytes gives no frame, and nothing outside them is ever read. At most 400 bytes either side
 * of the caret are looked at, and of one line before and after; these are left out beside a line
 * that is too long to be shown from its beginning. So a line of 100 MB costs nothing.
 * The line number is printed as it was given.
 *
 * What harms a terminal is escaped (base/escape.h), a tab is one space, bytes that are not text
 * are \x{FF}, and whatever touches a secret's span is shown as [secret].
 */
#ifndef PE_FRAME_H
#define PE_FRAME_H

#include "base/buf.h"
#include "policyeval.h"

struct pe_frame_source {
    const unsigned char *bytes;
    size_t length;
    const struct pe_span *secrets; /* may overlap, and reach beyond the bytes */
    size_t secret_count;
};

struct pe_frame_look {
    size_t columns; /* of the whole frame, its indentation included */
    size_t indent;
    const char *caret_on, *caret_off; /* colour switched on and off around carets; "" or NULL */
    const char *frame_on, *frame_off; /* and around line numbers and bars */
};

/* Adds the frame, each of its lines ended by a line feed. Returns false and adds nothing where
 * there is nothing to show: line 0, or an offset outside the bytes. */
bool pe_frame_add(struct pe_buf *buf, const struct pe_frame_source *source, struct pe_place place,
                  const struct pe_frame_look *look);

#endif
