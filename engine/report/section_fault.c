/* section_fault.c: what the author of a policy has to mend. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include "report/faults.h"

enum { SHOWN_FAULTS = 20 };

static void add_fault(struct pe_page *page, const struct pe_group *group)
{
    const struct pe_finding *finding = group->items[0].finding;
    const char *hint = finding == NULL ? "" : pe_text_in(finding->hint, page->lang);

    pe_page_paragraph(page, 2, finding == NULL ? "! " : "? ", finding == NULL ? PE_RED : PE_YELLOW,
                      group->items[0].text);
    if (hint[0] != '\0')
        pe_page_paragraph(page, 4, "", PE_PLAIN, hint);
    pe_section_add_rules(page, group, pe_page_scratch(page));
    pe_page_wrap(page, 4, pe_words(page->lang, PE_W_FAULT_IN), PE_DIM, pe_page_text(page));
}

int pe_section_fault(struct pe_page *page, const struct pe_result *result, struct pe_err *err)
{
    struct pe_faults all = {.result = result, .lang = page->lang};
    size_t count = 0;
    struct pe_group *groups = pe_faults_find(&all, &count);
    bool failed;

    if (count > 0) {
        pe_page_heading(page, PE_W_HEAD_FAULT, (const char *[]){pe_page_number(all.rules).text}, 1);
        pe_page_wrap(page, 2, "", PE_PLAIN, pe_words(page->lang, PE_W_FAULT_WHOSE));
        pe_page_end(page);
    }
    for (size_t i = 0; i < count && i < SHOWN_FAULTS; i++)
        add_fault(page, &groups[i]);
    if (count > SHOWN_FAULTS) {
        pe_words_add(pe_page_scratch(page), page->lang, PE_W_MORE_REASONS,
                     (const char *[]){pe_page_number(count - SHOWN_FAULTS).text}, 1);
        pe_page_wrap(page, 2, "", PE_PLAIN, pe_page_text(page));
    }
    failed = pe_arena_failed(&all.arena);
    pe_arena_release(&all.arena);
    return failed ? pe_err_memory(err) : 0;
}
