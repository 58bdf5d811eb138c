/* sarif_rule.c: the tool of a SARIF log: its rules, and what it reports on itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/sarif_part.h"

#include <stdlib.h>
#include <string.h>

#include "report/json_result.h"
#include "report/markup.h"
#include "words.h"

enum { MOST_TAGS = 20 }; /* GitHub takes no more */

/* ---- which there are ---- */

static int compare_names(const void *left, const void *right)
{
    const struct pe_sarif_rule *a = left, *b = right;
    int names = strcmp(a->name, b->name);

    if (names != 0)
        return names;
    return a->order < b->order ? -1 : a->order > b->order;
}

static int compare_orders(const void *left, const void *right)
{
    const struct pe_sarif_rule *a = left, *b = right;

    return a->order < b->order ? -1 : a->order > b->order;
}

static void collect(struct pe_sarif *sarif, struct pe_sarif_rule rule, size_t *room)
{
    struct pe_arena *arena = &sarif->out.arena;
    struct pe_buf name = {0};
    struct pe_sarif_rule *rules =
        pe_arena_grow(arena, sarif->rules, sarif->rule_count, room, sizeof *rules);

    pe_issue_add_rule_name(&name, rule.result, rule.control, rule.rule);
    rule.name = pe_arena_take(arena, &name);
    rule.order = sarif->rule_count;
    if (rules == NULL || rule.name == NULL)
        return;
    sarif->rules = rules;
    sarif->rules[sarif->rule_count++] = rule;
}

static void collect_all(struct pe_sarif *sarif)
{
    struct pe_sarif_rule rule = {0};
    size_t room = 0;

    for (size_t i = 0; i < sarif->run->count; i++) {
        rule.result = &sarif->run->results[i];
        for (size_t j = 0; j < rule.result->result_count; j++) {
            rule.control = &rule.result->results[j];
            for (size_t k = 0; k < rule.control->rule_count; k++) {
                rule.rule = &rule.control->rules[k];
                collect(sarif, rule, &room);
            }
        }
    }
}

/* The same rule of another snapshot is the same. */
static void drop_repeated(struct pe_sarif *sarif)
{
    size_t kept = 0;

    for (size_t i = 0; i < sarif->rule_count; i++) {
        if (i == 0 || strcmp(sarif->rules[i].name, sarif->rules[kept - 1].name) != 0)
            sarif->rules[kept++] = sarif->rules[i];
    }
    sarif->rule_count = kept;
}

void pe_sarif_find_rules(struct pe_sarif *sarif)
{
    collect_all(sarif);
    if (sarif->rule_count == 0)
        return;
    qsort(sarif->rules, sarif->rule_count, sizeof *sarif->rules, compare_names);
    drop_repeated(sarif);
    qsort(sarif->rules, sarif->rule_count, sizeof *sarif->rules, compare_orders);
    for (size_t i = 0; i < sarif->rule_count; i++)
        sarif->rules[i].index = i;
    qsort(sarif->rules, sarif->rule_count, sizeof *sarif->rules, compare_names);
}

static int compare_name(const void *key, const void *rule)
{
    return strcmp(key, ((const struct pe_sarif_rule *)rule)->name);
}

const struct pe_sarif_rule *pe_sarif_rule_of(struct pe_sarif *sarif, const struct pe_issue *issue)
{
    const struct pe_sarif_rule *found = NULL;
    struct pe_buf name = {0};

    pe_issue_add_rule_name(&name, issue->result, issue->control, issue->rule);
    if (name.data != NULL && sarif->rule_count > 0)
        found = bsearch(name.data, sarif->rules, sarif->rule_count, sizeof *found, compare_name);
    sarif->out.failed = sarif->out.failed || found == NULL || pe_buf_failed(&name);
    pe_buf_release(&name);
    return found;
}

/* ---- one rule ---- */

const char *pe_sarif_level(enum pe_severity severity)
{
    static const char *const words[] = {
        [PE_LOW] = "note", [PE_MEDIUM] = "warning", [PE_HIGH] = "error", [PE_CRITICAL] = "error"};

    return words[severity];
}

/* Within GitHub's bands: low below 4, medium below 7, high below 9. */
static const char *score_of(enum pe_severity severity)
{
    static const char *const words[] = {
        [PE_LOW] = "2.0", [PE_MEDIUM] = "5.5", [PE_HIGH] = "8.0", [PE_CRITICAL] = "9.5"};

    return words[severity];
}

struct pe_json_item *pe_sarif_message(struct pe_sarif *sarif, const char *text)
{
    struct pe_json_item *object = pe_json_out_object(&sarif->out);

    pe_json_out_put(&sarif->out, object, "text", pe_json_out_string(&sarif->out, text));
    return object;
}

static bool is_repeated(struct pe_strings tags, size_t which)
{
    for (size_t i = 0; i < which; i++) {
        if (strcmp(tags.items[i], tags.items[which]) == 0)
            return true;
    }
    return strcmp(tags.items[which], "security") == 0;
}

static struct pe_json_item *make_tags(struct pe_json_out *out, struct pe_strings tags)
{
    struct pe_json_item *list = pe_json_out_list(out);
    size_t count = 1;

    pe_json_out_append(out, list, pe_json_out_string(out, "security"));
    for (size_t i = 0; i < tags.count && count < MOST_TAGS; i++) {
        if (is_repeated(tags, i))
            continue;
        pe_json_out_append(out, list, pe_json_out_string(out, tags.items[i]));
        count++;
    }
    return list;
}

static struct pe_json_item *make_properties(struct pe_sarif *sarif,
                                            const struct pe_sarif_rule *rule)
{
    struct pe_json_out *out = &sarif->out;
    const struct pe_control *control = rule->control->control;
    struct pe_json_item *object = pe_json_out_object(&sarif->out);

    pe_json_out_put(out, object, "tags", make_tags(out, control->tags));
    pe_json_out_put(out, object, "precision", pe_json_out_string(&sarif->out, "very-high"));
    pe_json_out_put(out, object, "security-severity",
                    pe_json_out_string(&sarif->out, score_of(rule->rule->severity)));
    pe_json_out_put(out, object, "pack", pe_json_out_string(out, control->pack));
    pe_json_out_put(out, object, "control", pe_json_out_string(out, control->id));
    pe_json_out_put(out, object, "ref", pe_json_out_string(out, rule->rule->rule->ref));
    pe_json_out_put(out, object, "severity",
                    pe_json_out_string(&sarif->out, pe_severity_word(rule->rule->severity)));
    pe_json_out_put(out, object, "owner",
                    pe_json_out_string(&sarif->out, pe_owner_word(rule->rule->owner)));
    pe_json_out_put(out, object, "references", pe_json_strings(out, control->references));
    return object;
}

static const char *fix_of(const struct pe_sarif *sarif, const struct pe_sarif_rule *rule)
{
    const char *fix = pe_text_in(rule->rule->rule->fix, sarif->lang);

    return fix[0] == '\0' ? pe_text_in(rule->rule->rule->title, sarif->lang) : fix;
}

/* As text and as Markdown, which is what GitHub shows below an alert. */
static struct pe_json_item *make_help(struct pe_sarif *sarif, const struct pe_sarif_rule *rule)
{
    const char *fix = fix_of(sarif, rule);
    struct pe_strings references = rule->control->control->references;
    struct pe_json_item *help = pe_sarif_message(sarif, fix);
    struct pe_buf markdown = {0};

    pe_buf_printf(&markdown, "**%s**: ", pe_words(sarif->lang, PE_W_FIX));
    pe_markup_add(&markdown, fix);
    pe_buf_printf(&markdown, "\n\n**%s**: %s\n", pe_words(sarif->lang, PE_W_OWNER),
                  pe_words_owner(sarif->lang, rule->rule->owner));
    for (size_t i = 0; i < references.count; i++) {
        pe_buf_adds(&markdown, "\n- ");
        pe_markup_add_code(&markdown, references.items[i]);
    }
    pe_json_out_put(&sarif->out, help, "markdown", pe_json_out_take(&sarif->out, &markdown));
    return help;
}

static struct pe_json_item *make_rule(struct pe_sarif *sarif, const struct pe_sarif_rule *rule)
{
    struct pe_json_out *out = &sarif->out;
    struct pe_json_item *object = pe_json_out_object(&sarif->out),
                        *configuration = pe_json_out_object(&sarif->out);

    pe_json_out_put(out, configuration, "level",
                    pe_json_out_string(&sarif->out, pe_sarif_level(rule->rule->severity)));
    pe_json_out_put(out, object, "id", pe_json_out_string(out, rule->name));
    pe_json_out_put(out, object, "shortDescription",
                    pe_sarif_message(sarif, pe_text_in(rule->rule->rule->title, sarif->lang)));
    pe_json_out_put(
        out, object, "fullDescription",
        pe_sarif_message(sarif, pe_text_in(rule->control->control->title, sarif->lang)));
    pe_json_out_put(out, object, "help", make_help(sarif, rule));
    pe_json_out_put(out, object, "defaultConfiguration", configuration);
    pe_json_out_put(out, object, "properties", make_properties(sarif, rule));
    return object;
}

static struct pe_json_item *make_rules(struct pe_sarif *sarif)
{
    struct pe_arena *arena = &sarif->out.arena;
    struct pe_sarif_rule *rules = pe_arena_array(arena, sarif->rule_count + 1, sizeof *rules);
    struct pe_json_item *list = pe_json_out_list(&sarif->out);

    if (rules == NULL)
        return list;
    for (size_t i = 0; i < sarif->rule_count; i++)
        rules[sarif->rules[i].index] = sarif->rules[i];
    for (size_t i = 0; i < sarif->rule_count; i++)
        pe_json_out_append(&sarif->out, list, make_rule(sarif, &rules[i]));
    return list;
}

/* ---- on itself ---- */

const char *pe_sarif_notice_id(enum pe_sarif_notice notice)
{
    static const char *const ids[] = {[PE_SARIF_ERROR] = "policy-error",
                                      [PE_SARIF_UNKNOWN] = "data-missing",
                                      [PE_SARIF_PROBLEM] = "snapshot-problem",
                                      [PE_SARIF_GATE] = "gate-closed",
                                      [PE_SARIF_CUT] = "too-many-findings"};

    return ids[notice];
}

static struct pe_json_item *make_notices(struct pe_sarif *sarif)
{
    static const enum pe_word words[] = {[PE_SARIF_ERROR] = PE_W_NOTIFY_ERROR,
                                         [PE_SARIF_UNKNOWN] = PE_W_NOTIFY_UNKNOWN,
                                         [PE_SARIF_PROBLEM] = PE_W_NOTIFY_PROBLEM,
                                         [PE_SARIF_GATE] = PE_W_NOTIFY_GATE,
                                         [PE_SARIF_CUT] = PE_W_NOTIFY_CUT};
    struct pe_json_out *out = &sarif->out;
    struct pe_json_item *list = pe_json_out_list(&sarif->out);

    for (size_t i = 0; i < PE_SARIF_NOTICE_COUNT; i++) {
        const char *text = pe_words(sarif->lang, words[i]);
        struct pe_json_item *object = pe_json_out_object(&sarif->out);
        pe_json_out_put(
            out, object, "id",
            pe_json_out_string(&sarif->out, pe_sarif_notice_id((enum pe_sarif_notice)i)));
        pe_json_out_put(out, object, "shortDescription", pe_sarif_message(sarif, text));
        pe_json_out_put(out, object, "fullDescription", pe_sarif_message(sarif, text));
        pe_json_out_put(out, object, "help", pe_sarif_message(sarif, text));
        pe_json_out_append(out, list, object);
    }
    return list;
}

struct pe_json_item *pe_sarif_tool(struct pe_sarif *sarif)
{
    struct pe_json_out *out = &sarif->out;
    struct pe_json_item *tool = pe_json_out_object(&sarif->out),
                        *driver = pe_json_out_object(&sarif->out);

    pe_json_out_put(out, driver, "name", pe_json_out_string(&sarif->out, "policyeval"));
    pe_json_out_put(out, driver, "version", pe_json_out_string(&sarif->out, PE_VERSION));
    pe_json_out_put(out, driver, "semanticVersion", pe_json_out_string(&sarif->out, PE_VERSION));
    pe_json_out_put(out, driver, "language",
                    pe_json_out_string(&sarif->out, sarif->lang == PE_JA ? "ja" : "en"));
    pe_json_out_put(out, driver, "rules", make_rules(sarif));
    pe_json_out_put(out, driver, "notifications", make_notices(sarif));
    pe_json_out_put(out, tool, "driver", driver);
    return tool;
}
