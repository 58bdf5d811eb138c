/* check.c: judges snapshots; the default. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "cmd/command.h"

/* ---- numbers ---- */

/* A whole number from low to high; -1 after complaining. */
static long number_of(const char *option, const char *value, long low, long high)
{
    char *end;
    long number = strtol(value, &end, 10);

    if (*value >= '0' && *value <= '9' && *end == '\0' && number >= low && number <= high)
        return number;
    pe_complain("%s takes a whole number from %ld to %ld", option, low, high);
    return -1;
}

static int evidence_of(const char *value, int *evidence)
{
    long number;

    *evidence = PE_EVIDENCE_DEFAULT;
    if (value == NULL)
        return 0;
    if (strcmp(value, "all") == 0 || strcmp(value, "none") == 0) {
        *evidence = value[0] == 'a' ? PE_EVIDENCE_ALL : 0;
        return 0;
    }
    number = number_of("--evidence (all, none or a number)", value, 0, 1000000);
    *evidence = (int)number;
    return number < 0 ? -1 : 0;
}

static int jobs_of(const char *value, unsigned *jobs)
{
    long number = value == NULL ? 1 : number_of("--jobs", value, 1, 1024);

    *jobs = (unsigned)number;
    return number < 0 ? -1 : 0;
}

/* ---- the gate ---- */

static int severity_of(const char *word, enum pe_severity *severity)
{
    for (unsigned i = PE_LOW; i < PE_SEVERITY_COUNT; i++)
        if (word == NULL || strcmp(word, pe_severity_word((enum pe_severity)i)) == 0)
            return *severity = (enum pe_severity)i, 0;
    pe_complain("--fail-on takes low, medium, high or critical");
    return -1;
}

static int owner_of(const char *word, unsigned *owners)
{
    for (unsigned i = 0; i < PE_OWNER_COUNT; i++)
        if (strcmp(word, pe_owner_word((enum pe_owner)i)) == 0)
            return *owners |= 1u << i, 0;
    pe_complain("--owner takes provider, customer and shared, with commas between");
    return -1;
}

static int gate_of(const struct pe_args *args, struct pe_gate *gate)
{
    *gate = (struct pe_gate){
        .strict_model = args->strict_model, .max_age = args->max_age, .now = args->now};
    for (size_t i = 0; i < args->owners.count; i++)
        if (owner_of(args->owners.items[i], &gate->owners) != 0)
            return -1;
    return severity_of(args->fail_on, &gate->fail_on);
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
        (max = number_of("--max-bytes", args->max_bytes, 1, PE_MAX_INPUT_BYTES)) < 0)
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

struct output {
    const struct pe_report *report;
    const char *file; /* NULL: standard output */
};

struct outputs {
    struct output items[PE_MAX_OUTPUTS];
    size_t count;
};

static int unknown_format(const char *name)
{
    size_t count;
    const struct pe_report *const *reports = pe_reports(&count);
    char known[200] = "";

    for (size_t i = 0; i < count; i++) {
        strncat(known, i == 0 ? "" : ", ", sizeof known - strlen(known) - 1);
        strncat(known, pe_report_name(reports[i]), sizeof known - strlen(known) - 1);
    }
    pe_complain("-o: there is no format %.40s; there are %s", name, known);
    return -1;
}

static int parse_output(const char *value, struct output *output)
{
    const char *colon = strchr(value, ':');
    size_t length = colon == NULL ? strlen(value) : (size_t)(colon - value);
    char name[40];

    if (length >= sizeof name)
        return unknown_format(value);
    memcpy(name, value, length);
    name[length] = '\0';
    output->report = pe_report_find(name);
    output->file = colon == NULL ? NULL : colon + 1;
    if (output->report == NULL)
        return unknown_format(name);
    if (colon != NULL && colon[1] == '\0')
        return pe_complain("-o %s: needs a file", name), -1;
    return 0;
}

static int parse_outputs(const struct pe_args *args, struct outputs *outputs)
{
    size_t to_stdout = 0;

    *outputs = (struct outputs){.items = {{pe_report_find("text"), NULL}}, .count = 1};
    if (args->outputs.count == 0)
        return 0;
    if (args->outputs.count > PE_MAX_OUTPUTS)
        return pe_complain("-o is given more than %d times", PE_MAX_OUTPUTS), -1;
    outputs->count = args->outputs.count;
    for (size_t i = 0; i < outputs->count; i++) {
        if (parse_output(args->outputs.items[i], &outputs->items[i]) != 0)
            return -1;
        to_stdout += outputs->items[i].file == NULL;
        for (size_t j = 0; j < i; j++)
            if (outputs->items[i].file != NULL && outputs->items[j].file != NULL &&
                strcmp(outputs->items[i].file, outputs->items[j].file) == 0)
                return pe_complain("-o: two reports go to %.200s", outputs->items[i].file), -1;
    }
    if (to_stdout > 1)
        return pe_complain("-o: only one report can go to standard output; name a file: -o "
                           "json:out.json"),
               -1;
    return 0;
}

static int write_report(const struct output *output, const struct pe_run *run,
                        const struct pe_args *args)
{
    struct pe_style style = pe_style_of(args);
    struct pe_err err = {0};
    char *text;
    size_t length;
    int result;

    if (output->file != NULL && args->color == NULL) /* a file is no terminal */
        style.colour = false;
    if (output->file != NULL)
        style.width = 0;
    if (pe_render(output->report, run, &style, &text, &length, &err) != 0)
        return pe_complain("%s", err.text), -1;
    result =
        output->file != NULL ? pe_write_file(output->file, text, length) : pe_print(text, length);
    free(text);
    return result;
}

static int write_reports(const struct outputs *outputs, const struct pe_run *run,
                         const struct pe_args *args)
{
    for (size_t i = 0; i < outputs->count; i++)
        if (write_report(&outputs->items[i], run, args) != 0)
            return -1;
    return pe_close_output();
}

/* ---- check ---- */

static int judge(const struct pe_args *args, struct pe_job *job, const struct outputs *outputs)
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

/* Standard input is for snapshots. */
static int load_waivers(const struct pe_args *args, const struct pe_job *job,
                        struct pe_waivers **waivers)
{
    struct pe_err err = {0};

    if (args->waivers == NULL)
        return 0;
    if (strcmp(args->waivers, "-") == 0)
        return pe_complain("--waivers takes a file"), -1;
    if (pe_waivers_load(args->waivers, job, waivers, &err) != 0)
        return pe_complain("%s", err.text), -1;
    return 0;
}

static int run_check(const struct pe_args *args)
{
    struct pe_job job = {.only = args->only,
                         .skip = args->skip,
                         .params = args->params,
                         .expect = args->expect,
                         .as_of = args->as_of,
                         .cross_check = args->cross_check,
                         .settings = args->settings,
                         .sandbox = args->sandbox};
    struct outputs outputs;
    struct pe_waivers *waivers = NULL;
    struct pe_pack_list packs = {0};
    struct inputs inputs = {0};
    int result = PE_EXIT_TROUBLE;

    if (parse_outputs(args, &outputs) != 0 || evidence_of(args->evidence, &job.evidence) != 0 ||
        jobs_of(args->jobs, &job.jobs) != 0 || gate_of(args, &job.gate) != 0)
        return PE_EXIT_TROUBLE;
    if (load_waivers(args, &job, &waivers) == 0 && pe_load_packs(args, &packs) == 0 &&
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

static const char *const options[] = {"--pack",
                                      "-o",
                                      "--only",
                                      "--skip",
                                      "--param",
                                      "--as-of",
                                      "--expect",
                                      "--waivers",
                                      "--fail-on",
                                      "--owner",
                                      "--strict-model",
                                      "--max-age",
                                      "--now",
                                      "--evidence",
                                      "--jobs",
                                      "--max-bytes",
                                      "--cross-check",
                                      "--config",
                                      "--no-config",
                                      "--sandbox",
                                      "--color",
                                      "--quiet",
                                      NULL};

const struct pe_command pe_command_check = {
    "check", "SNAPSHOT...", "Judge snapshots; the default. \"-\" is standard input.", options,
    run_check};
