/* html_evidence.c: what a verdict rests on: findings, code frames, values read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/html_out.h"

#include <string.h>

#include "base/utf8.h"
#include "base/width.h"
#include "frame.h"
#include "report/cut.h"

/* What the frame writes around carets and line numbers: controls, which nothing in it can hold. */
#define CARET_ON "\001"
#define GUTTER_ON "\002"
#define GUTTER_OFF "\003"

enum { FRAME_COLUMNS = 108, SHOWN_FINDINGS = 100 };

void pe_html_place(struct pe_html *html, struct pe_place place, const char *pointer)
{
    bool pointed = pointer != NULL && pointer[0] != '\0';

    if (place.line == 0 && !pointed)
        return;
    pe_html_raw(html, "<p class=\"place\">");
    if (place.line > 0) {
        pe_html_raw(html, "<span class=\"at\">");
        pe_html_text(html, html->result->file);
        pe_buf_printf(html->out, ":%lu:%lu</span>", (unsigned long)place.line,
                      (unsigned long)place.column);
    }
    if (pointed) {
        pe_html_raw(html, " <code>");
        pe_html_text(html, pointer);
        pe_html_raw(html, "</code>");
    }
    pe_html_raw(html, "</p>\n");
}

/* ---- code frames ---- */

/* A line of the frame: its number, its text, and which columns of it are marked. */
struct line {
    const char *gutter, *text;
    size_t gutter_length, length, mark_from, mark_to;
};

/* Splits "GUTTER_ON number | GUTTER_OFF text"; returns what follows the line's end. */
static const char *split(const char *from, struct line *line)
{
    const char *off = strstr(from, GUTTER_OFF), *end = strchr(from, '\n');

    *line = (struct line){.gutter = from, .text = from};
    if (end == NULL)
        return NULL;
    if (off != NULL && off < end) {
        line->gutter = from + strlen(GUTTER_ON);
        line->gutter_length = (size_t)(off - line->gutter);
        line->text = off + strlen(GUTTER_OFF);
    }
    line->length = (size_t)(end - line->text);
    return end + 1;
}

/* If the line after this one has the carets, takes the columns from it and skips it. */
static const char *take_carets(const char *next, struct line *line)
{
    struct line carets;
    const char *behind = next == NULL ? NULL : split(next, &carets), *on;

    if (behind == NULL)
        return next;
    on = memchr(carets.text, CARET_ON[0], carets.length);
    if (on == NULL)
        return next;
    line->mark_from = (size_t)(on - carets.text);
    line->mark_to = line->mark_from + carets.length - (size_t)(on - carets.text) - 1;
    return behind;
}

/* How many bytes of the text take so many columns. */
static size_t find_column(const struct line *line, size_t columns)
{
    size_t at = 0, used = 0, size;
    uint32_t code;

    while (at < line->length && used < columns) {
        size = pe_utf8_decode(line->text + at, line->length - at, &code);
        used += size == 0 ? 1 : pe_width_code(code);
        at += size == 0 ? 1 : size;
    }
    return at;
}

static void add_span(struct pe_html *html, const char *text, size_t length)
{
    struct pe_buf copy = {0};

    pe_buf_add(&copy, text, length);
    pe_html_text(html, copy.data);
    pe_page_drop(html->out, &copy);
}

static void add_line(struct pe_html *html, const struct line *line)
{
    size_t from = find_column(line, line->mark_from), to = find_column(line, line->mark_to);

    pe_html_raw(html, line->mark_to > 0 ? "<code class=\"here\"><i>" : "<code><i>");
    add_span(html, line->gutter, line->gutter_length);
    pe_html_raw(html, "</i>");
    add_span(html, line->text, from);
    if (to > from) {
        pe_html_raw(html, "<mark>");
        add_span(html, line->text + from, to - from);
        pe_html_raw(html, "</mark>");
    }
    add_span(html, line->text + to, line->length - to);
    pe_html_raw(html, "\n</code>");
}

static void add_lines(struct pe_html *html, const char *frame)
{
    struct line line;
    const char *next;

    pe_html_raw(html, "<pre>");
    while (frame != NULL && *frame != '\0') {
        next = take_carets(split(frame, &line), &line);
        if (next != NULL)
            add_line(html, &line);
        frame = next;
    }
    pe_html_raw(html, "</pre>\n");
}

bool pe_html_frame(struct pe_html *html, struct pe_place place)
{
    struct pe_frame_source source = {.secrets = html->result->secrets,
                                     .secret_count = html->result->secret_count};
    struct pe_frame_look look = {.columns = FRAME_COLUMNS,
                                 .caret_on = CARET_ON,
                                 .frame_on = GUTTER_ON,
                                 .frame_off = GUTTER_OFF};
    struct pe_buf frame = {0};
    bool shown;

    if (html->result->input == NULL)
        return false;
    source.bytes = pe_input_bytes(html->result->input, &source.length);
    shown = pe_frame_add(&frame, &source, place, &look);
    if (shown && frame.data != NULL)
        add_lines(html, frame.data);
    pe_page_drop(html->out, &frame);
    return shown;
}

/* ---- findings ---- */

static void add_value(struct pe_html *html, const char *value)
{
    struct pe_buf safe = {0};

    if (value == NULL)
        return;
    pe_buf_adds(&safe, "<code>");
    pe_html_add(&safe, &html->scratch, value);
    pe_buf_adds(&safe, "</code>");
    pe_html_raw(html, "<p class=\"value\">");
    pe_html_words(html, PE_W_VALUE_IS, (const char *[]){safe.data}, 1);
    pe_html_raw(html, "</p>\n");
    pe_page_drop(html->out, &safe);
}

static void add_finding(struct pe_html *html, const struct pe_rule_result *rule,
                        const struct pe_finding *finding, bool framed)
{
    pe_html_raw(html, "<li><p>");
    if (finding->status != rule->original) {
        pe_html_badge(html, finding->status);
        pe_html_raw(html, " ");
    }
    pe_html_message(html, finding->subject, finding->message);
    pe_html_raw(html, "</p>\n");
    if (pe_text_in(finding->hint, PE_EN)[0] != '\0') {
        pe_html_raw(html, "<p class=\"hint\">");
        pe_html_prose(html, finding->hint);
        pe_html_raw(html, "</p>\n");
    }
    if (!framed || !pe_html_frame(html, finding->place))
        add_value(html, finding->value);
    pe_html_place(html, finding->place, finding->pointer);
    pe_html_raw(html, "</li>\n");
}

/* A frame is not shown twice in a row. */
static bool is_elsewhere(const struct pe_rule_result *rule, size_t i)
{
    return i == 0 || rule->findings[i].place.line != rule->findings[i - 1].place.line ||
           rule->findings[i].place.offset != rule->findings[i - 1].place.offset;
}

static void add_cut(struct pe_html *html, const struct pe_rule_result *rule, size_t shown)
{
    size_t total = rule->finding_total;

    if (total < rule->finding_count)
        total = rule->finding_count;
    if (total == shown)
        return;
    pe_html_raw(html, "<li>");
    pe_html_words(html, pe_cut_word(rule),
                  (const char *[]){pe_page_number(total - shown).text,
                                   pe_page_number(rule->finding_count).text},
                  2);
    pe_html_raw(html, "</li>\n");
}

void pe_html_findings(struct pe_html *html, const struct pe_rule_result *rule, bool framed)
{
    size_t shown = 0;

    if (rule->finding_count == 0)
        return;
    pe_html_raw(html, "<ul class=\"findings\">\n");
    for (; shown < rule->finding_count && shown < SHOWN_FINDINGS; shown++) {
        const struct pe_finding *finding = &rule->findings[shown];
        add_finding(html, rule, finding,
                    framed && finding->status != PE_UNKNOWN && is_elsewhere(rule, shown));
    }
    add_cut(html, rule, shown);
    pe_html_raw(html, "</ul>\n");
}

void pe_html_notes(struct pe_html *html, const struct pe_rule_result *rule)
{
    for (size_t i = 0; i < rule->note_count; i++) {
        pe_html_raw(html, "<p class=\"note\">");
        pe_html_words(html, PE_W_NOTE_IS, NULL, 0);
        pe_html_prose(html, rule->notes[i]);
        pe_html_raw(html, "</p>\n");
    }
}

/* ---- evidence ---- */

/* There are thousands, so the end tag, which HTML lets go, is left out. */
static void add_evidence(struct pe_html *html, const struct pe_evidence *evidence)
{
    pe_html_raw(html, "<li><i>");
    if (evidence->place.line > 0)
        pe_buf_printf(html->out, "%lu:%lu", (unsigned long)evidence->place.line,
                      (unsigned long)evidence->place.column);
    pe_html_raw(html, "</i> ");
    if (evidence->pointer[0] == '\0')
        pe_html_words(html, PE_W_AREA_WHOLE, NULL, 0);
    else
        pe_html_text(html, evidence->pointer);
    pe_html_raw(html, " ");
    if (evidence->value != NULL) {
        pe_html_raw(html, "<b>");
        pe_html_text(html, evidence->value);
        pe_html_raw(html, "</b>");
    } else if (evidence->absent) {
        pe_html_words(html, PE_W_HTML_ABSENT, NULL, 0);
    } else {
        pe_html_number(html, PE_W_HTML_COUNTED, evidence->count < 0 ? 0 : (size_t)evidence->count);
    }
    pe_html_raw(html, "\n");
}

void pe_html_evidence(struct pe_html *html, const struct pe_rule_result *rule)
{
    bool cut = rule->evidence_total > rule->evidence_count;

    if (rule->evidence_total == 0)
        return;
    pe_html_raw(html, "<details class=\"evidence\"><summary>");
    pe_html_words(html, cut ? PE_W_HTML_EVIDENCE_CUT : PE_W_HTML_EVIDENCE,
                  (const char *[]){pe_page_number(rule->evidence_total).text,
                                   pe_page_number(rule->evidence_count).text},
                  2);
    pe_html_raw(html, "</summary>\n<ul>\n");
    for (size_t i = 0; i < rule->evidence_count; i++)
        add_evidence(html, &rule->evidence[i]);
    pe_html_raw(html, "</ul></details>\n");
}
