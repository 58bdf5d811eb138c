/* problems.c: the problems of a snapshot, as reports show them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/problems.h"

#include <string.h>

#include "report/alike.h"

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

/* What the problems of one kind have in common. */
static const char *make_key(struct pe_arena *arena, const struct pe_problem *problem)
{
    struct pe_buf key = {0};

    pe_buf_adds(&key, problem->message.en);
    pe_buf_addc(&key, '\n');
    pe_buf_adds(&key, problem->hint.en == NULL ? "" : problem->hint.en);
    pe_buf_addc(&key, '\n');
    pe_alike_add(&key, problem->pointer);
    return pe_arena_take(arena, &key);
}

/* Of a snapshot at most a thousand problems are kept. */
static struct pe_problem_kind *find_kind(struct pe_problem_kind *kinds, size_t count,
                                         const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(kinds[i].key, key) == 0)
            return &kinds[i];
    return NULL;
}

/* Adds the errors, or the warnings, to the kinds before them; returns how many there are then. */
static size_t add_kinds(const struct pe_result *result, bool warnings, struct pe_arena *arena,
                        struct pe_problem_kind *kinds, size_t before)
{
    bool nulls_aside = pe_problems_nulls(result).count > 0;
    struct pe_problem_kind *kind;
    size_t count = before;
    const char *key;

    for (size_t i = 0; i < result->problem_count; i++) {
        const struct pe_problem *problem = &result->problems[i];
        if (problem->warning != warnings || (problem->null && nulls_aside))
            continue;
        key = make_key(arena, problem);
        if (key == NULL)
            return 0;
        kind = find_kind(kinds + before, count - before, key);
        if (kind == NULL)
            kinds[count++] = (struct pe_problem_kind){problem, 1, key};
        else
            kind->count++;
    }
    return count;
}

const struct pe_problem_kind *pe_problems_kinds(const struct pe_result *result,
                                                struct pe_arena *arena, size_t *count)
{
    struct pe_problem_kind *kinds = pe_arena_array(arena, result->problem_count + 1, sizeof *kinds);

    *count = 0;
    if (kinds == NULL)
        return NULL;
    *count = add_kinds(result, false, arena, kinds, 0);
    *count = add_kinds(result, true, arena, kinds, *count);
    if (pe_arena_failed(arena))
        *count = 0;
    return kinds;
}
