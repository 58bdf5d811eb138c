/* page.c: what a text report is printed with: lines, indentation, wrapping, colour. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/page.h"

#include <stdio.h>
#include <string.h>

#include "base/disarm.h"
#include "base/escape.h"
#include "base/width.h"

enum { DEFAULT_COLUMNS = 100, LEAST_COLUMNS = 40, LEAST_TEXT_COLUMNS = 20, MOST_TEXT_BYTES = 4000 };

struct pe_page_number pe_page_number(size_t number)
{
    struct pe_page_number result;

    snprintf(result.text, sizeof result.text, "%zu", number);
    return result;
}

void pe_page_init(struct pe_page *page, const struct pe_style *style)
{
    size_t columns = style->width == 0 ? DEFAULT_COLUMNS : style->width;

    *page = (struct pe_page){
        .out = &page->text, .lang = style->lang, .colour = style->colour, .packs = style->packs};
    page->columns = columns < LEAST_COLUMNS ? LEAST_COLUMNS : columns;
}

void pe_page_finish(struct pe_page *page, struct pe_buf *out)
{
    bool failed = pe_buf_failed(&page->text) || pe_buf_failed(&page->scratch);

    if (!failed)
        pe_disarm_add(out, page->text.data, page->text.length);
    out->failed |= failed;
    pe_buf_release(&page->text);
    pe_buf_release(&page->scratch);
}

const char *pe_page_on(const struct pe_page *page, enum pe_colour colour)
{
    static const char *const on[] = {
        [PE_PLAIN] = "",         [PE_BOLD] = "\033[1m",     [PE_DIM] = "\033[2m",
        [PE_RED] = "\033[1;31m", [PE_GREEN] = "\033[32m",   [PE_YELLOW] = "\033[33m",
        [PE_CYAN] = "\033[36m",  [PE_MAGENTA] = "\033[35m",
    };

    return page->colour ? on[colour] : "";
}

const char *pe_page_off(const struct pe_page *page, enum pe_colour colour)
{
    return page->colour && colour != PE_PLAIN ? "\033[0m" : "";
}

enum pe_colour pe_page_status_colour(enum pe_status status)
{
    static const enum pe_colour colours[] = {
        [PE_NOT_APPLICABLE] = PE_DIM, [PE_PASS] = PE_GREEN, [PE_WAIVED] = PE_CYAN,
        [PE_UNKNOWN] = PE_YELLOW,     [PE_FAIL] = PE_RED,   [PE_ERROR] = PE_MAGENTA,
    };

    return colours[status];
}

const char *pe_page_status_mark(enum pe_status status)
{
    static const char *const marks[] = {
        [PE_NOT_APPLICABLE] = "-", [PE_PASS] = "✓", [PE_WAIVED] = "~",
        [PE_UNKNOWN] = "?",        [PE_FAIL] = "✗", [PE_ERROR] = "!",
    };

    return marks[status];
}

void pe_page_add(struct pe_page *page, enum pe_colour colour, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return;
    pe_buf_adds(page->out, pe_page_on(page, colour));
    pe_buf_adds(page->out, text);
    pe_buf_adds(page->out, pe_page_off(page, colour));
}

void pe_page_end(struct pe_page *page)
{
    pe_buf_addc(page->out, '\n');
}

void pe_page_heading(struct pe_page *page, enum pe_word word, const char *const args[],
                     size_t count)
{
    pe_page_end(page);
    pe_buf_adds(page->out, pe_page_on(page, PE_BOLD));
    pe_words_add(page->out, page->lang, word, args, count);
    pe_buf_adds(page->out, pe_page_off(page, PE_BOLD));
    pe_page_end(page);
}

/* The bytes of a text that are shown: all, or what fits into the limit, whole code points. */
static size_t limit_bytes(const char *text)
{
    size_t length = strlen(text), most = MOST_TEXT_BYTES;

    if (length <= most)
        return length;
    while (most > 0 && ((unsigned char)text[most] & 0xC0) == 0x80)
        most--;
    return most;
}

void pe_page_wrap(struct pe_page *page, size_t indent, const char *lead, enum pe_colour colour,
                  const char *safe)
{
    size_t hang = indent + pe_width(lead == NULL ? "" : lead), length = limit_bytes(safe), line;
    size_t columns =
        page->columns < hang + LEAST_TEXT_COLUMNS ? LEAST_TEXT_COLUMNS : page->columns - hang;
    const char *end = safe + length;
    bool cut = *end != '\0';

    pe_buf_fill(page->out, ' ', indent);
    pe_page_add(page, colour, lead);
    while (safe < end) {
        line = pe_width_break(safe, (size_t)(end - safe), columns);
        pe_buf_add(page->out, safe, line);
        for (safe += line; safe < end && *safe == ' ';)
            safe++;
        if (safe < end) {
            pe_page_end(page);
            pe_buf_fill(page->out, ' ', hang);
        }
    }
    pe_buf_adds(page->out, cut ? "…" : "");
    pe_page_end(page);
}

void pe_page_paragraph(struct pe_page *page, size_t indent, const char *lead, enum pe_colour colour,
                       const char *text)
{
    pe_escape_adds(pe_page_scratch(page), text);
    pe_page_wrap(page, indent, lead, colour, pe_page_text(page));
}

struct pe_buf *pe_page_scratch(struct pe_page *page)
{
    pe_buf_clear(&page->scratch);
    return &page->scratch;
}

const char *pe_page_text(const struct pe_page *page)
{
    return page->scratch.data == NULL ? "" : page->scratch.data;
}

void pe_page_drop(struct pe_buf *whole, struct pe_buf *part)
{
    whole->failed = whole->failed || part->failed;
    pe_buf_release(part);
}
