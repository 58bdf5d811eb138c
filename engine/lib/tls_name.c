/* tls_name.c: does a name of a certificate cover a host? */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/ascii.h"
#include "lib/net.h"
#include "lib/tls.h"

struct name {
    const char *text;
    size_t length;
};

/* One final dot says "absolute" and is no part of the name (RFC 1034 3.1). */
static struct name make_name(const char *text, size_t length)
{
    if (length > 1 && text[length - 1] == '.')
        length--;
    return (struct name){text, length};
}

static bool is_host_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

/* Labels of 1 to 63 such bytes, 253 in all. A last label of digits alone is an IPv4 address that
 * somebody misspelt. */
static bool is_host(struct name name)
{
    size_t i, label = 0;
    bool digits = true;

    if (name.length == 0 || name.length > 253)
        return false;
    for (i = 0; i < name.length; i++) {
        if (name.text[i] == '.' ? label == 0 : !is_host_byte(name.text[i]))
            return false;
        label = name.text[i] == '.' ? 0 : label + 1;
        digits = label == 0 || (digits && name.text[i] >= '0' && name.text[i] <= '9');
        if (label > 63)
            return false;
    }
    return label > 0 && !digits;
}

/* An IP address is compared as a number; IPv4 and IPv4-mapped IPv6 are not the same (RFC 9525
 * 6.4: the octets must be equal). */
static bool same_address(const struct pe_net_entry *host, struct name name)
{
    struct pe_net_entry entry;
    enum pe_net_why why;

    return pe_net_parse_ip(name.text, name.length, &entry, &why) == 0 &&
           pe_net_inside(&entry.range, &host->range) && entry.mapped == host->mapped;
}

static bool same_text(struct name a, struct name b)
{
    return a.length == b.length && pe_ascii_same(a.text, b.text, a.length);
}

/* What follows the first label; empty when there is nothing. */
static struct name after_label(struct name name)
{
    const char *dot = memchr(name.text, '.', name.length);

    if (dot == NULL)
        return (struct name){"", 0};
    return (struct name){dot + 1, name.length - (size_t)(dot + 1 - name.text)};
}

bool pe_tls_name_covers(const char *name, size_t name_length, const char *host, size_t host_length)
{
    struct name pattern = make_name(name, name_length), wanted = make_name(host, host_length);
    struct pe_net_entry address;
    enum pe_net_why why;

    if (pe_net_parse_ip(host, host_length, &address, &why) == 0)
        return same_address(&address, (struct name){name, name_length});
    if (!is_host(wanted))
        return false;
    if (pattern.length < 2 || memcmp(pattern.text, "*.", 2) != 0)
        return is_host(pattern) && same_text(pattern, wanted);
    pattern = after_label(pattern);
    return is_host(pattern) && memchr(pattern.text, '.', pattern.length) != NULL &&
           same_text(pattern, after_label(wanted));
}
