/* mutate_unit.h: the mutants of one snapshot, judged by the rules that pass on it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It finds out what each rule reads, makes the mutants of that, and tells of those that survive.
 * Which snapshots there are, and what a case changes in one, is for mutate.c.
 */
#ifndef PE_MUTATE_UNIT_H
#define PE_MUTATE_UNIT_H

#include "judge.h"
#include "mutate.h"
#include "splice.h"

/* What all snapshots of a run share. */
struct pe_mutate_work {
    struct pe_mutate *run;
    struct pe_selection selection;
    struct pe_arena scratch; /* of one rule */
    uint32_t units;          /* snapshots so far, in all shards */
    size_t since;            /* mutants since progress was told */
    bool starved;            /* memory ran out under a rule */
    struct pe_err *err;
};

/* One snapshot, the rules that pass on it, and what each of them read. */
struct pe_mutate_unit {
    struct pe_mutate_work *work;
    const struct pe_control_def *control;
    struct pe_judge *judge; /* opened on the snapshot */
    const char *where, *as_of;
    const bool *changed; /* only nodes that are marked; NULL: all */
    /* By rule, on the base: of a case, NULL for nothing new; of the base itself, to be filled. */
    enum pe_status *on_base;
    bool shared; /* every worker has the snapshot, and takes its share of the mutants */

    /* Its own: {0}. */
    bool problems;              /* the model finds fault with it */
    uint8_t **touched;          /* by rule, by node; NULL for a rule that does not pass */
    struct pe_param_set *asked; /* by rule */
    size_t first;               /* the rule that killed the last mutant */
    struct pe_splice splice;
    struct pe_arena arena, mutant_arena;
    uint16_t *shapes; /* room for those of a mutant */
};

/* Tries this worker's share of the mutants, counts them in the run and reports survivors to it. The
 * state then has no snapshot. -1, with the reason in work->err: memory ran out. */
int pe_mutate_unit(struct pe_mutate_unit *unit);

#endif
