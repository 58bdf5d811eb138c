/* section_table.c: an aligned line a control. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include "base/escape.h"
#include "base/width.h"

enum { GAP = 2, LEAST_TITLE = 12, MOST_ID = 24, LEAST_DETAIL = 8 };

/* Columns of a table whose first is the mark. */
struct table {
    size_t status, id, title, severity, owner, detail;
};

static void widen(size_t *column, size_t width)
{
    if (width > *column)
        *column = width;
}

static size_t measure(struct pe_page *page, const char *untrusted)
{
    pe_escape_add_prose(pe_page_scratch(page), untrusted);
    return pe_width(pe_page_text(page));
}

/* "9 rules, 48 values read", "2 failed, 1 unknown of 9 rules", or the reason why not. */
static void add_detail(struct pe_page *page, struct pe_buf *out,
                       const struct pe_control_result *control)
{
    size_t by_status[PE_STATUS_COUNT] = {0}, values = 0;
    struct pe_buf counts = {0};

    for (size_t i = 0; i < control->rule_count; i++) {
        by_status[control->rules[i].status]++;
        values += control->rules[i].evidence_total;
    }
    if (control->status == PE_NOT_APPLICABLE) {
        pe_escape_adds(out, pe_text_in(control->reason, page->lang));
        return;
    }
    if (control->status == PE_PASS) {
        pe_words_add(
            out, page->lang, PE_W_ROW_PASSED,
            (const char *[]){pe_page_number(by_status[PE_PASS]).text, pe_page_number(values).text},
            2);
        return;
    }
    by_status[PE_NOT_APPLICABLE] = 0;
    pe_words_add_counts(&counts, page->lang, by_status);
    pe_words_add(out, page->lang, PE_W_PLAIN, (const char *[]){counts.data}, 1);
    pe_page_drop(out, &counts);
}

/* The widths that the words ask for. */
static struct table measure_words(struct pe_page *page, const struct pe_result *result)
{
    struct table table = {.detail = LEAST_DETAIL};

    for (size_t i = 0; i < result->result_count; i++) {
        const struct pe_control_result *control = &result->results[i];
        widen(&table.status, pe_width(pe_words_status(page->lang, control->status)));
        widen(&table.id, measure(page, control->control->id));
        widen(&table.title, measure(page, pe_text_in(control->control->title, page->lang)));
        widen(&table.severity, pe_width(pe_words_severity(page->lang, control->severity)));
        widen(&table.owner, pe_width(pe_words_owner(page->lang, control->owner)));
        add_detail(page, pe_page_scratch(page), control);
        if (control->status != PE_NOT_APPLICABLE)
            widen(&table.detail, pe_width(pe_page_text(page)));
    }
    table.id = table.id > MOST_ID ? MOST_ID : table.id;
    return table;
}

/* The title gets what the others leave, and the detail what the title leaves. A page too narrow for
 * both has no titles: they stand above. */
static struct table measure_table(struct pe_page *page, const struct pe_result *result)
{
    struct table table = measure_words(page, result);
    size_t fixed = 4 + table.status + table.id + table.severity + table.owner + 4 * GAP;
    size_t left = page->columns > fixed ? page->columns - fixed : 0;
    size_t behind = table.detail + GAP;

    if (left < behind + LEAST_TITLE)
        table.title = 0;
    else if (left - behind < table.title)
        table.title = left - behind;
    left -= table.title == 0 ? 0 : table.title + GAP;
    table.detail = left > LEAST_DETAIL ? left : LEAST_DETAIL;
    return table;
}

/* Adds a cell, cut or padded to its column, and the gap. */
static void add_cell(struct pe_page *page, const char *safe, size_t columns)
{
    size_t used = pe_width_add_cut(page->out, safe, columns);

    pe_buf_fill(page->out, ' ', columns - used + GAP);
}

static void add_untrusted_cell(struct pe_page *page, const char *text, size_t columns)
{
    pe_escape_add_prose(pe_page_scratch(page), text);
    add_cell(page, pe_page_text(page), columns);
}

static void add_row(struct pe_page *page, const struct table *table,
                    const struct pe_control_result *control)
{
    enum pe_colour colour = pe_page_status_colour(control->status);

    pe_buf_adds(page->out, "  ");
    pe_buf_adds(page->out, pe_page_on(page, colour));
    pe_buf_adds(page->out, pe_page_status_mark(control->status));
    pe_buf_addc(page->out, ' ');
    add_cell(page, pe_words_status(page->lang, control->status), table->status);
    pe_buf_adds(page->out, pe_page_off(page, colour));
    add_untrusted_cell(page, control->control->id, table->id);
    if (table->title > 0)
        add_untrusted_cell(page, pe_text_in(control->control->title, page->lang), table->title);
    add_cell(page, pe_words_severity(page->lang, control->severity), table->severity);
    add_cell(page, pe_words_owner(page->lang, control->owner), table->owner);
    add_detail(page, pe_page_scratch(page), control);
    pe_width_add_cut(page->out, pe_page_text(page), table->detail);
    pe_page_end(page);
}

void pe_section_table(struct pe_page *page, const struct pe_result *result)
{
    struct table table = measure_table(page, result);

    if (result->result_count == 0)
        return;
    pe_page_heading(page, PE_W_HEAD_CONTROLS, NULL, 0);
    for (size_t i = 0; i < result->result_count; i++)
        add_row(page, &table, &result->results[i]);
}
