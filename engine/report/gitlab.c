/* gitlab.c: GitLab's Code Quality report: what merge requests show beside the changed lines.
 *
 * GitLab reads one array, of which it drops an entry that is not as it wants it, and all but one of
 * entries with the same fingerprint, both without a word
 * (https://docs.gitlab.com/ci/testing/code_quality/). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include "report/issue.h"
#include "report/json_out.h"

/* Its words: info, minor, major, critical, blocker. */
static const char *severity_of(const struct pe_issue *issue)
{
    static const char *const words[] = {[PE_LOW] = "minor",
                                        [PE_MEDIUM] = "major",
                                        [PE_HIGH] = "critical",
                                        [PE_CRITICAL] = "blocker"};

    return issue->waiver != NULL ? "info" : words[issue->rule->severity];
}

static struct pe_json_item *make_description(struct pe_json_out *out, const struct pe_issue *issue,
                                             enum pe_lang lang)
{
    struct pe_buf text = {0};

    pe_issue_add_rule_name(&text, issue->result, issue->control, issue->rule);
    pe_buf_printf(&text,
                  " %s: ", pe_status_word(issue->waiver != NULL ? PE_WAIVED : issue->status));
    pe_issue_add_message(&text, issue, lang);
    if (issue->waiver != NULL) {
        pe_buf_adds(&text, lang == PE_JA ? "。" : "; ");
        pe_issue_add_waiver(&text, issue->waiver, lang);
    }
    return pe_json_out_take(out, &text);
}

/* Older releases of GitLab know only the line. */
static struct pe_json_item *make_location(struct pe_json_out *out, const struct pe_issue *issue)
{
    struct pe_json_item *location = pe_json_out_object(out), *lines = pe_json_out_object(out),
                        *positions = pe_json_out_object(out), *begin = pe_json_out_object(out);
    struct pe_place place = pe_issue_place(issue);
    bool known = place.line > 0;

    pe_json_out_put(out, lines, "begin", pe_json_out_integer(out, known ? place.line : 1));
    pe_json_out_put(out, begin, "line", pe_json_out_integer(out, known ? place.line : 1));
    pe_json_out_put(out, begin, "column", pe_json_out_integer(out, known ? place.column : 1));
    pe_json_out_put(out, positions, "begin", begin);
    pe_json_out_put(out, location, "path",
                    pe_json_out_string(out, pe_issue_path(issue->result->file)));
    pe_json_out_put(out, location, "lines", lines);
    pe_json_out_put(out, location, "positions", positions);
    return location;
}

static struct pe_json_item *make_issue(struct pe_json_out *out, const struct pe_issue *issue,
                                       enum pe_lang lang)
{
    struct pe_json_item *object = pe_json_out_object(out), *categories = pe_json_out_list(out);
    struct pe_buf name = {0};
    char fingerprint[65];

    pe_issue_fingerprint(issue, fingerprint);
    pe_issue_add_rule_name(&name, issue->result, issue->control, issue->rule);
    pe_json_out_put(out, object, "type", pe_json_out_string(out, "issue"));
    pe_json_out_put(out, object, "check_name", pe_json_out_take(out, &name));
    pe_json_out_put(out, object, "description", make_description(out, issue, lang));
    pe_json_out_append(out, categories, pe_json_out_string(out, "Security"));
    pe_json_out_put(out, object, "categories", categories);
    pe_json_out_put(out, object, "severity", pe_json_out_string(out, severity_of(issue)));
    pe_json_out_put(out, object, "fingerprint", pe_json_out_string(out, fingerprint));
    pe_json_out_put(out, object, "location", make_location(out, issue));
    return object;
}

static int render(const struct pe_run *run, const struct pe_style *style, struct pe_buf *buf,
                  struct pe_err *err)
{
    struct pe_json_out out = {0};
    struct pe_issues issues = pe_issues_collect(&out.arena, run);
    struct pe_json_item *list = pe_json_out_list(&out);
    bool written;

    for (size_t i = 0; i < issues.count; i++)
        pe_json_out_append(&out, list, make_issue(&out, &issues.items[i], style->lang));
    written = pe_json_out_write(&out, list, buf);
    pe_json_out_release(&out);
    return written ? 0 : pe_err_memory(err);
}

const struct pe_report pe_report_gitlab = {
    .name = "gitlab",
    .render = render,
    .summary = "Code Quality report: findings in GitLab's merge requests",
};
