/* trace.h: what one rule read, missed and asserted, and the verdict that follows.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The promises "missing data never passes", "every verdict carries its evidence" and "nothing
 * vacuous passes" are kept here and nowhere else, whatever the author of a policy wrote: every
 * read of the snapshot comes by, every assertion is judged by what was read for it, and an ending
 * once set stays. Nothing here knows Lua.
 *
 * A window is what was read since the last assertion. An assertion that read nothing of its own
 * stands on the last window that was not empty: a value read once and tested twice.
 */
#ifndef PE_TRACE_H
#define PE_TRACE_H

#include "say.h"
#include "snapshot.h"

enum {
    PE_MAX_FINDINGS = 10000, /* kept per rule; the rest is counted */
    PE_MAX_NOTES = 100,
    PE_WINDOW_READS = 64,           /* of one window, the last ones are remembered */
    PE_MAX_ABSENT_EVIDENCE = 100000 /* keys of one rule that are honestly absent */
};

enum pe_read_kind { PE_READ_VALUE, PE_READ_COUNT, PE_READ_ABSENT };

struct pe_read {
    uint32_t node; /* of an absent key: the object that lacks it */
    enum pe_read_kind kind;
    const char *key; /* absent only; in the arena */
};

/* Which absent keys were asked for: hashes with open addressing, in the arena. */
struct pe_absent_set {
    uint64_t *slots;
    size_t room, count; /* room is a power of two, or 0 */
};

/* Parameters of a control, by their position; a control has at most 100. */
struct pe_param_set {
    uint64_t bits[2];
};

/* Why a rule was ended before its end. Sticky: no pcall undoes it. */
enum pe_ending {
    PE_ENDING_NONE,
    PE_ENDING_NOT_APPLICABLE,
    PE_ENDING_UNKNOWN,
    PE_ENDING_ERROR,
};

struct pe_trace {
    const struct pe_snapshot *snapshot;
    struct pe_arena *arena; /* the texts of findings; released after each control was sent */
    int evidence_limit;     /* entries kept; PE_EVIDENCE_ALL for all */

    uint8_t *seen; /* four bits a node: PE_SEEN_*. sized by the snapshot */
    size_t seen_bytes;
    uint8_t *looked_at;       /* a bit a node, by any rule, behind seen: kept at a reset */
    struct pe_read *evidence; /* distinct, in the order of reading */
    size_t evidence_count, evidence_room, evidence_total;
    struct pe_absent_set absent;

    uint32_t window[PE_WINDOW_READS]; /* nodes, as a ring */
    size_t window_reads;              /* of this window; more than the ring holds is possible */
    bool window_missing;
    bool window_closed; /* asserted on: the next read opens a new one */

    struct pe_finding *findings;
    size_t finding_limit; /* kept; 0: PE_MAX_FINDINGS. Set for each rule */
    size_t finding_count, finding_room, finding_total;
    size_t fail_total, unknown_total;
    bool missing;               /* something needed was absent: the rule is unknown at best */
    bool unusable;              /* and something else than absent or null was wrong */
    uint32_t missed_at;         /* the last of these, or what lacks it; PE_NO_NODE: no place */
    bool stopped_in_list;       /* it ended the rule, and elements behind it were not looked at */
    struct pe_param_set params; /* those that were asked for */
    size_t asserted;            /* assertions that stand on a read */
    size_t ensured;             /* all assertions */

    struct pe_text *notes;
    size_t note_count;

    enum pe_basis basis; /* what the verdict rests on; the weakest that was used */

    const char *at; /* "9.2.3.lua:12": where the policy is, if that may have to be said; or NULL */
    enum pe_ending ending;
    struct pe_text ending_reason;
};

/* Makes a trace for a snapshot (NULL: none, nothing can be read); reset before every rule. */
int pe_trace_init(struct pe_trace *trace, const struct pe_snapshot *snapshot,
                  struct pe_arena *arena, int evidence_limit, struct pe_err *err);
void pe_trace_reset(struct pe_trace *trace);
void pe_trace_release(struct pe_trace *trace);

/* ---- reads ---- */

void pe_trace_value(struct pe_trace *trace, uint32_t node);
/* It was asked whether a list or object is there, or empty. */
void pe_trace_counted(struct pe_trace *trace, uint32_t node);
/* A list or object was counted or walked. An empty one that may not be is reported. */
void pe_trace_container(struct pe_trace *trace, uint32_t node);
/* A key was asked for, and it is honest that it is absent. */
void pe_trace_optional(struct pe_trace *trace, uint32_t object, const char *key, size_t length);
/* Something outside of any rule looked at all of a part. */
void pe_trace_look_at(struct pe_trace *trace, uint32_t node);
void pe_trace_allow_empty(struct pe_trace *trace, uint32_t node);
/* It was asked whether a member, which is there, is there: its absence would be honest too. */
void pe_trace_asked(struct pe_trace *trace, uint32_t node);

void pe_trace_param(struct pe_trace *trace, size_t param);
bool pe_param_set_has(const struct pe_param_set *set, size_t param);

/* What is remembered of every node, a bit each. */
enum { PE_SEEN_VALUE = 1, PE_SEEN_COUNT = 2, PE_SEEN_MAY_BE_EMPTY = 4, PE_SEEN_ASKED = 8 };
unsigned pe_trace_seen(const struct pe_trace *trace, uint32_t node);

/* ---- what was missing: each makes the rule unknown at best ---- */

void pe_trace_absent(struct pe_trace *trace, uint32_t parent, const char *key, size_t length);
void pe_trace_null(struct pe_trace *trace, uint32_t node);
/* The model says that the value is wrong. */
void pe_trace_invalid(struct pe_trace *trace, uint32_t node);
/* A sentence about a node: {1} is its pointer. */
void pe_trace_unusable(struct pe_trace *trace, enum pe_sentence sentence, uint32_t node,
                       struct pe_text why);
/* A part is there although the contract, at the pointer where, does not list the word. */
void pe_trace_contradiction(struct pe_trace *trace, uint32_t node, const char *where,
                            const char *word);
/* A helper could not use a value: blames the last read that has these bytes. False, with nothing
 * recorded, when there is none: the policy made the value up. */
bool pe_trace_unusable_text(struct pe_trace *trace, const char *bytes, size_t length,
                            struct pe_text why);
/* The pointer of the last read that has these bytes, or NULL. */
const char *pe_trace_where(struct pe_trace *trace, const char *bytes, size_t length);
/* A list has no such element as was looked for: it is absent. PE_NO_NODE: a list that is none of
 * the snapshot's; the last thing read is blamed. */
void pe_trace_lacks(struct pe_trace *trace, uint32_t list, struct pe_text message);
/* Needed, and no place to blame. */
void pe_trace_no_value(struct pe_trace *trace, struct pe_text message);
/* The policy is wrong, and no data would help. at: "9.2.3.lua:12"; "" or NULL: unsaid. */
void pe_trace_fault(struct pe_trace *trace, const char *at, enum pe_sentence sentence);
void pe_trace_fault_text(struct pe_trace *trace, struct pe_text message);

/* ---- assertions ---- */

/* Whether a rule applies was read: no assertion may stand on that. */
void pe_trace_open(struct pe_trace *trace);

enum { PE_NO_NODE = UINT32_MAX };

/* Whether an assertion made now stands on a read, or on one that missed. */
bool pe_trace_stands(const struct pe_trace *trace);

/* Judges one assertion. subject is a node or PE_NO_NODE. True when it was false on data that is
 * present, and the finding is kept: then finding is filled but for its message, which the caller
 * adds before it hands the finding to pe_trace_finding; so messages are built only on failure. An
 * assertion that is false where something was missing is no failure: that it was missing has been
 * recorded. */
bool pe_trace_assert(struct pe_trace *trace, bool held, uint32_t subject,
                     struct pe_finding *finding);
void pe_trace_finding(struct pe_trace *trace, const struct pe_finding *finding);
void pe_trace_note(struct pe_trace *trace, struct pe_text text);

/* ---- endings ---- */

void pe_trace_end(struct pe_trace *trace, enum pe_ending ending, struct pe_text reason);

/* The policy could not go on without the value that was last missing. */
void pe_trace_stop(struct pe_trace *trace);

/* Whether the rule ran to an unknown, and nothing was wrong but that values are absent or null. Not
 * when it stopped within a list: an element behind may be wrong. */
bool pe_trace_only_absent(const struct pe_trace *trace);

/* Whether the rule asserted nothing, or nothing that stands on a read, and nothing else says so. */
bool pe_trace_is_vacuous(const struct pe_trace *trace);
/* Says it. at: where the rule begins, or "". */
void pe_trace_blame_vacuous(struct pe_trace *trace, const char *at);

/* The rule's status and why, after it ran. */
enum pe_status pe_trace_status(struct pe_trace *trace, struct pe_text *reason);

/* Texts of one piece of evidence, and what of them is of use for the next. */
struct pe_spelling {
    struct pe_buf pointer, value;
    uint32_t parent;      /* of the pointer's last node, whose own pointer comes first; */
    size_t parent_length; /* PE_NO_NODE: none yet */
};

/* One piece of evidence as it is reported; its texts are the spelling's, until the next call.
 * spelling: {.parent = PE_NO_NODE} before the first; pe_spelling_release afterwards. Running out of
 * memory shows in its buffers. */
struct pe_evidence pe_trace_spell(const struct pe_snapshot *snapshot, const struct pe_read *read,
                                  struct pe_spelling *spelling);
void pe_spelling_release(struct pe_spelling *spelling);

/* Fills out with the evidence as it is reported (pointers, values, places), in the arena. */
int pe_trace_evidence(struct pe_trace *trace, struct pe_evidence **out, size_t *count);

#endif
