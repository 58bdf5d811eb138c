/* mutant.h: which changes of a value a control must notice.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Lost data must never pass, so of a value that a rule read it is always tried to remove it, to
 * make it null, and, where there is a model, to give it another type. A value that is there can be
 * wrong in the ways that the model and the parameters suggest:
 *
 *   boolean     the other one
 *   enum        each other word
 *   number      one less, one more, its bounds, each parameter of its unit and what lies next to it
 *   time, date  further before and after as_of than any parameter in days; where a test put it,
 *               also a day earlier and later
 *   address     everything (0.0.0.0/0), or a foreign one; ports: all
 *   reference   the next element of the list that it points into
 *   text        empty, where it may be
 *   empty list  a first element as the model wants it, and one for each other word in it
 *   list        emptied, an element of another kind, a record twice where the model does not mind
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
    bool fine;              /* the values were put there by a test: they may be at a boundary */
    struct pe_arena *arena;
    struct pe_mutant *items; /* filled: in the order of the document */
    size_t count, room;
};

/* Adds the mutants of one node. Running out of memory shows in the arena. */
void pe_mutants_of(struct pe_mutants *mutants, uint32_t node);

/* What the model says of a node, NULLABLE or not; NULL when it says nothing. */
const struct pe_shape *pe_mutant_shape(const struct pe_snapshot *snapshot, uint32_t node);

#endif
