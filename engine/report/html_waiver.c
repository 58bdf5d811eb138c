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
    pe_html_heading(html, 3, "gate", PE_W_HTML_GATE, 0);
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
        pe_html_raw(html, "</p>\n<ul class=\"problems\">\n");
        for (size_t i = 0; i < result->gate_remark_count; i++) {
            pe_html_raw(html, "<li>");
            pe_html_prose(html, result->gate_remarks[i].message);
            pe_html_raw(html, "</li>\n");
        }
        pe_html_raw(html, "</ul>\n");
    }
    pe_html_raw(html, "</section>\n");
}

/* ---- a rule ---- */

/* The waivers that cover it, which the table below tells of. */
static void add_ids(struct pe_html *html, const struct pe_rule_waiver *waiver)
{
    struct pe_buf ids = {0};

    for (size_t i = 0; i < waiver->by_count; i++) {
        pe_buf_adds(&ids, i == 0 ? "<code>" : ", <code>");
        pe_html_add(&ids, &html->scratch, waiver->by[i]->id);
        pe_buf_adds(&ids, "</code>");
    }
    pe_html_raw(html, " ");
    pe_html_words(html, PE_W_HTML_WAIVER_BY, (const char *[]){ids.data}, 1);
    pe_page_drop(html->out, &ids);
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
    if (waiver != NULL)
        add_ids(html, waiver);
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

    pe_html_raw(html, "<ul class=\"rules-waived\">\n");
    for (size_t i = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count; j++)
            if (is_shown(&result->results[i].rules[j], whole))
                add_rule(html, &result->results[i], &result->results[i].rules[j]);
    pe_html_raw(html, "</ul>\n");
}

/* What needs a look stands in the table beside the waiver. */
static void add_table(struct pe_html *html, const struct pe_waiver_uses *waivers)
{
    size_t remarks = 0;

    for (size_t i = 0; i < waivers->count; i++)
        remarks += waivers->items[i].remark_count;
    if (waivers->count == 0)
        return;
    pe_html_heading(html, 4, NULL, PE_W_HTML_WAIVERS, waivers->count);
    if (remarks > 0) {
        pe_html_raw(html, "<p>");
        pe_html_number(html, PE_W_HEAD_WAIVER_REMARKS, remarks);
        pe_html_raw(html, "</p>\n");
    }
    pe_html_waiver_table(html);
}

static void add_file(struct pe_html *html, const struct pe_waiver_uses *waivers)
{
    struct pe_buf file = {0};
    size_t used = pe_section_waivers_used(waivers);

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
        add_table(html, result->waivers);
    pe_html_raw(html, "</section>\n");
}
