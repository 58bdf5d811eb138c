/* stream.c: judges the lines of a stream; answers leave in their order. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "api.h"
#include "base/err.h"
#include "ndlines.h"
#include "slot.h"

/* Lines that are read ahead or wait for an earlier one's answer, for each slot. */
enum { LINES_A_SLOT = 2 };

/* A line, from its first byte until its answer is out. */
struct line {
    uint64_t number;
    struct pe_ndline text;
    struct pe_arena arena; /* of what was found out */
    struct pe_unit *units; /* by pack */
    size_t begun;          /* of them */
    const char *error;     /* NULL, or why it could not be judged */
};

struct stream {
    const struct pe_stream *face;
    struct pe_slots slots;
    struct pe_arena arena; /* as long as the stream */
    struct pe_ndlines input;
    struct line *lines; /* number n is at n % line_count */
    size_t line_count;
    uint64_t first, to_begin, to_read; /* not answered, not begun, not read whole: by number */
    bool stopped;
};

static struct line *line_of(struct stream *s, uint64_t number)
{
    return &s->lines[number % s->line_count];
}

static const struct pe_job *job_of(const struct stream *s)
{
    return s->face->job;
}

/* ---- reading ---- */

static bool has_room(const struct stream *s)
{
    return !s->stopped && s->to_read - s->first < s->line_count;
}

/* Why a line need not be shown to a worker; NULL: it must be. */
static const char *plainly_wrong(struct stream *s, struct line *line)
{
    if (line->text.too_long)
        return pe_arena_printf(&line->arena, "the line is longer than %zu bytes",
                               s->input.max_bytes);
    return pe_ndline_blank(&line->text) ? "the line is blank" : NULL;
}

/* Takes what was read. 1: a line is whole; 0: none; -1. */
static int take_line(struct stream *s, struct pe_err *err)
{
    struct line *line;
    int whole;

    if (!has_room(s))
        return 0;
    line = line_of(s, s->to_read);
    whole = pe_ndlines_take(&s->input, &line->text, err);
    if (whole <= 0)
        return whole;
    line->number = s->to_read++;
    line->error = plainly_wrong(s, line);
    line->begun = line->error == NULL ? 0 : job_of(s)->pack_count;
    return pe_arena_failed(&line->arena) ? pe_err_memory(err) : 1;
}

/* ---- judging ---- */

static void make_unit(struct line *line, size_t pack)
{
    line->units[pack] = (struct pe_unit){.bytes = (const unsigned char *)line->text.bytes.data,
                                         .length = line->text.bytes.length,
                                         .pack = pack,
                                         .arena = &line->arena};
}

static int begin_lines(struct stream *s, struct pe_err *err)
{
    struct pe_slot *slot;
    struct line *line;

    for (; s->to_begin < s->to_read; s->to_begin++) {
        line = line_of(s, s->to_begin);
        while (line->begun < job_of(s)->pack_count) {
            slot = pe_slots_idle(&s->slots, line->begun);
            if (slot == NULL)
                return 0;
            make_unit(line, line->begun);
            if (pe_slot_begin(slot, &s->slots.share, &line->units[line->begun++], err) != 0)
                return -1;
        }
    }
    return 0;
}

/* ---- answering ---- */

static int assemble(struct stream *s, struct line *line, struct pe_result *result,
                    struct pe_err *err)
{
    const struct pe_job *job = job_of(s);
    const struct pe_decoded **decoded =
        pe_arena_array(&line->arena, job->pack_count, sizeof(struct pe_decoded *));

    if (decoded == NULL)
        return pe_err_memory(err);
    for (size_t i = 0; i < job->pack_count; i++)
        decoded[i] = &line->units[i].decoded;
    if (pe_assemble(job, s->slots.share.packs, decoded, &line->arena, result, err) != 0)
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

/* What is wrong with the snapshot, or with judging it, is the line's; with a pack, the stream's. */
static int take_failure(struct line *line, const struct pe_unit *unit, struct pe_err *err)
{
    if (unit->early) {
        *err = unit->err;
        return -1;
    }
    line->error = pe_arena_str(&line->arena, unit->err.text);
    return line->error == NULL ? pe_err_memory(err) : 0;
}

static void forget(struct line *line)
{
    pe_arena_release(&line->arena);
    pe_ndline_clear(&line->text);
}

static int answer(struct stream *s, struct line *line, struct pe_err *err)
{
    struct pe_result result;
    struct pe_line face = {.number = line->number};
    int status = 0;

    for (size_t i = 0; line->error == NULL && i < job_of(s)->pack_count; i++)
        if (line->units[i].failed && take_failure(line, &line->units[i], err) != 0)
            return -1;
    if (line->error == NULL)
        status = assemble(s, line, &result, err);
    if (status != 0)
        return -1;
    strcpy(face.sha256, line->text.sha256);
    face.result = line->error == NULL ? &result : NULL;
    face.error = line->error;
    status = s->face->answer(s->face->ud, &face, err);
    forget(line);
    return status;
}

static bool is_done(const struct stream *s, const struct line *line)
{
    for (size_t i = 0; line->error == NULL && i < job_of(s)->pack_count; i++)
        if (!line->units[i].done)
            return false;
    return true;
}

/* Answers the oldest line if it is done. 1: it was; 0; -1. */
static int answer_first(struct stream *s, struct pe_err *err)
{
    if (s->first == s->to_begin || !is_done(s, line_of(s, s->first)))
        return 0;
    if (answer(s, line_of(s, s->first), err) != 0)
        return -1;
    s->first++;
    return 1;
}

/* ---- waiting ---- */

/* What is not begun is not answered. */
static void leave_out_the_rest(struct stream *s)
{
    bool begun = s->to_begin < s->to_read && line_of(s, s->to_begin)->begun > 0;

    s->to_read = s->to_begin + begun;
}

static int wait_for_any(struct stream *s, struct pe_err *err)
{
    bool reads = has_room(s) && pe_ndlines_hungry(&s->input);
    struct pollfd others[PE_SLOTS_OTHERS] = {
        {reads ? s->input.fd : -1, POLLIN, 0},
        {s->stopped ? -1 : s->face->stop_fd, POLLIN, 0},
    };

    if (pe_slots_wait(&s->slots, others, err) != 0)
        return -1;
    if (others[1].revents != 0) {
        s->stopped = true;
        leave_out_the_rest(s);
        return 0;
    }
    return others[0].revents != 0 ? pe_ndlines_read(&s->input, err) : 0;
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
    size_t packs = job_of(s)->pack_count;

    s->slots.share.job = job_of(s);
    s->slots.share.feed = PE_FEED_LINES;
    s->slots.share.arena = &s->arena;
    if (pe_slots_init(&s->slots, err) != 0)
        return -1;
    s->line_count = s->slots.count * LINES_A_SLOT;
    s->lines = pe_arena_array(&s->arena, s->line_count, sizeof *s->lines);
    for (size_t i = 0; s->lines != NULL && i < s->line_count; i++)
        s->lines[i].units = pe_arena_array(&s->arena, packs, sizeof *s->lines[i].units);
    return pe_arena_failed(&s->arena) ? pe_err_memory(err) : 0;
}

static void release(struct stream *s)
{
    pe_slots_release(&s->slots);
    for (size_t i = 0; s->lines != NULL && i < s->line_count; i++) {
        pe_arena_release(&s->lines[i].arena);
        pe_buf_release(&s->lines[i].text.bytes);
    }
    pe_ndlines_release(&s->input);
    pe_arena_release(&s->arena);
}

int pe_stream_run(const struct pe_stream *stream, bool *stopped, struct pe_err *err)
{
    struct stream s = {.face = stream,
                       .input = {.fd = stream->in_fd, .max_bytes = stream->max_line_bytes},
                       .first = 1,
                       .to_begin = 1,
                       .to_read = 1};
    struct pe_err local;
    int result;

    err = err == NULL ? &local : err;
    if (pe_assemble_check(stream->job, err) != 0)
        return -1;
    result = make_room(&s, err);
    if (result == 0)
        result = pe_slots_warm(&s.slots, err);
    if (result == 0)
        result = run(&s, err);
    if (result == 0)
        *stopped = s.stopped;
    release(&s);
    return result;
}
