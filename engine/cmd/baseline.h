/* baseline.h: a saved result that a run is compared with (--baseline).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_CMD_BASELINE_H
#define PE_CMD_BASELINE_H

#include "cmd/command.h"

struct pe_baseline {
    struct pe_input *input; /* NULL: none was given */
    struct pe_run *run;
};

/* Of how only what is about the sandbox counts. -1 after complaining. */
int pe_baseline_load(const struct pe_args *args, const struct pe_job *how,
                     struct pe_baseline *baseline);
void pe_baseline_release(struct pe_baseline *baseline);

/* Compares, and hangs the comparison, which the caller frees, into the run, for its reports. Leaves
 * *diff NULL without a baseline. -1 after complaining. */
int pe_baseline_compare(const struct pe_baseline *baseline, struct pe_run *run,
                        struct pe_diff **diff);

#endif
