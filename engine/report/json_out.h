/* json_out.h: JSON that leaves the program, built with jansson.
 * SPDX-License-Identifier: Apache-2.0
 *
 * jansson builds and writes the text. Two things it cannot do are added here. Values of a snapshot
 * are JSON text already, and go out as they stand: parsing them again would change digits (0.1 to
 * 0.10000000000000001), and nothing untrusted is to be parsed in this process; they are only
 * checked to be one JSON value. And what harms a terminal is escaped in strings, as \u202e
 * is, which changes no value.
 *
 * Running out of memory is sticky and asked about once, by pe_json_out_write. A NULL json_t is
 * taken everywhere, and is the same.
 */
#ifndef PE_REPORT_JSON_OUT_H
#define PE_REPORT_JSON_OUT_H

#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"
#include "policyeval.h"

enum { PE_JSON_VALUE_BYTES = 4096 };

/* {0} is a valid empty one. */
struct pe_json_out {
    struct pe_arena arena;
    struct pe_json_raw *raws; /* what stands in the text as it is */
    size_t raw_count, raw_room;
    bool failed;
};

/* Sets a member, or appends an element; takes the value. */
void pe_json_out_put(struct pe_json_out *out, json_t *object, const char *key, json_t *value);
/* The same with a name that is not ours, which is made safe. */
void pe_json_out_put_named(struct pe_json_out *out, json_t *object, const char *name,
                           json_t *value);
void pe_json_out_append(struct pe_json_out *out, json_t *list, json_t *value);

/* A string; bytes that are not UTF-8 become \x{FF}. NULL is JSON's null. */
json_t *pe_json_out_string(struct pe_json_out *out, const char *text);

/* The text of a buffer, which is released. When that ran out of memory, writing fails. */
json_t *pe_json_out_take(struct pe_json_out *out, struct pe_buf *text);

/* {"en": ..., "ja": ...}; both are always there. */
json_t *pe_json_out_text(struct pe_json_out *out, struct pe_text text);

/* Sets the member `value` to JSON text as it stands. Where it is not one JSON value that any
 * program can read, as when the engine has shortened it, or is longer than PE_JSON_VALUE_BYTES,
 * `value_text` is set instead, to a string of at most so many bytes and an ellipsis. Nothing is set
 * when json is NULL. */
void pe_json_out_put_value(struct pe_json_out *out, json_t *object, const char *json);

/* The same, as a value for a member of any name: a string in the second case. */
json_t *pe_json_out_value(struct pe_json_out *out, const char *json);

/* Writes the value, indented by two, with a line feed at its end, and gives up the reference.
 * false: out of memory. */
bool pe_json_out_write(struct pe_json_out *out, json_t *root, struct pe_buf *buf);

/* The same on one line without blanks. */
bool pe_json_out_write_compact(struct pe_json_out *out, json_t *root, struct pe_buf *buf);

/* The same, indented by so many; 0: all on one line. */
bool pe_json_out_write_indented(struct pe_json_out *out, json_t *root, unsigned indent,
                                struct pe_buf *buf);

void pe_json_out_release(struct pe_json_out *out);

/* Whether the bytes are one JSON value (RFC 8259) that any program can read: without blanks at its
 * ends, nested at most 16 deep, valid UTF-8 without half surrogate pairs or NULs, integers of 64
 * bits, other numbers within the range of a double. An object with members is none: the engine
 * shows such a one by its size, and of a liar's the names could repeat. */
bool pe_json_out_is_value(const char *json, size_t length);

#endif
