/* github.c: workflow commands of GitHub Actions: annotations at the lines of the snapshot.
 *
 * Every line is a command, so nothing in it can be one of its own, of GitHub's or of another
 * service that reads logs. Of a step GitHub shows 10 errors, 10 warnings and 10 notices and drops
 * the rest without a word
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include <string.h>

#include "base/escape.h"
#include "report/issue.h"
#include "report/section.h"

enum { SHOWN_OF_A_KIND = 10, SHOWN_VERDICTS = 8, SHOWN_NAMES = 3, MESSAGE_BYTES = 4000 };

enum kind { KIND_ERROR, KIND_WARNING, KIND_NOTICE, KIND_COUNT };

static const char *const commands[] = {"error", "warning", "notice"};

/* What of all kinds is shown. The verdict, what is left out and why the gate is closed are notices
 * themselves. */
struct shown {
    size_t count[KIND_COUNT];
    size_t left_out;
};

/* Of the kind that our own notices are of, they take their share. */
static size_t room_of(enum kind kind, const struct pe_run *run)
{
    size_t own = 1 + (run->count > SHOWN_VERDICTS ? 2 : run->count);

    return kind == KIND_NOTICE ? SHOWN_OF_A_KIND - own : SHOWN_OF_A_KIND;
}

static enum kind kind_of(const struct pe_issue *issue)
{
    if (issue->waiver != NULL)
        return KIND_NOTICE;
    if (issue->status == PE_ERROR)
        return KIND_ERROR;
    if (issue->status == PE_UNKNOWN)
        return KIND_WARNING;
    return issue->rule->severity >= PE_HIGH     ? KIND_ERROR
           : issue->rule->severity == PE_MEDIUM ? KIND_WARNING
                                                : KIND_NOTICE;
}

/* ---- what a command takes ---- */

/* Adds text that was made safe, whole code points of at most so many bytes, as data of a command;
 * in a property two more characters mean something. */
static void add_data(struct pe_buf *buf, const char *text, bool property, size_t most)
{
    size_t length = text == NULL ? 0 : strlen(text);
    bool cut = length > most;

    for (length = cut ? most : length; cut && ((unsigned char)text[length] & 0xC0) == 0x80;)
        length--;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '%' || (property && (text[i] == ':' || text[i] == ',')))
            pe_buf_printf(buf, "%%%02X", (unsigned)(unsigned char)text[i]);
        else
            pe_buf_addc(buf, text[i]);
    }
    pe_buf_adds(buf, cut ? "…" : "");
}

static void add_text(struct pe_buf *buf, const char *text, bool property)
{
    struct pe_buf safe = {0};

    pe_escape_adds(&safe, text);
    add_data(buf, safe.data, property, MESSAGE_BYTES);
    buf->failed = buf->failed || safe.failed;
    pe_buf_release(&safe);
}

/* ---- commands ---- */

static void add_place(struct pe_buf *buf, const struct pe_issue *issue)
{
    struct pe_place place = pe_issue_place(issue);

    pe_buf_adds(buf, " file=");
    add_text(buf, issue->result->file, true);
    pe_buf_printf(buf, ",line=%lu", place.line > 0 ? (unsigned long)place.line : 1UL);
    if (place.line > 0)
        pe_buf_printf(buf, ",col=%lu", (unsigned long)place.column);
}

static void add_title(struct pe_buf *buf, const struct pe_issue *issue, enum pe_lang lang)
{
    struct pe_buf title = {0};

    pe_issue_add_rule_name(&title, issue->result, issue->control, issue->rule);
    pe_buf_printf(&title, " %s",
                  pe_words_status(lang, issue->waiver != NULL ? PE_WAIVED : issue->status));
    pe_issue_add_weight(&title, issue->rule, lang);
    pe_buf_adds(buf, ",title=");
    add_text(buf, title.data, true);
    buf->failed = buf->failed || title.failed;
    pe_buf_release(&title);
}

static void add_issue(struct pe_buf *buf, const struct pe_issue *issue, enum pe_lang lang)
{
    const char *fix = pe_text_in(issue->rule->rule->fix, lang);
    struct pe_buf message = {0};

    pe_buf_printf(buf, "::%s", commands[kind_of(issue)]);
    add_place(buf, issue);
    add_title(buf, issue, lang);
    pe_buf_adds(buf, "::");
    pe_issue_add_message(&message, issue, lang);
    add_text(buf, message.data, false);
    if (issue->waiver != NULL) {
        pe_buf_clear(&message);
        pe_issue_add_waiver(&message, issue->waiver, lang);
        pe_buf_adds(buf, "%0A");
        add_text(buf, message.data, false);
    } else if (fix[0] != '\0' && issue->status == PE_FAIL) {
        pe_buf_printf(buf, "%%0A%s", pe_words(lang, PE_W_FIX_IS));
        add_text(buf, fix, false);
    }
    pe_buf_addc(buf, '\n');
    pe_page_drop(buf, &message);
}

static struct shown add_issues(struct pe_buf *buf, const struct pe_issues *issues,
                               const struct pe_run *run, enum pe_lang lang)
{
    struct shown shown = {0};

    for (size_t i = 0; i < issues->count; i++) {
        enum kind kind = kind_of(&issues->items[i]);
        if (shown.count[kind] >= room_of(kind, run)) {
            shown.left_out++;
            continue;
        }
        shown.count[kind]++;
        add_issue(buf, &issues->items[i], lang);
    }
    return shown;
}

static void add_verdict(struct pe_buf *buf, const struct pe_result *result, enum pe_lang lang)
{
    struct pe_buf text = {0};

    pe_buf_adds(&text, pe_words(lang, result->passed ? PE_W_VERDICT_PASS : PE_W_VERDICT_FAIL));
    pe_buf_adds(&text, pe_words(lang, PE_W_COLON));
    pe_section_add_counts(&text, lang, PE_W_OF_CONTROLS, &result->controls);
    pe_buf_adds(buf, "::notice file=");
    add_text(buf, result->file, true);
    pe_buf_adds(buf, ",line=1,title=policyeval::");
    add_text(buf, text.data, false);
    for (size_t i = 0; i < result->gate_remark_count; i++) {
        pe_buf_adds(buf, "%0A");
        add_text(buf, pe_text_in(result->gate_remarks[i].message, lang), false);
    }
    pe_buf_addc(buf, '\n');
    pe_page_drop(buf, &text);
}

static void add_notice(struct pe_buf *buf, enum pe_lang lang, enum pe_word word,
                       const char *const args[], size_t count)
{
    pe_buf_adds(buf, "::notice title=policyeval::");
    pe_words_add(buf, lang, word, args, count);
    pe_buf_addc(buf, '\n');
}

static void add_verdicts(struct pe_buf *buf, const struct pe_run *run, enum pe_lang lang)
{
    size_t passed = 0;

    for (size_t i = 0; i < run->count; i++) {
        passed += run->results[i].passed;
        if (run->count <= SHOWN_VERDICTS)
            add_verdict(buf, &run->results[i], lang);
    }
    if (run->count > SHOWN_VERDICTS)
        add_notice(buf, lang, PE_W_HEAD_SUMMARY,
                   (const char *[]){pe_page_number(run->count).text, pe_page_number(passed).text,
                                    pe_page_number(run->count - passed).text},
                   3);
}

static void add_left_out(struct pe_buf *buf, size_t count, enum pe_lang lang)
{
    add_notice(buf, lang, PE_W_MORE_ANNOTATIONS,
               (const char *[]){pe_page_number(count).text, pe_page_number(SHOWN_OF_A_KIND).text},
               2);
}

/* ---- why the gate is closed: the last line where no snapshot has one of its own ---- */

/* What closes it: the rules, without a kind, or a remark of the gate. */
static const struct reason {
    const char *kind;
    enum pe_word word;
} reasons[] = {{NULL, PE_W_CLOSED_RULES},
               {"too_old", PE_W_CLOSED_OLD},
               {"from_the_future", PE_W_CLOSED_FUTURE},
               {"no_time", PE_W_CLOSED_NO_TIME},
               {"unknown_field", PE_W_CLOSED_UNKNOWN_FIELD}};

static bool rules_close(const struct pe_result *result)
{
    const size_t *by_status = result->rules.by_status;
    size_t open = by_status[PE_ERROR] + by_status[PE_FAIL] + by_status[PE_UNKNOWN];

    return !result->passed && (result->gate_remark_count == 0 || open > result->gate_ignored);
}

static bool closes(const struct pe_result *result, const struct reason *reason)
{
    if (reason->kind == NULL)
        return rules_close(result);
    for (size_t i = 0; i < result->gate_remark_count; i++)
        if (strcmp(result->gate_remarks[i].kind, reason->kind) == 0)
            return true;
    return false;
}

static void add_reason(struct pe_buf *buf, const struct pe_run *run, const struct reason *reason,
                       enum pe_lang lang)
{
    struct pe_buf names = {0};
    size_t count = 0;

    for (size_t i = 0; i < run->count; i++) {
        if (!closes(&run->results[i], reason) || count++ > SHOWN_NAMES)
            continue;
        pe_buf_adds(&names, count == 1 ? "" : pe_words(lang, PE_W_COMMA));
        pe_buf_adds(&names, count > SHOWN_NAMES ? "…" : run->results[i].file);
    }
    if (count > 0) {
        pe_buf_adds(buf, buf->length > 0 ? pe_words(lang, PE_W_COMMA) : "");
        pe_words_add(buf, lang, reason->word,
                     (const char *[]){pe_page_number(count).text, names.data}, 2);
    }
    pe_page_drop(buf, &names);
}

static void add_why(struct pe_buf *buf, const struct pe_run *run, enum pe_lang lang)
{
    struct pe_buf all = {0}, text = {0};

    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        add_reason(&all, run, &reasons[i], lang);
    pe_words_add(&text, lang, PE_W_CLOSED, (const char *[]){all.data}, 1);
    pe_buf_adds(buf, "::notice title=policyeval::");
    add_text(buf, text.data, false);
    pe_buf_addc(buf, '\n');
    pe_page_drop(buf, &all);
    pe_page_drop(buf, &text);
}

static int render(const struct pe_run *run, const struct pe_style *style, struct pe_buf *buf,
                  struct pe_err *err)
{
    struct pe_arena arena = {0};
    struct pe_issues issues = pe_issues_collect(&arena, run);
    struct shown shown = {0};
    bool failed = pe_arena_failed(&arena);

    add_verdicts(buf, run, style->lang);
    if (!failed && !style->quiet)
        shown = add_issues(buf, &issues, run, style->lang);
    if (shown.left_out > 0)
        add_left_out(buf, shown.left_out, style->lang);
    if (run->count > SHOWN_VERDICTS && !run->passed)
        add_why(buf, run, style->lang);
    failed = failed || pe_buf_failed(buf);
    pe_arena_release(&arena);
    return failed ? pe_err_memory(err) : 0;
}

const struct pe_report pe_report_github = {
    .name = "github",
    .render = render,
    .summary = "commands for GitHub Actions: annotations at the snapshot's lines",
    .text_like = true,
};
