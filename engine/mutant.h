/* mutant.h: which changes of a value a control must notice.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Lost data must never pass, so of a value that a rule read it is always tried to remove it, to
 * make it null, and, where there is a model, to give it another type. A value that is there can be
 * wrong in the ways that the model and the parameters suggest:
 *
 *   boolean     the other one, also of an enum of two words
 *   number      over each parameter of its unit that a rule which read it asked for; where there is
 *               none, one less or more, if that is a bound of the model or a test put it there
 *   time, date  over as_of; into the past, or the future, beyond the parameters in days that a rule
 *               which read it asked for; where a test put it, a day earlier or later
 *   network     everything (0.0.0.0/0); ports: all; but not where a test put them
 *   text        empty, where it may be
 *   list        emptied, one element of another kind, a record twice where the model does not mind;
 *               an empty one gets a first element as the model wants it
 *
 * "One less or more" is one mutant: a limit is noticed from one side only.
 */
#ifndef PE_MUTANT_H
#define PE_MUTANT_H

#include "pack.h"

enum pe_mutant_act { PE_MUTANT_SET, PE_MUTANT_REMOVE, PE_MUTANT_APPEND };

struct pe_mutant {
    uint32_t node;
    enum pe_mutant_act act;
    enum pe_mutant_kind kind; /* policyeval.h */
    bool whole;               /* the model must look at the whole again */
    bool alone;               /* it need not, not even for a survivor */
    const char *json;         /* the new value; not of PE_MUTANT_REMOVE */
    const char *or_json;      /* NULL, or another one: to notice either is enough */
    const char *change;       /* for people: "true -> false", "removed" */
};

/* How a control's rules read a node. */
enum {
    PE_TOUCHED_VALUE = 1,   /* itself */
    PE_TOUCHED_COUNT = 2,   /* a list or object was counted or walked */
    PE_TOUCHED_BELOW = 4,   /* something in it */
    PE_TOUCHED_OPTIONAL = 8 /* asked for by has, get or is_null */
};

struct pe_mutants {
    const struct pe_snapshot *snapshot; /* as the model sees it */
    const struct pe_pack_def *pack;
    const struct pe_control_def *control;
    const char *as_of;      /* NULL: none */
    const uint8_t *touched; /* by node: PE_TOUCHED_* */
    /* Whether a rule that read the node asked for the control's parameter. */
    bool (*asks)(void *ud, uint32_t node, size_t param);
    void *ud;
    bool fine; /* the values were put there by a test: they may be at a boundary */
    struct pe_arena *arena;
    struct pe_mutant *items; /* filled: in the order of the document */
    size_t count, room;
};

/* Adds the mutants of one node. Running out of memory shows in the arena. */
void pe_mutants_of(struct pe_mutants *mutants, uint32_t node);

/* What the model says of a node, NULLABLE or not; NULL when it says nothing. */
const struct pe_shape *pe_mutant_shape(const struct pe_snapshot *snapshot, uint32_t node);

#endif
