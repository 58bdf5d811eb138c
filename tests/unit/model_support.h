/* model_support.h: what a model says of a text.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MODEL_SUPPORT_H
#define MODEL_SUPPORT_H

#include "pack_support.h"

/* A snapshot that was compared with a model. */
struct modelled {
    struct packed *packed;
    struct pe_snapshot snapshot;
    struct pe_arena arena;
    size_t total;
};

/* model: the text of model.lua. service and options as the contract has them, NULL for none. */
struct modelled *modelled_new(const char *model, const char *json, const char *service,
                              const char *const *options);
void modelled_free(struct modelled *modelled);

/* All problems as "/pointer: message (hint)\n", a missing or unknown field with its key in the
 * pointer, a warning with "?" before it. Fails the test unless they are these. */
void check_problems(struct modelled *modelled, const char *expected);

/* The same in one step: the type of the root's field v, and the text of the whole snapshot. */
void check_type(const char *type, const char *json, const char *expected);

#endif
