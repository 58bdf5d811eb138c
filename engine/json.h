/* json.h: reads JSON (RFC 8259, strictly) into an array of nodes that remember where they stood.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The text stays as it is and is borrowed; a node of 16 bytes says where a value begins in it, so
 * that a verdict can point at line and column (place.h). Nodes lie in document order, a container
 * before its children. Numbers and strings are decoded when they are asked for. Nothing is looser
 * than the RFC, and where it leaves a choice, this is it:
 *
 *   refused: duplicate keys (compared after unescaping), U+0000 in a string, surrogates without
 *   their other half, invalid UTF-8, integers beyond 64 bits, reals beyond the largest double,
 *   more than PE_JSON_MAX_DEPTH levels, texts above PE_JSON_MAX_BYTES, a byte order mark
 *   (encoding.h takes it off)
 *   taken: any value as root, reals too small for a double (0) or with more digits (rounded)
 *   -0 is the integer 0; a number with a fraction or an exponent is real, also 1.0 and 1e5
 *
 * No input makes it slow: reading is linear, but for n log n over the keys of one object. Errors
 * are PE_ERR_INPUT, "line 3, column 14: expected ...", and never quote the text. Reading and
 * looking up make no system calls but those for memory. Not for threads to share: looking up
 * builds indexes.
 */
#ifndef PE_JSON_H
#define PE_JSON_H

#include "base/buf.h"
#include "base/err.h"

enum {
    PE_JSON_MAX_DEPTH = 128,               /* lists and objects inside each other */
    PE_JSON_MAX_BYTES = 256 * 1024 * 1024, /* an offset has 28 bits */
    PE_JSON_MAX_NODES = 1 << 27,           /* what that many bytes can hold at most */
};

enum pe_type {
    PE_NULL = 1,
    PE_FALSE,
    PE_TRUE,
    PE_INTEGER,
    PE_REAL,
    PE_STRING,
    PE_KEY,
    PE_LIST,
    PE_OBJECT,
};

/* An object's children are key, value, key, value...: a value's key is the node just before it. */
struct pe_node {
    uint32_t where;  /* type << 28 | offset of the value's first byte */
    uint32_t size;   /* list, object: nodes in its subtree, itself included; else: bytes of text,
                        a string's with its quotes */
    uint32_t parent; /* number of the list or object that holds it; the root's is 0 */
    uint32_t bits;   /* flags, and in the low 28 the children (an object's members) */
};

/* Flags of a node. The reader sets PE_ESCAPED only; the others are for whoever walks it. */
enum {
    PE_ESCAPED = 1 << 28, /* a string or key with a backslash in it */
    PE_INVALID = 1 << 29, /* against the model: reads as absent */
    PE_SECRET = 1 << 30,  /* not to be shown */
};

struct pe_json {
    const char *text; /* borrowed */
    size_t length;
    struct pe_node *nodes; /* nodes[0] is the root */
    uint32_t count;
    struct pe_json_index *index; /* of large containers, built when asked */
};

/* The text must outlive json. */
int pe_json_read(const char *text, size_t length, struct pe_json *json, struct pe_err *err);
void pe_json_release(struct pe_json *json); /* {0} too */

static inline enum pe_type pe_node_type(const struct pe_node *node)
{
    return (enum pe_type)(node->where >> 28);
}

static inline uint32_t pe_node_offset(const struct pe_node *node)
{
    return node->where & 0x0FFFFFFF;
}

/* Elements of a list, members of an object; 0 for anything else. */
static inline uint32_t pe_node_count(const struct pe_node *node)
{
    return node->bits & 0x0FFFFFFF;
}

static inline uint32_t pe_node_flags(const struct pe_node *node)
{
    return node->bits & 0xF0000000;
}

static inline bool pe_node_holds(const struct pe_node *node) /* a list or an object? */
{
    return pe_node_type(node) >= PE_LIST;
}

/* ---- values ---- */

int64_t pe_json_integer(const struct pe_json *json, const struct pe_node *node); /* PE_INTEGER */

/* PE_REAL or PE_INTEGER; correctly rounded, whatever the locale and the number of digits. */
double pe_json_real(const struct pe_json *json, const struct pe_node *node);

/* The characters of a string or key, as UTF-8 without a NUL: borrowed from the text, or when it
 * has escapes unescaped into scratch, which is cleared first. False when out of memory. */
bool pe_json_unescaped(const struct pe_json *json, const struct pe_node *node, const char **bytes,
                       size_t *length, struct pe_buf *scratch); /* one with escapes */

static inline bool pe_json_string(const struct pe_json *json, const struct pe_node *node,
                                  const char **bytes, size_t *length, struct pe_buf *scratch)
{
    if (node->bits & PE_ESCAPED)
        return pe_json_unescaped(json, node, bytes, length, scratch);
    *bytes = json->text + pe_node_offset(node) + 1;
    *length = node->size - 2;
    return true;
}

/* Of the bytes of a string, or of how a number is written; equal ones have equal hashes. Whoever
 * made the text can make different ones with equal hashes too. */
uint64_t pe_json_hash(const struct pe_json *json, const struct pe_node *value);

/* Is the string or key this one? Needs no memory. */
bool pe_json_equals(const struct pe_json *json, const struct pe_node *node, const char *bytes,
                    size_t length);

/* The offset behind a value's last byte; in time of the levels below it. Of a text that was read:
 * what was spliced in lies elsewhere. */
size_t pe_json_end(const struct pe_json *json, const struct pe_node *node);

/* Copies the last characters of a string or key, at most so many bytes, and returns how many bytes
 * those are. Needs no memory. */
size_t pe_json_tail(const struct pe_json *json, const struct pe_node *node, char *out, size_t most);

/* ---- walking: all borrowed from json, NULL where there is none ---- */

/* The first child: an element, or a key. */
const struct pe_node *pe_json_first(const struct pe_json *json, const struct pe_node *container);

/* What follows a child in its container: the next element; a key's value; the next key. */
static inline const struct pe_node *pe_json_next(const struct pe_json *json,
                                                 const struct pe_node *node)
{
    const struct pe_node *parent = &json->nodes[node->parent];
    const struct pe_node *next = node + (pe_node_holds(node) ? node->size : 1);

    return node != json->nodes && next < parent + parent->size ? next : NULL;
}

const struct pe_node *pe_json_parent(const struct pe_json *json, const struct pe_node *node);

/* The key of a member's value. */
const struct pe_node *pe_json_key(const struct pe_json *json, const struct pe_node *value);

/* The value of a member. NULL too for anything but an object. In time of the logarithm of the
 * members. */
const struct pe_node *pe_json_member(const struct pe_json *json, const struct pe_node *object,
                                     const char *key, size_t length);

/* The element at a 0-based position of a list. In constant time. */
const struct pe_node *pe_json_element(const struct pe_json *json, const struct pe_node *list,
                                      uint32_t position);

/* The 0-based position among its parent's elements or members (a key's is its value's); 0 for the
 * root. In time of the logarithm of the siblings. */
uint32_t pe_json_ordinal(const struct pe_json *json, const struct pe_node *node);

static inline uint32_t pe_json_number(const struct pe_json *json, const struct pe_node *node)
{
    return (uint32_t)(node - json->nodes);
}

#endif
