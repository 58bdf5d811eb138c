/* fuzz_result.c: whatever a saved result holds, what is taken of it holds together. */
/* SPDX-License-Identifier: Apache-2.0 */

/* The input is a file as `-o json` writes it: read as the worker reads it, sent as records, taken
 * as the parent takes them. What was taken must be what was read, judge itself the same, and give
 * the same JSON when it is saved and read once more, and every report of it does no harm, with its
 * waivers, its gate and what was not selected; a comparison with itself finds nothing. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "api.h"
#include "saved.h"
#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD_BYTES = 5 };

static void take_all(const struct pe_out *out, struct pe_saved_in *in)
{
    const unsigned char *at = (const unsigned char *)out->buf.data, *end = at + out->buf.length;
    const char *lie = NULL;
    uint32_t length;

    for (; at < end; at += HEAD_BYTES + length) {
        memcpy(&length, at + 1, sizeof length);
        struct pe_in record = {at + HEAD_BYTES, at + HEAD_BYTES + length, in->arena, false};
        fuzz_demand(pe_saved_take(in, &record, &lie) == 0, "the parent takes what was read");
    }
    fuzz_demand(pe_saved_end(in, &lie) == 0, "the records are whole");
}

static void check_rules(const struct pe_result *result)
{
    for (size_t i = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count; j++)
            fuzz_demand(pe_saved_flaw(&result->results[i].rules[j]) == NULL,
                        "a status follows from what came with it");
}

static char *save(const struct pe_run *run)
{
    struct pe_style style = {0};
    struct pe_err err;
    size_t length;
    char *text = NULL;

    fuzz_demand(pe_render(pe_report_find("json"), run, &style, &text, &length, &err) == 0,
                "it can be saved");
    return text;
}

static void check_again(const struct pe_run *run)
{
    char *first = save(run), *second;
    struct pe_arena arena = {0};
    struct pe_saved saved;
    struct pe_err err;

    fuzz_demand(pe_saved_read((unsigned char *)first, strlen(first), &arena, &saved, &err) == 0,
                "what was saved can be read");
    second = save(&saved.run);
    fuzz_demand(strcmp(first, second) == 0, "and is the same when it is saved again");
    free(first);
    free(second);
    pe_arena_release(&arena);
}

/* With itself: nothing is worse but what is in error, and nothing came or went. */
static void check_same(const struct pe_run *run)
{
    struct pe_input input = {.name = (char *)"r.json"};
    struct pe_diff *diff;
    struct pe_err err;

    if (pe_compare(run, &input, run, &input, true, &diff, &err) != 0)
        return; /* there is no rule in it */
    for (size_t i = 0; i < diff->count; i++) {
        const struct pe_comparison *comparison = &diff->comparisons[i];
        if (comparison->before != comparison->after)
            continue; /* several of one tenant and file */
        for (size_t j = 0; j < comparison->change_count; j++) {
            const struct pe_change *change = &comparison->changes[j];
            fuzz_demand(change->class_ == PE_CHANGE_STILL_FAILING && change->added_count == 0 &&
                            change->gone == 0,
                        "what is open stays open");
            fuzz_demand(change->worse == (change->after->status == PE_ERROR), "an error gates");
        }
    }
    pe_diff_free(diff);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pe_arena worker = {0}, parent = {0};
    struct pe_out out = {.fd = -1};
    struct pe_saved saved;
    struct pe_saved_in in = pe_saved_begin(&parent, size);
    struct pe_err err;

    /* A record that is longer than 64 KiB is flushed, to nowhere. */
    if (size < 32 * 1024 && pe_saved_read(data, size, &worker, &saved, &err) == 0) {
        pe_saved_send(&saved, &out);
        take_all(&out, &in);
        fuzz_demand(in.saved.run.passed == saved.run.passed, "the parent judges alike");
        for (size_t i = 0; i < in.saved.run.count; i++)
            check_rules(&in.saved.run.results[i]);
        if (in.saved.is_result) {
            fuzz_render(&in.saved.run, data[size / 2]);
            check_again(&in.saved.run);
            check_same(&in.saved.run);
        }
    }
    pe_buf_release(&out.buf);
    pe_arena_release(&worker);
    pe_arena_release(&parent);
    return 0;
}
