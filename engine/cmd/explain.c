/* explain.c: what a control checks, why, and how to fix it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/escape.h"
#include "base/suggest.h"
#include "base/width.h"
#include "cmd/command.h"
#include "report/page.h"

enum { INDENT = 2, INNER = 4, MAX_NAMES = 1000, NAME_BYTES = 100 };

/* What is asked for: CONTROL, or CONTROL/RULE. */
struct question {
    char control[NAME_BYTES];
    const char *rule; /* id or number; NULL: all */
    size_t answers;
    unsigned walls_missing;
};

/* ---- lines ---- */

/* A line of the head: what lies in the scratch buffer, behind its label. */
static void add_labelled(struct pe_page *page, enum pe_word label)
{
    static const enum pe_word labels[] = {PE_W_SEVERITY, PE_W_OWNER, PE_W_REFERENCES, PE_W_TAGS,
                                          PE_W_PACK};
    struct pe_buf lead = {0};
    size_t widest = 0, width;

    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        width = pe_width(pe_words(page->lang, labels[i]));
        widest = width > widest ? width : widest;
    }
    pe_width_add_padded(&lead, pe_words(page->lang, label), widest + 2);
    pe_page_wrap(page, INDENT, lead.data, PE_DIM, pe_page_text(page));
    pe_page_drop(page->out, &lead);
}

static void add_word(struct pe_page *page, enum pe_word label, const char *word)
{
    pe_buf_adds(pe_page_scratch(page), word);
    add_labelled(page, label);
}

static void add_strings(struct pe_page *page, enum pe_word label, const struct pe_strings *strings)
{
    struct pe_buf *line = pe_page_scratch(page);

    for (size_t i = 0; i < strings->count; i++) {
        pe_buf_adds(line, i == 0 ? "" : ", ");
        pe_escape_adds(line, strings->items[i]);
    }
    if (strings->count > 0)
        add_labelled(page, label);
}

static void add_prose(struct pe_page *page, size_t indent, const char *lead, enum pe_colour colour,
                      const char *text)
{
    if (text[0] == '\0')
        return;
    pe_escape_add_prose(pe_page_scratch(page), text);
    pe_page_wrap(page, indent, lead, colour, pe_page_text(page));
}

/* ---- the head ---- */

/* The language that was asked for, then the other. */
static void add_title(struct pe_page *page, const struct pe_control *control)
{
    enum pe_lang other = page->lang == PE_EN ? PE_JA : PE_EN;
    const char *title = pe_text_in(control->title, page->lang);
    const char *translation = pe_text_in(control->title, other);
    struct pe_buf lead = {0};

    pe_escape_adds(&lead, control->id);
    pe_buf_adds(&lead, "  ");
    pe_escape_add_prose(pe_page_scratch(page), title);
    pe_page_wrap(page, 0, lead.data, PE_BOLD, pe_page_text(page));
    if (strcmp(title, translation) != 0)
        add_prose(page, pe_width(lead.data == NULL ? "" : lead.data), NULL, PE_PLAIN, translation);
    pe_page_end(page);
    pe_page_drop(page->out, &lead);
}

static void add_head(struct pe_page *page, const struct pe_pack_info *pack,
                     const struct pe_control *control)
{
    struct pe_buf *line;

    add_title(page, control);
    add_word(page, PE_W_SEVERITY, pe_words_severity(page->lang, control->severity));
    add_word(page, PE_W_OWNER, pe_words_owner(page->lang, control->owner));
    add_strings(page, PE_W_REFERENCES, &control->references);
    add_strings(page, PE_W_TAGS, &control->tags);
    line = pe_page_scratch(page);
    pe_escape_adds(line, pack->id);
    pe_buf_addc(line, ' ');
    pe_escape_adds(line, pack->version);
    add_labelled(page, PE_W_PACK);
}

/* ---- parameters ---- */

/* A part of the line, such as "at least 1"; nothing when there is no argument. */
static void add_part(struct pe_page *page, struct pe_buf *line, enum pe_word word, const char *text)
{
    struct pe_buf safe = {0};

    if (text == NULL || text[0] == '\0')
        return;
    pe_escape_adds(&safe, text);
    pe_buf_adds(line, pe_words(page->lang, PE_W_COMMA));
    pe_words_add(line, page->lang, word, (const char *[]){safe.data}, 1);
    pe_page_drop(line, &safe);
}

static void add_one_of(struct pe_page *page, struct pe_buf *line, const struct pe_strings *words)
{
    struct pe_buf list = {0};

    for (size_t i = 0; i < words->count; i++) {
        pe_buf_adds(&list, i == 0 ? "" : " | ");
        pe_buf_adds(&list, words->items[i]);
    }
    add_part(page, line, PE_W_ONE_OF, list.data);
    pe_page_drop(line, &list);
}

/* "whole number, at least 1, default 4096" */
static void add_kind(struct pe_page *page, const struct pe_param *param)
{
    struct pe_buf *line = pe_page_scratch(page);

    pe_buf_adds(line, pe_words(page->lang, pe_words_param_type(param->type)));
    add_part(page, line, PE_W_AT_LEAST, param->min);
    add_part(page, line, PE_W_AT_MOST, param->max);
    add_one_of(page, line, &param->one_of);
    if (param->default_ == NULL) {
        pe_buf_adds(line, pe_words(page->lang, PE_W_COMMA));
        pe_buf_adds(line, pe_words(page->lang, PE_W_DEFAULT_NONE));
    }
    add_part(page, line, PE_W_DEFAULT_IS, param->default_);
    pe_page_wrap(page, INNER, NULL, PE_PLAIN, pe_page_text(page));
}

static void add_param(struct pe_page *page, const struct pe_param *param)
{
    struct pe_buf lead = {0}, *line;

    pe_escape_adds(&lead, param->name);
    pe_buf_adds(&lead, param->value == NULL ? "  " : " = ");
    line = pe_page_scratch(page);
    if (param->value == NULL)
        pe_buf_adds(line, pe_words(page->lang, PE_W_VALUE_NONE));
    else
        pe_escape_adds(line, param->value);
    pe_buf_adds(line, param->value == NULL || param->unit.en == NULL ? "" : " ");
    pe_escape_adds(line, param->value == NULL ? "" : pe_text_in(param->unit, page->lang));
    pe_page_wrap(page, INDENT, lead.data, PE_BOLD, pe_page_text(page));
    add_kind(page, param);
    add_prose(page, INNER, NULL, PE_PLAIN, pe_text_in(param->doc, page->lang));
    add_prose(page, INNER, pe_words(page->lang, PE_W_SOURCE_IS), PE_DIM,
              pe_text_in(param->source, page->lang));
    pe_page_drop(page->out, &lead);
}

static void add_params(struct pe_page *page, const struct pe_control *control)
{
    if (control->param_count == 0)
        return;
    pe_page_heading(page, PE_W_HEAD_PARAMETERS,
                    (const char *[]){pe_page_number(control->param_count).text}, 1);
    for (size_t i = 0; i < control->param_count; i++)
        add_param(page, &control->params[i]);
}

/* ---- rules ---- */

static bool is_asked(const struct question *question, const struct pe_rule *rule)
{
    return question->rule == NULL || strcmp(question->rule, rule->id) == 0 ||
           strcmp(question->rule, rule->ref) == 0;
}

static void add_rule(struct pe_page *page, const struct pe_rule *rule)
{
    struct pe_buf lead = {0};

    pe_escape_adds(&lead, rule->ref);
    pe_buf_adds(&lead, rule->ref[0] == '\0' ? "" : "  ");
    pe_escape_adds(pe_page_scratch(page), rule->id);
    pe_page_wrap(page, INDENT, lead.data, PE_PLAIN, pe_page_text(page));
    add_prose(page, INNER, NULL, PE_PLAIN, pe_text_in(rule->title, page->lang));
    pe_words_add(pe_page_scratch(page), page->lang, PE_W_SEVERITY_OWNER,
                 (const char *[]){pe_words_severity(page->lang, rule->severity),
                                  pe_words_owner(page->lang, rule->owner)},
                 2);
    pe_page_wrap(page, INNER, NULL, PE_PLAIN, pe_page_text(page));
    if (rule->claimable)
        add_prose(page, INNER, NULL, PE_PLAIN, pe_words(page->lang, PE_W_CLAIMABLE));
    add_prose(page, INNER, pe_words(page->lang, PE_W_FIX_IS), PE_DIM,
              pe_text_in(rule->fix, page->lang));
    pe_page_drop(page->out, &lead);
}

static void add_rules(struct pe_page *page, const struct pe_control *control,
                      const struct question *question)
{
    size_t shown = 0;

    for (size_t i = 0; i < control->rule_count; i++)
        shown += is_asked(question, &control->rules[i]);
    pe_page_heading(page, PE_W_HEAD_RULES, (const char *[]){pe_page_number(shown).text}, 1);
    for (size_t i = 0, before = 0; i < control->rule_count; i++) {
        if (!is_asked(question, &control->rules[i]))
            continue;
        if (before++ > 0)
            pe_page_end(page);
        add_rule(page, &control->rules[i]);
    }
}

/* ---- finding what is asked for ---- */

static int unknown_rule(const struct question *question, const char *control, const char *like)
{
    if (like != NULL)
        pe_complain("explain: there is no rule %.100s (did you mean %s?)", question->rule, like);
    else
        pe_complain("explain: there is no rule %.100s; policyeval explain %s shows its rules",
                    question->rule, control);
    return -1;
}

static int check_rule(const struct question *question, const struct pe_control *control)
{
    const char *names[MAX_NAMES];
    size_t count = 0;

    for (size_t i = 0; i < control->rule_count && i < MAX_NAMES; i++) {
        if (is_asked(question, &control->rules[i]))
            return 0;
        names[count++] = control->rules[i].id;
    }
    return unknown_rule(question, control->id, pe_suggest(question->rule, names, count));
}

/* The control that has a rule of that id; NULL: none, or several. */
static const struct pe_control *control_of_rule(const struct pe_pack_info *pack, const char *rule)
{
    const struct pe_control *found = NULL;

    for (size_t i = 0; i < pack->control_count; i++)
        for (size_t j = 0; j < pack->controls[i].rule_count; j++)
            if (strcmp(pack->controls[i].rules[j].id, rule) == 0) {
                if (found != NULL)
                    return NULL;
                found = &pack->controls[i];
            }
    return found;
}

static int unknown_control(const struct question *question, const struct pe_pack_info *pack)
{
    const struct pe_control *of_rule = control_of_rule(pack, question->control);
    const char *names[MAX_NAMES], *like;
    size_t count = 0;

    for (size_t i = 0; i < pack->control_count && i < MAX_NAMES; i++)
        names[count++] = pack->controls[i].id;
    like = pe_suggest(question->control, names, count);
    if (of_rule != NULL)
        pe_complain("explain: there is no control %.100s, but a rule: did you mean %s/%s?",
                    question->control, of_rule->id, question->control);
    else if (like != NULL)
        pe_complain("explain: there is no control %.100s (did you mean %s?)", question->control,
                    like);
    else
        pe_complain(
            "explain: there is no control %.100s in the pack %s; --pack names another pack, "
            "policyeval list shows the controls",
            question->control, pack->id);
    return -1;
}

static int add_answer(struct pe_page *page, const struct pe_pack_info *pack,
                      struct question *question)
{
    const struct pe_control *control = pe_control_find(pack, question->control);

    if (control == NULL)
        return 0;
    if (check_rule(question, control) != 0)
        return -1;
    if (question->answers++ > 0)
        pe_page_end(page);
    add_head(page, pack, control);
    add_params(page, control);
    add_rules(page, control, question);
    return 0;
}

static int answer_from(struct pe_page *page, const struct pe_args *args, struct pe_pack *pack,
                       struct question *question, bool last)
{
    struct pe_job job = {.params = args->params,
                         .sandbox = args->sandbox,
                         .walls_missing = &question->walls_missing};
    struct pe_catalogue *catalogue;
    struct pe_err err = {0};
    int result;

    if (pe_catalogue_load(pack, &job, &catalogue, &err) != 0)
        return pe_complain_of(args, "%s", err.text), -1;
    result = add_answer(page, pe_catalogue_info(catalogue), question);
    if (result == 0 && last && question->answers == 0)
        result = unknown_control(question, pe_catalogue_info(catalogue));
    pe_catalogue_free(catalogue);
    return result;
}

/* ---- explain ---- */

static int ask(const struct pe_args *args, struct question *question)
{
    const char *operand;
    size_t length;

    if (args->operands.count != 1) {
        pe_complain("explain: name one control, such as: policyeval explain 9.2.3");
        return -1;
    }
    operand = args->operands.items[0];
    length = strcspn(operand, "/");
    question->rule = operand[length] == '/' ? operand + length + 1 : NULL;
    if (length >= sizeof question->control) /* no control is called so, cut or not */
        length = sizeof question->control - 1;
    memcpy(question->control, operand, length);
    question->control[length] = '\0';
    return 0;
}

static int print(const struct pe_args *args, const struct pe_pack_list *packs,
                 struct question *question)
{
    struct pe_style style = pe_style_of(args);
    struct pe_buf out = {0};
    struct pe_page page;
    int result = 0;

    pe_page_init(&page, &style);
    for (size_t i = 0; result == 0 && i < packs->count; i++)
        result = answer_from(&page, args, packs->items[i], question, i + 1 == packs->count);
    pe_page_finish(&page, &out);
    if (result == 0)
        return pe_print_all(&out);
    pe_buf_release(&out);
    return -1;
}

static int run_explain(const struct pe_args *args)
{
    struct question question = {0};
    struct pe_pack_list packs = {0};
    int result;

    if (ask(args, &question) != 0 || pe_load_packs(args, &packs) != 0)
        return PE_EXIT_TROUBLE;
    result = print(args, &packs, &question);
    pe_tell_walls(args, question.walls_missing);
    pe_free_packs(&packs);
    return result != 0 ? PE_EXIT_TROUBLE : PE_EXIT_PASS;
}

static const char *const options[] = {"--pack",    "--param", "--config", "--no-config",
                                      "--sandbox", "--color", NULL};

const struct pe_command pe_command_explain = {"explain", "CONTROL[/RULE]",
                                              "Show what a control checks, why, and how to fix it.",
                                              options, run_explain};
