/* areas_load.c: reads the areas that pack.lua declares. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/areas_load.h"

#include <string.h>

#include "base/suggest.h"

static const char *const owner_words[] = {"provider", "customer", "shared", NULL};

/* ---- one area ---- */

/* Where it lies: "/WORD" unless said otherwise. */
static void read_pointers(struct pe_reader *reader, int index, struct pe_area *area)
{
    const char **plain;

    area->pointers = pe_reader_strings(reader, index, "at", false);
    for (size_t i = 0; i < area->pointers.count && !reader->failed; i++)
        if (area->pointers.items[i][0] != '/')
            pe_reader_fail(reader, "at", "at: a JSON Pointer begins with '/'");
    if (area->pointers.count > 0 || reader->failed)
        return;
    plain = pe_arena_array(reader->arena, 1, sizeof *plain);
    if (plain == NULL)
        return;
    plain[0] = pe_arena_printf(reader->arena, "/%s", area->word);
    area->pointers = (struct pe_strings){plain, 1};
}

static void read_area(struct pe_reader *reader, int index, const char *guide, struct pe_area *area)
{
    static const char *const keys[] = {"word", "at", "title", "known_to", "collect", NULL};
    int owner;

    pe_reader_keys(reader, index, keys, false, "an area");
    area->word = pe_reader_string(reader, index, "word", true);
    pe_reader_check_id(reader, "word", area->word);
    if (reader->failed)
        return;
    read_pointers(reader, index, area);
    area->title = pe_reader_text(reader, index, "title", true);
    area->collect = pe_reader_text(reader, index, "collect", true);
    owner = pe_reader_word(reader, "known_to", pe_reader_string(reader, index, "known_to", true),
                           owner_words);
    area->known_to = owner < 0 ? PE_SHARED : (enum pe_owner)owner;
    area->link = guide == NULL ? "" : pe_arena_printf(reader->arena, "%s#%s", guide, area->word);
}

static void check_unique(struct pe_reader *reader, const struct pe_area *areas, size_t i)
{
    for (size_t j = 0; j < i && !reader->failed; j++)
        if (strcmp(areas[i].word, areas[j].word) == 0)
            pe_reader_fail(reader, "areas", "areas: two are called %s", areas[i].word);
}

/* ---- all of them ---- */

static void read_list(struct pe_reader *reader, const char *guide, struct pe_pack_def *pack)
{
    lua_State *L = reader->vm->L;
    size_t count = pe_reader_length(reader, "areas");
    struct pe_area *areas;

    if (count == 0 || count > PE_MAX_AREAS)
        pe_reader_fail(reader, "areas", "areas: a pack has 1 to %d", PE_MAX_AREAS);
    areas = pe_arena_array(reader->arena, PE_MAX_AREAS, sizeof *areas);
    for (size_t i = 0; areas != NULL && i < count && !reader->failed; i++) {
        if (lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TTABLE)
            pe_reader_fail(reader, "areas", "areas: area %zu is no table", i + 1);
        else
            read_area(reader, lua_gettop(L), guide, &areas[i]);
        lua_pop(L, 1);
        if (!reader->failed)
            check_unique(reader, areas, i);
    }
    pack->face.areas = areas;
    pack->face.area_count = areas == NULL ? 0 : count;
}

void pe_areas_read(struct pe_reader *reader, int index, struct pe_pack_def *pack)
{
    const char *guide = pe_reader_string(reader, index, "guide", false);

    pack->collected = pe_reader_string(reader, index, "collected", false);
    if (pack->collected != NULL && pack->collected[0] != '/')
        pe_reader_fail(reader, "collected", "collected: a JSON Pointer begins with '/'");
    if (!pe_reader_push_table(reader, index, "areas", pack->collected != NULL))
        return;
    if (pack->collected == NULL)
        pe_reader_fail(reader, "areas",
                       "areas: collected = \"/...\" must say where a snapshot lists them");
    read_list(reader, guide, pack);
    lua_pop(reader->vm->L, 1);
}

/* ---- against the model ---- */

/* The enumeration of the list's elements, where the list lies at the root; NULL: no such thing. */
static const struct pe_strings *modelled(const struct pe_pack_def *pack)
{
    const struct pe_shape *root = pack->model == NULL ? NULL : pack->model->root;

    for (size_t i = 0; root != NULL && pack->collected != NULL && i < root->field_count; i++) {
        const struct pe_shape *shape = root->fields[i].shape;
        if (strcmp(root->fields[i].name, pack->collected + 1) == 0)
            return shape->kind == PE_KIND_LIST && shape->element->kind == PE_KIND_ENUM
                       ? &shape->element->words
                       : NULL;
    }
    return NULL;
}

static bool has_area(const struct pe_pack_def *pack, const char *word)
{
    for (size_t i = 0; i < pack->face.area_count; i++)
        if (strcmp(pack->face.areas[i].word, word) == 0)
            return true;
    return false;
}

static bool has_word(const struct pe_strings *words, const char *word)
{
    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->items[i], word) == 0)
            return true;
    return false;
}

void pe_areas_check(struct pe_reader *reader, const struct pe_pack_def *pack)
{
    const struct pe_strings *words = modelled(pack);
    const char *like;

    for (size_t i = 0; words != NULL && i < pack->face.area_count && !reader->failed; i++) {
        const char *word = pack->face.areas[i].word;
        if (has_word(words, word))
            continue;
        like = pe_suggest(word, words->items, words->count);
        pe_reader_fail(reader, NULL, "areas: the model knows no area '%.60s'%s%s%s", word,
                       like == NULL ? "" : " (did you mean '", like == NULL ? "" : like,
                       like == NULL ? "" : "'?)");
    }
    for (size_t i = 0; words != NULL && i < words->count && !reader->failed; i++)
        if (!has_area(pack, words->items[i]))
            pe_reader_fail(reader, NULL, "areas: the model's %.60s is missing", words->items[i]);
}
