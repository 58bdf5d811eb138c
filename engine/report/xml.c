/* xml.c: text as XML 1.0 takes it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/xml.h"

#include "base/escape.h"

static const char *entity_of(char c)
{
    switch (c) {
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

void pe_xml_add(struct pe_buf *buf, const char *text)
{
    struct pe_buf safe = {0};

    pe_escape_adds(&safe, text);
    for (size_t i = 0; i < safe.length; i++) {
        const char *entity = entity_of(safe.data[i]);
        if (entity != NULL)
            pe_buf_adds(buf, entity);
        else
            pe_buf_addc(buf, safe.data[i]);
    }
    buf->failed |= pe_buf_failed(&safe);
    pe_buf_release(&safe);
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
