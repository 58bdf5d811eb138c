/* problems.c: the problems of a snapshot, as reports show them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/problems.h"

struct pe_nulls pe_problems_nulls(const struct pe_result *result)
{
    struct pe_nulls nulls = {0};

    for (size_t i = 0; i < result->problem_count; i++) {
        if (!result->problems[i].null)
            continue;
        if (nulls.count++ == 0)
            nulls.first = &result->problems[i];
    }
    return nulls.count <= PE_FEW_NULLS ? (struct pe_nulls){0} : nulls;
}

bool pe_problems_shows(const struct pe_nulls *nulls, const struct pe_problem *problem,
                       bool warnings)
{
    return problem->warning == warnings && !(problem->null && nulls->count > 0);
}
