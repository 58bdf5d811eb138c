/* stream.h: the workers of a stream: which line is whose, and how far it is.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A line goes to a slot, which has one worker for each pack and shows it to one after the other.
 * There are as many slots as jobs. Workers load their pack once and stay; one that died, lied or
 * overstayed is replaced. Answers leave in the order of the lines (stream.c).
 */
#ifndef PE_STREAM_H
#define PE_STREAM_H

#include "api.h"
#include "assemble.h"
#include "child.h"
#include "ndlines.h"

/* A line, from its first byte until its answer is out. */
enum pe_line_state {
    PE_LINE_FREE,
    PE_LINE_READING,
    PE_LINE_WAITING,
    PE_LINE_JUDGING,
    PE_LINE_DONE
};

struct pe_stream_line {
    enum pe_line_state state;
    uint64_t number;
    struct pe_ndline text;
    struct pe_arena arena;      /* of what was found out */
    struct pe_decoded *decoded; /* by pack */
    const char *error;          /* NULL, or why it could not be judged */
    bool again;                 /* a worker died of it, was killed or late: it is tried once more */
};

struct pe_stream_worker {
    struct pe_child child;
    struct pe_task task;
    bool ready;      /* its pack is loaded */
    int64_t busy_ms; /* so far; never less than the processor time that it used */
};

struct pe_stream_slot {
    struct pe_stream_worker *workers; /* by pack */
    struct pe_stream_line *line;      /* NULL: it is idle */
    size_t pack;                      /* whose turn it is */
    struct pe_feed_head head;
    size_t sent; /* of the head and the line */
    int64_t since_ms;
};

/* What all slots share. */
struct pe_stream_share {
    const struct pe_job *job;
    struct pe_decoded_pack *packs;
    size_t *unmatched; /* by selector of only, then skip: how many packs it matched nothing in */
    struct pe_arena arena; /* as long as the stream */
};

/* Room for the workers of one slot; none is started. */
int pe_slot_init(struct pe_stream_slot *slot, struct pe_stream_share *share, struct pe_err *err);
void pe_slot_release(struct pe_stream_slot *slot, const struct pe_stream_share *share);

/* Starts the slot's workers and waits until their packs are loaded, or until one tells why not. */
int pe_slot_warm(struct pe_stream_slot *slot, struct pe_stream_share *share, struct pe_err *err);

/* Gives the slot a line that waits. These return -1 when the whole stream must end. */
int pe_slot_begin(struct pe_stream_slot *slot, struct pe_stream_share *share,
                  struct pe_stream_line *line, struct pe_err *err);

/* Its worker is to be written to, can be read, or is late. */
bool pe_slot_sending(const struct pe_stream_slot *slot);
void pe_slot_send(struct pe_stream_slot *slot);
int pe_slot_hear(struct pe_stream_slot *slot, struct pe_stream_share *share, struct pe_err *err);
int pe_slot_overdue(struct pe_stream_slot *slot, struct pe_stream_share *share, struct pe_err *err);

/* The worker that a busy slot waits for. */
struct pe_child *pe_slot_child(struct pe_stream_slot *slot);

#endif
