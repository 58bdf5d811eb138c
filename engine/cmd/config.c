/* config.c: which value each setting has, and where it came from. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/buf.h"
#include "base/escape.h"
#include "cmd/command.h"

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

static void add_name_in_environment(struct pe_buf *buf, const struct pe_option *option)
{
    pe_buf_adds(buf, "POLICYEVAL_");
    for (const char *c = option->name + 2; *c != '\0'; c++)
        pe_buf_addc(buf, *c == '-' ? '_' : (char)(*c - 'a' + 'A'));
}

static void add_source(struct pe_buf *buf, const struct pe_args *args,
                       const struct pe_option *option, const struct pe_origin *origin)
{
    switch (origin->source) {
    case PE_FROM_FILE:
        pe_escape_adds(buf, pe_settings_file(args->settings));
        pe_buf_printf(buf, ":%lu:%lu", (unsigned long)origin->line, (unsigned long)origin->column);
        break;
    case PE_FROM_ENVIRONMENT:
        add_name_in_environment(buf, option);
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

static int run_config(const struct pe_args *args)
{
    const struct pe_option *option;
    struct pe_buf buf = {0};

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
