/* utf8.h: UTF-8 as RFC 3629 has it, and no other.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Overlong forms, surrogates (CESU-8) and anything above U+10FFFF are invalid. Spans need no NUL
 * at their end.
 */
#ifndef PE_BASE_UTF8_H
#define PE_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PE_UTF8_MAX_BYTES = 4, PE_MAX_POINT = 0x10FFFF };

/* The bytes that the code point at the start of the span takes, 1 to 4; 0 when they are invalid,
 * cut short, or the span is empty. point may be NULL; it is untouched when 0 is returned. */
size_t pe_utf8_decode(const char *bytes, size_t length, uint32_t *point);

/* Writes 1 to 4 bytes without a NUL and returns how many; 0 for a surrogate or above U+10FFFF. */
size_t pe_utf8_encode(uint32_t point, char out[PE_UTF8_MAX_BYTES]);

/* How many bytes at the start of the span are valid: length when all are. */
size_t pe_utf8_valid_prefix(const char *bytes, size_t length);
bool pe_utf8_valid(const char *bytes, size_t length);

/* How many bytes at the start of the span are whole code points from U+3000 to U+CFFF, which is
 * what most of Japanese is written with, and none of them U+3164, which nobody sees. */
size_t pe_utf8_japanese_prefix(const char *bytes, size_t length);

/* How many bytes at the start of the span are printable ASCII, 0x20 to 0x7E. */
size_t pe_utf8_printable_prefix(const char *bytes, size_t length);

/* The same, up to a quotation mark or backslash. */
size_t pe_utf8_quotable_prefix(const char *bytes, size_t length);

/* Code points in a valid span. In an invalid one: bytes that do not continue a sequence. */
size_t pe_utf8_count(const char *bytes, size_t length);

#endif
