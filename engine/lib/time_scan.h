/* time_scan.h: the pieces that time*.c share; not for others.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_LIB_TIME_SCAN_H
#define PE_LIB_TIME_SCAN_H

#include "lib/time.h"

#define PE_TIME_FIRST_SECOND INT64_C(-62135596800) /* 0001-01-01T00:00:00Z */
#define PE_TIME_LAST_SECOND INT64_C(253402300799)  /* 9999-12-31T23:59:59Z */

struct pe_time_scan {
    const char *next, *end;
};

int pe_time_refuse(enum pe_time_why *why, enum pe_time_why reason); /* -1 */

/* Exactly so many decimal digits. */
int pe_time_scan_digits(struct pe_time_scan *scan, unsigned digits, int *number);

/* The byte c, in the case given. */
bool pe_time_scan_is(struct pe_time_scan *scan, char c);

/* "+09:00", hours to 23 and minutes to 59 (RFC 3339 5.6 time-numoffset), in seconds. */
int pe_time_scan_offset(struct pe_time_scan *scan, int32_t *offset);

/* ".5" to ".123456789", or nothing, in nanoseconds; -1 for a point with 0 or over 9 digits. */
int pe_time_scan_fraction(struct pe_time_scan *scan, int32_t *nanoseconds);

#endif
