/* frame_line.c: a piece of one line of a snapshot, decoded, for a code frame. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "frame_line.h"

#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"
#include "base/width.h"
#include "encoding.h"

static const char secret_text[] = "[secret]";

void pe_frame_text_init(struct pe_frame_text *text, const struct pe_frame_source *source)
{
    size_t begin;
    enum pe_encoding_kind kind = pe_encoding_find(source->bytes, source->length, &begin);

    *text = (struct pe_frame_text){.source = source,
                                   .begin = begin,
                                   .unit = kind == PE_UTF8 ? 1 : 2,
                                   .big_endian = kind == PE_UTF16BE};
}

/* The code unit at an offset from which at least a unit is left. */
static uint32_t unit_at(const struct pe_frame_text *text, size_t at)
{
    const unsigned char *b = text->source->bytes + at;

    if (text->unit == 1)
        return b[0];
    return text->big_endian ? (uint32_t)(b[0] << 8 | b[1]) : (uint32_t)(b[1] << 8 | b[0]);
}

static bool has_unit(const struct pe_frame_text *text, size_t at)
{
    return at < text->source->length && text->source->length - at >= text->unit;
}

static bool is_low_surrogate(uint32_t unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

static void decode_utf16(const struct pe_frame_text *text, struct pe_frame_cell *cell)
{
    uint32_t low = has_unit(text, cell->at + 2) ? unit_at(text, cell->at + 2) : 0;

    cell->code = unit_at(text, cell->at);
    cell->end = cell->at + 2;
    if (cell->code >= 0xD800 && cell->code <= 0xDBFF && is_low_surrogate(low)) {
        cell->code = 0x10000 + ((cell->code - 0xD800) << 10 | (low - 0xDC00));
        cell->end += 2;
    } else if (cell->code >= 0xD800 && cell->code <= 0xDFFF) {
        cell->invalid = true;
    }
}

static void decode_utf8(const struct pe_frame_text *text, struct pe_frame_cell *cell)
{
    const struct pe_frame_source *source = text->source;
    size_t size = pe_utf8_decode((const char *)source->bytes + cell->at, source->length - cell->at,
                                 &cell->code);

    cell->end = cell->at + (size == 0 ? 1 : size);
    if (size == 0) {
        cell->code = source->bytes[cell->at];
        cell->invalid = true;
    }
}

static void decode(const struct pe_frame_text *text, size_t at, struct pe_frame_cell *cell)
{
    char shown[PE_FRAME_CELL_BYTES];
    uint32_t unit = unit_at(text, at);

    *cell = (struct pe_frame_cell){.at = at, .end = at + text->unit, .code = unit, .width = 1};
    if (unit >= 0x20 && unit < 0x7F)
        return; /* shown as it is */
    if (text->unit == 2)
        decode_utf16(text, cell);
    else
        decode_utf8(text, cell);
    pe_frame_cell_text(cell, shown);
    cell->width = (unsigned)pe_width(shown);
}

/* Where the line of a point begins, or the reach. */
static size_t find_begin(const struct pe_frame_text *text, size_t point, bool *cut)
{
    size_t at = point;

    while (at > text->begin && point - at < PE_FRAME_REACH) {
        if (unit_at(text, at - text->unit) == '\n')
            break;
        at -= text->unit;
    }
    *cut = at > text->begin && unit_at(text, at - text->unit) != '\n';
    return at;
}

/* Moves from inside a code point, where a cut may fall, to the next. */
static size_t skip_rest(const struct pe_frame_text *text, size_t at, size_t point)
{
    if (text->unit == 2)
        return at < point && is_low_surrogate(unit_at(text, at)) ? at + 2 : at;
    for (int i = 0; i < 3 && at < point && (text->source->bytes[at] & 0xC0) == 0x80; i++)
        at++;
    return at;
}

static void read_cells(const struct pe_frame_text *text, size_t stop, struct pe_frame_line *line)
{
    size_t at = line->begin;

    while (has_unit(text, at) && at < stop && line->count < PE_FRAME_CELLS) {
        if (unit_at(text, at) == '\n') {
            line->next = has_unit(text, at + text->unit) ? at + text->unit : 0;
            break;
        }
        decode(text, at, &line->cells[line->count]);
        at = line->cells[line->count++].end;
    }
    line->end = at;
    line->cut_right = has_unit(text, at) && unit_at(text, at) != '\n';
    if (!line->cut_right && line->count > 0 && line->cells[line->count - 1].code == '\r')
        line->count--;
}

/* The first cell that ends behind an offset. */
static size_t find_cell(const struct pe_frame_line *line, uint64_t offset)
{
    size_t low = 0, high = line->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (line->cells[middle].end > offset)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Counts, per cell, the spans that open and close there: they may overlap. */
static void count_spans(const struct pe_frame_source *source, const struct pe_frame_line *line,
                        long opened[PE_FRAME_CELLS + 1])
{
    for (size_t i = 0; i < source->secret_count; i++) {
        uint64_t begin = source->secrets[i].offset, length = source->secrets[i].length;
        uint64_t end = length > UINT64_MAX - begin ? UINT64_MAX : begin + length;
        if (length == 0 || end <= line->begin || begin >= line->end)
            continue;
        opened[find_cell(line, begin)]++;
        opened[end >= line->end ? line->count : find_cell(line, end - 1) + 1]--;
    }
}

static void mask_secrets(const struct pe_frame_source *source, struct pe_frame_line *line)
{
    long opened[PE_FRAME_CELLS + 1] = {0}, depth = 0;
    bool inside = false;

    if (source->secret_count == 0)
        return;
    count_spans(source, line, opened);
    for (size_t i = 0; i < line->count; i++) {
        depth += opened[i];
        line->cells[i].secret = depth > 0;
        if (depth > 0)
            line->cells[i].width = inside ? 0 : (unsigned)strlen(secret_text);
        inside = depth > 0;
    }
}

static void read_from(const struct pe_frame_text *text, size_t begin, size_t point,
                      struct pe_frame_line *line)
{
    size_t reach = text->source->length - point;

    line->begin = begin;
    line->count = 0;
    line->next = 0;
    if (reach > PE_FRAME_REACH)
        reach = PE_FRAME_REACH;
    read_cells(text, point + reach, line);
    mask_secrets(text->source, line);
}

void pe_frame_line_read(const struct pe_frame_text *text, size_t point, struct pe_frame_line *line)
{
    size_t begin;

    if (point < text->begin)
        point = text->begin;
    point -= (point - text->begin) % text->unit;
    begin = find_begin(text, point, &line->cut_left);
    if (line->cut_left)
        begin = skip_rest(text, begin, point);
    read_from(text, begin, point, line);
}

bool pe_frame_line_before(const struct pe_frame_text *text, const struct pe_frame_line *line,
                          struct pe_frame_line *before)
{
    size_t end, begin;

    if (line->cut_left || line->begin <= text->begin)
        return false;
    end = line->begin - text->unit; /* the line feed */
    begin = find_begin(text, end, &before->cut_left);
    if (before->cut_left)
        return false;
    read_from(text, begin, end, before);
    return true;
}

void pe_frame_cell_text(const struct pe_frame_cell *cell, char out[PE_FRAME_CELL_BYTES])
{
    size_t length;

    if (cell->secret) {
        snprintf(out, PE_FRAME_CELL_BYTES, "%s", cell->width == 0 ? "" : secret_text);
    } else if (cell->invalid) {
        snprintf(out, PE_FRAME_CELL_BYTES, "\\x{%02X}", (unsigned)cell->code);
    } else if (cell->code == '\t') {
        snprintf(out, PE_FRAME_CELL_BYTES, " ");
    } else if (!pe_escape_harmless(cell->code)) {
        snprintf(out, PE_FRAME_CELL_BYTES, "\\u{%04X}", (unsigned)cell->code);
    } else {
        length = pe_utf8_encode(cell->code, out);
        out[length] = '\0';
    }
}
