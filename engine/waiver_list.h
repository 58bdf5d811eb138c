/* waiver_list.h: waivers as they were read from their file; for waiver*.c, their digest and tests.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_WAIVER_LIST_H
#define PE_WAIVER_LIST_H

#include "base/arena.h"
#include "lib/time.h"
#include "wire.h"

struct pe_waivers {
    struct pe_arena arena;
    const char *file;
    char sha256[65];
    struct pe_waiver *items;
    struct pe_time_instant *ends; /* by waiver: the last instant at which it holds */
    size_t count, room, end_room;
};

/* Takes the record of one waiver; ud is a struct pe_waivers. As pe_ask wants it. */
int pe_waivers_take(void *ud, unsigned type, struct pe_in *in, const char **lie);

#endif
