/* coverage.c: what a pack's tests reach of it: rules, lines of Lua, fields of the model. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "coverage.h"

#include <string.h>

/* ---- the log ---- */

static bool takes_any(const struct pe_coverage_log *log, const struct pe_control_def *control)
{
    for (size_t i = 0; i < control->face.rule_count; i++)
        if (pe_selection_takes(&log->selection, control, &control->rules[i]))
            return true;
    return false;
}

/* What policies are made of: lib/, and the files of the controls that are taken. */
static bool is_policy(const void *ud, const struct pe_file *file)
{
    const struct pe_coverage_log *log = ud;

    for (size_t i = 0; i < log->pack->face.control_count; i++)
        if (log->pack->controls[i].file == file)
            return takes_any(log, &log->pack->controls[i]);
    return strncmp(file->name, "lib/", 4) == 0;
}

static void make_rules(struct pe_coverage_log *log)
{
    const struct pe_pack_def *pack = log->pack;

    log->rules = pe_arena_array(&log->arena, pack->face.control_count + 1, sizeof *log->rules);
    for (size_t i = 0; log->rules != NULL && i < pack->face.control_count; i++)
        log->rules[i] = pe_arena_alloc(&log->arena, pack->controls[i].face.rule_count + 1);
}

/* ---- fields that the engine itself reads, whatever rules do ---- */

static void mark_member(struct pe_coverage_log *log, const struct pe_shape *record,
                        const char *name, size_t length)
{
    const struct pe_field *field = NULL;

    if (record != NULL && record->kind == PE_KIND_RECORD)
        field = pe_model_field(record, name, length);
    if (field != NULL)
        log->fields[record->number][field - record->fields] = PE_REACHED;
}

/* Every member on the way; returns the shape at its end, or NULL. */
static const struct pe_shape *mark_pointer(struct pe_coverage_log *log, const char *pointer)
{
    const struct pe_shape *shape = log->pack->model->root;
    const struct pe_field *field;
    size_t length;

    for (; pointer != NULL && *pointer == '/' && shape != NULL; pointer += length) {
        length = strcspn(++pointer, "/");
        mark_member(log, shape, pointer, length);
        field = shape->kind == PE_KIND_RECORD ? pe_model_field(shape, pointer, length) : NULL;
        shape = field == NULL ? NULL : field->shape;
    }
    return shape;
}

/* What must not repeat, and what says that a list may be empty. */
static void mark_list(struct pe_coverage_log *log, const struct pe_shape *holder,
                      const struct pe_shape *list)
{
    if (list->unique != NULL)
        mark_member(log, list->element, list->unique, strlen(list->unique));
    if (list->witness != NULL && list->witness[0] == '/')
        mark_pointer(log, list->witness);
    else if (list->witness != NULL)
        mark_member(log, holder, list->witness, strlen(list->witness));
}

static void mark_lists(struct pe_coverage_log *log)
{
    const struct pe_model *model = log->pack->model;

    for (size_t i = 1; i < model->shape_count; i++) {
        const struct pe_shape *record = model->shapes[i], *shape;
        for (size_t j = 0; record->kind == PE_KIND_RECORD && j < record->field_count; j++)
            for (shape = record->fields[j].shape; shape != NULL; shape = shape->element)
                if (shape->kind == PE_KIND_LIST)
                    mark_list(log, record, shape);
    }
}

/* An acceptance of claims is read whole. */
static void mark_claims(struct pe_coverage_log *log)
{
    const struct pe_shape *shape = mark_pointer(log, log->pack->face.claims_at);

    if (shape != NULL && shape->kind == PE_KIND_LIST && shape->element->kind == PE_KIND_RECORD)
        for (size_t i = 0; i < shape->element->field_count; i++)
            log->fields[shape->element->number][i] = PE_REACHED;
}

static void mark_own(struct pe_coverage_log *log)
{
    const struct pe_pack_def *pack = log->pack;
    const char *pointers[] = {pack->tenant, pack->service, pack->options,  pack->state,
                              pack->as_of,  pack->zone,    pack->collected};

    for (size_t i = 0; i < sizeof pointers / sizeof pointers[0]; i++)
        mark_pointer(log, pointers[i]);
    mark_lists(log);
    mark_claims(log);
}

static void make_fields(struct pe_coverage_log *log)
{
    const struct pe_model *model = log->pack->model;

    if (model == NULL)
        return;
    log->fields = pe_arena_array(&log->arena, model->shape_count + 1, sizeof *log->fields);
    for (size_t i = 1; log->fields != NULL && i < model->shape_count; i++)
        if (model->shapes[i]->kind == PE_KIND_RECORD)
            log->fields[i] = pe_arena_alloc(&log->arena, model->shapes[i]->field_count + 1);
}

int pe_coverage_open(struct pe_coverage_log *log, struct pe_err *err)
{
    make_rules(log);
    if (log->all)
        make_fields(log);
    if (pe_arena_failed(&log->arena))
        return pe_err_memory(err);
    if (!log->all)
        return 0;
    if (log->fields != NULL)
        mark_own(log);
    if (pe_lines_open(&log->lines, &log->script->vm, log->script->files, is_policy, log,
                      &log->arena, err) != 0)
        return -1;
    pe_lines_watch(&log->script->vm, &log->lines);
    return 0;
}

void pe_coverage_release(struct pe_coverage_log *log)
{
    if (log->all)
        pe_lines_watch(&log->script->vm, NULL);
    pe_arena_release(&log->arena);
}

int pe_coverage_evidence(const struct pe_coverage_log *log)
{
    return log->fields != NULL ? PE_EVIDENCE_ALL : 0;
}

/* ---- what is reached ---- */

void pe_coverage_rule(struct pe_coverage_log *log, const struct pe_control_def *control,
                      size_t rule, enum pe_status status)
{
    if (status != PE_NOT_APPLICABLE)
        log->rules[control - log->pack->controls][rule] |=
            status == PE_PASS ? PE_REACHED_PASS : PE_REACHED_OTHER;
}

static void reach_field(struct pe_coverage_log *log, const struct pe_snapshot *s, uint32_t object,
                        const char *key, size_t length)
{
    const struct pe_shape *shape = s->model[s->shapes[object]];
    const struct pe_field *field = NULL;

    if (shape != NULL && shape->kind == PE_KIND_RECORD)
        field = pe_model_field(shape, key, length);
    if (field != NULL)
        log->fields[shape->number][field - shape->fields] = PE_REACHED;
}

/* The member that a node is, and those that it lies in, up to a node whose own are known. */
static void reach_path(struct pe_coverage_log *log, const struct pe_snapshot *s, uint32_t node,
                       uint32_t known, struct pe_buf *scratch)
{
    const char *key;
    size_t length;

    for (uint32_t parent; node != 0; node = parent) {
        parent = pe_snapshot_node(s, node)->parent;
        if (pe_node_type(pe_snapshot_node(s, parent)) == PE_OBJECT &&
            pe_snapshot_string(s, pe_snapshot_node(s, node - 1), &key, &length, scratch))
            reach_field(log, s, parent, key, length);
        if (parent == known)
            return;
    }
}

void pe_coverage_reads(struct pe_coverage_log *log, const struct pe_trace *trace)
{
    const struct pe_snapshot *s = trace->snapshot;
    struct pe_buf scratch = {0};
    uint32_t known = PE_NO_NODE;

    if (log->fields == NULL || s->shapes == NULL)
        return;
    for (size_t i = 0; i < trace->evidence_count; i++) {
        const struct pe_read *read = &trace->evidence[i];
        if (read->kind == PE_READ_ABSENT)
            reach_field(log, s, read->node, read->key, strlen(read->key));
        reach_path(log, s, read->node, known, &scratch);
        known = pe_snapshot_node(s, read->node)->parent;
    }
    log->arena.failed |= pe_buf_failed(&scratch);
    pe_buf_release(&scratch);
}

/* ---- items ---- */

struct list {
    struct pe_arena *arena;
    struct pe_coverage_item *items;
    size_t count, room;
};

static void add_item(struct list *list, struct pe_coverage_item item)
{
    struct pe_coverage_item *items =
        pe_arena_grow(list->arena, list->items, list->count, &list->room, sizeof *items);

    if (items == NULL)
        return;
    list->items = items;
    items[list->count++] = item;
}

/* The line, from a line on, on which a name stands in quotes; the line it began at when none. */
static unsigned line_of(const struct pe_file *file, unsigned from, const char *name)
{
    const char *at = file->data == NULL ? "" : file->data, *end = at + file->length;
    size_t length = strlen(name);
    unsigned line = 1;

    for (; at < end; at++) {
        if (line >= from && (*at == '"' || *at == '\'') && (size_t)(end - at) > length + 1 &&
            memcmp(at + 1, name, length) == 0 && at[length + 1] == *at)
            return line;
        line += *at == '\n';
    }
    return from == 0 ? 1 : from;
}

static void add_rules(struct pe_coverage_log *log, struct list *list)
{
    for (size_t i = 0; i < log->pack->face.control_count; i++) {
        const struct pe_control_def *control = &log->pack->controls[i];
        for (size_t j = 0; j < control->face.rule_count; j++) {
            const char *id = control->rules[j].face.id;
            if (!pe_selection_takes(&log->selection, control, &control->rules[j]))
                continue;
            add_item(list, (struct pe_coverage_item){
                               .file = control->file->name,
                               .line = line_of(control->file, 0, id),
                               .what = pe_arena_printf(list->arena, "%s/%s", control->face.id, id),
                               .marks = log->rules[i][j]});
        }
    }
}

static void add_lines(const struct pe_coverage_log *log, struct list *list)
{
    for (size_t i = 0; i < log->lines.count; i++) {
        const struct pe_lines_file *file = &log->lines.items[i];
        for (int line = 1; line <= file->count; line++)
            if (file->marks[line] & PE_LINE_CODE)
                add_item(list, (struct pe_coverage_item){
                                   .file = file->file->name,
                                   .line = (unsigned)line,
                                   .what = "",
                                   .marks = file->marks[line] & PE_LINE_RUN ? PE_REACHED : 0});
    }
}

struct fields {
    struct pe_coverage_log *log;
    struct list *list;
    const struct pe_file *model;
    bool *told; /* by shape: its fields are in the list */
};

static void add_shape(struct fields *f, const struct pe_shape *shape, const char *path);

static void add_record(struct fields *f, const struct pe_shape *shape, const char *path)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct pe_field *field = &shape->fields[i];
        const char *name =
            pe_arena_printf(f->list->arena, "%s%s%s", path, *path == '\0' ? "" : ".", field->name);
        if (name == NULL)
            return;
        if (field->required && !field->for_people)
            add_item(f->list, (struct pe_coverage_item){
                                  .file = f->model->name,
                                  .line = line_of(f->model, (unsigned)shape->line, field->name),
                                  .what = name,
                                  .marks = f->log->fields[shape->number][i]});
        add_shape(f, field->shape, name);
    }
}

/* A shape that is used in several places is told once, by the first path to it. */
static void add_shape(struct fields *f, const struct pe_shape *shape, const char *path)
{
    const char *inner = path;

    if (f->told[shape->number])
        return;
    f->told[shape->number] = true;
    if (shape->kind == PE_KIND_RECORD)
        add_record(f, shape, path);
    if (shape->kind == PE_KIND_LIST || shape->kind == PE_KIND_MAP)
        inner = pe_arena_printf(f->list->arena, "%s[]", path);
    if (shape->element != NULL && inner != NULL)
        add_shape(f, shape->element, inner);
}

static void add_fields(struct pe_coverage_log *log, struct list *list)
{
    struct fields f = {log, list, pe_files_find(log->script->files, "model.lua"), NULL};

    if (log->fields == NULL || f.model == NULL)
        return;
    f.told = pe_arena_array(list->arena, log->pack->model->shape_count, sizeof *f.told);
    if (f.told != NULL)
        add_shape(&f, log->pack->model->root, "");
}

int pe_coverage_items(struct pe_coverage_log *log, enum pe_coverage_kind kind,
                      const struct pe_coverage_item **items, size_t *count, struct pe_err *err)
{
    struct list list = {.arena = &log->arena};

    if (kind == PE_COVER_RULES)
        add_rules(log, &list);
    else if (kind == PE_COVER_LINES)
        add_lines(log, &list);
    else
        add_fields(log, &list);
    if (pe_arena_failed(&log->arena))
        return pe_err_memory(err);
    *items = list.items;
    *count = list.count;
    return 0;
}
