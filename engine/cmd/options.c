/* options.c: the one table of options, and the parser that reads it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "cmd/command.h"

/* GIVEN_ ones can be set by option only: what decides where output goes, what is
 * trusted, and what is for one call. --now may not come from a file, which would make it stale. */
#define ANYWHERE (1u << PE_FROM_FILE | 1u << PE_FROM_ENVIRONMENT)
#define OFFSET(member) offsetof(struct pe_args, member)
#define SWITCH(member) PE_OPTION_SWITCH, OFFSET(member), ANYWHERE
#define WORD(member) PE_OPTION_WORD, OFFSET(member), ANYWHERE
#define LIST(member) PE_OPTION_LIST, OFFSET(member), ANYWHERE
#define PARTS(member) PE_OPTION_PARTS, OFFSET(member), ANYWHERE
#define GIVEN_SWITCH(member) PE_OPTION_SWITCH, OFFSET(member), 0
#define GIVEN_WORD(member) PE_OPTION_WORD, OFFSET(member), 0
#define GIVEN_LIST(member) PE_OPTION_LIST, OFFSET(member), 0
#define GIVEN_PARTS(member) PE_OPTION_PARTS, OFFSET(member), 0

/* clang-format off */
static const struct pe_option options[] = {
    {"--pack", "DIR", "the pack in this folder, not the built-in iso27017 (repeatable)", LIST(packs)},
    {"-o", "FORMAT[:FILE]", "report in this format, to a file or standard output (repeatable)",
     GIVEN_LIST(outputs)},
    {"--only", "WHAT", "only this control, rule, tag, severity or owner (repeatable)", PARTS(only)},
    {"--skip", "WHAT", "all but this control, rule, tag, severity or owner (repeatable)",
     PARTS(skip)},
    {"--param", "NAME=VALUE", "set a parameter, as NAME or CONTROL.NAME (repeatable)", LIST(params)},
    {"--as-of", "TIME", "judge as of this time (RFC 3339) instead of the snapshot's own",
     WORD(as_of)},
    {"--expect", "service=S,option=O", "stop (status 2) when the snapshot is of another profile",
     PARTS(expect)},
    {"--require-basis", "BASIS", "a pass on less than attested or measured values is unknown",
     WORD(require_basis)},
    {"--fail-on", "low|medium|high|critical", "only rules of this severity or above close the gate (low)",
     WORD(fail_on)},
    {"--owner", "provider|customer|shared", "only rules of this owner close the gate (repeatable)",
     PARTS(owners)},
    {"--strict-model", NULL, "a field that the model does not know closes the gate",
     SWITCH(strict_model)},
    {"--max-age", "AGE", "a snapshot older than this (7d, 12h) at --now closes the gate",
     WORD(max_age)},
    {"--now", "TIME", "the time (RFC 3339) that --max-age counts from; no clock is read",
     PE_OPTION_WORD, OFFSET(now), 1u << PE_FROM_ENVIRONMENT},
    {"--waivers", "FILE", "exceptions that somebody answers for (docs/waivers.md)",
     GIVEN_WORD(waivers)},
    {"--config", "FILE", "settings from this file (policyeval.json in the working folder)",
     GIVEN_WORD(config)},
    {"--no-config", NULL, "no configuration file, even if there is one", GIVEN_SWITCH(no_config)},
    {"--evidence", "all|N|none", "how much of what was read to report for each rule (20)",
     WORD(evidence)},
    {"--jobs", "N", "workers at a time (1)", WORD(jobs)},
    {"--ndjson", NULL, "be a filter: a snapshot a line in, a result a line out (docs/fleet.md)",
     GIVEN_SWITCH(ndjson)},
    {"--max-line", "N", "with --ndjson: a longer line is an error (67108864)",
     GIVEN_WORD(max_line)},
    {"--expect-policies", "SHA256", "with --ndjson: stop unless this is what lines have as policies",
     GIVEN_WORD(expect_policies)},
    {"--max-bytes", "N", "refuse larger snapshots (268435456)", WORD(max_bytes)},
    {"--cross-check", NULL, "read each snapshot with a second JSON reader and compare",
     SWITCH(cross_check)},
    {"--sandbox", "require|best-effort|off", "walls around workers (require)",
     GIVEN_WORD(sandbox_word)},
    {"--baseline", "RESULT", "fail only on what is new or worse than in this saved result",
     GIVEN_WORD(baseline)},
    {"--snapshot", "FILE", "show the lines of this snapshot, which was judged (repeatable)",
     GIVEN_LIST(snapshots)},
    {"--fixtures", "DIR", "where tests may find their base snapshots besides the pack",
     GIVEN_LIST(fixtures)},
    {"--coverage", NULL, "show which lines and fields of the model the tests reach",
     GIVEN_SWITCH(coverage)},
    {"--min-coverage", "N", "fail below so many percent; also rules=N,lines=N,fields=N",
     GIVEN_PARTS(min_coverage)},
    {"--min-score", "F", "fail when less than so many percent of the mutants are noticed",
     GIVEN_WORD(min_score)},
    {"--known", "FILE", "survivors that are explained; fail when others survive, or one no longer",
     GIVEN_WORD(known)},
    {"--skeleton", "SERVICE", "an empty snapshot of this service to fill in, not the schema",
     GIVEN_WORD(skeleton)},
    {"--reads", "SNAPSHOT", "also say which controls read a field when they judge this (repeatable)",
     GIVEN_LIST(reads)},
    {"--before", "RESULTS", "compare with these results, of the night before, say (repeatable)",
     GIVEN_LIST(before)},
    {"--lang", "en|ja", "language of what people read (the locale's)", WORD(lang_word)},
    {"--color", "auto|always|never", "colour (auto: on a terminal, unless NO_COLOR is set)",
     WORD(color)},
    {"--quiet", NULL, "verdicts only", SWITCH(quiet)},
    {"--claims", NULL, "the provider's claims that a snapshot may accept, with their digests",
     GIVEN_SWITCH(claims)},
    {"--matrix", NULL, "who is responsible for each control, by service", GIVEN_SWITCH(matrix)},
    {"--help", NULL, "what this command does", GIVEN_SWITCH(help)},
};
/* clang-format on */
enum { OPTIONS = sizeof options / sizeof options[0] };
_Static_assert(OPTIONS <= (int)PE_MAX_OPTIONS, "origins has room for every option");

/* For what is typed by hand, and again and again. */
static const struct {
    const char *name, *option;
} short_forms[] = {{"-q", "--quiet"}, {"-h", "--help"}};
enum { SHORT_FORMS = sizeof short_forms / sizeof short_forms[0] };

const struct pe_option *pe_option_find(const char *name)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (strcmp(options[i].name, name) == 0)
            return &options[i];
    return NULL;
}

const struct pe_option *pe_option_at(size_t position)
{
    return position < OPTIONS ? &options[position] : NULL;
}

const char *pe_option_short(const struct pe_option *option)
{
    for (size_t i = 0; i < SHORT_FORMS; i++)
        if (strcmp(short_forms[i].option, option->name) == 0)
            return short_forms[i].name;
    return NULL;
}

/* The name that the table of options has for what was given. */
static const char *name_of(const char *given)
{
    for (size_t i = 0; i < SHORT_FORMS; i++)
        if (strcmp(short_forms[i].name, given) == 0)
            return short_forms[i].option;
    return given;
}

/* ---- lists ---- */

static int append(struct pe_strings *list, const char *item)
{
    const char **items = realloc((void *)list->items, (list->count + 1) * sizeof *items);

    if (items == NULL)
        return pe_complain("out of memory"), -1;
    items[list->count++] = item;
    list->items = items;
    return 0;
}

/* "a,b": each for itself. The parts are cut out of the argument. */
static int append_parts(struct pe_strings *list, char *value)
{
    char *part, *rest = value;

    while ((part = strsep(&rest, ",")) != NULL)
        if (append(list, part) != 0)
            return -1;
    return 0;
}

/* ---- one option ---- */

static int set_word(const struct pe_option *option, const char **word, const char *value)
{
    if (*word != NULL)
        return pe_complain("%s is given twice", option->name), -1;
    *word = value;
    return 0;
}

int pe_args_set(struct pe_args *args, const struct pe_option *option, char *value)
{
    void *member = (char *)args + option->member;

    if (*value == '\0')
        return pe_complain("%s needs a value: %s", option->name, option->value), -1;
    switch (option->kind) {
    case PE_OPTION_PARTS:
        return append_parts(member, value);
    case PE_OPTION_LIST:
        return append(member, value);
    default:
        return set_word(option, member, value);
    }
}

void pe_args_switch(struct pe_args *args, const struct pe_option *option, bool on)
{
    *(bool *)(void *)((char *)args + option->member) = on;
}

char *pe_args_keep(struct pe_args *args, const char *text)
{
    char *copy = strdup(text);

    if (copy == NULL)
        pe_complain("out of memory");
    else if (append(&args->owned, copy) != 0) {
        free(copy);
        copy = NULL;
    }
    return copy;
}

bool pe_option_taken(const struct pe_command *command, const char *name)
{
    for (const char *const *o = command->options; *o != NULL; o++)
        if (strcmp(*o, name) == 0)
            return true;
    return strcmp(name, "--help") == 0 || strcmp(name, "--lang") == 0;
}

static int unknown_option(const struct pe_command *command, const char *given)
{
    const char *names[OPTIONS], *like;
    size_t count = 0;

    for (size_t i = 0; i < OPTIONS; i++)
        if (pe_option_taken(command, options[i].name))
            names[count++] = options[i].name;
    like = pe_suggest(given, names, count);
    if (like != NULL)
        return pe_complain("%s: unknown option %.100s (did you mean %s?)", command->name, given,
                           like),
               -1;
    return pe_complain("%s: unknown option %.100s; policyeval help %s shows them", command->name,
                       given, command->name),
           -1;
}

/* ---- the command line ---- */

/* argv[i] begins with '-'. Returns how many words it took, or -1. */
static int parse_option(const struct pe_command *command, int argc, char **argv, int i,
                        struct pe_args *args)
{
    char *equals = strncmp(argv[i], "--", 2) == 0 ? strchr(argv[i], '=') : NULL, *value;
    const struct pe_option *option;

    if (equals != NULL)
        *equals = '\0';
    option = pe_option_taken(command, name_of(argv[i])) ? pe_option_find(name_of(argv[i])) : NULL;
    if (option == NULL)
        return unknown_option(command, argv[i]);
    args->origins[option - options].source = PE_FROM_OPTION;
    if (option->value == NULL && equals != NULL)
        return pe_complain("%s takes no value", option->name), -1;
    if (option->value == NULL)
        return pe_args_switch(args, option, true), 1;
    if (equals == NULL && i + 1 >= argc)
        return pe_complain("%s needs a value: %s", option->name, option->value), -1;
    value = equals != NULL ? equals + 1 : argv[i + 1];
    return pe_args_set(args, option, value) != 0 ? -1 : equals != NULL ? 1 : 2;
}

static enum pe_lang locale_lang(void)
{
    const char *names[] = {"LC_ALL", "LC_MESSAGES", "LANG"}, *value;

    for (size_t i = 0; i < 3; i++) {
        value = getenv(names[i]);
        if (value != NULL && *value != '\0')
            return strncmp(value, "ja", 2) == 0 ? PE_JA : PE_EN;
    }
    return PE_EN;
}

static int settle_sandbox(struct pe_args *args)
{
    static const char *const words[] = {
        [PE_SANDBOX_REQUIRE] = "require",
        [PE_SANDBOX_BEST_EFFORT] = "best-effort",
        [PE_SANDBOX_OFF] = "off",
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (args->sandbox_word == NULL || strcmp(args->sandbox_word, words[i]) == 0)
            return args->sandbox = (enum pe_sandbox)i, 0;
    return pe_complain("--sandbox takes require, best-effort or off"), -1;
}

int pe_args_settle(const struct pe_command *command, struct pe_args *args)
{
    args->lang = locale_lang();
    if (*command->operands == '\0' && args->operands.count > 0 && !args->help)
        return pe_complain("%s takes no operand like '%.100s'", command->name,
                           args->operands.items[0]),
               -1;
    if (args->lang_word != NULL && strcmp(args->lang_word, "en") != 0 &&
        strcmp(args->lang_word, "ja") != 0)
        return pe_complain_of(args, "--lang takes en or ja"), -1;
    if (args->lang_word != NULL)
        args->lang = args->lang_word[0] == 'j' ? PE_JA : PE_EN;
    if (args->color != NULL && strcmp(args->color, "auto") != 0 &&
        strcmp(args->color, "always") != 0 && strcmp(args->color, "never") != 0)
        return pe_complain_of(args, "--color takes auto, always or never"), -1;
    return settle_sandbox(args);
}

int pe_args_parse(const struct pe_command *command, int argc, char **argv, struct pe_args *args)
{
    int i = 0, taken;
    bool options_end = false;

    while (i < argc) {
        if (!options_end && strcmp(argv[i], "--") == 0) {
            options_end = true;
            i++;
        } else if (!options_end && argv[i][0] == '-' && argv[i][1] != '\0') {
            taken = parse_option(command, argc, argv, i, args);
            if (taken < 0)
                return -1;
            i += taken;
        } else if (append(&args->operands, argv[i++]) != 0) {
            return -1;
        }
    }
    return pe_args_settle(command, args);
}

void pe_args_release(struct pe_args *args)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (options[i].kind == PE_OPTION_LIST || options[i].kind == PE_OPTION_PARTS)
            free((void *)((struct pe_strings *)(void *)((char *)args + options[i].member))->items);
    for (size_t i = 0; i < args->owned.count; i++)
        free((void *)args->owned.items[i]);
    free((void *)args->owned.items);
    free((void *)args->operands.items);
    pe_settings_free(args->settings);
}
