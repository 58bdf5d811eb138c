/* html_out.c: what the HTML report is written with: escaped text, both languages, badges. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/html_out.h"

#include <string.h>

#include "base/escape.h"
#include "report/faults.h"

void pe_html_raw(struct pe_html *html, const char *safe)
{
    pe_buf_adds(html->out, safe);
}

/* What is safe for a terminal made safe for a page. */
static void add_references(struct pe_buf *buf, const char *text)
{
    size_t plain;

    for (; *text != '\0'; text++) {
        plain = strcspn(text, "&<>");
        pe_buf_add(buf, text, plain);
        text += plain;
        if (*text == '\0')
            return;
        pe_buf_adds(buf, *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : "&gt;");
    }
}

static void add_scratch(struct pe_buf *buf, struct pe_buf *scratch)
{
    if (scratch->data != NULL)
        add_references(buf, scratch->data);
    buf->failed = buf->failed || scratch->failed;
}

void pe_html_add(struct pe_buf *buf, struct pe_buf *scratch, const char *untrusted)
{
    pe_buf_clear(scratch);
    pe_escape_adds(scratch, untrusted);
    add_scratch(buf, scratch);
}

void pe_html_text(struct pe_html *html, const char *untrusted)
{
    pe_html_add(html->out, &html->scratch, untrusted);
}

/* ---- both languages ---- */

static void open_lang(struct pe_html *html, enum pe_lang lang)
{
    pe_html_raw(html, lang == PE_JA ? "<span lang=ja>" : "<span lang=en>");
}

static void add_prose(struct pe_html *html, const char *untrusted)
{
    pe_buf_clear(&html->scratch);
    pe_escape_add_prose(&html->scratch, untrusted);
    add_scratch(html->out, &html->scratch);
}

void pe_html_prose(struct pe_html *html, struct pe_text untrusted)
{
    const char *en = pe_text_in(untrusted, PE_EN), *ja = pe_text_in(untrusted, PE_JA);

    if (strcmp(en, ja) == 0) {
        add_prose(html, en);
        return;
    }
    for (int lang = PE_EN; lang <= PE_JA; lang++) {
        open_lang(html, (enum pe_lang)lang);
        add_prose(html, lang == PE_EN ? en : ja);
        pe_html_raw(html, "</span>");
    }
}

static void add_message(struct pe_html *html, enum pe_lang lang, const char *subject,
                        const char *message)
{
    if (subject[0] != '\0') {
        pe_html_raw(html, "<strong>");
        pe_html_text(html, subject);
        pe_html_raw(html, "</strong>");
        pe_html_raw(html, pe_words(lang, PE_W_COLON));
    }
    pe_html_text(html, message);
}

void pe_html_message(struct pe_html *html, struct pe_text subject, struct pe_text message)
{
    for (int lang = PE_EN; lang <= PE_JA; lang++) {
        open_lang(html, (enum pe_lang)lang);
        add_message(html, (enum pe_lang)lang, pe_text_in(subject, (enum pe_lang)lang),
                    pe_text_in(message, (enum pe_lang)lang));
        pe_html_raw(html, "</span>");
    }
}

void pe_html_words(struct pe_html *html, enum pe_word word, const char *const args[], size_t count)
{
    for (int lang = PE_EN; lang <= PE_JA; lang++) {
        open_lang(html, (enum pe_lang)lang);
        pe_words_add(html->out, (enum pe_lang)lang, word, args, count);
        pe_html_raw(html, "</span>");
    }
}

void pe_html_number(struct pe_html *html, enum pe_word word, size_t number)
{
    pe_html_words(html, word, (const char *[]){pe_page_number(number).text}, 1);
}

void pe_html_counts(struct pe_html *html, const size_t by_status[PE_STATUS_COUNT])
{
    for (int lang = PE_EN; lang <= PE_JA; lang++) {
        open_lang(html, (enum pe_lang)lang);
        pe_words_add_counts(html->out, (enum pe_lang)lang, by_status);
        pe_html_raw(html, "</span>");
    }
}

void pe_html_severity_owner(struct pe_html *html, enum pe_severity severity, enum pe_owner owner)
{
    for (int lang = PE_EN; lang <= PE_JA; lang++) {
        open_lang(html, (enum pe_lang)lang);
        pe_words_add(html->out, (enum pe_lang)lang, PE_W_SEVERITY_OWNER,
                     (const char *[]){pe_words_severity((enum pe_lang)lang, severity),
                                      pe_words_owner((enum pe_lang)lang, owner)},
                     2);
        pe_html_raw(html, "</span>");
    }
}

/* ---- pieces of the page ---- */

const char *pe_html_class(enum pe_status status)
{
    return status == PE_NOT_APPLICABLE ? "na" : pe_status_word(status);
}

void pe_html_badge(struct pe_html *html, enum pe_status status)
{
    pe_buf_printf(html->out, "<span class=\"badge %s\">", pe_html_class(status));
    pe_html_words(html, PE_W_STATUS_NOT_APPLICABLE + status, NULL, 0);
    pe_html_raw(html, "</span>");
}

void pe_html_heading(struct pe_html *html, int level, const char *id, enum pe_word word,
                     size_t number)
{
    if (id == NULL)
        pe_buf_printf(html->out, "<h%d>", level);
    else
        pe_buf_printf(html->out, "<h%d id=\"s%zu-%s\">", level, html->number, id);
    pe_html_number(html, word, number);
    pe_buf_printf(html->out, "</h%d>\n", level);
}

void pe_html_paragraph(struct pe_html *html, const char *class, enum pe_word word)
{
    pe_html_raw(html, "<p");
    if (class != NULL)
        pe_buf_printf(html->out, " class=\"%s\"", class);
    pe_html_raw(html, ">");
    pe_html_words(html, word, NULL, 0);
    pe_html_raw(html, "</p>\n");
}

void pe_html_control_id(struct pe_html *html, size_t control)
{
    pe_buf_printf(html->out, "s%zu-c%zu", html->number, control + 1);
}

void pe_html_rule_link(struct pe_html *html, const struct pe_control_result *control,
                       const struct pe_rule_result *rule)
{
    pe_html_raw(html, "<a href=\"#");
    pe_html_control_id(html, (size_t)(control - html->result->results));
    pe_buf_printf(html->out, "-r%zu\">", (size_t)(rule - control->rules) + 1);
    pe_html_text(html, control->control->id);
    pe_html_raw(html, "/");
    pe_html_text(html, rule->rule->id);
    pe_html_raw(html, "</a>");
}

void pe_html_rule_links(struct pe_html *html, const struct pe_group *group)
{
    const struct pe_rule_result *last = NULL;

    pe_html_raw(html, "<p class=\"rule-links\">");
    for (size_t i = 0; i < group->count; i++) {
        if (group->items[i].result == last)
            continue;
        last = group->items[i].result;
        pe_html_rule_link(html, group->items[i].control, last);
        pe_html_raw(html, " ");
    }
    pe_html_raw(html, "</p>\n");
}

bool pe_html_is_finding(const struct pe_rule_result *rule)
{
    return pe_faults_failed(rule);
}

bool pe_html_has_finding(const struct pe_control_result *control)
{
    for (size_t i = 0; i < control->rule_count; i++) {
        if (pe_html_is_finding(&control->rules[i]))
            return true;
    }
    return false;
}
