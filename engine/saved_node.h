/* saved_node.h: the members of a saved result, asked for one by one.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first complaint is kept, with its line and column, and from then on every question answers
 * with zeros, so that whoever reads asks once, at the end. A question gets the object and the name
 * of a member; a NULL object has no members and gets no complaint, for there was one already.
 */
#ifndef PE_SAVED_NODE_H
#define PE_SAVED_NODE_H

#include "saved.h"
#include "snapshot.h"

struct pe_saved_reader {
    struct pe_snapshot file;
    struct pe_arena *arena;
    struct pe_saved *saved; /* counts what is strange */
    struct pe_buf scratch;
    struct pe_err err;                  /* kind PE_ERR_NONE: nothing yet */
    const struct pe_area_result *areas; /* of the result that is being read */
    size_t area_count;
    const struct pe_waiver_uses *waivers; /* the same; NULL: none */
};

bool pe_saved_bad(const struct pe_saved_reader *r);

/* Complains at a node, which may be NULL: then nothing happens. */
void pe_saved_refuse(struct pe_saved_reader *r, const struct pe_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Counts a member that is passed over. */
void pe_saved_pass_over(struct pe_saved_reader *r, const struct pe_node *node);

/* Counts the members that are not among these names, which a NULL ends. */
void pe_saved_members(struct pe_saved_reader *r, const struct pe_node *object,
                      const char *const *names);

/* NULL where there is none. */
const struct pe_node *pe_saved_find(struct pe_saved_reader *r, const struct pe_node *object,
                                    const char *name);
/* The same, which is an error. */
const struct pe_node *pe_saved_get(struct pe_saved_reader *r, const struct pe_node *object,
                                   const char *name);

/* A member of that type, which must be there. */
const struct pe_node *pe_saved_object(struct pe_saved_reader *r, const struct pe_node *object,
                                      const char *name);
const struct pe_node *pe_saved_list(struct pe_saved_reader *r, const struct pe_node *object,
                                    const char *name, size_t *count);
const char *pe_saved_string(struct pe_saved_reader *r, const struct pe_node *object,
                            const char *name);
const char *pe_saved_string_or_null(struct pe_saved_reader *r, const struct pe_node *object,
                                    const char *name);
uint64_t pe_saved_count(struct pe_saved_reader *r, const struct pe_node *object, const char *name);
struct pe_text pe_saved_text(struct pe_saved_reader *r, const struct pe_node *object,
                             const char *name);
struct pe_strings pe_saved_strings(struct pe_saved_reader *r, const struct pe_node *object,
                                   const char *name);
void pe_saved_sha256(struct pe_saved_reader *r, const struct pe_node *object, const char *name,
                     char hex[65]);

/* Which of the words it is; 0 after a complaint. The list is `count` words long; one may be NULL,
 * which is no word. */
unsigned pe_saved_word(struct pe_saved_reader *r, const struct pe_node *object, const char *name,
                       const char *const *words, unsigned count);

/* A JSON Pointer; NULL for null where that is allowed. */
const char *pe_saved_pointer(struct pe_saved_reader *r, const struct pe_node *object,
                             const char *name, bool or_null);

/* Members line and column. */
struct pe_place pe_saved_place(struct pe_saved_reader *r, const struct pe_node *object);

/* Any value, as it stands in the text. */
const char *pe_saved_raw(struct pe_saved_reader *r, const struct pe_node *node);

/* The value that a finding, evidence or a scope may have, as JSON text; NULL: none. */
const char *pe_saved_value(struct pe_saved_reader *r, const struct pe_node *object);

/* The characters of a string node. */
const char *pe_saved_chars(struct pe_saved_reader *r, const struct pe_node *node);

/* An array for so many; NULL after running out of memory. */
void *pe_saved_array(struct pe_saved_reader *r, size_t count, size_t size);

/* A list of objects: steps through them; NULL behind the last, or after a complaint. */
const struct pe_node *pe_saved_first(struct pe_saved_reader *r, const struct pe_node *list);
const struct pe_node *pe_saved_next(struct pe_saved_reader *r, const struct pe_node *object);

/* ---- a control ---- */

void pe_saved_control(struct pe_saved_reader *r, const struct pe_node *object,
                      const struct pe_result *result, struct pe_control_result *control);

/* What was left out, behind the controls. */
void pe_saved_unselected(struct pe_saved_reader *r, const struct pe_node *object,
                         struct pe_result *result);

/* Member pack: the id of one of the result's. */
const char *pe_saved_pack(struct pe_saved_reader *r, const struct pe_node *object,
                          const struct pe_result *result);

/* ---- waivers, the gate and the configuration file ---- */

/* What was asked for beyond judging, before the controls are read. */
void pe_saved_asked(struct pe_saved_reader *r, const struct pe_node *object,
                    struct pe_result *result);

/* What covers a rule, whose findings were read. */
void pe_saved_rule_waiver(struct pe_saved_reader *r, const struct pe_node *object,
                          struct pe_rule_result *rule);

unsigned pe_saved_status(struct pe_saved_reader *r, const struct pe_node *object, const char *name);
unsigned pe_saved_severity(struct pe_saved_reader *r, const struct pe_node *object);
unsigned pe_saved_owner(struct pe_saved_reader *r, const struct pe_node *object, const char *name);

#endif
