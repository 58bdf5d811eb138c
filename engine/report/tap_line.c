/* tap_line.c: lines of the Test Anything Protocol. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/tap_line.h"

#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"

void pe_tap_begin(struct pe_buf *buf, size_t count)
{
    pe_buf_printf(buf, "TAP version 13\n1..%zu\n", count);
}

void pe_tap_add(struct pe_buf *buf, const char *text)
{
    struct pe_buf safe = {0};

    pe_escape_adds(&safe, text);
    for (size_t i = 0; i < safe.length; i++) {
        if (safe.data[i] == '#' || safe.data[i] == '\\')
            pe_buf_addc(buf, '\\');
        pe_buf_addc(buf, safe.data[i]);
    }
    buf->failed |= pe_buf_failed(&safe);
    pe_buf_release(&safe);
}

void pe_tap_point(struct pe_buf *buf, bool ok, size_t number)
{
    pe_buf_printf(buf, "%s %zu - ", ok ? "ok" : "not ok", number);
}

/* ---- diagnostics ---- */

void pe_tap_yaml_begin(struct pe_buf *buf)
{
    pe_buf_adds(buf, "  ---\n");
}

/* YAML 1.2, 5.7: unlike JSON it has no pairs of surrogates. What begins with "##" are commands to
 * some readers of logs (base/disarm.h). */
static void add_yaml_point(struct pe_buf *buf, uint32_t code, const char *bytes, size_t size)
{
    if (code == '"' || code == '\\')
        pe_buf_addc(buf, '\\');
    if (pe_escape_harmless(code) && code != '#')
        pe_buf_add(buf, bytes, size);
    else if (code == '\n')
        pe_buf_adds(buf, "\\n");
    else if (code < 0x100)
        pe_buf_printf(buf, "\\x%02X", (unsigned)code);
    else
        pe_buf_printf(buf, code < 0x10000 ? "\\u%04X" : "\\U%08X", (unsigned)code);
}

void pe_tap_yaml_add(struct pe_buf *buf, const char *lead, const char *key, const char *value)
{
    size_t length = value == NULL ? 0 : strlen(value);
    uint32_t code;

    pe_buf_printf(buf, "%s%s: \"", lead, key);
    for (size_t i = 0, size; i < length; i += size) {
        size = pe_utf8_decode(value + i, length - i, &code);
        if (size > 0)
            add_yaml_point(buf, code, value + i, size);
        else
            pe_buf_printf(buf, "\\\\x{%02X}", (unsigned)(unsigned char)value[i]);
        if (size == 0)
            size = 1;
    }
    pe_buf_adds(buf, "\"\n");
}

void pe_tap_yaml_number(struct pe_buf *buf, const char *lead, const char *key, size_t value)
{
    pe_buf_printf(buf, "%s%s: %zu\n", lead, key, value);
}

void pe_tap_yaml_list(struct pe_buf *buf, const char *key)
{
    pe_buf_printf(buf, "  %s:\n", key);
}

void pe_tap_yaml_end(struct pe_buf *buf)
{
    pe_buf_adds(buf, "  ...\n");
}

void pe_tap_comment(struct pe_buf *buf, const char *text)
{
    pe_buf_adds(buf, "# ");
    pe_tap_add(buf, text);
    pe_buf_addc(buf, '\n');
}
