/* text.c: captures and replacements of patterns; one spelling for identifiers. */
/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* memmem */
#include "lib/text.h"

#include <stdio.h>
#include <string.h>

#include "base/ascii.h"

bool pe_text_is_plain(const char *pattern, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++)
        if (memchr("^$*+?.([%-", pattern[i], 10) != NULL)
            return false;
    return true;
}

enum pe_text_result pe_text_find_plain(struct pe_text_job *job, size_t init,
                                       struct pe_text_found *found)
{
    size_t left = job->subject_length - init, steps = left + job->pattern_length + 1;
    const char *start;

    if (init > job->subject_length)
        return PE_TEXT_NO;
    if (*job->budget < steps) {
        *job->budget = 0;
        return PE_TEXT_BUDGET;
    }
    *job->budget -= steps;
    start = memmem(job->subject + init, left, job->pattern, job->pattern_length);
    if (start == NULL)
        return PE_TEXT_NO;
    found->start = (size_t)(start - job->subject);
    found->end = found->start + job->pattern_length;
    found->count = 0;
    return PE_TEXT_YES;
}

int pe_text_capture(const struct pe_text_found *found, unsigned index,
                    struct pe_text_capture *capture, char error[PE_TEXT_ERROR_BYTES])
{
    if (index == 0 || (index == 1 && found->count == 0)) {
        *capture = (struct pe_text_capture){found->start, found->end - found->start, false};
        return 0;
    }
    if (index > found->count) {
        snprintf(error, PE_TEXT_ERROR_BYTES, "invalid capture index %%%u", index);
        return -1;
    }
    *capture = found->captures[index - 1];
    return 0;
}

/* The piece that begins with the % at text: %% or a digit. */
static int escape(const char *text, const char *end, size_t start, struct pe_text_piece *piece,
                  char error[PE_TEXT_ERROR_BYTES])
{
    char c = text + 1 < end ? text[1] : '\0';

    if (c == '%')
        *piece = (struct pe_text_piece){.start = start + 1, .length = 1};
    else if (c >= '0' && c <= '9')
        *piece = (struct pe_text_piece){.is_capture = true, .capture = (unsigned)(c - '0')};
    else {
        snprintf(error, PE_TEXT_ERROR_BYTES, "invalid use of '%%' in replacement string");
        return -1;
    }
    return 1;
}

int pe_text_piece(const char *replacement, size_t length, size_t *at, struct pe_text_piece *piece,
                  char error[PE_TEXT_ERROR_BYTES])
{
    const char *text = replacement + *at, *end = replacement + length, *percent;

    if (*at >= length)
        return 0;
    percent = memchr(text, '%', length - *at);
    if (percent == text) {
        if (escape(text, end, *at, piece, error) < 0)
            return -1;
        *at += 2;
        return 1;
    }
    *piece = (struct pe_text_piece){.start = *at};
    piece->length = (size_t)((percent == NULL ? end : percent) - text);
    *at += piece->length;
    return 1;
}

/* ---- identifiers ---- */

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The ASCII byte for the full-width form (three bytes of UTF-8) at text, or 0. U+FF01 is EF BC 81,
 * U+FF40 is EF BD 80, U+3000 is E3 80 80. */
static char narrow(const char *text, size_t length)
{
    const unsigned char *b = (const unsigned char *)text;

    if (length < 3)
        return '\0';
    if (b[0] == 0xe3 && b[1] == 0x80 && b[2] == 0x80)
        return ' ';
    if (b[0] == 0xef && b[1] == 0xbc && b[2] >= 0x81 && b[2] <= 0xbf)
        return (char)(b[2] - 0x81 + '!');
    if (b[0] == 0xef && b[1] == 0xbd && b[2] >= 0x80 && b[2] <= 0x9e)
        return (char)(b[2] - 0x80 + '`');
    return '\0';
}

/* One character's worth: takes from *text, returns the byte it stands for. */
static char take(const char **text, const char *end, unsigned how)
{
    char c = **text;
    char narrowed = how & PE_TEXT_WIDTH ? narrow(*text, (size_t)(end - *text)) : '\0';

    *text += narrowed != '\0' ? 3 : 1;
    if (narrowed != '\0')
        c = narrowed;
    return how & PE_TEXT_LOWER ? pe_ascii_lower(c) : c;
}

size_t pe_text_fold(const char *text, size_t length, unsigned how, char *out)
{
    const char *end = text + length;
    size_t count = 0;
    char c;

    while (text < end) {
        c = take(&text, end, how);
        if (count > 0 || !(how & PE_TEXT_TRIM) || !is_space(c))
            out[count++] = c;
    }
    while (how & PE_TEXT_TRIM && count > 0 && is_space(out[count - 1]))
        count--;
    return count;
}

/* Cuts white space off both ends. */
static void trim(const char **text, const char **end)
{
    const char *next = *text, *last = *text;
    bool seen = false;

    while (next < *end) {
        bool space = is_space(take(&next, *end, PE_TEXT_WIDTH));

        if (!space)
            last = next;
        else if (!seen)
            *text = last = next;
        seen = seen || !space;
    }
    *end = last;
}

bool pe_text_same_id(const char *a, size_t a_length, const char *b, size_t b_length)
{
    const char *a_end = a + a_length, *b_end = b + b_length;

    trim(&a, &a_end);
    trim(&b, &b_end);
    while (a < a_end && b < b_end)
        if (take(&a, a_end, PE_TEXT_ID) != take(&b, b_end, PE_TEXT_ID))
            return false;
    return a == a_end && b == b_end;
}
