/* saved_unselected.c: what the selection of a saved result left out. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "saved_node.h"

/* By pack and control; both arrays of a search are sorted by it. */
static int by_control(const char *pack, const char *control, const struct pe_control *other)
{
    int order = strcmp(pack, other->pack);

    return order != 0 ? order : strcmp(control, other->id);
}

static int of_results(const void *a, const void *b)
{
    const struct pe_control_result *const *x = a, *const *y = b;

    return by_control((*x)->control->pack, (*x)->control->id, (*y)->control);
}

static int of_search(const void *key, const void *item)
{
    const struct pe_unselected *unselected = key;
    const struct pe_control_result *const *other = item;

    return by_control(unselected->pack, unselected->control, (*other)->control);
}

static bool was_judged(const struct pe_control_result *control, const char *rule)
{
    for (size_t i = 0; control != NULL && i < control->rule_count; i++)
        if (strcmp(control->rules[i].rule->id, rule) == 0)
            return true;
    return false;
}

/* Of a control that was judged a rule is left out that was not; of another, all of it. */
static void check(struct pe_saved_reader *r, const struct pe_node *node,
                  const struct pe_unselected *unselected,
                  const struct pe_control_result *const *sorted, size_t count)
{
    const struct pe_control_result *const *found =
        count == 0 ? NULL : bsearch(unselected, sorted, count, sizeof *sorted, of_search);

    if ((found != NULL) != (unselected->rule != NULL) ||
        (found != NULL && was_judged(*found, unselected->rule)))
        pe_saved_refuse(r, node, "what was not selected does not agree with the controls");
}

static const struct pe_control_result *const *sort(struct pe_saved_reader *r,
                                                   const struct pe_result *result)
{
    const struct pe_control_result **sorted =
        pe_saved_array(r, result->result_count, sizeof *sorted);

    if (sorted == NULL || pe_saved_bad(r))
        return NULL;
    for (size_t i = 0; i < result->result_count; i++)
        sorted[i] = &result->results[i];
    if (result->result_count > 1)
        qsort(sorted, result->result_count, sizeof *sorted, of_results);
    return sorted;
}

void pe_saved_unselected(struct pe_saved_reader *r, const struct pe_node *object,
                         struct pe_result *result)
{
    const struct pe_control_result *const *sorted;
    const struct pe_node *node, *item;
    struct pe_unselected *list, *one;

    if (pe_saved_find(r, object, "unselected") == NULL)
        return;
    node = pe_saved_list(r, object, "unselected", &result->unselected_count);
    if (node != NULL && result->unselected_count == 0)
        pe_saved_refuse(r, node, "unselected is empty");
    one = list = pe_saved_array(r, result->unselected_count, sizeof *list);
    sorted = sort(r, result);
    for (item = pe_saved_first(r, node); list != NULL && sorted != NULL && item != NULL;
         item = pe_saved_next(r, item), one++) {
        pe_saved_members(r, item, (const char *const[]){"pack", "control", "rule", "title", NULL});
        one->pack = pe_saved_pack(r, item, result);
        one->control = pe_saved_string(r, item, "control");
        if (pe_saved_find(r, item, "rule") != NULL)
            one->rule = pe_saved_string(r, item, "rule");
        one->title = pe_saved_text(r, item, "title");
        if (!pe_saved_bad(r))
            check(r, item, one, sorted, result->result_count);
    }
    result->unselected = list;
}
