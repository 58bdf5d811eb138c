/* fuzz_wire.c: whatever a worker sends, no pass is taken that does not stand on evidence. */
/* SPDX-License-Identifier: Apache-2.0 */

/* The input is what comes through a worker's pipe (wire.h), read as the engine reads it: a lie
 * costs the control under way, and what was taken by then is counted and printed. */
#include <stdint.h>
#include <string.h>

#include "api.h"
#include "decode.h"
#include "support.h"
#include "verdict.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD_BYTES = 5 };

static const unsigned char file[] = "{\"a\": 1,\n \"b\": [true, \"s3cret\"],\n \"c\": null}\n";

struct stream {
    struct pe_arena arena;
    struct pe_decoded_pack pack;
    struct pe_decoded decoded;
    bool has_pack, done;
};

static int take_pack(struct stream *s, struct pe_in *in, const char **lie)
{
    if (s->has_pack || pe_decode_pack(in, &s->pack, lie) != 0)
        return -1;
    s->has_pack = true;
    s->decoded.pack = &s->pack;
    return 0;
}

static int take_control(struct stream *s, struct pe_in *in, const char **lie)
{
    if (!s->decoded.has_snapshot || pe_decode_finish(&s->decoded, lie) != 0)
        return -1;
    return pe_decode_control(in, &s->decoded, lie);
}

static int take_done(struct stream *s, const char **lie)
{
    s->done = pe_decode_done(&s->decoded, lie) == 0;
    return s->done ? 0 : -1;
}

static int take(struct stream *s, unsigned type, struct pe_in *in, const char **lie)
{
    switch (type) {
    case PE_RECORD_PACK:
        return take_pack(s, in, lie);
    case PE_RECORD_SNAPSHOT:
        return s->has_pack ? pe_decode_snapshot(in, &s->decoded, lie) : -1;
    case PE_RECORD_CONTROL:
        return take_control(s, in, lie);
    case PE_RECORD_RULE:
        return pe_decode_rule(in, &s->decoded, lie);
    case PE_RECORD_UNREAD:
        return pe_decode_unread(in, &s->decoded, lie);
    case PE_RECORD_DONE:
        return take_done(s, lie);
    default:
        return -1;
    }
}

static void take_stream(struct stream *s, const uint8_t *data, size_t size)
{
    const char *lie = NULL;
    uint32_t length;

    while (!s->done && size >= HEAD_BYTES) {
        memcpy(&length, data + 1, sizeof length);
        if (length > size - HEAD_BYTES)
            break;
        struct pe_in in = {data + HEAD_BYTES, data + HEAD_BYTES + length, &s->arena, false};
        if (take(s, data[0], &in, &lie) != 0)
            break;
        data += HEAD_BYTES + length;
        size -= HEAD_BYTES + length;
    }
    if (!s->done)
        pe_decode_break(&s->decoded, (struct pe_text){"it lied", "偽り"});
}

/* ---- what must hold of what was taken ---- */

static void check_rule(const struct pe_rule_result *rule)
{
    if (rule->status == PE_PASS)
        fuzz_demand(rule->evidence_count > 0 && rule->finding_count == 0,
                    "a pass has evidence and no finding");
    fuzz_demand(rule->status != PE_FAIL || rule->finding_count > 0, "a fail has a finding");
    fuzz_demand(rule->status != PE_WAIVED, "nobody waives");
    for (size_t i = 0; i < rule->evidence_count; i++)
        fuzz_demand(rule->evidence[i].place.offset <= sizeof file - 1, "evidence is in the file");
}

static void check_control(const struct pe_control_result *control)
{
    bool all_pass = true;

    for (size_t i = 0; i < control->rule_count; i++) {
        check_rule(&control->rules[i]);
        all_pass = all_pass && (control->rules[i].status == PE_PASS ||
                                control->rules[i].status == PE_NOT_APPLICABLE);
    }
    fuzz_demand(control->status != PE_PASS || (all_pass && control->rule_count > 0),
                "a control passes when its rules do");
}

static size_t selected_controls(const struct pe_decoded_pack *pack)
{
    size_t count = 0;

    for (size_t i = 0; i < pack->info.control_count; i++)
        for (size_t j = 0; j < pack->info.controls[i].rule_count; j++)
            if (pack->selected[i][j]) {
                count++;
                break;
            }
    return count;
}

static void check_result(struct stream *s)
{
    struct pe_input input = {.bytes = {file, sizeof file - 1}, .name = (char *)"t.json"};
    struct pe_result result = s->decoded.head;
    struct pe_run run = {.results = &result, .count = 1};

    result.results = s->decoded.results;
    result.result_count = s->decoded.result_count;
    result.packs = &s->pack.info;
    result.pack_count = 1;
    result.input = &input;
    result.file = "t.json";
    for (size_t i = 0; i < result.result_count; i++)
        check_control(&result.results[i]);
    if (s->done)
        fuzz_demand(result.result_count == selected_controls(&s->pack), "none is left out");
    pe_verdict_result(&result);
    run.passed = result.passed;
    fuzz_render(&run, (unsigned)result.result_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stream s = {
        .decoded = {.file_bytes = sizeof file - 1, .evidence_limit = PE_EVIDENCE_DEFAULT}};

    s.decoded.arena = &s.arena;
    take_stream(&s, data, size);
    if (s.decoded.has_snapshot && !s.decoded.in_control)
        check_result(&s);
    pe_arena_release(&s.arena);
    return 0;
}
