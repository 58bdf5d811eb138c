/* attested.c: judges statements instead of values. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "attest.h"
#include "base/suggest.h"
#include "lib/clause.h"
#include "lua/args.h"
#include "lua/order.h"
#include "lua/view.h"

enum { MAX_SERVICES = 16, OPTIONS = 2 }; /* OPTIONS: stack index of the table */

/* What a contract for every service says; the services are then asked for one by one. */
static const char *const both[] = {"iad", "ctx"};

static int push_nil(lua_State *L)
{
    lua_pushnil(L);
    return 1;
}

/* ---- options ---- */

static void check_option(lua_State *L, const char *key)
{
    static const char *const known[] = {"clause",       "party",        "service", "as_of",
                                        "max_age_days", "min_evidence", "zone"};
    const size_t count = sizeof known / sizeof known[0];
    const char *like;

    for (size_t i = 0; key != NULL && i < count; i++)
        if (strcmp(key, known[i]) == 0)
            return;
    like = key == NULL ? NULL : pe_suggest(key, known, count);
    luaL_error(L, "attested() has no option %s%s%s%s", key == NULL ? "without a name" : key,
               like == NULL ? "" : " (did you mean ", like == NULL ? "" : like,
               like == NULL ? "" : "?)");
}

static void check_options(lua_State *L)
{
    lua_Integer count;

    luaL_checktype(L, OPTIONS, LUA_TTABLE);
    pe_sorted_keys(L, OPTIONS);
    count = (lua_Integer)lua_rawlen(L, -1);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, -1, i);
        check_option(L, lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

/* Pushes an option, and returns its index. */
static int option(lua_State *L, const char *key)
{
    lua_pushstring(L, key);
    lua_rawget(L, OPTIONS);
    return lua_gettop(L);
}

static void clause_of(lua_State *L, char clause[PE_CLAUSE_BYTES])
{
    size_t length;
    const char *bytes = lua_tolstring(L, option(L, "clause"), &length);

    if (bytes == NULL || pe_clause_normalise(bytes, length, clause) != 0)
        luaL_error(L, "attested() needs clause, such as \"CLD.9.5.1\"");
}

static const char *party_of(lua_State *L)
{
    const char *party = lua_tostring(L, option(L, "party"));

    if (party == NULL || (strcmp(party, "provider") != 0 && strcmp(party, "customer") != 0 &&
                          strcmp(party, "shared") != 0))
        luaL_error(L, "attested() needs party: \"provider\", \"customer\" or \"shared\"");
    return party;
}

/* What an option holds: a string; false, recorded, for anything else. */
static bool text_of(lua_State *L, int index, struct pe_text what, const char **bytes,
                    size_t *length)
{
    if (lua_type(L, index) == LUA_TSTRING)
        return pe_args_text(L, index, what, bytes, length);
    pe_arg_unusable_part(L, index, OPTIONS, pe_args_expected(L, index, what));
    lua_pop(L, 1);
    return false;
}

/* The texts are in the arena. */
static bool services_of(lua_State *L, const char *services[MAX_SERVICES], struct pe_strings *out)
{
    static const struct pe_text what = {"a service, or a list of them",
                                        "サービス名またはそのリスト"};
    struct pe_items items;
    struct pe_item item;
    int index = option(L, "service");
    size_t count = 0, length;
    const char *bytes;

    if (lua_isnil(L, index))
        return text_of(L, index, what, &bytes, &length);
    if (!pe_items_open(&items, L, index, 0, PE_ARGS_TEXTS, what))
        return false;
    while (pe_items_next(&items, &item)) {
        if (count == MAX_SERVICES)
            luaL_error(L, "attested() takes %d services at most", MAX_SERVICES);
        services[count] = pe_arena_strn(pe_vm_of(L)->arena, item.bytes, item.length);
        if (services[count++] == NULL)
            luaL_error(L, "out of memory");
    }
    *out = (struct pe_strings){services, count};
    if (count == 1 && services[0] != NULL && strcmp(services[0], "both") == 0)
        *out = (struct pe_strings){both, sizeof both / sizeof both[0]};
    if (!pe_items_close(&items))
        return false;
    if (count == 0) /* every statement would do */
        pe_arg_unusable_part(L, index, OPTIONS, pe_args_expected(L, index, what));
    return count > 0;
}

static bool as_of_of(lua_State *L, struct pe_time_instant *as_of)
{
    static const struct pe_text what = {"the evaluation time", "評価時刻"};
    struct pe_vm *vm = pe_vm_of(L);
    int index = option(L, "as_of");
    const char *bytes;
    size_t length;
    enum pe_time_why why;

    if (lua_isnil(L, index) && vm->as_of == NULL) {
        pe_trace_no_value(vm->trace, pe_say(vm->arena, PE_SAY_NO_AS_OF, NULL, NULL, NULL));
        return false;
    }
    if (!text_of(L, index, what, &bytes, &length))
        return false;
    pe_args_as_of(L, bytes, length);
    if (pe_time_parse(bytes, length, as_of, &why) == 0)
        return true;
    pe_arg_unusable_part(L, index, OPTIONS, pe_time_why_text(why));
    return false;
}

static bool zone_of(lua_State *L, struct pe_time_zone *zone)
{
    static const struct pe_text what = {"a time zone (Asia/Tokyo)",
                                        "タイムゾーン（Asia/Tokyo など）"};
    int index = option(L, "zone");
    const char *bytes;
    size_t length;
    enum pe_time_why why;

    if (!text_of(L, index, what, &bytes, &length))
        return false;
    if (pe_time_parse_zone(bytes, length, zone, &why) == 0)
        return true;
    pe_arg_unusable_part(L, index, OPTIONS, pe_time_why_text(why));
    return false;
}

static int64_t number_of(lua_State *L, const char *key, int64_t otherwise)
{
    int index = option(L, key), whole = 0;
    lua_Integer number = 0;

    if (lua_isnil(L, index))
        return otherwise;
    if (lua_type(L, index) == LUA_TNUMBER)
        number = lua_tointegerx(L, index, &whole);
    if (!whole || number < 0)
        luaL_error(L, "attested(): %s is a whole number", key);
    return number;
}

/* ---- statements ---- */

/* Statements are objects of the snapshot; what is none of it is an error of the policy. */
static bool items_of(lua_State *L, struct pe_attest *ask)
{
    const struct pe_vm *vm = pe_vm_of(L);
    const struct pe_node *list = pe_view_node(L, 1), **items;
    int64_t count;

    if (list == NULL)
        luaL_checktype(L, 1, LUA_TTABLE);
    else /* that nobody stated anything is an answer, and told as such */
        pe_trace_allow_empty(vm->trace, pe_snapshot_number(vm->snapshot, list));
    count = pe_list_length(L, 1);
    if (count < 0)
        return false;
    if (count > PE_MAX_ATTESTATIONS)
        luaL_error(L, "attested() takes %d attestations at most", PE_MAX_ATTESTATIONS);
    pe_vm_charge(L, (size_t)count * 50);
    items = lua_newuserdatauv(L, ((size_t)count + 1) * sizeof *items, 0);
    for (int64_t i = 0; i < count; i++) {
        if (list == NULL && (lua_rawgeti(L, 1, i + 1), items[i] = pe_view_node(L, -1)) == NULL)
            luaL_error(L, "attested(): element %I is not of the snapshot", (LUAI_UACINT)i + 1);
        if (list == NULL)
            lua_pop(L, 1);
        else
            items[i] = pe_json_element(&vm->snapshot->json, list, (uint32_t)i);
    }
    ask->list = list;
    ask->items = items;
    ask->count = (size_t)count;
    return true;
}

static int attested(lua_State *L)
{
    struct pe_vm *vm = pe_vm_of(L);
    const char *services[MAX_SERVICES];
    char clause[PE_CLAUSE_BYTES];
    struct pe_attest ask = {.clause = clause};
    const struct pe_node *item;
    bool usable;

    if (vm->trace == NULL)
        return luaL_error(L, "attested() works inside check() only");
    if (lua_isnoneornil(L, 1))
        return luaL_error(L, "attested was given a nil value");
    lua_settop(L, 2);
    check_options(L);
    clause_of(L, clause);
    ask.party = party_of(L);
    ask.max_age_days = number_of(L, "max_age_days", 365);
    ask.min_evidence = number_of(L, "min_evidence", 1);
    usable = services_of(L, services, &ask.services);
    usable &= as_of_of(L, &ask.as_of);
    usable &= zone_of(L, &ask.zone);
    usable &= items_of(L, &ask);
    item = usable ? pe_attest(vm->trace, &ask) : NULL;
    if (item == NULL)
        return push_nil(L);
    lua_pushlightuserdata(L, (void *)item);
    return 1;
}

static const struct pe_luafn functions[] = {
    {"attested", attested,
     "(list, { clause, party, service, as_of, max_age_days, min_evidence, zone }) -> object or nil",
     "Asserts that an attestation of the list counts for a clause: it is about that side and "
     "service, in force, confirmed within max_age_days (365), with min_evidence (1) pieces of "
     "evidence, and not superseded; returns it."},
    {NULL, NULL, NULL, NULL},
};

const struct pe_lualib pe_lualib_attested = {"", functions, NULL};
