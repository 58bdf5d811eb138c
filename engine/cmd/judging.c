/* judging.c: what snapshots are judged by, from options and settings. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/judging.h"

#include <string.h>

#include "cmd/output.h"

/* ---- numbers ---- */

static int evidence_of(const struct pe_args *args, int default_, int *evidence)
{
    const char *value = args->evidence;
    long number;

    *evidence = default_;
    if (value == NULL)
        return 0;
    if (strcmp(value, "all") == 0 || strcmp(value, "none") == 0) {
        *evidence = value[0] == 'a' ? PE_EVIDENCE_ALL : 0;
        return 0;
    }
    number = pe_number_of(args, "--evidence (all, none or a number)", value, 0, 1000000);
    *evidence = (int)number;
    return number < 0 ? -1 : 0;
}

/* ---- the gate ---- */

static int severity_of(const struct pe_args *args, enum pe_severity *severity)
{
    const char *word = args->fail_on;

    for (unsigned i = PE_LOW; i < PE_SEVERITY_COUNT; i++)
        if (word == NULL || strcmp(word, pe_severity_word((enum pe_severity)i)) == 0)
            return *severity = (enum pe_severity)i, 0;
    pe_complain_of(args, "--fail-on takes low, medium, high or critical");
    return -1;
}

static int owner_of(const struct pe_args *args, const char *word, unsigned *owners)
{
    for (unsigned i = 0; i < PE_OWNER_COUNT; i++)
        if (strcmp(word, pe_owner_word((enum pe_owner)i)) == 0)
            return *owners |= 1u << i, 0;
    pe_complain_of(args, "--owner takes provider, customer and shared, with commas between");
    return -1;
}

static int gate_of(const struct pe_args *args, struct pe_gate *gate)
{
    *gate = (struct pe_gate){
        .strict_model = args->strict_model, .max_age = args->max_age, .now = args->now};
    for (size_t i = 0; i < args->owners.count; i++)
        if (owner_of(args, args->owners.items[i], &gate->owners) != 0)
            return -1;
    return severity_of(args, &gate->fail_on);
}

/* ---- all of it ---- */

int pe_judging_of(const struct pe_args *args, int evidence, struct pe_job *job)
{
    *job = (struct pe_job){.only = args->only,
                           .skip = args->skip,
                           .params = args->params,
                           .expect = args->expect,
                           .as_of = args->as_of,
                           .require_basis = args->require_basis,
                           .cross_check = args->cross_check,
                           .settings = args->settings,
                           .sandbox = args->sandbox};
    if (evidence_of(args, evidence, &job->evidence) != 0 || pe_jobs_of(args, &job->jobs) != 0)
        return -1;
    return gate_of(args, &job->gate);
}
