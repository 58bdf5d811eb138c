/* sample_golden.c: renders a run and compares it with what it gave before. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample_run.h"

char *sample_render(const struct pe_run *run, const char *report, struct pe_style style)
{
    const struct pe_report *format = pe_report_find(report);
    struct pe_err err = {0};
    char *text;
    size_t length;

    assert_non_null(format);
    if (pe_render(format, run, &style, &text, &length, &err) != 0)
        fail_msg("%s", err.text);
    assert_int_equal(strlen(text), length);
    return text;
}

static char *read_golden(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 20);

    assert_non_null(text);
    if (file == NULL)
        fail_msg("cannot read %s; PE_GOLDEN_UPDATE=1 writes it", path);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

static void write_golden(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

void sample_check(const struct pe_run *run, const char *report, struct pe_style style,
                  const char *golden)
{
    char path[512], *text = sample_render(run, report, style), *expected;

    snprintf(path, sizeof path, "%s/golden/%s", PE_TEST_DIR, golden);
    if (getenv("PE_GOLDEN_UPDATE") != NULL) {
        write_golden(path, text);
    } else {
        expected = read_golden(path);
        assert_string_equal(text, expected);
        free(expected);
    }
    free(text);
}
