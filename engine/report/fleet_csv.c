/* fleet_csv.c: tenants by controls, for spreadsheets: a row a tenant, a column a control. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/csv_row.h"
#include "report/fleet.h"

static const char *status_word(unsigned status)
{
    return status == PE_NOT_JUDGED ? "" : pe_status_word((enum pe_status)status);
}

static void add_head(struct pe_csv_row *row, const struct pe_fleet *fleet)
{
    static const char *const columns[] = {"tenant", "service", "verdict", "sha256"};
    static const char *const changes[] = {"worse", "better"};

    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        pe_csv_cell(row, columns[i]);
    for (size_t i = PE_STATUS_COUNT; i-- > 0;)
        pe_csv_cell(row, pe_status_word((enum pe_status)i));
    for (size_t i = 0; fleet->compared && i < 2; i++)
        pe_csv_cell(row, changes[i]);
    for (size_t i = 0; i < fleet->control_count; i++)
        pe_csv_cell(row, fleet->controls[i].id);
    pe_csv_end(row);
}

static void add_tenant(struct pe_csv_row *row, const struct pe_fleet *fleet,
                       const struct pe_fleet_tenant *tenant)
{
    pe_csv_cell(row, tenant->tenant);
    pe_csv_cell(row, tenant->service);
    pe_csv_cell(row, tenant->passed ? "pass" : "fail");
    pe_csv_cell(row, tenant->sha256);
    for (size_t i = PE_STATUS_COUNT; i-- > 0;)
        pe_csv_number(row, tenant->by_status[i], true);
    if (fleet->compared) {
        pe_csv_number(row, tenant->worse, tenant->known_before);
        pe_csv_number(row, tenant->better, tenant->known_before);
    }
    for (size_t i = 0; i < fleet->control_count; i++)
        pe_csv_cell(row, status_word(tenant->statuses[i]));
    pe_csv_end(row);
}

static void add_unjudged(struct pe_csv_row *row, const struct pe_fleet_unjudged *unjudged)
{
    pe_csv_cell(row, "");
    pe_csv_cell(row, "");
    pe_csv_cell(row, "error");
    pe_csv_cell(row, unjudged->sha256);
    pe_csv_end(row);
}

void pe_fleet_csv(const struct pe_fleet *fleet, const struct pe_style *style, struct pe_buf *out)
{
    struct pe_csv_row row = {.out = out, .lang = style->lang};

    pe_buf_adds(out, style->lang == PE_JA ? "\xEF\xBB\xBF" : ""); /* as in csv.c */
    add_head(&row, fleet);
    for (size_t i = 0; i < fleet->tenant_count; i++)
        add_tenant(&row, fleet, &fleet->tenants[i]);
    for (size_t i = 0; i < fleet->unjudged_count; i++)
        add_unjudged(&row, &fleet->unjudged[i]);
}
