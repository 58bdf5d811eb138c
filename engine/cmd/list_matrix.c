/* list_matrix.c: who is responsible for each control, by service. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/width.h"
#include "cmd/list.h"

enum { GAP = 2, MOST_ID = 24 };

/* A pack that tells no services apart has one column. */
static size_t columns_of(const struct pe_pack_info *info)
{
    return info->services.count == 0 ? 1 : info->services.count;
}

struct matrix {
    const struct pe_catalogue *catalogue;
    const struct pe_pack_info *info;
    size_t columns, id_width, cell_width;
    size_t counts[PE_MAX_SERVICES][PE_OWNER_COUNT]; /* of controls */
};

/* ---- sides ---- */

/* Of a rule; where the pack tells no services apart, its one owner. */
static struct pe_side side_of_rule(const struct matrix *m, const struct pe_rule *rule,
                                   size_t column)
{
    return m->info->services.count == 0 ? (struct pe_side){true, rule->owner} : rule->sides[column];
}

/* A control without a rule for the service does not apply to it. */
static struct pe_side side_of(const struct matrix *m, size_t control, size_t column)
{
    const struct pe_control *c = &m->info->controls[control];
    struct pe_side side = {false, c->owner};

    if (m->info->services.count > 0)
        side.owner = c->sides[column].owner;
    for (size_t i = 0; i < c->rule_count; i++)
        side.applies = side.applies || (pe_catalogue_takes(m->catalogue, control, i) &&
                                        side_of_rule(m, &c->rules[i], column).applies);
    return side;
}

static bool is_taken(const struct matrix *m, size_t control)
{
    for (size_t i = 0; i < m->info->controls[control].rule_count; i++)
        if (pe_catalogue_takes(m->catalogue, control, i))
            return true;
    return false;
}

/* Whether a rule is somebody else's than its control for some service. */
static bool differs(const struct matrix *m, size_t control, size_t rule)
{
    const struct pe_rule *r = &m->info->controls[control].rules[rule];

    if (!pe_catalogue_takes(m->catalogue, control, rule))
        return false;
    for (size_t i = 0; i < m->columns; i++) {
        struct pe_side side = side_of_rule(m, r, i);
        if (side.applies && side.owner != side_of(m, control, i).owner)
            return true;
    }
    return false;
}

static struct matrix matrix_of(const struct pe_catalogue *catalogue)
{
    struct matrix m = {.catalogue = catalogue, .info = pe_catalogue_info(catalogue)};

    m.columns = columns_of(m.info);
    return m;
}

/* ---- for people ---- */

static void widen(size_t *column, const char *safe)
{
    size_t width = pe_width(safe);

    if (width > *column)
        *column = width;
}

/* The name of a column in the scratch buffer. */
static const char *column_name(struct pe_page *page, const struct matrix *m, size_t column)
{
    struct pe_buf *name = pe_page_scratch(page);

    if (m->info->services.count == 0)
        pe_buf_adds(name, pe_words(page->lang, PE_W_OWNER));
    else
        pe_escape_adds(name, m->info->services.items[column]);
    return pe_page_text(page);
}

static void measure(struct pe_page *page, struct matrix *m)
{
    widen(&m->id_width, pe_words(page->lang, PE_W_CLAUSE));
    for (size_t i = 0; i < m->info->control_count; i++) {
        if (!is_taken(m, i))
            continue;
        pe_escape_adds(pe_page_scratch(page), m->info->controls[i].id);
        widen(&m->id_width, pe_page_text(page));
    }
    m->id_width = m->id_width > MOST_ID ? MOST_ID : m->id_width;
    for (size_t i = 0; i < PE_OWNER_COUNT; i++)
        widen(&m->cell_width, pe_words_owner(page->lang, (enum pe_owner)i));
    for (size_t i = 0; i < m->columns; i++)
        widen(&m->cell_width, column_name(page, m, i));
    m->cell_width = m->cell_width > MOST_ID ? MOST_ID : m->cell_width;
}

static void add_cell(struct pe_buf *row, const char *safe, size_t columns)
{
    size_t used = pe_width_add_cut(row, safe, columns);

    pe_buf_fill(row, ' ', columns - used + GAP);
}

static void add_side(struct pe_page *page, const struct matrix *m, struct pe_buf *row,
                     struct pe_side side)
{
    add_cell(row, side.applies ? pe_words_owner(page->lang, side.owner) : "-", m->cell_width);
}

static void add_head(struct pe_page *page, const struct matrix *m)
{
    struct pe_buf row = {0};

    add_cell(&row, pe_words(page->lang, PE_W_CLAUSE), m->id_width);
    for (size_t i = 0; i < m->columns; i++)
        add_cell(&row, column_name(page, m, i), m->cell_width);
    pe_buf_adds(&row, pe_words(page->lang, PE_W_TITLE));
    pe_buf_fill(page->out, ' ', 2);
    pe_page_add(page, PE_DIM, row.data);
    pe_page_end(page);
    pe_page_drop(page->out, &row);
}

/* "                     provider  -         portal-allow-list: ..." */
static void add_rule(struct pe_page *page, const struct matrix *m, const struct pe_rule *rule)
{
    struct pe_buf row = {0}, *text;

    add_cell(&row, "", m->id_width);
    for (size_t i = 0; i < m->columns; i++)
        add_side(page, m, &row, side_of_rule(m, rule, i));
    text = pe_page_scratch(page);
    pe_escape_adds(text, rule->id);
    pe_buf_adds(text, pe_words(page->lang, PE_W_COLON));
    pe_escape_add_prose(text, pe_text_in(rule->title, page->lang));
    pe_page_wrap(page, 2, row.data, PE_DIM, pe_page_text(page));
    pe_page_drop(page->out, &row);
}

static void add_control(struct pe_page *page, struct matrix *m, size_t control)
{
    const struct pe_control *c = &m->info->controls[control];
    struct pe_buf row = {0};

    pe_escape_adds(pe_page_scratch(page), c->id);
    add_cell(&row, pe_page_text(page), m->id_width);
    for (size_t i = 0; i < m->columns; i++) {
        struct pe_side side = side_of(m, control, i);
        m->counts[i][side.owner] += side.applies;
        add_side(page, m, &row, side);
    }
    pe_escape_add_prose(pe_page_scratch(page), pe_text_in(c->title, page->lang));
    pe_page_wrap(page, 2, row.data, PE_PLAIN, pe_page_text(page));
    pe_page_drop(page->out, &row);
    for (size_t i = 0; i < c->rule_count; i++)
        if (differs(m, control, i))
            add_rule(page, m, &c->rules[i]);
}

/* "iad: provider 3, customer 1, shared 1" */
static void add_counts(struct pe_page *page, const struct matrix *m, size_t column)
{
    struct pe_buf line = {0};

    pe_buf_adds(&line, column_name(page, m, column));
    pe_buf_adds(&line, pe_words(page->lang, PE_W_COLON));
    for (size_t i = 0; i < PE_OWNER_COUNT; i++)
        pe_buf_printf(&line, "%s%s %zu", i == 0 ? "" : pe_words(page->lang, PE_W_COMMA),
                      pe_words_owner(page->lang, (enum pe_owner)i), m->counts[column][i]);
    pe_page_wrap(page, 0, "", PE_PLAIN, line.data == NULL ? "" : line.data);
    pe_page_drop(page->out, &line);
}

void pe_list_matrix(struct pe_page *page, const struct pe_catalogue *catalogue)
{
    struct matrix m = matrix_of(catalogue);

    measure(page, &m);
    add_head(page, &m);
    for (size_t i = 0; i < m.info->control_count; i++)
        if (is_taken(&m, i))
            add_control(page, &m, i);
    pe_page_end(page);
    for (size_t i = 0; i < m.columns; i++)
        add_counts(page, &m, i);
}

/* ---- for programs ---- */

static void put_side(struct pe_json_out *out, struct pe_json_item *owners, const struct matrix *m,
                     size_t column, struct pe_side side)
{
    const char *service = m->info->services.count == 0 ? "*" : m->info->services.items[column];

    pe_json_out_put_named(out, owners, service,
                          side.applies ? pe_json_out_string(out, pe_owner_word(side.owner))
                                       : pe_json_out_null(out));
}

static struct pe_json_item *make_rules(struct pe_json_out *out, const struct matrix *m,
                                       size_t control)
{
    const struct pe_control *c = &m->info->controls[control];
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < c->rule_count; i++) {
        struct pe_json_item *object, *owners;
        if (!differs(m, control, i))
            continue;
        object = pe_json_out_object(out);
        owners = pe_json_out_object(out);
        for (size_t j = 0; j < m->columns; j++)
            put_side(out, owners, m, j, side_of_rule(m, &c->rules[i], j));
        pe_json_out_put(out, object, "id", pe_json_out_string(out, c->rules[i].id));
        pe_json_out_put(out, object, "title", pe_json_out_text(out, c->rules[i].title));
        pe_json_out_put(out, object, "owner", owners);
        pe_json_out_append(out, list, object);
    }
    return list;
}

static struct pe_json_item *make_controls(struct pe_json_out *out, const struct matrix *m)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < m->info->control_count; i++) {
        struct pe_json_item *object, *owners;
        if (!is_taken(m, i))
            continue;
        object = pe_json_out_object(out);
        owners = pe_json_out_object(out);
        for (size_t j = 0; j < m->columns; j++)
            put_side(out, owners, m, j, side_of(m, i, j));
        pe_json_out_put(out, object, "id", pe_json_out_string(out, m->info->controls[i].id));
        pe_json_out_put(out, object, "title", pe_json_out_text(out, m->info->controls[i].title));
        pe_json_out_put(out, object, "owner", owners);
        pe_json_out_put(out, object, "rules", make_rules(out, m, i));
        pe_json_out_append(out, list, object);
    }
    return list;
}

void pe_list_matrix_json(struct pe_json_out *out, struct pe_json_item *list,
                         const struct pe_catalogue *catalogue)
{
    struct matrix m = matrix_of(catalogue);
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "pack", pe_json_out_string(out, m.info->id));
    pe_json_out_put(out, object, "version", pe_json_out_string(out, m.info->version));
    pe_json_out_put(out, object, "controls", make_controls(out, &m));
    pe_json_out_append(out, list, object);
}
