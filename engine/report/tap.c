/* tap.c: the Test Anything Protocol: a test point a rule, with what was found as YAML. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include "report/page.h"
#include "report/point.h"
#include "report/section.h"
#include "report/tap_line.h"

struct stream {
    struct pe_buf *out;
    enum pe_lang lang;
    bool several; /* snapshots: then each point names its own */
    size_t number;
};

static void begin_point(struct stream *stream, const struct pe_result *result, bool ok)
{
    pe_tap_point(stream->out, ok, ++stream->number);
    if (!stream->several)
        return;
    pe_tap_add(stream->out, result->file);
    pe_buf_addc(stream->out, ' ');
}

/* ---- diagnostics ---- */

static void add_text(struct pe_buf *out, const char *lead, const char *key, struct pe_buf *text)
{
    pe_tap_yaml_add(out, lead, key, text->data);
    pe_page_drop(out, text);
}

static void add_place(struct pe_buf *out, const struct pe_issue *issue)
{
    struct pe_place place = pe_issue_place(issue);

    pe_tap_yaml_add(out, PE_TAP_ITEM_MEMBER, "file", issue->result->file);
    if (place.line == 0)
        return;
    pe_tap_yaml_number(out, PE_TAP_ITEM_MEMBER, "line", place.line);
    pe_tap_yaml_number(out, PE_TAP_ITEM_MEMBER, "column", place.column);
}

static void add_finding(struct pe_buf *out, const struct pe_issue *issue, enum pe_lang lang)
{
    const char *pointer = pe_issue_pointer(issue);
    struct pe_buf message = {0};

    pe_issue_add_message(&message, issue, lang);
    add_text(out, PE_TAP_ITEM, "message", &message);
    if (issue->finding == NULL)
        return;
    pe_tap_yaml_add(out, PE_TAP_ITEM_MEMBER, "status", pe_status_word(issue->status));
    add_place(out, issue);
    if (pointer != NULL)
        pe_tap_yaml_add(out, PE_TAP_ITEM_MEMBER, "pointer", pointer);
    if (issue->finding->value != NULL)
        pe_tap_yaml_add(out, PE_TAP_ITEM_MEMBER, "value", issue->finding->value);
}

static void add_findings(struct pe_buf *out, const struct pe_issue *rule, enum pe_lang lang)
{
    struct pe_issue issue;

    if (pe_point_findings(rule) > 0)
        pe_tap_yaml_list(out, "findings");
    for (size_t i = 0; i < pe_point_findings(rule); i++) {
        issue = pe_point_finding(rule, i);
        add_finding(out, &issue, lang);
    }
}

static void add_diagnostics(struct pe_buf *out, const struct pe_issue *rule, enum pe_lang lang)
{
    const char *fix = pe_text_in(rule->rule->rule->fix, lang);
    struct pe_buf message = {0};

    pe_tap_yaml_begin(out);
    pe_point_add_message(&message, rule, lang);
    add_text(out, PE_TAP_MEMBER, "message", &message);
    pe_tap_yaml_add(out, PE_TAP_MEMBER, "status", pe_status_word(rule->status));
    pe_tap_yaml_add(out, PE_TAP_MEMBER, "severity", pe_severity_word(rule->rule->severity));
    pe_tap_yaml_add(out, PE_TAP_MEMBER, "owner", pe_owner_word(rule->rule->owner));
    if (fix[0] != '\0')
        pe_tap_yaml_add(out, PE_TAP_MEMBER, "fix", fix);
    add_findings(out, rule, lang);
    pe_tap_yaml_end(out);
}

/* ---- points ---- */

static void add_skip(struct pe_buf *out, const struct pe_issue *rule, enum pe_lang lang)
{
    pe_buf_adds(out, " # SKIP ");
    pe_buf_adds(out, pe_words_status(lang, rule->status));
    pe_buf_adds(out, pe_words(lang, PE_W_COLON));
    pe_tap_add(out, pe_text_in(rule->rule->reason, lang));
}

static void add_rule(void *context, const struct pe_issue *rule)
{
    struct stream *stream = context;
    enum pe_outcome outcome = pe_point_outcome(rule->status);
    bool ok = outcome == PE_OUTCOME_PASSED || outcome == PE_OUTCOME_SKIPPED;
    struct pe_buf name = {0};

    begin_point(stream, rule->result, ok);
    pe_issue_add_rule_name(&name, rule->result, rule->control, rule->rule);
    pe_tap_add(stream->out, name.data);
    pe_page_drop(stream->out, &name);
    pe_buf_addc(stream->out, ' ');
    pe_tap_add(stream->out, pe_text_in(rule->rule->rule->title, stream->lang));
    if (outcome == PE_OUTCOME_SKIPPED)
        add_skip(stream->out, rule, stream->lang);
    pe_buf_addc(stream->out, '\n');
    if (!ok)
        add_diagnostics(stream->out, rule, stream->lang);
}

static void add_verdict(struct stream *stream, const struct pe_result *result)
{
    struct pe_buf text = {0};

    pe_buf_printf(&text, "%s: ", result->file);
    pe_buf_adds(&text,
                pe_words(stream->lang, result->passed ? PE_W_VERDICT_PASS : PE_W_VERDICT_FAIL));
    pe_buf_adds(&text, pe_words(stream->lang, PE_W_COLON));
    pe_section_add_counts(&text, stream->lang, PE_W_OF_CONTROLS, &result->controls);
    pe_tap_comment(stream->out, text.data);
    pe_page_drop(stream->out, &text);
}

static void add_result(struct stream *stream, const struct pe_result *result)
{
    add_verdict(stream, result);
    pe_point_walk(result, add_rule, stream);
    if (!pe_point_lacks_reason(result))
        return;
    begin_point(stream, result, false);
    pe_buf_adds(stream->out, "verdict\n");
    pe_tap_yaml_begin(stream->out);
    pe_tap_yaml_add(stream->out, PE_TAP_MEMBER, "message", pe_point_reason(result, stream->lang));
    pe_tap_yaml_end(stream->out);
}

static int render(const struct pe_run *run, const struct pe_style *style, struct pe_buf *buf,
                  struct pe_err *err)
{
    struct stream stream = {.out = buf, .lang = style->lang, .several = run->count > 1};
    size_t total = 0;

    for (size_t i = 0; i < run->count; i++)
        total += pe_point_count(&run->results[i]).total;
    pe_tap_begin(buf, total);
    for (size_t i = 0; i < run->count; i++)
        add_result(&stream, &run->results[i]);
    return pe_buf_failed(buf) ? pe_err_memory(err) : 0;
}

const struct pe_report pe_report_tap = {
    .name = "tap",
    .render = render,
    .summary = "Test Anything Protocol: a test a rule, for prove and other harnesses",
};
