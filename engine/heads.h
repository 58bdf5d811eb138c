/* heads.h: what several packs say of one snapshot, as the parent puts it together.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The worker of each pack reads the snapshot by that pack's model. What any of them calls a secret
 * is one for every report, and what any of them calls wrong is told; but a field is unknown only if
 * no model knows it.
 */
#ifndef PE_HEADS_H
#define PE_HEADS_H

#include "decode.h"

/* Sets the secrets and problems of a result from those of all packs. -1: out of memory. */
int pe_heads_merge(const struct pe_decoded *const *decoded, size_t count, struct pe_arena *arena,
                   struct pe_result *result);

#endif
