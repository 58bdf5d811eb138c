/* forged_snapshot.h: the double of the worker, when it is asked about a snapshot.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORGED_SNAPSHOT_H
#define FORGED_SNAPSHOT_H

#include "forged.h"

/* ---- what an honest worker says of a snapshot ---- */

static void say_snapshot(struct pe_out *out)
{
    static const struct pe_strings none;

    pe_out_begin(out, PE_RECORD_SNAPSHOT);
    pe_out_string(out, "t1");
    pe_out_string(out, "iad");
    pe_out_strings(out, &none);
    pe_out_string(out, NULL);
    pe_out_u32(out, 0);
    pe_out_u32(out, 0); /* secrets */
    pe_out_u64(out, 0); /* problems */
    pe_out_u32(out, 0);
    pe_out_u32(out, 0); /* acceptances */
    pe_out_u64(out, 0); /* areas that were not collected */
    pe_out_end(out);
}

static void say_control(struct pe_out *out, uint32_t number)
{
    pe_out_begin(out, PE_RECORD_CONTROL);
    pe_out_u32(out, number);
    pe_out_u32(out, PE_LOW);
    pe_out_u32(out, PE_CUSTOMER);
    pe_out_end(out);
}

struct told {
    uint32_t control, rule;
    enum pe_status status;
    uint64_t evidence, evidence_total, findings, offset;
};

static void add_place(struct pe_out *out, uint64_t offset)
{
    pe_out_place(out, (struct pe_place){1, 1, offset});
}

static void say_rule(struct pe_out *out, struct told told)
{
    pe_out_begin(out, PE_RECORD_RULE);
    pe_out_u32(out, told.control);
    pe_out_u32(out, told.rule);
    pe_out_u32(out, told.status);
    pe_out_u32(out, PE_MEASURED);
    pe_out_u32(out, PE_LOW);
    pe_out_u32(out, PE_CUSTOMER);
    pe_out_text(out, text);
    pe_out_u64(out, told.findings);
    pe_out_u32(out, (uint32_t)told.findings);
    for (uint64_t i = 0; i < told.findings; i++) {
        pe_out_u32(out, PE_FAIL);
        for (int j = 0; j < 3; j++)
            pe_out_text(out, text);
        pe_out_string(out, "/a");
        pe_out_string(out, "1");
        add_place(out, told.offset);
    }
    pe_out_u64(out, told.evidence_total);
    pe_out_u32(out, (uint32_t)told.evidence);
    for (uint64_t i = 0; i < told.evidence; i++) {
        pe_out_string(out, "/a");
        pe_out_string(out, "1");
        pe_out_u64(out, UINT64_MAX);
        pe_out_u32(out, 0);
        add_place(out, told.offset);
    }
    pe_out_u32(out, 0); /* notes */
    pe_out_u32(out, 0); /* sets of claims */
    pe_out_end(out);
}

static void say_pass(struct pe_out *out, uint32_t control, uint32_t rule)
{
    say_rule(out, (struct told){control, rule, PE_PASS, 1, 1, 0, 6});
}

/* Both controls pass, from the first that is asked for on. */
static void say_rest(struct pe_out *out, size_t first)
{
    if (first == 0) {
        say_control(out, 0);
        say_pass(out, 0, 0);
        say_pass(out, 0, 1);
    }
    if (first <= 1) {
        say_control(out, 1);
        say_pass(out, 1, 0);
    }
    say_done(out);
}

#endif
