/* secret.c: which keys name a secret, where no model says so. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "secret.h"

#include <string.h>

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

/* It is asked of every string that is read, and of all that is above it; most keys end in none of
 * these letters. */
static bool may_end(const char *key, size_t length)
{
    while (length > 0 && is_nothing(key[length - 1]))
        length--;
    return length > 0 && memchr("detnyglk", fold(key[length - 1]), 8) != NULL;
}

bool pe_secret_key(const char *key, size_t length)
{
    char folded[PE_SECRET_KEY_BYTES];
    size_t used = 0;

    if (!may_end(key, length))
        return false;
    for (size_t i = length > PE_SECRET_KEY_BYTES ? length - PE_SECRET_KEY_BYTES : 0; i < length;
         i++)
        if (!is_nothing(key[i]))
            folded[used++] = fold(key[i]);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (used >= endings[i].length &&
            folded[used - 1] == endings[i].text[endings[i].length - 1] &&
            memcmp(folded + used - endings[i].length, endings[i].text, endings[i].length) == 0)
            return true;
    return false;
}
