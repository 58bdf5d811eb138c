/* markdown_waiver.c: why the gate is closed, what is waived, and which waivers need a look. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/markdown_part.h"

#include "report/markup.h"
#include "report/section.h"

enum { SHOWN_FINDINGS = 50 };

static void add_heading(struct pe_buf *out, enum pe_lang lang, enum pe_word word, size_t count)
{
    pe_buf_adds(out, "\n### ");
    pe_words_add(out, lang, word, (const char *[]){pe_page_number(count).text}, 1);
    pe_buf_adds(out, "\n\n");
}

void pe_markdown_gate(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    if (result->gate_remark_count == 0)
        return;
    add_heading(out, lang, PE_W_HEAD_GATE, result->gate_remark_count);
    for (size_t i = 0; i < result->gate_remark_count; i++) {
        pe_buf_adds(out, "- ");
        pe_markup_add(out, pe_text_in(result->gate_remarks[i].message, lang));
        pe_buf_addc(out, '\n');
    }
}

/* ---- a rule ---- */

/* "9.2.3 portal-allow-list title: FAIL without its waiver" */
static void add_head(struct pe_buf *out, const struct pe_control_result *control,
                     const struct pe_rule_result *rule, enum pe_lang lang)
{
    pe_buf_printf(out, "- **%s** ", pe_words_status(lang, rule->status));
    pe_markup_add_code(out, control->control->id);
    pe_buf_addc(out, ' ');
    pe_markup_add_code(out, rule->rule->id);
    pe_buf_addc(out, ' ');
    pe_markup_add(out, pe_text_in(rule->rule->title, lang));
    pe_buf_adds(out, pe_words(lang, PE_W_COLON));
    if (rule->waiver->whole)
        pe_words_add(out, lang, PE_W_WAIVED_FROM,
                     (const char *[]){pe_words_status(lang, rule->original)}, 1);
    else
        pe_words_add(out, lang, PE_W_WAIVED_PARTLY,
                     (const char *[]){pe_page_number(rule->waiver->covered).text,
                                      pe_page_number(rule->finding_total).text},
                     2);
    pe_buf_addc(out, '\n');
}

static void add_finding(struct pe_buf *out, const struct pe_result *result,
                        const struct pe_finding *finding, const struct pe_waiver *waiver,
                        enum pe_lang lang)
{
    struct pe_buf message = {0}, id = {0};

    pe_markup_add_code(&message, pe_text_in(finding->subject, lang));
    pe_buf_adds(&message, message.length > 0 ? " " : "");
    pe_markup_add(&message, pe_text_in(finding->message, lang));
    pe_markup_add_code(&id, waiver == NULL ? NULL : waiver->id);
    pe_buf_printf(out, "  - %s%s", pe_words_status(lang, finding->status),
                  pe_words(lang, PE_W_COLON));
    pe_words_add(out, lang, waiver == NULL ? PE_W_NOT_COVERED : PE_W_COVERED_BY,
                 (const char *[]){message.data, id.data}, 2);
    pe_markdown_place(out, result, finding->place, finding->pointer);
    pe_buf_addc(out, '\n');
    pe_page_drop(out, &message);
    pe_page_drop(out, &id);
}

static void add_findings(struct pe_buf *out, const struct pe_result *result,
                         const struct pe_rule_result *rule, enum pe_lang lang)
{
    size_t shown = rule->finding_count < SHOWN_FINDINGS ? rule->finding_count : SHOWN_FINDINGS;

    for (size_t i = 0; i < shown; i++)
        add_finding(out, result, &rule->findings[i], rule->waiver->of_finding[i], lang);
    if (rule->finding_count == 0) {
        pe_buf_printf(out, "  - %s%s", pe_words_status(lang, rule->original),
                      pe_words(lang, PE_W_COLON));
        pe_markup_add(out, pe_text_in(rule->reason, lang));
        pe_buf_addc(out, '\n');
    }
    if (rule->finding_total <= shown)
        return;
    pe_buf_adds(out, "  - ");
    pe_words_add(out, lang, PE_W_MORE_FINDINGS,
                 (const char *[]){pe_page_number(rule->finding_total - shown).text}, 1);
    pe_buf_addc(out, '\n');
}

static void add_waiver(struct pe_buf *out, const struct pe_waiver *waiver, enum pe_lang lang)
{
    const char *const texts[] = {waiver->reason, waiver->owner, waiver->approver, waiver->expires,
                                 waiver->zone};
    struct pe_buf safe[5] = {{0}}, id = {0};
    const char *args[5];

    for (size_t i = 0; i < 5; i++) {
        pe_markup_add(&safe[i], texts[i]);
        args[i] = safe[i].data;
    }
    pe_markup_add_code(&id, waiver->id);
    pe_buf_adds(out, "  - ");
    pe_words_add(out, lang, PE_W_WAIVED_BY, (const char *[]){id.data}, 1);
    pe_words_add(out, lang, PE_W_WAIVED_UNTIL, args, 5);
    pe_buf_addc(out, '\n');
    for (size_t i = 0; i < 5; i++)
        pe_page_drop(out, &safe[i]);
    pe_page_drop(out, &id);
}

static void add_rule(struct pe_buf *out, const struct pe_result *result,
                     const struct pe_control_result *control, const struct pe_rule_result *rule,
                     enum pe_lang lang)
{
    add_head(out, control, rule, lang);
    add_findings(out, result, rule, lang);
    for (size_t i = 0; i < rule->waiver->by_count; i++)
        add_waiver(out, rule->waiver->by[i], lang);
}

/* ---- all ---- */

static bool is_shown(const struct pe_rule_result *rule, bool whole)
{
    return rule->waiver != NULL && rule->waiver->whole == whole;
}

static void add_rules(struct pe_buf *out, const struct pe_result *result, bool whole,
                      enum pe_lang lang)
{
    size_t count = 0;

    for (size_t i = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count; j++)
            count += is_shown(&result->results[i].rules[j], whole);
    if (count == 0)
        return;
    add_heading(out, lang, whole ? PE_W_HEAD_WAIVED : PE_W_HEAD_PARTLY_WAIVED, count);
    for (size_t i = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count; j++)
            if (is_shown(&result->results[i].rules[j], whole))
                add_rule(out, result, &result->results[i], &result->results[i].rules[j], lang);
}

static void add_remark(struct pe_buf *out, const struct pe_waiver_uses *waivers,
                       const struct pe_waiver *waiver, const struct pe_remark *remark,
                       enum pe_lang lang)
{
    struct pe_buf where = {0};

    pe_buf_printf(&where, "%s:%lu:%lu", waivers->file, (unsigned long)waiver->line,
                  (unsigned long)waiver->column);
    pe_buf_adds(out, "- ");
    pe_markup_add_code(out, where.data);
    pe_buf_addc(out, ' ');
    pe_markup_add_code(out, waiver->id);
    pe_buf_adds(out, pe_words(lang, PE_W_COLON));
    pe_markup_add(out, pe_text_in(remark->message, lang));
    pe_buf_addc(out, '\n');
    pe_page_drop(out, &where);
}

static void add_remarks(struct pe_buf *out, const struct pe_waiver_uses *waivers, enum pe_lang lang)
{
    size_t count = 0;

    for (size_t i = 0; i < waivers->count; i++)
        count += waivers->items[i].remark_count;
    if (count == 0)
        return;
    add_heading(out, lang, PE_W_HEAD_WAIVER_REMARKS, count);
    for (size_t i = 0; i < waivers->count; i++)
        for (size_t j = 0; j < waivers->items[i].remark_count; j++)
            add_remark(out, waivers, waivers->items[i].waiver, &waivers->items[i].remarks[j], lang);
}

void pe_markdown_waivers(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    if (result->waivers == NULL)
        return;
    add_rules(out, result, true, lang);
    add_rules(out, result, false, lang);
    add_remarks(out, result->waivers, lang);
}
