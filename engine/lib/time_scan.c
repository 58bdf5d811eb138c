/* time_scan.c: digits, offsets and fractions from text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lib/time_scan.h"

int pe_time_refuse(enum pe_time_why *why, enum pe_time_why reason)
{
    *why = reason;
    return -1;
}

static bool at_digit(const struct pe_time_scan *scan)
{
    return scan->next < scan->end && *scan->next >= '0' && *scan->next <= '9';
}

int pe_time_scan_digits(struct pe_time_scan *scan, unsigned digits, int *number)
{
    int value = 0;

    for (; digits > 0; digits--) {
        if (!at_digit(scan))
            return -1;
        value = value * 10 + (*scan->next++ - '0');
    }
    *number = value;
    return 0;
}

bool pe_time_scan_is(struct pe_time_scan *scan, char c)
{
    if (scan->next == scan->end || *scan->next != c)
        return false;
    scan->next++;
    return true;
}

int pe_time_scan_offset(struct pe_time_scan *scan, int32_t *offset)
{
    bool west = pe_time_scan_is(scan, '-');
    int hours, minutes;

    if (!west && !pe_time_scan_is(scan, '+'))
        return -1;
    if (pe_time_scan_digits(scan, 2, &hours) != 0 || !pe_time_scan_is(scan, ':') ||
        pe_time_scan_digits(scan, 2, &minutes) != 0 || hours > 23 || minutes > 59)
        return -1;
    *offset = (west ? -60 : 60) * (hours * 60 + minutes);
    return 0;
}

int pe_time_scan_fraction(struct pe_time_scan *scan, int32_t *nanoseconds)
{
    int32_t value = 0;
    unsigned digits = 0;

    *nanoseconds = 0;
    if (!pe_time_scan_is(scan, '.'))
        return 0;
    for (; at_digit(scan); digits++) {
        if (digits == 9)
            return -1;
        value = value * 10 + (*scan->next++ - '0');
    }
    if (digits == 0)
        return -1;
    for (; digits < 9; digits++)
        value *= 10;
    *nanoseconds = value;
    return 0;
}
