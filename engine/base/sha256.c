/* sha256.c: SHA-256 (FIPS 180-4), by nettle. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sha256.h"

void pe_sha256_init(struct pe_sha256 *hash)
{
    sha256_init(&hash->context);
}

void pe_sha256_add(struct pe_sha256 *hash, const void *bytes, size_t length)
{
    if (length > 0)
        sha256_update(&hash->context, length, bytes);
}

void pe_sha256_end(struct pe_sha256 *hash, char hex[65])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];

    sha256_digest(&hash->context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[64] = '\0';
}

void pe_sha256_of(const void *bytes, size_t length, char hex[65])
{
    struct pe_sha256 hash;

    pe_sha256_init(&hash);
    pe_sha256_add(&hash, bytes, length);
    pe_sha256_end(&hash, hex);
}
