/* schema.h: the JSON Schema of a pack's model.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Draft 2020-12, for editors and for validators that know nothing of packs. It never refuses what
 * policyeval accepts; what it cannot say (references, unique keys, witnesses of empty lists, fields
 * that an option requires, details of formats) stands in keywords that begin with x- and is checked
 * by policyeval only. A shape that is used more than once is in $defs, as s and its number. The
 * order of members is that of model.lua.
 */
#ifndef PE_SCHEMA_H
#define PE_SCHEMA_H

#include "pack.h"

/* The text ends without a newline and is the caller's to free. PE_ERR_USAGE when the pack has no
 * model. */
int pe_schema_text(const struct pe_pack_def *pack, char **text, struct pe_err *err);

#endif
