/* time.c: instants, civil days and durations, for policies. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lib/time.h"

#include "lua/args.h"

static const struct pe_text a_time = {"a timestamp (2026-05-04T17:15:48Z)",
                                      "日時（2026-05-04T17:15:48Z の形式）"};
static const struct pe_text a_date = {"a date (2026-05-04)", "日付（2026-05-04 の形式）"};
static const struct pe_text a_zone = {"a time zone (Asia/Tokyo)",
                                      "タイムゾーン（Asia/Tokyo など）"};
static const struct pe_text a_duration = {"a duration (P90D)", "期間（P90D の形式）"};
static const struct pe_text a_number = {"a whole number", "整数"};
static const struct pe_text in_future = {"lies in the future", "評価時刻より後の日時です"};

/* ---- arguments ---- */

static int push_nil(lua_State *L)
{
    lua_pushnil(L);
    return 1;
}

static bool refuse(lua_State *L, int index, enum pe_time_why why)
{
    pe_arg_unusable(L, index, pe_time_why_text(why));
    lua_pop(L, 1);
    return false;
}

/* nil where there is no evaluation time is about that, unless something else was missing. */
static bool no_as_of(lua_State *L, int index)
{
    struct pe_vm *vm = pe_vm_of(L);

    if (vm->trace == NULL || vm->as_of != NULL || !lua_isnoneornil(L, index) ||
        vm->trace->window_missing)
        return false;
    pe_trace_no_value(vm->trace, pe_say(vm->arena, PE_SAY_NO_AS_OF, NULL, NULL, NULL));
    return true;
}

static bool text_of(lua_State *L, int index, struct pe_text what, const char **bytes,
                    size_t *length)
{
    if (no_as_of(L, index) || !pe_args_text(L, index, what, bytes, length))
        return false;
    pe_args_as_of(L, *bytes, *length);
    return true;
}

static bool instant_of(lua_State *L, int index, struct pe_time_instant *at)
{
    const char *bytes;
    size_t length;
    enum pe_time_why why;

    if (!text_of(L, index, a_time, &bytes, &length))
        return false;
    return pe_time_parse(bytes, length, at, &why) == 0 || refuse(L, index, why);
}

static bool zone_of(lua_State *L, int index, struct pe_time_zone *zone)
{
    const char *bytes;
    size_t length;
    enum pe_time_why why;

    if (!pe_args_text(L, index, a_zone, &bytes, &length))
        return false;
    return pe_time_parse_zone(bytes, length, zone, &why) == 0 || refuse(L, index, why);
}

static bool date_of(lua_State *L, int index, int64_t *day)
{
    const char *bytes;
    size_t length;
    enum pe_time_why why;

    if (!text_of(L, index, a_date, &bytes, &length))
        return false;
    return pe_time_parse_day(bytes, length, day, &why) == 0 || refuse(L, index, why);
}

/* A date, which needs no zone, or the day on which an instant falls in the zone. */
static bool day_of(lua_State *L, int index, int zone_index, int64_t *day)
{
    struct pe_time_instant at;
    struct pe_time_zone zone;
    const char *bytes;
    size_t length;
    enum pe_time_why why;
    bool usable;

    if (lua_type(L, index) == LUA_TSTRING) {
        bytes = lua_tolstring(L, index, &length);
        if (pe_time_parse_day(bytes, length, day, &why) == 0)
            return true;
    }
    usable = instant_of(L, index, &at);
    usable &= zone_of(L, zone_index, &zone);
    if (usable)
        *day = pe_time_day_of(at, zone);
    return usable;
}

/* Two instants, the first not after the second. */
static bool past_of(lua_State *L, struct pe_time_instant *at, struct pe_time_instant *as_of)
{
    bool usable = instant_of(L, 1, at);

    usable &= instant_of(L, 2, as_of);
    if (!usable)
        return false;
    if (pe_time_compare(*at, *as_of) <= 0)
        return true;
    pe_arg_unusable(L, 1, in_future);
    lua_pop(L, 1);
    return false;
}

/* That a time comes before another, the argument index: its place, if it has one, and itself. */
static struct pe_text comes_before(lua_State *L, int index)
{
    struct pe_vm *vm = pe_vm_of(L);
    size_t length;
    const char *other = lua_tolstring(L, index, &length), *where = NULL;

    if (vm->trace != NULL)
        where = pe_trace_where(vm->trace, other, length);
    if (where != NULL)
        other = pe_arena_printf(vm->arena, "%s (%s)", where, other);
    return pe_say(vm->arena, PE_SAY_COMES_BEFORE, other, NULL, NULL);
}

static int push_day(lua_State *L, int index, int64_t day)
{
    char text[PE_TIME_TEXT_BYTES];
    enum pe_time_why why;

    if (pe_time_print_day(day, text, &why) != 0)
        return pe_arg_unusable(L, index, pe_time_why_text(why));
    lua_pushstring(L, text);
    return 1;
}

/* ---- instants ---- */

static int time_seconds(lua_State *L)
{
    struct pe_time_instant at;

    if (!instant_of(L, 1, &at))
        return push_nil(L);
    lua_pushinteger(L, at.seconds);
    return 1;
}

static int time_age(lua_State *L)
{
    struct pe_time_instant at, as_of;

    lua_settop(L, 2);
    if (!past_of(L, &at, &as_of))
        return push_nil(L);
    lua_pushinteger(L, pe_time_age(at, as_of).seconds);
    return 1;
}

static int time_age_days(lua_State *L)
{
    struct pe_time_instant at, as_of;
    struct pe_time_zone zone;
    bool usable;

    lua_settop(L, 3);
    usable = past_of(L, &at, &as_of);
    usable &= zone_of(L, 3, &zone);
    if (!usable)
        return push_nil(L);
    lua_pushinteger(L, pe_time_days_between(at, as_of, zone));
    return 1;
}

static int time_since(lua_State *L)
{
    struct pe_time_instant from, to;
    bool usable;

    lua_settop(L, 2);
    usable = instant_of(L, 1, &from);
    usable &= instant_of(L, 2, &to);
    if (!usable)
        return push_nil(L);
    if (pe_time_compare(to, from) < 0)
        return pe_arg_unusable(L, 2, comes_before(L, 1));
    lua_pushinteger(L, pe_time_age(from, to).seconds);
    return 1;
}

static int time_is_before(lua_State *L)
{
    struct pe_time_instant a, b;
    bool usable;

    lua_settop(L, 2);
    usable = instant_of(L, 1, &a);
    usable &= instant_of(L, 2, &b);
    if (!usable)
        return push_nil(L);
    lua_pushboolean(L, pe_time_compare(a, b) < 0);
    return 1;
}

/* ---- days ---- */

static int time_day(lua_State *L)
{
    int64_t day;

    lua_settop(L, 2);
    if (!day_of(L, 1, 2, &day))
        return push_nil(L);
    lua_pushinteger(L, day);
    return 1;
}

static int time_date(lua_State *L)
{
    int64_t day;

    lua_settop(L, 2);
    if (!day_of(L, 1, 2, &day))
        return push_nil(L);
    return push_day(L, 1, day);
}

static int time_add_days(lua_State *L)
{
    int64_t day, days;
    enum pe_time_why why;
    bool usable;

    lua_settop(L, 2);
    usable = date_of(L, 1, &day);
    usable &= pe_args_integer(L, 2, a_number, &days);
    if (!usable)
        return push_nil(L);
    if (pe_time_add_days(day, days, &day, &why) != 0)
        return pe_arg_unusable(L, 1, pe_time_why_text(why));
    return push_day(L, 1, day);
}

typedef int edge_fn(int64_t day, struct pe_time_zone zone, struct pe_time_instant *at,
                    enum pe_time_why *why);

static int edge_of_day(lua_State *L, edge_fn *edge)
{
    struct pe_time_instant at;
    struct pe_time_zone zone;
    enum pe_time_why why;
    int64_t day;
    bool usable;

    lua_settop(L, 2);
    usable = date_of(L, 1, &day);
    usable &= zone_of(L, 2, &zone);
    if (!usable)
        return push_nil(L);
    if (edge(day, zone, &at, &why) != 0)
        return pe_arg_unusable(L, 1, pe_time_why_text(why));
    lua_pushinteger(L, at.seconds);
    return 1;
}

static int time_start_of_day(lua_State *L)
{
    return edge_of_day(L, pe_time_start_of_day);
}

static int time_end_of_day(lua_State *L)
{
    return edge_of_day(L, pe_time_end_of_day);
}

static int time_days_between(lua_State *L)
{
    int64_t a, b;
    bool usable;

    lua_settop(L, 2);
    usable = date_of(L, 1, &a);
    usable &= date_of(L, 2, &b);
    if (!usable)
        return push_nil(L);
    lua_pushinteger(L, b - a);
    return 1;
}

/* ---- others ---- */

static int time_duration(lua_State *L)
{
    const char *bytes;
    size_t length;
    int64_t seconds;
    enum pe_time_why why;

    if (!pe_args_text(L, 1, a_duration, &bytes, &length))
        return push_nil(L);
    if (pe_time_parse_duration(bytes, length, &seconds, &why) != 0)
        return pe_arg_unusable(L, 1, pe_time_why_text(why));
    lua_pushinteger(L, seconds);
    return 1;
}

static int time_export(lua_State *L)
{
    struct pe_time_value value;
    const char *bytes;
    size_t length;
    enum pe_time_why why;

    if (!text_of(L, 1, a_time, &bytes, &length))
        return push_nil(L);
    if (pe_time_parse_export(bytes, length, &value, &why) != 0)
        return pe_arg_unusable(L, 1, pe_time_why_text(why));
    if (value.kind == PE_TIME_INSTANT)
        lua_pushinteger(L, value.at.seconds);
    else
        lua_pushstring(L, value.kind == PE_TIME_NEVER ? "never" : "none");
    return 1;
}

static const struct pe_luafn functions[] = {
    {"seconds", time_seconds, "(timestamp) -> integer",
     "Seconds since 1970-01-01T00:00:00Z of an RFC 3339 timestamp."},
    {"age", time_age, "(timestamp, as_of) -> integer",
     "Seconds from a timestamp to the evaluation time; one that lies in the future is unusable."},
    {"age_days", time_age_days, "(timestamp, as_of, zone) -> integer",
     "Civil days in the zone from a timestamp to the evaluation time, 0 on the same day; one that "
     "lies in the future is unusable."},
    {"since", time_since, "(earlier, later) -> integer",
     "Seconds from one timestamp of the snapshot to another; a later one that comes before the "
     "earlier is unusable."},
    {"is_before", time_is_before, "(a, b) -> boolean", "Whether one timestamp is before another."},
    {"day", time_day, "(timestamp or date, zone) -> integer",
     "The number of a civil day, counted from 1970-01-01; a date needs no zone."},
    {"date", time_date, "(timestamp or date, zone) -> text",
     "The civil day on which a timestamp falls in the zone, as 2026-11-20."},
    {"add_days", time_add_days, "(date, n) -> text", "The date n days later."},
    {"start_of_day", time_start_of_day, "(date, zone) -> integer",
     "Seconds since 1970 of the first second of a day in the zone."},
    {"end_of_day", time_end_of_day, "(date, zone) -> integer",
     "Seconds since 1970 of the last second of a day in the zone."},
    {"days_between", time_days_between, "(date, date) -> integer",
     "Days from one date to another, negative backwards."},
    {"duration", time_duration, "(text) -> integer",
     "Seconds of a duration: P90D, 90.00:00:00, or 90 for days; years and months are unusable."},
    {"export", time_export, "(text) -> integer, \"never\" or \"none\"",
     "Seconds since 1970 of a time as exports write it: RFC 3339, /Date(milliseconds)/; \"none\" "
     "for the year 1 of .NET."},
    {NULL, NULL, NULL, NULL},
};

const struct pe_lualib pe_lualib_time = {"time", functions, NULL};
