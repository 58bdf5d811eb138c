/* mutant_sample.c: a value as the model wants it, where there is none to begin with. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "mutant_impl.h"

#include <string.h>

/* The first id in a list, as text; NULL when there is none. */
static const char *first_id(struct pe_mutants *m, const char *path)
{
    const struct pe_json *json = &m->snapshot->json;
    const struct pe_node *list = pe_model_list(m->snapshot, path), *element, *id = NULL;

    element = list == NULL ? NULL : pe_json_first(json, list);
    for (; id == NULL && element != NULL; element = pe_json_next(json, element))
        id = pe_json_member(json, element, "id", 2);
    return id == NULL ? NULL : pe_mutant_text_of(m, id);
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
        pe_buf_printf(out, "%s%s: ", first ? "" : ", ", pe_mutant_quoted(m, field->name));
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
        return pe_mutant_quoted(m, as_of);
    if (strcmp(format, "date") == 0)
        return pe_mutant_quoted(m, pe_arena_strn(m->arena, as_of, 10));
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
        pe_buf_adds(out, shape->words.count > 0 ? pe_mutant_quoted(m, shape->words.items[0])
                                                : "\"mutant\"");
    }
}

const char *pe_mutant_sample(struct pe_mutants *m, const struct pe_shape *shape)
{
    struct pe_buf buf = {0};

    make_value(m, shape, &buf);
    return pe_mutant_given(pe_arena_take(m->arena, &buf));
}
