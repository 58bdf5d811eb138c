/* merge.c: results of many tenants, as `check --ndjson` writes them, in one report. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "cmd/output.h"
#include "report/fleet.h"

static const char *const formats[] = {"text", "json", "csv", "html"};
enum { FORMATS = sizeof formats / sizeof formats[0] };

static void (*const renders[FORMATS])(const struct pe_fleet *, const struct pe_style *,
                                      struct pe_buf *) = {pe_fleet_text, pe_fleet_json,
                                                          pe_fleet_csv, pe_fleet_html};

static int render(const void *what, size_t format, const struct pe_style *style, char **text,
                  size_t *length)
{
    struct pe_buf out = {0};

    renders[format](what, style, &out);
    return pe_output_take(&out, text, length);
}

static int run_merge(const struct pe_args *args)
{
    unsigned missing = 0;
    struct pe_job job = {.sandbox = args->sandbox, .walls_missing = &missing};
    struct pe_outputs outputs;
    struct pe_fleet *fleet;
    struct pe_err err = {0};
    int result;

    if (pe_outputs_parse(args, formats, FORMATS, &outputs) != 0)
        return PE_EXIT_TROUBLE;
    if (args->operands.count == 0)
        return pe_complain("which results? policyeval merge RESULTS... (- is standard input)");
    result = pe_fleet_load(&args->operands, &args->before, &job, &fleet, &err);
    pe_tell_walls(args, missing);
    if (result != 0)
        return pe_complain("%s", err.text);
    result = pe_outputs_write_all(&outputs, args, render, fleet) != 0 ? PE_EXIT_TROUBLE : 0;
    pe_fleet_free(fleet);
    return result;
}

static const char *const options[] = {"--before", "-o", "--sandbox", "--color", "--quiet", NULL};

const struct pe_command pe_command_merge = {
    "merge", "RESULTS...", "Make one report of many tenants' results (check --ndjson).", options,
    run_merge};
