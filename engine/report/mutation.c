/* mutation.c: known survivors, and the score. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/mutation.h"

#include <string.h>

unsigned pe_mutation_score(const struct pe_mutation_report *report)
{
    size_t all = report->all[PE_MUTANT_VALUE] + report->all[PE_MUTANT_LOST];
    size_t killed = report->killed[PE_MUTANT_VALUE] + report->killed[PE_MUTANT_LOST];

    return all == 0 ? 0 : (unsigned)(killed * 10000 / all);
}

static bool is_word(const char *pattern, const char *word)
{
    return strcmp(pattern, "*") == 0 || strcmp(pattern, word) == 0;
}

/* Step by step; the steps of the pointer are at least as many as those of the pattern. */
static bool is_pointer(const char *pattern, const char *pointer)
{
    size_t step, length;

    while (*pattern == '/' && *pointer == '/') {
        step = strcspn(++pattern, "/");
        length = strcspn(++pointer, "/");
        if (!(step == 1 && *pattern == '*') &&
            (step != length || memcmp(pattern, pointer, step) != 0))
            return false;
        pattern += step;
        pointer += length;
    }
    return *pattern == '\0' && *pointer == '\0';
}

/* "OLD -> NEW": either may be `*`. */
static bool is_change(const char *pattern, const char *change)
{
    const char *arrow = strstr(pattern, PE_ARROW), *own = strstr(change, PE_ARROW);
    size_t length;

    if (is_word(pattern, change))
        return true;
    if (arrow == NULL || own == NULL)
        return false;
    length = (size_t)(arrow - pattern);
    if (!(length == 1 && *pattern == '*') &&
        (length != (size_t)(own - change) || memcmp(pattern, change, length) != 0))
        return false;
    return is_word(arrow + strlen(PE_ARROW), own + strlen(PE_ARROW));
}

bool pe_known_match(struct pe_known_list *known, const struct pe_survivor *survivor)
{
    for (size_t i = 0; i < known->count; i++) {
        struct pe_known *item = &known->items[i];
        if (!is_word(item->control, survivor->control) || !is_word(item->where, survivor->where) ||
            !is_change(item->change, survivor->change) ||
            (!is_word(item->pointer, survivor->pointer) &&
             !is_pointer(item->pointer, survivor->pointer)))
            continue;
        item->used++;
        return true;
    }
    return false;
}
