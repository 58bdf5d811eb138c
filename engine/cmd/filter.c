/* filter.c: check --ndjson: a snapshot a line in, a result a line out. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "cmd/output.h"

struct filter {
    const struct pe_args *args;
    char digest[65];
    struct pe_buf text; /* of one answer */
    bool broken_pipe;   /* nobody reads the answers any more */
    bool understood;    /* a line was JSON, or what came of it says nothing of that */
    uint64_t refused;   /* lines that were not */
};

/* ---- signals ---- */

static int stop_pipe[2];
static volatile sig_atomic_t stop_signal;

static void note_signal(int number)
{
    int before = errno;

    stop_signal = number;
    if (write(stop_pipe[1], "", 1) < 0)
        errno = before; /* it is full: then it can be read, which is all that is wanted */
    errno = before;
}

/* A signal that is ignored stays so. */
static int catch_signals(void)
{
    static const int signals[] = {SIGTERM, SIGINT};
    struct sigaction action = {.sa_handler = note_signal}, before;

    if (pipe2(stop_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return pe_complain("cannot make a pipe: %s", strerror(errno)), -1;
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
    return 0;
}

/* ---- answers ---- */

static int write_answer(struct filter *filter, struct pe_err *err)
{
    const char *at = filter->text.data;
    size_t left = filter->text.length;
    ssize_t written;

    while (left > 0) {
        written = write(STDOUT_FILENO, at, left);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            filter->broken_pipe = written < 0 && errno == EPIPE;
            return pe_err_set(err, PE_ERR_IO, "cannot write to standard output: %s",
                              strerror(written < 0 ? errno : EIO));
        }
        at += written;
        left -= (size_t)written;
    }
    return 0;
}

enum { KEPT_BYTES = 4 * 1024 * 1024 };

static int answer(void *ud, const struct pe_line *line, struct pe_err *err)
{
    struct filter *filter = ud;
    int result;

    if (line->error != NULL && strncmp(line->error, "line ", 5) == 0) /* and column */
        filter->refused++;
    else
        filter->understood = true;
    pe_buf_clear(&filter->text);
    result = pe_render_line(line, filter->digest, filter->args->quiet, &filter->text, err);
    if (result == 0)
        result = write_answer(filter, err);
    if (filter->text.room > KEPT_BYTES)
        pe_buf_release(&filter->text);
    return result;
}

/* Pretty-printed JSON is many lines, none of which is a snapshot. */
static void remark(const struct filter *filter)
{
    if (!filter->understood && filter->refused > 1)
        pe_complain("--ndjson: none of %llu lines is JSON; each must be a whole snapshot, as "
                    "jq -c . FILE writes it",
                    (unsigned long long)filter->refused);
}

/* ---- the filter ---- */

static int status_of(const struct pe_err *err)
{
    switch (err->kind) {
    case PE_ERR_USAGE:
        return PE_EXIT_USAGE;
    case PE_ERR_PACK:
    case PE_ERR_INPUT:
        return PE_EXIT_CONFIG;
    case PE_ERR_IO:
        return PE_EXIT_IO;
    default:
        return PE_EXIT_PASSING;
    }
}

static int check_usage(const struct pe_args *args)
{
    if (args->outputs.count > 0)
        return pe_complain("--ndjson has one format, so it takes no -o; policyeval merge has more"),
               -1;
    if (args->baseline != NULL)
        return pe_complain("--ndjson takes no --baseline; policyeval merge --before compares"), -1;
    if (args->operands.count > 1 ||
        (args->operands.count == 1 && strcmp(args->operands.items[0], "-") != 0))
        return pe_complain("--ndjson reads standard input: policyeval --ndjson <FILE"), -1;
    return 0;
}

static int stream(struct filter *filter, struct pe_job *job, size_t max_line)
{
    struct pe_stream stream = {.job = job,
                               .in_fd = STDIN_FILENO,
                               .stop_fd = stop_pipe[0],
                               .max_line_bytes = max_line,
                               .answer = answer,
                               .ud = filter};
    struct pe_err err = {0};
    unsigned missing = 0;
    bool stopped = false;
    int result;

    job->walls_missing = &missing;
    result = pe_stream_run(&stream, &stopped, &err);
    pe_tell_walls(filter->args, missing);
    if (result != 0) {
        pe_complain_of(filter->args, "%s", err.text);
        return filter->broken_pipe ? PE_EXIT_SIGNAL + SIGPIPE : status_of(&err);
    }
    if (pe_close_output() != 0)
        return PE_EXIT_IO;
    if (!stopped)
        remark(filter);
    return stopped ? PE_EXIT_SIGNAL + stop_signal : 0;
}

/* A setting that bounds snapshots bounds lines too. */
static long max_line_of(const struct pe_args *args)
{
    if (args->max_line != NULL)
        return pe_number_of(args, "--max-line", args->max_line, 1, PE_MAX_INPUT_BYTES);
    if (args->max_bytes != NULL)
        return pe_number_of(args, "--max-bytes", args->max_bytes, 1, PE_MAX_INPUT_BYTES);
    return PE_MAX_LINE_BYTES;
}

static int run(struct filter *filter, struct pe_job *job, size_t max_line)
{
    const struct pe_args *args = filter->args;

    pe_job_digest(job, filter->digest);
    if (args->expect_policies != NULL && strcmp(args->expect_policies, filter->digest) != 0) {
        pe_complain("--expect-policies: expected %.64s, packs and options are %s",
                    args->expect_policies, filter->digest);
        return PE_EXIT_CONFIG;
    }
    return catch_signals() != 0 ? PE_EXIT_IO : stream(filter, job, max_line);
}

int pe_run_filter(const struct pe_args *args, struct pe_job *job)
{
    struct filter filter = {.args = args};
    struct pe_waivers *waivers = NULL;
    struct pe_pack_list packs = {0};
    long max_line = max_line_of(args);
    int result = PE_EXIT_CONFIG;

    if (max_line < 0 || check_usage(args) != 0)
        return PE_EXIT_USAGE;
    if (pe_load_waivers(args, job, &waivers) == 0 && pe_load_packs(args, &packs) == 0) {
        job->waivers = waivers;
        job->packs = packs.items;
        job->pack_count = packs.count;
        result = run(&filter, job, (size_t)max_line);
    }
    pe_buf_release(&filter.text);
    pe_free_packs(&packs);
    pe_waivers_free(waivers);
    return result;
}
