/* uuid.h: names that are the same wherever they are made (RFC 9562 5.5).
 * SPDX-License-Identifier: Apache-2.0
 *
 * A UUID of version 5 is the SHA-1 of a namespace, itself a UUID, and a name. SHA-1 is what the
 * standard asks for; nothing here rests on its strength.
 */
#ifndef PE_BASE_UUID_H
#define PE_BASE_UUID_H

#include <stddef.h>

struct pe_uuid {
    unsigned char bytes[16];
};

enum { PE_UUID_SIZE = 37 }; /* as text, with its NUL */

/* Of a name of any bytes. */
struct pe_uuid pe_uuid_v5(struct pe_uuid space, const void *name, size_t length);

/* Lower case, with hyphens. */
void pe_uuid_text(struct pe_uuid uuid, char text[PE_UUID_SIZE]);

#endif
