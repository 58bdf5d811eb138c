/* xml.c: text as XML 1.0 takes it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/xml.h"

#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"

static const char *entity_of(uint32_t code)
{
    switch (code) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

/* Char of XML 1.0, 2.2; UTF-8 holds no surrogates. */
static bool is_char(uint32_t code)
{
    return code == '\t' || code == '\n' || code == '\r' ||
           (code >= 0x20 && code != 0xFFFE && code != 0xFFFF);
}

static bool is_break(uint32_t code)
{
    return code == '\n' || code == '\r' || code == 0x85 || code == 0x2028 || code == 0x2029;
}

static void add_point(struct pe_buf *buf, uint32_t code, const char *bytes, size_t size,
                      bool one_line)
{
    const char *entity = entity_of(code);

    if (entity != NULL)
        pe_buf_adds(buf, entity);
    else if (pe_escape_harmless(code))
        pe_buf_add(buf, bytes, size);
    else if (!is_char(code) || (one_line && is_break(code)))
        pe_buf_printf(buf, "\\u{%04X}", (unsigned)code);
    else
        pe_buf_printf(buf, "&#x%X;", (unsigned)code);
}

static void add(struct pe_buf *buf, const char *text, bool one_line)
{
    size_t length = text == NULL ? 0 : strlen(text);
    uint32_t code;

    for (size_t i = 0, size; i < length; i += size) {
        size = pe_utf8_decode(text + i, length - i, &code);
        if (size > 0)
            add_point(buf, code, text + i, size, one_line);
        else
            pe_buf_printf(buf, "\\x{%02X}", (unsigned)(unsigned char)text[i]);
        if (size == 0)
            size = 1;
    }
}

void pe_xml_add(struct pe_buf *buf, const char *text)
{
    add(buf, text, false);
}

void pe_xml_add_line(struct pe_buf *buf, const char *text)
{
    add(buf, text, true);
}

void pe_xml_add_attribute(struct pe_buf *buf, const char *name, const char *value)
{
    pe_buf_printf(buf, " %s=\"", name);
    pe_xml_add(buf, value);
    pe_buf_addc(buf, '"');
}

void pe_xml_add_number(struct pe_buf *buf, const char *name, size_t value)
{
    pe_buf_printf(buf, " %s=\"%zu\"", name, value);
}
