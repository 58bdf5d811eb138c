/* doc.c: prints the reference page of a pack, in Markdown. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/doc_page.h"

struct material {
    struct pe_catalogue *catalogue;
    struct pe_fields *fields;
    struct pe_reads *reads; /* NULL without --reads */
};

static void free_material(struct material *material)
{
    pe_reads_free(material->reads);
    pe_fields_free(material->fields);
    pe_catalogue_free(material->catalogue);
}

static int load_material(const struct pe_args *args, struct pe_pack *pack, const struct pe_job *job,
                         struct material *material)
{
    struct pe_err err = {0};
    const struct pe_field_info *fields;
    size_t count;

    if (pe_catalogue_load(pack, job, &material->catalogue, &err) != 0 ||
        pe_fields_load(pack, job, &material->fields, &err) != 0)
        return pe_complain("%s", err.text), -1;
    fields = pe_fields_list(material->fields, &count);
    if (args->reads.count == 0 || count == 0)
        return 0;
    return pe_reads_load(pack, pe_catalogue_info(material->catalogue), job, &args->reads, fields,
                         count, &material->reads);
}

/* ---- the page ---- */

static void add_total(struct pe_doc *doc, const struct pe_pack_info *pack)
{
    size_t rules = 0;
    char numbers[2][24];

    for (size_t i = 0; i < pack->control_count; i++)
        rules += pack->controls[i].rule_count;
    snprintf(numbers[0], sizeof numbers[0], "%zu", pack->control_count);
    snprintf(numbers[1], sizeof numbers[1], "%zu", rules);
    pe_words_add(doc->out, doc->lang, PE_W_TOTAL, (const char *[]){numbers[0], numbers[1]}, 2);
}

static void add_head(struct pe_doc *doc, const struct pe_pack_info *pack)
{
    pe_doc_heading(doc, 1);
    pe_doc_text(doc, pe_text_in(pack->title, doc->lang));
    pe_doc_paragraph(doc);
    pe_doc_word(doc, PE_W_DOC_GENERATED);
    pe_doc_paragraph(doc);
    pe_doc_code(doc, pack->id);
    pe_buf_addc(doc->out, ' ');
    pe_doc_text(doc, pack->version);
    pe_doc_word(doc, PE_W_COLON);
    add_total(doc, pack);
    pe_doc_paragraph(doc);
}

static void add_controls(struct pe_doc *doc, const struct pe_pack_info *pack)
{
    static const enum pe_word head[] = {PE_W_CLAUSE, PE_W_TITLE, PE_W_SEVERITY, PE_W_OWNER,
                                        PE_W_LABEL_RULES};

    pe_doc_heading(doc, 2);
    pe_doc_word(doc, PE_W_HEAD_CONTROLS);
    pe_doc_paragraph(doc);
    pe_doc_table(doc, head, sizeof head / sizeof head[0]);
    for (size_t i = 0; i < pack->control_count; i++) {
        const struct pe_control *control = &pack->controls[i];
        pe_doc_cell(doc);
        pe_doc_text(doc, control->id);
        pe_doc_cell(doc);
        pe_doc_text(doc, pe_text_in(control->title, doc->lang));
        pe_doc_cell(doc);
        pe_buf_adds(doc->out, pe_words_severity(doc->lang, control->severity));
        pe_doc_cell(doc);
        pe_buf_adds(doc->out, pe_words_owner(doc->lang, control->owner));
        pe_doc_cell(doc);
        pe_buf_printf(doc->out, "%zu", control->rule_count);
        pe_doc_end_row(doc);
    }
    pe_buf_adds(doc->out, "\n");
    pe_doc_word(doc, PE_W_DOC_AS_CONTROL);
    pe_doc_paragraph(doc);
    for (size_t i = 0; i < pack->control_count; i++)
        pe_doc_add_control(doc, &pack->controls[i]);
}

static void add_fields(struct pe_doc *doc, const struct material *material)
{
    size_t count;
    const struct pe_field_info *fields = pe_fields_list(material->fields, &count);

    if (count == 0)
        return;
    pe_doc_heading(doc, 2);
    pe_doc_word(doc, PE_W_DOC_FIELDS);
    pe_doc_paragraph(doc);
    pe_doc_word(doc, PE_W_DOC_PATHS);
    if (material->reads != NULL) {
        pe_buf_adds(doc->out, "\n");
        pe_doc_word(doc, PE_W_DOC_READS);
    }
    pe_doc_paragraph(doc);
    pe_doc_add_fields(doc, fields, count, material->reads, pe_catalogue_info(material->catalogue));
}

static int print(const struct pe_args *args, const struct material *material)
{
    struct pe_buf out = {0};
    struct pe_doc doc = {&out, args->lang};

    add_head(&doc, pe_catalogue_info(material->catalogue));
    add_controls(&doc, pe_catalogue_info(material->catalogue));
    add_fields(&doc, material);
    if (!pe_buf_failed(&out) && out.length > 0)
        out.data[--out.length] = '\0'; /* every part ends in an empty line */
    return pe_print_all(&out);
}

static int run_doc(const struct pe_args *args)
{
    struct pe_pack *pack;
    unsigned missing = 0;
    struct pe_job job = {.sandbox = args->sandbox, .walls_missing = &missing};
    struct material material = {0};
    int result;

    if (pe_load_one_pack(args, &pack) != 0)
        return PE_EXIT_TROUBLE;
    result = load_material(args, pack, &job, &material);
    pe_tell_walls(args, missing);
    if (result == 0)
        result = print(args, &material);
    free_material(&material);
    pe_pack_free(pack);
    return result != 0 ? PE_EXIT_TROUBLE : PE_EXIT_PASS;
}

static const char *const options[] = {"--pack", "--reads", "--sandbox", NULL};

const struct pe_command pe_command_doc = {
    "doc", "[PACK]", "Print a reference page of a pack: its controls and the fields they read.",
    options, run_doc};
