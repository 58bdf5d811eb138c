/* skeleton.c: an empty snapshot to fill in. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "skeleton.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/suggest.h"

struct writer {
    const char *service;
    bool failed; /* out of memory */
};

static json_t *value_of(struct writer *w, const struct pe_shape *shape, const char *path);

/* What the rest of a pointer is below a member; NULL when it leads elsewhere. */
static const char *below(const char *pointer, const char *name)
{
    size_t length = strlen(name);

    if (pointer == NULL || *pointer != '/' || strncmp(pointer + 1, name, length) != 0)
        return NULL;
    pointer += 1 + length;
    return *pointer == '/' || *pointer == '\0' ? pointer : NULL;
}

static json_t *record(struct writer *w, const struct pe_shape *shape, const char *path)
{
    json_t *object = json_object();

    for (size_t i = 0; i < shape->field_count; i++) {
        const struct pe_field *field = &shape->fields[i];
        if (field->name[0] == '$') /* what editors read: nothing of the tenant */
            continue;
        if (field->when.service != NULL && strcmp(field->when.service, w->service) != 0 &&
            strcmp(w->service, "both") != 0)
            continue;
        if (json_object_set_new(object, field->name,
                                value_of(w, field->shape, below(path, field->name))) != 0)
            w->failed = true;
    }
    return object;
}

static bool is_record(const struct pe_shape *shape)
{
    return shape->kind == PE_KIND_RECORD;
}

/* path: the rest of the pointer that leads to the service. */
static json_t *value_of(struct writer *w, const struct pe_shape *shape, const char *path)
{
    json_t *list;

    if (path != NULL && *path == '\0')
        return json_string(w->service);
    if (is_record(shape))
        return record(w, shape, path);
    if (shape->kind != PE_KIND_LIST || !is_record(shape->element))
        return json_null();
    list = json_array();
    if (json_array_append_new(list, record(w, shape->element, NULL)) != 0)
        w->failed = true;
    return list;
}

/* "both, iad, ctx", as much of it as there is room for. */
static const char *joined(const char *const *names, size_t count, char *text, size_t room)
{
    size_t length = 0;

    text[0] = '\0';
    for (size_t i = 0; i < count && length < room; i++)
        length +=
            (size_t)snprintf(text + length, room - length, "%s%s", i == 0 ? "" : ", ", names[i]);
    return text;
}

/* A contract for all services says "both", as pack.lua documents. */
static int check_service(const struct pe_pack_def *pack, const char *service, struct pe_err *err)
{
    const char *names[PE_MAX_SERVICES + 1] = {"both"}, *like;
    char text[200];
    size_t count = pack->services.count > 1;

    for (size_t i = 0; i < pack->services.count && i < PE_MAX_SERVICES; i++)
        names[count++] = pack->services.items[i];
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], service) == 0)
            return 0;
    if (count == 0)
        return pe_err_set(
            err, PE_ERR_USAGE,
            "the pack %s tells no services apart (services in pack.lua), so it has no "
            "skeleton of one",
            pack->face.id);
    like = pe_suggest(service, names, count);
    if (like != NULL)
        return pe_err_set(err, PE_ERR_USAGE, "the pack %s has no service %.60s (did you mean %s?)",
                          pack->face.id, service, like);
    return pe_err_set(err, PE_ERR_USAGE, "the pack %s has no service %.60s; it has %s",
                      pack->face.id, service, joined(names, count, text, sizeof text));
}

int pe_skeleton_text(const struct pe_pack_def *pack, const char *service, char **text,
                     struct pe_err *err)
{
    struct writer w = {.service = service};
    json_t *root;

    if (pack->model == NULL)
        return pe_err_set(err, PE_ERR_USAGE,
                          "the pack %s has no model.lua, so there is no skeleton", pack->face.id);
    if (check_service(pack, service, err) != 0)
        return -1;
    root = value_of(&w, pack->model->root, pack->service);
    *text = root == NULL || w.failed ? NULL : json_dumps(root, JSON_INDENT(2));
    json_decref(root);
    return *text == NULL ? pe_err_memory(err) : 0;
}
