/* json_support.c: texts and values for the tests of the JSON reader. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "json_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct pe_json read_json(const char *text)
{
    struct pe_json json = {0};
    struct pe_err err = {0};

    if (pe_json_read(text, strlen(text), &json, &err) != 0)
        fail_msg("refused: %s", err.text);
    return json;
}

void check_refused(const char *text, size_t length, const char *why)
{
    struct pe_json json = {0};
    struct pe_err err = {0};

    if (pe_json_read(text, length, &json, &err) == 0)
        fail_msg("accepted, though: %s", why);
    assert_int_equal(err.kind, PE_ERR_INPUT);
    assert_string_equal(err.text, why);
    assert_null(json.nodes);
}

bool json_accepts(const char *text)
{
    struct pe_json json;

    if (pe_json_read(text, strlen(text), &json, NULL) != 0)
        return false;
    pe_json_release(&json);
    return true;
}

char *repeat(const char *part, size_t count, const char *rest)
{
    struct pe_buf buf = {0};

    for (size_t i = 0; i < count; i++)
        pe_buf_adds(&buf, part);
    pe_buf_adds(&buf, rest);
    assert_false(pe_buf_failed(&buf));
    return buf.data;
}

char *object_of(unsigned count, const char *rest)
{
    struct pe_buf buf = {0};

    for (unsigned i = 0; i < count; i++)
        pe_buf_printf(&buf, "%s\"key%u\":%u", i == 0 ? "{" : ",", i, i);
    pe_buf_printf(&buf, "%s}", rest);
    assert_false(pe_buf_failed(&buf));
    return buf.data;
}

const struct pe_node *member(const struct pe_json *json, const struct pe_node *object,
                             const char *key)
{
    return pe_json_member(json, object, key, strlen(key));
}

void check_string(const struct pe_json *json, const struct pe_node *node, const char *expected,
                  size_t length)
{
    struct pe_buf scratch = {0};
    const char *bytes;
    size_t found;

    assert_true(pe_json_string(json, node, &bytes, &found, &scratch));
    assert_int_equal(found, length);
    assert_memory_equal(bytes, expected, length);
    assert_true(pe_json_equals(json, node, expected, length));
    pe_buf_release(&scratch);
}
