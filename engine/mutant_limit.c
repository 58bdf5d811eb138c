/* mutant_limit.c: numbers and times on the other side of a limit. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "mutant_impl.h"

#include <string.h>

#include "lib/time.h"

/* ---- numbers ---- */

static bool in_bounds(const struct pe_shape *shape, double number)
{
    return (shape == NULL || ((!shape->has_min || number >= shape->min) &&
                              (!shape->has_max || number <= shape->max))) &&
           number >= -1e15 && number <= 1e15;
}

static void try_number(struct pe_mutants *m, uint32_t node, const struct pe_shape *shape,
                       double number)
{
    if (in_bounds(shape, number))
        pe_mutant_add_value(m, node, pe_arena_printf(m->arena, "%.15g", number));
}

static bool is_number(const struct pe_param_def *param)
{
    return param->given && (param->type == PE_PARAM_INTEGER || param->type == PE_PARAM_NUMBER);
}

static const char *unit_name(const char *unit)
{
    return unit == NULL ? "" : unit;
}

/* A limit in days says nothing of a number of characters. Without a model any may be meant. */
static bool same_unit(const struct pe_mutants *m, uint32_t node, const struct pe_param_def *param)
{
    const struct pe_field *field = pe_mutant_field(m->snapshot, node);
    const char *own = field == NULL ? NULL : field->unit.en;

    return m->snapshot->shapes == NULL ||
           strcmp(unit_name(own), unit_name(param->face.unit.en)) == 0;
}

static bool is_at_bound(const struct pe_shape *shape, double value)
{
    return shape != NULL && ((shape->has_min && value <= shape->min + 1) ||
                             (shape->has_max && value >= shape->max - 1));
}

static void add_step(struct pe_mutants *m, uint32_t node, const struct pe_shape *shape,
                     double value)
{
    if (!in_bounds(shape, value - 1))
        try_number(m, node, shape, value + 1);
    else if (!in_bounds(shape, value + 1))
        try_number(m, node, shape, value - 1);
    else
        pe_mutant_add_either(m, node, pe_arena_printf(m->arena, "%.15g", value - 1),
                             pe_arena_printf(m->arena, "%.15g", value + 1), "one less or more");
}

/* Over a parameter; at it, to either side. */
static void add_crossing(struct pe_mutants *m, uint32_t node, const struct pe_shape *shape,
                         double value, double param)
{
    if (value == param)
        add_step(m, node, shape, value);
    else
        try_number(m, node, shape, value < param ? param + 1 : param - 1);
}

void pe_mutant_add_numbers(struct pe_mutants *m, uint32_t node, const struct pe_shape *shape)
{
    double value = pe_json_real(&m->snapshot->json, pe_snapshot_node(m->snapshot, node));
    bool limited = false;

    for (size_t i = 0; i < m->control->face.param_count; i++) {
        const struct pe_param_def *param = &m->control->params[i];
        if (!is_number(param) || !same_unit(m, node, param) || !m->asks(m->ud, node, i))
            continue;
        add_crossing(m, node, shape, value, param->number);
        limited = true;
    }
    if (!limited && (m->fine || shape == NULL || is_at_bound(shape, value)))
        add_step(m, node, shape, value);
}

/* ---- times ---- */

enum { DAY = 86400 };

struct moment {
    struct pe_time_instant at;
    bool date; /* of a day alone */
    struct pe_time_zone zone;
};

static bool read_moment(const char *bytes, size_t length, struct moment *moment)
{
    enum pe_time_why why;
    int64_t day;

    *moment = (struct moment){0};
    if (pe_time_parse_day(bytes, length, &day, &why) == 0) {
        moment->date = true;
        moment->at.seconds = day * DAY;
        return true;
    }
    if (length > 6 && (bytes[length - 6] == '+' || bytes[length - 6] == '-'))
        pe_time_parse_zone(bytes + length - 6, 6, &moment->zone, &why);
    return pe_time_parse(bytes, length, &moment->at, &why) == 0;
}

static bool is_days(const struct pe_param_def *param)
{
    return is_number(param) && strncmp(unit_name(param->face.unit.en), "day", 3) == 0 &&
           param->number < 100000;
}

/* Further from as_of than any parameter in days that is asked for; 0 without one. */
static int64_t beyond_days(const struct pe_mutants *m, uint32_t node)
{
    int64_t most = -1;

    for (size_t i = 0; i < m->control->face.param_count; i++)
        if (is_days(&m->control->params[i]) && m->control->params[i].number > (double)most &&
            m->asks(m->ud, node, i))
            most = (int64_t)m->control->params[i].number;
    return most + 1;
}

static const char *moved(struct pe_mutants *m, const struct moment *moment, int64_t seconds)
{
    struct pe_time_instant at = {seconds, moment->at.nanoseconds};
    char text[PE_TIME_TEXT_BYTES];
    enum pe_time_why why;
    int result;

    if (moment->date)
        result = pe_time_print_day(pe_time_day_of(at, moment->zone), text, &why);
    else
        result = pe_time_print(at, moment->zone, text, &why);
    return result == 0 ? pe_mutant_quoted(m, text) : NULL;
}

/* Over as_of by a day, and to where it is longer ago, or further off, than any limit. */
static void add_times(struct pe_mutants *m, uint32_t node, const struct moment *moment)
{
    const char *less = moved(m, moment, moment->at.seconds - DAY);
    const char *more = moved(m, moment, moment->at.seconds + DAY);
    int64_t days = beyond_days(m, node) * DAY, past;
    struct moment now;

    if (m->fine && less != NULL && more != NULL)
        pe_mutant_add_either(m, node, less, more, "a day earlier or later");
    if (m->as_of == NULL)
        return;
    read_moment(m->as_of, strlen(m->as_of), &now); /* a snapshot's, so it can be read */
    past = moment->at.seconds <= now.at.seconds ? 1 : -1;
    pe_mutant_add_value(m, node, moved(m, moment, now.at.seconds + past * DAY));
    if (days > 0)
        pe_mutant_add_value(m, node, moved(m, moment, now.at.seconds - past * days));
}

bool pe_mutant_add_times(struct pe_mutants *m, uint32_t node, const char *bytes, size_t length)
{
    struct moment moment;

    if (!read_moment(bytes, length, &moment))
        return false;
    add_times(m, node, &moment);
    return true;
}
