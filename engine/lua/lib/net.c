/* net.c: addresses and sets of them, for policies. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lib/net.h"

#include <stdint.h>
#include <string.h>

#include "lua/args.h"
#include "lua/view.h"

static const struct pe_text an_entry = {"an address, network or range",
                                        "アドレス・ネットワーク・範囲の文字列"};
static const struct pe_text no_addresses = {
    "the addresses of a service tag are not known here",
    "サービスタグに含まれるアドレスは、ここでは分かりません"};

/* ---- reading ---- */

/* One entry, given as text; false, recorded. */
static bool entry_of(lua_State *L, int index, struct pe_net_entry *entry)
{
    const char *bytes;
    size_t length;
    enum pe_net_why why;

    if (!pe_args_text(L, index, an_entry, &bytes, &length))
        return false;
    if (pe_net_parse(bytes, length, entry, &why) == 0)
        return true;
    pe_arg_unusable(L, index, pe_net_why_text(why));
    lua_pop(L, 1);
    return false;
}

struct set {
    struct pe_net_range *ranges; /* few, or in memory of Lua's, on its stack */
    size_t count;
    size_t anys;                /* entries that are everything: two ranges each */
    struct pe_net_range few[2]; /* of one entry */
    struct kept *kept;          /* of more; NULL: few */
};

/* A list of the snapshot's that was read and merged; it cannot change while the rule runs. */
struct kept {
    size_t count;
    size_t fuel; /* what reading it took */
    struct pe_net_range ranges[];
};

enum { SERVICES_REFUSED, SERVICES_SKIPPED };

static void add_entry(struct pe_items *items, const struct pe_item *item, int services,
                      struct set *set)
{
    struct pe_net_entry entry;
    enum pe_net_why why;

    if (pe_net_parse(item->bytes, item->length, &entry, &why) != 0)
        pe_items_refuse(items, pe_net_why_text(why));
    else if (entry.kind == PE_NET_SERVICE && services == SERVICES_REFUSED)
        pe_items_refuse(items, no_addresses);
    else
        set->count += pe_net_ranges(&entry, (uint32_t)item->position, set->ranges + set->count);
    set->anys += entry.kind == PE_NET_ANY;
}

static void make_room(lua_State *L, lua_Integer count, struct set *set)
{
    set->ranges = set->few;
    if (count <= 1)
        return;
    if ((uint64_t)count >= UINT32_MAX)
        luaL_error(L, "a list of more than 4 billion addresses");
    set->kept =
        lua_newuserdatauv(L, sizeof *set->kept + (size_t)count * 2 * sizeof *set->ranges, 0);
    set->ranges = set->kept->ranges;
}

/* The ranges of a list, as they are written; pushes their memory. False, recorded, when there is
 * no list or an entry cannot be used. */
static bool set_of(lua_State *L, int index, int field, int services, struct set *set)
{
    struct pe_items items;
    struct pe_item item;

    *set = (struct set){0};
    if (!pe_items_open(&items, L, index, field, PE_ARGS_TEXTS, an_entry))
        return false;
    make_room(L, items.count, set);
    while (pe_items_next(&items, &item))
        add_entry(&items, &item, services, set);
    pe_vm_charge(L, set->count * 4); /* for the sorting to come */
    return pe_items_close(&items);
}

/* A list that was read before is read again as far as the trace and the fuel tell. */
static bool read_again(lua_State *L, int index, const struct pe_node *list, struct set *set)
{
    struct pe_vm *vm = pe_vm_of(L);
    struct kept *kept = pe_vm_push_kept(L, list);
    struct pe_items items;

    if (kept == NULL)
        return false;
    if (!pe_items_open(&items, L, index, 0, PE_ARGS_TEXTS, an_entry))
        return false; /* never: it was opened before */
    for (const struct pe_node *element = pe_json_first(&vm->snapshot->json, list); element != NULL;
         element = pe_json_next(&vm->snapshot->json, element))
        pe_trace_value(vm->trace, pe_snapshot_number(vm->snapshot, element));
    pe_vm_charge(L, kept->fuel);
    *set = (struct set){.ranges = kept->ranges, .count = kept->count};
    return true;
}

/* The list of the snapshot's that the argument is; NULL: it is something else. */
static const struct pe_node *list_at(lua_State *L, int index, int field)
{
    const struct pe_node *node = pe_view_node(L, index);

    if (node == NULL || pe_node_type(node) != PE_LIST || pe_vm_of(L)->trace == NULL ||
        (field != 0 && !lua_isnoneornil(L, field)))
        return NULL;
    return node;
}

static bool merged_of(lua_State *L, int index, int field, struct set *set)
{
    const struct pe_node *list = list_at(L, index, field);
    struct pe_vm *vm = pe_vm_of(L);
    int64_t fuel;

    if (list != NULL && read_again(L, index, list, set))
        return true;
    fuel = vm->fuel;
    if (!set_of(L, index, field, SERVICES_REFUSED, set))
        return false;
    set->count = pe_net_merge(set->ranges, set->count);
    if (list != NULL && set->kept != NULL) {
        set->kept->count = set->count;
        set->kept->fuel = (size_t)(fuel - vm->fuel);
        pe_vm_keep(L, list);
    }
    return true;
}

static int push_nil(lua_State *L)
{
    lua_pushnil(L);
    return 1;
}

static int push_range(lua_State *L, const struct pe_net_range *range)
{
    char text[PE_NET_TEXT_BYTES];

    pe_net_print(range, text);
    lua_pushstring(L, text);
    return 1;
}

static lua_Integer saturated(uint64_t number)
{
    return number > LUA_MAXINTEGER ? LUA_MAXINTEGER : (lua_Integer)number;
}

/* ---- how much a list covers ---- */

static int net_coverage(lua_State *L)
{
    struct set set;

    lua_settop(L, 2);
    if (!merged_of(L, 1, 2, &set))
        return push_nil(L);
    lua_pushinteger(L, saturated(pe_net_addresses(set.ranges, set.count)));
    return 1;
}

static int net_size(lua_State *L)
{
    struct pe_net_size size;
    struct set set;

    lua_settop(L, 2);
    if (!merged_of(L, 1, 2, &set))
        return push_nil(L);
    size = pe_net_size(set.ranges, set.count);
    lua_createtable(L, 0, 3);
    lua_pushinteger(L, saturated(size.ipv4));
    lua_setfield(L, -2, "ipv4");
    lua_pushinteger(L, saturated(size.ipv6_networks));
    lua_setfield(L, -2, "ipv6_networks");
    lua_pushnumber(L, size.ipv6_share);
    lua_setfield(L, -2, "ipv6_share");
    return 1;
}

static int net_covers_internet(lua_State *L)
{
    struct set set;

    lua_settop(L, 2);
    if (!merged_of(L, 1, 2, &set))
        return push_nil(L);
    lua_pushboolean(L, pe_net_covers_internet(set.ranges, set.count));
    return 1;
}

static int net_covers_family(lua_State *L)
{
    lua_Integer family = pe_arg_whole(L, 2);
    struct set set;

    luaL_argcheck(L, family == PE_NET_IPV4 || family == PE_NET_IPV6, 2, "the family is 4 or 6");
    lua_settop(L, 3);
    if (!merged_of(L, 1, 3, &set))
        return push_nil(L);
    lua_pushboolean(L, pe_net_covers_family(set.ranges, set.count, (enum pe_net_family)family));
    return 1;
}

static int net_hygiene(lua_State *L)
{
    struct pe_net_hygiene hygiene;
    struct set set;

    lua_settop(L, 2);
    if (!set_of(L, 1, 2, SERVICES_SKIPPED, &set))
        return push_nil(L);
    pe_net_sort(set.ranges, set.count);
    hygiene = pe_net_hygiene(set.ranges, set.count);
    if (set.anys > 1) /* each was there twice, once a family */
        hygiene.duplicates -= set.anys - 1;
    lua_createtable(L, 0, 3);
    lua_pushinteger(L, (lua_Integer)hygiene.duplicates);
    lua_setfield(L, -2, "duplicates");
    lua_pushinteger(L, (lua_Integer)hygiene.contained);
    lua_setfield(L, -2, "contained");
    lua_pushinteger(L, (lua_Integer)hygiene.joinable);
    lua_setfield(L, -2, "joinable");
    return 1;
}

/* ---- two lists ---- */

static int net_overlap(lua_State *L)
{
    struct set a, b;
    bool usable;
    size_t i, j;

    lua_settop(L, 2);
    usable = set_of(L, 1, 0, SERVICES_REFUSED, &a);
    usable &= set_of(L, 2, 0, SERVICES_REFUSED, &b); /* what is wrong with both is recorded */
    if (!usable)
        return push_nil(L);
    pe_net_sort(a.ranges, a.count);
    pe_net_sort(b.ranges, b.count);
    if (!pe_net_sets_overlap(a.ranges, a.count, b.ranges, b.count, &i, &j)) {
        lua_pushboolean(L, 0);
        return 1;
    }
    push_range(L, &a.ranges[i]);
    push_range(L, &b.ranges[j]);
    return 2;
}

enum { MAX_SHOWN = 5 };

/* "10.0.0.0/8, 192.0.2.0/24, … (+3)" */
static void push_ranges(lua_State *L, const struct pe_net_range *ranges, size_t count)
{
    luaL_Buffer text;
    char range[PE_NET_TEXT_BYTES];

    luaL_buffinit(L, &text);
    for (size_t i = 0; i < count && i < MAX_SHOWN; i++) {
        pe_net_print(&ranges[i], range);
        luaL_addstring(&text, i == 0 ? "" : ", ");
        luaL_addstring(&text, range);
    }
    if (count > MAX_SHOWN) {
        lua_pushfstring(L, ", \xE2\x80\xA6 (+%I)", (LUAI_UACINT)(count - MAX_SHOWN));
        luaL_addvalue(&text);
    }
    luaL_pushresult(&text);
}

static int net_subset(lua_State *L)
{
    struct pe_net_range *outside;
    struct set a, b;
    bool usable;
    size_t count;

    lua_settop(L, 2);
    usable = merged_of(L, 1, 0, &a);
    usable &= merged_of(L, 2, 0, &b);
    if (!usable)
        return push_nil(L);
    if (pe_net_subset(a.ranges, a.count, b.ranges, b.count, NULL)) {
        lua_pushboolean(L, 1);
        return 1;
    }
    outside = lua_newuserdatauv(L, (a.count + b.count) * sizeof *outside, 0);
    count = pe_net_difference(a.ranges, a.count, b.ranges, b.count, outside);
    lua_pushboolean(L, 0);
    push_ranges(L, outside, count);
    return 2;
}

static int net_contains(lua_State *L)
{
    static const struct pe_text not_range = {"is not an address", "アドレスではありません"};
    struct pe_net_entry entry;
    struct set set;
    bool usable;

    lua_settop(L, 2);
    usable = merged_of(L, 1, 0, &set);
    usable &= entry_of(L, 2, &entry);
    if (!usable)
        return push_nil(L);
    if (entry.kind != PE_NET_RANGE)
        return pe_arg_unusable(L, 2, not_range);
    lua_pushboolean(L, pe_net_contains(set.ranges, set.count, &entry.range));
    return 1;
}

/* ---- one entry ---- */

static const char *kind_word(const struct pe_net_entry *entry)
{
    char text[PE_NET_TEXT_BYTES];

    if (entry->kind == PE_NET_ANY)
        return "any";
    if (entry->kind == PE_NET_SERVICE)
        return "service";
    if (entry->single)
        return "address";
    pe_net_print(&entry->range, text);
    return strchr(text, '-') == NULL ? "network" : "range";
}

static int net_kind(lua_State *L)
{
    struct pe_net_entry entry;

    if (!entry_of(L, 1, &entry))
        return push_nil(L);
    lua_pushstring(L, kind_word(&entry));
    return 1;
}

static int net_family(lua_State *L)
{
    struct pe_net_entry entry;

    if (!entry_of(L, 1, &entry))
        return push_nil(L);
    lua_pushinteger(L, entry.kind == PE_NET_RANGE ? (lua_Integer)entry.range.family : 0);
    return 1;
}

static int net_canonical(lua_State *L)
{
    char text[PE_NET_TEXT_BYTES];
    struct pe_net_entry entry;

    if (!entry_of(L, 1, &entry))
        return push_nil(L);
    pe_net_print_entry(&entry, text);
    lua_pushstring(L, text);
    return 1;
}

static int net_service(lua_State *L)
{
    struct pe_net_entry entry;
    const char *bytes, *tag;
    size_t length;

    if (!pe_args_text(L, 1, an_entry, &bytes, &length))
        return push_nil(L);
    tag = pe_net_service_tag(bytes, length);
    if (tag != NULL)
        lua_pushstring(L, tag);
    else if (entry_of(L, 1, &entry))
        lua_pushboolean(L, 0);
    else
        lua_pushnil(L);
    return 1;
}

static int net_host_bits(lua_State *L)
{
    struct pe_net_entry entry;

    if (!entry_of(L, 1, &entry))
        return push_nil(L);
    lua_pushboolean(L, entry.host_bits);
    return 1;
}

static int net_classes(lua_State *L)
{
    struct pe_net_range ranges[2];
    struct pe_net_entry entry;
    unsigned classes = 0;

    if (!entry_of(L, 1, &entry))
        return push_nil(L);
    if (entry.kind == PE_NET_SERVICE)
        return pe_arg_unusable(L, 1, no_addresses);
    for (size_t i = pe_net_ranges(&entry, 0, ranges); i > 0; i--)
        classes |= pe_net_classes(&ranges[i - 1]);
    lua_createtable(L, 0, 4);
    for (unsigned bit = 1; bit <= classes; bit <<= 1) {
        if (!(classes & bit))
            continue;
        lua_pushboolean(L, 1);
        lua_setfield(L, -2, pe_net_class_word(bit));
    }
    return 1;
}

static const struct pe_luafn functions[] = {
    {"coverage", net_coverage, "(list, field) -> integer",
     "How many addresses a list covers once it is merged, both families together; at most "
     "math.maxinteger, which is also \"*\" and \"Internet\"."},
    {"size", net_size, "(list, field) -> { ipv4, ipv6_networks, ipv6_share }",
     "IPv4 addresses, IPv6 networks of 64 bits, and the share of IPv6's public space (0 to 1) that "
     "a list covers."},
    {"covers_internet", net_covers_internet, "(list, field) -> boolean",
     "Whether a list covers half of IPv4 or half of IPv6's public space, or more."},
    {"covers_family", net_covers_family, "(list, 4 or 6, field) -> boolean",
     "Whether a list covers every address of a family."},
    {"overlap", net_overlap, "(a, b) -> false, or text, text",
     "The first two entries of two lists that share an address; false when there are none."},
    {"subset", net_subset, "(a, b) -> true, or false, text",
     "Whether all that a covers is in b; if not, what of a is outside."},
    {"contains", net_contains, "(list, address) -> boolean",
     "Whether a list covers an address, or the whole of a network."},
    {"kind", net_kind, "(text) -> text",
     "What an entry is: \"address\", \"network\", \"range\", \"any\" or \"service\"."},
    {"family", net_family, "(text) -> integer", "4 or 6; 0 for \"*\" and for a service tag."},
    {"canonical", net_canonical, "(text) -> text",
     "The one spelling of an entry (RFC 5952), host bits masked."},
    {"service", net_service, "(text) -> text or false",
     "Azure's spelling of a service tag, without a region; false for anything else."},
    {"host_bits", net_host_bits, "(text) -> boolean",
     "Whether a network is written with bits set below its prefix (192.0.2.17/24)."},
    {"classes", net_classes, "(text) -> { word = true }",
     "The classes that an entry touches: public, private, loopback, link_local, shared, multicast, "
     "documentation, unique_local, unspecified, nat64, 6to4, reserved."},
    {"hygiene", net_hygiene, "(list, field) -> { duplicates, contained, joinable }",
     "How many entries repeat another, lie inside others, or could be joined; service tags are "
     "passed over."},
    {NULL, NULL, NULL, NULL},
};

const struct pe_lualib pe_lualib_net = {"net", functions, NULL};
