/* snapshot.h: a snapshot that was read, with everything a verdict needs to point into it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A snapshot is its bytes, its nodes (json.h), its lines and columns (place.h) and, where the pack
 * has a model, what the model says of its nodes. It never changes after pe_snapshot_read and
 * pe_model_check; a policy sees it through views that cannot write. Nodes are named by number, a
 * missing thing by the number of the list or object it is missing from and its key.
 */
#ifndef PE_SNAPSHOT_H
#define PE_SNAPSHOT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "encoding.h"
#include "json.h"
#include "place.h"

struct pe_shape;

struct pe_snapshot {
    const unsigned char *raw; /* borrowed: the file's own bytes */
    size_t raw_length;
    struct pe_encoded encoded;
    struct pe_json json;
    struct pe_places places;
    const uint16_t *shapes; /* by node: number of its shape in the model, 0 none; or NULL */
    const struct pe_shape *const *model;        /* shapes by number; NULL without a model */
    const struct pe_snapshot_problem *problems; /* of the model; in document order */
    size_t problem_count;
    const uint8_t *secrets; /* a bit for each node; NULL: each is looked for when it is asked */
};

/* Why a value reads as absent although it is there. */
struct pe_snapshot_problem {
    uint32_t node; /* the value, or the object that lacks a required field */
    bool warning;
    bool null;       /* and the value is null */
    const char *key; /* the missing or unknown field; NULL when the value itself is wrong */
    struct pe_text message, hint;
};

/* Reads bytes, which stay borrowed. Errors are PE_ERR_INPUT with line and column. */
int pe_snapshot_read(const unsigned char *bytes, size_t length, size_t max_bytes,
                     struct pe_snapshot *snapshot, struct pe_err *err);
void pe_snapshot_release(struct pe_snapshot *snapshot);

static inline const struct pe_node *pe_snapshot_node(const struct pe_snapshot *s, uint32_t number)
{
    return &s->json.nodes[number];
}

static inline uint32_t pe_snapshot_number(const struct pe_snapshot *s, const struct pe_node *node)
{
    return (uint32_t)(node - s->json.nodes);
}

/* The JSON Pointer (RFC 6901) of a node, and with key not NULL that of its member or element. */
void pe_snapshot_pointer(const struct pe_snapshot *s, uint32_t node, struct pe_buf *out);

/* The last step of it: what follows the pointer of its parent. Of any node but the root. */
void pe_snapshot_step(const struct pe_snapshot *s, uint32_t node, struct pe_buf *out);
void pe_pointer_add_key(struct pe_buf *out, const char *key, size_t length);

/* The node that a JSON Pointer names; NULL when there is none, or when scratch failed: ask that
 * before taking it for absent. */
const struct pe_node *pe_snapshot_find(const struct pe_snapshot *s, const char *pointer,
                                       struct pe_buf *scratch);

/* The same; when there is none, last is the node at which it ended and key the step from there. */
const struct pe_node *pe_snapshot_follow(const struct pe_snapshot *s, const char *pointer,
                                         const struct pe_node **last, struct pe_buf *key);

/* The value as JSON text of at most about limit bytes: a longer one ends in an ellipsis, a list or
 * object that does not fit is shown by its size; secrets are replaced. */
enum { PE_VALUE_BYTES = 400 };
void pe_snapshot_value(const struct pe_snapshot *s, uint32_t node, struct pe_buf *out);

/* Where a node begins. */
struct pe_place pe_snapshot_place(const struct pe_snapshot *s, uint32_t node);

/* What a person calls it: the pointer in words, elements by their id or name where they have one:
 * "identities.accounts[adm1].mfa". */
void pe_snapshot_label(const struct pe_snapshot *s, uint32_t node, struct pe_buf *out);

/* A string's bytes; out may be used as scratch and is overwritten. Not for other nodes. */
bool pe_snapshot_string(const struct pe_snapshot *s, const struct pe_node *node, const char **bytes,
                        size_t *length, struct pe_buf *scratch);

/* Whether a node is a secret, by the model or by the name of its key or of one above it. */
bool pe_snapshot_secret(const struct pe_snapshot *s, uint32_t node);

/* Finds all secrets at once, which many questions are then answered by. What changes a node, its
 * key or its flags comes before, or sets secrets to NULL. -1: out of memory. */
int pe_snapshot_find_secrets(struct pe_snapshot *s, struct pe_arena *arena, struct pe_err *err);

/* Whether a value is not to be shown: a secret string, or a number that the model calls secret (by
 * its key alone a number is a length or a lifetime). */
bool pe_snapshot_masked(const struct pe_snapshot *s, uint32_t node);

/* The key of the object that is most like the one asked for; false when none is like it. */
bool pe_snapshot_suggest(const struct pe_snapshot *s, uint32_t object, const char *key,
                         struct pe_buf *out);

#endif
