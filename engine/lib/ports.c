/* ports.c: ports and protocols from text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/ascii.h"
#include "lib/ports.h"

static const struct pe_text why_texts[] = {
    [PE_PORTS_OK] = {"", ""},
    [PE_PORTS_EMPTY] = {"no port where one is expected", "ポートの指定がありません"},
    [PE_PORTS_NOT_PORT] = {"not a port like 22, a range like 80-90, or *",
                           "22、80-90、* の形式のポートではありません"},
    [PE_PORTS_ZERO] = {"port 0 does not exist", "ポート0は存在しません"},
    [PE_PORTS_TOO_HIGH] = {"a port is above 65535", "ポートが65535を超えています"},
    [PE_PORTS_REVERSED] = {"the range ends before it begins", "範囲の終わりが始まりより前です"},
    [PE_PORTS_TOO_MANY] = {"too many ports in one text", "1つの文字列のポートが多すぎます"},
    [PE_PORTS_TEMPLATE] = {"a template expression that was not resolved",
                           "テンプレート式が解決されていません"},
    [PE_PORTS_PROTOCOL] = {"not a protocol known here (tcp, udp, icmp, *, ...)",
                           "未対応のプロトコルです（tcp、udp、icmp、* など）"},
};

struct pe_text pe_ports_why_text(enum pe_ports_why why)
{
    return why_texts[why];
}

static int refuse(enum pe_ports_why *why, enum pe_ports_why reason)
{
    *why = reason;
    return -1;
}

static bool is_any(const char *text, size_t length)
{
    return pe_ascii_is(text, length, "*") || pe_ascii_is(text, length, "any") ||
           pe_ascii_is(text, length, "all");
}

/* 0 to 65535, without a leading zero. */
static int parse_number(const char *text, size_t length, uint32_t *number, enum pe_ports_why *why)
{
    uint32_t value = 0;
    size_t i;

    if (length == 0 || (length > 1 && text[0] == '0'))
        return refuse(why, PE_PORTS_NOT_PORT);
    for (i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return refuse(why, PE_PORTS_NOT_PORT);
        if (value <= 65535)
            value = value * 10 + (uint32_t)(text[i] - '0');
    }
    if (value > 65535)
        return refuse(why, PE_PORTS_TOO_HIGH);
    *number = value;
    return 0;
}

static int make_range(uint32_t first, uint32_t last, struct pe_ports_range *range,
                      enum pe_ports_why *why)
{
    if (first > last)
        return refuse(why, PE_PORTS_REVERSED);
    if (last == 0)
        return refuse(why, PE_PORTS_ZERO);
    range->first = first == 0 ? 1 : (uint16_t)first;
    range->last = (uint16_t)last;
    return 0;
}

static int parse_item(const char *text, size_t length, struct pe_ports_range *range,
                      enum pe_ports_why *why)
{
    const char *dash = memchr(text, '-', length);
    size_t head = dash == NULL ? length : (size_t)(dash - text);
    uint32_t first, last;

    if (length == 0)
        return refuse(why, PE_PORTS_EMPTY);
    if (is_any(text, length))
        return make_range(1, 65535, range, why);
    if (parse_number(text, head, &first, why) != 0)
        return -1;
    if (dash == NULL)
        return make_range(first, first, range, why);
    if (parse_number(dash + 1, length - head - 1, &last, why) != 0)
        return -1;
    return make_range(first, last, range, why);
}

size_t pe_ports_room(const char *text, size_t length)
{
    size_t i, room = 1;

    for (i = 0; i < length; i++)
        room += text[i] == ',';
    return room;
}

/* Cuts off the item before the next comma, without the spaces around it. Returns the rest. */
static const char *cut_item(const char *text, const char *end, const char **item, size_t *length)
{
    const char *comma = memchr(text, ',', (size_t)(end - text));
    const char *last = comma == NULL ? end : comma;

    while (text < last && *text == ' ')
        text++;
    *item = text;
    *length = (size_t)(last - text);
    while (*length > 0 && text[*length - 1] == ' ')
        --*length;
    return comma == NULL ? NULL : comma + 1;
}

/* With room 0 the items are only checked. */
static int parse_items(const char *text, size_t length, struct pe_ports_range *ranges, size_t room,
                       size_t *count, enum pe_ports_why *why)
{
    const char *end = text + length, *item;
    struct pe_ports_range range;
    size_t item_length, found = 0;

    while (text != NULL) {
        text = cut_item(text, end, &item, &item_length);
        if (parse_item(item, item_length, &range, why) != 0)
            return -1;
        if (found < room)
            ranges[found] = range;
        found++;
    }
    *count = found;
    return 0;
}

int pe_ports_parse(const char *text, size_t length, struct pe_ports_range *ranges, size_t room,
                   size_t *count, enum pe_ports_why *why)
{
    size_t found;

    if (length > 0 && text[0] == '[')
        return refuse(why, PE_PORTS_TEMPLATE);
    if (parse_items(text, length, NULL, 0, &found, why) != 0)
        return -1;
    if (found > room)
        return refuse(why, PE_PORTS_TOO_MANY);
    return parse_items(text, length, ranges, room, count, why);
}

int pe_ports_from_number(int64_t number, struct pe_ports_range *range, enum pe_ports_why *why)
{
    if (number < 0)
        return refuse(why, PE_PORTS_NOT_PORT);
    if (number > 65535)
        return refuse(why, PE_PORTS_TOO_HIGH);
    return make_range((uint32_t)number, (uint32_t)number, range, why);
}

/* ---- protocols ---- */

static const struct {
    enum pe_ports_protocol protocol;
    const char *name, *number;
} protocols[] = {
    {PE_PORTS_ANY, "any", "-1"},       {PE_PORTS_ANY, "*", "-1"},      {PE_PORTS_ANY, "all", "-1"},
    {PE_PORTS_ICMP, "icmp", "1"},      {PE_PORTS_ICMP, "icmpv4", "1"}, {PE_PORTS_TCP, "tcp", "6"},
    {PE_PORTS_UDP, "udp", "17"},       {PE_PORTS_ESP, "esp", "50"},    {PE_PORTS_AH, "ah", "51"},
    {PE_PORTS_ICMPV6, "icmpv6", "58"},
};

enum { PROTOCOLS = sizeof protocols / sizeof *protocols };

int pe_ports_parse_protocol(const char *text, size_t length, enum pe_ports_protocol *protocol,
                            enum pe_ports_why *why)
{
    size_t i;

    if (length > 0 && text[0] == '[')
        return refuse(why, PE_PORTS_TEMPLATE);
    for (i = 0; i < PROTOCOLS; i++) {
        if (!pe_ascii_is(text, length, protocols[i].name) &&
            !pe_ascii_is(text, length, protocols[i].number))
            continue;
        *protocol = protocols[i].protocol;
        return 0;
    }
    return refuse(why, PE_PORTS_PROTOCOL);
}

int pe_ports_protocol_from_number(int64_t number, enum pe_ports_protocol *protocol,
                                  enum pe_ports_why *why)
{
    size_t i;

    for (i = 0; i < PROTOCOLS; i++) {
        if (number != (int64_t)protocols[i].protocol)
            continue;
        *protocol = protocols[i].protocol;
        return 0;
    }
    return refuse(why, PE_PORTS_PROTOCOL);
}

const char *pe_ports_protocol_name(enum pe_ports_protocol protocol)
{
    size_t i = 0;

    while (i + 1 < PROTOCOLS && protocols[i].protocol != protocol)
        i++;
    return protocols[i].name;
}

bool pe_ports_protocol_covers(enum pe_ports_protocol rule, enum pe_ports_protocol traffic)
{
    return rule == PE_PORTS_ANY || rule == traffic;
}
