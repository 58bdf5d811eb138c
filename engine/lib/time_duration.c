/* time_duration.c: lengths of time from text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "lib/time_scan.h"

/* 1 to 9 digits, so that weeks of them fit in 64 bits many times over. */
static int scan_count(struct pe_time_scan *scan, int64_t *count)
{
    int64_t value = 0;
    int digit, digits = 0;

    while (digits < 9 && pe_time_scan_digits(scan, 1, &digit) == 0) {
        value = value * 10 + digit;
        digits++;
    }
    *count = value;
    return digits > 0 ? 0 : -1;
}

/* ---- ISO 8601: P90D, P1DT12H, PT0.5S, P2W ---- */

struct unit {
    char letter;
    int64_t seconds;
};

/* Units in the order they must come in; each at most once. */
static const struct unit date_units[] = {{'D', 86400}, {0, 0}};
static const struct unit time_units[] = {{'H', 3600}, {'M', 60}, {'S', 1}, {0, 0}};

static bool at(const struct pe_time_scan *scan, char letter)
{
    return scan->next < scan->end && *scan->next == letter;
}

static int scan_units(struct pe_time_scan *scan, const struct unit *unit, int64_t *seconds)
{
    const char *start = scan->next, *point;
    int32_t fraction;
    int64_t count;

    while (scan->next < scan->end && *scan->next != 'T') {
        if (scan_count(scan, &count) != 0)
            return -1;
        point = scan->next;
        if (pe_time_scan_fraction(scan, &fraction) != 0)
            return -1;
        while (unit->letter != 0 && !at(scan, unit->letter))
            unit++;
        if (unit->letter == 0 || (scan->next != point && unit->letter != 'S'))
            return -1;
        *seconds += count * unit->seconds;
        scan->next++;
        unit++;
    }
    return scan->next > start ? 0 : -1;
}

static int parse_weeks(struct pe_time_scan scan, int64_t *seconds)
{
    int64_t weeks;

    if (scan_count(&scan, &weeks) != 0 || !pe_time_scan_is(&scan, 'W') || scan.next != scan.end)
        return -1;
    *seconds = weeks * 7 * 86400;
    return 0;
}

/* Y anywhere, or an M before the T. */
static bool has_months(const struct pe_time_scan *scan)
{
    const char *t = memchr(scan->next, 'T', (size_t)(scan->end - scan->next));
    size_t date = (size_t)((t == NULL ? scan->end : t) - scan->next);

    return memchr(scan->next, 'Y', date) != NULL || memchr(scan->next, 'M', date) != NULL;
}

static int parse_iso(struct pe_time_scan scan, int64_t *seconds, enum pe_time_why *why)
{
    int64_t total = 0;

    if (parse_weeks(scan, seconds) == 0)
        return 0;
    if (has_months(&scan))
        return pe_time_refuse(why, PE_TIME_MONTHS);
    if (scan.next == scan.end)
        return pe_time_refuse(why, PE_TIME_NOT_DURATION);
    if (*scan.next != 'T' && scan_units(&scan, date_units, &total) != 0)
        return pe_time_refuse(why, PE_TIME_NOT_DURATION);
    if (pe_time_scan_is(&scan, 'T') && scan_units(&scan, time_units, &total) != 0)
        return pe_time_refuse(why, PE_TIME_NOT_DURATION);
    if (scan.next != scan.end)
        return pe_time_refuse(why, PE_TIME_NOT_DURATION);
    *seconds = total;
    return 0;
}

/* ---- .NET: [d.]hh:mm:ss[.fffffff], and days alone ---- */

static int scan_clock(struct pe_time_scan *scan, int64_t *seconds)
{
    int hour, minute, second;
    int32_t fraction;

    if (pe_time_scan_digits(scan, 2, &hour) != 0 || !pe_time_scan_is(scan, ':') ||
        pe_time_scan_digits(scan, 2, &minute) != 0 || !pe_time_scan_is(scan, ':') ||
        pe_time_scan_digits(scan, 2, &second) != 0 || hour > 23 || minute > 59 || second > 59 ||
        pe_time_scan_fraction(scan, &fraction) != 0 || scan->next != scan->end)
        return -1;
    *seconds += hour * 3600 + minute * 60 + second;
    return 0;
}

static int parse_dotnet(struct pe_time_scan scan, int64_t *seconds)
{
    struct pe_time_scan clock = scan;
    int64_t days, total = 0;

    if (scan_clock(&clock, &total) == 0) {
        *seconds = total;
        return 0;
    }
    total = 0;
    if (scan_count(&scan, &days) != 0)
        return -1;
    if (scan.next != scan.end && (!pe_time_scan_is(&scan, '.') || scan_clock(&scan, &total) != 0))
        return -1;
    *seconds = total + days * 86400;
    return 0;
}

int pe_time_parse_duration(const char *text, size_t length, int64_t *seconds, enum pe_time_why *why)
{
    struct pe_time_scan scan = {text, text + length};

    if (pe_time_scan_is(&scan, '-'))
        return pe_time_refuse(why, PE_TIME_NEGATIVE);
    if (pe_time_scan_is(&scan, 'P'))
        return parse_iso(scan, seconds, why);
    return parse_dotnet(scan, seconds) == 0 ? 0 : pe_time_refuse(why, PE_TIME_NOT_DURATION);
}
