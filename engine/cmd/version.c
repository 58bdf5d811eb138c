/* version.c: which program this is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cmd/command.h"

static int run_version(const struct pe_args *args)
{
    static const char text[] = "policyeval " PE_VERSION "\n";

    (void)args;
    if (pe_print(text, strlen(text)) != 0 || pe_close_output() != 0)
        return PE_EXIT_TROUBLE;
    return PE_EXIT_PASS;
}

static const char *const options[] = {NULL};

const struct pe_command pe_command_version = {"version", "", "Print the version.", options,
                                              run_version};
