/* net_set.c: sets of addresses as arrays of ranges: merge, measure, compare. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lib/net.h"

#include <stdlib.h>

#define NONE SIZE_MAX

static int order_numbers(pe_net_ip a, pe_net_ip b)
{
    return (a > b) - (a < b);
}

/* By family, first, the longest before others; by tag at last, so that the order is total. */
static int order(const void *left, const void *right)
{
    const struct pe_net_range *a = left, *b = right;
    int by_family = (int)a->family - (int)b->family;
    int by_first = order_numbers(a->first, b->first);
    int by_last = order_numbers(b->last, a->last);

    if (by_family != 0)
        return by_family;
    if (by_first != 0)
        return by_first;
    return by_last != 0 ? by_last : order_numbers(a->tag, b->tag);
}

void pe_net_sort(struct pe_net_range *ranges, size_t count)
{
    if (count > 1)
        qsort(ranges, count, sizeof *ranges, order);
}

/* next begins within range or right after it; next does not begin before range. */
static bool continues(const struct pe_net_range *range, const struct pe_net_range *next)
{
    return range->family == next->family &&
           (next->first <= range->last || next->first - 1 == range->last);
}

size_t pe_net_merge(struct pe_net_range *ranges, size_t count)
{
    size_t i, kept = 0;

    pe_net_sort(ranges, count);
    for (i = 0; i < count; i++) {
        if (kept == 0 || !continues(&ranges[kept - 1], &ranges[i]))
            ranges[kept++] = ranges[i];
        else if (ranges[i].last > ranges[kept - 1].last)
            ranges[kept - 1].last = ranges[i].last;
    }
    return kept;
}

struct pe_net_hygiene pe_net_hygiene(const struct pe_net_range *sorted, size_t count)
{
    struct pe_net_hygiene found = {0};
    struct pe_net_range covered;
    size_t i;

    if (count == 0)
        return found;
    covered = sorted[0];
    for (i = 1; i < count; i++) {
        if (!continues(&covered, &sorted[i])) {
            covered = sorted[i];
            continue;
        }
        if (pe_net_inside(&sorted[i], &sorted[i - 1]) && pe_net_inside(&sorted[i - 1], &sorted[i]))
            found.duplicates++;
        else if (pe_net_inside(&sorted[i], &covered))
            found.contained++;
        else
            found.joinable++;
        if (sorted[i].last > covered.last)
            covered.last = sorted[i].last;
    }
    return found;
}

/* ---- how much ---- */

/* total + (last - first + 1), at most UINT64_MAX. */
static uint64_t add_span(uint64_t total, pe_net_ip first, pe_net_ip last)
{
    return last - first >= UINT64_MAX - total ? UINT64_MAX : total + (uint64_t)(last - first) + 1;
}

/* How many ranges of a sorted array are IPv4: they come first. */
static size_t count_ipv4_ranges(const struct pe_net_range *sorted, size_t count)
{
    size_t i = 0;

    while (i < count && sorted[i].family == PE_NET_IPV4)
        i++;
    return i;
}

/* Two merged ranges may touch the same /64, which counts once. */
static uint64_t count_networks(const struct pe_net_range *merged, size_t count)
{
    uint64_t total = 0;
    pe_net_ip next = 0, first, last;
    size_t i;

    for (i = 0; i < count; i++) {
        if (merged[i].family != PE_NET_IPV6)
            continue;
        first = merged[i].first >> 64;
        last = merged[i].last >> 64;
        if (first < next)
            first = next;
        if (first <= last)
            total = add_span(total, first, last);
        next = last + 1;
    }
    return total;
}

/* Addresses in 2000::/3, the only space of IPv6 that is routed: at most 2^125. */
static pe_net_ip count_unicast(const struct pe_net_range *merged, size_t count)
{
    const pe_net_ip low = (pe_net_ip)1 << 125, high = ((pe_net_ip)1 << 126) - 1;
    pe_net_ip total = 0, first, last;
    size_t i;

    for (i = 0; i < count; i++) {
        first = merged[i].first < low ? low : merged[i].first;
        last = merged[i].last > high ? high : merged[i].last;
        if (merged[i].family == PE_NET_IPV6 && first <= last)
            total += last - first + 1;
    }
    return total;
}

struct pe_net_size pe_net_size(const struct pe_net_range *merged, size_t count)
{
    size_t ipv4 = count_ipv4_ranges(merged, count);

    return (struct pe_net_size){
        .ipv4 = pe_net_addresses(merged, ipv4),
        .ipv6 = pe_net_addresses(merged + ipv4, count - ipv4),
        .ipv6_networks = count_networks(merged, count),
        .ipv6_share = (double)count_unicast(merged, count) / (double)((pe_net_ip)1 << 125),
    };
}

uint64_t pe_net_addresses(const struct pe_net_range *merged, size_t count)
{
    uint64_t total = 0;
    size_t i;

    for (i = 0; i < count; i++)
        total = add_span(total, merged[i].first, merged[i].last);
    return total;
}

bool pe_net_covers_internet(const struct pe_net_range *merged, size_t count)
{
    size_t ipv4 = count_ipv4_ranges(merged, count);

    return pe_net_addresses(merged, ipv4) >= UINT64_C(1) << 31 ||
           count_unicast(merged, count) >= (pe_net_ip)1 << 124;
}

bool pe_net_covers_family(const struct pe_net_range *merged, size_t count,
                          enum pe_net_family family)
{
    struct pe_net_range all = pe_net_all(family);

    return pe_net_contains(merged, count, &all);
}

/* ---- two sets ---- */

/* a lies wholly before b begins. */
static bool is_before(const struct pe_net_range *a, const struct pe_net_range *b)
{
    return a->family < b->family || (a->family == b->family && a->last < b->first);
}

bool pe_net_contains(const struct pe_net_range *merged, size_t count,
                     const struct pe_net_range *range)
{
    size_t low = 0, high = count, middle;

    while (low < high) {
        middle = low + (high - low) / 2;
        if (is_before(&merged[middle], range))
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && pe_net_inside(range, &merged[low]);
}

bool pe_net_subset(const struct pe_net_range *a, size_t a_count, const struct pe_net_range *b,
                   size_t b_count, size_t *outside)
{
    size_t i;

    for (i = 0; i < a_count; i++) {
        if (pe_net_contains(b, b_count, &a[i]))
            continue;
        if (outside != NULL)
            *outside = i;
        return false;
    }
    return true;
}

static bool found_pair(size_t *i, size_t *j, size_t a, size_t b)
{
    if (i != NULL)
        *i = a;
    if (j != NULL)
        *j = b;
    return true;
}

/* The farthest of the ranges seen so far, of which `farthest` was it until ranges[next]. */
static size_t reach(const struct pe_net_range *ranges, size_t farthest, size_t next)
{
    if (farthest == NONE || ranges[farthest].family != ranges[next].family ||
        ranges[next].last > ranges[farthest].last)
        return next;
    return farthest;
}

/* Sweeps both in order of first: a range that overlaps any earlier one of the other array
 * overlaps the one that reaches farthest. */
bool pe_net_sets_overlap(const struct pe_net_range *a, size_t a_count, const struct pe_net_range *b,
                         size_t b_count, size_t *i, size_t *j)
{
    size_t x = 0, y = 0, far_a = NONE, far_b = NONE;

    while (x < a_count || y < b_count) {
        if (y == b_count || (x < a_count && order(&a[x], &b[y]) <= 0)) {
            if (far_b != NONE && pe_net_overlap(&a[x], &b[far_b]))
                return found_pair(i, j, x, far_b);
            far_a = reach(a, far_a, x);
            x++;
        } else {
            if (far_a != NONE && pe_net_overlap(&a[far_a], &b[y]))
                return found_pair(i, j, far_a, y);
            far_b = reach(b, far_b, y);
            y++;
        }
    }
    return false;
}

bool pe_net_self_overlap(const struct pe_net_range *sorted, size_t count, size_t *i, size_t *j)
{
    size_t next, farthest = NONE;

    for (next = 0; next < count; next++) {
        if (farthest != NONE && pe_net_overlap(&sorted[farthest], &sorted[next]))
            return found_pair(i, j, farthest, next);
        farthest = reach(sorted, farthest, next);
    }
    return false;
}

/* What of rest the ranges of b leave, into out; returns how many. b begins at or before rest. */
static size_t subtract(struct pe_net_range rest, const struct pe_net_range *b, size_t b_count,
                       struct pe_net_range *out)
{
    size_t i, count = 0;

    for (i = 0; i < b_count && pe_net_overlap(&rest, &b[i]); i++) {
        if (b[i].first > rest.first) {
            out[count] = rest;
            out[count++].last = b[i].first - 1;
        }
        if (b[i].last >= rest.last)
            return count;
        rest.first = b[i].last + 1;
    }
    out[count++] = rest;
    return count;
}

size_t pe_net_difference(const struct pe_net_range *a, size_t a_count, const struct pe_net_range *b,
                         size_t b_count, struct pe_net_range *out)
{
    size_t i, skip = 0, count = 0;

    for (i = 0; i < a_count; i++) {
        while (skip < b_count && is_before(&b[skip], &a[i]))
            skip++;
        count += subtract(a[i], b + skip, b_count - skip, out + count);
    }
    return count;
}
