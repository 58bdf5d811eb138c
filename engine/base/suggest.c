/* suggest.c: "did you mean ...?" */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/suggest.h"

#include <string.h>

#include "base/ascii.h"

enum { MIN_BYTES = 3, MAX_BYTES = 64, MAX_DISTANCE = 3 };

struct word {
    const char *text;
    size_t length;
};

/* Rows of the edit matrix: the one being filled, the one before, the one before that. */
struct rows {
    unsigned now[MAX_BYTES + 1], before[MAX_BYTES + 1], first[MAX_BYTES + 1];
};

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static bool same_at(struct word a, size_t i, struct word b, size_t j)
{
    return pe_ascii_lower(a.text[i - 1]) == pe_ascii_lower(b.text[j - 1]);
}

/* Fills now for the first i bytes of a and every beginning of b. */
static void fill_row(struct rows *rows, struct word a, size_t i, struct word b)
{
    size_t j;

    rows->now[0] = (unsigned)i;
    for (j = 1; j <= b.length; j++) {
        rows->now[j] = least(rows->before[j], rows->now[j - 1]) + 1;
        rows->now[j] = least(rows->now[j], rows->before[j - 1] + !same_at(a, i, b, j));
        if (i > 1 && j > 1 && same_at(a, i, b, j - 1) && same_at(a, i - 1, b, j))
            rows->now[j] = least(rows->now[j], rows->first[j - 2] + 1);
    }
}

/* Damerau and Levenshtein's distance, no part edited twice ("optimal string alignment"). */
static unsigned distance(struct word a, struct word b)
{
    struct rows rows;
    size_t i, j;

    for (j = 0; j <= b.length; j++)
        rows.now[j] = (unsigned)j;
    for (i = 1; i <= a.length; i++) {
        memcpy(rows.first, rows.before, sizeof rows.first);
        memcpy(rows.before, rows.now, sizeof rows.before);
        fill_row(&rows, a, i, b);
    }
    return rows.now[b.length];
}

static bool is_near(struct word a, struct word b, unsigned limit)
{
    size_t longer = a.length > b.length ? a.length : b.length;
    size_t shorter = a.length > b.length ? b.length : a.length;

    return longer <= MAX_BYTES && longer - shorter <= limit;
}

static const char *find_same(struct word name, const char *const *candidates, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (candidates[i] != NULL && pe_ascii_is(name.text, name.length, candidates[i]))
            return candidates[i];
    return NULL;
}

static const char *find_near(struct word name, const char *const *candidates, size_t count)
{
    unsigned limit = (unsigned)(name.length / 4), found;
    const char *best = NULL;
    size_t i;

    limit = limit < 1 ? 1 : least(limit, MAX_DISTANCE);
    for (i = 0; i < count; i++) {
        struct word candidate = {candidates[i], candidates[i] == NULL ? 0 : strlen(candidates[i])};

        if (candidate.length == 0 || !is_near(name, candidate, limit))
            continue;
        found = distance(name, candidate);
        if (found > limit || (best != NULL && found == limit))
            continue;
        best = candidates[i];
        limit = found;
    }
    return best;
}

const char *pe_suggest(const char *name, const char *const *candidates, size_t count)
{
    struct word word = {name, strlen(name)};
    const char *same = find_same(word, candidates, count);

    if (same != NULL || word.length < MIN_BYTES || word.length > MAX_BYTES)
        return same;
    return find_near(word, candidates, count);
}
