/* ndlines.h: cuts a stream of bytes into lines.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Lines end with LF; the last one may lack it. Bytes are read as they come, and no more of them
 * than a line needs that there is room for: who waits for an answer before it sends the next line
 * gets it. A line that is too long is hashed and dropped. Nothing looks into what lines hold.
 */
#ifndef PE_NDLINES_H
#define PE_NDLINES_H

#include "base/buf.h"
#include "base/err.h"
#include "base/sha256.h"

/* A line under way, or whole. */
struct pe_ndline {
    struct pe_buf bytes; /* without the line feed; empty when it is too long */
    struct pe_sha256 hash;
    char sha256[65]; /* once it is whole */
    bool too_long;
};

/* {.fd, .max_bytes} is a valid one at its start. */
struct pe_ndlines {
    int fd;
    size_t max_bytes; /* of a line */
    struct pe_buf chunk;
    size_t taken; /* of the chunk */
    bool ended;   /* the file has */
    bool midway;  /* the line under way has begun */
};

/* Whether bytes must be read before a line can go on. */
bool pe_ndlines_hungry(const struct pe_ndlines *lines);

/* Reads once. -1: PE_ERR_IO or PE_ERR_MEMORY. A descriptor that has nothing yet is no error. */
int pe_ndlines_read(struct pe_ndlines *lines, struct pe_err *err);

/* Moves what was read into the line, up to its end. 1: the line is whole; 0: more is needed, or
 * there is none; -1: out of memory. */
int pe_ndlines_take(struct pe_ndlines *lines, struct pe_ndline *line, struct pe_err *err);

/* Nothing in it but what JSON takes for blank. */
bool pe_ndline_blank(const struct pe_ndline *line);

/* Makes it empty; much memory is given back. */
void pe_ndline_clear(struct pe_ndline *line);

void pe_ndlines_release(struct pe_ndlines *lines);

#endif
