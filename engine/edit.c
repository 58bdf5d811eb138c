/* edit.c: finds a place in a JSON text by a path, and changes it: no other byte. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/suggest.h"
#include "json.h"
#include "lib/clause.h"

/* ---- paths ---- */

struct step {
    const char *name;
    size_t length;
    bool bracket, quoted;
};

/* What is being looked for. */
struct find {
    const struct pe_json *json;
    const char *verb, *path;
    struct pe_err *err;
};

static int complain(const struct find *find, const char *what)
{
    return pe_err_set(find->err, PE_ERR_PACK, "%s %.200s: %s", find->verb, find->path, what);
}

static int not_path(const struct find *find)
{
    return complain(find, "is not a path such as accounts[adm1].enabled");
}

/* "[2]", "[adm1]" or "[\"a.b\"]" at the opening bracket. */
static int read_bracket(const struct find *find, const char **at, struct step *step)
{
    const char *close;

    step->bracket = true;
    step->quoted = (*at)[1] == '"';
    step->name = *at + 1 + step->quoted;
    close = strstr(step->name, step->quoted ? "\"]" : "]");
    if (close == NULL || close == step->name)
        return not_path(find);
    step->length = (size_t)(close - step->name);
    *at = close + 1 + step->quoted;
    return 1;
}

/* Reads the next step; *at moves on. 1; 0 at the end; -1 for no path. */
static int next_step(const struct find *find, const char **at, struct step *step)
{
    bool first = *at == find->path;

    *step = (struct step){0};
    if (**at == '\0')
        return first ? not_path(find) : 0;
    if (**at == '[')
        return read_bracket(find, at, step);
    if (!first && **at != '.')
        return not_path(find);
    *at += !first;
    step->name = *at;
    step->length = strcspn(*at, ".[]\"");
    *at += step->length;
    return step->length == 0 ? not_path(find) : 1;
}

/* ---- elements ---- */

/* A position of at most nine digits; 0 when the step is none. */
static uint32_t position_of(const struct step *step)
{
    uint32_t position = 0;

    if (!step->bracket || step->quoted || step->length > 9)
        return 0;
    for (size_t i = 0; i < step->length; i++) {
        if (step->name[i] < '0' || step->name[i] > '9')
            return 0;
        position = position * 10 + (uint32_t)(step->name[i] - '0');
    }
    return position;
}

/* The element, or its member of that key if there is one, is the string that the step names. */
static bool is_called(const struct find *find, const struct pe_node *element, const char *key,
                      const struct step *step)
{
    const struct pe_node *name = element;

    if (key != NULL)
        name = pe_json_member(find->json, element, key, strlen(key));
    return name != NULL && pe_node_type(name) == PE_STRING &&
           pe_json_equals(find->json, name, step->name, step->length);
}

static int element_called(const struct find *find, const struct pe_node *list,
                          const struct step *step, const struct pe_node **found)
{
    static const char *const keys[] = {"id",   "name",        "displayName", "Id",
                                       "Name", "DisplayName", NULL};
    const struct pe_node *element;

    *found = NULL;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0] && *found == NULL; i++) {
        for (element = pe_json_first(find->json, list); element != NULL;
             element = pe_json_next(find->json, element)) {
            if (!is_called(find, element, keys[i], step))
                continue;
            if (*found != NULL)
                return complain(find, "two elements are called that; take a position");
            *found = element;
        }
    }
    return 0;
}

/* The child that a step names; *found is NULL when there is none. */
static int child_of(const struct find *find, const struct pe_node *node, const struct step *step,
                    const struct pe_node **found)
{
    uint32_t position = position_of(step);

    *found = NULL;
    if (pe_node_type(node) == PE_OBJECT)
        *found = pe_json_member(find->json, node, step->name, step->length);
    else if (pe_node_type(node) == PE_LIST && position > 0)
        *found = pe_json_element(find->json, node, position - 1);
    else if (pe_node_type(node) == PE_LIST && step->bracket)
        return element_called(find, node, step, found);
    return 0;
}

enum { MAX_KEYS = 200 };

/* "there is no enabeld (did you mean enabled?)" */
static int no_such(const struct find *find, const struct pe_node *node, const struct step *step)
{
    struct pe_arena arena = {0};
    struct pe_buf scratch = {0};
    const char *keys[MAX_KEYS], *bytes, *name, *like;
    size_t count = 0, length;

    for (const struct pe_node *key = pe_json_first(find->json, node);
         pe_node_type(node) == PE_OBJECT && key != NULL && count < MAX_KEYS;
         key = pe_json_next(find->json, key)) {
        if (pe_node_type(key) == PE_KEY &&
            pe_json_string(find->json, key, &bytes, &length, &scratch))
            keys[count++] = pe_arena_strn(&arena, bytes, length);
    }
    name = pe_arena_strn(&arena, step->name, step->length);
    like = name == NULL ? NULL : pe_suggest(name, keys, count);
    name = pe_arena_printf(&arena, "there is no %.100s%s%.100s%s", name == NULL ? "" : name,
                           like == NULL ? "" : " (did you mean ", like == NULL ? "" : like,
                           like == NULL ? "" : "?)");
    complain(find, name == NULL ? "names nothing" : name);
    pe_buf_release(&scratch);
    pe_arena_release(&arena);
    return -1;
}

/* ---- places in the text ---- */

struct span {
    size_t from, to;
};

/* A child with its key. */
static struct span whole(const struct pe_json *json, const struct pe_node *child)
{
    const struct pe_node *parent = pe_json_parent(json, child);
    const struct pe_node *first = pe_node_type(parent) == PE_OBJECT ? child - 1 : child;

    return (struct span){pe_node_offset(first), pe_json_end(json, child)};
}

/* What to take out: the child, and the comma and space between it and a neighbour. */
static struct span removal(const struct pe_json *json, const struct pe_node *child)
{
    const struct pe_node *next = pe_json_next(json, child), *before = NULL, *node;
    const struct pe_node *parent = pe_json_parent(json, child);
    struct span span = whole(json, child);

    if (next != NULL) {
        span.to = pe_node_offset(next);
        return span;
    }
    for (node = pe_json_first(json, parent); node != NULL; node = pe_json_next(json, node)) {
        if (node == child)
            break;
        if (pe_node_type(node) != PE_KEY)
            before = node;
    }
    if (before != NULL)
        span.from = pe_json_end(json, before);
    return span;
}

/* Where a new last child of a container goes. */
static size_t end_inside(const struct pe_json *json, const struct pe_node *container)
{
    const struct pe_node *last = container + container->size - 1;

    if (pe_node_count(container) == 0)
        return pe_node_offset(container) + 1;
    while (pe_json_parent(json, last) != container)
        last = pe_json_parent(json, last);
    return pe_json_end(json, last);
}

/* ---- changes ---- */

static void replace(const struct pe_json *json, struct span span, const char *with,
                    struct pe_buf *out)
{
    pe_buf_add(out, json->text, span.from);
    pe_buf_adds(out, with);
    pe_buf_add(out, json->text + span.to, json->length - span.to);
}

static void add_key(struct pe_buf *buf, const struct step *step)
{
    pe_buf_addc(buf, '"');
    for (size_t i = 0; i < step->length; i++) {
        if ((unsigned char)step->name[i] < 0x20)
            pe_buf_printf(buf, "\\u%04x", step->name[i]);
        else if (step->name[i] == '"' || step->name[i] == '\\')
            pe_buf_printf(buf, "\\%c", step->name[i]);
        else
            pe_buf_addc(buf, step->name[i]);
    }
    pe_buf_adds(buf, "\": ");
}

/* Adds a last child: a member when there is a step, else an element. */
static void add_child(const struct pe_json *json, const struct pe_node *container,
                      const struct step *step, const char *value, struct pe_buf *out)
{
    size_t at = end_inside(json, container);
    struct pe_buf child = {0};

    pe_buf_adds(&child, pe_node_count(container) == 0 ? "" : ", ");
    if (step != NULL)
        add_key(&child, step);
    pe_buf_adds(&child, value);
    replace(json, (struct span){at, at}, child.data == NULL ? "" : child.data, out);
    out->failed |= child.failed;
    pe_buf_release(&child);
}

static int change(const struct find *find, const struct pe_edit *edit, const struct pe_node *node,
                  struct pe_buf *out)
{
    if (edit->kind == PE_EDIT_APPEND) {
        if (pe_node_type(node) != PE_LIST)
            return complain(find, "is not a list");
        add_child(find->json, node, NULL, edit->json, out);
    } else if (edit->kind == PE_EDIT_SET) {
        replace(find->json, (struct span){pe_node_offset(node), pe_json_end(find->json, node)},
                edit->json, out);
    } else {
        replace(find->json, removal(find->json, node), "", out);
    }
    return 0;
}

/* Where the path leads; when only its last step names a member that is not there, *rest is that
 * step and *found the object. */
static int locate(const struct find *find, const struct pe_node **found, struct step *rest)
{
    const struct pe_node *node = find->json->nodes, *child;
    const char *at = find->path;
    struct step step;
    int more;

    *rest = (struct step){0};
    while ((more = next_step(find, &at, &step)) == 1) {
        if (child_of(find, node, &step, &child) != 0)
            return -1;
        if (child == NULL && (*at != '\0' || pe_node_type(node) != PE_OBJECT))
            return no_such(find, node, &step);
        if (child == NULL)
            *rest = step;
        else
            node = child;
    }
    *found = node;
    return more;
}

static int apply(const struct find *find, const struct pe_edit *edit, struct pe_buf *out)
{
    const struct pe_node *node;
    struct step rest;

    if (locate(find, &node, &rest) != 0)
        return -1;
    if (rest.length == 0)
        return change(find, edit, node, out);
    if (edit->kind != PE_EDIT_SET)
        return no_such(find, node, &rest);
    add_child(find->json, node, &rest, edit->json, out);
    return 0;
}

int pe_edit_apply(const char *text, size_t length, const struct pe_edit *edit, struct pe_buf *out,
                  struct pe_err *err)
{
    static const char *const verbs[] = {"set", "append", "remove"};
    struct pe_json json = {0};
    struct find find = {&json, verbs[edit->kind], edit->path, err};
    int status;

    if (pe_json_read(text, length, &json, err) != 0)
        return -1;
    status = apply(&find, edit, out);
    pe_json_release(&json);
    if (status == 0 && pe_buf_failed(out))
        return pe_err_memory(err);
    return status;
}

int pe_edit_find(const struct pe_json *json, const char *what, const char *path,
                 struct pe_edit_place *place, struct pe_err *err)
{
    struct find find = {json, what, path, err};
    const struct pe_node *node;
    struct step rest;

    if (locate(&find, &node, &rest) != 0)
        return -1;
    *place = (struct pe_edit_place){node, rest.name, rest.length};
    return 0;
}

static int by_turn(const void *a, const void *b)
{
    const struct pe_edit *one = a, *two = b;
    int order = (int)one->kind - (int)two->kind;

    if (order == 0)
        order = pe_clause_order(one->path, two->path);
    return one->kind == PE_EDIT_REMOVE && two->kind == PE_EDIT_REMOVE ? -order : order;
}

void pe_edit_sort(struct pe_edit *edits, size_t count)
{
    if (count > 0)
        qsort(edits, count, sizeof *edits, by_turn);
}
