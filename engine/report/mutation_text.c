/* mutation_text.c: what came of mutation tests, for a person. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/escape.h"
#include "report/mutation.h"
#include "report/page.h"

/* ---- groups: survivors that differ only in where they are ---- */

struct group {
    const struct pe_survivor *first;
    const char *where, *pointer; /* with `*` where they differ */
    const char *now;             /* what the value became, or the whole change */
    bool was;                    /* it was the same for all */
    const char **rules;          /* of all of them, in the order in which they come */
    size_t rule_count, count;
    size_t number; /* of the first among the survivors */
};

/* The pointer with `*` for its positions. */
static const char *starred(struct pe_arena *arena, const char *pointer)
{
    struct pe_buf buf = {0};

    while (*pointer == '/') {
        size_t length = strcspn(pointer + 1, "/");
        bool position = length > 0 && strspn(pointer + 1, "0123456789") == length;
        pe_buf_addc(&buf, '/');
        if (position)
            pe_buf_addc(&buf, '*');
        else
            pe_buf_add(&buf, pointer + 1, length);
        pointer += 1 + length;
    }
    return pe_arena_take(arena, &buf);
}

static int by_what(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    int order = strcmp(x->first->control, y->first->control);

    if (order == 0)
        order = (int)x->first->kind - (int)y->first->kind;
    if (order == 0)
        order = strcmp(x->pointer, y->pointer);
    if (order == 0)
        order = strcmp(x->now, y->now);
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static int by_number(const void *a, const void *b)
{
    const struct group *x = a, *y = b;

    return (x->number > y->number) - (x->number < y->number);
}

static bool same_what(const struct group *a, const struct group *b)
{
    return a->first->kind == b->first->kind && strcmp(a->first->control, b->first->control) == 0 &&
           strcmp(a->pointer, b->pointer) == 0 && strcmp(a->now, b->now) == 0;
}

static void add_rules(struct pe_arena *arena, struct group *group, const struct pe_strings *rules)
{
    const char **all = pe_arena_array(arena, group->rule_count + rules->count + 1, sizeof *all);

    for (size_t i = 0; all != NULL && i < group->rule_count; i++)
        all[i] = group->rules[i];
    for (size_t i = 0; all != NULL && i < rules->count; i++) {
        bool found = false;
        for (size_t j = 0; j < group->rule_count; j++)
            found |= strcmp(all[j], rules->items[i]) == 0;
        if (!found)
            all[group->rule_count++] = rules->items[i];
    }
    group->rules = all;
}

static void join(struct pe_arena *arena, struct group *into, const struct group *group)
{
    if (strcmp(into->where, group->where) != 0)
        into->where = "*";
    into->was = into->was && strcmp(into->first->change, group->first->change) == 0;
    into->count++;
    add_rules(arena, into, &group->first->rules);
}

static const char *new_value(const char *change)
{
    const char *arrow = strstr(change, PE_ARROW);

    return arrow == NULL ? change : arrow + strlen(PE_ARROW);
}

/* Those of a kind that nothing explains; returns how many groups they make. */
static size_t make_groups(const struct pe_mutation_view *view, enum pe_mutant_kind kind,
                          struct pe_arena *arena, struct group **out)
{
    const struct pe_mutation_report *report = view->report;
    struct group *list = pe_arena_array(arena, report->survivor_count + 1, sizeof *list);
    size_t count = 0, groups = 0;

    for (size_t i = 0; list != NULL && i < report->survivor_count; i++) {
        const struct pe_survivor *survivor = &report->survivors[i];
        if (survivor->kind != kind || view->explained[i])
            continue;
        list[count] = (struct group){.first = survivor,
                                     .where = survivor->where,
                                     .pointer = starred(arena, survivor->pointer),
                                     .now = new_value(survivor->change),
                                     .was = true,
                                     .count = 1,
                                     .number = i};
        if (list[count].pointer == NULL)
            return 0;
        count++;
    }
    if (count > 0)
        qsort(list, count, sizeof *list, by_what);
    for (size_t i = 0; i < count; i++) {
        if (groups > 0 && same_what(&list[groups - 1], &list[i])) {
            join(arena, &list[groups - 1], &list[i]);
            continue;
        }
        list[groups] = list[i];
        add_rules(arena, &list[groups++], &list[i].first->rules);
    }
    if (groups > 0)
        qsort(list, groups, sizeof *list, by_number);
    *out = list;
    return groups;
}

/* ---- lines ---- */

static void add_group(struct pe_page *page, const struct group *group)
{
    bool one = group->count == 1;
    struct pe_buf *line = pe_page_scratch(page);

    pe_escape_adds(line, group->first->control);
    pe_buf_adds(line, " | ");
    pe_escape_adds(line, group->where);
    pe_buf_adds(line, " | ");
    pe_escape_adds(line, one ? group->first->pointer : group->pointer);
    pe_buf_adds(line, " | ");
    pe_escape_adds(line, group->was ? "" : "*" PE_ARROW);
    pe_escape_adds(line, group->was ? group->first->change : group->now);
    pe_buf_adds(page->out, "  ");
    pe_buf_adds(page->out, pe_page_text(page)); /* one line, to be copied */
    pe_page_end(page);
    line = pe_page_scratch(page);
    for (size_t i = 0; i < group->rule_count; i++) {
        pe_buf_adds(line, i == 0 ? "" : ", ");
        pe_escape_adds(line, group->rules[i]);
    }
    if (!one)
        pe_words_add(line, page->lang, PE_W_MUTANT_TIMES,
                     (const char *[]){pe_page_number(group->count).text}, 1);
    pe_page_wrap(page, 6, pe_words(page->lang, PE_W_MUTANT_RULES), PE_PLAIN, pe_page_text(page));
}

static void add_kind(struct pe_page *page, const struct pe_mutation_view *view,
                     enum pe_mutant_kind kind, enum pe_word heading)
{
    struct pe_arena arena = {0};
    struct group *groups = NULL;
    size_t count = make_groups(view, kind, &arena, &groups);

    if (count > 0)
        pe_page_heading(page, heading, NULL, 0);
    for (size_t i = 0; i < count; i++)
        add_group(page, &groups[i]);
    page->out->failed |= pe_arena_failed(&arena);
    pe_arena_release(&arena);
}

static void add_stale(struct pe_page *page, const struct pe_known_list *known)
{
    bool any = false;

    for (size_t i = 0; i < known->count; i++) {
        if (known->items[i].used > 0)
            continue;
        if (!any)
            pe_page_heading(page, PE_W_MUTANT_STALE, NULL, 0);
        any = true;
        pe_buf_printf(pe_page_scratch(page), "%zu: ", known->items[i].number);
        pe_escape_adds(&page->scratch, known->items[i].line);
        pe_page_wrap(page, 2, NULL, PE_PLAIN, pe_page_text(page));
    }
}

static void add_untried(struct pe_page *page, const struct pe_strings *untried)
{
    struct pe_buf *line = pe_page_scratch(page);

    for (size_t i = 0; i < untried->count; i++) {
        pe_buf_adds(line, i == 0 ? "" : ", ");
        pe_escape_adds(line, untried->items[i]);
    }
    if (untried->count > 0)
        pe_page_wrap(page, 0, pe_words(page->lang, PE_W_MUTANT_UNTRIED), PE_YELLOW,
                     pe_page_text(page));
}

/* ---- the end ---- */

static void add_line(struct pe_page *page, enum pe_word word, size_t one, size_t two,
                     const char *three)
{
    pe_words_add(page->out, page->lang, word,
                 (const char *[]){pe_page_number(one).text, pe_page_number(two).text, three}, 3);
    pe_page_end(page);
}

static void print_score(unsigned score, char text[30])
{
    snprintf(text, 30, "%u.%02u", score / 100, score % 100);
}

static void add_sum(struct pe_page *page, const struct pe_mutation_view *view)
{
    const struct pe_mutation_report *report = view->report;
    size_t explained =
        pe_mutation_explained(view, PE_MUTANT_VALUE) + pe_mutation_explained(view, PE_MUTANT_LOST);
    char raw[30], rest[30];

    print_score(pe_mutation_score(report, 0), raw);
    print_score(pe_mutation_score(report, explained), rest);
    pe_page_end(page);
    add_line(page, PE_W_MUTANT_SCORE, report->all[PE_MUTANT_VALUE] + report->all[PE_MUTANT_LOST],
             report->killed[PE_MUTANT_VALUE] + report->killed[PE_MUTANT_LOST], raw);
    add_line(page, PE_W_MUTANT_VALUES, report->all[PE_MUTANT_VALUE],
             report->killed[PE_MUTANT_VALUE], "");
    add_line(page, PE_W_MUTANT_LOSSES, report->all[PE_MUTANT_LOST], report->killed[PE_MUTANT_LOST],
             "");
    if (view->known->given)
        add_line(page, PE_W_MUTANT_KNOWN, explained, view->known->count, rest);
    add_line(page, PE_W_MUTANT_OPTIONALS, report->all[PE_MUTANT_OPTIONAL],
             report->all[PE_MUTANT_OPTIONAL] - report->killed[PE_MUTANT_OPTIONAL], "");
}

void pe_mutation_text(const struct pe_mutation_view *view, const struct pe_style *style,
                      struct pe_buf *out)
{
    struct pe_page page;

    pe_page_init(&page, style);
    pe_escape_adds(page.out, view->report->pack->id);
    pe_page_end(&page);
    add_kind(&page, view, PE_MUTANT_LOST, PE_W_MUTANT_LOST_HEADING);
    add_kind(&page, view, PE_MUTANT_VALUE, PE_W_MUTANT_HEADING);
    add_stale(&page, view->known);
    add_sum(&page, view);
    add_untried(&page, &view->report->untried);
    pe_page_finish(&page, out);
}
