/* html_control.c: what failed, with its frames and remediation; then every control with all its
 * rules, passes with their evidence. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/html_out.h"

#include <stdlib.h>

/* ---- a rule ---- */

/* "portal-allow-list  severity: high, responsible: customer  attested"; the second only where the
 * control's do not stand beside it, or are others. */
static void add_meta(struct pe_html *html, const struct pe_control_result *beside,
                     const struct pe_rule_result *rule)
{
    pe_html_raw(html, "<p class=\"meta\"><code>");
    pe_html_text(html, rule->rule->id);
    pe_html_raw(html, "</code> ");
    if (beside == NULL || beside->severity != rule->severity || beside->owner != rule->owner)
        pe_html_severity_owner(html, rule->severity, rule->owner);
    if (rule->basis != PE_MEASURED) {
        pe_html_raw(html, " <em>");
        pe_html_words(html, PE_W_BASIS_MEASURED + rule->basis, NULL, 0);
        pe_html_raw(html, "</em>");
    }
    pe_html_raw(html, "</p>\n");
}

static void add_reason(struct pe_html *html, const struct pe_rule_result *rule)
{
    if (pe_text_in(rule->reason, PE_EN)[0] == '\0')
        return;
    pe_html_raw(html, "<p>");
    pe_html_prose(html, rule->reason);
    pe_html_raw(html, "</p>\n");
}

static void add_fix(struct pe_html *html, const struct pe_rule_result *rule)
{
    if (rule->status == PE_ERROR || pe_text_in(rule->rule->fix, PE_EN)[0] == '\0')
        return;
    pe_html_raw(html, "<div class=\"fix\"><b>");
    pe_html_words(html, PE_W_FIX, NULL, 0);
    pe_html_raw(html, "</b> ");
    pe_html_prose(html, rule->rule->fix);
    pe_html_raw(html, "</div>\n");
}

static void open_rule(struct pe_html *html, const char *tag,
                      const struct pe_control_result *control, const struct pe_rule_result *rule)
{
    pe_buf_printf(html->out, "<%s class=\"rule %s of-%s\" id=\"", tag, pe_html_class(rule->status),
                  pe_owner_word(rule->owner));
    pe_html_control_id(html, (size_t)(control - html->result->results));
    pe_buf_printf(html->out, "-r%zu\">\n", (size_t)(rule - control->rules) + 1);
}

static void add_original(struct pe_html *html, const struct pe_rule_result *rule)
{
    if (rule->original == rule->status)
        return;
    pe_html_raw(html, "<p>");
    for (int lang = PE_EN; lang <= PE_JA; lang++) {
        pe_html_raw(html, lang == PE_EN ? "<span lang=en>" : "<span lang=ja>");
        pe_words_add(html->out, (enum pe_lang)lang, PE_W_HTML_INSTEAD_OF,
                     (const char *[]){pe_words_status((enum pe_lang)lang, rule->original)}, 1);
        pe_html_raw(html, "</span>");
    }
    pe_html_raw(html, "</p>\n");
}

/* Whether the findings say why the rule ended as it did: an error comes on top of them. */
static bool tells_why(const struct pe_rule_result *rule)
{
    for (size_t i = 0; i < rule->finding_count; i++)
        if (rule->findings[i].status == PE_ERROR)
            return true;
    return rule->finding_count > 0 && rule->status != PE_ERROR;
}

/* ---- what failed ---- */

static void add_failed_rule(struct pe_html *html, const struct pe_control_result *control,
                            const struct pe_rule_result *rule)
{
    open_rule(html, "div", control, rule);
    pe_html_raw(html, "<h5>");
    pe_html_badge(html, rule->status);
    pe_html_raw(html, " ");
    pe_html_prose(html, rule->rule->title);
    pe_html_raw(html, "</h5>\n");
    add_meta(html, NULL, rule);
    if (!tells_why(rule))
        add_reason(html, rule);
    pe_html_findings(html, rule, true);
    pe_html_notes(html, rule);
    add_fix(html, rule);
    pe_html_evidence(html, rule);
    pe_html_raw(html, "</div>\n");
}

/* "<span class="clause">9.2.3</span> Management of ..." */
static void add_title(struct pe_html *html, const struct pe_control_result *control)
{
    pe_html_raw(html, "<span class=\"clause\">");
    pe_html_text(html, control->control->id);
    pe_html_raw(html, "</span> ");
    pe_html_prose(html, control->control->title);
}

static void add_failed_control(struct pe_html *html, const struct pe_control_result *control)
{
    pe_html_raw(html, "<section class=\"control\" id=\"");
    pe_html_control_id(html, (size_t)(control - html->result->results));
    pe_html_raw(html, "\">\n<h4>");
    add_title(html, control);
    pe_html_raw(html, "</h4>\n");
    for (size_t i = 0; i < control->rule_count; i++) {
        if (pe_html_is_finding(&control->rules[i]))
            add_failed_rule(html, control, &control->rules[i]);
    }
    pe_html_raw(html, "</section>\n");
}

/* A control with findings, and what it is sorted by. */
struct entry {
    const struct pe_control_result *control;
    enum pe_severity severity; /* the worst of its rules that failed */
};

static int compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;

    if (a->severity != b->severity)
        return a->severity > b->severity ? -1 : 1;
    return a->control < b->control ? -1 : a->control > b->control;
}

static enum pe_severity find_worst(const struct pe_control_result *control)
{
    enum pe_severity worst = PE_LOW;

    for (size_t i = 0; i < control->rule_count; i++) {
        if (pe_html_is_finding(&control->rules[i]) && control->rules[i].severity > worst)
            worst = control->rules[i].severity;
    }
    return worst;
}

int pe_html_failed(struct pe_html *html, struct pe_err *err)
{
    const struct pe_result *result = html->result;
    struct entry *entries = calloc(result->result_count + 1, sizeof *entries);
    size_t count = 0;

    if (entries == NULL)
        return pe_err_memory(err);
    for (size_t i = 0; i < result->result_count; i++) {
        if (pe_html_has_finding(&result->results[i]))
            entries[count++] = (struct entry){&result->results[i], find_worst(&result->results[i])};
    }
    qsort(entries, count, sizeof *entries, compare);
    pe_html_raw(html, "<section class=\"failed\">\n");
    pe_html_heading(html, 3, "findings", PE_W_HEAD_FINDINGS, count);
    if (count == 0)
        pe_html_paragraph(html, NULL, PE_W_HTML_FINDINGS_NONE);
    for (size_t i = 0; i < count; i++)
        add_failed_control(html, entries[i].control);
    pe_html_raw(html, "</section>\n");
    free(entries);
    return 0;
}

/* ---- every control ---- */

/* A rule that is told above has its id there. */
static void add_told_rule(struct pe_html *html, const struct pe_control_result *control,
                          const struct pe_rule_result *rule)
{
    pe_buf_printf(html->out, "<li class=\"rule %s of-%s\"><p>", pe_html_class(rule->status),
                  pe_owner_word(rule->owner));
    pe_html_badge(html, rule->status);
    pe_html_raw(html, " ");
    pe_html_prose(html, rule->rule->title);
    pe_html_raw(html, " <a href=\"#");
    pe_html_control_id(html, (size_t)(control - html->result->results));
    pe_buf_printf(html->out, "-r%zu\">", (size_t)(rule - control->rules) + 1);
    pe_html_words(html, PE_W_HTML_SEE_FINDING, NULL, 0);
    pe_html_raw(html, "</a></p></li>\n");
}

static void add_rule(struct pe_html *html, const struct pe_control_result *control,
                     const struct pe_rule_result *rule)
{
    open_rule(html, "li", control, rule);
    pe_html_raw(html, "<p>");
    pe_html_badge(html, rule->status);
    pe_html_raw(html, " ");
    pe_html_prose(html, rule->rule->title);
    pe_html_raw(html, "</p>\n");
    add_meta(html, control, rule);
    add_original(html, rule);
    if (!tells_why(rule))
        add_reason(html, rule);
    pe_html_findings(html, rule, false);
    pe_html_notes(html, rule);
    pe_html_evidence(html, rule);
    pe_html_raw(html, "</li>\n");
}

static void count_rules(const struct pe_control_result *control, size_t by_status[PE_STATUS_COUNT])
{
    for (size_t i = 0; i < control->rule_count; i++)
        by_status[control->rules[i].status]++;
}

static void add_summary(struct pe_html *html, const struct pe_control_result *control)
{
    size_t by_status[PE_STATUS_COUNT] = {0};

    count_rules(control, by_status);
    pe_html_raw(html, "<summary>");
    pe_html_badge(html, control->status);
    pe_html_raw(html, " <span class=\"name\">");
    add_title(html, control);
    pe_html_raw(html, "</span> <span class=\"meta\">");
    pe_html_severity_owner(html, control->severity, control->owner);
    pe_html_raw(html, " <span class=\"counts\">");
    pe_html_counts(html, by_status);
    pe_html_raw(html, "</span></span></summary>\n");
}

static void add_references(struct pe_html *html, const struct pe_control *control)
{
    if (control->references.count == 0)
        return;
    pe_html_raw(html, "<p class=\"meta\">");
    for (size_t i = 0; i < control->references.count; i++) {
        pe_html_raw(html, i > 0 ? " · " : "");
        pe_html_text(html, control->references.items[i]);
    }
    pe_html_raw(html, "</p>\n");
}

/* The id is inside, so that a link to it unfolds the control. */
static void open_body(struct pe_html *html, const struct pe_control_result *control)
{
    pe_html_raw(html, "<div class=\"body\"");
    if (!pe_html_has_finding(control)) {
        pe_html_raw(html, " id=\"");
        pe_html_control_id(html, (size_t)(control - html->result->results));
        pe_html_raw(html, "\"");
    }
    pe_html_raw(html, ">\n");
}

static void add_control(struct pe_html *html, const struct pe_control_result *control)
{
    pe_buf_printf(html->out, "<details class=\"control %s\">", pe_html_class(control->status));
    add_summary(html, control);
    open_body(html, control);
    add_references(html, control->control);
    pe_html_raw(html, "<ul class=\"rules\">\n");
    for (size_t i = 0; i < control->rule_count; i++) {
        if (pe_html_is_finding(&control->rules[i]))
            add_told_rule(html, control, &control->rules[i]);
        else
            add_rule(html, control, &control->rules[i]);
    }
    pe_html_raw(html, "</ul></div></details>\n");
}

void pe_html_controls(struct pe_html *html)
{
    if (html->result->result_count == 0)
        return;
    pe_html_raw(html, "<section class=\"all\">\n");
    pe_html_heading(html, 3, "controls", PE_W_HEAD_CONTROLS, html->result->result_count);
    for (size_t i = 0; i < html->result->result_count; i++)
        add_control(html, &html->result->results[i]);
    pe_html_raw(html, "</section>\n");
}
