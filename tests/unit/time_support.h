/* time_support.h: instants for the tests of times.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TIME_SUPPORT_H
#define TIME_SUPPORT_H

#include "lib/time.h"

extern const struct pe_time_zone time_utc, time_tokyo;

/* Fails the test when the timestamp is refused. */
struct pe_time_instant time_of(const char *text);

/* Fails the test unless the instant is printed so. */
void check_prints(struct pe_time_instant at, struct pe_time_zone zone, const char *want);

#endif
