/* sha256.h: SHA-256 (FIPS 180-4), by nettle.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_BASE_SHA256_H
#define PE_BASE_SHA256_H

#include <nettle/sha2.h>
#include <stddef.h>

struct pe_sha256 {
    struct sha256_ctx context;
};

void pe_sha256_init(struct pe_sha256 *hash);
void pe_sha256_add(struct pe_sha256 *hash, const void *bytes, size_t length);
void pe_sha256_end(struct pe_sha256 *hash, char hex[65]); /* lower case */

/* All in one. */
void pe_sha256_of(const void *bytes, size_t length, char hex[65]);

#endif
