/* report.h: one output format.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A format is a file of this folder, NAME.c, that ends in `const struct pe_report pe_report_NAME`;
 * the build finds it and lists it. A report is a function of its input: no clock, locale,
 * environment or path beyond what the run holds, so the same run gives the same bytes.
 *
 * Every string of a run is untrusted: it came from a snapshot, a pack or a worker. A format
 * escapes for what it writes (base/escape.h; a format's own rules in its own file).
 */
#ifndef PE_REPORT_REPORT_H
#define PE_REPORT_REPORT_H

#include "base/buf.h"
#include "base/err.h"
#include "policyeval.h"

struct pe_report {
    const char *name;
    /* Adds the whole report. Errors: PE_ERR_MEMORY; what was added by then is to be thrown away. */
    int (*render)(const struct pe_run *run, const struct pe_style *style, struct pe_buf *out,
                  struct pe_err *err);
    const char *summary; /* what it is for, one line of English */
    bool text_like;      /* for a person at a terminal: heeds language, colour, width, quiet */
};

/* Written by the build. */
extern const struct pe_report *const pe_report_list[];
extern const size_t pe_report_list_count;

#endif
