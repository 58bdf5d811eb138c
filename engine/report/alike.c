/* alike.c: texts and pointers that differ only in the element of a list that they name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/alike.h"

#include <string.h>

void pe_alike_add(struct pe_buf *buf, const char *text)
{
    const char *close;

    for (const char *c = text == NULL ? "" : text; *c != '\0'; c++) {
        pe_buf_addc(buf, *c);
        if (*c == '/')
            c += strspn(c + 1, "0123456789");
        else if (*c == '[' && (close = strchr(c, ']')) != NULL)
            c = close - 1;
    }
}
