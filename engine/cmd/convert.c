/* convert.c: a saved result in other formats. */
/* SPDX-License-Identifier: Apache-2.0 */
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

static int convert(const struct pe_args *args, const struct pe_input *input,
                   const struct pe_outputs *outputs)
{
    struct pe_run *run;
    struct pe_err err = {0};
    unsigned missing = 0;
    struct pe_job how = {.sandbox = args->sandbox, .walls_missing = &missing};
    int result = pe_run_load(input, &how, &run, &err);

    pe_tell_walls(args, missing);
    if (result != 0)
        return pe_complain("%s", err.text);
    /* It judged nothing: whoever saved the result was told its verdict. */
    if (refuse_strange(input, run) != 0 || pe_outputs_write(outputs, run, args) != 0)
        result = PE_EXIT_TROUBLE;
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

static const char *const options[] = {"-o", "--sandbox", "--color", "--quiet", NULL};

const struct pe_command pe_command_convert = {
    "convert", "RESULT", "Render a result that was saved with -o json in other formats.", options,
    run_convert};
