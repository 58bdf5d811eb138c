/* ask.c: one worker, one question about a pack, or a file. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ask.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "base/err.h"
#include "child.h"

struct question {
    const struct pe_pack *pack;
    struct pe_arena *arena;
    pe_ask_take *take;
    void *ud;
    struct pe_err *err;
    bool described, done; /* the pack was described, which every answer about one begins with */
};

static const char *name_of(const struct pe_pack *pack)
{
    return pack == NULL ? "waivers or settings" : pack->name;
}

static const char *kind_of(const struct pe_pack *pack)
{
    return pack == NULL ? "" : "the pack ";
}

static int lied(const struct question *q, const char *lie)
{
    return pe_err_set(q->err, PE_ERR_WORKER,
                      "the worker for %s%s sent an impossible answer "
                      "(%s)",
                      kind_of(q->pack), name_of(q->pack), lie);
}

static int take_error(const struct question *q, struct pe_in *in)
{
    enum pe_err_kind kind = (enum pe_err_kind)pe_in_u32(in, PE_ERR_WORKER);
    const char *text = pe_in_word(in);

    if (!pe_in_done(in))
        return lied(q, "error");
    if (kind == PE_ERR_PACK && q->pack != NULL)
        return pe_err_set(q->err, kind, "%s/%s", q->pack->name, text);
    return pe_err_set(q->err, kind, "%s", text);
}

static int take_records(struct question *q, struct pe_child *child)
{
    const unsigned char *payload;
    const char *lie = NULL;
    unsigned type;
    size_t length;

    while (!q->done && pe_child_record(child, &type, &payload, &length, &lie)) {
        struct pe_in in = {payload, payload + length, q->arena, false};
        if (type == PE_RECORD_ERROR)
            return take_error(q, &in);
        if (type == PE_RECORD_DONE && q->described)
            q->done = true;
        else if (type == PE_RECORD_DONE || (type == PE_RECORD_PACK && q->described) ||
                 q->take(q->ud, type, &in, &lie) != 0)
            return lied(q, lie == NULL ? "order" : lie);
        q->described |= type == PE_RECORD_PACK;
    }
    return lie == NULL ? 0 : lied(q, lie);
}

/* 1: heard something; 0: the end; -1: too late, or the system refused. */
static int listen_to(struct question *q, struct pe_child *child)
{
    int64_t left = child->deadline_ms - pe_child_clock();
    struct pollfd fd = {child->fd, POLLIN, 0};
    int ready;

    if (left <= 0)
        return pe_err_set(q->err, PE_ERR_WORKER, "the worker for %s%s overstayed its time",
                          kind_of(q->pack), name_of(q->pack));
    ready = poll(&fd, 1, (int)left);
    if (ready < 0 && errno != EINTR)
        return pe_err_set(q->err, PE_ERR_IO, "cannot wait for a worker");
    ready = ready <= 0 ? 1 : pe_child_read(child);
    return pe_buf_failed(&child->in) ? pe_err_memory(q->err) : ready;
}

int pe_ask(const struct pe_task *task, const struct pe_pack *pack, struct pe_arena *arena,
           unsigned controls, pe_ask_take *take, void *ud, struct pe_err *err)
{
    struct question q = {pack, arena, take, ud, err, pack == NULL, false};
    struct pe_child child = {.fd = -1};
    int heard = 1, result;

    if (pe_child_start(&child, task, err) != 0)
        return -1;
    child.deadline_ms += (int64_t)controls * pe_child_seconds(task->length) * 1000;
    do {
        heard = listen_to(&q, &child);
        result = heard < 0 ? -1 : take_records(&q, &child);
    } while (result == 0 && heard > 0 && !q.done);
    pe_child_end(&child);
    if (result == 0 && !q.done)
        result = pe_err_set(err, PE_ERR_WORKER, "the worker for %s%s died", kind_of(pack),
                            name_of(pack));
    if (pe_arena_failed(arena)) /* which may have looked like a lie */
        result = pe_err_memory(err);
    return result;
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
