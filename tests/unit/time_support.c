/* time_support.c: see time_support.h. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "time_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

const struct pe_time_zone time_utc = {0}, time_tokyo = {9 * 3600};

struct pe_time_instant time_of(const char *text)
{
    struct pe_time_instant at;
    enum pe_time_why why;

    if (pe_time_parse(text, strlen(text), &at, &why) != 0)
        fail_msg("%s: %s", text, pe_time_why_text(why).en);
    return at;
}

void check_prints(struct pe_time_instant at, struct pe_time_zone zone, const char *want)
{
    char text[PE_TIME_TEXT_BYTES];
    enum pe_time_why why;

    assert_int_equal(pe_time_print(at, zone, text, &why), 0);
    assert_string_equal(text, want);
}
