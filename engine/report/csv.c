/* csv.c: a row a finding, or a rule without one, for spreadsheets (RFC 4180).
 *
 * A spreadsheet takes a cell that begins with = + - @ for a formula, which can run programs and
 * send what it finds to others (CWE-1236). Such a cell gets an apostrophe before it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include <string.h>

#include "base/escape.h"
#include "report/issue.h"
#include "words.h"

enum { CELL_BYTES = 32000 }; /* Excel holds 32,767 characters */

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

struct row {
    struct pe_buf *out;
    enum pe_lang lang;
    size_t cells;
};

/* The full-width forms too, which Japanese versions of Excel take for the same; blanks before it
 * may be dropped. */
static bool begins_formula(const char *text)
{
    static const char *const signs[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};

    while (*text == ' ' || strncmp(text, "　", strlen("　")) == 0)
        text += *text == ' ' ? 1 : strlen("　");
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (strncmp(text, signs[i], strlen(signs[i])) == 0)
            return true;
    }
    return false;
}

/* As many bytes as a cell holds, whole code points. */
static size_t limit(const char *text)
{
    size_t length = strlen(text);

    if (length <= CELL_BYTES)
        return length;
    for (length = CELL_BYTES; ((unsigned char)text[length] & 0xC0) == 0x80;)
        length--;
    return length;
}

/* A text that was made safe. */
static void add_safe(struct row *row, const char *text)
{
    size_t length = limit(text);

    pe_buf_adds(row->out, row->cells++ == 0 ? "\"" : ",\"");
    pe_buf_adds(row->out, begins_formula(text) ? "'" : "");
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"')
            pe_buf_addc(row->out, '"');
        pe_buf_addc(row->out, text[i]);
    }
    pe_buf_adds(row->out, text[length] == '\0' ? "" : "…");
    pe_buf_addc(row->out, '"');
}

static void add_cell(struct row *row, const char *text)
{
    struct pe_buf safe = {0};

    pe_escape_adds(&safe, text);
    add_safe(row, safe.data == NULL ? "" : safe.data);
    row->out->failed = row->out->failed || safe.failed;
    pe_buf_release(&safe);
}

static void add_text(struct row *row, struct pe_text text)
{
    add_cell(row, pe_text_in(text, row->lang));
}

/* A number is no formula, and a place that is nowhere is empty. */
static void add_number(struct row *row, size_t number, bool known)
{
    pe_buf_adds(row->out, row->cells++ == 0 ? "" : ",");
    if (known)
        pe_buf_printf(row->out, "%zu", number);
}

/* Takes what was put together of harmful parts too. */
static void take(struct row *row, struct pe_buf *text)
{
    add_cell(row, text->data == NULL ? "" : text->data);
    row->out->failed = row->out->failed || text->failed;
    pe_buf_release(text);
}

static void end_row(struct row *row)
{
    pe_buf_adds(row->out, "\r\n");
    row->cells = 0;
}

/* ---- cells ---- */

static void add_rule(struct row *row, const struct pe_issue *issue)
{
    const struct pe_result *result = issue->result;
    const struct pe_control *control = issue->control->control;
    const struct pe_rule_result *rule = issue->rule;
    struct pe_buf name = {0};

    add_cell(row, result->file);
    add_cell(row, result->tenant);
    add_cell(row, result->service);
    add_cell(row, result->as_of);
    add_cell(row, control->pack);
    add_cell(row, control->id);
    add_text(row, control->title);
    pe_issue_add_rule_name(&name, result, issue->control, rule);
    take(row, &name);
    add_cell(row, rule->rule->ref);
    add_text(row, rule->rule->title);
    add_cell(row, pe_owner_word(rule->owner));
    add_cell(row, pe_severity_word(rule->severity));
    add_cell(row, pe_status_word(rule->status));
    add_cell(row, pe_basis_word(rule->basis));
    add_text(row, rule->reason);
}

static void add_finding(struct row *row, const struct pe_issue *issue)
{
    const struct pe_finding *finding = issue->finding;
    struct pe_place place = pe_issue_place(issue);
    struct pe_buf message = {0};

    add_cell(row, finding == NULL ? "" : pe_status_word(finding->status));
    add_text(row, finding == NULL ? (struct pe_text){0} : finding->subject);
    if (issue->uncounted > 0) {
        pe_issue_add_message(&message, issue, row->lang);
        take(row, &message);
    } else {
        add_text(row, finding == NULL ? (struct pe_text){0} : finding->message);
    }
    add_cell(row, pe_issue_pointer(issue));
    add_cell(row, finding == NULL ? NULL : finding->value);
    add_number(row, place.line, place.line > 0);
    add_number(row, place.column, place.line > 0);
}

/* "/a/b = 1 (3:4); /c (absent) (5:6)" */
static void add_evidence(struct row *row, const struct pe_rule_result *rule)
{
    struct pe_buf text = {0};

    for (size_t i = 0; i < rule->evidence_count && text.length <= CELL_BYTES; i++) {
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

static void add_references(struct row *row, struct pe_strings references)
{
    struct pe_buf text = {0};

    for (size_t i = 0; i < references.count; i++) {
        pe_buf_adds(&text, i == 0 ? "" : "; ");
        pe_buf_adds(&text, references.items[i]);
    }
    take(row, &text);
}

/* The real status of the rule, and who answers for it until when. */
static void add_waiver(struct row *row, const struct pe_issue *issue)
{
    const struct pe_waiver none = {0}, *w = issue->waiver == NULL ? &none : issue->waiver;
    bool waived = issue->rule->status == PE_WAIVED;

    add_cell(row, waived ? pe_status_word(issue->rule->original) : "");
    add_cell(row, w->id);
    add_cell(row, w->reason);
    add_cell(row, w->owner);
    add_cell(row, w->approver);
    add_cell(row, w->expires);
    add_cell(row, w->zone);
}

static void add_row(struct row *row, const struct pe_issue *issue)
{
    add_rule(row, issue);
    add_finding(row, issue);
    add_text(row, issue->rule->rule->fix);
    add_number(row, issue->rule->evidence_total, true);
    add_evidence(row, issue->rule);
    add_references(row, issue->control->control->references);
    add_waiver(row, issue);
    end_row(row);
}

/* ---- rows ---- */

static void add_rows(struct row *row, struct pe_issue issue)
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

static void add_result(struct row *row, const struct pe_result *result)
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
    struct row row = {.out = buf, .lang = style->lang};

    pe_buf_adds(buf, style->lang == PE_JA ? "\xEF\xBB\xBF" : "");
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        add_cell(&row, columns[i]);
    end_row(&row);
    for (size_t i = 0; i < run->count; i++)
        add_result(&row, &run->results[i]);
    return pe_buf_failed(buf) ? pe_err_memory(err) : 0;
}

const struct pe_report pe_report_csv = {
    .name = "csv",
    .render = render,
    .summary = "for spreadsheets: a row a finding, or a rule without one",
};
