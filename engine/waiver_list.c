/* waiver_list.c: waivers as a worker read them from their file. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "waiver_list.h"

#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "base/err.h"

/* What the worker says is checked anew: it looked at bytes that nobody vouches for. */
static bool find_end(struct pe_arena *arena, struct pe_waiver *waiver, struct pe_time_instant *end)
{
    char text[PE_TIME_TEXT_BYTES];

    if (!pe_time_last_of(waiver->expires, waiver->zone, end, text))
        return false;
    waiver->until = text[0] == '\0' ? NULL : pe_arena_str(arena, text);
    return true;
}

static void take_texts(struct pe_in *in, struct pe_waiver *waiver)
{
    waiver->id = pe_in_word(in);
    waiver->control = pe_in_word(in);
    waiver->rule = pe_in_string(in);
    waiver->tenant = pe_in_string(in);
    waiver->pointer = pe_in_string(in);
    waiver->subject = pe_in_string(in);
    waiver->value = pe_in_value(in);
    waiver->reason = pe_in_word(in);
    waiver->owner = pe_in_word(in);
    waiver->approver = pe_in_word(in);
    waiver->expires = pe_in_word(in);
    waiver->zone = pe_in_word(in);
}

int pe_waivers_take(void *ud, unsigned type, struct pe_in *in, const char **lie)
{
    struct pe_waivers *w = ud;
    struct pe_waiver *items = pe_arena_grow(&w->arena, w->items, w->count, &w->room, sizeof *items);
    struct pe_time_instant *ends =
        pe_arena_grow(&w->arena, w->ends, w->count, &w->end_room, sizeof *ends);
    struct pe_waiver *waiver;

    if (type != PE_RECORD_ENTRY || items == NULL || ends == NULL)
        return -1;
    w->items = items;
    w->ends = ends;
    waiver = &items[w->count];
    take_texts(in, waiver);
    waiver->fail = pe_in_u32(in, 1);
    waiver->unknown = pe_in_u32(in, 1);
    waiver->line = pe_in_u32(in, UINT32_MAX);
    waiver->column = pe_in_u32(in, UINT32_MAX);
    *lie = "waiver";
    if (!pe_in_done(in) || !find_end(&w->arena, waiver, &ends[w->count]))
        return -1;
    *lie = NULL;
    w->count++;
    return 0;
}

static int read_input(struct pe_waivers *w, const struct pe_input *input, const struct pe_job *job,
                      struct pe_err *err)
{
    struct pe_job sandbox = pe_ask_sandbox(job);
    struct pe_task task = {.kind = PE_TASK_WAIVERS,
                           .bytes = input->bytes.data,
                           .length = input->bytes.length,
                           .job = &sandbox};
    struct pe_err inner = {0};

    w->file = pe_arena_str(&w->arena, input->name);
    strcpy(w->sha256, input->sha256);
    if (pe_ask(&task, NULL, &w->arena, 1, pe_waivers_take, w, &inner) == 0)
        return 0;
    return pe_err_set(err, inner.kind, "%s: %s", input->name, inner.text);
}

int pe_waivers_load(const char *path, const struct pe_job *job, struct pe_waivers **waivers,
                    struct pe_err *err)
{
    struct pe_waivers *w;
    struct pe_input *input;
    int result;

    if (pe_input_load(path, PE_MAX_ENTRIES_BYTES, &input, err) != 0)
        return -1;
    w = calloc(1, sizeof *w);
    result = w == NULL ? pe_err_memory(err) : read_input(w, input, job, err);
    pe_input_free(input);
    if (result != 0) {
        pe_waivers_free(w);
        return -1;
    }
    *waivers = w;
    return 0;
}

const struct pe_waiver *pe_waivers_list(const struct pe_waivers *waivers, size_t *count)
{
    *count = waivers->count;
    return waivers->items;
}

void pe_waivers_free(struct pe_waivers *waivers)
{
    if (waivers == NULL)
        return;
    pe_arena_release(&waivers->arena);
    free(waivers);
}
