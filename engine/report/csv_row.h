/* csv_row.h: rows of a CSV file (RFC 4180), for spreadsheets.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A spreadsheet takes a cell that begins with = + - @ for a formula, which can run programs and
 * send what it finds to others (CWE-1236). Such a cell gets an apostrophe before it.
 */
#ifndef PE_REPORT_CSV_ROW_H
#define PE_REPORT_CSV_ROW_H

#include "base/buf.h"
#include "policyeval.h"

enum { PE_CSV_CELL_BYTES = 32000 }; /* Excel holds 32,767 characters */

struct pe_csv_row {
    struct pe_buf *out;
    enum pe_lang lang;
    size_t cells;
};

/* Any text, made safe and cut to what a cell holds; NULL is empty. */
void pe_csv_cell(struct pe_csv_row *row, const char *text);

/* Empty when it is not known. */
void pe_csv_number(struct pe_csv_row *row, size_t number, bool known);

void pe_csv_end(struct pe_csv_row *row);

#endif
