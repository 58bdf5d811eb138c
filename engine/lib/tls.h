/* tls.h: protocol versions, cipher suites and host names of certificates.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Versions become an ordered enum, so that nobody compares "TLSv1.10" as text. A spelling or a
 * suite that is not known is refused: it is neither old nor fine.
 *
 * Sources: RFC 8996 and RFC 9325 3.1 (versions), IANA's TLS Cipher Suites registry and openssl-
 * ciphers(1) (names), RFC 9325 4.1, RFC 7465 (RC4), RFC 9155 (MD5), RFC 9525 6.3 and RFC 6125
 * 6.4.3 (host names).
 */
#ifndef PE_LIB_TLS_H
#define PE_LIB_TLS_H

#include "policyeval.h"

enum pe_tls_version {
    PE_TLS_SSL2 = 1,
    PE_TLS_SSL3,
    PE_TLS_1_0,
    PE_TLS_1_1,
    PE_TLS_1_2,
    PE_TLS_1_3,
};

enum pe_tls_why {
    PE_TLS_OK,
    PE_TLS_UNKNOWN_VERSION,
    PE_TLS_DTLS, /* a version of DTLS, whose numbers mean something else */
    PE_TLS_UNKNOWN_CIPHER,
    PE_TLS_SIGNAL, /* a signalling value (SCSV), which is not a cipher suite */
};
struct pe_text pe_tls_why_text(enum pe_tls_why why);

/* TLSv1.2, TLS1_2, tls_1_2, "TLS 1.2", Tls12, 1.2, SSLv3, "SSL 3.0"; TLSv1 and TLS1 are 1.0.
 * Refused: "TLS" alone (1.0 to .NET, all versions to others), "1", "1.10", SSLv23, DTLS. */
int pe_tls_parse_version(const char *text, size_t length, enum pe_tls_version *version,
                         enum pe_tls_why *why);

const char *pe_tls_version_name(enum pe_tls_version version); /* "TLS 1.2" */

/* ---- cipher suites ---- */

enum pe_tls_cipher {
    PE_TLS_NULL = 1 << 0,      /* no encryption */
    PE_TLS_ANONYMOUS = 1 << 1, /* no authentication of the server */
    PE_TLS_EXPORT = 1 << 2,    /* 40 or 56 bits, on purpose */
    PE_TLS_RC4 = 1 << 3,
    PE_TLS_RC2 = 1 << 4,
    PE_TLS_DES = 1 << 5,
    PE_TLS_3DES = 1 << 6,
    PE_TLS_IDEA = 1 << 7,
    PE_TLS_MD5 = 1 << 8,  /* as the MAC */
    PE_TLS_SHA1 = 1 << 9, /* as the MAC */
    PE_TLS_CBC = 1 << 10,
    PE_TLS_AEAD = 1 << 11,     /* GCM, CCM, ChaCha20-Poly1305 */
    PE_TLS_RSA_KEYS = 1 << 12, /* the key is sent under the server's RSA key */
    PE_TLS_FORWARD = 1 << 13,  /* forward secret: ephemeral (EC)DH, all of TLS 1.3 */
    PE_TLS_PSK = 1 << 14,      /* a pre-shared key takes part */
    PE_TLS_ONLY_1_3 = 1 << 15, /* a suite of TLS 1.3 */

    /* The ones nobody should offer (RFC 9325 4.1): no encryption or authentication, less than 112
     * bits, 64-bit blocks, or a broken MAC. CBC, SHA-1 and RSA key exchange are not among them. */
    PE_TLS_WEAK = PE_TLS_NULL | PE_TLS_ANONYMOUS | PE_TLS_EXPORT | PE_TLS_RC4 | PE_TLS_RC2 |
                  PE_TLS_DES | PE_TLS_3DES | PE_TLS_IDEA | PE_TLS_MD5,
};

/* IANA's (TLS_RSA_WITH_..., also with SSL_) and OpenSSL's names, in any case. */
int pe_tls_parse_cipher(const char *text, size_t length, unsigned *classes, enum pe_tls_why *why);

bool pe_tls_cipher_is_weak(unsigned classes);

/* "null", "anonymous", ... of one bit; NULL for any other number. Static. */
const char *pe_tls_cipher_word(unsigned bit);

/* ---- host names ---- */

/* A name of a certificate covers a host. A wildcard is the whole left-most label, stands for
 * exactly one label, and needs two more to its right ("*.com" covers nothing). Case does not
 * matter, one final dot neither. A host that is an IP address is covered only by the same
 * address, never by a wildcard; names with bytes beyond ASCII cover nothing (use A-labels). */
bool pe_tls_name_covers(const char *name, size_t name_length, const char *host, size_t host_length);

#endif
