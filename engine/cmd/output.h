/* output.h: where the reports of a command go: -o FORMAT[:FILE], repeatable.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_CMD_OUTPUT_H
#define PE_CMD_OUTPUT_H

#include "base/buf.h"
#include "cmd/command.h"

struct pe_output {
    size_t format;    /* its place in the list of names */
    const char *file; /* NULL: standard output */
};

struct pe_outputs {
    struct pe_output items[PE_MAX_OUTPUTS];
    size_t count; /* at least 1: the first format, to standard output, when none was asked for */
};

/* Reads every -o against the formats there are. -1 after complaining. */
int pe_outputs_parse(const struct pe_args *args, const char *const *formats, size_t format_count,
                     struct pe_outputs *outputs);

/* How an output looks: a file is no terminal. */
struct pe_style pe_output_style(const struct pe_args *args, const struct pe_output *output);

/* Writes a text where it goes; pe_close_output is still to be called. -1 after complaining. */
int pe_output_write(const struct pe_output *output, const char *text, size_t length);

/* The same against the formats of reports of a run. */
int pe_outputs_of_reports(const struct pe_args *args, struct pe_outputs *outputs);

/* Renders for every output, then writes them all and closes standard output: a format that cannot
 * be had leaves nothing. render makes text that is freed here, or complains and returns -1. -1
 * after complaining. */
typedef int pe_output_render(const void *what, size_t format, const struct pe_style *style,
                             char **text, size_t *length);
int pe_outputs_write_all(const struct pe_outputs *outputs, const struct pe_args *args,
                         pe_output_render *render, const void *what);

/* What a render function gives back of a buffer, which is taken; -1 after complaining. */
int pe_output_take(struct pe_buf *buf, char **text, size_t *length);

/* The same for a run. */
int pe_outputs_write(const struct pe_outputs *outputs, const struct pe_run *run,
                     const struct pe_args *args);

/* A whole number from low to high; -1 after complaining. */
long pe_number_of(const struct pe_args *args, const char *option, const char *value, long low,
                  long high);

/* --jobs: 1 when it is not given. */
int pe_jobs_of(const struct pe_args *args, unsigned *jobs);

#endif
