/* model_scalar.c: one string or number, and what its shape says of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "model_impl.h"

#include <string.h>

#include "base/suggest.h"
#include "base/utf8.h"

/* ---- ranges and words ---- */

static struct pe_text number(struct pe_model_walk *walk, double value)
{
    return pe_say_plain(pe_arena_printf(walk->check->arena, "%.15g", value));
}

void pe_model_check_range(struct pe_model_walk *walk, uint32_t node, const struct pe_shape *shape,
                          double value, enum pe_sentence low, enum pe_sentence high)
{
    if (shape->has_min && value < shape->min)
        pe_model_wrong(walk, node, low, number(walk, shape->min));
    else if (shape->has_max && value > shape->max)
        pe_model_wrong(walk, node, high, number(walk, shape->max));
}

static struct pe_text word_list(struct pe_model_walk *walk, const struct pe_strings *words)
{
    struct pe_buf buf = {0};

    for (size_t i = 0; i < words->count && i < 20; i++) {
        pe_buf_adds(&buf, i == 0 ? "" : ", ");
        pe_buf_adds(&buf, words->items[i]);
    }
    return pe_say_plain(pe_arena_take(walk->check->arena, &buf));
}

static bool is_word(const struct pe_strings *words, const char *bytes, size_t length)
{
    for (size_t i = 0; i < words->count; i++)
        if (pe_model_is_same(words->items[i], bytes, length))
            return true;
    return false;
}

static void check_word(struct pe_model_walk *walk, uint32_t node, const struct pe_shape *shape,
                       const char *bytes, size_t length)
{
    struct pe_arena *arena = walk->check->arena;
    const char *word, *like;

    if (is_word(&shape->words, bytes, length))
        return;
    word = pe_arena_strn(arena, bytes, length);
    pe_model_wrong(walk, node, PE_SAY_NOT_ONE_OF, word_list(walk, &shape->words));
    if (word == NULL || walk->count != walk->total) /* the problem was only counted */
        return;
    like = pe_suggest(word, shape->words.items, shape->words.count);
    if (like != NULL && !pe_arena_failed(arena))
        walk->problems[walk->count - 1].hint = pe_say(arena, PE_SAY_DID_YOU_MEAN, like, NULL, NULL);
}

/* ---- references ---- */

/* The ids of a list that is referred to; read when the first reference is met. */
static const struct pe_ids *ids_of(struct pe_model_walk *walk, const char *path)
{
    struct pe_model_ids *list;

    for (size_t i = 0; i < walk->list_count; i++)
        if (walk->lists[i].path == path || strcmp(walk->lists[i].path, path) == 0)
            return &walk->lists[i].ids;
    list = pe_arena_grow(&walk->arena, walk->lists, walk->list_count, &walk->list_room,
                         sizeof *walk->lists);
    if (list == NULL)
        return NULL;
    walk->lists = list;
    list += walk->list_count++;
    *list =
        (struct pe_model_ids){path, pe_ids_read(&walk->snapshot->json,
                                                pe_model_list(walk->snapshot, path), &walk->arena)};
    return &list->ids;
}

static bool names_element(struct pe_model_walk *walk, const char *path, const char *bytes,
                          size_t length)
{
    const struct pe_ids *ids = ids_of(walk, path);

    return ids != NULL && pe_ids_have(ids, bytes, length);
}

/* ---- scalars ---- */

void pe_model_check_string(struct pe_model_walk *walk, uint32_t node, const struct pe_shape *shape)
{
    const char *bytes;
    size_t length;

    if (!pe_json_string(&walk->snapshot->json, pe_snapshot_node(walk->snapshot, node), &bytes,
                        &length, &walk->scratch))
        return;
    if (shape->kind == PE_KIND_TEXT && (shape->has_min || shape->has_max))
        pe_model_check_range(walk, node, shape, (double)pe_utf8_count(bytes, length), PE_SAY_BELOW,
                             PE_SAY_ABOVE);
    if (shape->kind == PE_KIND_FORMAT && !pe_format_accepts(shape->format, bytes, length))
        pe_model_wrong(walk, node, PE_SAY_BAD_FORMAT, pe_format_text(shape->format));
    if (shape->kind == PE_KIND_REF && !names_element(walk, shape->path, bytes, length))
        pe_model_wrong(walk, node, PE_SAY_NO_SUCH, pe_say_plain(shape->path));
    if (shape->words.count > 0)
        check_word(walk, node, shape, bytes, length);
}

void pe_model_check_number(struct pe_model_walk *walk, uint32_t node, const struct pe_shape *shape)
{
    if (shape->has_min || shape->has_max)
        pe_model_check_range(
            walk, node, shape,
            pe_json_real(&walk->snapshot->json, pe_snapshot_node(walk->snapshot, node)),
            PE_SAY_BELOW, PE_SAY_ABOVE);
}
