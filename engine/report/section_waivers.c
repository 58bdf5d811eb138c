/* section_waivers.c: what is waived, in whole or in part, and which waivers need a look. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include "base/escape.h"

enum { SHOWN_FINDINGS = 10 };

static bool is_shown(const struct pe_rule_result *rule, bool whole)
{
    return rule->waiver != NULL && rule->waiver->whole == whole;
}

/* ---- a rule ---- */

static void add_rule_head(struct pe_page *page, const struct pe_control_result *control,
                          const struct pe_rule_result *rule)
{
    struct pe_buf lead = {0}, *line;

    pe_buf_printf(&lead, "%s %s  ", pe_page_status_mark(rule->status),
                  pe_words_status(page->lang, rule->status));
    line = pe_page_scratch(page);
    pe_section_add_rule(line, control, rule);
    pe_buf_adds(line, "  ");
    pe_escape_add_prose(line, pe_text_in(rule->rule->title, page->lang));
    pe_page_wrap(page, 2, lead.data, pe_page_status_colour(rule->status), pe_page_text(page));
    pe_page_drop(page->out, &lead);
}

/* What it would be without, and whose it is. */
static void add_original(struct pe_page *page, const struct pe_rule_result *rule)
{
    struct pe_buf first = {0};

    if (rule->waiver->whole)
        pe_words_add(&first, page->lang, PE_W_WAIVED_FROM,
                     (const char *[]){pe_words_status(page->lang, rule->original)}, 1);
    else
        pe_words_add(&first, page->lang, PE_W_WAIVED_PARTLY,
                     (const char *[]){pe_page_number(rule->waiver->covered).text,
                                      pe_page_number(rule->finding_total).text},
                     2);
    pe_buf_adds(&first, pe_words(page->lang, PE_W_COMMA));
    pe_words_add(pe_page_scratch(page), page->lang, PE_W_SEVERITY_OWNER,
                 (const char *[]){pe_words_severity(page->lang, rule->severity),
                                  pe_words_owner(page->lang, rule->owner)},
                 2);
    pe_buf_adds(&first, pe_page_text(page));
    pe_page_wrap(page, 4, "", PE_PLAIN, first.data == NULL ? "" : first.data);
    pe_page_drop(page->out, &first);
}

static void add_finding(struct pe_page *page, const struct pe_result *result,
                        const struct pe_finding *finding, const struct pe_waiver *waiver)
{
    const char *subject = pe_text_in(finding->subject, page->lang);
    struct pe_buf message = {0}, id = {0};

    pe_escape_adds(&message, subject);
    if (subject[0] != '\0')
        pe_buf_adds(&message, pe_words(page->lang, PE_W_COLON));
    pe_escape_adds(&message, pe_text_in(finding->message, page->lang));
    pe_escape_adds(&id, waiver == NULL ? NULL : waiver->id);
    pe_words_add(pe_page_scratch(page), page->lang,
                 waiver == NULL ? PE_W_NOT_COVERED : PE_W_COVERED_BY,
                 (const char *[]){message.data, id.data}, 2);
    pe_page_wrap(page, 4, "- ", PE_PLAIN, pe_page_text(page));
    pe_page_drop(page->out, &message);
    pe_page_drop(page->out, &id);
    pe_section_location(page, 6, result, finding->place, finding->pointer);
}

static void add_findings(struct pe_page *page, const struct pe_result *result,
                         const struct pe_rule_result *rule)
{
    size_t shown = rule->finding_count < SHOWN_FINDINGS ? rule->finding_count : SHOWN_FINDINGS;

    for (size_t i = 0; i < shown; i++)
        add_finding(page, result, &rule->findings[i], rule->waiver->of_finding[i]);
    if (rule->finding_count == 0)
        pe_page_paragraph(page, 4, "- ", PE_PLAIN, pe_text_in(rule->reason, page->lang));
    if (rule->finding_total <= shown)
        return;
    pe_words_add(pe_page_scratch(page), page->lang, PE_W_MORE_FINDINGS,
                 (const char *[]){pe_page_number(rule->finding_total - shown).text}, 1);
    pe_page_wrap(page, 4, "", PE_PLAIN, pe_page_text(page));
}

static void add_waiver(struct pe_page *page, const struct pe_waiver *waiver)
{
    const char *const texts[] = {waiver->reason, waiver->owner, waiver->approver, waiver->expires,
                                 waiver->zone};
    struct pe_buf safe[5] = {{0}}, lead = {0}, id = {0};
    const char *args[5];

    for (size_t i = 0; i < 5; i++) {
        pe_escape_add_prose(&safe[i], texts[i]);
        args[i] = safe[i].data;
    }
    pe_escape_adds(&id, waiver->id);
    pe_words_add(&lead, page->lang, PE_W_WAIVED_BY, (const char *[]){id.data}, 1);
    pe_words_add(pe_page_scratch(page), page->lang, PE_W_WAIVED_UNTIL, args, 5);
    pe_page_wrap(page, 4, lead.data, PE_CYAN, pe_page_text(page));
    for (size_t i = 0; i < 5; i++)
        pe_page_drop(page->out, &safe[i]);
    pe_page_drop(page->out, &lead);
    pe_page_drop(page->out, &id);
}

static void add_rule(struct pe_page *page, const struct pe_result *result,
                     const struct pe_control_result *control, const struct pe_rule_result *rule)
{
    add_rule_head(page, control, rule);
    add_original(page, rule);
    add_findings(page, result, rule);
    for (size_t i = 0; i < rule->waiver->by_count; i++)
        add_waiver(page, rule->waiver->by[i]);
}

/* ---- rules ---- */

static void add_rules(struct pe_page *page, const struct pe_result *result, bool whole)
{
    size_t count = 0;

    for (size_t i = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count; j++)
            count += is_shown(&result->results[i].rules[j], whole);
    if (count == 0)
        return;
    pe_page_heading(page, whole ? PE_W_HEAD_WAIVED : PE_W_HEAD_PARTLY_WAIVED,
                    (const char *[]){pe_page_number(count).text}, 1);
    for (size_t i = 0, shown = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count; j++) {
            if (!is_shown(&result->results[i].rules[j], whole))
                continue;
            if (shown++ > 0)
                pe_page_end(page);
            add_rule(page, result, &result->results[i], &result->results[i].rules[j]);
        }
}

/* ---- remarks ---- */

static void add_remark(struct pe_page *page, const struct pe_waiver_uses *waivers,
                       const struct pe_waiver *waiver, const struct pe_remark *remark)
{
    struct pe_buf *line = pe_page_scratch(page);

    pe_escape_adds(line, waivers->file);
    pe_buf_printf(line, ":%lu:%lu: ", (unsigned long)waiver->line, (unsigned long)waiver->column);
    pe_escape_adds(line, waiver->id);
    pe_buf_adds(line, pe_words(page->lang, PE_W_COLON));
    pe_escape_adds(line, pe_text_in(remark->message, page->lang));
    pe_page_wrap(page, 2, "! ", PE_YELLOW, pe_page_text(page));
}

static void add_remarks(struct pe_page *page, const struct pe_waiver_uses *waivers)
{
    size_t count = 0;

    for (size_t i = 0; i < waivers->count; i++)
        count += waivers->items[i].remark_count;
    if (count == 0)
        return;
    pe_page_heading(page, PE_W_HEAD_WAIVER_REMARKS, (const char *[]){pe_page_number(count).text},
                    1);
    for (size_t i = 0; i < waivers->count; i++)
        for (size_t j = 0; j < waivers->items[i].remark_count; j++)
            add_remark(page, waivers, waivers->items[i].waiver, &waivers->items[i].remarks[j]);
}

void pe_section_waivers(struct pe_page *page, const struct pe_result *result)
{
    if (result->waivers == NULL)
        return;
    add_rules(page, result, true);
    add_rules(page, result, false);
    add_remarks(page, result->waivers);
}
