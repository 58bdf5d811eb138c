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

static int write_all(const struct pe_args *args, const struct pe_outputs *outputs,
                     const struct pe_fleet *fleet)
{
    struct pe_buf texts[PE_MAX_OUTPUTS] = {{0}};
    int result = 0;

    for (size_t i = 0; result == 0 && i < outputs->count; i++) {
        struct pe_style style = pe_output_style(args, &outputs->items[i]);
        renders[outputs->items[i].format](fleet, &style, &texts[i]);
        if (pe_buf_failed(&texts[i]))
            result = pe_complain("out of memory");
    }
    for (size_t i = 0; result == 0 && i < outputs->count; i++)
        result = pe_output_write(&outputs->items[i], texts[i].data, texts[i].length);
    for (size_t i = 0; i < outputs->count; i++)
        pe_buf_release(&texts[i]);
    return result != 0 ? -1 : pe_close_output();
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
    result = write_all(args, &outputs, fleet) != 0 ? PE_EXIT_TROUBLE : 0;
    pe_fleet_free(fleet);
    return result;
}

static const char *const options[] = {"--before", "-o", "--sandbox", "--color", "--quiet", NULL};

const struct pe_command pe_command_merge = {
    "merge", "RESULTS...", "Make one report of many tenants' results (check --ndjson).", options,
    run_merge};
