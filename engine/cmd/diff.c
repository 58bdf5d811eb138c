/* diff.c: what changed between two snapshots, or two saved results. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cmd/output.h"
#include "report/diff.h"

/* One of the two: a snapshot that is judged here, or a saved result. */
struct side {
    struct pe_input *input;
    struct pe_run *run;
};

static void release(struct side *side)
{
    pe_run_free(side->run);
    pe_input_free(side->input);
}

static int judge(const struct pe_args *args, const struct pe_pack_list *packs, struct pe_job *job,
                 struct side *side, struct pe_err *err)
{
    job->packs = packs->items;
    job->pack_count = packs->count;
    job->inputs = &side->input;
    job->input_count = 1;
    job->only = args->only;
    job->skip = args->skip;
    job->params = args->params;
    job->as_of = args->as_of;
    job->require_basis = args->require_basis;
    job->evidence = PE_EVIDENCE_ALL; /* what differs may be anywhere */
    return pe_judge(job, &side->run, err);
}

/* Judges the file, unless it is a saved result. */
static int load(const struct pe_args *args, const struct pe_pack_list *packs, const char *path,
                unsigned *missing, struct side *side, bool *judged)
{
    struct pe_job job = {.sandbox = args->sandbox, .walls_missing = missing, .jobs = 1};
    struct pe_err err = {0};

    if (pe_input_load(path, 0, &side->input, &err) != 0 ||
        pe_run_try_load(side->input, &job, &side->run, &err) != 0)
        return pe_complain("%s", err.text), -1;
    if (side->run != NULL)
        return 0;
    *judged = true;
    if (judge(args, packs, &job, side, &err) != 0)
        return pe_complain_of(args, "%s", err.text), -1;
    return 0;
}

/* ---- output ---- */

static const char *const formats[] = {"text", "json", "markdown"};

static int render(const void *what, size_t format, const struct pe_style *style, char **text,
                  size_t *length)
{
    const struct pe_diff *diff = what;
    struct pe_buf out = {0};

    if (format == 0)
        pe_diff_text(diff, style, &out);
    else if (format == 1)
        pe_diff_json(diff, &out);
    else
        pe_diff_markdown(diff, style, &out);
    if (pe_buf_failed(&out)) {
        pe_buf_release(&out);
        return pe_complain("out of memory"), -1;
    }
    *text = out.data;
    *length = out.length;
    return 0;
}

static int compare(const struct pe_args *args, const struct pe_outputs *outputs,
                   const struct side *before, const struct side *after)
{
    struct pe_diff *diff;
    struct pe_err err = {0};
    int result;

    if (pe_compare(before->run, before->input, after->run, after->input, false, &diff, &err) != 0)
        return pe_complain("%s", err.text);
    result = diff->passed ? PE_EXIT_PASS : PE_EXIT_FAIL;
    if (pe_outputs_write_all(outputs, args, render, diff) != 0)
        result = PE_EXIT_TROUBLE;
    pe_diff_free(diff);
    return result;
}

/* Options that say how to judge are a mistake where nothing is judged. */
static int check_use(const struct pe_args *args, bool judged)
{
    if (judged || (args->packs.count == 0 && args->only.count == 0 && args->skip.count == 0 &&
                   args->params.count == 0 && args->as_of == NULL && args->require_basis == NULL))
        return 0;
    pe_complain("both are saved results: options that say how to judge have no use");
    return -1;
}

static int run_diff(const struct pe_args *args)
{
    struct pe_outputs outputs;
    struct pe_pack_list packs = {0};
    struct side before = {0}, after = {0};
    bool judged = false;
    unsigned missing = 0;
    int result = PE_EXIT_TROUBLE;

    if (args->operands.count != 2)
        return pe_complain("diff takes two snapshots or saved results: policyeval diff BEFORE "
                           "AFTER");
    if (pe_outputs_parse(args, formats, sizeof formats / sizeof formats[0], &outputs) != 0)
        return PE_EXIT_TROUBLE;
    if (pe_load_packs(args, &packs) == 0 &&
        load(args, &packs, args->operands.items[0], &missing, &before, &judged) == 0 &&
        load(args, &packs, args->operands.items[1], &missing, &after, &judged) == 0 &&
        check_use(args, judged) == 0)
        result = compare(args, &outputs, &before, &after);
    pe_tell_walls(args, missing);
    release(&before);
    release(&after);
    pe_free_packs(&packs);
    return result;
}

static const char *const options[] = {
    "--pack",          "-o",        "--only",  "--skip",  "--param", "--as-of",
    "--require-basis", "--sandbox", "--color", "--quiet", NULL};

const struct pe_command pe_command_diff = {
    "diff", "BEFORE AFTER", "Tell what changed between two snapshots, or two saved results.",
    options, run_diff};
