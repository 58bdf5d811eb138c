/* snapshot_support.h: snapshots made from text, and what a rule's trace says of them.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SNAPSHOT_SUPPORT_H
#define SNAPSHOT_SUPPORT_H

#include "trace.h"

/* Fails the test when the text cannot be read; it is borrowed. The caller releases. */
struct pe_snapshot snapshot_of(const char *json);

/* The number of the node at a pointer; fails the test when there is none. */
uint32_t node_of(const struct pe_snapshot *snapshot, const char *pointer);

/* A trace of a snapshot made from text, with everything it needs. */
struct traced {
    struct pe_snapshot snapshot;
    struct pe_arena arena;
    struct pe_trace trace;
};

struct traced *traced_new(const char *json, int evidence_limit);
void traced_free(struct traced *traced);

/* What a rule does, by pointers. */
void read_value(struct traced *traced, const char *pointer);
void read_container(struct traced *traced, const char *pointer);
void read_absent(struct traced *traced, const char *parent, const char *key);
void ask_optional(struct traced *traced, const char *parent, const char *key);
void ensure_that(struct traced *traced, bool held, const char *subject);

/* Fails the test unless the rule ends so; reason is its English text (NULL: not looked at). */
void check_status(struct traced *traced, enum pe_status status, const char *reason);

/* Fails the test unless the evidence is this: "/a=1 /l#3 /b? " for a value, a count and an absent
 * key, in this order. */
void check_evidence(struct traced *traced, const char *expected);

#endif
