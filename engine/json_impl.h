/* json_impl.h: what the files of the reader share; nobody else includes it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_JSON_IMPL_H
#define PE_JSON_IMPL_H

#include "json.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Where and why reading stopped. */
struct pe_json_problem {
    const char *at;
    const char *text; /* NULL: out of memory */
};

/* Notes a problem and returns NULL, so that a scanner can `return pe_json_stop(...)`. */
static inline const char *pe_json_stop(struct pe_json_problem *problem, const char *at,
                                       const char *text)
{
    *problem = (struct pe_json_problem){at, text};
    return NULL;
}

/* ---- json_number.c ---- */

/* Scans a number that begins at start with a digit or a minus sign. Returns its end, or NULL. */
const char *pe_json_scan_number(const char *start, const char *end, enum pe_type *type,
                                struct pe_json_problem *problem);

/* ---- json_string.c ---- */

/* Scans a string from the byte after its quote. Returns its closing quote, or NULL; sets *flags
 * to PE_ESCAPED when there is a backslash in it. */
const char *pe_json_scan_string(const char *p, const char *end, uint32_t *flags,
                                struct pe_json_problem *problem);

/* The characters of a string or key one by one, without memory. */
struct pe_json_chars {
    const char *at, *end; /* of the text that is left */
    char bytes[4];        /* of the character that an escape stood for */
    unsigned size, used;
};

struct pe_json_chars pe_json_chars(const struct pe_json *json, const struct pe_node *node);

/* The next byte of the unescaped string; -1 at its end. */
int pe_json_chars_next(struct pe_json_chars *chars);

/* The first byte that a string cannot hold as it is: a quote, backslash, control character, or
 * one that is not ASCII and has to be looked at. The end when there is none. */
static inline const char *pe_json_plain_end(const char *p, const char *end)
{
#ifdef __SSE2__
    const __m128i space = _mm_set1_epi8(' '), quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');

    for (; end - p >= 16; p += 16) {
        __m128i chars = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i odd = _mm_cmplt_epi8(chars, space); /* signed: takes 0x80 to 0xFF too */
        int mask;

        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(chars, quote));
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(chars, backslash));
        mask = _mm_movemask_epi8(odd);
        if (mask != 0)
            return p + __builtin_ctz((unsigned)mask);
    }
#else
    const uint64_t ones = 0x0101010101010101;

    for (; end - p >= 8; p += 8) {
        uint64_t chars, odd;

        memcpy(&chars, p, sizeof chars);
        odd = (chars - ones * ' ') | ((chars ^ ones * '"') - ones) |
              ((chars ^ ones * '\\') - ones) | chars;
        if ((odd & ones * 0x80) != 0)
            break; /* one of the eight, perhaps */
    }
#endif
    while (p < end && *p >= ' ' && *p != '"' && *p != '\\' && (unsigned char)*p < 0x80)
        p++;
    return p;
}

/* ---- json_keys.c ---- */

/* The keys of an object in an order in which any is found by halving: an entry is the upper half
 * of the key's hash, and below it the number of its node. Equal hashes are ordered by the keys'
 * bytes, so that no choice of keys makes sorting or finding slow. */
struct pe_json_keys {
    uint64_t *entries, *spare; /* each of room */
    size_t room;
};

bool pe_json_keys_sort(struct pe_json_keys *keys, const struct pe_json *json,
                       const struct pe_node *object); /* false: out of memory */
void pe_json_keys_release(struct pe_json_keys *keys);

/* The key node, or NULL. */
const struct pe_node *pe_json_keys_find(const uint64_t *entries, size_t count,
                                        const struct pe_json *json, const char *key, size_t length);

/* A key of the object that stands there twice (the later one), or NULL. keys is memory to sort in;
 * *failed is set when it does not suffice. */
const struct pe_node *pe_json_keys_twice(struct pe_json_keys *keys, const struct pe_json *json,
                                         const struct pe_node *object, bool *failed);

/* ---- json_walk.c ---- */

bool pe_json_index_new(struct pe_json *json);
void pe_json_index_free(struct pe_json *json);

#endif
