/* fleet.h: results of many tenants together, for people and programs.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_REPORT_FLEET_H
#define PE_REPORT_FLEET_H

#include "base/buf.h"
#include "policyeval.h"

/* Each adds the whole; running out of memory shows in the buffer. */
void pe_fleet_text(const struct pe_fleet *fleet, const struct pe_style *style, struct pe_buf *out);
void pe_fleet_json(const struct pe_fleet *fleet, const struct pe_style *style, struct pe_buf *out);
void pe_fleet_csv(const struct pe_fleet *fleet, const struct pe_style *style, struct pe_buf *out);
void pe_fleet_html(const struct pe_fleet *fleet, const struct pe_style *style, struct pe_buf *out);

/* Whether tenants that the results before knew are gone, or may be among the lines that could not
 * be judged: nobody knows whose those are. */
static inline bool pe_fleet_is_gone_sure(const struct pe_fleet *fleet)
{
    return fleet->gone.count == 0 || fleet->unjudged_count == 0;
}

#endif
