/* output.c: where the reports of a command go, and numbers that several commands take. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/output.h"

#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"

/* ---- numbers ---- */

long pe_number_of(const struct pe_args *args, const char *option, const char *value, long low,
                  long high)
{
    char *end;
    long number = strtol(value, &end, 10);

    if (*value >= '0' && *value <= '9' && *end == '\0' && number >= low && number <= high)
        return number;
    pe_complain_of(args, "%s takes a whole number from %ld to %ld", option, low, high);
    return -1;
}

int pe_jobs_of(const struct pe_args *args, unsigned *jobs)
{
    long number = args->jobs == NULL ? 1 : pe_number_of(args, "--jobs", args->jobs, 1, 1024);

    *jobs = (unsigned)number;
    return number < 0 ? -1 : 0;
}

/* ---- -o ---- */

static int unknown_format(const char *name, const char *const *formats, size_t count)
{
    const char *like = pe_suggest(name, formats, count);
    char known[200] = "";

    if (like != NULL)
        return pe_complain("-o: there is no format %.40s (did you mean %s?)", name, like), -1;
    for (size_t i = 0; i < count; i++) {
        strncat(known, i == 0 ? "" : ", ", sizeof known - strlen(known) - 1);
        strncat(known, formats[i], sizeof known - strlen(known) - 1);
    }
    pe_complain("-o: there is no format %.40s; there are %s", name, known);
    return -1;
}

static int parse(const char *value, const char *const *formats, size_t count,
                 struct pe_output *output)
{
    const char *colon = strchr(value, ':');
    size_t length = colon == NULL ? strlen(value) : (size_t)(colon - value);
    char name[40];

    if (length >= sizeof name)
        return unknown_format(value, formats, count);
    memcpy(name, value, length);
    name[length] = '\0';
    output->file = colon == NULL ? NULL : colon + 1;
    for (output->format = 0; output->format < count; output->format++)
        if (strcmp(formats[output->format], name) == 0)
            break;
    if (output->format == count)
        return unknown_format(name, formats, count);
    if (colon != NULL && colon[1] == '\0')
        return pe_complain("-o %s: needs a file", name), -1;
    if (colon != NULL && strcmp(colon, ":-") == 0)
        return pe_complain("-o %s:-: standard output is -o %s; a file of that name is ./-", name,
                           name),
               -1;
    return 0;
}

int pe_outputs_parse(const struct pe_args *args, const char *const *formats, size_t format_count,
                     struct pe_outputs *outputs)
{
    size_t to_stdout = 0;

    *outputs = (struct pe_outputs){.count = 1};
    if (args->outputs.count == 0)
        return 0;
    if (args->outputs.count > PE_MAX_OUTPUTS)
        return pe_complain("-o is given %zu times; at most %d reports are written at once",
                           args->outputs.count, PE_MAX_OUTPUTS),
               -1;
    outputs->count = args->outputs.count;
    for (size_t i = 0; i < outputs->count; i++) {
        struct pe_output *output = &outputs->items[i];
        if (parse(args->outputs.items[i], formats, format_count, output) != 0)
            return -1;
        to_stdout += output->file == NULL;
        for (size_t j = 0; j < i; j++)
            if (output->file != NULL && outputs->items[j].file != NULL &&
                strcmp(output->file, outputs->items[j].file) == 0)
                return pe_complain("-o: two reports go to %.200s", output->file), -1;
    }
    if (to_stdout > 1)
        return pe_complain("-o: only one report can go to standard output; name a file: -o "
                           "%s:out.%s",
                           formats[format_count - 1], formats[format_count - 1]),
               -1;
    return 0;
}

struct pe_style pe_output_style(const struct pe_args *args, const struct pe_output *output)
{
    struct pe_style style = pe_style_of(args);

    if (output->file != NULL && args->color == NULL)
        style.colour = false;
    if (output->file != NULL)
        style.width = 0;
    return style;
}

int pe_output_write(const struct pe_output *output, const char *text, size_t length)
{
    return output->file != NULL ? pe_write_file(output->file, text, length)
                                : pe_print(text, length);
}

/* ---- reports ---- */

enum { MOST_FORMATS = 32 };

int pe_outputs_of_reports(const struct pe_args *args, struct pe_outputs *outputs)
{
    size_t count, named = 0;
    const struct pe_report *const *reports = pe_reports(&count);
    const char *names[MOST_FORMATS];

    for (; named < count && named < MOST_FORMATS; named++)
        names[named] = pe_report_name(reports[named]);
    return pe_outputs_parse(args, names, named, outputs);
}

struct rendered {
    char *text;
    size_t length;
};

int pe_outputs_write_all(const struct pe_outputs *outputs, const struct pe_args *args,
                         pe_output_render *render, const void *what)
{
    struct rendered rendered[PE_MAX_OUTPUTS] = {{0}};
    int result = 0;

    for (size_t i = 0; i < outputs->count && result == 0; i++) {
        struct pe_style style = pe_output_style(args, &outputs->items[i]);
        result =
            render(what, outputs->items[i].format, &style, &rendered[i].text, &rendered[i].length);
    }
    for (size_t i = 0; i < outputs->count && result == 0; i++)
        result = pe_output_write(&outputs->items[i], rendered[i].text, rendered[i].length);
    for (size_t i = 0; i < outputs->count; i++)
        free(rendered[i].text);
    return result == 0 ? pe_close_output() : -1;
}

static int render_run(const void *what, size_t format, const struct pe_style *style, char **text,
                      size_t *length)
{
    const struct pe_run *run = what;
    struct pe_err err = {0};
    size_t count;

    if (pe_render(pe_reports(&count)[format], run, style, text, length, &err) != 0)
        return pe_complain("%s", err.text), -1;
    return 0;
}

int pe_outputs_write(const struct pe_outputs *outputs, const struct pe_run *run,
                     const struct pe_args *args)
{
    return pe_outputs_write_all(outputs, args, render_run, run);
}

int pe_output_take(struct pe_buf *buf, char **text, size_t *length)
{
    if (!pe_buf_failed(buf))
        pe_buf_add(buf, "", 0); /* an empty one has memory too */
    if (pe_buf_failed(buf)) {
        pe_buf_release(buf);
        return pe_complain("out of memory"), -1;
    }
    *text = buf->data;
    *length = buf->length;
    *buf = (struct pe_buf){0};
    return 0;
}
