/* html_out.h: what the HTML report is written with: escaped text, both languages, badges, frames.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything that comes from outside goes through pe_html_text and its like, which make it safe
 * for a page as for a terminal (base/escape.h) and then write & < > as references. Nothing from
 * outside ever stands in a tag: classes, ids and links are words and numbers of ours.
 *
 * A text in two languages is written twice, in <span lang>, and the style sheet (html.css) shows
 * one. Where both are the same it is written once. Only html.c and its parts use this.
 */
#ifndef PE_REPORT_HTML_OUT_H
#define PE_REPORT_HTML_OUT_H

#include "base/buf.h"
#include "base/err.h"
#include "policyeval.h"
#include "report/group.h"
#include "report/page.h"
#include "words.h"

struct pe_html {
    struct pe_buf *out;
    struct pe_buf scratch; /* of pe_html_text */
    enum pe_lang lang;     /* the one that is shown first */
    const struct pe_result *result;
    size_t number; /* of the snapshot, from 1: the first part of its ids */
};

/* A piece of the page as it is: ours, or made safe. */
void pe_html_raw(struct pe_html *html, const char *safe);

/* Adds untrusted text to any buffer, or to the page; NULL is nothing. Prose loses its line breaks.
 */
void pe_html_add(struct pe_buf *buf, struct pe_buf *scratch, const char *untrusted);
void pe_html_text(struct pe_html *html, const char *untrusted);
void pe_html_prose(struct pe_html *html, struct pe_text untrusted);

/* A finding's subject and message in both languages. */
void pe_html_message(struct pe_html *html, struct pe_text subject, struct pe_text message);

/* A phrase of words.def in both languages. The arguments are safe; NULL and 0 for none. */
void pe_html_words(struct pe_html *html, enum pe_word word, const char *const args[], size_t count);
void pe_html_number(struct pe_html *html, enum pe_word word, size_t number);
void pe_html_counts(struct pe_html *html, const size_t by_status[PE_STATUS_COUNT]);

/* "fail", "na": a class of the style sheet. */
const char *pe_html_class(enum pe_status status);
void pe_html_badge(struct pe_html *html, enum pe_status status);

/* "severity: high, responsible: customer" and, of a rule, what it rests on. */
void pe_html_severity_owner(struct pe_html *html, enum pe_severity severity, enum pe_owner owner);

/* A heading "<hN>...</hN>" with a phrase; id may be NULL, else it is "s1-id". */
void pe_html_heading(struct pe_html *html, int level, const char *id, enum pe_word word,
                     size_t number);

/* <p>phrase</p> with an optional class. */
void pe_html_paragraph(struct pe_html *html, const char *class, enum pe_word word);

/* The place of something in the snapshot, with the pointer to it. */
void pe_html_place(struct pe_html *html, struct pe_place place, const char *pointer);

/* The snapshot's lines around a place, with what is meant marked. False where there are none. */
bool pe_html_frame(struct pe_html *html, struct pe_place place);

/* All the evidence that the result holds of a rule, folded away. */
void pe_html_evidence(struct pe_html *html, const struct pe_rule_result *rule);

/* The findings of a rule as a list; with frames, where asked for and nothing was missing. */
void pe_html_findings(struct pe_html *html, const struct pe_rule_result *rule, bool framed);
void pe_html_notes(struct pe_html *html, const struct pe_rule_result *rule);

/* Where control and rule (by their place in the result) are told: "s1-c3", "s1-c3-r4". */
void pe_html_control_id(struct pe_html *html, size_t control);
void pe_html_rule_link(struct pe_html *html, const struct pe_control_result *control,
                       const struct pe_rule_result *rule);

/* The rules of a group, each once. */
void pe_html_rule_links(struct pe_html *html, const struct pe_group *group);

/* Whether the rule, or a rule of the control, is told under findings: it failed. */
bool pe_html_is_finding(const struct pe_rule_result *rule);
bool pe_html_has_finding(const struct pe_control_result *control);

/* ---- the parts of a snapshot's report, in their order ---- */

void pe_html_cover(struct pe_html *html);
void pe_html_matrix(struct pe_html *html);
void pe_html_gate(struct pe_html *html); /* nothing where it is the default */
void pe_html_problems(struct pe_html *html);
int pe_html_failed(struct pe_html *html, struct pe_err *err);
int pe_html_fault(struct pe_html *html, struct pe_err *err);
int pe_html_unknown(struct pe_html *html, struct pe_err *err);
size_t pe_html_count_unknown(const struct pe_result *result); /* rules with unknowns */
void pe_html_waived(struct pe_html *html);
void pe_html_waiver_table(struct pe_html *html); /* there is a file of waivers */
void pe_html_controls(struct pe_html *html);
int pe_html_unseen(struct pe_html *html, struct pe_err *err);
void pe_html_parameters(struct pe_html *html);
size_t pe_html_changed(struct pe_html *html); /* how many parameters differ from their defaults */
void pe_html_proof(struct pe_html *html);
void pe_html_sign(struct pe_html *html);

#endif
