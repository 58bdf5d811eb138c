/* param.c: the parameters of a pack: their values are checked before anything is judged. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "pack.h"

/* 2^53 - 1: a larger whole number may be another one that was rounded. */
#define EXACT 9007199254740991.0

/* ---- values ---- */

static int bad(const struct pe_param_def *param, struct pe_err *err, const char *expected)
{
    return pe_err_set(err, PE_ERR_USAGE, "the parameter %s takes %s", param->face.name, expected);
}

static int store_number(struct pe_param_def *param, const char *value, struct pe_err *err)
{
    char *end;
    double number;

    errno = 0;
    number = strtod(value, &end);
    if (end == value || *end != '\0' || !isfinite(number) ||
        strpbrk(value, "xXnN \t\n\v\f\r") != NULL)
        return bad(param, err, param->type == PE_PARAM_INTEGER ? "a whole number" : "a number");
    if (param->type == PE_PARAM_INTEGER && (number != floor(number) || fabs(number) > EXACT))
        return bad(param, err, "a whole number");
    if (param->has_min && number < param->min)
        return pe_err_set(err, PE_ERR_USAGE, "the parameter %s must be at least %.15g",
                          param->face.name, param->min);
    if (param->has_max && number > param->max)
        return pe_err_set(err, PE_ERR_USAGE, "the parameter %s must be at most %.15g",
                          param->face.name, param->max);
    param->number = number;
    return 0;
}

static int store_bool(struct pe_param_def *param, const char *value, struct pe_err *err)
{
    if (strcmp(value, "true") != 0 && strcmp(value, "false") != 0)
        return bad(param, err, "true or false");
    param->truth = *value == 't';
    return 0;
}

static int check_word(const struct pe_param_def *param, const char *word, struct pe_err *err)
{
    const char *like;

    for (size_t i = 0; i < param->one_of.count; i++)
        if (strcmp(param->one_of.items[i], word) == 0)
            return 0;
    if (param->one_of.count == 0)
        return 0;
    like = pe_suggest(word, param->one_of.items, param->one_of.count);
    return pe_err_set(err, PE_ERR_USAGE, "the parameter %s does not take '%.100s'%s%s%s",
                      param->face.name, word, like == NULL ? "" : " (did you mean ",
                      like == NULL ? "" : like, like == NULL ? "" : "?)");
}

static int store_list(struct pe_param_def *param, const char *value, struct pe_arena *arena,
                      struct pe_err *err)
{
    size_t count = 1, used = 0;
    const char **items, *end;

    for (const char *c = value; *c != '\0'; c++)
        count += *c == ',';
    items = pe_arena_array(arena, count, sizeof *items);
    if (items == NULL)
        return pe_err_memory(err);
    for (; *value != '\0'; value = *end == ',' ? end + 1 : end) {
        end = strchrnul(value, ',');
        items[used] = pe_arena_strn(arena, value, (size_t)(end - value));
        if (items[used] == NULL)
            return pe_err_memory(err);
        if (check_word(param, items[used++], err) != 0)
            return -1;
    }
    param->list = (struct pe_strings){items, used};
    return 0;
}

static int store_string(struct pe_param_def *param, const char *value, struct pe_arena *arena,
                        struct pe_err *err)
{
    if (check_word(param, value, err) != 0)
        return -1;
    param->string = pe_arena_str(arena, value);
    return param->string == NULL ? pe_err_memory(err) : 0;
}

static int store(struct pe_param_def *param, const char *value, struct pe_arena *arena,
                 struct pe_err *err)
{
    switch (param->type) {
    case PE_PARAM_INTEGER:
    case PE_PARAM_NUMBER:
        return store_number(param, value, err);
    case PE_PARAM_BOOLEAN:
        return store_bool(param, value, err);
    case PE_PARAM_STRING:
        return store_string(param, value, arena, err);
    default:
        return store_list(param, value, arena, err);
    }
}

int pe_param_store(struct pe_param_def *param, const char *value, struct pe_arena *arena,
                   struct pe_err *err)
{
    if (store(param, value, arena, err) != 0)
        return -1;
    param->given = true;
    param->face.value = pe_param_json(param, arena);
    return param->face.value == NULL ? pe_err_memory(err) : 0;
}

/* ---- as JSON ---- */

static void add_json_string(struct pe_buf *buf, const char *text)
{
    pe_buf_addc(buf, '"');
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20)
            pe_buf_printf(buf, "\\u%04x", *text);
        else if (*text == '"' || *text == '\\')
            pe_buf_printf(buf, "\\%c", *text);
        else
            pe_buf_addc(buf, *text);
    }
    pe_buf_addc(buf, '"');
}

static void add_json_list(struct pe_buf *buf, const struct pe_strings *list)
{
    pe_buf_addc(buf, '[');
    for (size_t i = 0; i < list->count; i++) {
        pe_buf_adds(buf, i == 0 ? "" : ", ");
        add_json_string(buf, list->items[i]);
    }
    pe_buf_addc(buf, ']');
}

/* The shortest text that is read as this number again. */
static void add_json_number(struct pe_buf *buf, double number)
{
    char text[32];

    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    pe_buf_adds(buf, text);
}

const char *pe_param_json(const struct pe_param_def *param, struct pe_arena *arena)
{
    struct pe_buf buf = {0};

    if (param->type == PE_PARAM_BOOLEAN)
        pe_buf_adds(&buf, param->truth ? "true" : "false");
    else if (param->type == PE_PARAM_STRING)
        add_json_string(&buf, param->string);
    else if (param->type == PE_PARAM_LIST)
        add_json_list(&buf, &param->list);
    else if (param->type == PE_PARAM_INTEGER)
        pe_buf_printf(&buf, "%.0f", param->number == 0 ? 0 : param->number);
    else
        add_json_number(&buf, param->number);
    return pe_arena_take(arena, &buf);
}

/* ---- by name ---- */

static bool names(const char *name, size_t length, const char *control, const char *param)
{
    size_t prefix = strlen(control);

    if (strlen(param) == length && memcmp(name, param, length) == 0)
        return true;
    return length == prefix + 1 + strlen(param) && memcmp(name, control, prefix) == 0 &&
           name[prefix] == '.' && memcmp(name + prefix + 1, param, strlen(param)) == 0;
}

enum { MAX_NAMES = 500 };

static int no_such_param(const struct pe_pack_def *pack, const char *name, size_t length,
                         struct pe_err *err)
{
    const char *known[MAX_NAMES], *like;
    char asked[100];
    size_t count = 0;

    snprintf(asked, sizeof asked, "%.*s", (int)length, name);
    for (size_t i = 0; i < pack->face.control_count; i++)
        for (size_t j = 0; j < pack->controls[i].face.param_count && count < MAX_NAMES; j++)
            known[count++] = pack->controls[i].params[j].face.name;
    like = pe_suggest(asked, known, count);
    return pe_err_set(err, PE_ERR_USAGE, "--param: the pack %s has no parameter %s%s%s%s",
                      pack->face.id, asked, like == NULL ? "" : " (did you mean ",
                      like == NULL ? "" : like,
                      like == NULL ? "; policyeval explain CONTROL shows them" : "?)");
}

int pe_pack_set_param(struct pe_pack_def *pack, const char *setting, struct pe_arena *arena,
                      struct pe_err *err)
{
    const char *equals = strchr(setting, '=');
    bool found = false;

    if (equals == NULL || equals == setting)
        return pe_err_set(err, PE_ERR_USAGE, "--param takes NAME=VALUE");
    if (pe_pack_own(pack, arena, err) != 0)
        return -1;
    for (size_t i = 0; i < pack->face.control_count; i++) {
        struct pe_control_def *control = &pack->controls[i];
        for (size_t j = 0; j < control->face.param_count; j++) {
            if (!names(setting, (size_t)(equals - setting), control->face.id,
                       control->params[j].face.name))
                continue;
            found = true;
            if (pe_param_store(&control->params[j], equals + 1, arena, err) != 0)
                return -1;
        }
    }
    return found ? 0 : no_such_param(pack, setting, (size_t)(equals - setting), err);
}
