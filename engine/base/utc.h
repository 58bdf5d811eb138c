/* utc.h: a time of RFC 3339, said in UTC, for formats that take fewer zones than there are.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_BASE_UTC_H
#define PE_BASE_UTC_H

#include <stdbool.h>

enum { PE_UTC_SIZE = 32 }; /* 2026-11-20T00:00:00.123456789Z and its NUL */

/* Whether the text is a time with its zone in the years 1900 to 2999 (of UTC), which is then
 * written as 2026-11-20T00:00:00Z: the digits of a fraction as they stand, at most nine; a leap
 * second as the second before it. Times so written are in order of time as texts where none or
 * all have as many digits of fraction. */
bool pe_utc_of(const char *rfc3339, char out[PE_UTC_SIZE]);

#endif
