/* splice.h: a parsed document with one value changed, without reading it again.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Mutation tests change thousands of values, one at a time, of a document that stays as it is. A
 * change copies the nodes around the place (16 bytes each) and reads only the new value, whose
 * text lies behind that of the document. Nodes before the place keep their numbers.
 */
#ifndef PE_SPLICE_H
#define PE_SPLICE_H

#include "base/buf.h"
#include "base/err.h"
#include "json.h"

struct pe_splice {
    const struct pe_json *base; /* borrowed */
    struct pe_buf text;         /* the base's, and behind it the new value's */
    struct pe_json json;        /* the changed document */
    size_t room;                /* of its nodes */
    uint32_t at, gone, come;    /* nodes at..at+gone of the base became at..at+come */
};

/* The base must outlive the splice, and be unchanged. */
int pe_splice_open(struct pe_splice *splice, const struct pe_json *base, struct pe_err *err);
void pe_splice_release(struct pe_splice *splice);

/* Each makes splice->json anew from the base; node is one of the base's.
 *   set      the value becomes the one that the JSON text says; not the root
 *   remove   the element, or the member with its key, is gone; not the root
 *   append   the list has one element more */
int pe_splice_set(struct pe_splice *splice, uint32_t node, const char *value, struct pe_err *err);
int pe_splice_remove(struct pe_splice *splice, uint32_t node, struct pe_err *err);
int pe_splice_append(struct pe_splice *splice, uint32_t list, const char *value,
                     struct pe_err *err);

#endif
