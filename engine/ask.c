/* ask.c: questions about a pack, or a file, for one worker or several. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ask.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "child.h"

/* One worker, and how far it is. */
struct question {
    const struct pe_ask *ask;
    struct pe_task task; /* with the worker's own shard */
    struct pe_child child;
    struct pe_err err;
    bool failed;
    bool described, done; /* the pack was described, which every answer about one begins with */
};

static const char *kind_of(const struct question *q)
{
    return q->ask->pack == NULL ? "" : "the pack ";
}

static const char *name_of(const struct question *q)
{
    static const char *const files[] = {[PE_TASK_SAVED] = "a saved result",
                                        [PE_TASK_WAIVERS] = "waivers",
                                        [PE_TASK_SETTINGS] = "settings"};

    return q->ask->pack == NULL ? files[q->ask->task->kind] : q->ask->pack->name;
}

static int lied(struct question *q, const char *lie)
{
    return pe_err_set(&q->err, PE_ERR_WORKER,
                      "the worker for %s%s sent an impossible answer "
                      "(%s)",
                      kind_of(q), name_of(q), lie);
}

/* ---- records ---- */

static int take_error(struct question *q, struct pe_in *in)
{
    enum pe_err_kind kind = (enum pe_err_kind)pe_in_u32(in, PE_ERR_WORKER);
    const char *text = pe_in_word(in);

    if (!pe_in_done(in))
        return lied(q, "error");
    if (kind == PE_ERR_PACK && q->ask->pack != NULL)
        return pe_err_set(&q->err, kind, "%s/%s", q->ask->pack->name, text);
    return pe_err_set(&q->err, kind, "%s", text);
}

static void rewind_clock(struct question *q)
{
    pe_child_rewind(&q->child, q->task.length);
    q->child.deadline_ms += (int64_t)q->ask->controls * pe_child_seconds(q->task.length) * 1000;
}

static int take_progress(struct question *q, struct pe_in *in)
{
    uint32_t steps = pe_in_u32(in, UINT32_MAX);

    if (!pe_in_done(in) || !q->described)
        return lied(q, "progress");
    rewind_clock(q);
    if (q->ask->progress != NULL)
        q->ask->progress(q->ask->ud, steps);
    return 0;
}

static int take_record(struct question *q, unsigned type, struct pe_in *in, const char **lie)
{
    if (type == PE_RECORD_ERROR)
        return take_error(q, in);
    if (type == PE_RECORD_PROGRESS)
        return take_progress(q, in);
    if (type == PE_RECORD_DONE && q->described)
        return q->done = true, 0;
    if (type == PE_RECORD_DONE || (type == PE_RECORD_PACK && q->described) ||
        q->ask->take(q->ask->ud, type, in, lie) != 0)
        return lied(q, *lie == NULL ? "order" : *lie);
    q->described |= type == PE_RECORD_PACK;
    return 0;
}

static int take_records(struct question *q)
{
    const unsigned char *payload;
    const char *lie = NULL;
    unsigned type;
    size_t length;

    while (!q->done && pe_child_record(&q->child, &type, &payload, &length, &lie)) {
        struct pe_in in = {payload, payload + length, q->ask->arena, false};
        if (take_record(q, type, &in, &lie) != 0)
            return -1;
    }
    return lie == NULL ? 0 : lied(q, lie);
}

/* ---- the life of a worker ---- */

static int start(struct question *q, const struct pe_ask *ask, unsigned shard)
{
    *q = (struct question){
        .ask = ask, .task = *ask->task, .child = {.fd = -1}, .described = ask->pack == NULL};
    q->task.shard = shard;
    q->task.shards = ask->workers;
    if (pe_child_start(&q->child, &q->task, &q->err) != 0)
        return q->failed = true, -1;
    rewind_clock(q);
    return 0;
}

static int hear(struct question *q)
{
    int more = pe_child_read(&q->child);

    if (pe_buf_failed(&q->child.in))
        return pe_err_memory(&q->err);
    if (take_records(q) != 0)
        return -1;
    if (more || q->done)
        return 0;
    return pe_err_set(&q->err, PE_ERR_WORKER, "the worker for %s%s died", kind_of(q), name_of(q));
}

static int overdue(struct question *q)
{
    return pe_err_set(&q->err, PE_ERR_WORKER, "the worker for %s%s overstayed its time", kind_of(q),
                      name_of(q));
}

static bool is_running(const struct question *q)
{
    return q->child.pid > 0 && !q->done && !q->failed;
}

/* Waits once. 1: some still run; 0: all are done; -1: one has failed. */
static int wait_once(struct question *all, struct pollfd *fds, unsigned count, int64_t *heard_ms)
{
    int64_t first = INT64_MAX, lost;
    unsigned running = 0;

    for (unsigned i = 0; i < count; i++) {
        fds[i] = (struct pollfd){is_running(&all[i]) ? all[i].child.fd : -1, POLLIN, 0};
        running += is_running(&all[i]);
        if (is_running(&all[i]) && all[i].child.deadline_ms < first)
            first = all[i].child.deadline_ms;
    }
    if (running == 0)
        return 0;
    if (pe_child_wait(fds, count, first, heard_ms, &lost, &all->err) != 0)
        return all->failed = true, -1;
    for (unsigned i = 0; i < count; i++) {
        if (!is_running(&all[i]))
            continue;
        all[i].child.deadline_ms += lost;
        if (fds[i].revents != 0)
            all[i].failed = hear(&all[i]) != 0;
        else if (all[i].child.deadline_ms <= *heard_ms)
            all[i].failed = overdue(&all[i]) != 0;
        if (all[i].failed)
            return -1;
    }
    return 1;
}

int pe_ask_all(const struct pe_ask *ask, struct pe_err *err)
{
    struct pe_ask own = *ask;
    struct question *all;
    struct pollfd *fds;
    int64_t heard_ms = pe_child_clock();
    unsigned started = 0;
    int result = 0;

    own.workers = ask->workers == 0 ? 1 : ask->workers;
    all = calloc(own.workers, sizeof *all);
    fds = calloc(own.workers, sizeof *fds);
    if (all == NULL || fds == NULL)
        result = pe_err_memory(err);
    for (; result == 0 && started < own.workers; started++)
        result = start(&all[started], &own, started);
    if (result == 0)
        while ((result = wait_once(all, fds, started, &heard_ms)) > 0)
            continue;
    for (unsigned i = 0; i < started; i++)
        pe_child_end(&all[i].child);
    for (unsigned i = started; i > 0; i--)
        if (all[i - 1].failed)
            *err = all[i - 1].err;
    if (pe_arena_failed(ask->arena)) /* which may have looked like a lie */
        result = pe_err_memory(err);
    free(fds);
    free(all);
    return result;
}

int pe_ask(const struct pe_task *task, const struct pe_pack *pack, struct pe_arena *arena,
           unsigned controls, pe_ask_take *take, void *ud, struct pe_err *err)
{
    struct pe_ask ask = {.task = task,
                         .pack = pack,
                         .arena = arena,
                         .controls = controls,
                         .workers = 1,
                         .take = take,
                         .ud = ud};

    return pe_ask_all(&ask, err);
}

/* ---- texts ---- */

struct pe_job pe_ask_sandbox(const struct pe_job *job)
{
    if (job == NULL)
        return (struct pe_job){0};
    return (struct pe_job){.sandbox = job->sandbox, .walls_missing = job->walls_missing};
}

static int take_text(void *ud, unsigned type, struct pe_in *in, const char **lie)
{
    const char **text = ud;

    if (type == PE_RECORD_PACK)
        return 0;
    if (type != PE_RECORD_TEXT || *text != NULL)
        return -1;
    *text = pe_in_word(in);
    *lie = "text";
    return pe_in_done(in) ? *lie = NULL, 0 : -1;
}

int pe_ask_text(const struct pe_task *task, const struct pe_pack *pack, const char *what,
                char **text, struct pe_err *err)
{
    struct pe_arena arena = {0};
    const char *sent = NULL;
    char *copy = NULL;
    int result = pe_ask(task, pack, &arena, 1, take_text, &sent, err);

    if (result == 0 && sent == NULL)
        result = pe_err_set(err, PE_ERR_WORKER, "the worker for the pack %s sent no %s", pack->name,
                            what);
    if (result == 0)
        copy = strdup(sent);
    pe_arena_release(&arena);
    if (result != 0)
        return -1;
    if (copy == NULL)
        return pe_err_memory(err);
    *text = copy;
    return 0;
}
