/* secret.c: which keys name a secret, where no model says so. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "secret.h"

#include <stdint.h>

/* A key is a secret's when, lower-cased and without '-' and '_', it ends in one of these. */
static const struct {
    const char *text;
    size_t length;
} endings[] = {
#define ENDING(text)                                                                               \
    {                                                                                              \
        text, sizeof text - 1                                                                      \
    }
    ENDING("password"),  ENDING("passwd"),     ENDING("passphrase"), ENDING("secret"),
    ENDING("token"),     ENDING("privatekey"), ENDING("apikey"),     ENDING("accesskey"),
    ENDING("sharedkey"), ENDING("accountkey"), ENDING("secretkey"),  ENDING("connectionstring"),
    ENDING("sastoken"),  ENDING("credential"), ENDING("psk"),        ENDING("recoverycode"),
#undef ENDING
};

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_nothing(char c)
{
    return c == '-' || c == '_';
}

/* Whether what is left of a key, read from its end, ends in a word. */
static bool ends_in(const char *first, const char *end, const char *word, size_t length)
{
    while (length > 0) {
        while (end > first && is_nothing(end[-1]))
            end--;
        if (end == first || fold(end[-1]) != word[length - 1])
            return false;
        end--;
        length--;
    }
    return true;
}

#define LETTER(c) (UINT32_C(1) << ((c) - 'a'))

/* The letters before the last one of the words that end in it. */
static const uint32_t before_last[26] = {
    ['d' - 'a'] = LETTER('r') | LETTER('w'), /* password, passwd */
    ['e' - 'a'] = LETTER('s') | LETTER('d'), /* passphrase, recoverycode */
    ['g' - 'a'] = LETTER('n'),               /* connectionstring */
    ['k' - 'a'] = LETTER('s'),               /* psk */
    ['l' - 'a'] = LETTER('a'),               /* credential */
    ['n' - 'a'] = LETTER('e'),               /* token */
    ['t' - 'a'] = LETTER('e'),               /* secret */
    ['y' - 'a'] = LETTER('e'),               /* privatekey, and other keys */
};

/* Whether no such word has these last two letters. */
static bool is_out(char before, char last)
{
    if (last < 'a' || last > 'z' || before_last[last - 'a'] == 0)
        return true;
    if (is_nothing(before)) /* and what is before that is not known */
        return false;
    return before < 'a' || before > 'z' || (before_last[last - 'a'] & LETTER(before)) == 0;
}

/* It is asked of every key of a snapshot: two letters settle nearly all. */
bool pe_secret_key(const char *key, size_t length)
{
    const char *end = key + length, *first = key;
    char last;

    if (length > PE_SECRET_KEY_BYTES)
        first = end - PE_SECRET_KEY_BYTES;
    while (end > first && is_nothing(end[-1]))
        end--;
    if (end - first < 2 || is_out(fold(end[-2]), fold(end[-1])))
        return false;
    last = fold(end[-1]);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (last == endings[i].text[endings[i].length - 1] &&
            ends_in(first, end, endings[i].text, endings[i].length))
            return true;
    return false;
}
