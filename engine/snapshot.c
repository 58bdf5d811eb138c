/* snapshot.c: reads a snapshot, and names its nodes for people and programs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "snapshot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "base/utf8.h"
#include "secret.h"

int pe_snapshot_read(const unsigned char *bytes, size_t length, size_t max_bytes,
                     struct pe_snapshot *snapshot, struct pe_err *err)
{
    struct pe_snapshot s = {.raw = bytes, .raw_length = length};

    if (pe_encoding_to_utf8(bytes, length, max_bytes, &s.encoded, err) != 0)
        return -1;
    if (pe_json_read(s.encoded.text, s.encoded.length, &s.json, err) != 0) {
        pe_encoding_release(&s.encoded);
        return -1;
    }
    pe_place_init(&s.places, s.encoded.text, s.encoded.length);
    *snapshot = s;
    return 0;
}

void pe_snapshot_release(struct pe_snapshot *snapshot)
{
    pe_place_release(&snapshot->places);
    pe_json_release(&snapshot->json);
    pe_encoding_release(&snapshot->encoded);
    *snapshot = (struct pe_snapshot){0};
}

bool pe_snapshot_string(const struct pe_snapshot *s, const struct pe_node *node, const char **bytes,
                        size_t *length, struct pe_buf *scratch)
{
    pe_buf_clear(scratch);
    return pe_json_string(&s->json, node, bytes, length, scratch);
}

/* ---- pointers ---- */

void pe_pointer_add_key(struct pe_buf *out, const char *key, size_t length)
{
    size_t plain = 0;

    pe_buf_addc(out, '/');
    if (memchr(key, '~', length) == NULL && memchr(key, '/', length) == NULL)
        return pe_buf_add(out, key, length); /* nearly all */
    for (size_t i = 0; i < length; i++) {
        if (key[i] != '~' && key[i] != '/')
            continue;
        pe_buf_add(out, key + plain, i - plain);
        pe_buf_adds(out, key[i] == '~' ? "~0" : "~1");
        plain = i + 1;
    }
    pe_buf_add(out, key + plain, length - plain);
}

/* The nodes from the root's child down to node; returns how many. */
static size_t path_to(const struct pe_snapshot *s, uint32_t node,
                      uint32_t path[PE_JSON_MAX_DEPTH + 1])
{
    size_t depth = 0, i;
    uint32_t up;

    for (up = node; up != 0 && depth <= PE_JSON_MAX_DEPTH; up = pe_snapshot_node(s, up)->parent)
        path[depth++] = up;
    for (i = 0; i < depth / 2; i++) {
        up = path[i];
        path[i] = path[depth - 1 - i];
        path[depth - 1 - i] = up;
    }
    return depth;
}

static bool in_object(const struct pe_snapshot *s, uint32_t node)
{
    return pe_node_type(pe_snapshot_node(s, pe_snapshot_node(s, node)->parent)) == PE_OBJECT;
}

/* "/12": there are many of them. */
static void add_position(struct pe_buf *out, uint32_t position)
{
    char text[12], *at = text + sizeof text;

    do
        *--at = (char)('0' + position % 10);
    while ((position /= 10) > 0);
    *--at = '/';
    pe_buf_add(out, at, (size_t)(text + sizeof text - at));
}

void pe_snapshot_step(const struct pe_snapshot *s, uint32_t node, struct pe_buf *out)
{
    struct pe_buf scratch = {0};
    const char *key;
    size_t length;

    if (!in_object(s, node)) {
        add_position(out, pe_json_ordinal(&s->json, pe_snapshot_node(s, node)));
        return;
    }
    if (pe_snapshot_string(s, pe_snapshot_node(s, node - 1), &key, &length, &scratch))
        pe_pointer_add_key(out, key, length);
    else
        out->failed = true;
    pe_buf_release(&scratch);
}

void pe_snapshot_pointer(const struct pe_snapshot *s, uint32_t node, struct pe_buf *out)
{
    uint32_t path[PE_JSON_MAX_DEPTH + 1];
    size_t depth = path_to(s, node, path);

    for (size_t i = 0; i < depth; i++)
        pe_snapshot_step(s, path[i], out);
}

/* One step of a pointer, unescaped into key; returns what follows it. */
static const char *next_step(const char *pointer, struct pe_buf *key)
{
    pe_buf_clear(key);
    pe_buf_add(key, "", 0);
    for (pointer++; *pointer != '\0' && *pointer != '/'; pointer++) {
        if (*pointer == '~' && (pointer[1] == '0' || pointer[1] == '1'))
            pe_buf_addc(key, *++pointer == '0' ? '~' : '/');
        else
            pe_buf_addc(key, *pointer);
    }
    return pointer;
}

/* The position that a step of a pointer names: digits without a leading zero. */
static bool step_position(const struct pe_buf *key, uint32_t *position)
{
    *position = 0;
    if (key->length == 0 || key->length > 9 || (key->data[0] == '0' && key->length > 1))
        return false;
    for (size_t i = 0; i < key->length; i++) {
        if (key->data[i] < '0' || key->data[i] > '9')
            return false;
        *position = *position * 10 + (uint32_t)(key->data[i] - '0');
    }
    return true;
}

static const struct pe_node *child_of(const struct pe_snapshot *s, const struct pe_node *node,
                                      const struct pe_buf *key)
{
    uint32_t position;

    if (pe_buf_failed(key))
        return NULL;
    if (pe_node_type(node) == PE_OBJECT)
        return pe_json_member(&s->json, node, key->data, key->length);
    if (pe_node_type(node) != PE_LIST || !step_position(key, &position))
        return NULL;
    return pe_json_element(&s->json, node, position);
}

const struct pe_node *pe_snapshot_follow(const struct pe_snapshot *s, const char *pointer,
                                         const struct pe_node **last, struct pe_buf *key)
{
    const struct pe_node *node = s->json.nodes;

    *last = node;
    while (node != NULL && *pointer == '/') {
        pointer = next_step(pointer, key);
        *last = node;
        node = child_of(s, node, key);
    }
    return *pointer == '\0' || node == NULL ? node : NULL;
}

const struct pe_node *pe_snapshot_find(const struct pe_snapshot *s, const char *pointer,
                                       struct pe_buf *scratch)
{
    const struct pe_node *last;

    return pe_snapshot_follow(s, pointer, &last, scratch);
}

/* ---- places and values ---- */

struct pe_place pe_snapshot_place(const struct pe_snapshot *s, uint32_t node)
{
    uint32_t offset = pe_node_offset(pe_snapshot_node(s, node));
    struct pe_place place = {0};

    /* The index of lines grows as it is asked: a cache, not a change. */
    pe_place_find((struct pe_places *)&s->places, offset, &place.line, &place.column);
    place.offset = pe_encoding_offset(&s->encoded, s->raw, s->raw_length, offset);
    return place;
}

static bool is_container(const struct pe_node *node)
{
    return pe_node_type(node) == PE_LIST || pe_node_type(node) == PE_OBJECT;
}

/* Bytes of the character or escape at a place inside a string; a pair of escapes is one. */
static size_t unit_length(const char *at)
{
    unsigned char c = (unsigned char)*at;

    if (c == '\\' && at[1] == 'u') /* the first half of a pair is D800 to DBFF */
        return (at[2] | 0x20) == 'd' && strchr("89abAB", at[3]) != NULL ? 12 : 6;
    if (c == '\\')
        return 2;
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

enum { LONG_NUMBER_BYTES = 64 }; /* so many digits say enough */

/* A string or number as it stands in the text; what is too long is cut, a string between its
 * characters and escapes, and ends in an ellipsis. */
static void add_scalar(const struct pe_snapshot *s, const struct pe_node *node, struct pe_buf *out)
{
    const char *text = s->encoded.text + pe_node_offset(node);
    size_t cut = LONG_NUMBER_BYTES, next = 1;

    if (node->size <= PE_VALUE_BYTES) {
        pe_buf_add(out, text, node->size);
        return;
    }
    if (pe_node_type(node) != PE_STRING)
        pe_buf_addc(out, '"');
    else
        for (; next <= PE_VALUE_BYTES - 4; next += unit_length(text + next))
            cut = next;
    pe_buf_add(out, text, cut);
    pe_buf_adds(out, "\xE2\x80\xA6\"");
}

static void add_value(const struct pe_snapshot *s, uint32_t node, struct pe_buf *out)
{
    const struct pe_node *n = pe_snapshot_node(s, node);

    if (is_container(n))
        pe_buf_adds(out, pe_node_type(n) == PE_LIST ? "[]" : "{}");
    else if (pe_snapshot_masked(s, node))
        pe_buf_adds(out, "\"[secret]\"");
    else
        add_scalar(s, n, out);
}

void pe_snapshot_value(const struct pe_snapshot *s, uint32_t node, struct pe_buf *out)
{
    const struct pe_node *n = pe_snapshot_node(s, node);

    if (!is_container(n) || pe_node_count(n) == 0)
        add_value(s, node, out);
    else if (pe_node_type(n) == PE_LIST)
        pe_buf_printf(out, "\"[%u elements]\"", pe_node_count(n));
    else
        pe_buf_printf(out, "\"{%u members}\"", pe_node_count(n));
}

/* ---- labels ---- */

static bool member_string(const struct pe_snapshot *s, const struct pe_node *object,
                          const char *key, struct pe_buf *out)
{
    const struct pe_node *node = pe_json_member(&s->json, object, key, strlen(key));
    struct pe_buf scratch = {0};
    const char *bytes;
    size_t length;
    bool found = false;

    if (node != NULL && pe_node_type(node) == PE_STRING &&
        !pe_snapshot_secret(s, pe_snapshot_number(s, node)) &&
        pe_snapshot_string(s, node, &bytes, &length, &scratch) && length > 0 && length <= 100) {
        pe_buf_add(out, bytes, length);
        found = true;
    }
    out->failed |= scratch.failed;
    pe_buf_release(&scratch);
    return found;
}

static bool add_name(const struct pe_snapshot *s, const struct pe_node *object, struct pe_buf *out)
{
    static const char *const keys[] = {
        "id", "name", "displayName", "DisplayName", "userPrincipalName", "Id", "Name", "key"};

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (member_string(s, object, keys[i], out))
            return true;
    return false;
}

static void add_label_step(const struct pe_snapshot *s, uint32_t node, struct pe_buf *out)
{
    const struct pe_node *n = pe_snapshot_node(s, node);
    struct pe_buf scratch = {0};
    const char *key;
    size_t length;

    if (in_object(s, node)) {
        if (out->length > 0)
            pe_buf_addc(out, '.');
        if (pe_snapshot_string(s, n - 1, &key, &length, &scratch))
            pe_buf_add(out, key, length);
        out->failed |= scratch.failed;
        pe_buf_release(&scratch);
        return;
    }
    pe_buf_addc(out, '[');
    if (pe_node_type(n) != PE_OBJECT || !add_name(s, n, out))
        pe_buf_printf(out, "%u", pe_json_ordinal(&s->json, n) + 1);
    pe_buf_addc(out, ']');
}

void pe_snapshot_label(const struct pe_snapshot *s, uint32_t node, struct pe_buf *out)
{
    uint32_t path[PE_JSON_MAX_DEPTH + 1];
    size_t depth = path_to(s, node, path);
    struct pe_buf label = {0};

    for (size_t i = 0; i < depth; i++)
        add_label_step(s, path[i], &label);
    if (label.length > 0)
        pe_buf_add(out, label.data, label.length);
    out->failed |= label.failed;
    pe_buf_release(&label);
}

/* ---- secrets ---- */

/* Needs no memory: without any, a secret must not become public. */
static bool secret_by_key(const struct pe_snapshot *s, uint32_t node)
{
    const struct pe_node *name;
    char key[PE_SECRET_KEY_BYTES];
    size_t length;

    if (!in_object(s, node))
        return false;
    name = pe_snapshot_node(s, node - 1);
    if (!(pe_node_flags(name) & PE_ESCAPED))
        return pe_secret_key(s->encoded.text + pe_node_offset(name) + 1, name->size - 2);
    length = pe_json_tail(&s->json, name, key, sizeof key);
    return pe_secret_key(key, length);
}

static bool has_bit(const uint8_t *bits, uint32_t node)
{
    return bits[node / 8] >> node % 8 & 1;
}

int pe_snapshot_find_secrets(struct pe_snapshot *s, struct pe_arena *arena, struct pe_err *err)
{
    uint8_t *bits = pe_arena_alloc(arena, s->json.count / 8 + 1);
    const struct pe_node *n;

    if (bits == NULL)
        return pe_err_memory(err);
    for (uint32_t node = 0; node < s->json.count; node++) { /* a parent is before what it holds */
        n = pe_snapshot_node(s, node);
        if (pe_node_type(n) == PE_KEY)
            continue;
        if (pe_node_flags(n) & PE_SECRET || (node != 0 && has_bit(bits, n->parent)) ||
            (node != 0 && secret_by_key(s, node)))
            bits[node / 8] |= (uint8_t)(1 << node % 8);
    }
    s->secrets = bits;
    return 0;
}

bool pe_snapshot_secret(const struct pe_snapshot *s, uint32_t node)
{
    bool secret = false;

    if (s->secrets != NULL)
        return has_bit(s->secrets, node);
    for (; !secret; node = pe_snapshot_node(s, node)->parent) {
        secret = pe_node_flags(pe_snapshot_node(s, node)) & PE_SECRET;
        if (node == 0)
            break;
        secret = secret || secret_by_key(s, node);
    }
    return secret;
}

static bool secret_by_model(const struct pe_snapshot *s, uint32_t node)
{
    while (node != 0 && !(pe_node_flags(pe_snapshot_node(s, node)) & PE_SECRET))
        node = pe_snapshot_node(s, node)->parent;
    return pe_node_flags(pe_snapshot_node(s, node)) & PE_SECRET;
}

bool pe_snapshot_masked(const struct pe_snapshot *s, uint32_t node)
{
    switch (pe_node_type(pe_snapshot_node(s, node))) {
    case PE_STRING:
        return pe_snapshot_secret(s, node);
    case PE_INTEGER:
    case PE_REAL:
        return secret_by_model(s, node);
    default:
        return false;
    }
}

/* ---- suggestions ---- */

enum { MAX_KEYS = 200 };

bool pe_snapshot_suggest(const struct pe_snapshot *s, uint32_t object, const char *key,
                         struct pe_buf *out)
{
    const struct pe_node *o = pe_snapshot_node(s, object), *node;
    struct pe_arena arena = {0};
    struct pe_buf scratch = {0};
    const char *keys[MAX_KEYS], *bytes, *best;
    size_t count = 0, length;

    if (pe_node_type(o) != PE_OBJECT)
        return false;
    for (node = pe_json_first(&s->json, o); node != NULL && count < MAX_KEYS;
         node = pe_json_next(&s->json, node)) {
        if (pe_node_type(node) == PE_KEY && pe_snapshot_string(s, node, &bytes, &length, &scratch))
            keys[count++] = pe_arena_strn(&arena, bytes, length);
    }
    out->failed |= pe_arena_failed(&arena) || pe_buf_failed(&scratch);
    best = pe_buf_failed(out) ? NULL : pe_suggest(key, keys, count);
    if (best != NULL)
        pe_buf_adds(out, best);
    pe_arena_release(&arena);
    pe_buf_release(&scratch);
    return best != NULL;
}
