/* net_support.h: addresses and ranges from their texts, for tests.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef NET_SUPPORT_H
#define NET_SUPPORT_H

#include "lib/net.h"

enum { MAX_RANGES = 600 }; /* room for every set of a test */

/* Fails the test when the text is refused. */
struct pe_net_entry parse(const char *text);

/* The ranges of all texts up to a NULL, neither sorted nor merged; those of one text are tagged
 * with how many came before. */
size_t parse_set(const char *const *texts, struct pe_net_range *ranges);

#define SET(...) ((const char *const[]){__VA_ARGS__, NULL})

bool covers_internet(const char *const *texts);

#endif
