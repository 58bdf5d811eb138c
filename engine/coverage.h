/* coverage.h: what a pack's tests reach of it: rules, lines of Lua, required fields of the model.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the engine reads itself counts as reached: where the pack points to, acceptances of claims,
 * the members that make elements unique, and those that say that a list may be empty.
 *
 * A worker keeps a log while tests run, and sends its items; what several workers reached is put
 * together by the parent, item by item, for all list the same items in the same order.
 */
#ifndef PE_COVERAGE_H
#define PE_COVERAGE_H

#include "coverage_item.h"
#include "lua/lines.h"
#include "lua/script.h"

struct pe_coverage_log {
    struct pe_script *script;
    const struct pe_pack_def *pack;
    struct pe_selection selection; /* items are of the rules it takes, and of their files */
    bool all;                      /* lines and fields too */
    struct pe_arena arena;
    uint8_t **rules;  /* by control, by rule: PE_REACHED_* */
    uint8_t **fields; /* by shape, by field; NULL for a shape that is no record */
    struct pe_lines lines;
};

int pe_coverage_open(struct pe_coverage_log *log, struct pe_err *err);
void pe_coverage_release(struct pe_coverage_log *log);

/* How much evidence a judge must keep for pe_coverage_reads. */
int pe_coverage_evidence(const struct pe_coverage_log *log);

/* A rule was judged, and this is what it read. */
void pe_coverage_rule(struct pe_coverage_log *log, const struct pe_control_def *control,
                      size_t rule, enum pe_status status);
void pe_coverage_reads(struct pe_coverage_log *log, const struct pe_trace *trace);

/* The items of a kind, in the arena of the log. -1: out of memory. */
int pe_coverage_items(struct pe_coverage_log *log, enum pe_coverage_kind kind,
                      const struct pe_coverage_item **items, size_t *count, struct pe_err *err);

#endif
