/* run_load.c: a saved result, asked of a worker. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "base/err.h"
#include "saved.h"

static int take_part(void *ud, unsigned type, struct pe_in *in, const char **lie)
{
    return type == PE_RECORD_SAVED ? pe_saved_take(ud, in, lie) : -1;
}

/* A worker's complaint, behind the name of the file. */
static int complain(const struct pe_input *input, const struct pe_err *own, struct pe_err *err)
{
    if (own->kind == PE_ERR_INPUT)
        return pe_err_set(err, own->kind, "%s: %s", pe_input_name(input), own->text);
    return pe_err_set(err, own->kind, "%s", own->text);
}

static int load(const struct pe_input *input, const struct pe_job *job,
                struct pe_run_memory *memory, struct pe_err *err)
{
    struct pe_job sandbox = pe_ask_sandbox(job);
    struct pe_task task = {.kind = PE_TASK_SAVED,
                           .bytes = input->bytes.data,
                           .length = input->bytes.length,
                           .job = &sandbox};
    struct pe_saved_in s = pe_saved_begin(&memory->arena, input->bytes.length);
    struct pe_err own = {0};
    const char *lie = NULL;

    if (pe_ask(&task, NULL, &memory->arena, 1, take_part, &s, &own) != 0)
        return complain(input, &own, err);
    if (pe_saved_end(&s, &lie) != 0)
        return pe_err_set(err, PE_ERR_WORKER,
                          "the worker for a saved result sent an impossible answer (%s)", lie);
    memory->run = s.saved.run;
    memory->passed_over = (struct pe_place){.line = s.saved.at_line, .column = s.saved.at_column};
    memcpy(memory->baseline, s.saved.baseline, sizeof memory->baseline);
    return s.saved.is_result;
}

int pe_run_try_load(const struct pe_input *input, const struct pe_job *job, struct pe_run **run,
                    struct pe_err *err)
{
    struct pe_run_memory *memory = calloc(1, sizeof *memory);
    int result;

    if (memory == NULL)
        return pe_err_memory(err);
    result = load(input, job, memory, err);
    if (result > 0) {
        *run = &memory->run;
        return 0;
    }
    pe_run_free(&memory->run);
    if (result == 0)
        *run = NULL;
    return result;
}

int pe_run_load(const struct pe_input *input, const struct pe_job *job, struct pe_run **run,
                struct pe_err *err)
{
    struct pe_run *loaded;

    if (pe_run_try_load(input, job, &loaded, err) != 0)
        return -1;
    if (loaded == NULL)
        return pe_err_set(err, PE_ERR_INPUT,
                          "%s: line 1, column 1: this is no saved result, as policyeval -o json "
                          "writes it (the member schema does not say so)",
                          pe_input_name(input));
    *run = loaded;
    return 0;
}

const char *pe_run_baseline_sha256(const struct pe_run *run)
{
    const char *digest = ((const struct pe_run_memory *)run)->baseline;

    return digest[0] == '\0' ? NULL : digest;
}

struct pe_place pe_run_passed_over(const struct pe_run *run)
{
    return ((const struct pe_run_memory *)run)->passed_over;
}
