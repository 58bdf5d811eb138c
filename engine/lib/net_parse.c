/* net_parse.c: addresses, blocks and ranges from text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/ascii.h"
#include "lib/net.h"

struct address {
    enum pe_net_family family;
    pe_net_ip ip;
    bool mapped;
};

static int refuse(enum pe_net_why *why, enum pe_net_why reason)
{
    *why = reason;
    return -1;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int hex_value(char c)
{
    static const char digits[] = "0123456789abcdef";
    char lower = c >= 'A' && c <= 'F' ? (char)(c - 'A' + 'a') : c;
    const char *found = memchr(digits, lower, sizeof digits - 1);

    return found == NULL ? -1 : (int)(found - digits);
}

/* Decimal digits without a leading zero, up to limit. */
static int parse_number(const char *text, size_t length, unsigned limit, unsigned *number)
{
    unsigned value = 0;
    size_t i;

    if (length == 0 || length > 3 || (length > 1 && text[0] == '0'))
        return -1;
    for (i = 0; i < length; i++) {
        if (!is_digit(text[i]))
            return -1;
        value = value * 10 + (unsigned)(text[i] - '0');
    }
    if (value > limit)
        return -1;
    *number = value;
    return 0;
}

static enum pe_net_why octet_fault(const char *text, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++)
        if (!is_digit(text[i]))
            return PE_NET_UNKNOWN;
    if (length > 1 && text[0] == '0')
        return PE_NET_LEADING_ZERO;
    return length == 0 ? PE_NET_UNKNOWN : PE_NET_OCTET;
}

/* The bytes before the next c, or all of them. */
static size_t until(const char *text, size_t length, char c)
{
    const char *found = memchr(text, c, length);

    return found == NULL ? length : (size_t)(found - text);
}

static int parse_ipv4(const char *text, size_t length, uint32_t *ip, enum pe_net_why *why)
{
    uint32_t value = 0;
    unsigned octet, parts;
    size_t part;

    for (parts = 1;; parts++) {
        part = until(text, length, '.');
        if (parse_number(text, part, 255, &octet) != 0)
            return refuse(why, octet_fault(text, part));
        value = value << 8 | octet;
        if (part == length || parts == 5)
            break;
        text += part + 1;
        length -= part + 1;
    }
    if (parts != 4)
        return refuse(why, parts < 4 ? PE_NET_SHORT : PE_NET_UNKNOWN);
    *ip = value;
    return 0;
}

/* ---- IPv6: RFC 4291 2.2 ---- */

struct groups {
    uint16_t value[8];
    unsigned count;
    int gap; /* groups before "::", -1 without one */
};

static int add_hex(struct groups *groups, const char *text, size_t length)
{
    unsigned value = 0;
    size_t i;

    if (length == 0 || length > 4 || groups->count == 8)
        return -1;
    for (i = 0; i < length; i++) {
        if (hex_value(text[i]) < 0)
            return -1;
        value = value << 4 | (unsigned)hex_value(text[i]);
    }
    groups->value[groups->count++] = (uint16_t)value;
    return 0;
}

/* The last 32 bits may be written as IPv4 (form 3). */
static int add_ipv4(struct groups *groups, const char *text, size_t length, enum pe_net_why *why)
{
    uint32_t ip;

    if (groups->count > 6)
        return refuse(why, PE_NET_BAD_IPV6);
    if (parse_ipv4(text, length, &ip, why) != 0)
        return -1;
    groups->value[groups->count++] = (uint16_t)(ip >> 16);
    groups->value[groups->count++] = (uint16_t)ip;
    return 0;
}

static int add_group(struct groups *groups, const char *text, size_t length, bool last,
                     enum pe_net_why *why)
{
    if (last && memchr(text, '.', length) != NULL)
        return add_ipv4(groups, text, length, why);
    return add_hex(groups, text, length) == 0 ? 0 : refuse(why, PE_NET_BAD_IPV6);
}

/* Moves over ":" or "::" at the front; -1 for a second "::" or a colon at the very end. */
static int skip_colons(struct groups *groups, const char **text, size_t *length)
{
    bool twice = *length >= 2 && (*text)[1] == ':';

    if (twice && groups->gap >= 0)
        return -1;
    if (twice)
        groups->gap = (int)groups->count;
    *text += twice ? 2 : 1;
    *length -= twice ? 2 : 1;
    return !twice && *length == 0 ? -1 : 0;
}

static int read_groups(const char *text, size_t length, struct groups *groups, enum pe_net_why *why)
{
    size_t part;

    if (length < 2 || (text[0] == ':' && text[1] != ':'))
        return refuse(why, PE_NET_BAD_IPV6);
    if (text[0] == ':' && skip_colons(groups, &text, &length) != 0)
        return refuse(why, PE_NET_BAD_IPV6);
    while (length > 0) {
        part = until(text, length, ':');
        if (add_group(groups, text, part, part == length, why) != 0)
            return -1;
        text += part;
        length -= part;
        if (length > 0 && skip_colons(groups, &text, &length) != 0)
            return refuse(why, PE_NET_BAD_IPV6);
    }
    return 0;
}

static int parse_ipv6(const char *text, size_t length, pe_net_ip *ip, enum pe_net_why *why)
{
    struct groups groups = {.gap = -1};
    unsigned i, zeros;
    pe_net_ip value = 0;

    if (read_groups(text, length, &groups, why) != 0)
        return -1;
    if (groups.gap < 0 ? groups.count != 8 : groups.count > 7)
        return refuse(why, PE_NET_BAD_IPV6);
    zeros = 8 - groups.count;
    for (i = 0; i < groups.count; i++) {
        if ((int)i == groups.gap)
            value <<= 16 * zeros;
        value = value << 16 | groups.value[i];
    }
    if (groups.gap == (int)groups.count && groups.count > 0)
        value <<= 16 * zeros;
    *ip = value;
    return 0;
}

/* ---- one address, a block, a range ---- */

static int parse_address(const char *text, size_t length, struct address *address,
                         enum pe_net_why *why)
{
    uint32_t ipv4;

    if (length == 0)
        return refuse(why, PE_NET_EMPTY);
    if (memchr(text, ':', length) == NULL) {
        if (parse_ipv4(text, length, &ipv4, why) != 0)
            return -1;
        *address = (struct address){PE_NET_IPV4, ipv4, false};
        return 0;
    }
    if (memchr(text, '%', length) != NULL)
        return refuse(why, PE_NET_ZONE_ID);
    address->family = PE_NET_IPV6;
    address->mapped = false;
    return parse_ipv6(text, length, &address->ip, why);
}

static bool is_mapped(const struct address *address)
{
    return address->family == PE_NET_IPV6 && address->ip >> 32 == 0xffff;
}

static struct address unmap(struct address address)
{
    if (!is_mapped(&address))
        return address;
    return (struct address){PE_NET_IPV4, (uint32_t)address.ip, true};
}

static int parse_mask(const char *text, size_t length, unsigned *prefix, enum pe_net_why *why)
{
    uint32_t mask;

    if (parse_ipv4(text, length, &mask, why) != 0)
        return -1;
    if ((~mask & (~mask + 1)) != 0)
        return refuse(why, PE_NET_MASK);
    for (*prefix = 0; mask != 0; mask <<= 1)
        ++*prefix;
    return 0;
}

static int parse_prefix(const char *text, size_t length, enum pe_net_family family,
                        unsigned *prefix, enum pe_net_why *why)
{
    unsigned limit = family == PE_NET_IPV4 ? 32 : 128;

    if (memchr(text, '.', length) != NULL)
        return family == PE_NET_IPV4 ? parse_mask(text, length, prefix, why)
                                     : refuse(why, PE_NET_MASK);
    if (parse_number(text, length, limit, prefix) != 0)
        return refuse(why, PE_NET_PREFIX);
    return 0;
}

static void fill(struct pe_net_entry *entry, const struct address *first,
                 const struct address *last)
{
    *entry = (struct pe_net_entry){.kind = PE_NET_RANGE};
    entry->range.family = first->family;
    entry->range.first = first->ip;
    entry->range.last = last->ip;
    entry->mapped = first->mapped || last->mapped;
}

static int parse_block(const char *text, size_t length, size_t slash, struct pe_net_entry *entry,
                       enum pe_net_why *why)
{
    struct address address;
    unsigned prefix, bits;
    pe_net_ip host;

    if (parse_address(text, slash, &address, why) != 0 ||
        parse_prefix(text + slash + 1, length - slash - 1, address.family, &prefix, why) != 0)
        return -1;
    if (is_mapped(&address) && prefix >= 96) {
        address = unmap(address);
        prefix -= 96;
    }
    bits = address.family == PE_NET_IPV4 ? 32 : 128;
    host = prefix == 0 ? pe_net_all(address.family).last : ((pe_net_ip)1 << (bits - prefix)) - 1;
    fill(entry, &address, &address);
    entry->host_bits = (address.ip & host) != 0;
    entry->range.first = address.ip & ~host;
    entry->range.last = address.ip | host;
    return 0;
}

static int parse_span(const char *text, size_t length, size_t dash, struct pe_net_entry *entry,
                      enum pe_net_why *why)
{
    struct address first, last;

    if (parse_address(text, dash, &first, why) != 0 ||
        parse_address(text + dash + 1, length - dash - 1, &last, why) != 0)
        return -1;
    first = unmap(first);
    last = unmap(last);
    if (first.family != last.family)
        return refuse(why, PE_NET_MIXED);
    if (first.ip > last.ip)
        return refuse(why, PE_NET_REVERSED);
    fill(entry, &first, &last);
    return 0;
}

int pe_net_parse_ip(const char *text, size_t length, struct pe_net_entry *entry,
                    enum pe_net_why *why)
{
    struct address address;

    if (parse_address(text, length, &address, why) != 0)
        return -1;
    address = unmap(address);
    fill(entry, &address, &address);
    entry->single = true;
    return 0;
}

/* ---- words ---- */

static int parse_word(const char *text, size_t length, struct pe_net_entry *entry,
                      enum pe_net_why *why)
{
    const char *service = pe_net_service_tag(text, length);

    if (pe_ascii_is(text, length, "*") || pe_ascii_is(text, length, "any") ||
        pe_ascii_is(text, length, "internet")) {
        *entry = (struct pe_net_entry){.kind = PE_NET_ANY};
        return 0;
    }
    if (service == NULL)
        return refuse(why, PE_NET_UNKNOWN);
    *entry = (struct pe_net_entry){.kind = PE_NET_SERVICE, .service = service};
    return 0;
}

/* Words begin with a letter, but so may IPv6 addresses. */
static bool looks_like_word(const char *text, size_t length)
{
    return text[0] == '*' || (is_letter(text[0]) && memchr(text, ':', length) == NULL);
}

int pe_net_parse(const char *text, size_t length, struct pe_net_entry *entry, enum pe_net_why *why)
{
    size_t slash = until(text, length, '/'), dash = until(text, length, '-');

    if (length == 0)
        return refuse(why, PE_NET_EMPTY);
    if (text[0] == '[' && memchr(text, '(', length) != NULL)
        return refuse(why, PE_NET_TEMPLATE);
    if (looks_like_word(text, length))
        return parse_word(text, length, entry, why);
    if (slash < length)
        return parse_block(text, length, slash, entry, why);
    if (dash < length)
        return parse_span(text, length, dash, entry, why);
    return pe_net_parse_ip(text, length, entry, why);
}
