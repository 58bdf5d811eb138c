/* doc_fields.c: the fields of a model on the reference page, area by area. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/doc_page.h"

#include <string.h>

enum { MOST_COLUMNS = 8 };

/* The length of the first step of a path. */
static size_t area_length(const char *path)
{
    return strcspn(path, ".[");
}

/* Whether the second field lies below the area of the first. */
static bool is_in_area(const char *first, const char *second)
{
    size_t length = area_length(first);

    return strncmp(first, second, length) == 0 && area_length(second) == length;
}

/* How many fields, from this one on, are of one area. */
static size_t count_area(const struct pe_field_info *fields, size_t count)
{
    size_t size = 1;

    while (size < count && is_in_area(fields[0].path, fields[size].path))
        size++;
    return size;
}

struct part {
    const struct pe_field_info *fields;
    const struct pe_reads *reads; /* NULL: no such column */
    const struct pe_pack_info *pack;
};

static void add_table(struct pe_doc *doc, const struct part *part)
{
    static const enum pe_word head[MOST_COLUMNS] = {
        PE_W_DOC_FIELD, PE_W_DOC_TYPE,   PE_W_DOC_REQUIRED, PE_W_DOC_WHEN,
        PE_W_DOC_UNIT,  PE_W_DOC_SECRET, PE_W_DOC_MEANING,  PE_W_DOC_READ_BY};

    pe_doc_table(doc, head, part->reads == NULL ? MOST_COLUMNS - 1 : MOST_COLUMNS);
}

static void add_when(struct pe_doc *doc, const struct pe_field_info *field)
{
    if (field->service[0] != '\0') {
        pe_doc_word(doc, PE_W_DOC_SERVICE);
        pe_doc_code(doc, field->service);
    }
    if (field->service[0] != '\0' && field->option[0] != '\0')
        pe_doc_word(doc, PE_W_COMMA);
    if (field->option[0] != '\0') {
        pe_doc_word(doc, PE_W_DOC_OPTION);
        pe_doc_code(doc, field->option);
    }
}

static size_t count_readers(const struct part *part, size_t at)
{
    size_t count = 0;

    for (size_t i = 0; i < part->pack->control_count; i++)
        count += pe_reads_has(part->reads, at, i);
    return count;
}

/* The ids of those controls that read the field, or of those that do not. */
static void add_ids(struct pe_doc *doc, const struct part *part, size_t at, bool reading)
{
    size_t before = 0;

    for (size_t i = 0; i < part->pack->control_count; i++) {
        if (pe_reads_has(part->reads, at, i) != reading)
            continue;
        if (before++ > 0)
            pe_doc_word(doc, PE_W_COMMA);
        pe_doc_text(doc, part->pack->controls[i].id);
    }
}

enum { MOST_EXCEPTIONS = 5 };

/* "all but 9.4.1" where nearly all of many do. */
static void add_readers(struct pe_doc *doc, const struct part *part, size_t at)
{
    size_t all = part->pack->control_count, readers = count_readers(part, at);

    if (readers <= MOST_EXCEPTIONS || all - readers > MOST_EXCEPTIONS) {
        add_ids(doc, part, at, true);
    } else if (readers == all) {
        pe_doc_word(doc, PE_W_DOC_ALL);
    } else if (doc->lang == PE_JA) { /* the words stand behind */
        add_ids(doc, part, at, false);
        pe_doc_word(doc, PE_W_DOC_ALL_BUT);
    } else {
        pe_doc_word(doc, PE_W_DOC_ALL_BUT);
        add_ids(doc, part, at, false);
    }
}

static void add_field(struct pe_doc *doc, const struct part *part, size_t at)
{
    const struct pe_field_info *field = &part->fields[at];

    pe_doc_cell(doc);
    pe_doc_code(doc, field->path);
    pe_doc_cell(doc);
    pe_doc_marked(doc, pe_text_in(field->type, doc->lang));
    pe_doc_cell(doc);
    if (field->required)
        pe_doc_word(doc, PE_W_DOC_YES);
    pe_doc_cell(doc);
    add_when(doc, field);
    pe_doc_cell(doc);
    pe_doc_text(doc, pe_text_in(field->unit, doc->lang));
    pe_doc_cell(doc);
    if (field->secret)
        pe_doc_word(doc, PE_W_DOC_YES);
    pe_doc_cell(doc);
    pe_doc_text(doc, pe_text_in(field->doc, doc->lang));
    if (part->reads != NULL) {
        pe_doc_cell(doc);
        add_readers(doc, part, at);
    }
    pe_doc_end_row(doc);
}

/* Fields of the frame, which have nothing below them, share a table. */
static void add_frame(struct pe_doc *doc, const struct part *part, size_t count)
{
    size_t before = 0;

    for (size_t i = 0, size; i < count; i += size) {
        size = count_area(part->fields + i, count - i);
        if (size > 1)
            continue;
        if (before++ == 0) {
            pe_doc_heading(doc, 3);
            pe_doc_word(doc, PE_W_DOC_FRAME);
            pe_doc_paragraph(doc);
            add_table(doc, part);
        }
        add_field(doc, part, i);
    }
    pe_buf_adds(doc->out, before > 0 ? "\n" : "");
}

static void add_area(struct pe_doc *doc, const struct part *part, size_t from, size_t size)
{
    struct pe_buf name = {0};

    pe_buf_add(&name, part->fields[from].path, area_length(part->fields[from].path));
    pe_doc_heading(doc, 3);
    if (pe_buf_failed(&name))
        doc->out->failed = true;
    else
        pe_doc_text(doc, name.data);
    pe_buf_release(&name);
    pe_doc_paragraph(doc);
    add_table(doc, part);
    for (size_t i = 0; i < size; i++)
        add_field(doc, part, from + i);
    pe_buf_adds(doc->out, "\n");
}

void pe_doc_add_fields(struct pe_doc *doc, const struct pe_field_info *fields, size_t count,
                       const struct pe_reads *reads, const struct pe_pack_info *pack)
{
    struct part part = {fields, reads, pack};

    add_frame(doc, &part, count);
    for (size_t i = 0, size; i < count; i += size) {
        size = count_area(fields + i, count - i);
        if (size > 1)
            add_area(doc, &part, i, size);
    }
}
