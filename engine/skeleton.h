/* skeleton.h: an empty snapshot to fill in.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every field that the pack's model has for a service, in the order of model.lua: objects whole,
 * lists of objects with one element that shows its members, and null for whatever is to be filled
 * in. Judged as it is, everything is unknown; a field that stays null stays unknown.
 */
#ifndef PE_SKELETON_H
#define PE_SKELETON_H

#include "pack.h"

/* service: one of the pack's. The text ends without a newline and is the caller's to free.
 * PE_ERR_USAGE when the pack has no model or no such service. */
int pe_skeleton_text(const struct pe_pack_def *pack, const char *service, char **text,
                     struct pe_err *err);

#endif
