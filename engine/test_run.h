/* test_run.h: runs a pack's own tests (lua/test_file.h).
 * SPDX-License-Identifier: Apache-2.0
 *
 * A case changes its base snapshot, judges every rule of its control anew, and compares: a rule
 * that the case expects something of must end so, any other as it does on the unchanged base. An
 * error that is not expected fails the case, also where the base has it already.
 *
 * A rule is covered when over all cases that were run, their bases included, it once passed and
 * once ended as fail, unknown or error: then some test would notice if it no longer judged
 * anything. Not applicable alone proves nothing.
 */
#ifndef PE_TEST_RUN_H
#define PE_TEST_RUN_H

#include "lua/script.h"

struct pe_test_run {
    struct pe_script *script;
    struct pe_pack_def *pack;        /* loaded by the script; parameters change while a case runs */
    const struct pe_files *fixtures; /* bases that the pack's tests/ lacks; NULL: none */
    struct pe_strings only;          /* selectors; a control runs when one of its rules is taken */
    void (*report)(void *ud, const struct pe_test_case *result); /* texts are gone after it */
    void *ud;
    size_t count, failed; /* of cases; filled */
};

/* Runs the files tests/ID.lua in the order of their names. uncovered, of the selected rules, is
 * "CONTROL/RULE" in the order of the pack and lives as long as the script. Failed cases are no
 * errors. Errors are PE_ERR_PACK: no tests, a file that is not as it must be, a base that is
 * nowhere or no JSON; PE_ERR_USAGE: the selectors take no test. */
int pe_test_run(struct pe_test_run *run, struct pe_strings *uncovered, struct pe_err *err);

#endif
