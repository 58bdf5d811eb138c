/* claim.h: which claims of the provider a snapshot accepts, and what may rest on them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Much of the provider's side no tenant can read. A document of the provider states it; a pack
 * paraphrases that, clause by clause (claims.lua), and a customer may accept a set of claims in
 * the snapshot. An entry counts when
 *
 *   1  the pack has that document in that version, none of a later date, and the digest is its
 *   2  the set speaks of the tenant's service
 *   3  it was accepted by the evaluation time, not before the document was issued, and at most 365
 *      days ago; days are of the tenant's time zone
 *
 * Nothing here is evidence that the provider does what it says: a rule that rests on a claim has a
 * basis of its own, and only a rule that is declared claimable, and is unknown for nothing but
 * absent values, may. What was measured and is wrong stays a failure.
 */
#ifndef PE_CLAIM_H
#define PE_CLAIM_H

#include "pack.h"
#include "trace.h"

enum {
    PE_CLAIM_DAYS = 365,     /* an acceptance counts to the end of that day after it */
    PE_MAX_ACCEPTANCES = 64, /* entries looked at */
};

/* One entry of the snapshot. */
struct pe_acceptance {
    const struct pe_node *node;
    const char *doc, *version; /* "" when it does not say */
    int set;                   /* number of the pack's set; -1: none */
    bool counts;
    struct pe_text reason, hint; /* when it does not count */
};

struct pe_acceptances {
    struct pe_acceptance *items;
    size_t count;
    uint32_t accepted; /* a bit for each set with an entry that counts */
};

/* What the acceptances are judged for. Texts end up in the arena. */
struct pe_claim_ask {
    const struct pe_pack_def *pack;
    const struct pe_snapshot *snapshot;
    const char *service, *as_of; /* of the snapshot; NULL: not known */
    struct pe_arena *arena;
};

/* Fills out. -1: out of memory. */
int pe_claim_read(const struct pe_claim_ask *ask, struct pe_acceptances *out, struct pe_err *err);

/* The sets that state a control's clause for every service of the tenant that the rule is for, a
 * bit each; 0 when there are none for one of them. */
uint32_t pe_claim_sets(const struct pe_pack_def *pack, const char *service,
                       const struct pe_control_def *control, const struct pe_rule_def *rule);

/* Makes the trace that of a pass on these sets, all of which are accepted: its evidence is the
 * entries. Returns the reason; why is that of the unknown it was. */
struct pe_text pe_claim_rest(struct pe_trace *trace, const struct pe_pack_def *pack,
                             const struct pe_acceptances *acceptances, uint32_t sets,
                             struct pe_text why);

#endif
