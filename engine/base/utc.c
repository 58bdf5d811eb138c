/* utc.c: a time of RFC 3339, said in UTC. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utc.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { MAX_FRACTION = 9, MINUTES_A_DAY = 24 * 60 };

struct moment {
    int year, month, day, hour, minute, second, offset;
    char fraction[MAX_FRACTION + 2]; /* ".5", or "" */
};

/* Reads so many digits into *number, at most so high. */
static bool take_number(const char **at, int digits, int low, int high, int *number)
{
    int value = 0;

    for (int i = 0; i < digits; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        value = value * 10 + (**at - '0');
    }
    *number = value;
    return value >= low && value <= high;
}

static bool take(const char **at, const char *one_of)
{
    if (**at == '\0' || strchr(one_of, **at) == NULL)
        return false;
    (*at)++;
    return true;
}

static bool take_date(const char **at, struct moment *m)
{
    static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap;

    if (!take_number(at, 4, 1, 9999, &m->year) || !take(at, "-") ||
        !take_number(at, 2, 1, 12, &m->month) || !take(at, "-") ||
        !take_number(at, 2, 1, lengths[m->month - 1], &m->day))
        return false;
    leap = (m->year % 4 == 0 && m->year % 100 != 0) || m->year % 400 == 0;
    return leap || m->month != 2 || m->day < 29;
}

static bool take_fraction(const char **at, struct moment *m)
{
    size_t digits;

    if (**at != '.')
        return true;
    digits = strspn(*at + 1, "0123456789");
    if (digits == 0 || digits > MAX_FRACTION)
        return false;
    memcpy(m->fraction, *at, digits + 1);
    *at += digits + 1;
    return true;
}

static bool take_zone(const char **at, struct moment *m)
{
    int sign, hours, minutes;

    if (take(at, "Zz"))
        return true;
    sign = **at == '-' ? -1 : 1;
    if (!take(at, "+-") || !take_number(at, 2, 0, 23, &hours) || !take(at, ":") ||
        !take_number(at, 2, 0, 59, &minutes))
        return false;
    m->offset = sign * (hours * 60 + minutes);
    return true;
}

/* Days since 1970-01-01 and back, in the proleptic Gregorian calendar: years begin in March, so
 * that a leap day is a year's last. */
static int64_t day_of(const struct moment *m)
{
    int64_t year = m->month > 2 ? m->year : m->year - 1, era = year / 400;
    int64_t of_era = year - era * 400, of_year = (153 * ((m->month + 9) % 12) + 2) / 5 + m->day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void set_day(struct moment *m, int64_t day)
{
    int64_t shifted = day + 719468, era = shifted / 146097, of_era = shifted - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;

    m->day = (int)(of_year - (153 * month + 2) / 5 + 1);
    m->month = (int)(month < 10 ? month + 3 : month - 9);
    m->year = (int)(year + era * 400 + (m->month <= 2));
}

static void shift_to_utc(struct moment *m)
{
    int64_t minutes = day_of(m) * MINUTES_A_DAY + m->hour * 60 + m->minute - m->offset;
    int64_t day = minutes / MINUTES_A_DAY, of_day = minutes % MINUTES_A_DAY;

    if (of_day < 0) {
        of_day += MINUTES_A_DAY;
        day--;
    }
    set_day(m, day);
    m->hour = (int)(of_day / 60);
    m->minute = (int)(of_day % 60);
}

bool pe_utc_of(const char *rfc3339, char out[PE_UTC_SIZE])
{
    struct moment m = {0};
    const char *at = rfc3339;

    if (!take_date(&at, &m) || !take(&at, "Tt") || !take_number(&at, 2, 0, 23, &m.hour) ||
        !take(&at, ":") || !take_number(&at, 2, 0, 59, &m.minute) || !take(&at, ":") ||
        !take_number(&at, 2, 0, 60, &m.second) || !take_fraction(&at, &m) || !take_zone(&at, &m) ||
        *at != '\0' || m.year < 1899 || m.year > 3000)
        return false;
    shift_to_utc(&m);
    if (m.year < 1900 || m.year > 2999)
        return false;
    snprintf(out, PE_UTC_SIZE, "%04u-%02u-%02uT%02u:%02u:%02u%sZ", (unsigned)m.year % 10000,
             (unsigned)m.month % 100, (unsigned)m.day % 100, (unsigned)m.hour % 100,
             (unsigned)m.minute % 100, m.second == 60 ? 59U : (unsigned)m.second % 100, m.fraction);
    return true;
}
