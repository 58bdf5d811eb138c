/* html.c: one file for managers and auditors: no script, no request, both languages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include <stdio.h>
#include <string.h>

#include "base/sha256.h"
#include "report/faults.h"
#include "report/html_out.h"
#include "report/html_style.h"

/* ---- the head ---- */

static unsigned hex_digit(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* Base64 (RFC 4648) of a SHA-256 in hexadecimal: 32 bytes, so the last group has two. */
static void to_base64(const char hex[65], char out[45])
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned bits = 0, count = 0;
    size_t made = 0;

    for (size_t i = 0; i < 64; i++) {
        bits = bits << 4 | hex_digit(hex[i]);
        count += 4;
        if (count >= 6) {
            count -= 6;
            out[made++] = alphabet[bits >> count & 63];
        }
    }
    out[made++] = alphabet[bits << (6 - count) & 63];
    out[made++] = '=';
    out[made] = '\0';
}

/* Nothing may be loaded or run, and only this very style sheet counts. */
static void add_policy(struct pe_html *html)
{
    char hex[65], base64[45];

    pe_sha256_of(pe_html_style, pe_html_style_length, hex);
    to_base64(hex, base64);
    pe_buf_printf(html->out,
                  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                  "style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n",
                  base64);
}

static const char *verdict_word(const struct pe_html *html, bool passed)
{
    return pe_words_status(html->lang, passed ? PE_PASS : PE_FAIL);
}

/* "FAIL · hokuto-foods · Assessment report", in one language: it is a tab's name. */
static void add_title(struct pe_html *html, const struct pe_run *run)
{
    pe_buf_printf(html->out, "<title>%s · ", verdict_word(html, run->passed));
    if (run->count == 1 && run->results[0].tenant != NULL) {
        pe_html_text(html, run->results[0].tenant);
        pe_html_raw(html, " · ");
    }
    pe_buf_printf(html->out, "%s</title>\n", pe_words(html->lang, PE_W_HTML_TITLE));
}

static void add_head(struct pe_html *html, const struct pe_run *run)
{
    const char *lang = html->lang == PE_JA ? "ja" : "en";

    pe_buf_printf(html->out, "<!DOCTYPE html>\n<html lang=\"%s\" class=\"%s-first\">\n", lang,
                  lang);
    pe_html_raw(html, "<head>\n<meta charset=\"utf-8\">\n");
    add_policy(html);
    pe_html_raw(html, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n"
                      "<meta name=\"referrer\" content=\"no-referrer\">\n"
                      "<meta name=\"generator\" content=\"policyeval " PE_VERSION "\">\n");
    add_title(html, run);
    pe_html_raw(html, "<style>");
    pe_buf_add(html->out, pe_html_style, pe_html_style_length);
    pe_html_raw(html, "</style>\n</head>\n");
}

/* ---- the bar: language, owners, what is printed; all by the style sheet ---- */

static void add_radio(struct pe_html *html, const char *name, const char *value, bool checked)
{
    pe_buf_printf(html->out, "<label><input type=\"radio\" name=\"%s\" id=\"%s-%s\"%s> ", name,
                  name, value, checked ? " checked" : "");
}

static void add_languages(struct pe_html *html)
{
    pe_html_raw(html, "<fieldset><legend class=\"sr\">Language / 表示言語</legend>\n");
    add_radio(html, "lang", "en", html->lang == PE_EN);
    pe_html_raw(html, "<bdi lang=\"en\">English</bdi></label>\n");
    add_radio(html, "lang", "ja", html->lang == PE_JA);
    pe_html_raw(html, "<bdi lang=\"ja\">日本語</bdi></label>\n</fieldset>\n");
}

static void add_owners(struct pe_html *html)
{
    pe_html_raw(html, "<fieldset class=\"owners\"><legend>");
    pe_html_words(html, PE_W_OWNER, NULL, 0);
    pe_html_raw(html, "</legend>\n");
    add_radio(html, "of", "all", true);
    pe_html_words(html, PE_W_HTML_SHOW_ALL, NULL, 0);
    pe_html_raw(html, "</label>\n");
    for (int owner = 0; owner < PE_OWNER_COUNT; owner++) {
        add_radio(html, "of", pe_owner_word((enum pe_owner)owner), false);
        pe_html_words(html, PE_W_OWNER_PROVIDER + owner, NULL, 0);
        pe_html_raw(html, "</label>\n");
    }
    pe_html_raw(html, "</fieldset>\n");
}

static void add_bar(struct pe_html *html)
{
    pe_html_raw(html, "<header class=\"top\">\n<a class=\"skip\" href=\"#main\">");
    pe_html_words(html, PE_W_HTML_SKIP, NULL, 0);
    pe_html_raw(html, "</a>\n<p class=\"brand\">policyeval</p>\n");
    add_owners(html);
    pe_html_raw(html, "<label class=\"print\"><input type=\"checkbox\" id=\"print-evidence\"> ");
    pe_html_words(html, PE_W_HTML_PRINT_EVIDENCE, NULL, 0);
    pe_html_raw(html, "</label>\n");
    add_languages(html);
    pe_html_raw(html, "</header>\n");
}

/* ---- several snapshots ---- */

static void add_overview_row(struct pe_html *html, const struct pe_result *result, size_t number)
{
    pe_html_raw(html, "<tr><td>");
    pe_html_badge(html, result->passed ? PE_PASS : PE_FAIL);
    pe_buf_printf(html->out, "</td><td><a href=\"#s%zu\">", number);
    if (result->tenant == NULL || result->tenant[0] == '\0')
        pe_html_words(html, PE_W_TENANT_UNKNOWN, NULL, 0);
    else
        pe_html_text(html, result->tenant);
    pe_html_raw(html, "</a> ");
    pe_html_text(html, result->service);
    pe_html_raw(html, "</td><td>");
    pe_html_text(html, result->file);
    pe_html_raw(html, "</td><td>");
    pe_html_counts(html, result->controls.by_status);
    pe_html_raw(html, "</td></tr>\n");
}

static void add_overview_head(struct pe_html *html)
{
    const enum pe_word head[] = {PE_W_VERDICT, PE_W_HTML_TENANT, PE_W_SNAPSHOT, PE_W_HTML_CONTROLS};

    pe_html_raw(html, "<table class=\"overview\">\n<thead><tr>");
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++) {
        pe_html_raw(html, "<th scope=\"col\">");
        pe_html_words(html, head[i], NULL, 0);
        pe_html_raw(html, "</th>");
    }
    pe_html_raw(html, "</tr></thead>\n<tbody>\n");
}

static void add_overview(struct pe_html *html, const struct pe_run *run)
{
    size_t passed = 0;

    for (size_t i = 0; i < run->count; i++)
        passed += run->results[i].passed;
    pe_html_raw(html, "<section>\n<h2 id=\"all\">");
    pe_html_words(html, PE_W_HEAD_SUMMARY,
                  (const char *[]){pe_page_number(run->count).text, pe_page_number(passed).text,
                                   pe_page_number(run->count - passed).text},
                  3);
    pe_html_raw(html, "</h2>\n");
    add_overview_head(html);
    for (size_t i = 0; i < run->count; i++)
        add_overview_row(html, &run->results[i], i + 1);
    pe_html_raw(html, "</tbody>\n</table>\n</section>\n");
}

/* ---- one snapshot ---- */

static void add_entry(struct pe_html *html, const char *id, enum pe_word word, size_t number)
{
    pe_buf_printf(html->out, "<li><a href=\"#s%zu-%s\">", html->number, id);
    pe_html_number(html, word, number);
    pe_html_raw(html, "</a></li>\n");
}

static size_t count_failed(const struct pe_result *result)
{
    size_t count = 0;

    for (size_t i = 0; i < result->result_count; i++)
        count += pe_html_has_finding(&result->results[i]);
    return count;
}

static void add_contents(struct pe_html *html)
{
    const struct pe_result *result = html->result;
    size_t unknown = pe_html_count_unknown(result), faults = pe_faults_count(result);

    pe_html_raw(html, "<ul class=\"contents\">\n");
    if (result->gate != NULL)
        add_entry(html, "gate", PE_W_HTML_GATE, 0);
    if (result->problem_total > 0)
        add_entry(html, "problems", PE_W_HEAD_PROBLEMS, result->problem_total);
    add_entry(html, "findings", PE_W_HEAD_FINDINGS, count_failed(result));
    if (faults > 0)
        add_entry(html, "fault", PE_W_HEAD_FAULT, faults);
    if (unknown > 0)
        add_entry(html, "unknown", PE_W_HEAD_UNKNOWN, unknown);
    add_entry(html, "waived", PE_W_HTML_WAIVED, result->rules.by_status[PE_WAIVED]);
    if (result->result_count > 0)
        add_entry(html, "controls", PE_W_HEAD_CONTROLS, 0);
    add_entry(html, "unseen", PE_W_HTML_UNSEEN, 0);
    add_entry(html, "parameters", PE_W_HTML_CHANGED, pe_html_changed(html));
    add_entry(html, "proof", PE_W_HTML_PROOF, 0);
    add_entry(html, "sign", PE_W_HTML_SIGN, 0);
    pe_html_raw(html, "</ul>\n");
}

static int add_result(struct pe_html *html, struct pe_err *err)
{
    pe_html_raw(html, "<article>\n");
    pe_html_cover(html);
    add_contents(html);
    pe_html_matrix(html);
    pe_html_gate(html);
    pe_html_problems(html);
    if (pe_html_failed(html, err) != 0 || pe_html_fault(html, err) != 0 ||
        pe_html_unknown(html, err) != 0)
        return -1;
    pe_html_waived(html);
    pe_html_controls(html);
    if (pe_html_unseen(html, err) != 0)
        return -1;
    pe_html_parameters(html);
    pe_html_proof(html);
    pe_html_sign(html);
    pe_html_raw(html, "</article>\n");
    return 0;
}

/* The packs' titles below the report's. */
static void add_heading(struct pe_html *html, const struct pe_run *run)
{
    pe_html_raw(html, "<h1>");
    pe_html_words(html, PE_W_HTML_TITLE, NULL, 0);
    for (size_t i = 0; run->count > 0 && i < run->results[0].pack_count; i++) {
        pe_html_raw(html, " <small>");
        pe_html_prose(html, run->results[0].packs[i].title);
        pe_html_raw(html, "</small>");
    }
    pe_html_raw(html, "</h1>\n");
}

static int add_body(struct pe_html *html, const struct pe_run *run, struct pe_err *err)
{
    pe_html_raw(html, "<body>\n");
    add_bar(html);
    pe_html_raw(html, "<main id=\"main\">\n");
    add_heading(html, run);
    if (run->count != 1)
        add_overview(html, run);
    for (size_t i = 0; i < run->count; i++) {
        html->result = &run->results[i];
        html->number = i + 1;
        if (add_result(html, err) != 0)
            return -1;
    }
    pe_html_raw(html, "</main>\n</body>\n</html>\n");
    return 0;
}

static int render(const struct pe_run *run, const struct pe_style *style, struct pe_buf *out,
                  struct pe_err *err)
{
    struct pe_html html = {.out = out, .lang = style->lang};
    int result;

    add_head(&html, run);
    result = add_body(&html, run, err);
    if (result == 0 && (pe_buf_failed(out) || pe_buf_failed(&html.scratch)))
        result = pe_err_memory(err);
    pe_buf_release(&html.scratch);
    return result;
}

const struct pe_report pe_report_html = {
    .name = "html",
    .render = render,
    .summary = "for managers and auditors: one file to read, print and sign, in both languages",
};
