/* main.c: the program: finds the subcommand and runs it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/suggest.h"
#include "cmd/command.h"

/* A closed descriptor 0-2 would be given to the next file that is opened, which a report would
 * then overwrite. Standard output stays unwritable: nothing may be lost without a word. */
static int open_standard_descriptors(void)
{
    int fd;

    for (fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
            open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
            return -1;
    return 0;
}

static const struct pe_command *command_named(const char *name)
{
    for (size_t i = 0; i < pe_commands_count; i++)
        if (strcmp(pe_commands[i]->name, name) == 0)
            return pe_commands[i];
    return NULL;
}

/* A word that is neither a command nor a file was perhaps meant as a command. */
static bool meant_as_command(const char *word, const char **like)
{
    const char *names[32];
    size_t count = 0;

    if (strchr(word, '/') != NULL || strchr(word, '.') != NULL || access(word, F_OK) == 0)
        return false;
    for (size_t i = 0; i < pe_commands_count && count < 32; i++)
        names[count++] = pe_commands[i]->name;
    *like = pe_suggest(word, names, count);
    return *like != NULL;
}

/* Whoever drives a filter tells by its exit status what to try again, also when an option was wrong
 * that stands before. */
static bool is_filter(int argc, char **argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--ndjson") == 0)
            return true;
    return false;
}

static int run(const struct pe_command *command, int argc, char **argv)
{
    struct pe_args args = {0};
    bool filter = is_filter(argc, argv);
    int result = filter ? PE_EXIT_USAGE : PE_EXIT_TROUBLE;

    if (pe_args_parse(command, argc, argv, &args) == 0) {
        if (args.help) {
            pe_args_release(&args);
            args = (struct pe_args){.operands = {&command->name, 1}, .lang = args.lang};
            return command_named("help")->run(&args);
        }
        if (pe_args_configure(command, &args) == 0)
            result = command->run(&args);
        else if (filter)
            result = PE_EXIT_CONFIG;
    }
    pe_args_release(&args);
    return result;
}

int main(int argc, char **argv)
{
    const struct pe_command *command = NULL;
    const char *like;

    if (open_standard_descriptors() != 0)
        return pe_complain("cannot open /dev/null: %s", strerror(errno));
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL); /* ignored, it would hide how a worker ended */
    if (argc < 2)
        return command_named("help")->run(&(struct pe_args){0}), PE_EXIT_TROUBLE;
    if (strcmp(argv[1], "--version") == 0)
        return command_named("version")->run(&(struct pe_args){0});
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return command_named("help")->run(&(struct pe_args){0});
    command = command_named(argv[1]);
    if (command != NULL)
        return run(command, argc - 2, argv + 2);
    if (argv[1][0] != '-' && meant_as_command(argv[1], &like))
        return pe_complain("there is neither a command nor a file '%.100s' (did you mean the "
                           "command %s?)",
                           argv[1], like);
    return run(command_named("check"), argc - 1, argv + 1);
}
