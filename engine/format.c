/* format.c: the formats that a model can ask of a string. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/utf8.h"
#include "lib/net.h"
#include "lib/ports.h"
#include "lib/time.h"
#include "model.h"

static bool is_timestamp(const char *s, size_t n)
{
    struct pe_time_instant at;
    enum pe_time_why why;

    return pe_time_parse(s, n, &at, &why) == 0;
}

static bool is_date(const char *s, size_t n)
{
    enum pe_time_why why;
    int64_t day;

    return pe_time_parse_day(s, n, &day, &why) == 0;
}

static bool is_address(const char *s, size_t n)
{
    struct pe_net_entry entry;
    enum pe_net_why why;

    return pe_net_parse(s, n, &entry, &why) == 0;
}

static bool is_cidr(const char *s, size_t n)
{
    struct pe_net_entry entry;
    enum pe_net_why why;

    return memchr(s, '-', n) == NULL && pe_net_parse(s, n, &entry, &why) == 0 &&
           entry.kind == PE_NET_RANGE;
}

static bool is_ip(const char *s, size_t n)
{
    struct pe_net_entry entry;
    enum pe_net_why why;

    return pe_net_parse_ip(s, n, &entry, &why) == 0;
}

enum { MAX_PORT_RANGES = 1000 };

static bool is_ports(const char *s, size_t n)
{
    struct pe_ports_range ranges[MAX_PORT_RANGES];
    enum pe_ports_why why;
    size_t count;

    return pe_ports_parse(s, n, ranges, MAX_PORT_RANGES, &count, &why) == 0;
}

static bool is_duration(const char *s, size_t n)
{
    enum pe_time_why why;
    int64_t seconds;

    return pe_time_parse_duration(s, n, &seconds, &why) == 0;
}

static bool alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Visible ASCII without what ends a URL or a word. */
static bool plain(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] <= ' ' || s[i] >= 0x7F || strchr("\"<>\\^`{|}", s[i]) != NULL)
            return false;
    return n > 0;
}

/* An absolute URL (RFC 3986 4.3): a scheme, and something behind it. */
static bool is_url(const char *s, size_t n)
{
    const char *colon = memchr(s, ':', n);

    if (colon == NULL || colon == s || !alnum(s[0]) || (s[0] >= '0' && s[0] <= '9'))
        return false;
    for (const char *c = s; c < colon; c++)
        if (!alnum(*c) && strchr("+-.", *c) == NULL)
            return false;
    return plain(s, n) && n > (size_t)(colon - s) + 3 && memcmp(colon, "://", 3) == 0;
}

/* Labels of letters, digits and hyphens (RFC 1123 2.1), the last not all digits. */
static bool is_hostname(const char *s, size_t n)
{
    size_t label = 0;
    bool digits = true;

    if (n == 0 || n > 253)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '.') {
            if (label == 0 || s[i - 1] == '-')
                return false;
            label = 0;
            digits = true;
            continue;
        }
        if ((!alnum(s[i]) && s[i] != '-' && s[i] != '_') || (s[i] == '-' && label == 0) ||
            ++label > 63)
            return false;
        digits = digits && s[i] >= '0' && s[i] <= '9';
    }
    return label > 0 && s[n - 1] != '-' && !digits;
}

/* local@domain; what is inside is the mail server's business. */
static bool is_email(const char *s, size_t n)
{
    const char *at = memrchr(s, '@', n);

    return at != NULL && at != s && memchr(s, '@', (size_t)(at - s)) == NULL &&
           plain(s, (size_t)(at - s)) && is_hostname(at + 1, n - (size_t)(at - s) - 1);
}

/* Two capital letters (the form of ISO 3166-1 alpha-2). */
static bool is_country(const char *s, size_t n)
{
    return n == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z';
}

static bool is_sha256(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!(s[i] >= '0' && s[i] <= '9') && !(s[i] >= 'a' && s[i] <= 'f'))
            return false;
    return n == 64;
}

/* What may name an element: visible, without white space at its ends, at most 200 bytes. */
static bool is_id(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] < 0x20 || s[i] == 0x7F)
            return false;
    return n > 0 && n <= 200 && s[0] != ' ' && s[n - 1] != ' ';
}

static const struct {
    const char *name;
    bool (*accepts)(const char *, size_t);
    struct pe_text text;
} formats[] = {
    {"timestamp",
     is_timestamp,
     {"a time with its zone, such as 2026-11-20T09:00:00+09:00",
      "タイムゾーン付きの日時（例 2026-11-20T09:00:00+09:00）"}},
    {"date", is_date, {"a date, such as 2026-11-20", "日付（例 2026-11-20）"}},
    {"cidr", is_cidr, {"a network, such as 192.0.2.0/24", "ネットワーク（例 192.0.2.0/24）"}},
    {"ip", is_ip, {"an IP address", "IPアドレス"}},
    {"address",
     is_address,
     {"an address, a network, a range or a service tag",
      "アドレス、ネットワーク、範囲またはサービスタグ"}},
    {"ports",
     is_ports,
     {"ports, such as \"443\" or \"80,8000-8010\"", "ポート（例 \"443\"、\"80,8000-8010\"）"}},
    {"duration", is_duration, {"a duration, such as P90D", "期間（例 P90D）"}},
    {"url", is_url, {"an absolute URL", "絶対URL"}},
    {"email", is_email, {"a mail address", "メールアドレス"}},
    {"hostname", is_hostname, {"a host name", "ホスト名"}},
    {"country",
     is_country,
     {"a country code of two capital letters, such as JP", "大文字2文字の国コード（例 JP）"}},
    {"sha256",
     is_sha256,
     {"a SHA-256 digest in lower-case hexadecimal", "小文字16進数のSHA-256ハッシュ値"}},
    {"id", is_id, {"an identifier without control characters", "制御文字を含まない識別子"}},
};

enum { FORMATS = sizeof formats / sizeof formats[0] };

bool pe_format_accepts(const char *format, const char *bytes, size_t length)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (formats[i].name[0] == format[0] && strcmp(formats[i].name, format) == 0)
            return pe_utf8_valid(bytes, length) && formats[i].accepts(bytes, length);
    return false;
}

bool pe_format_known(const char *format)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (strcmp(formats[i].name, format) == 0)
            return true;
    return false;
}

struct pe_text pe_format_text(const char *format)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (strcmp(formats[i].name, format) == 0)
            return formats[i].text;
    return (struct pe_text){format, format};
}
