/* list.h: what else list can show.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_CMD_LIST_H
#define PE_CMD_LIST_H

#include "report/json_out.h"
#include "report/page.h"

/* The sets of claims of a pack: documents, digests, how to accept them, statements. */
void pe_list_claims(struct pe_page *page, const struct pe_pack_info *info);

/* The same, appended to a list: each an object that is, without pack and sha256, what is digested.
 */
void pe_list_claims_json(struct pe_json_out *out, struct pe_json_item *list,
                         const struct pe_pack_info *info);

/* Who is responsible for each control that is left by --only and --skip, by service; and for its
 * rules where that differs. */
void pe_list_matrix(struct pe_page *page, const struct pe_catalogue *catalogue);
void pe_list_matrix_json(struct pe_json_out *out, struct pe_json_item *list,
                         const struct pe_catalogue *catalogue);

#endif
