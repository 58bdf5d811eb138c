/* fields.c: a pack's model as a list of fields, for people. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "fields.h"

#include "base/buf.h"
#include "base/err.h"

enum { MAX_DEPTH = 32 }; /* a model that contains itself is cut */

struct walk {
    struct pe_arena *arena;
    pe_fields_take *take;
    void *ud;
};

/* ---- types in words ---- */

static void add_words(struct pe_buf *en, struct pe_buf *ja, const struct pe_strings *words)
{
    for (size_t i = 0; i < words->count; i++) {
        pe_buf_printf(en, "%s`%s`", i == 0 ? "" : ", ", words->items[i]);
        pe_buf_printf(ja, "%s`%s`", i == 0 ? "" : "、", words->items[i]);
    }
}

static void add_both(struct pe_buf *en, struct pe_buf *ja, const char *in_en, const char *in_ja)
{
    pe_buf_adds(en, in_en);
    pe_buf_adds(ja, in_ja);
}

static void add_range(struct pe_buf *en, struct pe_buf *ja, const struct pe_shape *shape)
{
    if (shape->has_min && shape->has_max) {
        pe_buf_printf(en, ", %.15g to %.15g", shape->min, shape->max);
        pe_buf_printf(ja, "（%.15g〜%.15g）", shape->min, shape->max);
    } else if (shape->has_min) {
        pe_buf_printf(en, ", at least %.15g", shape->min);
        pe_buf_printf(ja, "（%.15g 以上）", shape->min);
    } else if (shape->has_max) {
        pe_buf_printf(en, ", at most %.15g", shape->max);
        pe_buf_printf(ja, "（%.15g 以下）", shape->max);
    }
}

static void add_type(struct pe_buf *en, struct pe_buf *ja, const struct pe_shape *shape);

static void add_scalar(struct pe_buf *en, struct pe_buf *ja, const struct pe_shape *shape)
{
    if (shape->words.count > 0) {
        add_both(en, ja, "one of ", "次のいずれか: ");
        add_words(en, ja, &shape->words);
    } else if (shape->kind == PE_KIND_BOOLEAN) {
        add_both(en, ja, "true or false", "true / false");
    } else if (shape->kind == PE_KIND_INTEGER) {
        add_both(en, ja, "whole number", "整数");
        add_range(en, ja, shape);
    } else if (shape->kind == PE_KIND_NUMBER) {
        add_both(en, ja, "number", "数値");
        add_range(en, ja, shape);
    } else if (shape->kind == PE_KIND_REF) {
        pe_buf_printf(en, "id in `%s`", shape->path);
        pe_buf_printf(ja, "`%s` の id", shape->path);
    } else if (shape->kind == PE_KIND_FORMAT) {
        add_both(en, ja, pe_format_text(shape->format).en, pe_format_text(shape->format).ja);
    } else {
        add_both(en, ja, "text", "文字列");
    }
}

static void add_type(struct pe_buf *en, struct pe_buf *ja, const struct pe_shape *shape)
{
    switch (shape->kind) {
    case PE_KIND_RECORD:
        add_both(en, ja, "object", "オブジェクト");
        break;
    case PE_KIND_LIST:
        add_both(en, ja, "list: ", "リスト: ");
        add_type(en, ja, shape->element);
        break;
    case PE_KIND_MAP:
        add_both(en, ja, "object with free keys: ", "任意のキーを持つオブジェクト: ");
        add_type(en, ja, shape->element);
        break;
    case PE_KIND_NULLABLE:
        add_type(en, ja, shape->element);
        add_both(en, ja, ", or null", "、または null");
        break;
    default:
        add_scalar(en, ja, shape);
    }
}

/* ---- the walk ---- */

static void walk_shape(struct walk *walk, const struct pe_shape *shape, const char *path,
                       unsigned depth);

static void walk_field(struct walk *walk, const struct pe_field *field, const char *path,
                       unsigned depth)
{
    struct pe_buf en = {0}, ja = {0};
    const char *full =
        pe_arena_printf(walk->arena, "%s%s%s", path, *path == '\0' ? "" : ".", field->name);
    struct pe_field_info info = {.path = full,
                                 .unit = field->unit,
                                 .option = field->when.option,
                                 .service = field->when.service,
                                 .required = field->required,
                                 .secret = field->secret,
                                 .doc = field->doc};

    add_type(&en, &ja, field->shape);
    info.type = (struct pe_text){pe_arena_take(walk->arena, &en), pe_arena_take(walk->arena, &ja)};
    if (pe_arena_failed(walk->arena))
        return;
    walk->take(walk->ud, &info);
    walk_shape(walk, field->shape, full, depth + 1);
}

static void walk_shape(struct walk *walk, const struct pe_shape *shape, const char *path,
                       unsigned depth)
{
    if (depth > MAX_DEPTH)
        return;
    for (size_t i = 0; i < shape->field_count; i++)
        walk_field(walk, &shape->fields[i], path, depth);
    if (shape->kind == PE_KIND_LIST)
        walk_shape(walk, shape->element, pe_arena_printf(walk->arena, "%s[]", path), depth + 1);
    else if (shape->kind == PE_KIND_MAP)
        walk_shape(walk, shape->element, pe_arena_printf(walk->arena, "%s.*", path), depth + 1);
    else if (shape->kind == PE_KIND_NULLABLE)
        walk_shape(walk, shape->element, path, depth + 1);
}

int pe_fields_walk(const struct pe_pack_def *pack, struct pe_arena *arena, pe_fields_take *take,
                   void *ud, struct pe_err *err)
{
    struct walk walk = {arena, take, ud};

    if (pack->model != NULL)
        walk_shape(&walk, pack->model->root, "", 0);
    return pe_arena_failed(arena) ? pe_err_memory(err) : 0;
}
