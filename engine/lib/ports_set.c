/* ports_set.c: sets of ports as arrays of ranges. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/buf.h"
#include "lib/ports.h"

static int order(const void *left, const void *right)
{
    const struct pe_ports_range *a = left, *b = right;

    return a->first != b->first ? a->first - b->first : a->last - b->last;
}

size_t pe_ports_merge(struct pe_ports_range *ranges, size_t count)
{
    size_t i, kept = 0;

    if (count > 1)
        qsort(ranges, count, sizeof *ranges, order);
    for (i = 0; i < count; i++) {
        if (kept == 0 || ranges[i].first > ranges[kept - 1].last + 1)
            ranges[kept++] = ranges[i];
        else if (ranges[i].last > ranges[kept - 1].last)
            ranges[kept - 1].last = ranges[i].last;
    }
    return kept;
}

uint32_t pe_ports_count(const struct pe_ports_range *merged, size_t count)
{
    uint32_t total = 0;
    size_t i;

    for (i = 0; i < count; i++)
        total += (uint32_t)(merged[i].last - merged[i].first) + 1;
    return total;
}

bool pe_ports_are_all(const struct pe_ports_range *merged, size_t count)
{
    return pe_ports_count(merged, count) == 65535;
}

static bool overlap(const struct pe_ports_range *a, const struct pe_ports_range *b)
{
    return a->first <= b->last && b->first <= a->last;
}

bool pe_ports_contain(const struct pe_ports_range *merged, size_t count, uint16_t port)
{
    const struct pe_ports_range one = {port, port};

    return pe_ports_overlap(&one, 1, merged, count);
}

bool pe_ports_overlap(const struct pe_ports_range *a, size_t a_count,
                      const struct pe_ports_range *b, size_t b_count)
{
    size_t i = 0, j = 0;

    while (i < a_count && j < b_count) {
        if (overlap(&a[i], &b[j]))
            return true;
        if (a[i].last < b[j].first)
            i++;
        else
            j++;
    }
    return false;
}

bool pe_ports_subset(const struct pe_ports_range *a, size_t a_count, const struct pe_ports_range *b,
                     size_t b_count)
{
    size_t i, j = 0;

    for (i = 0; i < a_count; i++) {
        while (j < b_count && b[j].last < a[i].first)
            j++;
        if (j == b_count || b[j].first > a[i].first || b[j].last < a[i].last)
            return false;
    }
    return true;
}

/* What of rest the ranges of b leave, into out; returns how many. b begins at or before rest. */
static size_t subtract(struct pe_ports_range rest, const struct pe_ports_range *b, size_t b_count,
                       struct pe_ports_range *out)
{
    size_t i, count = 0;

    for (i = 0; i < b_count && overlap(&rest, &b[i]); i++) {
        if (b[i].first > rest.first)
            out[count++] = (struct pe_ports_range){rest.first, (uint16_t)(b[i].first - 1)};
        if (b[i].last >= rest.last)
            return count;
        rest.first = (uint16_t)(b[i].last + 1);
    }
    out[count++] = rest;
    return count;
}

size_t pe_ports_difference(const struct pe_ports_range *a, size_t a_count,
                           const struct pe_ports_range *b, size_t b_count,
                           struct pe_ports_range *out)
{
    size_t i, skip = 0, count = 0;

    for (i = 0; i < a_count; i++) {
        while (skip < b_count && b[skip].last < a[i].first)
            skip++;
        count += subtract(a[i], b + skip, b_count - skip, out + count);
    }
    return count;
}

void pe_ports_print(const struct pe_ports_range *merged, size_t count, struct pe_buf *buf)
{
    size_t i;

    if (pe_ports_are_all(merged, count)) {
        pe_buf_adds(buf, "*");
        return;
    }
    for (i = 0; i < count; i++) {
        pe_buf_printf(buf, "%s%u", i == 0 ? "" : ", ", merged[i].first);
        if (merged[i].last != merged[i].first)
            pe_buf_printf(buf, "-%u", merged[i].last);
    }
}
