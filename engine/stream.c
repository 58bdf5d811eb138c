/* stream.c: judges the lines of a stream; answers leave in their order. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "stream.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

/* Lines that are read ahead or wait for an earlier one's answer, for each slot. */
enum { LINES_A_SLOT = 2 };

struct stream {
    const struct pe_stream *face;
    struct pe_stream_share share;
    struct pe_ndlines input;
    struct pe_stream_line *lines; /* number n is at n % line_count */
    size_t line_count;
    uint64_t first, to_begin, to_read; /* not answered, not begun, not read whole: by number */
    struct pe_stream_slot *slots;
    size_t slot_count;
    struct pollfd *fds;
    bool stopped;
    int64_t heard_ms; /* when this process last looked for answers */
};

static struct pe_stream_line *line_of(struct stream *s, uint64_t number)
{
    return &s->lines[number % s->line_count];
}

/* ---- reading ---- */

static bool has_room(const struct stream *s)
{
    return !s->stopped && s->to_read - s->first < s->line_count;
}

/* A line that need not be shown to a worker is done. */
static void settle(struct stream *s, struct pe_stream_line *line)
{
    line->state = PE_LINE_DONE;
    if (line->text.too_long)
        line->error =
            pe_arena_printf(&line->arena, "the line is longer than %zu bytes", s->input.max_bytes);
    else if (pe_ndline_blank(&line->text))
        line->error = "the line is blank";
    else
        line->state = PE_LINE_WAITING;
}

/* Takes what was read. 1: a line is whole; 0: none; -1. */
static int take_line(struct stream *s, struct pe_err *err)
{
    struct pe_stream_line *line;
    int whole;

    if (!has_room(s))
        return 0;
    line = line_of(s, s->to_read);
    line->state = PE_LINE_READING;
    whole = pe_ndlines_take(&s->input, &line->text, err);
    if (whole <= 0)
        return whole;
    line->number = s->to_read++;
    line->again = false;
    line->error = NULL;
    settle(s, line);
    return pe_arena_failed(&line->arena) ? pe_err_memory(err) : 1;
}

/* ---- judging ---- */

static struct pe_stream_slot *idle_slot(struct stream *s)
{
    for (size_t i = 0; i < s->slot_count; i++)
        if (s->slots[i].line == NULL)
            return &s->slots[i];
    return NULL;
}

static int begin_lines(struct stream *s, struct pe_err *err)
{
    struct pe_stream_slot *slot;
    struct pe_stream_line *line;

    for (; s->to_begin < s->to_read; s->to_begin++) {
        line = line_of(s, s->to_begin);
        slot = idle_slot(s);
        if (line->state == PE_LINE_WAITING && slot == NULL)
            return 0;
        if (line->state == PE_LINE_WAITING && pe_slot_begin(slot, &s->share, line, err) != 0)
            return -1;
    }
    return 0;
}

/* ---- answering ---- */

static int assemble(struct stream *s, struct pe_stream_line *line, struct pe_result *result,
                    struct pe_err *err)
{
    const struct pe_job *job = s->share.job;
    const struct pe_decoded **decoded =
        pe_arena_array(&line->arena, job->pack_count, sizeof(struct pe_decoded *));

    if (decoded == NULL)
        return pe_err_memory(err);
    for (size_t i = 0; i < job->pack_count; i++)
        decoded[i] = &line->decoded[i];
    if (pe_assemble(job, s->share.packs, decoded, &line->arena, result, err) != 0)
        return -1;
    result->file = "(standard input)";
    strcpy(result->sha256, line->text.sha256);
    if (pe_assemble_verdicts(job, result, 1, &line->arena, err) != 0)
        return -1;
    if (pe_assemble_expect(result, &job->expect, err) == 0)
        return 0;
    line->error = pe_arena_str(&line->arena, err->text);
    return line->error == NULL ? pe_err_memory(err) : 0;
}

static void forget(struct pe_stream_line *line)
{
    pe_arena_release(&line->arena);
    pe_ndline_clear(&line->text);
    line->state = PE_LINE_FREE;
}

static int answer(struct stream *s, struct pe_stream_line *line, struct pe_err *err)
{
    struct pe_result result;
    struct pe_line face = {.number = line->number};
    int status;

    if (line->error == NULL && assemble(s, line, &result, err) != 0)
        return -1;
    strcpy(face.sha256, line->text.sha256);
    face.result = line->error == NULL ? &result : NULL;
    face.error = line->error;
    status = s->face->answer(s->face->ud, &face, err);
    forget(line);
    return status;
}

/* Answers the oldest line if it is done. 1: it was; 0; -1. */
static int answer_first(struct stream *s, struct pe_err *err)
{
    if (s->first == s->to_begin || line_of(s, s->first)->state != PE_LINE_DONE)
        return 0;
    if (answer(s, line_of(s, s->first), err) != 0)
        return -1;
    s->first++;
    return 1;
}

/* ---- waiting ---- */

static int64_t first_deadline(struct stream *s)
{
    int64_t first = INT64_MAX;

    for (size_t i = 0; i < s->slot_count; i++)
        if (s->slots[i].line != NULL && pe_slot_child(&s->slots[i])->deadline_ms < first)
            first = pe_slot_child(&s->slots[i])->deadline_ms;
    return first;
}

static void allow_for(struct stream *s, int64_t lost_ms)
{
    for (size_t i = 0; i < s->slot_count; i++)
        if (s->slots[i].line != NULL)
            pe_slot_child(&s->slots[i])->deadline_ms += lost_ms;
}

/* Two for each slot, then what is read and what stops. */
static size_t what_to_watch(struct stream *s)
{
    size_t count = 2 * s->slot_count;

    for (size_t i = 0; i < s->slot_count; i++) {
        struct pe_stream_slot *slot = &s->slots[i];
        bool busy = slot->line != NULL;
        s->fds[2 * i] = (struct pollfd){busy ? pe_slot_child(slot)->fd : -1, POLLIN, 0};
        s->fds[2 * i + 1] =
            (struct pollfd){pe_slot_sending(slot) ? pe_slot_child(slot)->feed : -1, POLLOUT, 0};
    }
    s->fds[count] =
        (struct pollfd){has_room(s) && pe_ndlines_hungry(&s->input) ? s->input.fd : -1, POLLIN, 0};
    s->fds[count + 1] = (struct pollfd){s->stopped ? -1 : s->face->stop_fd, POLLIN, 0};
    return count + 2;
}

static int look_at(struct stream *s, struct pe_stream_slot *slot, const struct pollfd fds[2],
                   int64_t now, struct pe_err *err)
{
    if (slot->line == NULL)
        return 0;
    if (fds[1].revents != 0 && pe_slot_sending(slot))
        pe_slot_send(slot);
    if (fds[0].revents != 0)
        return pe_slot_hear(slot, &s->share, err);
    return pe_slot_child(slot)->deadline_ms <= now ? pe_slot_overdue(slot, &s->share, err) : 0;
}

static int wait_for_any(struct stream *s, struct pe_err *err)
{
    size_t count = what_to_watch(s);
    int64_t lost;

    if (pe_child_wait(s->fds, count, first_deadline(s), &s->heard_ms, &lost, err) != 0)
        return -1;
    allow_for(s, lost);
    for (size_t i = 0; i < s->slot_count; i++)
        if (look_at(s, &s->slots[i], &s->fds[2 * i], s->heard_ms, err) != 0)
            return -1;
    if (s->fds[count - 1].revents != 0) {
        s->stopped = true;
        s->to_read = s->to_begin; /* what is not begun is not answered */
        return 0;
    }
    return s->fds[count - 2].revents != 0 ? pe_ndlines_read(&s->input, err) : 0;
}

/* ---- all of it ---- */

static bool is_over(const struct stream *s)
{
    return s->first == s->to_read &&
           (s->stopped ||
            (s->input.ended && s->input.taken == s->input.chunk.length && !s->input.midway));
}

static int run(struct stream *s, struct pe_err *err)
{
    int taken, answered;

    s->heard_ms = pe_child_clock();
    while (!is_over(s)) {
        taken = take_line(s, err);
        if (taken < 0 || begin_lines(s, err) != 0)
            return -1;
        answered = taken > 0 ? 0 : answer_first(s, err);
        if (answered < 0)
            return -1;
        if (taken == 0 && answered == 0 && !is_over(s) && wait_for_any(s, err) != 0)
            return -1;
    }
    return 0;
}

static int make_room(struct stream *s, struct pe_err *err)
{
    const struct pe_job *job = s->face->job;
    struct pe_arena *arena = &s->share.arena;

    s->slot_count = job->jobs > 0 ? job->jobs : 1;
    s->line_count = s->slot_count * LINES_A_SLOT;
    s->slots = pe_arena_array(arena, s->slot_count, sizeof *s->slots);
    s->lines = pe_arena_array(arena, s->line_count, sizeof *s->lines);
    s->fds = pe_arena_array(arena, 2 * s->slot_count + 2, sizeof *s->fds);
    s->share.packs = pe_arena_array(arena, job->pack_count, sizeof *s->share.packs);
    s->share.unmatched =
        pe_arena_array(arena, job->only.count + job->skip.count + 1, sizeof *s->share.unmatched);
    for (size_t i = 0; s->lines != NULL && i < s->line_count; i++)
        s->lines[i].decoded = pe_arena_array(arena, job->pack_count, sizeof *s->lines[i].decoded);
    for (size_t i = 0; s->slots != NULL && i < s->slot_count; i++)
        if (pe_slot_init(&s->slots[i], &s->share, err) != 0)
            return -1;
    return pe_arena_failed(arena) ? pe_err_memory(err) : 0;
}

static void release(struct stream *s)
{
    for (size_t i = 0; s->slots != NULL && i < s->slot_count; i++)
        pe_slot_release(&s->slots[i], &s->share);
    for (size_t i = 0; s->lines != NULL && i < s->line_count; i++) {
        pe_arena_release(&s->lines[i].arena);
        pe_buf_release(&s->lines[i].text.bytes);
    }
    pe_ndlines_release(&s->input);
    pe_arena_release(&s->share.arena);
}

int pe_stream_run(const struct pe_stream *stream, bool *stopped, struct pe_err *err)
{
    struct stream s = {.face = stream,
                       .share = {.job = stream->job},
                       .input = {.fd = stream->in_fd, .max_bytes = stream->max_line_bytes},
                       .first = 1,
                       .to_begin = 1,
                       .to_read = 1};
    int result;

    if (pe_assemble_check(stream->job, err) != 0)
        return -1;
    result = make_room(&s, err);
    if (result == 0)
        result = pe_slot_warm(&s.slots[0], &s.share, err);
    if (result == 0)
        result = run(&s, err);
    if (result == 0)
        *stopped = s.stopped;
    release(&s);
    return result;
}
