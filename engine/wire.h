/* wire.h: how a worker answers: records over one pipe.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A record is a type (1 byte), the length of its payload (4 bytes, this machine's order: both ends
 * are one program) and the payload: numbers of 4 or 8 bytes, and strings with their length before
 * them. The worker writes with pe_out_*, the parent reads with pe_in_*. The parent trusts nothing:
 * every length is checked against what is left, every string must be UTF-8 without NUL and ends up
 * in the parent's own arena, and the first thing that does not fit makes the whole record bad,
 * after which every read gives zeros.
 */
#ifndef PE_WIRE_H
#define PE_WIRE_H

#include "base/arena.h"
#include "base/buf.h"
#include "policyeval.h"

enum pe_record {
    PE_RECORD_ERROR = 1, /* nothing can be judged: kind, text */
    PE_RECORD_WALL,      /* before all others but an error: the walls that are missing */
    PE_RECORD_PACK,      /* what the pack declares; empty: it is known */
    PE_RECORD_UNMATCHED, /* a selector that matches nothing: its number, text */
    PE_RECORD_SNAPSHOT,  /* what the snapshot says of itself, its problems and secrets */
    PE_RECORD_CONTROL,   /* a control begins: its number */
    PE_RECORD_RULE,      /* a rule's result */
    PE_RECORD_TEST,      /* a test's result */
    PE_RECORD_COVERAGE,  /* what tests reached of one kind */
    PE_RECORD_MUTANT,    /* one that survived */
    PE_RECORD_MUTATED,   /* how many mutants there were */
    PE_RECORD_PROGRESS,  /* so many steps were made since the last one */
    PE_RECORD_TEXT,      /* text that was asked for */
    PE_RECORD_FIELD,     /* a field of the model */
    PE_RECORD_DONE,
    PE_RECORD_UNREAD, /* after the last rule: what none of them looked at */
    PE_RECORD_ENTRY,  /* a waiver or a setting */
    PE_RECORD_SAVED,  /* a part of a saved result */
    PE_RECORD_TALLY,  /* what a fleet report needs of a result line */
};
enum { PE_RECORD_LAST = PE_RECORD_TALLY };

enum { PE_RECORD_BYTES = 64 * 1024 * 1024 }; /* the longest payload */

/* ---- writing ---- */

struct pe_out {
    int fd;
    struct pe_buf buf; /* of records under way */
    size_t start;      /* where the record that is being written begins */
    bool failed;       /* the pipe is gone, memory ran out, or a record is too long */
};

void pe_out_begin(struct pe_out *out, enum pe_record type);
void pe_out_u32(struct pe_out *out, uint32_t number);
void pe_out_u64(struct pe_out *out, uint64_t number);
/* NULL stays NULL; bytes that are not UTF-8 become U+FFFD. */
void pe_out_string(struct pe_out *out, const char *string);
void pe_out_text(struct pe_out *out, struct pe_text text);
void pe_out_strings(struct pe_out *out, const struct pe_strings *strings);
void pe_out_place(struct pe_out *out, struct pe_place place);
void pe_out_end(struct pe_out *out);   /* the record is whole */
void pe_out_flush(struct pe_out *out); /* writes what is whole */

/* ---- reading ---- */

struct pe_in {
    const unsigned char *at, *end;
    struct pe_arena *arena;
    bool bad;
};

uint32_t pe_in_u32(struct pe_in *in, uint32_t most); /* bad above most */
uint64_t pe_in_u64(struct pe_in *in);
const char *pe_in_string(struct pe_in *in); /* NULL was NULL */
const char *pe_in_word(struct pe_in *in);   /* NULL is bad */

/* A digest as pe_sha256_end makes it; hex is untouched by anything else, which is bad. */
void pe_in_sha256(struct pe_in *in, char hex[65]);

/* JSON text, in which what harms a terminal becomes JSON's own escapes: then a report says the same
 * of a run as of the result that was saved of it. NULL was NULL. */
const char *pe_in_value(struct pe_in *in);
struct pe_text pe_in_text(struct pe_in *in);
struct pe_strings pe_in_strings(struct pe_in *in);

/* A count of things that take at least bytes each; bad when they cannot all be there. */
size_t pe_in_count(struct pe_in *in, size_t bytes);

/* A place in a file of that many bytes. */
struct pe_place pe_in_place(struct pe_in *in, uint64_t file_bytes);

/* The record was read to its end, and was good. */
bool pe_in_done(const struct pe_in *in);

#endif
