/* job.c: shares snapshots among workers, and puts together what they answer. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "api.h"
#include "assemble.h"
#include "base/err.h"
#include "slot.h"

struct job {
    const struct pe_job *job;
    struct pe_arena *arena;
    struct pe_slots slots;
    struct pe_unit *units; /* one pack after the other for each snapshot */
    size_t unit_count, next;
};

/* ---- all units ---- */

/* One that is built in need not be described by a worker. What is wrong with it is told by one all
 * the same. */
static bool is_described(struct job *job, size_t pack)
{
    struct pe_decoded_pack *decoded = &job->slots.share.packs[pack];
    const struct pe_pack *source = job->job->packs[pack];
    struct pe_in nothing = {.arena = job->arena};
    const char *lie = NULL;
    struct pe_err err;

    if (decoded->raw == NULL && source->files.prepared != NULL)
        pe_decode_judged_pack(&nothing, source, job->job, decoded, &lie, &err);
    return decoded->raw != NULL;
}

/* A pack is described by the first worker that loads it, so the others wait for that one: what is
 * wrong with a pack is then said once, and the same for every number of workers. */
static bool may_begin(struct job *job)
{
    size_t packs = job->job->pack_count;

    if (job->next == job->unit_count)
        return false;
    for (size_t i = 0; job->next >= packs && i < packs; i++)
        if (!is_described(job, i))
            return false;
    return true;
}

static int begin_units(struct job *job, struct pe_err *err)
{
    struct pe_slot *slot;

    while (may_begin(job) &&
           (slot = pe_slots_idle(&job->slots, job->units[job->next].pack)) != NULL)
        if (pe_slot_begin(slot, &job->slots.share, &job->units[job->next++], err) != 0)
            return -1;
    return 0;
}

static int tell_failure(const struct job *job, const struct pe_unit *unit, struct pe_err *err)
{
    if (unit->early || unit->err.kind == PE_ERR_MEMORY)
        return pe_err_set(err, unit->err.kind, "%s", unit->err.text);
    return pe_err_set(err, unit->err.kind, "%s: %s", pe_input_name(job->job->inputs[unit->input]),
                      unit->err.text);
}

/* The error that is reported must not depend on which worker was faster: the first unit's. */
static int run_units(struct job *job, struct pe_err *err)
{
    struct pollfd none[PE_SLOTS_OTHERS] = {{-1, 0, 0}, {-1, 0, 0}};
    const char *flaw = NULL;
    size_t first = 0; /* those before it are done */

    while (first < job->unit_count && flaw == NULL) {
        if (first < job->next && job->units[first].done) {
            if (job->units[first].failed)
                return tell_failure(job, &job->units[first], err);
            first++;
            if (first == job->job->pack_count)
                flaw = pe_slots_flaw(&job->slots);
        } else if (begin_units(job, err) != 0 || pe_slots_wait(&job->slots, none, err) != 0) {
            return -1;
        }
    }
    return flaw == NULL ? 0 : pe_err_set(err, PE_ERR_USAGE, "%s", flaw);
}

/* ---- units and results ---- */

/* Workers stay for further snapshots where there are any. */
static int make_units(struct job *job, struct pe_err *err)
{
    const struct pe_job *j = job->job;
    struct pe_slot_share *share = &job->slots.share;
    struct pe_bytes *inputs = pe_arena_array(job->arena, j->input_count, sizeof *inputs);

    *share = (struct pe_slot_share){.job = j,
                                    .feed = j->input_count > 1 ? PE_FEED_INPUTS : PE_FEED_NONE,
                                    .inputs = inputs,
                                    .input_count = j->input_count,
                                    .arena = job->arena};
    for (size_t i = 0; inputs != NULL && i < j->input_count; i++)
        inputs[i] = j->inputs[i]->bytes;
    if (pe_slots_init(&job->slots, err) != 0)
        return -1;
    job->unit_count = j->input_count * j->pack_count;
    job->units = pe_arena_array(job->arena, job->unit_count, sizeof *job->units);
    for (size_t i = 0; job->units != NULL && i < job->unit_count; i++) {
        size_t input = i / j->pack_count;
        job->units[i] = (struct pe_unit){.bytes = inputs[input].data,
                                         .length = inputs[input].length,
                                         .input = input,
                                         .pack = i % j->pack_count,
                                         .arena = job->arena};
    }
    return pe_arena_failed(job->arena) ? pe_err_memory(err) : 0;
}

static int merge(struct job *job, size_t input, struct pe_result *result, struct pe_err *err)
{
    const struct pe_job *j = job->job;
    const struct pe_unit *first = &job->units[input * j->pack_count];
    const struct pe_decoded **decoded =
        pe_arena_array(job->arena, j->pack_count, sizeof(struct pe_decoded *));

    if (decoded == NULL)
        return pe_err_memory(err);
    for (size_t i = 0; i < j->pack_count; i++)
        decoded[i] = &first[i].decoded;
    if (pe_assemble(j, job->slots.share.packs, decoded, job->arena, result, err) != 0)
        return -1;
    result->input = j->inputs[input];
    result->file = pe_input_name(j->inputs[input]);
    strcpy(result->sha256, j->inputs[input]->sha256);
    return 0;
}

static int put_together(struct job *job, struct pe_run *run, struct pe_err *err)
{
    const struct pe_job *j = job->job;
    struct pe_result *results = pe_arena_array(job->arena, j->input_count + 1, sizeof *results);

    if (results == NULL)
        return pe_err_memory(err);
    for (size_t i = 0; i < j->input_count; i++)
        if (merge(job, i, &results[i], err) != 0)
            return -1;
    if (pe_assemble_verdicts(j, results, j->input_count, job->arena, err) != 0)
        return -1;
    run->passed = j->input_count > 0;
    for (size_t i = 0; i < j->input_count; i++) {
        if (pe_assemble_expect(&results[i], &j->expect, err) != 0)
            return -1;
        run->passed = run->passed && results[i].passed;
    }
    run->results = results;
    run->count = j->input_count;
    return 0;
}

int pe_judge(const struct pe_job *job, struct pe_run **run, struct pe_err *err)
{
    struct pe_run_memory *memory = calloc(1, sizeof *memory);
    struct job j = {.job = job};
    struct pe_err local;
    int result;

    err = err == NULL ? &local : err;
    if (memory == NULL)
        return pe_err_memory(err);
    if (pe_assemble_check(job, err) != 0) {
        free(memory);
        return -1;
    }
    j.arena = &memory->arena;
    result = make_units(&j, err);
    if (result == 0)
        result = run_units(&j, err);
    if (result == 0)
        result = put_together(&j, &memory->run, err);
    pe_slots_release(&j.slots); /* last, because it waits for workers to be gone */
    if (result != 0) {
        pe_run_free(&memory->run);
        return -1;
    }
    *run = &memory->run;
    return 0;
}

void pe_run_free(struct pe_run *run)
{
    struct pe_run_memory *memory = (struct pe_run_memory *)run;

    if (run == NULL)
        return;
    pe_arena_release(&memory->arena);
    free(memory);
}
