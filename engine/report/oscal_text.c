/* oscal_text.c: texts and properties as OSCAL takes them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/oscal_impl.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/markdown.h"
#include "base/utf8.h"

#define NS "urn:policyeval:oscal:1"

/* Version 5 of NS as a name, in the namespace for URLs. */
const struct pe_uuid pe_oscal_namespace = {{0xAF, 0x3B, 0x01, 0xCD, 0x5D, 0xA0, 0x57, 0xEC, 0xA3,
                                            0x55, 0x39, 0x52, 0x41, 0x7F, 0xC5, 0x45}};

/* The text of a buffer, which is released. */
static struct pe_json_item *take_string(struct pe_oscal *oscal, struct pe_buf *buf)
{
    struct pe_json_item *string = NULL;

    pe_buf_adds(buf, "");
    if (pe_buf_failed(buf))
        oscal->json.failed = true;
    else
        string = pe_json_out_string(&oscal->json, buf->data);
    pe_buf_release(buf);
    return string;
}

struct pe_json_item *pe_oscal_uuid(struct pe_oscal *oscal, struct pe_uuid uuid)
{
    char text[PE_UUID_SIZE];

    pe_uuid_text(uuid, text);
    return pe_json_out_string(&oscal->json, text);
}

/* ---- markup ---- */

struct pe_json_item *pe_oscal_markup(struct pe_oscal *oscal, const char *text)
{
    struct pe_buf buf = {0};

    pe_markdown_adds(&buf, text);
    return take_string(oscal, &buf);
}

struct pe_json_item *pe_oscal_text(struct pe_oscal *oscal, struct pe_text text)
{
    return pe_oscal_markup(oscal, pe_text_in(text, oscal->lang));
}

enum { MOST_ARGS = 4 };

struct pe_json_item *pe_oscal_words(struct pe_oscal *oscal, enum pe_word word,
                                    const char *const args[], size_t count)
{
    struct pe_buf escaped[MOST_ARGS] = {{0}}, buf = {0};
    const char *texts[MOST_ARGS] = {0};

    for (size_t i = 0; i < count && i < MOST_ARGS; i++) {
        pe_markdown_adds(&escaped[i], args[i]);
        pe_buf_adds(&escaped[i], "");
        if (pe_buf_failed(&escaped[i]))
            oscal->json.failed = true;
        texts[i] = escaped[i].data == NULL ? "" : escaped[i].data;
    }
    pe_words_add(&buf, oscal->lang, word, texts, count);
    for (size_t i = 0; i < MOST_ARGS; i++)
        pe_buf_release(&escaped[i]);
    return take_string(oscal, &buf);
}

/* ---- tokens and references ---- */

static bool is_unreserved(char c) /* RFC 3986 2.3 */
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~", c) != NULL);
}

static void add_token(struct pe_buf *buf, const char *text)
{
    for (; *text != '\0'; text++) {
        if (is_unreserved(*text) && *text != '~')
            pe_buf_addc(buf, *text);
        else
            pe_buf_printf(buf, "_%02X", (unsigned char)*text);
    }
}

struct pe_json_item *pe_oscal_token(struct pe_oscal *oscal, const char *pack, const char *id)
{
    struct pe_buf buf = {0};

    if (strchr("0123456789.-", pack[0]) != NULL) /* or empty */
        pe_buf_addc(&buf, '_');
    add_token(&buf, pack);
    pe_buf_addc(&buf, '-');
    add_token(&buf, id);
    return take_string(oscal, &buf);
}

/* A slash behind a slash is encoded too: two at the start would name a host. */
static void add_path(struct pe_buf *buf, const char *path)
{
    for (char before = '\0'; *path != '\0'; before = *path++) {
        if (is_unreserved(*path) || (*path == '/' && before != '/'))
            pe_buf_addc(buf, *path);
        else
            pe_buf_printf(buf, "%%%02X", (unsigned char)*path);
    }
}

struct pe_json_item *pe_oscal_href(struct pe_oscal *oscal, const char *file, const char *pointer)
{
    struct pe_buf buf = {0};

    add_path(&buf, file);
    if (pointer != NULL) {
        pe_buf_addc(&buf, '#');
        add_path(&buf, pointer);
    }
    return take_string(oscal, &buf);
}

struct pe_json_item *pe_oscal_local(struct pe_oscal *oscal, struct pe_uuid uuid)
{
    char text[PE_UUID_SIZE];
    struct pe_buf buf = {0};

    pe_uuid_text(uuid, text);
    pe_buf_printf(&buf, "#%s", text);
    return take_string(oscal, &buf);
}

/* ---- properties ---- */

static bool is_blank(uint32_t code)
{
    return code <= 0x20 || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
           code == 0x202F || code == 0x205F || code == 0x3000;
}

/* One line without a blank at its ends, harmless as it stands, and no JSON text of a string. */
static bool is_plain(const char *text, size_t length)
{
    uint32_t code = 0;

    for (size_t i = 0, size; i < length; i += size) {
        size = pe_utf8_decode(text + i, length - i, &code);
        if (size == 0 || !pe_escape_harmless(code) || (i == 0 && (code == '"' || is_blank(code))))
            return false;
    }
    return length > 0 && !is_blank(code);
}

static void append(struct pe_oscal *oscal, struct pe_json_item *list, const char *name,
                   struct pe_json_item *value)
{
    struct pe_json_item *property = pe_json_out_object(&oscal->json);

    pe_json_out_put(&oscal->json, property, "name", pe_json_out_string(&oscal->json, name));
    pe_json_out_put(&oscal->json, property, "ns", pe_json_out_string(&oscal->json, NS));
    pe_json_out_put(&oscal->json, property, "value", value);
    pe_json_out_append(&oscal->json, list, property);
}

/* As JSON text of ASCII. */
static struct pe_json_item *quote(struct pe_oscal *oscal, const struct pe_buf *text)
{
    json_t *string = json_stringn_nocheck(text->data, text->length);
    struct pe_json_item *quoted = NULL;
    char *json = json_dumps(string, JSON_ENCODE_ANY | JSON_ENSURE_ASCII);

    if (json != NULL)
        quoted = pe_json_out_string(&oscal->json, json);
    free(json);
    json_decref(string);
    return quoted;
}

void pe_oscal_prop(struct pe_oscal *oscal, struct pe_json_item *list, const char *name,
                   const char *text)
{
    struct pe_buf valid = {0};

    if (text == NULL || text[0] == '\0')
        return;
    pe_escape_add_utf8(&valid, text, strlen(text));
    if (pe_buf_failed(&valid))
        oscal->json.failed = true;
    else if (is_plain(valid.data, valid.length))
        append(oscal, list, name, pe_json_out_string(&oscal->json, valid.data));
    else
        append(oscal, list, name, quote(oscal, &valid));
    pe_buf_release(&valid);
}

void pe_oscal_prop_count(struct pe_oscal *oscal, struct pe_json_item *list, const char *name,
                         size_t count)
{
    char text[24];

    snprintf(text, sizeof text, "%zu", count);
    append(oscal, list, name, pe_json_out_string(&oscal->json, text));
}

static void prop_text(struct pe_oscal *oscal, struct pe_json_item *list, const char *text,
                      size_t length)
{
    size_t kept = length < PE_JSON_VALUE_BYTES ? length : PE_JSON_VALUE_BYTES;
    struct pe_buf shown = {0};

    while (kept < length && kept > 0 && ((unsigned char)text[kept] & 0xC0) == 0x80)
        kept--;
    pe_escape_add_utf8(&shown, text, kept);
    pe_buf_adds(&shown, kept < length ? "…" : "");
    if (pe_buf_failed(&shown))
        oscal->json.failed = true;
    else
        pe_oscal_prop(oscal, list, "value-text", shown.data);
    pe_buf_release(&shown);
}

void pe_oscal_prop_value(struct pe_oscal *oscal, struct pe_json_item *list, const char *json)
{
    size_t length = json == NULL ? 0 : strlen(json);
    struct pe_buf buf = {0};

    if (json == NULL)
        return;
    if (length > PE_JSON_VALUE_BYTES || strpbrk(json, "\t\r\n") != NULL ||
        !pe_json_out_is_value(json, length)) {
        prop_text(oscal, list, json, length);
        return;
    }
    pe_escape_add_json(&buf, json, length);
    append(oscal, list, "value", take_string(oscal, &buf));
}

void pe_oscal_prop_pointer(struct pe_oscal *oscal, struct pe_json_item *list, const char *pointer)
{
    if (pointer != NULL && pointer[0] == '\0') /* the whole snapshot */
        append(oscal, list, "pointer", pe_json_out_string(&oscal->json, "\"\""));
    pe_oscal_prop(oscal, list, "pointer", pointer);
}

void pe_oscal_prop_place(struct pe_oscal *oscal, struct pe_json_item *list, struct pe_place place)
{
    char text[32];

    if (place.line == 0)
        return;
    snprintf(text, sizeof text, "%lu:%lu", (unsigned long)place.line, (unsigned long)place.column);
    append(oscal, list, "place", pe_json_out_string(&oscal->json, text));
}

void pe_oscal_put_list(struct pe_oscal *oscal, struct pe_json_item *object, const char *key,
                       struct pe_json_item *list)
{
    if (list == NULL)
        oscal->json.failed = true;
    else if (!pe_json_out_is_empty(list))
        pe_json_out_put(&oscal->json, object, key, list);
}
