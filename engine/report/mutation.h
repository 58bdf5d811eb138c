/* mutation.h: what came of a pack's mutation tests, for people and programs.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What survived is often one hole that many values show: for a person, survivors that differ only
 * in the snapshot and in positions of lists are one line, with `*` in these places. Such a line
 * can stand in a file of known survivors, with the reason why nobody need notice.
 */
#ifndef PE_REPORT_MUTATION_H
#define PE_REPORT_MUTATION_H

#include "base/buf.h"
#include "policyeval.h"

#define PE_ARROW " -> " /* between the old value and the new one */

/* A line of a file of known survivors: CONTROL | WHERE | POINTER | CHANGE | REASON. `*` stands for
 * any text, in a pointer within a step, and a last step `**` for whatever follows. */
struct pe_known {
    const char *control, *where, *pointer, *change;
    const char *line; /* as it stands in the file, but for its reason */
    size_t number;    /* of the line */
    size_t used;      /* survivors that it explains; filled by pe_known_match */
};

struct pe_known_list {
    struct pe_known *items;
    size_t count;
    bool given;
};

/* Whether a line explains the survivor; counts it there. */
bool pe_known_match(struct pe_known_list *known, const struct pe_survivor *survivor);

/* What is compared and printed; explained has a flag for each survivor of the report. */
struct pe_mutation_view {
    const struct pe_mutation_report *report;
    const struct pe_known_list *known;
    const bool *explained;
};

/* Hundredths of a percent of the mutants that were killed, rounded down. Those of optional reads
 * are not counted, nor as many of the others as are explained. */
unsigned pe_mutation_score(const struct pe_mutation_report *report, size_t explained);

/* The survivors of a kind that the known ones explain. */
size_t pe_mutation_explained(const struct pe_mutation_view *view, enum pe_mutant_kind kind);

/* Running out of memory shows in the buffer. */
void pe_mutation_text(const struct pe_mutation_view *view, const struct pe_style *style,
                      struct pe_buf *out);
void pe_mutation_json(const struct pe_mutation_view *view, struct pe_buf *out);

#endif
