/* changes.h: which values of a document are not as they were in another.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A value that is new is changed with all that lies in it; a list or object that was there, when
 * the number of its children is another. An element is compared with the one of the same id, and
 * without an id with the one at its place.
 */
#ifndef PE_CHANGES_H
#define PE_CHANGES_H

#include "json.h"

/* By node of the new one; the caller frees. NULL: out of memory. */
bool *pe_changes_of(const struct pe_json *old, const struct pe_json *new);

#endif
