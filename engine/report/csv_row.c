/* csv_row.c: rows of a CSV file, for spreadsheets. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/csv_row.h"

#include <string.h>

#include "base/escape.h"

/* The full-width forms too, which Japanese versions of Excel take for the same; blanks before it
 * may be dropped. */
static bool begins_formula(const char *text)
{
    static const char *const signs[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};

    while (*text == ' ' || strncmp(text, "　", strlen("　")) == 0)
        text += *text == ' ' ? 1 : strlen("　");
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (strncmp(text, signs[i], strlen(signs[i])) == 0)
            return true;
    }
    return false;
}

/* As many bytes as a cell holds, whole code points. */
static size_t limit(const char *text)
{
    size_t length = strlen(text);

    if (length <= PE_CSV_CELL_BYTES)
        return length;
    for (length = PE_CSV_CELL_BYTES; ((unsigned char)text[length] & 0xC0) == 0x80;)
        length--;
    return length;
}

/* A text that was made safe. */
static void add_safe(struct pe_csv_row *row, const char *text)
{
    size_t length = limit(text);

    pe_buf_adds(row->out, row->cells++ == 0 ? "\"" : ",\"");
    pe_buf_adds(row->out, begins_formula(text) ? "'" : "");
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"')
            pe_buf_addc(row->out, '"');
        pe_buf_addc(row->out, text[i]);
    }
    pe_buf_adds(row->out, text[length] == '\0' ? "" : "…");
    pe_buf_addc(row->out, '"');
}

void pe_csv_cell(struct pe_csv_row *row, const char *text)
{
    struct pe_buf safe = {0};

    pe_escape_adds(&safe, text);
    add_safe(row, safe.data == NULL ? "" : safe.data);
    row->out->failed = row->out->failed || safe.failed;
    pe_buf_release(&safe);
}

/* A number is no formula, and a place that is nowhere is empty. */
void pe_csv_number(struct pe_csv_row *row, size_t number, bool known)
{
    pe_buf_adds(row->out, row->cells++ == 0 ? "" : ",");
    if (known)
        pe_buf_printf(row->out, "%zu", number);
}

void pe_csv_end(struct pe_csv_row *row)
{
    pe_buf_adds(row->out, "\r\n");
    row->cells = 0;
}
