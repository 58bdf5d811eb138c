/* slots.c: how much work it is to look for the keys of a table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/slots.h"

#include <string.h>

enum { SLOTS_A_STEP = 4 }; /* looked at in the time of an instruction */

/* The beginning of struct Table. */
struct table_head {
    void *next;
    unsigned char type, marked, flags, log_of_nodes;
    unsigned array_limit; /* of the array, or more than half of it */
};

static struct table_head head_of(lua_State *L, int index)
{
    struct table_head head;

    memcpy(&head, lua_topointer(L, index), sizeof head);
    return head;
}

void pe_slots_charge(lua_State *L, int index)
{
    struct table_head head = head_of(L, index);
    size_t slots = ((size_t)1 << head.log_of_nodes) + 2 * (size_t)head.array_limit;

    pe_vm_charge(L, slots / SLOTS_A_STEP);
}

bool pe_slots_self_test(lua_State *L)
{
    struct table_head empty, list, map;

    lua_createtable(L, 0, 0);
    lua_createtable(L, 1000, 0);
    lua_createtable(L, 0, 1000);
    empty = head_of(L, -3);
    list = head_of(L, -2);
    map = head_of(L, -1);
    lua_pop(L, 3);
    return empty.type == LUA_TTABLE && empty.log_of_nodes == 0 && empty.array_limit == 0 &&
           list.log_of_nodes == 0 && list.array_limit == 1000 && map.log_of_nodes == 10 &&
           map.array_limit == 0;
}
