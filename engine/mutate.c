/* mutate.c: mutation tests of a pack: does a control notice what it read? */
/* SPDX-License-Identifier: Apache-2.0 */
#include "mutate.h"

#include <stdlib.h>
#include <string.h>

#include "changes.h"
#include "mutate_unit.h"
#include "test_base.h"

/* The tests of a pack, file by file. */
struct tests {
    struct pe_mutate_work work;
    struct pe_test_bases bases;
    struct pe_test_file file;
    struct pe_arena file_arena;
};

/* ---- bases ---- */

static bool is_named_before(const struct pe_test_file *file, size_t number)
{
    for (size_t i = 0; i < number; i++)
        if (strcmp(file->cases[i].base, file->cases[number].base) == 0)
            return true;
    return false;
}

static int mutate_bases(struct tests *t)
{
    const struct pe_control_def *control = t->file.control;
    struct pe_mutate_work *work = &t->work;
    int result = 0;

    for (size_t i = 0; result == 0 && i < t->file.count; i++) {
        struct pe_test_base *base;
        if (is_named_before(&t->file, i))
            continue;
        base = pe_test_base_find(&t->bases, control->face.id, t->file.cases[i].base, work->err);
        if (base == NULL)
            return -1;
        base->statuses =
            pe_arena_array(&t->file_arena, control->face.rule_count + 1, sizeof *base->statuses);
        if (base->statuses == NULL)
            return pe_err_memory(work->err);
        result = pe_mutate_unit(&(struct pe_mutate_unit){.work = work,
                                                         .control = control,
                                                         .judge = &base->judge,
                                                         .on_base = base->statuses,
                                                         .where = base->name,
                                                         .shared = true});
    }
    return result;
}

/* ---- cases ---- */

static int mutate_text(struct tests *t, const struct pe_test_base *base,
                       const struct pe_test_def *test, const struct pe_buf *text)
{
    struct pe_mutate_work *work = &t->work;
    struct pe_arena arena = {0};
    struct pe_judge judge = {.script = work->run->script,
                             .pack = work->run->pack,
                             .arena = &arena,
                             .scratch = &work->scratch};
    struct pe_mutate_unit unit = {.work = work,
                                  .control = t->file.control,
                                  .judge = &judge,
                                  .as_of = test->as_of,
                                  .on_base = test->setting_count > 0 ? base->statuses : NULL,
                                  .where = pe_arena_printf(&arena, "case %s", test->name)};
    bool *changed;
    struct pe_err why = {0}; /* a snapshot that cannot be read passes nowhere */
    int result = 0;

    if (unit.where != NULL && pe_judge_open(&judge, (const unsigned char *)text->data, text->length,
                                            test->as_of, 0, &why) == 0) {
        unit.changed = changed = pe_changes_of(&base->judge.snapshot.json, &judge.snapshot.json);
        result = changed == NULL ? pe_err_memory(work->err) : pe_mutate_unit(&unit);
        free(changed);
        pe_test_judge_close(&judge);
    } else {
        work->units++;
        if (unit.where == NULL || why.kind == PE_ERR_MEMORY)
            result = pe_err_memory(work->err);
    }
    pe_arena_release(&arena);
    return result;
}

/* A test that cannot make its snapshot fails as a test; here it has nothing to say. */
static int mutate_case(struct tests *t, const struct pe_test_def *test)
{
    struct pe_mutate_work *work = &t->work;
    struct pe_test_base *base =
        pe_test_base_find(&t->bases, t->file.control->face.id, test->base, work->err);
    struct pe_test_params params;
    struct pe_arena arena = {0};
    struct pe_buf text = {0}, why = {0};
    int result = 0;

    if (base == NULL)
        return -1;
    if ((test->edit_count == 0 && test->setting_count == 0) ||
        (work->run->shards > 1 && work->units % work->run->shards != work->run->shard)) {
        work->units++;
        return 0;
    }
    if (pe_test_params_set(&params, t->file.control, test, &arena, &why) &&
        pe_test_change(base, test, &text, &why))
        result = mutate_text(t, base, test, &text);
    else
        work->units++;
    if (pe_arena_failed(&arena) || pe_buf_failed(&text) || pe_buf_failed(&why))
        result = pe_err_memory(work->err);
    pe_test_params_restore(&params);
    pe_buf_release(&why);
    pe_buf_release(&text);
    pe_arena_release(&arena);
    return result;
}

/* ---- files ---- */

static int mutate_file(void *ud, const struct pe_file *file)
{
    struct tests *t = ud;
    struct pe_mutate_work *work = &t->work;
    int result = pe_test_file_load(work->run->script, work->run->pack, file, &t->file_arena,
                                   &t->file, work->err);

    if (result == 0 && pe_selection_takes_any(&work->selection, t->file.control)) {
        result = mutate_bases(t);
        for (size_t i = 0; result == 0 && i < t->file.count; i++)
            result = mutate_case(t, &t->file.cases[i]);
    }
    pe_arena_release(&t->file_arena);
    return result;
}

static int mutate_files(struct tests *t)
{
    struct pe_mutate_work *work = &t->work;

    if (pe_test_files_walk(work->run->script, work->run->pack, mutate_file, t, work->err) != 0)
        return -1;
    if (work->units == 0)
        return pe_err_set(work->err, PE_ERR_USAGE, "--only takes controls without tests");
    return 0;
}

static int make_tried(struct pe_mutate *run, struct pe_err *err)
{
    const struct pe_pack_def *pack = run->pack;

    run->tried = pe_arena_array(run->arena, pack->face.control_count + 1, sizeof *run->tried);
    for (size_t i = 0; run->tried != NULL && i < pack->face.control_count; i++)
        run->tried[i] = pe_arena_alloc(run->arena, pack->controls[i].face.rule_count + 1);
    return pe_arena_failed(run->arena) ? pe_err_memory(err) : 0;
}

int pe_mutate_run(struct pe_mutate *run, struct pe_err *err)
{
    struct tests tests = {.work = {.run = run, .selection = {.only = run->only}, .err = err}};
    int result = pe_selection_check(&tests.work.selection, run->pack, err);

    run->script->vm.snapshot = NULL;
    tests.bases = (struct pe_test_bases){.script = run->script,
                                         .pack = run->pack,
                                         .fixtures = run->fixtures,
                                         .scratch = &tests.work.scratch};
    if (result == 0)
        result = make_tried(run, err);
    if (result == 0)
        result = mutate_files(&tests);
    pe_test_bases_release(&tests.bases);
    pe_arena_release(&tests.file_arena);
    pe_arena_release(&tests.work.scratch);
    return result;
}
