/* doc_control.c: a control on the reference page: what it is, its parameters, its rules. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/doc_page.h"

#include <string.h>

/* "severity: high", with what is written to the page behind it. */
static void add_label(struct pe_doc *doc, enum pe_word label)
{
    pe_doc_word(doc, label);
    pe_doc_word(doc, PE_W_COLON);
}

static void add_head(struct pe_doc *doc, const struct pe_control *control)
{
    const struct pe_strings *references = &control->references;

    pe_doc_heading(doc, 3);
    pe_doc_text(doc, control->id);
    pe_buf_addc(doc->out, ' ');
    pe_doc_text(doc, pe_text_in(control->title, doc->lang));
    pe_doc_paragraph(doc);
    pe_buf_adds(doc->out, "- ");
    pe_words_add(doc->out, doc->lang, PE_W_SEVERITY_OWNER,
                 (const char *[]){pe_words_severity(doc->lang, control->severity),
                                  pe_words_owner(doc->lang, control->owner)},
                 2);
    pe_buf_adds(doc->out, "\n");
    for (size_t i = 0; i < references->count; i++) {
        if (i == 0) {
            pe_buf_adds(doc->out, "- ");
            add_label(doc, PE_W_REFERENCES);
        } else {
            pe_doc_word(doc, PE_W_COMMA);
        }
        pe_doc_text(doc, references->items[i]);
    }
    pe_buf_adds(doc->out, references->count > 0 ? "\n" : "");
    if (control->tags.count > 0) {
        pe_buf_adds(doc->out, "- ");
        add_label(doc, PE_W_TAGS);
        pe_doc_codes(doc, &control->tags);
        pe_buf_adds(doc->out, "\n");
    }
    pe_buf_adds(doc->out, "\n");
}

/* ---- parameters ---- */

/* "at least 1, at most 10", or the words that it may be. */
static void add_bounds(struct pe_doc *doc, const struct pe_param *param)
{
    if (param->min != NULL)
        pe_words_add(doc->out, doc->lang, PE_W_AT_LEAST, &param->min, 1);
    if (param->min != NULL && param->max != NULL)
        pe_doc_word(doc, PE_W_COMMA);
    if (param->max != NULL)
        pe_words_add(doc->out, doc->lang, PE_W_AT_MOST, &param->max, 1);
    pe_doc_codes(doc, &param->one_of);
}

static void add_param(struct pe_doc *doc, const struct pe_param *param)
{
    pe_doc_cell(doc);
    pe_doc_code(doc, param->name);
    pe_doc_cell(doc);
    pe_doc_word(doc, pe_words_param_type(param->type));
    pe_doc_cell(doc);
    if (param->default_ == NULL)
        pe_doc_word(doc, PE_W_DEFAULT_NONE);
    pe_doc_code(doc, param->default_);
    pe_doc_cell(doc);
    add_bounds(doc, param);
    pe_doc_cell(doc);
    pe_doc_text(doc, pe_text_in(param->unit, doc->lang));
    pe_doc_cell(doc);
    pe_doc_text(doc, pe_text_in(param->doc, doc->lang));
    pe_doc_cell(doc);
    pe_doc_text(doc, pe_text_in(param->source, doc->lang));
    pe_doc_end_row(doc);
}

static void add_params(struct pe_doc *doc, const struct pe_control *control)
{
    static const enum pe_word head[] = {PE_W_PARAMETER,  PE_W_DOC_TYPE, PE_W_DEFAULT,
                                        PE_W_DOC_BOUNDS, PE_W_DOC_UNIT, PE_W_DOC_MEANING,
                                        PE_W_DOC_SOURCE};

    if (control->param_count == 0)
        return;
    pe_doc_table(doc, head, sizeof head / sizeof head[0]);
    for (size_t i = 0; i < control->param_count; i++)
        add_param(doc, &control->params[i]);
    pe_buf_adds(doc->out, "\n");
}

/* ---- rules ---- */

/* Severity and owner only where they are not the control's. */
static void add_rule(struct pe_doc *doc, const struct pe_control *control,
                     const struct pe_rule *rule)
{
    pe_doc_cell(doc);
    pe_doc_code(doc, rule->id);
    pe_doc_cell(doc);
    pe_doc_text(doc, rule->ref);
    pe_doc_cell(doc);
    pe_doc_text(doc, pe_text_in(rule->title, doc->lang));
    pe_doc_cell(doc);
    if (rule->severity != control->severity)
        pe_buf_adds(doc->out, pe_words_severity(doc->lang, rule->severity));
    pe_doc_cell(doc);
    if (rule->owner != control->owner)
        pe_buf_adds(doc->out, pe_words_owner(doc->lang, rule->owner));
    pe_doc_cell(doc);
    pe_doc_text(doc, pe_text_in(rule->fix, doc->lang));
    pe_doc_end_row(doc);
}

static void add_rules(struct pe_doc *doc, const struct pe_control *control)
{
    static const enum pe_word head[] = {PE_W_RULE,     PE_W_DOC_NUMBER, PE_W_DOC_DEMAND,
                                        PE_W_SEVERITY, PE_W_OWNER,      PE_W_FIX};

    pe_doc_table(doc, head, sizeof head / sizeof head[0]);
    for (size_t i = 0; i < control->rule_count; i++)
        add_rule(doc, control, &control->rules[i]);
    pe_buf_adds(doc->out, "\n");
}

void pe_doc_add_control(struct pe_doc *doc, const struct pe_control *control)
{
    add_head(doc, control);
    add_params(doc, control);
    add_rules(doc, control);
}
