/* section_head.c: the verdict, what it was given on, and what is wrong with the snapshot. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include <string.h>

#include "base/escape.h"
#include "base/width.h"

enum { TENANT_COLUMNS = 60, DIGEST_CHARS = 16, VALUE_COLUMNS = 60 };

static void add_tenant(struct pe_page *page, const struct pe_result *result)
{
    struct pe_buf tenant = {0}, service = {0};
    bool has_service = result->service != NULL;
    enum pe_word word = result->tenant == NULL
                            ? (has_service ? PE_W_TENANT_UNKNOWN_SERVICE : PE_W_TENANT_UNKNOWN)
                            : (has_service ? PE_W_TENANT_SERVICE : PE_W_TENANT);

    pe_escape_adds(pe_page_scratch(page), result->tenant);
    pe_width_add_cut(&tenant, pe_page_text(page), TENANT_COLUMNS);
    pe_escape_adds(pe_page_scratch(page), result->service);
    pe_width_add_cut(&service, pe_page_text(page), TENANT_COLUMNS);
    if (result->tenant == NULL)
        pe_words_add(page->out, page->lang, word, (const char *[]){service.data}, 1);
    else
        pe_words_add(page->out, page->lang, word, (const char *[]){tenant.data, service.data}, 2);
    pe_page_drop(page->out, &tenant);
    pe_page_drop(page->out, &service);
}

/* The line up to the counts. */
static void add_subject(struct pe_page *page, const struct pe_result *result)
{
    pe_page_add(page, result->passed ? PE_GREEN : PE_RED,
                pe_words(page->lang, result->passed ? PE_W_VERDICT_PASS : PE_W_VERDICT_FAIL));
    pe_buf_adds(page->out, "  ");
    pe_buf_adds(page->out, pe_page_on(page, PE_BOLD));
    pe_escape_adds(page->out, result->file);
    pe_buf_adds(page->out, pe_page_off(page, PE_BOLD));
    pe_buf_adds(page->out, "  ");
    add_tenant(page, result);
}

void pe_section_verdict(struct pe_page *page, const struct pe_result *result)
{
    add_subject(page, result);
    pe_buf_adds(page->out, "  ");
    pe_section_add_counts(page->out, page->lang, PE_W_OF_CONTROLS, &result->controls);
    pe_page_end(page);
}

void pe_section_title(struct pe_page *page, const struct pe_result *result)
{
    add_subject(page, result);
    pe_page_end(page);
    pe_section_add_counts(pe_page_scratch(page), page->lang, PE_W_OF_CONTROLS, &result->controls);
    pe_page_wrap(page, 2, "", PE_PLAIN, pe_page_text(page));
}

/* ---- the profile ---- */

/* A line of the profile: what lies in the scratch buffer, behind its label, or below the line
 * before when it has the same label. */
static void add_labelled(struct pe_page *page, enum pe_word label, bool repeated)
{
    const enum pe_word labels[] = {PE_W_LABEL_AS_OF,      PE_W_LABEL_OPTIONS,  PE_W_LABEL_RULES,
                                   PE_W_LABEL_PARAMETERS, PE_W_LABEL_POLICIES, PE_W_LABEL_SNAPSHOT,
                                   PE_W_LABEL_BASIS,      PE_W_LABEL_CONFIG,   PE_W_LABEL_WAIVERS,
                                   PE_W_LABEL_GATE};
    const char *word = repeated ? "" : pe_words(page->lang, label);
    struct pe_buf lead = {0};
    size_t widest = 0, width;

    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        width = pe_width(pe_words(page->lang, labels[i]));
        widest = width > widest ? width : widest;
    }
    pe_width_add_padded(&lead, word, widest + 2);
    pe_page_wrap(page, 2, lead.data, PE_DIM, pe_page_text(page));
    pe_page_drop(page->out, &lead);
}

void pe_section_labelled(struct pe_page *page, enum pe_word label)
{
    add_labelled(page, label, false);
}

static void add_as_of(struct pe_page *page, const struct pe_result *result)
{
    struct pe_buf safe = {0}, *line = pe_page_scratch(page);
    enum pe_word word = result->as_of_given ? PE_W_AS_OF_GIVEN : PE_W_PLAIN;

    pe_escape_adds(&safe, result->as_of);
    if (result->as_of == NULL)
        word = PE_W_AS_OF_NONE;
    pe_words_add(line, page->lang, word, (const char *[]){safe.data}, 1);
    pe_page_drop(page->out, &safe);
    add_labelled(page, PE_W_LABEL_AS_OF, false);
}

/* A pack that tells no services apart knows no options either. */
static void add_options(struct pe_page *page, const struct pe_result *result)
{
    struct pe_buf *line = pe_page_scratch(page);

    if (result->options.count == 0 && result->service == NULL)
        return;
    for (size_t i = 0; i < result->options.count; i++) {
        if (i > 0)
            pe_buf_adds(line, pe_words(page->lang, PE_W_COMMA));
        pe_escape_adds(line, result->options.items[i]);
    }
    if (result->options.count == 0)
        pe_buf_adds(line, pe_words(page->lang, PE_W_OPTIONS_NONE));
    add_labelled(page, PE_W_LABEL_OPTIONS, false);
}

/* "by attestation 4, on accepted claims 12": what passes rest on beside measured values. */
static void add_bases(struct pe_buf *buf, enum pe_lang lang, const struct pe_counts *rules)
{
    size_t attested = rules->passed_by_basis[PE_ATTESTED];
    size_t claimed = rules->passed_by_basis[PE_ACCEPTED_CLAIM];

    if (attested > 0)
        pe_words_add(buf, lang, PE_W_REST_ATTESTED, (const char *[]){pe_page_number(attested).text},
                     1);
    if (attested > 0 && claimed > 0)
        pe_buf_adds(buf, pe_words(lang, PE_W_COMMA));
    if (claimed > 0)
        pe_words_add(buf, lang, PE_W_REST_CLAIMED, (const char *[]){pe_page_number(claimed).text},
                     1);
}

static void add_rules(struct pe_page *page, const struct pe_result *result)
{
    struct pe_buf *line = pe_page_scratch(page), counts = {0}, bases = {0};

    pe_section_add_counts(&counts, page->lang, PE_W_OF_RULES, &result->rules);
    add_bases(&bases, page->lang, &result->rules);
    pe_words_add(line, page->lang, bases.length > 0 ? PE_W_RULES_RESTING : PE_W_PLAIN,
                 (const char *[]){counts.data, bases.data}, bases.length > 0 ? 2 : 1);
    pe_page_drop(line, &counts);
    pe_page_drop(line, &bases);
    add_labelled(page, PE_W_LABEL_RULES, false);
}

static bool is_changed(const struct pe_param *param)
{
    return param->value != NULL &&
           (param->default_ == NULL || strcmp(param->value, param->default_) != 0);
}

static void add_json(struct pe_page *page, struct pe_buf *buf, const char *json)
{
    pe_escape_adds(pe_page_scratch(page), json);
    pe_width_add_cut(buf, pe_page_text(page), VALUE_COLUMNS);
}

static void add_parameter(struct pe_page *page, const struct pe_control *control,
                          const struct pe_param *param, bool repeated)
{
    struct pe_buf id = {0}, name = {0}, value = {0}, default_ = {0};
    bool has_default = param->default_ != NULL;

    pe_escape_adds(&id, control->id);
    pe_escape_adds(&name, param->name);
    add_json(page, &value, param->value);
    add_json(page, &default_, param->default_);
    pe_words_add(
        pe_page_scratch(page), page->lang, has_default ? PE_W_PARAMETER_SET : PE_W_PARAMETER_ADDED,
        (const char *[]){id.data, name.data, value.data, default_.data}, has_default ? 4 : 3);
    add_labelled(page, PE_W_LABEL_PARAMETERS, repeated);
    pe_page_drop(page->out, &id);
    pe_page_drop(page->out, &name);
    pe_page_drop(page->out, &value);
    pe_page_drop(page->out, &default_);
}

static void add_parameters(struct pe_page *page, const struct pe_result *result)
{
    bool repeated = false;

    for (size_t i = 0; i < result->result_count; i++) {
        const struct pe_control *control = result->results[i].control;
        for (size_t j = 0; j < control->param_count; j++) {
            if (!is_changed(&control->params[j]))
                continue;
            add_parameter(page, control, &control->params[j], repeated);
            repeated = true;
        }
    }
}

static void add_packs(struct pe_page *page, const struct pe_result *result)
{
    for (size_t i = 0; i < result->pack_count; i++) {
        const struct pe_pack_info *pack = &result->packs[i];
        struct pe_buf *line = pe_page_scratch(page);
        pe_escape_adds(line, pack->id);
        pe_buf_addc(line, ' ');
        pe_escape_adds(line, pack->version);
        pe_buf_printf(line, "  sha256:%.*s", DIGEST_CHARS, pack->sha256);
        add_labelled(page, PE_W_LABEL_POLICIES, i > 0);
    }
}

static void add_basis(struct pe_page *page, const struct pe_result *result)
{
    enum pe_basis basis;

    if (result->required_basis == NULL || !pe_words_find_basis(result->required_basis, &basis))
        return;
    pe_words_add(pe_page_scratch(page), page->lang, PE_W_BASIS_REQUIRED,
                 (const char *[]){pe_words_basis(page->lang, basis)}, 1);
    add_labelled(page, PE_W_LABEL_BASIS, false);
}

void pe_section_profile(struct pe_page *page, const struct pe_result *result)
{
    pe_page_end(page);
    add_as_of(page, result);
    add_options(page, result);
    add_rules(page, result);
    add_basis(page, result);
    add_parameters(page, result);
    add_packs(page, result);
    pe_buf_printf(pe_page_scratch(page), "sha256:%.*s", DIGEST_CHARS, result->sha256);
    add_labelled(page, PE_W_LABEL_SNAPSHOT, false);
    pe_section_asked(page, result);
}
