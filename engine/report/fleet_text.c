/* fleet_text.c: results of many tenants together, for a person. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/escape.h"
#include "report/fleet.h"
#include "report/page.h"

#include <string.h>

enum { MOST_TENANTS = 20, MOST_UNJUDGED = 20, MOST_GONE = 50 };

/* The worst that occurs. */
static enum pe_status worst(const size_t by_status[PE_STATUS_COUNT])
{
    for (size_t i = PE_STATUS_COUNT; i-- > 0;)
        if (by_status[i] > 0)
            return (enum pe_status)i;
    return PE_NOT_APPLICABLE;
}

static void add_words(struct pe_buf *line, const struct pe_page *page, enum pe_word word,
                      size_t one, size_t two, size_t three)
{
    pe_words_add(line, page->lang, word,
                 (const char *[]){pe_page_number(one).text, pe_page_number(two).text,
                                  pe_page_number(three).text},
                 3);
}

static void add_paragraph(struct pe_page *page, enum pe_word word, size_t number,
                          enum pe_colour colour)
{
    struct pe_buf *line = pe_page_scratch(page);

    add_words(line, page, word, number, 0, 0);
    pe_page_wrap(page, 0, "", colour, pe_page_text(page));
}

/* "3 failed, 1 unknown; 1 worse, 0 better" */
static void add_counts(struct pe_buf *line, const struct pe_page *page,
                       const size_t by_status[PE_STATUS_COUNT], size_t worse, size_t better)
{
    pe_words_add_counts(line, page->lang, by_status);
    if (worse + better == 0)
        return;
    pe_buf_adds(line, page->lang == PE_JA ? "、" : "; ");
    add_words(line, page, PE_W_FLEET_CHANGED, worse, better, 0);
}

static void add_mark(struct pe_page *page, enum pe_status status)
{
    pe_buf_adds(page->out, "  ");
    pe_page_add(page, pe_page_status_colour(status), pe_page_status_mark(status));
    pe_buf_adds(page->out, " ");
}

/* ---- parts ---- */

static void add_head(struct pe_page *page, const struct pe_fleet *fleet)
{
    add_words(page->out, page, PE_W_FLEET_TENANTS, fleet->tenant_count, fleet->passed,
              fleet->tenant_count - fleet->passed);
    pe_page_end(page);
    if (fleet->unjudged_count > 0)
        add_paragraph(page, PE_W_FLEET_UNJUDGED, fleet->unjudged_count, PE_MAGENTA);
    if (fleet->policies.count > 1)
        add_paragraph(page, PE_W_FLEET_POLICIES, fleet->policies.count, PE_YELLOW);
    if (fleet->repeated > 0)
        add_paragraph(page, PE_W_FLEET_REPEATED, fleet->repeated, PE_PLAIN);
}

static void add_changes(struct pe_page *page, const struct pe_fleet *fleet)
{
    struct pe_buf *line;

    if (!fleet->compared)
        return;
    pe_page_heading(page, PE_W_FLEET_CHANGES, NULL, 0);
    pe_buf_adds(page->out, "  ");
    add_words(page->out, page, PE_W_FLEET_CHANGED, fleet->worse, fleet->better, 0);
    pe_buf_adds(page->out, page->lang == PE_JA ? "、" : "; ");
    add_words(page->out, page,
              pe_fleet_is_gone_sure(fleet) ? PE_W_FLEET_COMING : PE_W_FLEET_COMING_OR,
              fleet->new_count, fleet->gone.count, 0);
    pe_page_end(page);
    if (fleet->gone.count == 0)
        return;
    line = pe_page_scratch(page);
    for (size_t i = 0; i < fleet->gone.count && i < MOST_GONE; i++) {
        pe_buf_adds(line, i == 0 ? "" : ", ");
        pe_escape_adds(line, fleet->gone.items[i]);
    }
    pe_buf_adds(line, fleet->gone.count > MOST_GONE ? ", …" : "");
    pe_page_wrap(
        page, 2,
        pe_words(page->lang, pe_fleet_is_gone_sure(fleet) ? PE_W_FLEET_GONE : PE_W_FLEET_GONE_OR),
        PE_PLAIN, pe_page_text(page));
}

static void add_owners(struct pe_page *page, const struct pe_fleet *fleet)
{
    pe_page_heading(page, PE_W_FLEET_BY_OWNER, NULL, 0);
    for (size_t i = 0; i < PE_OWNER_COUNT; i++) {
        pe_buf_adds(page->out, "  ");
        pe_buf_adds(page->out, pe_words_owner(page->lang, (enum pe_owner)i));
        pe_buf_adds(page->out, pe_words(page->lang, PE_W_COLON));
        pe_words_add_counts(page->out, page->lang, fleet->by_owner[i]);
        pe_page_end(page);
    }
}

static void add_control(struct pe_page *page, const struct pe_fleet_control *control)
{
    struct pe_buf lead = {0}, *line = pe_page_scratch(page);

    pe_escape_adds(&lead, control->id);
    pe_buf_fill(&lead, ' ', lead.length < 11 ? 12 - lead.length : 1);
    add_counts(line, page, control->by_status, control->worse, control->better);
    add_mark(page, worst(control->by_status));
    pe_page_wrap(page, 0, lead.data == NULL ? "" : lead.data, PE_PLAIN, pe_page_text(page));
    line = pe_page_scratch(page);
    pe_escape_adds(line, pe_text_in(control->title, page->lang));
    pe_buf_adds(line, line->length == 0 ? "" : " — ");
    pe_buf_adds(line, pe_words_severity(page->lang, control->severity));
    pe_buf_adds(line, page->lang == PE_JA ? "、" : ", ");
    pe_buf_adds(line, pe_words_owner(page->lang, control->owner));
    pe_page_wrap(page, 16, NULL, PE_PLAIN, pe_page_text(page));
    pe_page_drop(page->out, &lead);
}

static void add_controls(struct pe_page *page, const struct pe_fleet *fleet)
{
    pe_page_heading(page, PE_W_FLEET_CONTROLS, NULL, 0);
    for (size_t i = 0; i < fleet->control_count; i++)
        add_control(page, &fleet->controls[i]);
}

static void add_tenant(struct pe_page *page, const struct pe_fleet *fleet,
                       const struct pe_fleet_tenant *tenant)
{
    struct pe_buf *line = pe_page_scratch(page);

    pe_escape_adds(line, tenant->tenant);
    if (tenant->service[0] != '\0') {
        pe_buf_adds(line, page->lang == PE_JA ? "（" : " (");
        pe_escape_adds(line, tenant->service);
        pe_buf_adds(line, page->lang == PE_JA ? "）" : ")");
    }
    pe_buf_adds(line, pe_words(page->lang, PE_W_COLON));
    add_counts(line, page, tenant->by_status, tenant->worse, tenant->better);
    if (fleet->compared && !tenant->known_before) {
        pe_buf_adds(line, page->lang == PE_JA ? "、" : "; ");
        pe_buf_adds(line, pe_words(page->lang, PE_W_FLEET_NEW));
    }
    add_mark(page, worst(tenant->by_status));
    pe_page_wrap(page, 0, NULL, PE_PLAIN, pe_page_text(page));
}

static void add_more(struct pe_page *page, size_t all, size_t shown)
{
    if (all <= shown)
        return;
    pe_buf_adds(page->out, "  ");
    add_words(page->out, page, PE_W_FLEET_MORE, all - shown, 0, 0);
    pe_page_end(page);
}

static void add_tenants(struct pe_page *page, const struct pe_fleet *fleet)
{
    pe_page_heading(page, PE_W_FLEET_WORST, NULL, 0);
    for (size_t i = 0; i < fleet->tenant_count && i < MOST_TENANTS; i++)
        add_tenant(page, fleet, &fleet->tenants[i]);
    add_more(page, fleet->tenant_count, MOST_TENANTS);
}

static void add_unjudged(struct pe_page *page, const struct pe_fleet *fleet)
{
    if (fleet->unjudged_count == 0)
        return;
    pe_page_heading(page, PE_W_FLEET_NOT_JUDGED, NULL, 0);
    for (size_t i = 0; i < fleet->unjudged_count && i < MOST_UNJUDGED; i++) {
        const struct pe_fleet_unjudged *unjudged = &fleet->unjudged[i];
        struct pe_buf *line = pe_page_scratch(page);
        pe_words_add(line, page->lang, PE_W_FLEET_LINE,
                     (const char *[]){unjudged->file, pe_page_number(unjudged->line).text}, 2);
        pe_escape_adds(line, unjudged->reason);
        pe_page_wrap(page, 2, NULL, PE_PLAIN, pe_page_text(page));
    }
    add_more(page, fleet->unjudged_count, MOST_UNJUDGED);
}

void pe_fleet_text(const struct pe_fleet *fleet, const struct pe_style *style, struct pe_buf *out)
{
    struct pe_page page;

    pe_page_init(&page, style);
    add_head(&page, fleet);
    if (!style->quiet) {
        add_changes(&page, fleet);
        add_owners(&page, fleet);
        add_controls(&page, fleet);
        add_tenants(&page, fleet);
        add_unjudged(&page, fleet);
    }
    pe_page_finish(&page, out);
}
