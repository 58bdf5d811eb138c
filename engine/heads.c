/* heads.c: what several packs say of one snapshot, as the parent puts it together. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "heads.h"

#include <stdlib.h>
#include <string.h>

/* ---- secrets ---- */

static int by_offset(const void *a, const void *b)
{
    const struct pe_span *x = a, *y = b;

    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return x->length < y->length ? -1 : x->length > y->length;
}

static size_t without_twins(struct pe_span *spans, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (kept == 0 || by_offset(&spans[kept - 1], &spans[i]) != 0)
            spans[kept++] = spans[i];
    return kept;
}

static int merge_secrets(const struct pe_decoded *const *decoded, size_t count,
                         struct pe_arena *arena, struct pe_result *result)
{
    struct pe_span *spans;
    size_t total = 0;

    for (size_t i = 0; i < count; i++)
        total += decoded[i]->head.secret_count;
    spans = pe_arena_array(arena, total + 1, sizeof *spans);
    if (spans == NULL)
        return -1;
    total = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < decoded[i]->head.secret_count; j++)
            spans[total++] = decoded[i]->head.secrets[j];
    if (total > 1)
        qsort(spans, total, sizeof *spans, by_offset);
    result->secrets = spans;
    result->secret_count = without_twins(spans, total);
    return 0;
}

/* ---- problems ---- */

static bool below(const char *pointer, const char *part)
{
    size_t length = strlen(part);

    return strncmp(pointer, part, length) == 0 &&
           (pointer[length] == '/' || pointer[length] == '\0');
}

/* Whether the pack has no model, or its model does not know the field or what it lies in. What was
 * cut of a long list of problems may have said so. */
static bool does_not_know(const struct pe_decoded *decoded, const char *pointer)
{
    const struct pe_result *head = &decoded->head;

    if (!decoded->pack->info.has_model || head->problem_total > head->problem_count)
        return true;
    for (size_t i = 0; i < head->problem_count; i++)
        if (head->problems[i].warning && below(pointer, head->problems[i].pointer))
            return true;
    return false;
}

static bool is_known(const struct pe_decoded *const *decoded, size_t count, const char *pointer)
{
    for (size_t i = 0; i < count; i++)
        if (!does_not_know(decoded[i], pointer))
            return true;
    return false;
}

static bool is_told(const struct pe_problem *problems, size_t count,
                    const struct pe_problem *problem)
{
    for (size_t i = 0; i < count; i++)
        if (problems[i].warning == problem->warning &&
            strcmp(problems[i].pointer, problem->pointer) == 0 &&
            (problem->warning || strcmp(pe_text_in(problems[i].message, PE_EN),
                                        pe_text_in(problem->message, PE_EN)) == 0))
            return true;
    return false;
}

/* The packs one behind the other; those that were cut are counted still. */
static int merge_problems(const struct pe_decoded *const *decoded, size_t count,
                          struct pe_arena *arena, struct pe_result *result)
{
    struct pe_problem *problems;
    size_t room = 1, kept = 0, cut = 0, before;

    for (size_t i = 0; i < count; i++)
        room += decoded[i]->head.problem_count;
    problems = pe_arena_array(arena, room, sizeof *problems);
    if (problems == NULL)
        return -1;
    for (size_t i = 0; i < count; i++) {
        const struct pe_result *head = &decoded[i]->head;
        before = kept; /* one pack's own differ */
        cut += head->problem_total - head->problem_count;
        for (size_t j = 0; j < head->problem_count; j++) {
            const struct pe_problem *problem = &head->problems[j];
            if (!is_told(problems, before, problem) &&
                !(problem->warning && is_known(decoded, count, problem->pointer)))
                problems[kept++] = *problem;
        }
    }
    result->problems = problems;
    result->problem_count = kept;
    result->problem_total = kept + cut;
    return 0;
}

int pe_heads_merge(const struct pe_decoded *const *decoded, size_t count, struct pe_arena *arena,
                   struct pe_result *result)
{
    if (count < 2)
        return 0; /* they are the one pack's */
    return merge_secrets(decoded, count, arena, result) != 0
               ? -1
               : merge_problems(decoded, count, arena, result);
}
