/* unknowns.h: what could not be judged, put together by area and by reason.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An area is what a person collects in one go: one that the pack declares and the snapshot does not
 * list, else the first step of a pointer. A group's key is the area; "" is outside the snapshot,
 * "/" the whole of it, and one that begins with a tab was not collected.
 */
#ifndef PE_REPORT_UNKNOWNS_H
#define PE_REPORT_UNKNOWNS_H

#include "report/group.h"

/* {.result, .lang}; the caller releases the arena, and asks it whether memory ran out. */
struct pe_unknowns {
    const struct pe_result *result;
    enum pe_lang lang; /* in which reasons are compared */
    struct pe_arena arena;
    struct pe_group_items list;
    size_t rules; /* that have unknowns */
};

/* Collects, and returns the areas, those that were not collected and those with the most rules
 * first; NULL and 0 for none. */
struct pe_group *pe_unknowns_areas(struct pe_unknowns *all, size_t *count);

/* The reasons of an area, whose items it sorts anew. Those that differ only in the element they
 * name are one. */
struct pe_group *pe_unknowns_reasons(struct pe_unknowns *all, struct pe_group *area, size_t *count);

/* The declared area that was not collected, whose unknowns a group holds; NULL: it is none. */
const struct pe_area *pe_unknowns_uncollected(const struct pe_group *group);

/* How many different texts a reason has. */
size_t pe_unknowns_count_texts(struct pe_unknowns *all, const struct pe_group *reason);

#endif
