/* suggest.h: "did you mean ...?"
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_BASE_SUGGEST_H
#define PE_BASE_SUGGEST_H

#include <stddef.h>

/* The candidate that name was most likely meant to be, or NULL when none is close: one that
 * differs in case only, else the nearest within a quarter of name's length in edits (at least 1,
 * at most 3; an edit inserts, drops, changes or swaps neighbours; case is free), the first of
 * equals. A name shorter than 3 or longer than 64 bytes has only the first kind. Candidates are
 * borrowed; a NULL among them is passed over. */
const char *pe_suggest(const char *name, const char *const *candidates, size_t count);

#endif
