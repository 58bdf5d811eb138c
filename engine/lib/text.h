/* text.h: Lua's patterns with a budget, and one spelling for identifiers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The patterns are those of the Lua 5.4 reference manual 6.4.1, with the same results and error
 * texts as string.find, with three differences: classes (%a, %s ...) know ASCII only, whatever the
 * locale; every step is taken off a budget, so that no pattern runs away; a capture that is never
 * closed is refused even where nobody asks for its value. Offsets are bytes
 * from 0. Nothing here allocates; the C stack is bounded as in Lua (200 levels).
 *
 * string.find and string.match are pe_text_match once; gmatch and gsub are pe_text_next again and
 * again, gsub's replacement taken apart by pe_text_piece.
 */
#ifndef PE_LIB_TEXT_H
#define PE_LIB_TEXT_H

#include "policyeval.h"

enum { PE_TEXT_CAPTURES = 32 };

struct pe_text_capture {
    size_t start, length; /* bytes of the subject */
    bool position;        /* "()": the value is the number start + 1, as Lua counts */
};

struct pe_text_found {
    size_t start, end; /* the whole match is [start, end) */
    unsigned count;    /* of captures */
    struct pe_text_capture captures[PE_TEXT_CAPTURES];
};

enum pe_text_result {
    PE_TEXT_NO, /* no match */
    PE_TEXT_YES,
    PE_TEXT_BUDGET, /* the budget is used up, and is 0 now */
    PE_TEXT_BAD,    /* the pattern is malformed, or too complex; the error text says how */
};

enum { PE_TEXT_ERROR_BYTES = 96 };

struct pe_text_job {
    const char *subject;
    size_t subject_length;
    const char *pattern;
    size_t pattern_length;
    uint64_t *budget;                /* steps left, about one a byte looked at; counted down */
    char error[PE_TEXT_ERROR_BYTES]; /* filled with PE_TEXT_BAD, in Lua's words */
};

/* The first match at or after byte init; none when init is beyond the subject's end. found is
 * written with PE_TEXT_YES only. */
enum pe_text_result pe_text_match(struct pe_text_job *job, size_t init,
                                  struct pe_text_found *found);

/* The bytes of the pattern as they are (string.find with plain). Linear. found has no captures. */
enum pe_text_result pe_text_find_plain(struct pe_text_job *job, size_t init,
                                       struct pe_text_found *found);

/* The pattern has no byte that string.find looks for; then it, unlike string.match, searches for
 * the bytes as they are (a lone ")" is found, not malformed). */
bool pe_text_is_plain(const char *pattern, size_t length);

/* Walks over all matches in turn. Begin with at = init and last_end = PE_TEXT_START. gsub obeys a
 * leading '^' (then there is one match at most), gmatch takes it for a plain byte, as Lua 5.4
 * does. */
#define PE_TEXT_START SIZE_MAX
struct pe_text_walk {
    size_t at, last_end;
    bool anchors; /* gsub: true, gmatch: false */
};
enum pe_text_result pe_text_next(struct pe_text_job *job, struct pe_text_walk *walk,
                                 struct pe_text_found *found);

/* Capture index (1 ...), or the whole match for 0 and for 1 when there are no captures. -1 and an
 * error text when there is none of that index. */
int pe_text_capture(const struct pe_text_found *found, unsigned index,
                    struct pe_text_capture *capture, char error[PE_TEXT_ERROR_BYTES]);

/* A replacement string of gsub, piece by piece: literal bytes of it, or a capture (%0 to %9). */
struct pe_text_piece {
    bool is_capture;
    unsigned capture;
    size_t start, length; /* of the literal, in the replacement */
};
/* 1: *piece is next and *at has moved on; 0: the end; -1: a bad % (error text). */
int pe_text_piece(const char *replacement, size_t length, size_t *at, struct pe_text_piece *piece,
                  char error[PE_TEXT_ERROR_BYTES]);

/* ---- identifiers ---- */

enum pe_text_fold {
    PE_TEXT_WIDTH = 1, /* the usual width: full-width U+FF01 to U+FF5E to ASCII, U+3000 to a space,
                        * half-width U+FF61 to U+FF9F to katakana, with a sound mark one character
                        * (NFKC's share; so are marks behind kana that are full-width already) */
    PE_TEXT_LOWER = 2, /* A-Z to a-z */
    PE_TEXT_TRIM = 4,  /* no ASCII white space at either end, after PE_TEXT_WIDTH */
    PE_TEXT_ID = 7,
};

/* Writes at most length bytes to out, which may be text itself; returns how many. Not NUL-ended.
 * What has its usual width, and bytes that are no UTF-8, are copied as they are. */
size_t pe_text_fold(const char *text, size_t length, unsigned how, char *out);

/* The same when both are folded by PE_TEXT_ID (length of either is no limit). */
bool pe_text_same_id(const char *a, size_t a_length, const char *b, size_t b_length);

#endif
