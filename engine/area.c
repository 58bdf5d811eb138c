/* area.c: which areas of a snapshot nobody collected. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "area.h"

#include <string.h>

static bool is_listed(const struct pe_snapshot *s, const struct pe_node *list, const char *word)
{
    const struct pe_node *element = pe_json_first(&s->json, list);

    for (; element != NULL; element = pe_json_next(&s->json, element))
        if (pe_node_type(element) == PE_STRING && !(pe_node_flags(element) & PE_INVALID) &&
            pe_json_equals(&s->json, element, word, strlen(word)))
            return true;
    return false;
}

static bool is_there(const struct pe_snapshot *s, const struct pe_area *area,
                     struct pe_buf *scratch)
{
    const struct pe_node *node;

    for (size_t i = 0; i < area->pointers.count; i++) {
        node = pe_snapshot_find(s, area->pointers.items[i], scratch);
        if (node != NULL && pe_node_type(node) != PE_NULL)
            return true;
    }
    return false;
}

uint64_t pe_area_uncollected(const struct pe_pack_def *pack, const struct pe_snapshot *snapshot,
                             struct pe_buf *scratch)
{
    const struct pe_node *list = NULL;
    uint64_t areas = 0;
    bool known;

    if (pack->collected != NULL)
        list = pe_snapshot_find(snapshot, pack->collected, scratch);
    known = list != NULL && pe_node_type(list) == PE_LIST && !(pe_node_flags(list) & PE_INVALID);
    for (size_t i = 0; i < pack->face.area_count; i++) {
        const struct pe_area *area = &pack->face.areas[i];
        if (known ? !is_listed(snapshot, list, area->word) : !is_there(snapshot, area, scratch))
            areas |= (uint64_t)1 << i;
    }
    return areas;
}

const char *pe_area_of(struct pe_arena *arena, const char *pointer)
{
    if (pointer == NULL || pointer[0] != '/')
        return "";
    return pe_arena_strn(arena, pointer + 1, strcspn(pointer + 1, "/"));
}

bool pe_area_holds(const struct pe_area *area, const char *pointer)
{
    for (size_t i = 0; i < area->pointers.count; i++) {
        size_t length = strlen(area->pointers.items[i]);
        if (strncmp(pointer, area->pointers.items[i], length) == 0 &&
            (pointer[length] == '\0' || pointer[length] == '/'))
            return true;
    }
    return false;
}
