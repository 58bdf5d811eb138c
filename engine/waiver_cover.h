/* waiver_cover.h: which waivers cover what a rule found.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All of it follows from a result and its waivers, so it is asked twice: when a snapshot is judged,
 * and when a saved result is read back.
 */
#ifndef PE_WAIVER_COVER_H
#define PE_WAIVER_COVER_H

#include "base/arena.h"
#include "lib/time.h"
#include "policyeval.h"
#include "say.h"

/* One result under its waivers, which lie one behind the other. */
struct pe_waiver_applying {
    const struct pe_waiver *items;
    size_t count;
    struct pe_waiver_use *uses; /* by waiver: its state, and what it was good for so far */
    struct pe_arena *arena;
};

/* Whether a scope covers a finding of a rule it is about; a status apart, which is asked too. A
 * pointer covers what it names and what lies below, step by step: /x neither /x0 nor /xy. */
bool pe_waiver_covers(const struct pe_waiver *waiver, const struct pe_finding *finding);

bool pe_waiver_is_scoped(const struct pe_waiver *waiver);
bool pe_waiver_is_about(const struct pe_waiver *waiver, const struct pe_control *control,
                        const struct pe_rule *rule);

/* One that names a tenant is for that one only. */
bool pe_waiver_is_for(const struct pe_waiver *waiver, const struct pe_result *result);

/* Whether a rule that it is about is among those of the result. */
bool pe_waiver_was_judged(const struct pe_result *result, const struct pe_waiver *waiver);

/* Of one that has a target; end: the last instant at which it holds. UNUSED: it is in effect, and
 * has covered nothing yet. */
enum pe_waiver_state pe_waiver_state_of(const struct pe_result *result,
                                        const struct pe_waiver *waiver, struct pe_time_instant end);

/* What covers a rule that has its original status, noted in the uses. NULL when no waiver covers
 * any of it, or out of memory. */
const struct pe_rule_waiver *pe_waiver_of_rule(struct pe_waiver_applying *a,
                                               const struct pe_control *control,
                                               const struct pe_rule_result *rule);

enum { PE_MAX_WAIVER_REMARKS = 8 };

struct pe_waiver_remarks {
    struct pe_arena *arena;
    struct pe_remark items[PE_MAX_WAIVER_REMARKS];
    size_t count;
};

void pe_waiver_remark(struct pe_waiver_remarks *r, const char *kind, enum pe_sentence sentence,
                      const char *one, const char *two);

/* What is to be said of a waiver whatever became of it. */
void pe_waiver_remark_on_scope(struct pe_waiver_remarks *r, const struct pe_waiver *waiver);

#endif
