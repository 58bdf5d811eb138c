/* compare.c: what became of all rules from one run to another. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "compare.h"

#include <stdlib.h>
#include <string.h>

#include "api.h"
#include "base/err.h"

const char *pe_change_word(enum pe_change_class class_)
{
    static const char *const words[] = {
        [PE_CHANGE_REGRESSED] = "regressed",
        [PE_CHANGE_NEWLY_UNKNOWN] = "newly_unknown",
        [PE_CHANGE_WAIVER_EXPIRED] = "waiver_expired",
        [PE_CHANGE_STILL_FAILING] = "still_failing",
        [PE_CHANGE_FIXED] = "fixed",
        [PE_CHANGE_WAIVED] = "waived",
        [PE_CHANGE_CONTROL] = "control_changed",
        [PE_CHANGE_DATA] = "data_changed",
        [PE_CHANGE_NOT_COMPARABLE] = "not_comparable",
    };

    return words[class_];
}

const char *pe_cause_word(unsigned number)
{
    static const char *const words[PE_CAUSE_COUNT] = {"data", "control", "time", "waiver"};

    return words[number];
}

struct memory {
    struct pe_diff diff; /* first: what the caller holds */
    struct pe_arena arena;
};

/* ---- rules by name ---- */

struct entry {
    const struct pe_control_result *control;
    const struct pe_rule_result *rule;
    size_t order;
};

struct index {
    struct entry *items; /* sorted */
    size_t count;
};

static int by_name(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = strcmp(x->control->control->pack, y->control->control->pack);

    if (order == 0)
        order = strcmp(x->control->control->id, y->control->control->id);
    return order != 0 ? order : strcmp(x->rule->rule->id, y->rule->rule->id);
}

static bool make_index(const struct pe_result *result, struct pe_arena *arena, struct index *index)
{
    size_t count = 0;

    for (size_t i = 0; i < result->result_count; i++)
        count += result->results[i].rule_count;
    index->items = pe_arena_array(arena, count + 1, sizeof *index->items);
    if (index->items == NULL)
        return false;
    for (size_t i = 0; i < result->result_count; i++) {
        const struct pe_control_result *control = &result->results[i];
        for (size_t j = 0; j < control->rule_count; j++, index->count++)
            index->items[index->count] = (struct entry){control, &control->rules[j], index->count};
    }
    if (count > 1)
        qsort(index->items, count, sizeof *index->items, by_name);
    return true;
}

/* ---- two results ---- */

static const struct pe_pack_info *pack_named(const struct pe_result *result, const char *id)
{
    for (size_t i = 0; i < result->pack_count; i++)
        if (strcmp(result->packs[i].id, id) == 0)
            return &result->packs[i];
    return NULL;
}

static bool is_same_pack(const struct pe_result *a, const struct pe_result *b, const char *id)
{
    const struct pe_pack_info *x = pack_named(a, id), *y = pack_named(b, id);

    return x != NULL && y != NULL && strcmp(x->sha256, y->sha256) == 0;
}

/* A change and where it stands in the report. */
struct placed {
    struct pe_change change;
    size_t order;
};

static enum pe_severity severity_of(const struct pe_change *change)
{
    return change->after != NULL ? change->after->severity : change->before->severity;
}

static int by_importance(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    int order = (int)x->change.class_ - (int)y->change.class_;

    if (order == 0)
        order = (int)severity_of(&y->change) - (int)severity_of(&x->change);
    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

struct comparing {
    struct pe_comparison *out;
    struct pe_arena *arena;
    struct placed *list;
    size_t common; /* rules that are in both */
};

static void compare_pair(struct comparing *c, struct entry *old, struct entry *new_, size_t order)
{
    const struct entry *any = new_ != NULL ? new_ : old;
    struct pe_pair pair = {
        .before_result = c->out->before,
        .after_result = c->out->after,
        .before_control = old == NULL ? NULL : old->control,
        .after_control = new_ == NULL ? NULL : new_->control,
        .before = old == NULL ? NULL : old->rule,
        .after = new_ == NULL ? NULL : new_->rule,
        .same_pack = is_same_pack(c->out->before, c->out->after, any->control->control->pack),
    };
    struct placed *placed = &c->list[c->out->change_count];

    c->common += old != NULL && new_ != NULL;
    if (!pe_compare_rule(&pair, c->arena, &placed->change)) {
        c->out->unchanged++;
        return;
    }
    placed->order = order;
    c->out->by_class[placed->change.class_]++;
    c->out->worse += placed->change.worse;
    c->out->change_count++;
}

/* Walks both indexes at once. What only before has comes behind all of after. */
static void compare_all(struct comparing *c, struct index *old, struct index *new_)
{
    size_t i = 0, j = 0;
    int order;

    while (i < old->count || j < new_->count) {
        if (i == old->count)
            order = 1;
        else if (j == new_->count)
            order = -1;
        else
            order = by_name(&old->items[i], &new_->items[j]);
        compare_pair(c, order <= 0 ? &old->items[i] : NULL, order >= 0 ? &new_->items[j] : NULL,
                     order >= 0 ? new_->items[j].order : new_->count + old->items[i].order);
        i += order <= 0;
        j += order >= 0;
    }
}

/* Sets *common to how many rules both have. */
static int compare_results(struct pe_comparison *out, struct pe_arena *arena, size_t *common,
                           struct pe_err *err)
{
    struct comparing c = {.out = out, .arena = arena};
    struct index old = {0}, new_ = {0};
    struct pe_change *changes;

    if (!make_index(out->before, arena, &old) || !make_index(out->after, arena, &new_))
        return pe_err_memory(err);
    c.list = pe_arena_array(arena, old.count + new_.count + 1, sizeof *c.list);
    if (c.list == NULL)
        return pe_err_memory(err);
    compare_all(&c, &old, &new_);
    if (out->change_count > 1)
        qsort(c.list, out->change_count, sizeof *c.list, by_importance);
    changes = pe_arena_array(arena, out->change_count + 1, sizeof *changes);
    if (changes == NULL || pe_arena_failed(arena))
        return pe_err_memory(err);
    for (size_t i = 0; i < out->change_count; i++)
        changes[i] = c.list[i].change;
    out->changes = changes;
    *common += c.common;
    return 0;
}

/* ---- which results belong together ---- */

static bool same_word(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static const char *shown(const char *word)
{
    return word == NULL ? "(none)" : word;
}

/* What two results differ in that must be the same; NULL: nothing. */
static const char *difference(const struct pe_result *a, const struct pe_result *b,
                              const char **first, const char **second)
{
    if (!same_word(a->tenant, b->tenant))
        return *first = a->tenant, *second = b->tenant, "tenant";
    if (!same_word(a->service, b->service))
        return *first = a->service, *second = b->service, "service";
    for (size_t i = 0; i < a->pack_count || i < b->pack_count; i++) {
        *first = i < a->pack_count ? a->packs[i].id : NULL;
        *second = i < b->pack_count ? b->packs[i].id : NULL;
        if (!same_word(*first, *second))
            return "pack";
    }
    return NULL;
}

static bool belong_together(const struct pe_result *a, const struct pe_result *b)
{
    const char *first, *second;

    return difference(a, b, &first, &second) == NULL;
}

static int refuse(const struct pe_diff *diff, const struct pe_run *before,
                  const struct pe_result *after, struct pe_err *err)
{
    const char *first, *second, *what;

    if (before->count != 1)
        return pe_err_set(err, PE_ERR_USAGE,
                          "%.300s has no result of the tenant, service and packs of %.300s",
                          diff->before_file, after->file);
    what = difference(&before->results[0], after, &first, &second);
    if (what == NULL)
        return pe_err_set(err, PE_ERR_USAGE, "%.300s has one result, but there are several of it",
                          diff->before_file);
    return pe_err_set(err, PE_ERR_USAGE,
                      "%.300s cannot be compared with %.300s: it is of the %s %.100s, not %.100s",
                      after->file, diff->before_file, what, shown(second), shown(first));
}

/* The result of before that belongs to one of after and is not taken: of several the one of the
 * same file, else the first. */
static size_t partner_of(const struct pe_run *before, const bool *taken,
                         const struct pe_result *after)
{
    size_t found = SIZE_MAX;

    for (size_t i = 0; i < before->count; i++) {
        if (taken[i] || !belong_together(&before->results[i], after))
            continue;
        if (strcmp(before->results[i].file, after->file) == 0)
            return i;
        if (found == SIZE_MAX)
            found = i;
    }
    return found;
}

static int compare_runs(struct memory *memory, const struct pe_run *before,
                        const struct pe_run *after, bool strict, struct pe_err *err)
{
    struct pe_diff *diff = &memory->diff;
    struct pe_arena *arena = &memory->arena;
    struct pe_comparison *list = pe_arena_array(arena, after->count + 1, sizeof *list);
    const struct pe_result **alone =
        pe_arena_array(arena, before->count + after->count + 1, sizeof(struct pe_result *));
    const struct pe_result **alone_after =
        pe_arena_array(arena, after->count + 1, sizeof(struct pe_result *));
    bool *taken = pe_arena_array(arena, before->count + 1, sizeof *taken);
    size_t common = 0, lonely = 0, partner;

    if (list == NULL || alone == NULL || alone_after == NULL || taken == NULL)
        return pe_err_memory(err);
    for (size_t i = 0; i < after->count; i++) {
        partner = partner_of(before, taken, &after->results[i]);
        if (partner == SIZE_MAX && (strict || (before->count == 1 && after->count == 1)))
            return refuse(diff, before, &after->results[i], err);
        if (partner == SIZE_MAX) {
            alone_after[lonely++] = &after->results[i];
            continue;
        }
        taken[partner] = true;
        list[diff->count] = (struct pe_comparison){.before = &before->results[partner],
                                                   .after = &after->results[i]};
        if (compare_results(&list[diff->count++], arena, &common, err) != 0)
            return -1;
    }
    for (size_t i = 0; i < before->count; i++)
        if (!taken[i])
            alone[diff->alone_before++] = &before->results[i];
    memcpy(alone + diff->alone_before, alone_after, lonely * sizeof *alone);
    diff->alone = alone;
    diff->alone_count = diff->alone_before + lonely;
    diff->comparisons = list;
    if (common == 0)
        return pe_err_set(err, PE_ERR_USAGE, "%.300s: no rule in it is among those judged now",
                          diff->before_file);
    return 0;
}

int pe_compare(const struct pe_run *before, const struct pe_input *before_input,
               const struct pe_run *after, const struct pe_input *after_input, bool strict,
               struct pe_diff **diff, struct pe_err *err)
{
    struct memory *memory = calloc(1, sizeof *memory);
    struct pe_diff *d;

    if (memory == NULL)
        return pe_err_memory(err);
    d = &memory->diff;
    d->before_file = pe_arena_str(&memory->arena, before_input->name);
    strcpy(d->before_sha256, before_input->sha256);
    if (after_input != NULL) {
        d->after_file = pe_arena_str(&memory->arena, after_input->name);
        strcpy(d->after_sha256, after_input->sha256);
    }
    if (pe_arena_failed(&memory->arena) || compare_runs(memory, before, after, strict, err) != 0) {
        if (pe_arena_failed(&memory->arena))
            pe_err_memory(err);
        pe_diff_free(d);
        return -1;
    }
    d->passed = true;
    for (size_t i = 0; i < d->count; i++)
        d->passed = d->passed && d->comparisons[i].worse == 0 &&
                    !(strict && d->comparisons[i].after->gate_remark_count > 0);
    *diff = d;
    return 0;
}

void pe_diff_free(struct pe_diff *diff)
{
    struct memory *memory = (struct memory *)diff;

    if (diff == NULL)
        return;
    pe_arena_release(&memory->arena);
    free(memory);
}
