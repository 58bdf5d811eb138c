/* test_base.c: the snapshots that a pack's tests start from, and what a case makes of one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "test_base.h"

#include <string.h>

/* ---- bases ---- */

static const struct pe_file *find_file(struct pe_test_bases *bases, const char *name)
{
    const char *path = pe_arena_printf(&bases->arena, "tests/%s", name);
    const struct pe_file *file = NULL;

    if (path != NULL)
        file = pe_files_find(bases->script->files, path);
    if (file == NULL && bases->fixtures != NULL)
        file = pe_files_find(bases->fixtures, name);
    return file;
}

static struct pe_test_base *open_base(struct pe_test_bases *bases, const char *control,
                                      const char *name, struct pe_err *err)
{
    const struct pe_file *file = find_file(bases, name);
    struct pe_test_base *base = pe_arena_alloc(&bases->arena, sizeof *base);
    struct pe_err why;

    if (base == NULL)
        return pe_err_memory(err), NULL;
    if (file == NULL) {
        pe_err_set(err, PE_ERR_PACK,
                   "tests/%s.lua: the base %.200s is neither in tests/ nor among the fixtures",
                   control, name);
        return NULL;
    }
    base->name = pe_arena_str(&bases->arena, name);
    base->file = file;
    base->judge = (struct pe_judge){.script = bases->script,
                                    .pack = bases->pack,
                                    .arena = &base->arena,
                                    .scratch = bases->scratch};
    if (pe_judge_open(&base->judge, (const unsigned char *)file->data, file->length, NULL,
                      bases->evidence, &why) != 0) {
        pe_err_set(err, PE_ERR_PACK, "tests/%s.lua: the base %.200s: %s", control, name, why.text);
        pe_arena_release(&base->arena);
        return NULL;
    }
    base->next = bases->list;
    return bases->list = base;
}

struct pe_test_base *pe_test_base_find(struct pe_test_bases *bases, const char *control,
                                       const char *name, struct pe_err *err)
{
    for (struct pe_test_base *base = bases->list; base != NULL; base = base->next)
        if (strcmp(base->name, name) == 0)
            return base;
    return open_base(bases, control, name, err);
}

void pe_test_bases_forget(struct pe_test_bases *bases)
{
    for (struct pe_test_base *base = bases->list; base != NULL; base = base->next)
        base->control = NULL;
}

/* The state forgets the snapshot before that is freed. */
void pe_test_judge_close(struct pe_judge *judge)
{
    judge->script->vm.snapshot = NULL;
    pe_judge_release(judge);
    pe_arena_release(judge->scratch);
}

void pe_test_bases_release(struct pe_test_bases *bases)
{
    for (struct pe_test_base *base = bases->list; base != NULL; base = base->next) {
        pe_test_judge_close(&base->judge);
        pe_arena_release(&base->arena);
    }
    bases->list = NULL;
    pe_arena_release(&bases->arena);
}

/* ---- what a case changes ---- */

bool pe_test_change(const struct pe_test_base *base, const struct pe_test_def *test,
                    struct pe_buf *text, struct pe_buf *why)
{
    const struct pe_snapshot *s = &base->judge.snapshot;
    struct pe_buf changed = {0}, before;
    struct pe_err err;

    pe_buf_add(text, s->encoded.text, s->encoded.length);
    for (size_t i = 0; i < test->edit_count; i++) {
        if (pe_buf_failed(text) ||
            pe_edit_apply(text->data, text->length, &test->edits[i], &changed, &err) != 0) {
            pe_buf_adds(why, pe_buf_failed(text) ? "out of memory" : err.text);
            text->failed |= !pe_buf_failed(text) && err.kind == PE_ERR_MEMORY;
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

static bool store(struct pe_control_def *control, const struct pe_test_def *test,
                  struct pe_arena *arena, struct pe_buf *why)
{
    struct pe_err err;

    for (size_t i = 0; i < test->setting_count; i++) {
        const struct pe_test_setting *setting = &test->settings[i];
        if (pe_param_store(&control->params[setting->param], setting->value, arena, &err) == 0)
            continue;
        pe_buf_adds(why, err.text);
        return false;
    }
    return true;
}

bool pe_test_params_set(struct pe_test_params *params, struct pe_control_def *control,
                        const struct pe_test_def *test, struct pe_arena *arena, struct pe_buf *why)
{
    size_t count = control->face.param_count;
    struct pe_param_def *copy = NULL;

    *params = (struct pe_test_params){control, control->params};
    if (count > 0) {
        copy = pe_arena_array(arena, count, sizeof *copy);
        if (copy == NULL) {
            pe_buf_adds(why, "out of memory");
            return false;
        }
        memcpy(copy, params->own, count * sizeof *copy);
        control->params = copy;
    }
    return store(control, test, arena, why);
}

void pe_test_params_restore(struct pe_test_params *params)
{
    params->control->params = params->own;
}

/* ---- files ---- */

int pe_test_files_walk(const struct pe_script *script, const struct pe_pack_def *pack,
                       int (*take)(void *ud, const struct pe_file *file), void *ud,
                       struct pe_err *err)
{
    size_t found = 0;

    for (size_t i = 0; i < script->files->count; i++) {
        if (!pe_test_file_is(&script->files->items[i]))
            continue;
        found++;
        if (take(ud, &script->files->items[i]) != 0)
            return -1;
    }
    if (found == 0)
        return pe_err_set(err, PE_ERR_USAGE,
                          "the pack %s has no tests (tests/CONTROL.lua beside its controls)",
                          pack->face.id);
    return 0;
}
