/* baseline.c: a saved result that a run is compared with. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/baseline.h"

#include <string.h>

int pe_baseline_load(const struct pe_args *args, const struct pe_job *how,
                     struct pe_baseline *baseline)
{
    struct pe_err err = {0};

    *baseline = (struct pe_baseline){0};
    if (args->baseline == NULL)
        return 0;
    if (strcmp(args->baseline, "-") == 0)
        return pe_complain("--baseline takes a file"), -1;
    if (pe_input_load(args->baseline, 0, &baseline->input, &err) == 0 &&
        pe_run_load(baseline->input, how, &baseline->run, &err) == 0)
        return 0;
    pe_baseline_release(baseline);
    return pe_complain("%s", err.text), -1;
}

void pe_baseline_release(struct pe_baseline *baseline)
{
    pe_run_free(baseline->run);
    pe_input_free(baseline->input);
    *baseline = (struct pe_baseline){0};
}

int pe_baseline_compare(const struct pe_baseline *baseline, struct pe_run *run,
                        struct pe_diff **diff)
{
    struct pe_err err = {0};

    if (baseline->run == NULL)
        return 0;
    if (pe_compare(baseline->run, baseline->input, run, NULL, true, diff, &err) != 0)
        return pe_complain("%s", err.text), -1;
    run->baseline = *diff;
    return 0;
}
