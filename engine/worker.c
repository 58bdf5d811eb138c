/* worker.c: the process that parses and judges: its ends, its wall, its tasks. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "worker.h"

#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "entries.h"
#include "fields.h"
#include "saved.h"
#include "schema.h"
#include "skeleton.h"
#include "worker_work.h"

/* ---- ends ---- */

_Noreturn void pe_work_leave(struct pe_work *work)
{
    pe_out_flush(&work->out);
    _exit(work->out.failed ? 1 : 0);
}

void pe_work_send_error(struct pe_work *work, const struct pe_err *err)
{
    pe_out_begin(&work->out, PE_RECORD_ERROR);
    pe_out_u32(&work->out, err->kind);
    pe_out_string(&work->out, err->text);
    pe_out_end(&work->out);
}

_Noreturn void pe_work_give_up(struct pe_work *work, const struct pe_err *err)
{
    pe_work_send_error(work, err);
    pe_work_leave(work);
}

void pe_work_done(struct pe_work *work)
{
    pe_out_begin(&work->out, PE_RECORD_DONE);
    pe_out_end(&work->out);
}

/* ---- the wall ---- */

static void close_wall(struct pe_work *work, const struct pe_wall *wall)
{
    unsigned missing;
    struct pe_err err;

    if (pe_wall_close(wall, work->out.fd, &missing, &err) != 0)
        pe_work_give_up(work, &err);
    pe_out_begin(&work->out, PE_RECORD_WALL);
    pe_out_u32(&work->out, missing);
    pe_out_end(&work->out);
}

/* ---- tasks ---- */

static void send_json(struct pe_work *work, char *text)
{
    pe_out_begin(&work->out, PE_RECORD_TEXT);
    pe_out_string(&work->out, text);
    pe_out_end(&work->out);
    free(text);
    pe_work_done(work);
}

static void send_schema(struct pe_work *work)
{
    struct pe_err err;
    char *text = NULL;

    if (pe_schema_text(&work->pack, &text, &err) != 0)
        pe_work_give_up(work, &err);
    send_json(work, text);
}

static void send_skeleton(struct pe_work *work)
{
    struct pe_err err;
    char *text = NULL;

    if (pe_skeleton_text(&work->pack, work->task->service, &text, &err) != 0)
        pe_work_give_up(work, &err);
    send_json(work, text);
}

static void send_field(void *ud, const struct pe_field_info *field)
{
    struct pe_out *out = ud;

    pe_out_begin(out, PE_RECORD_FIELD);
    pe_out_string(out, field->path);
    pe_out_text(out, field->type);
    pe_out_text(out, field->unit);
    pe_out_string(out, field->option == NULL ? "" : field->option);
    pe_out_string(out, field->service == NULL ? "" : field->service);
    pe_out_u32(out, field->required);
    pe_out_u32(out, field->secret);
    pe_out_text(out, field->doc);
    pe_out_end(out);
}

static void send_fields(struct pe_work *work)
{
    struct pe_err err;

    if (pe_fields_walk(&work->pack, &work->arena, send_field, &work->out, &err) != 0)
        pe_work_give_up(work, &err);
    pe_work_done(work);
}

/* A file that belongs to no pack. */
_Noreturn static void send_entries(struct pe_work *work)
{
    const struct pe_task *task = work->task;
    struct pe_err err;
    int result;

    if (task->kind == PE_TASK_WAIVERS)
        result = pe_entries_waivers(task->bytes, task->length, &work->out, &err);
    else
        result = pe_entries_settings(task->bytes, task->length, &work->out, &err);
    if (result != 0)
        pe_work_give_up(work, &err);
    pe_work_done(work);
    pe_work_leave(work);
}

_Noreturn static void send_saved(struct pe_work *work)
{
    const struct pe_task *task = work->task;
    struct pe_saved saved;
    struct pe_err err;

    if (pe_saved_read(task->bytes, task->length, &work->arena, &saved, &err) != 0)
        pe_work_give_up(work, &err);
    pe_saved_send(&saved, &work->out);
    pe_work_done(work);
    pe_work_leave(work);
}

_Noreturn void pe_worker_run(const struct pe_task *task, const struct pe_wall *wall, int fd)
{
    struct pe_work work = {.task = task, .out = {.fd = fd}};

    close_wall(&work, wall);
    json_object_seed(1); /* jansson would ask the system for one; objects are small and ours */
    if (task->kind == PE_TASK_WAIVERS || task->kind == PE_TASK_SETTINGS)
        send_entries(&work);
    if (task->kind == PE_TASK_SAVED)
        send_saved(&work);
    if (task->kind == PE_TASK_MERGE)
        pe_work_tally_lines(&work, wall->feed_fd);
    pe_work_open_pack(&work);
    if (task->kind == PE_TASK_JUDGE)
        pe_work_judge_all(&work, wall->feed_fd);
    if (task->kind == PE_TASK_SCHEMA)
        send_schema(&work);
    else if (task->kind == PE_TASK_SKELETON)
        send_skeleton(&work);
    else if (task->kind == PE_TASK_FIELDS)
        send_fields(&work);
    else if (task->kind == PE_TASK_TEST)
        pe_work_test(&work);
    else if (task->kind == PE_TASK_MUTATE)
        pe_work_mutate(&work);
    else
        pe_work_done(&work);
    pe_work_leave(&work);
}
