/* secret.c: which keys name a secret, where no model says so. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "secret.h"

#include <string.h>

/* A key is a secret's when, lower-cased and without '-' and '_', it ends in one of these. */
static const char *const endings[] = {
    "password", "passwd",     "passphrase", "secret",       "token",     "privatekey",
    "apikey",   "accesskey",  "sharedkey",  "accountkey",   "secretkey", "connectionstring",
    "sastoken", "credential", "psk",        "recoverycode",
};

bool pe_secret_key(const char *key, size_t length)
{
    char folded[PE_SECRET_KEY_BYTES];
    size_t used = 0, ending;

    for (size_t i = length > PE_SECRET_KEY_BYTES ? length - PE_SECRET_KEY_BYTES : 0; i < length;
         i++)
        if (key[i] != '-' && key[i] != '_')
            folded[used++] = key[i] >= 'A' && key[i] <= 'Z' ? (char)(key[i] - 'A' + 'a') : key[i];
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        ending = strlen(endings[i]);
        if (used >= ending && memcmp(folded + used - ending, endings[i], ending) == 0)
            return true;
    }
    return false;
}
