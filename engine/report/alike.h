/* alike.h: texts and pointers that differ only in the element of a list that they name.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_REPORT_ALIKE_H
#define PE_REPORT_ALIKE_H

#include "base/buf.h"

/* Adds a text without the names and numbers of elements: of "accounts[akira].mfa is missing" and
 * "/accounts/12/mfa is missing" what is the same for the others. NULL adds nothing. */
void pe_alike_add(struct pe_buf *buf, const char *text);

#endif
