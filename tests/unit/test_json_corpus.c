/* test_json_corpus.c: the reader, and jansson beside it, over the cases and files of tests/json. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "crosscheck.h"
#include "encoding.h"
#include "json.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { COLUMNS = 6, AT_LEAST_CASES = 300, AT_LEAST_FILES = 40 };

/* A row: its name, accept or refuse, line, column, why, and the text or a note. */
struct row {
    char *columns[COLUMNS];
};

static bool split(char *line, struct row *row)
{
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == '#' || line[0] == '\0')
        return false;
    for (int i = 0; i < COLUMNS; i++) {
        assert_non_null(line);
        row->columns[i] = i == COLUMNS - 1 ? line : strsep(&line, "\t");
    }
    return true;
}

static int for_each_row(const char *path, void (*check)(const struct row *row))
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    struct row row;
    int count = 0;

    assert_non_null(file);
    while (getline(&line, &room, file) > 0)
        if (split(line, &row)) {
            check(&row);
            count++;
        }
    free(line);
    fclose(file);
    return count;
}

/* %XX stands for a byte. Returns a copy without a byte behind it, so that reading too far shows. */
static char *unquote(const char *text, size_t *length)
{
    char *bytes = malloc(strlen(text) + 1), hex[3] = "";
    size_t used = 0;

    assert_non_null(bytes);
    for (; *text != '\0'; text++) {
        if (*text == '%') {
            memcpy(hex, text + 1, 2);
            bytes[used++] = (char)strtoul(hex, NULL, 16);
            text += 2;
        } else {
            bytes[used++] = *text;
        }
    }
    *length = used;
    return used == 0 ? bytes : realloc(bytes, used);
}

static void expect_refusal(const struct row *row, const struct pe_err *err)
{
    char expected[sizeof err->text];

    snprintf(expected, sizeof expected, "line %s, column %s: %s", row->columns[2], row->columns[3],
             row->columns[4]);
    if (strcmp(err->text, expected) != 0)
        fail_msg("%s: %s, not %s", row->columns[0], err->text, expected);
    assert_int_equal(err->kind, PE_ERR_INPUT);
}

static void check_text(const struct row *row, const char *text, size_t length)
{
    struct pe_json json;
    struct pe_err err = {0};
    bool accepted = pe_json_read(text, length, &json, &err) == 0;

    if (accepted != (strcmp(row->columns[1], "accept") == 0))
        fail_msg("%s: %s", row->columns[0], accepted ? "accepted" : err.text);
    if (!accepted) {
        expect_refusal(row, &err);
        return;
    }
    if (pe_crosscheck(&json, &err) != 0)
        fail_msg("%s: %s", row->columns[0], err.text);
    pe_json_release(&json);
}

static bool jansson_accepts(const char *text, size_t length)
{
    json_error_t error;
    json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);

    json_decref(value);
    return value != NULL;
}

static void check_case(const struct row *row)
{
    size_t length;
    char *text = unquote(row->columns[5], &length);
    bool accept = strcmp(row->columns[1], "accept") == 0;

    check_text(row, text, length);
    if (jansson_accepts(text, length) != (row->columns[0][0] == 'd' ? !accept : accept))
        fail_msg("%s: jansson is of another opinion", row->columns[0]);
    free(text);
}

static void check_file(const struct row *row)
{
    char path[1024];
    struct pe_bytes bytes;
    struct pe_encoded text;

    snprintf(path, sizeof path, "%s/json/%s", PE_TEST_DIR, row->columns[0]);
    assert_int_equal(pe_file_read(path, PE_MAX_INPUT_BYTES, &bytes, NULL), 0);
    assert_int_equal(pe_encoding_to_utf8(bytes.data, bytes.length, PE_JSON_MAX_BYTES, &text, NULL),
                     0);
    check_text(row, text.text, text.length);
    pe_encoding_release(&text);
    pe_bytes_release(&bytes);
}

static void test_every_case_is_judged_as_its_row_says_and_jansson_agrees(void **state)
{
    (void)state;
    assert_in_range(for_each_row(PE_TEST_DIR "/json/cases.tsv", check_case), AT_LEAST_CASES, 9999);
}

static void test_every_hostile_file_is_judged_as_its_row_says(void **state)
{
    (void)state;
    assert_in_range(for_each_row(PE_TEST_DIR "/json/EXPECT.tsv", check_file), AT_LEAST_FILES, 9999);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_case_is_judged_as_its_row_says_and_jansson_agrees),
        cmocka_unit_test(test_every_hostile_file_is_judged_as_its_row_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
