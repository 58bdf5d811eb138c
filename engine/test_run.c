/* test_run.c: runs a pack's own tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "test_run.h"

#include <string.h>

#include "test_base.h"

struct work {
    struct pe_test_run *run;
    struct pe_selection selection;
    struct pe_arena scratch;
    struct pe_test_bases bases;
    struct pe_test_file file;
    struct pe_arena file_arena;
    struct pe_err *err;
};

/* One case as it runs. */
struct trial {
    const struct pe_test_def *test;
    const struct pe_test_base *base;
    struct pe_buf why;
    const char *blame;       /* a JSON Pointer; NULL: the case blames nothing */
    bool blamed;             /* a finding was found there */
    const char *blame_first; /* where the first one is instead; NULL: nowhere */
};

/* ---- judging ---- */

static enum pe_status judge_rule(struct work *work, struct pe_judge *judge, size_t rule,
                                 struct pe_text *reason)
{
    const struct pe_control_def *control = work->file.control;
    enum pe_status status = pe_judge_rule(judge, control, rule, reason);

    pe_coverage_rule(work->run->coverage, control, rule, status);
    pe_coverage_reads(work->run->coverage, &judge->trace);
    return status;
}

static int judge_base(struct work *work, struct pe_test_base *base)
{
    const struct pe_control_def *control = work->file.control;
    struct pe_text reason;

    base->statuses =
        pe_arena_array(&work->file_arena, control->face.rule_count, sizeof *base->statuses);
    if (base->statuses == NULL)
        return pe_err_memory(work->err);
    for (size_t i = 0; i < control->face.rule_count; i++) {
        base->statuses[i] = judge_rule(work, &base->judge, i, &reason);
        pe_arena_release(&work->scratch);
    }
    work->run->script->vm.snapshot = NULL;
    base->control = control;
    return 0;
}

static const struct pe_test_base *base_named(struct work *work, const char *name)
{
    struct pe_test_base *base =
        pe_test_base_find(&work->bases, work->file.control->face.id, name, work->err);

    if (base == NULL || (base->control != work->file.control && judge_base(work, base) != 0))
        return NULL;
    return base;
}

/* Starts another reason; "" the first time. */
static void next_reason(struct trial *trial)
{
    pe_buf_adds(&trial->why, trial->why.length == 0 ? "" : "; ");
}

/* ---- expectations ---- */

static enum pe_status expected(const struct trial *trial, size_t rule, bool *named)
{
    *named = false;
    for (size_t i = 0; i < trial->test->expectation_count; i++) {
        if (trial->test->expectations[i].rule != rule)
            continue;
        *named = true;
        return trial->test->expectations[i].status;
    }
    return trial->base->statuses[rule];
}

static void look_for_blame(struct work *work, struct trial *trial, const struct pe_trace *trace)
{
    const char *pointer;

    for (size_t i = 0; i < trace->finding_count && !trial->blamed; i++) {
        pointer = trace->findings[i].pointer;
        if (pointer != NULL && trial->blame_first == NULL)
            trial->blame_first = pe_arena_str(&work->file_arena, pointer);
        trial->blamed = pointer != NULL && strcmp(pointer, trial->blame) == 0;
    }
}

static void compare(struct work *work, struct trial *trial, struct pe_judge *judge, size_t rule)
{
    const char *id = work->file.control->rules[rule].face.id;
    struct pe_text reason = {"", ""};
    bool named;
    enum pe_status want = expected(trial, rule, &named);
    enum pe_status got = judge_rule(work, judge, rule, &reason);

    if (got != want) {
        next_reason(trial);
        pe_buf_printf(&trial->why, "%s: expected %s%s, got %s", id, pe_status_word(want),
                      named ? "" : " as on the base", pe_status_word(got));
    } else if (got == PE_ERROR && !named) {
        next_reason(trial);
        pe_buf_printf(&trial->why, "%s: got error, on the base already", id);
    }
    if ((got != want || (got == PE_ERROR && !named)) && got != PE_PASS && reason.en != NULL)
        pe_buf_printf(&trial->why, " (%.300s)", reason.en);
    if (named && trial->blame != NULL)
        look_for_blame(work, trial, &judge->trace);
}

/* A path of the case becomes the pointer that findings have. */
static bool find_blame(struct work *work, struct trial *trial, const struct pe_snapshot *snapshot)
{
    const char *blame = trial->test->blame;
    struct pe_edit_place place;
    struct pe_buf pointer = {0};
    struct pe_err err;

    trial->blame = blame;
    if (blame == NULL || blame[0] == '/' || blame[0] == '\0')
        return true;
    if (pe_edit_find(&snapshot->json, "blame", blame, &place, &err) != 0) {
        pe_buf_adds(&trial->why, err.text);
        return false;
    }
    pe_snapshot_pointer(snapshot, pe_snapshot_number(snapshot, place.node), &pointer);
    if (place.key != NULL)
        pe_pointer_add_key(&pointer, place.key, place.key_length);
    trial->blame = pe_arena_take(&work->file_arena, &pointer);
    return true;
}

static void judge_changed(struct work *work, struct trial *trial, const struct pe_buf *text)
{
    struct pe_arena arena = {0};
    struct pe_judge judge = {.script = work->run->script,
                             .pack = work->run->pack,
                             .arena = &arena,
                             .scratch = &work->scratch};
    struct pe_err err;

    if (pe_judge_open(&judge, (const unsigned char *)text->data, text->length, trial->test->as_of,
                      work->bases.evidence, &err) != 0) {
        pe_buf_printf(&trial->why, "the changed snapshot cannot be read: %s", err.text);
        pe_arena_release(&arena);
        return;
    }
    if (!find_blame(work, trial, &judge.snapshot))
        trial->blamed = true; /* nothing to look for, and said so */
    for (size_t i = 0; i < work->file.control->face.rule_count; i++) {
        compare(work, trial, &judge, i);
        pe_arena_release(&work->scratch);
    }
    pe_test_judge_close(&judge);
    pe_arena_release(&arena);
    if (trial->blame == NULL || trial->blamed)
        return;
    next_reason(trial);
    pe_buf_printf(&trial->why, "blame: expected %s, got %s", trial->blame,
                  trial->blame_first == NULL ? "no finding with a place" : trial->blame_first);
}

/* ---- cases ---- */

/* Runs with the parameters of the case, and puts back those of the control. */
static void run_trial(struct work *work, struct trial *trial)
{
    struct pe_test_params params;
    struct pe_arena arena = {0};
    struct pe_buf text = {0};

    if (pe_test_params_set(&params, work->file.control, trial->test, &arena, &trial->why) &&
        pe_test_change(trial->base, trial->test, &text, &trial->why))
        judge_changed(work, trial, &text);
    pe_test_params_restore(&params);
    pe_buf_release(&text);
    pe_arena_release(&arena);
}

static int run_case(struct work *work, const struct pe_test_def *test, size_t number)
{
    struct trial trial = {.test = test, .base = base_named(work, test->base)};
    struct pe_test_case result = {.control = work->file.control->face.id, .name = test->name};
    int status = 0;

    if (trial.base == NULL)
        return -1;
    if (work->run->shards > 1 && number % work->run->shards != work->run->shard)
        return 0;
    run_trial(work, &trial);
    result.passed = trial.why.length == 0;
    result.why = result.passed ? "" : trial.why.data;
    if (pe_buf_failed(&trial.why))
        status = pe_err_memory(work->err);
    else
        work->run->report(work->run->ud, number, &result);
    pe_buf_release(&trial.why);
    return status;
}

static int run_file(void *ud, const struct pe_file *file)
{
    struct work *work = ud;
    int status = pe_test_file_load(work->run->script, work->run->pack, file, &work->file_arena,
                                   &work->file, work->err);

    for (size_t i = 0; status == 0 && i < work->file.count; i++)
        if (pe_selection_takes_any(&work->selection, work->file.control))
            status = run_case(work, &work->file.cases[i], work->run->count++);
    pe_test_bases_forget(&work->bases);
    pe_arena_release(&work->file_arena);
    return status;
}

static int run_files(struct work *work)
{
    if (pe_test_files_walk(work->run->script, work->run->pack, run_file, work, work->err) != 0)
        return -1;
    if (work->run->count == 0)
        return pe_err_set(work->err, PE_ERR_USAGE, "--only takes controls without tests");
    return 0;
}

int pe_test_run(struct pe_test_run *run, struct pe_err *err)
{
    struct work work = {.run = run, .selection = {.only = run->only}, .err = err};
    int status = pe_selection_check(&work.selection, run->pack, err);

    run->count = 0;
    run->script->vm.snapshot = NULL;
    work.bases = (struct pe_test_bases){.script = run->script,
                                        .pack = run->pack,
                                        .fixtures = run->fixtures,
                                        .scratch = &work.scratch,
                                        .evidence = pe_coverage_evidence(run->coverage)};
    if (status == 0)
        status = run_files(&work);
    pe_test_bases_release(&work.bases);
    pe_arena_release(&work.file_arena);
    pe_arena_release(&work.scratch);
    return status;
}
