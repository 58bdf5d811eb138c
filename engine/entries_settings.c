/* entries_settings.c: reads a configuration file: one object of settings. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "entries.h"

#include <string.h>

struct reading {
    struct pe_entries e;
    struct pe_out *out;
};

/* A text as it is, a number as it stands there, true and false by their names. */
static const char *word_of(struct reading *r, const struct pe_node *node)
{
    const struct pe_snapshot *file = &r->e.file;

    switch (pe_node_type(node)) {
    case PE_STRING:
        return pe_entries_copy(&r->e, node);
    case PE_INTEGER:
    case PE_REAL:
        return pe_arena_strn(&r->e.arena, file->json.text + pe_node_offset(node), node->size);
    case PE_TRUE:
        return "true";
    case PE_FALSE:
        return "false";
    default:
        return NULL;
    }
}

static int read_word(struct reading *r, const struct pe_node *node, const char **word)
{
    const char *text;

    if (pe_node_holds(node) || pe_node_type(node) == PE_NULL)
        return pe_entries_refuse(&r->e, node, "expected a text, a number, true or false here");
    text = word_of(r, node);
    if (text == NULL)
        return pe_err_memory(r->e.err);
    if (*text == '\0')
        return pe_entries_refuse(&r->e, node, "this is empty");
    if (strlen(text) > PE_MAX_ENTRY_TEXT_BYTES)
        return pe_entries_refuse(&r->e, node, "this is longer than %d bytes",
                                 PE_MAX_ENTRY_TEXT_BYTES);
    *word = text;
    return 0;
}

/* ---- values ---- */

static int read_list(struct reading *r, const struct pe_node *list, const char **words,
                     size_t *count)
{
    const struct pe_json *json = &r->e.file.json;

    for (const struct pe_node *node = pe_json_first(json, list); node != NULL;
         node = pe_json_next(json, node))
        if (read_word(r, node, &words[(*count)++]) != 0)
            return -1;
    return 0;
}

/* {"max_addresses": 16} is "max_addresses=16"; elements of a list get commas between. */
static int read_pair(struct reading *r, const struct pe_node *key, const struct pe_node *value,
                     const char **pair)
{
    const struct pe_json *json = &r->e.file.json;
    struct pe_buf text = {0};
    const char *name = pe_entries_copy(&r->e, key), *word = NULL;
    const struct pe_node *node =
        pe_node_type(value) == PE_LIST ? pe_json_first(json, value) : value;
    int result = node == NULL ? pe_entries_refuse(&r->e, value, "this list is empty") : 0;

    pe_buf_printf(&text, "%s=", name == NULL ? "" : name);
    for (size_t i = 0; result == 0 && node != NULL; i++) {
        result = read_word(r, node, &word);
        pe_buf_printf(&text, "%s%s", i == 0 ? "" : ",", word == NULL ? "" : word);
        node = node == value ? NULL : pe_json_next(json, node);
    }
    *pair = pe_arena_take(&r->e.arena, &text);
    return result;
}

static int read_pairs(struct reading *r, const struct pe_node *object, const char **words,
                      size_t *count)
{
    const struct pe_json *json = &r->e.file.json;
    const struct pe_node *key, *value;

    for (key = pe_json_first(json, object); key != NULL; key = pe_json_next(json, value)) {
        value = pe_json_next(json, key);
        if (read_pair(r, key, value, &words[(*count)++]) != 0)
            return -1;
    }
    return 0;
}

/* ---- settings ---- */

static int read_values(struct reading *r, const struct pe_node *node, const char **words,
                       size_t *count)
{
    if (pe_node_type(node) == PE_LIST)
        return read_list(r, node, words, count);
    if (pe_node_type(node) == PE_OBJECT)
        return read_pairs(r, node, words, count);
    return read_word(r, node, &words[(*count)++]);
}

static enum pe_setting_kind kind_of(const struct pe_node *node)
{
    if (pe_node_holds(node))
        return PE_SETTING_LIST;
    return pe_node_type(node) == PE_TRUE || pe_node_type(node) == PE_FALSE ? PE_SETTING_SWITCH
                                                                           : PE_SETTING_WORD;
}

static int read_setting(struct reading *r, const struct pe_node *key, const struct pe_node *value)
{
    struct pe_place place = pe_snapshot_place(&r->e.file, pe_snapshot_number(&r->e.file, key));
    size_t room = pe_node_holds(value) ? pe_node_count(value) : 1, count = 0;
    const char *name = pe_entries_copy(&r->e, key), **words;

    if (room == 0 || room > PE_MAX_SETTING_VALUES)
        return pe_entries_refuse(&r->e, value, "expected 1 to %d values here",
                                 PE_MAX_SETTING_VALUES);
    words = pe_arena_array(&r->e.arena, room, sizeof *words);
    if (name == NULL || words == NULL)
        return pe_err_memory(r->e.err);
    if (read_values(r, value, words, &count) != 0)
        return -1;
    pe_out_begin(r->out, PE_RECORD_ENTRY);
    pe_out_string(r->out, name);
    pe_out_u32(r->out, kind_of(value));
    pe_out_u32(r->out, pe_node_type(value) == PE_TRUE);
    pe_out_strings(r->out, &(struct pe_strings){words, count});
    pe_out_u32(r->out, place.line);
    pe_out_u32(r->out, place.column);
    pe_out_end(r->out);
    return 0;
}

static int read_file(struct pe_entries *e)
{
    struct reading *r = (struct reading *)e;
    const struct pe_json *json = &r->e.file.json;
    const struct pe_node *root = json->nodes, *key, *value;

    if (pe_node_type(root) != PE_OBJECT)
        return pe_entries_refuse(&r->e, root, "a configuration file is one object");
    if (pe_node_count(root) > PE_MAX_SETTINGS)
        return pe_entries_refuse(&r->e, root, "more than %d settings", PE_MAX_SETTINGS);
    for (key = pe_json_first(json, root); key != NULL; key = pe_json_next(json, value)) {
        value = pe_json_next(json, key);
        if (read_setting(r, key, value) != 0)
            return -1;
    }
    return 0;
}

int pe_entries_settings(const unsigned char *bytes, size_t length, struct pe_out *out,
                        struct pe_err *err)
{
    struct reading r = {.out = out};

    return pe_entries_each(&r.e, bytes, length, read_file, err);
}
