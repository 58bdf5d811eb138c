/* escape.c: text made safe for a terminal, a log, a page. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/escape.h"

#include <string.h>

#include "base/utf8.h"

struct range {
    uint32_t first, last;
};

/* Unicode 14: categories Cc, Cf, Zl, Zp, Cs, Default_Ignorable_Code_Point, noncharacters in the
 * Arabic block (those at the end of a plane are found by their low bits). */
static const struct range harmful[] = {
    {0x0000, 0x001F},   {0x007F, 0x009F},   {0x00AD, 0x00AD},   {0x034F, 0x034F},
    {0x0600, 0x0605},   {0x061C, 0x061C},   {0x06DD, 0x06DD},   {0x070F, 0x070F},
    {0x0890, 0x0891},   {0x08E2, 0x08E2},   {0x115F, 0x1160},   {0x17B4, 0x17B5},
    {0x180B, 0x180F},   {0x200B, 0x200F},   {0x2028, 0x202E},   {0x2060, 0x206F},
    {0x3164, 0x3164},   {0xD800, 0xDFFF},   {0xFDD0, 0xFDEF},   {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},   {0x110BD, 0x110BD},
    {0x110CD, 0x110CD}, {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
    {0xE0000, 0xE0FFF},
};

bool pe_escape_harmless(uint32_t code)
{
    size_t low = 0, high = sizeof harmful / sizeof harmful[0];

    if ((code >= 0x20 && code < 0x7F) || (code > 0x206F && code < 0xD800 && code != 0x3164))
        return true; /* ASCII, and what most of Japanese is written with */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (code > harmful[middle].last)
            low = middle + 1;
        else if (code < harmful[middle].first)
            high = middle;
        else
            return false;
    }
    return (code & 0xFFFE) != 0xFFFE;
}

/* How many bytes at the start stay as they are; controls below U+0020 do when told so. */
static size_t safe_prefix(const char *bytes, size_t length, bool controls)
{
    size_t at = 0, size;
    uint32_t code;

    for (;; at += size) {
        at += pe_utf8_printable_prefix(bytes + at, length - at);
        at += pe_utf8_japanese_prefix(bytes + at, length - at);
        size = pe_utf8_decode(bytes + at, length - at, &code); /* 0 at the end, too */
        if (size == 0 || (!pe_escape_harmless(code) && !(controls && code < 0x20)))
            return at;
    }
}

void pe_escape_add(struct pe_buf *buf, const char *bytes, size_t length)
{
    size_t safe, size;
    uint32_t code;

    for (; length > 0; bytes += size, length -= size) {
        safe = safe_prefix(bytes, length, false);
        pe_buf_add(buf, bytes, safe);
        bytes += safe;
        length -= safe;
        if (length == 0)
            return;
        size = pe_utf8_decode(bytes, length, &code);
        if (size == 0)
            pe_buf_printf(buf, "\\x{%02X}", (unsigned char)*bytes);
        else
            pe_buf_printf(buf, "\\u{%04X}", (unsigned)code);
        if (size == 0)
            size = 1;
    }
}

void pe_escape_adds(struct pe_buf *buf, const char *str)
{
    if (str != NULL)
        pe_escape_add(buf, str, strlen(str));
}

void pe_escape_add_prose(struct pe_buf *buf, const char *str)
{
    const char *blanks = " \t\r\n";
    const char *next = str == NULL ? "" : str;

    for (size_t words = 0, length;; words++, next += length) {
        next += strspn(next, blanks);
        length = strcspn(next, blanks);
        if (length == 0)
            return;
        if (words > 0)
            pe_buf_addc(buf, ' ');
        pe_escape_add(buf, next, length);
    }
}

void pe_escape_add_utf8(struct pe_buf *buf, const char *bytes, size_t length)
{
    size_t valid;

    while (length > 0) {
        valid = pe_utf8_valid_prefix(bytes, length);
        pe_buf_add(buf, bytes, valid);
        if (valid == length)
            return;
        pe_buf_printf(buf, "\\x{%02X}", (unsigned char)bytes[valid]);
        bytes += valid + 1;
        length -= valid + 1;
    }
}

static void add_json_escape(struct pe_buf *buf, uint32_t code)
{
    if (code < 0x10000) {
        pe_buf_printf(buf, "\\u%04x", (unsigned)code);
        return;
    }
    code -= 0x10000;
    pe_buf_printf(buf, "\\u%04x\\u%04x", (unsigned)(0xD800 | code >> 10),
                  (unsigned)(0xDC00 | (code & 0x3FF)));
}

size_t pe_escape_json_safe(const char *json, size_t length)
{
    /* Below U+0020 only the writer's own line breaks are left, and they are between values. */
    return safe_prefix(json, length, true);
}

void pe_escape_add_json(struct pe_buf *buf, const char *json, size_t length)
{
    size_t safe, size;
    uint32_t code;

    for (; length > 0; json += size, length -= size) {
        safe = pe_escape_json_safe(json, length);
        pe_buf_add(buf, json, safe);
        json += safe;
        length -= safe;
        if (length == 0)
            return;
        size = pe_utf8_decode(json, length, &code);
        if (size > 0)
            add_json_escape(buf, code);
        else
            size = 1;
    }
}

/* How many bytes at the start stand in a JSON string as they are. */
static size_t unquoted_prefix(const char *bytes, size_t length)
{
    size_t at = 0, size;
    uint32_t code;

    for (;; at += size) {
        at += pe_utf8_quotable_prefix(bytes + at, length - at);
        at += pe_utf8_japanese_prefix(bytes + at, length - at);
        size = pe_utf8_decode(bytes + at, length - at, &code); /* 0 at the end, too */
        if (size == 0 || code == '"' || code == '\\' || !pe_escape_harmless(code))
            return at;
    }
}

/* As RFC 8259 demands, and what it does not demand as pe_escape_add_json does. */
static void add_string_escape(struct pe_buf *buf, uint32_t code)
{
    static const char letters[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
                                   ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\'};

    if (code < sizeof letters && letters[code] != '\0') {
        pe_buf_addc(buf, '\\');
        pe_buf_addc(buf, letters[code]);
    } else if (code < 0x20) {
        pe_buf_printf(buf, "\\u%04X", (unsigned)code);
    } else {
        add_json_escape(buf, code);
    }
}

void pe_escape_add_json_string(struct pe_buf *buf, const char *bytes, size_t length)
{
    size_t safe, size;
    uint32_t code;

    pe_buf_addc(buf, '"');
    for (;; bytes += size, length -= size) {
        safe = unquoted_prefix(bytes, length);
        pe_buf_add(buf, bytes, safe);
        bytes += safe;
        length -= safe;
        if (length == 0)
            break;
        size = pe_utf8_decode(bytes, length, &code);
        if (size > 0)
            add_string_escape(buf, code);
        else
            size = 1;
    }
    pe_buf_addc(buf, '"');
}
