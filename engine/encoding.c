/* encoding.c: the text of a JSON file as UTF-8, whatever saved it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "encoding.h"

#include "base/utf8.h"
#include "place.h"

#include <stdlib.h>
#include <string.h>

/* UTF-16 that is being walked, a code point at a time. */
struct walk {
    const unsigned char *bytes;
    size_t at, length;
    bool big_endian;
};

static bool starts_with(const unsigned char *bytes, size_t length, const char *mark, size_t size)
{
    return length >= size && memcmp(bytes, mark, size) == 0;
}

static bool is_utf32(const unsigned char *b, size_t length)
{
    if (length < 4)
        return false;
    return memcmp(b, "\xFF\xFE\0\0", 4) == 0 || memcmp(b, "\0\0\xFE\xFF", 4) == 0 ||
           (b[0] == 0 && b[1] == 0 && b[2] == 0 && b[3] != 0) ||
           (b[0] != 0 && b[1] == 0 && b[2] == 0 && b[3] == 0);
}

/* RFC 4627 section 3: the first two characters of a list or object are ASCII. */
static enum pe_encoding_kind kind_without_mark(const unsigned char *b, size_t length)
{
    if (length >= 4 && b[0] != 0 && b[1] == 0 && b[2] != 0 && b[3] == 0)
        return PE_UTF16LE;
    if (length >= 4 && b[0] == 0 && b[1] != 0 && b[2] == 0 && b[3] != 0)
        return PE_UTF16BE;
    return PE_UTF8;
}

enum pe_encoding_kind pe_encoding_find(const unsigned char *bytes, size_t length, size_t *bom_bytes)
{
    *bom_bytes = 3;
    if (starts_with(bytes, length, "\xEF\xBB\xBF", 3))
        return PE_UTF8;
    *bom_bytes = 2;
    if (starts_with(bytes, length, "\xFF\xFE", 2))
        return PE_UTF16LE;
    if (starts_with(bytes, length, "\xFE\xFF", 2))
        return PE_UTF16BE;
    *bom_bytes = 0;
    return kind_without_mark(bytes, length);
}

static uint32_t unit_at(const struct walk *walk, size_t at)
{
    uint32_t first = walk->bytes[at], second = walk->bytes[at + 1];

    return walk->big_endian ? first << 8 | second : second << 8 | first;
}

/* The next code point; false when it is half a surrogate pair, and then nothing moves. */
static bool next_point(struct walk *walk, uint32_t *point)
{
    uint32_t unit = unit_at(walk, walk->at), low;

    if (unit < 0xD800 || unit > 0xDFFF) {
        *point = unit;
        walk->at += 2;
        return true;
    }
    if (unit > 0xDBFF || walk->length - walk->at < 4)
        return false;
    low = unit_at(walk, walk->at + 2);
    if (low < 0xDC00 || low > 0xDFFF)
        return false;
    *point = 0x10000 + ((unit - 0xD800) << 10 | (low - 0xDC00));
    walk->at += 4;
    return true;
}

static int lone_surrogate(const struct walk *start, size_t at, struct pe_err *err)
{
    struct walk walk = *start;
    uint32_t line = 1, column = 1, point;

    while (walk.at < at && next_point(&walk, &point)) {
        column = point == '\n' ? 1 : column + 1;
        line += point == '\n';
    }
    return pe_err_set(err, PE_ERR_INPUT,
                      "line %u, column %u: half of a UTF-16 surrogate pair without the other",
                      (unsigned)line, (unsigned)column);
}

/* The length as UTF-8. */
static int measure(const struct walk *start, size_t max_bytes, size_t *out, struct pe_err *err)
{
    struct walk walk = *start;
    char bytes[PE_UTF8_MAX_BYTES];
    size_t length = 0;
    uint32_t point;

    while (walk.at < walk.length) {
        if (!next_point(&walk, &point))
            return lone_surrogate(start, walk.at, err);
        length += pe_utf8_encode(point, bytes);
    }
    if (length > max_bytes)
        return pe_err_set(err, PE_ERR_INPUT,
                          "the text is larger than the limit of %zu bytes as UTF-8", max_bytes);
    *out = length;
    return 0;
}

static char *convert(const struct walk *start, size_t length)
{
    struct walk walk = *start;
    char *text = malloc(length + PE_UTF8_MAX_BYTES), *end = text;
    uint32_t point;

    if (text == NULL)
        return NULL;
    while (walk.at < walk.length && next_point(&walk, &point))
        end += pe_utf8_encode(point, end);
    return text;
}

static int from_utf16(const struct walk *walk, struct pe_encoded *result, size_t max_bytes,
                      struct pe_err *err)
{
    if ((walk->length - walk->at) % 2 != 0)
        return pe_err_set(err, PE_ERR_INPUT,
                          "the text is UTF-16, but ends in the middle of a character");
    if (measure(walk, max_bytes, &result->length, err) != 0)
        return -1;
    result->owned = convert(walk, result->length);
    if (result->owned == NULL)
        return pe_err_memory(err);
    result->text = result->owned;
    return 0;
}

int pe_encoding_to_utf8(const unsigned char *bytes, size_t length, size_t max_bytes,
                        struct pe_encoded *out, struct pe_err *err)
{
    struct pe_encoded result = {0};
    struct walk walk = {.bytes = bytes, .length = length};

    if (is_utf32(bytes, length))
        return pe_err_set(err, PE_ERR_INPUT, "the text is UTF-32; save it as UTF-8");
    result.kind = pe_encoding_find(bytes, length, &result.bom_bytes);
    walk.at = result.bom_bytes;
    walk.big_endian = result.kind == PE_UTF16BE;
    if (result.kind != PE_UTF8) {
        if (from_utf16(&walk, &result, max_bytes, err) != 0)
            return -1;
    } else if (length - walk.at > max_bytes) {
        return pe_err_set(err, PE_ERR_INPUT, "the text is larger than the limit of %zu bytes",
                          max_bytes);
    } else {
        result.text = length == 0 ? "" : (const char *)bytes + walk.at;
        result.length = length - walk.at;
    }
    *out = result;
    return 0;
}

void pe_encoding_release(struct pe_encoded *encoded)
{
    free(encoded->owned);
    *encoded = (struct pe_encoded){0};
}

uint64_t pe_encoding_offset(const struct pe_encoded *encoded, const unsigned char *bytes,
                            size_t length, size_t text_offset)
{
    struct walk walk = {bytes, encoded->bom_bytes, length, encoded->kind == PE_UTF16BE};
    char utf8[PE_UTF8_MAX_BYTES];
    size_t seen = 0, before = walk.at;
    uint32_t point;

    if (encoded->kind == PE_UTF8)
        return encoded->bom_bytes + text_offset;
    while (walk.at + 1 < length && next_point(&walk, &point)) {
        seen += pe_utf8_encode(point, utf8);
        if (seen > text_offset)
            return before;
        before = walk.at;
    }
    return before;
}
