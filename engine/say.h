/* say.h: the engine's own sentences about a rule, in both languages.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A policy writes its messages; what the engine itself has to say of a rule (what was missing,
 * which limit was hit) stands here, each sentence in English and Japanese side by side, {1} to {4}
 * standing for what is named. They are said where the rule runs, so that a result holds both
 * languages and a report only chooses.
 */
#ifndef PE_SAY_H
#define PE_SAY_H

#include "base/arena.h"
#include "policyeval.h"

enum pe_sentence {
#define PE_SENTENCE(name, en, ja) PE_SAY_##name,
#include "say.def"
#undef PE_SENTENCE
    PE_SAY_COUNT
};

/* The sentence with {1}.. replaced; unused arguments are NULL. Lives in the arena; {NULL, NULL}
 * when that is out of memory. */
struct pe_text pe_say(struct pe_arena *arena, enum pe_sentence sentence, const char *one,
                      const char *two, const char *three);

/* The same with arguments that differ by language. */
struct pe_text pe_say_texts(struct pe_arena *arena, enum pe_sentence sentence, struct pe_text one,
                            struct pe_text two, struct pe_text three);

/* An argument that does not: a name, a number. */
static inline struct pe_text pe_say_plain(const char *text)
{
    return (struct pe_text){text, text};
}

#endif
