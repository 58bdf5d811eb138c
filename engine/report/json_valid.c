/* json_valid.c: whether a text is one JSON value that any program can read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_out.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { MOST_DEPTH = 16 };

struct scan {
    const char *at, *end;
    int depth;
};

static bool scan_value(struct scan *scan);

static bool take(struct scan *scan, char c)
{
    if (scan->at == scan->end || *scan->at != c)
        return false;
    scan->at++;
    return true;
}

static bool take_word(struct scan *scan, const char *word)
{
    size_t length = strlen(word);

    if ((size_t)(scan->end - scan->at) < length || memcmp(scan->at, word, length) != 0)
        return false;
    scan->at += length;
    return true;
}

static void skip_blanks(struct scan *scan)
{
    while (take(scan, ' ') || take(scan, '\t') || take(scan, '\n') || take(scan, '\r'))
        ;
}

static bool scan_digits(struct scan *scan)
{
    const char *begin = scan->at;

    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9')
        scan->at++;
    return scan->at > begin;
}

/* The grammar of a number; whether it has a fraction or an exponent. */
static bool scan_digits_of_number(struct scan *scan, bool *real)
{
    take(scan, '-');
    if (!take(scan, '0') && !scan_digits(scan))
        return false;
    *real = take(scan, '.');
    if (*real && !scan_digits(scan))
        return false;
    if (!take(scan, 'e') && !take(scan, 'E'))
        return true;
    *real = true;
    if (!take(scan, '+'))
        take(scan, '-');
    return scan_digits(scan);
}

/* Programs refuse a whole report for one number that their types cannot hold. */
static bool scan_number(struct scan *scan)
{
    const char *begin = scan->at;
    char number[PE_JSON_VALUE_BYTES + 1];
    size_t length;
    bool real;

    if (!scan_digits_of_number(scan, &real))
        return false;
    length = (size_t)(scan->at - begin);
    if (length >= sizeof number)
        return false;
    memcpy(number, begin, length);
    number[length] = '\0';
    errno = 0;
    if (real)
        return isfinite(strtod(number, NULL));
    strtoll(number, NULL, 10);
    return errno == 0;
}

/* The four hexadecimal digits behind \u. */
static bool scan_unit(struct scan *scan, uint32_t *unit)
{
    static const char digits[] = "0123456789abcdef";
    const char *found;

    *unit = 0;
    for (int i = 0; i < 4; i++, scan->at++) {
        if (scan->at == scan->end || *scan->at == '\0')
            return false;
        found = strchr(digits, *scan->at >= 'A' && *scan->at <= 'F' ? *scan->at + 32 : *scan->at);
        if (found == NULL)
            return false;
        *unit = *unit << 4 | (uint32_t)(found - digits);
    }
    return true;
}

static bool scan_escape(struct scan *scan)
{
    uint32_t unit, low;

    if (scan->at == scan->end || *scan->at == '\0')
        return false;
    if (*scan->at != 'u')
        return strchr("\"\\/bfnrt", *scan->at++) != NULL;
    scan->at++;
    if (!scan_unit(scan, &unit))
        return false;
    if (unit < 0xD800 || unit > 0xDFFF)
        return unit != 0;
    return unit < 0xDC00 && take_word(scan, "\\u") && scan_unit(scan, &low) && low >= 0xDC00 &&
           low <= 0xDFFF;
}

/* The opening quote taken. */
static bool scan_string(struct scan *scan)
{
    size_t size;

    while (!take(scan, '"')) {
        if (take(scan, '\\')) {
            if (!scan_escape(scan))
                return false;
            continue;
        }
        size = pe_utf8_decode(scan->at, (size_t)(scan->end - scan->at), NULL);
        if (size == 0 || (unsigned char)*scan->at < 0x20)
            return false;
        scan->at += size;
    }
    return true;
}

/* What stands between brackets, the opening one taken. */
static bool scan_elements(struct scan *scan)
{
    skip_blanks(scan);
    if (take(scan, ']'))
        return true;
    do {
        if (!scan_value(scan))
            return false;
        skip_blanks(scan);
    } while (take(scan, ','));
    return take(scan, ']');
}

static bool scan_value(struct scan *scan)
{
    bool result;

    skip_blanks(scan);
    if (scan->at == scan->end || scan->depth == MOST_DEPTH)
        return false;
    scan->depth++;
    if (take(scan, '{')) {
        skip_blanks(scan);
        result = take(scan, '}');
    } else if (take(scan, '['))
        result = scan_elements(scan);
    else if (take(scan, '"'))
        result = scan_string(scan);
    else
        result = take_word(scan, "true") || take_word(scan, "false") || take_word(scan, "null") ||
                 scan_number(scan);
    scan->depth--;
    return result;
}

bool pe_json_out_is_value(const char *json, size_t length)
{
    struct scan scan = {.at = json, .end = json + length};

    if (length == 0 || memchr(" \t\r\n", json[0], 4) != NULL)
        return false;
    return scan_value(&scan) && scan.at == scan.end;
}
