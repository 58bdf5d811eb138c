/* net.h: addresses, ranges of them, and what a set of them covers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An entry of an allow-list becomes ranges [first, last] of one family; a set is an array of
 * ranges that the caller owns. Nothing here keeps memory. A list is judged by what it covers once
 * it is merged, never by its spelling: 0.0.0.0/1 and 128.0.0.0/1 are everything as much as "*" is.
 *
 * Sources: RFC 4291 2.2 and 2.3 (text of IPv6 addresses and prefixes), RFC 4291 2.5.5.2 (IPv4-
 * mapped), RFC 5952 4 (printing), RFC 4632 3.1 (prefixes), RFC 6890 with IANA's special-purpose
 * registries (classes), RFC 6943 3.1.1 (why loose IPv4 text is refused).
 *
 * What is IPv4: dotted text, and an IPv6 block of prefix 96 or longer inside ::ffff:0:0/96, which
 * becomes the IPv4 block it maps (::ffff:0:0/96 is all of IPv4). A wider IPv6 block or range that
 * merely contains the mapped block (::/0) stays IPv6 and says nothing of IPv4. IPv4-compatible
 * ::a.b.c.d, NAT64 64:ff9b::/96 and 6to4 2002::/16 stay IPv6.
 *
 * No argument may be NULL; text need not end in NUL and may hold any bytes.
 */
#ifndef PE_LIB_NET_H
#define PE_LIB_NET_H

#include "policyeval.h"

enum pe_net_family { PE_NET_IPV4 = 4, PE_NET_IPV6 = 6 };

/* An address as a number; of IPv4 only the low 32 bits are used. Aligned like a uint64_t, so that
 * ranges may lie in memory that promises no more (Lua's). */
__extension__ typedef unsigned __int128 pe_net_ip __attribute__((aligned(8)));

/* first <= last. tag is the caller's (say, the entry's position) and is carried along by sorting;
 * a merged range keeps the tag of the range it begins with. */
struct pe_net_range {
    enum pe_net_family family;
    uint32_t tag;
    pe_net_ip first, last;
};

/* ---- read ---- */

enum pe_net_kind {
    PE_NET_RANGE,   /* addresses: range */
    PE_NET_ANY,     /* every address of both families: "*", "Any", "Internet" */
    PE_NET_SERVICE, /* an Azure service tag whose addresses are not known here: service */
};

struct pe_net_entry {
    enum pe_net_kind kind;
    struct pe_net_range range; /* PE_NET_RANGE only; its tag is 0 */
    const char *service;       /* PE_NET_SERVICE only: Azure's spelling, without a region; static */
    bool host_bits;            /* 192.0.2.17/24: bits below the prefix were set and are masked */
    bool mapped;               /* written as IPv4-mapped IPv6 */
    bool single;               /* one address, written without prefix and range */
};

enum pe_net_why {
    PE_NET_OK,
    PE_NET_EMPTY,        /* no text */
    PE_NET_UNKNOWN,      /* neither an address nor a known service tag */
    PE_NET_LEADING_ZERO, /* 010.1.1.1: octal to some readers, decimal to others */
    PE_NET_SHORT,        /* 1.2.3 or 10.1/16: inet_aton forms */
    PE_NET_OCTET,        /* a part above 255 */
    PE_NET_ZONE_ID,      /* fe80::1%eth0 */
    PE_NET_BAD_IPV6,     /* breaks RFC 4291 2.2 */
    PE_NET_PREFIX,       /* not a number in 0..32 or 0..128 */
    PE_NET_MASK,         /* a netmask with holes, or one of IPv6 */
    PE_NET_REVERSED,     /* a range whose first address is after its last */
    PE_NET_MIXED,        /* a range from one family into the other */
    PE_NET_TEMPLATE,     /* [parameters('x')]: an expression that was not resolved */
};
struct pe_text pe_net_why_text(enum pe_net_why why);

/* Any form: address, address/prefix, IPv4/netmask, first-last, "*", a service tag in any case,
 * also with a region ("Storage.JapanEast"). No spaces. */
int pe_net_parse(const char *text, size_t length, struct pe_net_entry *entry, enum pe_net_why *why);

/* One address of either family; mapped is as above. */
int pe_net_parse_ip(const char *text, size_t length, struct pe_net_entry *entry,
                    enum pe_net_why *why);

/* Azure's spelling of the service tag that text is (in any case, a region cut off), or NULL.
 * "Internet" is one, "*" and "Any" are not. Static. */
const char *pe_net_service_tag(const char *text, size_t length);

/* The ranges an entry stands for: 1, 2 (any) or 0 (a service tag). All get the tag. */
size_t pe_net_ranges(const struct pe_net_entry *entry, uint32_t tag, struct pe_net_range ranges[2]);

/* All of one family. */
struct pe_net_range pe_net_all(enum pe_net_family family);

/* ---- print ---- */

enum { PE_NET_TEXT_BYTES = 96 }; /* room for any range and its NUL */

/* RFC 5952; a whole block as address/prefix (one address without it), else first-last. */
void pe_net_print(const struct pe_net_range *range, char text[PE_NET_TEXT_BYTES]);

/* "any", the service's name, or the range. */
void pe_net_print_entry(const struct pe_net_entry *entry, char text[PE_NET_TEXT_BYTES]);

/* ---- two ranges ---- */

bool pe_net_overlap(const struct pe_net_range *a, const struct pe_net_range *b);
bool pe_net_inside(const struct pe_net_range *inner, const struct pe_net_range *outer);

/* ---- sets: arrays of ranges ----
 * "sorted" means ordered by family, first, and the longest before others (pe_net_sort); "merged"
 * means sorted with no two ranges overlapping or adjacent (pe_net_merge). IPv4 comes first. A
 * merged array is sorted too. */

void pe_net_sort(struct pe_net_range *ranges, size_t count);

/* Sorts and merges in place; returns how many are left. */
size_t pe_net_merge(struct pe_net_range *ranges, size_t count);

/* What is untidy in a sorted array, in entries that could be left out or joined. */
struct pe_net_hygiene {
    size_t duplicates; /* the same range again */
    size_t contained;  /* inside what the entries before it cover */
    size_t joinable;   /* overlaps or touches what the entries before it cover */
};
struct pe_net_hygiene pe_net_hygiene(const struct pe_net_range *sorted, size_t count);

struct pe_net_size {
    uint64_t ipv4;          /* addresses, up to 2^32 */
    uint64_t ipv6;          /* addresses, UINT64_MAX when there are that many or more */
    uint64_t ipv6_networks; /* /64 networks touched, UINT64_MAX when all 2^64 */
    double ipv6_share;      /* of the global unicast space 2000::/3, 0 to 1 */
};
struct pe_net_size pe_net_size(const struct pe_net_range *merged, size_t count);

/* All addresses of both families as one number, saturating at UINT64_MAX. */
uint64_t pe_net_addresses(const struct pe_net_range *merged, size_t count);

/* Open to the internet: half of IPv4 (2^31 addresses) or half of 2000::/3, or more. */
bool pe_net_covers_internet(const struct pe_net_range *merged, size_t count);

/* Every address of that family. */
bool pe_net_covers_family(const struct pe_net_range *merged, size_t count,
                          enum pe_net_family family);

/* The whole of range is in the set. */
bool pe_net_contains(const struct pe_net_range *merged, size_t count,
                     const struct pe_net_range *range);

/* Every address of a is in b. An empty a is inside anything. On false, *outside (may be NULL) is
 * the position in a of a range that is not wholly in b. */
bool pe_net_subset(const struct pe_net_range *a, size_t a_count, const struct pe_net_range *b,
                   size_t b_count, size_t *outside);

/* Two sorted arrays share an address. On true, *i and *j (may be NULL) are the positions of a
 * pair that does; unmerged arrays give pairs of entries as they were written. */
bool pe_net_sets_overlap(const struct pe_net_range *a, size_t a_count, const struct pe_net_range *b,
                         size_t b_count, size_t *i, size_t *j);

/* Two ranges of one sorted array share an address; the same outputs. */
bool pe_net_self_overlap(const struct pe_net_range *sorted, size_t count, size_t *i, size_t *j);

/* What a has and b has not, merged, into out, which has room for a_count + b_count ranges;
 * returns how many. Tags are a's. */
size_t pe_net_difference(const struct pe_net_range *a, size_t a_count, const struct pe_net_range *b,
                         size_t b_count, struct pe_net_range *out);

/* ---- classes ----
 * Every address has one class; a range has one bit for each class it touches. */

enum pe_net_class {
    PE_NET_PUBLIC = 1 << 0,
    PE_NET_PRIVATE = 1 << 1,       /* RFC 1918 */
    PE_NET_LOOPBACK = 1 << 2,      /* 127/8 (RFC 1122 3.2.1.3), ::1 (RFC 4291 2.5.3) */
    PE_NET_LINK_LOCAL = 1 << 3,    /* 169.254/16 (RFC 3927), fe80::/10 (RFC 4291 2.5.6) */
    PE_NET_SHARED = 1 << 4,        /* 100.64/10, carrier-grade NAT (RFC 6598) */
    PE_NET_MULTICAST = 1 << 5,     /* 224/4 (RFC 5771), ff00::/8 (RFC 4291 2.7) */
    PE_NET_DOCUMENTATION = 1 << 6, /* RFC 5737, RFC 3849, RFC 9637 */
    PE_NET_UNIQUE_LOCAL = 1 << 7,  /* fc00::/7 (RFC 4193) */
    PE_NET_UNSPECIFIED = 1 << 8,   /* 0/8 "this network" (RFC 1122 3.2.1.3), :: */
    PE_NET_NAT64 = 1 << 9,         /* 64:ff9b::/96 (RFC 6052), 64:ff9b:1::/48 (RFC 8215) */
    PE_NET_6TO4 = 1 << 10,         /* 2002::/16 (RFC 3056), 192.88.99/24 (RFC 7526) */
    PE_NET_RESERVED = 1 << 11,     /* benchmarks, protocol assignments, unassigned, the rest */
};
unsigned pe_net_classes(const struct pe_net_range *range);

/* "public", "private", ... of a single class; "mixed" when more than one bit is set. Static. */
const char *pe_net_class_word(unsigned classes);

#endif
