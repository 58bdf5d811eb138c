/* test.c: runs the tests that a pack brings. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "cmd/output.h"
#include "report/test_format.h"

/* ---- --min-coverage: "90", or "rules=100,lines=95" ---- */

struct least {
    unsigned share[PE_COVERAGE_COUNT]; /* hundredths of a percent */
};

static int one_least(const struct pe_args *args, const char *text, struct least *least)
{
    const char *equals = strchr(text, '=');
    long percent = pe_number_of(args, "--min-coverage (a number, or rules=N, lines=N, fields=N)",
                                equals == NULL ? text : equals + 1, 0, 100);
    bool found = false;

    if (percent < 0)
        return -1;
    for (int kind = 0; kind < PE_COVERAGE_COUNT; kind++) {
        const char *word = pe_coverage_word((enum pe_coverage_kind)kind);
        if (equals != NULL &&
            (strlen(word) != (size_t)(equals - text) || memcmp(word, text, strlen(word)) != 0))
            continue;
        least->share[kind] = (unsigned)percent * 100;
        found = true;
    }
    if (!found)
        return pe_complain("--min-coverage: rules, lines or fields, not %.40s", text), -1;
    return 0;
}

static int least_of(const struct pe_args *args, struct least *least)
{
    *least = (struct least){0};
    for (size_t i = 0; i < args->min_coverage.count; i++)
        if (one_least(args, args->min_coverage.items[i], least) != 0)
            return -1;
    return 0;
}

static bool falls_short(const struct pe_test_report *report, const struct least *least)
{
    bool short_ = false;

    for (int kind = 0; kind < PE_COVERAGE_COUNT; kind++) {
        const struct pe_coverage *coverage = &report->coverage[kind];
        unsigned share = pe_test_share(coverage);
        if (!coverage->measured || share >= least->share[kind])
            continue;
        pe_complain("the tests cover %u.%02u%% of the %s, less than %u%%", share / 100, share % 100,
                    pe_coverage_word((enum pe_coverage_kind)kind), least->share[kind] / 100);
        short_ = true;
    }
    return short_;
}

/* ---- reports ---- */

enum { MOST_FORMATS = 16 };

static size_t name_formats(const char *names[MOST_FORMATS])
{
    size_t count = 0;

    for (; count < pe_test_format_list_count && count < MOST_FORMATS; count++)
        names[count] = pe_test_format_list[count]->name;
    return count;
}

static int render(const void *what, size_t format, const struct pe_style *style, char **text,
                  size_t *length)
{
    struct pe_buf out = {0};

    pe_test_format_list[format]->render(what, style, &out);
    return pe_output_take(&out, text, length);
}

/* ---- test ---- */

static int judge_report(const struct pe_args *args, const struct pe_outputs *outputs,
                        const struct least *least, const struct pe_test_report *report)
{
    if (report->count == 0)
        return pe_complain("no test ran: the tests of the pack %s hold no case", report->pack->id);
    if (pe_outputs_write_all(outputs, args, render, report) != 0)
        return PE_EXIT_TROUBLE;
    return falls_short(report, least) || report->failed > 0 ? PE_EXIT_FAIL : PE_EXIT_PASS;
}

static int run_pack(const struct pe_args *args, struct pe_pack *pack, struct pe_job *job,
                    const struct pe_outputs *outputs, const struct least *least)
{
    unsigned missing = 0;
    struct pe_test_report *report;
    struct pe_err err = {0};
    int result;

    job->walls_missing = &missing;
    for (size_t i = 0; i < args->fixtures.count; i++)
        if (pe_pack_add_fixtures(pack, args->fixtures.items[i], &err) != 0)
            return pe_complain("%s", err.text);
    result = pe_test(pack, job, &report, &err);
    pe_tell_walls(args, missing);
    if (result != 0)
        return pe_complain("%s", err.text);
    result = judge_report(args, outputs, least, report);
    pe_test_report_free(report);
    return result;
}

static int run_test(const struct pe_args *args)
{
    const char *names[MOST_FORMATS];
    size_t count = name_formats(names);
    struct pe_job job = {.only = args->only,
                         .sandbox = args->sandbox,
                         .coverage = args->coverage || args->min_coverage.count > 0};
    struct pe_outputs outputs;
    struct least least;
    struct pe_pack *pack;
    int result;

    if (pe_outputs_parse(args, names, count, &outputs) != 0 || least_of(args, &least) != 0 ||
        pe_jobs_of(args, &job.jobs) != 0 || pe_load_one_pack(args, &pack) != 0)
        return PE_EXIT_TROUBLE;
    result = run_pack(args, pack, &job, &outputs, &least);
    pe_pack_free(pack);
    return result;
}

static const char *const options[] = {
    "--pack",         "--fixtures", "--only",    "-o",      "--coverage",
    "--min-coverage", "--jobs",     "--sandbox", "--color", NULL};

const struct pe_command pe_command_test = {
    "test", "[PACK]", "Run a pack's own tests, and say what of it they cover.", options, run_test};
