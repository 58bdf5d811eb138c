/* waiver_support.c: see waiver_support.h. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "waiver_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "folder_support.h"

char *waiver_file(const char *const *waivers)
{
    static char text[8192];
    size_t used = (size_t)snprintf(text, sizeof text, "{\"zone\": \"Asia/Tokyo\", \"waivers\": [");

    for (size_t i = 0; waivers[i] != NULL; i++)
        used +=
            (size_t)snprintf(text + used, sizeof text - used,
                             "%s{\"id\": \"W%zu\", \"control\": \"1.1\", " WAIVER_ANSWER "%s%s}",
                             i == 0 ? "" : ",", i + 1, *waivers[i] == '\0' ? "" : ", ", waivers[i]);
    snprintf(text + used, sizeof text - used, "]}");
    return text;
}

struct pe_waivers *waiver_load(const char *text)
{
    struct pe_waivers *waivers;
    struct pe_err err;

    folder_put("w.json", text);
    if (pe_waivers_load("w.json", NULL, &waivers, &err) != 0)
        fail_msg("%s", err.text);
    return waivers;
}
