/* markup.c: text that is not ours, in Markdown. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/markup.h"

#include <string.h>

#include "base/escape.h"

enum { CODE_BYTES = 1000, PROSE_BYTES = 4000 };

/* As many bytes as are shown, whole code points; of an escaped text, which is UTF-8. */
static size_t limit(const struct pe_buf *text, size_t most)
{
    if (text->length <= most)
        return text->length;
    while (((unsigned char)text->data[most] & 0xC0) == 0x80)
        most--;
    return most;
}

static bool is_ascii_word(char c)
{
    return (unsigned char)(c - '!') < 0x7F - '!';
}

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* ---- code ---- */

/* The longest run of backticks: the fence needs one more. */
static size_t longest_ticks(const char *text, size_t length)
{
    size_t longest = 0, run = 0;

    for (size_t i = 0; i < length; i++) {
        run = text[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* A blank at both ends is taken off by the reader, so one is added where the text has its own, or
 * a backtick. */
static void add_code(struct pe_buf *buf, const char *text, size_t length)
{
    size_t fence = longest_ticks(text, length) + 1;
    bool padded =
        text[0] == '`' || text[length - 1] == '`' || text[0] == ' ' || text[length - 1] == ' ';

    pe_buf_fill(buf, '`', fence);
    pe_buf_adds(buf, padded ? " " : "");
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '|')
            pe_buf_adds(buf, "\\u{007C}");
        else
            pe_buf_addc(buf, text[i]);
    }
    pe_buf_adds(buf, padded ? " " : "");
    pe_buf_fill(buf, '`', fence);
}

void pe_markup_add_code(struct pe_buf *buf, const char *text)
{
    struct pe_buf safe = {0};

    pe_escape_adds(&safe, text);
    if (safe.length > 0)
        add_code(buf, safe.data, limit(&safe, CODE_BYTES));
    pe_buf_adds(buf, safe.length > CODE_BYTES ? "…" : "");
    buf->failed = buf->failed || safe.failed;
    pe_buf_release(&safe);
}

/* ---- prose ---- */

static bool begins(const char *text, size_t length, const char *word)
{
    for (size_t i = 0; word[i] != '\0'; i++) {
        if (i >= length || (text[i] | 0x20) != word[i])
            return false;
    }
    return true;
}

/* Whether a site could see more in the word, a run of printable ASCII, than its letters. */
static bool is_special(const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool more = i + 1 < length;
        if (strchr("@#$", word[i]) != NULL)
            return true;
        if (more && strchr("!%~&", word[i]) != NULL &&
            (is_alnum(word[i + 1]) || word[i + 1] == '"'))
            return true;
        if (more && word[i] == ':' && (is_alnum(word[i + 1]) || strchr("/+-", word[i + 1]) != NULL))
            return true;
        if (begins(word + i, length - i, "www."))
            return true;
        if ((i == 0 || !is_alnum(word[i - 1])) && begins(word + i, length - i, "gh-"))
            return true;
    }
    return false;
}

/* Printable ASCII outside code. A bar is a reference, which no table takes for its own. */
static void add_plain(struct pe_buf *buf, const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (word[i] == '|')
            pe_buf_adds(buf, "&#124;");
        else if (strchr("\\`*_[]<>&~!", word[i]) != NULL)
            pe_buf_printf(buf, "\\%c", word[i]);
        else
            pe_buf_addc(buf, word[i]);
    }
}

void pe_markup_add(struct pe_buf *buf, const char *text)
{
    struct pe_buf safe = {0};
    const char *end;
    size_t length = 0;

    pe_escape_add_prose(&safe, text);
    end = safe.data == NULL ? NULL : safe.data + limit(&safe, PROSE_BYTES);
    for (const char *c = safe.data; c != end; c += length) {
        for (length = 0; c + length < end && is_ascii_word(c[length]);)
            length++;
        while (length > 1 &&
               strchr(",;", c[length - 1]) != NULL) /* of the sentence, not the word */
            length--;
        if (length == 0) {
            length = 1;
            pe_buf_addc(buf, *c);
        } else if (is_special(c, length)) {
            add_code(buf, c, length);
        } else {
            add_plain(buf, c, length);
        }
    }
    pe_buf_adds(buf, safe.length > PROSE_BYTES ? "…" : "");
    buf->failed = buf->failed || safe.failed;
    pe_buf_release(&safe);
}
