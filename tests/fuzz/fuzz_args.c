/* fuzz_args.c: whatever the command line holds, it is taken or one clean line says why not. */
/* SPDX-License-Identifier: Apache-2.0 */

/* The first byte chooses the command; the rest is its words, with a NUL behind each. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"
#include "cmd/command.h"
#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_WORDS = 200 };

static void check_line(const char *line, size_t length)
{
    uint32_t code;
    size_t step;

    fuzz_demand(length > 12 && strncmp(line, "policyeval: ", 12) == 0, "a complaint begins so");
    fuzz_demand(line[length - 1] == '\n', "a complaint is a line");
    for (size_t i = 0; i < length - 1; i += step) {
        step = pe_utf8_decode(line + i, length - 1 - i, &code);
        fuzz_demand(step > 0 && pe_escape_harmless(code), "a complaint does no harm");
    }
}

static void check_strings(const struct pe_strings *strings, size_t most)
{
    fuzz_demand(strings->count <= most, "no more words than were given");
    for (size_t i = 0; i < strings->count; i++)
        fuzz_demand(strlen(strings->items[i]) <= most, "a word is one that was given");
}

static void check_args(const struct pe_args *args, size_t size)
{
    check_strings(&args->packs, size);
    check_strings(&args->only, size);
    check_strings(&args->skip, size);
    check_strings(&args->params, size);
    check_strings(&args->expect, size);
    check_strings(&args->owners, size);
    check_strings(&args->fixtures, size);
    check_strings(&args->outputs, size);
    check_strings(&args->operands, size);
    fuzz_demand(args->lang == PE_EN || args->lang == PE_JA, "there are two languages");
}

static void parse(const struct pe_command *command, int count, char **words, size_t size)
{
    FILE *standard_error = stderr;
    struct pe_args args = {0};
    size_t length = 0;
    char *said = NULL;
    int result;

    stderr = open_memstream(&said, &length);
    if (stderr == NULL)
        abort();
    result = pe_args_parse(command, count, words, &args);
    fclose(stderr);
    stderr = standard_error;
    if (result == 0)
        check_args(&args, size);
    else
        check_line(said, length);
    fuzz_demand(result != 0 || length == 0, "what is taken is taken silently");
    pe_args_release(&args);
    free(said);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *words[MOST_WORDS + 1] = {NULL}, *copy;
    int count = 0;

    if (size == 0)
        return 0;
    copy = malloc(size);
    if (copy == NULL)
        return 0;
    memcpy(copy, data + 1, size - 1);
    copy[size - 1] = '\0';
    for (size_t at = 0; at < size - 1 && count < MOST_WORDS; at += strlen(copy + at) + 1)
        words[count++] = copy + at;
    parse(pe_commands[data[0] % pe_commands_count], count, words, size);
    free(copy);
    return 0;
}
