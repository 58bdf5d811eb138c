/* mutant_list.c: lists that are emptied, and those with an element more. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "mutant_impl.h"

#include <string.h>

static void add_element(struct pe_mutants *m, uint32_t list, const char *json, const char *change)
{
    pe_mutant_add(m, (struct pe_mutant){.node = list,
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
        const char *name = pe_mutant_text_of(m, key),
                   *text = key + 1 == value ? with : pe_mutant_text_of(m, key + 1);
        bool id = strcmp(name, "\"id\"") == 0 && pe_node_type(key + 1) == PE_STRING;
        pe_buf_printf(&buf, "%s%s: ", buf.length > 1 ? ", " : "", name);
        if (id) /* an id of its own: its last quote moves */
            pe_buf_printf(&buf, "%.*s-mutant\"", (int)strlen(text) - 1, text);
        else
            pe_buf_adds(&buf, text);
    }
    pe_buf_addc(&buf, '}');
    return pe_mutant_given(pe_arena_take(m->arena, &buf));
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
        if (value != NULL && strcmp(pe_mutant_text_of(m, value), text) == 0)
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
        if (pe_mutant_plain_shape(record->fields[i].shape)->words.count > 1)
            first = &record->fields[i];
    for (size_t n = 0; n < sizeof names / sizeof names[0]; n++)
        for (size_t i = 0; i < record->field_count; i++)
            if (strcmp(record->fields[i].name, names[n]) == 0 &&
                pe_mutant_plain_shape(record->fields[i].shape)->words.count > 1)
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
    for (size_t w = 0; value != NULL && w < pe_mutant_plain_shape(field->shape)->words.count; w++) {
        const char *word = pe_mutant_quoted(m, pe_mutant_plain_shape(field->shape)->words.items[w]);
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
        const char *word = pe_mutant_quoted(m, element->words.items[w]);
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

void pe_mutant_add_list(struct pe_mutants *m, uint32_t number, const struct pe_shape *shape)
{
    const struct pe_snapshot *s = m->snapshot;
    const struct pe_node *list = pe_snapshot_node(s, number);
    const struct pe_node *last = last_of(&s->json, list);
    const struct pe_shape *element = shape == NULL ? NULL : pe_mutant_plain_shape(shape->element);

    if (last != NULL) {
        pe_mutant_add(m, (struct pe_mutant){.node = number,
                                            .act = PE_MUTANT_SET,
                                            .kind = PE_MUTANT_VALUE,
                                            .whole = true,
                                            .json = "[]",
                                            .change = "emptied"});
        if (pe_node_type(last) == PE_OBJECT && (shape == NULL || shape->unique == NULL))
            add_element(m, number, pe_mutant_text_of(m, last), "the last element twice");
    }
    if (element == NULL)
        return;
    if (last == NULL)
        add_element(m, number, pe_mutant_sample(m, element), "a first element");
    else if (element->kind == PE_KIND_RECORD)
        add_other_record(m, number, last, element);
    else
        add_other_word(m, number, element);
}
