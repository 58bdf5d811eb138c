/* support.h: what several fuzzers ask.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FUZZ_SUPPORT_H
#define FUZZ_SUPPORT_H

#include "judge.h"
#include "policyeval.h"

/* Aborts, saying what does not hold. */
void fuzz_demand(bool holds, const char *what);

/* Loads a pack from its files, judges a small snapshot by at most a few rules, and writes the
 * schema. A pass must stand on something that was read, an error must say why. */
void fuzz_judge(const struct pe_file *files, size_t count);

/* Renders the run in one style of text and in formats for programs, and reads that again: it holds
 * nothing that harms a terminal, and JSON is what another reader takes as JSON. */
void fuzz_render(const struct pe_run *run, unsigned style);

#endif
