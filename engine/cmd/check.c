/* check.c: judges snapshots; the default. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "cmd/baseline.h"
#include "cmd/filter.h"
#include "cmd/judging.h"
#include "cmd/output.h"

/* ---- snapshots ---- */

struct inputs {
    struct pe_input **items;
    size_t count;
};

static void free_inputs(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        pe_input_free(inputs->items[i]);
    free(inputs->items);
}

static int load_inputs(const struct pe_args *args, struct inputs *inputs)
{
    long max = PE_MAX_INPUT_BYTES;
    struct pe_err err = {0};

    *inputs = (struct inputs){0};
    if (args->max_bytes != NULL &&
        (max = pe_number_of(args, "--max-bytes", args->max_bytes, 1, PE_MAX_INPUT_BYTES)) < 0)
        return -1;
    if (args->operands.count == 0) {
        pe_complain("which snapshot? policyeval SNAPSHOT... (- is standard input)");
        return -1;
    }
    inputs->items = calloc(args->operands.count, sizeof *inputs->items);
    if (inputs->items == NULL)
        return pe_complain("out of memory"), -1;
    for (size_t i = 0; i < args->operands.count; i++) {
        if (pe_input_load(args->operands.items[i], (size_t)max, &inputs->items[i], &err) != 0) {
            pe_complain("%s", err.text);
            free_inputs(inputs);
            return -1;
        }
        inputs->count++;
    }
    return 0;
}

/* ---- check ---- */

/* Reports, and whether the gate is passed. */
static int report(const struct pe_args *args, struct pe_run *run,
                  const struct pe_baseline *baseline, const struct pe_outputs *outputs)
{
    struct pe_diff *diff = NULL;
    int result = run->passed ? PE_EXIT_PASS : PE_EXIT_FAIL;

    if (pe_baseline_compare(baseline, run, &diff) != 0)
        return PE_EXIT_TROUBLE;
    if (diff != NULL)
        result = diff->passed ? PE_EXIT_PASS : PE_EXIT_FAIL;
    if (pe_outputs_write(outputs, run, args) != 0)
        result = PE_EXIT_TROUBLE;
    pe_diff_free(diff);
    return result;
}

static int judge(const struct pe_args *args, struct pe_job *job, const struct pe_outputs *outputs)
{
    struct pe_baseline baseline;
    struct pe_run *run;
    struct pe_err err = {0};
    unsigned missing = 0;
    int result;

    job->walls_missing = &missing;
    if (pe_baseline_load(args, job, &baseline) != 0)
        return PE_EXIT_TROUBLE;
    result = pe_judge(job, &run, &err);
    pe_tell_walls(args, missing);
    if (result == 0) {
        result = report(args, run, &baseline, outputs);
        pe_run_free(run);
    } else {
        result = pe_complain_of(args, "%s", err.text);
    }
    pe_baseline_release(&baseline);
    return result;
}

static int run_check(const struct pe_args *args)
{
    struct pe_job job;
    struct pe_outputs outputs;
    struct pe_waivers *waivers = NULL;
    struct pe_pack_list packs = {0};
    struct inputs inputs = {0};
    int result = PE_EXIT_TROUBLE;

    if (args->ndjson)
        return pe_judging_of(args, 0, &job) != 0 ? PE_EXIT_USAGE : pe_run_filter(args, &job);
    if (args->max_line != NULL || args->expect_policies != NULL)
        return pe_complain("--max-line and --expect-policies are for --ndjson");
    if (pe_outputs_of_reports(args, &outputs) != 0 ||
        pe_judging_of(args, PE_EVIDENCE_DEFAULT, &job) != 0)
        return PE_EXIT_TROUBLE;
    if (pe_load_waivers(args, &job, &waivers) == 0 && pe_load_packs(args, &packs) == 0 &&
        load_inputs(args, &inputs) == 0) {
        job.waivers = waivers;
        job.packs = packs.items;
        job.pack_count = packs.count;
        job.inputs = inputs.items;
        job.input_count = inputs.count;
        result = judge(args, &job, &outputs);
        free_inputs(&inputs);
    }
    pe_free_packs(&packs);
    pe_waivers_free(waivers);
    return result;
}

static const char *const options[] = {"--pack",        "-o",
                                      "--only",        "--skip",
                                      "--param",       "--as-of",
                                      "--expect",      "--require-basis",
                                      "--waivers",     "--fail-on",
                                      "--owner",       "--strict-model",
                                      "--max-age",     "--now",
                                      "--baseline",    "--evidence",
                                      "--jobs",        "--max-bytes",
                                      "--cross-check", "--ndjson",
                                      "--max-line",    "--expect-policies",
                                      "--config",      "--no-config",
                                      "--sandbox",     "--color",
                                      "--quiet",       NULL};

const struct pe_command pe_command_check = {
    "check", "SNAPSHOT...", "Judge snapshots; the default. \"-\" is standard input.", options,
    run_check};
