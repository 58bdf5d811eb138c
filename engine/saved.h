/* saved.h: a result that was saved as JSON (docs/result.md), read back.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A saved result can change a verdict, as a baseline does, so it is read like a snapshot: by our
 * own reader, in a worker behind the walls. pe_saved_read makes it a run again and refuses what no
 * run can have written: types, words, counts and verdicts that do not follow from the rules, a pass
 * without evidence or with a finding. Errors have line and column, and never quote the text. The
 * worker sends the run as records, one for each rule; the parent takes them as untrusted, checks
 * again what a rule must have, and counts and judges anew.
 *
 * A member that is not known here is passed over: version 1 may get new ones. What is passed over
 * would be lost when the result is written again, so its place can be had.
 *
 * To read a new member: struct pe_run has it, saved_read.c (or saved_rule.c) reads it, and
 * saved_record.c (or saved_record_rule.c), which describes both directions in one function, carries
 * it.
 */
#ifndef PE_SAVED_H
#define PE_SAVED_H

#include "wire.h"

/* A run and what is not in it. */
struct pe_saved {
    struct pe_run run;
    char baseline[65];                    /* digest of what it was compared with; "" : nothing */
    bool is_result;                       /* false: JSON, but no result; the run is empty */
    uint32_t strange, at_line, at_column; /* members that were passed over; the first one's place */
};

enum {
    PE_MAX_SAVED_RESULTS = 100000,
    PE_MAX_SAVED_ITEMS = 1000000, /* in any list of a result */
};

/* Strings lie in the arena, or nowhere in the text. Errors: PE_ERR_INPUT, PE_ERR_MEMORY. */
int pe_saved_read(const unsigned char *bytes, size_t length, struct pe_arena *arena,
                  struct pe_saved *saved, struct pe_err *err);

/* Whether a rule's status follows from what came with it; NULL, or what is wrong, in words. */
const char *pe_saved_flaw(const struct pe_rule_result *rule);

/* The same for its waiver alone, which pe_saved_flaw asks about too. */
const char *pe_saved_waiver_flaw(const struct pe_rule_result *rule);

/* Counts the controls and rules of a result, decides whether it passed, and says what of waivers
 * and the gate does not follow from them; NULL, or in words. */
const char *pe_saved_judge(struct pe_result *result, struct pe_arena *arena);

/* Sets until from expires and zone; false: they are no day of a zone. */
bool pe_saved_until(struct pe_arena *arena, struct pe_waiver *waiver);

/* The kinds of remarks, of gates and waivers; NULL behind the last. */
enum { PE_SAVED_REMARK_WORDS = 11, PE_SAVED_WAIVER_STATES = PE_WAIVER_NOT_JUDGED + 1 };
extern const char *const pe_saved_remark_words[PE_SAVED_REMARK_WORDS + 1];

/* Sends all records but the last. */
void pe_saved_send(const struct pe_saved *saved, struct pe_out *out);

/* Takes them one by one. */
struct pe_saved_in {
    struct pe_arena *arena;
    struct pe_saved saved;
    size_t room; /* so many results, controls and rules more can be in a file of its length */
    size_t results, controls, rules; /* how many have come, each of what it lies in */
    bool begun;
};
struct pe_saved_in pe_saved_begin(struct pe_arena *arena, size_t file_bytes);
int pe_saved_take(struct pe_saved_in *s, struct pe_in *in, const char **lie);

/* After the last: whether all came; counts and judges. */
int pe_saved_end(struct pe_saved_in *s, const char **lie);

#endif
