/* slot_set.c: the slots of a job or a stream, waited for together. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "assemble.h"
#include "base/err.h"
#include "slot.h"

int pe_slots_init(struct pe_slots *slots, struct pe_err *err)
{
    struct pe_slot_share *share = &slots->share;
    const struct pe_job *job = share->job;
    struct pe_arena *arena = share->arena;
    size_t count = job->jobs > 0 ? job->jobs : 1;
    size_t units = share->input_count * job->pack_count;
    size_t selectors = job->only.count + job->skip.count;

    if (share->feed != PE_FEED_LINES && count > units && units > 0)
        count = units;
    slots->items = pe_arena_array(arena, count, sizeof *slots->items);
    slots->fds = pe_arena_array(arena, 2 * count + PE_SLOTS_OTHERS, sizeof *slots->fds);
    share->packs = pe_arena_array(arena, job->pack_count, sizeof *share->packs);
    share->unmatched =
        pe_arena_array(arena, selectors * job->pack_count + 1, sizeof *share->unmatched);
    slots->count = slots->items == NULL ? 0 : count;
    for (size_t i = 0; i < slots->count; i++)
        slots->items[i].workers =
            pe_arena_array(arena, job->pack_count, sizeof *slots->items[i].workers);
    slots->heard_ms = pe_child_clock();
    return pe_arena_failed(arena) ? pe_err_memory(err) : 0;
}

void pe_slots_release(struct pe_slots *slots)
{
    for (size_t i = 0; i < slots->count; i++)
        pe_slot_end(&slots->items[i], slots->share.job->pack_count);
    slots->count = 0;
}

static bool lacks_model(const struct pe_slot_share *share)
{
    for (size_t i = 0; i < share->job->pack_count; i++)
        if (share->packs[i].info.has_model)
            return false;
    return share->job->gate.strict_model;
}

const char *pe_slots_flaw(const struct pe_slots *slots)
{
    const struct pe_slot_share *share = &slots->share;
    size_t packs = share->job->pack_count, taken_by;

    for (size_t i = 0; i < share->job->only.count + share->job->skip.count; i++) {
        taken_by = packs;
        for (size_t k = 0; k < packs; k++)
            taken_by -= share->unmatched[i * packs + k] != NULL;
        if (taken_by == 0)
            return share->unmatched[i * packs + packs - 1];
    }
    return lacks_model(share) ? PE_NO_MODEL : NULL;
}

int pe_slots_warm(struct pe_slots *slots, struct pe_err *err)
{
    struct pe_slot *slot = &slots->items[0];
    const char *flaw;

    for (slot->pack = 0; slot->pack < slots->share.job->pack_count; slot->pack++)
        if (pe_slot_warm(slot, &slots->share, err) != 0)
            return -1;
    slot->pack = 0;
    slots->heard_ms = pe_child_clock();
    flaw = pe_slots_flaw(slots);
    return flaw == NULL ? 0 : pe_err_set(err, PE_ERR_USAGE, "%s", flaw);
}

struct pe_slot *pe_slots_idle(struct pe_slots *slots, size_t pack)
{
    struct pe_slot *idle = NULL;

    for (size_t i = 0; i < slots->count; i++) {
        if (slots->items[i].unit != NULL)
            continue;
        if (slots->items[i].workers[pack].child.pid > 0)
            return &slots->items[i];
        if (idle == NULL)
            idle = &slots->items[i];
    }
    return idle;
}

/* ---- waiting ---- */

/* The others, then two for each busy slot: of more descriptors than it may open a process cannot
 * ask either. Returns how many, and the first deadline. */
static size_t what_to_watch(struct pe_slots *slots, const struct pollfd *others, int64_t *first)
{
    size_t count = PE_SLOTS_OTHERS;

    *first = INT64_MAX;
    for (size_t i = 0; i < PE_SLOTS_OTHERS; i++)
        slots->fds[i] = others[i];
    for (size_t i = 0; i < slots->count; i++) {
        struct pe_slot *slot = &slots->items[i];
        struct pe_child *child;
        if (slot->unit == NULL)
            continue;
        child = pe_slot_child(slot);
        slots->fds[count++] = (struct pollfd){child->fd, POLLIN, 0};
        slots->fds[count++] = (struct pollfd){pe_slot_sending(slot) ? child->feed : -1, POLLOUT, 0};
        if (child->deadline_ms < *first)
            *first = child->deadline_ms;
    }
    return count;
}

/* Speaking is no excuse for being late: a worker that is over gets no time by it. */
static int look_at(struct pe_slots *slots, struct pe_slot *slot, const struct pollfd fds[2],
                   struct pe_err *err)
{
    const struct pe_unit *unit = slot->unit;
    pid_t pid = pe_slot_child(slot)->pid;

    if (fds[1].revents != 0 && pe_slot_sending(slot))
        pe_slot_send(slot);
    if (fds[0].revents != 0 && pe_slot_hear(slot, &slots->share, err) != 0)
        return -1;
    if (slot->unit == unit && pe_slot_child(slot)->pid == pid &&
        pe_slot_child(slot)->deadline_ms <= slots->heard_ms)
        return pe_slot_overdue(slot, &slots->share, err);
    return 0;
}

int pe_slots_wait(struct pe_slots *slots, struct pollfd others[PE_SLOTS_OTHERS], struct pe_err *err)
{
    int64_t first, lost;
    size_t count = what_to_watch(slots, others, &first), at = PE_SLOTS_OTHERS;

    if (pe_child_wait(slots->fds, count, first, &slots->heard_ms, &lost, err) != 0)
        return -1;
    for (size_t i = 0; i < PE_SLOTS_OTHERS; i++)
        others[i].revents = slots->fds[i].revents;
    for (size_t i = 0; i < slots->count; i++) {
        if (slots->items[i].unit == NULL)
            continue;
        pe_slot_child(&slots->items[i])->deadline_ms += lost;
        if (look_at(slots, &slots->items[i], &slots->fds[at], err) != 0)
            return -1;
        at += 2;
    }
    return 0;
}
