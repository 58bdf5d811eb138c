/* uuid.c: UUIDs of version 5, by nettle's SHA-1. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/uuid.h"

#include <nettle/sha1.h>
#include <string.h>

struct pe_uuid pe_uuid_v5(struct pe_uuid space, const void *name, size_t length)
{
    struct sha1_ctx context;
    struct pe_uuid uuid;

    sha1_init(&context);
    sha1_update(&context, sizeof space.bytes, space.bytes);
    if (length > 0)
        sha1_update(&context, length, name);
    sha1_digest(&context, sizeof uuid.bytes, uuid.bytes);
    uuid.bytes[6] = (unsigned char)((uuid.bytes[6] & 0x0F) | 0x50); /* version 5 */
    uuid.bytes[8] = (unsigned char)((uuid.bytes[8] & 0x3F) | 0x80); /* the variant of RFC 9562 */
    return uuid;
}

void pe_uuid_text(struct pe_uuid uuid, char text[PE_UUID_SIZE])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < sizeof uuid.bytes; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *text++ = '-';
        *text++ = digits[uuid.bytes[i] >> 4];
        *text++ = digits[uuid.bytes[i] & 15];
    }
    *text = '\0';
}
