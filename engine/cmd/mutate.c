/* mutate.c: mutation tests of a pack. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/output.h"
#include "report/mutation.h"

/* ---- --known ---- */

enum { MAX_KNOWN_BYTES = 16 * 1024 * 1024 };

struct known_file {
    char *text;
    struct pe_known_list list;
};

static void release_known(struct known_file *known)
{
    for (size_t i = 0; i < known->list.count; i++)
        free((char *)known->list.items[i].line);
    free(known->list.items);
    free(known->text);
}

static int read_known(const char *path, struct known_file *known)
{
    struct pe_input *input;
    struct pe_err err = {0};
    const unsigned char *bytes;
    size_t length;

    if (pe_input_load(path, MAX_KNOWN_BYTES, &input, &err) != 0)
        return pe_complain("%s", err.text), -1;
    bytes = pe_input_bytes(input, &length);
    known->text = calloc(length + 1, 1);
    if (known->text != NULL && length > 0)
        memcpy(known->text, bytes, length);
    pe_input_free(input);
    if (known->text == NULL)
        return pe_complain("out of memory"), -1;
    if (strlen(known->text) != length)
        return pe_complain("%s holds a NUL", path), -1;
    return 0;
}

/* What stands before the next " | ", without blanks around it; NULL when there is none. */
static const char *next_part(char **rest)
{
    char *part = *rest, *bar = strstr(part, " | "), *end;

    if (bar == NULL)
        return NULL;
    *bar = '\0';
    *rest = bar + 3;
    for (; *part == ' '; part++)
        continue;
    for (end = part + strlen(part); end > part && end[-1] == ' ';)
        *--end = '\0';
    return part;
}

static int parse_line(const char *path, size_t number, char *line, struct known_file *known)
{
    struct pe_known item = {.number = number}, *items;
    char *rest = line, *copy = strdup(line);

    item.control = next_part(&rest);
    item.where = item.control == NULL ? NULL : next_part(&rest);
    item.pointer = item.where == NULL ? NULL : next_part(&rest);
    item.change = item.pointer == NULL ? NULL : next_part(&rest);
    if (item.change == NULL || rest[strspn(rest, " ")] == '\0') {
        free(copy);
        return pe_complain("%s:%zu: a known survivor is CONTROL | WHERE | POINTER | CHANGE | why "
                           "nobody need notice",
                           path, number),
               -1;
    }
    items = realloc(known->list.items, (known->list.count + 1) * sizeof *items);
    if (items != NULL)
        known->list.items = items;
    if (items == NULL || copy == NULL) {
        free(copy);
        return pe_complain("out of memory"), -1;
    }
    copy[rest - line - 3] = '\0';
    item.line = copy;
    items[known->list.count++] = item;
    return 0;
}

static int load_known(const char *path, struct known_file *known)
{
    char *line, *rest;

    *known = (struct known_file){0};
    if (path == NULL)
        return 0;
    if (read_known(path, known) != 0)
        return -1;
    known->list.given = true;
    rest = known->text;
    for (size_t number = 1; (line = strsep(&rest, "\n")) != NULL; number++) {
        size_t length = strlen(line);
        if (length > 0 && line[length - 1] == '\r')
            line[length - 1] = '\0';
        if (line[strspn(line, " ")] == '\0' || line[strspn(line, " ")] == '#')
            continue;
        if (parse_line(path, number, line, known) != 0)
            return -1;
    }
    return 0;
}

/* ---- progress, on a terminal ---- */

struct progress {
    bool shown;
    size_t tried;
};

static void show_progress(void *ud, size_t tried)
{
    struct progress *progress = ud;

    progress->tried += tried;
    if (progress->shown)
        fprintf(stderr, "\rpolicyeval: %zu mutants", progress->tried);
}

static void clear_progress(const struct progress *progress)
{
    if (progress->shown && progress->tried > 0)
        fputs("\r\033[K", stderr);
}

/* ---- what came of it ---- */

static int min_score_of(const struct pe_args *args, unsigned *least)
{
    char *end;
    double percent = 0;

    if (args->min_score != NULL) {
        percent = strtod(args->min_score, &end);
        if (!isdigit((unsigned char)args->min_score[0]) || *end != '\0' || percent > 100)
            return pe_complain("--min-score takes a percentage from 0 to 100, such as 97.5"), -1;
    }
    *least = (unsigned)(percent * 100 + 0.5);
    return 0;
}

/* Flags those that the file of known survivors explains. Optional reads need no explanation. */
static size_t explain(const struct pe_mutation_report *report, struct pe_known_list *known,
                      bool *explained, size_t new_[PE_MUTANT_KINDS])
{
    size_t stale = 0;

    for (size_t i = 0; i < report->survivor_count; i++) {
        explained[i] = pe_known_match(known, &report->survivors[i]);
        new_[report->survivors[i].kind] += !explained[i];
    }
    for (size_t i = 0; i < known->count; i++)
        stale += known->items[i].used == 0;
    return stale;
}

static const char *const formats[] = {"text", "json"};

static int render(const void *what, size_t format, const struct pe_style *style, char **text,
                  size_t *length)
{
    const struct pe_mutation_view *view = what;
    struct pe_buf out = {0};

    if (format == 0)
        pe_mutation_text(view, style, &out);
    else
        pe_mutation_json(view, &out);
    return pe_output_take(&out, text, length);
}

static int judge_report(const struct pe_args *args, const struct pe_outputs *outputs,
                        struct known_file *known, unsigned least,
                        const struct pe_mutation_report *report)
{
    bool *explained = calloc(report->survivor_count + 1, sizeof *explained);
    size_t new_[PE_MUTANT_KINDS] = {0}, stale;
    struct pe_mutation_view view = {report, &known->list, explained};
    unsigned score;
    int result;

    if (explained == NULL)
        return pe_complain("out of memory");
    stale = explain(report, &known->list, explained, new_);
    score = pe_mutation_score(report, pe_mutation_explained(&view, PE_MUTANT_VALUE) +
                                          pe_mutation_explained(&view, PE_MUTANT_LOST));
    if (report->all[PE_MUTANT_VALUE] + report->all[PE_MUTANT_LOST] == 0)
        result = pe_complain("no mutant was tried: no rule of the pack %s passes in its tests",
                             report->pack->id);
    else if (pe_outputs_write_all(outputs, args, render, &view) != 0)
        result = PE_EXIT_TROUBLE;
    else
        result = new_[PE_MUTANT_LOST] > 0 || stale > 0 || score < least ||
                         (known->list.given && new_[PE_MUTANT_VALUE] > 0)
                     ? PE_EXIT_FAIL
                     : PE_EXIT_PASS;
    if (result == PE_EXIT_FAIL && score < least)
        pe_complain("%u.%02u%% of the mutants were noticed, less than %u.%02u%%", score / 100,
                    score % 100, least / 100, least % 100);
    free(explained);
    return result;
}

static int run_pack(const struct pe_args *args, struct pe_pack *pack, struct pe_job *job,
                    const struct pe_outputs *outputs, struct known_file *known, unsigned least)
{
    struct progress progress = {.shown = isatty(STDERR_FILENO)};
    struct pe_mutation_report *report;
    struct pe_err err = {0};
    unsigned missing = 0;
    int result;

    job->walls_missing = &missing;
    for (size_t i = 0; i < args->fixtures.count; i++)
        if (pe_pack_add_fixtures(pack, args->fixtures.items[i], &err) != 0)
            return pe_complain("%s", err.text);
    result = pe_mutate(pack, job, show_progress, &progress, &report, &err);
    clear_progress(&progress);
    pe_tell_walls(args, missing);
    if (result != 0)
        return pe_complain("%s", err.text);
    result = judge_report(args, outputs, known, least, report);
    pe_mutation_report_free(report);
    return result;
}

static int run_mutate(const struct pe_args *args)
{
    struct pe_job job = {.only = args->only, .sandbox = args->sandbox};
    struct pe_outputs outputs;
    struct known_file known = {0};
    struct pe_pack *pack;
    unsigned least;
    int result = PE_EXIT_TROUBLE;

    if (pe_outputs_parse(args, formats, 2, &outputs) != 0 || min_score_of(args, &least) != 0 ||
        pe_jobs_of(args, &job.jobs) != 0)
        return PE_EXIT_TROUBLE;
    if (load_known(args->known, &known) == 0 && pe_load_one_pack(args, &pack) == 0) {
        result = run_pack(args, pack, &job, &outputs, &known, least);
        pe_pack_free(pack);
    }
    release_known(&known);
    return result;
}

static const char *const options[] = {"--pack",      "--fixtures", "--only", "-o",
                                      "--min-score", "--known",    "--jobs", "--sandbox",
                                      "--color",     NULL};

const struct pe_command pe_command_mutate = {
    "mutate", "[PACK]", "Change what controls read where they pass, and list what none notices.",
    options, run_mutate};
