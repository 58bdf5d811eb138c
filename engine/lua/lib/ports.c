/* ports.c: sets of ports, and protocols, for policies. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lib/ports.h"

#include "lua/args.h"

static const struct pe_text a_port = {"a port, or ports (\"22, 80-90\")",
                                      "ポート番号またはポートの範囲（\"22, 80-90\" など）"};
static const struct pe_text a_protocol = {"a protocol", "プロトコル"};
static const struct pe_text one_port = {"is more than one port", "複数のポートを含みます"};

struct set {
    struct pe_ports_range *ranges; /* in memory of Lua's, on its stack */
    size_t count;
};

static int push_nil(lua_State *L)
{
    lua_pushnil(L);
    return 1;
}

/* How many ranges the items can hold: a number or a text without a comma is one. */
static size_t room_of(const struct pe_item *item)
{
    return item->bytes == NULL ? 1 : pe_ports_room(item->bytes, item->length);
}

/* Sets are small once merged, whatever the list: merged whenever the room is full. */
enum { ROOM = 4096 };

/* Room for what an item can hold; the set moves to a larger place on the stack if it must. */
static void make_room(lua_State *L, int place, struct set *set, size_t *room, size_t need)
{
    struct pe_ports_range *larger;

    if (set->count + need <= *room)
        return;
    set->count = pe_ports_merge(set->ranges, set->count);
    pe_vm_charge(L, *room);
    if (set->count + need <= *room)
        return;
    *room = 2 * (set->count + need);
    larger = lua_newuserdatauv(L, *room * sizeof *larger, 0);
    for (size_t i = 0; i < set->count; i++)
        larger[i] = set->ranges[i];
    set->ranges = larger;
    lua_replace(L, place);
}

static void add_item(struct pe_items *items, const struct pe_item *item, struct set *set,
                     size_t room)
{
    struct pe_ports_range *at = set->ranges + set->count;
    enum pe_ports_why why;
    size_t count = 1;
    int status;

    if (item->bytes == NULL)
        status = pe_ports_from_number(item->number, at, &why);
    else
        status = pe_ports_parse(item->bytes, item->length, at, room - set->count, &count, &why);
    if (status != 0)
        pe_items_refuse(items, pe_ports_why_text(why));
    else
        set->count += count;
}

/* The merged set that an argument is; pushes its memory. False, recorded, when it is none. */
static bool set_of(lua_State *L, int index, struct set *set)
{
    struct pe_items items;
    struct pe_item item;
    size_t room;
    int place;

    *set = (struct set){0};
    if (!pe_items_open(&items, L, index, 0, PE_ARGS_NUMBERS, a_port))
        return false;
    room = items.count < ROOM ? (size_t)items.count + 4 : ROOM;
    set->ranges = lua_newuserdatauv(L, room * sizeof *set->ranges, 0);
    place = lua_gettop(L);
    while (pe_items_next(&items, &item)) {
        make_room(L, place, set, &room, room_of(&item));
        add_item(&items, &item, set, room);
    }
    set->count = pe_ports_merge(set->ranges, set->count);
    return pe_items_close(&items);
}

static bool sets_of(lua_State *L, struct set *a, struct set *b)
{
    bool usable;

    lua_settop(L, 2);
    usable = set_of(L, 1, a);
    usable &= set_of(L, 2, b);
    if (usable)
        pe_vm_charge(L, a->count + b->count);
    return usable;
}

/* ---- sets ---- */

static int ports_contains(lua_State *L)
{
    struct set set, port;

    if (!sets_of(L, &set, &port))
        return push_nil(L);
    if (pe_ports_count(port.ranges, port.count) != 1)
        return pe_arg_unusable(L, 2, one_port);
    lua_pushboolean(L, pe_ports_contain(set.ranges, set.count, port.ranges[0].first));
    return 1;
}

static int ports_subset(lua_State *L)
{
    struct set a, b;

    if (!sets_of(L, &a, &b))
        return push_nil(L);
    lua_pushboolean(L, pe_ports_subset(a.ranges, a.count, b.ranges, b.count));
    return 1;
}

static int ports_overlap(lua_State *L)
{
    struct set a, b;

    if (!sets_of(L, &a, &b))
        return push_nil(L);
    lua_pushboolean(L, pe_ports_overlap(a.ranges, a.count, b.ranges, b.count));
    return 1;
}

static int ports_is_all(lua_State *L)
{
    struct set set;

    lua_settop(L, 1);
    if (!set_of(L, 1, &set))
        return push_nil(L);
    lua_pushboolean(L, pe_ports_are_all(set.ranges, set.count));
    return 1;
}

/* The text is built in the state's own scratch, which outlives whatever is raised. */
static int push_set(lua_State *L, const struct pe_ports_range *ranges, size_t count)
{
    struct pe_buf *text = &pe_vm_of(L)->text;

    pe_buf_clear(text);
    pe_buf_adds(text, "");
    pe_ports_print(ranges, count, text);
    if (pe_buf_failed(text))
        return luaL_error(L, "out of memory");
    return pe_args_push(L, text->data, text->length);
}

static int ports_difference(lua_State *L)
{
    struct pe_ports_range *out;
    struct set a, b;

    if (!sets_of(L, &a, &b))
        return push_nil(L);
    out = lua_newuserdatauv(L, (a.count + b.count + 1) * sizeof *out, 0);
    return push_set(L, out, pe_ports_difference(a.ranges, a.count, b.ranges, b.count, out));
}

static int ports_text(lua_State *L)
{
    struct set set;

    lua_settop(L, 1);
    if (!set_of(L, 1, &set))
        return push_nil(L);
    return push_set(L, set.ranges, set.count);
}

/* ---- protocols ---- */

static bool protocol_of(lua_State *L, int index, enum pe_ports_protocol *protocol)
{
    const char *bytes;
    size_t length;
    int64_t number;
    enum pe_ports_why why;
    int status;

    if (lua_type(L, index) == LUA_TNUMBER) {
        if (!pe_args_integer(L, index, a_protocol, &number))
            return false;
        status = pe_ports_protocol_from_number(number, protocol, &why);
    } else {
        if (!pe_args_text(L, index, a_protocol, &bytes, &length))
            return false;
        status = pe_ports_parse_protocol(bytes, length, protocol, &why);
    }
    if (status == 0)
        return true;
    pe_arg_unusable(L, index, pe_ports_why_text(why));
    lua_pop(L, 1);
    return false;
}

static int ports_protocol_covers(lua_State *L)
{
    enum pe_ports_protocol rule, traffic;
    bool usable;

    lua_settop(L, 2);
    usable = protocol_of(L, 1, &rule);
    usable &= protocol_of(L, 2, &traffic);
    if (!usable)
        return push_nil(L);
    lua_pushboolean(L, pe_ports_protocol_covers(rule, traffic));
    return 1;
}

static const struct pe_luafn functions[] = {
    {"contains", ports_contains, "(set, port) -> boolean",
     "Whether a set holds a port; a set is a number, a text (\"22, 80-90\", \"*\"), or a list of "
     "these."},
    {"subset", ports_subset, "(a, b) -> boolean", "Whether every port of a is in b."},
    {"overlap", ports_overlap, "(a, b) -> boolean", "Whether two sets share a port."},
    {"is_all", ports_is_all, "(set) -> boolean",
     "Whether a set is every port: \"*\", \"0-65535\", or ranges that add up to it."},
    {"difference", ports_difference, "(a, b) -> text",
     "The ports of a that b lacks; \"\" when there are none."},
    {"text", ports_text, "(set) -> text", "The one spelling of a set: \"22, 80-90\"."},
    {"protocol_covers", ports_protocol_covers, "(rule, traffic) -> boolean",
     "Whether a rule for a protocol applies to traffic of another; names in any case, numbers, or "
     "\"*\"."},
    {NULL, NULL, NULL, NULL},
};

const struct pe_lualib pe_lualib_ports = {"ports", functions, NULL};
