/* section_findings.c: what failed, worst severity first, with code frames. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/width.h"
#include "frame.h"
#include "report/cut.h"

enum { FRAMES_A_RULE = 3, FINDINGS_A_RULE = 50, VALUE_COLUMNS = 60 };

/* A control with findings, and what it is sorted by. */
struct entry {
    const struct pe_control_result *control;
    enum pe_severity severity;
    size_t order;
};

/* Whether any rule of the control has findings, and the worst severity of those that have. */
static bool find_severity(const struct pe_control_result *control, enum pe_severity *worst)
{
    bool found = false;

    for (size_t i = 0; i < control->rule_count; i++) {
        const struct pe_rule_result *rule = &control->rules[i];
        if (!pe_section_is_finding(rule))
            continue;
        if (!found || rule->severity > *worst)
            *worst = rule->severity;
        found = true;
    }
    return found;
}

static int compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;

    if (a->severity != b->severity)
        return a->severity > b->severity ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void add_frame(struct pe_page *page, const struct pe_result *result, struct pe_place place)
{
    struct pe_frame_source source = {.secrets = result->secrets,
                                     .secret_count = result->secret_count};
    struct pe_frame_look look = {
        .columns = page->columns,
        .indent = 8,
        .caret_on = pe_page_on(page, PE_RED),
        .caret_off = pe_page_off(page, PE_RED),
        .frame_on = pe_page_on(page, PE_DIM),
        .frame_off = pe_page_off(page, PE_DIM),
    };

    if (result->input == NULL)
        return;
    source.bytes = pe_input_bytes(result->input, &source.length);
    pe_frame_add(page->out, &source, place, &look);
}

/* The value, where no frame shows it. */
static void add_value(struct pe_page *page, const char *value)
{
    struct pe_buf cut = {0};

    if (value == NULL)
        return;
    pe_escape_adds(pe_page_scratch(page), value);
    pe_width_add_cut(&cut, pe_page_text(page), VALUE_COLUMNS);
    pe_words_add(pe_page_scratch(page), page->lang, PE_W_VALUE_IS, (const char *[]){cut.data}, 1);
    pe_page_drop(page->out, &cut);
    pe_page_wrap(page, 6, "", PE_PLAIN, pe_page_text(page));
}

static void add_message(struct pe_page *page, const struct pe_finding *finding)
{
    const char *subject = pe_text_in(finding->subject, page->lang);
    struct pe_buf *line = pe_page_scratch(page);

    pe_escape_adds(line, subject);
    if (subject[0] != '\0')
        pe_buf_adds(line, pe_words(page->lang, PE_W_COLON));
    pe_escape_adds(line, pe_text_in(finding->message, page->lang));
    pe_page_wrap(page, 4, "- ", PE_PLAIN, pe_page_text(page));
}

static void add_finding(struct pe_page *page, const struct pe_result *result,
                        const struct pe_finding *finding, bool framed)
{
    const char *hint = pe_text_in(finding->hint, page->lang);
    bool has_frame = framed && finding->place.line > 0 && result->input != NULL;

    add_message(page, finding);
    if (hint[0] != '\0')
        pe_page_paragraph(page, 6, "", PE_PLAIN, hint);
    if (!has_frame)
        add_value(page, finding->value);
    pe_section_location(page, 6, result, finding->place, finding->pointer);
    if (has_frame)
        add_frame(page, result, finding->place);
}

static void add_findings(struct pe_page *page, const struct pe_result *result,
                         const struct pe_rule_result *rule)
{
    size_t shown = 0, left_out = rule->finding_total > rule->finding_count
                                     ? rule->finding_total - rule->finding_count
                                     : 0;
    uint64_t framed_at = UINT64_MAX;

    for (size_t i = 0; i < rule->finding_count; i++) {
        const struct pe_finding *finding = &rule->findings[i];
        if (finding->status == PE_UNKNOWN)
            continue; /* told with the other unknowns */
        if (shown == FINDINGS_A_RULE) {
            left_out++;
            continue;
        }
        add_finding(page, result, finding,
                    shown < FRAMES_A_RULE && finding->place.offset != framed_at);
        framed_at = finding->place.offset;
        shown++;
    }
    if (shown == 0)
        pe_page_paragraph(page, 4, "- ", PE_PLAIN, pe_text_in(rule->reason, page->lang));
    if (left_out == 0)
        return;
    pe_words_add(
        pe_page_scratch(page), page->lang, pe_cut_word(rule),
        (const char *[]){pe_page_number(left_out).text, pe_page_number(rule->finding_count).text},
        2);
    pe_page_wrap(page, 4, "", PE_PLAIN, pe_page_text(page));
}

static void add_notes(struct pe_page *page, const struct pe_rule_result *rule)
{
    for (size_t i = 0; i < rule->note_count; i++)
        pe_page_paragraph(page, 4, pe_words(page->lang, PE_W_NOTE_IS), PE_DIM,
                          pe_text_in(rule->notes[i], page->lang));
}

/* "✗ FAIL  portal-allow-list  Portal administrators ..." */
static void add_rule_head(struct pe_page *page, const struct pe_rule_result *rule)
{
    struct pe_buf lead = {0}, *line;

    pe_buf_printf(&lead, "%s %s  ", pe_page_status_mark(rule->status),
                  pe_words_status(page->lang, rule->status));
    line = pe_page_scratch(page);
    pe_escape_adds(line, rule->rule->id);
    pe_buf_adds(line, "  ");
    pe_escape_add_prose(line, pe_text_in(rule->rule->title, page->lang));
    pe_page_wrap(page, 2, lead.data, pe_page_status_colour(rule->status), pe_page_text(page));
    pe_page_drop(page->out, &lead);
}

static void add_rule(struct pe_page *page, const struct pe_result *result,
                     const struct pe_rule_result *rule)
{
    const char *fix = pe_text_in(rule->rule->fix, page->lang);

    add_rule_head(page, rule);
    pe_words_add(pe_page_scratch(page), page->lang, PE_W_SEVERITY_OWNER,
                 (const char *[]){pe_words_severity(page->lang, rule->severity),
                                  pe_words_owner(page->lang, rule->owner)},
                 2);
    pe_page_wrap(page, 4, "", PE_PLAIN, pe_page_text(page));
    add_findings(page, result, rule);
    add_notes(page, rule);
    if (fix[0] == '\0' || rule->status == PE_ERROR)
        return;
    pe_escape_add_prose(pe_page_scratch(page), fix);
    pe_page_wrap(page, 4, pe_words(page->lang, PE_W_FIX_IS), PE_BOLD, pe_page_text(page));
}

static void add_control(struct pe_page *page, const struct pe_result *result,
                        const struct pe_control_result *control)
{
    struct pe_buf lead = {0};

    pe_page_end(page);
    pe_escape_adds(&lead, control->control->id);
    pe_buf_adds(&lead, "  ");
    pe_escape_add_prose(pe_page_scratch(page), pe_text_in(control->control->title, page->lang));
    pe_page_wrap(page, 0, lead.data, PE_BOLD, pe_page_text(page));
    pe_page_drop(page->out, &lead);
    for (size_t i = 0, shown = 0; i < control->rule_count; i++) {
        if (!pe_section_is_finding(&control->rules[i]))
            continue;
        if (shown++ > 0)
            pe_page_end(page);
        add_rule(page, result, &control->rules[i]);
    }
}

int pe_section_findings(struct pe_page *page, const struct pe_result *result, struct pe_err *err)
{
    struct entry *entries = calloc(result->result_count + 1, sizeof *entries);
    size_t count = 0;

    if (entries == NULL)
        return pe_err_memory(err);
    for (size_t i = 0; i < result->result_count; i++) {
        entries[count].control = &result->results[i];
        entries[count].order = i;
        if (find_severity(&result->results[i], &entries[count].severity))
            count++;
    }
    qsort(entries, count, sizeof *entries, compare);
    if (count > 0)
        pe_page_heading(page, PE_W_HEAD_FINDINGS, (const char *[]){pe_page_number(count).text}, 1);
    for (size_t i = 0; i < count; i++)
        add_control(page, result, entries[i].control);
    free(entries);
    return 0;
}
