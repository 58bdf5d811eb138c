/* fleet_html.c: tenants by controls as one page of HTML: no script, nothing loaded.
 *
 * Colour is never the only sign: each cell has a mark, and what it stands for as its label. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/fleet.h"
#include "report/page.h"
#include "report/xml.h"

enum { MOST_TENANTS = 1000 }; /* more would be too much for a browser */

static const char style_sheet[] =
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#1b1b1b;background:#fff}"
    "table{border-collapse:collapse;margin:.5rem 0 2rem}"
    "th,td{border:1px solid #c8c8c8;padding:.15rem .5rem;text-align:left;vertical-align:top}"
    "td.n{text-align:right}td.s{text-align:center;font-weight:bold}"
    "thead th{background:#f0f0f0;position:sticky;top:0}"
    ".error{background:#6a1b9a;color:#fff}.fail{background:#b3261e;color:#fff}"
    ".unknown{background:#ffe08a}.waived{background:#cfe8ff}.pass{background:#d7f0d9}"
    ".scroll{overflow-x:auto}";

struct html {
    struct pe_buf *out;
    enum pe_lang lang;
    const struct pe_fleet *fleet;
};

static void add_words(struct html *h, enum pe_word word, size_t one, size_t two, size_t three)
{
    struct pe_buf text = {0};

    pe_words_add(&text, h->lang, word,
                 (const char *[]){pe_page_number(one).text, pe_page_number(two).text,
                                  pe_page_number(three).text},
                 3);
    pe_xml_add(h->out, text.data == NULL ? "" : text.data);
    pe_page_drop(h->out, &text);
}

static void add_paragraph(struct html *h, enum pe_word word, size_t number)
{
    pe_buf_adds(h->out, "<p>");
    add_words(h, word, number, 0, 0);
    pe_buf_adds(h->out, "</p>\n");
}

static void add_heading(struct html *h, enum pe_word word)
{
    pe_buf_adds(h->out, "<h2>");
    add_words(h, word, 0, 0, 0);
    pe_buf_adds(h->out, "</h2>\n");
}

static void add_column(struct html *h, const char *text)
{
    pe_buf_adds(h->out, "<th scope=\"col\">");
    pe_xml_add(h->out, text);
    pe_buf_adds(h->out, "</th>");
}

static void add_status_columns(struct html *h)
{
    for (size_t i = PE_STATUS_COUNT; i-- > 0;)
        add_column(h, pe_words_status(h->lang, (enum pe_status)i));
}

static void add_counts(struct html *h, const size_t by_status[PE_STATUS_COUNT])
{
    for (size_t i = PE_STATUS_COUNT; i-- > 0;)
        pe_buf_printf(h->out, "<td class=\"n\">%zu</td>", by_status[i]);
}

static void add_change(struct html *h, bool known, size_t worse, size_t better)
{
    if (!h->fleet->compared)
        return;
    pe_buf_adds(h->out, "<td>");
    if (known)
        add_words(h, PE_W_FLEET_CHANGED, worse, better, 0);
    else
        add_words(h, PE_W_FLEET_NEW, 0, 0, 0);
    pe_buf_adds(h->out, "</td>");
}

static void begin_table(struct html *h)
{
    pe_buf_adds(h->out, "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
}

static void begin_rows(struct html *h)
{
    pe_buf_adds(h->out, "</tr></thead><tbody>\n");
}

static void end_table(struct html *h)
{
    pe_buf_adds(h->out, "</tbody></table></div>\n");
}

/* ---- parts ---- */

static void add_head(struct html *h)
{
    const struct pe_fleet *fleet = h->fleet;

    pe_buf_printf(h->out, "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">\n",
                  h->lang == PE_JA ? "ja" : "en");
    pe_buf_adds(h->out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                        "'none'; style-src 'unsafe-inline'\">\n<meta name=\"viewport\" "
                        "content=\"width=device-width\">\n<title>");
    add_words(h, PE_W_FLEET_TITLE, 0, 0, 0);
    pe_buf_printf(h->out, "</title>\n<style>%s</style></head><body>\n<h1>", style_sheet);
    add_words(h, PE_W_FLEET_TITLE, 0, 0, 0);
    pe_buf_adds(h->out, "</h1>\n<p>");
    add_words(h, PE_W_FLEET_TENANTS, fleet->tenant_count, fleet->passed,
              fleet->tenant_count - fleet->passed);
    pe_buf_adds(h->out, "</p>\n");
    if (fleet->unjudged_count > 0)
        add_paragraph(h, PE_W_FLEET_UNJUDGED, fleet->unjudged_count);
    if (fleet->policies.count > 1)
        add_paragraph(h, PE_W_FLEET_POLICIES, fleet->policies.count);
    if (fleet->repeated > 0)
        add_paragraph(h, PE_W_FLEET_REPEATED, fleet->repeated);
}

static void add_changes(struct html *h)
{
    const struct pe_fleet *fleet = h->fleet;

    if (!fleet->compared)
        return;
    add_heading(h, PE_W_FLEET_CHANGES);
    pe_buf_adds(h->out, "<p>");
    add_words(h, PE_W_FLEET_CHANGED, fleet->worse, fleet->better, 0);
    pe_buf_adds(h->out, h->lang == PE_JA ? "、" : "; ");
    add_words(h, pe_fleet_is_gone_sure(fleet) ? PE_W_FLEET_COMING : PE_W_FLEET_COMING_OR,
              fleet->new_count, fleet->gone.count, 0);
    pe_buf_adds(h->out, "</p>\n");
}

static void add_owners(struct html *h)
{
    add_heading(h, PE_W_FLEET_BY_OWNER);
    begin_table(h);
    add_column(h, pe_words(h->lang, PE_W_OWNER));
    add_status_columns(h);
    begin_rows(h);
    for (size_t i = 0; i < PE_OWNER_COUNT; i++) {
        pe_buf_printf(h->out, "<tr><th scope=\"row\">%s</th>",
                      pe_words_owner(h->lang, (enum pe_owner)i));
        add_counts(h, h->fleet->by_owner[i]);
        pe_buf_adds(h->out, "</tr>\n");
    }
    end_table(h);
}

static void add_controls(struct html *h)
{
    add_heading(h, PE_W_FLEET_CONTROLS);
    begin_table(h);
    add_column(h, pe_words(h->lang, PE_W_CONTROL));
    add_column(h, pe_words(h->lang, PE_W_SEVERITY));
    add_column(h, pe_words(h->lang, PE_W_OWNER));
    add_status_columns(h);
    if (h->fleet->compared)
        add_column(h, pe_words(h->lang, PE_W_FLEET_CHANGES));
    begin_rows(h);
    for (size_t i = 0; i < h->fleet->control_count; i++) {
        const struct pe_fleet_control *control = &h->fleet->controls[i];
        pe_buf_adds(h->out, "<tr><th scope=\"row\">");
        pe_xml_add(h->out, control->id);
        pe_buf_adds(h->out, control->title.en == NULL ? "" : " ");
        pe_xml_add(h->out, pe_text_in(control->title, h->lang));
        pe_buf_printf(h->out, "</th><td>%s</td><td>%s</td>",
                      pe_words_severity(h->lang, control->severity),
                      pe_words_owner(h->lang, control->owner));
        add_counts(h, control->by_status);
        add_change(h, true, control->worse, control->better);
        pe_buf_adds(h->out, "</tr>\n");
    }
    end_table(h);
}

static void add_status(struct html *h, unsigned status)
{
    enum pe_status known = (enum pe_status)status;

    if (status == PE_NOT_JUDGED) {
        pe_buf_adds(h->out, "<td></td>");
        return;
    }
    pe_buf_printf(h->out, "<td class=\"s %s\" title=\"%s\">%s</td>", pe_status_word(known),
                  pe_words_status(h->lang, known), pe_page_status_mark(known));
}

static void add_legend(struct html *h)
{
    pe_buf_adds(h->out, "<p>");
    for (size_t i = PE_STATUS_COUNT; i-- > 0;)
        pe_buf_printf(h->out, "%s %s%s", pe_page_status_mark((enum pe_status)i),
                      pe_words_status(h->lang, (enum pe_status)i), i > 0 ? " · " : "</p>\n");
}

static void add_matrix(struct html *h)
{
    const struct pe_fleet *fleet = h->fleet;

    add_heading(h, PE_W_FLEET_WORST);
    add_legend(h);
    begin_table(h);
    add_column(h, pe_words(h->lang, PE_W_HTML_TENANT));
    add_column(h, pe_words(h->lang, PE_W_FLEET_SERVICE));
    if (fleet->compared)
        add_column(h, pe_words(h->lang, PE_W_FLEET_CHANGES));
    for (size_t i = 0; i < fleet->control_count; i++)
        add_column(h, fleet->controls[i].id);
    begin_rows(h);
    for (size_t i = 0; i < fleet->tenant_count && i < MOST_TENANTS; i++) {
        const struct pe_fleet_tenant *tenant = &fleet->tenants[i];
        pe_buf_adds(h->out, "<tr><th scope=\"row\">");
        pe_xml_add(h->out, tenant->tenant);
        pe_buf_adds(h->out, "</th><td>");
        pe_xml_add(h->out, tenant->service);
        pe_buf_adds(h->out, "</td>");
        add_change(h, tenant->known_before, tenant->worse, tenant->better);
        for (size_t j = 0; j < fleet->control_count; j++)
            add_status(h, tenant->statuses[j]);
        pe_buf_adds(h->out, "</tr>\n");
    }
    end_table(h);
    if (fleet->tenant_count > MOST_TENANTS)
        add_paragraph(h, PE_W_FLEET_MORE, fleet->tenant_count - MOST_TENANTS);
}

static void add_unjudged(struct html *h)
{
    if (h->fleet->unjudged_count == 0)
        return;
    add_heading(h, PE_W_FLEET_NOT_JUDGED);
    pe_buf_adds(h->out, "<ul>\n");
    for (size_t i = 0; i < h->fleet->unjudged_count && i < MOST_TENANTS; i++) {
        const struct pe_fleet_unjudged *unjudged = &h->fleet->unjudged[i];
        pe_buf_adds(h->out, "<li>");
        pe_xml_add(h->out, unjudged->file);
        pe_buf_printf(h->out, ":%llu: ", (unsigned long long)unjudged->line);
        pe_xml_add(h->out, unjudged->reason);
        pe_buf_adds(h->out, "</li>\n");
    }
    pe_buf_adds(h->out, "</ul>\n");
}

void pe_fleet_html(const struct pe_fleet *fleet, const struct pe_style *style, struct pe_buf *out)
{
    struct html h = {out, style->lang, fleet};

    add_head(&h);
    add_changes(&h);
    add_owners(&h);
    add_controls(&h);
    add_matrix(&h);
    add_unjudged(&h);
    pe_buf_adds(out, "</body></html>\n");
}
