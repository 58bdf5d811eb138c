/* fleet.c: reads files of result lines, in a worker, for a report about all of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "fleet.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "base/err.h"
#include "base/escape.h"
#include "wire.h"

/* A worker that has read so many lines makes room for a new one, which has its processor time. */
enum { LINES_A_WORKER = 200 * 1000 };

struct pe_fleet_memory {
    struct pe_fleet fleet; /* first: what the caller holds */
    struct pe_fleet_gather gather;
};

struct loading {
    struct pe_fleet_gather *gather;
    struct pe_task task;
    struct pe_child child;
    size_t shown;     /* lines, to this worker */
    int64_t heard_ms; /* when this process last looked for answers */
    const char *file;
    uint64_t line;
    bool before;
    struct pe_err *err;
};

static int wrong(struct loading *l, enum pe_err_kind kind, const char *what)
{
    return pe_err_set(l->err, kind, "%s, line %llu: %s", l->file, (unsigned long long)l->line,
                      what);
}

/* ---- what the worker says ---- */

static void take_control(struct pe_in *in, struct pe_tally_control *control)
{
    control->id = pe_in_word(in);
    control->pack = pe_in_word(in);
    control->title = pe_in_text(in);
    control->owner = (enum pe_owner)pe_in_u32(in, PE_OWNER_COUNT - 1);
    control->severity = (enum pe_severity)pe_in_u32(in, PE_SEVERITY_COUNT - 1);
    control->status = (enum pe_status)pe_in_u32(in, PE_STATUS_COUNT - 1);
}

static int take_tally(struct loading *l, struct pe_in *in)
{
    struct pe_tally tally = {0};

    tally.policies = pe_in_word(in);
    tally.sha256 = pe_in_word(in);
    tally.reason = pe_in_string(in);
    tally.tenant = pe_in_string(in);
    tally.service = pe_in_string(in);
    tally.passed = pe_in_u32(in, 1);
    tally.control_count = pe_in_u32(in, PE_TALLY_CONTROLS);
    tally.controls = pe_arena_array(in->arena, tally.control_count + 1, sizeof *tally.controls);
    for (size_t i = 0; tally.controls != NULL && i < tally.control_count && !in->bad; i++)
        take_control(in, &tally.controls[i]);
    if (pe_arena_failed(in->arena))
        return pe_err_memory(l->err);
    if (!pe_in_done(in))
        return wrong(l, PE_ERR_WORKER, "the worker sent an impossible answer");
    return pe_fleet_add(l->gather, &tally, l->file, l->line, l->before, l->err);
}

static int take_error(struct loading *l, struct pe_in *in)
{
    enum pe_err_kind kind = (enum pe_err_kind)pe_in_u32(in, PE_ERR_WORKER);
    const char *text = pe_in_word(in);

    if (!pe_in_done(in))
        return wrong(l, PE_ERR_WORKER, "the worker sent an impossible answer");
    return wrong(l, kind, text);
}

/* 1: the answer is taken; 0: it is not there yet. */
static int take_answer(struct loading *l)
{
    struct pe_arena arena = {0};
    struct pe_in in = {.arena = &arena};
    const unsigned char *payload;
    const char *lie = NULL;
    size_t length;
    unsigned type;
    int result;

    if (!pe_child_record(&l->child, &type, &payload, &length, &lie))
        return lie == NULL ? 0 : wrong(l, PE_ERR_WORKER, "the worker sent an impossible answer");
    in.at = payload;
    in.end = payload + length;
    if (type == PE_RECORD_TALLY)
        result = take_tally(l, &in) == 0 ? 1 : -1;
    else if (type == PE_RECORD_ERROR)
        result = take_error(l, &in);
    else
        result = wrong(l, PE_ERR_WORKER, "the worker sent an impossible answer");
    pe_arena_release(&arena);
    return result;
}

/* ---- one line ---- */

/* Waits for a while; whether something happened. */
static int wait_for(struct loading *l, int fd, short events, bool *ready)
{
    struct pollfd poll_fd = {fd, events, 0};
    int64_t lost;

    if (pe_child_wait(&poll_fd, 1, l->child.deadline_ms, &l->heard_ms, &lost, l->err) != 0)
        return -1;
    l->child.deadline_ms += lost;
    *ready = poll_fd.revents != 0;
    if (!*ready && l->child.deadline_ms <= l->heard_ms)
        return wrong(l, PE_ERR_WORKER, "the worker overstayed its time");
    return 0;
}

static int send_line(struct loading *l, const struct pe_buf *bytes)
{
    struct pe_feed_head head = {.length = bytes->length};
    size_t sent = 0, before;
    bool ready;

    do {
        before = sent;
        if (!pe_child_feed(&l->child, &head, bytes->data, bytes->length, &sent))
            return 0;
        if (sent == before && wait_for(l, l->child.feed, POLLOUT, &ready) != 0)
            return -1;
    } while (sent < sizeof head + bytes->length);
    return 0;
}

static int start(struct loading *l)
{
    if (l->child.pid > 0 && l->shown < LINES_A_WORKER)
        return 0;
    if (l->child.pid > 0)
        pe_child_end(&l->child);
    l->shown = 0;
    return pe_child_start(&l->child, &l->task, l->err);
}

static int show(struct loading *l, const struct pe_buf *bytes)
{
    int result = 0;
    bool ready;

    if (start(l) != 0)
        return -1;
    pe_child_rewind(&l->child, bytes->length);
    l->heard_ms = pe_child_clock();
    l->shown++;
    if (send_line(l, bytes) != 0)
        return -1;
    while ((result = take_answer(l)) == 0) {
        if (wait_for(l, l->child.fd, POLLIN, &ready) != 0)
            return -1;
        if (ready && pe_child_read(&l->child) == 0) /* which would wait for ever */
            return pe_buf_failed(&l->child.in) ? pe_err_memory(l->err)
                                               : wrong(l, PE_ERR_WORKER, "the worker died");
    }
    return result < 0 ? -1 : 0;
}

/* ---- files ---- */

static int load_line(struct loading *l, struct pe_ndline *line)
{
    int result = 0;

    l->line++;
    if (line->too_long)
        result = wrong(l, PE_ERR_INPUT, "it is longer than 64 MiB");
    else if (pe_ndline_blank(line))
        result = wrong(l, PE_ERR_INPUT, "it is blank, so it is no result line");
    else
        result = show(l, &line->bytes);
    pe_ndline_clear(line);
    return result;
}

static int load_lines(struct loading *l, struct pe_ndlines *lines)
{
    struct pe_ndline line = {0};
    int result = 0;

    while (result == 0 && !(lines->ended && lines->taken == lines->chunk.length)) {
        result = pe_ndlines_read(lines, l->err);
        while (result == 0 && (result = pe_ndlines_take(lines, &line, l->err)) > 0)
            result = load_line(l, &line);
    }
    pe_buf_release(&line.bytes);
    return result;
}

static int load_file(struct loading *l, const char *path)
{
    struct pe_ndlines lines = {.fd = STDIN_FILENO, .max_bytes = PE_MAX_LINE_BYTES};
    struct pe_buf name = {0};
    int result;

    pe_escape_adds(&name, strcmp(path, "-") == 0 ? "(standard input)" : path);
    l->file = pe_arena_take(&l->gather->arena, &name);
    l->line = 0;
    if (l->file == NULL)
        return pe_err_memory(l->err);
    if (strcmp(path, "-") != 0)
        lines.fd = open(path, O_RDONLY | O_CLOEXEC);
    if (lines.fd < 0)
        return pe_err_set(l->err, PE_ERR_IO, "cannot read '%s': %s", l->file, strerror(errno));
    result = load_lines(l, &lines);
    if (result != 0 && l->err->kind == PE_ERR_IO) {
        struct pe_err was = *l->err;
        pe_err_set(l->err, was.kind, "%.300s: %.700s", l->file, was.text);
    }
    if (lines.fd != STDIN_FILENO)
        close(lines.fd);
    pe_ndlines_release(&lines);
    return result;
}

static int load_files(struct loading *l, const struct pe_strings *files, bool before)
{
    l->before = before;
    for (size_t i = 0; i < files->count; i++)
        if (load_file(l, files->items[i]) != 0)
            return -1;
    return 0;
}

int pe_fleet_load(const struct pe_strings *files, const struct pe_strings *before,
                  const struct pe_job *job, struct pe_fleet **fleet, struct pe_err *err)
{
    struct pe_job sandbox = pe_ask_sandbox(job);
    struct pe_fleet_memory *memory = calloc(1, sizeof *memory);
    struct pe_err local = {0};
    struct loading l = {
        .task = {.kind = PE_TASK_MERGE,
                 .feed = PE_FEED_LINES,
                 .largest = PE_MAX_LINE_BYTES,
                 .job = &sandbox},
        .child = {.fd = -1},
        .err = err == NULL ? &local : err,
    };
    int result;

    if (memory == NULL)
        return pe_err_memory(err);
    l.gather = &memory->gather;
    result = load_files(&l, before, true);
    if (result == 0)
        result = load_files(&l, files, false);
    if (l.child.pid > 0)
        pe_child_end(&l.child);
    if (result == 0)
        result = pe_fleet_settle(&memory->gather, before->count > 0, &memory->fleet, l.err);
    if (result != 0) {
        pe_fleet_free(&memory->fleet);
        return -1;
    }
    *fleet = &memory->fleet;
    return 0;
}

void pe_fleet_free(struct pe_fleet *fleet)
{
    struct pe_fleet_memory *memory = (struct pe_fleet_memory *)fleet;

    if (fleet == NULL)
        return;
    pe_fleet_gather_release(&memory->gather);
    free(memory);
}
