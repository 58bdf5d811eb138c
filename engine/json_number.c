/* json_number.c: the numbers of JSON text: where they end, and what they are. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "json_impl.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    INTEGER_DIGITS = 19, /* of INT64_MAX */
    SAFE_EXPONENT = 309, /* below this power of ten everything is a finite double */
    /* A double is told from its neighbours by 767 significant digits at most; of what comes after
     * them it matters only whether it is all zeros. */
    REAL_DIGITS = 800,
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *skip_digits(const char *p, const char *end)
{
    while (p < end && is_digit(*p))
        p++;
    return p;
}

/* ---- decoding ---- */

/* An exponent of any length, without leaving the range: whatever is beyond is beyond any real. */
static int64_t read_exponent(const char *p, const char *end)
{
    const int64_t most = 1000000000000;
    bool negative = p < end && *p == '-';
    int64_t value = 0;

    if (p < end && (*p == '-' || *p == '+'))
        p++;
    for (; p < end && value < most; p++)
        value = value * 10 + (*p - '0');
    return negative ? -value : value;
}

/* Few digits and a small power of ten are doubles themselves, so that one operation, which rounds
 * once, gives what strtod would. */
static bool decode_short(const char *digits, size_t count, int64_t exponent, double *value)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    const int64_t most = sizeof powers / sizeof powers[0] - 1;
    int64_t whole = 0;

    if (FLT_EVAL_METHOD != 0 || count > DBL_DIG || exponent > most || exponent < -most)
        return false;
    for (size_t i = 0; i < count; i++)
        whole = whole * 10 + (digits[i] - '0');
    *value = exponent < 0 ? (double)whole / powers[-exponent] : (double)whole * powers[exponent];
    return true;
}

/* Writes the number as digits and a power of ten, which strtod reads in any locale. */
static double decode_real(const char *p, const char *end)
{
    char out[REAL_DIGITS + 40] = "-";
    size_t sign = *p == '-', used = sign;
    int64_t exponent = 0;
    bool point = false, lost = false;
    double value;

    for (p += sign; p < end && *p != 'e' && *p != 'E'; p++) {
        if (*p == '.') {
            point = true;
        } else if (used < REAL_DIGITS) {
            if (used > sign || *p != '0')
                out[used++] = *p;
            exponent -= point;
        } else {
            lost |= *p != '0';
            exponent += !point;
        }
    }
    if (used == sign)
        return sign ? -0.0 : 0.0;
    if (lost) {
        out[used++] = '1';
        exponent--;
    }
    exponent += p < end ? read_exponent(p + 1, end) : 0;
    if (!lost && decode_short(out + sign, used - sign, exponent, &value))
        return sign ? -value : value;
    exponent = exponent > 99999 ? 99999 : exponent < -99999 ? -99999 : exponent;
    snprintf(out + used, sizeof out - used, "e%d", (int)exponent);
    return strtod(out, NULL);
}

static bool decode_integer(const char *p, const char *end, int64_t *out)
{
    bool negative = *p == '-';
    uint64_t value = 0, most = (uint64_t)INT64_MAX + negative;

    if (end - (p + negative) > INTEGER_DIGITS)
        return false;
    for (p += negative; p < end; p++)
        value = value * 10 + (uint64_t)(*p - '0');
    if (value > most)
        return false;
    *out = (int64_t)(negative ? 0 - value : value);
    return true;
}

int64_t pe_json_integer(const struct pe_json *json, const struct pe_node *node)
{
    const char *text = json->text + pe_node_offset(node);
    int64_t value = 0;

    decode_integer(text, text + node->size, &value);
    return value;
}

double pe_json_real(const struct pe_json *json, const struct pe_node *node)
{
    const char *text = json->text + pe_node_offset(node);

    return decode_real(text, text + node->size);
}

/* ---- scanning ---- */

/* The digits before the point, of which there is at least one, and no 0 before another. */
static const char *scan_whole(const char *p, const char *end, struct pe_json_problem *problem)
{
    if (p == end || !is_digit(*p))
        return pe_json_stop(problem, p, "expected a digit after the minus sign");
    if (*p == '0' && p + 1 < end && is_digit(p[1]))
        return pe_json_stop(problem, p, "a number cannot begin with a zero before other digits");
    return skip_digits(p, end);
}

static const char *scan_fraction(const char *p, const char *end, struct pe_json_problem *problem)
{
    if (p == end || *p != '.')
        return p;
    p++;
    if (p == end || !is_digit(*p))
        return pe_json_stop(problem, p, "expected a digit after the decimal point");
    return skip_digits(p, end);
}

static const char *scan_exponent(const char *p, const char *end, struct pe_json_problem *problem)
{
    if (p == end || (*p != 'e' && *p != 'E'))
        return p;
    p++;
    if (p < end && (*p == '+' || *p == '-'))
        p++;
    if (p == end || !is_digit(*p))
        return pe_json_stop(problem, p, "expected a digit in the exponent");
    return skip_digits(p, end);
}

static bool is_finite(const char *start, const char *whole_end, const char *fraction_end,
                      const char *end)
{
    int64_t power = whole_end - start;

    if (fraction_end < end)
        power += read_exponent(fraction_end + 1, end);
    return power < SAFE_EXPONENT || isfinite(decode_real(start, end));
}

const char *pe_json_scan_number(const char *start, const char *end, enum pe_type *type,
                                struct pe_json_problem *problem)
{
    const char *whole = scan_whole(start + (*start == '-'), end, problem), *fraction, *p;
    int64_t value;

    if (whole == NULL)
        return NULL;
    fraction = scan_fraction(whole, end, problem);
    p = fraction == NULL ? NULL : scan_exponent(fraction, end, problem);
    if (p == NULL)
        return NULL;
    *type = p == whole ? PE_INTEGER : PE_REAL;
    if (*type == PE_REAL && !is_finite(start, whole, fraction, p))
        return pe_json_stop(problem, start, "the number is too large for a double");
    if (*type == PE_INTEGER && p - start >= INTEGER_DIGITS && !decode_integer(start, p, &value))
        return pe_json_stop(problem, start, "the integer is too large for 64 bits");
    return p;
}
