/* list.c: what there is: an aligned line a control. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/width.h"
#include "cmd/command.h"
#include "cmd/list.h"
#include "report/page.h"

enum { GAP = 2, MOST_ID = 24 };

/* Columns; the title takes what is left, and goes on below itself. */
struct table {
    size_t id, severity, owner, rules;
};

struct catalogues {
    struct pe_catalogue **items;
    size_t count;
};

/* ---- the table ---- */

static size_t count_taken(const struct pe_catalogue *catalogue, size_t control)
{
    const struct pe_pack_info *info = pe_catalogue_info(catalogue);
    size_t taken = 0;

    for (size_t i = 0; i < info->controls[control].rule_count; i++)
        taken += pe_catalogue_takes(catalogue, control, i);
    return taken;
}

static void widen(size_t *column, const char *text)
{
    size_t width = pe_width(text);

    if (width > *column)
        *column = width;
}

static struct table measure(struct pe_page *page, const struct pe_catalogue *catalogue)
{
    const struct pe_pack_info *info = pe_catalogue_info(catalogue);
    struct table table = {0};

    widen(&table.id, pe_words(page->lang, PE_W_CLAUSE));
    widen(&table.severity, pe_words(page->lang, PE_W_SEVERITY));
    widen(&table.owner, pe_words(page->lang, PE_W_OWNER));
    widen(&table.rules, pe_words(page->lang, PE_W_LABEL_RULES));
    for (size_t i = 0; i < info->control_count; i++) {
        const struct pe_control *control = &info->controls[i];
        if (count_taken(catalogue, i) == 0)
            continue;
        pe_escape_adds(pe_page_scratch(page), control->id);
        widen(&table.id, pe_page_text(page));
        widen(&table.severity, pe_words_severity(page->lang, control->severity));
        widen(&table.owner, pe_words_owner(page->lang, control->owner));
    }
    table.id = table.id > MOST_ID ? MOST_ID : table.id;
    return table;
}

static void add_cell(struct pe_buf *row, const char *safe, size_t columns)
{
    size_t used = pe_width_add_cut(row, safe, columns);

    pe_buf_fill(row, ' ', columns - used + GAP);
}

/* Numbers stand at the right of their column. */
static void add_number(struct pe_buf *row, size_t number, size_t columns)
{
    struct pe_page_number text = pe_page_number(number);
    size_t width = pe_width(text.text);

    pe_buf_fill(row, ' ', columns > width ? columns - width : 0);
    pe_buf_adds(row, text.text);
    pe_buf_fill(row, ' ', GAP);
}

static void add_head(struct pe_page *page, const struct table *table)
{
    struct pe_buf row = {0};

    add_cell(&row, pe_words(page->lang, PE_W_CLAUSE), table->id);
    add_cell(&row, pe_words(page->lang, PE_W_SEVERITY), table->severity);
    add_cell(&row, pe_words(page->lang, PE_W_OWNER), table->owner);
    add_cell(&row, pe_words(page->lang, PE_W_LABEL_RULES), table->rules);
    pe_buf_adds(&row, pe_words(page->lang, PE_W_TITLE));
    pe_buf_fill(page->out, ' ', 2);
    pe_page_add(page, PE_DIM, row.data);
    pe_page_end(page);
    pe_page_drop(page->out, &row);
}

static void add_control(struct pe_page *page, const struct table *table,
                        const struct pe_control *control, size_t rules)
{
    struct pe_buf row = {0};

    pe_escape_adds(pe_page_scratch(page), control->id);
    add_cell(&row, pe_page_text(page), table->id);
    add_cell(&row, pe_words_severity(page->lang, control->severity), table->severity);
    add_cell(&row, pe_words_owner(page->lang, control->owner), table->owner);
    add_number(&row, rules, table->rules);
    pe_escape_add_prose(pe_page_scratch(page), pe_text_in(control->title, page->lang));
    pe_page_wrap(page, 2, row.data, PE_PLAIN, pe_page_text(page));
    pe_page_drop(page->out, &row);
}

/* ---- a pack ---- */

static void add_title(struct pe_page *page, const struct pe_pack_info *info)
{
    struct pe_buf title = {0}, id = {0}, version = {0};

    pe_escape_add_prose(&title, pe_text_in(info->title, page->lang));
    pe_escape_adds(&id, info->id);
    pe_escape_adds(&version, info->version);
    pe_words_add(pe_page_scratch(page), page->lang, PE_W_HEAD_PACK,
                 (const char *[]){title.data, id.data, version.data}, 3);
    pe_page_add(page, PE_BOLD, pe_page_text(page));
    pe_page_end(page);
    pe_page_end(page);
    pe_page_drop(page->out, &title);
    pe_page_drop(page->out, &id);
    pe_page_drop(page->out, &version);
}

static void add_pack(struct pe_page *page, const struct pe_catalogue *catalogue)
{
    const struct pe_pack_info *info = pe_catalogue_info(catalogue);
    struct table table = measure(page, catalogue);
    size_t controls = 0, rules = 0, taken;

    add_title(page, info);
    add_head(page, &table);
    for (size_t i = 0; i < info->control_count; i++) {
        taken = count_taken(catalogue, i);
        if (taken == 0)
            continue;
        add_control(page, &table, &info->controls[i], taken);
        controls++;
        rules += taken;
    }
    pe_page_end(page);
    pe_words_add(page->out, page->lang, PE_W_TOTAL,
                 (const char *[]){pe_page_number(controls).text, pe_page_number(rules).text}, 2);
    pe_page_end(page);
}

static void add_matrix(struct pe_page *page, const struct pe_catalogue *catalogue)
{
    add_title(page, pe_catalogue_info(catalogue));
    pe_list_matrix(page, catalogue);
}

static int print(const struct pe_args *args, const struct catalogues *catalogues)
{
    struct pe_style style = pe_style_of(args);
    struct pe_buf out = {0};
    struct pe_page page;

    pe_page_init(&page, &style);
    for (size_t i = 0; i < catalogues->count; i++) {
        if (i > 0)
            pe_page_end(&page);
        if (args->claims)
            pe_list_claims(&page, pe_catalogue_info(catalogues->items[i]));
        else if (args->matrix)
            add_matrix(&page, catalogues->items[i]);
        else
            add_pack(&page, catalogues->items[i]);
    }
    pe_page_finish(&page, &out);
    return pe_print_all(&out) != 0 ? PE_EXIT_TROUBLE : PE_EXIT_PASS;
}

static int print_json(const struct pe_args *args, const struct catalogues *catalogues)
{
    struct pe_json_out out = {0};
    struct pe_buf text = {0};
    struct pe_json_item *object = pe_json_out_object(&out), *list = pe_json_out_list(&out);

    for (size_t i = 0; i < catalogues->count; i++)
        if (args->claims)
            pe_list_claims_json(&out, list, pe_catalogue_info(catalogues->items[i]));
        else
            pe_list_matrix_json(&out, list, catalogues->items[i]);
    pe_json_out_put(&out, object, args->claims ? "claims" : "matrix", list);
    text.failed |= !pe_json_out_write(&out, object, &text);
    pe_json_out_release(&out);
    return pe_print_all(&text) != 0 ? PE_EXIT_TROUBLE : PE_EXIT_PASS;
}

/* ---- list ---- */

static int format_of(const struct pe_args *args, bool *json)
{
    const char *word = args->outputs.count == 0 ? "text" : args->outputs.items[0];

    *json = strcmp(word, "json") == 0;
    if (args->outputs.count > 1 || (!*json && strcmp(word, "text") != 0))
        return pe_complain("list: -o takes text or json, once, and writes to standard output"), -1;
    if (args->claims && args->matrix)
        return pe_complain("list: --claims and --matrix are two lists; name one"), -1;
    if (*json && !args->claims && !args->matrix)
        return pe_complain("list: -o json goes with --claims or --matrix"), -1;
    return 0;
}

static void free_catalogues(struct catalogues *catalogues)
{
    for (size_t i = 0; i < catalogues->count; i++)
        pe_catalogue_free(catalogues->items[i]);
    free(catalogues->items);
}

static int load_catalogues(const struct pe_args *args, const struct pe_pack_list *packs,
                           struct catalogues *catalogues)
{
    unsigned missing = 0;
    struct pe_job job = {.only = args->only,
                         .skip = args->skip,
                         .sandbox = args->sandbox,
                         .walls_missing = &missing};
    struct pe_err err = {0};
    int result = 0;

    catalogues->items = calloc(packs->count, sizeof(struct pe_catalogue *));
    if (catalogues->items == NULL)
        return pe_complain("out of memory"), -1;
    for (size_t i = 0; result == 0 && i < packs->count; i++) {
        result = pe_catalogue_load(packs->items[i], &job, &catalogues->items[i], &err);
        catalogues->count += result == 0;
    }
    pe_tell_walls(args, missing);
    if (result != 0)
        pe_complain_of(args, "%s", err.text);
    return result;
}

/* A selector is wrong only when no pack knows it. */
static int check_selectors(const struct pe_args *args, const struct catalogues *catalogues)
{
    for (size_t i = 0; i < args->only.count + args->skip.count; i++) {
        size_t strangers = 0;
        for (size_t j = 0; j < catalogues->count; j++)
            strangers += pe_catalogue_unmatched(catalogues->items[j], i) != NULL;
        if (strangers == catalogues->count)
            return pe_complain_of(args, "%s", pe_catalogue_unmatched(catalogues->items[0], i)), -1;
    }
    return 0;
}

static int run_list(const struct pe_args *args)
{
    struct pe_pack_list packs = {0};
    struct catalogues catalogues = {0};
    int result = PE_EXIT_TROUBLE;
    bool json;

    if (format_of(args, &json) != 0 || pe_load_packs(args, &packs) != 0)
        return PE_EXIT_TROUBLE;
    if (load_catalogues(args, &packs, &catalogues) == 0 && check_selectors(args, &catalogues) == 0)
        result = json ? print_json(args, &catalogues) : print(args, &catalogues);
    free_catalogues(&catalogues);
    pe_free_packs(&packs);
    return result;
}

static const char *const options[] = {"--pack",    "-o",       "--only",   "--skip",
                                      "--claims",  "--matrix", "--config", "--no-config",
                                      "--sandbox", "--color",  NULL};

const struct pe_command pe_command_list = {"list", "", "List controls, one a line.", options,
                                           run_list};
