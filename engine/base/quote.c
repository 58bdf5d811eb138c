/* quote.c: words of a command that a person may paste into a shell. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/quote.h"

#include <stdbool.h>
#include <string.h>

/* A letter that is not ASCII means nothing to a shell; a "~" does where a word begins. */
static bool is_plain(const char *word)
{
    if (word[0] == '\0')
        return false;
    for (const char *c = word; *c != '\0'; c++)
        if ((unsigned char)*c < 0x80 &&
            strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,+@%", *c) ==
                NULL)
            return false;
    return true;
}

void pe_quote_add(struct pe_buf *buf, const char *word)
{
    if (is_plain(word)) {
        pe_buf_adds(buf, word);
        return;
    }
    pe_buf_addc(buf, '\'');
    for (const char *c = word; *c != '\0'; c++) {
        if (*c == '\'')
            pe_buf_adds(buf, "'\\''");
        else
            pe_buf_addc(buf, *c);
    }
    pe_buf_addc(buf, '\'');
}
