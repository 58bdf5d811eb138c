/* text_fold.c: one spelling for names and identifiers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lib/text.h"

#include <string.h>

#include "base/ascii.h"

/* One character of the folded text; a byte that is no part of what is folded stands for itself. */
struct unit {
    char bytes[4]; /* up to three, which may be read as a string */
    size_t count;
};

static bool is_space(const struct unit *unit)
{
    char c = unit->bytes[0];

    return unit->count == 1 && (c == ' ' || (c >= '\t' && c <= '\r'));
}

/* ---- width ---- */

/* What NFKC makes of U+FF61 to U+FF9F, half-width punctuation, katakana and sound marks. */
static const unsigned short full_width[] = {
    0x3002, 0x300c, 0x300d, 0x3001, 0x30fb, 0x30f2, 0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9,
    0x30e3, 0x30e5, 0x30e7, 0x30c3, 0x30fc, 0x30a2, 0x30a4, 0x30a6, 0x30a8, 0x30aa, 0x30ab,
    0x30ad, 0x30af, 0x30b1, 0x30b3, 0x30b5, 0x30b7, 0x30b9, 0x30bb, 0x30bd, 0x30bf, 0x30c1,
    0x30c4, 0x30c6, 0x30c8, 0x30ca, 0x30cb, 0x30cc, 0x30cd, 0x30ce, 0x30cf, 0x30d2, 0x30d5,
    0x30d8, 0x30db, 0x30de, 0x30df, 0x30e0, 0x30e1, 0x30e2, 0x30e4, 0x30e6, 0x30e8, 0x30e9,
    0x30ea, 0x30eb, 0x30ec, 0x30ed, 0x30ef, 0x30f3, 0x3099, 0x309a,
};

enum {
    HALF_WIDTH = 0xff61,
    VOICED = 0x3099, /* combining sound marks: of ga, and of pa */
    SEMI_VOICED = 0x309a,
    HIRAGANA_TO_KATAKANA = 0x60,
};

/* The character of three bytes of UTF-8 at text; 0: there is none. */
static unsigned three_bytes(const char *text, const char *end)
{
    const unsigned char *b = (const unsigned char *)text;
    unsigned c;

    if (end - text < 3 || b[0] >> 4 != 0xe || b[1] >> 6 != 2 || b[2] >> 6 != 2)
        return 0;
    c = (b[0] & 0xfu) << 12 | (b[1] & 0x3fu) << 6 | (b[2] & 0x3fu);
    return c < 0x800 ? 0 : c;
}

/* In its usual width: full-width ASCII, the wide space, half-width katakana; others as they are. */
static unsigned usual_width(unsigned c)
{
    if (c == 0x3000)
        return ' ';
    if (c >= 0xff01 && c <= 0xff5e)
        return c - 0xff01 + '!';
    if (c >= HALF_WIDTH && c - HALF_WIDTH < sizeof full_width / sizeof full_width[0])
        return full_width[c - HALF_WIDTH];
    return c;
}

/* The kana that one with a sound mark behind it is, or 0 (Unicode's canonical compositions of
 * U+3099 and U+309A). */
static unsigned with_mark(unsigned kana, unsigned mark)
{
    bool hiragana = kana >= 0x3041 && kana <= 0x309e;
    unsigned k = hiragana ? kana + HIRAGANA_TO_KATAKANA : kana;
    bool h_row = k >= 0x30cf && k <= 0x30db && (k - 0x30cf) % 3 == 0;
    bool k_to_chi = k >= 0x30ab && k <= 0x30c1 && k % 2 == 1;
    bool tsu_to_to = k >= 0x30c4 && k <= 0x30c8 && k % 2 == 0;

    if (mark == SEMI_VOICED)
        return h_row ? kana + 2 : 0;
    if (h_row || k_to_chi || tsu_to_to || k == 0x30fd) /* the repetition mark */
        return kana + 1;
    if (k == 0x30a6)
        return hiragana ? 0x3094 : 0x30f4;                         /* vu */
    return !hiragana && k >= 0x30ef && k <= 0x30f2 ? kana + 8 : 0; /* va to vo */
}

static struct unit unit_of(unsigned c)
{
    if (c < 0x80)
        return (struct unit){{(char)c}, 1};
    return (struct unit){
        {(char)(0xe0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3f)), (char)(0x80 | (c & 0x3f))}, 3};
}

/* ---- one character after the other ---- */

static bool is_ascii(char c)
{
    return (unsigned char)c < 0x80;
}

static struct unit take_width(const char **text, const char *end)
{
    unsigned c = usual_width(three_bytes(*text, end)), mark, composed;

    *text += 3;
    mark = usual_width(three_bytes(*text, end));
    composed = mark == VOICED || mark == SEMI_VOICED ? with_mark(c, mark) : 0;
    if (composed == 0)
        return unit_of(c);
    *text += 3;
    return unit_of(composed);
}

static struct unit take(const char **text, const char *end, unsigned how)
{
    struct unit unit = {{**text}, 1};

    if (how & PE_TEXT_WIDTH && !is_ascii(**text) && three_bytes(*text, end) != 0)
        unit = take_width(text, end);
    else
        ++*text;
    if (how & PE_TEXT_LOWER && unit.count == 1)
        unit.bytes[0] = pe_ascii_lower(unit.bytes[0]);
    return unit;
}

size_t pe_text_fold(const char *text, size_t length, unsigned how, char *out)
{
    const char *end = text + length;
    size_t count = 0, trimmed = 0; /* what is left without the space at its end */
    struct unit unit;

    while (text < end) {
        unit = take(&text, end, how);
        if (count == 0 && how & PE_TEXT_TRIM && is_space(&unit))
            continue;
        memcpy(out + count, unit.bytes, unit.count);
        count += unit.count;
        if (!is_space(&unit))
            trimmed = count;
    }
    return how & PE_TEXT_TRIM ? trimmed : count;
}

/* Cuts white space off both ends. */
static void trim(const char **text, const char **end)
{
    const char *next = *text, *last = *text;
    bool seen = false;

    while (next < *end) {
        const char *here = next;
        struct unit unit = take(&next, *end, PE_TEXT_WIDTH);

        if (is_space(&unit))
            continue;
        if (!seen)
            *text = here;
        seen = true;
        last = next;
    }
    *end = last;
    if (!seen)
        *text = last;
}

bool pe_text_same_id(const char *a, size_t a_length, const char *b, size_t b_length)
{
    const char *a_end = a + a_length, *b_end = b + b_length;

    trim(&a, &a_end);
    trim(&b, &b_end);
    while (a < a_end && b < b_end) {
        struct unit x = take(&a, a_end, PE_TEXT_ID), y = take(&b, b_end, PE_TEXT_ID);

        if (x.count != y.count || memcmp(x.bytes, y.bytes, x.count) != 0)
            return false;
    }
    return a == a_end && b == b_end;
}
