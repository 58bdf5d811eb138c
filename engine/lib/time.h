/* time.h: instants, civil days and durations, without a clock.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An instant is a point of UTC in the years 0001 to 9999. A civil day is a number, days since
 * 1970-01-01 in the proleptic Gregorian calendar, so that adding and subtracting days is
 * arithmetic; which day an instant falls on depends on the zone, which the caller always names.
 * Nothing here reads a clock, a locale, or a zone database.
 *
 * Sources: RFC 3339 5.6 and 5.7 (timestamps, leap seconds), ISO 8601 4.4.3.2 (durations),
 * Microsoft's TimeSpan "c" format, MS-DTYP 2.3.3 (FILETIME).
 */
#ifndef PE_LIB_TIME_H
#define PE_LIB_TIME_H

#include "policyeval.h"

struct pe_time_instant {
    int64_t seconds;     /* since 1970-01-01T00:00:00Z, without leap seconds */
    int32_t nanoseconds; /* 0 to 999,999,999 */
};

/* A zone that never changes its clocks. */
struct pe_time_zone {
    int32_t offset_seconds; /* east of UTC */
};

enum pe_time_kind {
    PE_TIME_INSTANT,
    PE_TIME_NONE,  /* the .NET minimum 0001-01-01T00:00:00: "no value" */
    PE_TIME_NEVER, /* FILETIME 0 or 0x7FFFFFFFFFFFFFFF */
};

struct pe_time_value {
    enum pe_time_kind kind;
    struct pe_time_instant at; /* PE_TIME_INSTANT only */
};

enum pe_time_why {
    PE_TIME_OK,
    PE_TIME_NOT_TIME,     /* not of the form 2026-05-04T17:15:48Z */
    PE_TIME_NO_ZONE,      /* a timestamp without Z or offset: 2026-12-21 23:43 */
    PE_TIME_SPACE,        /* a zone, but a space where the T belongs */
    PE_TIME_AMBIGUOUS,    /* 05/04/2026 ...: day and month are anyone's guess */
    PE_TIME_FIELD,        /* a month, day, hour, minute, second or offset that does not exist */
    PE_TIME_LEAP_SECOND,  /* :60 elsewhere than 23:59:60 UTC on 30 June or 31 December */
    PE_TIME_FRACTION,     /* no digit, or more than nine, after the point */
    PE_TIME_RANGE,        /* outside of the years 0001 to 9999 */
    PE_TIME_NOT_DATE,     /* not of the form 2026-05-04 */
    PE_TIME_DST_ZONE,     /* a zone of the IANA database that is not in the table here */
    PE_TIME_BAD_ZONE,     /* not a zone at all */
    PE_TIME_NOT_DURATION, /* neither P90D nor 90.00:00:00 nor 90 */
    PE_TIME_MONTHS,       /* a duration in years or months, which have no fixed length */
    PE_TIME_NEGATIVE,     /* a duration or tick count below zero */
};
struct pe_text pe_time_why_text(enum pe_time_why why);

/* ---- instants ---- */

/* Strict RFC 3339: T and Z (either case), Z or an offset, 0 to 9 digits of fraction. A leap
 * second is taken at 23:59:60 UTC on 30 June and 31 December and becomes 23:59:59.999999999, so
 * that it stays on its own day. -00:00 is UTC. */
int pe_time_parse(const char *text, size_t length, struct pe_time_instant *at,
                  enum pe_time_why *why);

/* What exports really hold: RFC 3339 or /Date(milliseconds)/ (an offset inside, as in
 * /Date(0+0900)/, is of display only). 0001-01-01T00:00:00 UTC in either form is PE_TIME_NONE. */
int pe_time_parse_export(const char *text, size_t length, struct pe_time_value *value,
                         enum pe_time_why *why);

/* Seconds or milliseconds since 1970; FILETIME is 100 ns since 1601-01-01. */
int pe_time_from_epoch(int64_t seconds, struct pe_time_instant *at, enum pe_time_why *why);
int pe_time_from_epoch_ms(int64_t milliseconds, struct pe_time_instant *at, enum pe_time_why *why);
int pe_time_from_filetime(int64_t ticks, struct pe_time_value *value, enum pe_time_why *why);

int pe_time_compare(struct pe_time_instant a, struct pe_time_instant b); /* < 0, 0, > 0 */

struct pe_time_age {
    bool future;     /* at is after as_of: a suspicious value, not a fresh one */
    int64_t seconds; /* whole seconds between the two, never negative */
};
struct pe_time_age pe_time_age(struct pe_time_instant at, struct pe_time_instant as_of);

enum { PE_TIME_TEXT_BYTES = 40 };

/* RFC 3339 in that zone (Z for offset 0), with only the digits of fraction there are. */
int pe_time_print(struct pe_time_instant at, struct pe_time_zone zone,
                  char text[PE_TIME_TEXT_BYTES], enum pe_time_why *why);

/* ---- zones ---- */

/* "UTC", "Z", "+09:00", or a zone name of a short table of places without daylight saving
 * ("Asia/Tokyo"). A rule must give the same verdict on every machine and inside walls where there
 * is no zone database, so that any other name is refused; the table holds for instants since
 * 1992, before which some of its places still changed their clocks. */
int pe_time_parse_zone(const char *text, size_t length, struct pe_time_zone *zone,
                       enum pe_time_why *why);

/* ---- civil days: days since 1970-01-01, from year 0001 to 9999 ---- */

/* YYYY-MM-DD only. */
int pe_time_parse_day(const char *text, size_t length, int64_t *day, enum pe_time_why *why);

/* The day of a year, month (1-12) and day of the month (1-31); and back. */
int pe_time_day_from_civil(int year, int month, int mday, int64_t *day, enum pe_time_why *why);
int pe_time_civil_from_day(int64_t day, int *year, int *month, int *mday, enum pe_time_why *why);

int pe_time_print_day(int64_t day, char text[PE_TIME_TEXT_BYTES], enum pe_time_why *why);

/* day + days. The deletion clock of CLD.8.1.5: day 1 is the day after termination day D, and the
 * last compliant day of N is D + N, until its end. */
int pe_time_add_days(int64_t day, int64_t days, int64_t *sum, enum pe_time_why *why);

/* The civil day an instant falls on. Within a day of the limits it may lie in year 0 or 10000,
 * which pe_time_print_day refuses. */
int64_t pe_time_day_of(struct pe_time_instant at, struct pe_time_zone zone);

/* Civil days from one instant to another: 0 on the same day, negative backwards. */
int64_t pe_time_days_between(struct pe_time_instant from, struct pe_time_instant to,
                             struct pe_time_zone zone);

/* The first instant of a day ("issued"), and its last, 23:59:59.999999999 ("expires"). */
int pe_time_start_of_day(int64_t day, struct pe_time_zone zone, struct pe_time_instant *at,
                         enum pe_time_why *why);
int pe_time_end_of_day(int64_t day, struct pe_time_zone zone, struct pe_time_instant *at,
                       enum pe_time_why *why);

/* The same last instant of a day of a zone, both as text, and as text in UTC without its fraction:
 * "" beyond the year 9999. False: one of them cannot be read. */
bool pe_time_last_of(const char *day, const char *zone, struct pe_time_instant *at,
                     char text[PE_TIME_TEXT_BYTES]);

/* ---- durations ---- */

/* In seconds, never negative; fractions of a second are cut off. ISO 8601 with weeks alone or
 * days, hours, minutes and seconds (P90D, PT12H), a .NET TimeSpan ([d.]hh:mm:ss[.fffffff]), or a
 * plain number of days ("90"). "Never" (2147483647, null) is the caller's to know. */
int pe_time_parse_duration(const char *text, size_t length, int64_t *seconds,
                           enum pe_time_why *why);

#endif
