/* markdown_list.c: what failed, what could not be judged, and all controls. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/markdown_part.h"

#include "report/cut.h"
#include "report/faults.h"
#include "report/issue.h"
#include "report/markup.h"
#include "report/section.h"

enum { SHOWN_FINDINGS = 50 };

void pe_markdown_place(struct pe_buf *out, const struct pe_result *result, struct pe_place place,
                       const char *pointer)
{
    struct pe_buf where = {0};

    if (place.line > 0) {
        pe_buf_printf(&where, "%s:%lu:%lu", result->file, (unsigned long)place.line,
                      (unsigned long)place.column);
        pe_buf_addc(out, ' ');
        pe_markup_add_code(out, where.data);
    }
    if (pointer != NULL && pointer[0] != '\0') {
        pe_buf_addc(out, ' ');
        pe_markup_add_code(out, pointer);
    }
    pe_page_drop(out, &where);
}

/* ---- findings ---- */

static void add_finding(struct pe_buf *out, const struct pe_result *result,
                        const struct pe_finding *finding, enum pe_lang lang)
{
    const char *subject = pe_text_in(finding->subject, lang), *hint;

    pe_buf_printf(out, "  - %s%s", pe_words_status(lang, finding->status),
                  pe_words(lang, PE_W_COLON));
    if (subject[0] != '\0') {
        pe_markup_add_code(out, subject);
        pe_buf_addc(out, ' ');
    }
    pe_markup_add(out, pe_text_in(finding->message, lang));
    hint = pe_text_in(finding->hint, lang);
    pe_buf_adds(out, hint[0] == '\0' ? "" : " ");
    pe_markup_add(out, hint);
    pe_markdown_place(out, result, finding->place, finding->pointer);
    pe_buf_addc(out, '\n');
}

static void add_findings(struct pe_buf *out, const struct pe_result *result,
                         const struct pe_rule_result *rule, enum pe_lang lang)
{
    size_t shown = 0, total = rule->finding_total;

    if (total < rule->finding_count)
        total = rule->finding_count;
    for (; shown < rule->finding_count && shown < SHOWN_FINDINGS; shown++) {
        if (!rule->findings[shown].of_policy) /* told as the policy's fault */
            add_finding(out, result, &rule->findings[shown], lang);
    }
    if (total > shown) {
        pe_buf_adds(out, "  - ");
        pe_words_add(out, lang, pe_cut_word(rule),
                     (const char *[]){pe_page_number(total - shown).text,
                                      pe_page_number(rule->finding_count).text},
                     2);
        pe_buf_addc(out, '\n');
    }
    if (total > 0)
        return;
    pe_buf_printf(out, "  - %s%s", pe_words_status(lang, rule->status), pe_words(lang, PE_W_COLON));
    pe_markup_add(out, pe_text_in(rule->reason, lang));
    pe_buf_addc(out, '\n');
}

static void add_rule(struct pe_buf *out, const struct pe_result *result,
                     const struct pe_rule_result *rule, enum pe_lang lang)
{
    const char *fix = pe_text_in(rule->rule->fix, lang);

    pe_buf_printf(out, "- **%s** ", pe_words_status(lang, rule->status));
    pe_markup_add_code(out, rule->rule->id);
    pe_buf_addc(out, ' ');
    pe_markup_add(out, pe_text_in(rule->rule->title, lang));
    pe_issue_add_weight(out, rule, lang);
    pe_buf_addc(out, '\n');
    add_findings(out, result, rule, lang);
    if (fix[0] == '\0' || rule->status != PE_FAIL)
        return;
    pe_buf_printf(out, "  - **%s**%s", pe_words(lang, PE_W_FIX), pe_words(lang, PE_W_COLON));
    pe_markup_add(out, fix);
    pe_buf_addc(out, '\n');
}

static bool is_unknown(const struct pe_rule_result *rule)
{
    return rule->status == PE_UNKNOWN && pe_faults_lacks_data(rule);
}

typedef bool is_wanted(const struct pe_rule_result *rule);

/* Whether any rule of the control is wanted, and the worst severity of those that are. */
static bool find_worst(const struct pe_control_result *control, is_wanted *wanted,
                       enum pe_severity *worst)
{
    bool found = false;

    for (size_t i = 0; i < control->rule_count; i++) {
        const struct pe_rule_result *rule = &control->rules[i];
        if (!wanted(rule))
            continue;
        if (!found || rule->severity > *worst)
            *worst = rule->severity;
        found = true;
    }
    return found;
}

static void add_control(struct pe_buf *out, const struct pe_result *result,
                        const struct pe_control_result *control, is_wanted *wanted,
                        enum pe_lang lang)
{
    pe_buf_adds(out, "\n#### ");
    pe_markup_add_code(out, control->control->id);
    pe_buf_addc(out, ' ');
    pe_markup_add(out, pe_text_in(control->control->title, lang));
    pe_buf_adds(out, "\n\n");
    for (size_t i = 0; i < control->rule_count; i++) {
        if (wanted(&control->rules[i]))
            add_rule(out, result, &control->rules[i], lang);
    }
}

/* The controls with the worst severity first. */
static void add_controls(struct pe_buf *out, const struct pe_result *result, is_wanted *wanted,
                         enum pe_lang lang)
{
    enum pe_severity worst = PE_LOW;

    for (int severity = PE_SEVERITY_COUNT - 1; severity >= 0; severity--) {
        for (size_t i = 0; i < result->result_count; i++) {
            if (find_worst(&result->results[i], wanted, &worst) && (int)worst == severity)
                add_control(out, result, &result->results[i], wanted, lang);
        }
    }
}

void pe_markdown_findings(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    enum pe_severity worst;
    size_t count = 0;

    for (size_t i = 0; i < result->result_count; i++)
        count += find_worst(&result->results[i], pe_section_is_finding, &worst);
    if (count == 0)
        return;
    pe_buf_adds(out, "\n### ");
    pe_words_add(out, lang, PE_W_HEAD_FINDINGS, (const char *[]){pe_page_number(count).text}, 1);
    pe_buf_addc(out, '\n');
    add_controls(out, result, pe_section_is_finding, lang);
}

/* "- ERROR: `1.1.lua:5:` boom (`1.1/one`, `1.1/two`)" */
static void add_fault(struct pe_buf *out, const struct pe_group *group, enum pe_lang lang)
{
    const struct pe_finding *finding = group->items[0].finding;
    enum pe_status status = finding == NULL ? PE_ERROR : PE_UNKNOWN;
    const struct pe_rule_result *last = NULL;
    struct pe_buf rules = {0}, name = {0};

    for (size_t i = 0; i < group->count; i++) {
        if (group->items[i].result == last)
            continue;
        pe_buf_adds(&rules, last == NULL ? "" : pe_words(lang, PE_W_COMMA));
        last = group->items[i].result;
        pe_buf_clear(&name);
        pe_buf_printf(&name, "%s/%s", group->items[i].control->control->id, last->rule->id);
        pe_markup_add_code(&rules, name.data);
    }
    pe_buf_printf(out, "- **%s** ", pe_words_status(lang, status));
    pe_markup_add(out, group->items[0].text);
    if (finding != NULL && pe_text_in(finding->hint, lang)[0] != '\0') {
        pe_buf_addc(out, ' ');
        pe_markup_add(out, pe_text_in(finding->hint, lang));
    }
    pe_words_add(out, lang, PE_W_IN_PARENTHESES, (const char *[]){rules.data}, 1);
    pe_buf_addc(out, '\n');
    pe_page_drop(out, &name);
    pe_page_drop(out, &rules);
}

int pe_markdown_fault(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang,
                      struct pe_err *err)
{
    struct pe_faults all = {.result = result, .lang = lang};
    size_t count = 0;
    struct pe_group *groups = pe_faults_find(&all, &count);
    bool failed;

    if (count > 0) {
        pe_buf_adds(out, "\n### ");
        pe_words_add(out, lang, PE_W_HEAD_FAULT, (const char *[]){pe_page_number(all.rules).text},
                     1);
        pe_buf_printf(out, "\n\n%s\n\n", pe_words(lang, PE_W_FAULT_WHOSE));
    }
    for (size_t i = 0; i < count; i++)
        add_fault(out, &groups[i], lang);
    failed = pe_arena_failed(&all.arena);
    pe_arena_release(&all.arena);
    return failed ? pe_err_memory(err) : 0;
}

void pe_markdown_unknown(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    size_t count = 0;

    for (size_t i = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count; j++)
            count += is_unknown(&result->results[i].rules[j]);
    if (count == 0)
        return;
    pe_buf_adds(out, "\n### ");
    pe_words_add(out, lang, PE_W_HEAD_UNKNOWN, (const char *[]){pe_page_number(count).text}, 1);
    pe_buf_addc(out, '\n');
    add_controls(out, result, is_unknown, lang);
}

/* ---- the table ---- */

static void add_row(struct pe_buf *out, const struct pe_control_result *control, enum pe_lang lang)
{
    pe_buf_printf(out, "| %s %s | ", pe_page_status_mark(control->status),
                  pe_words_status(lang, control->status));
    pe_markup_add_code(out, control->control->id);
    pe_buf_adds(out, " | ");
    pe_markup_add(out, pe_text_in(control->control->title, lang));
    pe_buf_printf(out, " | %s | %s |\n", pe_words_severity(lang, control->severity),
                  pe_words_owner(lang, control->owner));
}

void pe_markdown_table(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    if (result->result_count == 0)
        return;
    pe_buf_printf(out, "\n### %s\n\n", pe_words(lang, PE_W_HEAD_CONTROLS));
    pe_buf_printf(out, "| %s | %s | %s | %s | %s |\n", pe_words(lang, PE_W_STATUS),
                  pe_words(lang, PE_W_CLAUSE), pe_words(lang, PE_W_CONTROL),
                  pe_words(lang, PE_W_SEVERITY), pe_words(lang, PE_W_OWNER));
    pe_buf_adds(out, "| --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < result->result_count; i++)
        add_row(out, &result->results[i], lang);
}
