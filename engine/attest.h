/* attest.h: whether a practice is attested: stated, dated, confirmed, with evidence.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Much of what a control demands cannot be seen in a configuration; then somebody states it. Of a
 * list of such statements one must count for the clause:
 *
 *   1  its `controls` list the clause, in any spelling; its `scope` holds the service, or "*";
 *      it is about the responsible side (`subject_party`)
 *   2  it was `issued` by the evaluation time, and has not run out: valid to the end of the day
 *      `expires`, or where that is absent or null, of max_age_days after the customer last
 *      confirmed it (`reviewed_at`); days are of the time zone
 *   3  min_evidence entries of its `evidence` have a `uri` of their own: an absolute one, or a
 *      relative path; a missing `sha256` is only noted
 *   4  `issuer_party` is the side it is about, or a third party: nobody vouches for the other
 *   5  no other statement issued by then names it in `supersedes`; unknown when it has no id, or
 *      that name cannot be read
 *
 * One that counts makes the assertion hold; the others are noted. When none does, each candidate
 * is a finding at the member that rules it out. A member that is missing or wrong, also of a piece
 * of evidence, makes the answer unknown, also when another statement counts: nobody knows what the
 * damaged one said. No candidate at all is a finding about a customer, who could have stated
 * something, and unknown about the provider.
 */
#ifndef PE_ATTEST_H
#define PE_ATTEST_H

#include "lib/time.h"
#include "trace.h"

struct pe_attest {
    const char *clause;         /* canonical (lib/clause.h) */
    const char *party;          /* "provider", "customer"; "shared": whoever */
    struct pe_strings services; /* every one of them must be in the scope */
    struct pe_time_instant as_of;
    struct pe_time_zone zone;
    int64_t max_age_days, min_evidence;
    const struct pe_node *list;         /* blamed when there is no candidate; NULL: nothing is */
    const struct pe_node *const *items; /* the statements: objects */
    size_t count;
};

enum { PE_MAX_ATTESTATIONS = 5000 };

/* Asserts, with reads, findings and notes in the trace, whose basis becomes PE_ATTESTED. Returns
 * the statement that counts, the first of several, or NULL. */
const struct pe_node *pe_attest(struct pe_trace *trace, const struct pe_attest *ask);

#endif
