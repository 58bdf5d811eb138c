/* problems.h: the problems of a snapshot, as reports show them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Of a snapshot that is only partly filled in most problems are values that are still null. More
 * than a few are told in one line behind all others, so that a mistake is not lost among them.
 */
#ifndef PE_REPORT_PROBLEMS_H
#define PE_REPORT_PROBLEMS_H

#include "policyeval.h"

enum { PE_FEW_NULLS = 3 };

struct pe_nulls {
    size_t count;                   /* 0: those that there are stand among the errors */
    const struct pe_problem *first; /* of them */
};

/* The nulls that are told in one line. */
struct pe_nulls pe_problems_nulls(const struct pe_result *result);

/* Whether a problem is told for itself, among the errors or among the warnings. */
bool pe_problems_shows(const struct pe_nulls *nulls, const struct pe_problem *problem,
                       bool warnings);

#endif
