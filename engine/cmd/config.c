/* config.c: which value each setting has, and where it came from. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/buf.h"
#include "base/escape.h"
#include "cmd/judging.h"
#include "cmd/output.h"

enum { NAME_COLUMNS = 16, VALUE_COLUMNS = 24 };

static void add_padded(struct pe_buf *buf, size_t start, size_t columns)
{
    size_t width = buf->length - start;

    pe_buf_fill(buf, ' ', width < columns ? columns - width : 2);
}

static void add_strings(struct pe_buf *buf, const struct pe_strings *strings)
{
    for (size_t i = 0; i < strings->count; i++) {
        pe_buf_adds(buf, i == 0 ? "" : " ");
        pe_escape_adds(buf, strings->items[i]);
    }
}

static void add_value(struct pe_buf *buf, const struct pe_args *args,
                      const struct pe_option *option)
{
    const void *member = (const char *)args + option->member;

    if (option->kind == PE_OPTION_SWITCH)
        pe_buf_adds(buf, *(const bool *)member ? "true" : "false");
    else if (option->kind == PE_OPTION_WORD)
        pe_escape_adds(buf, *(const char *const *)member);
    else
        add_strings(buf, member);
}

static void add_source(struct pe_buf *buf, const struct pe_args *args,
                       const struct pe_option *option, const struct pe_origin *origin)
{
    char variable[PE_VARIABLE_BYTES];

    switch (origin->source) {
    case PE_FROM_FILE:
        pe_escape_adds(buf, pe_settings_file(args->settings));
        pe_buf_printf(buf, ":%lu:%lu", (unsigned long)origin->line, (unsigned long)origin->column);
        break;
    case PE_FROM_ENVIRONMENT:
        pe_name_in_environment(option, variable);
        pe_buf_adds(buf, variable);
        break;
    case PE_FROM_OPTION:
        pe_buf_adds(buf, option->name);
        break;
    default:
        pe_buf_adds(buf, "default");
        break;
    }
}

static void add_row(struct pe_buf *buf, const struct pe_args *args, const struct pe_option *option,
                    const struct pe_origin *origin)
{
    size_t start = buf->length;

    pe_buf_adds(buf, option->name + 2);
    add_padded(buf, start, NAME_COLUMNS);
    start = buf->length;
    if (origin->source == PE_FROM_DEFAULT && option->kind != PE_OPTION_SWITCH)
        pe_buf_addc(buf, '-');
    else
        add_value(buf, args, option);
    add_padded(buf, start, VALUE_COLUMNS);
    add_source(buf, args, option, origin);
    pe_buf_addc(buf, '\n');
}

/* Whether check would take it all, for any snapshot. --now is given with each call. */
static int try_all(const struct pe_args *args)
{
    struct pe_pack_list packs = {0};
    struct pe_err err = {0};
    struct pe_job job;
    int result;

    if (pe_judging_of(args, PE_EVIDENCE_DEFAULT, &job) != 0 ||
        (args->max_bytes != NULL &&
         pe_number_of(args, "--max-bytes", args->max_bytes, 1, PE_MAX_INPUT_BYTES) < 0) ||
        pe_load_packs(args, &packs) != 0)
        return -1;
    if (job.gate.max_age != NULL && job.gate.now == NULL)
        job.gate.now = "2000-01-01T00:00:00Z";
    job.packs = packs.items;
    job.pack_count = packs.count;
    result = pe_job_check(&job, &err);
    pe_free_packs(&packs);
    return result == 0 ? 0 : (pe_complain_of(args, "%s", err.text), -1);
}

static int run_config(const struct pe_args *args)
{
    const struct pe_option *option;
    struct pe_buf buf = {0};

    if (try_all(args) != 0)
        return PE_EXIT_TROUBLE;
    for (size_t i = 0; (option = pe_option_at(i)) != NULL; i++)
        if (option->sources != 0)
            add_row(&buf, args, option, &args->origins[i]);
    return pe_print_all(&buf) != 0 ? PE_EXIT_TROUBLE : PE_EXIT_PASS;
}

static const char *const options[] = {
    "--config",  "--no-config", "--pack",          "--only",    "--skip",      "--param",
    "--as-of",   "--expect",    "--require-basis", "--fail-on", "--owner",     "--strict-model",
    "--max-age", "--now",       "--evidence",      "--jobs",    "--max-bytes", "--cross-check",
    "--color",   "--quiet",     "--sandbox",       NULL};

const struct pe_command pe_command_config = {
    "config", "", "Show which value each setting has, and where it came from.", options,
    run_config};
