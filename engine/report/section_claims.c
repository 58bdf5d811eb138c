/* section_claims.c: what rests on claims of the provider, and what could. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include <string.h>

#include "base/escape.h"

/* Whether the snapshot accepts the same document by another entry, so that an old one is history.
 */
static bool is_history(const struct pe_result *result, const struct pe_claim_result *claim)
{
    for (size_t i = 0; i < result->claim_count; i++)
        if (result->claims[i].state == PE_CLAIM_ACCEPTED &&
            strcmp(result->claims[i].doc, claim->doc) == 0)
            return true;
    return false;
}

static bool is_shown(const struct pe_result *result, const struct pe_claim_result *claim)
{
    return claim->state != PE_CLAIM_VOID || !is_history(result, claim);
}

static enum pe_word word_of(const struct pe_claim_result *claim)
{
    if (claim->state == PE_CLAIM_ACCEPTED)
        return PE_W_CLAIM_ACCEPTED;
    return claim->state == PE_CLAIM_VOID ? PE_W_CLAIM_VOID : PE_W_CLAIM_OPEN;
}

/* The sentence in the scratch buffer. */
static void say(struct pe_page *page, const struct pe_claim_result *claim)
{
    struct pe_buf doc = {0}, version = {0}, reason = {0}, title = {0};
    struct pe_page_number rules = pe_page_number(claim->rules);
    bool is_void = claim->state == PE_CLAIM_VOID;

    pe_escape_adds(&doc, claim->doc);
    pe_escape_adds(&version, claim->version);
    pe_escape_adds(&reason, pe_text_in(claim->reason, page->lang));
    if (claim->set != NULL)
        pe_escape_add_prose(&title, pe_text_in(claim->set->title, page->lang));
    if (is_void && claim->doc[0] == '\0')
        pe_words_add(pe_page_scratch(page), page->lang, PE_W_CLAIM_VOID_ENTRY,
                     (const char *[]){reason.data}, 1);
    else
        pe_words_add(pe_page_scratch(page), page->lang, word_of(claim),
                     (const char *[]){doc.data, version.data, is_void ? reason.data : rules.text,
                                      title.data},
                     4);
    pe_page_drop(page->out, &doc);
    pe_page_drop(page->out, &version);
    pe_page_drop(page->out, &reason);
    pe_page_drop(page->out, &title);
}

static void add_claim(struct pe_page *page, const struct pe_result *result,
                      const struct pe_claim_result *claim)
{
    static const char *const marks[] = {
        [PE_CLAIM_ACCEPTED] = "- ", [PE_CLAIM_VOID] = "! ", [PE_CLAIM_NOT_ACCEPTED] = "? "};
    const char *hint = pe_text_in(claim->hint, page->lang);

    say(page, claim);
    pe_page_wrap(page, 2, marks[claim->state],
                 claim->state == PE_CLAIM_ACCEPTED ? PE_PLAIN : PE_YELLOW, pe_page_text(page));
    if (claim->state == PE_CLAIM_NOT_ACCEPTED)
        hint = pe_words(page->lang, PE_W_CLAIM_OPEN_HOW);
    if (hint[0] != '\0')
        pe_page_paragraph(page, 4, "", PE_PLAIN, hint);
    if (claim->state == PE_CLAIM_VOID)
        pe_section_location(page, 4, result, claim->place, claim->pointer);
}

void pe_section_claims(struct pe_page *page, const struct pe_result *result)
{
    bool any = false;

    for (size_t i = 0; i < result->claim_count; i++) {
        if (!is_shown(result, &result->claims[i]))
            continue;
        if (!any)
            pe_page_heading(page, PE_W_HEAD_CLAIMS, NULL, 0);
        any = true;
        add_claim(page, result, &result->claims[i]);
    }
}
