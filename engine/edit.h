/* edit.h: finds a place in a JSON text by a path, and changes it: no other byte.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Tests of a policy say what is different from a snapshot that passes. The change is made in the
 * text, so that what the changed rule blames has a line and column a person can compare.
 *
 * A path is steps: a member ("portals.customer_portal"), an element by its 1-based position
 * ("accounts[2]"), or by what it is called ("accounts[adm1]"): its id, name or displayName, or for
 * a list of strings the string. A name with dots or brackets, or of digits alone, is quoted:
 * accounts["10.0.0.1"]; so is such a member. Two elements of that name are refused.
 *
 *   set     replaces the value, or adds it as the last member of an object that lacks it
 *   append  adds the value at the end of the list
 *   remove  takes out the member or element, and its comma
 *
 * A path that names nothing is an error (PE_ERR_PACK).
 */
#ifndef PE_EDIT_H
#define PE_EDIT_H

#include "base/buf.h"
#include "base/err.h"
#include "json.h"

enum pe_edit_kind { PE_EDIT_SET, PE_EDIT_APPEND, PE_EDIT_REMOVE };

struct pe_edit {
    enum pe_edit_kind kind;
    const char *path;
    const char *json; /* the value's text; not of PE_EDIT_REMOVE */
};

/* Adds the changed text to out, which must be empty. The text must be JSON. */
int pe_edit_apply(const char *text, size_t length, const struct pe_edit *edit, struct pe_buf *out,
                  struct pe_err *err);

/* Where a path leads in a text that was read. */
struct pe_edit_place {
    const struct pe_node *node;
    const char *key; /* of the path: a last member that the object lacks; NULL: none */
    size_t key_length;
};

/* what: the word that an error begins with. */
int pe_edit_find(const struct pe_json *json, const char *what, const char *path,
                 struct pe_edit_place *place, struct pe_err *err);

/* Puts edits of one text into the order in which they are applied one after another: what is set,
 * in the order of the paths (numbers in them by value); then what is appended; then what is
 * removed, from the last path to the first. So a position never means another element because
 * one before it was removed. */
void pe_edit_sort(struct pe_edit *edits, size_t count);

#endif
