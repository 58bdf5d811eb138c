/* ascii.h: letters without case, whatever the locale.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_BASE_ASCII_H
#define PE_BASE_ASCII_H

#include <stdbool.h>
#include <stddef.h>

static inline char pe_ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The same length bytes but for case. */
static inline bool pe_ascii_same(const char *a, const char *b, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++)
        if (pe_ascii_lower(a[i]) != pe_ascii_lower(b[i]))
            return false;
    return true;
}

/* text is word but for case; word ends in NUL. */
static inline bool pe_ascii_is(const char *text, size_t length, const char *word)
{
    size_t i;

    for (i = 0; i < length; i++)
        if (word[i] == '\0' || pe_ascii_lower(text[i]) != pe_ascii_lower(word[i]))
            return false;
    return word[length] == '\0';
}

#endif
