/* frame_line.h: a piece of one line of a snapshot, decoded, for a code frame.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only frame.c and its tests need this. A piece is at most PE_FRAME_REACH bytes either side of a
 * point. Every byte offset is in the file's own bytes.
 */
#ifndef PE_FRAME_LINE_H
#define PE_FRAME_LINE_H

#include "frame.h"

enum {
    PE_FRAME_REACH = 400,
    PE_FRAME_CELLS = 2 * PE_FRAME_REACH + 8,
    PE_FRAME_CELL_BYTES = 16, /* of the longest cell's text, its NUL included */
};

/* The file as text: what its units are and where it begins behind a byte order mark. */
struct pe_frame_text {
    const struct pe_frame_source *source;
    size_t begin;
    unsigned unit; /* bytes of a code unit: 1 or 2 */
    bool big_endian;
};

/* A code point, or a byte or a half of a pair that is none, or a whole secret. */
struct pe_frame_cell {
    size_t at, end;
    uint32_t code;
    bool invalid; /* code is the byte or unit itself */
    bool secret;
    unsigned width; /* columns; 0 for the rest of a secret's cells */
};

struct pe_frame_line {
    struct pe_frame_cell cells[PE_FRAME_CELLS];
    size_t count;
    bool cut_left, cut_right; /* the line goes on beyond what was read */
    size_t begin, end;        /* bytes of what was read, without the line's end */
    size_t next;              /* where the next line begins; 0 when there is none or cut_right */
};

void pe_frame_text_init(struct pe_frame_text *text, const struct pe_frame_source *source);

/* Reads around the point, which lies in the text. */
void pe_frame_line_read(const struct pe_frame_text *text, size_t point, struct pe_frame_line *line);

/* The line before one that was read from its beginning; false when there is none, or it does not
 * begin within reach. */
bool pe_frame_line_before(const struct pe_frame_text *text, const struct pe_frame_line *line,
                          struct pe_frame_line *before);

/* What a cell shows, as UTF-8 that harms no terminal. */
void pe_frame_cell_text(const struct pe_frame_cell *cell, char out[PE_FRAME_CELL_BYTES]);

#endif
