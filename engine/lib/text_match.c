/* text_match.c: Lua's patterns, matched by backtracking under a budget. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "lib/text.h"
#include "lib/text_class.h"

enum { MAX_DEPTH = 200 }; /* of calls of match within each other, as in Lua */

enum state { OPEN, CLOSED, POSITION };

struct capture {
    const char *start;
    size_t length; /* CLOSED only */
    enum state state;
};

struct matcher {
    struct pe_text_job *job;
    const char *subject, *subject_end, *pattern_end;
    enum pe_text_result fault; /* PE_TEXT_NO while there is none */
    unsigned depth, count;
    struct capture captures[PE_TEXT_CAPTURES];
};

/* Functions that match return where the match ends, or NULL: it does not match here, or there is
 * a fault, after which spend() lets nobody go on. */
static const char *match(struct matcher *m, const char *s, const char *p);

static const char *fail(struct matcher *m, const char *text)
{
    if (m->fault == PE_TEXT_NO) {
        m->fault = PE_TEXT_BAD;
        snprintf(m->job->error, sizeof m->job->error, "%s", text);
    }
    return NULL;
}

static bool spend(struct matcher *m, size_t steps)
{
    if (m->fault != PE_TEXT_NO)
        return false;
    if (*m->job->budget < steps) {
        *m->job->budget = 0;
        m->fault = PE_TEXT_BUDGET;
        return false;
    }
    *m->job->budget -= steps;
    return true;
}

/* ---- one item of a pattern ---- */

/* The byte after the set that begins at p. */
static const char *set_end(struct matcher *m, const char *p)
{
    const char *start = p;

    p++;
    if (p < m->pattern_end && *p == '^')
        p++;
    do { /* a ']' at the front stands for itself */
        if (p == m->pattern_end)
            return fail(m, "malformed pattern (missing ']')");
        if (*p++ == '%' && p < m->pattern_end)
            p++;
    } while (p == m->pattern_end || *p != ']');
    return spend(m, (size_t)(p + 1 - start)) ? p + 1 : NULL;
}

/* The byte after the single item that begins at p: a byte, %x, or a set. */
static const char *item_end(struct matcher *m, const char *p)
{
    if (*p == '[')
        return set_end(m, p);
    if (*p != '%')
        return p + 1;
    if (p + 1 == m->pattern_end)
        return fail(m, "malformed pattern (ends with '%')");
    return p + 2;
}

/* The item [p, end) matches the byte at s. */
static bool item_matches(struct matcher *m, const char *s, const char *p, const char *end)
{
    if (s >= m->subject_end || !spend(m, (size_t)(end - p)))
        return false;
    switch (*p) {
    case '.':
        return true;
    case '%':
        return pe_text_in_class((unsigned char)*s, (unsigned char)p[1]);
    case '[':
        return pe_text_in_set((unsigned char)*s, p, end - 1);
    default:
        return *p == *s;
    }
}

static const char *match_most(struct matcher *m, const char *s, const char *p, const char *end)
{
    const char *last = s, *found;

    while (item_matches(m, last, p, end))
        last++;
    for (; last >= s && spend(m, 1); last--) {
        found = match(m, last, end + 1);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static const char *match_least(struct matcher *m, const char *s, const char *p, const char *end)
{
    const char *found;

    while (spend(m, 1)) {
        found = match(m, s, end + 1);
        if (found != NULL)
            return found;
        if (!item_matches(m, s, p, end))
            return NULL;
        s++;
    }
    return NULL;
}

/* ---- captures, %b, %f ---- */

static const char *open_capture(struct matcher *m, const char *s, const char *p, enum state state)
{
    const char *found;

    if (m->count == PE_TEXT_CAPTURES)
        return fail(m, "too many captures");
    m->captures[m->count] = (struct capture){s, 0, state};
    m->count++;
    found = match(m, s, p);
    if (found == NULL)
        m->count--;
    return found;
}

static const char *close_capture(struct matcher *m, const char *s, const char *p)
{
    unsigned i = m->count;
    const char *found;

    while (i > 0 && m->captures[i - 1].state != OPEN)
        i--;
    if (i == 0)
        return fail(m, "invalid pattern capture");
    i--;
    m->captures[i].length = (size_t)(s - m->captures[i].start);
    m->captures[i].state = CLOSED;
    found = match(m, s, p);
    if (found == NULL)
        m->captures[i].state = OPEN;
    return found;
}

/* %1: the same bytes again. */
static const char *match_again(struct matcher *m, const char *s, char digit)
{
    const struct capture *capture;
    unsigned index = (unsigned)(digit - '1');

    if (digit == '0' || index >= m->count || m->captures[index].state == OPEN) {
        if (m->fault == PE_TEXT_NO)
            snprintf(m->job->error, sizeof m->job->error, "invalid capture index %%%c", digit);
        m->fault = PE_TEXT_BAD;
        return NULL;
    }
    capture = &m->captures[index];
    if (capture->state == POSITION || (size_t)(m->subject_end - s) < capture->length ||
        !spend(m, capture->length) || memcmp(capture->start, s, capture->length) != 0)
        return NULL;
    return s + capture->length;
}

/* %bxy, p at its x. */
static const char *match_balance(struct matcher *m, const char *s, const char *p)
{
    size_t open = 1;

    if (m->pattern_end - p < 2)
        return fail(m, "malformed pattern (missing arguments to '%b')");
    if (s == m->subject_end || *s != *p)
        return NULL;
    while (++s < m->subject_end && spend(m, 1)) {
        if (*s == p[1]) {
            if (--open == 0)
                return s + 1;
        } else if (*s == *p) {
            open++;
        }
    }
    return NULL;
}

/* %f[set], p at its set: its end when s stands at the border, else NULL. Both ends of the subject
 * count as the byte 0. */
static const char *match_frontier(struct matcher *m, const char *s, const char *p)
{
    unsigned char before = s == m->subject ? 0 : (unsigned char)s[-1];
    unsigned char here = s == m->subject_end ? 0 : (unsigned char)*s;
    const char *end;

    if (p == m->pattern_end || *p != '[')
        return fail(m, "missing '[' after '%f' in pattern");
    end = set_end(m, p);
    if (end == NULL || !spend(m, 2 * (size_t)(end - p)))
        return NULL;
    return !pe_text_in_set(before, p, end - 1) && pe_text_in_set(here, p, end - 1) ? end : NULL;
}

/* ---- a pattern ---- */

/* %b, %f and %0 to %9 at *p: moves *s and *p behind what matched, or returns false. */
static bool match_special(struct matcher *m, const char **s, const char **p)
{
    const char *end;

    if ((*p)[1] == 'f') {
        end = match_frontier(m, *s, *p + 2);
        *p = end;
        return end != NULL;
    }
    end = (*p)[1] == 'b' ? match_balance(m, *s, *p + 2) : match_again(m, *s, (*p)[1]);
    if (end == NULL)
        return false;
    *s = end;
    *p += (*p)[1] == 'b' ? 4 : 2;
    return true;
}

static bool is_special(const struct matcher *m, const char *p)
{
    return *p == '%' && p + 1 < m->pattern_end && memchr("bf0123456789", p[1], 12) != NULL;
}

enum step { GO_ON, DONE };

/* A single item and what follows it. GO_ON: *s and *p have moved on; DONE: *found is the answer. */
static enum step match_item(struct matcher *m, const char **s, const char **p, const char **found)
{
    const char *end = item_end(m, *p);
    char suffix = end != NULL && end < m->pattern_end ? *end : '\0';

    *found = NULL;
    if (end == NULL)
        return DONE;
    switch (suffix) {
    case '*':
        *found = match_most(m, *s, *p, end);
        return DONE;
    case '+':
        *found = item_matches(m, *s, *p, end) ? match_most(m, *s + 1, *p, end) : NULL;
        return DONE;
    case '-':
        *found = match_least(m, *s, *p, end);
        return DONE;
    case '?':
        if (item_matches(m, *s, *p, end) && (*found = match(m, *s + 1, end + 1)) != NULL)
            return DONE;
        *p = end + 1;
        return GO_ON;
    default:
        if (!item_matches(m, *s, *p, end))
            return DONE;
        ++*s;
        *p = end;
        return GO_ON;
    }
}

static const char *match_here(struct matcher *m, const char *s, const char *p)
{
    const char *found;

    while (p < m->pattern_end) {
        if (!spend(m, 1))
            return NULL;
        if (*p == '(')
            return p + 1 < m->pattern_end && p[1] == ')' ? open_capture(m, s, p + 2, POSITION)
                                                         : open_capture(m, s, p + 1, OPEN);
        if (*p == ')')
            return close_capture(m, s, p + 1);
        if (*p == '$' && p + 1 == m->pattern_end)
            return s == m->subject_end ? s : NULL;
        if (is_special(m, p)) {
            if (!match_special(m, &s, &p))
                return NULL;
        } else if (match_item(m, &s, &p, &found) == DONE) {
            return found;
        }
    }
    return s;
}

static const char *match(struct matcher *m, const char *s, const char *p)
{
    const char *found;

    if (m->depth == MAX_DEPTH)
        return fail(m, "pattern too complex");
    m->depth++;
    found = match_here(m, s, p);
    m->depth--;
    return m->fault == PE_TEXT_NO ? found : NULL;
}

/* ---- the whole ---- */

static struct matcher make_matcher(struct pe_text_job *job)
{
    return (struct matcher){
        .job = job,
        .subject = job->subject,
        .subject_end = job->subject + job->subject_length,
        .pattern_end = job->pattern + job->pattern_length,
        .fault = PE_TEXT_NO,
    };
}

static enum pe_text_result report(struct matcher *m, const char *start, const char *end,
                                  struct pe_text_found *found)
{
    unsigned i;

    for (i = 0; i < m->count; i++)
        if (m->captures[i].state == OPEN) {
            fail(m, "unfinished capture");
            return m->fault;
        }
    found->start = (size_t)(start - m->subject);
    found->end = (size_t)(end - m->subject);
    found->count = m->count;
    for (i = 0; i < m->count; i++)
        found->captures[i] = (struct pe_text_capture){
            (size_t)(m->captures[i].start - m->subject),
            m->captures[i].length,
            m->captures[i].state == POSITION,
        };
    return PE_TEXT_YES;
}

/* The first match of the pattern from p that begins at byte init or later, but does not end at
 * `never` (NULL: wherever); at init only when anchored. */
static enum pe_text_result search(struct matcher *m, const char *p, size_t init, bool anchored,
                                  const char *never, struct pe_text_found *found)
{
    const char *s = m->subject + init, *end;

    do {
        if (!spend(m, 1))
            break;
        m->count = 0;
        end = match(m, s, p);
        if (end != NULL && end != never)
            return report(m, s, end, found);
    } while (!anchored && s++ < m->subject_end);
    return m->fault;
}

static bool is_anchored(const struct pe_text_job *job)
{
    return job->pattern_length > 0 && job->pattern[0] == '^';
}

enum pe_text_result pe_text_match(struct pe_text_job *job, size_t init, struct pe_text_found *found)
{
    struct matcher m = make_matcher(job);
    bool anchored = is_anchored(job);

    if (init > job->subject_length)
        return PE_TEXT_NO;
    return search(&m, job->pattern + anchored, init, anchored, NULL, found);
}

enum pe_text_result pe_text_next(struct pe_text_job *job, struct pe_text_walk *walk,
                                 struct pe_text_found *found)
{
    struct matcher m = make_matcher(job);
    bool anchored = walk->anchors && is_anchored(job);
    const char *never = walk->last_end == PE_TEXT_START ? NULL : m.subject + walk->last_end;
    enum pe_text_result result;

    if (walk->at > job->subject_length)
        return PE_TEXT_NO;
    result = search(&m, job->pattern + anchored, walk->at, anchored, never, found);
    walk->at = walk->last_end = job->subject_length + 1;
    if (result == PE_TEXT_YES && !anchored)
        walk->at = walk->last_end = found->end;
    return result;
}
