/* time_day.c: civil days of the proleptic Gregorian calendar. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "lib/time_scan.h"

enum { DAY_SECONDS = 86400 };

#define FIRST_DAY (PE_TIME_FIRST_SECOND / DAY_SECONDS)
#define LAST_DAY ((PE_TIME_LAST_SECOND + 1) / DAY_SECONDS - 1)

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Years begin in March, so that the leap day is a year's last: then month m (0 is March) begins
 * at day (153 m + 2) / 5, and 400 years have 146,097 days. Year 0, March 1 is day -719468. */
int pe_time_day_from_civil(int year, int month, int mday, int64_t *day, enum pe_time_why *why)
{
    int64_t y;
    int m;

    if (year < 1 || year > 9999)
        return pe_time_refuse(why, PE_TIME_RANGE);
    if (month < 1 || month > 12 || mday < 1 || mday > month_days(year, month))
        return pe_time_refuse(why, PE_TIME_FIELD);
    y = month > 2 ? year : year - 1;
    m = month > 2 ? month - 3 : month + 9;
    *day = y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + mday - 1 - 719468;
    return 0;
}

int pe_time_civil_from_day(int64_t day, int *year, int *month, int *mday, enum pe_time_why *why)
{
    int64_t of_era, year_of_era, of_year, m;

    if (day < FIRST_DAY || day > LAST_DAY)
        return pe_time_refuse(why, PE_TIME_RANGE);
    day += 719468; /* never negative from here on */
    of_era = day % 146097;
    year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    m = (5 * of_year + 2) / 153;
    *mday = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = (int)(day / 146097 * 400 + year_of_era + (*month <= 2));
    return 0;
}

int pe_time_parse_day(const char *text, size_t length, int64_t *day, enum pe_time_why *why)
{
    struct pe_time_scan scan = {text, text + length};
    int year, month, mday;

    if (pe_time_scan_digits(&scan, 4, &year) != 0 || !pe_time_scan_is(&scan, '-') ||
        pe_time_scan_digits(&scan, 2, &month) != 0 || !pe_time_scan_is(&scan, '-') ||
        pe_time_scan_digits(&scan, 2, &mday) != 0 || scan.next != scan.end)
        return pe_time_refuse(why, PE_TIME_NOT_DATE);
    return pe_time_day_from_civil(year, month, mday, day, why);
}

int pe_time_print_day(int64_t day, char text[PE_TIME_TEXT_BYTES], enum pe_time_why *why)
{
    int year, month, mday;

    if (pe_time_civil_from_day(day, &year, &month, &mday, why) != 0)
        return -1;
    snprintf(text, PE_TIME_TEXT_BYTES, "%04d-%02d-%02d", year, month, mday);
    return 0;
}

int pe_time_add_days(int64_t day, int64_t days, int64_t *sum, enum pe_time_why *why)
{
    if (day < FIRST_DAY || day > LAST_DAY || days < FIRST_DAY - day || days > LAST_DAY - day)
        return pe_time_refuse(why, PE_TIME_RANGE);
    *sum = day + days;
    return 0;
}

int64_t pe_time_day_of(struct pe_time_instant at, struct pe_time_zone zone)
{
    int64_t seconds = at.seconds + zone.offset_seconds;

    return seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
}

int64_t pe_time_days_between(struct pe_time_instant from, struct pe_time_instant to,
                             struct pe_time_zone zone)
{
    return pe_time_day_of(to, zone) - pe_time_day_of(from, zone);
}

int pe_time_start_of_day(int64_t day, struct pe_time_zone zone, struct pe_time_instant *at,
                         enum pe_time_why *why)
{
    if (day < FIRST_DAY || day > LAST_DAY)
        return pe_time_refuse(why, PE_TIME_RANGE);
    return pe_time_from_epoch(day * DAY_SECONDS - zone.offset_seconds, at, why);
}

int pe_time_end_of_day(int64_t day, struct pe_time_zone zone, struct pe_time_instant *at,
                       enum pe_time_why *why)
{
    if (day < FIRST_DAY || day > LAST_DAY)
        return pe_time_refuse(why, PE_TIME_RANGE);
    if (pe_time_from_epoch((day + 1) * DAY_SECONDS - 1 - zone.offset_seconds, at, why) != 0)
        return -1;
    at->nanoseconds = 999999999;
    return 0;
}

bool pe_time_last_of(const char *day, const char *zone, struct pe_time_instant *at,
                     char text[PE_TIME_TEXT_BYTES])
{
    struct pe_time_zone there, utc = {0};
    struct pe_time_instant second;
    enum pe_time_why why;
    int64_t number;

    if (pe_time_parse_zone(zone, strlen(zone), &there, &why) != 0 ||
        pe_time_parse_day(day, strlen(day), &number, &why) != 0 ||
        pe_time_end_of_day(number, there, at, &why) != 0)
        return false;
    second = *at;
    second.nanoseconds = 0;
    if (pe_time_print(second, utc, text, &why) != 0)
        text[0] = '\0';
    return true;
}
