/* net_support.c: addresses and ranges from their texts, for tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "net_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct pe_net_entry parse(const char *text)
{
    struct pe_net_entry entry;
    enum pe_net_why why;

    if (pe_net_parse(text, strlen(text), &entry, &why) != 0)
        fail_msg("%s: %s", text, pe_net_why_text(why).en);
    return entry;
}

size_t parse_set(const char *const *texts, struct pe_net_range *ranges)
{
    size_t count = 0;

    for (; *texts != NULL; texts++) {
        struct pe_net_entry entry = parse(*texts);

        count += pe_net_ranges(&entry, (uint32_t)count, ranges + count);
    }
    return count;
}

bool covers_internet(const char *const *texts)
{
    struct pe_net_range ranges[MAX_RANGES];
    size_t count = pe_net_merge(ranges, parse_set(texts, ranges));

    return pe_net_covers_internet(ranges, count);
}
