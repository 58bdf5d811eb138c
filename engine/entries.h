/* entries.h: JSON files that no pack describes: waivers and settings, read in a worker.
 * SPDX-License-Identifier: Apache-2.0
 *
 * They can change a verdict, so the engine's own reader reads them, behind the walls, and every
 * complaint has a line and a column. What stands in them goes to the parent as one record an
 * entry; what is wrong with one entry refuses the whole file. Messages never quote it.
 */
#ifndef PE_ENTRIES_H
#define PE_ENTRIES_H

#include "snapshot.h"
#include "wire.h"

enum {
    PE_MAX_WAIVERS = 2000,
    PE_MAX_SETTINGS = 200,
    PE_MAX_SETTING_VALUES = 1000,
    PE_MAX_ENTRY_WORD_BYTES = 300,  /* of a name, pointer or value */
    PE_MAX_ENTRY_TEXT_BYTES = 4000, /* of a reason */
};

/* Both send records PE_RECORD_ENTRY; on -1 some may have been sent. Errors: PE_ERR_INPUT. */
int pe_entries_waivers(const unsigned char *bytes, size_t length, struct pe_out *out,
                       struct pe_err *err);
int pe_entries_settings(const unsigned char *bytes, size_t length, struct pe_out *out,
                        struct pe_err *err);

/* ---- what both share ---- */

struct pe_entries {
    struct pe_snapshot file;
    struct pe_arena arena;
    struct pe_err *err;
};

/* Reads the file, then has its entries read: e is the first member of what read goes on with. */
int pe_entries_each(struct pe_entries *e, const unsigned char *bytes, size_t length,
                    int (*read)(struct pe_entries *e), struct pe_err *err);

/* -1, with "line 3, column 14: " before the text. */
int pe_entries_refuse(struct pe_entries *e, const struct pe_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A copy of a string or key in the arena; NULL when out of memory. */
const char *pe_entries_copy(struct pe_entries *e, const struct pe_node *node);

/* Whether the node is an object that has no other keys than these. what: "a waiver". */
int pe_entries_object(struct pe_entries *e, const struct pe_node *node, const char *what,
                      const char *const *keys, size_t count);

const struct pe_node *pe_entries_member(struct pe_entries *e, const struct pe_node *object,
                                        const char *key);

/* The member as text of 1 to most bytes that is not only blanks; *text stays as it is when there is
 * none, which is an error if it is required. */
int pe_entries_text(struct pe_entries *e, const struct pe_node *object, const char *key,
                    bool required, size_t most, const char **text);

#endif
