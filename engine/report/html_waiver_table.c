/* html_waiver_table.c: the waivers of a run as a table: what each is about, who answers, what of
 * it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/html_out.h"

#include <string.h>

/* The column's name is in each cell too, for a narrow screen shows a row as a list. */
static void open_cell(struct pe_html *html, enum pe_word name)
{
    pe_html_raw(html, "<td><b>");
    pe_html_words(html, name, NULL, 0);
    pe_html_raw(html, "</b> ");
}

static void add_text_cell(struct pe_html *html, enum pe_word name, const char *text)
{
    open_cell(html, name);
    pe_html_text(html, text);
    pe_html_raw(html, "</td>\n");
}

/* ---- the rule ---- */

static bool is_of(const struct pe_control_result *control, const struct pe_waiver *waiver)
{
    return strcmp(control->control->id, waiver->control) == 0;
}

/* A link where it was judged. */
static bool add_rule_link(struct pe_html *html, const struct pe_waiver *waiver)
{
    const struct pe_result *result = html->result;

    for (size_t i = 0; i < result->result_count && waiver->rule != NULL; i++)
        for (size_t j = 0; is_of(&result->results[i], waiver) && j < result->results[i].rule_count;
             j++)
            if (strcmp(result->results[i].rules[j].rule->id, waiver->rule) == 0) {
                pe_html_rule_link(html, &result->results[i], &result->results[i].rules[j]);
                return true;
            }
    return false;
}

static void add_rule(struct pe_html *html, const struct pe_waiver *waiver)
{
    open_cell(html, PE_W_RULE);
    if (!add_rule_link(html, waiver)) {
        pe_html_text(html, waiver->control);
        pe_html_raw(html, waiver->rule == NULL ? " " : "/");
        pe_html_text(html, waiver->rule);
    }
    if (waiver->rule == NULL)
        pe_html_words(html, PE_W_HTML_WAIVER_ALL_RULES, NULL, 0);
    pe_html_raw(html, "</td>\n");
}

/* ---- the scope ---- */

static void add_part(struct pe_html *html, enum pe_word name, const char *text)
{
    if (text == NULL)
        return;
    pe_html_raw(html, "<br>");
    pe_html_words(html, name, NULL, 0);
    pe_html_raw(html, " <code>");
    pe_html_text(html, text);
    pe_html_raw(html, "</code>");
}

static void add_scope(struct pe_html *html, const struct pe_waiver *waiver)
{
    bool scoped = waiver->pointer != NULL || waiver->subject != NULL || waiver->value != NULL;

    open_cell(html, PE_W_HTML_WAIVER_SCOPE);
    if (waiver->fail)
        pe_html_badge(html, PE_FAIL);
    if (waiver->unknown)
        pe_html_badge(html, PE_UNKNOWN);
    add_part(html, PE_W_HTML_WAIVER_POINTER, waiver->pointer);
    add_part(html, PE_W_HTML_WAIVER_SUBJECT, waiver->subject);
    add_part(html, PE_W_HTML_WAIVER_VALUE, waiver->value);
    if (!scoped) {
        pe_html_raw(html, "<br>");
        pe_html_words(html, PE_W_HTML_WAIVER_ALL, NULL, 0);
    }
    pe_html_raw(html, "</td>\n");
}

/* ---- what of it ---- */

static enum pe_word word_of(enum pe_waiver_state state)
{
    static const enum pe_word words[] = {[PE_WAIVER_IN_EFFECT] = PE_W_HTML_WAIVER_IN_EFFECT,
                                         [PE_WAIVER_UNUSED] = PE_W_HTML_WAIVER_UNUSED,
                                         [PE_WAIVER_EXPIRED] = PE_W_HTML_WAIVER_EXPIRED,
                                         [PE_WAIVER_NO_TIME] = PE_W_HTML_WAIVER_NO_TIME,
                                         [PE_WAIVER_NO_TARGET] = PE_W_HTML_WAIVER_NO_TARGET,
                                         [PE_WAIVER_NOT_JUDGED] = PE_W_HTML_WAIVER_NOT_JUDGED};

    return words[state];
}

static enum pe_status tone_of(const struct pe_waiver_use *use)
{
    if (use->state == PE_WAIVER_IN_EFFECT)
        return PE_WAIVED;
    return use->state == PE_WAIVER_NOT_JUDGED ? PE_NOT_APPLICABLE : PE_UNKNOWN;
}

static void add_state(struct pe_html *html, const struct pe_waiver_use *use)
{
    open_cell(html, PE_W_HTML_WAIVER_STATE);
    pe_buf_printf(html->out, "<span class=\"badge %s\">", pe_html_class(tone_of(use)));
    pe_html_words(html, word_of(use->state), NULL, 0);
    pe_html_raw(html, "</span>");
    if (use->state == PE_WAIVER_IN_EFFECT) {
        pe_html_raw(html, "<br>");
        pe_html_words(
            html, PE_W_HTML_WAIVER_COVERS,
            (const char *[]){pe_page_number(use->findings).text, pe_page_number(use->rules).text},
            2);
    }
    for (size_t i = 0; i < use->remark_count; i++) {
        pe_html_raw(html, "<br><small>");
        pe_html_prose(html, use->remarks[i].message);
        pe_html_raw(html, "</small>");
    }
    pe_html_raw(html, "</td>\n");
}

/* ---- all ---- */

static void add_row(struct pe_html *html, const struct pe_waiver_use *use)
{
    const struct pe_waiver *waiver = use->waiver;

    pe_html_raw(html, "<tr><th scope=\"row\"><code>");
    pe_html_text(html, waiver->id);
    pe_html_raw(html, "</code></th>\n");
    add_rule(html, waiver);
    add_scope(html, waiver);
    add_text_cell(html, PE_W_HTML_WAIVER_REASON, waiver->reason);
    add_text_cell(html, PE_W_HTML_WAIVER_OWNER, waiver->owner);
    add_text_cell(html, PE_W_HTML_WAIVER_APPROVER, waiver->approver);
    open_cell(html, PE_W_HTML_WAIVER_EXPIRES);
    pe_html_text(html, waiver->expires);
    pe_html_raw(html, " <small>");
    pe_html_text(html, waiver->zone);
    pe_html_raw(html, "</small></td>\n");
    add_state(html, use);
    pe_html_raw(html, "</tr>\n");
}

void pe_html_waiver_table(struct pe_html *html)
{
    const enum pe_word head[] = {PE_W_HTML_WAIVER_ID,      PE_W_RULE,
                                 PE_W_HTML_WAIVER_SCOPE,   PE_W_HTML_WAIVER_REASON,
                                 PE_W_HTML_WAIVER_OWNER,   PE_W_HTML_WAIVER_APPROVER,
                                 PE_W_HTML_WAIVER_EXPIRES, PE_W_HTML_WAIVER_STATE};
    const struct pe_waiver_uses *waivers = html->result->waivers;

    pe_html_raw(html, "<table class=\"waivers\">\n<thead><tr>");
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++) {
        pe_html_raw(html, "<th scope=\"col\">");
        pe_html_words(html, head[i], NULL, 0);
        pe_html_raw(html, "</th>");
    }
    pe_html_raw(html, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < waivers->count; i++)
        add_row(html, &waivers->items[i]);
    pe_html_raw(html, "</tbody>\n</table>\n");
}
