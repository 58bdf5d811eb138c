/* judging.h: what snapshots are judged by, from options and settings.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_CMD_JUDGING_H
#define PE_CMD_JUDGING_H

#include "cmd/command.h"

/* Fills a job but for its packs, inputs and waivers; evidence: how much where nobody says. -1 after
 * complaining. */
int pe_judging_of(const struct pe_args *args, int evidence, struct pe_job *job);

#endif
