/* html_fault.c: what the author of a policy has to mend. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/faults.h"
#include "report/html_out.h"

static void add_fault(struct pe_html *html, const struct pe_group *group)
{
    const struct pe_group_item *first = &group->items[0];

    pe_html_raw(html, "<li class=\"rule\"><p>");
    pe_html_badge(html, first->finding == NULL ? PE_ERROR : PE_UNKNOWN);
    pe_html_raw(html, " ");
    pe_html_prose(html, first->finding == NULL ? first->result->reason : first->finding->message);
    pe_html_raw(html, "</p>\n");
    if (first->finding != NULL && pe_text_in(first->finding->hint, PE_EN)[0] != '\0') {
        pe_html_raw(html, "<p class=\"hint\">");
        pe_html_prose(html, first->finding->hint);
        pe_html_raw(html, "</p>\n");
    }
    pe_html_rule_links(html, group);
    pe_html_raw(html, "</li>\n");
}

int pe_html_fault(struct pe_html *html, struct pe_err *err)
{
    struct pe_faults all = {.result = html->result, .lang = PE_EN};
    size_t count = 0;
    struct pe_group *groups = pe_faults_find(&all, &count);
    bool failed;

    if (count > 0) {
        pe_html_raw(html, "<section class=\"unknowns\">\n");
        pe_html_heading(html, 3, "fault", PE_W_HEAD_FAULT, all.rules);
        pe_html_paragraph(html, NULL, PE_W_FAULT_WHOSE);
        pe_html_raw(html, "<ul class=\"findings\">\n");
        for (size_t i = 0; i < count; i++)
            add_fault(html, &groups[i]);
        pe_html_raw(html, "</ul>\n</section>\n");
    }
    failed = pe_arena_failed(&all.arena);
    pe_arena_release(&all.arena);
    return failed ? pe_err_memory(err) : 0;
}
