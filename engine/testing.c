/* testing.c: a pack's own tests, run by workers and put together. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "base/err.h"
#include "child.h"
#include "coverage_item.h"
#include "decode.h"

const char *pe_coverage_word(enum pe_coverage_kind kind)
{
    static const char *const words[] = {"rules", "lines", "fields"};

    return words[kind];
}

/* What is known of one kind of coverage: the items, as the first worker lists them. */
struct reached {
    struct pe_coverage_item *items;
    size_t count;
    bool known;
};

struct memory {
    struct pe_test_report report; /* first: what the caller holds */
    struct pe_arena arena;
    struct pe_decoded_pack pack;
    struct pe_test_case *cases; /* by number; one without a name has not come in */
    size_t room, count;         /* count: of those that came in */
    size_t promised;            /* cases in all, as every worker says; 0: not said yet */
    struct reached reached[PE_COVERAGE_COUNT];
};

/* ---- cases ---- */

enum { MAX_CASES = 10 * 1000 * 1000 };

static struct pe_test_case *case_of(struct memory *memory, size_t number)
{
    struct pe_test_case *cases;
    size_t room = memory->room == 0 ? 256 : memory->room;

    while (room <= number)
        room *= 2;
    if (room > memory->room) {
        cases = pe_arena_array(&memory->arena, room, sizeof *cases);
        if (cases == NULL)
            return NULL;
        if (memory->room > 0)
            memcpy(cases, memory->cases, memory->room * sizeof *cases);
        memory->cases = cases;
        memory->room = room;
    }
    return &memory->cases[number];
}

static int take_case(struct memory *memory, struct pe_in *in, const char **lie)
{
    size_t number = pe_in_u32(in, MAX_CASES);
    struct pe_test_case *test = in->bad ? NULL : case_of(memory, number);

    *lie = "test";
    if (test == NULL || test->name != NULL)
        return -1;
    test->control = pe_in_word(in);
    test->name = pe_in_word(in);
    test->passed = pe_in_u32(in, 1);
    test->why = pe_in_word(in);
    memory->count++;
    memory->report.failed += !test->passed;
    return pe_in_done(in) ? *lie = NULL, 0 : -1;
}

/* ---- coverage ---- */

static struct pe_coverage_item take_item(struct pe_in *in)
{
    struct pe_coverage_item item = {.file = pe_in_word(in)};

    item.line = pe_in_u32(in, INT32_MAX);
    item.what = pe_in_word(in);
    item.marks = pe_in_u32(in, PE_REACHED);
    return item;
}

static bool same_item(const struct pe_coverage_item *a, const struct pe_coverage_item *b)
{
    return a->line == b->line && strcmp(a->file, b->file) == 0 && strcmp(a->what, b->what) == 0;
}

/* All workers list the same items; what one of them reached is reached. */
static bool take_items(struct memory *memory, struct pe_in *in, struct reached *reached)
{
    size_t count = pe_in_count(in, 16);

    if (!reached->known) {
        reached->items = pe_arena_array(&memory->arena, count + 1, sizeof *reached->items);
        reached->count = count;
    }
    if (reached->items == NULL || reached->count != count)
        return false;
    for (size_t i = 0; i < count && !in->bad; i++) {
        struct pe_coverage_item item = take_item(in);
        if (!reached->known)
            reached->items[i] = item;
        else if (!same_item(&reached->items[i], &item))
            return false;
        reached->items[i].marks |= item.marks;
    }
    reached->known = true;
    return pe_in_done(in);
}

static int take_coverage(struct memory *memory, struct pe_in *in, const char **lie)
{
    unsigned kind = pe_in_u32(in, PE_COVERAGE_COUNT - 1);
    size_t cases = pe_in_u32(in, MAX_CASES);

    *lie = "coverage";
    if (in->bad || (memory->promised != 0 && cases != memory->promised) ||
        !take_items(memory, in, &memory->reached[kind]))
        return -1;
    memory->promised = cases;
    return *lie = NULL, 0;
}

/* Lines of one file with no other that has code between them are told together. */
static bool goes_on(const struct pe_uncovered *last, const struct pe_coverage_item *items, size_t i)
{
    return i > 0 && items[i].what[0] == '\0' && items[i - 1].marks != PE_REACHED &&
           strcmp(last->file, items[i].file) == 0;
}

static void settle_coverage(struct memory *memory, enum pe_coverage_kind kind)
{
    const struct reached *reached = &memory->reached[kind];
    struct pe_coverage *coverage = &memory->report.coverage[kind];
    struct pe_uncovered *list = pe_arena_array(&memory->arena, reached->count + 1, sizeof *list);

    if (!reached->known || list == NULL)
        return;
    *coverage = (struct pe_coverage){.measured = true, .total = reached->count, .uncovered = list};
    for (size_t i = 0; i < reached->count; i++) {
        const struct pe_coverage_item *item = &reached->items[i];
        size_t count = coverage->uncovered_count;
        if (item->marks == PE_REACHED)
            coverage->covered++;
        else if (count > 0 && goes_on(&list[count - 1], reached->items, i))
            list[count - 1].last_line = item->line;
        else
            list[coverage->uncovered_count++] =
                (struct pe_uncovered){item->file, item->line, item->line, item->what};
    }
}

/* ---- the whole ---- */

static int take(void *ud, unsigned type, struct pe_in *in, const char **lie)
{
    struct memory *memory = ud;

    switch (type) {
    case PE_RECORD_PACK:
        return pe_decode_same_pack(in, &memory->pack, lie);
    case PE_RECORD_UNMATCHED:
        return 0; /* the tests' own selection says so */
    case PE_RECORD_TEST:
        return take_case(memory, in, lie);
    case PE_RECORD_COVERAGE:
        return take_coverage(memory, in, lie);
    default:
        return -1;
    }
}

static size_t count_rules(const struct pe_pack_info *info)
{
    size_t count = 0;

    for (size_t i = 0; i < info->control_count; i++)
        count += info->controls[i].rule_count;
    return count;
}

static int settle(struct memory *memory, const struct pe_pack *pack, struct pe_err *err)
{
    struct pe_test_report *report = &memory->report;
    const struct reached *rules = &memory->reached[PE_COVER_RULES];
    bool whole = rules->known && rules->count <= count_rules(&memory->pack.info) &&
                 memory->count == memory->promised;

    for (size_t i = 0; whole && i < memory->count; i++)
        whole = memory->cases[i].name != NULL;
    if (!whole)
        return pe_err_set(err, PE_ERR_WORKER,
                          "the worker for the pack %s did not say what came of all tests",
                          pack->name);
    strcpy(memory->pack.info.sha256, pack->sha256);
    report->cases = memory->cases;
    report->count = memory->count;
    report->pack = &memory->pack.info;
    for (int kind = 0; kind < PE_COVERAGE_COUNT; kind++)
        settle_coverage(memory, (enum pe_coverage_kind)kind);
    return pe_arena_failed(&memory->arena) ? pe_err_memory(err) : 0;
}

int pe_test(struct pe_pack *pack, const struct pe_job *job, struct pe_test_report **report,
            struct pe_err *err)
{
    struct memory *memory = calloc(1, sizeof *memory);
    struct pe_job part = pe_ask_sandbox(job);
    struct pe_task task = {
        .kind = PE_TASK_TEST, .files = &pack->files, .fixtures = &pack->fixtures, .job = &part};
    struct pe_ask ask = {
        .task = &task, .pack = pack, .controls = PE_TESTS_CONTROLS, .take = take, .ud = memory};

    if (memory == NULL)
        return pe_err_memory(err);
    if (job != NULL) {
        part.only = job->only;
        part.coverage = job->coverage;
    }
    ask.arena = &memory->arena;
    ask.workers = job == NULL ? 1 : job->jobs;
    if (pe_ask_all(&ask, err) != 0 || settle(memory, pack, err) != 0) {
        pe_test_report_free(&memory->report);
        return -1;
    }
    *report = &memory->report;
    return 0;
}

void pe_test_report_free(struct pe_test_report *report)
{
    struct memory *memory = (struct memory *)report;

    if (report == NULL)
        return;
    pe_arena_release(&memory->arena);
    free(memory);
}
