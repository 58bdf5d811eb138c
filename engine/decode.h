/* decode.h: what a worker sent, checked and made a part of the result.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A worker is not trusted: it ran a policy on the bytes of a tenant. Its records must come in
 * order, about controls and rules that it announced and that were selected, point into the file,
 * and hold together: a pass has evidence and no finding, a fail has one. Whatever does not is a
 * lie, and costs the control that was running an error. Nothing here forks or waits.
 */
#ifndef PE_DECODE_H
#define PE_DECODE_H

#include "api.h"
#include "unread.h"
#include "wire.h"

/* A pack as its first worker described it, and which of its rules are selected. */
struct pe_decoded_pack {
    struct pe_pack_info info;
    const bool *const *selected; /* by control and rule */
    const unsigned char *raw;    /* the payload, to compare the next worker's with */
    size_t raw_length;
};

/* The results of one snapshot by one pack, as they come in. */
struct pe_decoded {
    const struct pe_decoded_pack *pack;
    struct pe_arena *arena;
    uint64_t file_bytes;
    int evidence_limit;
    const char *required_basis; /* a pass on less is unknown; NULL: any will do */

    bool has_snapshot;
    struct pe_result head; /* tenant, service, options, as_of, problems, secrets, claims */
    uint32_t accepted;     /* sets of claims, a bit each */
    uint64_t uncollected;  /* areas, a bit each */

    bool has_unread;
    struct pe_unread_list unread;

    struct pe_control_result *results;
    size_t result_count;
    bool in_control; /* results[result_count - 1] is under way */
    size_t control;  /* its number in the pack; meaningless before the first */
    bool any_control;
    struct pe_rule_result *rules; /* of the control under way */
    size_t rule_count;
};

/* Each takes a payload and returns 0, or -1 with a word for what was wrong with it. */
int pe_decode_pack(struct pe_in *in, struct pe_decoded_pack *pack, const char **lie);
/* The same for one worker of several: all must describe the pack alike. */
int pe_decode_same_pack(struct pe_in *in, struct pe_decoded_pack *pack, const char **lie);
/* The same for one that judges: of a pack that is built in it sends nothing, for what that declares
 * and what the job's options make of it is the parent's own. -1 without a lie: err says why. */
int pe_decode_judged_pack(struct pe_in *in, const struct pe_pack *source, const struct pe_job *job,
                          struct pe_decoded_pack *pack, const char **lie, struct pe_err *err);
int pe_decode_snapshot(struct pe_in *in, struct pe_decoded *decoded, const char **lie);
int pe_decode_control(struct pe_in *in, struct pe_decoded *decoded, const char **lie);
int pe_decode_rule(struct pe_in *in, struct pe_decoded *decoded, const char **lie);

/* After the last control; ends that. */
int pe_decode_unread(struct pe_in *in, struct pe_decoded *decoded, const char **lie);

/* Ends the control under way, if any; lie when a selected rule is missing. */
int pe_decode_finish(struct pe_decoded *decoded, const char **lie);

/* The worker says that it is done: lie when a selected control or rule was left out. */
int pe_decode_done(struct pe_decoded *decoded, const char **lie);

/* The control under way cost its worker: what has not been told of it is an error. */
void pe_decode_break(struct pe_decoded *decoded, struct pe_text reason);

#endif
