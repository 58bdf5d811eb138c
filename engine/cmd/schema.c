/* schema.c: prints the JSON Schema of a pack's model, or an empty snapshot to fill in. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/buf.h"
#include "cmd/command.h"

static int run_schema(const struct pe_args *args)
{
    struct pe_pack *pack;
    struct pe_buf text = {0};
    unsigned missing = 0;
    struct pe_job job = {.sandbox = args->sandbox, .walls_missing = &missing};
    struct pe_err err = {0};
    char *json;
    int result;

    if (pe_load_one_pack(args, &pack) != 0)
        return PE_EXIT_TROUBLE;
    result = args->skeleton == NULL ? pe_schema(pack, &job, &json, &err)
                                    : pe_skeleton(pack, &job, args->skeleton, &json, &err);
    pe_tell_walls(args, missing);
    pe_pack_free(pack);
    if (result != 0)
        return pe_complain("%s", err.text);
    pe_buf_adds(&text, json);
    pe_buf_addc(&text, '\n');
    free(json);
    return pe_print_all(&text) != 0 ? PE_EXIT_TROUBLE : PE_EXIT_PASS;
}

static const char *const options[] = {"--pack", "--skeleton", "--sandbox", NULL};

const struct pe_command pe_command_schema = {
    "schema", "[PACK]", "Print the JSON Schema of what a pack judges, or an empty snapshot.",
    options, run_schema};
