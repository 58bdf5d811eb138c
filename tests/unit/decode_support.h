/* decode_support.h: records as a worker would send them, and lies.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The pack has the controls "1.1" with the rules a, b, c (b is not selected), "1.2" with the rule
 * d that is not selected, and "1.3" with the rule e. The snapshot has 1000 bytes. Rule a is
 * claimable; of the pack's two sets of claims, both about 1.1, the snapshot accepts the first; of
 * its two areas, ad and hosts, the second was not collected.
 */
#ifndef DECODE_SUPPORT_H
#define DECODE_SUPPORT_H

#include "decode.h"

struct teller {
    struct pe_arena arena;
    struct pe_decoded_pack pack;
    struct pe_decoded decoded;
    const char *lie; /* of the last record, NULL when it was taken */
};

struct teller *teller_new(void);        /* has heard of the pack and the snapshot */
struct teller *teller_of_pack(void);    /* of the pack only */
struct teller *teller_in_control(void); /* of the first control too */
void teller_free(struct teller *teller);

/* The payload of a record under construction, handed to what decodes it. */
typedef int decoder(struct pe_in *in, struct pe_decoded *decoded, const char **lie);
bool tell(struct teller *teller, const struct pe_out *record, decoder *decode);

bool tell_snapshot(struct teller *teller);
/* With one entry that counts, or not, for a set (1, 2; 0: none). */
bool tell_accepting(struct teller *teller, uint32_t counts, uint32_t set);
bool tell_control(struct teller *teller, uint32_t number);
bool tell_finish(struct teller *teller);

/* What is told of a rule; {0} is an honest pass. */
struct told {
    enum pe_status status;
    const struct pe_finding *findings;
    size_t finding_count, finding_more; /* more: of the total, not sent */
    const struct pe_evidence *evidence; /* NULL: one value */
    size_t evidence_count, evidence_more;
    bool no_evidence, no_reason;
    enum pe_basis basis;
    uint32_t claim_sets;
};

void write_rule(struct pe_out *out, uint32_t control, uint32_t rule, const struct told *told);
bool tell_rule(struct teller *teller, uint32_t control, uint32_t rule, const struct told *told);

extern const struct told told_pass, told_fail, told_unknown, told_error;

#endif
