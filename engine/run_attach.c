/* run_attach.c: the bytes of a snapshot beside a result of it that was loaded. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "api.h"
#include "base/err.h"
#include "base/utf8.h"
#include "encoding.h"

/* A saved place has line and column; frames want the offset too. All that are asked for are found
 * in one walk through the bytes, which looks at characters and knows nothing of JSON. */
struct wanted {
    struct pe_place *place;
};

static int by_place(const void *a, const void *b)
{
    const struct pe_place *x = ((const struct wanted *)a)->place;
    const struct pe_place *y = ((const struct wanted *)b)->place;

    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

/* How many bytes the character takes that is there, and whether it ends a line. */
static size_t step(const unsigned char *bytes, size_t left, enum pe_encoding_kind kind, bool *ends)
{
    uint32_t unit;
    size_t size;

    if (kind == PE_UTF8) {
        *ends = bytes[0] == '\n';
        size = pe_utf8_decode((const char *)bytes, left, NULL);
        return size == 0 ? 1 : size;
    }
    if (left < 2)
        return *ends = false, left;
    unit = kind == PE_UTF16LE ? bytes[0] | (uint32_t)bytes[1] << 8
                              : bytes[1] | (uint32_t)bytes[0] << 8;
    *ends = unit == '\n';
    return unit >= 0xD800 && unit < 0xDC00 && left >= 4 ? 4 : 2;
}

/* What lies outside the file gets its length, where there is no frame. */
static void find_offsets(const struct pe_bytes *bytes, struct wanted *list, size_t count)
{
    size_t at, size, i = 0;
    enum pe_encoding_kind kind = pe_encoding_find(bytes->data, bytes->length, &at);
    struct pe_place now = {.line = 1, .column = 1};
    const struct wanted here = {&now};
    bool ends;

    while (i < count && at < bytes->length) {
        for (; i < count && by_place(&list[i], &here) <= 0; i++)
            list[i].place->offset = at;
        size = step(bytes->data + at, bytes->length - at, kind, &ends);
        at += size;
        now.line += ends;
        now.column = ends ? 1 : now.column + 1;
    }
    for (; i < count; i++)
        list[i].place->offset = bytes->length;
}

static size_t count_findings(const struct pe_result *result)
{
    size_t count = 0;

    for (size_t i = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count; j++)
            count += result->results[i].rules[j].finding_count;
    return count;
}

/* The run is ours: what it points to was never constant. */
static size_t collect(const struct pe_result *result, struct wanted *list)
{
    size_t count = 0;

    for (size_t i = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count; j++) {
            const struct pe_rule_result *rule = &result->results[i].rules[j];
            for (size_t k = 0; k < rule->finding_count; k++)
                if (rule->findings[k].place.line > 0)
                    list[count++].place = (struct pe_place *)&rule->findings[k].place;
        }
    return count;
}

static int attach(struct pe_result *result, const struct pe_input *input, struct pe_err *err)
{
    struct wanted *list = calloc(count_findings(result) + 1, sizeof *list);
    size_t count;

    if (list == NULL)
        return pe_err_memory(err);
    count = collect(result, list);
    if (count > 1)
        qsort(list, count, sizeof *list, by_place);
    find_offsets(&input->bytes, list, count);
    free(list);
    result->input = input;
    return 0;
}

int pe_run_attach(struct pe_run *run, const struct pe_input *input, struct pe_err *err)
{
    bool found = false;

    for (size_t i = 0; i < run->count; i++) {
        struct pe_result *result = (struct pe_result *)&run->results[i];
        if (strcmp(result->sha256, input->sha256) != 0)
            continue;
        found = true;
        if (attach(result, input, err) != 0)
            return -1;
    }
    if (!found)
        return pe_err_set(err, PE_ERR_USAGE, "%s: no result is of a snapshot with these bytes",
                          input->name);
    return 0;
}
