/* stream_slot.c: one line at a time, shown to one worker after the other. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "stream.h"

#include <string.h>

#include "base/err.h"
#include "say.h"

/* Lines up to this length do not make a worker anew, whatever came before them. */
enum { COMMON_BYTES = 1024 * 1024 };

int pe_slot_init(struct pe_stream_slot *slot, struct pe_stream_share *share, struct pe_err *err)
{
    slot->workers = pe_arena_array(&share->arena, share->job->pack_count, sizeof *slot->workers);
    return slot->workers == NULL ? pe_err_memory(err) : 0;
}

void pe_slot_release(struct pe_stream_slot *slot, const struct pe_stream_share *share)
{
    for (size_t i = 0; slot->workers != NULL && i < share->job->pack_count; i++)
        if (slot->workers[i].child.pid > 0)
            pe_child_end(&slot->workers[i].child);
}

static struct pe_stream_worker *worker_of(const struct pe_stream_slot *slot)
{
    return &slot->workers[slot->pack];
}

static struct pe_decoded *decoded_of(const struct pe_stream_slot *slot)
{
    return &slot->line->decoded[slot->pack];
}

struct pe_child *pe_slot_child(struct pe_stream_slot *slot)
{
    return &worker_of(slot)->child;
}

/* ---- what comes before the first line ---- */

static int take_error(struct pe_stream_slot *slot, struct pe_stream_share *share, struct pe_in *in,
                      struct pe_err *err)
{
    enum pe_err_kind kind = (enum pe_err_kind)pe_in_u32(in, PE_ERR_WORKER);
    const char *text = pe_in_word(in);

    if (!pe_in_done(in))
        return pe_err_set(err, PE_ERR_WORKER, "a worker sent an impossible answer (error)");
    if (kind == PE_ERR_PACK)
        return pe_err_set(err, kind, "%s/%s", share->job->packs[slot->pack]->name, text);
    return pe_err_set(err, kind, "%s", text);
}

static int take_unmatched(struct pe_stream_slot *slot, struct pe_stream_share *share,
                          struct pe_in *in, struct pe_err *err)
{
    const struct pe_job *job = share->job;
    bool skip = pe_in_u32(in, 1);
    size_t number = pe_in_u32(in, UINT32_MAX);
    const char *text = pe_in_word(in);

    if (!pe_in_done(in) || number >= (skip ? job->skip.count : job->only.count))
        return pe_err_set(err, PE_ERR_WORKER, "a worker sent an impossible answer (selector)");
    number += skip ? job->only.count : 0;
    if (share->packs[slot->pack].raw == NULL) /* each pack is counted once */
        share->unmatched[number]++;
    if (share->unmatched[number] == job->pack_count)
        return pe_err_set(err, PE_ERR_USAGE, "%s", text);
    return 0;
}

static int take_pack(struct pe_stream_slot *slot, struct pe_stream_share *share, struct pe_in *in,
                     struct pe_err *err)
{
    struct pe_decoded_pack *pack = &share->packs[slot->pack];
    const char *lie = NULL;

    in->arena = &share->arena;
    if (pe_decode_judged_pack(in, share->job->packs[slot->pack], share->job, pack, &lie, err) != 0)
        return lie == NULL
                   ? -1
                   : pe_err_set(err, PE_ERR_WORKER, "a worker sent an impossible answer (%s)", lie);
    if (pe_arena_failed(&share->arena))
        return pe_err_memory(err);
    worker_of(slot)->ready = true;
    return 0;
}

/* What a worker says until its pack is loaded. Whatever is wrong then would be wrong with every
 * line. */
static int take_early(struct pe_stream_slot *slot, struct pe_stream_share *share, unsigned type,
                      struct pe_in *in, struct pe_err *err)
{
    switch (type) {
    case PE_RECORD_ERROR:
        return take_error(slot, share, in, err);
    case PE_RECORD_UNMATCHED:
        return take_unmatched(slot, share, in, err);
    case PE_RECORD_PACK:
        return take_pack(slot, share, in, err);
    default:
        return pe_err_set(err, PE_ERR_WORKER, "a worker sent an impossible answer (order)");
    }
}

static int start(struct pe_stream_slot *slot, struct pe_stream_share *share, size_t length,
                 struct pe_err *err)
{
    struct pe_stream_worker *worker = worker_of(slot);

    worker->task = (struct pe_task){.kind = PE_TASK_STREAM,
                                    .files = &share->job->packs[slot->pack]->files,
                                    .length = length < COMMON_BYTES ? COMMON_BYTES : length,
                                    .job = share->job};
    worker->ready = false;
    worker->busy_ms = 0;
    return pe_child_start(&worker->child, &worker->task, err);
}

/* ---- one line ---- */

/* What is wrong with the line alone. */
static int take_line_error(struct pe_stream_slot *slot, struct pe_in *in, const char **lie)
{
    enum pe_err_kind kind = (enum pe_err_kind)pe_in_u32(in, PE_ERR_WORKER);
    const char *text = pe_in_word(in);

    if (!pe_in_done(in)) {
        *lie = "error";
        return -1;
    }
    slot->line->error = text;
    if (kind != PE_ERR_INPUT) /* it leaves */
        pe_child_end(&worker_of(slot)->child);
    return 0;
}

static bool has_sent_all(const struct pe_stream_slot *slot)
{
    return slot->sent == sizeof slot->head + slot->line->text.bytes.length;
}

/* 0: go on; 1: the worker is done with the line. */
static int take_record(struct pe_stream_slot *slot, unsigned type, struct pe_in *in,
                       const char **lie)
{
    struct pe_decoded *decoded = decoded_of(slot);

    if (!has_sent_all(slot)) {
        *lie = "answer before the question";
        return -1;
    }
    switch (type) {
    case PE_RECORD_ERROR:
        return take_line_error(slot, in, lie) != 0 ? -1 : 1;
    case PE_RECORD_SNAPSHOT:
        return pe_decode_snapshot(in, decoded, lie);
    case PE_RECORD_CONTROL:
        if (!decoded->has_snapshot || pe_decode_finish(decoded, lie) != 0)
            break;
        pe_child_rewind(&worker_of(slot)->child, slot->line->text.bytes.length);
        return pe_decode_control(in, decoded, lie);
    case PE_RECORD_RULE:
        return pe_decode_rule(in, decoded, lie);
    case PE_RECORD_UNREAD:
        return pe_decode_unread(in, decoded, lie);
    case PE_RECORD_DONE:
        if (pe_decode_done(decoded, lie) != 0)
            break;
        return 1;
    default:
        break;
    }
    if (*lie == NULL)
        *lie = "order";
    return -1;
}

static void end_worker(struct pe_stream_slot *slot, int *status)
{
    *status = pe_child_end(&worker_of(slot)->child);
}

static int show(struct pe_stream_slot *slot, struct pe_stream_share *share, size_t first_control,
                struct pe_err *err)
{
    struct pe_stream_worker *worker = worker_of(slot);
    size_t length = slot->line->text.bytes.length;

    slot->since_ms = pe_child_clock();
    if (worker->child.pid > 0 &&
        (worker->task.length < length || worker->child.read != worker->child.in.length ||
         worker->busy_ms >= (int64_t)PE_STREAM_SECONDS * 1000))
        pe_child_end(&worker->child);
    if (worker->child.pid == 0 && start(slot, share, length, err) != 0)
        return -1;
    pe_child_rewind(&worker->child, length);
    slot->head = (struct pe_feed_head){length, first_control, slot->line->again};
    slot->sent = 0;
    pe_slot_send(slot);
    return 0;
}

static int show_from_start(struct pe_stream_slot *slot, struct pe_stream_share *share,
                           struct pe_err *err)
{
    *decoded_of(slot) = (struct pe_decoded){.pack = &share->packs[slot->pack],
                                            .arena = &slot->line->arena,
                                            .file_bytes = slot->line->text.bytes.length,
                                            .evidence_limit = share->job->evidence,
                                            .required_basis = share->job->require_basis};
    return show(slot, share, 0, err);
}

int pe_slot_begin(struct pe_stream_slot *slot, struct pe_stream_share *share,
                  struct pe_stream_line *line, struct pe_err *err)
{
    line->state = PE_LINE_JUDGING;
    slot->line = line;
    slot->pack = 0;
    return show_from_start(slot, share, err);
}

static void leave_line(struct pe_stream_slot *slot)
{
    slot->line->state = PE_LINE_DONE;
    slot->line = NULL;
}

/* The next pack's turn, unless nothing can be said of the line. */
static int go_on(struct pe_stream_slot *slot, struct pe_stream_share *share, struct pe_err *err)
{
    worker_of(slot)->busy_ms += pe_child_clock() - slot->since_ms;
    if (slot->line->error == NULL && ++slot->pack < share->job->pack_count)
        return show_from_start(slot, share, err);
    leave_line(slot);
    return 0;
}

/* ---- what goes wrong ---- */

static int give_up(struct pe_stream_slot *slot, const char *why, struct pe_err *err)
{
    slot->line->error = why;
    leave_line(slot);
    return why == NULL ? pe_err_memory(err) : 0;
}

/* The worker is gone. The control that ran is an error, and another worker goes on behind it; a
 * line of which nothing is known yet could not be judged: early says why. */
static int break_off(struct pe_stream_slot *slot, struct pe_stream_share *share,
                     enum pe_sentence sentence, const char *what, const char *early,
                     struct pe_err *err)
{
    struct pe_decoded *decoded = decoded_of(slot);
    struct pe_arena *arena = &slot->line->arena;

    if (what == NULL || early == NULL)
        return pe_err_memory(err);
    if (!decoded->in_control)
        return give_up(slot, early, err);
    pe_decode_break(decoded, pe_say(arena, sentence, what, NULL, NULL));
    decoded->has_snapshot = false;
    return show(slot, share, decoded->control + 1, err);
}

/* It may have been killed by somebody, so that the line is not to blame: then a second worker that
 * gets the whole line says what the first would have said. Else that one announces each control,
 * so that it is known which is to blame. */
static int try_again(struct pe_stream_slot *slot, struct pe_stream_share *share, struct pe_err *err)
{
    struct pe_stream_line *line = slot->line;

    line->again = true;
    pe_arena_release(&line->arena);
    return pe_slot_begin(slot, share, line, err);
}

static int died(struct pe_stream_slot *slot, struct pe_stream_share *share, struct pe_err *err)
{
    struct pe_stream_line *line = slot->line;
    const char *death;
    int status;

    end_worker(slot, &status);
    if (!line->again)
        return try_again(slot, share, err);
    death = pe_child_death(&line->arena, status);
    return break_off(
        slot, share, PE_SAY_WORKER_DIED, death,
        pe_arena_printf(&line->arena, "the worker died before it judged anything (%s)", death),
        err);
}

int pe_slot_overdue(struct pe_stream_slot *slot, struct pe_stream_share *share, struct pe_err *err)
{
    unsigned seconds = pe_child_seconds(slot->line->text.bytes.length);
    int status;

    end_worker(slot, &status);
    if (!slot->line->again)
        return try_again(slot, share, err);
    return break_off(
        slot, share, PE_SAY_WORKER_LATE, pe_arena_printf(&slot->line->arena, "%u", seconds),
        pe_arena_printf(&slot->line->arena, "the worker overstayed its %u seconds", seconds), err);
}

/* ---- to and from a worker ---- */

bool pe_slot_sending(const struct pe_stream_slot *slot)
{
    return slot->line != NULL && !has_sent_all(slot);
}

void pe_slot_send(struct pe_stream_slot *slot)
{
    pe_child_feed(&worker_of(slot)->child, &slot->head, &slot->line->text.bytes, &slot->sent);
}

/* 0: nothing is left to be taken; 1: the worker is done; -1: a lie, or err is set. */
static int take_records(struct pe_stream_slot *slot, struct pe_stream_share *share,
                        const char **lie, struct pe_err *err)
{
    struct pe_stream_worker *worker = worker_of(slot);
    struct pe_arena *arena = slot->line == NULL ? &share->arena : &slot->line->arena;
    const unsigned char *payload;
    unsigned type;
    size_t length;
    int result = 0;

    while (result == 0 && pe_child_record(&worker->child, &type, &payload, &length, lie)) {
        struct pe_in in = {payload, payload + length, arena, false};
        if (!worker->ready) {
            result = take_early(slot, share, type, &in, err);
            continue;
        }
        if (slot->line == NULL)
            return pe_err_set(err, PE_ERR_WORKER, "a worker spoke before it was asked");
        result = take_record(slot, type, &in, lie);
        if (!pe_arena_failed(arena))
            continue;
        *lie = NULL; /* it was no lie */
        return pe_err_memory(err);
    }
    return *lie == NULL ? result : -1;
}

int pe_slot_hear(struct pe_stream_slot *slot, struct pe_stream_share *share, struct pe_err *err)
{
    struct pe_child *child = &worker_of(slot)->child;
    const char *lie = NULL;
    int more = pe_child_read(child), result, status;

    if (pe_buf_failed(&child->in))
        return pe_err_memory(err);
    result = take_records(slot, share, &lie, err);
    if (result < 0 && lie == NULL)
        return -1;
    if (result < 0) {
        end_worker(slot, &status);
        return break_off(
            slot, share, PE_SAY_WORKER_LIED, lie,
            pe_arena_printf(&slot->line->arena, "the worker sent an impossible answer (%s)", lie),
            err);
    }
    if (result > 0)
        return go_on(slot, share, err);
    return more ? 0 : died(slot, share, err);
}

/* ---- before the first line ---- */

static int wait_until_ready(struct pe_stream_slot *slot, struct pe_stream_share *share,
                            struct pe_err *err)
{
    struct pe_child *child = &worker_of(slot)->child;
    const char *lie = NULL;
    int64_t heard = pe_child_clock(), lost;
    struct pollfd fd;

    while (!worker_of(slot)->ready) {
        fd = (struct pollfd){child->fd, POLLIN, 0};
        if (pe_child_wait(&fd, 1, child->deadline_ms, &heard, &lost, err) != 0)
            return -1;
        child->deadline_ms += lost;
        if (fd.revents == 0 && child->deadline_ms <= heard)
            return pe_err_set(err, PE_ERR_PACK, "%s: it takes too long to load",
                              share->job->packs[slot->pack]->name);
        if (fd.revents == 0)
            continue;
        if (pe_child_read(child) == 0)
            return pe_err_set(err, PE_ERR_WORKER, "the worker for the pack %s died",
                              share->job->packs[slot->pack]->name);
        if (take_records(slot, share, &lie, err) < 0)
            return lie == NULL ? -1
                               : pe_err_set(err, PE_ERR_WORKER,
                                            "a worker sent an impossible answer (%s)", lie);
    }
    return 0;
}

int pe_slot_warm(struct pe_stream_slot *slot, struct pe_stream_share *share, struct pe_err *err)
{
    for (slot->pack = 0; slot->pack < share->job->pack_count; slot->pack++)
        if (start(slot, share, 0, err) != 0 || wait_until_ready(slot, share, err) != 0)
            return -1;
    slot->pack = 0;
    return 0;
}
