/* json_out.c: JSON that leaves the program. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_out.h"

#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"

enum kind { A_RAW, A_STRING, AN_INTEGER, A_LIST, AN_OBJECT };

struct pe_json_item {
    struct pe_json_item *next; /* behind it in its list or object */
    const char *key;           /* of a member */
    enum kind kind;
    union {
        struct {
            const char *text;
            size_t length;
        };
        int64_t number;
        struct {
            struct pe_json_item *first, *last;
        };
    };
};

/* ---- building ---- */

static struct pe_json_item *make(struct pe_json_out *out, enum kind kind)
{
    struct pe_json_item *item = pe_arena_alloc(&out->arena, sizeof *item);

    if (item != NULL)
        item->kind = kind;
    return item;
}

/* The text lives in the arena, or as long as the run. */
static struct pe_json_item *make_text(struct pe_json_out *out, enum kind kind, const char *text,
                                      size_t length)
{
    struct pe_json_item *item = text == NULL ? NULL : make(out, kind);

    if (item != NULL) {
        item->text = text;
        item->length = length;
    }
    return item;
}

struct pe_json_item *pe_json_out_object(struct pe_json_out *out)
{
    return make(out, AN_OBJECT);
}

struct pe_json_item *pe_json_out_list(struct pe_json_out *out)
{
    return make(out, A_LIST);
}

struct pe_json_item *pe_json_out_integer(struct pe_json_out *out, int64_t number)
{
    struct pe_json_item *item = make(out, AN_INTEGER);

    if (item != NULL)
        item->number = number;
    return item;
}

struct pe_json_item *pe_json_out_bool(struct pe_json_out *out, bool value)
{
    const char *word = value ? "true" : "false";

    return make_text(out, A_RAW, word, strlen(word));
}

struct pe_json_item *pe_json_out_null(struct pe_json_out *out)
{
    return make_text(out, A_RAW, "null", 4);
}

static void link(struct pe_json_out *out, struct pe_json_item *container, struct pe_json_item *item)
{
    if (container == NULL || item == NULL) {
        out->failed = true;
        return;
    }
    if (container->last == NULL)
        container->first = item;
    else
        container->last->next = item;
    container->last = item;
}

void pe_json_out_put(struct pe_json_out *out, struct pe_json_item *object, const char *key,
                     struct pe_json_item *value)
{
    if (value != NULL)
        value->key = key;
    link(out, object, value);
}

/* The member of the name, whose content becomes the value's; false: there is none. */
static bool replace(struct pe_json_item *object, const char *key, const struct pe_json_item *value)
{
    struct pe_json_item *member = object->first, *next;

    while (member != NULL && strcmp(member->key, key) != 0)
        member = member->next;
    if (member == NULL)
        return false;
    next = member->next;
    *member = *value;
    member->next = next;
    member->key = key;
    return true;
}

void pe_json_out_put_named(struct pe_json_out *out, struct pe_json_item *object, const char *name,
                           struct pe_json_item *value)
{
    struct pe_buf safe = {0};
    const char *key;

    pe_escape_adds(&safe, name);
    pe_buf_adds(&safe, "");
    key = pe_arena_take(&out->arena, &safe);
    if (key == NULL || object == NULL || value == NULL)
        out->failed = true;
    else if (!replace(object, key, value))
        pe_json_out_put(out, object, key, value);
}

void pe_json_out_append(struct pe_json_out *out, struct pe_json_item *list,
                        struct pe_json_item *value)
{
    link(out, list, value);
}

void pe_json_out_move(struct pe_json_out *out, struct pe_json_item *object,
                      struct pe_json_item *other)
{
    if (other == NULL) {
        out->failed = true;
    } else if (other->first != NULL) {
        link(out, object, other->first);
        if (object != NULL)
            object->last = other->last;
        other->first = other->last = NULL;
    }
}

bool pe_json_out_is_empty(const struct pe_json_item *container)
{
    return container == NULL || container->first == NULL;
}

/* ---- strings ---- */

static struct pe_json_item *make_string(struct pe_json_out *out, const char *text, size_t length,
                                        bool cut)
{
    struct pe_buf valid = {0};

    if (!cut && pe_utf8_valid(text, length))
        return make_text(out, A_STRING, pe_arena_strn(&out->arena, text, length), length);
    pe_escape_add_utf8(&valid, text, length);
    pe_buf_adds(&valid, cut ? "…" : "");
    length = valid.length;
    return make_text(out, A_STRING, pe_arena_take(&out->arena, &valid), length);
}

struct pe_json_item *pe_json_out_string(struct pe_json_out *out, const char *text)
{
    return text == NULL ? pe_json_out_null(out) : make_string(out, text, strlen(text), false);
}

struct pe_json_item *pe_json_out_take(struct pe_json_out *out, struct pe_buf *text)
{
    struct pe_json_item *string = pe_json_out_string(out, text->data == NULL ? "" : text->data);

    out->failed = out->failed || pe_buf_failed(text);
    pe_buf_release(text);
    return string;
}

struct pe_json_item *pe_json_out_text(struct pe_json_out *out, struct pe_text text)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "en", pe_json_out_string(out, pe_text_in(text, PE_EN)));
    pe_json_out_put(out, object, "ja", pe_json_out_string(out, pe_text_in(text, PE_JA)));
    return object;
}

/* ---- values ---- */

/* The value as a string, at most so many bytes of it, whole code points. */
static struct pe_json_item *make_shortened(struct pe_json_out *out, const char *json, size_t length)
{
    size_t kept = length < PE_JSON_VALUE_BYTES ? length : PE_JSON_VALUE_BYTES;

    while (kept < length && kept > 0 && ((unsigned char)json[kept] & 0xC0) == 0x80)
        kept--;
    return make_string(out, json, kept, kept < length);
}

static struct pe_json_item *make_value(struct pe_json_out *out, const char *json, bool *embedded)
{
    size_t length = strlen(json);

    *embedded = length <= PE_JSON_VALUE_BYTES && pe_json_out_is_value(json, length);
    return *embedded ? make_text(out, A_RAW, json, length) : make_shortened(out, json, length);
}

struct pe_json_item *pe_json_out_value(struct pe_json_out *out, const char *json)
{
    bool embedded;

    return json == NULL ? pe_json_out_null(out) : make_value(out, json, &embedded);
}

void pe_json_out_put_value(struct pe_json_out *out, struct pe_json_item *object, const char *json)
{
    struct pe_json_item *value;
    bool embedded;

    if (json == NULL)
        return;
    value = make_value(out, json, &embedded);
    pe_json_out_put(out, object, embedded ? "value" : "value_text", value);
}

/* ---- writing ---- */

enum { COMPACT = -1 }; /* instead of an indentation */

static void write_item(const struct pe_json_item *item, int indent, size_t depth,
                       struct pe_buf *buf);

static void add_integer(struct pe_buf *buf, int64_t number)
{
    char digits[24], *at = digits + sizeof digits;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;

    do
        *--at = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (number < 0)
        *--at = '-';
    pe_buf_add(buf, at, (size_t)(digits + sizeof digits - at));
}

static void break_line(struct pe_buf *buf, int indent, size_t depth)
{
    if (indent <= 0)
        return;
    pe_buf_addc(buf, '\n');
    pe_buf_fill(buf, ' ', (size_t)indent * depth);
}

/* Elements or members, and what stands between them. */
static void write_all(const struct pe_json_item *first, int indent, size_t depth,
                      struct pe_buf *buf)
{
    for (const struct pe_json_item *item = first; item != NULL; item = item->next) {
        if (item != first)
            pe_buf_add(buf, ", ", indent == 0 ? 2 : 1);
        break_line(buf, indent, depth);
        if (item->key != NULL) {
            pe_escape_add_json_string(buf, item->key, strlen(item->key));
            pe_buf_add(buf, ": ", indent == COMPACT ? 1 : 2);
        }
        write_item(item, indent, depth, buf);
    }
}

static void write_item(const struct pe_json_item *item, int indent, size_t depth,
                       struct pe_buf *buf)
{
    switch (item->kind) {
    case A_RAW:
        pe_escape_add_json(buf, item->text, item->length);
        return;
    case A_STRING:
        pe_escape_add_json_string(buf, item->text, item->length);
        return;
    case AN_INTEGER:
        add_integer(buf, item->number);
        return;
    case A_LIST:
    case AN_OBJECT:
        break;
    }
    pe_buf_addc(buf, item->kind == A_LIST ? '[' : '{');
    write_all(item->first, indent, depth + 1, buf);
    if (item->first != NULL)
        break_line(buf, indent, depth);
    pe_buf_addc(buf, item->kind == A_LIST ? ']' : '}');
}

static bool write_as(struct pe_json_out *out, const struct pe_json_item *root, int indent,
                     struct pe_buf *buf)
{
    bool failed = out->failed || root == NULL || pe_arena_failed(&out->arena);

    if (!failed)
        write_item(root, indent, 0, buf);
    pe_buf_addc(buf, '\n');
    return !failed && !pe_buf_failed(buf);
}

bool pe_json_out_write(struct pe_json_out *out, const struct pe_json_item *root, struct pe_buf *buf)
{
    return write_as(out, root, 2, buf);
}

bool pe_json_out_write_compact(struct pe_json_out *out, const struct pe_json_item *root,
                               struct pe_buf *buf)
{
    return write_as(out, root, COMPACT, buf);
}

bool pe_json_out_write_indented(struct pe_json_out *out, const struct pe_json_item *root,
                                unsigned indent, struct pe_buf *buf)
{
    return write_as(out, root, (int)indent, buf);
}

void pe_json_out_release(struct pe_json_out *out)
{
    pe_arena_release(&out->arena);
    *out = (struct pe_json_out){0};
}
