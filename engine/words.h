/* words.h: the words of reports, in both languages.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything that a report or a command says itself (what a policy says, its pack brings; what
 * the engine says of a rule is in say.h) stands in words.def, English and Japanese side by side.
 * The Japanese words are those of auditors: 管理策, 不適合, 証跡, 責任区分.
 *
 * The words of JSON and of options (pass, not_applicable, critical) are the same in every
 * language; they are pe_status_word and its like in policyeval.h, and found again here.
 */
#ifndef PE_WORDS_H
#define PE_WORDS_H

#include "base/buf.h"
#include "policyeval.h"

enum pe_word {
#define PE_WORD(name, en, ja) PE_W_##name,
#include "words.def"
#undef PE_WORD
    PE_WORD_COUNT
};

/* The phrase as it stands in the table, placeholders and all. Never NULL. */
const char *pe_words(enum pe_lang lang, enum pe_word word);

/* Adds the phrase. {1} to {9} stand for args[0] to args[count-1], which are added as they are:
 * what comes from outside must be made safe before (base/escape.h). {2|rule|rules} is "rule" where
 * args[1] is "1", else "rules". A placeholder without an argument is nothing. */
void pe_words_add(struct pe_buf *buf, enum pe_lang lang, enum pe_word word,
                  const char *const args[], size_t count);

/* How a person calls them: "FAIL", 不適合; "critical", 緊急; "customer", お客様. */
const char *pe_words_status(enum pe_lang lang, enum pe_status status);
const char *pe_words_severity(enum pe_lang lang, enum pe_severity severity);
const char *pe_words_owner(enum pe_lang lang, enum pe_owner owner);
/* What to call a parameter's type ("integer"). */
enum pe_word pe_words_param_type(const char *type);

const char *pe_words_basis(enum pe_lang lang, enum pe_basis basis);

/* Adds "2 failed, 1 unknown, 3 passed": the counts that are not 0, the worst first. */
void pe_words_add_counts(struct pe_buf *buf, enum pe_lang lang,
                         const size_t by_status[PE_STATUS_COUNT]);

/* The value that a word of JSON or of an option stands for; false when it is none of them, and
 * then nothing is written. */
bool pe_words_find_status(const char *word, enum pe_status *status);
bool pe_words_find_severity(const char *word, enum pe_severity *severity);
bool pe_words_find_owner(const char *word, enum pe_owner *owner);
bool pe_words_find_basis(const char *word, enum pe_basis *basis);

#endif
