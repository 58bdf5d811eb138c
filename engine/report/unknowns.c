/* unknowns.c: what could not be judged, put together by area and by reason. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/unknowns.h"

#include <stdlib.h>
#include <string.h>

#include "report/alike.h"

/* Where data is missing: an area that was not collected, or the first step of the pointer. A
 * finding without a place, a missing parameter say, belongs to no area: "". */
static const char *find_area(struct pe_unknowns *all, const struct pe_finding *finding)
{
    const char *key;

    if (finding != NULL && finding->uncollected != NULL) {
        key = pe_arena_printf(&all->arena, "\t%s", finding->uncollected->word);
        return key == NULL ? "" : key;
    }
    if (finding == NULL || finding->pointer == NULL)
        return "";
    if (finding->area == NULL || finding->area[0] == '\0')
        return "/";
    return finding->area;
}

static void collect_rule(struct pe_unknowns *all, const struct pe_control_result *control,
                         const struct pe_rule_result *rule)
{
    struct pe_group_item item = {.rule = all->rules, .control = control, .result = rule};
    size_t before = all->list.count;

    for (size_t i = 0; i < rule->finding_count; i++) {
        item.finding = &rule->findings[i];
        item.key = find_area(all, item.finding);
        item.text = pe_text_in(item.finding->message, all->lang);
        if (item.finding->status == PE_UNKNOWN && !item.finding->of_policy)
            pe_group_add(&all->arena, &all->list, item);
    }
    if (rule->finding_count == 0 && rule->status == PE_UNKNOWN) {
        item.finding = NULL;
        item.key = "";
        item.text = pe_text_in(rule->reason, all->lang);
        pe_group_add(&all->arena, &all->list, item);
    }
    if (all->list.count > before)
        all->rules++;
}

static void collect(struct pe_unknowns *all)
{
    for (size_t i = 0; i < all->result->result_count; i++) {
        const struct pe_control_result *control = &all->result->results[i];
        for (size_t j = 0; j < control->rule_count; j++) {
            enum pe_status status = control->rules[j].status;
            if (status == PE_UNKNOWN || status == PE_FAIL || status == PE_ERROR)
                collect_rule(all, control, &control->rules[j]);
        }
    }
}

/* What makes two reasons alike: message and pointer without their elements' names and numbers. */
static const char *make_reason_key(struct pe_unknowns *all, const struct pe_group_item *item)
{
    struct pe_buf key = {0};
    const char *made;

    pe_alike_add(&key, item->text);
    pe_buf_addc(&key, '\n');
    pe_alike_add(&key, item->finding == NULL ? NULL : item->finding->pointer);
    made = pe_arena_take(&all->arena, &key);
    return made == NULL ? "" : made;
}

const struct pe_area *pe_unknowns_uncollected(const struct pe_group *group)
{
    return group->items[0].finding == NULL ? NULL : group->items[0].finding->uncollected;
}

static int compare_areas(const void *left, const void *right)
{
    const struct pe_group *a = left, *b = right;
    size_t first = a->items[0].order, second = b->items[0].order;
    bool a_whole = pe_unknowns_uncollected(a) != NULL, b_whole = pe_unknowns_uncollected(b) != NULL;

    if (a_whole != b_whole)
        return a_whole ? -1 : 1;
    if (a->rules != b->rules)
        return a->rules > b->rules ? -1 : 1;
    return first < second ? -1 : first > second;
}

struct pe_group *pe_unknowns_areas(struct pe_unknowns *all, size_t *count)
{
    struct pe_group *areas;

    *count = 0;
    collect(all);
    areas = pe_group_by_key(&all->arena, all->list.items, all->list.count, count);
    if (areas == NULL)
        return NULL;
    qsort(areas, *count, sizeof *areas, compare_areas);
    return areas;
}

struct pe_group *pe_unknowns_reasons(struct pe_unknowns *all, struct pe_group *area, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < area->count; i++)
        area->items[i].key = make_reason_key(all, &area->items[i]);
    return pe_group_by_key(&all->arena, area->items, area->count, count);
}

static int compare_texts(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Several rules may miss the same value, and one rule many. */
size_t pe_unknowns_count_texts(struct pe_unknowns *all, const struct pe_group *reason)
{
    const char **texts = pe_arena_array(&all->arena, reason->count, sizeof *texts);
    size_t count = 1;

    if (texts == NULL)
        return 1;
    for (size_t i = 0; i < reason->count; i++)
        texts[i] = reason->items[i].text;
    qsort(texts, reason->count, sizeof *texts, compare_texts);
    for (size_t i = 1; i < reason->count; i++)
        count += strcmp(texts[i], texts[i - 1]) != 0;
    return count;
}
