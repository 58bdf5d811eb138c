/* json_out.h: JSON that leaves the program.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A document is built of items, which lie in one arena and are written once: the result of a small
 * snapshot has some thousands of them, and a stream writes one a line. Values of a snapshot are
 * JSON text already, and go out as they stand: parsing them again would change digits (0.1 to
 * 0.10000000000000001), and nothing untrusted is to be parsed in this process; they are only
 * checked to be one JSON value. What harms a terminal is escaped in strings, as \u202e is, which
 * changes no value.
 *
 * Running out of memory is sticky and asked about once, by pe_json_out_write. A NULL item is taken
 * everywhere, and is the same.
 */
#ifndef PE_REPORT_JSON_OUT_H
#define PE_REPORT_JSON_OUT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "policyeval.h"

enum { PE_JSON_VALUE_BYTES = 4096 };

/* {0} is a valid empty one. */
struct pe_json_out {
    struct pe_arena arena;
    bool failed;
};

/* A value that is part of a document, in one place only; it lives as long as its pe_json_out. */
struct pe_json_item;

struct pe_json_item *pe_json_out_object(struct pe_json_out *out);
struct pe_json_item *pe_json_out_list(struct pe_json_out *out);
struct pe_json_item *pe_json_out_integer(struct pe_json_out *out, int64_t number);
struct pe_json_item *pe_json_out_bool(struct pe_json_out *out, bool value);
struct pe_json_item *pe_json_out_null(struct pe_json_out *out);

/* A copy of the text; bytes that are not UTF-8 become \x{FF}. NULL is JSON's null. */
struct pe_json_item *pe_json_out_string(struct pe_json_out *out, const char *text);

/* Sets a member, or appends an element. The key is a word of ours, which lives for ever and which
 * the object does not have yet. */
void pe_json_out_put(struct pe_json_out *out, struct pe_json_item *object, const char *key,
                     struct pe_json_item *value);
/* The same with a name that is not ours, which is made safe and copied; a member of that name is
 * replaced. */
void pe_json_out_put_named(struct pe_json_out *out, struct pe_json_item *object, const char *name,
                           struct pe_json_item *value);
void pe_json_out_append(struct pe_json_out *out, struct pe_json_item *list,
                        struct pe_json_item *value);

/* Appends all members of another object, which is empty then. */
void pe_json_out_move(struct pe_json_out *out, struct pe_json_item *object,
                      struct pe_json_item *other);

/* Whether a list or object has nothing in it. */
bool pe_json_out_is_empty(const struct pe_json_item *container);

/* The text of a buffer, which is released. When that ran out of memory, writing fails. */
struct pe_json_item *pe_json_out_take(struct pe_json_out *out, struct pe_buf *text);

/* {"en": ..., "ja": ...}; both are always there. */
struct pe_json_item *pe_json_out_text(struct pe_json_out *out, struct pe_text text);

/* Sets the member `value` to JSON text as it stands, which lives as long as the run. Where it is
 * not one JSON value that any program can read, as when the engine has shortened it, or is longer
 * than PE_JSON_VALUE_BYTES, `value_text` is set instead, to a string of at most so many bytes and
 * an ellipsis. Nothing is set when json is NULL. */
void pe_json_out_put_value(struct pe_json_out *out, struct pe_json_item *object, const char *json);

/* The same, as a value for a member of any name: a string in the second case. */
struct pe_json_item *pe_json_out_value(struct pe_json_out *out, const char *json);

/* Writes the value, indented by two, with a line feed at its end. false: out of memory. */
bool pe_json_out_write(struct pe_json_out *out, const struct pe_json_item *root,
                       struct pe_buf *buf);

/* The same on one line without blanks. */
bool pe_json_out_write_compact(struct pe_json_out *out, const struct pe_json_item *root,
                               struct pe_buf *buf);

/* The same, indented by so many; 0: all on one line. */
bool pe_json_out_write_indented(struct pe_json_out *out, const struct pe_json_item *root,
                                unsigned indent, struct pe_buf *buf);

void pe_json_out_release(struct pe_json_out *out);

/* Whether the bytes are one JSON value (RFC 8259) that any program can read: without blanks at its
 * ends, nested at most 16 deep, valid UTF-8 without half surrogate pairs or NULs, integers of 64
 * bits, other numbers within the range of a double. An object with members is none: the engine
 * shows such a one by its size, and of a liar's the names could repeat. */
bool pe_json_out_is_value(const char *json, size_t length);

#endif
