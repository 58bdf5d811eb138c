/* reader.h: reads the tables that a pack's files return, strictly.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What a pack declares is data, so that a misspelt word in it is refused and never ignored. The
 * first problem is kept, with file and line and, where a known word is like it, "did you mean";
 * after it every read gives nothing, and the caller asks pe_reader_failed at the end. Tables are
 * read raw. Reads may raise (memory), so they run below a pe_vm_call.
 */
#ifndef PE_LUA_READER_H
#define PE_LUA_READER_H

#include "lua/vm.h"

enum {
    PE_MAX_WORDS = 5000,           /* of a list of strings, fields of a record */
    PE_MAX_TEXT_BYTES = 16 * 1024, /* of one text that a pack declares */
};

struct pe_reader {
    struct pe_vm *vm;
    struct pe_arena *arena; /* where strings go */
    const char *file;       /* name for messages */
    const char *source;     /* its text, for finding the line of a key; NULL: no lines */
    size_t source_length;
    struct pe_err *err;
    const char *part; /* "the rule NAME", of which keys are read now; NULL: the whole file */
    size_t from;      /* where in the source its name stands */
    bool failed;
};

bool pe_reader_failed(const struct pe_reader *reader);

/* "FILE:LINE: message": key (may be NULL) is looked for in the source. */
void pe_reader_fail(struct pe_reader *reader, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What is read next is a part of the file, a kind of thing ("rule") with a name, until the end:
 * its keys are looked for behind the name, and what it lacks is told of it. */
void pe_reader_begin(struct pe_reader *reader, const char *kind, const char *name);
/* The same where the name is a key of the file: NAME = { ... }. */
void pe_reader_begin_key(struct pe_reader *reader, const char *kind, const char *key);
void pe_reader_end(struct pe_reader *reader);

/* Refuses keys that are not in the list (which ends in NULL); positions are allowed with list. */
void pe_reader_keys(struct pe_reader *reader, int index, const char *const *known, bool list,
                    const char *what);

/* Members of the table at index; NULL, {NULL, NULL} or false when absent. Wrong types fail. */
const char *pe_reader_string(struct pe_reader *reader, int index, const char *key, bool required);
struct pe_text pe_reader_text(struct pe_reader *reader, int index, const char *key, bool required);
bool pe_reader_bool(struct pe_reader *reader, int index, const char *key);
bool pe_reader_number(struct pe_reader *reader, int index, const char *key, double *number);

/* The string at the top of the stack, in the arena; fails when it is not UTF-8, or holds a
 * NUL. key is for the message. */
const char *pe_reader_copy_top(struct pe_reader *reader, const char *key);

/* A string, or a list of strings. */
struct pe_strings pe_reader_strings(struct pe_reader *reader, int index, const char *key,
                                    bool required);

/* The word's position in the list, which ends in NULL; -1 when absent, failed when unknown. */
int pe_reader_word(struct pe_reader *reader, const char *key, const char *word,
                   const char *const *words);

/* The length of the list at the top of the stack, which may have no named keys and no holes. */
size_t pe_reader_length(struct pe_reader *reader, const char *key);

/* A word of letters, digits, '.', '-' and '_'; fails for anything else. */
void pe_reader_check_id(struct pe_reader *reader, const char *key, const char *id);

/* Pushes the table member; false, with nothing pushed, when absent. */
bool pe_reader_push_table(struct pe_reader *reader, int index, const char *key, bool required);

#endif
