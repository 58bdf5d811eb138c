/* fleet.h: results of many tenants, as they are gathered.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A worker reads the lines, one after the other; what it says of each is added here. A tenant in a
 * service is one entry; of several lines about it the last counts. Memory: a byte a control and the
 * names, for each tenant.
 */
#ifndef PE_FLEET_H
#define PE_FLEET_H

#include "api.h"
#include "child.h"
#include "ndlines.h"
#include "tally.h"

/* One line, and then one tenant. */
struct pe_fleet_entry {
    const char *tenant, *service, *sha256;
    bool passed;
    uint8_t *statuses; /* by control in the order of discovery: status, owner << 4 */
    size_t count;      /* of statuses; controls that were discovered later are not judged */
    size_t number;     /* of the line, over all files */
};

struct pe_fleet_entries {
    struct pe_fleet_entry *items;
    size_t count, room;
};

struct pe_fleet_gather {
    struct pe_arena arena; /* of all that stays */
    struct pe_fleet_control *controls;
    size_t control_count, control_room;
    struct pe_fleet_entries now, before;
    struct pe_fleet_unjudged *unjudged;
    size_t unjudged_count, unjudged_room;
    const char **policies;
    size_t policy_count, policy_room;
    size_t lines, repeated;
};

/* Adds what one line says; of lines from before only entries are kept. Texts are copied. */
int pe_fleet_add(struct pe_fleet_gather *gather, const struct pe_tally *tally, const char *file,
                 uint64_t line, bool before, struct pe_err *err);

/* Everything in its order, in gather's arena. */
int pe_fleet_settle(struct pe_fleet_gather *gather, bool compared, struct pe_fleet *fleet,
                    struct pe_err *err);

void pe_fleet_gather_release(struct pe_fleet_gather *gather);

#endif
