/* spacing.h: spaces between Latin letters and Japanese.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A Japanese format has a space on either side of a value, as Latin letters and digits want it. A
 * value that is Japanese itself wants none: whoever fills the format in calls the one function
 * when the value has been added, and goes on where the other says.
 */
#ifndef PE_BASE_SPACING_H
#define PE_BASE_SPACING_H

#include <stddef.h>

#include "base/buf.h"

/* Takes out the space before the value that begins at start, where it would part two Japanese
 * characters. */
void pe_spacing_before(struct pe_buf *out, size_t start);

/* The format behind the value that out ends in, without a space that would part two Japanese
 * characters. */
const char *pe_spacing_behind(const struct pe_buf *out, const char *format, const char *end);

#endif
