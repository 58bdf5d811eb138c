/* ids.h: the ids of a list's elements, to be asked for many.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An id is a member "id" that is a string. Whatever a list has, an answer costs the logarithm of
 * its length: large snapshots refer to large lists from every element of other large lists.
 */
#ifndef PE_IDS_H
#define PE_IDS_H

#include "base/arena.h"
#include "json.h"

struct pe_id;

struct pe_ids {
    const struct pe_id *items; /* in an order of their own */
    size_t count;
};

/* Reads the ids of a list; NULL is one without elements. They lie in the arena and in the text of
 * json; when the arena fails there are none. */
struct pe_ids pe_ids_read(const struct pe_json *json, const struct pe_node *list,
                          struct pe_arena *arena);

/* Whether an element has that id. */
bool pe_ids_have(const struct pe_ids *ids, const char *bytes, size_t length);

#endif
