/* place.h: the line and column of an offset in a text.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Both are 1-based. A line ends with LF (so with CRLF too; a CR alone ends none). A column counts
 * code points, so it does not depend on fonts or tab stops. The first question builds an index of
 * 12 bytes for every 512 of text (64 of a text up to 1 MiB); a question then looks at so many at
 * most, whatever the length of the line. Not for threads to share.
 */
#ifndef PE_PLACE_H
#define PE_PLACE_H

#include <stddef.h>
#include <stdint.h>

struct pe_places {
    const char *text;              /* valid UTF-8 without a byte order mark, borrowed */
    size_t length;                 /* less than 4 GiB */
    struct pe_place_block *blocks; /* NULL until asked */
};

void pe_place_init(struct pe_places *places, const char *text, size_t length);

/* An offset inside a code point is that code point's; one past the end is the end's. */
void pe_place_find(struct pe_places *places, size_t offset, uint32_t *line, uint32_t *column);

void pe_place_release(struct pe_places *places);

/* The same for a single question, without an index: reads all that lies before the offset. */
void pe_place_count(const char *text, size_t offset, uint32_t *line, uint32_t *column);

#endif
