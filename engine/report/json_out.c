/* json_out.c: JSON that leaves the program, built with jansson. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_out.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"

/* In the tree a raw text is a string: a mark, and its number. A string of somebody else's that
 * begins with the mark is made raw itself, so no other string in the tree does. U+FDD0 is a
 * noncharacter, meant for such inner use. */
#define MARK "\xEF\xB7\x90"

struct pe_json_raw {
    const char *json;
    size_t length;
};

void pe_json_out_put(struct pe_json_out *out, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        out->failed = true;
}

void pe_json_out_put_named(struct pe_json_out *out, json_t *object, const char *name, json_t *value)
{
    struct pe_buf key = {0};

    pe_escape_adds(&key, name);
    if (pe_buf_failed(&key)) {
        json_decref(value);
        out->failed = true;
    } else {
        pe_json_out_put(out, object, key.data == NULL ? "" : key.data, value);
    }
    pe_buf_release(&key);
}

void pe_json_out_append(struct pe_json_out *out, json_t *list, json_t *value)
{
    if (json_array_append_new(list, value) != 0)
        out->failed = true;
}

/* json lives in the arena, or as long as the run. */
static json_t *make_raw(struct pe_json_out *out, const char *json, size_t length)
{
    char name[sizeof MARK + 24];
    struct pe_json_raw *raws =
        pe_arena_grow(&out->arena, out->raws, out->raw_count, &out->raw_room, sizeof *raws);

    if (raws == NULL)
        return NULL;
    out->raws = raws;
    out->raws[out->raw_count] = (struct pe_json_raw){json, length};
    snprintf(name, sizeof name, MARK "%zu", out->raw_count++);
    return json_string_nocheck(name);
}

/* A string that begins with the mark, as JSON text of its own. */
static json_t *make_marked(struct pe_json_out *out, const struct pe_buf *text)
{
    json_t *string = json_stringn(text->data, text->length), *raw = NULL;
    char *dumped = json_dumps(string, JSON_ENCODE_ANY), *kept = pe_arena_str(&out->arena, dumped);

    if (kept != NULL)
        raw = make_raw(out, kept, strlen(kept));
    free(dumped);
    json_decref(string);
    return raw;
}

static json_t *make_string(struct pe_json_out *out, const char *text, size_t length, bool cut)
{
    struct pe_buf valid = {0};
    json_t *result;

    pe_escape_add_utf8(&valid, text, length);
    pe_buf_adds(&valid, cut ? "…" : "");
    if (pe_buf_failed(&valid))
        result = NULL;
    else if (strncmp(valid.data, MARK, strlen(MARK)) == 0)
        result = make_marked(out, &valid);
    else
        result = json_stringn_nocheck(valid.data, valid.length);
    pe_buf_release(&valid);
    return result;
}

json_t *pe_json_out_string(struct pe_json_out *out, const char *text)
{
    return text == NULL ? json_null() : make_string(out, text, strlen(text), false);
}

json_t *pe_json_out_take(struct pe_json_out *out, struct pe_buf *text)
{
    json_t *string = pe_json_out_string(out, text->data == NULL ? "" : text->data);

    out->failed = out->failed || pe_buf_failed(text);
    pe_buf_release(text);
    return string;
}

json_t *pe_json_out_text(struct pe_json_out *out, struct pe_text text)
{
    json_t *object = json_object();

    pe_json_out_put(out, object, "en", pe_json_out_string(out, pe_text_in(text, PE_EN)));
    pe_json_out_put(out, object, "ja", pe_json_out_string(out, pe_text_in(text, PE_JA)));
    return object;
}

/* The value as a string, at most so many bytes of it, whole code points. */
static json_t *make_shortened(struct pe_json_out *out, const char *json, size_t length)
{
    size_t kept = length < PE_JSON_VALUE_BYTES ? length : PE_JSON_VALUE_BYTES;

    while (kept < length && kept > 0 && ((unsigned char)json[kept] & 0xC0) == 0x80)
        kept--;
    return make_string(out, json, kept, kept < length);
}

static bool is_embeddable(const char *json, size_t length)
{
    return length <= PE_JSON_VALUE_BYTES && pe_json_out_is_value(json, length);
}

json_t *pe_json_out_value(struct pe_json_out *out, const char *json)
{
    size_t length = json == NULL ? 0 : strlen(json);

    if (json == NULL)
        return json_null();
    return is_embeddable(json, length) ? make_raw(out, json, length)
                                       : make_shortened(out, json, length);
}

void pe_json_out_put_value(struct pe_json_out *out, json_t *object, const char *json)
{
    if (json != NULL)
        pe_json_out_put(out, object, is_embeddable(json, strlen(json)) ? "value" : "value_text",
                        pe_json_out_value(out, json));
}

/* ---- writing ---- */

static int add_chunk(const char *chunk, size_t length, void *data)
{
    struct pe_buf *buf = data;

    pe_buf_add(buf, chunk, length);
    return pe_buf_failed(buf) ? -1 : 0;
}

/* The string that stands for a raw text, from its opening quote on: adds the raw text and returns
 * the length of the string. */
static size_t add_raw(const struct pe_json_out *out, const char *quote, struct pe_buf *buf)
{
    char *end;
    size_t number = strtoul(quote + 1 + strlen(MARK), &end, 10);

    assert(number < out->raw_count && *end == '"');
    pe_escape_add_json(buf, out->raws[number].json, out->raws[number].length);
    return (size_t)(end + 1 - quote);
}

/* Only an opening quote can stand before the mark: a closing one is followed by ASCII, and one
 * within a string has a backslash before it. */
static const char *find_raw(const char *text, const char *begin)
{
    const char *found = strstr(text, "\"" MARK);

    while (found != NULL && found > begin && found[-1] == '\\')
        found = strstr(found + 1, "\"" MARK);
    return found;
}

static void add_with_raws(const struct pe_json_out *out, const char *text, struct pe_buf *buf)
{
    const char *begin = text, *found;

    while ((found = find_raw(text, begin)) != NULL) {
        pe_escape_add_json(buf, text, (size_t)(found - text));
        text = found + add_raw(out, found, buf);
    }
    pe_escape_add_json(buf, text, strlen(text));
}

static bool write_as(struct pe_json_out *out, json_t *root, size_t flags, struct pe_buf *buf)
{
    struct pe_buf dumped = {0};
    bool failed = out->failed || root == NULL || pe_arena_failed(&out->arena);

    failed = failed || json_dump_callback(root, add_chunk, &dumped, flags) != 0;
    if (!failed && dumped.data != NULL)
        add_with_raws(out, dumped.data, buf);
    pe_buf_addc(buf, '\n');
    failed = failed || pe_buf_failed(&dumped) || pe_buf_failed(buf);
    pe_buf_release(&dumped);
    json_decref(root);
    return !failed;
}

bool pe_json_out_write(struct pe_json_out *out, json_t *root, struct pe_buf *buf)
{
    return write_as(out, root, JSON_INDENT(2), buf);
}

bool pe_json_out_write_compact(struct pe_json_out *out, json_t *root, struct pe_buf *buf)
{
    return write_as(out, root, JSON_COMPACT, buf);
}

bool pe_json_out_write_indented(struct pe_json_out *out, json_t *root, unsigned indent,
                                struct pe_buf *buf)
{
    return write_as(out, root, JSON_INDENT(indent), buf);
}

void pe_json_out_release(struct pe_json_out *out)
{
    pe_arena_release(&out->arena);
    *out = (struct pe_json_out){0};
}
