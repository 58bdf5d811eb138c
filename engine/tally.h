/* tally.h: what a fleet report needs of one result line.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_TALLY_H
#define PE_TALLY_H

#include "base/arena.h"
#include "policyeval.h"

/* How one control ended. */
struct pe_tally_control {
    const char *id, *pack;
    struct pe_text title; /* {NULL, NULL}: the line has verdicts only */
    enum pe_owner owner;
    enum pe_severity severity;
    enum pe_status status;
};

struct pe_tally {
    const char *policies, *sha256;
    const char *reason;           /* not NULL: the snapshot could not be judged */
    const char *tenant, *service; /* NULL: the snapshot does not say */
    bool passed;
    struct pe_tally_control *controls;
    size_t control_count;
};

enum { PE_TALLY_CONTROLS = 10000 }; /* of one line */

/* Reads a line as `--ndjson` writes it. Texts lie in the arena. PE_ERR_INPUT when it is none. */
int pe_tally_read(const char *text, size_t length, struct pe_arena *arena, struct pe_tally *tally,
                  struct pe_err *err);

#endif
