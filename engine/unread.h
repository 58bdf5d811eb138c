/* unread.h: the parts of a snapshot that no rule looked at.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A part that nothing reads is a control that is missing, a key that is misspelt, or data that need
 * not have been collected: a report tells it. Told are the topmost of such parts, and of those that
 * differ by positions in lists alone ("/hosts/0/owner", "/hosts/1/owner") the first.
 */
#ifndef PE_UNREAD_H
#define PE_UNREAD_H

#include "snapshot.h"

enum {
    PE_MAX_UNREAD = 200,        /* kept */
    PE_MAX_UNREAD_KINDS = 4096, /* told apart and counted */
};

struct pe_unread_list {
    struct pe_unread *items; /* in document order */
    size_t count, total;     /* total counts those that were cut, up to PE_MAX_UNREAD_KINDS */
};

/* read: a bit a node. -1: out of memory. */
int pe_unread_find(const struct pe_snapshot *snapshot, const uint8_t *read, struct pe_arena *arena,
                   struct pe_unread_list *list, struct pe_err *err);

/* Makes a what is in both: what the rules of neither of two packs looked at. -1: out of memory. */
int pe_unread_common(struct pe_unread_list *a, const struct pe_unread_list *b,
                     struct pe_arena *arena);

#endif
