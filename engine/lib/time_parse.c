/* time_parse.c: timestamps from text, and back. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "lib/time_scan.h"

/* A timestamp as written, before it is known to exist. */
struct stamp {
    int year, month, mday, hour, minute, second;
    int32_t nanoseconds, offset;
};

static int scan_date(struct pe_time_scan *scan, struct stamp *stamp)
{
    if (pe_time_scan_digits(scan, 4, &stamp->year) != 0 || !pe_time_scan_is(scan, '-') ||
        pe_time_scan_digits(scan, 2, &stamp->month) != 0 || !pe_time_scan_is(scan, '-') ||
        pe_time_scan_digits(scan, 2, &stamp->mday) != 0)
        return -1;
    return 0;
}

static bool scan_seconds(struct pe_time_scan *scan, struct stamp *stamp)
{
    return pe_time_scan_is(scan, ':') && pe_time_scan_digits(scan, 2, &stamp->second) == 0;
}

static int scan_clock(struct pe_time_scan *scan, struct stamp *stamp)
{
    if (pe_time_scan_digits(scan, 2, &stamp->hour) != 0 || !pe_time_scan_is(scan, ':') ||
        pe_time_scan_digits(scan, 2, &stamp->minute) != 0)
        return -1;
    return 0;
}

/* Stays where it is when there is none. */
static bool scan_zone(struct pe_time_scan *scan, struct stamp *stamp)
{
    struct pe_time_scan ahead = *scan;

    stamp->offset = 0;
    if (!pe_time_scan_is(&ahead, 'Z') && !pe_time_scan_is(&ahead, 'z') &&
        pe_time_scan_offset(&ahead, &stamp->offset) != 0)
        return false;
    *scan = ahead;
    return true;
}

/* What is wrong with the end of a timestamp whose zone could not be read. */
static enum pe_time_why zone_fault(const struct pe_time_scan *scan)
{
    if (scan->next == scan->end)
        return PE_TIME_NO_ZONE;
    return *scan->next == '+' || *scan->next == '-' ? PE_TIME_FIELD : PE_TIME_NOT_TIME;
}

/* "05/04/2026": somebody's day and month. */
static bool is_slashed(const char *text, size_t length)
{
    return length >= 8 && (text[1] == '/' || text[2] == '/') && text[0] >= '0' && text[0] <= '9';
}

/* Date, separator, hours and minutes, with or without seconds, but nothing after them. */
static bool is_without_zone(struct pe_time_scan scan, struct stamp *stamp)
{
    int32_t fraction;

    if (scan.next == scan.end)
        return true;
    return scan_seconds(&scan, stamp) && pe_time_scan_fraction(&scan, &fraction) == 0 &&
           scan.next == scan.end;
}

/* Two digits; what is none leaves a trace in wrong. */
static int pair(const char *text, unsigned *wrong)
{
    unsigned tens = (unsigned char)text[0] - (unsigned)'0';
    unsigned ones = (unsigned char)text[1] - (unsigned)'0';

    *wrong |= (tens > 9) | (ones > 9);
    return (int)(tens * 10 + ones);
}

/* "2026-04-05T06:07:08Z", as nearly all are written, is had without looking at each character. */
static bool is_usual(const char *text, size_t length, struct stamp *stamp)
{
    unsigned wrong = 0;

    if (length != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
        text[16] != ':' || text[19] != 'Z')
        return false;
    *stamp = (struct stamp){.year = pair(text, &wrong) * 100 + pair(text + 2, &wrong),
                            .month = pair(text + 5, &wrong),
                            .mday = pair(text + 8, &wrong),
                            .hour = pair(text + 11, &wrong),
                            .minute = pair(text + 14, &wrong),
                            .second = pair(text + 17, &wrong)};
    return wrong == 0;
}

static int scan_stamp(const char *text, size_t length, struct stamp *stamp, enum pe_time_why *why)
{
    struct pe_time_scan scan = {text, text + length};
    bool space;

    if (is_usual(text, length, stamp))
        return 0;
    if (is_slashed(text, length))
        return pe_time_refuse(why, PE_TIME_AMBIGUOUS);
    if (scan_date(&scan, stamp) != 0)
        return pe_time_refuse(why, PE_TIME_NOT_TIME);
    space = pe_time_scan_is(&scan, ' ');
    if (!space && !pe_time_scan_is(&scan, 'T') && !pe_time_scan_is(&scan, 't'))
        return pe_time_refuse(why, PE_TIME_NOT_TIME);
    if (scan_clock(&scan, stamp) != 0)
        return pe_time_refuse(why, PE_TIME_NOT_TIME);
    if (is_without_zone(scan, stamp))
        return pe_time_refuse(why, PE_TIME_NO_ZONE);
    if (space)
        return pe_time_refuse(why, PE_TIME_SPACE);
    if (!scan_seconds(&scan, stamp))
        return pe_time_refuse(why, PE_TIME_NOT_TIME);
    if (pe_time_scan_fraction(&scan, &stamp->nanoseconds) != 0)
        return pe_time_refuse(why, PE_TIME_FRACTION);
    if (!scan_zone(&scan, stamp))
        return pe_time_refuse(why, zone_fault(&scan));
    return scan.next == scan.end ? 0 : pe_time_refuse(why, PE_TIME_NOT_TIME);
}

/* RFC 3339 5.7: in UTC, the last second of June or December. next is the second after it. */
static bool is_leap_second(int64_t next, enum pe_time_why *why)
{
    int year, month, mday;

    return next % 86400 == 0 &&
           pe_time_civil_from_day(next / 86400, &year, &month, &mday, why) == 0 && mday == 1 &&
           (month == 1 || month == 7);
}

static int resolve(const struct stamp *stamp, struct pe_time_instant *at, enum pe_time_why *why)
{
    struct pe_time_instant found;
    int64_t day, seconds;

    if (pe_time_day_from_civil(stamp->year, stamp->month, stamp->mday, &day, why) != 0)
        return -1;
    if (stamp->hour > 23 || stamp->minute > 59 || stamp->second > 60)
        return pe_time_refuse(why, PE_TIME_FIELD);
    seconds = day * 86400 + stamp->hour * 3600 + stamp->minute * 60 + stamp->second - stamp->offset;
    if (stamp->second == 60 && !is_leap_second(seconds, why))
        return pe_time_refuse(why, PE_TIME_LEAP_SECOND);
    if (pe_time_from_epoch(seconds - (stamp->second == 60), &found, why) != 0)
        return -1;
    found.nanoseconds = stamp->second == 60 ? 999999999 : stamp->nanoseconds;
    *at = found;
    return 0;
}

int pe_time_parse(const char *text, size_t length, struct pe_time_instant *at,
                  enum pe_time_why *why)
{
    struct stamp stamp = {0};

    if (scan_stamp(text, length, &stamp, why) != 0)
        return -1;
    return resolve(&stamp, at, why);
}

/* ---- /Date(1777406310050)/ ---- */

static int scan_milliseconds(struct pe_time_scan *scan, int64_t *number)
{
    bool negative = pe_time_scan_is(scan, '-');
    const char *first = scan->next;
    int64_t value = 0;
    int digit;

    while (scan->next - first < 15 && pe_time_scan_digits(scan, 1, &digit) == 0)
        value = value * 10 + digit;
    if (scan->next == first)
        return -1;
    *number = negative ? -value : value;
    return 0;
}

/* "+0900", which says how .NET meant to show it, and not when it is. */
static void skip_shown_offset(struct pe_time_scan *scan)
{
    struct pe_time_scan ahead = *scan;
    int digits;

    if ((pe_time_scan_is(&ahead, '+') || pe_time_scan_is(&ahead, '-')) &&
        pe_time_scan_digits(&ahead, 4, &digits) == 0)
        *scan = ahead;
}

static int parse_dotnet(const char *text, size_t length, struct pe_time_instant *at,
                        enum pe_time_why *why)
{
    struct pe_time_scan scan = {text, text + length};
    int64_t milliseconds;

    scan.next += strlen("/Date(");
    if (scan_milliseconds(&scan, &milliseconds) != 0)
        return pe_time_refuse(why, PE_TIME_NOT_TIME);
    skip_shown_offset(&scan);
    if (!pe_time_scan_is(&scan, ')') || !pe_time_scan_is(&scan, '/') || scan.next != scan.end)
        return pe_time_refuse(why, PE_TIME_NOT_TIME);
    return pe_time_from_epoch_ms(milliseconds, at, why);
}

int pe_time_parse_export(const char *text, size_t length, struct pe_time_value *value,
                         enum pe_time_why *why)
{
    const char *prefix = "/Date(";
    struct pe_time_value found = {.kind = PE_TIME_INSTANT};
    bool dotnet = length > strlen(prefix) && memcmp(text, prefix, strlen(prefix)) == 0;

    if ((dotnet ? parse_dotnet : pe_time_parse)(text, length, &found.at, why) != 0)
        return -1;
    if (found.at.seconds == PE_TIME_FIRST_SECOND && found.at.nanoseconds == 0)
        found.kind = PE_TIME_NONE;
    *value = found;
    return 0;
}

/* ---- print ---- */

static size_t print_fraction(int32_t nanoseconds, char *text, size_t room)
{
    size_t length;

    if (nanoseconds == 0)
        return 0;
    length = (size_t)snprintf(text, room, ".%09d", (int)nanoseconds);
    while (text[length - 1] == '0')
        length--;
    return length;
}

static void print_offset(int32_t offset, char *text, size_t room)
{
    int minutes = (int)(offset < 0 ? -offset : offset) / 60;

    if (offset == 0)
        snprintf(text, room, "Z");
    else
        snprintf(text, room, "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

int pe_time_print(struct pe_time_instant at, struct pe_time_zone zone,
                  char text[PE_TIME_TEXT_BYTES], enum pe_time_why *why)
{
    int64_t day = pe_time_day_of(at, zone);
    int second = (int)(at.seconds + zone.offset_seconds - day * 86400);
    char date[PE_TIME_TEXT_BYTES];
    size_t length;

    if (pe_time_print_day(day, date, why) != 0)
        return -1;
    length = (size_t)snprintf(text, PE_TIME_TEXT_BYTES, "%.10sT%02d:%02d:%02d", date, second / 3600,
                              second / 60 % 60, second % 60);
    length += print_fraction(at.nanoseconds, text + length, PE_TIME_TEXT_BYTES - length);
    print_offset(zone.offset_seconds, text + length, PE_TIME_TEXT_BYTES - length);
    return 0;
}
