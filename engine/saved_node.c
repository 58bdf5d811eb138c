/* saved_node.c: the members of a saved result, asked for one by one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "saved_node.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"

bool pe_saved_bad(const struct pe_saved_reader *r)
{
    return r->err.kind != PE_ERR_NONE;
}

void pe_saved_refuse(struct pe_saved_reader *r, const struct pe_node *node, const char *format, ...)
{
    struct pe_place place;
    char text[200];
    va_list args;

    if (node == NULL || pe_saved_bad(r))
        return;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    place = pe_snapshot_place(&r->file, pe_snapshot_number(&r->file, node));
    pe_err_set(&r->err, PE_ERR_INPUT, "line %u, column %u: %s", (unsigned)place.line,
               (unsigned)place.column, text);
}

static void run_out(struct pe_saved_reader *r)
{
    if (!pe_saved_bad(r))
        pe_err_memory(&r->err);
}

void *pe_saved_array(struct pe_saved_reader *r, size_t count, size_t size)
{
    void *array = pe_arena_array(r->arena, count + 1, size);

    if (array == NULL)
        run_out(r);
    return array;
}

/* ---- members ---- */

static bool is_among(const struct pe_saved_reader *r, const struct pe_node *key,
                     const char *const *names)
{
    for (; *names != NULL; names++)
        if (pe_json_equals(&r->file.json, key, *names, strlen(*names)))
            return true;
    return false;
}

void pe_saved_pass_over(struct pe_saved_reader *r, const struct pe_node *node)
{
    struct pe_place place;

    if (r->saved->strange++ > 0)
        return;
    place = pe_snapshot_place(&r->file, pe_snapshot_number(&r->file, node));
    r->saved->at_line = place.line;
    r->saved->at_column = place.column;
}

void pe_saved_members(struct pe_saved_reader *r, const struct pe_node *object,
                      const char *const *names)
{
    const struct pe_json *json = &r->file.json;
    const struct pe_node *key = object == NULL ? NULL : pe_json_first(json, object), *value;

    for (; key != NULL; key = pe_json_next(json, value)) {
        value = pe_json_next(json, key);
        if (!is_among(r, key, names))
            pe_saved_pass_over(r, key);
    }
}

const struct pe_node *pe_saved_find(struct pe_saved_reader *r, const struct pe_node *object,
                                    const char *name)
{
    if (object == NULL || pe_saved_bad(r))
        return NULL;
    return pe_json_member(&r->file.json, object, name, strlen(name));
}

const struct pe_node *pe_saved_get(struct pe_saved_reader *r, const struct pe_node *object,
                                   const char *name)
{
    const struct pe_node *node = pe_saved_find(r, object, name);

    if (node == NULL)
        pe_saved_refuse(r, object, "the member %s is missing", name);
    return node;
}

static const struct pe_node *typed(struct pe_saved_reader *r, const struct pe_node *object,
                                   const char *name, enum pe_type type, const char *what)
{
    const struct pe_node *node = pe_saved_get(r, object, name);

    if (node == NULL || pe_node_type(node) == type)
        return node;
    pe_saved_refuse(r, node, "%s is not %s", name, what);
    return NULL;
}

const struct pe_node *pe_saved_object(struct pe_saved_reader *r, const struct pe_node *object,
                                      const char *name)
{
    return typed(r, object, name, PE_OBJECT, "an object");
}

const struct pe_node *pe_saved_list(struct pe_saved_reader *r, const struct pe_node *object,
                                    const char *name, size_t *count)
{
    const struct pe_node *list = typed(r, object, name, PE_LIST, "a list");

    *count = list == NULL ? 0 : pe_node_count(list);
    if (*count <= PE_MAX_SAVED_ITEMS)
        return list;
    pe_saved_refuse(r, list, "%s has more than %d elements", name, PE_MAX_SAVED_ITEMS);
    *count = 0;
    return NULL;
}

const char *pe_saved_chars(struct pe_saved_reader *r, const struct pe_node *node)
{
    const char *bytes, *copy = NULL;
    size_t length;

    if (node == NULL || pe_saved_bad(r))
        return NULL;
    if (pe_json_string(&r->file.json, node, &bytes, &length, &r->scratch))
        copy = pe_arena_strn(r->arena, bytes, length);
    if (copy == NULL)
        run_out(r);
    return copy;
}

const char *pe_saved_string(struct pe_saved_reader *r, const struct pe_node *object,
                            const char *name)
{
    const char *chars = pe_saved_chars(r, typed(r, object, name, PE_STRING, "a string"));

    return chars == NULL ? "" : chars;
}

const char *pe_saved_string_or_null(struct pe_saved_reader *r, const struct pe_node *object,
                                    const char *name)
{
    const struct pe_node *node = pe_saved_get(r, object, name);

    if (node == NULL || pe_node_type(node) == PE_NULL)
        return NULL;
    return pe_saved_string(r, object, name);
}

uint64_t pe_saved_count(struct pe_saved_reader *r, const struct pe_node *object, const char *name)
{
    const struct pe_node *node = typed(r, object, name, PE_INTEGER, "a whole number");
    int64_t number = node == NULL ? 0 : pe_json_integer(&r->file.json, node);

    if (number < 0 || number > INT64_C(1) << 53) {
        pe_saved_refuse(r, node, "%s is out of range", name);
        return 0;
    }
    return (uint64_t)number;
}

struct pe_text pe_saved_text(struct pe_saved_reader *r, const struct pe_node *object,
                             const char *name)
{
    const struct pe_node *text = pe_saved_object(r, object, name);

    pe_saved_members(r, text, (const char *const[]){"en", "ja", NULL});
    return (struct pe_text){pe_saved_string(r, text, "en"), pe_saved_string(r, text, "ja")};
}

struct pe_strings pe_saved_strings(struct pe_saved_reader *r, const struct pe_node *object,
                                   const char *name)
{
    const struct pe_json *json = &r->file.json;
    size_t count, i = 0;
    const struct pe_node *list = pe_saved_list(r, object, name, &count), *item;
    const char **items = pe_saved_array(r, count, sizeof *items);

    item = list == NULL || items == NULL ? NULL : pe_json_first(json, list);
    for (; item != NULL && !pe_saved_bad(r); item = pe_json_next(json, item)) {
        if (pe_node_type(item) != PE_STRING)
            pe_saved_refuse(r, item, "%s has an element that is not a string", name);
        else
            items[i++] = pe_saved_chars(r, item);
    }
    return (struct pe_strings){items, pe_saved_bad(r) ? 0 : count};
}

void pe_saved_sha256(struct pe_saved_reader *r, const struct pe_node *object, const char *name,
                     char hex[65])
{
    const char *text = pe_saved_string(r, object, name);

    if (strspn(text, "0123456789abcdef") == 64 && text[64] == '\0')
        memcpy(hex, text, 65);
    else
        pe_saved_refuse(r, pe_saved_find(r, object, name),
                        "%s is not 64 digits of 0 to 9 and a to f", name);
}

unsigned pe_saved_word(struct pe_saved_reader *r, const struct pe_node *object, const char *name,
                       const char *const *words, unsigned count)
{
    const struct pe_node *node = typed(r, object, name, PE_STRING, "a string");

    for (unsigned i = 0; node != NULL && i < count; i++)
        if (words[i] != NULL && pe_json_equals(&r->file.json, node, words[i], strlen(words[i])))
            return i;
    pe_saved_refuse(r, node, "%s is none of the words that it can be", name);
    return 0;
}

unsigned pe_saved_status(struct pe_saved_reader *r, const struct pe_node *object, const char *name)
{
    const char *words[PE_STATUS_COUNT];

    for (unsigned i = 0; i < PE_STATUS_COUNT; i++)
        words[i] = pe_status_word((enum pe_status)i);
    return pe_saved_word(r, object, name, words, PE_STATUS_COUNT);
}

unsigned pe_saved_severity(struct pe_saved_reader *r, const struct pe_node *object)
{
    const char *words[PE_SEVERITY_COUNT];

    for (unsigned i = 0; i < PE_SEVERITY_COUNT; i++)
        words[i] = pe_severity_word((enum pe_severity)i);
    return pe_saved_word(r, object, "severity", words, PE_SEVERITY_COUNT);
}

unsigned pe_saved_owner(struct pe_saved_reader *r, const struct pe_node *object, const char *name)
{
    const char *words[PE_OWNER_COUNT];

    for (unsigned i = 0; i < PE_OWNER_COUNT; i++)
        words[i] = pe_owner_word((enum pe_owner)i);
    return pe_saved_word(r, object, name, words, PE_OWNER_COUNT);
}

const char *pe_saved_pointer(struct pe_saved_reader *r, const struct pe_node *object,
                             const char *name, bool or_null)
{
    const char *pointer =
        or_null ? pe_saved_string_or_null(r, object, name) : pe_saved_string(r, object, name);

    if (pointer != NULL && pointer[0] != '\0' && pointer[0] != '/')
        pe_saved_refuse(r, pe_saved_find(r, object, name), "%s is not a JSON Pointer", name);
    return pointer;
}

static uint32_t position(struct pe_saved_reader *r, const struct pe_node *object, const char *name)
{
    const struct pe_node *node = pe_saved_get(r, object, name);
    uint64_t number;

    if (node == NULL || pe_node_type(node) == PE_NULL)
        return 0;
    number = pe_saved_count(r, object, name);
    if (number == 0 || number > UINT32_MAX)
        pe_saved_refuse(r, node, "%s is out of range", name);
    return pe_saved_bad(r) ? 0 : (uint32_t)number;
}

struct pe_place pe_saved_place(struct pe_saved_reader *r, const struct pe_node *object)
{
    struct pe_place place = {.line = position(r, object, "line"),
                             .column = position(r, object, "column")};

    if ((place.line == 0) != (place.column == 0))
        pe_saved_refuse(r, object, "line and column are not both there");
    return place;
}

/* ---- raw values ---- */

/* Behind the bracket that closes the one at `at`; the text was read, so there is one. */
static const char *end_of_container(const char *at)
{
    size_t depth = 0;

    do {
        if (*at == '[' || *at == '{') {
            depth++;
        } else if (*at == ']' || *at == '}') {
            depth--;
        } else if (*at == '"') {
            for (at++; *at != '"'; at++)
                at += *at == '\\';
        }
        at++;
    } while (depth > 0);
    return at;
}

const char *pe_saved_raw(struct pe_saved_reader *r, const struct pe_node *node)
{
    const char *at, *copy;
    size_t length;

    if (node == NULL || pe_saved_bad(r))
        return NULL;
    at = r->file.json.text + pe_node_offset(node);
    length = pe_node_holds(node) ? (size_t)(end_of_container(at) - at) : node->size;
    copy = pe_arena_strn(r->arena, at, length);
    if (copy == NULL)
        run_out(r);
    return copy;
}

/* ---- lists of objects ---- */

static const struct pe_node *need_object(struct pe_saved_reader *r, const struct pe_node *node)
{
    if (node == NULL || pe_saved_bad(r))
        return NULL;
    if (pe_node_type(node) == PE_OBJECT)
        return node;
    pe_saved_refuse(r, node, "an element is not an object");
    return NULL;
}

const struct pe_node *pe_saved_first(struct pe_saved_reader *r, const struct pe_node *list)
{
    return list == NULL ? NULL : need_object(r, pe_json_first(&r->file.json, list));
}

const struct pe_node *pe_saved_next(struct pe_saved_reader *r, const struct pe_node *object)
{
    return need_object(r, pe_json_next(&r->file.json, object));
}
