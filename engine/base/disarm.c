/* disarm.c: text for a log that takes parts of it for commands. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/disarm.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

/* White_Space of Unicode 14, which readers skip; line breaks apart. */
static bool is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == 0xA0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x205F || code == 0x3000;
}

/* "##[", "##vso[" */
static bool is_bracketed(const char *text, size_t length)
{
    size_t i = 2;

    if (length < 3 || text[0] != '#' || text[1] != '#')
        return false;
    while (i < length && ((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z')))
        i++;
    return i < length && text[i] == '[';
}

static bool is_command(const char *text, size_t length, bool first)
{
    return is_bracketed(text, length) || (first && length >= 2 && text[0] == ':' && text[1] == ':');
}

/* How many bytes hold neither what may be a command within a line nor the end of the line. */
static size_t rest_of_line(const char *text, size_t length)
{
    size_t at = 0;

    while (at < length && text[at] != '#' && text[at] != '\n')
        at++;
    return at;
}

void pe_disarm_add(struct pe_buf *buf, const char *text, size_t length)
{
    bool first = true; /* nothing but blanks before it in its line */
    uint32_t code;

    for (size_t i = 0, size; i < length; i += size) {
        size = first ? 0 : rest_of_line(text + i, length - i);
        if (size > 0) {
            pe_buf_add(buf, text + i, size);
            continue;
        }
        size = pe_utf8_decode(text + i, length - i, &code);
        if (size == 0)
            size = 1, code = 0;
        if (is_command(text + i, length - i, first))
            pe_buf_printf(buf, "\\u{%04X}", (unsigned)code);
        else
            pe_buf_add(buf, text + i, size);
        first = code == '\n' || (first && is_blank(code));
    }
}
