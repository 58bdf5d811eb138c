/* worker_lines.c: a worker judges one snapshot after the other, or takes lines from a pipe. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "tally.h"
#include "worker_work.h"

static bool read_all(int fd, void *bytes, size_t length)
{
    unsigned char *at = bytes;
    ssize_t got;

    while (length > 0) {
        got = read(fd, at, length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        length -= (size_t)got;
    }
    return true;
}

/* One that is no JSON costs itself; what else goes wrong, this worker. */
static void judge_one(struct pe_work *work)
{
    struct pe_err err;

    if (pe_work_judge(work, &err) != 0) {
        if (err.kind != PE_ERR_INPUT)
            pe_work_give_up(work, &err);
        pe_work_send_error(work, &err);
    }
    pe_out_flush(&work->out);
    if (work->task->feed != PE_FEED_NONE)
        pe_script_rest(&work->script); /* while the parent is busy with the answer */
}

static void judge_fed(struct pe_work *work, const struct pe_feed_head *head,
                      const unsigned char *bytes)
{
    const struct pe_task *first = work->task;
    struct pe_task task = *first;

    task.bytes = bytes;
    task.length = (size_t)head->length;
    task.first_control = (size_t)head->first_control;
    task.announces = head->announces != 0;
    work->task = &task;
    judge_one(work);
    work->task = first;
}

static void send_tally(struct pe_work *work, const struct pe_tally *tally)
{
    struct pe_out *out = &work->out;

    pe_out_begin(out, PE_RECORD_TALLY);
    pe_out_string(out, tally->policies);
    pe_out_string(out, tally->sha256);
    pe_out_string(out, tally->reason);
    pe_out_string(out, tally->tenant);
    pe_out_string(out, tally->service);
    pe_out_u32(out, tally->passed);
    pe_out_u32(out, (uint32_t)tally->control_count);
    for (size_t i = 0; i < tally->control_count; i++) {
        pe_out_string(out, tally->controls[i].id);
        pe_out_string(out, tally->controls[i].pack);
        pe_out_text(out, tally->controls[i].title);
        pe_out_u32(out, tally->controls[i].owner);
        pe_out_u32(out, tally->controls[i].severity);
        pe_out_u32(out, tally->controls[i].status);
    }
    pe_out_end(out);
}

static void tally_line(struct pe_work *work, const struct pe_feed_head *head,
                       const unsigned char *bytes)
{
    struct pe_arena arena = {0};
    struct pe_tally tally;
    struct pe_err err;

    if (pe_tally_read((const char *)bytes, (size_t)head->length, &arena, &tally, &err) != 0)
        pe_work_give_up(work, &err);
    send_tally(work, &tally);
    pe_out_flush(&work->out);
    pe_arena_release(&arena);
}

/* Until there are no more, or nobody can be told what came of them. */
_Noreturn static void take_lines(struct pe_work *work, int feed,
                                 void (*take)(struct pe_work *, const struct pe_feed_head *,
                                              const unsigned char *))
{
    struct pe_feed_head head;
    unsigned char *bytes;
    struct pe_err err;

    pe_out_flush(&work->out);
    while (!work->out.failed && read_all(feed, &head, sizeof head)) {
        bytes = malloc((size_t)head.length + 1);
        if (bytes == NULL) {
            pe_err_memory(&err);
            pe_work_give_up(work, &err);
        }
        if (!read_all(feed, bytes, (size_t)head.length))
            break;
        take(work, &head, bytes);
        free(bytes);
    }
    pe_work_leave(work);
}

/* Those were mapped before the fork. */
static void take_inputs(struct pe_work *work, int feed)
{
    const struct pe_task *task = work->task;
    struct pe_feed_head head;

    while (!work->out.failed && read_all(feed, &head, sizeof head) &&
           head.input < task->input_count)
        judge_fed(work, &head, task->inputs[head.input].data);
}

_Noreturn void pe_work_judge_all(struct pe_work *work, int feed)
{
    if (work->task->bytes != NULL)
        judge_one(work);
    if (work->task->feed == PE_FEED_LINES)
        take_lines(work, feed, judge_fed);
    if (work->task->feed == PE_FEED_INPUTS)
        take_inputs(work, feed);
    pe_work_leave(work);
}

_Noreturn void pe_work_tally_lines(struct pe_work *work, int feed)
{
    take_lines(work, feed, tally_line);
}
