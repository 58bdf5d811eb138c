/* tap.c: lines of the Test Anything Protocol, version 14. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/tap.h"

#include <string.h>

#include "base/escape.h"

void pe_tap_begin(struct pe_buf *buf, size_t count)
{
    pe_buf_printf(buf, "TAP version 14\n1..%zu\n", count);
}

/* Adds text that was made safe, with a backslash before each of some characters. */
static void add_safe(struct pe_buf *buf, const char *text, const char *escaped)
{
    struct pe_buf safe = {0};

    pe_escape_adds(&safe, text);
    for (size_t i = 0; i < safe.length; i++) {
        if (strchr(escaped, safe.data[i]) != NULL)
            pe_buf_addc(buf, '\\');
        pe_buf_addc(buf, safe.data[i]);
    }
    buf->failed |= pe_buf_failed(&safe);
    pe_buf_release(&safe);
}

void pe_tap_add(struct pe_buf *buf, const char *text)
{
    add_safe(buf, text, "#\\");
}

void pe_tap_point(struct pe_buf *buf, bool ok, size_t number)
{
    pe_buf_printf(buf, "%s %zu - ", ok ? "ok" : "not ok", number);
}

void pe_tap_yaml_begin(struct pe_buf *buf)
{
    pe_buf_adds(buf, "  ---\n");
}

void pe_tap_yaml_add(struct pe_buf *buf, const char *key, const char *value)
{
    pe_buf_printf(buf, "  %s: \"", key);
    add_safe(buf, value, "\"\\");
    pe_buf_adds(buf, "\"\n");
}

void pe_tap_yaml_end(struct pe_buf *buf)
{
    pe_buf_adds(buf, "  ...\n");
}

void pe_tap_comment(struct pe_buf *buf, const char *text)
{
    pe_buf_adds(buf, "# ");
    pe_escape_adds(buf, text);
    pe_buf_addc(buf, '\n');
}
