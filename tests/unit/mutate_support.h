/* mutate_support.h: a pack of one rule and one base, and which changes of the base survive it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_TEST_MUTATE_SUPPORT_H
#define PE_TEST_MUTATE_SUPPORT_H

#include "mutate.h"

/* Every survivor as a line "KIND WHERE POINTER CHANGE (RULES)". */
struct mutate_log {
    char text[4000];
    struct pe_mutant_place last;
    size_t count;
};

struct mutate_setup {
    const char *check; /* the body of the rule "r" */
    const char *model; /* of the root; NULL: none */
    const char *base, *cases, *params;
    const char *pack; /* of pack.lua, besides its id, version, title and as_of */
    unsigned shard, shards;
    struct mutate_log log;
    size_t all[PE_MUTANT_KINDS], killed[PE_MUTANT_KINDS];
};

/* Tries all mutants; fills log, all and killed. */
void mutate_run(struct mutate_setup *setup);

/* Fails the test unless these survive and no others. */
void mutate_survivors(struct mutate_setup setup, const char *want);

#endif
