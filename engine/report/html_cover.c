/* html_cover.c: verdict and counts at a glance, who is responsible for what, problems. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/html_out.h"

#include <string.h>

#include "report/point.h"
#include "report/problems.h"

enum { BAR_UNITS = 1000 };

static size_t total_of(const size_t by_status[PE_STATUS_COUNT])
{
    size_t total = 0;

    for (size_t i = 0; i < PE_STATUS_COUNT; i++)
        total += by_status[i];
    return total;
}

/* ---- the cover ---- */

/* A picture without words: the numbers stand below it. A style attribute would be refused by the
 * page's own policy, attributes of SVG are not. */
static void add_bar(struct pe_html *html, const size_t by_status[PE_STATUS_COUNT])
{
    size_t total = total_of(by_status), sum = 0, from = 0, to;

    if (total == 0)
        return;
    pe_buf_printf(html->out,
                  "<svg class=\"bar\" viewBox=\"0 0 %d 10\" preserveAspectRatio=\"none\" "
                  "aria-hidden=\"true\" focusable=\"false\">",
                  BAR_UNITS);
    for (size_t i = PE_STATUS_COUNT; i-- > 0;) {
        sum += by_status[i];
        to = sum * BAR_UNITS / total;
        if (to > from)
            pe_buf_printf(html->out, "<rect class=\"%s\" x=\"%zu\" width=\"%zu\" height=\"10\"/>",
                          pe_html_class((enum pe_status)i), from, to - from);
        from = to;
    }
    pe_html_raw(html, "</svg>\n");
}

/* One for each status, the worst first; the ones that did not occur are pale. */
static void add_tiles(struct pe_html *html, const size_t by_status[PE_STATUS_COUNT])
{
    pe_html_raw(html, "<ul class=\"tiles\">\n");
    for (size_t i = PE_STATUS_COUNT; i-- > 0;) {
        pe_buf_printf(html->out, "<li class=\"%s%s\"><b>%zu</b> ", pe_html_class((enum pe_status)i),
                      by_status[i] == 0 ? " zero" : "", by_status[i]);
        pe_html_words(html, PE_W_STATUS_NOT_APPLICABLE + i, NULL, 0);
        pe_html_raw(html, "</li>\n");
    }
    pe_html_raw(html, "</ul>\n");
}

static void add_name(struct pe_html *html)
{
    const struct pe_result *result = html->result;

    pe_buf_printf(html->out, "<h2 id=\"s%zu\">", html->number);
    if (result->tenant == NULL)
        pe_html_words(html, PE_W_TENANT_UNKNOWN, NULL, 0);
    else
        pe_html_text(html, result->tenant);
    if (result->service != NULL) {
        pe_html_raw(html, " <small>");
        pe_html_text(html, result->service);
        pe_html_raw(html, "</small>");
    }
    pe_html_raw(html, "</h2>\n");
}

static void open_fact(struct pe_html *html, enum pe_word label)
{
    pe_html_raw(html, "<div><dt>");
    pe_html_words(html, label, NULL, 0);
    pe_html_raw(html, "</dt><dd>");
}

static void close_fact(struct pe_html *html)
{
    pe_html_raw(html, "</dd></div>\n");
}

static void add_as_of(struct pe_html *html)
{
    const struct pe_result *result = html->result;
    struct pe_buf safe = {0};

    pe_html_add(&safe, &html->scratch, result->as_of);
    open_fact(html, PE_W_LABEL_AS_OF);
    if (result->as_of == NULL)
        pe_html_words(html, PE_W_AS_OF_NONE, NULL, 0);
    else if (result->as_of_given)
        pe_html_words(html, PE_W_AS_OF_GIVEN, (const char *[]){safe.data}, 1);
    else
        pe_html_text(html, result->as_of);
    close_fact(html);
    pe_page_drop(html->out, &safe);
}

static void add_options(struct pe_html *html)
{
    const struct pe_strings *options = &html->result->options;

    if (options->count == 0 && html->result->service == NULL)
        return;
    open_fact(html, PE_W_LABEL_OPTIONS);
    for (size_t i = 0; i < options->count; i++) {
        pe_html_raw(html, i > 0 ? ", " : "");
        pe_html_text(html, options->items[i]);
    }
    if (options->count == 0)
        pe_html_words(html, PE_W_OPTIONS_NONE, NULL, 0);
    close_fact(html);
}

/* How many rules ended how, and what those that passed rest on. */
static void add_rules(struct pe_html *html)
{
    const struct pe_counts *rules = &html->result->rules;

    open_fact(html, PE_W_LABEL_RULES);
    pe_html_counts(html, rules->by_status);
    if (rules->passed_by_basis[PE_ATTESTED] > 0) {
        pe_html_raw(html, "<br>");
        pe_html_number(html, PE_W_REST_ATTESTED, rules->passed_by_basis[PE_ATTESTED]);
    }
    if (rules->passed_by_basis[PE_ACCEPTED_CLAIM] > 0) {
        pe_html_raw(html, "<br>");
        pe_html_number(html, PE_W_REST_CLAIMED, rules->passed_by_basis[PE_ACCEPTED_CLAIM]);
    }
    close_fact(html);
}

static void add_file(struct pe_html *html)
{
    pe_html_raw(html, "<div class=\"wide\"><dt>");
    pe_html_words(html, PE_W_LABEL_SNAPSHOT, NULL, 0);
    pe_html_raw(html, "</dt><dd>");
    pe_html_text(html, html->result->file);
    pe_buf_printf(html->out, "<br><code class=\"digest\">sha256:%s</code>", html->result->sha256);
    close_fact(html);
}

void pe_html_cover(struct pe_html *html)
{
    const struct pe_result *result = html->result;
    enum pe_status status = result->passed ? PE_PASS : PE_FAIL;

    pe_buf_printf(html->out, "<header class=\"cover %s\">\n<p class=\"verdict\">",
                  pe_html_class(status));
    pe_html_words(html, result->passed ? PE_W_VERDICT_PASS : PE_W_VERDICT_FAIL, NULL, 0);
    pe_html_raw(html, "</p>\n");
    add_name(html);
    if (result->result_count == 0)
        pe_html_paragraph(html, NULL, PE_W_HTML_CONTROLS_NONE);
    else if (!result->passed && (result->controls.by_status[PE_PASS] == 0 ||
                                 (pe_point_lacks_reason(result) && result->gate_remark_count == 0)))
        pe_html_paragraph(html, NULL, PE_W_CLOSE_NOTHING);
    add_bar(html, result->controls.by_status);
    add_tiles(html, result->controls.by_status);
    pe_html_raw(html, "<dl class=\"facts\">\n");
    add_as_of(html);
    add_options(html);
    add_rules(html);
    add_file(html);
    pe_html_raw(html, "</dl>\n</header>\n");
}

/* ---- the matrix ---- */

static void add_chip(struct pe_html *html, const struct pe_control_result *control)
{
    pe_buf_printf(html->out, "<li><a class=\"chip %s\" href=\"#", pe_html_class(control->status));
    pe_html_control_id(html, (size_t)(control - html->result->results));
    pe_html_raw(html, "\">");
    pe_html_text(html, control->control->id);
    pe_html_raw(html, " <span class=\"sr\">");
    pe_html_words(html, PE_W_STATUS_NOT_APPLICABLE + control->status, NULL, 0);
    pe_html_raw(html, "</span></a></li>\n");
}

static void add_cell(struct pe_html *html, enum pe_severity severity, enum pe_owner owner)
{
    size_t count = 0;

    pe_html_raw(html, "<td>");
    for (size_t i = 0; i < html->result->result_count; i++) {
        const struct pe_control_result *control = &html->result->results[i];
        if (control->severity != severity || control->owner != owner)
            continue;
        if (count++ == 0)
            pe_html_raw(html, "<ul class=\"chips\">\n");
        add_chip(html, control);
    }
    pe_html_raw(html, count > 0 ? "</ul></td>\n" : "</td>\n");
}

static void add_row(struct pe_html *html, enum pe_severity severity)
{
    pe_html_raw(html, "<tr><th scope=\"row\">");
    pe_html_words(html, PE_W_SEVERITY_LOW + severity, NULL, 0);
    pe_html_raw(html, "</th>\n");
    for (int owner = 0; owner < PE_OWNER_COUNT; owner++)
        add_cell(html, severity, (enum pe_owner)owner);
    pe_html_raw(html, "</tr>\n");
}

static void add_totals(struct pe_html *html)
{
    pe_html_raw(html, "<tr class=\"sum\"><th scope=\"row\">");
    pe_html_words(html, PE_W_HTML_TOTAL, NULL, 0);
    pe_html_raw(html, "</th>\n");
    for (int owner = 0; owner < PE_OWNER_COUNT; owner++) {
        pe_html_raw(html, "<td>");
        pe_html_counts(html, html->result->controls.by_owner[owner]);
        pe_html_raw(html, "</td>\n");
    }
    pe_html_raw(html, "</tr>\n");
}

void pe_html_matrix(struct pe_html *html)
{
    if (html->result->result_count == 0)
        return;
    pe_html_raw(html, "<section>\n");
    pe_html_heading(html, 3, "matrix", PE_W_HTML_MATRIX, 0);
    pe_html_raw(html, "<table class=\"matrix\">\n<thead><tr><th scope=\"col\">");
    pe_html_words(html, PE_W_SEVERITY, NULL, 0);
    pe_html_raw(html, "</th>\n");
    for (int owner = 0; owner < PE_OWNER_COUNT; owner++) {
        pe_html_raw(html, "<th scope=\"col\">");
        pe_html_words(html, PE_W_OWNER_PROVIDER + owner, NULL, 0);
        pe_html_raw(html, "</th>\n");
    }
    pe_html_raw(html, "</tr></thead>\n<tbody>\n");
    for (int severity = PE_SEVERITY_COUNT; severity-- > 0;)
        add_row(html, (enum pe_severity)severity);
    add_totals(html);
    pe_html_raw(html, "</tbody>\n</table>\n</section>\n");
}

/* ---- problems of the snapshot ---- */

/* count: of those that differ only in the element that they are about. */
static void add_problem(struct pe_html *html, const struct pe_problem *problem, size_t count)
{
    bool warning = problem->warning;

    pe_html_raw(html, warning ? "<li class=\"warning\"><p><strong>" : "<li><p><strong>");
    pe_html_words(html, warning ? PE_W_PROBLEM_WARNING : PE_W_PROBLEM_ERROR, NULL, 0);
    pe_html_raw(html, "</strong> ");
    pe_html_prose(html, problem->message);
    if (count > 1)
        pe_html_number(html, PE_W_MORE_ALIKE, count - 1);
    pe_html_raw(html, " ");
    pe_html_prose(html, problem->hint);
    pe_html_raw(html, "</p>\n");
    pe_html_place(html, problem->place, problem->pointer);
    pe_html_raw(html, "</li>\n");
}

/* Errors, warnings, and behind them many nulls. Returns whether there are errors. */
static bool add_problems(struct pe_html *html)
{
    const struct pe_result *result = html->result;
    bool nulls_aside = pe_problems_nulls(result).count > 0, errors = nulls_aside;
    struct pe_arena arena = {0};
    size_t count;
    const struct pe_problem_kind *kinds = pe_problems_kinds(result, &arena, &count);

    for (size_t i = 0; i < count; i++) {
        errors |= !kinds[i].first->warning;
        add_problem(html, kinds[i].first, kinds[i].count);
    }
    for (size_t i = 0; nulls_aside && i < result->problem_count; i++)
        if (result->problems[i].null)
            add_problem(html, &result->problems[i], 1);
    html->out->failed |= pe_arena_failed(&arena);
    pe_arena_release(&arena);
    return errors;
}

void pe_html_problems(struct pe_html *html)
{
    const struct pe_result *result = html->result;
    size_t total = result->problem_total;
    bool errors;

    if (total < result->problem_count)
        total = result->problem_count;
    if (total == 0)
        return;
    pe_html_raw(html, "<section>\n");
    pe_html_heading(html, 3, "problems", PE_W_HEAD_PROBLEMS, total);
    pe_html_raw(html, "<ul class=\"problems\">\n");
    errors = add_problems(html);
    if (total > result->problem_count) {
        pe_html_raw(html, "<li>");
        pe_html_number(html, PE_W_MORE_PROBLEMS, total - result->problem_count);
        pe_html_raw(html, "</li>\n");
    }
    pe_html_raw(html, "</ul>\n");
    if (errors)
        pe_html_paragraph(html, NULL, PE_W_READS_AS_ABSENT);
    pe_html_raw(html, "</section>\n");
}
