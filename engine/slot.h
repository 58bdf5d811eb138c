/* slot.h: workers that judge: which snapshot is whose, how far it is, and what became of it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A unit is one snapshot to be judged by one pack. A slot has one unit at a time, and a worker for
 * each pack. There are as many slots as jobs. A worker loads its pack once and gets its first unit
 * by the fork; where more may come it stays, and gets them through a pipe. One that died, lied or
 * overstayed is replaced. What a unit's worker says is checked as it comes in (decode.h).
 */
#ifndef PE_SLOT_H
#define PE_SLOT_H

#include "api.h"
#include "assemble.h"
#include "child.h"

struct pe_unit {
    const unsigned char *bytes; /* of the snapshot, until the unit is done */
    size_t length;
    size_t input; /* which of the job's inputs that is, where workers are fed with these */
    size_t pack;
    struct pe_arena *arena; /* of what is found out */
    struct pe_decoded decoded;
    bool again; /* a worker died of it, was killed or late: it is tried once more */
    bool done;
    bool failed; /* nothing can be said of it: err says why */
    bool early;  /* and so it would be of every other: its pack could not be loaded */
    struct pe_err err;
};

/* What all slots share. */
struct pe_slot_share {
    const struct pe_job *job;
    enum pe_feed feed;             /* how workers get more than one unit */
    const struct pe_bytes *inputs; /* PE_FEED_INPUTS: what units are numbers of */
    size_t input_count;
    struct pe_decoded_pack *packs;
    const char **unmatched; /* by selector of only, then skip, and pack: that it took nothing */
    struct pe_arena *arena; /* of the packs; at least as long as the slots */
};

struct pe_slot_worker {
    struct pe_child child;
    struct pe_task task;
    bool ready;      /* its pack is loaded */
    size_t told;     /* before that: the selectors up to this one, each at most once */
    int64_t busy_ms; /* so far; never less than the processor time that it used */
};

struct pe_slot {
    struct pe_slot_worker *workers; /* by pack */
    struct pe_unit *unit;           /* NULL: it is idle */
    size_t pack;                    /* whose worker it is about */
    struct pe_feed_head head;
    size_t to_send, sent; /* of the head, and of the bytes behind it */
    int64_t since_ms;
};

struct pe_slots {
    struct pe_slot_share share;
    struct pe_slot *items;
    size_t count;
    struct pollfd *fds;
    int64_t heard_ms; /* when this process last looked for answers */
};

/* ---- all of them ---- */

/* share.job, share.feed and share.arena are set. Nothing is started. -1: out of memory; release it
 * all the same. */
int pe_slots_init(struct pe_slots *slots, struct pe_err *err);

/* Ends all workers. */
void pe_slots_release(struct pe_slots *slots);

/* Starts the first slot's workers and waits until their packs are loaded, or until one tells why
 * not. */
int pe_slots_warm(struct pe_slots *slots, struct pe_err *err);

/* What is wrong with the job now that all packs are loaded: a selector that none took, a strict
 * model where there is none. NULL: nothing. */
const char *pe_slots_flaw(const struct pe_slots *slots);

/* One that has no unit, best with a worker for the pack, or NULL. */
struct pe_slot *pe_slots_idle(struct pe_slots *slots, size_t pack);

enum { PE_SLOTS_OTHERS = 2 };

/* Waits until something happens, and takes what workers said. others: descriptors to be watched
 * with them, those that are not -1; their revents say what came of it. -1: nothing can go on. */
int pe_slots_wait(struct pe_slots *slots, struct pollfd others[PE_SLOTS_OTHERS],
                  struct pe_err *err);

/* ---- one ---- */

/* Gives the slot a unit: all of it up to the arena is set. These return -1 when nothing can go on;
 * what concerns the unit alone is told by the unit, once it is done. */
int pe_slot_begin(struct pe_slot *slot, struct pe_slot_share *share, struct pe_unit *unit,
                  struct pe_err *err);

/* Its worker is to be written to, can be read, or is late. */
bool pe_slot_sending(const struct pe_slot *slot);
void pe_slot_send(struct pe_slot *slot);
int pe_slot_hear(struct pe_slot *slot, struct pe_slot_share *share, struct pe_err *err);
int pe_slot_overdue(struct pe_slot *slot, struct pe_slot_share *share, struct pe_err *err);

/* Starts the worker of slot->pack without a unit, and waits until its pack is loaded. */
int pe_slot_warm(struct pe_slot *slot, struct pe_slot_share *share, struct pe_err *err);

/* The worker that a busy slot waits for. */
struct pe_child *pe_slot_child(struct pe_slot *slot);

void pe_slot_end(struct pe_slot *slot, size_t pack_count);

#endif
