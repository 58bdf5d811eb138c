/* faults.c: what the author of a policy has to mend: no tenant can. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/faults.h"

#include <stdlib.h>

static bool is_open(enum pe_status status)
{
    return status == PE_UNKNOWN || status == PE_FAIL || status == PE_ERROR;
}

bool pe_faults_failed(const struct pe_rule_result *rule)
{
    if (rule->status != PE_ERROR)
        return rule->status == PE_FAIL;
    for (size_t i = 0; i < rule->finding_count; i++)
        if (rule->findings[i].status == PE_FAIL)
            return true;
    return false;
}

bool pe_faults_has(const struct pe_rule_result *rule)
{
    for (size_t i = 0; is_open(rule->status) && i < rule->finding_count; i++)
        if (rule->findings[i].of_policy)
            return true;
    return rule->status == PE_ERROR;
}

bool pe_faults_lacks_data(const struct pe_rule_result *rule)
{
    if (!is_open(rule->status))
        return false;
    for (size_t i = 0; i < rule->finding_count; i++)
        if (rule->findings[i].status == PE_UNKNOWN && !rule->findings[i].of_policy)
            return true;
    return rule->status == PE_UNKNOWN && rule->finding_count == 0;
}

static void add(struct pe_faults *all, struct pe_group_item item, struct pe_text text)
{
    item.rule = all->rules;
    item.key = item.text = pe_text_in(text, all->lang);
    pe_group_add(&all->arena, &all->list, item);
}

static void collect_rule(struct pe_faults *all, struct pe_group_item item)
{
    const struct pe_rule_result *rule = item.result;
    size_t before = all->list.count;

    if (rule->status == PE_ERROR)
        add(all, item, rule->reason);
    for (size_t i = 0; i < rule->finding_count; i++) {
        item.finding = &rule->findings[i];
        if (item.finding->of_policy)
            add(all, item, item.finding->message);
    }
    all->rules += all->list.count > before;
}

static void collect(struct pe_faults *all)
{
    for (size_t i = 0; i < all->result->result_count; i++) {
        const struct pe_control_result *control = &all->result->results[i];
        for (size_t j = 0; j < control->rule_count; j++)
            if (is_open(control->rules[j].status))
                collect_rule(
                    all, (struct pe_group_item){.control = control, .result = &control->rules[j]});
    }
}

static int compare(const void *left, const void *right)
{
    const struct pe_group *a = left, *b = right;
    bool a_error = a->items[0].finding == NULL, b_error = b->items[0].finding == NULL;

    if (a_error != b_error)
        return a_error ? -1 : 1;
    return a->items[0].order < b->items[0].order ? -1 : a->items[0].order > b->items[0].order;
}

struct pe_group *pe_faults_find(struct pe_faults *all, size_t *count)
{
    struct pe_group *groups;

    *count = 0;
    collect(all);
    groups = pe_group_by_key(&all->arena, all->list.items, all->list.count, count);
    if (groups != NULL)
        qsort(groups, *count, sizeof *groups, compare);
    return groups;
}

size_t pe_faults_count(const struct pe_result *result)
{
    struct pe_faults all = {.result = result, .lang = PE_EN};

    collect(&all);
    pe_arena_release(&all.arena);
    return all.rules;
}
