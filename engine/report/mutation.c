/* mutation.c: known survivors, and the score. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/mutation.h"

#include <string.h>

unsigned pe_mutation_score(const struct pe_mutation_report *report, size_t explained)
{
    size_t all = report->all[PE_MUTANT_VALUE] + report->all[PE_MUTANT_LOST] - explained;
    size_t killed = report->killed[PE_MUTANT_VALUE] + report->killed[PE_MUTANT_LOST];

    return all == 0 ? 0 : (unsigned)(killed * 10000 / all);
}

size_t pe_mutation_explained(const struct pe_mutation_view *view, enum pe_mutant_kind kind)
{
    size_t explained = 0;

    for (size_t i = 0; i < view->report->survivor_count; i++)
        explained += view->explained[i] && view->report->survivors[i].kind == kind;
    return explained;
}

/* `*` stands for any bytes. */
static bool is_like(const char *pattern, const char *pattern_end, const char *text,
                    const char *text_end)
{
    const char *star = NULL, *from = text;

    while (text < text_end) {
        if (pattern < pattern_end && *pattern == '*') {
            star = ++pattern;
            from = text;
        } else if (pattern < pattern_end && *pattern == *text) {
            pattern++;
            text++;
        } else if (star != NULL) {
            pattern = star;
            text = ++from;
        } else {
            return false;
        }
    }
    while (pattern < pattern_end && *pattern == '*')
        pattern++;
    return pattern == pattern_end;
}

static bool is_word(const char *pattern, const char *word)
{
    return is_like(pattern, pattern + strlen(pattern), word, word + strlen(word));
}

/* Step by step; `**` as the last one stands for all that follow. */
static bool is_pointer(const char *pattern, const char *pointer)
{
    size_t step, length;

    while (*pattern == '/' && *pointer == '/') {
        step = strcspn(++pattern, "/");
        length = strcspn(++pointer, "/");
        if (strcmp(pattern, "**") == 0)
            return true;
        if (!is_like(pattern, pattern + step, pointer, pointer + length))
            return false;
        pattern += step;
        pointer += length;
    }
    return *pattern == '\0' && *pointer == '\0';
}

bool pe_known_match(struct pe_known_list *known, const struct pe_survivor *survivor)
{
    for (size_t i = 0; i < known->count; i++) {
        struct pe_known *item = &known->items[i];
        if (!is_word(item->control, survivor->control) || !is_word(item->where, survivor->where) ||
            !is_word(item->change, survivor->change) ||
            (strcmp(item->pointer, "*") != 0 && !is_pointer(item->pointer, survivor->pointer)))
            continue;
        item->used++;
        return true;
    }
    return false;
}
