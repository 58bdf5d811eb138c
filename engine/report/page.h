/* page.h: what a text report is printed with: lines, indentation, wrapping, colour.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Lines are at most as wide as the page, counted in columns of a terminal (base/width.h). What is
 * wrapped is first made safe (base/escape.h), and cut when it is absurdly long. Colours are few,
 * never the only sign of anything, and only there when the style asks for them.
 */
#ifndef PE_REPORT_PAGE_H
#define PE_REPORT_PAGE_H

#include "base/buf.h"
#include "policyeval.h"
#include "words.h"

enum pe_colour { PE_PLAIN, PE_BOLD, PE_DIM, PE_RED, PE_GREEN, PE_YELLOW, PE_MAGENTA, PE_CYAN };

struct pe_page {
    struct pe_buf *out; /* the text: what the page ends with, not before */
    struct pe_buf text;
    struct pe_buf scratch; /* for the text of a line that is being put together */
    enum pe_lang lang;
    bool colour;
    size_t columns;
    struct pe_strings packs; /* of the style */
};

/* A number as text, for arguments of words; lives as long as the block it is written in. */
struct pe_page_number {
    char text[24];
};
struct pe_page_number pe_page_number(size_t number);

/* A page stays where it is until it is finished. */
void pe_page_init(struct pe_page *page, const struct pe_style *style);

/* Adds what stands on the page to out, with no command in it for a reader of logs (base/disarm.h);
 * out fails where the page did. */
void pe_page_finish(struct pe_page *page, struct pe_buf *out);

/* The terminal's sequences; "" without colour. */
const char *pe_page_on(const struct pe_page *page, enum pe_colour colour);
const char *pe_page_off(const struct pe_page *page, enum pe_colour colour);

enum pe_colour pe_page_status_colour(enum pe_status status);
const char *pe_page_status_mark(enum pe_status status); /* one column: ✓ ✗ ? ! - ~ */

/* Adds to the line that is open; the text is a word of ours, or was made safe. */
void pe_page_add(struct pe_page *page, enum pe_colour colour, const char *text);
void pe_page_end(struct pe_page *page);

/* A heading with a blank line before it. args as for pe_words_add. */
void pe_page_heading(struct pe_page *page, enum pe_word word, const char *const args[],
                     size_t count);

/* One paragraph: indent columns, the lead (a word of ours, coloured), then the untrusted text,
 * wrapped; later lines begin below the text's first column. */
void pe_page_paragraph(struct pe_page *page, size_t indent, const char *lead, enum pe_colour colour,
                       const char *text);

/* The same for a text that was made safe, put together in page->scratch, say. lead may be NULL. */
void pe_page_wrap(struct pe_page *page, size_t indent, const char *lead, enum pe_colour colour,
                  const char *safe);

/* Starts page->scratch anew and returns it. */
struct pe_buf *pe_page_scratch(struct pe_page *page);

/* Its text; "" when it is empty. */
const char *pe_page_text(const struct pe_page *page);

/* Releases a buffer that was part of a text; the whole has failed when the part has. */
void pe_page_drop(struct pe_buf *whole, struct pe_buf *part);

#endif
