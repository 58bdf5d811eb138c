/* net.c: why an entry was refused, and what an entry and a pair of ranges mean. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lib/net.h"

/* Ranges are kept in Lua's userdata, which is aligned for pointers and doubles only. */
_Static_assert(_Alignof(struct pe_net_range) <= _Alignof(double), "no more than Lua promises");

static const struct pe_text why_texts[] = {
    [PE_NET_OK] = {"", ""},
    [PE_NET_EMPTY] = {"an empty text is not an address", "空の文字列はアドレスではありません"},
    [PE_NET_UNKNOWN] = {"not an IP address, a range of addresses or a known service tag",
                        "IPアドレス、アドレス範囲、既知のサービスタグのいずれでもありません"},
    [PE_NET_LEADING_ZERO] = {"a leading zero makes the address ambiguous (octal or decimal)",
                             "先頭のゼロにより8進数か10進数かが不明です"},
    [PE_NET_SHORT] = {"an IPv4 address needs four parts", "IPv4アドレスは4つの部分が必要です"},
    [PE_NET_OCTET] = {"a part of the IPv4 address is above 255",
                      "IPv4アドレスの一部が255を超えています"},
    [PE_NET_ZONE_ID] = {"an address with a zone id (%) means something on one host only",
                        "ゾーンID（%）付きのアドレスは1台のホストでしか意味を持ちません"},
    [PE_NET_BAD_IPV6] = {"not an IPv6 address", "IPv6アドレスの形式ではありません"},
    [PE_NET_PREFIX] = {"the prefix length is not a number from 0 to 32 (IPv4) or 128 (IPv6)",
                       "プレフィックス長が0から32（IPv4）または128（IPv6）の数ではありません"},
    [PE_NET_MASK] = {"the netmask is not contiguous, or is given for IPv6",
                     "ネットマスクが連続していないか、IPv6に指定されています"},
    [PE_NET_REVERSED] = {"the range ends before it begins", "範囲の終わりが始まりより前です"},
    [PE_NET_MIXED] = {"the range mixes IPv4 and IPv6", "範囲にIPv4とIPv6が混在しています"},
    [PE_NET_TEMPLATE] = {"a template expression that was not resolved",
                         "テンプレート式が解決されていません"},
};

struct pe_text pe_net_why_text(enum pe_net_why why)
{
    return why_texts[why];
}

struct pe_net_range pe_net_all(enum pe_net_family family)
{
    struct pe_net_range all = {.family = family};

    all.last = family == PE_NET_IPV4 ? UINT32_MAX : ~(pe_net_ip)0;
    return all;
}

size_t pe_net_ranges(const struct pe_net_entry *entry, uint32_t tag, struct pe_net_range ranges[2])
{
    switch (entry->kind) {
    case PE_NET_RANGE:
        ranges[0] = entry->range;
        ranges[0].tag = tag;
        return 1;
    case PE_NET_ANY:
        ranges[0] = pe_net_all(PE_NET_IPV4);
        ranges[1] = pe_net_all(PE_NET_IPV6);
        ranges[0].tag = ranges[1].tag = tag;
        return 2;
    default:
        return 0;
    }
}

bool pe_net_overlap(const struct pe_net_range *a, const struct pe_net_range *b)
{
    return a->family == b->family && a->first <= b->last && b->first <= a->last;
}

bool pe_net_inside(const struct pe_net_range *inner, const struct pe_net_range *outer)
{
    return inner->family == outer->family && outer->first <= inner->first &&
           inner->last <= outer->last;
}
