/* folder_support.c: a folder of its own for each test, gone afterwards. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "folder_support.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];

int folder_enter(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/policyeval-test-XXXXXX");
    return mkdtemp(folder) == NULL || chdir(folder) != 0 ? -1 : 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

int folder_leave(void **state)
{
    (void)state;
    if (chdir("/") != 0 || strncmp(folder, "/tmp/policyeval-test-", 21) != 0)
        return -1;
    return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void folder_put(const char *path, const char *text)
{
    char part[256];
    FILE *file;

    for (const char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        snprintf(part, sizeof part, "%.*s", (int)(slash - path), path);
        mkdir(part, 0700);
    }
    file = fopen(path, "w");
    if (file == NULL)
        fail_msg("cannot write %s", path);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}
