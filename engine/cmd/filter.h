/* filter.h: check --ndjson: a snapshot a line in, a result a line out.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_CMD_FILTER_H
#define PE_CMD_FILTER_H

#include "cmd/command.h"

/* The job lacks its packs and waivers. Returns an exit status of a filter. */
int pe_run_filter(const struct pe_args *args, struct pe_job *job);

#endif
