/* mutate.h: mutation tests of a pack: does a control notice what it read?
 * SPDX-License-Identifier: Apache-2.0
 *
 * A rule that passes on a snapshot is judged anew on mutants of it (mutant.h), each with one of
 * the values changed that the rule read: all of them on the bases of its control's tests, and what
 * a test changes on the snapshot that the test makes. A rule that does not pass on the base, but in
 * a test that gives it parameters, has all it read changed there. A mutant is killed when a rule
 * that passed and read the value no longer passes; for lost data every such rule must no longer
 * pass.
 *
 * It takes thousands of mutants to test a control, so one costs little: the document is not read
 * again (splice.h), only rules that read the value run, and end once they cannot pass; the model
 * looks at the value alone. Whatever survives that is judged again in full.
 */
#ifndef PE_MUTATE_H
#define PE_MUTATE_H

#include "lua/script.h"
#include "mutant.h"

/* Where a mutant is in the order of all: of which snapshot, and of its mutants which. */
struct pe_mutant_place {
    uint32_t unit, number;
};

struct pe_mutate {
    struct pe_script *script;
    struct pe_pack_def *pack;
    const struct pe_files *fixtures;
    struct pe_strings only;
    unsigned shard, shards; /* this worker's share */
    void (*report)(void *ud, struct pe_mutant_place place, const struct pe_survivor *survivor);
    void (*progress)(void *ud, size_t tried);
    void *ud;
    size_t all[PE_MUTANT_KINDS], killed[PE_MUTANT_KINDS]; /* filled: of this worker's share */
    uint8_t **tried;        /* filled, by control and rule: a mutant was there to notice */
    struct pe_arena *arena; /* for tried */
};

/* Errors are those of pe_test_run. */
int pe_mutate_run(struct pe_mutate *run, struct pe_err *err);

#endif
