/* area.h: which areas of a snapshot nobody collected.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A snapshot is put together from areas: a directory, a portal, a network, each read by somebody
 * else with another tool. What is unknown because a whole area is not there is one thing to do, not
 * fourteen. pack.lua names the areas, where they lie, and who collects them how; the snapshot lists
 * those that were collected.
 */
#ifndef PE_AREA_H
#define PE_AREA_H

#include "pack.h"

/* The pack's areas that the snapshot does not list as collected, a bit each. Where the list itself
 * is absent or wrong, those at none of whose pointers there is anything. Out of memory is the
 * scratch's to tell. */
uint64_t pe_area_uncollected(const struct pe_pack_def *pack, const struct pe_snapshot *snapshot,
                             struct pe_buf *scratch);

/* The first step of a JSON Pointer, unescaped enough to group by: "portals". Static "" when it has
 * none; else in the arena, and NULL when that is out of memory. */
const char *pe_area_of(struct pe_arena *arena, const char *pointer);

/* Whether a JSON Pointer leads into the area. */
bool pe_area_holds(const struct pe_area *area, const char *pointer);

#endif
