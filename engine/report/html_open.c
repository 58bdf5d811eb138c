/* html_open.c: what could not be judged, what does not apply, what was not selected. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/html_out.h"

#include <stdlib.h>
#include <string.h>

#include "report/group.h"
#include "report/unknowns.h"

/* ---- unknown ---- */

/* Message and, behind it, how many there are that differ only in the element they name. */
static void add_reason_text(struct pe_html *html, struct pe_unknowns *all,
                            const struct pe_group *group)
{
    const struct pe_group_item *first = &group->items[0];
    size_t alike = pe_unknowns_count_texts(all, group) - 1;

    pe_html_raw(html, "<p>");
    if (first->finding == NULL)
        pe_html_prose(html, first->result->reason);
    else
        pe_html_prose(html, first->finding->message);
    if (alike > 0)
        pe_html_number(html, PE_W_MORE_ALIKE, alike);
    pe_html_raw(html, "</p>\n");
}

/* " of-provider of-shared": who waits for it. */
static void add_owners(struct pe_html *html, const struct pe_group *group)
{
    bool owners[PE_OWNER_COUNT] = {false};

    for (size_t i = 0; i < group->count; i++)
        owners[group->items[i].result->owner] = true;
    for (int owner = 0; owner < PE_OWNER_COUNT; owner++) {
        if (owners[owner])
            pe_buf_printf(html->out, " of-%s", pe_owner_word((enum pe_owner)owner));
    }
}

static void add_reason(struct pe_html *html, struct pe_unknowns *all, const struct pe_group *group)
{
    const struct pe_finding *finding = group->items[0].finding;

    pe_html_raw(html, "<li class=\"rule");
    add_owners(html, group);
    pe_html_raw(html, "\">");
    add_reason_text(html, all, group);
    if (finding != NULL && pe_text_in(finding->hint, PE_EN)[0] != '\0') {
        pe_html_raw(html, "<p class=\"hint\">");
        pe_html_prose(html, finding->hint);
        pe_html_raw(html, "</p>\n");
    }
    if (finding != NULL)
        pe_html_place(html, finding->place, finding->pointer);
    pe_html_rule_links(html, group);
    pe_html_raw(html, "</li>\n");
}

static void add_area_head(struct pe_html *html, const struct pe_group *area)
{
    const char *key = area->items[0].key;

    pe_html_raw(html, "<h4>");
    if (strcmp(key, "") == 0)
        pe_html_words(html, PE_W_AREA_NONE, NULL, 0);
    else if (strcmp(key, "/") == 0)
        pe_html_words(html, PE_W_AREA_WHOLE, NULL, 0);
    else
        pe_html_text(html, key);
    pe_html_raw(html, " <small>");
    pe_html_number(html, PE_W_AREA_RULES, area->rules);
    pe_html_raw(html, "</small></h4>\n");
}

/* One thing to do, whatever is missing of it. */
static void add_uncollected(struct pe_html *html, const struct pe_group *group)
{
    const struct pe_area *area = pe_unknowns_uncollected(group);

    pe_html_raw(html, "<h4>");
    pe_html_prose(html, area->title);
    pe_html_raw(html, " <small>");
    pe_html_number(html, PE_W_AREA_RULES, group->rules);
    pe_html_raw(html, "</small></h4>\n<ul class=\"findings\">\n<li class=\"rule");
    add_owners(html, group);
    pe_html_raw(html, "\"><p class=\"hint\">");
    pe_html_prose(html, area->collect);
    pe_html_raw(html, "</p>\n");
    pe_html_rule_links(html, group);
    pe_html_raw(html, "</li>\n</ul>\n");
}

static void add_area(struct pe_html *html, struct pe_unknowns *all, struct pe_group *area)
{
    size_t count = 0;
    struct pe_group *reasons;

    if (pe_unknowns_uncollected(area) != NULL) {
        add_uncollected(html, area);
        return;
    }
    add_area_head(html, area);
    reasons = pe_unknowns_reasons(all, area, &count);
    pe_html_raw(html, "<ul class=\"findings\">\n");
    for (size_t i = 0; reasons != NULL && i < count; i++)
        add_reason(html, all, &reasons[i]);
    pe_html_raw(html, "</ul>\n");
}

size_t pe_html_count_unknown(const struct pe_result *result)
{
    struct pe_unknowns all = {.result = result, .lang = PE_EN};
    size_t count;

    pe_unknowns_areas(&all, &count);
    pe_arena_release(&all.arena);
    return all.rules;
}

int pe_html_unknown(struct pe_html *html, struct pe_err *err)
{
    struct pe_unknowns all = {.result = html->result, .lang = PE_EN};
    size_t count = 0;
    struct pe_group *areas = pe_unknowns_areas(&all, &count);
    bool failed;

    if (count > 0) {
        pe_html_raw(html, "<section class=\"unknowns\">\n");
        pe_html_heading(html, 3, "unknown", PE_W_HEAD_UNKNOWN, all.rules);
        for (size_t i = 0; i < count; i++)
            add_area(html, &all, &areas[i]);
        pe_html_raw(html, "</section>\n");
    }
    failed = pe_arena_failed(&all.arena);
    pe_arena_release(&all.arena);
    return failed ? pe_err_memory(err) : 0;
}

/* ---- not looked at ---- */

static void collect(const struct pe_result *result, struct pe_arena *arena,
                    struct pe_group_items *list)
{
    for (size_t i = 0, number = 0; i < result->result_count; i++) {
        const struct pe_control_result *control = &result->results[i];
        for (size_t j = 0; j < control->rule_count; j++, number++) {
            const struct pe_rule_result *rule = &control->rules[j];
            const char *reason = pe_text_in(rule->reason, PE_EN);
            if (rule->status != PE_NOT_APPLICABLE)
                continue;
            pe_group_add(arena, list,
                         (struct pe_group_item){.key = reason,
                                                .text = reason,
                                                .rule = number,
                                                .control = control,
                                                .result = rule});
        }
    }
}

/* What does not apply, by reason. Returns how many rules. */
static size_t add_not_applicable(struct pe_html *html, struct pe_arena *arena)
{
    struct pe_group_items list = {0};
    struct pe_group *groups;
    size_t count = 0;

    collect(html->result, arena, &list);
    groups = pe_group_by_key(arena, list.items, list.count, &count);
    if (groups == NULL)
        return 0;
    pe_html_heading(html, 4, NULL, PE_W_HEAD_NOT_APPLICABLE, list.count);
    pe_html_raw(html, "<ul class=\"findings\">\n");
    for (size_t i = 0; i < count; i++) {
        pe_html_raw(html, "<li><p>");
        pe_html_prose(html, groups[i].items[0].result->reason);
        pe_html_raw(html, "</p>\n");
        pe_html_rule_links(html, &groups[i]);
        pe_html_raw(html, "</li>\n");
    }
    pe_html_raw(html, "</ul>\n");
    return list.count;
}

/* What --only and --skip left out. */
static size_t add_unselected(struct pe_html *html)
{
    const struct pe_result *result = html->result;

    if (result->unselected_count == 0)
        return 0;
    pe_html_heading(html, 4, NULL, PE_W_HTML_UNSELECTED, result->unselected_count);
    pe_html_raw(html, "<ul class=\"columns\">\n");
    for (size_t i = 0; i < result->unselected_count; i++) {
        const struct pe_unselected *unselected = &result->unselected[i];
        pe_html_raw(html, "<li>");
        pe_html_text(html, unselected->control);
        if (unselected->rule != NULL) {
            pe_html_raw(html, "/");
            pe_html_text(html, unselected->rule);
        }
        pe_html_raw(html, " ");
        pe_html_prose(html, unselected->title);
        pe_html_raw(html, "</li>\n");
    }
    pe_html_raw(html, "</ul>\n");
    return result->unselected_count;
}

/* The parts of the snapshot that no rule read. */
static size_t add_unread(struct pe_html *html)
{
    const struct pe_result *result = html->result;

    if (!result->unread_known || result->unread_count == 0)
        return 0;
    pe_html_heading(html, 4, NULL, PE_W_HEAD_UNREAD, result->unread_total);
    pe_html_raw(html, "<details>\n<summary>");
    pe_html_text(html, result->unread[0].pointer);
    pe_html_raw(html, " …</summary>\n<ul class=\"columns\">\n");
    for (size_t i = 0; i < result->unread_count; i++) {
        pe_html_raw(html, "<li><code>");
        pe_html_text(html, result->unread[i].pointer);
        pe_html_raw(html, "</code></li>\n");
    }
    pe_html_raw(html, "</ul>\n</details>\n");
    return result->unread_count;
}

int pe_html_unseen(struct pe_html *html, struct pe_err *err)
{
    struct pe_arena arena = {0};
    size_t found;
    bool failed;

    pe_html_raw(html, "<section>\n");
    pe_html_heading(html, 3, "unseen", PE_W_HTML_UNSEEN, 0);
    found = add_not_applicable(html, &arena);
    found += add_unselected(html);
    found += add_unread(html);
    if (found == 0)
        pe_html_paragraph(html, NULL, PE_W_HTML_UNSEEN_NONE);
    pe_html_raw(html, "</section>\n");
    failed = pe_arena_failed(&arena);
    pe_arena_release(&arena);
    return failed ? pe_err_memory(err) : 0;
}
