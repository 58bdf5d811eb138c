/* version.c: which program this is, and what sandbox it has here. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "cmd/command.h"

static const char *has(unsigned missing, unsigned wall)
{
    return (missing & wall) == 0 ? "yes" : "no";
}

static int run_version(const struct pe_args *args)
{
    unsigned missing = pe_walls_missing();
    struct pe_buf text = {0};

    (void)args;
    pe_buf_adds(&text, "policyeval " PE_VERSION "\n");
    pe_buf_printf(&text, "sandbox here: seccomp %s, limits %s, Landlock %s\n",
                  has(missing, PE_WALL_SECCOMP), has(missing, PE_WALL_LIMITS),
                  has(missing, PE_WALL_LANDLOCK));
    return pe_print_all(&text) != 0 ? PE_EXIT_TROUBLE : PE_EXIT_PASS;
}

static const char *const options[] = {NULL};

const struct pe_command pe_command_version = {
    "version", "", "Print the version, and what sandbox this system gives.", options, run_version};
