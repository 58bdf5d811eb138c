/* test_run.c: runs a pack's own tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "test_run.h"

#include <string.h>

#include "judge.h"
#include "lua/test_file.h"

/* A snapshot that cases change, and the statuses of one control's rules on it. */
struct base {
    struct base *next;
    const char *name;
    struct pe_arena arena; /* of the judge */
    struct pe_judge judge;
    const struct pe_control_def *control; /* NULL: not judged yet */
    enum pe_status *statuses;             /* in the arena of the file */
};

enum { SEEN_PASS = 1, SEEN_OTHER = 2, COVERED = SEEN_PASS | SEEN_OTHER };

struct work {
    struct pe_test_run *run;
    struct pe_selection selection;
    struct pe_arena bases_arena, scratch;
    struct base *bases;
    uint8_t **seen; /* by control, by rule */
    struct pe_test_file file;
    struct pe_arena file_arena;
    struct pe_err *err;
};

/* One case as it runs. */
struct trial {
    const struct pe_test_def *test;
    const struct base *base;
    struct pe_buf why;
    bool blamed;             /* a finding was found where the case says */
    const char *blame_first; /* where the first one is instead; NULL: nowhere */
};

/* ---- judging ---- */

static uint8_t *seen_by(struct work *work, const struct pe_control_def *control)
{
    return work->seen[control - work->run->pack->controls];
}

static enum pe_status judge_rule(struct work *work, struct pe_judge *judge, size_t rule,
                                 struct pe_text *reason)
{
    const struct pe_control_def *control = work->file.control;
    enum pe_status status = pe_judge_rule(judge, control, rule, reason);

    if (status == PE_PASS)
        seen_by(work, control)[rule] |= SEEN_PASS;
    else if (status != PE_NOT_APPLICABLE)
        seen_by(work, control)[rule] |= SEEN_OTHER;
    return status;
}

/* The state forgets the snapshot before that is freed. */
static void close_judge(struct work *work, struct pe_judge *judge)
{
    work->run->script->vm.snapshot = NULL;
    pe_judge_release(judge);
    pe_arena_release(judge->scratch);
}

/* ---- bases ---- */

static const struct pe_file *find_base(struct work *work, const char *name)
{
    const char *path = pe_arena_printf(&work->file_arena, "tests/%s", name);
    const struct pe_file *file = NULL;

    if (path != NULL)
        file = pe_files_find(work->run->script->files, path);
    if (file == NULL && work->run->fixtures != NULL)
        file = pe_files_find(work->run->fixtures, name);
    return file;
}

static struct base *open_base(struct work *work, const char *name)
{
    const struct pe_file *file = find_base(work, name);
    struct base *base = pe_arena_alloc(&work->bases_arena, sizeof *base);
    const char *id = work->file.control->face.id;
    struct pe_err why;

    if (base == NULL)
        return pe_err_memory(work->err), NULL;
    if (file == NULL) {
        pe_err_set(work->err, PE_ERR_PACK,
                   "tests/%s.lua: the base %.200s is neither in tests/ nor among the fixtures", id,
                   name);
        return NULL;
    }
    base->name = pe_arena_str(&work->bases_arena, name);
    base->judge = (struct pe_judge){.script = work->run->script,
                                    .pack = work->run->pack,
                                    .arena = &base->arena,
                                    .scratch = &work->scratch};
    if (pe_judge_open(&base->judge, (const unsigned char *)file->data, file->length, NULL, 0,
                      &why) != 0) {
        pe_err_set(work->err, PE_ERR_PACK, "tests/%s.lua: the base %.200s: %s", id, name, why.text);
        pe_arena_release(&base->arena);
        return NULL;
    }
    base->next = work->bases;
    return work->bases = base;
}

static int judge_base(struct work *work, struct base *base)
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

static const struct base *base_named(struct work *work, const char *name)
{
    struct base *base = work->bases;

    while (base != NULL && strcmp(base->name, name) != 0)
        base = base->next;
    if (base == NULL)
        base = open_base(work, name);
    if (base == NULL || (base->control != work->file.control && judge_base(work, base) != 0))
        return NULL;
    return base;
}

static void release_bases(struct work *work)
{
    for (struct base *base = work->bases; base != NULL; base = base->next) {
        close_judge(work, &base->judge);
        pe_arena_release(&base->arena);
    }
    pe_arena_release(&work->bases_arena);
}

/* ---- the changed snapshot ---- */

/* Starts another reason; "" the first time. */
static void next_reason(struct trial *trial)
{
    pe_buf_adds(&trial->why, trial->why.length == 0 ? "" : "; ");
}

/* The base's text with the changes of the case; false, with a reason, when one cannot be made. */
static bool change_text(struct trial *trial, struct pe_buf *text)
{
    const struct pe_snapshot *s = &trial->base->judge.snapshot;
    struct pe_buf changed = {0}, before;
    struct pe_err err;

    pe_buf_add(text, s->encoded.text, s->encoded.length);
    for (size_t i = 0; i < trial->test->edit_count; i++) {
        if (pe_buf_failed(text) ||
            pe_edit_apply(text->data, text->length, &trial->test->edits[i], &changed, &err) != 0) {
            pe_buf_adds(&trial->why, pe_buf_failed(text) ? "out of memory" : err.text);
            pe_buf_release(&changed);
            return false;
        }
        before = *text;
        *text = changed;
        changed = before;
        pe_buf_clear(&changed);
    }
    pe_buf_release(&changed);
    return true;
}

static bool set_params(struct trial *trial, struct pe_control_def *control, struct pe_arena *arena)
{
    struct pe_err err;

    for (size_t i = 0; i < trial->test->setting_count; i++) {
        const struct pe_test_setting *setting = &trial->test->settings[i];
        if (pe_param_store(&control->params[setting->param], setting->value, arena, &err) == 0)
            continue;
        pe_buf_adds(&trial->why, err.text);
        return false;
    }
    return true;
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
        trial->blamed = pointer != NULL && strcmp(pointer, trial->test->blame) == 0;
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
    if (named && trial->test->blame != NULL)
        look_for_blame(work, trial, &judge->trace);
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
                      0, &err) != 0) {
        pe_buf_printf(&trial->why, "the changed snapshot cannot be read: %s", err.text);
        pe_arena_release(&arena);
        return;
    }
    for (size_t i = 0; i < work->file.control->face.rule_count; i++) {
        compare(work, trial, &judge, i);
        pe_arena_release(&work->scratch);
    }
    close_judge(work, &judge);
    pe_arena_release(&arena);
    if (trial->test->blame == NULL || trial->blamed)
        return;
    next_reason(trial);
    pe_buf_printf(&trial->why, "blame: expected %s, got %s", trial->test->blame,
                  trial->blame_first == NULL ? "no finding with a place" : trial->blame_first);
}

/* ---- cases ---- */

/* Runs with the parameters of the case, and puts back those of the control. */
static void run_trial(struct work *work, struct trial *trial)
{
    struct pe_control_def *control = work->file.control;
    struct pe_param_def *params = control->params;
    size_t count = control->face.param_count;
    struct pe_arena arena = {0};
    struct pe_buf text = {0};

    if (count > 0)
        control->params = pe_arena_array(&arena, count, sizeof *params);
    if (control->params == NULL && count > 0) {
        pe_buf_adds(&trial->why, "out of memory");
    } else {
        if (count > 0)
            memcpy(control->params, params, count * sizeof *params);
        if (set_params(trial, control, &arena) && change_text(trial, &text))
            judge_changed(work, trial, &text);
    }
    control->params = params;
    pe_buf_release(&text);
    pe_arena_release(&arena);
}

static int run_case(struct work *work, const struct pe_test_def *test)
{
    struct trial trial = {.test = test, .base = base_named(work, test->base)};
    struct pe_test_case result = {.control = work->file.control->face.id, .name = test->name};
    int status = 0;

    if (trial.base == NULL)
        return -1;
    run_trial(work, &trial);
    result.passed = trial.why.length == 0;
    result.why = result.passed ? "" : trial.why.data;
    if (pe_buf_failed(&trial.why))
        status = pe_err_memory(work->err);
    else
        work->run->report(work->run->ud, &result);
    work->run->count++;
    work->run->failed += !result.passed;
    pe_buf_release(&trial.why);
    return status;
}

static bool takes_any(const struct work *work, const struct pe_control_def *control)
{
    for (size_t i = 0; i < control->face.rule_count; i++)
        if (pe_selection_takes(&work->selection, control, &control->rules[i]))
            return true;
    return false;
}

static int run_file(struct work *work, const struct pe_file *file)
{
    int status = pe_test_file_load(work->run->script, work->run->pack, file, &work->file_arena,
                                   &work->file, work->err);

    for (size_t i = 0; status == 0 && i < work->file.count; i++)
        if (takes_any(work, work->file.control))
            status = run_case(work, &work->file.cases[i]);
    for (struct base *base = work->bases; base != NULL; base = base->next)
        base->control = NULL;
    pe_arena_release(&work->file_arena);
    return status;
}

static int run_files(struct work *work)
{
    const struct pe_files *files = work->run->script->files;
    size_t found = 0;

    for (size_t i = 0; i < files->count; i++) {
        if (!pe_test_file_is(&files->items[i]))
            continue;
        found++;
        if (run_file(work, &files->items[i]) != 0)
            return -1;
    }
    if (found == 0)
        return pe_err_set(work->err, PE_ERR_PACK,
                          "the pack %s has no tests (tests/CONTROL.lua beside its controls)",
                          work->run->pack->face.id);
    if (work->run->count == 0)
        return pe_err_set(work->err, PE_ERR_USAGE, "--only takes controls without tests");
    return 0;
}

/* ---- coverage ---- */

static int make_seen(struct work *work)
{
    const struct pe_pack_def *pack = work->run->pack;
    struct pe_arena *arena = &work->bases_arena;

    work->seen = pe_arena_array(arena, pack->face.control_count, sizeof *work->seen);
    for (size_t i = 0; work->seen != NULL && i < pack->face.control_count; i++)
        work->seen[i] = pe_arena_array(arena, pack->controls[i].face.rule_count, 1);
    return pe_arena_failed(arena) ? pe_err_memory(work->err) : 0;
}

static int list_uncovered(struct work *work, struct pe_strings *uncovered)
{
    const struct pe_pack_def *pack = work->run->pack;
    struct pe_arena *arena = work->run->script->arena;
    const char **items = NULL;
    size_t count = 0, room = 0;

    for (size_t i = 0; i < pack->face.control_count; i++) {
        const struct pe_control_def *control = &pack->controls[i];
        for (size_t j = 0; j < control->face.rule_count; j++) {
            if (work->seen[i][j] == COVERED ||
                !pe_selection_takes(&work->selection, control, &control->rules[j]))
                continue;
            items = pe_arena_grow(arena, items, count, &room, sizeof *items);
            if (items == NULL)
                return pe_err_memory(work->err);
            items[count++] =
                pe_arena_printf(arena, "%s/%s", control->face.id, control->rules[j].face.id);
        }
    }
    if (pe_arena_failed(arena))
        return pe_err_memory(work->err);
    *uncovered = (struct pe_strings){items, count};
    return 0;
}

int pe_test_run(struct pe_test_run *run, struct pe_strings *uncovered, struct pe_err *err)
{
    struct work work = {.run = run, .selection = {.only = run->only}, .err = err};
    int status = pe_selection_check(&work.selection, run->pack, err);

    run->count = run->failed = 0;
    run->script->vm.snapshot = NULL;
    if (status == 0)
        status = make_seen(&work);
    if (status == 0)
        status = run_files(&work);
    if (status == 0)
        status = list_uncovered(&work, uncovered);
    release_bases(&work);
    pe_arena_release(&work.file_arena);
    pe_arena_release(&work.scratch);
    return status;
}
