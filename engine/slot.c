/* slot.c: one unit at a time, shown to the worker of its pack. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "slot.h"

#include <string.h>

#include "base/err.h"
#include "say.h"

/* Snapshots up to this size are all the same to a worker. A larger one gets one for its size, so
 * that no verdict depends on what a worker judged before. */
enum { COMMON_BYTES = 1024 * 1024 };

static struct pe_slot_worker *worker_of(const struct pe_slot *slot)
{
    return &slot->workers[slot->pack];
}

struct pe_child *pe_slot_child(struct pe_slot *slot)
{
    return &worker_of(slot)->child;
}

void pe_slot_end(struct pe_slot *slot, size_t pack_count)
{
    for (size_t i = 0; slot->workers != NULL && i < pack_count; i++)
        if (slot->workers[i].child.pid > 0)
            pe_child_end(&slot->workers[i].child);
}

/* ---- the end of a unit ---- */

static void leave(struct pe_slot *slot)
{
    slot->unit->done = true;
    slot->unit = NULL;
}

/* Nothing can be said of the unit, or, where there is none, of anything. */
static int fail(struct pe_slot *slot, const struct pe_err *why, struct pe_err *err)
{
    if (slot->unit == NULL) {
        *err = *why;
        return -1;
    }
    slot->unit->failed = true;
    slot->unit->err = *why;
    leave(slot);
    return 0;
}

/* The same by a worker's own words, before its pack was loaded or after. */
static int fail_as_told(struct pe_slot *slot, const struct pe_err *told, struct pe_err *err)
{
    if (slot->unit != NULL)
        slot->unit->early = !worker_of(slot)->ready;
    return fail(slot, told, err);
}

static int fail_for(struct pe_slot *slot, const char *why, struct pe_err *err)
{
    struct pe_err local;

    if (why == NULL)
        return pe_err_memory(err);
    pe_err_set(&local, PE_ERR_WORKER, "%s", why);
    return fail(slot, &local, err);
}

static const char *impossible(struct pe_arena *arena, const char *lie)
{
    return pe_arena_printf(arena, "the worker sent an impossible answer (%s)", lie);
}

/* ---- what comes before the first unit ---- */

/* Each of these returns 0, 1 when the unit is over, or -1: a lie, or err is set. */

static int take_error(struct pe_slot *slot, struct pe_slot_share *share, struct pe_in *in,
                      const char **lie, struct pe_err *err)
{
    struct pe_err told = {.kind = (enum pe_err_kind)pe_in_u32(in, PE_ERR_WORKER)};
    const char *text = pe_in_word(in);

    if (!pe_in_done(in)) {
        *lie = "error";
        return -1;
    }
    if (told.kind == PE_ERR_PACK)
        pe_err_set(&told, told.kind, "%s/%s", share->job->packs[slot->pack]->name, text);
    else
        pe_err_set(&told, told.kind, "%s", text);
    if (told.kind != PE_ERR_INPUT) /* it leaves */
        pe_child_end(&worker_of(slot)->child);
    return fail_as_told(slot, &told, err) != 0 ? -1 : 1;
}

/* Which selectors no pack took is known when all are loaded: pe_slots_flaw(). They come in
 * order, so that whoever tells them for ever is soon caught. */
static int take_unmatched(struct pe_slot *slot, struct pe_slot_share *share, struct pe_in *in,
                          const char **lie)
{
    const struct pe_job *job = share->job;
    struct pe_slot_worker *worker = worker_of(slot);
    bool skip = pe_in_u32(in, 1);
    size_t number = pe_in_u32(in, UINT32_MAX), limit = skip ? job->skip.count : job->only.count;
    const char *text;

    in->arena = share->arena;
    text = pe_in_word(in);
    if (!pe_in_done(in) || number >= limit ||
        (number += skip ? job->only.count : 0) < worker->told) {
        *lie = "selector";
        return -1;
    }
    worker->told = number + 1;
    share->unmatched[number * job->pack_count + slot->pack] = text;
    return 0;
}

static int take_pack(struct pe_slot *slot, struct pe_slot_share *share, struct pe_in *in,
                     const char **lie, struct pe_err *err)
{
    struct pe_decoded_pack *pack = &share->packs[slot->pack];

    in->arena = share->arena;
    if (pe_decode_judged_pack(in, share->job->packs[slot->pack], share->job, pack, lie, err) != 0)
        return -1;
    worker_of(slot)->ready = true;
    return 0;
}

/* What a worker says until its pack is loaded. Whatever is wrong then would be wrong with every
 * snapshot. */
static int take_early(struct pe_slot *slot, struct pe_slot_share *share, unsigned type,
                      struct pe_in *in, const char **lie, struct pe_err *err)
{
    switch (type) {
    case PE_RECORD_ERROR:
        return take_error(slot, share, in, lie, err);
    case PE_RECORD_UNMATCHED:
        return take_unmatched(slot, share, in, lie);
    case PE_RECORD_PACK:
        return take_pack(slot, share, in, lie, err);
    default:
        *lie = "order";
        return -1;
    }
}

/* ---- showing a unit ---- */

static size_t size_class(size_t length)
{
    return length < COMMON_BYTES ? COMMON_BYTES : length;
}

static int start(struct pe_slot *slot, struct pe_slot_share *share, size_t first_control,
                 struct pe_err *err)
{
    struct pe_slot_worker *worker = worker_of(slot);
    const struct pe_unit *unit = slot->unit;

    worker->task = (struct pe_task){.kind = PE_TASK_JUDGE,
                                    .feed = share->feed,
                                    .inputs = share->inputs,
                                    .input_count = share->input_count,
                                    .files = &share->job->packs[slot->pack]->files,
                                    .largest = COMMON_BYTES,
                                    .job = share->job};
    if (unit != NULL) {
        worker->task.bytes = unit->length == 0 ? (const unsigned char *)"" : unit->bytes;
        worker->task.length = unit->length;
        worker->task.largest = size_class(unit->length);
        worker->task.first_control = first_control;
        worker->task.announces = unit->again;
    }
    worker->ready = false;
    worker->told = 0;
    worker->busy_ms = 0;
    slot->to_send = slot->sent = 0;
    return pe_child_start(&worker->child, &worker->task, err);
}

static void feed(struct pe_slot *slot, struct pe_slot_share *share, size_t first_control)
{
    const struct pe_unit *unit = slot->unit;

    slot->head = (struct pe_feed_head){unit->length, unit->input, first_control, unit->again};
    slot->to_send = sizeof slot->head + (share->feed == PE_FEED_LINES ? unit->length : 0);
    slot->sent = 0;
    pe_slot_send(slot);
}

/* What it says before it is asked is a lie, and its end not the next unit's. */
static bool is_silent(const struct pe_child *child)
{
    struct pollfd fd = {child->fd, POLLIN, 0};

    return poll(&fd, 1, 0) == 0;
}

static bool can_stay(const struct pe_slot_worker *worker, const struct pe_unit *unit)
{
    return worker->child.pid > 0 && worker->task.largest == size_class(unit->length) &&
           worker->child.read == worker->child.in.length && is_silent(&worker->child) &&
           worker->busy_ms < (int64_t)PE_STREAM_SECONDS * 1000;
}

static int show(struct pe_slot *slot, struct pe_slot_share *share, size_t first_control,
                struct pe_err *err)
{
    struct pe_slot_worker *worker = worker_of(slot);

    slot->since_ms = pe_child_clock();
    if (can_stay(worker, slot->unit)) {
        feed(slot, share, first_control);
    } else {
        if (worker->child.pid > 0)
            pe_child_end(&worker->child);
        if (start(slot, share, first_control, err) != 0)
            return -1;
    }
    pe_child_rewind(&worker->child, slot->unit->length);
    return 0;
}

static int show_from_start(struct pe_slot *slot, struct pe_slot_share *share, struct pe_err *err)
{
    struct pe_unit *unit = slot->unit;

    unit->decoded = (struct pe_decoded){.pack = &share->packs[unit->pack],
                                        .arena = unit->arena,
                                        .file_bytes = unit->length,
                                        .evidence_limit = share->job->evidence,
                                        .required_basis = share->job->require_basis};
    return show(slot, share, 0, err);
}

int pe_slot_begin(struct pe_slot *slot, struct pe_slot_share *share, struct pe_unit *unit,
                  struct pe_err *err)
{
    unit->again = unit->done = unit->failed = unit->early = false;
    slot->unit = unit;
    slot->pack = unit->pack;
    return show_from_start(slot, share, err);
}

/* ---- what is said of it ---- */

/* 0: go on; 1: the worker is done with the unit; -1: a lie, or err is set. */
static int take_record(struct pe_slot *slot, struct pe_slot_share *share, unsigned type,
                       struct pe_in *in, const char **lie, struct pe_err *err)
{
    struct pe_decoded *decoded = &slot->unit->decoded;

    if (pe_slot_sending(slot)) {
        *lie = "answer before the question";
        return -1;
    }
    switch (type) {
    case PE_RECORD_ERROR:
        return take_error(slot, share, in, lie, err);
    case PE_RECORD_SNAPSHOT:
        if (decoded->has_snapshot)
            break;
        return pe_decode_snapshot(in, decoded, lie);
    case PE_RECORD_CONTROL:
        if (!decoded->has_snapshot || pe_decode_finish(decoded, lie) != 0)
            break;
        pe_child_rewind(&worker_of(slot)->child, slot->unit->length);
        return pe_decode_control(in, decoded, lie);
    case PE_RECORD_RULE:
        return pe_decode_rule(in, decoded, lie);
    case PE_RECORD_UNREAD:
        return pe_decode_unread(in, decoded, lie);
    case PE_RECORD_DONE:
        if (pe_decode_done(decoded, lie) != 0)
            break;
        leave(slot);
        return 1;
    default:
        break;
    }
    if (*lie == NULL)
        *lie = "order";
    return -1;
}

/* ---- what goes wrong ---- */

static int end_worker(struct pe_slot *slot)
{
    return pe_child_end(&worker_of(slot)->child);
}

/* The worker is gone. The control that ran is an error, and another worker goes on behind it; of a
 * snapshot of which nothing is known yet nothing can be said: early says why. */
static int break_off(struct pe_slot *slot, struct pe_slot_share *share, enum pe_sentence sentence,
                     const char *what, const char *early, struct pe_err *err)
{
    struct pe_decoded *decoded = &slot->unit->decoded;

    if (what == NULL)
        return pe_err_memory(err);
    if (!decoded->in_control)
        return fail_for(slot, early, err);
    pe_decode_break(decoded, pe_say(slot->unit->arena, sentence, what, NULL, NULL));
    decoded->has_snapshot = false;
    return show(slot, share, decoded->control + 1, err);
}

/* It may have been killed by somebody, so that the snapshot is not to blame: then a second worker
 * that gets it from its start says what the first would have said. Else that one announces each
 * control, so that it is known which is to blame. */
static int try_again(struct pe_slot *slot, struct pe_slot_share *share, struct pe_err *err)
{
    slot->unit->again = true;
    return show_from_start(slot, share, err);
}

static int died(struct pe_slot *slot, struct pe_slot_share *share, struct pe_err *err)
{
    struct pe_arena *arena = slot->unit->arena;
    int status = end_worker(slot);
    const char *death;

    if (!slot->unit->again)
        return try_again(slot, share, err);
    death = pe_child_death(arena, status);
    return break_off(
        slot, share, PE_SAY_WORKER_DIED, death,
        pe_arena_printf(arena, "the worker died before it judged anything (%s)", death), err);
}

int pe_slot_overdue(struct pe_slot *slot, struct pe_slot_share *share, struct pe_err *err)
{
    struct pe_arena *arena = slot->unit->arena;
    unsigned seconds = pe_child_seconds(slot->unit->length);

    end_worker(slot);
    if (!slot->unit->again)
        return try_again(slot, share, err);
    return break_off(slot, share, PE_SAY_WORKER_LATE, pe_arena_printf(arena, "%u", seconds),
                     pe_arena_printf(arena, "the worker overstayed its %u seconds", seconds), err);
}

static int lied(struct pe_slot *slot, struct pe_slot_share *share, const char *lie,
                struct pe_err *err)
{
    struct pe_arena *arena = slot->unit->arena;

    end_worker(slot);
    slot->unit->again = true; /* the next one's death is not tried again: it would undo this */
    return break_off(slot, share, PE_SAY_WORKER_LIED, lie, impossible(arena, lie), err);
}

/* ---- to and from a worker ---- */

bool pe_slot_sending(const struct pe_slot *slot)
{
    return slot->unit != NULL && slot->sent < slot->to_send;
}

void pe_slot_send(struct pe_slot *slot)
{
    pe_child_feed(&worker_of(slot)->child, &slot->head, slot->unit->bytes,
                  slot->to_send - sizeof slot->head, &slot->sent);
}

/* 0: nothing is left to be taken; 1: the unit is over; -1: a lie, or err is set. */
static int take_records(struct pe_slot *slot, struct pe_slot_share *share, const char **lie,
                        struct pe_err *err)
{
    struct pe_slot_worker *worker = worker_of(slot);
    struct pe_arena *arena = slot->unit == NULL ? share->arena : slot->unit->arena;
    const unsigned char *payload;
    unsigned type;
    size_t length;
    int result = 0;

    while (result == 0 && pe_child_record(&worker->child, &type, &payload, &length, lie)) {
        struct pe_in in = {payload, payload + length, arena, false};
        if (!worker->ready) {
            result = take_early(slot, share, type, &in, lie, err);
        } else if (slot->unit == NULL) {
            *lie = "answer before the question";
            return -1;
        } else {
            result = take_record(slot, share, type, &in, lie, err);
        }
        if (!pe_arena_failed(arena) && !pe_arena_failed(share->arena))
            continue;
        *lie = NULL; /* it was no lie */
        return pe_err_memory(err);
    }
    return *lie == NULL ? result : -1;
}

/* The worker may go where it can get nothing more: the result does not wait until it is gone. */
static void rest(struct pe_slot *slot, const struct pe_slot_share *share)
{
    struct pe_slot_worker *worker = worker_of(slot);

    worker->busy_ms += pe_child_clock() - slot->since_ms;
    if (share->feed == PE_FEED_NONE)
        pe_child_let_go(&worker->child);
}

int pe_slot_hear(struct pe_slot *slot, struct pe_slot_share *share, struct pe_err *err)
{
    struct pe_child *child = &worker_of(slot)->child;
    const char *lie = NULL;
    int more = pe_child_read(child), result;

    if (pe_buf_failed(&child->in))
        return pe_err_memory(err);
    result = take_records(slot, share, &lie, err);
    if (result < 0)
        return lie == NULL ? -1 : lied(slot, share, lie, err);
    if (result > 0) {
        rest(slot, share);
        return 0;
    }
    return more ? 0 : died(slot, share, err);
}

/* ---- before the first unit ---- */

/* *dead: it is. */
static int hear_early(struct pe_slot *slot, struct pe_slot_share *share, bool *dead,
                      struct pe_err *err)
{
    const char *lie = NULL;

    *dead = pe_child_read(pe_slot_child(slot)) == 0;
    if (*dead || take_records(slot, share, &lie, err) == 0)
        return 0;
    return lie == NULL
               ? -1
               : pe_err_set(err, PE_ERR_WORKER, "a worker sent an impossible answer (%s)", lie);
}

/* 0: its pack is loaded; 1: it died; -1. */
static int wait_until_ready(struct pe_slot *slot, struct pe_slot_share *share, struct pe_err *err)
{
    struct pe_child *child = pe_slot_child(slot);
    int64_t heard = pe_child_clock(), lost;
    bool dead = false;
    struct pollfd fd;

    while (!worker_of(slot)->ready && !dead) {
        fd = (struct pollfd){child->fd, POLLIN, 0};
        if (pe_child_wait(&fd, 1, child->deadline_ms, &heard, &lost, err) != 0)
            return -1;
        child->deadline_ms += lost;
        if (fd.revents != 0 && hear_early(slot, share, &dead, err) != 0)
            return -1;
        if (fd.revents == 0 && child->deadline_ms <= heard)
            return pe_err_set(err, PE_ERR_PACK, "%s: it takes too long to load",
                              share->job->packs[slot->pack]->name);
    }
    return dead;
}

/* One that died may have been killed by somebody, so that the pack is not to blame. */
int pe_slot_warm(struct pe_slot *slot, struct pe_slot_share *share, struct pe_err *err)
{
    int result = 1;

    for (int i = 0; i < 2 && result == 1; i++) {
        if (start(slot, share, 0, err) != 0)
            return -1;
        result = wait_until_ready(slot, share, err);
        if (result == 1)
            end_worker(slot);
    }
    if (result == 1)
        return pe_err_set(err, PE_ERR_WORKER, "the worker for the pack %s died",
                          share->job->packs[slot->pack]->name);
    return result;
}
