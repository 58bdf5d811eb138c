/* encoding.h: the text of a JSON file as UTF-8, whatever saved it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * UTF-8 with or without a byte order mark, and UTF-16 of either byte order with a mark (what
 * PowerShell's `>` writes) or without where the zero bytes of the first two characters tell it
 * (RFC 4627 section 3). UTF-32 is refused by name. The bytes of UTF-8 are not validated here: the
 * reader does (json.h).
 */
#ifndef PE_ENCODING_H
#define PE_ENCODING_H

#include "base/err.h"

enum pe_encoding_kind { PE_UTF8, PE_UTF16LE, PE_UTF16BE };

/* {0} is a valid empty one. */
struct pe_encoded {
    enum pe_encoding_kind kind;
    const char *text; /* without a byte order mark; borrowed from the bytes when owned is NULL */
    size_t length;    /* in bytes */
    char *owned;      /* what was converted from UTF-16 */
    size_t bom_bytes; /* 0, 2 or 3 */
};

/* The encoding that the first bytes tell, and how many of them are a mark. UTF-32 is not told
 * apart. */
enum pe_encoding_kind pe_encoding_find(const unsigned char *bytes, size_t length,
                                       size_t *bom_bytes);

/* Errors (PE_ERR_INPUT): UTF-32, half a UTF-16 unit at the end, a surrogate without its other
 * half, a text of more than max_bytes as UTF-8. */
int pe_encoding_to_utf8(const unsigned char *bytes, size_t length, size_t max_bytes,
                        struct pe_encoded *out, struct pe_err *err);
void pe_encoding_release(struct pe_encoded *encoded);

/* Where in the raw bytes the character lies that is at text_offset of the text. bytes and length
 * are those it was made from. Walks the bytes if they are UTF-16. */
uint64_t pe_encoding_offset(const struct pe_encoded *encoded, const unsigned char *bytes,
                            size_t length, size_t text_offset);

#endif
