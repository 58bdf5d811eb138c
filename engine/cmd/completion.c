/* completion.c: what a shell needs to complete commands and options, from their tables. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/buf.h"
#include "cmd/command.h"
#include "report/report.h"

/* Every command takes these, though none lists them. */
static const char *const always[] = {"--lang", "--help", NULL};

/* ---- what a value can be ---- */

static bool is_folder(const struct pe_option *option)
{
    return strcmp(option->value, "DIR") == 0;
}

static bool is_format(const struct pe_option *option)
{
    return strncmp(option->value, "FORMAT", 6) == 0;
}

/* "en|ja": words to choose from, not the names of what is meant. */
static bool is_choice(const struct pe_option *option)
{
    return strchr(option->value, '|') != NULL;
}

/* Adds the words that the value can be, each with the separator behind it. */
static void add_choices(struct pe_buf *buf, const struct pe_option *option, const char *separator)
{
    const char *at = option->value;
    size_t length;

    for (size_t i = 0; is_format(option) && i < pe_report_list_count; i++)
        pe_buf_printf(buf, "%s%s", pe_report_list[i]->name, separator);
    while (is_choice(option) && *at != '\0') {
        length = strcspn(at, "|");
        if (at[0] >= 'a') /* "N" stands for a number */
            pe_buf_printf(buf, "%.*s%s", (int)length, at, separator);
        at += length + (at[length] == '|');
    }
}

/* ---- bash ---- */

static const char bash_head[] =
    "# bash completion of policyeval; source it, or install it as\n"
    "# /usr/share/bash-completion/completions/policyeval\n"
    "_policyeval()\n"
    "{\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    local command=${COMP_WORDS[1]} options\n"
    "    case $command in\n";

static const char bash_tail[] =
    "    esac\n"
    "    if [[ $cur == -* ]]; then\n"
    "        mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$cur\")\n"
    "    else\n"
    "        mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
    "        compopt -o filenames 2>/dev/null\n"
    "    fi\n"
    "}\n"
    "complete -F _policyeval policyeval\n";

static void add_option_name(struct pe_buf *buf, const char *name)
{
    const char *short_form = pe_option_short(pe_option_find(name));

    pe_buf_printf(buf, "%s ", name);
    if (short_form != NULL)
        pe_buf_printf(buf, "%s ", short_form);
}

static void add_option_names(struct pe_buf *buf, const struct pe_command *command)
{
    for (const char *const *name = command->options; *name != NULL; name++)
        add_option_name(buf, *name);
    for (const char *const *name = always; *name != NULL; name++)
        add_option_name(buf, *name);
}

static void add_command_names(struct pe_buf *buf)
{
    for (size_t i = 0; i < pe_commands_count; i++)
        pe_buf_printf(buf, "%s%s", i == 0 ? "" : " ", pe_commands[i]->name);
}

static void add_bash_value(struct pe_buf *buf, const struct pe_option *option)
{
    if (option->value == NULL)
        return;
    pe_buf_printf(buf, "    %s)\n        mapfile -t COMPREPLY < <(compgen ", option->name);
    if (is_folder(option)) {
        pe_buf_adds(buf, "-d");
    } else if (is_format(option) || is_choice(option)) {
        pe_buf_adds(buf, "-W \"");
        add_choices(buf, option, " ");
        pe_buf_adds(buf, "\"");
    } else {
        pe_buf_adds(buf, "-f");
    }
    pe_buf_adds(buf, " -- \"$cur\")\n        return\n        ;;\n");
}

static void add_bash(struct pe_buf *buf)
{
    pe_buf_adds(buf, bash_head);
    for (size_t i = 0; i < pe_commands_count; i++) {
        pe_buf_printf(buf, "    %s) options='", pe_commands[i]->name);
        add_option_names(buf, pe_commands[i]);
        pe_buf_adds(buf, "' ;;\n");
    }
    pe_buf_adds(buf, "    *) options='");
    add_option_names(buf, pe_commands[0]);
    pe_buf_adds(buf, "' ;;\n    esac\n"
                     "    if ((COMP_CWORD == 1)) && [[ $cur != -* ]]; then\n"
                     "        mapfile -t COMPREPLY < <(compgen -f -W '");
    add_command_names(buf);
    pe_buf_adds(buf, "' -- \"$cur\")\n        compopt -o filenames 2>/dev/null\n"
                     "        return\n    fi\n    case $prev in\n");
    for (size_t i = 0; pe_option_at(i) != NULL; i++)
        add_bash_value(buf, pe_option_at(i));
    pe_buf_adds(buf, bash_tail);
}

/* ---- zsh ---- */

/* Text between single quotes in which zsh reads '[', ']' and ':'. */
static void add_zsh_text(struct pe_buf *buf, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            pe_buf_adds(buf, "'\\'");
        else if (strchr("[]:\\", *text) != NULL)
            pe_buf_addc(buf, '\\');
        pe_buf_addc(buf, *text);
    }
}

/* As it is given: by its name, or its short form. */
static void add_zsh_form(struct pe_buf *buf, const struct pe_option *option, const char *name)
{
    bool again = option->kind == PE_OPTION_LIST || option->kind == PE_OPTION_PARTS;

    pe_buf_printf(buf, "            '%s%s[", again ? "*" : "", name);
    add_zsh_text(buf, option->doc);
    pe_buf_adds(buf, "]");
    if (option->value != NULL) {
        pe_buf_adds(buf, ":");
        add_zsh_text(buf, option->value);
        pe_buf_adds(buf, is_folder(option) ? ":_files -/" : ":");
        if (is_format(option) || is_choice(option)) {
            pe_buf_adds(buf, "(");
            add_choices(buf, option, " ");
            pe_buf_adds(buf, ")");
        } else if (!is_folder(option)) {
            pe_buf_adds(buf, "_files");
        }
    }
    pe_buf_adds(buf, "' \\\n");
}

static void add_zsh_option(struct pe_buf *buf, const char *name)
{
    const struct pe_option *option = pe_option_find(name);

    add_zsh_form(buf, option, name);
    if (pe_option_short(option) != NULL)
        add_zsh_form(buf, option, pe_option_short(option));
}

static void add_zsh(struct pe_buf *buf)
{
    pe_buf_adds(buf,
                "#compdef policyeval\n"
                "# zsh completion of policyeval; install it as _policyeval in a folder of $fpath\n"
                "_policyeval() {\n"
                "    local -a commands=(\n");
    for (size_t i = 0; i < pe_commands_count; i++) {
        pe_buf_printf(buf, "        '%s:", pe_commands[i]->name);
        add_zsh_text(buf, pe_commands[i]->doc);
        pe_buf_adds(buf, "'\n");
    }
    pe_buf_adds(buf, "    )\n"
                     "    if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then\n"
                     "        _describe command commands\n"
                     "        _files\n"
                     "        return\n"
                     "    fi\n"
                     "    case $words[2] in\n");
    for (size_t i = 0; i < pe_commands_count; i++) {
        pe_buf_printf(buf, "    %s%s)\n        _arguments \\\n", pe_commands[i]->name,
                      i == 0 ? "|*.json|-*" : "");
        for (const char *const *name = pe_commands[i]->options; *name != NULL; name++)
            add_zsh_option(buf, *name);
        add_zsh_option(buf, always[0]);
        add_zsh_option(buf, always[1]);
        pe_buf_adds(buf, "            '*:file:_files'\n        ;;\n");
    }
    pe_buf_adds(buf, "    esac\n}\n_policyeval \"$@\"\n");
}

/* ---- fish ---- */

static void add_fish_text(struct pe_buf *buf, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'' || *text == '\\')
            pe_buf_addc(buf, '\\');
        pe_buf_addc(buf, *text);
    }
}

static void add_fish_option(struct pe_buf *buf, const struct pe_command *command, const char *name)
{
    const struct pe_option *option = pe_option_find(name);

    pe_buf_printf(buf, "complete -c policyeval -n '%s __fish_seen_subcommand_from ",
                  command == pe_commands[0] ? "not" : "");
    if (command == pe_commands[0])
        for (size_t i = 1; i < pe_commands_count; i++)
            pe_buf_printf(buf, "%s ", pe_commands[i]->name);
    else
        pe_buf_adds(buf, command->name);
    pe_buf_printf(buf, "' %s %s", name[1] == '-' ? "-l" : "-s", name + (name[1] == '-' ? 2 : 1));
    if (pe_option_short(option) != NULL)
        pe_buf_printf(buf, " -s %s", pe_option_short(option) + 1);
    if (option->value != NULL && is_folder(option))
        pe_buf_adds(buf, " -x -a '(__fish_complete_directories)'");
    else if (option->value != NULL)
        pe_buf_adds(buf, " -r");
    if (option->value != NULL && (is_format(option) || is_choice(option))) {
        pe_buf_adds(buf, " -f -a '");
        add_choices(buf, option, " ");
        pe_buf_adds(buf, "'");
    }
    pe_buf_adds(buf, " -d '");
    add_fish_text(buf, option->doc);
    pe_buf_adds(buf, "'\n");
}

static void add_fish(struct pe_buf *buf)
{
    pe_buf_adds(buf, "# fish completion of policyeval; install it as\n"
                     "# ~/.config/fish/completions/policyeval.fish\n");
    for (size_t i = 0; i < pe_commands_count; i++) {
        pe_buf_printf(buf, "complete -c policyeval -n __fish_use_subcommand -a %s -d '",
                      pe_commands[i]->name);
        add_fish_text(buf, pe_commands[i]->doc);
        pe_buf_adds(buf, "'\n");
    }
    for (size_t i = 0; i < pe_commands_count; i++) {
        for (const char *const *name = pe_commands[i]->options; *name != NULL; name++)
            add_fish_option(buf, pe_commands[i], *name);
        add_fish_option(buf, pe_commands[i], always[0]);
        add_fish_option(buf, pe_commands[i], always[1]);
    }
}

/* ---- the command ---- */

static const struct {
    const char *name;
    void (*add)(struct pe_buf *buf);
} shells[] = {{"bash", add_bash}, {"zsh", add_zsh}, {"fish", add_fish}};

static int run_completion(const struct pe_args *args)
{
    const char *wanted = args->operands.count == 1 ? args->operands.items[0] : "";
    struct pe_buf buf = {0};

    for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++)
        if (strcmp(wanted, shells[i].name) == 0)
            shells[i].add(&buf);
    if (buf.length == 0 && !pe_buf_failed(&buf))
        return pe_complain("completion takes one of bash, zsh and fish");
    return pe_print_all(&buf) != 0 ? PE_EXIT_TROUBLE : PE_EXIT_PASS;
}

static const char *const options[] = {NULL};

const struct pe_command pe_command_completion = {
    "completion", "bash|zsh|fish", "Print what a shell needs to complete commands and options.",
    options, run_completion};
