/* judge.h: judges one snapshot by one pack, control by control.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_JUDGE_H
#define PE_JUDGE_H

#include "claim.h"
#include "lua/script.h"
#include "unread.h"

/* What the snapshot says of itself, by the pointers of the pack. NULL: does not say. */
struct pe_profile {
    const char *tenant, *service, *as_of;
    uint32_t as_of_node;
    struct pe_strings options;
};

struct pe_judge {
    struct pe_script *script;
    struct pe_pack_def *pack;
    struct pe_snapshot snapshot;
    struct pe_profile profile;
    bool as_of_given;         /* by option */
    size_t problem_total;     /* of the model; the snapshot keeps the first ones */
    struct pe_arena *arena;   /* lives as long as the judge */
    struct pe_arena *scratch; /* of one rule; the caller releases it */
    struct pe_trace trace;
    struct pe_acceptances acceptances; /* of the provider's claims */
    uint32_t claim_sets; /* of the last rule: those a pass rests on, those an unknown would need */
};

/* Reads the snapshot, compares it with the pack's model and finds its profile. as_of: by option,
 * or NULL. evidence: entries a rule. */
int pe_judge_open(struct pe_judge *judge, const unsigned char *bytes, size_t length,
                  const char *as_of, int evidence, struct pe_err *err);
void pe_judge_release(struct pe_judge *judge);

/* What no rule that was judged looked at; the list is in judge->arena. */
int pe_judge_unread(struct pe_judge *judge, struct pe_unread_list *list, struct pe_err *err);

/* The same for a snapshot that was made otherwise, and whose memory stays the caller's: instead of
 * pe_judge_release, pe_trace_release is enough. checked: what the model says of it is known. */
int pe_judge_adopt(struct pe_judge *judge, const struct pe_snapshot *snapshot, bool checked,
                   const char *as_of, struct pe_err *err);

/* Judges one rule; findings, evidence and notes are in judge->trace until the next call. */
enum pe_status pe_judge_rule(struct pe_judge *judge, const struct pe_control_def *control,
                             size_t rule, struct pe_text *reason);

#endif
