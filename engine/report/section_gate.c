/* section_gate.c: what was asked beyond judging: gate, configuration, waivers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include <string.h>

#include "base/escape.h"

enum { DIGEST_CHARS = 16 };

/* Puts the line so far into another: "{1}, no unknown fields". */
static void extend(struct pe_buf *line, enum pe_lang lang, enum pe_word word, const char *two,
                   const char *three)
{
    struct pe_buf longer = {0};

    pe_words_add(&longer, lang, word, (const char *[]){line->data, two, three}, 3);
    longer.failed = longer.failed || line->failed;
    pe_buf_release(line);
    *line = longer;
}

static void add_owners(struct pe_buf *line, enum pe_lang lang, unsigned owners)
{
    struct pe_buf names = {0};

    for (unsigned i = 0; i < PE_OWNER_COUNT; i++) {
        if ((owners & 1u << i) == 0)
            continue;
        if (names.length > 0)
            pe_buf_adds(&names, pe_words(lang, PE_W_COMMA));
        pe_buf_adds(&names, pe_words_owner(lang, (enum pe_owner)i));
    }
    extend(line, lang, PE_W_GATE_OWNERS, names.data, NULL);
    pe_page_drop(line, &names);
}

void pe_section_add_gate(struct pe_buf *buf, enum pe_lang lang, const struct pe_result *result)
{
    const struct pe_gate *gate = result->gate;
    struct pe_buf line = {0};

    pe_words_add(&line, lang, gate->fail_on == PE_LOW ? PE_W_GATE_FAIL_ON_ALL : PE_W_GATE_FAIL_ON,
                 (const char *[]){pe_words_severity(lang, gate->fail_on)}, 1);
    if (gate->owners != 0)
        add_owners(&line, lang, gate->owners);
    if (gate->max_age != NULL)
        extend(&line, lang, PE_W_GATE_MAX_AGE, gate->max_age, gate->now);
    if (gate->strict_model)
        extend(&line, lang, PE_W_GATE_STRICT, NULL, NULL);
    if (result->gate_ignored > 0)
        extend(&line, lang, PE_W_GATE_IGNORED, pe_page_number(result->gate_ignored).text, NULL);
    pe_buf_adds(buf, line.data == NULL ? "" : line.data);
    pe_page_drop(buf, &line);
}

static void add_gate(struct pe_page *page, const struct pe_result *result)
{
    pe_section_add_gate(pe_page_scratch(page), page->lang, result);
    pe_section_labelled(page, PE_W_LABEL_GATE);
}

static void add_config(struct pe_page *page, const struct pe_result *result)
{
    struct pe_buf *line = pe_page_scratch(page);

    pe_escape_adds(line, result->config_file);
    pe_buf_printf(line, "  sha256:%.*s", DIGEST_CHARS, result->config_sha256);
    pe_section_labelled(page, PE_W_LABEL_CONFIG);
}

size_t pe_section_waivers_used(const struct pe_waiver_uses *waivers)
{
    size_t used = 0;

    for (size_t i = 0; i < waivers->count; i++)
        used += waivers->items[i].state == PE_WAIVER_IN_EFFECT;
    return used;
}

static void add_waivers(struct pe_page *page, const struct pe_waiver_uses *waivers)
{
    struct pe_buf file = {0};
    char digest[DIGEST_CHARS + 1] = "";
    size_t used = pe_section_waivers_used(waivers);

    memcpy(digest, waivers->sha256, DIGEST_CHARS);
    pe_escape_adds(&file, waivers->file);
    pe_words_add(pe_page_scratch(page), page->lang,
                 waivers->other_tenants > 0 ? PE_W_WAIVERS_OTHERS : PE_W_WAIVERS_FILE,
                 (const char *[]){pe_page_number(used).text, pe_page_number(waivers->count).text,
                                  file.data, digest, pe_page_number(waivers->other_tenants).text},
                 5);
    pe_page_drop(page->out, &file);
    pe_section_labelled(page, PE_W_LABEL_WAIVERS);
}

void pe_section_asked(struct pe_page *page, const struct pe_result *result)
{
    if (result->config_file != NULL)
        add_config(page, result);
    if (result->waivers != NULL)
        add_waivers(page, result->waivers);
    if (result->gate != NULL)
        add_gate(page, result);
}

void pe_section_gate(struct pe_page *page, const struct pe_result *result)
{
    if (result->gate_remark_count == 0)
        return;
    pe_page_heading(page, PE_W_HEAD_GATE,
                    (const char *[]){pe_page_number(result->gate_remark_count).text}, 1);
    for (size_t i = 0; i < result->gate_remark_count; i++)
        pe_page_paragraph(page, 2, "! ", PE_RED,
                          pe_text_in(result->gate_remarks[i].message, page->lang));
}
