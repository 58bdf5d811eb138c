/* utf8.c: UTF-8 as RFC 3629 has it, and no other. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

#include <string.h>

static bool continues(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* The bytes that a sequence takes which starts with this one; 0: none does. */
static size_t sequence_length(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xC2 || first > 0xF4)
        return 0;
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

size_t pe_utf8_decode(const char *bytes, size_t length, uint32_t *point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *p = (const unsigned char *)bytes;
    size_t size = length == 0 ? 0 : sequence_length(p[0]);
    uint32_t value;

    if (size == 0 || size > length)
        return 0;
    value = size == 1 ? p[0] : p[0] & (0xFFu >> (size + 1));
    for (size_t i = 1; i < size; i++) {
        if (!continues(p[i]))
            return 0;
        value = value << 6 | (p[i] & 0x3F);
    }
    if (value < least[size] || value > PE_MAX_POINT || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    if (point != NULL)
        *point = value;
    return size;
}

size_t pe_utf8_encode(uint32_t point, char out[PE_UTF8_MAX_BYTES])
{
    size_t size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;

    if (point > PE_MAX_POINT || (point >= 0xD800 && point <= 0xDFFF))
        return 0;
    if (size == 1) {
        out[0] = (char)point;
        return 1;
    }
    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (point & 0x3F));
        point >>= 6;
    }
    out[0] = (char)((0xF00 >> size & 0xFF) | point);
    return size;
}

static uint64_t load(const char *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    return word;
}

static bool is_hangul_filler(const unsigned char *bytes)
{
    return bytes[0] == 0xE3 && bytes[1] == 0x85 && bytes[2] == 0xA4;
}

size_t pe_utf8_japanese_prefix(const char *bytes, size_t length)
{
    const unsigned char *p = (const unsigned char *)bytes;
    size_t at = 0;

    /* E3 80 80 to EC BF BF: no form of these is overlong, a surrogate, or too large */
    while (length - at >= 3 && p[at] >= 0xE3 && p[at] <= 0xEC && continues(p[at + 1]) &&
           continues(p[at + 2]) && !is_hangul_filler(p + at))
        at += 3;
    return at;
}

size_t pe_utf8_valid_prefix(const char *bytes, size_t length)
{
    size_t at = 0, size;

    while (at < length) {
        if (length - at >= 8 && (load(bytes + at) & 0x8080808080808080) == 0) {
            at += 8;
            continue;
        }
        at += pe_utf8_japanese_prefix(bytes + at, length - at);
        if (at == length)
            return at;
        size = (unsigned char)bytes[at] < 0x80 ? 1 : pe_utf8_decode(bytes + at, length - at, NULL);
        if (size == 0)
            return at;
        at += size;
    }
    return at;
}

/* Of eight bytes at a time: the highest bit of each stays set as long as it is printable. */
static bool are_printable(uint64_t word)
{
    const uint64_t ones = 0x0101010101010101, high = ones << 7;

    return (((word | high) - ones * 0x20) & ~(word + ones) & ~word & high) == high;
}

size_t pe_utf8_printable_prefix(const char *bytes, size_t length)
{
    size_t at = 0;

    while (length - at >= 8 && are_printable(load(bytes + at)))
        at += 8;
    while (at < length && bytes[at] >= 0x20 && bytes[at] < 0x7F)
        at++;
    return at;
}

/* Whether none of the eight bytes is this one. Exact: a carry comes from a byte that is. */
static bool are_other(uint64_t word, unsigned char byte)
{
    const uint64_t ones = 0x0101010101010101, differs = word ^ ones * byte;

    return ((differs - ones) & ~differs & ones << 7) == 0;
}

size_t pe_utf8_quotable_prefix(const char *bytes, size_t length)
{
    size_t at = 0;
    uint64_t word;

    for (; length - at >= 8; at += 8) {
        word = load(bytes + at);
        if (!are_printable(word) || !are_other(word, '"') || !are_other(word, '\\'))
            break;
    }
    while (at < length && bytes[at] >= 0x20 && bytes[at] < 0x7F && bytes[at] != '"' &&
           bytes[at] != '\\')
        at++;
    return at;
}

bool pe_utf8_valid(const char *bytes, size_t length)
{
    return pe_utf8_valid_prefix(bytes, length) == length;
}

size_t pe_utf8_count(const char *bytes, size_t length)
{
    size_t continuing = 0, at = 0;
    uint64_t word;

    for (; length - at >= 8; at += 8) { /* bytes 10xxxxxx, eight at a time */
        word = load(bytes + at);
        word = word >> 7 & ~word >> 6 & 0x0101010101010101;
        continuing += word * 0x0101010101010101 >> 56;
    }
    for (; at < length; at++)
        continuing += continues((unsigned char)bytes[at]);
    return length - continuing;
}
