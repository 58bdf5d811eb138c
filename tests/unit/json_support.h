/* json_support.h: texts and values for the tests of the JSON reader.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef JSON_SUPPORT_H
#define JSON_SUPPORT_H

#include "json.h"

/* Fails the test when the text is refused. The caller releases. */
struct pe_json read_json(const char *text);

bool json_accepts(const char *text);

/* Fails the test unless the text is refused with these words. */
void check_refused(const char *text, size_t length, const char *why);

/* count times part, then the rest; the caller frees. */
char *repeat(const char *part, size_t count, const char *rest);

/* {"key0":0,"key1":1,...} with the rest inside its brace; the caller frees. */
char *object_of(unsigned count, const char *rest);

/* Fails the test unless a string or key stands for these bytes. */
void check_string(const struct pe_json *json, const struct pe_node *node, const char *expected,
                  size_t length);

const struct pe_node *member(const struct pe_json *json, const struct pe_node *object,
                             const char *key);

#endif
