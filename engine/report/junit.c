/* junit.c: JUnit's XML: a suite a snapshot, a test a rule, for what CI systems show of tests.
 *
 * There is no one standard. What is written here is valid by the schema of Jenkins' xunit plug-in
 * and by the stricter one of Ant (windyroad): elements and attributes in its order, none beyond.
 * Both want a host and times: they get constants, and as_of. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include <string.h>

#include "base/utc.h"
#include "report/page.h"
#include "report/point.h"
#include "report/section.h"
#include "report/xml.h"

enum { SECONDS = 19 }; /* of "2026-11-20T00:00:00", as far as the schema takes it */

struct suite {
    struct pe_buf *out;
    enum pe_lang lang;
};

/* Adds a text that was put together as a line, and releases it. */
static void take_line(struct pe_buf *out, struct pe_buf *text)
{
    pe_xml_add_line(out, text->data);
    pe_buf_addc(out, '\n');
    pe_page_drop(out, text);
}

static void take_attribute(struct pe_buf *out, const char *name, struct pe_buf *text)
{
    pe_xml_add_attribute(out, name, text->data);
    pe_page_drop(out, text);
}

/* ---- properties ---- */

static void add_property(struct pe_buf *out, const char *name, const char *value)
{
    if (value == NULL)
        return;
    pe_buf_adds(out, "      <property");
    pe_xml_add_attribute(out, "name", name);
    pe_xml_add_attribute(out, "value", value);
    pe_buf_adds(out, "/>\n");
}

static void take_property(struct pe_buf *out, const char *name, struct pe_buf *value)
{
    add_property(out, name, value->data);
    pe_page_drop(out, value);
}

static void add_packs(struct pe_buf *out, const struct pe_result *result)
{
    for (size_t i = 0; i < result->pack_count; i++) {
        const struct pe_pack_info *pack = &result->packs[i];
        struct pe_buf text = {0};
        pe_buf_printf(&text, "%s %s", pack->id, pack->version);
        take_property(out, "pack", &text);
        add_property(out, "pack.sha256", pack->sha256);
    }
}

/* Those that are not as the pack has them. */
static void add_parameters(struct pe_buf *out, const struct pe_control *control)
{
    for (size_t i = 0; i < control->param_count; i++) {
        const struct pe_param *param = &control->params[i];
        struct pe_buf name = {0};
        if (param->value == NULL ||
            (param->default_ != NULL && strcmp(param->value, param->default_) == 0))
            continue;
        pe_buf_printf(&name, "parameter.%s.%s", control->id, param->name);
        if (!pe_buf_failed(&name))
            add_property(out, name.data, param->value);
        pe_page_drop(out, &name);
    }
}

static void add_properties(struct pe_buf *out, const struct pe_result *result)
{
    pe_buf_adds(out, "    <properties>\n");
    add_property(out, "verdict", result->passed ? "pass" : "fail");
    add_property(out, "file", result->file);
    add_property(out, "sha256", result->sha256);
    add_property(out, "tenant", result->tenant);
    add_property(out, "service", result->service);
    for (size_t i = 0; i < result->options.count; i++)
        add_property(out, "option", result->options.items[i]);
    add_property(out, "as_of", result->as_of);
    add_packs(out, result);
    for (size_t i = 0; i < result->result_count; i++)
        add_parameters(out, result->results[i].control);
    pe_buf_adds(out, "    </properties>\n");
}

/* ---- a test ---- */

/* "file:12:3  /pointer = value", of what is known */
static void add_place(struct pe_buf *out, const struct pe_issue *issue)
{
    struct pe_place place = pe_issue_place(issue);
    const char *pointer = pe_issue_pointer(issue);

    if (place.line == 0 && pointer == NULL)
        return;
    pe_buf_adds(out, "  ");
    pe_xml_add_line(out, issue->result->file);
    if (place.line > 0)
        pe_buf_printf(out, ":%lu:%lu", (unsigned long)place.line, (unsigned long)place.column);
    pe_buf_adds(out, "  ");
    pe_xml_add_line(out, pointer);
    if (issue->finding->value != NULL) {
        pe_buf_adds(out, " = ");
        pe_xml_add_line(out, issue->finding->value);
    }
    pe_buf_addc(out, '\n');
}

static void add_finding(struct suite *suite, const struct pe_issue *issue)
{
    struct pe_buf message = {0};

    pe_buf_adds(suite->out, "- ");
    pe_issue_add_message(&message, issue, suite->lang);
    take_line(suite->out, &message);
    if (issue->finding != NULL)
        add_place(suite->out, issue);
}

static void add_line(struct suite *suite, enum pe_word label, const char *text)
{
    if (text[0] == '\0')
        return;
    pe_buf_adds(suite->out, pe_words(suite->lang, label));
    pe_xml_add_line(suite->out, text);
    pe_buf_addc(suite->out, '\n');
}

/* What a person reads when they open the test. */
static void add_body(struct suite *suite, const struct pe_issue *rule)
{
    const struct pe_rule_result *result = rule->rule;
    struct pe_issue issue;

    pe_xml_add_line(suite->out, pe_text_in(result->rule->title, suite->lang));
    pe_buf_addc(suite->out, '\n');
    pe_words_add(suite->out, suite->lang, PE_W_SEVERITY_OWNER,
                 (const char *[]){pe_words_severity(suite->lang, result->severity),
                                  pe_words_owner(suite->lang, result->owner)},
                 2);
    pe_buf_addc(suite->out, '\n');
    for (size_t i = 0; i < pe_point_findings(rule); i++) {
        issue = pe_point_finding(rule, i);
        add_finding(suite, &issue);
    }
    add_line(suite, PE_W_FIX_IS, pe_text_in(result->rule->fix, suite->lang));
    for (size_t i = 0; i < result->note_count; i++)
        add_line(suite, PE_W_NOTE_IS, pe_text_in(result->notes[i], suite->lang));
}

/* Names are the same in both languages, so that a history of tests goes on. */
static void begin_case(struct suite *suite, const struct pe_result *result, struct pe_buf *name)
{
    pe_buf_adds(suite->out, "    <testcase");
    take_attribute(suite->out, "name", name);
    pe_xml_add_attribute(suite->out, "classname", result->file);
    pe_xml_add_attribute(suite->out, "time", "0");
}

static void add_open(struct suite *suite, const struct pe_issue *rule, const char *element)
{
    struct pe_buf message = {0};

    pe_buf_printf(suite->out, ">\n      <%s", element);
    pe_xml_add_attribute(suite->out, "type", pe_status_word(rule->status));
    pe_point_add_message(&message, rule, suite->lang);
    take_attribute(suite->out, "message", &message);
    pe_buf_addc(suite->out, '>');
    add_body(suite, rule);
    pe_buf_printf(suite->out, "</%s>\n    </testcase>\n", element);
}

static void add_case(void *context, const struct pe_issue *rule)
{
    struct suite *suite = context;
    struct pe_buf name = {0};

    pe_issue_add_rule_name(&name, rule->result, rule->control, rule->rule);
    begin_case(suite, rule->result, &name);
    switch (pe_point_outcome(rule->status)) {
    case PE_OUTCOME_FAILED:
        add_open(suite, rule, "failure");
        break;
    case PE_OUTCOME_ERROR:
        add_open(suite, rule, "error");
        break;
    case PE_OUTCOME_SKIPPED:
        pe_buf_adds(suite->out, ">\n      <skipped/>\n    </testcase>\n");
        break;
    default:
        pe_buf_adds(suite->out, "/>\n");
    }
}

static void add_verdict_case(struct suite *suite, const struct pe_result *result)
{
    struct pe_buf name = {0};

    pe_buf_adds(&name, "verdict");
    begin_case(suite, result, &name);
    pe_buf_adds(suite->out, ">\n      <failure type=\"fail\"");
    pe_xml_add_attribute(suite->out, "message", pe_point_reason(result, suite->lang));
    pe_buf_adds(suite->out, "/>\n    </testcase>\n");
}

/* ---- beside the tests ---- */

/* Why a test was skipped, for which the stricter schema has no place in the test. */
static void add_skipped(void *context, const struct pe_issue *rule)
{
    struct suite *suite = context;
    struct pe_buf line = {0};

    if (pe_point_outcome(rule->status) != PE_OUTCOME_SKIPPED)
        return;
    pe_issue_add_rule_name(&line, rule->result, rule->control, rule->rule);
    pe_buf_printf(&line, " %s", pe_words_status(suite->lang, rule->status));
    pe_buf_adds(&line, pe_words(suite->lang, PE_W_COLON));
    pe_buf_adds(&line, pe_text_in(rule->rule->reason, suite->lang));
    take_line(suite->out, &line);
}

static void add_system_out(struct suite *suite, const struct pe_result *result)
{
    struct pe_buf verdict = {0};

    pe_buf_adds(&verdict,
                pe_words(suite->lang, result->passed ? PE_W_VERDICT_PASS : PE_W_VERDICT_FAIL));
    pe_buf_adds(&verdict, pe_words(suite->lang, PE_W_COLON));
    pe_section_add_counts(&verdict, suite->lang, PE_W_OF_CONTROLS, &result->controls);
    pe_buf_adds(suite->out, "    <system-out>");
    take_line(suite->out, &verdict);
    pe_point_walk(result, add_skipped, suite);
    pe_buf_adds(suite->out, "</system-out>\n");
}

static void add_problem(struct suite *suite, const struct pe_result *result,
                        const struct pe_problem *problem)
{
    const char *hint = pe_text_in(problem->hint, suite->lang);

    pe_xml_add_line(suite->out, result->file);
    if (problem->place.line > 0)
        pe_buf_printf(suite->out, ":%lu:%lu", (unsigned long)problem->place.line,
                      (unsigned long)problem->place.column);
    pe_buf_printf(
        suite->out, "  %s%s",
        pe_words(suite->lang, problem->warning ? PE_W_PROBLEM_WARNING : PE_W_PROBLEM_ERROR),
        pe_words(suite->lang, PE_W_COLON));
    pe_xml_add_line(suite->out, pe_text_in(problem->message, suite->lang));
    pe_buf_adds(suite->out, hint[0] == '\0' ? "" : suite->lang == PE_JA ? "。" : "; ");
    pe_xml_add_line(suite->out, hint);
    pe_buf_addc(suite->out, '\n');
}

static void add_system_err(struct suite *suite, const struct pe_result *result)
{
    size_t cut = result->problem_total - result->problem_count;

    pe_buf_adds(suite->out, "    <system-err>");
    for (size_t i = 0; i < result->problem_count; i++)
        add_problem(suite, result, &result->problems[i]);
    if (cut > 0) {
        pe_words_add(suite->out, suite->lang, PE_W_MORE_PROBLEMS,
                     (const char *[]){pe_page_number(cut).text}, 1);
        pe_buf_addc(suite->out, '\n');
    }
    pe_buf_adds(suite->out, "</system-err>\n");
}

/* ---- a suite ---- */

static void add_timestamp(struct pe_buf *out, const char *as_of)
{
    char utc[PE_UTC_SIZE] = "1970-01-01T00:00:00Z";

    if (as_of != NULL)
        (void)pe_utc_of(as_of, utc);
    utc[SECONDS] = '\0';
    pe_xml_add_attribute(out, "timestamp", utc);
}

/* The name must not be blank for the schema, which a file's name can be. */
static void begin_suite(struct pe_buf *out, const struct pe_result *result, size_t number)
{
    struct pe_point_counts counts = pe_point_count(result);
    struct pe_buf name = {0};

    pe_buf_printf(&name, "policyeval %s", result->file);
    pe_buf_adds(out, "  <testsuite");
    take_attribute(out, "name", &name);
    pe_xml_add_attribute(out, "package", result->pack_count == 0 ? "" : result->packs[0].id);
    pe_xml_add_number(out, "id", number);
    pe_xml_add_number(out, "tests", counts.total);
    pe_xml_add_number(out, "failures", counts.by_outcome[PE_OUTCOME_FAILED]);
    pe_xml_add_number(out, "errors", counts.by_outcome[PE_OUTCOME_ERROR]);
    pe_xml_add_number(out, "skipped", counts.by_outcome[PE_OUTCOME_SKIPPED]);
    pe_xml_add_attribute(out, "time", "0");
    add_timestamp(out, result->as_of);
    pe_xml_add_attribute(out, "hostname", "localhost");
    pe_buf_adds(out, ">\n");
}

static void add_suite(struct suite *suite, const struct pe_result *result, size_t number)
{
    begin_suite(suite->out, result, number);
    add_properties(suite->out, result);
    pe_point_walk(result, add_case, suite);
    if (pe_point_lacks_reason(result))
        add_verdict_case(suite, result);
    add_system_out(suite, result);
    add_system_err(suite, result);
    pe_buf_adds(suite->out, "  </testsuite>\n");
}

static int render(const struct pe_run *run, const struct pe_style *style, struct pe_buf *buf,
                  struct pe_err *err)
{
    struct suite suite = {.out = buf, .lang = style->lang};

    pe_buf_adds(buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for (size_t i = 0; i < run->count; i++)
        add_suite(&suite, &run->results[i], i);
    pe_buf_adds(buf, "</testsuites>\n");
    return pe_buf_failed(buf) ? pe_err_memory(err) : 0;
}

const struct pe_report pe_report_junit = {
    .name = "junit",
    .render = render,
    .summary = "JUnit's XML: a test a rule, for Jenkins, GitLab, Azure and others",
};
