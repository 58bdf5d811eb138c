/* attest_impl.h: what attest.c and attest_item.c share; not for others.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_ATTEST_IMPL_H
#define PE_ATTEST_IMPL_H

#include "attest.h"

enum {
    PE_ATTEST_READS = 64, /* kept of one statement */
};

enum pe_attest_kind {
    PE_ATTEST_COUNTS,
    PE_ATTEST_UNRELATED,
    PE_ATTEST_SUPERSEDED,
    PE_ATTEST_RULED_OUT,
    PE_ATTEST_NOT_KNOWN, /* a member is missing or wrong */
};

/* What there is to say of one statement. */
struct pe_attest_opinion {
    enum pe_attest_kind kind;
    const struct pe_node *item;
    const struct pe_node *reads[PE_ATTEST_READS]; /* what it stands on; the last is to blame */
    size_t read_count;
    struct pe_text why;              /* RULED_OUT, SUPERSEDED; NOT_KNOWN of a wrong type */
    const struct pe_node *no_digest; /* evidence without sha256 */
    const struct pe_node *wrong;     /* NOT_KNOWN: the value, or */
    const char *absent;              /* the member that is missing */
};

struct pe_attest_judging {
    struct pe_trace *trace; /* its arena is written to, and nothing else */
    const struct pe_snapshot *s;
    const struct pe_attest *ask;
    int64_t today;
    struct pe_attest_opinion *o;
};

/* Fills the opinion. */
void pe_attest_item(struct pe_attest_judging *j, const struct pe_node *item);

struct pe_text pe_attest_label(struct pe_attest_judging *j, const struct pe_node *node);
struct pe_text pe_attest_party(const char *party);

#endif
