/* place.c: the line and column of an offset in a text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "place.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* A text of which an index is small anyway has a fine one. */
enum { BLOCK_BYTES = 512, FINE_BLOCK_BYTES = 64, FINE_TEXT_BYTES = 1024 * 1024 };

/* What lies before a place. */
struct pe_place_block {
    uint32_t lines;       /* ended so far */
    uint32_t points;      /* code points so far */
    uint32_t line_points; /* those before the line that is not yet ended */
};

/* Eight bytes at a time: zeros has 0x80 where a byte of the word was a newline. */
static uint32_t count_newlines(const char *bytes, size_t length)
{
    const uint64_t low = 0x7F7F7F7F7F7F7F7F;
    size_t at = 0;
    uint32_t count = 0;
    uint64_t word, zeros;

    for (; length - at >= 8; at += 8) {
        memcpy(&word, bytes + at, sizeof word);
        word ^= 0x0A0A0A0A0A0A0A0A;
        zeros = ~(((word & low) + low) | word | low);
        count += (uint32_t)((zeros >> 7) * 0x0101010101010101 >> 56);
    }
    for (; at < length; at++)
        count += bytes[at] == '\n';
    return count;
}

static void advance(struct pe_place_block *place, const char *bytes, size_t length)
{
    uint32_t newlines = count_newlines(bytes, length);
    size_t start = 0;

    if (newlines > 0) {
        start = (size_t)((const char *)memrchr(bytes, '\n', length) - bytes) + 1;
        place->lines += newlines;
        place->points += (uint32_t)pe_utf8_count(bytes, start);
        place->line_points = place->points;
    }
    place->points += (uint32_t)pe_utf8_count(bytes + start, length - start);
}

static size_t start_of_point(const char *text, size_t offset)
{
    for (int i = 0; i < 3 && offset > 0 && (text[offset] & 0xC0) == 0x80; i++)
        offset--;
    return offset;
}

static void answer(const struct pe_place_block *place, uint32_t *line, uint32_t *column)
{
    *line = place->lines + 1;
    *column = place->points - place->line_points + 1;
}

void pe_place_count(const char *text, size_t offset, uint32_t *line, uint32_t *column)
{
    struct pe_place_block place = {0};

    advance(&place, text, offset);
    answer(&place, line, column);
}

void pe_place_init(struct pe_places *places, const char *text, size_t length)
{
    *places = (struct pe_places){.text = length == 0 ? "" : text, .length = length};
}

static size_t block_bytes(const struct pe_places *places)
{
    return places->length <= FINE_TEXT_BYTES ? FINE_BLOCK_BYTES : BLOCK_BYTES;
}

static struct pe_place_block *build(const struct pe_places *places)
{
    size_t size = block_bytes(places), count = places->length / size;
    struct pe_place_block *blocks = malloc((count + 1) * sizeof *blocks), place = {0};

    if (blocks == NULL)
        return NULL;
    blocks[0] = place;
    for (size_t i = 0; i < count; i++) {
        advance(&place, places->text + i * size, size);
        blocks[i + 1] = place;
    }
    return blocks;
}

void pe_place_find(struct pe_places *places, size_t offset, uint32_t *line, uint32_t *column)
{
    size_t size = block_bytes(places);
    struct pe_place_block place;

    if (offset >= places->length)
        offset = places->length;
    else
        offset = start_of_point(places->text, offset);
    if (places->blocks == NULL)
        places->blocks = build(places);
    if (places->blocks == NULL) { /* out of memory: slow, but right */
        pe_place_count(places->text, offset, line, column);
        return;
    }
    place = places->blocks[offset / size];
    advance(&place, places->text + offset / size * size, offset % size);
    answer(&place, line, column);
}

void pe_place_release(struct pe_places *places)
{
    free(places->blocks);
    *places = (struct pe_places){0};
}
