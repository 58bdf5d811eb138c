/* convert.c: a saved result in other formats. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "cmd/baseline.h"
#include "cmd/output.h"

/* What this version does not know would be missing from what it writes. */
static int refuse_strange(const struct pe_input *input, const struct pe_run *run)
{
    struct pe_place place = pe_run_passed_over(run);

    if (place.line == 0)
        return 0;
    pe_complain("%s: line %u, column %u: this version of policyeval does not know this member, and "
                "would leave it out",
                pe_input_name(input), (unsigned)place.line, (unsigned)place.column);
    return -1;
}

/* The comparison with a baseline is made anew, of the same file. */
static int check_baseline(const struct pe_input *input, const struct pe_run *run,
                          const struct pe_baseline *baseline)
{
    const char *digest = pe_run_baseline_sha256(run);

    if ((digest == NULL) != (baseline->input == NULL))
        return pe_complain(digest == NULL ? "%s was not compared with a baseline"
                                          : "%s was compared with a baseline: name it with "
                                            "--baseline",
                           pe_input_name(input)),
               -1;
    if (digest == NULL || strcmp(digest, pe_input_sha256(baseline->input)) == 0)
        return 0;
    return pe_complain("%s was compared with another baseline than %s", pe_input_name(input),
                       pe_input_name(baseline->input)),
           -1;
}

/* The snapshots of --snapshot. */
struct attached {
    struct pe_input **items;
    size_t count;
};

static void release(struct attached *attached)
{
    for (size_t i = 0; i < attached->count; i++)
        pe_input_free(attached->items[i]);
    free(attached->items);
}

static int attach(const struct pe_args *args, struct pe_run *run, struct attached *attached)
{
    struct pe_err err = {0};

    attached->items = calloc(args->snapshots.count + 1, sizeof(struct pe_input *));
    if (attached->items == NULL)
        return pe_complain("out of memory"), -1;
    for (size_t i = 0; i < args->snapshots.count; i++) {
        if (pe_input_load(args->snapshots.items[i], 0, &attached->items[i], &err) != 0)
            return pe_complain("%s", err.text), -1;
        attached->count++;
        if (pe_run_attach(run, attached->items[i], &err) != 0)
            return pe_complain("%s", err.text), -1;
    }
    return 0;
}

/* It judges nothing, so the verdict, which whoever saved the result was told, is no trouble. */
static int render(const struct pe_args *args, const struct pe_input *input, struct pe_run *run,
                  const struct pe_baseline *baseline, const struct pe_outputs *outputs)
{
    struct attached attached = {0};
    struct pe_diff *diff = NULL;
    int result = PE_EXIT_TROUBLE;

    if (refuse_strange(input, run) == 0 && check_baseline(input, run, baseline) == 0 &&
        attach(args, run, &attached) == 0 && pe_baseline_compare(baseline, run, &diff) == 0 &&
        pe_outputs_write(outputs, run, args) == 0)
        result = PE_EXIT_PASS;
    pe_diff_free(diff);
    release(&attached);
    return result;
}

static int convert(const struct pe_args *args, const struct pe_input *input,
                   const struct pe_outputs *outputs)
{
    struct pe_baseline baseline;
    struct pe_run *run;
    struct pe_err err = {0};
    unsigned missing = 0;
    struct pe_job how = {.sandbox = args->sandbox, .walls_missing = &missing};
    int result = pe_run_load(input, &how, &run, &err);

    if (result != 0) {
        pe_tell_walls(args, missing);
        return pe_complain("%s", err.text);
    }
    result = PE_EXIT_TROUBLE;
    if (pe_baseline_load(args, &how, &baseline) == 0) {
        pe_tell_walls(args, missing);
        result = render(args, input, run, &baseline, outputs);
        pe_baseline_release(&baseline);
    }
    pe_run_free(run);
    return result;
}

static int run_convert(const struct pe_args *args)
{
    struct pe_outputs outputs;
    struct pe_input *input;
    struct pe_err err = {0};
    int result;

    if (args->operands.count != 1)
        return pe_complain("convert takes one saved result: policyeval convert RESULT.json -o "
                           "FORMAT (- is standard input)");
    if (pe_outputs_of_reports(args, &outputs) != 0)
        return PE_EXIT_TROUBLE;
    if (pe_input_load(args->operands.items[0], 0, &input, &err) != 0)
        return pe_complain("%s", err.text);
    result = convert(args, input, &outputs);
    pe_input_free(input);
    return result;
}

static const char *const options[] = {"-o",        "--baseline", "--snapshot", "--pack",
                                      "--sandbox", "--color",    "--quiet",    NULL};

const struct pe_command pe_command_convert = {
    "convert", "RESULT", "Render a result that was saved with -o json in other formats.", options,
    run_convert};
