/* problems.h: the problems of a snapshot, as reports show them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What a program that makes snapshots forgets, it forgets in every element: such problems are told
 * once, with how many there are, so that a mistake is not lost among them. And of a snapshot that
 * is only partly filled in most problems are values that are still null: more than a few are told
 * in one line behind all others.
 */
#ifndef PE_REPORT_PROBLEMS_H
#define PE_REPORT_PROBLEMS_H

#include "base/arena.h"
#include "policyeval.h"

enum { PE_FEW_NULLS = 3 };

struct pe_nulls {
    size_t count;                   /* 0: those that there are stand among the errors */
    const struct pe_problem *first; /* of them */
};

/* The nulls that are told in one line. */
struct pe_nulls pe_problems_nulls(const struct pe_result *result);

/* Problems that differ only in the element that they are about. */
struct pe_problem_kind {
    const struct pe_problem *first;
    size_t count; /* at least 1 */
    const char *key;
};

/* All but those nulls: errors, then warnings, by the first of each kind. They lie in the arena;
 * none when that is out of memory. */
const struct pe_problem_kind *pe_problems_kinds(const struct pe_result *result,
                                                struct pe_arena *arena, size_t *count);

#endif
