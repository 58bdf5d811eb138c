/* model.c: compares a snapshot with what its model says. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "model_impl.h"

#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "base/utf8.h"
#include "repeated.h"
#include "say.h"

static const struct pe_text nothing = {"", ""};

/* ---- problems ---- */

/* No more are kept: a null makes room for what is no null. */
static void add_instead(struct pe_model_walk *walk, const struct pe_snapshot_problem *problem)
{
    size_t i = walk->count;

    if (problem->null || walk->nulls == 0)
        return;
    while (!walk->problems[i - 1].null)
        i--;
    walk->nulls--;
    walk->problems[i - 1] = walk->problems[walk->count - 1]; /* they are sorted in the end */
    walk->problems[walk->count - 1] = *problem;
}

static void add_problem(struct pe_model_walk *walk, const struct pe_snapshot_problem *problem)
{
    struct pe_snapshot_problem *list;

    walk->total++;
    if (walk->count >= PE_MAX_PROBLEMS) {
        add_instead(walk, problem);
        return;
    }
    list =
        pe_arena_grow(walk->check->arena, walk->problems, walk->count, &walk->room, sizeof *list);
    if (list == NULL)
        return;
    walk->problems = list;
    list[walk->count++] = *problem;
    walk->nulls += problem->null;
}

static struct pe_node *node_at(struct pe_model_walk *walk, uint32_t number)
{
    return &walk->snapshot->json.nodes[number];
}

static struct pe_text say(struct pe_model_walk *walk, enum pe_sentence sentence, struct pe_text one,
                          struct pe_text two)
{
    return pe_say_texts(walk->check->arena, sentence, one, two, nothing);
}

/* The value is wrong: it reads as absent. */
static void wrong(struct pe_model_walk *walk, uint32_t node, struct pe_text message)
{
    bool null = pe_node_type(node_at(walk, node)) == PE_NULL;

    node_at(walk, node)->bits |= PE_INVALID;
    add_problem(walk, &(struct pe_snapshot_problem){
                          .node = node, .null = null, .message = message, .hint = nothing});
}

void pe_model_wrong(struct pe_model_walk *walk, uint32_t node, enum pe_sentence sentence,
                    struct pe_text one)
{
    wrong(walk, node, say(walk, sentence, one, nothing));
}

/* ---- kinds ---- */

static const struct pe_text kind_texts[] = {
    [PE_KIND_RECORD] = {"an object", "オブジェクト"},
    [PE_KIND_LIST] = {"a list", "リスト"},
    [PE_KIND_MAP] = {"an object", "オブジェクト"},
    [PE_KIND_TEXT] = {"a string", "文字列"},
    [PE_KIND_ENUM] = {"a string", "文字列"},
    [PE_KIND_INTEGER] = {"a whole number", "整数"},
    [PE_KIND_NUMBER] = {"a number", "数値"},
    [PE_KIND_BOOLEAN] = {"a boolean", "真偽値"},
    [PE_KIND_FORMAT] = {"a string", "文字列"},
    [PE_KIND_REF] = {"a string", "文字列"},
};

static bool kind_fits(enum pe_kind kind, enum pe_type type)
{
    switch (kind) {
    case PE_KIND_RECORD:
    case PE_KIND_MAP:
        return type == PE_OBJECT;
    case PE_KIND_LIST:
        return type == PE_LIST;
    case PE_KIND_INTEGER:
        return type == PE_INTEGER;
    case PE_KIND_NUMBER:
        return type == PE_INTEGER || type == PE_REAL;
    case PE_KIND_BOOLEAN:
        return type == PE_TRUE || type == PE_FALSE;
    default:
        return type == PE_STRING;
    }
}

static struct pe_text type_text(enum pe_type type)
{
    static const struct pe_text texts[] = {
        [PE_NULL] = {"null", "null"},
        [PE_FALSE] = {"a boolean", "真偽値"},
        [PE_TRUE] = {"a boolean", "真偽値"},
        [PE_INTEGER] = {"a number", "数値"},
        [PE_REAL] = {"a number with a fraction", "小数"},
        [PE_STRING] = {"a string", "文字列"},
        [PE_LIST] = {"a list", "リスト"},
        [PE_OBJECT] = {"an object", "オブジェクト"},
    };

    return texts[type];
}

/* ---- lists ---- */

static void check_unique(struct pe_model_walk *walk, const struct pe_node *list, const char *member)
{
    struct pe_arena arena = {0}; /* nothing of it is needed afterwards */
    uint64_t *nodes = NULL;
    size_t count = pe_repeated_keys(&walk->snapshot->json, list, member, &arena, &nodes);

    for (size_t i = 0; i < count; i++)
        pe_model_wrong(walk, (uint32_t)nodes[i], PE_SAY_DUPLICATE, pe_say_plain(member));
    walk->check->arena->failed |= pe_arena_failed(&arena);
    pe_arena_release(&arena);
}

static bool has_witness(struct pe_model_walk *walk, const struct pe_node *list, const char *witness)
{
    const struct pe_node *parent = node_at(walk, list->parent), *found;

    if (witness[0] == '/')
        found = pe_snapshot_find(walk->snapshot, witness, &walk->scratch);
    else
        found = pe_json_member(&walk->snapshot->json, parent, witness, strlen(witness));
    return found != NULL && pe_node_type(found) != PE_NULL && pe_node_type(found) != PE_FALSE;
}

static void check_value(struct pe_model_walk *walk, uint32_t node, const struct pe_shape *shape);

static void check_list(struct pe_model_walk *walk, uint32_t number, const struct pe_shape *shape)
{
    const struct pe_json *json = &walk->snapshot->json;
    const struct pe_node *list = node_at(walk, number), *element;

    pe_model_check_range(walk, number, shape, pe_node_count(list), PE_SAY_TOO_FEW, PE_SAY_TOO_MANY);
    if (pe_node_count(list) == 0 && shape->witness != NULL &&
        !has_witness(walk, list, shape->witness))
        pe_model_wrong(walk, number, PE_SAY_NO_WITNESS, pe_say_plain(shape->witness));
    for (element = pe_json_first(json, list); element != NULL;
         element = pe_json_next(json, element))
        check_value(walk, pe_snapshot_number(walk->snapshot, element), shape->element);
    if (shape->unique != NULL)
        check_unique(walk, list, shape->unique);
}

/* ---- records ---- */

/* Looks from a position on: objects tend to have their members in the order of the model, or of
 * their neighbours. */
static const struct pe_field *field_from(const struct pe_shape *record, size_t from,
                                         const char *key, size_t length)
{
    for (size_t i = from; i < record->field_count; i++)
        if (pe_model_is_same(record->fields[i].name, key, length))
            return &record->fields[i];
    for (size_t i = 0; i < from && i < record->field_count; i++)
        if (pe_model_is_same(record->fields[i].name, key, length))
            return &record->fields[i];
    return NULL;
}

const struct pe_field *pe_model_field(const struct pe_shape *record, const char *key, size_t length)
{
    return field_from(record, 0, key, length);
}

static bool contracted(const struct pe_model_check *check, const struct pe_field_when *when)
{
    if (when->service != NULL && check->service != NULL &&
        strcmp(check->service, when->service) != 0 && strcmp(check->service, "both") != 0)
        return false;
    if (when->option == NULL)
        return true;
    for (size_t i = 0; i < check->options.count; i++)
        if (strcmp(check->options.items[i], when->option) == 0)
            return true;
    return false;
}

enum { MAX_KEY = 100 }; /* bytes of a key that nobody knows, in messages */

/* The field of a record that was perhaps meant; NULL: none. */
static const char *suggest_field(const struct pe_shape *record, const char *key,
                                 struct pe_arena *arena)
{
    const char **names = pe_arena_array(arena, record->field_count + 1, sizeof *names);

    for (size_t i = 0; names != NULL && i < record->field_count; i++)
        names[i] = record->fields[i].name;
    return names == NULL ? NULL : pe_suggest(key, names, record->field_count);
}

static void unknown_field(struct pe_model_walk *walk, uint32_t key, const struct pe_shape *shape)
{
    struct pe_arena *arena = walk->check->arena;
    struct pe_snapshot_problem problem = {.node = key + 1, .warning = true, .hint = nothing};
    const char *bytes, *like;
    size_t length;

    if (!pe_json_string(&walk->snapshot->json, node_at(walk, key), &bytes, &length, &walk->scratch))
        return;
    problem.key = pe_arena_strn(arena, bytes,
                                pe_utf8_valid_prefix(bytes, length < MAX_KEY ? length : MAX_KEY));
    if (problem.key == NULL)
        return;
    problem.message = say(walk, PE_SAY_UNKNOWN_FIELD, pe_say_plain(problem.key), nothing);
    like = suggest_field(shape, problem.key, arena);
    if (like != NULL)
        problem.hint = pe_say(arena, PE_SAY_DID_YOU_MEAN, like, NULL, NULL);
    add_problem(walk, &problem);
}

enum { FEW_MEMBERS = 32 };

/* What an object has: fields of its record by their position, as far as they fit, and the fields
 * that its first members are. */
struct present {
    uint64_t bits[4];
    const struct pe_field *fields[FEW_MEMBERS]; /* NULL: none that the record knows */
};

static void find_present(struct pe_model_walk *walk, uint32_t object, const struct pe_shape *shape,
                         struct present *present)
{
    const struct pe_json *json = &walk->snapshot->json;
    const struct pe_node *key = pe_json_first(json, node_at(walk, object));
    const struct pe_field *field;
    size_t length, next = 0;
    const char *name;

    memset(present->bits, 0, sizeof present->bits);
    for (size_t i = 0; key != NULL; key = pe_json_next(json, key + 1), i++) {
        if (!pe_json_string(json, key, &name, &length, &walk->scratch))
            break;
        field = field_from(shape, next, name, length);
        if (i < FEW_MEMBERS)
            present->fields[i] = field;
        if (field == NULL)
            continue;
        next = (size_t)(field - shape->fields);
        if (next / 64 < sizeof present->bits / sizeof present->bits[0])
            present->bits[next / 64] |= UINT64_C(1) << next % 64;
        next++;
    }
}

/* One of many members. */
static const struct pe_field *field_of(struct pe_model_walk *walk, const struct pe_node *key,
                                       const struct pe_shape *shape)
{
    const char *name;
    size_t length;

    if (!pe_json_string(&walk->snapshot->json, key, &name, &length, &walk->scratch))
        return NULL;
    return pe_model_field(shape, name, length);
}

static bool is_present(struct pe_model_walk *walk, uint32_t object, const struct pe_field *field,
                       const struct present *present, size_t position)
{
    if (position / 64 < sizeof present->bits / sizeof present->bits[0])
        return present->bits[position / 64] >> position % 64 & 1;
    return pe_json_member(&walk->snapshot->json, node_at(walk, object), field->name,
                          strlen(field->name)) != NULL;
}

static void check_required(struct pe_model_walk *walk, uint32_t object,
                           const struct pe_shape *shape, const struct present *present)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct pe_field *field = &shape->fields[i];
        if (!field->required || is_present(walk, object, field, present, i) ||
            !contracted(walk->check, &field->when))
            continue;
        add_problem(walk,
                    &(struct pe_snapshot_problem){
                        .node = object,
                        .key = field->name,
                        .message = say(walk, PE_SAY_REQUIRED, pe_say_plain(field->name), nothing),
                        .hint = nothing});
    }
}

static void check_record(struct pe_model_walk *walk, uint32_t object, const struct pe_shape *shape)
{
    const struct pe_json *json = &walk->snapshot->json;
    const struct pe_node *key = pe_json_first(json, node_at(walk, object));
    const struct pe_field *field;
    struct present present;

    find_present(walk, object, shape, &present);
    if (pe_buf_failed(&walk->scratch))
        return;
    check_required(walk, object, shape, &present);
    for (size_t i = 0; key != NULL; key = pe_json_next(json, key + 1), i++) {
        uint32_t value = pe_snapshot_number(walk->snapshot, key) + 1;
        field = i < FEW_MEMBERS ? present.fields[i] : field_of(walk, key, shape);
        if (field == NULL) {
            unknown_field(walk, value - 1, shape);
            continue;
        }
        if (field->secret)
            node_at(walk, value)->bits |= PE_SECRET;
        check_value(walk, value, field->shape);
    }
}

static void check_map(struct pe_model_walk *walk, uint32_t object, const struct pe_shape *shape)
{
    const struct pe_json *json = &walk->snapshot->json;
    const struct pe_node *key = pe_json_first(json, node_at(walk, object));

    for (; key != NULL; key = pe_json_next(json, key + 1))
        check_value(walk, pe_snapshot_number(walk->snapshot, key) + 1, shape->element);
}

static void check_value(struct pe_model_walk *walk, uint32_t node, const struct pe_shape *shape)
{
    enum pe_type type = pe_node_type(node_at(walk, node));

    if (shape->kind == PE_KIND_NULLABLE) {
        if (type == PE_NULL)
            return;
        shape = shape->element;
    }
    walk->shapes[node] = shape->number;
    if (!kind_fits(shape->kind, type)) {
        wrong(walk, node,
              say(walk, type == PE_NULL ? PE_SAY_NOT_NULLABLE : PE_SAY_EXPECTED,
                  kind_texts[shape->kind], type_text(type)));
        return;
    }
    if (shape->kind == PE_KIND_RECORD)
        check_record(walk, node, shape);
    else if (shape->kind == PE_KIND_MAP)
        check_map(walk, node, shape);
    else if (shape->kind == PE_KIND_LIST)
        check_list(walk, node, shape);
    else if (type == PE_STRING)
        pe_model_check_string(walk, node, shape);
    else if (type == PE_INTEGER || type == PE_REAL)
        pe_model_check_number(walk, node, shape);
}

/* ---- the whole ---- */

static int by_place(const void *a, const void *b)
{
    const struct pe_snapshot_problem *x = a, *y = b;
    int order = (x->node > y->node) - (x->node < y->node);

    if (order == 0)
        order = x->warning - y->warning;
    return order != 0 ? order : strcmp(x->message.en, y->message.en);
}

int pe_model_check(const struct pe_model_check *check, struct pe_snapshot *snapshot, size_t *total,
                   struct pe_err *err)
{
    struct pe_model_walk walk = {.check = check, .snapshot = snapshot};

    walk.shapes = pe_arena_array(check->arena, snapshot->json.count, sizeof *walk.shapes);
    if (walk.shapes == NULL)
        return pe_err_memory(err);
    check_value(&walk, 0, check->model->root);
    check->arena->failed |= pe_buf_failed(&walk.scratch); /* then something was not checked */
    pe_buf_release(&walk.scratch);
    check->arena->failed |= pe_arena_failed(&walk.arena);
    pe_arena_release(&walk.arena);
    if (pe_arena_failed(check->arena))
        return pe_err_memory(err);
    if (walk.count > 0)
        qsort(walk.problems, walk.count, sizeof *walk.problems, by_place);
    snapshot->shapes = walk.shapes;
    snapshot->model = check->model->shapes;
    snapshot->problems = walk.problems;
    snapshot->problem_count = walk.count;
    *total = walk.total;
    return 0;
}

static const struct pe_shape *record_of(const struct pe_snapshot *snapshot, uint32_t object)
{
    const struct pe_shape *shape;

    if (snapshot->shapes == NULL || snapshot->shapes[object] == 0)
        return NULL;
    shape = snapshot->model[snapshot->shapes[object]];
    return shape->kind == PE_KIND_RECORD ? shape : NULL;
}

bool pe_model_has_field(const struct pe_snapshot *snapshot, uint32_t object, const char *key,
                        size_t length)
{
    const struct pe_shape *record = record_of(snapshot, object);

    return record != NULL && pe_model_field(record, key, length) != NULL;
}

const char *pe_model_suggest(const struct pe_snapshot *snapshot, uint32_t object, const char *key)
{
    const struct pe_shape *record = record_of(snapshot, object);
    struct pe_arena arena = {0};
    const char *like = record == NULL ? NULL : suggest_field(record, key, &arena);

    pe_arena_release(&arena);
    return like;
}

bool pe_model_optional(const struct pe_snapshot *snapshot, uint32_t object, const char *key,
                       size_t length, bool *known)
{
    const struct pe_shape *record = record_of(snapshot, object);
    const struct pe_field *field = NULL;

    *known = true;
    if (record == NULL)
        return true;
    field = pe_model_field(record, key, length);
    *known = field != NULL;
    return field != NULL && !field->required;
}

const struct pe_node *pe_model_list(const struct pe_snapshot *snapshot, const char *path)
{
    const struct pe_node *node = snapshot->json.nodes;
    size_t length;

    for (; node != NULL && *path != '\0'; path += length + (path[length] == '.')) {
        length = strcspn(path, ".");
        node = pe_json_member(&snapshot->json, node, path, length);
    }
    return node != NULL && pe_node_type(node) == PE_LIST ? node : NULL;
}
