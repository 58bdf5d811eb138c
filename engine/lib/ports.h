/* ports.h: ports, sets of ports, and protocols of firewall rules.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A set is an array of ranges that the caller owns; "merged" means sorted, with no two ranges
 * overlapping or adjacent. Nothing here keeps memory but pe_ports_print, in the caller's buffer.
 *
 * Port 0 cannot be listened on (RFC 6335 6): it is refused alone, and left out where a range
 * begins with it, so that "0-65535", "1-65535" and "*" are the same set.
 */
#ifndef PE_LIB_PORTS_H
#define PE_LIB_PORTS_H

#include "policyeval.h"

struct pe_buf;

struct pe_ports_range {
    uint16_t first, last; /* 1 <= first <= last */
};

enum pe_ports_why {
    PE_PORTS_OK,
    PE_PORTS_EMPTY,
    PE_PORTS_NOT_PORT,
    PE_PORTS_ZERO,
    PE_PORTS_TOO_HIGH, /* above 65535 */
    PE_PORTS_REVERSED, /* 90-80 */
    PE_PORTS_TOO_MANY, /* more items than there is room for */
    PE_PORTS_TEMPLATE, /* [parameters('x')]: an expression that was not resolved */
    PE_PORTS_PROTOCOL, /* not a protocol known here */
};
struct pe_text pe_ports_why_text(enum pe_ports_why why);

/* How many items a text can hold at most: room enough for pe_ports_parse. */
size_t pe_ports_room(const char *text, size_t length);

/* "22", "3380-3390", "*", "any", "22, 80-90" (spaces around commas only). Writes the items in
 * their order, not merged, and their number. Outputs are untouched on -1. */
int pe_ports_parse(const char *text, size_t length, struct pe_ports_range *ranges, size_t room,
                   size_t *count, enum pe_ports_why *why);

/* A port given as a number. */
int pe_ports_from_number(int64_t number, struct pe_ports_range *range, enum pe_ports_why *why);

/* Sorts and merges in place; returns how many are left. A union is the merge of both in one. */
size_t pe_ports_merge(struct pe_ports_range *ranges, size_t count);

uint32_t pe_ports_count(const struct pe_ports_range *merged, size_t count); /* ports, 0..65535 */
bool pe_ports_are_all(const struct pe_ports_range *merged, size_t count);
bool pe_ports_contain(const struct pe_ports_range *merged, size_t count, uint16_t port);

/* Every port of a is in b. An empty a is inside anything. */
bool pe_ports_subset(const struct pe_ports_range *a, size_t a_count, const struct pe_ports_range *b,
                     size_t b_count);
bool pe_ports_overlap(const struct pe_ports_range *a, size_t a_count,
                      const struct pe_ports_range *b, size_t b_count);

/* The ports of a that are not in b, merged, into out, which has room for a_count + b_count
 * ranges; returns how many. */
size_t pe_ports_difference(const struct pe_ports_range *a, size_t a_count,
                           const struct pe_ports_range *b, size_t b_count,
                           struct pe_ports_range *out);

/* Appends "22, 80-90"; "*" for all ports, nothing for none. */
void pe_ports_print(const struct pe_ports_range *merged, size_t count, struct pe_buf *buf);

/* ---- protocols, by IANA's number ---- */

enum pe_ports_protocol {
    PE_PORTS_ANY = -1,
    PE_PORTS_ICMP = 1,
    PE_PORTS_TCP = 6,
    PE_PORTS_UDP = 17,
    PE_PORTS_ESP = 50,
    PE_PORTS_AH = 51,
    PE_PORTS_ICMPV6 = 58,
};

/* Names in any case, "*", "any", "all", and the numbers as text. */
int pe_ports_parse_protocol(const char *text, size_t length, enum pe_ports_protocol *protocol,
                            enum pe_ports_why *why);
int pe_ports_protocol_from_number(int64_t number, enum pe_ports_protocol *protocol,
                                  enum pe_ports_why *why);

const char *pe_ports_protocol_name(enum pe_ports_protocol protocol); /* "tcp", "any" */

/* A rule for protocol `rule` applies to traffic of protocol `traffic`: equal, or the rule is any.
 */
bool pe_ports_protocol_covers(enum pe_ports_protocol rule, enum pe_ports_protocol traffic);

#endif
