/* spacing.c: spaces between Latin letters and Japanese. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/spacing.h"

#include <stdbool.h>
#include <string.h>

/* Whether a byte begins a character of Chinese or Japanese, full-width signs among them. */
static bool is_wide(char byte)
{
    return (unsigned char)byte >= 0xE3;
}

/* Whether such a character ends the text. */
static bool ends_wide(const char *text, size_t length)
{
    while (length > 0 && (text[length - 1] & 0xC0) == 0x80)
        length--;
    return length > 0 && is_wide(text[length - 1]);
}

void pe_spacing_before(struct pe_buf *out, size_t start)
{
    if (pe_buf_failed(out) || start == 0 || start == out->length || out->data[start - 1] != ' ' ||
        !is_wide(out->data[start]) || !ends_wide(out->data, start - 1))
        return;
    memmove(out->data + start - 1, out->data + start, out->length - start + 1);
    out->length--;
}

const char *pe_spacing_behind(const struct pe_buf *out, const char *format, const char *end)
{
    bool parts = end - format >= 2 && *format == ' ' && is_wide(format[1]) && !pe_buf_failed(out) &&
                 ends_wide(out->data, out->length);

    return format + parts;
}
