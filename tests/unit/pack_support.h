/* pack_support.h: packs from texts, in memory.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PACK_SUPPORT_H
#define PACK_SUPPORT_H

#include "judge.h"

/* A pack that was loaded, or why it was not. */
struct packed {
    struct pe_arena arena;
    struct pe_files files;
    struct pe_script script;
    struct pe_pack_def pack;
    struct pe_err err;
    bool loaded;
};

/* name, text, name, text, ..., NULL; the texts are copied. A name that is missing is added: a plain
 * pack.lua and, when there is no control at all, a plain 1.1.lua. */
struct packed *pack_of(const char *name, ...);
void pack_free(struct packed *packed);

/* The same, failing the test unless the pack is refused with these words (all of the message, or
 * its beginning when they end in "..."). */
void check_file(const char *name, const char *text, const char *why);

/* Fails the test unless the pack with this one file more loads. */
void check_loads(const char *name, const char *text);

/* A control with one rule of that body; the text is freed by the caller. */
char *control_of(const char *body);

/* A control with a rule for each body, which end in NULL; top stands before it all. */
const char *control_of_rules(struct pe_arena *arena, const char *top, const char *const *bodies);

/* The text of a model whose root is record { {"v", TYPE, OPTIONS} }; freed by the caller. */
char *model_of(const char *type);

/* Judges a rule of a control ("1.1") on a JSON text, as of 2026-11-20. Reason is valid until
 * pack_free. */
enum pe_status judge_of(struct packed *packed, const char *control, size_t rule, const char *json,
                        struct pe_text *reason);

#endif
