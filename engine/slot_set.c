/* slot_set.c: the slots of a job or a stream, waited for together. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"
#include "slot.h"

int pe_slots_init(struct pe_slots *slots, struct pe_err *err)
{
    struct pe_slot_share *share = &slots->share;
    const struct pe_job *job = share->job;
    struct pe_arena *arena = share->arena;
    size_t count = job->jobs > 0 ? job->jobs : 1;
    size_t selectors = job->only.count + job->skip.count + 1;

    slots->items = pe_arena_array(arena, count, sizeof *slots->items);
    slots->fds = pe_arena_array(arena, 2 * count + PE_SLOTS_OTHERS, sizeof *slots->fds);
    share->packs = pe_arena_array(arena, job->pack_count, sizeof *share->packs);
    share->unmatched = pe_arena_array(arena, selectors, sizeof *share->unmatched);
    share->unmatched_in = pe_arena_array(arena, selectors * job->pack_count, sizeof(bool));
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

int pe_slots_warm(struct pe_slots *slots, struct pe_err *err)
{
    struct pe_slot *slot = &slots->items[0];

    for (slot->pack = 0; slot->pack < slots->share.job->pack_count; slot->pack++)
        if (pe_slot_warm(slot, &slots->share, err) != 0)
            return -1;
    slot->pack = 0;
    slots->heard_ms = pe_child_clock();
    return 0;
}

struct pe_slot *pe_slots_idle(struct pe_slots *slots)
{
    for (size_t i = 0; i < slots->count; i++)
        if (slots->items[i].unit == NULL)
            return &slots->items[i];
    return NULL;
}

/* ---- waiting ---- */

/* Two for each slot, then the others. Returns the first deadline. */
static int64_t what_to_watch(struct pe_slots *slots)
{
    int64_t first = INT64_MAX;

    for (size_t i = 0; i < slots->count; i++) {
        struct pe_slot *slot = &slots->items[i];
        struct pe_child *child = slot->unit == NULL ? NULL : pe_slot_child(slot);
        slots->fds[2 * i] = (struct pollfd){child == NULL ? -1 : child->fd, POLLIN, 0};
        slots->fds[2 * i + 1] =
            (struct pollfd){pe_slot_sending(slot) ? child->feed : -1, POLLOUT, 0};
        if (child != NULL && child->deadline_ms < first)
            first = child->deadline_ms;
    }
    return first;
}

static int look_at(struct pe_slots *slots, struct pe_slot *slot, const struct pollfd fds[2],
                   struct pe_err *err)
{
    if (fds[1].revents != 0 && pe_slot_sending(slot))
        pe_slot_send(slot);
    if (fds[0].revents != 0)
        return pe_slot_hear(slot, &slots->share, err);
    if (pe_slot_child(slot)->deadline_ms <= slots->heard_ms)
        return pe_slot_overdue(slot, &slots->share, err);
    return 0;
}

int pe_slots_wait(struct pe_slots *slots, struct pollfd others[PE_SLOTS_OTHERS], struct pe_err *err)
{
    int64_t first = what_to_watch(slots), lost;
    struct pollfd *last = &slots->fds[2 * slots->count];

    for (size_t i = 0; i < PE_SLOTS_OTHERS; i++)
        last[i] = others[i];
    if (pe_child_wait(slots->fds, 2 * slots->count + PE_SLOTS_OTHERS, first, &slots->heard_ms,
                      &lost, err) != 0)
        return -1;
    for (size_t i = 0; i < PE_SLOTS_OTHERS; i++)
        others[i].revents = last[i].revents;
    for (size_t i = 0; i < slots->count; i++)
        if (slots->items[i].unit != NULL)
            pe_slot_child(&slots->items[i])->deadline_ms += lost;
    for (size_t i = 0; i < slots->count; i++)
        if (slots->items[i].unit != NULL &&
            look_at(slots, &slots->items[i], &slots->fds[2 * i], err) != 0)
            return -1;
    return 0;
}
