/* mutant.c: which changes of a value a control must notice. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "mutant_impl.h"

#include <string.h>

/* ---- what is there ---- */

/* What the model says of what a node lies in; NULL when it says nothing. */
static const struct pe_shape *shape_around(const struct pe_snapshot *s, uint32_t node)
{
    return s->shapes == NULL ? NULL : s->model[s->shapes[pe_snapshot_node(s, node)->parent]];
}

const struct pe_field *pe_mutant_field(const struct pe_snapshot *s, uint32_t node)
{
    const struct pe_shape *record = shape_around(s, node);

    if (record == NULL || record->kind != PE_KIND_RECORD)
        return NULL;
    for (size_t i = 0; i < record->field_count; i++) {
        const struct pe_field *field = &record->fields[i];
        if (pe_json_equals(&s->json, pe_snapshot_node(s, node - 1), field->name,
                           strlen(field->name)))
            return field;
    }
    return NULL;
}

const struct pe_shape *pe_mutant_shape(const struct pe_snapshot *s, uint32_t node)
{
    const struct pe_shape *around = shape_around(s, node);
    const struct pe_field *field = pe_mutant_field(s, node);

    if (around != NULL && (around->kind == PE_KIND_LIST || around->kind == PE_KIND_MAP))
        return around->element;
    return field == NULL ? NULL : field->shape;
}

static bool is_nullable(const struct pe_shape *shape)
{
    return shape != NULL && shape->kind == PE_KIND_NULLABLE;
}

const struct pe_shape *pe_mutant_plain_shape(const struct pe_shape *shape)
{
    return is_nullable(shape) ? shape->element : shape;
}

const char *pe_mutant_given(const char *json)
{
    return json == NULL ? "null" : json;
}

const char *pe_mutant_text_of(struct pe_mutants *m, const struct pe_node *node)
{
    const struct pe_json *json = &m->snapshot->json;
    size_t at = pe_node_offset(node);

    return pe_mutant_given(pe_arena_strn(m->arena, json->text + at, pe_json_end(json, node) - at));
}

/* ---- adding ---- */

void pe_mutant_add(struct pe_mutants *m, struct pe_mutant mutant)
{
    struct pe_mutant *items = pe_arena_grow(m->arena, m->items, m->count, &m->room, sizeof *items);

    if (items == NULL)
        return;
    m->items = items;
    items[m->count++] = mutant;
}

/* Whether the node already has a mutant with that value. */
static bool is_tried(const struct pe_mutants *m, uint32_t node, const char *json)
{
    for (size_t i = m->count; i > 0 && m->items[i - 1].node == node; i--)
        if (m->items[i - 1].act == PE_MUTANT_SET && strcmp(m->items[i - 1].json, json) == 0)
            return true;
    return false;
}

static const char *shown(struct pe_mutants *m, uint32_t node)
{
    struct pe_buf buf = {0};

    pe_snapshot_value(m->snapshot, node, &buf);
    return pe_arena_take(m->arena, &buf);
}

/* Whether what the model says of other values cannot depend on this one: it is no id that others
 * refer to, no key that must not repeat, and no witness of an empty list. */
static bool stands_alone(const struct pe_mutants *m, uint32_t node)
{
    const struct pe_snapshot *s = m->snapshot;
    enum pe_type type = pe_node_type(pe_snapshot_node(s, node));
    uint32_t list = pe_snapshot_node(s, pe_snapshot_node(s, node)->parent)->parent;
    const struct pe_field *field = pe_mutant_field(s, node);
    const char *unique;

    if (s->shapes == NULL)
        return true;
    if (field == NULL || type == PE_TRUE || type == PE_FALSE || strcmp(field->name, "id") == 0)
        return false;
    unique = s->model[s->shapes[list]]->unique;
    return unique == NULL || strcmp(unique, field->name) != 0;
}

void pe_mutant_add_either(struct pe_mutants *m, uint32_t node, const char *json,
                          const char *or_json, const char *now)
{
    const struct pe_node *n = pe_snapshot_node(m->snapshot, node);
    const char *was = pe_mutant_text_of(m, n);

    if (json == NULL || strcmp(was, json) == 0 || is_tried(m, node, json))
        return;
    if (pe_snapshot_masked(m->snapshot, node))
        now = "\"[secret]\"";
    pe_mutant_add(m, (struct pe_mutant){
                         .node = node,
                         .act = PE_MUTANT_SET,
                         .kind = PE_MUTANT_VALUE,
                         .alone = stands_alone(m, node),
                         .json = json,
                         .or_json = or_json,
                         .change = pe_arena_printf(m->arena, "%s -> %s", shown(m, node), now)});
}

void pe_mutant_add_value(struct pe_mutants *m, uint32_t node, const char *json)
{
    pe_mutant_add_either(m, node, json, NULL, json);
}

const char *pe_mutant_quoted(struct pe_mutants *m, const char *word)
{
    struct pe_buf buf = {0};

    pe_buf_addc(&buf, '"');
    for (; *word != '\0'; word++) {
        if (*word == '"' || *word == '\\')
            pe_buf_addc(&buf, '\\');
        if ((unsigned char)*word < 0x20)
            pe_buf_printf(&buf, "\\u%04x", *word);
        else
            pe_buf_addc(&buf, *word);
    }
    pe_buf_addc(&buf, '"');
    return pe_mutant_given(pe_arena_take(m->arena, &buf));
}

/* ---- lost data ---- */

static const char *retyped(struct pe_mutants *m, const struct pe_node *node)
{
    switch (pe_node_type(node)) {
    case PE_FALSE:
        return "\"false\"";
    case PE_TRUE:
        return "\"true\"";
    case PE_INTEGER:
    case PE_REAL:
        return pe_mutant_quoted(m, pe_mutant_text_of(m, node));
    case PE_STRING:
        return "0";
    case PE_LIST:
        return "{}";
    case PE_OBJECT:
        return "[]";
    default:
        return NULL;
    }
}

/* A member may be gone without a trace where rules ask whether it is there, where the model calls
 * it optional, and where an object without known members is walked. */
static enum pe_mutant_kind kind_of_removal(const struct pe_mutants *m, uint32_t node)
{
    const struct pe_field *field = pe_mutant_field(m->snapshot, node);
    uint32_t parent = pe_snapshot_node(m->snapshot, node)->parent;

    if (m->touched[node] & PE_TOUCHED_OPTIONAL || (field != NULL && !field->required))
        return PE_MUTANT_OPTIONAL;
    return field == NULL && m->touched[parent] & PE_TOUCHED_COUNT ? PE_MUTANT_VALUE
                                                                  : PE_MUTANT_LOST;
}

static void add_lost(struct pe_mutants *m, uint32_t node)
{
    const struct pe_snapshot *s = m->snapshot;
    const struct pe_node *n = pe_snapshot_node(s, node);
    const struct pe_shape *shape = pe_mutant_shape(s, node);
    bool may_be_null =
        shape != NULL ? is_nullable(shape) : (m->touched[node] & PE_TOUCHED_OPTIONAL) != 0;
    const char *type = retyped(m, n);

    if (pe_node_type(pe_snapshot_node(s, n->parent)) == PE_OBJECT)
        pe_mutant_add(m, (struct pe_mutant){.node = node,
                                            .act = PE_MUTANT_REMOVE,
                                            .kind = kind_of_removal(m, node),
                                            .change = "removed"});
    if (pe_node_type(n) != PE_NULL)
        pe_mutant_add(m, (struct pe_mutant){.node = node,
                                            .act = PE_MUTANT_SET,
                                            .kind = may_be_null ? PE_MUTANT_VALUE : PE_MUTANT_LOST,
                                            .json = "null",
                                            .change = "null"});
    if (type != NULL)
        pe_mutant_add(m,
                      (struct pe_mutant){.node = node,
                                         .act = PE_MUTANT_SET,
                                         .kind = shape == NULL ? PE_MUTANT_VALUE : PE_MUTANT_LOST,
                                         .json = type,
                                         .change = "another type"});
}

/* ---- strings ---- */

static void add_format(struct pe_mutants *m, uint32_t node, const char *format)
{
    static const char *const others[][2] = {
        {"cidr", "\"0.0.0.0/0\""},
        {"address", "\"0.0.0.0/0\""},
        {"ports", "\"1-65535\""},
    };

    for (size_t i = 0; !m->fine && i < sizeof others / sizeof others[0]; i++)
        if (strcmp(others[i][0], format) == 0)
            pe_mutant_add_value(m, node, others[i][1]);
}

/* Without a model, words that stand for booleans are flipped like those. */
static void add_plain(struct pe_mutants *m, uint32_t node, const char *text)
{
    static const char *const pairs[][2] = {
        {"\"True\"", "\"False\""}, {"\"true\"", "\"false\""}, {"\"yes\"", "\"no\""}};

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        for (int side = 0; side < 2; side++)
            if (strcmp(text, pairs[i][side]) == 0)
                pe_mutant_add_value(m, node, pairs[i][!side]);
    pe_mutant_add_value(m, node, "\"\"");
}

static void flip_word(struct pe_mutants *m, uint32_t node, const struct pe_strings *words)
{
    for (size_t i = 0; words->count == 2 && i < 2; i++)
        pe_mutant_add_value(m, node, pe_mutant_quoted(m, words->items[i]));
}

static void add_string(struct pe_mutants *m, uint32_t node, const struct pe_shape *shape)
{
    const char *text = pe_mutant_text_of(m, pe_snapshot_node(m->snapshot, node));

    if ((shape == NULL || shape->kind == PE_KIND_FORMAT) &&
        pe_mutant_add_times(m, node, text + 1, strlen(text) - 2))
        return;
    if (shape == NULL)
        add_plain(m, node, text);
    else if (shape->words.count > 0)
        flip_word(m, node, &shape->words);
    else if (shape->kind == PE_KIND_FORMAT)
        add_format(m, node, shape->format);
    else if (shape->kind == PE_KIND_TEXT && (!shape->has_min || shape->min <= 0))
        add_plain(m, node, text);
}

/* ---- all ---- */

static void add_values(struct pe_mutants *m, uint32_t node)
{
    const struct pe_shape *shape = pe_mutant_plain_shape(pe_mutant_shape(m->snapshot, node));
    const struct pe_node *n = pe_snapshot_node(m->snapshot, node);

    switch (pe_node_type(n)) {
    case PE_FALSE:
        pe_mutant_add_value(m, node, "true");
        break;
    case PE_TRUE:
        pe_mutant_add_value(m, node, "false");
        break;
    case PE_INTEGER:
    case PE_REAL:
        pe_mutant_add_numbers(m, node, shape);
        break;
    case PE_STRING:
        add_string(m, node, shape);
        break;
    case PE_LIST:
        pe_mutant_add_list(m, node, shape);
        break;
    default:
        break;
    }
}

/* The profile and the time are what the tenant is judged by: another one is no wrong value. */
static bool is_profile(const struct pe_mutants *m, uint32_t node)
{
    const char *const pointers[] = {m->pack->service, m->pack->options, m->pack->as_of};
    const struct pe_node *found;
    struct pe_buf scratch = {0};
    bool within = false;

    for (size_t i = 0; i < sizeof pointers / sizeof pointers[0]; i++) {
        found = pointers[i] == NULL ? NULL : pe_snapshot_find(m->snapshot, pointers[i], &scratch);
        within |= found != NULL && node >= pe_snapshot_number(m->snapshot, found) &&
                  node < pe_snapshot_number(m->snapshot, found) +
                             (pe_node_holds(found) ? found->size : 1);
    }
    pe_buf_release(&scratch); /* out of memory: one mutant more */
    return within;
}

void pe_mutants_of(struct pe_mutants *mutants, uint32_t node)
{
    if (node == 0 || mutants->touched[node] == 0)
        return;
    add_lost(mutants, node);
    if (mutants->touched[node] & (PE_TOUCHED_COUNT | PE_TOUCHED_VALUE) &&
        !is_profile(mutants, node))
        add_values(mutants, node);
}
