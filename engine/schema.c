/* schema.c: the JSON Schema of a pack's model. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "schema.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/escape.h"

struct writer {
    const struct pe_model *model;
    unsigned *uses; /* of a shape, by its number */
    bool failed;    /* out of memory */
};

/* ---- values ---- */

static void set(struct writer *w, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        w->failed = true;
}

/* What is not UTF-8 in a model can match nothing, but may stand in its texts. */
static json_t *string(const char *text)
{
    struct pe_buf buf = {0};
    json_t *value = NULL;

    pe_escape_add_utf8(&buf, text, strlen(text));
    if (!pe_buf_failed(&buf))
        value = json_stringn(buf.data == NULL ? "" : buf.data, buf.length);
    pe_buf_release(&buf);
    return value;
}

static void set_string(struct writer *w, json_t *object, const char *key, const char *text)
{
    if (text != NULL && *text != '\0')
        set(w, object, key, string(text));
}

/* Whole numbers without a fraction; infinity is no bound. */
static void set_number(struct writer *w, json_t *object, const char *key, double number)
{
    if (!isfinite(number))
        return;
    if (number == floor(number) && fabs(number) < 9007199254740992.0)
        set(w, object, key, json_integer((json_int_t)number));
    else
        set(w, object, key, json_real(number));
}

static void set_text(struct writer *w, json_t *object, const char *key, struct pe_text text)
{
    set_string(w, object, key, text.en);
    if (text.ja != NULL && (text.en == NULL || strcmp(text.en, text.ja) != 0))
        set_string(w, object, "x-ja", text.ja);
}

static json_t *word_list(struct writer *w, const struct pe_strings *words)
{
    json_t *list = json_array();

    for (size_t i = 0; i < words->count; i++)
        if (json_array_append_new(list, string(words->items[i])) != 0)
            w->failed = true;
    return list;
}

/* ---- formats ---- */

/* A pattern accepts at least what format.c does, so that no schema refuses what is judged; the
 * same holds for the names of JSON Schema, which has none for most. (Its "hostname" refuses an
 * underscore, its "uri" brackets in a path.) The patterns mean the same in ECMA 262, with or
 * without its flag u, and in Python.
 */
static const struct {
    const char *name, *format, *pattern;
} formats[] = {
    {"timestamp", "date-time",
     "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?"
     "([Zz]|[+-][0-9]{2}:[0-9]{2})$"},
    {"date", "date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    {"cidr", NULL, "^[0-9A-Fa-f:.]+(/[0-9.]+)?$"},
    {"ip", NULL, "^[0-9A-Fa-f:.]+$"}, /* ipv4 or ipv6: see describe_format */
    {"address", NULL, "^([*]|[A-Za-z][!-~]*|[0-9A-Fa-f:.]+([/-][0-9A-Fa-f:.]+)?)$"},
    {"ports", NULL, "^[0-9A-Za-z*, -]+$"},
    {"duration", NULL, "^(P[0-9DHMSTW.]+|[0-9][0-9:.]*)$"},
    {"url", NULL, "^[A-Za-z][A-Za-z0-9+.-]*://[!-~]+$"},
    {"email", "email", "^[^@]+@[A-Za-z0-9._-]+$"},
    {"hostname", NULL, "^[A-Za-z0-9._-]{1,253}$"},
    {"country", NULL, "^[A-Z]{2}$"},
    {"sha256", NULL, "^[0-9a-f]{64}$"},
    {"id", NULL, "^[^\\u0000- \\u007f][^\\u0000-\\u001f\\u007f]{0,199}$"},
};

static void describe_format(struct writer *w, json_t *object, const char *name)
{
    set(w, object, "type", json_string("string"));
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (strcmp(formats[i].name, name) != 0)
            continue;
        set_string(w, object, "format", formats[i].format);
        set_string(w, object, "pattern", formats[i].pattern);
    }
    if (strcmp(name, "ip") == 0)
        set(w, object, "anyOf", json_pack("[{s:s},{s:s}]", "format", "ipv4", "format", "ipv6"));
    set_string(w, object, "x-format", name);
}

/* ---- shapes ---- */

static void describe(struct writer *w, json_t *object, const struct pe_shape *shape);

static json_t *described(struct writer *w, const struct pe_shape *shape)
{
    json_t *object = json_object();

    describe(w, object, shape);
    return object;
}

/* Lengths are whole numbers from 0. */
static void set_length(struct writer *w, json_t *object, const char *key, double length)
{
    set_number(w, object, key, length < 0 ? 0 : length);
}

static void describe_scalar(struct writer *w, json_t *object, const struct pe_shape *shape,
                            const char *type)
{
    bool text = shape->kind == PE_KIND_TEXT;

    set(w, object, "type", json_string(type));
    if (shape->words.count > 0)
        set(w, object, "enum", word_list(w, &shape->words));
    if (shape->has_min && text)
        set_length(w, object, "minLength", ceil(shape->min));
    if (shape->has_max && text)
        set_length(w, object, "maxLength", floor(shape->max));
    if (shape->has_min && !text)
        set_number(w, object, "minimum", shape->min);
    if (shape->has_max && !text)
        set_number(w, object, "maximum", shape->max);
}

static void describe_list(struct writer *w, json_t *object, const struct pe_shape *shape)
{
    set(w, object, "type", json_string("array"));
    set(w, object, "items", described(w, shape->element));
    if (shape->has_min)
        set_length(w, object, "minItems", ceil(shape->min));
    if (shape->has_max)
        set_length(w, object, "maxItems", floor(shape->max));
    set_string(w, object, "x-unique", shape->unique);
    set_string(w, object, "x-may-be-empty", shape->witness);
}

static json_t *describe_field(struct writer *w, const struct pe_field *field)
{
    json_t *object = json_object();

    set_text(w, object, "description", field->doc);
    set_string(w, object, "x-unit", field->unit.en);
    set_string(w, object, "x-option", field->when.option);
    set_string(w, object, "x-service", field->when.service);
    if (field->secret)
        set(w, object, "writeOnly", json_true());
    describe(w, object, field->shape);
    return object;
}

/* A field that is meant only under a condition is not required: the condition is not the
 * schema's to know. */
static bool always_required(const struct pe_field *field)
{
    return field->required && field->when.option == NULL && field->when.service == NULL;
}

/* Members that the model does not know are warnings, so they are allowed. */
static void describe_record(struct writer *w, json_t *object, const struct pe_shape *shape)
{
    json_t *properties = json_object(), *required = json_array();

    for (size_t i = 0; i < shape->field_count; i++) {
        const struct pe_field *field = &shape->fields[i];
        set(w, properties, field->name, describe_field(w, field));
        if (always_required(field) && json_array_append_new(required, string(field->name)) != 0)
            w->failed = true;
    }
    set(w, object, "type", json_string("object"));
    set(w, object, "properties", properties);
    if (json_array_size(required) > 0)
        set(w, object, "required", required);
    else
        json_decref(required);
}

static void describe_nullable(struct writer *w, json_t *object, const struct pe_shape *shape)
{
    json_t *any = json_array();

    if (json_array_append_new(any, described(w, shape->element)) != 0 ||
        json_array_append_new(any, json_pack("{s:s}", "type", "null")) != 0)
        w->failed = true;
    set(w, object, "anyOf", any);
}

static void describe_here(struct writer *w, json_t *object, const struct pe_shape *shape)
{
    switch (shape->kind) {
    case PE_KIND_RECORD:
        describe_record(w, object, shape);
        break;
    case PE_KIND_LIST:
        describe_list(w, object, shape);
        break;
    case PE_KIND_MAP:
        set(w, object, "type", json_string("object"));
        set(w, object, "additionalProperties", described(w, shape->element));
        break;
    case PE_KIND_NULLABLE:
        describe_nullable(w, object, shape);
        break;
    case PE_KIND_FORMAT:
        describe_format(w, object, shape->format);
        break;
    case PE_KIND_INTEGER:
        describe_scalar(w, object, shape, "integer");
        break;
    case PE_KIND_NUMBER:
        describe_scalar(w, object, shape, "number");
        break;
    case PE_KIND_BOOLEAN:
        describe_scalar(w, object, shape, "boolean");
        break;
    default:
        describe_scalar(w, object, shape, "string");
        set_string(w, object, "x-ref", shape->path);
    }
}

/* ---- shapes that are used more than once ---- */

static void count_uses(struct writer *w, const struct pe_shape *shape)
{
    if (w->uses[shape->number]++ > 0)
        return;
    for (size_t i = 0; i < shape->field_count; i++)
        count_uses(w, shape->fields[i].shape);
    if (shape->element != NULL)
        count_uses(w, shape->element);
}

/* Nothing but a type is as short as a reference. */
static bool is_bare(const struct pe_shape *shape)
{
    return (shape->kind == PE_KIND_BOOLEAN || shape->kind == PE_KIND_TEXT ||
            shape->kind == PE_KIND_INTEGER || shape->kind == PE_KIND_NUMBER) &&
           shape->words.count == 0 && !shape->has_min && !shape->has_max;
}

static bool is_shared(const struct writer *w, const struct pe_shape *shape)
{
    return w->uses[shape->number] > 1 && !is_bare(shape);
}

static void describe(struct writer *w, json_t *object, const struct pe_shape *shape)
{
    char name[32];

    if (is_shared(w, shape)) {
        snprintf(name, sizeof name, "#/$defs/s%u", shape->number);
        set(w, object, "$ref", json_string(name));
    } else {
        describe_here(w, object, shape);
    }
}

static json_t *definitions(struct writer *w)
{
    json_t *object = json_object(), *definition;
    char name[32];

    for (size_t i = 1; i < w->model->shape_count; i++) {
        if (!is_shared(w, w->model->shapes[i]))
            continue;
        definition = json_object();
        describe_here(w, definition, w->model->shapes[i]);
        snprintf(name, sizeof name, "s%zu", i);
        set(w, object, name, definition);
    }
    return object;
}

/* ---- the whole ---- */

static const char comment[] =
    "Wider than what policyeval itself checks: it also knows references (x-ref), keys that must "
    "not repeat (x-unique), lists that may be empty only beside a witness (x-may-be-empty), fields "
    "that an option or a service requires (x-option, x-service), that 1.0 is not an integer, and "
    "every detail of a format (x-format). Members that are not described are warnings.";

static void describe_pack(struct writer *w, json_t *root, const struct pe_pack_def *pack)
{
    struct pe_buf id = {0};

    pe_buf_printf(&id, "urn:policyeval:model:%s:%s", pack->face.id, pack->face.version);
    w->failed |= pe_buf_failed(&id);
    set(w, root, "$schema", json_string("https://json-schema.org/draft/2020-12/schema"));
    set_string(w, root, "$id", id.data);
    set_text(w, root, "title", pack->face.title);
    set(w, root, "description", json_string("A snapshot, as the pack's model.lua describes it."));
    set(w, root, "$comment", json_string(comment));
    pe_buf_release(&id);
}

static char *write_schema(struct writer *w, const struct pe_pack_def *pack)
{
    json_t *root = json_object();
    char *text = NULL;

    count_uses(w, pack->model->root);
    describe_pack(w, root, pack);
    describe(w, root, pack->model->root);
    set(w, root, "$defs", definitions(w));
    if (!w->failed)
        text = json_dumps(root, JSON_INDENT(2));
    json_decref(root);
    return text;
}

int pe_schema_text(const struct pe_pack_def *pack, char **text, struct pe_err *err)
{
    struct writer w = {.model = pack->model};
    char *written;

    if (pack->model == NULL)
        return pe_err_set(err, PE_ERR_USAGE, "the pack %s has no model.lua", pack->face.id);
    w.uses = calloc(pack->model->shape_count + 1, sizeof *w.uses);
    if (w.uses == NULL)
        return pe_err_memory(err);
    written = write_schema(&w, pack);
    free(w.uses);
    if (written == NULL)
        return pe_err_memory(err);
    *text = written;
    return 0;
}
