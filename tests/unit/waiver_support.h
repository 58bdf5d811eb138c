/* waiver_support.h: files of waivers, in the folder of a test.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef WAIVER_SUPPORT_H
#define WAIVER_SUPPORT_H

#include "policyeval.h"

/* What every waiver must say besides its id and its control. */
#define WAIVER_ANSWER                                                                              \
    "\"reason\": \"r\", \"owner\": \"o\", \"approver\": \"p\", \"expires\": \"2026-12-31\""

/* The members of waivers, each put into a whole file in Tokyo. Valid until the next call. */
char *waiver_file(const char *const *waivers);

/* Fails the test when the file is refused. */
struct pe_waivers *waiver_load(const char *text);

#endif
