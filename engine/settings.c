/* settings.c: a configuration file as a worker read it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "base/err.h"

struct pe_settings {
    struct pe_arena arena;
    const char *file;
    char sha256[65];
    struct pe_setting *items;
    size_t count, room;
};

static int take_setting(void *ud, unsigned type, struct pe_in *in, const char **lie)
{
    struct pe_settings *s = ud;
    struct pe_setting *items =
        pe_arena_grow(&s->arena, s->items, s->count, &s->room, sizeof *items);
    struct pe_setting *setting;

    if (type != PE_RECORD_ENTRY || items == NULL)
        return -1;
    s->items = items;
    setting = &items[s->count++];
    setting->name = pe_in_word(in);
    setting->kind = (enum pe_setting_kind)pe_in_u32(in, PE_SETTING_LIST);
    setting->on = pe_in_u32(in, 1);
    setting->values = pe_in_strings(in);
    setting->line = pe_in_u32(in, UINT32_MAX);
    setting->column = pe_in_u32(in, UINT32_MAX);
    *lie = "setting";
    return pe_in_done(in) && setting->values.count > 0 ? *lie = NULL, 0 : -1;
}

static int read_input(struct pe_settings *s, const struct pe_input *input, const struct pe_job *job,
                      struct pe_err *err)
{
    struct pe_job sandbox = pe_ask_sandbox(job);
    struct pe_task task = {.kind = PE_TASK_SETTINGS,
                           .bytes = input->bytes.data,
                           .length = input->bytes.length,
                           .job = &sandbox};
    struct pe_err inner = {0};

    s->file = pe_arena_str(&s->arena, input->name);
    strcpy(s->sha256, input->sha256);
    if (pe_ask(&task, NULL, &s->arena, 1, take_setting, s, &inner) == 0)
        return 0;
    return pe_err_set(err, inner.kind, "%s: %s", input->name, inner.text);
}

int pe_settings_load(const char *path, const struct pe_job *job, struct pe_settings **settings,
                     struct pe_err *err)
{
    struct pe_settings *s;
    struct pe_input *input;
    int result;

    if (pe_input_load(path, PE_MAX_ENTRIES_BYTES, &input, err) != 0)
        return -1;
    s = calloc(1, sizeof *s);
    result = s == NULL ? pe_err_memory(err) : read_input(s, input, job, err);
    pe_input_free(input);
    if (result != 0) {
        pe_settings_free(s);
        return -1;
    }
    *settings = s;
    return 0;
}

const struct pe_setting *pe_settings_list(const struct pe_settings *settings, size_t *count)
{
    *count = settings->count;
    return settings->items;
}

const char *pe_settings_file(const struct pe_settings *settings)
{
    return settings->file;
}

const char *pe_settings_sha256(const struct pe_settings *settings)
{
    return settings->sha256;
}

void pe_settings_free(struct pe_settings *settings)
{
    if (settings == NULL)
        return;
    pe_arena_release(&settings->arena);
    free(settings);
}
