/* frame.c: the lines of a snapshot around a finding, with a caret under it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "frame.h"

#include <stdio.h>
#include <string.h>

#include "frame_line.h"

enum { LEAST_COLUMNS = 24, ROOM_BEHIND = 12 };

struct frame {
    struct pe_buf *buf;
    const struct pe_frame_look *look;
    size_t digits, columns; /* of the line numbers; of the text behind the bar */
};

/* Which cells of a line are shown: [first, last). */
struct view {
    size_t first, last;
    bool cut_left, cut_right;
};

static void add_str(struct pe_buf *buf, const char *str)
{
    if (str != NULL)
        pe_buf_adds(buf, str);
}

/* Line 0 is that of the carets, which has no number. */
static void add_gutter(const struct frame *frame, uint32_t number)
{
    pe_buf_fill(frame->buf, ' ', frame->look->indent);
    add_str(frame->buf, frame->look->frame_on);
    if (number == 0)
        pe_buf_fill(frame->buf, ' ', frame->digits);
    else
        pe_buf_printf(frame->buf, "%*lu", (int)frame->digits, (unsigned long)number);
    pe_buf_adds(frame->buf, " |");
    add_str(frame->buf, frame->look->frame_off);
}

static size_t width_of(const struct pe_frame_line *line, size_t first, size_t last)
{
    size_t width = 0;

    for (size_t i = first; i < last; i++)
        width += line->cells[i].width;
    return width;
}

/* Chooses what is shown of a line so that the cell at the caret is among it: the beginning if
 * that leaves room behind the caret, else as much before it as takes two thirds of the columns. */
static struct view choose(const struct frame *frame, const struct pe_frame_line *line, size_t caret)
{
    struct view view = {.last = line->count};
    size_t before = width_of(line, 0, caret), used;

    if (before + ROOM_BEHIND > frame->columns) {
        while (view.first < caret && before > frame->columns * 2 / 3)
            before -= line->cells[view.first++].width;
    }
    view.cut_left = view.first > 0 || line->cut_left;
    used = width_of(line, view.first, view.last) + (view.cut_left ? 1 : 0);
    view.cut_right = line->cut_right || used > frame->columns;
    used += view.cut_right ? 1 : 0;
    while (used > frame->columns && view.last > caret + 1)
        used -= line->cells[--view.last].width;
    return view;
}

static void add_line(const struct frame *frame, const struct pe_frame_line *line,
                     const struct view *view, uint32_t number)
{
    char shown[PE_FRAME_CELL_BYTES];

    add_gutter(frame, number);
    if (view->last > view->first || view->cut_left)
        pe_buf_addc(frame->buf, ' ');
    if (view->cut_left)
        pe_buf_adds(frame->buf, "…");
    for (size_t i = view->first; i < view->last; i++) {
        pe_frame_cell_text(&line->cells[i], shown);
        pe_buf_adds(frame->buf, shown);
    }
    if (view->cut_right)
        pe_buf_adds(frame->buf, "…");
    pe_buf_addc(frame->buf, '\n');
}

/* Where the JSON token ends that begins at a cell. */
static size_t find_token_end(const struct pe_frame_line *line, size_t first, size_t last)
{
    uint32_t open = line->cells[first].code, code;
    size_t i = first + 1;

    if (line->cells[first].secret) {
        while (i < last && line->cells[i].secret)
            i++;
        return i;
    }
    if (open == '{' || open == '[')
        return i;
    for (; i < last && !line->cells[i].secret; i++) {
        code = line->cells[i].code;
        if (open != '"' && code < 0x80 && strchr(" \t\r,:]}", (int)code) != NULL)
            return i;
        if (open == '"' && code == '"')
            return i + 1;
        if (open == '"' && code == '\\' && i + 1 < last)
            i++;
    }
    return i < last ? i : last;
}

static void add_carets(const struct frame *frame, const struct pe_frame_line *line,
                       const struct view *view, size_t caret)
{
    size_t width = 1, before = 1 + (view->cut_left ? 1 : 0) + width_of(line, view->first, caret);

    if (caret < view->last)
        width = width_of(line, caret, find_token_end(line, caret, view->last));
    add_gutter(frame, 0);
    pe_buf_fill(frame->buf, ' ', before);
    add_str(frame->buf, frame->look->caret_on);
    pe_buf_fill(frame->buf, '^', width == 0 ? 1 : width);
    add_str(frame->buf, frame->look->caret_off);
    pe_buf_addc(frame->buf, '\n');
}

/* The cell at an offset; of a secret the first, which is the one that shows. */
static size_t find_caret(const struct pe_frame_line *line, uint64_t offset)
{
    size_t i = 0;

    while (i < line->count && line->cells[i].end <= offset)
        i++;
    while (i > 0 && i < line->count && line->cells[i].secret && line->cells[i].width == 0)
        i--;
    return i;
}

static void add_context(const struct frame *frame, const struct pe_frame_line *line,
                        uint32_t number)
{
    struct view view = choose(frame, line, 0);

    add_line(frame, line, &view, number);
}

static size_t count_digits(uint32_t number)
{
    char digits[24];

    return (size_t)snprintf(digits, sizeof digits, "%lu", (unsigned long)number);
}

static struct frame open_frame(struct pe_buf *buf, const struct pe_frame_look *look, uint32_t line)
{
    size_t digits = count_digits(line == UINT32_MAX ? line : line + 1);
    size_t gutter = look->indent + digits + 3;
    size_t columns =
        look->columns < gutter + LEAST_COLUMNS ? LEAST_COLUMNS : look->columns - gutter;

    return (struct frame){buf, look, digits, columns};
}

/* Neighbours are shown only beside a line that is shown from its beginning: beside a piece of a
 * long line they would not line up. */
static bool shows_begin(const struct frame *frame, const struct pe_frame_line *line,
                        struct pe_place place)
{
    struct view view = choose(frame, line, find_caret(line, place.offset));

    return !view.cut_left;
}

/* The line of the caret, and the caret. Returns whether the line is shown from its beginning. */
static bool add_caret_line(const struct frame *frame, const struct pe_frame_line *line,
                           struct pe_place place)
{
    size_t caret = find_caret(line, place.offset);
    struct view view = choose(frame, line, caret);

    add_line(frame, line, &view, place.line);
    add_carets(frame, line, &view, caret);
    return !view.cut_left;
}

bool pe_frame_add(struct pe_buf *buf, const struct pe_frame_source *source, struct pe_place place,
                  const struct pe_frame_look *look)
{
    struct frame frame = open_frame(buf, look, place.line);
    struct pe_frame_text text;
    struct pe_frame_line line, other;

    if (place.line == 0 || place.offset >= source->length)
        return false;
    pe_frame_text_init(&text, source);
    pe_frame_line_read(&text, (size_t)place.offset, &line);
    if (place.line > 1 && shows_begin(&frame, &line, place) &&
        pe_frame_line_before(&text, &line, &other))
        add_context(&frame, &other, place.line - 1);
    if (add_caret_line(&frame, &line, place) && line.next > 0 && place.line < UINT32_MAX) {
        pe_frame_line_read(&text, line.next, &other);
        add_context(&frame, &other, place.line + 1);
    }
    return true;
}
