/* markdown_head.c: what was judged, by what, how it ended, and what is wrong with the snapshot. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/markdown_part.h"

#include <string.h>

#include "report/markup.h"
#include "report/problems.h"
#include "report/section.h"

enum { DIGEST_CHARS = 16, SHOWN_KINDS = 100 };

/* "- **as of**: " */
static void begin_item(struct pe_buf *out, enum pe_lang lang, enum pe_word label)
{
    pe_buf_printf(out, "- **%s**%s", pe_words(lang, label), pe_words(lang, PE_W_COLON));
}

static void add_tenant(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    struct pe_buf tenant = {0}, service = {0};
    bool served = result->service != NULL;

    pe_markup_add_code(&tenant, result->tenant);
    pe_markup_add_code(&service, result->service);
    pe_buf_adds(out, "- ");
    if (result->tenant == NULL)
        pe_words_add(out, lang, served ? PE_W_TENANT_UNKNOWN_SERVICE : PE_W_TENANT_UNKNOWN,
                     (const char *[]){service.data}, 1);
    else
        pe_words_add(out, lang, served ? PE_W_TENANT_SERVICE : PE_W_TENANT,
                     (const char *[]){tenant.data, service.data}, 2);
    pe_buf_addc(out, '\n');
    pe_page_drop(out, &tenant);
    pe_page_drop(out, &service);
}

static void add_as_of(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    struct pe_buf time = {0};
    enum pe_word word = result->as_of_given ? PE_W_AS_OF_GIVEN : PE_W_PLAIN;

    pe_markup_add_code(&time, result->as_of);
    begin_item(out, lang, PE_W_LABEL_AS_OF);
    pe_words_add(out, lang, result->as_of == NULL ? PE_W_AS_OF_NONE : word,
                 (const char *[]){time.data}, 1);
    pe_buf_addc(out, '\n');
    pe_page_drop(out, &time);
}

static void add_options(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    if (result->options.count == 0 && result->service == NULL)
        return;
    begin_item(out, lang, PE_W_LABEL_OPTIONS);
    for (size_t i = 0; i < result->options.count; i++) {
        pe_buf_adds(out, i == 0 ? "" : pe_words(lang, PE_W_COMMA));
        pe_markup_add_code(out, result->options.items[i]);
    }
    if (result->options.count == 0)
        pe_buf_adds(out, pe_words(lang, PE_W_OPTIONS_NONE));
    pe_buf_addc(out, '\n');
}

static void add_parameter(struct pe_buf *out, const struct pe_control *control,
                          const struct pe_param *param, enum pe_lang lang)
{
    struct pe_buf parts[4] = {{0}, {0}, {0}, {0}};
    bool has_default = param->default_ != NULL;

    pe_markup_add_code(&parts[0], control->id);
    pe_markup_add_code(&parts[1], param->name);
    pe_markup_add_code(&parts[2], param->value);
    pe_markup_add_code(&parts[3], param->default_);
    begin_item(out, lang, PE_W_LABEL_PARAMETERS);
    pe_words_add(out, lang, has_default ? PE_W_PARAMETER_SET : PE_W_PARAMETER_ADDED,
                 (const char *[]){parts[0].data, parts[1].data, parts[2].data, parts[3].data},
                 has_default ? 4 : 3);
    pe_buf_addc(out, '\n');
    for (size_t i = 0; i < 4; i++)
        pe_page_drop(out, &parts[i]);
}

/* Those whose value is not the default. */
static void add_parameters(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    for (size_t i = 0; i < result->result_count; i++) {
        const struct pe_control *control = result->results[i].control;
        for (size_t j = 0; j < control->param_count; j++) {
            const struct pe_param *param = &control->params[j];
            if (param->value != NULL &&
                (param->default_ == NULL || strcmp(param->value, param->default_) != 0))
                add_parameter(out, control, param, lang);
        }
    }
}

static void add_digests(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    for (size_t i = 0; i < result->pack_count; i++) {
        begin_item(out, lang, PE_W_LABEL_POLICIES);
        pe_markup_add_code(out, result->packs[i].id);
        pe_buf_addc(out, ' ');
        pe_markup_add_code(out, result->packs[i].version);
        pe_buf_printf(out, " `sha256:%.*s`\n", DIGEST_CHARS, result->packs[i].sha256);
    }
    begin_item(out, lang, PE_W_LABEL_SNAPSHOT);
    pe_buf_printf(out, "`sha256:%.*s`\n", DIGEST_CHARS, result->sha256);
}

static void add_basis(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    enum pe_basis basis;

    if (result->required_basis == NULL || !pe_words_find_basis(result->required_basis, &basis))
        return;
    begin_item(out, lang, PE_W_LABEL_BASIS);
    pe_words_add(out, lang, PE_W_BASIS_REQUIRED, (const char *[]){pe_words_basis(lang, basis)}, 1);
    pe_buf_addc(out, '\n');
}

static void add_config(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    begin_item(out, lang, PE_W_LABEL_CONFIG);
    pe_markup_add_code(out, result->config_file);
    pe_buf_printf(out, " `sha256:%.*s`\n", DIGEST_CHARS, result->config_sha256);
}

static void add_waivers(struct pe_buf *out, const struct pe_waiver_uses *waivers, enum pe_lang lang)
{
    struct pe_buf file = {0};
    char digest[DIGEST_CHARS + 1] = "";
    size_t used = pe_section_waivers_used(waivers);

    memcpy(digest, waivers->sha256, DIGEST_CHARS);
    pe_markup_add_code(&file, waivers->file);
    begin_item(out, lang, PE_W_LABEL_WAIVERS);
    pe_words_add(out, lang, waivers->other_tenants > 0 ? PE_W_WAIVERS_OTHERS : PE_W_WAIVERS_FILE,
                 (const char *[]){pe_page_number(used).text, pe_page_number(waivers->count).text,
                                  file.data, digest, pe_page_number(waivers->other_tenants).text},
                 5);
    pe_buf_addc(out, '\n');
    pe_page_drop(out, &file);
}

/* Only what was asked for. */
static void add_asked(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    struct pe_buf gate = {0};

    add_basis(out, result, lang);
    if (result->config_file != NULL)
        add_config(out, result, lang);
    if (result->waivers != NULL)
        add_waivers(out, result->waivers, lang);
    if (result->gate == NULL)
        return;
    pe_section_add_gate(&gate, lang, result);
    begin_item(out, lang, PE_W_LABEL_GATE);
    pe_markup_add(out, gate.data);
    pe_buf_addc(out, '\n');
    pe_page_drop(out, &gate);
}

void pe_markdown_head(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    pe_buf_printf(out, "\n## %s ",
                  pe_words(lang, result->passed ? PE_W_VERDICT_PASS : PE_W_VERDICT_FAIL));
    pe_markup_add_code(out, result->file);
    pe_buf_adds(out, "\n\n");
    pe_section_add_counts(out, lang, PE_W_OF_CONTROLS, &result->controls);
    pe_buf_adds(out, "\n\n");
    add_tenant(out, result, lang);
    add_as_of(out, result, lang);
    add_options(out, result, lang);
    begin_item(out, lang, PE_W_LABEL_RULES);
    pe_section_add_counts(out, lang, PE_W_OF_RULES, &result->rules);
    pe_buf_addc(out, '\n');
    add_parameters(out, result, lang);
    add_digests(out, result, lang);
    add_asked(out, result, lang);
}

/* ---- problems ---- */

static void add_kind(struct pe_buf *out, const struct pe_result *result,
                     const struct pe_problem_kind *kind, enum pe_lang lang)
{
    const struct pe_problem *problem = kind->first;

    begin_item(out, lang, problem->warning ? PE_W_PROBLEM_WARNING : PE_W_PROBLEM_ERROR);
    pe_markup_add(out, pe_text_in(problem->message, lang));
    if (kind->count > 1)
        pe_words_add(out, lang, PE_W_MORE_ALIKE,
                     (const char *[]){pe_page_number(kind->count - 1).text}, 1);
    if (pe_text_in(problem->hint, lang)[0] != '\0')
        pe_buf_addc(out, ' ');
    pe_markup_add(out, pe_text_in(problem->hint, lang));
    pe_markdown_place(out, result, problem->place, problem->pointer);
    pe_buf_addc(out, '\n');
}

/* Returns how many problems are told so. */
static size_t add_kinds(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    struct pe_arena arena = {0};
    size_t count, told = 0;
    const struct pe_problem_kind *kinds = pe_problems_kinds(result, &arena, &count);

    for (size_t i = 0; i < count && i < SHOWN_KINDS; i++) {
        add_kind(out, result, &kinds[i], lang);
        told += kinds[i].count;
    }
    out->failed |= pe_arena_failed(&arena);
    pe_arena_release(&arena);
    return told;
}

/* In one line; returns how many it stands for. */
static size_t add_nulls(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    struct pe_nulls nulls = pe_problems_nulls(result);

    if (nulls.count == 0)
        return 0;
    begin_item(out, lang, PE_W_PROBLEM_ERROR);
    pe_words_add(out, lang, PE_W_PROBLEM_NULLS, (const char *[]){pe_page_number(nulls.count).text},
                 1);
    pe_markdown_place(out, result, nulls.first->place, nulls.first->pointer);
    pe_buf_addc(out, '\n');
    return nulls.count;
}

void pe_markdown_problems(struct pe_buf *out, const struct pe_result *result, enum pe_lang lang)
{
    size_t told, total = result->problem_total;

    if (total < result->problem_count)
        total = result->problem_count;
    if (total == 0)
        return;
    pe_buf_adds(out, "\n### ");
    pe_words_add(out, lang, PE_W_HEAD_PROBLEMS, (const char *[]){pe_page_number(total).text}, 1);
    pe_buf_adds(out, "\n\n");
    told = add_kinds(out, result, lang);
    told += add_nulls(out, result, lang);
    if (total == told)
        return;
    pe_buf_adds(out, "- ");
    pe_words_add(out, lang, PE_W_MORE_PROBLEMS, (const char *[]){pe_page_number(total - told).text},
                 1);
    pe_buf_addc(out, '\n');
}
