/* json_string.c: the strings of JSON text: where they end, and what they say. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "json_impl.h"

#include "base/utf8.h"

/* ---- scanning ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The unit that \uXXXX at p stands for; -1 when that is not what is there. */
static int32_t escaped_unit(const char *p, const char *end)
{
    int32_t unit = 0;
    int digit;

    if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
        return -1;
    for (int i = 2; i < 6; i++) {
        digit = hex_digit(p[i]);
        if (digit < 0)
            return -1;
        unit = unit << 4 | digit;
    }
    return unit;
}

/* Returns the end of the \u escape at p, with both halves of a pair. */
static const char *scan_unit(const char *p, const char *end, struct pe_json_problem *problem)
{
    int32_t unit = escaped_unit(p, end), low;

    if (unit < 0)
        return pe_json_stop(problem, p, "expected four hexadecimal digits after \\u");
    if (unit == 0)
        return pe_json_stop(problem, p, "a string cannot hold the character U+0000");
    if (unit < 0xD800 || unit > 0xDFFF)
        return p + 6;
    low = unit > 0xDBFF ? -1 : escaped_unit(p + 6, end);
    if (low < 0xDC00 || low > 0xDFFF)
        return pe_json_stop(problem, p, "half of a surrogate pair without the other");
    return p + 12;
}

static const char *scan_escape(const char *p, const char *end, struct pe_json_problem *problem)
{
    if (end - p < 2)
        return pe_json_stop(problem, end, "the text ends in a string");
    if (p[1] == 'u')
        return scan_unit(p, end, problem);
    if (p[1] == '\0' || strchr("\"\\/bfnrt", p[1]) == NULL)
        return pe_json_stop(problem, p,
                            "no such escape: expected one of \" \\ / b f n r t u "
                            "after the backslash");
    return p + 2;
}

static const char *scan_points(const char *p, const char *end, struct pe_json_problem *problem)
{
    size_t size;

    do {
        size = pe_utf8_decode(p, (size_t)(end - p), NULL);
        if (size == 0)
            return pe_json_stop(problem, p, "the text is not valid UTF-8");
        p += size;
    } while (p < end && (unsigned char)*p >= 0x80);
    return p;
}

static const char *scan_control(const char *p, struct pe_json_problem *problem)
{
    if (*p == '\n' || *p == '\r')
        return pe_json_stop(problem, p, "the line ends in a string");
    return pe_json_stop(problem, p, "a control character in a string");
}

const char *pe_json_scan_string(const char *p, const char *end, uint32_t *flags,
                                struct pe_json_problem *problem)
{
    while (p != NULL) {
        p = pe_json_plain_end(p, end);
        if (p == end)
            return pe_json_stop(problem, end, "the text ends in a string");
        if (*p == '"')
            return p;
        if (*p == '\\') {
            *flags = PE_ESCAPED;
            p = scan_escape(p, end, problem);
        } else if ((unsigned char)*p >= 0x80) {
            p = scan_points(p, end, problem);
        } else {
            p = scan_control(p, problem);
        }
    }
    return NULL;
}

/* ---- decoding: of strings that were scanned before ---- */

struct pe_json_chars pe_json_chars(const struct pe_json *json, const struct pe_node *node)
{
    const char *text = json->text + pe_node_offset(node);

    return (struct pe_json_chars){.at = text + 1, .end = text + node->size - 1};
}

/* Fills chars with the character that the escape at its place stands for. */
static void unescape(struct pe_json_chars *chars)
{
    static const char letters[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    uint32_t point;

    chars->used = 0;
    chars->size = 1;
    if (chars->at[1] != 'u') {
        chars->bytes[0] = values[strchr(letters, chars->at[1]) - letters];
        chars->at += 2;
        return;
    }
    point = (uint32_t)escaped_unit(chars->at, chars->end);
    chars->at += 6;
    if (point >= 0xD800 && point <= 0xDBFF) {
        point = 0x10000 + ((point - 0xD800) << 10);
        point += (uint32_t)escaped_unit(chars->at, chars->end) - 0xDC00;
        chars->at += 6;
    }
    chars->size = (unsigned)pe_utf8_encode(point, chars->bytes);
}

int pe_json_chars_next(struct pe_json_chars *chars)
{
    if (chars->used == chars->size) {
        if (chars->at == chars->end)
            return -1;
        if (*chars->at != '\\')
            return (unsigned char)*chars->at++;
        unescape(chars);
    }
    return (unsigned char)chars->bytes[chars->used++];
}

static bool unescape_all(struct pe_json_chars chars, struct pe_buf *out)
{
    const char *plain;

    pe_buf_clear(out);
    while (chars.at < chars.end) {
        plain = memchr(chars.at, '\\', (size_t)(chars.end - chars.at));
        if (plain == NULL)
            plain = chars.end;
        pe_buf_add(out, chars.at, (size_t)(plain - chars.at));
        chars.at = plain;
        if (plain < chars.end) {
            unescape(&chars);
            pe_buf_add(out, chars.bytes, chars.size);
        }
    }
    return !pe_buf_failed(out);
}

bool pe_json_unescaped(const struct pe_json *json, const struct pe_node *node, const char **bytes,
                       size_t *length, struct pe_buf *scratch)
{
    if (!unescape_all(pe_json_chars(json, node), scratch))
        return false;
    *bytes = scratch->data;
    *length = scratch->length;
    return true;
}

bool pe_json_equals(const struct pe_json *json, const struct pe_node *node, const char *bytes,
                    size_t length)
{
    struct pe_json_chars chars = pe_json_chars(json, node);

    if ((node->bits & PE_ESCAPED) == 0)
        return (size_t)(chars.end - chars.at) == length && memcmp(chars.at, bytes, length) == 0;
    for (size_t i = 0; i < length; i++)
        if (pe_json_chars_next(&chars) != (unsigned char)bytes[i])
            return false;
    return pe_json_chars_next(&chars) == -1;
}

size_t pe_json_tail(const struct pe_json *json, const struct pe_node *node, char *out, size_t most)
{
    struct pe_json_chars chars = pe_json_chars(json, node), from = chars;
    size_t length = (size_t)(chars.end - chars.at), kept;

    if ((node->bits & PE_ESCAPED) != 0)
        for (length = 0; pe_json_chars_next(&chars) != -1;)
            length++;
    kept = length < most ? length : most;
    if ((node->bits & PE_ESCAPED) == 0) {
        memcpy(out, from.end - kept, kept);
        return kept;
    }
    for (size_t i = 0; i < length - kept; i++)
        pe_json_chars_next(&from);
    for (size_t i = 0; i < kept; i++)
        out[i] = (char)pe_json_chars_next(&from);
    return kept;
}
