/* mutant.c: which changes of a value a control must notice. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "mutant.h"

#include <stdio.h>
#include <string.h>

#include "lib/time.h"

/* ---- what is there ---- */

/* What the model says of what a node lies in; NULL when it says nothing. */
static const struct pe_shape *shape_around(const struct pe_snapshot *s, uint32_t node)
{
    return s->shapes == NULL ? NULL : s->model[s->shapes[pe_snapshot_node(s, node)->parent]];
}

/* The field that a node is the value of; NULL without one. */
static const struct pe_field *field_of(const struct pe_snapshot *s, uint32_t node)
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
    const struct pe_field *field = field_of(s, node);

    if (around != NULL && (around->kind == PE_KIND_LIST || around->kind == PE_KIND_MAP))
        return around->element;
    return field == NULL ? NULL : field->shape;
}

static bool is_nullable(const struct pe_shape *shape)
{
    return shape != NULL && shape->kind == PE_KIND_NULLABLE;
}

static const struct pe_shape *plain_shape(const struct pe_shape *shape)
{
    return is_nullable(shape) ? shape->element : shape;
}

/* What an arena gave as the text of a value; where it has failed, another one, for nobody to see.
 */
static const char *given(const char *json)
{
    return json == NULL ? "null" : json;
}

/* A value as it stands in the text. */
static const char *text_of(struct pe_mutants *m, const struct pe_node *node)
{
    const struct pe_json *json = &m->snapshot->json;
    size_t at = pe_node_offset(node);

    return given(pe_arena_strn(m->arena, json->text + at, pe_json_end(json, node) - at));
}

/* ---- adding ---- */

static void add(struct pe_mutants *m, struct pe_mutant mutant)
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
    const struct pe_field *field = field_of(s, node);
    const char *unique;

    if (s->shapes == NULL)
        return true;
    if (field == NULL || type == PE_TRUE || type == PE_FALSE || strcmp(field->name, "id") == 0)
        return false;
    unique = s->model[s->shapes[list]]->unique;
    return unique == NULL || strcmp(unique, field->name) != 0;
}

/* Another value of the same kind, or, with now, one of two. */
static void add_either(struct pe_mutants *m, uint32_t node, const char *json, const char *or_json,
                       const char *now)
{
    const struct pe_node *n = pe_snapshot_node(m->snapshot, node);
    const char *was = text_of(m, n);

    if (json == NULL || strcmp(was, json) == 0 || is_tried(m, node, json))
        return;
    if (pe_snapshot_masked(m->snapshot, node))
        now = "\"[secret]\"";
    add(m,
        (struct pe_mutant){.node = node,
                           .act = PE_MUTANT_SET,
                           .kind = PE_MUTANT_VALUE,
                           .alone = stands_alone(m, node),
                           .json = json,
                           .or_json = or_json,
                           .change = pe_arena_printf(m->arena, "%s -> %s", shown(m, node), now)});
}

static void add_value(struct pe_mutants *m, uint32_t node, const char *json)
{
    add_either(m, node, json, NULL, json);
}

static const char *quoted(struct pe_mutants *m, const char *word)
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
    return given(pe_arena_take(m->arena, &buf));
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
        return quoted(m, text_of(m, node));
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
    const struct pe_field *field = field_of(m->snapshot, node);
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
        add(m, (struct pe_mutant){.node = node,
                                  .act = PE_MUTANT_REMOVE,
                                  .kind = kind_of_removal(m, node),
                                  .change = "removed"});
    if (pe_node_type(n) != PE_NULL)
        add(m, (struct pe_mutant){.node = node,
                                  .act = PE_MUTANT_SET,
                                  .kind = may_be_null ? PE_MUTANT_VALUE : PE_MUTANT_LOST,
                                  .json = "null",
                                  .change = "null"});
    if (type != NULL)
        add(m, (struct pe_mutant){.node = node,
                                  .act = PE_MUTANT_SET,
                                  .kind = shape == NULL ? PE_MUTANT_VALUE : PE_MUTANT_LOST,
                                  .json = type,
                                  .change = "another type"});
}

/* ---- numbers ---- */

static bool in_bounds(const struct pe_shape *shape, double number)
{
    return (shape == NULL || ((!shape->has_min || number >= shape->min) &&
                              (!shape->has_max || number <= shape->max))) &&
           number >= -1e15 && number <= 1e15;
}

static void try_number(struct pe_mutants *m, uint32_t node, const struct pe_shape *shape,
                       double number)
{
    if (in_bounds(shape, number))
        add_value(m, node, pe_arena_printf(m->arena, "%.15g", number));
}

static bool is_number(const struct pe_param_def *param)
{
    return param->given && (param->type == PE_PARAM_INTEGER || param->type == PE_PARAM_NUMBER);
}

static const char *unit_name(const char *unit)
{
    return unit == NULL ? "" : unit;
}

/* A limit in days says nothing of a number of characters. Without a model any may be meant. */
static bool same_unit(const struct pe_mutants *m, uint32_t node, const struct pe_param_def *param)
{
    const struct pe_field *field = field_of(m->snapshot, node);
    const char *own = field == NULL ? NULL : field->unit;

    return m->snapshot->shapes == NULL || strcmp(unit_name(own), unit_name(param->face.unit)) == 0;
}

static bool is_at_bound(const struct pe_shape *shape, double value)
{
    return shape != NULL && ((shape->has_min && value <= shape->min + 1) ||
                             (shape->has_max && value >= shape->max - 1));
}

static void add_step(struct pe_mutants *m, uint32_t node, const struct pe_shape *shape,
                     double value)
{
    if (!in_bounds(shape, value - 1))
        try_number(m, node, shape, value + 1);
    else if (!in_bounds(shape, value + 1))
        try_number(m, node, shape, value - 1);
    else
        add_either(m, node, pe_arena_printf(m->arena, "%.15g", value - 1),
                   pe_arena_printf(m->arena, "%.15g", value + 1), "one less or more");
}

/* Over a parameter; at it, to either side. */
static void add_crossing(struct pe_mutants *m, uint32_t node, const struct pe_shape *shape,
                         double value, double param)
{
    if (value == param)
        add_step(m, node, shape, value);
    else
        try_number(m, node, shape, value < param ? param + 1 : param - 1);
}

static void add_numbers(struct pe_mutants *m, uint32_t node, const struct pe_shape *shape)
{
    double value = pe_json_real(&m->snapshot->json, pe_snapshot_node(m->snapshot, node));
    bool limited = false;

    for (size_t i = 0; i < m->control->face.param_count; i++) {
        const struct pe_param_def *param = &m->control->params[i];
        if (!is_number(param) || !same_unit(m, node, param) || !m->asks(m->ud, node, i))
            continue;
        add_crossing(m, node, shape, value, param->number);
        limited = true;
    }
    if (!limited && (m->fine || shape == NULL || is_at_bound(shape, value)))
        add_step(m, node, shape, value);
}

/* ---- times ---- */

enum { DAY = 86400 };

struct moment {
    struct pe_time_instant at;
    bool date; /* of a day alone */
    struct pe_time_zone zone;
};

static bool read_moment(const char *bytes, size_t length, struct moment *moment)
{
    enum pe_time_why why;
    int64_t day;

    *moment = (struct moment){0};
    if (pe_time_parse_day(bytes, length, &day, &why) == 0) {
        moment->date = true;
        moment->at.seconds = day * DAY;
        return true;
    }
    if (length > 6 && (bytes[length - 6] == '+' || bytes[length - 6] == '-'))
        pe_time_parse_zone(bytes + length - 6, 6, &moment->zone, &why);
    return pe_time_parse(bytes, length, &moment->at, &why) == 0;
}

static bool is_days(const struct pe_param_def *param)
{
    return is_number(param) && strncmp(unit_name(param->face.unit), "day", 3) == 0 &&
           param->number < 100000;
}

/* Further from as_of than any parameter in days that is asked for; 0 without one. */
static int64_t beyond_days(const struct pe_mutants *m, uint32_t node)
{
    int64_t most = -1;

    for (size_t i = 0; i < m->control->face.param_count; i++)
        if (is_days(&m->control->params[i]) && m->control->params[i].number > (double)most &&
            m->asks(m->ud, node, i))
            most = (int64_t)m->control->params[i].number;
    return most + 1;
}

static const char *moved(struct pe_mutants *m, const struct moment *moment, int64_t seconds)
{
    struct pe_time_instant at = {seconds, moment->at.nanoseconds};
    char text[PE_TIME_TEXT_BYTES];
    enum pe_time_why why;
    int result;

    if (moment->date)
        result = pe_time_print_day(pe_time_day_of(at, moment->zone), text, &why);
    else
        result = pe_time_print(at, moment->zone, text, &why);
    return result == 0 ? quoted(m, text) : NULL;
}

/* Over as_of by a day, and to where it is longer ago, or further off, than any limit. */
static void add_times(struct pe_mutants *m, uint32_t node, const struct moment *moment)
{
    const char *less = moved(m, moment, moment->at.seconds - DAY);
    const char *more = moved(m, moment, moment->at.seconds + DAY);
    int64_t days = beyond_days(m, node) * DAY, past;
    struct moment now;

    if (m->fine && less != NULL && more != NULL)
        add_either(m, node, less, more, "a day earlier or later");
    if (m->as_of == NULL)
        return;
    read_moment(m->as_of, strlen(m->as_of), &now); /* a snapshot's, so it can be read */
    past = moment->at.seconds <= now.at.seconds ? 1 : -1;
    add_value(m, node, moved(m, moment, now.at.seconds + past * DAY));
    if (days > 0)
        add_value(m, node, moved(m, moment, now.at.seconds - past * days));
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
            add_value(m, node, others[i][1]);
}

/* Without a model, words that stand for booleans are flipped like those. */
static void add_plain(struct pe_mutants *m, uint32_t node, const char *text)
{
    static const char *const pairs[][2] = {
        {"\"True\"", "\"False\""}, {"\"true\"", "\"false\""}, {"\"yes\"", "\"no\""}};

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        for (int side = 0; side < 2; side++)
            if (strcmp(text, pairs[i][side]) == 0)
                add_value(m, node, pairs[i][!side]);
    add_value(m, node, "\"\"");
}

static void flip_word(struct pe_mutants *m, uint32_t node, const struct pe_strings *words)
{
    for (size_t i = 0; words->count == 2 && i < 2; i++)
        add_value(m, node, quoted(m, words->items[i]));
}

static void add_string(struct pe_mutants *m, uint32_t node, const struct pe_shape *shape)
{
    const char *text = text_of(m, pe_snapshot_node(m->snapshot, node));
    struct moment moment;

    if (shape == NULL || shape->kind == PE_KIND_FORMAT)
        if (read_moment(text + 1, strlen(text) - 2, &moment)) {
            add_times(m, node, &moment);
            return;
        }
    if (shape == NULL)
        add_plain(m, node, text);
    else if (shape->words.count > 0)
        flip_word(m, node, &shape->words);
    else if (shape->kind == PE_KIND_FORMAT)
        add_format(m, node, shape->format);
    else if (shape->kind == PE_KIND_TEXT && (!shape->has_min || shape->min <= 0))
        add_plain(m, node, text);
}

/* ---- lists ---- */

static void add_element(struct pe_mutants *m, uint32_t list, const char *json, const char *change)
{
    add(m, (struct pe_mutant){.node = list,
                              .act = PE_MUTANT_APPEND,
                              .kind = PE_MUTANT_VALUE,
                              .whole = true,
                              .json = json,
                              .change = change});
}

/* The text of an element with one of its members replaced, and with a new id. */
static const char *copy_with(struct pe_mutants *m, const struct pe_node *element,
                             const struct pe_node *value, const char *with)
{
    const struct pe_json *json = &m->snapshot->json;
    const struct pe_node *key = pe_json_first(json, element);
    struct pe_buf buf = {0};

    pe_buf_addc(&buf, '{');
    for (; key != NULL; key = pe_json_next(json, key + 1)) {
        const char *name = text_of(m, key), *text = key + 1 == value ? with : text_of(m, key + 1);
        bool id = strcmp(name, "\"id\"") == 0 && pe_node_type(key + 1) == PE_STRING;
        pe_buf_printf(&buf, "%s%s: ", buf.length > 1 ? ", " : "", name);
        if (id) /* an id of its own: its last quote moves */
            pe_buf_printf(&buf, "%.*s-mutant\"", (int)strlen(text) - 1, text);
        else
            pe_buf_adds(&buf, text);
    }
    pe_buf_addc(&buf, '}');
    return given(pe_arena_take(m->arena, &buf));
}

/* Whether an element of the list has that text, or a member with that text of that name. */
static bool is_used(struct pe_mutants *m, const struct pe_node *list, const char *member,
                    const char *text)
{
    const struct pe_json *json = &m->snapshot->json;
    const struct pe_node *element = pe_json_first(json, list), *value;

    for (; element != NULL; element = pe_json_next(json, element)) {
        value = element;
        if (member != NULL)
            value = pe_json_member(json, element, member, strlen(member));
        if (value != NULL && strcmp(text_of(m, value), text) == 0)
            return true;
    }
    return false;
}

/* The field that tells the kinds of a record apart: the first enum that is called so, or is one. */
static const struct pe_field *kind_field(const struct pe_shape *record)
{
    static const char *const names[] = {"kind", "type", "category", "state"};
    const struct pe_field *first = NULL;

    for (size_t i = 0; i < record->field_count && first == NULL; i++)
        if (plain_shape(record->fields[i].shape)->words.count > 1)
            first = &record->fields[i];
    for (size_t n = 0; n < sizeof names / sizeof names[0]; n++)
        for (size_t i = 0; i < record->field_count; i++)
            if (strcmp(record->fields[i].name, names[n]) == 0 &&
                plain_shape(record->fields[i].shape)->words.count > 1)
                return &record->fields[i];
    return first;
}

/* An element like the last one, but of a kind that no element of the list has. */
static void add_other_record(struct pe_mutants *m, uint32_t number, const struct pe_node *last,
                             const struct pe_shape *record)
{
    const struct pe_snapshot *s = m->snapshot;
    const struct pe_node *list = pe_snapshot_node(s, number), *value = NULL;
    const struct pe_field *field = kind_field(record);

    if (field != NULL)
        value = pe_json_member(&s->json, last, field->name, strlen(field->name));
    for (size_t w = 0; value != NULL && w < plain_shape(field->shape)->words.count; w++) {
        const char *word = quoted(m, plain_shape(field->shape)->words.items[w]);
        if (is_used(m, list, field->name, word))
            continue;
        add_element(m, number, copy_with(m, last, value, word),
                    pe_arena_printf(m->arena, "an element more, %s %s", field->name, word));
        return;
    }
}

static void add_other_word(struct pe_mutants *m, uint32_t number, const struct pe_shape *element)
{
    const struct pe_node *list = pe_snapshot_node(m->snapshot, number);

    for (size_t w = 0; w < element->words.count; w++) {
        const char *word = quoted(m, element->words.items[w]);
        if (is_used(m, list, NULL, word))
            continue;
        add_element(m, number, word, pe_arena_printf(m->arena, "an element more, %s", word));
        return;
    }
}

static const struct pe_node *last_of(const struct pe_json *json, const struct pe_node *list)
{
    const struct pe_node *last = NULL, *element = pe_json_first(json, list);

    for (; element != NULL; element = pe_json_next(json, element))
        last = element;
    return last;
}

/* ---- elements for a list that has none ---- */

/* The first id in a list, as text; NULL when there is none. */
static const char *first_id(struct pe_mutants *m, const char *path)
{
    const struct pe_json *json = &m->snapshot->json;
    const struct pe_node *list = pe_model_list(m->snapshot, path), *element, *id = NULL;

    element = list == NULL ? NULL : pe_json_first(json, list);
    for (; id == NULL && element != NULL; element = pe_json_next(json, element))
        id = pe_json_member(json, element, "id", 2);
    return id == NULL ? NULL : text_of(m, id);
}

static void make_value(struct pe_mutants *m, const struct pe_shape *shape, struct pe_buf *out);

static void make_record(struct pe_mutants *m, const struct pe_shape *shape, struct pe_buf *out)
{
    bool first = true;

    pe_buf_addc(out, '{');
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct pe_field *field = &shape->fields[i];
        if (!field->required)
            continue;
        pe_buf_printf(out, "%s%s: ", first ? "" : ", ", quoted(m, field->name));
        first = false;
        make_value(m, field->shape, out);
    }
    pe_buf_addc(out, '}');
}

static const char *sample_of(struct pe_mutants *m, const char *format)
{
    static const char *const samples[][2] = {
        {"cidr", "\"203.0.113.0/24\""},
        {"ip", "\"203.0.113.77\""},
        {"address", "\"203.0.113.77\""},
        {"ports", "\"1-65535\""},
        {"duration", "\"P1D\""},
        {"url", "\"https://mutant.example.com/\""},
        {"email", "\"mutant@example.com\""},
        {"hostname", "\"mutant.example.com\""},
        {"country", "\"ZZ\""},
    };
    const char *as_of = m->as_of == NULL ? "2000-01-01T00:00:00Z" : m->as_of;

    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        if (strcmp(samples[i][0], format) == 0)
            return samples[i][1];
    if (strcmp(format, "timestamp") == 0)
        return quoted(m, as_of);
    if (strcmp(format, "date") == 0)
        return quoted(m, pe_arena_strn(m->arena, as_of, 10));
    return strcmp(format, "sha256") == 0
               ? "\"0000000000000000000000000000000000000000000000000000000000000000\""
               : "\"mutant\"";
}

/* A value as the model wants it. */
static void make_value(struct pe_mutants *m, const struct pe_shape *shape, struct pe_buf *out)
{
    const char *id = NULL;

    switch (shape->kind) {
    case PE_KIND_RECORD:
        make_record(m, shape, out);
        break;
    case PE_KIND_LIST:
        pe_buf_addc(out, '[');
        if (shape->has_min && shape->min > 0)
            make_value(m, shape->element, out);
        pe_buf_addc(out, ']');
        break;
    case PE_KIND_MAP:
        pe_buf_adds(out, "{}");
        break;
    case PE_KIND_INTEGER:
    case PE_KIND_NUMBER:
        pe_buf_printf(out, "%.15g", shape->has_min ? shape->min : 0);
        break;
    case PE_KIND_BOOLEAN:
        pe_buf_adds(out, "false");
        break;
    case PE_KIND_FORMAT:
        pe_buf_adds(out, sample_of(m, shape->format));
        break;
    case PE_KIND_NULLABLE:
        pe_buf_adds(out, "null");
        break;
    case PE_KIND_REF:
        id = first_id(m, shape->path);
        pe_buf_adds(out, id == NULL ? "\"mutant\"" : id);
        break;
    default:
        pe_buf_adds(out, shape->words.count > 0 ? quoted(m, shape->words.items[0]) : "\"mutant\"");
    }
}

static void add_first(struct pe_mutants *m, uint32_t list, const struct pe_shape *element)
{
    struct pe_buf buf = {0};

    make_value(m, element, &buf);
    add_element(m, list, given(pe_arena_take(m->arena, &buf)), "a first element");
}

static void add_list(struct pe_mutants *m, uint32_t number, const struct pe_shape *shape)
{
    const struct pe_snapshot *s = m->snapshot;
    const struct pe_node *list = pe_snapshot_node(s, number);
    const struct pe_node *last = last_of(&s->json, list);
    const struct pe_shape *element = shape == NULL ? NULL : plain_shape(shape->element);

    if (last != NULL) {
        add(m, (struct pe_mutant){.node = number,
                                  .act = PE_MUTANT_SET,
                                  .kind = PE_MUTANT_VALUE,
                                  .whole = true,
                                  .json = "[]",
                                  .change = "emptied"});
        if (pe_node_type(last) == PE_OBJECT && (shape == NULL || shape->unique == NULL))
            add_element(m, number, text_of(m, last), "the last element twice");
    }
    if (element == NULL)
        return;
    if (last == NULL)
        add_first(m, number, element);
    else if (element->kind == PE_KIND_RECORD)
        add_other_record(m, number, last, element);
    else
        add_other_word(m, number, element);
}

/* ---- all ---- */

static void add_values(struct pe_mutants *m, uint32_t node)
{
    const struct pe_shape *shape = plain_shape(pe_mutant_shape(m->snapshot, node));
    const struct pe_node *n = pe_snapshot_node(m->snapshot, node);

    switch (pe_node_type(n)) {
    case PE_FALSE:
        add_value(m, node, "true");
        break;
    case PE_TRUE:
        add_value(m, node, "false");
        break;
    case PE_INTEGER:
    case PE_REAL:
        add_numbers(m, node, shape);
        break;
    case PE_STRING:
        add_string(m, node, shape);
        break;
    case PE_LIST:
        add_list(m, node, shape);
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
