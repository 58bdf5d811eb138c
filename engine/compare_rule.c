/* compare_rule.c: one rule in two results. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "compare.h"

/* ---- what was read ---- */

static int by_pointer(const void *a, const void *b)
{
    const struct pe_evidence *const *x = a, *const *y = b;

    return strcmp((*x)->pointer, (*y)->pointer);
}

static const struct pe_evidence **sorted_evidence(const struct pe_rule_result *rule,
                                                  struct pe_arena *arena)
{
    const struct pe_evidence **list =
        pe_arena_array(arena, rule->evidence_count + 1, sizeof(struct pe_evidence *));

    for (size_t i = 0; list != NULL && i < rule->evidence_count; i++)
        list[i] = &rule->evidence[i];
    if (list != NULL && rule->evidence_count > 1)
        qsort(list, rule->evidence_count, sizeof *list, by_pointer);
    return list;
}

static bool is_whole(const struct pe_rule_result *rule)
{
    return rule->evidence_count == rule->evidence_total;
}

static bool is_same(const struct pe_evidence *a, const struct pe_evidence *b)
{
    if (a->absent != b->absent || a->count != b->count)
        return false;
    return a->value == b->value ||
           (a->value != NULL && b->value != NULL && strcmp(a->value, b->value) == 0);
}

static void add_pointer(struct pe_change *change, const char **room, const char *pointer)
{
    if (change->pointers.count < PE_MAX_CHANGED_POINTERS)
        room[change->pointers.count++] = pointer;
    change->pointer_total++;
}

/* What only one of the two has read differs, unless the other's list was cut. */
void pe_compare_evidence(const struct pe_rule_result *before, const struct pe_rule_result *after,
                         struct pe_arena *arena, struct pe_change *change)
{
    const struct pe_evidence **old = sorted_evidence(before, arena);
    const struct pe_evidence **new_ = sorted_evidence(after, arena);
    const char **room = pe_arena_array(arena, PE_MAX_CHANGED_POINTERS, sizeof *room);
    size_t i = 0, j = 0;
    int order;

    if (old == NULL || new_ == NULL || room == NULL)
        return;
    change->pointers.items = room;
    while (i < before->evidence_count || j < after->evidence_count) {
        if (i == before->evidence_count)
            order = 1;
        else if (j == after->evidence_count)
            order = -1;
        else
            order = by_pointer(&old[i], &new_[j]);
        if (order == 0 ? !is_same(old[i], new_[j]) : order < 0 ? is_whole(after) : is_whole(before))
            add_pointer(change, room, order <= 0 ? old[i]->pointer : new_[j]->pointer);
        i += order <= 0;
        j += order >= 0;
    }
}

/* ---- findings ---- */

/* A finding, and what makes it the same one in another run. */
struct found {
    const struct pe_finding *finding;
    const char *key;
    bool paired;
};

/* The pointer with `*` for positions in lists. */
static void add_starred(struct pe_buf *buf, const char *pointer)
{
    while (*pointer == '/') {
        size_t length = strcspn(pointer + 1, "/");
        pe_buf_addc(buf, '/');
        if (length > 0 && strspn(pointer + 1, "0123456789") == length)
            pe_buf_addc(buf, '*');
        else
            pe_buf_add(buf, pointer + 1, length);
        pointer += 1 + length;
    }
}

/* What the policy did wrong, without the line: that moves whenever the file is edited. */
static void add_unplaced(struct pe_buf *buf, const char *message)
{
    static const char end[] = ".lua:";
    const char *line = strstr(message, end);

    if (line == NULL) {
        pe_buf_adds(buf, message);
        return;
    }
    line += strlen(end);
    pe_buf_add(buf, message, (size_t)(line - message));
    pe_buf_adds(buf, line + strspn(line, "0123456789"));
}

static const char *key_of(const struct pe_finding *finding, struct pe_arena *arena)
{
    struct pe_buf buf = {0};

    pe_buf_addc(&buf, (char)('0' + finding->status));
    pe_buf_adds(&buf, pe_text_in(finding->subject, PE_EN));
    pe_buf_addc(&buf, '\n');
    if (finding->pointer != NULL)
        add_starred(&buf, finding->pointer);
    else if (finding->of_policy)
        add_unplaced(&buf, pe_text_in(finding->message, PE_EN));
    else
        pe_buf_adds(&buf, pe_text_in(finding->message, PE_EN));
    return pe_arena_take(arena, &buf);
}

static int by_key(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    int order = strcmp(x->key, y->key);

    if (order == 0)
        order =
            strcmp(pe_text_in(x->finding->message, PE_EN), pe_text_in(y->finding->message, PE_EN));
    if (order == 0 && x->finding->pointer != NULL && y->finding->pointer != NULL)
        order = strcmp(x->finding->pointer, y->finding->pointer);
    return order;
}

static int by_order(const void *a, const void *b)
{
    const struct pe_finding *x = ((const struct found *)a)->finding;
    const struct pe_finding *y = ((const struct found *)b)->finding;

    return (x > y) - (x < y);
}

/* Sorted by key; NULL when out of memory. */
static struct found *found_by(const struct pe_rule_result *rule, struct pe_arena *arena)
{
    size_t count = rule == NULL ? 0 : rule->finding_count;
    struct found *list = pe_arena_array(arena, count + 1, sizeof *list);

    for (size_t i = 0; list != NULL && i < count; i++) {
        list[i] = (struct found){&rule->findings[i], key_of(&rule->findings[i], arena), false};
        if (list[i].key == NULL)
            return NULL;
    }
    if (list != NULL && count > 1)
        qsort(list, count, sizeof *list, by_key);
    return list;
}

/* Pairs what compares equal; both are sorted so that equal ones meet. */
static void pair_up(struct found *old, size_t old_count, struct found *new_, size_t new_count,
                    int (*compare)(const struct found *, const struct found *))
{
    size_t i = 0, j = 0;

    while (i < old_count && j < new_count) {
        int order;
        if (old[i].paired || new_[j].paired) {
            i += old[i].paired;
            j += new_[j].paired;
            continue;
        }
        order = compare(&old[i], &new_[j]);
        if (order == 0)
            old[i].paired = new_[j].paired = true;
        i += order <= 0;
        j += order >= 0;
    }
}

static int as_they_stand(const struct found *a, const struct found *b)
{
    return by_key(a, b);
}

static int by_key_alone(const struct found *a, const struct found *b)
{
    return strcmp(a->key, b->key);
}

void pe_compare_findings(const struct pe_rule_result *before, const struct pe_rule_result *after,
                         struct pe_arena *arena, struct pe_change *change)
{
    size_t old_count = before == NULL ? 0 : before->finding_count;
    size_t new_count = after == NULL ? 0 : after->finding_count;
    struct found *old = found_by(before, arena), *new_ = found_by(after, arena);
    const struct pe_finding **added =
        pe_arena_array(arena, new_count + 1, sizeof(struct pe_finding *));

    if (old == NULL || new_ == NULL || added == NULL)
        return;
    pair_up(old, old_count, new_, new_count, as_they_stand);
    pair_up(old, old_count, new_, new_count, by_key_alone);
    for (size_t i = 0; i < old_count; i++)
        change->gone += !old[i].paired;
    if (new_count > 1)
        qsort(new_, new_count, sizeof *new_, by_order);
    for (size_t i = 0; i < new_count; i++)
        if (!new_[i].paired)
            added[change->added_count++] = new_[i].finding;
    change->added = added;
}

/* ---- what the rule is ---- */

static bool same_word(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_text(struct pe_text a, struct pe_text b)
{
    return strcmp(pe_text_in(a, PE_EN), pe_text_in(b, PE_EN)) == 0 &&
           strcmp(pe_text_in(a, PE_JA), pe_text_in(b, PE_JA)) == 0;
}

static bool is_set(const struct pe_param *param)
{
    return param->value != NULL && !same_word(param->value, param->default_);
}

/* Every parameter of a that is not its default is the same in b. */
static bool has_params_of(const struct pe_control *a, const struct pe_control *b)
{
    for (size_t i = 0; i < a->param_count; i++) {
        bool found = !is_set(&a->params[i]);
        for (size_t j = 0; j < b->param_count && !found; j++)
            found = strcmp(a->params[i].name, b->params[j].name) == 0 &&
                    same_word(a->params[i].value, b->params[j].value);
        if (!found)
            return false;
    }
    return true;
}

/* Whether what the rule declares, or is given, is the same. */
static bool is_same_rule(const struct pe_pair *pair)
{
    const struct pe_rule_result *a = pair->before, *b = pair->after;
    const struct pe_control *x = pair->before_control->control, *y = pair->after_control->control;

    return a->severity == b->severity && a->owner == b->owner &&
           same_text(a->rule->title, b->rule->title) && same_text(a->rule->fix, b->rule->fix) &&
           same_text(x->title, y->title) && has_params_of(x, y) && has_params_of(y, x);
}

/* ---- the class ---- */

static bool is_open(enum pe_status status)
{
    return status == PE_FAIL || status == PE_UNKNOWN || status == PE_ERROR;
}

static enum pe_change_class class_of_open(enum pe_status status)
{
    return status == PE_UNKNOWN ? PE_CHANGE_NEWLY_UNKNOWN : PE_CHANGE_REGRESSED;
}

/* Findings that were cut count too, as far as they can. */
static bool has_more(const struct pe_pair *pair, const struct pe_change *change)
{
    return change->added_count > 0 || pair->after->finding_total > pair->before->finding_total;
}

/* Both are there, and after is open. */
static enum pe_change_class class_from(const struct pe_pair *pair, const struct pe_change *change)
{
    enum pe_status was = pair->before->status, is = pair->after->status;

    if (was == PE_WAIVED && pair->before->original == is)
        return PE_CHANGE_WAIVER_EXPIRED;
    if (was == PE_ERROR) /* nothing was known of it, so nothing is worse */
        return PE_CHANGE_STILL_FAILING;
    if (was == is)
        return has_more(pair, change) && is != PE_ERROR ? class_of_open(is)
                                                        : PE_CHANGE_STILL_FAILING;
    return class_of_open(is);
}

/* Whether there is anything to tell; sets the class. */
static bool classify(const struct pe_pair *pair, struct pe_change *change)
{
    enum pe_status was, is;

    if (pair->after == NULL || pair->before == NULL) {
        change->class_ = pair->after != NULL && is_open(pair->after->status)
                             ? class_of_open(pair->after->status)
                         : pair->same_pack ? PE_CHANGE_NOT_COMPARABLE
                                           : PE_CHANGE_CONTROL;
        return true;
    }
    was = pair->before->status;
    is = pair->after->status;
    if (is_open(is))
        return change->class_ = class_from(pair, change), true;
    if (is == was) {
        if (!is_same_rule(pair) || pair->before->basis != pair->after->basis)
            return change->class_ = PE_CHANGE_CONTROL, true;
        return change->class_ = PE_CHANGE_DATA, change->pointer_total > 0;
    }
    if (is == PE_WAIVED)
        change->class_ = PE_CHANGE_WAIVED;
    else if (is == PE_NOT_APPLICABLE || was == PE_NOT_APPLICABLE)
        change->class_ = PE_CHANGE_NOT_COMPARABLE;
    else
        change->class_ = PE_CHANGE_FIXED;
    return true;
}

static unsigned causes_of(const struct pe_pair *pair, const struct pe_change *change)
{
    unsigned causes = 0;

    if (pair->before == NULL || pair->after == NULL)
        return pair->same_pack ? 0 : PE_CAUSE_CONTROL;
    if (change->pointer_total > 0)
        causes |= PE_CAUSE_DATA;
    if (!pair->same_pack || !is_same_rule(pair))
        causes |= PE_CAUSE_CONTROL;
    if (causes == 0 && !same_word(pair->before_result->as_of, pair->after_result->as_of))
        causes |= PE_CAUSE_TIME;
    if ((pair->before->status == PE_WAIVED) != (pair->after->status == PE_WAIVED))
        causes |= PE_CAUSE_WAIVER;
    return causes;
}

static bool is_worse(const struct pe_pair *pair, enum pe_change_class class_)
{
    if (pair->after != NULL && pair->after->status == PE_ERROR)
        return true; /* whatever it was before */
    return class_ == PE_CHANGE_REGRESSED || class_ == PE_CHANGE_NEWLY_UNKNOWN ||
           class_ == PE_CHANGE_WAIVER_EXPIRED;
}

bool pe_compare_rule(const struct pe_pair *pair, struct pe_arena *arena, struct pe_change *change)
{
    *change = (struct pe_change){.control = pair->after_control != NULL ? pair->after_control
                                                                        : pair->before_control,
                                 .before = pair->before,
                                 .after = pair->after};
    if (pair->before != NULL && pair->after != NULL)
        pe_compare_evidence(pair->before, pair->after, arena, change);
    pe_compare_findings(pair->before, pair->after, arena, change);
    if (pe_arena_failed(arena) || !classify(pair, change))
        return false;
    change->causes = causes_of(pair, change);
    change->worse = is_worse(pair, change->class_);
    return true;
}
