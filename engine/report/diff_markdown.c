/* diff_markdown.c: a comparison as a page for merge requests and job summaries. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/escape.h"
#include "report/diff.h"
#include "report/markup.h"

enum { SHOWN_ROWS = 200, SHOWN_POINTERS = 3 };

static void add_cell(struct pe_buf *out)
{
    pe_buf_adds(out, " | ");
}

static const char *status_of(enum pe_lang lang, const struct pe_rule_result *rule)
{
    return rule == NULL ? pe_words(lang, PE_W_DIFF_NOT_JUDGED)
                        : pe_words_status(lang, rule->status);
}

/* What came with it: the first new finding, else where values differ. */
static void add_what(struct pe_buf *out, const struct pe_change *change, enum pe_lang lang)
{
    struct pe_buf list = {0};
    size_t shown = 0;

    if (change->added_count > 0) {
        pe_markup_add(out, pe_text_in(change->added[0]->message, lang));
        if (change->added_count > 1) {
            pe_buf_addc(out, ' ');
            pe_words_add(out, lang, PE_W_MORE_FINDINGS,
                         (const char *[]){pe_page_number(change->added_count - 1).text}, 1);
        }
        return;
    }
    for (; shown < change->pointers.count && shown < SHOWN_POINTERS; shown++) {
        pe_buf_adds(&list, shown == 0 ? "" : ", ");
        pe_markup_add_code(&list, change->pointers.items[shown]);
    }
    if (change->pointer_total > shown)
        pe_words_add(out, lang, PE_W_AND_MORE,
                     (const char *[]){list.data == NULL ? "" : list.data,
                                      pe_page_number(change->pointer_total - shown).text},
                     2);
    else if (list.data != NULL)
        pe_buf_adds(out, list.data);
    pe_page_drop(out, &list);
}

static void add_row(struct pe_buf *out, const struct pe_change *change, enum pe_lang lang)
{
    const struct pe_rule_result *rule = change->after != NULL ? change->after : change->before;
    struct pe_buf name = {0};

    pe_buf_printf(&name, "%s/%s", change->control->control->id, rule->rule->id);
    pe_buf_adds(out, "| ");
    pe_markup_add_code(out, name.data);
    pe_page_drop(out, &name);
    add_cell(out);
    pe_markup_add(out, pe_text_in(rule->rule->title, lang));
    add_cell(out);
    pe_buf_adds(out, status_of(lang, change->before));
    add_cell(out);
    pe_buf_adds(out, status_of(lang, change->after));
    add_cell(out);
    pe_buf_adds(out, pe_words_severity(lang, rule->severity));
    add_cell(out);
    pe_buf_adds(out, pe_words_owner(lang, rule->owner));
    add_cell(out);
    add_what(out, change, lang);
    pe_buf_adds(out, " |\n");
}

static void add_table_head(struct pe_buf *out, enum pe_lang lang)
{
    const enum pe_word heads[] = {PE_W_RULE,     PE_W_TITLE, PE_W_BEFORE, PE_W_AFTER,
                                  PE_W_SEVERITY, PE_W_OWNER, PE_W_CHANGES};
    size_t count = sizeof heads / sizeof heads[0];

    pe_buf_addc(out, '\n');
    for (size_t i = 0; i < count; i++)
        pe_buf_printf(out, "| %s ", pe_words(lang, heads[i]));
    pe_buf_adds(out, "|\n");
    for (size_t i = 0; i < count; i++)
        pe_buf_adds(out, "| --- ");
    pe_buf_adds(out, "|\n");
}

static void add_class(struct pe_buf *out, const struct pe_comparison *comparison,
                      enum pe_change_class class_, enum pe_lang lang)
{
    size_t count = comparison->by_class[class_], shown = 0;

    if (count == 0)
        return;
    pe_buf_adds(out, "\n### ");
    pe_words_add(out, lang, pe_diff_head(class_), (const char *[]){pe_page_number(count).text}, 1);
    pe_buf_addc(out, '\n');
    add_table_head(out, lang);
    for (size_t i = 0; i < comparison->change_count && shown < SHOWN_ROWS; i++) {
        if (comparison->changes[i].class_ != class_)
            continue;
        add_row(out, &comparison->changes[i], lang);
        shown++;
    }
    if (count <= shown)
        return;
    pe_buf_addc(out, '\n');
    pe_words_add(out, lang, PE_W_MORE_PROBLEMS,
                 (const char *[]){pe_page_number(count - shown).text}, 1);
    pe_buf_addc(out, '\n');
}

static void add_comparison(struct pe_buf *out, const struct pe_comparison *comparison,
                           const struct pe_style *style)
{
    const struct pe_result *after = comparison->after;

    pe_buf_adds(out, "\n## ");
    pe_markup_add_code(out, after->tenant == NULL ? after->file : after->tenant);
    pe_buf_adds(out, "\n\n");
    pe_diff_add_counts(out, style->lang, comparison);
    pe_buf_addc(out, '\n');
    for (unsigned i = 0; i < PE_CHANGE_COUNT && !style->quiet; i++)
        add_class(out, comparison, (enum pe_change_class)i, style->lang);
}

void pe_diff_markdown(const struct pe_diff *diff, const struct pe_style *style, struct pe_buf *out)
{
    pe_buf_adds(out, "# policyeval diff: ");
    pe_words_add(out, style->lang, pe_diff_verdict(diff),
                 (const char *[]){pe_page_number(pe_diff_worse(diff)).text}, 1);
    pe_buf_adds(out, "\n\n- ");
    pe_markup_add_code(out, diff->before_file);
    pe_buf_printf(out, " `sha256:%.16s`\n- ", diff->before_sha256);
    pe_markup_add_code(out, diff->after_file);
    pe_buf_printf(out, " `sha256:%.16s`\n", diff->after_sha256);
    for (size_t i = 0; i < diff->count; i++)
        add_comparison(out, &diff->comparisons[i], style);
    for (size_t i = 0; i < diff->alone_count; i++) {
        const struct pe_result *result = diff->alone[i];
        struct pe_buf file = {0}, name = {0};
        pe_markup_add_code(&file, i < diff->alone_before ? diff->before_file : diff->after_file);
        pe_markup_add_code(&name, result->tenant == NULL ? result->file : result->tenant);
        pe_buf_adds(out, "\n- ");
        pe_words_add(out, style->lang, PE_W_DIFF_ALONE,
                     (const char *[]){file.data == NULL ? "" : file.data,
                                      name.data == NULL ? "" : name.data},
                     2);
        pe_buf_addc(out, '\n');
        pe_page_drop(out, &file);
        pe_page_drop(out, &name);
    }
}
