/* text.c: captures and replacements of patterns. */
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
