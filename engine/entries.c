/* entries.c: what reading waivers and reading settings share. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "entries.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/suggest.h"

int pe_entries_each(struct pe_entries *e, const unsigned char *bytes, size_t length,
                    int (*read)(struct pe_entries *e), struct pe_err *err)
{
    int result;

    *e = (struct pe_entries){.err = err};
    if (pe_snapshot_read(bytes, length, PE_MAX_ENTRIES_BYTES, &e->file, err) != 0)
        return -1;
    result = read(e);
    if (pe_arena_failed(&e->arena))
        result = pe_err_memory(err);
    pe_snapshot_release(&e->file);
    pe_arena_release(&e->arena);
    return result;
}

int pe_entries_refuse(struct pe_entries *e, const struct pe_node *node, const char *format, ...)
{
    struct pe_place place = pe_snapshot_place(&e->file, pe_snapshot_number(&e->file, node));
    char text[600];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return pe_err_set(e->err, PE_ERR_INPUT, "line %lu, column %lu: %s", (unsigned long)place.line,
                      (unsigned long)place.column, text);
}

const char *pe_entries_copy(struct pe_entries *e, const struct pe_node *node)
{
    struct pe_buf scratch = {0};
    const char *bytes, *copy = NULL;
    size_t length;

    if (pe_json_string(&e->file.json, node, &bytes, &length, &scratch))
        copy = pe_arena_strn(&e->arena, bytes, length);
    e->arena.failed |= pe_buf_failed(&scratch);
    pe_buf_release(&scratch);
    return copy;
}

static int check_key(struct pe_entries *e, const struct pe_node *key, const char *what,
                     const char *const *keys, size_t count)
{
    const char *given, *like;

    for (size_t i = 0; i < count; i++)
        if (pe_json_equals(&e->file.json, key, keys[i], strlen(keys[i])))
            return 0;
    given = pe_entries_copy(e, key);
    like = given == NULL ? NULL : pe_suggest(given, keys, count);
    return pe_entries_refuse(e, key, "%s has no such key%s%s%s", what,
                             like == NULL ? "" : " (did you mean \"", like == NULL ? "" : like,
                             like == NULL ? "" : "\"?)");
}

int pe_entries_object(struct pe_entries *e, const struct pe_node *node, const char *what,
                      const char *const *keys, size_t count)
{
    const struct pe_json *json = &e->file.json;
    const struct pe_node *key;

    if (pe_node_type(node) != PE_OBJECT)
        return pe_entries_refuse(e, node, "%s is an object", what);
    for (key = pe_json_first(json, node); key != NULL;
         key = pe_json_next(json, pe_json_next(json, key)))
        if (check_key(e, key, what, keys, count) != 0)
            return -1;
    return 0;
}

const struct pe_node *pe_entries_member(struct pe_entries *e, const struct pe_node *object,
                                        const char *key)
{
    return pe_json_member(&e->file.json, object, key, strlen(key));
}

int pe_entries_text(struct pe_entries *e, const struct pe_node *object, const char *key,
                    bool required, size_t most, const char **text)
{
    const struct pe_node *node = pe_entries_member(e, object, key);
    const char *copy;

    if (node == NULL && required)
        return pe_entries_refuse(e, object, "\"%s\" is missing", key);
    if (node == NULL)
        return 0;
    if (pe_node_type(node) != PE_STRING)
        return pe_entries_refuse(e, node, "\"%s\" is a text", key);
    copy = pe_entries_copy(e, node);
    if (copy == NULL)
        return pe_err_memory(e->err);
    if (copy[strspn(copy, " \t\r\n")] == '\0')
        return pe_entries_refuse(e, node, "\"%s\" is empty", key);
    if (strlen(copy) > most)
        return pe_entries_refuse(e, node, "\"%s\" is longer than %zu bytes", key, most);
    *text = copy;
    return 0;
}
