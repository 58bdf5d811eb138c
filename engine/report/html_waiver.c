/* html_waiver.c: what was asked of the gate and closes it, what was waived, and by whom. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/html_out.h"

#include "report/section.h"

/* ---- the gate ---- */

void pe_html_gate(struct pe_html *html)
{
    const struct pe_result *result = html->result;

    if (result->gate == NULL)
        return;
    pe_html_raw(html, "<section>\n");
    pe_html_heading(html, 3, NULL, PE_W_LABEL_GATE, 0);
    pe_html_raw(html, "<p>");
    for (int lang = PE_EN; lang <= PE_JA; lang++) {
        pe_html_raw(html, lang == PE_EN ? "<span lang=en>" : "<span lang=ja>");
        pe_section_add_gate(html->out, (enum pe_lang)lang, result);
        pe_html_raw(html, "</span>");
    }
    pe_html_raw(html, "</p>\n");
    if (result->gate_remark_count > 0) {
        pe_html_raw(html, "<p>");
        pe_html_number(html, PE_W_HEAD_GATE, result->gate_remark_count);
        pe_html_raw(html, "</p>\n<ul>\n");
        for (size_t i = 0; i < result->gate_remark_count; i++) {
            pe_html_raw(html, "<li>");
            pe_html_prose(html, result->gate_remarks[i].message);
            pe_html_raw(html, "</li>\n");
        }
        pe_html_raw(html, "</ul>\n");
    }
    pe_html_raw(html, "</section>\n");
}

/* ---- a waiver ---- */

/* "waiver EX-1: The branch moves (owner ..., approved by ..., until the end of ...)" */
static void add_waiver(struct pe_html *html, const struct pe_waiver *waiver)
{
    const char *const texts[] = {waiver->id,       waiver->reason,  waiver->owner,
                                 waiver->approver, waiver->expires, waiver->zone};
    struct pe_buf safe[6] = {{0}};
    const char *args[6];

    for (size_t i = 0; i < 6; i++) {
        pe_html_add(&safe[i], &html->scratch, texts[i]);
        args[i] = safe[i].data;
    }
    pe_html_raw(html, "<li>");
    pe_html_words(html, PE_W_WAIVED_BY, args, 1);
    pe_html_words(html, PE_W_WAIVED_UNTIL, args + 1, 5);
    pe_html_raw(html, "</li>\n");
    for (size_t i = 0; i < 6; i++)
        pe_page_drop(html->out, &safe[i]);
}

static void add_rule(struct pe_html *html, const struct pe_control_result *control,
                     const struct pe_rule_result *rule)
{
    const struct pe_rule_waiver *waiver = rule->waiver;

    pe_html_raw(html, "<li>");
    pe_html_badge(html, rule->original);
    pe_html_raw(html, " ");
    pe_html_rule_link(html, control, rule);
    pe_html_raw(html, " ");
    pe_html_prose(html, rule->reason);
    if (waiver != NULL && !waiver->whole) {
        pe_html_raw(html, " ");
        pe_html_words(html, PE_W_WAIVED_PARTLY,
                      (const char *[]){pe_page_number(waiver->covered).text,
                                       pe_page_number(rule->finding_total).text},
                      2);
    }
    if (waiver != NULL) {
        pe_html_raw(html, "\n<ul>\n");
        for (size_t i = 0; i < waiver->by_count; i++)
            add_waiver(html, waiver->by[i]);
        pe_html_raw(html, "</ul>\n");
    }
    pe_html_raw(html, "</li>\n");
}

/* ---- all ---- */

static bool is_shown(const struct pe_rule_result *rule, bool whole)
{
    return whole ? rule->status == PE_WAIVED : rule->waiver != NULL && !rule->waiver->whole;
}

static size_t count_rules(const struct pe_result *result, bool whole)
{
    size_t count = 0;

    for (size_t i = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count; j++)
            count += is_shown(&result->results[i].rules[j], whole);
    return count;
}

static void add_rules(struct pe_html *html, bool whole)
{
    const struct pe_result *result = html->result;

    pe_html_raw(html, "<ul>\n");
    for (size_t i = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count; j++)
            if (is_shown(&result->results[i].rules[j], whole))
                add_rule(html, &result->results[i], &result->results[i].rules[j]);
    pe_html_raw(html, "</ul>\n");
}

static void add_use(struct pe_html *html, const struct pe_waiver_use *use)
{
    for (size_t i = 0; i < use->remark_count; i++) {
        pe_html_raw(html, "<li><code>");
        pe_html_text(html, use->waiver->id);
        pe_html_raw(html, "</code> ");
        pe_html_prose(html, use->remarks[i].message);
        pe_html_raw(html, "</li>\n");
    }
}

static void add_remarks(struct pe_html *html, const struct pe_waiver_uses *waivers)
{
    size_t count = 0;

    for (size_t i = 0; i < waivers->count; i++)
        count += waivers->items[i].remark_count;
    if (count == 0)
        return;
    pe_html_heading(html, 4, NULL, PE_W_HEAD_WAIVER_REMARKS, count);
    pe_html_raw(html, "<ul>\n");
    for (size_t i = 0; i < waivers->count; i++)
        add_use(html, &waivers->items[i]);
    pe_html_raw(html, "</ul>\n");
}

static void add_file(struct pe_html *html, const struct pe_waiver_uses *waivers)
{
    struct pe_buf file = {0};
    size_t used = 0;

    for (size_t i = 0; i < waivers->count; i++)
        used += waivers->items[i].state == PE_WAIVER_IN_EFFECT;
    pe_html_add(&file, &html->scratch, waivers->file);
    pe_html_raw(html, "<p>");
    pe_html_words(html, waivers->other_tenants > 0 ? PE_W_WAIVERS_OTHERS : PE_W_WAIVERS_FILE,
                  (const char *[]){pe_page_number(used).text, pe_page_number(waivers->count).text,
                                   file.data, waivers->sha256,
                                   pe_page_number(waivers->other_tenants).text},
                  5);
    pe_html_raw(html, "</p>\n");
    pe_page_drop(html->out, &file);
}

void pe_html_waived(struct pe_html *html)
{
    const struct pe_result *result = html->result;
    size_t partly = count_rules(result, false);

    pe_html_raw(html, "<section>\n");
    pe_html_heading(html, 3, "waived", PE_W_HTML_WAIVED, result->rules.by_status[PE_WAIVED]);
    if (result->waivers != NULL)
        add_file(html, result->waivers);
    if (result->rules.by_status[PE_WAIVED] == 0)
        pe_html_paragraph(html, NULL, PE_W_HTML_WAIVED_NONE);
    else
        add_rules(html, true);
    if (partly > 0) {
        pe_html_heading(html, 4, NULL, PE_W_HEAD_PARTLY_WAIVED, partly);
        add_rules(html, false);
    }
    if (result->waivers != NULL)
        add_remarks(html, result->waivers);
    pe_html_raw(html, "</section>\n");
}
