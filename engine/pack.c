/* pack.c: the files of a pack, its parameters, and which of its rules run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "pack.h"

#include <stdio.h>
#include <string.h>

#include "base/sha256.h"
#include "base/suggest.h"

/* ---- files ---- */

const struct pe_file *pe_files_find(const struct pe_files *files, const char *name)
{
    size_t low = 0, high = files->count, middle;
    int order;

    while (low < high) {
        middle = low + (high - low) / 2;
        order = strcmp(files->items[middle].name, name);
        if (order == 0)
            return &files->items[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const char *pe_files_control_id(const struct pe_file *file, struct pe_arena *arena)
{
    size_t length = strlen(file->name);

    if (length <= 4 || strchr(file->name, '/') != NULL ||
        strcmp(file->name + length - 4, ".lua") != 0 || strcmp(file->name, "pack.lua") == 0 ||
        strcmp(file->name, "model.lua") == 0 || strcmp(file->name, "claims.lua") == 0)
        return NULL;
    return pe_arena_strn(arena, file->name, length - 4);
}

void pe_files_digest(const struct pe_files *files, char sha256[65])
{
    struct pe_sha256 hash;
    char head[64];

    pe_sha256_init(&hash);
    for (size_t i = 0; i < files->count; i++) {
        const struct pe_file *file = &files->items[i];
        if (strncmp(file->name, "tests/", 6) == 0)
            continue;
        snprintf(head, sizeof head, "\n%zu %zu\n", strlen(file->name), file->length);
        pe_sha256_add(&hash, head, strlen(head));
        pe_sha256_add(&hash, file->name, strlen(file->name));
        pe_sha256_add(&hash, file->data, file->length);
    }
    pe_sha256_end(&hash, sha256);
}

/* ---- constants ---- */

static int own_params(struct pe_control_def *control, struct pe_arena *arena, struct pe_err *err)
{
    size_t count = control->face.param_count;
    struct pe_param_def *params = pe_arena_array(arena, count + 1, sizeof *params);

    if (params == NULL)
        return pe_err_memory(err);
    if (count > 0)
        memcpy(params, control->params, count * sizeof *params);
    control->params = params;
    return 0;
}

int pe_pack_own(struct pe_pack_def *pack, struct pe_arena *arena, struct pe_err *err)
{
    size_t count = pack->face.control_count;
    struct pe_control_def *controls;

    if (!pack->borrowed)
        return 0;
    controls = pe_arena_array(arena, count, sizeof *controls);
    if (controls == NULL)
        return pe_err_memory(err);
    memcpy(controls, pack->controls, count * sizeof *controls);
    for (size_t i = 0; i < count; i++)
        if (own_params(&controls[i], arena, err) != 0)
            return -1;
    pack->controls = controls;
    pack->borrowed = false;
    return 0;
}

/* ---- selection ---- */

static bool is_one_of(const struct pe_strings *strings, const char *word)
{
    for (size_t i = 0; i < strings->count; i++)
        if (strcmp(strings->items[i], word) == 0)
            return true;
    return false;
}

static bool is_control_and_rule(const char *selector, const char *control, const char *rule)
{
    size_t length = strlen(control);

    return strncmp(selector, control, length) == 0 && selector[length] == '/' &&
           strcmp(selector + length + 1, rule) == 0;
}

static bool matches(const char *selector, const struct pe_control_def *control,
                    const struct pe_rule_def *rule)
{
    return strcmp(selector, control->face.id) == 0 || strcmp(selector, rule->face.id) == 0 ||
           is_control_and_rule(selector, control->face.id, rule->face.id) ||
           is_one_of(&control->face.tags, selector) ||
           strcmp(selector, pe_severity_word(rule->face.severity)) == 0 ||
           strcmp(selector, pe_owner_word(rule->face.owner)) == 0;
}

static bool any_matches(const struct pe_strings *selectors, const struct pe_control_def *control,
                        const struct pe_rule_def *rule)
{
    for (size_t i = 0; i < selectors->count; i++)
        if (matches(selectors->items[i], control, rule))
            return true;
    return false;
}

bool pe_selection_takes(const struct pe_selection *selection, const struct pe_control_def *control,
                        const struct pe_rule_def *rule)
{
    return (selection->only.count == 0 || any_matches(&selection->only, control, rule)) &&
           !any_matches(&selection->skip, control, rule);
}

bool pe_selection_takes_any(const struct pe_selection *selection,
                            const struct pe_control_def *control)
{
    for (size_t i = 0; i < control->face.rule_count; i++)
        if (pe_selection_takes(selection, control, &control->rules[i]))
            return true;
    return false;
}

static bool matches_somewhere(const struct pe_pack_def *pack, const char *selector)
{
    for (size_t i = 0; i < pack->face.control_count; i++)
        for (size_t j = 0; j < pack->controls[i].face.rule_count; j++)
            if (matches(selector, &pack->controls[i], &pack->controls[i].rules[j]))
                return true;
    return false;
}

enum { MAX_NAMES = 1000 };

/* Of CONTROL/RULE only the rule can be misspelt where the control is known. */
static const char *like_selector(const struct pe_pack_def *pack, const char *selector)
{
    const char *names[MAX_NAMES], *slash = strchr(selector, '/');
    size_t count = 0;

    if (slash != NULL)
        selector = slash + 1;
    for (size_t i = 0; i < pack->face.control_count; i++) {
        const struct pe_control_def *control = &pack->controls[i];
        if (count < MAX_NAMES)
            names[count++] = control->face.id;
        for (size_t j = 0; j < control->face.rule_count && count < MAX_NAMES; j++)
            names[count++] = control->rules[j].face.id;
        for (size_t j = 0; j < control->face.tags.count && count < MAX_NAMES; j++)
            names[count++] = control->face.tags.items[j];
    }
    return pe_suggest(selector, names, count);
}

static int check_selectors(const struct pe_strings *selectors, const char *option,
                           const struct pe_pack_def *pack, struct pe_err *err)
{
    const char *selector, *like;

    for (size_t i = 0; i < selectors->count; i++) {
        selector = selectors->items[i];
        if (matches_somewhere(pack, selector))
            continue;
        like = like_selector(pack, selector);
        return pe_err_set(err, PE_ERR_USAGE,
                          "%s %.100s matches no control, rule, tag, severity or owner of the pack "
                          "%s%s%s%s",
                          option, selector, pack->face.id, like == NULL ? "" : " (did you mean ",
                          like == NULL ? "" : like,
                          like == NULL ? "; policyeval list shows them" : "?)");
    }
    return 0;
}

int pe_selection_check(const struct pe_selection *selection, const struct pe_pack_def *pack,
                       struct pe_err *err)
{
    if (check_selectors(&selection->only, "--only", pack, err) != 0)
        return -1;
    return check_selectors(&selection->skip, "--skip", pack, err);
}

/* ---- owners ---- */

enum pe_owner pe_owner_for(const struct pe_pack_def *pack, const struct pe_owners *owners,
                           const char *service)
{
    size_t i;

    for (i = 0; service != NULL && i < pack->services.count; i++)
        if (strcmp(pack->services.items[i], service) == 0)
            return owners->of[i];
    for (i = 1; service != NULL && i < pack->services.count; i++)
        if (owners->of[i] != owners->of[0])
            return PE_SHARED;
    return owners->of[0];
}
