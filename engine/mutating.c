/* mutating.c: mutation tests of a pack, run by workers and put together. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "base/err.h"
#include "child.h"
#include "decode.h"

const char *pe_mutant_word(enum pe_mutant_kind kind)
{
    static const char *const words[] = {"value", "lost", "optional"};

    return words[kind];
}

/* A survivor and where it is among all mutants. */
struct placed {
    uint32_t unit, number;
    struct pe_survivor survivor;
};

struct memory {
    struct pe_mutation_report report; /* first: what the caller holds */
    struct pe_arena arena;
    struct pe_decoded_pack pack;
    struct placed *list;
    size_t count, room;
    bool **tried;     /* by control and rule */
    unsigned workers; /* that have told their counts */
    void (*progress)(void *ud, size_t tried);
    void *ud;
};

/* ---- records ---- */

static int take_survivor(struct memory *memory, struct pe_in *in, const char **lie)
{
    struct placed *list =
        pe_arena_grow(&memory->arena, memory->list, memory->count, &memory->room, sizeof *list);
    struct placed *placed;

    if (list == NULL)
        return -1;
    memory->list = list;
    placed = &list[memory->count++];
    placed->unit = pe_in_u32(in, UINT32_MAX);
    placed->number = pe_in_u32(in, UINT32_MAX);
    placed->survivor.kind = (enum pe_mutant_kind)pe_in_u32(in, PE_MUTANT_KINDS - 1);
    placed->survivor.control = pe_in_word(in);
    placed->survivor.where = pe_in_word(in);
    placed->survivor.pointer = pe_in_word(in);
    placed->survivor.change = pe_in_word(in);
    placed->survivor.rules = pe_in_strings(in);
    *lie = "mutant";
    return pe_in_done(in) ? *lie = NULL, 0 : -1;
}

static bool make_tried(struct memory *memory)
{
    const struct pe_pack_info *info = &memory->pack.info;

    if (memory->tried != NULL)
        return true;
    memory->tried = pe_arena_array(&memory->arena, info->control_count + 1, sizeof *memory->tried);
    for (size_t i = 0; memory->tried != NULL && i < info->control_count; i++)
        memory->tried[i] =
            pe_arena_array(&memory->arena, info->controls[i].rule_count + 1, sizeof(bool));
    return !pe_arena_failed(&memory->arena);
}

static int take_counts(struct memory *memory, struct pe_in *in, const char **lie)
{
    const struct pe_pack_info *info = &memory->pack.info;
    struct pe_mutation_report *report = &memory->report;

    *lie = "counts";
    if (!make_tried(memory))
        return -1;
    for (int kind = 0; kind < PE_MUTANT_KINDS; kind++) {
        uint64_t all = pe_in_u64(in), killed = pe_in_u64(in);
        if (all > UINT32_MAX || killed > all)
            return -1;
        report->all[kind] += all;
        report->killed[kind] += killed;
    }
    for (size_t i = 0; i < info->control_count; i++)
        for (size_t j = 0; j < info->controls[i].rule_count; j++)
            memory->tried[i][j] |= pe_in_u32(in, 1) == 1;
    memory->workers++;
    return pe_in_done(in) ? *lie = NULL, 0 : -1;
}

static int take(void *ud, unsigned type, struct pe_in *in, const char **lie)
{
    struct memory *memory = ud;

    switch (type) {
    case PE_RECORD_PACK:
        return pe_decode_same_pack(in, &memory->pack, lie);
    case PE_RECORD_UNMATCHED:
        return 0; /* the run's own selection says so */
    case PE_RECORD_MUTANT:
        return take_survivor(memory, in, lie);
    case PE_RECORD_MUTATED:
        return take_counts(memory, in, lie);
    default:
        return -1;
    }
}

static void tell(void *ud, size_t tried)
{
    struct memory *memory = ud;

    if (memory->progress != NULL)
        memory->progress(memory->ud, tried);
}

/* ---- the whole ---- */

static int by_place(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;

    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static void list_survivors(struct memory *memory)
{
    struct pe_survivor *list = pe_arena_array(&memory->arena, memory->count + 1, sizeof *list);

    if (memory->count > 0)
        qsort(memory->list, memory->count, sizeof *memory->list, by_place);
    for (size_t i = 0; list != NULL && i < memory->count; i++)
        list[i] = memory->list[i].survivor;
    memory->report.survivors = list;
    memory->report.survivor_count = memory->count;
}

/* The rules that were selected and had nothing to notice, for they passed nowhere. */
static void list_untried(struct memory *memory)
{
    const struct pe_pack_info *info = &memory->pack.info;
    const char **items = NULL;
    size_t count = 0, room = 0;

    for (size_t i = 0; i < info->control_count; i++) {
        for (size_t j = 0; j < info->controls[i].rule_count; j++) {
            if (memory->tried[i][j] || !memory->pack.selected[i][j])
                continue;
            items = pe_arena_grow(&memory->arena, items, count, &room, sizeof *items);
            if (items == NULL)
                return;
            items[count++] = pe_arena_printf(&memory->arena, "%s/%s", info->controls[i].id,
                                             info->controls[i].rules[j].id);
        }
    }
    memory->report.untried = (struct pe_strings){items, count};
}

static bool is_whole(const struct memory *memory, unsigned workers)
{
    size_t left[PE_MUTANT_KINDS] = {0};
    bool whole = memory->workers == workers;

    for (size_t i = 0; i < memory->count; i++) {
        left[memory->list[i].survivor.kind]++;
        whole = whole && (i == 0 || by_place(&memory->list[i - 1], &memory->list[i]) < 0);
    }
    for (int kind = 0; kind < PE_MUTANT_KINDS; kind++)
        whole = whole && memory->report.all[kind] - memory->report.killed[kind] == left[kind];
    return whole;
}

static int settle(struct memory *memory, const struct pe_pack *pack, unsigned workers,
                  struct pe_err *err)
{
    list_survivors(memory);
    if (!is_whole(memory, workers))
        return pe_err_set(err, PE_ERR_WORKER,
                          "the worker for the pack %s did not say what came of all mutants",
                          pack->name);
    list_untried(memory);
    strcpy(memory->pack.info.sha256, pack->sha256);
    memory->report.pack = &memory->pack.info;
    return pe_arena_failed(&memory->arena) ? pe_err_memory(err) : 0;
}

int pe_mutate(struct pe_pack *pack, const struct pe_job *job,
              void (*progress)(void *ud, size_t tried), void *ud,
              struct pe_mutation_report **report, struct pe_err *err)
{
    struct memory *memory = calloc(1, sizeof *memory);
    struct pe_job part = pe_ask_sandbox(job);
    struct pe_task task = {
        .kind = PE_TASK_MUTATE, .files = &pack->files, .fixtures = &pack->fixtures, .job = &part};
    struct pe_ask ask = {.task = &task,
                         .pack = pack,
                         .controls = PE_TESTS_CONTROLS,
                         .workers = job == NULL || job->jobs == 0 ? 1 : job->jobs,
                         .take = take,
                         .progress = tell,
                         .ud = memory};

    if (memory == NULL)
        return pe_err_memory(err);
    if (job != NULL)
        part.only = job->only;
    memory->progress = progress;
    memory->ud = ud;
    ask.arena = &memory->arena;
    if (pe_ask_all(&ask, err) != 0 || settle(memory, pack, ask.workers, err) != 0) {
        pe_mutation_report_free(&memory->report);
        return -1;
    }
    *report = &memory->report;
    return 0;
}

void pe_mutation_report_free(struct pe_mutation_report *report)
{
    struct memory *memory = (struct memory *)report;

    if (report == NULL)
        return;
    pe_arena_release(&memory->arena);
    free(memory);
}
