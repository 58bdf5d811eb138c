/* quote.h: words of a command that a person may paste into a shell.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_BASE_QUOTE_H
#define PE_BASE_QUOTE_H

#include "base/buf.h"

/* Adds a word as a POSIX shell (2.2) takes it: as it is where nothing in it means anything to one,
 * else in single quotes. */
void pe_quote_add(struct pe_buf *buf, const char *word);

#endif
