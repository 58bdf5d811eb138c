/* doc_page.c: headings, tables, text and code of a page in Markdown. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/doc_page.h"

#include <string.h>

#include "base/escape.h"
#include "base/markdown.h"

void pe_doc_text(struct pe_doc *doc, const char *text)
{
    pe_markdown_adds(doc->out, text);
}

/* How many backticks stand together at most. */
static size_t longest_run(const char *text)
{
    size_t longest = 0;

    for (size_t run; *text != '\0'; text += run > 0 ? run : 1) {
        run = strspn(text, "`");
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* A span is fenced with one backtick more than it holds; a table's | needs a backslash in it too.
 */
static void add_code(struct pe_doc *doc, const struct pe_buf *text)
{
    size_t run = longest_run(text->data);

    pe_buf_fill(doc->out, '`', run + 1);
    pe_buf_adds(doc->out, run > 0 ? " " : "");
    for (const char *c = text->data; *c != '\0'; c++) {
        pe_buf_adds(doc->out, *c == '|' ? "\\" : "");
        pe_buf_addc(doc->out, *c);
    }
    pe_buf_adds(doc->out, run > 0 ? " " : "");
    pe_buf_fill(doc->out, '`', run + 1);
}

void pe_doc_code(struct pe_doc *doc, const char *text)
{
    struct pe_buf safe = {0};

    if (text == NULL || text[0] == '\0')
        return;
    pe_escape_adds(&safe, text);
    if (pe_buf_failed(&safe))
        doc->out->failed = true;
    else
        add_code(doc, &safe);
    pe_buf_release(&safe);
}

/* What stands between two backticks is code, all else text. */
void pe_doc_marked(struct pe_doc *doc, const char *text)
{
    struct pe_buf part = {0};

    for (bool code = false; !doc->out->failed; code = !code) {
        size_t length = strcspn(text, "`");
        pe_buf_clear(&part);
        pe_buf_add(&part, text, length);
        pe_buf_adds(&part, "");
        if (pe_buf_failed(&part))
            doc->out->failed = true;
        else if (code && text[length] == '`')
            pe_doc_code(doc, part.data);
        else { /* the blanks at its ends part it from code */
            pe_buf_adds(doc->out, part.data[0] == ' ' && length > 1 ? " " : "");
            pe_doc_text(doc, part.data);
            pe_buf_adds(doc->out, length > 0 && part.data[length - 1] == ' ' ? " " : "");
        }
        if (text[length] == '\0')
            break;
        text += length + 1;
    }
    pe_buf_release(&part);
}

void pe_doc_codes(struct pe_doc *doc, const struct pe_strings *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            pe_doc_word(doc, PE_W_COMMA);
        pe_doc_code(doc, list->items[i]);
    }
}

void pe_doc_word(struct pe_doc *doc, enum pe_word word)
{
    pe_buf_adds(doc->out, pe_words(doc->lang, word));
}

void pe_doc_heading(struct pe_doc *doc, unsigned level)
{
    pe_buf_fill(doc->out, '#', level);
    pe_buf_addc(doc->out, ' ');
}

void pe_doc_paragraph(struct pe_doc *doc)
{
    pe_buf_adds(doc->out, "\n\n");
}

/* ---- tables ---- */

void pe_doc_cell(struct pe_doc *doc)
{
    bool first = doc->out->length == 0 || doc->out->data[doc->out->length - 1] == '\n';

    pe_buf_adds(doc->out, first ? "| " : " | ");
}

void pe_doc_end_row(struct pe_doc *doc)
{
    pe_buf_adds(doc->out, " |\n");
}

void pe_doc_table(struct pe_doc *doc, const enum pe_word head[], size_t columns)
{
    for (size_t i = 0; i < columns; i++) {
        pe_doc_cell(doc);
        pe_doc_word(doc, head[i]);
    }
    pe_doc_end_row(doc);
    for (size_t i = 0; i < columns; i++) {
        pe_doc_cell(doc);
        pe_buf_adds(doc->out, "---");
    }
    pe_doc_end_row(doc);
}
