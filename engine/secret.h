/* secret.h: which keys name a secret, where no model says so.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_SECRET_H
#define PE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

enum { PE_SECRET_KEY_BYTES = 128 }; /* the end of a key; what is before does not matter */

/* Whether the value of a key of this name must not be shown: "token", "clientSecret",
 * "admin_password", "PrivateKey"... Case, hyphens and underscores do not matter. */
bool pe_secret_key(const char *key, size_t length);

#endif
