/* applies.c: whether a rule applies to this tenant, as its pack declares. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "applies.h"

#include <string.h>

static const struct pe_text nothing = {"", ""};
static const struct pe_text no_list = {"expected a list", "リストではありません"};
static const struct pe_text no_string = {"expected a string", "文字列ではありません"};

static void end_unknown(struct pe_trace *trace)
{
    pe_trace_end(trace, PE_ENDING_UNKNOWN,
                 trace->finding_count > 0 ? trace->findings[0].message : nothing);
}

/* ---- the tenant's words ---- */

/* The node of a pointer. What is absent is recorded where it begins to be missing. */
static const struct pe_node *node_at(struct pe_trace *trace, const char *pointer)
{
    const struct pe_snapshot *s = trace->snapshot;
    struct pe_buf key = {0};
    const struct pe_node *last, *node = pe_snapshot_follow(s, pointer, &last, &key);

    if (node == NULL)
        pe_trace_absent(trace, pe_snapshot_number(s, last), key.data == NULL ? "" : key.data,
                        key.length);
    trace->arena->failed |= pe_buf_failed(&key);
    pe_buf_release(&key);
    return node;
}

static bool usable(struct pe_trace *trace, const struct pe_node *node, enum pe_type type)
{
    uint32_t number;

    if (node == NULL)
        return false;
    number = pe_snapshot_number(trace->snapshot, node);
    if (pe_node_type(node) == PE_NULL)
        pe_trace_null(trace, number);
    else if (pe_node_flags(node) & PE_INVALID)
        pe_trace_invalid(trace, number);
    else if (pe_node_type(node) != type)
        pe_trace_unusable(trace, PE_SAY_UNUSABLE, number, type == PE_LIST ? no_list : no_string);
    else
        return true;
    return false;
}

/* The word that a string node holds, which must be one of the pack's (or "both" for services);
 * NULL, recorded, when it is not. */
static const char *word_at(struct pe_trace *trace, const struct pe_node *node,
                           const struct pe_strings *words, const char *also)
{
    const struct pe_json *json = &trace->snapshot->json;

    if (!usable(trace, node, PE_STRING))
        return NULL;
    pe_trace_value(trace, pe_snapshot_number(trace->snapshot, node));
    for (size_t i = 0; i < words->count; i++)
        if (pe_json_equals(json, node, words->items[i], strlen(words->items[i])))
            return words->items[i];
    if (also != NULL && pe_json_equals(json, node, also, strlen(also)))
        return also;
    pe_trace_unusable(trace, PE_SAY_UNKNOWN_WORD, pe_snapshot_number(trace->snapshot, node),
                      nothing);
    return NULL;
}

static bool is_in(const struct pe_strings *strings, const char *word)
{
    for (size_t i = 0; i < strings->count; i++)
        if (strcmp(strings->items[i], word) == 0)
            return true;
    return false;
}

static const char *joined(struct pe_trace *trace, const struct pe_strings *strings)
{
    struct pe_buf buf = {0};

    for (size_t i = 0; i < strings->count; i++) {
        pe_buf_adds(&buf, i == 0 ? "" : ", ");
        pe_buf_adds(&buf, strings->items[i]);
    }
    return pe_arena_take(trace->arena, &buf);
}

/* ---- what the contract denies must not be there ---- */

static bool is_same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static const struct pe_node *denied_part(const struct pe_snapshot *s, const struct pe_shape *shape,
                                         const struct pe_node *object, const char *option,
                                         const char *service)
{
    const struct pe_node *part, *inner;

    for (size_t i = 0; i < shape->field_count; i++) {
        const struct pe_field *field = &shape->fields[i];
        bool denied = is_same(field->when.option, option) || is_same(field->when.service, service);
        if (!denied && field->shape->kind != PE_KIND_RECORD)
            continue;
        part = pe_json_member(&s->json, object, field->name, strlen(field->name));
        if (part == NULL || pe_node_type(part) == PE_NULL)
            continue;
        if (denied)
            return part;
        if (pe_node_type(part) == PE_OBJECT) {
            inner = denied_part(s, field->shape, part, option, service);
            if (inner != NULL)
                return inner;
        }
    }
    return NULL;
}

/* True, recorded, when a part of the snapshot contradicts the contract. */
static bool contradicted(struct pe_trace *trace, const struct pe_pack_def *pack, const char *option,
                         const char *service)
{
    const struct pe_snapshot *s = trace->snapshot;
    const char *where = option != NULL ? pack->options : pack->service;
    const struct pe_node *part = NULL;

    if (pack->model != NULL)
        part = denied_part(s, pack->model->root, s->json.nodes, option, service);
    if (part == NULL)
        return false;
    pe_trace_contradiction(trace, pe_snapshot_number(s, part), where,
                           option != NULL ? option : service);
    return true;
}

/* ---- the three conditions ---- */

static bool service_applies(const struct pe_pack_def *pack, const struct pe_when *when,
                            struct pe_trace *trace)
{
    const char *service = word_at(trace, node_at(trace, pack->service), &pack->services, "both");

    if (service == NULL)
        return end_unknown(trace), false;
    if (strcmp(service, "both") == 0 || is_in(&when->services, service))
        return true;
    for (size_t i = 0; i < when->services.count; i++)
        if (contradicted(trace, pack, NULL, when->services.items[i]))
            return end_unknown(trace), false;
    pe_trace_end(
        trace, PE_ENDING_NOT_APPLICABLE,
        pe_say(trace->arena, PE_SAY_NOT_SERVICE, joined(trace, &when->services), service, NULL));
    return false;
}

static bool option_listed(const struct pe_pack_def *pack, const char *option,
                          struct pe_trace *trace, const struct pe_node *list, bool *known)
{
    const struct pe_json *json = &trace->snapshot->json;
    const struct pe_node *element;
    bool listed = false;
    const char *word;

    for (element = pe_json_first(json, list); element != NULL;
         element = pe_json_next(json, element)) {
        word = word_at(trace, element, &pack->option_names, NULL);
        *known = *known && word != NULL;
        listed = listed || (word != NULL && strcmp(word, option) == 0);
    }
    return listed;
}

static bool option_applies(const struct pe_pack_def *pack, const char *option,
                           struct pe_trace *trace)
{
    const struct pe_node *list = node_at(trace, pack->options);
    bool known = true, listed;

    if (!usable(trace, list, PE_LIST))
        return end_unknown(trace), false;
    pe_trace_counted(trace, pe_snapshot_number(trace->snapshot, list));
    listed = option_listed(pack, option, trace, list, &known);
    if (listed)
        return true;
    if (!known || contradicted(trace, pack, option, NULL))
        return end_unknown(trace), false;
    pe_trace_end(trace, PE_ENDING_NOT_APPLICABLE,
                 pe_say(trace->arena, PE_SAY_NOT_OPTION, option, NULL, NULL));
    return false;
}

static bool state_applies(const struct pe_pack_def *pack, const struct pe_when *when,
                          struct pe_trace *trace)
{
    const char *state = word_at(trace, node_at(trace, pack->state), &pack->states, NULL);

    if (state == NULL)
        return end_unknown(trace), false;
    if (is_in(&when->states, state))
        return true;
    pe_trace_end(trace, PE_ENDING_NOT_APPLICABLE,
                 pe_say(trace->arena, PE_SAY_NOT_STATE, joined(trace, &when->states), state, NULL));
    return false;
}

void pe_applies(const struct pe_pack_def *pack, const struct pe_when *when, struct pe_trace *trace)
{
    if (when->services.count > 0 && !service_applies(pack, when, trace))
        return;
    for (size_t i = 0; i < when->options.count; i++)
        if (!option_applies(pack, when->options.items[i], trace))
            return;
    if (when->states.count > 0)
        state_applies(pack, when, trace);
}
