/* csv.c: a row a finding, or a rule without one, for spreadsheets. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include "report/csv_row.h"
#include "report/issue.h"

/* Their names are the same in both languages, as those of JSON are. */
static const char *const columns[] = {
    "file",
    "tenant",
    "service",
    "as_of",
    "pack",
    "control",
    "control_title",
    "rule",
    "ref",
    "title",
    "owner",
    "severity",
    "status",
    "basis",
    "reason",
    "finding",
    "subject",
    "message",
    "pointer",
    "value",
    "line",
    "column",
    "fix",
    "evidence_total",
    "evidence",
    "references",
    "original",
    "waiver",
    "waiver_reason",
    "waiver_owner",
    "waiver_approver",
    "waiver_expires",
    "waiver_zone",
};

static void add_text(struct pe_csv_row *row, struct pe_text text)
{
    pe_csv_cell(row, pe_text_in(text, row->lang));
}

/* Takes what was put together of harmful parts too. */
static void take(struct pe_csv_row *row, struct pe_buf *text)
{
    pe_csv_cell(row, text->data == NULL ? "" : text->data);
    row->out->failed = row->out->failed || text->failed;
    pe_buf_release(text);
}

/* ---- cells ---- */

static void add_rule(struct pe_csv_row *row, const struct pe_issue *issue)
{
    const struct pe_result *result = issue->result;
    const struct pe_control *control = issue->control->control;
    const struct pe_rule_result *rule = issue->rule;
    struct pe_buf name = {0};

    pe_csv_cell(row, result->file);
    pe_csv_cell(row, result->tenant);
    pe_csv_cell(row, result->service);
    pe_csv_cell(row, result->as_of);
    pe_csv_cell(row, control->pack);
    pe_csv_cell(row, control->id);
    add_text(row, control->title);
    pe_issue_add_rule_name(&name, result, issue->control, rule);
    take(row, &name);
    pe_csv_cell(row, rule->rule->ref);
    add_text(row, rule->rule->title);
    pe_csv_cell(row, pe_owner_word(rule->owner));
    pe_csv_cell(row, pe_severity_word(rule->severity));
    pe_csv_cell(row, pe_status_word(rule->status));
    pe_csv_cell(row, pe_basis_word(rule->basis));
    add_text(row, rule->reason);
}

static void add_finding(struct pe_csv_row *row, const struct pe_issue *issue)
{
    const struct pe_finding *finding = issue->finding;
    struct pe_place place = pe_issue_place(issue);
    struct pe_buf message = {0};

    pe_csv_cell(row, finding == NULL ? "" : pe_status_word(finding->status));
    add_text(row, finding == NULL ? (struct pe_text){0} : finding->subject);
    if (issue->uncounted > 0) {
        pe_issue_add_message(&message, issue, row->lang);
        take(row, &message);
    } else {
        add_text(row, finding == NULL ? (struct pe_text){0} : finding->message);
    }
    pe_csv_cell(row, pe_issue_pointer(issue));
    pe_csv_cell(row, finding == NULL ? NULL : finding->value);
    pe_csv_number(row, place.line, place.line > 0);
    pe_csv_number(row, place.column, place.line > 0);
}

/* "/a/b = 1 (3:4); /c (absent) (5:6)" */
static void add_evidence(struct pe_csv_row *row, const struct pe_rule_result *rule)
{
    struct pe_buf text = {0};

    for (size_t i = 0; i < rule->evidence_count && text.length <= PE_CSV_CELL_BYTES; i++) {
        const struct pe_evidence *evidence = &rule->evidence[i];
        pe_buf_printf(&text, "%s%s", i == 0 ? "" : "; ", evidence->pointer);
        if (evidence->absent)
            pe_buf_adds(&text, " (absent)");
        else if (evidence->value != NULL)
            pe_buf_printf(&text, " = %s", evidence->value);
        else
            pe_buf_printf(&text, " (%lld)", (long long)evidence->count);
        if (evidence->place.line > 0)
            pe_buf_printf(&text, " (%lu:%lu)", (unsigned long)evidence->place.line,
                          (unsigned long)evidence->place.column);
    }
    take(row, &text);
}

static void add_references(struct pe_csv_row *row, struct pe_strings references)
{
    struct pe_buf text = {0};

    for (size_t i = 0; i < references.count; i++) {
        pe_buf_adds(&text, i == 0 ? "" : "; ");
        pe_buf_adds(&text, references.items[i]);
    }
    take(row, &text);
}

/* The real status of the rule, and who answers for it until when. */
static void add_waiver(struct pe_csv_row *row, const struct pe_issue *issue)
{
    const struct pe_waiver none = {0}, *w = issue->waiver == NULL ? &none : issue->waiver;
    bool waived = issue->rule->status == PE_WAIVED;

    pe_csv_cell(row, waived ? pe_status_word(issue->rule->original) : "");
    pe_csv_cell(row, w->id);
    pe_csv_cell(row, w->reason);
    pe_csv_cell(row, w->owner);
    pe_csv_cell(row, w->approver);
    pe_csv_cell(row, w->expires);
    pe_csv_cell(row, w->zone);
}

static void add_row(struct pe_csv_row *row, const struct pe_issue *issue)
{
    add_rule(row, issue);
    add_finding(row, issue);
    add_text(row, issue->rule->rule->fix);
    pe_csv_number(row, issue->rule->evidence_total, true);
    add_evidence(row, issue->rule);
    add_references(row, issue->control->control->references);
    add_waiver(row, issue);
    pe_csv_end(row);
}

/* ---- rows ---- */

static void add_rows(struct pe_csv_row *row, struct pe_issue issue)
{
    const struct pe_rule_result *rule = issue.rule;

    for (size_t i = 0; i < rule->finding_count; i++) {
        issue.finding = &rule->findings[i];
        issue.waiver = pe_issue_waiver(rule, i);
        add_row(row, &issue);
    }
    issue.finding = NULL;
    issue.waiver = pe_issue_waiver(rule, rule->finding_count);
    if (rule->finding_total > rule->finding_count)
        issue.uncounted = rule->finding_total - rule->finding_count;
    if (rule->finding_count == 0 || issue.uncounted > 0)
        add_row(row, &issue);
}

static void add_result(struct pe_csv_row *row, const struct pe_result *result)
{
    struct pe_issue issue = {.result = result};

    for (size_t i = 0; i < result->result_count; i++) {
        issue.control = &result->results[i];
        for (size_t j = 0; j < issue.control->rule_count; j++) {
            issue.rule = &issue.control->rules[j];
            add_rows(row, issue);
        }
    }
}

/* Excel reads a file without a byte order mark as what the system was set to: Japanese is lost. */
static int render(const struct pe_run *run, const struct pe_style *style, struct pe_buf *buf,
                  struct pe_err *err)
{
    struct pe_csv_row row = {.out = buf, .lang = style->lang};

    pe_buf_adds(buf, style->lang == PE_JA ? "\xEF\xBB\xBF" : "");
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        pe_csv_cell(&row, columns[i]);
    pe_csv_end(&row);
    for (size_t i = 0; i < run->count; i++)
        add_result(&row, &run->results[i]);
    return pe_buf_failed(buf) ? pe_err_memory(err) : 0;
}

const struct pe_report pe_report_csv = {
    .name = "csv",
    .render = render,
    .summary = "for spreadsheets: a row a finding, or a rule without one",
};
