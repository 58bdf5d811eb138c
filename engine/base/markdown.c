/* markdown.c: text of others as plain words of Markdown. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/markdown.h"

#include <stdbool.h>
#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"

/* A letter or digit, of any script. */
static bool is_word(char c)
{
    char lower = pe_ascii_lower(c);

    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* At the start of a line: a list, a numbered list, a rule. */
static bool begins_block(const char *text, size_t at)
{
    size_t digits = strspn(text, "0123456789");
    bool ends = text[at + 1] == '\0' || text[at + 1] == ' ';

    if (at == 0 && (text[at] == '-' || text[at] == '='))
        return true;
    return ends && at == digits && strchr(digits == 0 ? "+" : ".)", text[at]) != NULL;
}

static bool is_special(const char *text, size_t at)
{
    switch (text[at]) {
    case '_': /* within a word it means nothing */
        return at == 0 || !is_word(text[at - 1]) || !is_word(text[at + 1]);
    case ':': /* http://, which GitHub links */
        return text[at + 1] == '/';
    case '.': /* www., which it links too, and 1. */
        return begins_block(text, at) || (at >= 3 && pe_ascii_same(text + at - 3, "www", 3));
    case '@': /* a mail address, a person */
        return true;
    default:
        return strchr("\\`*~^[]<>&|#{$", text[at]) != NULL || begins_block(text, at);
    }
}

void pe_markdown_adds(struct pe_buf *buf, const char *str)
{
    struct pe_buf safe = {0};

    pe_escape_add_prose(&safe, str);
    for (size_t i = 0; i < safe.length; i++) {
        if (is_special(safe.data, i))
            pe_buf_addc(buf, '\\');
        pe_buf_addc(buf, safe.data[i]);
    }
    if (pe_buf_failed(&safe))
        buf->failed = true;
    pe_buf_release(&safe);
}
