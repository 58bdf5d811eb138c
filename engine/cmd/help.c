/* help.c: what there is, from the tables of commands and options. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/buf.h"
#include "base/suggest.h"
#include "cmd/command.h"

static const char overview[] =
    "policyeval judges JSON snapshots of a cloud tenant's configuration against ISO/IEC 27017\n"
    "controls, or any other pack of Lua policies, and shows what each verdict rests on.\n"
    "\n"
    "    policyeval [check] [options] SNAPSHOT...\n"
    "\n"
    "Commands:\n";

static const char ending[] =
    "\n"
    "Exit status: 0 what counts passed or does not apply; 1 not passed; 2 could not be decided\n"
    "(usage, not JSON, a broken pack, a report that could not be written).\n"
    "\n"
    "policyeval help COMMAND shows its options.\n";

static void add_row(struct pe_buf *buf, const char *left, const char *value, const char *right)
{
    size_t start = buf->length, width;

    pe_buf_printf(buf, "  %s%s%s", left, value == NULL || *value == '\0' ? "" : " ",
                  value == NULL ? "" : value);
    width = buf->length - start;
    pe_buf_fill(buf, ' ', width < 28 ? 30 - width : 2);
    pe_buf_printf(buf, "%s\n", right);
}

static void add_overview(struct pe_buf *buf)
{
    pe_buf_adds(buf, overview);
    for (size_t i = 0; i < pe_commands_count; i++)
        add_row(buf, pe_commands[i]->name, pe_commands[i]->operands, pe_commands[i]->doc);
    pe_buf_adds(buf, ending);
}

static void add_option(struct pe_buf *buf, const char *name)
{
    const struct pe_option *option = pe_option_find(name);
    const char *short_form = pe_option_short(option);
    struct pe_buf names = {0};

    pe_buf_printf(&names, "%s%s%s", option->name, short_form == NULL ? "" : ", ",
                  short_form == NULL ? "" : short_form);
    if (!pe_buf_failed(&names))
        add_row(buf, names.data, option->value, option->doc);
    buf->failed |= pe_buf_failed(&names);
    pe_buf_release(&names);
}

static void add_command(struct pe_buf *buf, const struct pe_command *command)
{
    pe_buf_printf(buf, "policyeval %s%s%s%s\n\n%s\n\nOptions:\n", command->name,
                  *command->options == NULL ? "" : " [options]",
                  *command->operands == '\0' ? "" : " ", command->operands, command->doc);
    for (const char *const *name = command->options; *name != NULL; name++)
        add_option(buf, *name);
    add_option(buf, "--lang");
    add_option(buf, "--help");
}

static const struct pe_command *find(const char *name)
{
    const char *names[32], *like;
    size_t count = 0;

    for (size_t i = 0; i < pe_commands_count && count < 32; i++) {
        if (strcmp(pe_commands[i]->name, name) == 0)
            return pe_commands[i];
        names[count++] = pe_commands[i]->name;
    }
    like = pe_suggest(name, names, count);
    pe_complain("help: there is no command %.60s%s%s%s", name,
                like == NULL ? "" : " (did you mean ", like == NULL ? "" : like,
                like == NULL ? "; policyeval help shows them" : "?)");
    return NULL;
}

static int run_help(const struct pe_args *args)
{
    const struct pe_command *command = NULL;
    struct pe_buf buf = {0};
    int result;

    if (args->operands.count > 0 && (command = find(args->operands.items[0])) == NULL)
        return PE_EXIT_TROUBLE;
    if (command == NULL)
        add_overview(&buf);
    else
        add_command(&buf, command);
    result = pe_buf_failed(&buf) ? -1 : pe_print(buf.data, buf.length);
    pe_buf_release(&buf);
    return result != 0 || pe_close_output() != 0 ? PE_EXIT_TROUBLE : PE_EXIT_PASS;
}

static const char *const options[] = {NULL};

const struct pe_command pe_command_help = {"help", "[COMMAND]",
                                           "Show commands, or one command's "
                                           "options.",
                                           options, run_help};
