/* list_claims.c: the provider's claims that a snapshot may accept. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/escape.h"
#include "base/width.h"
#include "cmd/list.h"

enum { CLAUSE_COLUMNS = 12, LABEL_GAP = 2 };

/* ---- for people ---- */

/* "sha256  0123...": a label, then what lies in the scratch buffer. */
static void add_labelled(struct pe_page *page, enum pe_word label)
{
    const enum pe_word labels[] = {PE_W_CLAIM_ISSUED, PE_W_CLAIM_SERVICES, PE_W_CLAIM_DIGEST};
    struct pe_buf lead = {0};
    size_t widest = 0, width;

    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        width = pe_width(pe_words(page->lang, labels[i]));
        widest = width > widest ? width : widest;
    }
    pe_width_add_padded(&lead, pe_words(page->lang, label), widest + LABEL_GAP);
    pe_page_wrap(page, 2, lead.data, PE_DIM, pe_page_text(page));
    pe_page_drop(page->out, &lead);
}

static void add_head(struct pe_page *page, const struct pe_claim_set *set)
{
    struct pe_buf lead = {0}, *line;

    pe_page_end(page);
    pe_escape_adds(&lead, set->doc);
    pe_buf_addc(&lead, ' ');
    pe_escape_adds(&lead, set->version);
    pe_buf_adds(&lead, "  ");
    pe_escape_add_prose(pe_page_scratch(page), pe_text_in(set->title, page->lang));
    pe_page_wrap(page, 0, lead.data, PE_BOLD, pe_page_text(page));
    pe_page_drop(page->out, &lead);
    pe_escape_adds(pe_page_scratch(page), set->issued);
    add_labelled(page, PE_W_CLAIM_ISSUED);
    line = pe_page_scratch(page);
    for (size_t i = 0; i < set->services.count; i++) {
        pe_buf_adds(line, i == 0 ? "" : ", ");
        pe_escape_adds(line, set->services.items[i]);
    }
    add_labelled(page, PE_W_CLAIM_SERVICES);
    pe_escape_adds(pe_page_scratch(page), set->sha256);
    add_labelled(page, PE_W_CLAIM_DIGEST);
}

static void add_claim(struct pe_page *page, const struct pe_claim *claim)
{
    struct pe_buf safe = {0}, lead = {0};

    pe_escape_adds(&safe, claim->clause);
    pe_width_add_padded(&lead, safe.data == NULL ? "" : safe.data, CLAUSE_COLUMNS);
    pe_page_drop(page->out, &safe);
    pe_escape_add_prose(pe_page_scratch(page), pe_text_in(claim->text, page->lang));
    pe_page_wrap(page, 2, lead.data, PE_PLAIN, pe_page_text(page));
    pe_page_drop(page->out, &lead);
}

void pe_list_claims(struct pe_page *page, const struct pe_pack_info *info)
{
    struct pe_buf at = {0};

    if (info->claim_set_count == 0) {
        pe_page_wrap(page, 0, "", PE_PLAIN, pe_words(page->lang, PE_W_CLAIMS_NONE));
        return;
    }
    pe_escape_adds(&at, info->claims_at);
    pe_words_add(pe_page_scratch(page), page->lang, PE_W_CLAIMS_ABOUT, (const char *[]){at.data},
                 1);
    pe_page_drop(page->out, &at);
    pe_page_wrap(page, 0, "", PE_PLAIN, pe_page_text(page));
    for (size_t i = 0; i < info->claim_set_count; i++) {
        add_head(page, &info->claim_sets[i]);
        pe_page_end(page);
        for (size_t j = 0; j < info->claim_sets[i].claim_count; j++)
            add_claim(page, &info->claim_sets[i].claims[j]);
    }
}

/* ---- for programs ---- */

static struct pe_json_item *make_claims(struct pe_json_out *out, const struct pe_claim_set *set)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < set->claim_count; i++) {
        struct pe_json_item *claim = pe_json_out_object(out);
        pe_json_out_put(out, claim, "clause", pe_json_out_string(out, set->claims[i].clause));
        pe_json_out_put(out, claim, "en", pe_json_out_string(out, set->claims[i].text.en));
        pe_json_out_put(out, claim, "ja", pe_json_out_string(out, set->claims[i].text.ja));
        pe_json_out_append(out, list, claim);
    }
    return list;
}

void pe_list_claims_json(struct pe_json_out *out, struct pe_json_item *list,
                         const struct pe_pack_info *info)
{
    for (size_t i = 0; i < info->claim_set_count; i++) {
        const struct pe_claim_set *set = &info->claim_sets[i];
        struct pe_json_item *object = pe_json_out_object(out), *services = pe_json_out_list(out);
        for (size_t j = 0; j < set->services.count; j++)
            pe_json_out_append(out, services, pe_json_out_string(out, set->services.items[j]));
        pe_json_out_put(out, object, "pack", pe_json_out_string(out, info->id));
        pe_json_out_put(out, object, "sha256", pe_json_out_string(out, set->sha256));
        pe_json_out_put(out, object, "doc", pe_json_out_string(out, set->doc));
        pe_json_out_put(out, object, "version", pe_json_out_string(out, set->version));
        pe_json_out_put(out, object, "issued", pe_json_out_string(out, set->issued));
        pe_json_out_put(out, object, "services", services);
        pe_json_out_put(out, object, "title", pe_json_out_text(out, set->title));
        pe_json_out_put(out, object, "statements", make_claims(out, set));
        pe_json_out_append(out, list, object);
    }
}
