/* describe.c: what a pack says of snapshots, asked of a worker. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "ask.h"
#include "base/err.h"

int pe_schema(struct pe_pack *pack, const struct pe_job *job, char **json, struct pe_err *err)
{
    struct pe_job sandbox = pe_ask_sandbox(job);
    struct pe_task task = {.kind = PE_TASK_SCHEMA, .files = &pack->files, .job = &sandbox};

    return pe_ask_text(&task, pack, "schema", json, err);
}

int pe_skeleton(struct pe_pack *pack, const struct pe_job *job, const char *service, char **json,
                struct pe_err *err)
{
    struct pe_job sandbox = pe_ask_sandbox(job);
    struct pe_task task = {
        .kind = PE_TASK_SKELETON, .files = &pack->files, .service = service, .job = &sandbox};

    return pe_ask_text(&task, pack, "skeleton", json, err);
}

/* ---- fields ---- */

struct pe_fields {
    struct pe_arena arena;
    struct pe_field_info *items;
    size_t count, room;
};

static int take_field(void *ud, unsigned type, struct pe_in *in, const char **lie)
{
    struct pe_fields *fields = ud;
    struct pe_field_info *items;

    if (type == PE_RECORD_PACK)
        return 0;
    items = type != PE_RECORD_FIELD ? NULL
                                    : pe_arena_grow(&fields->arena, fields->items, fields->count,
                                                    &fields->room, sizeof *items);
    if (items == NULL)
        return -1;
    fields->items = items;
    items += fields->count++;
    items->path = pe_in_word(in);
    items->type = pe_in_text(in);
    items->unit = pe_in_text(in);
    items->option = pe_in_word(in);
    items->service = pe_in_word(in);
    items->required = pe_in_u32(in, 1);
    items->secret = pe_in_u32(in, 1);
    items->doc = pe_in_text(in);
    *lie = "field";
    return pe_in_done(in) ? *lie = NULL, 0 : -1;
}

int pe_fields_load(struct pe_pack *pack, const struct pe_job *job, struct pe_fields **fields,
                   struct pe_err *err)
{
    struct pe_job sandbox = pe_ask_sandbox(job);
    struct pe_task task = {.kind = PE_TASK_FIELDS, .files = &pack->files, .job = &sandbox};
    struct pe_fields *f = calloc(1, sizeof *f);

    if (f == NULL)
        return pe_err_memory(err);
    if (pe_ask(&task, pack, &f->arena, 1, take_field, f, err) != 0) {
        pe_fields_free(f);
        return -1;
    }
    *fields = f;
    return 0;
}

const struct pe_field_info *pe_fields_list(const struct pe_fields *fields, size_t *count)
{
    *count = fields->count;
    return fields->items;
}

void pe_fields_free(struct pe_fields *fields)
{
    if (fields == NULL)
        return;
    pe_arena_release(&fields->arena);
    free(fields);
}
