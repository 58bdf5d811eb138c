/* model.h: what a pack says a snapshot looks like, and what is wrong with one by it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A model is a tree of shapes that model.lua describes once (lua/model_load.c reads it). From it
 * come the problems of a snapshot, which of its values read as absent, which are secret, which
 * fields may honestly be missing, the JSON Schema (schema.c) and the reference page. Nothing is
 * coerced: "true" is not a boolean, 1.0 is not an integer, and both then read as absent.
 */
#ifndef PE_MODEL_H
#define PE_MODEL_H

#include "snapshot.h"

enum pe_kind {
    PE_KIND_RECORD, /* an object with known members */
    PE_KIND_LIST,
    PE_KIND_MAP, /* an object with free keys */
    PE_KIND_TEXT,
    PE_KIND_ENUM,
    PE_KIND_INTEGER,
    PE_KIND_NUMBER,
    PE_KIND_BOOLEAN,
    PE_KIND_FORMAT,   /* a string that must parse as its format */
    PE_KIND_REF,      /* a string that is the id of an element of the list at path */
    PE_KIND_NULLABLE, /* element, or null */
};

/* When a field is meant at all. Empty parts say nothing. */
struct pe_field_when {
    const char *option, *service;
};

struct pe_field {
    const char *name;
    const struct pe_shape *shape;
    bool required, secret;
    bool for_people; /* whoever follows a finding up needs it; rules do not */
    struct pe_field_when when;
    struct pe_text unit; /* of nothing when it has none */
    struct pe_text doc;
};

struct pe_shape {
    enum pe_kind kind;
    uint16_t number;               /* among the model's shapes, from 1 */
    int line;                      /* RECORD: where model.lua writes it; 0: unknown */
    const struct pe_field *fields; /* RECORD, in the order of model.lua */
    size_t field_count;
    const struct pe_shape *element; /* LIST, MAP, NULLABLE */
    struct pe_strings words;        /* ENUM; TEXT: the only ones, when there are any */
    const char *format;             /* FORMAT: "timestamp", "cidr", ... */
    const char *path;               /* REF: "identities.accounts" */
    const char *unique;             /* LIST: the member that must not repeat; NULL: none */
    const char *witness;            /* LIST: the sibling that says it may be empty; NULL: none */
    bool has_min, has_max;
    double min, max; /* INTEGER, NUMBER: value; TEXT: code points; LIST: elements */
};

struct pe_model {
    const struct pe_shape *root;
    const struct pe_shape *const *shapes; /* by number; [0] is NULL */
    size_t shape_count;                   /* with [0] */
};

enum { PE_MAX_PROBLEMS = 1000, PE_MAX_SHAPES = 4000 };

struct pe_model_check {
    const struct pe_model *model;
    const char *service;       /* of the snapshot, NULL when unknown */
    struct pe_strings options; /* contracted */
    struct pe_arena *arena;    /* for the problems and shapes, which the snapshot then borrows */
};

/* Compares a snapshot with a model: flags the nodes that are wrong or secret and fills its
 * problems (at most PE_MAX_PROBLEMS; *total counts all) and shapes. -1: out of memory. */
int pe_model_check(const struct pe_model_check *check, struct pe_snapshot *snapshot, size_t *total,
                   struct pe_err *err);

/* May a member of that name honestly be missing from that object? Without a model, or where the
 * model says nothing of the object: yes. known tells whether the model has such a field at all. */
bool pe_model_optional(const struct pe_snapshot *snapshot, uint32_t object, const char *key,
                       size_t length, bool *known);

/* The field of the object, by the model, that was perhaps meant; NULL: none, or no model. */
const char *pe_model_suggest(const struct pe_snapshot *snapshot, uint32_t object, const char *key);

/* Does the model say that the object has such a field? False without a model. A key that the model
 * knows is no misspelling of another. */
bool pe_model_has_field(const struct pe_snapshot *snapshot, uint32_t object, const char *key,
                        size_t length);

/* The field of that name; NULL when the record has none. */
const struct pe_field *pe_model_field(const struct pe_shape *record, const char *key,
                                      size_t length);

/* The list that a path of the model names ("identities.accounts"); NULL when it is not there. */
const struct pe_node *pe_model_list(const struct pe_snapshot *snapshot, const char *path);

/* Whether a string has a format of the model ("timestamp", "cidr", ...); expected is then what to
 * call the format. An unknown format accepts nothing. */
bool pe_format_accepts(const char *format, const char *bytes, size_t length);
bool pe_format_known(const char *format);
struct pe_text pe_format_text(const char *format);

#endif
