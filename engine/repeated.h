/* repeated.h: which elements of a list have a key that one before them has.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A key is a member that is a string, or a whole number as it is written: 7 and "7" are one key. No
 * list makes it slow, whatever the hashes of its keys.
 */
#ifndef PE_REPEATED_H
#define PE_REPEATED_H

#include "base/arena.h"
#include "json.h"

/* The numbers of the values that are in the way, in their order, and how many; 0 too when the arena
 * fails. Everything that is needed for it stays in the arena. */
size_t pe_repeated_keys(const struct pe_json *json, const struct pe_node *list, const char *member,
                        struct pe_arena *arena, uint64_t **nodes);

#endif
