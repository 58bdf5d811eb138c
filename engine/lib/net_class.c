/* net_class.c: what kinds of addresses a range holds. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lib/net.h"

/* IANA's special-purpose address registries (RFC 6890) as one row for every address at which the
 * class changes; a class holds until the next row. */
struct border {
    uint64_t first; /* IPv4: the address; IPv6: its upper 64 bits */
    unsigned class;
};

static const struct border ipv4[] = {
    {0x00000000, PE_NET_UNSPECIFIED},   /* 0.0.0.0/8 */
    {0x01000000, PE_NET_PUBLIC},        /* */
    {0x0a000000, PE_NET_PRIVATE},       /* 10.0.0.0/8 */
    {0x0b000000, PE_NET_PUBLIC},        /* */
    {0x64400000, PE_NET_SHARED},        /* 100.64.0.0/10 */
    {0x64800000, PE_NET_PUBLIC},        /* */
    {0x7f000000, PE_NET_LOOPBACK},      /* 127.0.0.0/8 */
    {0x80000000, PE_NET_PUBLIC},        /* */
    {0xa9fe0000, PE_NET_LINK_LOCAL},    /* 169.254.0.0/16 */
    {0xa9ff0000, PE_NET_PUBLIC},        /* */
    {0xac100000, PE_NET_PRIVATE},       /* 172.16.0.0/12 */
    {0xac200000, PE_NET_PUBLIC},        /* */
    {0xc0000000, PE_NET_RESERVED},      /* 192.0.0.0/24 protocol assignments */
    {0xc0000100, PE_NET_PUBLIC},        /* */
    {0xc0000200, PE_NET_DOCUMENTATION}, /* 192.0.2.0/24 */
    {0xc0000300, PE_NET_PUBLIC},        /* */
    {0xc0586300, PE_NET_6TO4},          /* 192.88.99.0/24 relay anycast, deprecated */
    {0xc0586400, PE_NET_PUBLIC},        /* */
    {0xc0a80000, PE_NET_PRIVATE},       /* 192.168.0.0/16 */
    {0xc0a90000, PE_NET_PUBLIC},        /* */
    {0xc6120000, PE_NET_RESERVED},      /* 198.18.0.0/15 benchmarks (RFC 2544) */
    {0xc6140000, PE_NET_PUBLIC},        /* */
    {0xc6336400, PE_NET_DOCUMENTATION}, /* 198.51.100.0/24 */
    {0xc6336500, PE_NET_PUBLIC},        /* */
    {0xcb007100, PE_NET_DOCUMENTATION}, /* 203.0.113.0/24 */
    {0xcb007200, PE_NET_PUBLIC},        /* */
    {0xe0000000, PE_NET_MULTICAST},     /* 224.0.0.0/4 */
    {0xf0000000, PE_NET_RESERVED},      /* 240.0.0.0/4 and limited broadcast */
};

/* Borders finer than 64 bits all lie below 1::, in two /64 that ipv6_fine takes apart. */
static const struct border ipv6[] = {
    {0x0000000000000000, PE_NET_RESERVED},      /* see ipv6_fine */
    {0x0064ff9b00010000, PE_NET_NAT64},         /* 64:ff9b:1::/48, local use */
    {0x0064ff9b00020000, PE_NET_RESERVED},      /* */
    {0x2000000000000000, PE_NET_PUBLIC},        /* 2000::/3 */
    {0x2001000000000000, PE_NET_RESERVED},      /* 2001::/23 protocol assignments, Teredo */
    {0x2001020000000000, PE_NET_PUBLIC},        /* */
    {0x20010db800000000, PE_NET_DOCUMENTATION}, /* 2001:db8::/32 */
    {0x20010db900000000, PE_NET_PUBLIC},        /* */
    {0x2002000000000000, PE_NET_6TO4},          /* 2002::/16 */
    {0x2003000000000000, PE_NET_PUBLIC},        /* */
    {0x3fff000000000000, PE_NET_DOCUMENTATION}, /* 3fff::/20 */
    {0x3fff100000000000, PE_NET_PUBLIC},        /* */
    {0x4000000000000000, PE_NET_RESERVED},      /* unassigned */
    {0xfc00000000000000, PE_NET_UNIQUE_LOCAL},  /* fc00::/7 */
    {0xfe00000000000000, PE_NET_RESERVED},      /* */
    {0xfe80000000000000, PE_NET_LINK_LOCAL},    /* fe80::/10 */
    {0xfec0000000000000, PE_NET_RESERVED},      /* fec0::/10, deprecated (RFC 3879) */
    {0xff00000000000000, PE_NET_MULTICAST},     /* ff00::/8 */
};

/* Classes of the rows that [first, last] touches; the last row ends at end. */
static unsigned touched(const struct border *rows, size_t count, uint64_t end, uint64_t first,
                        uint64_t last)
{
    unsigned classes = 0;
    uint64_t row_last;
    size_t i;

    for (i = 0; i < count; i++) {
        row_last = i + 1 < count ? rows[i + 1].first - 1 : end;
        if (first <= row_last && rows[i].first <= last)
            classes |= rows[i].class;
    }
    return classes;
}

static const struct {
    pe_net_ip first, last;
    unsigned class;
} ipv6_fine[] = {
    {0, 0, PE_NET_UNSPECIFIED},
    {1, 1, PE_NET_LOOPBACK},
    {(pe_net_ip)0x0064ff9b << 96, ((pe_net_ip)0x0064ff9b << 96) + UINT32_MAX, PE_NET_NAT64},
};

static unsigned touched_ipv6(const struct pe_net_range *range)
{
    unsigned classes = 0;
    size_t i;

    for (i = 0; i < sizeof ipv6_fine / sizeof *ipv6_fine; i++) {
        if (range->first <= ipv6_fine[i].last && ipv6_fine[i].first <= range->last)
            classes |= ipv6_fine[i].class;
        if (range->first >= ipv6_fine[i].first && range->last <= ipv6_fine[i].last)
            return classes;
    }
    if (range->last == 1) /* :: and ::1 are neighbours: nothing else is touched */
        return classes;
    return classes | touched(ipv6, sizeof ipv6 / sizeof *ipv6, UINT64_MAX,
                             (uint64_t)(range->first >> 64), (uint64_t)(range->last >> 64));
}

unsigned pe_net_classes(const struct pe_net_range *range)
{
    if (range->family == PE_NET_IPV6)
        return touched_ipv6(range);
    return touched(ipv4, sizeof ipv4 / sizeof *ipv4, UINT32_MAX, (uint64_t)range->first,
                   (uint64_t)range->last);
}

static const struct {
    unsigned class;
    const char *word;
} words[] = {
    {PE_NET_PUBLIC, "public"},
    {PE_NET_PRIVATE, "private"},
    {PE_NET_LOOPBACK, "loopback"},
    {PE_NET_LINK_LOCAL, "link_local"},
    {PE_NET_SHARED, "shared"},
    {PE_NET_MULTICAST, "multicast"},
    {PE_NET_DOCUMENTATION, "documentation"},
    {PE_NET_UNIQUE_LOCAL, "unique_local"},
    {PE_NET_UNSPECIFIED, "unspecified"},
    {PE_NET_NAT64, "nat64"},
    {PE_NET_6TO4, "6to4"},
    {PE_NET_RESERVED, "reserved"},
};

const char *pe_net_class_word(unsigned classes)
{
    size_t i;

    for (i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].class == classes)
            return words[i].word;
    return "mixed";
}
