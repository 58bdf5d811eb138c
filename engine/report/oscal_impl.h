/* oscal_impl.h: what the files of the report oscal share.
 * SPDX-License-Identifier: Apache-2.0
 *
 * OSCAL knows four kinds of text. A token is an id: a letter, then letters, digits, "." "-" "_". A
 * string is the value of a property: one line, no blank at its ends. Markup is a title or a
 * description: a program may read it as Markdown, so texts of others are escaped. A URI reference
 * is percent-encoded. Texts that are to come back as they were are in properties of our own
 * namespace: as they stand where that is a string of OSCAL that does not begin with a quotation
 * mark, and as JSON text, which does, elsewhere.
 *
 * UUIDs are of version 5, so the same judgement has the same: those of a result in a namespace
 * made of the digests of snapshot and packs.
 */
#ifndef PE_REPORT_OSCAL_IMPL_H
#define PE_REPORT_OSCAL_IMPL_H

#include "base/utc.h"
#include "base/uuid.h"
#include "report/json_out.h"
#include "words.h"

struct pe_oscal {
    struct pe_json_out json;
    enum pe_lang lang;
    /* of the result that is being written */
    const struct pe_result *result;
    char when[PE_UTC_SIZE]; /* its as_of */
    struct pe_uuid space;
};

/* The namespace of all that policyeval names. */
extern const struct pe_uuid pe_oscal_namespace;

/* ---- text ---- */

/* A new reference; NULL when out of memory. */
struct pe_json_item *pe_oscal_uuid(struct pe_oscal *oscal, struct pe_uuid uuid);
struct pe_json_item *pe_oscal_markup(struct pe_oscal *oscal, const char *text);
struct pe_json_item *pe_oscal_text(struct pe_oscal *oscal,
                                   struct pe_text text); /* markup, in the language */

/* One of our own phrases (words.h), whose arguments become markup. */
struct pe_json_item *pe_oscal_words(struct pe_oscal *oscal, enum pe_word word,
                                    const char *const args[], size_t count);

/* "iso27017-9.2.3": of any two texts, that nobody else need be able to read back. */
struct pe_json_item *pe_oscal_token(struct pe_oscal *oscal, const char *pack, const char *id);

/* A file as a relative reference, and behind # a JSON Pointer unless that is NULL. */
struct pe_json_item *pe_oscal_href(struct pe_oscal *oscal, const char *file, const char *pointer);

/* "#" and the UUID of something in this document. */
struct pe_json_item *pe_oscal_local(struct pe_oscal *oscal, struct pe_uuid uuid);

/* ---- properties ---- */

/* Appends one to a list: a string as the head of this file says, left out when NULL or empty. */
void pe_oscal_prop(struct pe_oscal *oscal, struct pe_json_item *list, const char *name,
                   const char *text);
void pe_oscal_prop_count(struct pe_oscal *oscal, struct pe_json_item *list, const char *name,
                         size_t count);

/* `value` with JSON text as it stands, or `value-text` with a string where it is none. */
void pe_oscal_prop_value(struct pe_oscal *oscal, struct pe_json_item *list, const char *json);

/* `pointer` unless it is NULL, `place` (line:column) unless that is nowhere. */
void pe_oscal_prop_pointer(struct pe_oscal *oscal, struct pe_json_item *list, const char *pointer);
void pe_oscal_prop_place(struct pe_oscal *oscal, struct pe_json_item *list, struct pe_place place);

/* Sets a member to a list unless that is empty, which OSCAL forbids; takes the list. */
void pe_oscal_put_list(struct pe_oscal *oscal, struct pe_json_item *object, const char *key,
                       struct pe_json_item *list);

/* ---- things of a result ---- */

/* The UUID of what is called so; the parts are joined with line breaks, NULL ends them. */
struct pe_uuid pe_oscal_name(struct pe_oscal *oscal, struct pe_uuid space,
                             const char *const parts[]);
struct pe_uuid pe_oscal_tool(struct pe_oscal *oscal);
struct pe_uuid pe_oscal_tenant(struct pe_oscal *oscal);
struct pe_uuid pe_oscal_resource(struct pe_oscal *oscal); /* the snapshot's */
struct pe_uuid pe_oscal_rule(struct pe_oscal *oscal, const struct pe_control_result *control,
                             const struct pe_rule_result *rule);

/* `origins`: this program. */
void pe_oscal_put_origins(struct pe_oscal *oscal, struct pe_json_item *object);

/* One a rule, and one for all problems of the snapshot. */
struct pe_json_item *pe_oscal_observations(struct pe_oscal *oscal);

/* One for each waiver in effect; and references to those that cover something of a control. */
struct pe_json_item *pe_oscal_risks(struct pe_oscal *oscal);
struct pe_json_item *pe_oscal_related_risks(struct pe_oscal *oscal,
                                            const struct pe_control_result *control);
struct pe_uuid pe_oscal_waiver(struct pe_oscal *oscal, const struct pe_waiver *waiver);

/* The result that oscal is about. */
struct pe_json_item *pe_oscal_result(struct pe_oscal *oscal);
struct pe_uuid pe_oscal_result_uuid(struct pe_oscal *oscal);

#endif
