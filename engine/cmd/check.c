/* check.c: judges snapshots; the default. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "cmd/filter.h"
#include "cmd/output.h"

/* ---- numbers ---- */

static int evidence_of(const char *value, int default_, int *evidence)
{
    long number;

    *evidence = default_;
    if (value == NULL)
        return 0;
    if (strcmp(value, "all") == 0 || strcmp(value, "none") == 0) {
        *evidence = value[0] == 'a' ? PE_EVIDENCE_ALL : 0;
        return 0;
    }
    number = pe_number_of("--evidence (all, none or a number)", value, 0, 1000000);
    *evidence = (int)number;
    return number < 0 ? -1 : 0;
}

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
        (max = pe_number_of("--max-bytes", args->max_bytes, 1, PE_MAX_INPUT_BYTES)) < 0)
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

/* ---- outputs ---- */

enum { MOST_FORMATS = 32 };

static int parse_outputs(const struct pe_args *args, struct pe_outputs *outputs)
{
    size_t count, named = 0;
    const struct pe_report *const *reports = pe_reports(&count);
    const char *names[MOST_FORMATS];

    for (; named < count && named < MOST_FORMATS; named++)
        names[named] = pe_report_name(reports[named]);
    return pe_outputs_parse(args, names, named, outputs);
}

struct rendered {
    char *text;
    size_t length;
};

static int render_report(const struct pe_output *output, const struct pe_run *run,
                         const struct pe_args *args, struct rendered *rendered)
{
    struct pe_style style = pe_output_style(args, output);
    struct pe_err err = {0};
    size_t count;

    if (pe_render(pe_reports(&count)[output->format], run, &style, &rendered->text,
                  &rendered->length, &err) != 0)
        return pe_complain("%s", err.text), -1;
    return 0;
}

/* All are rendered before the first is written: a format that cannot be had leaves nothing. */
static int write_reports(const struct pe_outputs *outputs, const struct pe_run *run,
                         const struct pe_args *args)
{
    struct rendered rendered[PE_MAX_OUTPUTS] = {{0}};
    int result = 0;

    for (size_t i = 0; i < outputs->count && result == 0; i++)
        result = render_report(&outputs->items[i], run, args, &rendered[i]);
    for (size_t i = 0; i < outputs->count && result == 0; i++)
        result = pe_output_write(&outputs->items[i], rendered[i].text, rendered[i].length);
    for (size_t i = 0; i < outputs->count; i++)
        free(rendered[i].text);
    return result == 0 ? pe_close_output() : -1;
}

/* ---- check ---- */

static int judge(const struct pe_args *args, struct pe_job *job, const struct pe_outputs *outputs)
{
    struct pe_run *run;
    struct pe_err err = {0};
    unsigned missing = 0;
    int result;

    job->walls_missing = &missing;
    result = pe_judge(job, &run, &err);
    pe_tell_walls(args, missing);
    if (result != 0)
        return pe_complain("%s", err.text);
    result = run->passed ? PE_EXIT_PASS : PE_EXIT_FAIL;
    if (write_reports(outputs, run, args) != 0)
        result = PE_EXIT_TROUBLE;
    pe_run_free(run);
    return result;
}

static int run_filter(const struct pe_args *args, struct pe_job *job)
{
    if (evidence_of(args->evidence, 0, &job->evidence) != 0 || pe_jobs_of(args, &job->jobs) != 0)
        return PE_EXIT_USAGE;
    return pe_run_filter(args, job);
}

static int run_check(const struct pe_args *args)
{
    struct pe_job job = {.only = args->only,
                         .skip = args->skip,
                         .params = args->params,
                         .expect = args->expect,
                         .as_of = args->as_of,
                         .require_basis = args->require_basis,
                         .cross_check = args->cross_check,
                         .sandbox = args->sandbox};
    struct pe_outputs outputs;
    struct pe_pack_list packs = {0};
    struct inputs inputs = {0};
    int result = PE_EXIT_TROUBLE;

    if (args->ndjson)
        return run_filter(args, &job);
    if (args->max_line != NULL || args->expect_policies != NULL)
        return pe_complain("--max-line and --expect-policies are for --ndjson");
    if (parse_outputs(args, &outputs) != 0 ||
        evidence_of(args->evidence, PE_EVIDENCE_DEFAULT, &job.evidence) != 0 ||
        pe_jobs_of(args, &job.jobs) != 0)
        return PE_EXIT_TROUBLE;
    if (pe_load_packs(args, &packs) == 0 && load_inputs(args, &inputs) == 0) {
        job.packs = packs.items;
        job.pack_count = packs.count;
        job.inputs = inputs.items;
        job.input_count = inputs.count;
        result = judge(args, &job, &outputs);
        free_inputs(&inputs);
    }
    pe_free_packs(&packs);
    return result;
}

static const char *const options[] = {"--pack",
                                      "-o",
                                      "--only",
                                      "--skip",
                                      "--param",
                                      "--as-of",
                                      "--expect",
                                      "--require-basis",
                                      "--evidence",
                                      "--jobs",
                                      "--max-bytes",
                                      "--cross-check",
                                      "--ndjson",
                                      "--max-line",
                                      "--expect-policies",
                                      "--sandbox",
                                      "--color",
                                      "--quiet",
                                      NULL};

const struct pe_command pe_command_check = {
    "check", "SNAPSHOT...", "Judge snapshots; the default. \"-\" is standard input.", options,
    run_check};
