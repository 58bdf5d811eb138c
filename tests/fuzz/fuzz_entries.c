/* fuzz_entries.c: what is read of waivers and settings is what their reports may rely on. */
/* SPDX-License-Identifier: Apache-2.0 */

/* The first byte says what the rest is: a file of waivers, a configuration file, or the records
 * that a worker would send of waivers. */
#include <stdint.h>
#include <string.h>

#include "entries.h"
#include "support.h"
#include "waiver.h"
#include "waiver_list.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD_BYTES = 5 };

/* ---- waivers ---- */

static bool is_text(const char *text)
{
    return text != NULL && *text != '\0';
}

static void check_pointer(const struct pe_waiver *waiver)
{
    struct pe_finding finding = {.status = waiver->fail ? PE_FAIL : PE_UNKNOWN};
    struct pe_waiver only = {
        .pointer = waiver->pointer, .fail = waiver->fail, .unknown = waiver->unknown};
    struct pe_buf longer = {0};

    pe_buf_adds(&longer, waiver->pointer);
    finding.pointer = longer.data == NULL ? "" : longer.data;
    fuzz_demand(pe_waiver_covers(&only, &finding), "a pointer covers itself");
    pe_buf_adds(&longer, "/0");
    finding.pointer = longer.data;
    fuzz_demand(pe_waiver_covers(&only, &finding), "a pointer covers what is below");
    pe_buf_clear(&longer);
    pe_buf_printf(&longer, "%s0", waiver->pointer);
    finding.pointer = longer.data;
    fuzz_demand(!pe_waiver_covers(&only, &finding), "a pointer covers no other");
    finding.status = PE_ERROR;
    finding.pointer = waiver->pointer;
    fuzz_demand(!pe_waiver_covers(&only, &finding), "no waiver covers an error");
    pe_buf_release(&longer);
}

/* What the reader promises. */
static void check_waiver(const struct pe_waiver *waiver)
{
    fuzz_demand(is_text(waiver->id) && is_text(waiver->control) && is_text(waiver->reason) &&
                    is_text(waiver->owner) && is_text(waiver->approver),
                "what is mandatory is there");
    fuzz_demand(waiver->fail || waiver->unknown, "a waiver covers some status");
    fuzz_demand(waiver->line > 0 && waiver->column > 0, "a waiver has a place");
    fuzz_demand(waiver->value == NULL || (waiver->value[0] != '[' && waiver->value[0] != '{'),
                "a value is no list or object");
    if (waiver->pointer != NULL)
        check_pointer(waiver);
}

static bool take_records(struct pe_waivers *waivers, const uint8_t *data, size_t size)
{
    const char *lie = NULL;
    uint32_t length;

    while (size >= HEAD_BYTES) {
        memcpy(&length, data + 1, sizeof length);
        if (length > size - HEAD_BYTES)
            return false;
        struct pe_in in = {data + HEAD_BYTES, data + HEAD_BYTES + length, &waivers->arena, false};
        if (pe_waivers_take(waivers, data[0], &in, &lie) != 0)
            return false;
        data += HEAD_BYTES + length;
        size -= HEAD_BYTES + length;
    }
    return true;
}

static void read_waivers(const uint8_t *data, size_t size)
{
    struct pe_waivers waivers = {0};
    struct pe_out out = {.fd = -1};
    struct pe_err err = {0};

    if (pe_entries_waivers(data, size, &out, &err) != 0) {
        fuzz_demand(strncmp(err.text, "line ", 5) == 0 || err.kind != PE_ERR_INPUT ||
                        strchr(err.text, '\n') == NULL,
                    "a complaint is one line");
    } else if (!out.failed && out.buf.length < 64 * 1024) { /* a longer one went to no pipe */
        fuzz_demand(take_records(&waivers, (const uint8_t *)out.buf.data, out.buf.length),
                    "the parent takes what the worker found good");
        for (size_t i = 0; i < waivers.count; i++)
            check_waiver(&waivers.items[i]);
    }
    pe_buf_release(&out.buf);
    pe_arena_release(&waivers.arena);
}

/* A waiver that a liar made up has an end, or it is not taken. */
static void take_lies(const uint8_t *data, size_t size)
{
    struct pe_waivers waivers = {0};

    take_records(&waivers, data, size);
    for (size_t i = 0; i < waivers.count; i++)
        fuzz_demand(waivers.items[i].expires != NULL && waivers.items[i].zone != NULL,
                    "a waiver has an end");
    pe_arena_release(&waivers.arena);
}

/* ---- settings ---- */

static void read_settings(const uint8_t *data, size_t size)
{
    struct pe_out out = {.fd = -1};
    struct pe_err err = {0};

    if (pe_entries_settings(data, size, &out, &err) != 0)
        fuzz_demand(err.kind != PE_ERR_NONE, "a refusal says why");
    pe_buf_release(&out.buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    if (data[0] % 3 == 0)
        read_waivers(data + 1, size - 1);
    else if (data[0] % 3 == 1)
        read_settings(data + 1, size - 1);
    else
        take_lies(data + 1, size - 1);
    return 0;
}
