/* waiver.h: exceptions that somebody answers for, and what they cover.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A waived rule was judged like any other, and keeps its findings and its original status. It is
 * waived only if waivers in effect cover everything it found: what is left over would go unseen.
 * Nothing here makes a rule pass, and no error is ever waived.
 */
#ifndef PE_WAIVER_H
#define PE_WAIVER_H

#include "base/arena.h"
#include "policyeval.h"
#include "waiver_cover.h"

/* Applies the waivers to the results of a run, before they are counted: statuses of rules and of
 * their controls, and what each waiver was good for. What is changed is copied into the arena. */
int pe_waivers_apply(const struct pe_waivers *waivers, struct pe_result *results, size_t count,
                     struct pe_arena *arena, struct pe_err *err);

#endif
