/* claims.h: what became of the provider's claims, as the parent puts it together.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The worker says which entries of the snapshot count and which sets a rule rests on, or would;
 * here that is counted, and a pass on less than what is required is taken back.
 */
#ifndef PE_CLAIMS_H
#define PE_CLAIMS_H

#include "decode.h"

/* Whether the set has a statement for the clause. */
bool pe_claims_state(const struct pe_claim_set *set, const char *clause);

/* Makes a pass on a weaker basis than the required one, which may be NULL, unknown. Out of memory
 * is the arena's to tell. */
void pe_claims_require(const char *basis, struct pe_rule_result *rule, struct pe_arena *arena);

/* The claims of a result: the snapshot's entries, then the sets that nothing accepts though rules
 * would pass on them, both with counts, for each pack. -1: out of memory. */
int pe_claims_merge(const struct pe_decoded *const *decoded, size_t count, struct pe_arena *arena,
                    struct pe_result *result);

#endif
