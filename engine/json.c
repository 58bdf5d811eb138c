/* json.c: reads JSON (RFC 8259, strictly) into an array of nodes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* MADV_HUGEPAGE */
#endif
#include "json_impl.h"

#include "place.h"

#include <stdlib.h>
#include <sys/mman.h>

enum { LARGE_BYTES = 4 * 1024 * 1024 };

struct reader {
    const char *end; /* of the text */
    struct pe_json json;
    uint32_t room;   /* nodes */
    uint32_t parent; /* the list or object that is open */
    unsigned depth;
    struct pe_json_keys keys; /* memory for sorting */
    struct pe_json_problem problem;
};

static const char *stop(struct reader *r, const char *at, const char *text)
{
    return pe_json_stop(&r->problem, at, text);
}

static const char *skip_space(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
        p++;
    return p;
}

/* ---- nodes ---- */

/* Asks for large pages, which are cleared faster than many small ones; a refusal does no harm. */
static void prefer_large_pages(void *memory, size_t size)
{
    const uintptr_t page = 4096;
    uintptr_t start = ((uintptr_t)memory + page - 1) / page * page;

    if (size >= LARGE_BYTES)
        madvise((void *)start, (uintptr_t)memory + size - start, MADV_HUGEPAGE);
}

/* Untouched memory costs nothing, so there is room for a node in 8 bytes of text, which most JSON
 * needs less than; what is left over is given back at the end. */
static bool grow(struct reader *r)
{
    uint32_t room = r->room == 0 ? (uint32_t)(r->json.length / 8 + 64) : r->room * 2;
    struct pe_node *nodes;

    if (room > PE_JSON_MAX_NODES)
        room = PE_JSON_MAX_NODES;
    nodes = room == r->room ? NULL : realloc(r->json.nodes, room * sizeof *nodes);
    if (nodes == NULL)
        return false;
    prefer_large_pages(nodes, room * sizeof *nodes);
    r->json.nodes = nodes;
    r->room = room;
    return true;
}

/* Adds a node without children. Returns where the text goes on. */
static const char *add(struct reader *r, enum pe_type type, const char *start, const char *end,
                       uint32_t flags)
{
    struct pe_node *node;

    if (r->json.count == r->room && !grow(r))
        return stop(r, start, NULL);
    node = &r->json.nodes[r->json.count++];
    node->where = (uint32_t)type << 28 | (uint32_t)(start - r->json.text);
    node->size = (uint32_t)(end - start);
    node->parent = r->parent;
    node->bits = flags;
    return end;
}

/* ---- scalars ---- */

static const char *read_string(struct reader *r, enum pe_type type, const char *p)
{
    uint32_t flags = 0;
    const char *quote = pe_json_plain_end(p + 1, r->end);

    if (quote == r->end || *quote != '"')
        quote = pe_json_scan_string(quote, r->end, &flags, &r->problem);
    return quote == NULL ? NULL : add(r, type, p, quote + 1, flags);
}

static const char *read_number(struct reader *r, const char *p)
{
    enum pe_type type;
    const char *end = pe_json_scan_number(p, r->end, &type, &r->problem);

    return end == NULL ? NULL : add(r, type, p, end, 0);
}

static const char *no_word(struct reader *r, const char *p)
{
    return stop(r, p, "expected a value (the only words are true, false and null)");
}

static const char *read_word(struct reader *r, const char *p, enum pe_type type, const char *word,
                             size_t length)
{
    if ((size_t)(r->end - p) < length || memcmp(p, word, length) != 0)
        return no_word(r, p);
    return add(r, type, p, p + length, 0);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static const char *no_value(struct reader *r, const char *p)
{
    if (p == r->end)
        return stop(r, p, "expected a value, but the text ends");
    switch (*p) {
    case ']':
    case '}':
        return stop(r, p, "expected a value before the closing bracket");
    case '\'':
        return stop(r, p, "expected a value (strings stand in double quotes)");
    case '/':
    case '#':
        return stop(r, p, "expected a value (JSON has no comments)");
    case '+':
    case '.':
        return stop(r, p, "expected a value (a number begins with a digit or a minus sign)");
    default:
        return is_letter(*p) ? no_word(r, p) : stop(r, p, "expected a value");
    }
}

/* ---- lists and objects ---- */

/* Reads a key and the colon behind it. */
static const char *read_key(struct reader *r, const char *p)
{
    p = skip_space(p, r->end);
    if (p == r->end)
        return stop(r, p, "expected a key, but the text ends");
    if (*p != '"')
        return stop(r, p, "expected a key in double quotes");
    p = read_string(r, PE_KEY, p);
    if (p == NULL)
        return NULL;
    p = skip_space(p, r->end);
    if (p == r->end || *p != ':')
        return stop(r, p, "expected a colon after the key");
    return p + 1;
}

/* Closes the list or object that is open, at the bracket. */
static const char *close(struct reader *r, const char *bracket)
{
    struct pe_node *node = &r->json.nodes[r->parent];
    const struct pe_node *twice = NULL;
    bool failed = false;

    node->size = r->json.count - r->parent;
    if (pe_node_type(node) == PE_OBJECT)
        twice = pe_json_keys_twice(&r->keys, &r->json, node, &failed);
    if (failed)
        return stop(r, bracket, NULL);
    if (twice != NULL)
        return stop(r, r->json.text + pe_node_offset(twice), "the object has this key already");
    r->parent = node->parent;
    r->depth--;
    return bracket + 1;
}

/* Opens a list or object; *open tells whether a first value follows. */
static const char *open_container(struct reader *r, enum pe_type type, const char *p, bool *open)
{
    uint32_t number = r->json.count;
    const char *next = add(r, type, p, p + 1, 0);

    if (next == NULL)
        return NULL;
    if (++r->depth > PE_JSON_MAX_DEPTH)
        return stop(r, p, "more than 128 lists and objects inside each other");
    r->parent = number;
    next = skip_space(next, r->end);
    if (next < r->end && *next == (type == PE_LIST ? ']' : '}'))
        return close(r, next);
    *open = true;
    r->json.nodes[number].bits = 1;
    return type == PE_LIST ? next : read_key(r, next);
}

/* Reads a value, of a list or object only the beginning. */
static const char *read_value(struct reader *r, const char *p, bool *open)
{
    p = skip_space(p, r->end);
    if (p == r->end)
        return no_value(r, p);
    switch (*p) {
    case '"':
        return read_string(r, PE_STRING, p);
    case '{':
        return open_container(r, PE_OBJECT, p, open);
    case '[':
        return open_container(r, PE_LIST, p, open);
    case 't':
        return read_word(r, p, PE_TRUE, "true", 4);
    case 'f':
        return read_word(r, p, PE_FALSE, "false", 5);
    case 'n':
        return read_word(r, p, PE_NULL, "null", 4);
    default:
        return *p == '-' || (*p >= '0' && *p <= '9') ? read_number(r, p) : no_value(r, p);
    }
}

static const char *no_end(struct reader *r, const char *p, enum pe_type type)
{
    if (p == r->end)
        return stop(r, p,
                    type == PE_LIST ? "the text ends in a list" : "the text ends in an object");
    return stop(r, p,
                type == PE_LIST ? "expected a comma or the end of the list"
                                : "expected a comma or the end of the object");
}

/* After a value: closes what ends here, until a comma says that another value follows (*open) or
 * the root is complete. */
static const char *read_after(struct reader *r, const char *p, bool *open)
{
    struct pe_node *parent;
    enum pe_type type;

    while (p != NULL && r->depth > 0) {
        parent = &r->json.nodes[r->parent];
        type = pe_node_type(parent);
        p = skip_space(p, r->end);
        if (p < r->end && *p == ',') {
            *open = true;
            parent->bits++;
            return type == PE_LIST ? p + 1 : read_key(r, p + 1);
        }
        if (p == r->end || *p != (type == PE_LIST ? ']' : '}'))
            return no_end(r, p, type);
        p = close(r, p);
    }
    return p;
}

static const char *read_root(struct reader *r, const char *p)
{
    bool open = true;

    while (p != NULL && open) {
        open = false;
        p = read_value(r, p, &open);
        if (p != NULL && !open)
            p = read_after(r, p, &open);
    }
    return p;
}

static const char *read_text(struct reader *r, const char *p)
{
    p = skip_space(p, r->end);
    if (p == r->end)
        return stop(r, p, "the text is empty");
    p = read_root(r, p);
    if (p == NULL)
        return NULL;
    p = skip_space(p, r->end);
    return p == r->end ? p : stop(r, p, "expected nothing after the value");
}

/* ---- the whole ---- */

static int fail(const struct reader *r, struct pe_err *err)
{
    uint32_t line, column;

    if (r->problem.text == NULL)
        return pe_err_memory(err);
    pe_place_count(r->json.text, (size_t)(r->problem.at - r->json.text), &line, &column);
    return pe_err_set(err, PE_ERR_INPUT, "line %u, column %u: %s", (unsigned)line, (unsigned)column,
                      r->problem.text);
}

static void shrink(struct pe_json *json)
{
    struct pe_node *nodes = realloc(json->nodes, json->count * sizeof *nodes);

    if (nodes != NULL)
        json->nodes = nodes;
}

int pe_json_read(const char *text, size_t length, struct pe_json *json, struct pe_err *err)
{
    struct reader r = {0};
    bool done;

    if (length == 0)
        text = ""; /* may be NULL */
    if (length > PE_JSON_MAX_BYTES)
        return pe_err_set(err, PE_ERR_INPUT, "the text is larger than the limit of %d bytes",
                          PE_JSON_MAX_BYTES);
    r.end = text + length;
    r.json.text = text;
    r.json.length = length;
    done = read_text(&r, text) != NULL;
    if (done && !pe_json_index_new(&r.json))
        done = stop(&r, text, NULL) != NULL;
    pe_json_keys_release(&r.keys);
    if (!done) {
        fail(&r, err);
        free(r.json.nodes);
        return -1;
    }
    shrink(&r.json);
    *json = r.json;
    return 0;
}

void pe_json_release(struct pe_json *json)
{
    pe_json_index_free(json);
    free(json->nodes);
    *json = (struct pe_json){0};
}
