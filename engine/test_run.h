/* test_run.h: runs a pack's own tests (lua/test_file.h).
 * SPDX-License-Identifier: Apache-2.0
 *
 * A case changes its base snapshot, judges every rule of its control anew, and compares: a rule
 * that the case expects something of must end so, any other as it does on the unchanged base. An
 * error that is not expected fails the case, also where the base has it already.
 *
 * Several workers may share the cases: each loads all files and runs every shards-th case. What
 * is wrong with a file is then found by all of them.
 */
#ifndef PE_TEST_RUN_H
#define PE_TEST_RUN_H

#include "coverage.h"
#include "lua/script.h"

struct pe_test_run {
    struct pe_script *script;
    struct pe_pack_def *pack;        /* loaded by the script; parameters change while a case runs */
    const struct pe_files *fixtures; /* bases that the pack's tests/ lacks; NULL: none */
    struct pe_strings only;          /* selectors; a control runs when one of its rules is taken */
    unsigned shard, shards;          /* 0 shards: one */
    struct pe_coverage_log *coverage; /* opened; what the cases reach is added */
    /* number: of the case, among all. Its texts are gone after the call. */
    void (*report)(void *ud, size_t number, const struct pe_test_case *result);
    void *ud;
    size_t count; /* of cases in all shards; filled */
};

/* Runs the files tests/ID.lua in the order of their names. Failed cases are no errors. Errors are
 * PE_ERR_PACK: no tests, a file that is not as it must be, a base that is nowhere or no JSON;
 * PE_ERR_USAGE: the selectors take no test. */
int pe_test_run(struct pe_test_run *run, struct pe_err *err);

#endif
