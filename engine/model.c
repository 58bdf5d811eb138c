/* model.c: compares a snapshot with what its model says. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "base/utf8.h"
#include "say.h"

struct walk {
    const struct pe_model_check *check;
    struct pe_snapshot *snapshot;
    uint16_t *shapes;
    struct pe_snapshot_problem *problems;
    size_t count, room, total;
    size_t nulls; /* problems that were kept, and are about a value that is null */
    struct pe_buf scratch;
};

static const struct pe_text nothing = {"", ""};

/* ---- problems ---- */

/* No more are kept: a null makes room for what is no null. */
static void add_instead(struct walk *walk, const struct pe_snapshot_problem *problem)
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

static void add_problem(struct walk *walk, const struct pe_snapshot_problem *problem)
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

static struct pe_node *node_at(struct walk *walk, uint32_t number)
{
    return &walk->snapshot->json.nodes[number];
}

/* The value is wrong: it reads as absent. */
static void wrong(struct walk *walk, uint32_t node, struct pe_text message)
{
    bool null = pe_node_type(node_at(walk, node)) == PE_NULL;

    node_at(walk, node)->bits |= PE_INVALID;
    add_problem(walk, &(struct pe_snapshot_problem){
                          .node = node, .null = null, .message = message, .hint = nothing});
}

static struct pe_text plain(const char *text)
{
    return (struct pe_text){text, text};
}

static struct pe_text say(struct walk *walk, enum pe_sentence sentence, struct pe_text one,
                          struct pe_text two)
{
    return pe_say_texts(walk->check->arena, sentence, one, two, nothing);
}

static struct pe_text number(struct walk *walk, double value)
{
    return plain(pe_arena_printf(walk->check->arena, "%.15g", value));
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

/* ---- ranges and words ---- */

static void check_range(struct walk *walk, uint32_t node, const struct pe_shape *shape,
                        double value, enum pe_sentence low, enum pe_sentence high)
{
    if (shape->has_min && value < shape->min)
        wrong(walk, node, say(walk, low, number(walk, shape->min), nothing));
    else if (shape->has_max && value > shape->max)
        wrong(walk, node, say(walk, high, number(walk, shape->max), nothing));
}

static struct pe_text word_list(struct walk *walk, const struct pe_strings *words)
{
    struct pe_buf buf = {0};

    for (size_t i = 0; i < words->count && i < 20; i++) {
        pe_buf_adds(&buf, i == 0 ? "" : ", ");
        pe_buf_adds(&buf, words->items[i]);
    }
    return plain(pe_arena_take(walk->check->arena, &buf));
}

/* Of bytes without a NUL; most words differ at once. */
static inline bool is_same(const char *word, const char *bytes, size_t length)
{
    return length == 0
               ? *word == '\0'
               : *word == *bytes && strncmp(word, bytes, length) == 0 && word[length] == '\0';
}

static bool is_word(const struct pe_strings *words, const char *bytes, size_t length)
{
    for (size_t i = 0; i < words->count; i++)
        if (is_same(words->items[i], bytes, length))
            return true;
    return false;
}

static void check_word(struct walk *walk, uint32_t node, const struct pe_shape *shape,
                       const char *bytes, size_t length)
{
    struct pe_arena *arena = walk->check->arena;
    const char *word, *like;

    if (is_word(&shape->words, bytes, length))
        return;
    word = pe_arena_strn(arena, bytes, length);
    wrong(walk, node, say(walk, PE_SAY_NOT_ONE_OF, word_list(walk, &shape->words), nothing));
    if (word == NULL || walk->count != walk->total) /* the problem was only counted */
        return;
    like = pe_suggest(word, shape->words.items, shape->words.count);
    if (like != NULL && !pe_arena_failed(arena))
        walk->problems[walk->count - 1].hint = pe_say(arena, PE_SAY_DID_YOU_MEAN, like, NULL, NULL);
}

/* ---- references ---- */

static const struct pe_node *list_at(struct walk *walk, const char *path)
{
    const struct pe_node *node = walk->snapshot->json.nodes;
    const char *dot;
    size_t length;

    for (; node != NULL && *path != '\0'; path += length + (path[length] == '.')) {
        dot = strchr(path, '.');
        length = dot == NULL ? strlen(path) : (size_t)(dot - path);
        node = pe_json_member(&walk->snapshot->json, node, path, length);
    }
    return node != NULL && pe_node_type(node) == PE_LIST ? node : NULL;
}

static bool names_element(struct walk *walk, const char *path, const char *bytes, size_t length)
{
    const struct pe_json *json = &walk->snapshot->json;
    const struct pe_node *list = list_at(walk, path), *element, *id;

    if (list == NULL)
        return false;
    for (element = pe_json_first(json, list); element != NULL;
         element = pe_json_next(json, element)) {
        id = pe_json_member(json, element, "id", 2);
        if (id != NULL && pe_node_type(id) == PE_STRING && pe_json_equals(json, id, bytes, length))
            return true;
    }
    return false;
}

/* ---- scalars ---- */

static void check_string(struct walk *walk, uint32_t node, const struct pe_shape *shape)
{
    const char *bytes;
    size_t length;

    if (!pe_json_string(&walk->snapshot->json, node_at(walk, node), &bytes, &length,
                        &walk->scratch))
        return;
    if (shape->kind == PE_KIND_TEXT && (shape->has_min || shape->has_max))
        check_range(walk, node, shape, (double)pe_utf8_count(bytes, length), PE_SAY_BELOW,
                    PE_SAY_ABOVE);
    if (shape->kind == PE_KIND_FORMAT && !pe_format_accepts(shape->format, bytes, length))
        wrong(walk, node, say(walk, PE_SAY_BAD_FORMAT, pe_format_text(shape->format), nothing));
    if (shape->kind == PE_KIND_REF && !names_element(walk, shape->path, bytes, length))
        wrong(walk, node, say(walk, PE_SAY_NO_SUCH, plain(shape->path), nothing));
    if (shape->words.count > 0)
        check_word(walk, node, shape, bytes, length);
}

static void check_number(struct walk *walk, uint32_t node, const struct pe_shape *shape)
{
    if (shape->has_min || shape->has_max)
        check_range(walk, node, shape, pe_json_real(&walk->snapshot->json, node_at(walk, node)),
                    PE_SAY_BELOW, PE_SAY_ABOVE);
}

/* ---- lists ---- */

/* What tells elements apart: a string, or the digits of a whole number. An entry is the upper half
 * of its hash and below it the number of its node, so that those that may be equal become
 * neighbours, in their order, when they are sorted. */
static bool is_key(const struct pe_node *id)
{
    return id != NULL && (pe_node_type(id) == PE_STRING || pe_node_type(id) == PE_INTEGER);
}

static size_t collect_keys(struct walk *walk, const struct pe_node *list, const char *member,
                           uint64_t *entries)
{
    const struct pe_json *json = &walk->snapshot->json;
    size_t count = 0, length = strlen(member);

    for (const struct pe_node *element = pe_json_first(json, list), *id; element != NULL;
         element = pe_json_next(json, element)) {
        id = pe_json_member(json, element, member, length);
        if (is_key(id))
            entries[count++] =
                pe_json_hash(json, id) >> 32 << 32 | pe_snapshot_number(walk->snapshot, id);
    }
    return count;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

struct unique_key {
    const char *bytes;
    size_t length;
    uint32_t node;
};

static int by_bytes_then_place(const void *a, const void *b)
{
    const struct unique_key *x = a, *y = b;
    size_t shorter = x->length < y->length ? x->length : y->length;
    int order = memcmp(x->bytes, y->bytes, shorter);

    if (order == 0)
        order = (x->length > y->length) - (x->length < y->length);
    return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

static bool same_key(const struct unique_key *a, const struct unique_key *b)
{
    return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

/* Of entries that have one hash: nearly always equal ones, but a hostile snapshot may have many
 * that are not. The second of equals, and every further one, is wrong; their numbers come first
 * then. Returns how many. */
static size_t find_repeated(struct walk *walk, uint64_t *entries, size_t count,
                            struct pe_arena *arena)
{
    struct unique_key *keys = pe_arena_array(arena, count, sizeof *keys);
    const struct pe_json *json = &walk->snapshot->json;
    size_t repeated = 0;

    for (size_t i = 0; keys != NULL && i < count; i++) {
        const struct pe_node *id = node_at(walk, (uint32_t)entries[i]);
        keys[i] =
            (struct unique_key){json->text + pe_node_offset(id), id->size, (uint32_t)entries[i]};
        if (pe_node_type(id) == PE_STRING) {
            pe_json_string(json, id, &keys[i].bytes, &keys[i].length, &walk->scratch);
            keys[i].bytes = pe_arena_strn(arena, keys[i].bytes, keys[i].length);
        }
        if (keys[i].bytes == NULL)
            return 0;
    }
    if (keys == NULL)
        return 0;
    qsort(keys, count, sizeof *keys, by_bytes_then_place);
    for (size_t i = 1; i < count; i++)
        if (same_key(&keys[i - 1], &keys[i]))
            entries[repeated++] = keys[i].node;
    return repeated;
}

/* The numbers of the nodes that are wrong come first in entries, in their order. */
static size_t keep_repeated(struct walk *walk, uint64_t *entries, size_t count,
                            struct pe_arena *arena)
{
    size_t repeated = 0, found;

    for (size_t at = 0, end; at < count; at = end) {
        for (end = at + 1; end < count && entries[end] >> 32 == entries[at] >> 32; end++)
            ;
        found = end - at < 2 ? 0 : find_repeated(walk, entries + at, end - at, arena);
        memmove(entries + repeated, entries + at, found * sizeof *entries);
        repeated += found;
    }
    qsort(entries, repeated, sizeof *entries, by_value);
    return repeated;
}

static void check_unique(struct walk *walk, const struct pe_node *list, const char *member)
{
    struct pe_arena arena = {0}; /* nothing of it is needed afterwards */
    uint64_t *entries = pe_arena_array(&arena, pe_node_count(list) + 1, sizeof *entries);
    size_t count = 0;

    if (entries != NULL) {
        count = collect_keys(walk, list, member, entries);
        qsort(entries, count, sizeof *entries, by_value);
        count = keep_repeated(walk, entries, count, &arena);
    }
    for (size_t i = 0; i < count; i++)
        wrong(walk, (uint32_t)entries[i], say(walk, PE_SAY_DUPLICATE, plain(member), nothing));
    walk->check->arena->failed |= pe_arena_failed(&arena);
    pe_arena_release(&arena);
}

static bool has_witness(struct walk *walk, const struct pe_node *list, const char *witness)
{
    const struct pe_node *parent = node_at(walk, list->parent), *found;

    if (witness[0] == '/')
        found = pe_snapshot_find(walk->snapshot, witness, &walk->scratch);
    else
        found = pe_json_member(&walk->snapshot->json, parent, witness, strlen(witness));
    return found != NULL && pe_node_type(found) != PE_NULL && pe_node_type(found) != PE_FALSE;
}

static void check_value(struct walk *walk, uint32_t node, const struct pe_shape *shape);

static void check_list(struct walk *walk, uint32_t number_, const struct pe_shape *shape)
{
    const struct pe_json *json = &walk->snapshot->json;
    const struct pe_node *list = node_at(walk, number_), *element;

    check_range(walk, number_, shape, pe_node_count(list), PE_SAY_TOO_FEW, PE_SAY_TOO_MANY);
    if (pe_node_count(list) == 0 && shape->witness != NULL &&
        !has_witness(walk, list, shape->witness))
        wrong(walk, number_, say(walk, PE_SAY_NO_WITNESS, plain(shape->witness), nothing));
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
        if (is_same(record->fields[i].name, key, length))
            return &record->fields[i];
    for (size_t i = 0; i < from && i < record->field_count; i++)
        if (is_same(record->fields[i].name, key, length))
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

static void unknown_field(struct walk *walk, uint32_t key, const struct pe_shape *shape)
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
    problem.message = say(walk, PE_SAY_UNKNOWN_FIELD, plain(problem.key), nothing);
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

static void find_present(struct walk *walk, uint32_t object, const struct pe_shape *shape,
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
static const struct pe_field *field_of(struct walk *walk, const struct pe_node *key,
                                       const struct pe_shape *shape)
{
    const char *name;
    size_t length;

    if (!pe_json_string(&walk->snapshot->json, key, &name, &length, &walk->scratch))
        return NULL;
    return pe_model_field(shape, name, length);
}

static bool is_present(struct walk *walk, uint32_t object, const struct pe_field *field,
                       const struct present *present, size_t position)
{
    if (position / 64 < sizeof present->bits / sizeof present->bits[0])
        return present->bits[position / 64] >> position % 64 & 1;
    return pe_json_member(&walk->snapshot->json, node_at(walk, object), field->name,
                          strlen(field->name)) != NULL;
}

static void check_required(struct walk *walk, uint32_t object, const struct pe_shape *shape,
                           const struct present *present)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct pe_field *field = &shape->fields[i];
        if (!field->required || is_present(walk, object, field, present, i) ||
            !contracted(walk->check, &field->when))
            continue;
        add_problem(walk, &(struct pe_snapshot_problem){
                              .node = object,
                              .key = field->name,
                              .message = say(walk, PE_SAY_REQUIRED, plain(field->name), nothing),
                              .hint = nothing});
    }
}

static void check_record(struct walk *walk, uint32_t object, const struct pe_shape *shape)
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

static void check_map(struct walk *walk, uint32_t object, const struct pe_shape *shape)
{
    const struct pe_json *json = &walk->snapshot->json;
    const struct pe_node *key = pe_json_first(json, node_at(walk, object));

    for (; key != NULL; key = pe_json_next(json, key + 1))
        check_value(walk, pe_snapshot_number(walk->snapshot, key) + 1, shape->element);
}

static void check_value(struct walk *walk, uint32_t node, const struct pe_shape *shape)
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
        check_string(walk, node, shape);
    else if (type == PE_INTEGER || type == PE_REAL)
        check_number(walk, node, shape);
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
    struct walk walk = {.check = check, .snapshot = snapshot};

    walk.shapes = pe_arena_array(check->arena, snapshot->json.count, sizeof *walk.shapes);
    if (walk.shapes == NULL)
        return pe_err_memory(err);
    check_value(&walk, 0, check->model->root);
    check->arena->failed |= pe_buf_failed(&walk.scratch); /* then something was not checked */
    pe_buf_release(&walk.scratch);
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
