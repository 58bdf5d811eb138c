/* issue.h: what a run leaves to be put right, one entry a finding, for formats that list just that.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Rules that failed, ended in an error or are unknown give one issue for each of their findings; a
 * rule that has none gives one with its reason. So do rules that are waived: an issue that a waiver
 * covers names it. Code scanning, code quality and annotations show
 * such lists; each has its own limits, so the worst comes first: what no waiver covers before what
 * one does, what failed before what could not be judged, by severity, then in the order of the run.
 *
 * Strings are as the run holds them: nothing is made safe here.
 */
#ifndef PE_REPORT_ISSUE_H
#define PE_REPORT_ISSUE_H

#include "base/arena.h"
#include "base/buf.h"
#include "policyeval.h"

struct pe_issue {
    const struct pe_result *result;
    const struct pe_control_result *control;
    const struct pe_rule_result *rule;
    const struct pe_finding *finding; /* NULL: the rule as a whole */
    enum pe_status status;            /* PE_FAIL, PE_UNKNOWN or PE_ERROR */
    const struct pe_waiver *waiver;   /* that covers it; NULL: it is open */
    size_t uncounted;                 /* findings of the rule that were cut; it stands for them */
    size_t twin;                      /* how many before it share rule and pointer */
    size_t rule_number, order;        /* in the run */
};

struct pe_issues {
    struct pe_issue *items;
    size_t count, room;
};

/* The waiver that covers the finding, by its number; that number behind the last finding stands for
 * the rule as a whole, or what was cut of its findings. NULL: none does. */
const struct pe_waiver *pe_issue_waiver(const struct pe_rule_result *rule, size_t finding);

/* All issues of the run, sorted. Out of memory is the arena's to tell. */
struct pe_issues pe_issues_collect(struct pe_arena *arena, const struct pe_run *run);

/* Adds "control/rule"; "pack:control/rule" where the pack is not the run's first. */
void pe_issue_add_rule_name(struct pe_buf *buf, const struct pe_result *result,
                            const struct pe_control_result *control,
                            const struct pe_rule_result *rule);

/* Adds "accounts[adm1]: MFA is off. did you mean ...?", in one line if its parts are. */
void pe_issue_add_message(struct pe_buf *buf, const struct pe_issue *issue, enum pe_lang lang);

/* Adds "waiver EX-1: The branch moves (owner ..., approved by ..., until the end of ...)". */
void pe_issue_add_waiver(struct pe_buf *buf, const struct pe_waiver *waiver, enum pe_lang lang);

/* Adds " (critical, customer)". */
void pe_issue_add_weight(struct pe_buf *buf, const struct pe_rule_result *rule, enum pe_lang lang);

/* Of the finding, or nowhere. */
struct pe_place pe_issue_place(const struct pe_issue *issue);
const char *pe_issue_pointer(const struct pe_issue *issue); /* NULL: none */

/* What stays the same when lines move: SHA-256 of file, pack, control, rule, pointer and twin. */
void pe_issue_fingerprint(const struct pe_issue *issue, char hex[65]);

/* The file's name without "./" and "/" at its begin: reports that are read beside a repository
 * take relative names only. */
const char *pe_issue_path(const char *file);

/* Adds that name as a relative URI reference (RFC 3986): whatever is not unreserved becomes %XX, so
 * that it has neither scheme nor fragment. */
void pe_issue_add_uri(struct pe_buf *buf, const char *file);

#endif
