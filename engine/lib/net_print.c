/* net_print.c: ranges as text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lib/net.h"

#include <stdio.h>
#include <string.h>

/* Where the longest run of two or more zero groups begins, the first of equals (RFC 5952 4.2);
 * its length goes to run, 0 when there is none. */
static unsigned longest_zeros(const unsigned group[8], unsigned *run)
{
    unsigned i, length = 0, best = 8;

    *run = 0;
    for (i = 0; i < 8; i++) {
        length = group[i] == 0 ? length + 1 : 0;
        if (length > *run && length >= 2) {
            *run = length;
            best = i + 1 - length;
        }
    }
    return best;
}

static size_t print_ipv6(pe_net_ip ip, char *text, size_t room)
{
    unsigned group[8], i, run, gap;
    size_t length = 0;

    for (i = 0; i < 8; i++)
        group[i] = (unsigned)(ip >> (112 - 16 * i)) & 0xffff;
    gap = longest_zeros(group, &run);
    for (i = 0; i < 8; i++) {
        if (i == gap) {
            length += (size_t)snprintf(text + length, room - length, "::");
            i += run - 1;
            continue;
        }
        length += (size_t)snprintf(text + length, room - length, "%s%x",
                                   i == 0 || i == gap + run ? "" : ":", group[i]);
    }
    return length;
}

static size_t print_ip(enum pe_net_family family, pe_net_ip ip, char *text, size_t room)
{
    uint32_t ipv4 = (uint32_t)ip;

    if (family == PE_NET_IPV6)
        return print_ipv6(ip, text, room);
    return (size_t)snprintf(text, room, "%u.%u.%u.%u", ipv4 >> 24, ipv4 >> 16 & 255,
                            ipv4 >> 8 & 255, ipv4 & 255);
}

static unsigned count_bits(pe_net_ip host)
{
    unsigned bits = 0;

    for (; host != 0; host >>= 1)
        bits++;
    return bits;
}

void pe_net_print(const struct pe_net_range *range, char text[PE_NET_TEXT_BYTES])
{
    pe_net_ip host = range->first ^ range->last;
    bool block = (host & (host + 1)) == 0 && (range->first & host) == 0;
    size_t length = print_ip(range->family, range->first, text, PE_NET_TEXT_BYTES);
    unsigned bits = range->family == PE_NET_IPV4 ? 32 : 128;

    if (host == 0)
        return;
    if (block) {
        snprintf(text + length, PE_NET_TEXT_BYTES - length, "/%u", bits - count_bits(host));
        return;
    }
    text[length++] = '-';
    print_ip(range->family, range->last, text + length, PE_NET_TEXT_BYTES - length);
}

void pe_net_print_entry(const struct pe_net_entry *entry, char text[PE_NET_TEXT_BYTES])
{
    if (entry->kind == PE_NET_RANGE)
        pe_net_print(&entry->range, text);
    else
        snprintf(text, PE_NET_TEXT_BYTES, "%s", entry->kind == PE_NET_ANY ? "any" : entry->service);
}
