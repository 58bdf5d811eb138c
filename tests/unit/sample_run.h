/* sample_run.h: a judgement made by hand, for the tests of reports.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It is of data/sample.json, and has every status but waived, both languages, a secret, hints and
 * notes. Counts are summed up from the rules.
 */
#ifndef SAMPLE_RUN_H
#define SAMPLE_RUN_H

#include "policyeval.h"

extern const struct pe_pack_info sample_pack;

/* Loads the snapshot and builds the run; fails the test when that cannot be done. */
struct sample *sample_run_new(void);
void sample_run_free(struct sample *sample);

/* For cmocka: a test's state is a sample of its own. */
int sample_set_up(void **state);
int sample_tear_down(void **state);

/* The run, which tests may change: nothing in it is constant underneath. */
struct pe_run *sample_run(struct sample *sample);
struct pe_result *sample_result(struct sample *sample);

/* Sums the counts up again, and the statuses of controls, after a change to the rules. */
void sample_run_count(struct sample *sample);

/* Where the text first occurs in the snapshot from where the other one does ("": its start). */
struct pe_place sample_place(const struct sample *sample, const char *after, const char *text);

/* Renders and compares with golden/NAME; with PE_GOLDEN_UPDATE=1 writes that file instead. */
void sample_check(const struct pe_run *run, const char *report, struct pe_style style,
                  const char *golden);

/* Renders; the caller frees. */
char *sample_render(const struct pe_run *run, const char *report, struct pe_style style);

/* How often a part occurs in what was rendered. */
size_t sample_count(const char *text, const char *part);

#endif
